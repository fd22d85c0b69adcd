// Points, the community's money: every change has a reason, no balance is ever negative, and nothing else writes balances.
import { z } from 'zod'
import type { Directory } from './directory.ts'
import type { MemberId, Millis } from './event.ts'
import { table, type Table, type Tables } from './tables.ts'
import { addDays, type DayKey } from './time.ts'

const Balance = z.strictObject({ points: z.int().nonnegative(), booked: z.int() })
/** One booking; the key is `<member>/<number>`. */
const Booking = z.strictObject({ at: z.int(), points: z.int(), source: z.string(), why: z.string() })
export type Booking = z.infer<typeof Booking>
/** What a member gained on one day, in all and by feature; the key is `<day>/<member>`. Spending does not lower it. */
const Day = z.strictObject({ gained: z.int(), by: z.record(z.string(), z.int()) })

export const ledgerTables = {
  'ledger.balances': table(Balance),
  'ledger.bookings': table(Booking),
  'ledger.days': table(Day),
}

/** A member's own list shows this many; older bookings remain in the journal. */
const KEPT_BOOKINGS = 50
/** Days whose gains are kept for rankings: two full months. */
const KEPT_DAYS = 62

/** An award before it is booked, for caps. */
export interface Award {
  member: MemberId
  points: number
  source: string
  /** Gained today so far, in all and from this source. */
  today: number
  todayFromSource: number
}

export interface Rank {
  member: MemberId
  points: number
  /** From 1; equal points share a place. */
  place: number
}

/** What a feature may do with points. Bookings carry the feature's name as their source. */
export interface Ledger {
  balance(member: MemberId): number
  /** Books points in, as far as the caps allow. @returns the points booked, 0 when none. */
  award(member: MemberId, points: number, why: string): number
  /** Books points out. @returns false, and nothing is booked, when there are too few or the person is not surely known. */
  spend(member: MemberId, points: number, why: string): boolean
  /** Takes back (or gives back) whatever the caps say; as much as there is. @returns the points booked. */
  correct(member: MemberId, points: number, why: string): number
  /** The newest bookings first. */
  bookings(member: MemberId): Booking[]
  gainedOn(day: DayKey, member: MemberId, source?: string): number
  /** By balance, or by gains from one day to another (both included); people with no points are left out. */
  ranking(among: readonly MemberId[], days?: { from: DayKey; to: DayKey }): Rank[]
}

export class Books {
  readonly #balances: Table<z.infer<typeof Balance>>
  readonly #bookings: Table<Booking>
  readonly #days: Table<z.infer<typeof Day>>

  constructor(tables: Tables) {
    this.#balances = tables.table('ledger.balances')
    this.#bookings = tables.table('ledger.bookings')
    this.#days = tables.table('ledger.days')
  }

  /** @param cap how many of an award's points may be booked. */
  ledger(source: string, now: Millis, today: DayKey, members: Directory, cap: (award: Award) => number): Ledger {
    const book = (member: MemberId, points: number, why: string) =>
      this.#book(member, points, { at: now, points, source, why })
    const day = (member: MemberId) => this.#days.get(`${today}/${member}`)
    return {
      balance: (member) => this.#balances.get(member)?.points ?? 0,
      award: (member, points, why) => {
        whole(points)
        const gained = day(member)
        const award = { member, points, source, today: gained?.gained ?? 0, todayFromSource: gained?.by[source] ?? 0 }
        const booked = Math.max(0, Math.min(points, Math.floor(cap(award))))
        if (booked === 0) return 0
        book(member, booked, why)
        this.#days.set(`${today}/${member}`, {
          gained: award.today + booked,
          by: { ...gained?.by, [source]: award.todayFromSource + booked },
        })
        return booked
      },
      spend: (member, points, why) => {
        whole(points)
        if (!members.sure(member) || (this.#balances.get(member)?.points ?? 0) < points) return false
        if (points > 0) book(member, -points, why)
        return true
      },
      correct: (member, points, why) => {
        if (!Number.isSafeInteger(points)) throw new RangeError(`points ${points}`)
        const booked = Math.max(points, -(this.#balances.get(member)?.points ?? 0))
        if (booked !== 0) book(member, booked, why)
        return booked
      },
      bookings: (member) =>
        [...this.#bookings.entries(member)].sort(([a], [b]) => numberOf(b) - numberOf(a)).map(([, booking]) => booking),
      gainedOn: (on, member, from) => {
        const gained = this.#days.get(`${on}/${member}`)
        return (from === undefined ? gained?.gained : gained?.by[from]) ?? 0
      },
      ranking: (among, days) =>
        rank(among, (member) => (days ? this.#gained(member, days) : (this.#balances.get(member)?.points ?? 0))),
    }
  }

  /** Forgets gains that no ranking asks for any more. */
  forget(today: DayKey): void {
    const oldest = addDays(today, -KEPT_DAYS)
    for (const [key] of this.#days.entries()) if (key.slice(0, 10) < oldest) this.#days.delete(key)
  }

  #book(member: MemberId, points: number, booking: Booking) {
    const { points: before, booked } = this.#balances.get(member) ?? { points: 0, booked: 0 }
    this.#balances.set(member, { points: before + points, booked: booked + 1 })
    this.#bookings.set(`${member}/${booked}`, booking)
    this.#bookings.delete(`${member}/${booked - KEPT_BOOKINGS}`)
  }

  #gained(member: MemberId, { from, to }: { from: DayKey; to: DayKey }): number {
    let sum = 0
    for (let day = from; day <= to; day = addDays(day, 1)) sum += this.#days.get(`${day}/${member}`)?.gained ?? 0
    return sum
  }
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
