// Entering a draw: who may, what a ticket costs, and what a friend brings.
import type { Effect, Reply } from '../../core/types/effect.ts'
import type { Joined, Left, Said } from '../../core/types/event.ts'
import { canonical, withoutEnd } from '../../core/lib/text.ts'
import { dayAndClock } from '../../core/lib/time.ts'
import { freeze } from './closing.ts'
import { ticketName } from './proof.ts'
import { DAY, drawOf, drawsIn, setState, type Cx, type GroupCx, type Whole } from './records.ts'

/** `抽奖`, `抽奖 12`, `抽奖 3张`, `抽奖 12 3张`; anything else behind the word is ordinary chat. */
export function enterByWord(said: Said, rest: string, cx: Cx): Reply {
  const { refuse } = cx
  if (!cx.group) return refuse('onlyInGroup')
  const [whole, typed, count] =
    /^(?:#?(?:第 ?)?(\d{1,9})号?(?!\d* ?[张次票x]))?(?:(?:^| |(?<=号))(\d{1,3}) ?(?:张票?|次|票|x))?$/.exec(rest) ?? []
  if (whole === undefined) return
  const open = drawsIn(cx, cx.group.id, 'open')
  if (typed !== undefined) {
    const draw = drawOf(cx, Number(typed))
    return draw?.group === cx.group.id ? enter(said, draw, Number(count ?? 1), cx) : refuse('noDraw', { no: typed })
  }
  const [only, another] = open
  if (!only) return refuse('noneOpen')
  const common = open.filter(({ terms }) => terms.word === undefined)
  if (!another && common[0]) return enter(said, common[0], Number(count ?? 1), cx)
  return cx.reply('openDraws', { lines: open.map((draw) => openLine(draw, cx)).join('\n') })
}

function openLine({ no, terms, state }: Whole, cx: Cx): string {
  const word = terms.word ?? `${cx.word('draw')} ${no}`
  const until = state.closesAt === null ? '' : cx.text('openUntil', { until: dayAndClock(state.closesAt, cx.timezone) })
  return cx.text('openLine', { no, title: terms.title, word, until })
}

/** Enters the draws whose own word this is: the whole message is the word, with a number of tickets at most. */
export function enterByOwnWord(said: Said, cx: Cx): Reply {
  if (!cx.group || said.kind !== 'text') return
  const typed = withoutEnd(canonical(said.text))
  for (const draw of drawsIn(cx, cx.group.id, 'open')) {
    const word = draw.terms.word === undefined ? undefined : canonical(draw.terms.word)
    if (word === undefined || !typed.startsWith(word)) continue
    const [whole, count] = /^(?: ?(\d{1,2}) ?(?:张|x))?$/.exec(typed.slice(word.length)) ?? []
    if (whole !== undefined) return enter(said, draw, Number(count ?? 1), cx)
  }
  return undefined
}

function enter({ from, group }: Said, draw: Whole, count: number, cx: GroupCx): Reply {
  const { ledger, members, now, tables, text, refuse, reply, say } = cx
  const { no, terms, state } = draw
  const name = members.name(from, group)
  if (state.phase !== 'open' || (state.closesAt !== null && now >= state.closesAt))
    return refuse('closedAlready', { no })
  const key = `${no}/${from}`
  const before = tables.entries.get(key) ?? { tickets: [], paid: 0 }
  const more = Math.min(Math.max(1, count), terms.each - before.tickets.length)
  const held = before.tickets.map(ticketName).join(' ')
  if (more <= 0) return refuse('enteredAlready', { name, no, tickets: held })
  const refusal = refusalOf(draw, { from, group }, cx)
  if (refusal) return refusal
  const cost = terms.cost * more
  if (cost > 0 && !ledger.spend(from, cost, text('whyTicket', { no })))
    return reply('poor', { name, cost, points: ledger.balance(from) })
  const fresh = Array.from({ length: more }, (_, i) => state.tickets + 1 + i)
  tables.entries.set(key, { tickets: [...before.tickets, ...fresh], paid: before.paid + cost })
  const people = state.people + (before.tickets.length === 0 ? 1 : 0)
  const entered = setState(cx, draw, { tickets: state.tickets + more, people })
  const paid = cost > 0 ? text('paid', { cost }) : ''
  const told = say(
    { group: draw.group },
    text('entered', { name, no, tickets: fresh.map(ticketName).join(' '), paid }),
    {
      priority: 'reply',
      merge: `draw-${no}`,
    },
  )
  return terms.full !== undefined && people >= terms.full ? [told, ...freeze(entered, cx)] : told
}

/** Why somebody may not take part, which he is always told; undefined when he may. */
function refusalOf(draw: Whole, { from, group }: Pick<Said, 'from' | 'group'>, cx: Cx): Effect | undefined {
  const { ledger, members, now, reply } = cx
  const { terms, no } = draw
  const name = members.name(from, group)
  if (terms.excluded.includes(from)) return reply('excluded', { name, no })
  if (!members.sure(from)) return reply('unsure', { name })
  const since = members.since(from, draw.group) ?? now
  if (now - since < terms.days * DAY) return reply('tooNew', { name, days: terms.days })
  if (ledger.balance(from) < terms.points)
    return reply('tooFewPoints', { name, needed: terms.points, points: ledger.balance(from) })
  return undefined
}

/** Notes who was brought in by whom, for the extra ticket that is given at the closing. */
export function noteGuests({ group, members: newcomers, by }: Joined, cx: Cx): Reply {
  const { members, now, tables, text, say } = cx
  const draws = drawsIn(cx, group, 'open').filter(({ terms }) => terms.friends > 0)
  if (by === null || draws.length === 0) return
  const isNew = (guest: (typeof newcomers)[number]) =>
    guest !== by && !tables.noteKnown.get(guest) && members.groupsOf(guest).length <= 1
  const guests = newcomers.filter(isNew)
  if (guests.length === 0) return
  for (const guest of guests) {
    tables.noteKnown.set(guest, { at: now })
    for (const { no } of draws) tables.guests.set(`${no}/${guest}`, { by })
  }
  const vars = { name: members.name(by, group), draws: draws.map(({ no }) => `#${no}`).join('、') }
  return say({ group }, text('brought', { ...vars, count: guests.length }), { priority: 'reply', merge: 'draw-guests' })
}

/** Remembers who has left, as nobody is brought in twice. */
export function noteLeavers({ members: leavers }: Left, { now, tables }: Cx): void {
  for (const member of leavers) tables.noteKnown.set(member, { at: now })
}
