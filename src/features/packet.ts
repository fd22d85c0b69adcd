// Lucky points packets: an admin (or a member, where that is allowed) puts points in, the quick ones draw parts of random size.
import { z } from 'zod'
import { type ArgValues } from '../core/feature/argument.ts'
import { arg } from '../core/feature/arguments.ts'
import type { Effect } from '../core/types/effect.ts'
import { GroupId, MemberId } from '../core/types/ids.ts'
import { feature, featureParts, type GroupContextOf } from '../core/feature/feature.ts'
import { table } from '../core/feature/tables.ts'
import { spanWords } from '../core/lib/time.ts'
import { Refusal } from '../core/types/refusal.ts'

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

/** How large a packet is, as it is typed: `100 10`. */
const size = {
  total: arg.int({ zh: '总分', en: 'points' }, { min: 1, max: MOST_POINTS, example: 100 }),
  count: arg.int({ zh: '份数', en: 'parts' }, { min: 1, max: MOST_PARTS, example: 10 }),
}

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
    finished: '🧧 {{count}} 份抢完了，用了 {{time}}。手气最佳：{{best}}，{{points}} 分。',
    ended: '🧧 红包到时间了，{{count}} 份抢了 {{drawn}} 份。{{rest}}',
    returned: '剩下的 {{points}} 分退回给 {{name}}。',
    notReturned: '剩下的 {{points}} 分收回。',
    busy: '「{{group}}」里还有一个红包没抢完，等它抢完或到时间再发。',
    tooFew: '{{total}} 分不够分成 {{count}} 份，每份至少 1 分。',
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
    finished: '🧧 All {{count}} parts are gone after {{time}}. Luckiest: {{best}} with {{points}} points.',
    ended: '🧧 The packet’s time is over; {{drawn}} of {{count}} parts were drawn. {{rest}}',
    returned: 'The {{points}} points left go back to {{name}}.',
    notReturned: 'The {{points}} points left are withdrawn.',
    busy: 'A packet is still open in “{{group}}”; wait until it is empty or over.',
    tooFew: '{{total}} points cannot be {{count}} parts of at least 1.',
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
  words: {
    grab: { say: ['抢', '抢红包', '红包'], en: ['grab'] },
    send: { say: ['发红包', '发积分红包'], en: ['send packet'], rest: true },
  },
  texts,
  jobs: ['end'],
})
type GroupCx = GroupContextOf<typeof parts>

export const packet = feature({
  name: 'packet',
  summary: { zh: '积分红包，拼手气', en: 'Lucky points packets' },
  ...parts,
  retired: { texts: ['whichGroup', 'disabled', 'noGroup', 'seconds', 'minutes'] },

  menu: ({ send }, { members }, text) => (members ? [text('menuSend', { send })] : []),

  onWord: {
    grab({ from }, cx) {
      const open = cx.group && openIn(cx)
      if (!cx.group || !open) return
      const { group, tables, ledger, members, now, language, text, say } = cx
      const [name, drawn] = [members.name(from, group.id), [...open.drawn, from]]
      if (open.drawn.includes(from)) return cx.refuse('again', { name })
      const points = open.parts[drawn.length - 1] ?? 0
      // Not an award: what was promised in front of all is paid whole, whatever the caps say.
      ledger.correct(from, points, text('reasonDrew'))
      const lines = [text('drew', { name, points })]
      if (drawn.length < open.parts.length) tables.packets.set(group.id, { ...open, drawn })
      else {
        // The timer stays, as an undo may bring the packet back.
        tables.packets.delete(group.id)
        const most = Math.max(...open.parts)
        const best = `@${members.name(drawn[open.parts.indexOf(most)] ?? from, group.id)}`
        const time = spanWords(now - open.at)[language]
        lines.push(text('finished', { count: drawn.length, time, best, points: most }))
      }
      return lines.map((line) => say({ group: group.id }, line, { priority: 'reply', merge: 'packet' }))
    },

    send({ from, rest }, cx) {
      if (!cx.group) return
      const { group, ledger, members, text, refuse, reply } = cx
      const { members: isOn, membersMost: most } = cx.config
      const [asked, name] = [cx.read(size, rest), members.name(from, group.id)]
      if (!isOn) return refuse('off')
      if (asked instanceof Refusal || asked.total < asked.count || asked.total > most)
        return refuse('how', { word: cx.word('send'), most, parts: MOST_PARTS })
      if (openIn(cx)) return reply('busy', { group: group.name })
      if (!members.sure(from)) return reply('held', { name })
      if (!ledger.spend(from, asked.total, text('reasonSent')))
        return reply('poor', { name, points: ledger.balance(from) })
      return openPacket(asked, from, cx)
    },
  },

  onJob: {
    end(key, community) {
      const { group, tables, ledger, members, text, say } = community.inGroup(GroupId.parse(key))
      const over = tables.packets.get(key)
      if (!over) return
      tables.packets.delete(key)
      const { from, parts, drawn } = over
      const points = parts.slice(drawn.length).reduce((sum, part) => sum + part, 0)
      const name = from && members.name(from, group.id)
      if (from) ledger.correct(from, points, text('reasonReturned'))
      const rest = name === null ? text('notReturned', { points }) : text('returned', { points, name })
      const said = text('ended', { count: parts.length, drawn: drawn.length, rest })
      return say({ group: group.id }, said, { priority: 'reply' })
    },
  },

  commands: {
    packet: {
      summary: { zh: '在一个群里发积分红包：总分、份数', en: 'Put a packet of points into a group: points, parts' },
      role: 'admin',
      args: { ...size, group: arg.groupWith('packet', { zh: '积分红包', en: 'packets' }) },
      run({ group, ...asked }, cx) {
        const there = cx.inGroup(group.id)
        if (asked.total < asked.count) return cx.reply('tooFew', asked)
        if (openIn(there)) return cx.reply('busy', { group: group.name })
        return [openPacket(asked, null, there), cx.reply('openedAt', { group: group.name })]
      },
    },
  },
})

// After an undo a packet may stand there without a timer.
function openIn({ group, tables, now }: GroupCx) {
  const packet = tables.packets.get(group.id)
  return packet && packet.until > now ? packet : undefined
}

/** @param from null: the admins */
function openPacket({ total, count }: ArgValues<typeof size>, from: MemberId | null, cx: GroupCx): Effect {
  const { group, config, tables, members, now, random, text, word, say, wake } = cx
  const until = now + config.hours * 3_600_000
  tables.packets.set(group.id, { from, at: now, until, total, parts: random.parts(total, count), drawn: [] })
  wake(until, 'end', group.id)
  const name = from ? members.name(from, group.id) : text('admins')
  const said = text('opened', { name, total, count, word: word('grab'), hours: config.hours })
  return say({ group: group.id }, said, { priority: 'reply' })
}
