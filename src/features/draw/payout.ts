// Drawing: prizes go to the luckiest tickets in one commit; and rerolls for winners who left or gave up.
import type { Effect } from '../../core/types/effect.ts'
import type { MemberId } from '../../core/types/ids.ts'
import type { GivenPrize } from '../../core/money/ledger.ts'
import type { Prize } from '../../core/money/prize.ts'
import { orderOfLuck, ticketName, type Ticket } from './proof.ts'
import { DAY } from '../../activities/conditions.ts'
import type { Settled } from '../../activities/kind.ts'
import { ticketsOf, type Content, type Draw, type DrawPrize, type GroupCx, type Slot } from './records.ts'
import { awaitClaims, claimLine } from './claims.ts'
import { labelled, secretOf, skippedText } from './statement.ts'

/** By what name the ledger knows the promise of a draw. */
const promiseOf = (no: number) => `draw-${no}`

const medals = ['🥇', '🥈', '🥉']
/** Most winners of one prize that are named; the rest is in the statement. */
const NAMED = 15

/** Draws and pays out. @param number the one from outside, or nothing @param cx in the draw's group */
export function reveal(draw: Draw, number: string, people: number, cx: GroupCx): Settled<Content> {
  const { no } = draw
  const { prizes } = draw.content
  const { seed, drawnWith } = secretOf(no, cx)
  // Who draws once more after an undo knows the seed, so the number must stay what it was.
  const mixed = drawnWith ?? number
  cx.tables.noteSeeds.set(String(no), { seed, drawnWith: mixed })
  const luck = lucky({ ...draw, content: { ...draw.content, mixed } }, cx)
  const slots: Slot[] = []
  const failed: Slot[] = []
  for (const [prize, { stock, ...rest }] of prizes.entries()) {
    for (let i = 0; i < stock; i++) {
      const ticket = luck.next(rest.gives)
      if (!ticket) break
      const { slot, whole } = pay(ticket, prize, { stock, ...rest }, draw, cx)
      slots.push(slot)
      if (!whole) failed.push(slot)
    }
  }
  const winners = slots.map(({ ticket }) => ticket)
  const content: Content = { ...draw.content, mixed, slots, winners, skipped: luck.skipped }
  const drawn = { ...draw, content }
  const others = consolation(drawn, cx)
  const lines = [
    cx.text('drawn', { no, people }),
    ...prizes.flatMap((_prize, i) => prizeLine(drawn, i, cx)),
    ...others,
    ...(luck.skipped.length > 0 ? [labelled('skipped', skippedText(luck.skipped, cx), cx)] : []),
    ...(mixed === '' ? [] : [labelled('outside', mixed, cx)]),
    ...whereLines(drawn, cx),
    ...claimLine(cx),
    cx.text('checkIt', { word: cx.word('check'), no }),
  ]
  const todo = toHandOver(drawn, slots, failed, cx)
  const told = slots.flatMap((slot) => winnerTold(drawn, slot, cx))
  awaitClaims(no, cx)
  return { said: lines.join('\n'), content, told, ...(todo === undefined ? {} : { admin: todo }) }
}

/** People in the order of luck who have not won yet; those who cannot win are noted in `skipped`. */
function lucky({ no, groups, content }: Draw, cx: GroupCx) {
  const { ledger, members, tables, isWarned } = cx
  const tickets = ticketsOf(tables.lists.get(String(no))?.lines ?? [])
  const order = orderOfLuck(
    { no, seed: secretOf(no, cx).seed, list: content.list ?? '', outside: content.mixed },
    tickets,
  )
  const done = new Set([
    ...content.winners,
    ...content.rerolls.map(({ to }) => to),
    ...content.skipped.map(({ ticket }) => ticket),
  ])
  const skipped = [...content.skipped]
  const rest = order.filter((ticket) => !done.has(ticket.no)).values()
  /** Why somebody cannot win this; nobody is named for a prize that he could not be given. */
  const trouble = (member: MemberId, gives: Prize | undefined) => {
    if (!groups.some((group) => members.isIn(member, group))) return 'left'
    if (!members.sure(member)) return 'unsure'
    if (content.isClean && isWarned(member)) return 'warned'
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

function pay({ no: ticket, member }: Ticket, prize: number, { name, gives }: DrawPrize, draw: Draw, cx: GroupCx) {
  const nothing: GivenPrize = { points: 0, coupons: [] }
  const given = gives
    ? cx.ledger.give(member, gives, cx.text('whyPrize', { no: draw.no, prize: name }), promiseOf(draw.no))
    : nothing
  const slot = { prize, ticket, member, points: given.points, codes: given.coupons.map(({ code }) => code) }
  const whole = !gives || ('points' in gives ? given.points === gives.points : given.coupons.length === gives.count)
  return { slot, whole }
}

/** What everybody else gets. @returns the line that says so */
function consolation(
  { no, groups, content: { everyone, slots } }: Draw,
  { ledger, members, tables, text, prizeText }: GroupCx,
): string[] {
  if (!everyone) return []
  const winners = new Set(slots.map(({ member }) => member))
  const listed = new Set(ticketsOf(tables.lists.get(String(no))?.lines ?? []).map(({ member }) => member))
  const others = [...listed].filter(
    (one) => !winners.has(one) && groups.some((group) => members.isIn(one, group)) && members.sure(one),
  )
  const given = others.filter((member) => {
    const { points, coupons } = ledger.give(member, everyone, text('whyEveryone', { no }), promiseOf(no))
    return points > 0 || coupons.length > 0
  })
  const vars = { prize: prizeText(everyone), count: given.length }
  return given.length === 0 ? [] : [text(given.length === others.length ? 'everyone' : 'someOthers', vars)]
}

/** Tells a winner who is a friend of the bot what he has won, and where it is. */
function winnerTold(draw: Draw, slot: Slot, cx: GroupCx): Effect[] {
  if (!cx.tables.noteFriends.get(slot.member)) return []
  const prize = draw.content.prizes[slot.prize]?.name ?? ''
  const own = { ...draw, content: { ...draw.content, slots: [slot] } }
  const won = cx.text('youWon', { no: draw.no, group: cx.group.name, prize })
  const lines = [won, ...whereLines(own, cx), ...claimLine(cx)]
  return [cx.say({ member: slot.member }, lines.join('\n'), { priority: 'reply', freshFor: DAY })]
}

/** Where the winners find what they have won. */
function whereLines({ content: { slots, prizes } }: Draw, { config, ledger, text }: GroupCx): string[] {
  const codes = slots.flatMap(({ codes }) => codes)
  const until = codes.flatMap((code) => ledger.coupons.find(code)?.until ?? []).sort()[0]
  const byHand = slots.some(({ prize }) => prizes[prize]?.gives === undefined)
  return [
    ...(until === undefined ? [] : [text('whereCoupons', { until: until.slice(5) })]),
    ...(byHand ? [text('whereHand', { who: config.handOver || text('admins') })] : []),
  ]
}

function prizeLine({ content: { slots, prizes } }: Draw, prize: number, cx: GroupCx): string[] {
  const winners = slots.filter((slot) => slot.prize === prize)
  const name = prizes[prize]?.name ?? ''
  const left = (prizes[prize]?.stock ?? 0) - winners.length
  const names = winners.slice(0, NAMED).map((slot) => winnerText(slot, cx))
  const more = winners.length > NAMED ? cx.text('more', { count: winners.length }) : ''
  const all = winners.length === 0 ? cx.text('noWinner') : names.join(cx.text('and')) + more
  const rest = left > 0 && winners.length > 0 ? cx.text('leftOver', { count: left }) : ''
  return [cx.text('prizeLine', { medal: medals[prize] ?? '🎁', prize: name, winners: all + rest })]
}

function winnerText({ member, ticket }: Pick<Slot, 'member' | 'ticket'>, { members, text, group }: GroupCx): string {
  return text('winner', { name: members.name(member, group.id), ticket: ticketName(ticket) })
}

/** What remains for people to do: prizes that are handed over, and what could not be given. */
function toHandOver(
  { no, content: { prizes } }: Draw,
  slots: readonly Slot[],
  failed: readonly Slot[],
  cx: GroupCx,
): string | undefined {
  const { members, text } = cx
  const line = (key: 'handOver' | 'notGiven') => (slot: Slot) => {
    const prize = prizes[slot.prize]?.name ?? ''
    return text(key, { prize, name: members.name(slot.member), id: slot.member, ticket: ticketName(slot.ticket) })
  }
  const byHand = slots.filter(({ prize }) => prizes[prize]?.gives === undefined)
  const lines = [...byHand.map(line('handOver')), ...failed.map(line('notGiven'))]
  return lines.length === 0 ? undefined : [text('todo', { no }), ...lines].join('\n')
}

/**
 * Gives the prizes of some winners to the next in the order of luck.
 * @param gone whose
 * @param cx in the draw's group
 * @returns what is said, and what the draw holds now; undefined when nothing could be given on
 */
export function reroll(draw: Draw, gone: readonly Slot[], why: string, cx: GroupCx): Effect[] & { content?: Content } {
  const { members, text, reply, say, group } = cx
  const { no } = draw
  let now = draw
  const lines: string[] = []
  const told: Effect[] = []
  for (const slot of gone) {
    const result = replace(now, slot, why, cx)
    if ('key' in result) {
      told.push(reply(result.key, { name: members.name(result.member), id: result.member, no }))
      continue
    }
    now = { ...now, content: result.content }
    const prize = draw.content.prizes[slot.prize]?.name ?? ''
    const from = { from: ticketName(slot.ticket), name: members.name(slot.member, group.id), why, prize }
    lines.push(text('rerolled', { ...from, winner: winnerText(result.slot, cx) }))
    const todo = toHandOver(now, [result.slot], result.whole ? [] : [result.slot], cx)
    if (todo !== undefined) told.push(say('control', todo, { freshFor: DAY }))
  }
  if (lines.length === 0) return told
  const skipped = now.content.skipped.slice(draw.content.skipped.length)
  const passed = skipped.length > 0 ? [labelled('skipped', skippedText(skipped, cx), cx)] : []
  const whole = [text('rerollHead', { no }), ...lines, ...passed, text('checkIt', { word: cx.word('check'), no })]
  const said = draw.groups.map((one) => say({ group: one }, whole.join('\n'), { priority: 'reply', freshFor: DAY }))
  return Object.assign([...said, say('control', text('rerollDone', { no, count: lines.length })), ...told], {
    content: now.content,
  })
}

/** Why a winner's prize cannot go to somebody else. */
type Stuck = { key: 'rerollSpent' | 'rerollUsed' | 'rerollNobody'; member: MemberId }

function replace(
  draw: Draw,
  old: Slot,
  why: string,
  cx: GroupCx,
): { content: Content; slot: Slot; whole: boolean } | Stuck {
  const { ledger, text, today } = cx
  const { member, codes, points } = old
  const usable = codes.every((code) => {
    const coupon = ledger.coupons.find(code)
    return coupon?.used === null && coupon.until >= today && coupon.member === member
  })
  if (!usable) return { key: 'rerollUsed', member }
  if (ledger.balance(member) < points) return { key: 'rerollSpent', member }
  const luck = lucky(draw, cx)
  const prize = draw.content.prizes[old.prize]
  const ticket = luck.next(prize?.gives)
  if (!ticket || !prize) return { key: 'rerollNobody', member }
  if (points > 0) ledger.correct(member, -points, text('whyReroll', { no: draw.no, why }))
  // A coupon goes over as it is; only what the first winner did not get is issued.
  for (const code of codes) ledger.coupons.transfer(code, ticket.member)
  const moved = codes.length > 0
  const { slot, whole } = moved
    ? { slot: { ...old, ticket: ticket.no, member: ticket.member }, whole: true }
    : pay(ticket, old.prize, prize, draw, cx)
  const slots = draw.content.slots.map((one) => (one.ticket === old.ticket ? slot : one))
  const rerolls = [...draw.content.rerolls, { from: old.ticket, to: ticket.no, why }]
  return { content: { ...draw.content, slots, rerolls, skipped: luck.skipped }, slot, whole }
}
