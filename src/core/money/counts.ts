// What bookings and coupons count as, for measures.
import type { GroupId, MemberId } from '../types/ids.ts'
import type { Json } from '../types/json.ts'
import type { Coupon } from './coupons.ts'
import type { Booking } from './ledger.ts'

interface MoneyCount {
  what: 'given' | 'spent' | 'issued' | 'redeemed' | 'thanked'
  member: MemberId
  by?: number
  group?: GroupId
}

/**
 * Points booked in are given, points booked out are spent; an undo takes from what it reverses.
 * @param key `<member>/<number>`
 */
export function countBookings(key: string, after: Json, before: Json, isUndo: boolean): MoneyCount[] {
  if (after === null || before !== null) return []
  const { points, source } = after as unknown as Booking
  const member = key.slice(0, key.indexOf('/')) as MemberId
  const what = points > 0 !== isUndo ? ('given' as const) : ('spent' as const)
  const booked = { what, member, by: isUndo ? -Math.abs(points) : Math.abs(points) }
  return source === 'thanked' && !isUndo ? [booked, { what: 'thanked', member }] : [booked]
}

/** A coupon is issued when it is new, and redeemed when it is first used. */
export function countCoupons(_key: string, after: Coupon | undefined, before: Coupon | undefined): MoneyCount[] {
  if (!after) return []
  if (!before) return [{ what: 'issued', member: after.member }]
  return after.used && !before.used ? [{ what: 'redeemed', member: after.member }] : []
}
