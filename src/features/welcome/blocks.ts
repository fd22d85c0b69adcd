// What a newcomer is told: the settings, the rules in blocks of five aspects, and the checks that all of it fits a screen.
import { z } from 'zod'
import type { About, Problem } from '../../core/feature/settings-check.ts'
import { namesIn, render } from '../../core/lib/render.ts'
import { nearest } from '../../core/lib/spelling.ts'

/** One phone screen: more is not read. Characters are Chinese ones, blank lines do not count. */
const SCREEN = { characters: 300, lines: 15 }

const line = z.string().trim().min(1)
const Blocks = z.strictObject({
  rename: line.optional().describe('怎么改群昵称'),
  offer: line.optional().describe('这个群有什么'),
  questions: line.optional().describe('有问题找谁'),
  may: line.optional().describe('欢迎做的事'),
  mayNot: line.optional().describe('不要做的事'),
})
const order = ['offer', 'rename', 'questions', 'may', 'mayNot'] as const satisfies (keyof z.infer<typeof Blocks>)[]

export const Config = z.strictObject({
  greeting: line.default('欢迎 {{names}} 来到「{{group}}」🌱').describe('第一行；{{names}} 是新人，{{group}} 是群名'),
  blocks: Blocks.default({}).describe('群规，一块一块写；块与块之间自动空一行'),
  liveRules: z.boolean().default(true).describe('要不要附上处罚和奖励各一行（按现在的设置自动写，不用手抄）'),
  liveActivities: z.boolean().default(true).describe('要不要附上现在能参加的活动，最多两行'),
  closing: line.optional().describe('最后一行'),
  gather: z.int().min(1).max(60).default(8).describe('几秒内进来的人合在一起欢迎'),
})
export type Config = z.infer<typeof Config>

/** What changes from greeting to greeting. */
interface Now {
  names: string
  group: string
  /** Penalties and rewards, a line each. */
  rules: readonly string[]
  /** What members can take part in, a line each. */
  activities?: readonly string[]
}

export function greetingText(config: Config, now: Now): string {
  const { activities = [] } = now
  const closing = config.closing === undefined ? [] : [config.closing]
  const whole = (shown: readonly string[]) =>
    filled([config.greeting, ...rulesOf(config, now.rules), ...joined(shown), ...closing], now)
  // What is on now comes and goes; the rules always have their room.
  const room = activities.map((_, i) => activities.slice(0, activities.length - i)).find((some) => fits(whole(some)))
  return whole(room ?? [])
}

/** The rules alone, for who has been here long. */
export function rulesText(config: Config, now: Pick<Now, 'group' | 'rules'>): string {
  return filled(rulesOf(config, now.rules), { ...now, names: '' })
}

function rulesOf(config: Config, rules: readonly string[]): string[] {
  return [...order.flatMap((name) => config.blocks[name] ?? []), ...(config.liveRules ? joined(rules) : [])]
}

function joined(lines: readonly string[]): string[] {
  return lines.length > 0 ? [lines.join('\n')] : []
}

function filled(templates: readonly string[], { names, group }: Pick<Now, 'names' | 'group'>): string {
  return templates.map((text) => render(text, { names, group })).join('\n\n')
}

/** How many Chinese characters would take as much room: what an alphabet writes is half as wide. */
function roomOf(text: string): number {
  return Math.ceil([...text].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) < 0x1100 ? 0.5 : 1), 0))
}

function linesOf(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length
}

function fits(text: string): boolean {
  return roomOf(text) <= SCREEN.characters && linesOf(text) <= SCREEN.lines
}

export function check(config: Config, { rules }: About<unknown>): Problem[] {
  const wrong = templatesOf(config).flatMap(([path, template]) => templateTrouble(path, template) ?? [])
  if (wrong.length > 0) return wrong
  const text = greetingText(config, { names: '@小明', group: '社区生鲜福利群', rules })
  if (fits(text)) return []
  const [characters, lines] = [roomOf(text), linesOf(text)]
  return [
    {
      path: ['blocks'],
      message: {
        zh: `欢迎词一共 ${characters} 字（字母和数字算半个）、${lines} 行（空行不算），超过一屏（${SCREEN.characters} 字、${SCREEN.lines} 行），请删短一点`,
        en: `the greeting takes the room of ${characters} Chinese characters in ${lines} lines (blank ones aside), more than one screen (${SCREEN.characters}, ${SCREEN.lines} lines); please shorten it`,
      },
    },
  ]
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
