// What members have and gained, as numbers kept beside the tables of balances and days: a ranking reads a number or two of each member, however long the history is.
import type { Table, Tables } from '../feature/tables.ts'
import type { MemberId } from '../types/ids.ts'
import { daysOf, periodOf, periods, type DayKey, type Period } from '../lib/time.ts'

/** What a member gained on one day and how much the balance changed, as far as sums go. */
interface Day {
  gained: number
  change: number
}

/** A sum of the newest period in which there was anything to add, and of the period before that; `start` is the first day. */
interface Sum {
  start: DayKey
  points: number
  startBefore: DayKey
  pointsBefore: number
}

/** What a member has, and the sums of what the member gained. */
interface Standing extends Record<Period | 'change', Sum> {
  balance: number
  /** Of how many days there are records. */
  days: number
}

/** Standings by member; a period that no sum covers is added up from the table. */
export class Standings {
  readonly #days: Table<Day>
  readonly #standings = new Map<MemberId, Standing>()
  /** The standings of lists of members that rankings were made of, at the same index, until a member gets the first or loses the last record. */
  #listed = new WeakMap<readonly MemberId[], readonly (Standing | undefined)[]>()
  /** How many members have a record of a day. */
  readonly #members = new Map<DayKey, number>()

  constructor(tables: Tables) {
    this.#days = tables.table('ledger.days')
    tables.watch<{ points: number }>('ledger.balances', (key, after) => {
      const member = key as MemberId
      this.#standing(member).balance = after?.points ?? 0
      this.#dropEmpty(member)
    })
    tables.watch<Day>('ledger.days', (key, after, before) => {
      const day = key.slice(0, 10)
      const days = (after ? 1 : 0) - (before ? 1 : 0)
      const members = (this.#members.get(day) ?? 0) + days
      if (members > 0) this.#members.set(day, members)
      else this.#members.delete(day)
      const gained = (after?.gained ?? 0) - (before?.gained ?? 0)
      const change = (after?.change ?? 0) - (before?.change ?? 0)
      this.#add(key.slice(11) as MemberId, day, { days, gained, change })
    })
  }

  /** The balances of some members, in their order. */
  balances(members: readonly MemberId[]): number[] {
    return this.#of(members).map((standing) => standing?.balance ?? 0)
  }

  /** Their balances as they were when a day began. */
  balancesBefore(members: readonly MemberId[], day: DayKey): number[] {
    return this.#of(members).map((standing, i) =>
      standing ? standing.balance - this.#sum(standing.change, members[i], day, day, 'change') : 0,
    )
  }

  /** What some members gained in the period that a day is in, in their order. */
  gains(members: readonly MemberId[], period: Period, day: DayKey): number[] {
    const { from, to } = periodOf(period, day)
    return this.#of(members).map((standing, i) =>
      standing ? this.#sum(standing[period], members[i], from, to, 'gained') : 0,
    )
  }

  /** The days before another of which there are records. */
  daysBefore(day: DayKey): DayKey[] {
    return [...this.#members.keys()].filter((known) => known < day)
  }

  #of(members: readonly MemberId[]): readonly (Standing | undefined)[] {
    let listed = this.#listed.get(members)
    if (!listed) {
      listed = members.map((member) => this.#standings.get(member))
      // The directory freezes the lists that it hands out again; others may change.
      if (Object.isFrozen(members)) this.#listed.set(members, listed)
    }
    return listed
  }

  #standing(member: MemberId): Standing {
    let standing = this.#standings.get(member)
    if (!standing) {
      standing = { balance: 0, days: 0, day: emptySum(), week: emptySum(), month: emptySum(), change: emptySum() }
      this.#standings.set(member, standing)
      this.#listed = new WeakMap()
    }
    return standing
  }

  #dropEmpty(member: MemberId): void {
    const standing = this.#standings.get(member)
    if (!standing || standing.days > 0 || standing.balance !== 0) return
    this.#standings.delete(member)
    this.#listed = new WeakMap()
  }

  #add(member: MemberId, day: DayKey, { days, gained, change }: Day & { days: number }): void {
    const standing = this.#standing(member)
    standing.days += days
    if (standing.days === 0) {
      // Sums of forgotten days are never asked for again; a later record begins new ones.
      for (const name of [...periods, 'change'] as const) standing[name] = emptySum()
      return this.#dropEmpty(member)
    }
    add(standing.day, 'day', day, gained)
    add(standing.week, 'week', day, gained)
    add(standing.month, 'month', day, gained)
    add(standing.change, 'day', day, change)
  }

  #sum(sum: Sum, member: MemberId | undefined, from: DayKey, to: DayKey, what: keyof Day): number {
    const known = summed(sum, from)
    if (known !== undefined) return known
    return daysOf(from, to).reduce((points, day) => points + (this.#days.get(`${day}/${member}`)?.[what] ?? 0), 0)
  }
}

function emptySum(): Sum {
  return { start: '', points: 0, startBefore: '', pointsBefore: 0 }
}

/** @returns undefined when the period that begins with that day is older than both sums */
function summed(sum: Sum, from: DayKey): number | undefined {
  if (from >= sum.start) return from === sum.start ? sum.points : 0
  return from === sum.startBefore ? sum.pointsBefore : undefined
}

function add(sum: Sum, period: Period, day: DayKey, points: number): void {
  if (points === 0) return
  const { from, before } = periodOf(period, day)
  if (from > sum.start) {
    sum.pointsBefore = before === sum.start ? sum.points : 0
    sum.startBefore = before
    sum.start = from
    sum.points = 0
  }
  if (from === sum.start) sum.points += points
  else if (from === sum.startBefore) sum.pointsBefore += points
}
