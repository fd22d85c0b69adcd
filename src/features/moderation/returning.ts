// Who comes: people of the black list are put to the admins or removed at once, and a wave of newcomers is told.
import type { Effect } from '../../core/types/effect.ts'
import type { Joined } from '../../core/types/event.ts'
import type { GroupId, MemberId } from '../../core/types/ids.ts'
import { caseOf, keep } from './cases.ts'
import { callName, isAdName } from './names.ts'
import { nameOf } from './places.ts'
import { joinWave } from './recent.ts'
import { mayRemoveByItself, remove } from './removals.ts'
import { DAY, HOUR, type Cx } from './records.ts'

/** Newcomers as the black list and the number of them say. */
export function onJoined({ group, members: joined }: Joined, cx: Cx): Effect[] {
  const { text, say, group: view } = cx
  const back = joined.flatMap((member) => cameBack(member, group, cx))
  const wave = joinWave(group, joined.length, cx)
  if (wave === 0) return back
  const told = text('wave', { group: view?.name ?? group, count: wave })
  return [...back, say('control', told, { merge: 'order', freshFor: HOUR })]
}

function cameBack(member: MemberId, group: GroupId, cx: Cx): Effect[] {
  const { tables, text, say, config, members, roleOf } = cx
  const before = tables.removed.get(member)
  const one = before && caseOf(before.case, cx)
  if (!before || roleOf(member) !== 'member') return []
  if (one && !one.groups.includes(group)) keep(before.case, { ...one, groups: [...one.groups, group] }, cx)
  const vars = { ...nameOf(group, member, cx), number: before.case }
  const isRemoved = config.returning === 'remove' && one !== undefined && members.sure(member) && mayRemoveByItself(cx)
  const told = say('control', text(isRemoved ? 'backRemoved' : 'back', vars), { merge: 'order', freshFor: DAY })
  return isRemoved ? [told, ...remove(before.case, one, [group], cx, { auto: true })] : [told]
}

/** How a newcomer may be greeted: an advertisement as a name is not repeated, and who was removed is not welcome. */
export function greeting(member: MemberId, group: GroupId, cx: Cx): 'no' | { name: string } {
  if (cx.tables.removed.get(member) || cx.tables.quarantine.get(member)) return 'no'
  return { name: isAdName(member, group, cx) ? callName(member, group, cx) : cx.members.name(member, group) }
}

/** The black list, newest first: who was removed, by which case, and where he is now. */
export function blackList(page: number, perPage: number, cx: Cx): string {
  const { tables, text, members } = cx
  const all = [...tables.removed.entries()].sort(([, a], [, b]) => b.at - a.at)
  if (all.length === 0) return text('blackNone')
  const shown = all.slice((page - 1) * perPage, page * perPage).map(([key, { case: number }]) => {
    const member = key as MemberId
    const where = members.groupsOf(member).map((group) => members.group(group)?.name ?? group)
    const is = where.length === 0 ? '' : text('blackIn', { groups: where.join(text('list')) })
    return text('blackLine', { number, name: caseOf(number, cx)?.name ?? members.name(member), id: member, is })
  })
  return [text('black', { count: all.length }), ...shown, text('blackNext')].join('\n')
}
