// Greets newcomers with the rules: who come within seconds share one greeting, and nobody is greeted twice.
import { z } from 'zod'
import { arg } from '../../core/feature/arguments.ts'
import { houseOf } from '../../core/feature/house.ts'
import { feature, featureParts, type ContextOf, type GroupContextOf } from '../../core/feature/feature.ts'
import { table } from '../../core/feature/tables.ts'
import type { Reply } from '../../core/types/effect.ts'
import { GroupId, MemberId } from '../../core/types/ids.ts'
import type { Said } from '../../core/types/event.ts'
import { Config, check, greetingText, rulesText } from './blocks.ts'
import { asksAboutPenalties } from './questions.ts'

/** Most names in a greeting; the rest are counted. */
const NAMED = 5
/** Most activities named to newcomers. */
const ACTIVITIES = 2

const parts = featureParts({
  config: Config,
  tables: {
    /** Newcomers who wait for the next greeting; the key is `<group>/<member>`. */
    waiting: table(z.strictObject({ since: z.int() }), { kind: 'note' }),
    /** Who was greeted in which group; the key is `<group>/<member>`. */
    greeted: table(z.strictObject({ at: z.int() }), { kind: 'note' }),
  },
  words: {
    rules: {
      say: ['群规', '群规则', '本群群规', '群规是什么', '群里有什么规矩', '群里的规矩', '有什么规矩', '有哪些规矩'],
      en: ['rules', 'group rules'],
      look: true,
    },
  },
  texts: {
    zh: {
      and: '、',
      more: '{{names}} 等 {{count}} 位新朋友',
      sample: '小明',
      activity: '🎉 正在进行 {{name}}：{{how}}',
      head: '📋 「{{group}}」群规',
      noRules: '这个群还没有写群规，有问题直接问管理员。',
      onlyInGroup: '每个群的群规不一样，请到群里发「{{word}}」。',
      penalties: '{{rules}}\n觉得判错了，回复「申诉」加编号。',
      posted: '群规发到「{{group}}」了。',
      menu: '「{{rules}}」看群规',
    },
    en: {
      and: ', ',
      more: '{{names}} and others ({{count}} in all)',
      sample: 'Ming',
      activity: '🎉 On now: {{name}}, {{how}}',
      head: '📋 Rules of “{{group}}”',
      noRules: 'No rules are written for this group yet; just ask the admins.',
      onlyInGroup: 'Each group has its own rules; send “{{word}}” there.',
      penalties: '{{rules}}\nIf it was wrong, reply “appeal” and the number.',
      posted: 'The rules were sent to “{{group}}”.',
      menu: '“{{rules}}” shows the rules',
    },
  },
  jobs: ['greet'],
})
type Cx = ContextOf<typeof parts>
type GroupCx = GroupContextOf<typeof parts>

/** The rules of a group as a message of their own. */
function rulesOf(cx: GroupCx): string {
  const { config, text, group } = cx
  const rules = rulesText(config, { group: group.name, rules: houseOf(cx).rules(group.id) })
  return rules === '' ? text('noRules') : `${text('head', { group: group.name })}\n\n${rules}`
}

/** What members can take part in now, the newest first. */
function openActivities(cx: GroupCx): string[] {
  const { text, group } = cx
  const open = houseOf(cx)
    .activities()
    .filter(({ isOpen, groups }) => isOpen && groups.includes(group.id))
  return open
    .slice(-ACTIVITIES)
    .reverse()
    .map(({ name, how }) => text('activity', { name, how: how.replaceAll('\n', ' ') }))
}

function greetingOf(names: string, cx: GroupCx): string {
  const { config, group } = cx
  const activities = config.liveActivities ? openActivities(cx) : []
  return greetingText(config, { names, group: group.name, rules: houseOf(cx).rules(group.id), activities })
}

/** Penalties, for who asks what happens to who breaks the rules. */
function answer({ text: said, kind, quote }: Said, cx: Cx): Reply {
  const { group, text } = cx
  if (!group || kind !== 'text' || quote || !asksAboutPenalties(said)) return undefined
  const rules = houseOf(cx).rules(group.id)
  return rules.length === 0 ? undefined : cx.replyText(text('penalties', { rules: rules[0] ?? '' }))
}

export const welcome = feature({
  name: 'welcome',
  summary: { zh: '欢迎新人，讲清群规', en: 'Greets newcomers with the rules' },
  ...parts,
  check,
  retired: { texts: ['disabled'] },
  menu: ({ rules }, _config, text) => [text('menu', { rules })],
  answer,

  onWord: {
    rules: (_said, cx) => (cx.group ? cx.replyText(rulesOf(cx)) : cx.refuse('onlyInGroup', { word: cx.word('rules') })),
  },

  onJoined({ group, members }, { config, tables, now, wake }) {
    const newcomers = members.filter((member) => !tables.greeted.get(`${group}/${member}`))
    if (newcomers.length === 0) return
    if (tables.waiting.size(group) === 0) wake(now + config.gather * 1000, 'greet', group)
    for (const member of newcomers) tables.waiting.set(`${group}/${member}`, { since: now })
  },

  onJob: {
    greet(key, community) {
      const group = GroupId.parse(key)
      const cx = community.inGroup(group)
      const { tables, members, text, say, now } = cx
      const waiting = [...tables.waiting.entries(group)].sort(
        ([a, { since: first }], [b, { since: second }]) => first - second || a.length - b.length || (a < b ? -1 : 1),
      )
      const here: string[] = []
      for (const [waitingKey] of waiting) {
        const member = MemberId.parse(waitingKey.slice(group.length + 1))
        tables.waiting.delete(waitingKey)
        if (!members.isIn(member, group)) continue
        tables.greeted.set(waitingKey, { at: now })
        const greeted = houseOf(cx).greeting(member, group)
        if (greeted !== 'no') here.push(greeted.name)
      }
      if (!members.group(group) || here.length === 0) return
      const named = here.slice(0, NAMED).map((name) => `@${name}`)
      const names = named.join(here.length > NAMED ? text('and') : ' ')
      const all = here.length > NAMED ? text('more', { names, count: here.length }) : names
      return say({ group }, greetingOf(all, cx), { priority: 'greeting' })
    },
  },

  commands: {
    'preview welcome': {
      summary: { zh: '先看看欢迎词的样子，只发在这里', en: 'Show the greeting here before members see it' },
      role: 'helper',
      args: { group: arg.groupWith('welcome', { zh: '欢迎词', en: 'greetings' }) },
      run({ group: { id } }, cx) {
        const here = cx.inGroup(id)
        return cx.replyText(greetingOf(`@${here.text('sample')}`, here))
      },
    },
    rules: {
      summary: { zh: '把群规再发一遍到群里', en: 'Send the rules to a group once more' },
      role: 'admin',
      args: { group: arg.groupWith('welcome', { zh: '欢迎词', en: 'greetings' }) },
      run({ group: { id, name } }, cx) {
        const posted = cx.say({ group: id }, rulesOf(cx.inGroup(id)))
        // Nobody waits for an answer to what the calendar orders.
        return cx.scene.canAsk ? [posted, cx.reply('posted', { group: name })] : posted
      },
    },
  },
})
