// Lucky points packets: an admin (or a member, where that is allowed) puts points in, the quick ones draw parts of random size.
import { z } from 'zod'
import { arg } from '../core/feature/arguments.ts'
import type { Effect } from '../core/types/effect.ts'
import { GroupId, MemberId } from '../core/types/ids.ts'
import { feature, featureParts, type GroupContextOf } from '../core/feature/feature.ts'
import type { Random } from '../core/lib/random.ts'
import { table } from '../core/feature/tables.ts'

const MOST_POINTS = 100_000
const MOST_PARTS = 200

const Packet = z.strictObject({
  /** null: from the admins, so what is left over goes nowhere. */
  from: MemberId.nullable(),
  at: z.int(),
  until: z.int(),
  total: z.int(),
  /** The parts in the order in which they are drawn. */
  parts: z.array(z.int().positive()),
  /** Who drew the first parts, in order. */
  drawn: z.array(MemberId),
})
type Packet = z.infer<typeof Packet>

const Config = z.strictObject({
  hours: z.int().min(1).max(72).default(24).describe('几小时没抢完就结束'),
  members: z.boolean().default(false).describe('群友能不能用自己的积分发红包'),
  membersMost: z.int().min(1).max(MOST_POINTS).default(500).describe('群友发的红包最多几分'),
})
const texts = {
  zh: {
    opened:
      '🧧 {{name}} 发了积分红包：{{total}} 分，{{count}} 份，手快有。\n回复「{{word}}」抢一份，{{hours}} 小时内有效。',
    admins: '管理员',
    drew: '🧧 {{name}} 抢到 {{points}} 分',
    again: '{{name}} 已经抢过这个红包了，每人一份。',
    finished: '🧧 {{count}} 份抢完了，用了{{time}}。手气最佳：{{best}}，{{points}} 分。',
    ended: '🧧 红包到时间了，{{count}} 份抢了 {{drawn}} 份。{{rest}}',
    returned: '剩下的 {{points}} 分退回给 {{name}}。',
    notReturned: '剩下的 {{points}} 分收回。',
    seconds: ' {{count}} 秒',
    minutes: ' {{count}} 分钟',
    busy: '「{{group}}」里还有一个红包没抢完，等它抢完或到时间再发。',
    tooFew: '{{total}} 分不够分成 {{count}} 份，每份至少 1 分。',
    whichGroup: '有几个群，请写明发到哪个群，例如 /packet 100 10 {{group}}',
    disabled: '「{{group}}」没有打开积分红包（packet）。',
    noGroup: '还没有找到要管的群，/groups 看看。',
    openedAt: '红包已发到「{{group}}」。',
    off: '这里不能发积分红包。',
    how: '写法：「{{word}} 100 10」，100 分分成 10 份，最多 {{most}} 分、{{parts}} 份。',
    poor: '{{name}} 现在有 {{points}} 分，发不了这么大的红包。',
    held: '{{name}} 的积分还在核对身份，暂时不能花，请找管理员。',
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
    finished: '🧧 All {{count}} parts are gone after{{time}}. Luckiest: {{best}} with {{points}} points.',
    ended: '🧧 The packet’s time is over; {{drawn}} of {{count}} parts were drawn. {{rest}}',
    returned: 'The {{points}} points left go back to {{name}}.',
    notReturned: 'The {{points}} points left are withdrawn.',
    seconds: ' {{count}} s',
    minutes: ' {{count}} min',
    busy: 'A packet is still open in “{{group}}”; wait until it is empty or over.',
    tooFew: '{{total}} points cannot be {{count}} parts of at least 1.',
    whichGroup: 'There are several groups; please say which, such as /packet 100 10 {{group}}',
    disabled: '“{{group}}” has packets switched off.',
    noGroup: 'No group was found yet; see /groups.',
    openedAt: 'The packet is in “{{group}}” now.',
    off: 'Packets cannot be sent here.',
    how: 'Usage: “{{word}} 100 10” for 100 points in 10 parts, at most {{most}} points and {{parts}} parts.',
    poor: '{{name}} has {{points}} points, too few for that.',
    held: 'The points of {{name}} cannot be spent until we know who is who. Please ask an admin.',
    reasonSent: 'packet sent',
    reasonDrew: 'packet drawn',
    reasonReturned: 'packet returned',
    menuSend: '“{{send}} 100 10” sends a packet of your points',
  },
} as const
const parts = featureParts({
  config: Config,
  tables: {
    /** The packet that is open in a group; the key is the group. */
    packets: table(Packet),
  },
  words: { grab: ['抢', '抢红包'], send: { say: ['发红包', '发积分红包'], rest: true } },
  texts,
  jobs: ['end'],
})
type GroupCx = GroupContextOf<typeof parts>

export const packet = feature({
  name: 'packet',
  summary: { zh: '积分红包，拼手气', en: 'Lucky points packets' },
  ...parts,

  menu: ({ send }, { members }, text) => (members ? [text('menuSend', { send })] : []),

  onWord: {
    grab({ from, group }, { tables, ledger, members, now, text, hint, say }) {
      const open = group === null ? undefined : tables.packets.get(group)
      if (group === null || !open || open.until <= now) return
      const name = members.name(from, group)
      if (open.drawn.includes(from)) return hint('again', { name })
      const points = open.parts[open.drawn.length]
      if (points === undefined) throw new Error('an empty packet was left open')
      // Not an award: what was promised in front of all is paid whole, whatever the caps say.
      ledger.correct(from, points, text('reasonDrew'))
      const drawn = [...open.drawn, from]
      const answer = (said: string) => say({ group }, said, { priority: 'reply', merge: 'packet' })
      const drew = answer(text('drew', { name, points }))
      if (drawn.length < open.parts.length) {
        tables.packets.set(group, { ...open, drawn })
        return drew
      }
      // The timer stays, as an undo may bring the packet back.
      tables.packets.delete(group)
      const best = Math.max(...open.parts)
      const lucky = drawn[open.parts.indexOf(best)] ?? from
      const seconds = Math.max(1, Math.round((now - open.at) / 1000))
      const time =
        seconds < 120 ? text('seconds', { count: seconds }) : text('minutes', { count: Math.round(seconds / 60) })
      const vars = { count: drawn.length, time, best: `@${members.name(lucky, group)}`, points: best }
      return [drew, answer(text('finished', vars))]
    },

    send({ from, group, rest }, cx) {
      const { config, ledger, members, text, word, hint } = cx
      if (group === null) return
      if (!config.members) return hint('off')
      const [, total = '', count = ''] = /^(\d{1,6})\s+(\d{1,3})$/.exec(rest) ?? []
      const most = config.membersMost
      const fits = Number(total) >= Number(count) && Number(total) <= most && Number(count) <= MOST_PARTS
      if (!fits || Number(count) === 0) return hint('how', { word: word('send'), most, parts: MOST_PARTS })
      const name = members.name(from, group)
      const view = cx.group
      if (!view || isOpen(group, cx)) return hint('busy', { group: view?.name ?? '' })
      if (!members.sure(from)) return hint('held', { name })
      if (!ledger.spend(from, Number(total), text('reasonSent')))
        return hint('poor', { name, points: ledger.balance(from) })
      return openPacket(group, { from, name, total: Number(total), count: Number(count) }, cx)
    },
  },

  onJob: {
    end(key, community) {
      const group = GroupId.parse(key)
      const { tables, ledger, members, text, say } = community.inGroup(group)
      const over = tables.packets.get(group)
      if (!over) return
      tables.packets.delete(group)
      const { from, parts, drawn } = over
      const points = sum(parts.slice(drawn.length))
      if (from) ledger.correct(from, points, text('reasonReturned'))
      const rest = from
        ? text('returned', { points, name: members.name(from, group) })
        : text('notReturned', { points })
      return say({ group }, text('ended', { count: parts.length, drawn: drawn.length, rest }), { priority: 'game' })
    },
  },

  commands: {
    packet: {
      summary: { zh: '在一个群里发积分红包：总分、份数', en: 'Put a packet of points into a group: points, parts' },
      role: 'admin',
      args: {
        total: arg.int({ zh: '总分', en: 'points' }, { min: 1, max: MOST_POINTS, example: 100 }),
        count: arg.int({ zh: '份数', en: 'parts' }, { min: 1, max: MOST_PARTS, example: 10 }),
        group: arg.optional(arg.group()),
      },
      run({ total, count, group }, cx) {
        const [only, another] = cx.members.groups()
        const to = group ?? only
        if (!to) return cx.reply('noGroup')
        if (!group && another) return cx.reply('whichGroup', { group: to.id })
        if (total < count) return cx.reply('tooFew', { total, count })
        const there = cx.inGroup(to.id)
        if (!there.enabled) return cx.reply('disabled', { group: to.name })
        if (isOpen(to.id, there)) return cx.reply('busy', { group: to.name })
        const opened = openPacket(to.id, { from: null, name: there.text('admins'), total, count }, there)
        return [opened, cx.reply('openedAt', { group: to.name })]
      },
    },
  },
})

function isOpen(group: GroupId, { tables, now }: GroupCx): boolean {
  // After an undo a packet may stand there without a timer.
  return (tables.packets.get(group)?.until ?? 0) > now
}

function openPacket(
  group: GroupId,
  { from, name, total, count }: { from: MemberId | null; name: string; total: number; count: number },
  { config, tables, now, random, text, word, say, wake }: GroupCx,
): Effect {
  const until = now + config.hours * 3_600_000
  tables.packets.set(group, { from, at: now, until, total, parts: split(total, count, random), drawn: [] })
  wake(until, 'end', group)
  const said = text('opened', { name, total, count, word: word('grab'), hours: config.hours })
  return say({ group }, said, { priority: 'reply' })
}

/**
 * Cuts points into parts of at least 1 that sum exactly: each is drawn evenly between 1 and twice the mean of what is left, as
 * WeChat's own lucky packets are known to be cut, then all are shuffled so that no place in the queue is better.
 */
export function split(total: number, count: number, random: Random): number[] {
  const parts: number[] = []
  let left = total
  for (let still = count; still > 1; still--) {
    const most = Math.min(left - (still - 1), Math.max(1, Math.floor((2 * left) / still) - 1))
    const part = random.between(1, most)
    parts.push(part)
    left -= part
  }
  return random.shuffle([...parts, left])
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
