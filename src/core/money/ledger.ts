// Points and coupons, the community's money: every change has a reason, no balance is ever negative, and nothing else writes balances.
import { z } from 'zod'
import { CouponBook, couponTables, type Coupon, type CouponKind, type Coupons } from './coupons.ts'
import type { Directory } from '../feature/directory.ts'
import { MemberId, type Millis } from '../types/ids.ts'
import type { Prize } from './prize.ts'
import type { Random } from '../lib/random.ts'
import { table, type Table, type Tables } from '../feature/tables.ts'
import type { Change } from '../types/json.ts'
import { addDays, type DayKey } from '../lib/time.ts'

const Balance = z.strictObject({ points: z.int().nonnegative(), booked: z.int() })
/** One booking; the key is `<member>/<number>`. */
const Booking = z.strictObject({ at: z.int(), points: z.int(), source: z.string(), why: z.string() })
export type Booking = z.infer<typeof Booking>
/**
 * What a member gained on one day, in all and by source, and how much the balance changed; the key is `<day>/<member>`.
 * Spending does not lower what was gained.
 */
const Day = z.strictObject({ gained: z.int(), by: z.record(z.string(), z.int()), change: z.int() })
type Day = z.infer<typeof Day>

/** Written by `Books` and `CouponBook` alone. */
export const ledgerTables = {
  'ledger.balances': table(Balance),
  'ledger.bookings': table(Booking),
  'ledger.days': table(Day),
  ...couponTables,
}

/** As many as are ever shown; older bookings remain in the journal. */
const KEPT_BOOKINGS = 10
/** Days whose gains are kept for rankings: two full months. */
const KEPT_DAYS = 62

/** An award before it is booked, for caps. */
export interface Award {
  member: MemberId
  points: number
  source: string
  /** Gained today so far, by source. */
  today: Readonly<Record<string, number>>
}

/** What was really given of a prize. */
export interface Given {
  points: number
  coupons: readonly Coupon[]
}

/** A place in a ranking. */
export interface Rank {
  member: MemberId
  points: number
  /** From 1; equal points share a place. */
  place: number
}

/** What a feature may do with points and coupons. They carry the feature's name as their source. */
export interface Ledger {
  readonly coupons: Coupons
  balance(member: MemberId): number
  /**
   * Books points in, as far as the caps allow.
   * @param source by which caps and rankings know it, when a feature gives points for several things
   * @returns the points booked, 0 when none
   */
  award(member: MemberId, points: number, why: string, source?: string): number
  /** Gives a prize: points as far as the caps allow, coupons as far as there are some and the member may have them. */
  give(member: MemberId, prize: Prize, why: string): Given
  /** Books points out. @returns false, and nothing is booked, when there are too few or the person is not surely known. */
  spend(member: MemberId, points: number, why: string): boolean
  /** Takes back (or gives back) whatever the caps say; as much as there is. @returns the points booked. */
  correct(member: MemberId, points: number, why: string): number
  /** The newest bookings first. */
  bookings(member: MemberId): Booking[]
  gainedOn(day: DayKey, member: MemberId, source?: string): number
  /** By balance, or by gains from one day to another (both included); people with no points are left out. */
  ranking(among: readonly MemberId[], days?: { from: DayKey; to: DayKey }): Rank[]
  /** The ranking by balance as it was when the day began. */
  rankingBefore(today: DayKey, among: readonly MemberId[]): Rank[]
  /** For undoing: stages the reverse of what a decision did to points and coupons; `short` points are spent and could not be taken back. */
  takeBack(changes: readonly Change[], why: string): { member: MemberId; booked: number; short: number }[]
}

/** By whom and when something is booked. */
export interface Clerk {
  source: string
  now: Millis
  today: DayKey
  members: Directory
  kinds: ReadonlyMap<string, CouponKind>
  random: Random
  /** How many of an award's points may be booked. */
  cap: (award: Award) => number
}

/** All points and coupons. Features get a `ledger` of it, which signs with their name. */
export class Books {
  readonly coupons: CouponBook
  readonly #balances: Table<z.infer<typeof Balance>>
  readonly #bookings: Table<Booking>
  readonly #days: Table<Day>

  constructor(tables: Tables) {
    this.coupons = new CouponBook(tables)
    this.#balances = tables.table('ledger.balances')
    this.#bookings = tables.table('ledger.bookings')
    this.#days = tables.table('ledger.days')
  }

  /** The books as one feature may use them during one event. */
  ledger(clerk: Clerk): Ledger {
    const { source, now, today, members, cap } = clerk
    const book = (member: MemberId, points: number, why: string, from = source) =>
      this.#book(member, today, { at: now, points, source: from, why })
    const balance = (member: MemberId) => this.#balances.get(member)?.points ?? 0
    const ledger: Ledger = {
      coupons: this.coupons.desk(clerk),
      balance,
      award: (member, points, why, from = source) => {
        whole(points)
        const award = { member, points, source: from, today: this.#days.get(`${today}/${member}`)?.by ?? {} }
        const booked = Math.max(0, Math.min(points, Math.floor(cap(award))))
        if (booked === 0) return 0
        book(member, booked, why, from)
        this.#gain(`${today}/${member}`, from, booked)
        return booked
      },
      give: (member, prize, why) => {
        if ('points' in prize) return { points: ledger.award(member, prize.points, why), coupons: [] }
        const issue = () => this.coupons.issue(member, prize.coupon, why, clerk)
        const coupons = Array.from({ length: prize.count }, issue).filter((coupon) => coupon !== undefined)
        return { points: 0, coupons }
      },
      spend: (member, points, why) => {
        whole(points)
        if (!members.sure(member) || balance(member) < points) return false
        if (points > 0) book(member, -points, why)
        return true
      },
      correct: (member, points, why) => {
        if (!Number.isSafeInteger(points)) throw new RangeError(`points ${points}`)
        const booked = Math.max(points, -balance(member))
        if (booked !== 0) book(member, booked, why)
        return booked
      },
      bookings: (member) =>
        [...this.#bookings.entries(member)].sort(([a], [b]) => numberOf(b) - numberOf(a)).map(([, booking]) => booking),
      gainedOn: (on, member, from) => {
        const gained = this.#days.get(`${on}/${member}`)
        return (from === undefined ? gained?.gained : gained?.by[from]) ?? 0
      },
      ranking: (among, span) => {
        if (!span) return rank(among, balance)
        const days = daysOf(span)
        return rank(among, (member) =>
          days.reduce((sum, day) => sum + (this.#days.get(`${day}/${member}`)?.gained ?? 0), 0),
        )
      },
      rankingBefore: (day, among) =>
        rank(among, (member) => balance(member) - (this.#days.get(`${day}/${member}`)?.change ?? 0)),
      takeBack: (changes, why) =>
        changes.flatMap((change) => {
          this.#takeBack(change)
          if (change.table !== 'ledger.balances') return []
          const member = MemberId.parse(change.key)
          const points = pointsOf(change.before) - pointsOf(change.after)
          const booked = ledger.correct(member, points, why)
          return { member, booked, short: booked - points }
        }),
    }
    return ledger
  }

  /** Forgets gains that no ranking asks for any more, and coupons that nobody can use any more. */
  forget(today: DayKey): void {
    this.coupons.forget(today)
    const oldest = addDays(today, -KEPT_DAYS)
    for (const [key] of this.#days.entries()) if (key.slice(0, 10) < oldest) this.#days.delete(key)
  }

  #book(member: MemberId, today: DayKey, booking: Booking) {
    const { points: before, booked } = this.#balances.get(member) ?? { points: 0, booked: 0 }
    this.#balances.set(member, { points: before + booking.points, booked: booked + 1 })
    this.#bookings.set(`${member}/${booked}`, booking)
    this.#bookings.delete(`${member}/${booked - KEPT_BOOKINGS}`)
    const day = this.#days.get(`${today}/${member}`) ?? noGains
    this.#days.set(`${today}/${member}`, { ...day, change: day.change + booking.points })
  }

  #gain(key: string, source: string, points: number) {
    const day = this.#days.get(key)
    // A day that is forgotten needs no correction.
    if (!day) return
    const by = { ...day.by, [source]: (day.by[source] ?? 0) + points }
    this.#days.set(key, { ...day, gained: day.gained + points, by })
  }

  #takeBack({ table, key, before, after }: Change) {
    if (table === 'ledger.coupons') this.coupons.put(key, before === null ? undefined : (before as Coupon))
    if (table !== 'ledger.days') return
    const earlier = before as Day | null
    for (const [source, points] of Object.entries((after as Day | null)?.by ?? {})) {
      const gained = points - (earlier?.by[source] ?? 0)
      if (gained !== 0) this.#gain(key, source, -gained)
    }
  }
}

const noGains: Day = { gained: 0, by: {}, change: 0 }

function daysOf({ from, to }: { from: DayKey; to: DayKey }): DayKey[] {
  const days: DayKey[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

function pointsOf(balance: Change['before']): number {
  return balance === null ? 0 : (balance as { points: number }).points
}

function whole(points: number) {
  if (!Number.isSafeInteger(points) || points < 0) throw new RangeError(`points ${points}`)
}

function numberOf(key: string): number {
  return Number(key.slice(key.indexOf('/') + 1))
}

function rank(among: readonly MemberId[], pointsOf: (member: MemberId) => number): Rank[] {
  const sorted = among
    .map((member) => ({ member, points: pointsOf(member), place: 1 }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points || Number(a.member.slice(1)) - Number(b.member.slice(1)))
  sorted.forEach((one, i) => {
    const above = sorted[i - 1]
    one.place = above && above.points === one.points ? above.place : i + 1
  })
  return sorted
}
