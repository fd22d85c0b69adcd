// Lucky points packets: an admin (or a member, where that is allowed) puts points in, the quick ones draw parts of random size.
import { z } from 'zod'
import { activity, kindOf } from '../activities/activity.ts'
import type { Entered } from '../activities/records.ts'
import type { ArgValues } from '../core/feature/argument.ts'
import { arg } from '../core/feature/arguments.ts'
import { featureParts, type GroupContextOf } from '../core/feature/feature.ts'
import { table } from '../core/feature/tables.ts'
import { spanWords } from '../core/lib/time.ts'
import { GroupId, MemberId, type Millis } from '../core/types/ids.ts'
import { Refusal } from '../core/types/refusal.ts'

const MOST_POINTS = 100_000
const MOST_PARTS = 200
const HOUR = 3_600_000

const Content = z.strictObject({
  /** null: from the admins, so what is left over goes nowhere. */
  from: MemberId.nullable(),
  total: z.int(),
  /** The parts in the order in which they are drawn. */
  parts: z.array(z.int().positive()),
})
type Content = z.infer<typeof Content>

/** What version 0.1.0 kept of the packet that was open in a group; the key was the group. */
const FormerPacket = Content.extend({ at: z.int(), until: z.int(), drawn: z.array(MemberId) })

/** How large a packet is, as it is typed: `100 10`. */
const size = {
  total: arg.int({ zh: '总分', en: 'points' }, { min: 1, max: MOST_POINTS, example: 100 }),
  count: arg.int({ zh: '份数', en: 'parts' }, { min: 1, max: MOST_PARTS, example: 10 }),
}

const Config = z.strictObject({
  hours: z.int().min(1).max(72).default(24).describe('几小时没抢完就结束'),
  members: z.boolean().default(false).describe('群友能不能用自己的积分发红包'),
  askAbove: z.int().min(1).max(MOST_POINTS).default(2000).describe('管理员发的红包超过几分要再确认一次'),
  membersMost: z.int().min(1).max(MOST_POINTS).default(500).describe('群友发的红包最多几分'),
})
const texts = {
  zh: {
    opened:
      '🧧 {{name}} 发了积分红包：{{total}} 分，{{count}} 份，手快有。\n回复「{{word}}」抢一份，{{hours}} 小时内有效。',
    admins: '管理员',
    drew: '🧧 {{name}} 抢到 {{points}} 分',
    again: '{{name}} 已经抢过这个红包了，每人一份。',
    title: '{{total}} 分',
    stopped: '红包 #{{no}} 结束了，群里也说了。',
    idle: '「{{group}}」里现在没有红包。',
    large: '发一个 {{total}} 分的红包到「{{group}}」',
    board: '{{count}} 份抢了 {{drawn}} 份，还剩 {{points}} 分',
    kept: '。抢到的算数',
    part: '抢到',
    howTo: '回复「{{word}}」抢一份',
    finished: '🧧 {{count}} 份抢完了，用了 {{time}}。手气最佳：{{best}}，{{points}} 分。',
    ended: '🧧 红包结束了，{{count}} 份抢了 {{drawn}} 份。{{rest}}',
    returned: '剩下的 {{points}} 分退回给 {{name}}。',
    notReturned: '剩下的 {{points}} 分收回。',
    busy: '「{{group}}」里还有一个红包没抢完，等它抢完或到时间再发。',
    tooFew: '{{total}} 分不够分成 {{count}} 份，每份至少 1 分。',
    off: '这里不能发积分红包。',
    how: '写法：「{{word}} 100 10」，100 分分成 10 份，最多 {{most}} 分、{{parts}} 份。',
    poor: '{{name}} 现在有 {{points}} 分，发不了这么大的红包。',
    held: '{{name}} 的积分还在核对身份，一般再聊几天就能花。急用请找管理员。',
    reasonSent: '发红包',
    reasonDrew: '抢红包',
    reasonReturned: '红包退回',
    menuSend: '「{{send}} 100 10」用积分发红包',
  },
  en: {
    opened:
      '🧧 A packet from {{name}}: {{total}} points in {{count}} parts, first come, first served.\nReply “{{word}}” for one, within {{hours}} hours.',
    admins: 'the admins',
    drew: '🧧 {{name}} drew {{points}} points',
    again: '{{name}} has a part of this packet already, one each.',
    title: '{{total}} points',
    stopped: 'Packet #{{no}} is over, and the group was told.',
    idle: 'There is no packet in “{{group}}” now.',
    large: 'Put a packet of {{total}} points into “{{group}}”',
    board: '{{drawn}} of {{count}} parts drawn, {{points}} points left',
    kept: '. What was drawn stays',
    part: 'drew',
    howTo: 'reply “{{word}}” for a part',
    finished: '🧧 All {{count}} parts are gone after {{time}}. Luckiest: {{best}} with {{points}} points.',
    ended: '🧧 The packet is over; {{drawn}} of {{count}} parts were drawn. {{rest}}',
    returned: 'The {{points}} points left go back to {{name}}.',
    notReturned: 'The {{points}} points left are withdrawn.',
    busy: 'A packet is still open in “{{group}}”; wait until it is empty or over.',
    tooFew: '{{total}} points cannot be {{count}} parts of at least 1.',
    off: 'Packets cannot be sent here.',
    how: 'Usage: “{{word}} 100 10” for 100 points in 10 parts, at most {{most}} points and {{parts}} parts.',
    poor: '{{name}} has {{points}} points, too few for that.',
    held: 'The points of {{name}} cannot be spent until we know who is who, mostly after some days of chat. In a hurry, ask an admin.',
    reasonSent: 'packet sent',
    reasonDrew: 'packet drawn',
    reasonReturned: 'packet returned',
    menuSend: '“{{send}} 100 10” sends a packet of your points',
  },
} as const
const parts = featureParts({
  config: Config,
  tables: { packets: table(FormerPacket, { migrations: [(old) => old] }) },
  words: {
    grab: { say: ['抢', '抢红包', '红包'], en: ['grab', 'grab it'] },
    send: { say: ['发红包', '发积分红包'], en: ['send packet'], rest: true },
  },
  texts,
})
type GroupCx = GroupContextOf<typeof parts>

const restOf = ({ parts }: Content, drawn: number) => parts.slice(drawn).reduce((sum, part) => sum + part, 0)

const { kind, open, openIn, act } = kindOf(parts, {
  name: 'packet',
  summary: { zh: '积分红包，拼手气', en: 'Lucky points packets' },
  called: { zh: '红包', en: 'packet' },
  word: 'grab',
  content: Content,
  entry: z.int(),
  isFinal: true,
  isCommonWord: true,
  isSmall: true,
  settlesEmpty: true,

  takenOver({ tables }) {
    const former = [...tables.packets.entries()]
    for (const [group] of former) tables.packets.delete(group)
    return former.map(([group, { at, until: closesAt, drawn, ...content }]) => ({
      live: { ...wanted(GroupId.parse(group), closesAt, String(content.total), content), no: null, at, phase: 'open' },
      entries: drawn.map((member, i) => ({ member, paid: 0, value: content.parts[i] ?? 0 })),
    }))
  },
  opening({ content: { from, total, parts }, groups: [group], at, closesAt }, word, { members, text }) {
    const name = from ? members.name(from, group) : text('admins')
    const hours = Math.max(1, Math.round(((closesAt ?? at) - at) / HOUR))
    return text('opened', { name, total, count: parts.length, word, hours })
  },
  saysConditions: true,
  how: (_live, word, { text }) => text('howTo', { word }),
  take(typed, { member, name, before }, { content }, { ledger, text, refuse }, entries) {
    if (typed !== '') return undefined
    if (before !== undefined) return { refused: refuse('again', { name }) }
    const points = content.parts[entries().length] ?? 0
    // Not an award: what was promised in front of all is paid whole, whatever the caps say.
    ledger.correct(member, points, text('reasonDrew'))
    return { value: points, said: text('drew', { name, points }) }
  },
  isFull: ({ content }, entries) => entries.length >= content.parts.length,
  settle({ at, content, groups: [group] }, entries, { members, now, language, text, ledger }) {
    const { from, parts } = content
    const count = parts.length
    const [luckiest] = [...entries].sort((a, b) => b.value - a.value)
    if (entries.length === count && luckiest) {
      const best = { best: `@${luckiest.name}`, points: luckiest.value }
      return { said: text('finished', { count, time: spanWords(now - at)[language], ...best }) }
    }
    const points = restOf(content, entries.length)
    if (from) ledger.correct(from, points, text('reasonReturned'))
    const rest = from ? text('returned', { points, name: members.name(from, group) }) : text('notReturned', { points })
    return { said: text('ended', { count, drawn: entries.length, rest }) }
  },
  cancelled({ content }, entries, { ledger, text }) {
    if (content.from) ledger.correct(content.from, restOf(content, entries.length), text('reasonReturned'))
    return entries.length > 0 ? text('kept') : ''
  },
  board: ({ content }, entries: Entered[], { text }) =>
    text('board', {
      count: content.parts.length,
      drawn: entries.length,
      points: restOf(content, entries.length),
    }),
  columns: (_live, { text }) => [text('part')],
  row: ({ value }) => [value],
})

function wanted(group: GroupId, closesAt: Millis, title: string, content: Content) {
  const terms = { full: null, each: null, days: 0, points: 0, word: null, excluded: [] }
  return { title, groups: [group], opensAt: null, closesAt, terms, content }
}

/** @param from null: the admins @param cx in the group */
function openPacket({ total, count }: ArgValues<typeof size>, from: MemberId | null, cx: GroupCx) {
  const { group, config, now, random, text } = cx
  const content = { from, total, parts: random.parts(total, count) }
  const asked = wanted(group.id, now + config.hours * HOUR, text('title', { total }), content)
  return open(asked, cx, from !== null)
}

const place = arg.groupWith('packet', { zh: '积分红包', en: 'packets' })

export const packet = activity(parts, kind, {
  retired: { texts: ['whichGroup', 'disabled', 'noGroup', 'seconds', 'minutes', 'openedAt'] },
  menu: ({ send }, { members }, text) => (members ? [text('menuSend', { send })] : []),

  onWord: {
    send({ from, rest }, cx) {
      if (!cx.group) return
      const { group, ledger, members, text, refuse } = cx
      const { members: isOn, membersMost: most } = cx.config
      const [asked, name] = [cx.read(size, rest), members.name(from, group.id)]
      if (!isOn) return refuse('off')
      if (asked instanceof Refusal || asked.total < asked.count || asked.total > most)
        return refuse('how', { word: cx.word('send'), most, parts: MOST_PARTS })
      if (openIn(group.id, cx)) return refuse('busy', { group: group.name })
      if (!members.sure(from)) return refuse('held', { name })
      if (!ledger.spend(from, asked.total, text('reasonSent')))
        return refuse('poor', { name, points: ledger.balance(from) })
      const opened = openPacket(asked, from, cx)
      return opened instanceof Refusal ? opened : opened.said
    },
  },

  commands: {
    packet: {
      summary: { zh: '在一个群里发积分红包：总分、份数', en: 'Put a packet of points into a group: points, parts' },
      role: 'admin',
      args: { ...size, group: place },
      confirmUnusual: ({ total, group }, cx) =>
        total > cx.inGroup(group.id).config.askAbove ? cx.text('large', { total, group: group.name }) : undefined,
      run({ group, ...asked }, cx) {
        const there = cx.inGroup(group.id)
        if (asked.total < asked.count) return cx.refuse('tooFew', asked)
        if (openIn(group.id, there)) return cx.refuse('busy', { group: group.name })
        const opened = openPacket(asked, null, there)
        return opened instanceof Refusal ? opened : [...opened.said, cx.replyText(opened.report)]
      },
    },
    'packet stop': {
      summary: {
        zh: '现在就结束一个群里的红包，没抢的收回',
        en: 'End the packet in a group now; what is left is withdrawn',
      },
      role: 'admin',
      args: { group: place },
      run({ group }, cx, { from }) {
        const live = openIn(group.id, cx)
        return live ? act(live.no, { verb: 'close', from, group: null }, cx) : cx.refuse('idle', { group: group.name })
      },
    },
  },
})
