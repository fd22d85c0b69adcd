// Greets newcomers with the rules: who come within seconds share one greeting, and nobody is greeted twice.
import { z } from 'zod'
import { arg } from '../core/feature/arguments.ts'
import { GroupId, MemberId } from '../core/types/ids.ts'
import { feature } from '../core/feature/feature.ts'
import { houseOf } from '../core/feature/house.ts'
import { table } from '../core/feature/tables.ts'
import { namesIn, render } from '../core/lib/render.ts'
import { nearest } from '../core/lib/spelling.ts'
import type { Problem } from '../core/feature/settings-check.ts'

/** One phone screen: more is not read. Characters are Chinese ones. */
const SCREEN = { characters: 300, lines: 15 }
/** So many names are called; the rest is counted. */
const NAMED = 5

const line = z.string().trim().min(1)
const Blocks = z.strictObject({
  rename: line.optional().describe('怎么改群昵称'),
  offer: line.optional().describe('这个群有什么'),
  questions: line.optional().describe('有问题找谁'),
  may: line.optional().describe('欢迎做的事'),
  mayNot: line.optional().describe('不要做的事'),
})
const order = ['offer', 'rename', 'questions', 'may', 'mayNot'] as const satisfies (keyof z.infer<typeof Blocks>)[]

const Config = z.strictObject({
  greeting: line.default('欢迎 {{names}} 来到「{{group}}」🌱').describe('第一行；{{names}} 是新人，{{group}} 是群名'),
  blocks: Blocks.default({}).describe('群规，一块一块写；块与块之间自动空一行'),
  liveRules: z.boolean().default(true).describe('要不要附上奖励和处罚（按现在的设置自动写，不用手抄）'),
  closing: line.optional().describe('最后一行'),
  gather: z.int().min(1).max(60).default(8).describe('几秒内进来的人合在一起欢迎'),
})
type Config = z.infer<typeof Config>

/** How many Chinese characters would take as much room: what an alphabet writes is half as wide. */
function roomOf(text: string): number {
  return Math.ceil([...text].reduce((sum, one) => sum + ((one.codePointAt(0) ?? 0) < 0x1100 ? 0.5 : 1), 0))
}

function greeting(config: Config, vars: { names: string; group: string }, rules: readonly string[]): string {
  const blocks = order.flatMap((name) => config.blocks[name] ?? [])
  const live = config.liveRules && rules.length > 0 ? [rules.join('\n')] : []
  const closing = config.closing === undefined ? [] : [config.closing]
  return [config.greeting, ...blocks, ...live, ...closing].map((text) => render(text, vars)).join('\n\n')
}

/** All texts that are filled in, with their places. */
function templatesOf({ greeting: first, blocks, closing }: Config): [Problem['path'], string][] {
  return [
    [['greeting'], first],
    ...order.flatMap((name): [Problem['path'], string][] =>
      blocks[name] === undefined ? [] : [[['blocks', name], blocks[name]]],
    ),
    ...(closing === undefined ? [] : [[['closing'], closing] as [Problem['path'], string]]),
  ]
}

function templateTrouble(path: Problem['path'], template: string): Problem | undefined {
  let unknown: string | undefined
  try {
    unknown = [...namesIn(template)].find((name) => !variables.includes(name))
  } catch {
    return { path, message: { zh: '「{{」和「}}」没有配对。', en: 'a "{{" or "}}" has no counterpart.' } }
  }
  if (unknown === undefined) return undefined
  const near = nearest(unknown, variables)
  const zh = near === undefined ? '可以用 {{names}}（新人）和 {{group}}（群名）。' : `是不是想写 {{${near}}}？`
  const en = near === undefined ? 'there are {{names}} and {{group}}.' : `did you mean {{${near}}}?`
  return {
    path,
    message: { zh: `这里没有变量 {{${unknown}}}，${zh}`, en: `there is no variable {{${unknown}}} here; ${en}` },
  }
}

const variables: readonly string[] = ['names', 'group']

export const welcome = feature({
  name: 'welcome',
  summary: { zh: '欢迎新人，讲清群规', en: 'Greets newcomers with the rules' },
  config: Config,
  tables: {
    /** Newcomers who wait for the next greeting; the key is `<group>/<member>`. */
    waiting: table(z.strictObject({ since: z.int() })),
    /** Who was greeted in which group; the key is `<group>/<member>`. */
    greeted: table(z.strictObject({ at: z.int() })),
  },
  texts: {
    zh: {
      and: '、',
      more: '{{names}} 等 {{count}} 位新朋友',
      sample: '小明',
      disabled: '「{{group}}」没有打开欢迎词。',
    },
    en: {
      and: ', ',
      more: '{{names}} and others ({{count}} in all)',
      sample: 'Ming',
      disabled: '“{{group}}” has no greeting switched on.',
    },
  },

  check(config, { rules }) {
    const wrong = templatesOf(config).flatMap(([path, template]) => templateTrouble(path, template) ?? [])
    if (wrong.length > 0) return wrong
    const text = greeting(config, { names: '@小明', group: '社区生鲜福利群' }, rules)
    const characters = roomOf(text)
    const lines = text.split('\n').length
    if (characters <= SCREEN.characters && lines <= SCREEN.lines) return []
    return [
      {
        path: ['blocks'],
        message: {
          zh: `欢迎词一共 ${characters} 字（字母和数字算半个）、${lines} 行，超过一屏（${SCREEN.characters} 字、${SCREEN.lines} 行），请删短一点`,
          en: `the greeting takes the room of ${characters} Chinese characters in ${lines} lines, more than one screen (${SCREEN.characters}, ${SCREEN.lines} lines); please shorten it`,
        },
      },
    ]
  },

  onJoined({ group, members }, { config, tables, now, wake }) {
    const newcomers = members.filter((member) => !tables.greeted.get(`${group}/${member}`))
    if (newcomers.length === 0) return
    if (tables.waiting.size(group) === 0) wake(now + config.gather * 1000, 'greet', group)
    for (const member of newcomers) tables.waiting.set(`${group}/${member}`, { since: now })
  },

  jobs: ['greet'],
  onJob: {
    greet(key, community) {
      const group = GroupId.parse(key)
      const { config, tables, members, text, say, now, group: view } = community.inGroup(group)
      const house = houseOf(community)
      const waiting = [...tables.waiting.entries(group)].sort(
        ([a, { since: first }], [b, { since: second }]) => first - second || a.length - b.length || (a < b ? -1 : 1),
      )
      const here: string[] = []
      for (const [waitingKey] of waiting) {
        const member = MemberId.parse(waitingKey.slice(group.length + 1))
        tables.waiting.delete(waitingKey)
        if (!members.isIn(member, group)) continue
        tables.greeted.set(waitingKey, { at: now })
        const greeted = house.greeting(member, group)
        if (greeted !== 'no') here.push(greeted.name)
      }
      if (!members.group(group) || here.length === 0) return
      const named = here.slice(0, NAMED).map((name) => `@${name}`)
      const names = named.join(here.length > NAMED ? text('and') : ' ')
      const all = here.length > NAMED ? text('more', { names, count: here.length }) : names
      return say({ group }, greeting(config, { names: all, group: view.name }, house.rules(group)), {
        priority: 'reply',
      })
    },
  },

  commands: {
    'preview welcome': {
      summary: { zh: '先看看欢迎词的样子，只发在这里', en: 'Show the greeting here before members see it' },
      role: 'helper',
      args: { group: arg.groupWith('welcome', { zh: '欢迎词', en: 'greetings' }) },
      run({ group: { id, name } }, cx) {
        const { config, text } = cx.inGroup(id)
        return cx.replyText(greeting(config, { names: `@${text('sample')}`, group: name }, houseOf(cx).rules(id)))
      },
    },
  },
})
