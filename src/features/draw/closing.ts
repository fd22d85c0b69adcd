// Closing a draw: the list is frozen and its hash posted, numbers from outside are gathered; or all is cancelled and refunded.
import type { Effect, Reply } from '../../core/types/effect.ts'
import type { Said } from '../../core/types/event.ts'
import { dayAndClock } from '../../core/lib/time.ts'
import { reveal } from './payout.ts'
import { listHash, listLine } from './proof.ts'
import { DAY, drawsIn, setState, type Cx, type GroupCx, type Whole } from './records.ts'
import { secretOf } from './statement.ts'
import { outsideOf, promiseOf } from './terms.ts'

/** Later than this means that the bot was away while members still expected to take part. */
const OUTAGE = 5 * 60_000
/** When people cannot be recognised yet after a login, look again after this. */
const LOOK_AGAIN = 5 * 60_000
/** So many numbers of members are taken. */
const MOST_NUMBERS = 20

/** Freezes the list and posts its hash. @param cx in the draw's group */
export function freeze(draw: Whole, cx: GroupCx): Effect[] {
  const { config, tables, members, now, text, say, sleep, wake } = cx
  const { no, group, terms } = draw
  const key = String(no)
  sleep('close', key)
  const lines = frozenLines(draw, cx)
  if (lines.length === 0) {
    cx.ledger.coupons.release(promiseOf(no))
    setState(cx, draw, { phase: 'cancelled', people: 0 })
    return [say({ group }, text('nobodyCame', { no }), { priority: 'reply', freshFor: DAY })]
  }
  const list = listHash(lines)
  tables.lists.set(key, { lines })
  const people = new Set(lines.map((line) => line.split(' ')[1])).size
  setState(cx, draw, { phase: 'closed', people, list })
  const outside = outsideOf(terms)
  if (outside === 'none') wake(now + config.revealAfter * 1000, 'reveal', key)
  if (outside === 'members') wake(now + config.numbersFor * 60_000, 'reveal', key)
  const next = {
    none: () => text('soon', { seconds: config.revealAfter }),
    members: () => text('giveNumbers', { word: cx.word('number'), minutes: config.numbersFor }),
    beacon: () => text('awaits', { what: terms.outside ?? '' }),
  }[outside]()
  const closed = text('closed', { no, people, tickets: lines.length, next })
  const frozen = say({ group }, closed, { priority: 'reply', freshFor: DAY })
  const name = members.group(group)?.name ?? group
  const ask = text('awaitsAdmin', { no, group: name, what: terms.outside ?? '' })
  return outside === 'beacon' ? [frozen, say('control', ask, { freshFor: DAY })] : [frozen]
}

/** The numbered list: who is still here, with a ticket for every friend who is; who left gets his points back. */
function frozenLines({ no, group, terms, state }: Whole, cx: GroupCx): string[] {
  const { ledger, members, tables, text } = cx
  const key = String(no)
  const guests = [...tables.guests.entries(key)].filter(([place]) => members.isIn(ofMember(place), group))
  const entries = [...tables.entries.entries(key)]
    .map(([place, entry]) => ({ member: ofMember(place), ...entry }))
    .sort((a, b) => (a.tickets[0] ?? 0) - (b.tickets[0] ?? 0))
  let last = state.tickets
  const tickets = entries.flatMap(({ member, tickets: own, paid }) => {
    if (!members.isIn(member, group)) {
      if (paid > 0) ledger.correct(member, paid, text('whyRefund', { no }))
      tables.entries.delete(`${key}/${member}`)
      return []
    }
    const brought = Math.min(terms.friends, guests.filter(([, { by }]) => by === member).length)
    const extra = Array.from({ length: brought }, () => ++last)
    return [...own, ...extra].map((ticket) => ({ no: ticket, member }))
  })
  return tickets.sort((a, b) => a.no - b.no).map((ticket) => listLine(ticket, members.name(ticket.member, group)))
}

function ofMember(place: string) {
  return place.slice(place.indexOf('/') + 1) as `m${number}`
}

/** The closing time has come; when the bot was away then, everybody gets the time that was lost. @param cx in the draw's group */
export function closeOnTime(draw: Whole, due: number, cx: GroupCx): Effect[] {
  const { now, text, say, wake } = cx
  if (draw.state.phase !== 'open') return []
  const late = now - due
  if (late > OUTAGE) {
    const closesAt = now + Math.min(late, DAY)
    setState(cx, draw, { closesAt })
    wake(closesAt, 'close', String(draw.no))
    const vars = { no: draw.no, until: dayAndClock(closesAt, cx.timezone) }
    return [say({ group: draw.group }, text('extended', vars), { priority: 'reply', freshFor: DAY })]
  }
  return isReady(cx) ? freeze(draw, cx) : again('close', draw, cx)
}

/** The time to draw has come. @param cx in the draw's group */
export function revealOnTime(draw: Whole, due: number, cx: GroupCx): Effect[] {
  const { config, now, text, say, wake } = cx
  if (draw.state.phase !== 'closed') return []
  if (!isReady(cx)) return again('reveal', draw, cx)
  if (outsideOf(draw.terms) !== 'members') return reveal(draw, '', cx)
  if (now - due <= OUTAGE) return reveal(draw, numbersOf(draw.no, cx), cx)
  wake(now + config.numbersFor * 60_000, 'reveal', String(draw.no))
  const asked = text('giveNumbers', { word: cx.word('number'), minutes: config.numbersFor })
  return [
    say({ group: draw.group }, text('numbersAgain', { no: draw.no, asked }), { priority: 'reply', freshFor: DAY }),
  ]
}

/** Whether the group is there and its people are recognised; right after a fresh login they are not. @param cx in the group */
export function isReady({ group, members }: GroupCx): boolean {
  return members.group(group.id) !== undefined && members.membersOf(group.id).some((member) => members.sure(member))
}

function again(job: 'close' | 'reveal', { no }: Whole, { now, wake }: GroupCx): [] {
  wake(now + LOOK_AGAIN, job, String(no))
  return []
}

/** Members' numbers in the order in which they came: `m3:88 m7:6`. */
export function numbersOf(no: number, { tables }: Cx): string {
  return [...tables.numbers.entries(String(no))]
    .sort(([, a], [, b]) => a.order - b.order)
    .map(([place, { number }]) => `${ofMember(place)}:${number}`)
    .join(' ')
}

/** Takes a member's number for the draws of the group that wait for such. */
export function takeNumber({ from, group }: Said, rest: string, cx: Cx): Reply {
  const { members, tables, text, say } = cx
  if (!cx.group || group === null || !/^\d{1,12}$/.test(rest)) return
  const effects: Effect[] = []
  for (const draw of drawsIn(cx, group, 'closed').filter(({ terms }) => outsideOf(terms) === 'members')) {
    const count = tables.numbers.size(String(draw.no))
    const key = `${draw.no}/${from}`
    if (secretOf(draw.no, cx).drawnWith !== null) continue
    if (tables.numbers.get(key) || count >= MOST_NUMBERS) continue
    tables.numbers.set(key, { number: rest, order: count })
    const vars = { name: members.name(from, group), number: rest, no: draw.no, count: count + 1, most: MOST_NUMBERS }
    effects.push(say({ group }, text('tookNumber', vars), { priority: 'reply', merge: `draw-${draw.no}` }))
    if (count + 1 === MOST_NUMBERS && isReady(cx)) effects.push(...reveal(draw, numbersOf(draw.no, cx), cx))
  }
  return effects
}

/** Cancels a draw and gives all points back. @param cx in the draw's group */
export function cancel(draw: Whole, why: string, cx: GroupCx): { people: number; points: number; effect: Effect } {
  const { ledger, tables, text, say, sleep } = cx
  const { no, group } = draw
  sleep('close', String(no))
  sleep('reveal', String(no))
  let people = 0
  let points = 0
  for (const [place, { paid }] of tables.entries.entries(String(no))) {
    if (paid === 0) continue
    people++
    points += ledger.correct(ofMember(place), paid, text('whyRefund', { no }))
  }
  ledger.coupons.release(promiseOf(no))
  setState(cx, draw, { phase: 'cancelled' })
  const back = points > 0 ? text('paidBack') : ''
  return {
    people,
    points,
    effect: say({ group }, text('cancelled', { no, title: draw.terms.title, why, back }), {
      priority: 'reply',
      freshFor: DAY,
    }),
  }
}
