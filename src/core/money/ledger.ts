// Points and coupons, the community's money: every change has a reason, no balance is ever negative, and nothing else writes balances.
import { z } from 'zod'
import { CouponBook, couponTables, type Coupon, type CouponKind, type Coupons } from './coupons.ts'
import type { Directory } from '../feature/directory.ts'
import { MemberId, type Millis } from '../types/ids.ts'
import type { Prize } from './prize.ts'
import type { Random } from '../lib/random.ts'
import { table, type Table, type Tables } from '../feature/tables.ts'
import type { Change } from '../types/json.ts'
import { addDays, type DayKey, type Period } from '../lib/time.ts'
import { Standings } from './standings.ts'
import { Ranking } from './ranking.ts'

const Balance = z.strictObject({ points: z.int().nonnegative(), booked: z.int() })
/** One booking; the key is `<member>/<number>`. */
const Booking = z.strictObject({ at: z.int(), points: z.int(), source: z.string(), why: z.string() })
export type Booking = z.infer<typeof Booking>
/**
 * What a member gained on one day, in all and by source, and how much the balance changed; the key is `<day>/<member>`.
 * Spending does not lower what was gained.
 */
const Day = z.strictObject({
  gained: z.int(),
  by: z.record(z.string(), z.int()),
  /** Of `by`, what was won or promised, which does not count against the caps of chat. */
  won: z.record(z.string(), z.int()).optional(),
  change: z.int(),
})
type Day = z.infer<typeof Day>

/** Written by `Books` and `CouponBook` alone. */
export const ledgerTables = {
  'ledger.balances': table(Balance),
  'ledger.bookings': table(Booking),
  'ledger.days': table(Day, { migrations: [(old) => old] }),
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
  /** Gained today so far, by source: by awards, or by prizes when it is one. */
  today: Readonly<Record<string, number>>
  /** It is won or promised, so only a cap on its own source counts. */
  isPrize: boolean
}

/** What was really given of a prize. */
export interface GivenPrize {
  points: number
  coupons: readonly Coupon[]
}

/** One period of the calendar: that which holds the day. */
export interface PeriodWith {
  period: Period
  day: DayKey
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
  /**
   * Gives what was won or promised: points whole, as caps are for chat; coupons as far as there are some and the member may have them.
   * @param promise for which coupons were set aside, see `Coupons.reserve`
   */
  give(member: MemberId, prize: Prize, why: string, promise?: string): GivenPrize
  /** How many points of this source a member may still get today under the caps; a game that gives more says so before it is played. */
  room(member: MemberId): number
  /** Books points out. @returns false, and nothing is booked, when there are too few or the person is not surely known. */
  spend(member: MemberId, points: number, why: string): boolean
  /** Takes back (or gives back) whatever the caps say; as much as there is. @returns the points booked. */
  correct(member: MemberId, points: number, why: string): number
  /** The newest bookings first. */
  bookings(member: MemberId): Booking[]
  gainedOn(day: DayKey, member: MemberId, source?: string): number
  /** By balance, or by gains in one day, week or month. */
  ranking(among: readonly MemberId[], when?: PeriodWith): Ranking
  /** The ranking by balance as it was when the day began. */
  rankingBefore(today: DayKey, among: readonly MemberId[]): Ranking
  /** For undoing: stages the reverse of what a decision did to points and coupons; `short` points are spent and could not be taken back. */
  takeBack(changes: readonly Change[], why: string): { member: MemberId; booked: number; short: number }[]
}

/** Which feature books, when, and under which settings. */
export interface BookingContext {
  source: string
  now: Millis
  today: DayKey
  members: Directory
  kinds: ReadonlyMap<string, CouponKind>
  /** Where codes of coupons are drawn from. */
  codeChance: Random
  /** How many of an award's points may be booked. */
  cap: (award: Award) => number
}

/** All points and coupons. Features get a `ledger` of it, which signs with their name. */
export class Books {
  readonly coupons: CouponBook
  readonly standings: Standings
  readonly #balances: Table<z.infer<typeof Balance>>
  readonly #bookings: Table<Booking>
  readonly #days: Table<Day>

  constructor(tables: Tables) {
    this.coupons = new CouponBook(tables)
    this.standings = new Standings(tables)
    this.#balances = tables.table('ledger.balances')
    this.#bookings = tables.table('ledger.bookings')
    this.#days = tables.table('ledger.days')
  }

  /** The books as one feature may use them during one event. */
  ledger(context: BookingContext): Ledger {
    return new FeatureLedger(this, context)
  }

  balance(member: MemberId): number {
    return this.#balances.get(member)?.points ?? 0
  }

  /** What a member gained on a day. */
  day(day: DayKey, member: MemberId): Day | undefined {
    return this.#days.get(`${day}/${member}`)
  }

  /** The newest bookings first. */
  bookings(member: MemberId): Booking[] {
    const bookings = [...this.#bookings.entries(member)]
    return bookings.sort(([a], [b]) => numberOf(b) - numberOf(a)).map(([, booking]) => booking)
  }

  /** Forgets gains that no ranking asks for any more, and coupons that nobody can use any more. */
  forget(today: DayKey): void {
    this.coupons.forget(today)
    const oldest = addDays(today, -KEPT_DAYS)
    for (const day of this.standings.daysBefore(oldest)) for (const key of this.#days.keys(day)) this.#days.delete(key)
  }

  /** Books points in or out. @param gained the source by which they count as gained, and how many of them were won or promised */
  book(member: MemberId, today: DayKey, booking: Booking, gained?: { source: string; won: number }): void {
    const { points: before, booked } = this.#balances.get(member) ?? { points: 0, booked: 0 }
    this.#balances.set(member, { points: before + booking.points, booked: booked + 1 })
    this.#bookings.set(`${member}/${booked}`, booking)
    this.#bookings.delete(`${member}/${booked - KEPT_BOOKINGS}`)
    const earlier = this.#days.get(`${today}/${member}`) ?? noGains
    const day = { ...earlier, change: earlier.change + booking.points }
    this.#days.set(`${today}/${member}`, gained ? withGain(day, gained.source, booking.points, gained.won) : day)
  }

  /** Takes back a change of coupons or gains. Balances are booked back. */
  takeBack({ table, key, before, after }: Change): void {
    if (table === 'ledger.coupons') this.coupons.put(key, before === null ? undefined : (before as Coupon))
    if (table === 'ledger.reserved') {
      const [was, is] = [before, after] as (Reserved | null)[]
      const now = this.coupons.reservedAt(key)
      const count = (now?.count ?? 0) + (was?.count ?? 0) - (is?.count ?? 0)
      const held = now ?? was
      if (held) this.coupons.setReserved(key, { ...held, count })
    }
    if (table !== 'ledger.days') return
    const [earlier, later] = [before, after] as (Day | null)[]
    for (const [source, points] of Object.entries(later?.by ?? {})) {
      const gained = points - (earlier?.by[source] ?? 0)
      const won = (later?.won?.[source] ?? 0) - (earlier?.won?.[source] ?? 0)
      const day = this.#days.get(key)
      // A day that is forgotten needs no correction.
      if (day && gained !== 0) this.#days.set(key, withGain(day, source, -gained, -won))
    }
  }
}

/** The books as one feature uses them during one event. */
class FeatureLedger implements Ledger {
  readonly #books: Books
  readonly #context: BookingContext

  constructor(books: Books, context: BookingContext) {
    this.#books = books
    this.#context = context
  }

  get coupons(): Coupons {
    // Day, time and settings change from event to event, so it is made at each use.
    return this.#books.coupons.forFeature(this.#context)
  }

  balance(member: MemberId): number {
    return this.#books.balance(member)
  }

  award(member: MemberId, points: number, why: string, from = this.#context.source): number {
    whole(points)
    const { today, cap } = this.#context
    const { by = {}, won = {} } = this.#books.day(today, member) ?? {}
    const awarded = Object.fromEntries(Object.entries(by).map(([of, gained]) => [of, gained - (won[of] ?? 0)]))
    const award = { member, points, source: from, today: awarded, isPrize: false }
    const booked = Math.max(0, Math.min(points, Math.floor(cap(award))))
    if (booked === 0) return 0
    this.#book(member, booked, why, { source: from, won: 0 })
    return booked
  }

  room(member: MemberId): number {
    const { today, source, cap } = this.#context
    const won = this.#books.day(today, member)?.won ?? {}
    return Math.max(0, cap({ member, points: Number.MAX_SAFE_INTEGER, source, today: won, isPrize: true }))
  }

  give(member: MemberId, prize: Prize, why: string, promise?: string): GivenPrize {
    if ('points' in prize) {
      whole(prize.points)
      this.#book(member, prize.points, why, { source: this.#context.source, won: prize.points })
      return { points: prize.points, coupons: [] }
    }
    const issue = () => this.#books.coupons.issue(member, prize.coupon, why, this.#context, promise)
    const coupons = Array.from({ length: prize.count }, issue).filter((coupon) => coupon !== undefined)
    return { points: 0, coupons }
  }

  spend(member: MemberId, points: number, why: string): boolean {
    whole(points)
    if (!this.#context.members.sure(member) || this.balance(member) < points) return false
    if (points > 0) this.#book(member, -points, why)
    return true
  }

  correct(member: MemberId, points: number, why: string): number {
    if (!Number.isSafeInteger(points)) throw new RangeError(`points ${points}`)
    const booked = Math.max(points, -this.balance(member))
    if (booked !== 0) this.#book(member, booked, why)
    return booked
  }

  bookings(member: MemberId): Booking[] {
    return this.#books.bookings(member)
  }

  gainedOn(day: DayKey, member: MemberId, source?: string): number {
    const gains = this.#books.day(day, member)
    return (source === undefined ? gains?.gained : gains?.by[source]) ?? 0
  }

  ranking(among: readonly MemberId[], when?: PeriodWith): Ranking {
    const { standings } = this.#books
    return new Ranking(among, when ? standings.gains(among, when.period, when.day) : standings.balances(among))
  }

  rankingBefore(day: DayKey, among: readonly MemberId[]): Ranking {
    return new Ranking(among, this.#books.standings.balancesBefore(among, day))
  }

  takeBack(changes: readonly Change[], why: string): { member: MemberId; booked: number; short: number }[] {
    return changes.flatMap((change) => {
      this.#books.takeBack(change)
      if (change.table !== 'ledger.balances') return []
      const member = MemberId.parse(change.key)
      const points = pointsOf(change.before) - pointsOf(change.after)
      const booked = this.correct(member, points, why)
      return { member, booked, short: booked - points }
    })
  }

  #book(member: MemberId, points: number, why: string, gained?: { source: string; won: number }): void {
    const { now: at, today } = this.#context
    this.#books.book(member, today, { at, points, source: gained?.source ?? this.#context.source, why }, gained)
  }
}

type Reserved = { kind: string; count: number; by: string }

/** A day on which more was gained. @param won how many of the points were won or promised */
function withGain(day: Day, source: string, points: number, won: number): Day {
  const by = { ...day.by, [source]: (day.by[source] ?? 0) + points }
  const wins = won === 0 ? day.won : { ...day.won, [source]: (day.won?.[source] ?? 0) + won }
  return { ...day, gained: day.gained + points, by, ...(wins ? { won: wins } : {}) }
}

const noGains: Day = { gained: 0, by: {}, change: 0 }

function pointsOf(balance: Change['before']): number {
  return balance === null ? 0 : (balance as { points: number }).points
}

function whole(points: number) {
  if (!Number.isSafeInteger(points) || points < 0) throw new RangeError(`points ${points}`)
}

function numberOf(key: string): number {
  return Number(key.slice(key.indexOf('/') + 1))
}
