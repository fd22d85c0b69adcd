// Drawing: prizes go to the luckiest tickets in one commit; and rerolls for winners who left or gave up.
import type { Effect } from '../../core/types/effect.ts'
import type { MemberId } from '../../core/types/ids.ts'
import type { Given } from '../../core/money/ledger.ts'
import type { Prize } from '../../core/money/prize.ts'
import { orderOfLuck, ticketName, type Ticket } from './proof.ts'
import { DAY, setState, ticketsOf, type GroupCx, type DrawPrize, type Slot, type State, type Whole } from './records.ts'
import { labelled, secretOf, skippedText } from './statement.ts'
import { promiseOf } from './terms.ts'

const medals = ['🥇', '🥈', '🥉']
/** So many winners of one prize are named; the rest is in the statement. */
const NAMED = 15

/** Draws and pays out. @param number the one from outside, or nothing @param cx in the draw's group */
export function reveal(draw: Whole, number: string, cx: GroupCx): Effect[] {
  const { no, group, terms } = draw
  const { seed, drawnWith } = secretOf(no, cx)
  // Who draws once more after an undo knows the seed, so the number must stay what it was.
  const outside = drawnWith ?? number
  cx.tables.noteSeeds.set(String(no), { seed, drawnWith: outside })
  cx.sleep('reveal', String(no))
  const luck = lucky({ ...draw, state: { ...draw.state, outside } }, cx)
  const slots: Slot[] = []
  const failed: Slot[] = []
  for (const [prize, { stock, ...rest }] of terms.prizes.entries()) {
    for (let i = 0; i < stock; i++) {
      const ticket = luck.next(rest.gives)
      if (!ticket) break
      const { slot, whole } = pay(ticket, prize, { stock, ...rest }, draw, cx)
      slots.push(slot)
      if (!whole) failed.push(slot)
    }
  }
  const state: Partial<State> = {
    phase: 'drawn',
    outside,
    slots,
    winners: slots.map(({ ticket }) => ticket),
    skipped: luck.skipped,
  }
  const drawn = setState(cx, draw, state)
  const others = consolation(drawn, cx)
  cx.ledger.coupons.release(promiseOf(no))
  const lines = [
    cx.text('drawn', { no, people: draw.state.people }),
    ...terms.prizes.flatMap((_prize, i) => prizeLine(drawn, i, cx)),
    ...others,
    ...(luck.skipped.length > 0 ? [labelled('skipped', skippedText(luck.skipped, cx), cx)] : []),
    ...(outside === '' ? [] : [labelled('outside', outside, cx)]),
    ...whereLines(drawn, cx),
    cx.text('checkIt', { word: cx.word('check'), no }),
  ]
  const said = cx.say({ group }, lines.join('\n'), { priority: 'reply', freshFor: DAY })
  const todo = toHandOver(drawn, slots, failed, cx)
  return todo === undefined ? [said] : [said, cx.say('control', todo, { freshFor: DAY })]
}

/** People in the order of luck who have not won yet; those who cannot win are noted in `skipped`. */
function lucky(draw: Whole, cx: GroupCx) {
  const { ledger, members, tables } = cx
  const { no, group, state } = draw
  const tickets = ticketsOf(tables.lists.get(String(no))?.lines ?? [])
  const order = orderOfLuck(
    { no, seed: secretOf(no, cx).seed, list: state.list ?? '', outside: state.outside },
    tickets,
  )
  const done = new Set([
    ...state.winners,
    ...state.rerolls.map(({ to }) => to),
    ...state.skipped.map(({ ticket }) => ticket),
  ])
  const skipped = [...state.skipped]
  const rest = order.filter((ticket) => !done.has(ticket.no)).values()
  /** Why somebody cannot win this; nobody is named for a prize that he could not be given. */
  const trouble = (member: MemberId, gives: Prize | undefined) => {
    if (!members.isIn(member, group)) return 'left'
    if (!members.sure(member)) return 'unsure'
    return gives && 'coupon' in gives && ledger.coupons.isFull(member, gives.coupon, gives.count) ? 'limit' : undefined
  }
  const next = (gives: Prize | undefined): Ticket | undefined => {
    for (let one = rest.next(); !one.done; one = rest.next()) {
      const why = trouble(one.value.member, gives)
      if (why === undefined) return one.value
      skipped.push({ ticket: one.value.no, why })
    }
    return undefined
  }
  return { next, skipped }
}

function pay({ no: ticket, member }: Ticket, prize: number, { name, gives }: DrawPrize, draw: Whole, cx: GroupCx) {
  const nothing: Given = { points: 0, coupons: [] }
  const given = gives
    ? cx.ledger.give(member, gives, cx.text('whyPrize', { no: draw.no, prize: name }), promiseOf(draw.no))
    : nothing
  const slot = { prize, ticket, member, points: given.points, codes: given.coupons.map(({ code }) => code) }
  const whole = !gives || ('points' in gives ? given.points === gives.points : given.coupons.length === gives.count)
  return { slot, whole }
}

/** What everybody else gets. @returns the line that says so */
function consolation(
  { no, group, terms, state }: Whole,
  { ledger, members, tables, text, prizeText }: GroupCx,
): string[] {
  const { everyone } = terms
  if (!everyone) return []
  const winners = new Set(state.slots.map(({ member }) => member))
  const listed = new Set(ticketsOf(tables.lists.get(String(no))?.lines ?? []).map(({ member }) => member))
  const others = [...listed].filter((one) => !winners.has(one) && members.isIn(one, group) && members.sure(one))
  const given = others.filter((member) => {
    const { points, coupons } = ledger.give(member, everyone, text('whyEveryone', { no }), promiseOf(no))
    return points > 0 || coupons.length > 0
  })
  const vars = { prize: prizeText(everyone), count: given.length }
  return given.length === 0 ? [] : [text(given.length === others.length ? 'everyone' : 'someOthers', vars)]
}

/** Where the winners find what they have won. */
function whereLines({ terms, state }: Whole, { config, ledger, text }: GroupCx): string[] {
  const codes = state.slots.flatMap(({ codes }) => codes)
  const until = codes.flatMap((code) => ledger.coupons.find(code)?.until ?? []).sort()[0]
  const byHand = state.slots.some(({ prize }) => terms.prizes[prize]?.gives === undefined)
  return [
    ...(until === undefined ? [] : [text('whereCoupons', { until: until.slice(5) })]),
    ...(byHand ? [text('whereHand', { who: config.handOver || text('admins') })] : []),
  ]
}

function prizeLine({ group, terms, state }: Whole, prize: number, cx: GroupCx): string[] {
  const winners = state.slots.filter((slot) => slot.prize === prize)
  const name = terms.prizes[prize]?.name ?? ''
  const left = (terms.prizes[prize]?.stock ?? 0) - winners.length
  const names = winners.slice(0, NAMED).map((slot) => winnerText(slot, group, cx))
  const more = winners.length > NAMED ? cx.text('more', { count: winners.length }) : ''
  const all = winners.length === 0 ? cx.text('noWinner') : names.join(cx.text('and')) + more
  const rest = left > 0 && winners.length > 0 ? cx.text('leftOver', { count: left }) : ''
  return [cx.text('prizeLine', { medal: medals[prize] ?? '🎁', prize: name, winners: all + rest })]
}

function winnerText(
  { member, ticket }: Pick<Slot, 'member' | 'ticket'>,
  group: Whole['group'],
  { members, text }: GroupCx,
): string {
  return text('winner', { name: members.name(member, group), ticket: ticketName(ticket) })
}

/** What remains for people to do: prizes that are handed over, and what could not be given. */
function toHandOver(
  { no, terms }: Whole,
  slots: readonly Slot[],
  failed: readonly Slot[],
  cx: GroupCx,
): string | undefined {
  const { members, text } = cx
  const line = (key: 'handOver' | 'notGiven') => (slot: Slot) => {
    const prize = terms.prizes[slot.prize]?.name ?? ''
    return text(key, { prize, name: members.name(slot.member), id: slot.member, ticket: ticketName(slot.ticket) })
  }
  const byHand = slots.filter(({ prize }) => terms.prizes[prize]?.gives === undefined)
  const lines = [...byHand.map(line('handOver')), ...failed.map(line('notGiven'))]
  return lines.length === 0 ? undefined : [text('todo', { no }), ...lines].join('\n')
}

/** Why a winner's prize cannot go to somebody else. */
type Stuck = { key: 'rerollSpent' | 'rerollUsed'; member: MemberId }

/**
 * Gives the prizes of some winners to the next in the order of luck.
 * @param who whose, or everybody who has left
 * @param cx in the draw's group
 */
export function reroll(draw: Whole, who: MemberId | undefined, why: string, cx: GroupCx): Effect[] {
  const { members, text, reply, say } = cx
  const { group, no } = draw
  const gone = draw.state.slots.filter(({ member }) => (who ? member === who : !members.isIn(member, group)))
  if (gone.length === 0) return [reply(who ? 'rerollNotWinner' : 'rerollNobodyLeft', { no })]
  let now = draw
  const lines: string[] = []
  const told: Effect[] = []
  for (const slot of gone) {
    const result = replace(now, slot, why, cx)
    if ('key' in result) {
      told.push(reply(result.key, { name: members.name(result.member), id: result.member, no }))
      continue
    }
    now = result.draw
    const prize = draw.terms.prizes[slot.prize]?.name ?? ''
    const from = { from: ticketName(slot.ticket), name: members.name(slot.member, group), why, prize }
    lines.push(text('rerolled', { ...from, winner: winnerText(result.slot, group, cx) }))
    const todo = toHandOver(now, [result.slot], result.whole ? [] : [result.slot], cx)
    if (todo !== undefined) told.push(say('control', todo, { freshFor: DAY }))
  }
  if (lines.length === 0) return told
  const skipped = now.state.skipped.slice(draw.state.skipped.length)
  const passed = skipped.length > 0 ? [labelled('skipped', skippedText(skipped, cx), cx)] : []
  const whole = [text('rerollHead', { no }), ...lines, ...passed, text('checkIt', { word: cx.word('check'), no })]
  return [
    say({ group }, whole.join('\n'), { priority: 'reply', freshFor: DAY }),
    reply('rerollDone', { no, count: lines.length }),
    ...told,
  ]
}

function replace(
  draw: Whole,
  old: Slot,
  why: string,
  cx: GroupCx,
): { draw: Whole; slot: Slot; whole: boolean } | Stuck | { key: 'rerollNobody'; member: MemberId } {
  const { ledger, text, today } = cx
  const { member, codes, points } = old
  const usable = codes.every((code) => {
    const coupon = ledger.coupons.find(code)
    return coupon?.used === null && coupon.until >= today && coupon.member === member
  })
  if (!usable) return { key: 'rerollUsed', member }
  if (ledger.balance(member) < points) return { key: 'rerollSpent', member }
  const luck = lucky(draw, cx)
  const prize = draw.terms.prizes[old.prize]
  const ticket = luck.next(prize?.gives)
  if (!ticket || !prize) return { key: 'rerollNobody', member }
  if (points > 0) ledger.correct(member, -points, text('whyReroll', { no: draw.no, why }))
  // A coupon goes over as it is; only what the first winner did not get is given anew.
  for (const code of codes) ledger.coupons.transfer(code, ticket.member)
  const moved = codes.length > 0
  const { slot, whole } = moved
    ? { slot: { ...old, ticket: ticket.no, member: ticket.member }, whole: true }
    : pay(ticket, old.prize, prize, draw, cx)
  const slots = draw.state.slots.map((one) => (one.ticket === old.ticket ? slot : one))
  const rerolls = [...draw.state.rerolls, { from: old.ticket, to: ticket.no, why }]
  return { draw: setState(cx, draw, { slots, rerolls, skipped: luck.skipped }), slot, whole }
}
