// Who is who after a login, for admins: what was carried over, who waits with which points, and the commands that settle it.
import { argument } from '../../core/feature/argument.ts'
import { arg } from '../../core/feature/arguments.ts'
import { houseOf } from '../../core/feature/house.ts'
import type { Reply } from '../../core/types/effect.ts'
import { GroupId, type MemberId } from '../../core/types/ids.ts'
import { Refusal } from '../../core/types/refusal.ts'
import type { AdminContext } from './parts.ts'

/** Most people named on the card; the rest are counted. */
const NAMED = 10

const roomId = argument<GroupId>({ zh: '群编号', en: 'group number' }, { zh: 'g9', en: 'g9' }, (typed) => {
  const id = GroupId.safeParse(typed.trim().toLowerCase())
  return id.success
    ? id.data
    : new Refusal(`「${typed}」不是群编号，例如 g9`, `“${typed}” is no group number, such as g9`)
})

function richest(people: readonly MemberId[], { ledger }: AdminContext): MemberId[] {
  return [...people].sort((a, b) => ledger.balance(b) - ledger.balance(a))
}

function memberLine(member: MemberId, cx: AdminContext): string {
  const { members, ledger, text } = cx
  const could = members
    .recognition(member)
    .could.map((id) => text('memberCould', { id: id, name: members.name(id), points: ledger.balance(id), member }))
  const level = text(`level_${members.level(member)}`)
  return [
    text('memberLine', { id: member, name: members.name(member), points: ledger.balance(member), level }),
    ...could,
  ].join('\n')
}

/** Who waits, and who is missed with points; undefined when there is nobody. */
export function peopleCard(cx: AdminContext): string | undefined {
  const { members, ledger, text } = cx
  const identities = houseOf(cx).identities
  const waiting = members.waiting()
  const weak = richestFirst(
    waiting.filter((member) => members.level(member) === 'weak'),
    cx,
  )
  const likely = waiting.length - weak.length
  const missed = richest(
    identities.absent().filter((member) => ledger.balance(member) > 0),
    cx,
  )
  const lines = [
    ...(likely > 0 ? [text('cardLikely', { count: likely })] : []),
    ...(weak.length > 0
      ? [text('cardWeak', { count: weak.length }), ...named(weak, (member) => memberLine(member, cx), cx)]
      : []),
    ...(missed.length > 0
      ? [
          text('cardMissed', { count: missed.length }),
          ...named(
            missed,
            (member) => text('missedLine', { id: member, name: members.name(member), points: ledger.balance(member) }),
            cx,
          ),
        ]
      : []),
    ...identities
      .similarRooms()
      .map(({ id, topic, like }) => text('roomLike', { id, topic, name: members.lastKnown(like).name })),
  ]
  return lines.length === 0 ? undefined : [text('card'), ...lines].join('\n')
}

/** What features keep of somebody, under his number, for a preview. */
function recordsOf(member: MemberId, cx: AdminContext): string[] {
  const lines = houseOf(cx).about(member)
  return lines.length === 0 ? [] : [`${member}：${lines.join('；')}`]
}

/** By the most points that they could be owed. */
function richestFirst(people: readonly MemberId[], { members, ledger }: AdminContext): MemberId[] {
  const owed = (member: MemberId) =>
    Math.max(0, ...members.recognition(member).could.map((candidate) => ledger.balance(candidate)))
  return [...people].sort((a, b) => owed(b) - owed(a))
}

function named(people: readonly MemberId[], line: (member: MemberId) => string, { text }: AdminContext): string[] {
  const lines = people.slice(0, NAMED).map(line)
  return people.length > NAMED ? [...lines, text('cardMore', { count: people.length - NAMED })] : lines
}

const before = { zh: '以前的记录', en: 'earlier record' }
const recordOf = argument<MemberId>(before, { zh: 'm2', en: 'm2' }, (typed) => {
  const [, digits] = /^m(\d{1,12})$/i.exec(typed.trim()) ?? []
  return digits === undefined
    ? new Refusal(`「${typed}」不是成员编号，例如 m2`, `“${typed}” is no member number, such as m2`)
    : `m${Number(digits)}`
})

/** The commands about people and rooms. */
export const peopleCommands = {
  member: {
    summary: { zh: '看谁是谁：待核对的人，或某个人的情况', en: 'Who is who: those who wait, or one person' },
    role: 'helper' as const,
    args: { who: arg.optional(arg.member()) },
    run({ who }: { who: MemberId | undefined }, cx: AdminContext): Reply {
      if (who === undefined) return cx.replyText(peopleCard(cx) ?? cx.text('cardNobody'))
      return cx.replyText(memberLine(who, cx))
    },
  },
  'member link': {
    summary: { zh: '把一个待核对的人接到他以前的记录上', en: 'Join somebody who waits with his earlier record' },
    role: 'admin' as const,
    args: { who: arg.member(), to: recordOf },
    confirm({ who, to }: { who: MemberId; to: MemberId }, cx: AdminContext): string {
      const { members, ledger, text } = cx
      const moved = text('linkConfirm', {
        who,
        to,
        name: members.name(who),
        before: members.name(to),
        points: ledger.balance(who),
        coupons: ledger.coupons.open(who).length,
        had: ledger.balance(to),
        held: ledger.coupons.open(to).length,
      })
      return [moved, ...recordsOf(who, cx), ...recordsOf(to, cx)].join('\n')
    },
    run({ who, to }: { who: MemberId; to: MemberId }, cx: AdminContext): Reply {
      const { ledger, members, reply, text } = cx
      if (!houseOf(cx).join(who, to, 'admin', text('linkWhy'))) return reply('linkNot', { who, to })
      return reply('linkDone', { name: members.name(to), to, points: ledger.balance(to) })
    },
  },
  'member split': {
    summary: {
      zh: '认错了：这个人另开一份新记录，旧记录留着',
      en: 'Not the same person: give him a new record, keep the old one',
    },
    role: 'admin' as const,
    args: { who: arg.member() },
    confirm: ({ who }: { who: MemberId }, { members, ledger, text }: AdminContext): string =>
      text('splitConfirm', { name: members.name(who), who, points: ledger.balance(who) }),
    run({ who }: { who: MemberId }, cx: AdminContext): Reply {
      const id = houseOf(cx).identities.split(who)
      return id === undefined ? cx.reply('memberNotHere', { who }) : cx.reply('splitDone', { who, id })
    },
  },
  'member trust': {
    summary: { zh: '确认是本人，马上可以用积分和券', en: 'Vouch for somebody, who may spend at once' },
    role: 'admin' as const,
    args: { who: arg.member() },
    confirm: ({ who }: { who: MemberId }, { members, ledger, text }: AdminContext): string =>
      text('trustConfirm', { name: members.name(who), who, points: ledger.balance(who) }),
    run({ who }: { who: MemberId }, cx: AdminContext): Reply {
      if (!houseOf(cx).identities.trust(who)) return cx.reply('memberNotHere', { who })
      return cx.reply('trustDone', { name: cx.members.name(who), who })
    },
  },
  'groups link': {
    summary: {
      zh: '确认一个群就是以前的那个群，成员和积分接上',
      en: 'Say that a room is a group of before, with its people',
    },
    role: 'admin' as const,
    args: { room: roomId },
    confirm({ room }: { room: GroupId }, cx: AdminContext): string | undefined {
      const found = houseOf(cx)
        .identities.similarRooms()
        .find(({ id }) => id === room)
      return found && cx.text('roomConfirm', { topic: found.topic, name: cx.members.lastKnown(found.like).name })
    },
    run({ room }: { room: GroupId }, cx: AdminContext): Reply {
      return cx.reply(houseOf(cx).identities.linkRoom(room) ? 'roomLinked' : 'roomNotHere', { id: room })
    },
  },
}
