// The removal desk: one removal at a time, believed only when the member list says so, else a ticket that a human is asked to do.
import type { Effect } from '../../core/types/effect.ts'
import type { GroupId, MemberId } from '../../core/types/ids.ts'
import type { Left, Resulted } from '../../core/types/event.ts'
import { partsOf } from './places.ts'
import { DAY, HOUR, type Case, type Cx, type Ticket } from './records.ts'

/** Hours until a human is asked again: after one, after four more, then daily. */
const askAgain = [1, 4, 24] as const
/** Where the account could not remove anybody, it is tried again after a day. */
const LEARNED_FOR = DAY
/** Removed people that are remembered. */
const KEPT_REMOVED = 1000

/** Whether one more may be removed in this hour without a human's word; counts him. */
export function mayRemoveByItself({ tables, config, now }: Cx): boolean {
  const times = (tables.removals.get('auto')?.times ?? []).filter((time) => now - time < HOUR)
  if (times.length >= config.removalsPerHour) return false
  tables.removals.set('auto', { times: [...times, now] })
  return true
}

/** Sets a person of a case apart and lines him up for removal from those of the groups that he is in. */
export function remove(
  number: number,
  { member }: Case,
  groups: readonly GroupId[],
  cx: Cx,
  { auto }: { auto: boolean },
): Effect[] {
  if (member === null) return []
  const { tables, members, now } = cx
  tables.quarantine.set(member, { case: number, at: now })
  for (const group of groups) {
    const key = `${group}/${member}`
    if (!members.isIn(member, group) || tables.tickets.get(key)?.state === 'kicking') continue
    tables.tickets.set(key, { case: number, at: now, state: 'waiting', auto, asked: 0 })
    cx.sleep('ask', key)
  }
  return nextRemoval(cx)
}

/** After a wave of newcomers: sets one of them apart without a word in the group, for a human to decide about all of them at once. */
export function holdBack(number: number, one: Case, { tables, now }: Cx): { one: Case; effects: Effect[] } {
  if (one.member !== null) tables.quarantine.set(one.member, { case: number, at: now })
  return { one: { ...one, step: 'ask', held: 'raid' }, effects: [] }
}

/** How far the removal of a case has come; undefined when none was ordered. */
export function removalOf(number: number, { member }: Case, { tables }: Cx): 'gone' | 'going' | 'stuck' | undefined {
  if (member === null) return undefined
  const tickets = [...tables.tickets.entries()].flatMap(([key, ticket]) =>
    ticket.case === number && partsOf(key).member === member ? ticket.state : [],
  )
  if (tickets.includes('human')) return 'stuck'
  if (tickets.length > 0) return 'going'
  return tables.removed.get(member)?.case === number ? 'gone' : undefined
}

/** Orders the removal that waits longest, if none is under way: so that those behind it can still be taken back. */
function nextRemoval(cx: Cx): Effect[] {
  const { tables, members, roleOf, now } = cx
  const tickets = [...tables.tickets.entries()].sort(
    ([a, first], [b, second]) => first.at - second.at || (a < b ? -1 : 1),
  )
  if (tickets.some(([, { state }]) => state === 'kicking')) return []
  for (const [key, ticket] of tickets) {
    if (ticket.state !== 'waiting') continue
    const { group, member } = partsOf(key)
    if (roleOf(member) !== 'member') release(member, cx, ticket.case)
    else if (!members.isIn(member, group)) close(key, ticket, cx)
    else if (ticket.auto && !members.sure(member)) askHuman(key, ticket, cx)
    else {
      const learned = tables.kicks.get(group)
      if (learned && !learned.can && now - learned.at < LEARNED_FOR) {
        askHuman(key, ticket, cx)
        continue
      }
      tables.tickets.set(key, { ...ticket, state: 'kicking' })
      return [{ type: 'kick', group, member, priority: 'moderation', freshFor: HOUR }]
    }
  }
  return []
}

/** What became of a removal. */
export function onKicked(
  { outcome, detail }: Resulted,
  { group, member }: { group: GroupId; member: MemberId },
  cx: Cx,
): Effect[] {
  const { tables, now } = cx
  const key = `${group}/${member}`
  const ticket = tables.tickets.get(key)
  // With a detail he had left by himself, which tells nothing about us.
  if (outcome === 'sent' && detail === '') tables.kicks.set(group, { can: true, at: now })
  if (outcome === 'refused') tables.kicks.set(group, { can: false, at: now })
  if (ticket?.state === 'kicking') {
    if (outcome === 'sent') close(key, ticket, cx)
    else if (tables.quarantine.get(member)) askHuman(key, ticket, cx)
    // Taken back in the meantime.
    else tables.tickets.delete(key)
  }
  return nextRemoval(cx)
}

// The admins read it with the next cards.
function askHuman(key: string, ticket: Ticket, { tables, now, wake }: Cx) {
  tables.tickets.set(key, { ...ticket, state: 'human', asked: ticket.asked + 1 })
  tables.noteNews.set(key, { case: ticket.case, news: 'stuck' })
  wake(now + (askAgain[Math.min(ticket.asked, askAgain.length - 1)] ?? 24) * HOUR, 'ask', key)
}

/** Asks again, gently, as long as he is there. */
export function askAgainJob(key: string, cx: Cx): void {
  const ticket = cx.tables.tickets.get(key)
  if (ticket?.state !== 'human') return
  const { group, member } = partsOf(key)
  if (cx.members.isIn(member, group)) askHuman(key, ticket, cx)
  else close(key, ticket, cx)
}

/** He is gone: the ticket is done, and so is the quarantine when it was the last one. */
function close(key: string, { case: number }: Ticket, cx: Cx) {
  const { tables, now } = cx
  const { member } = partsOf(key)
  tables.tickets.delete(key)
  cx.sleep('ask', key)
  tables.removed.set(member, { case: number, at: now })
  if (tables.removed.size() > KEPT_REMOVED) {
    const [oldest] = [...tables.removed.entries()].sort(([, a], [, b]) => a.at - b.at)
    if (oldest) tables.removed.delete(oldest[0])
  }
  if (![...tables.tickets.entries()].some(([other]) => partsOf(other).member === member))
    tables.quarantine.delete(member)
  tables.noteNews.set(key, { case: number, news: 'gone' })
}

/** Ends quarantine and removals, of one case or of all; one that is ordered already cannot be held back. @returns whether there was anything */
export function release(member: MemberId, cx: Cx, number?: number): boolean {
  const { tables } = cx
  const isMeant = (one: { case: number }) => number === undefined || one.case === number
  const quarantine = tables.quarantine.get(member)
  let freed = false
  if (quarantine && isMeant(quarantine)) {
    tables.quarantine.delete(member)
    freed = true
  }
  for (const [key, ticket] of tables.tickets.entries()) {
    if (partsOf(key).member !== member || !isMeant(ticket) || ticket.state === 'kicking') continue
    tables.tickets.delete(key)
    tables.noteNews.delete(key)
    cx.sleep('ask', key)
    freed = true
  }
  return freed
}

/** The list says that he is gone, no matter who removed him. */
export function onLeft({ group, members: left }: Left, cx: Cx): void {
  for (const member of left) {
    const key = `${group}/${member}`
    cx.tables.noteTalk.delete(key)
    const ticket = cx.tables.tickets.get(key)
    if (ticket) close(key, ticket, cx)
  }
}
