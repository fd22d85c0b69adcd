// Running sums of what members gained, kept beside the table of days: a ranking reads a number or two of each member, however long the history is.
import type { Table, Tables } from '../feature/tables.ts'
import type { MemberId } from '../types/ids.ts'
import { daysOf, periodOf, type DayKey, type Period } from '../lib/time.ts'

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

interface Sums extends Record<Period | 'change', Sum> {
  /** Of how many days there are records. */
  days: number
}

/** Sums by member; a period that no sum covers is added up from the table. */
export class Gains {
  readonly #days: Table<Day>
  readonly #sums = new Map<MemberId, Sums>()
  /** How many members have a record of a day. */
  readonly #members = new Map<DayKey, number>()

  constructor(tables: Tables) {
    this.#days = tables.table('ledger.days')
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

  /** What a member gained in the period that a day is in. */
  of(member: MemberId, period: Period, day: DayKey): number {
    const sums = this.#sums.get(member)
    if (!sums) return 0
    const { from, to } = periodOf(period, day)
    return summed(sums[period], from) ?? this.#walk(member, from, to, 'gained')
  }

  /** How much a member's balance changed on a day. */
  changeOn(member: MemberId, day: DayKey): number {
    const sums = this.#sums.get(member)
    return sums ? (summed(sums.change, day) ?? this.#walk(member, day, day, 'change')) : 0
  }

  /** The days before another of which there are records. */
  daysBefore(day: DayKey): DayKey[] {
    return [...this.#members.keys()].filter((known) => known < day)
  }

  #add(member: MemberId, day: DayKey, { days, gained, change }: Day & { days: number }): void {
    let sums = this.#sums.get(member)
    if (!sums) {
      sums = { days: 0, day: emptySum(), week: emptySum(), month: emptySum(), change: emptySum() }
      this.#sums.set(member, sums)
    }
    sums.days += days
    if (sums.days === 0) {
      this.#sums.delete(member)
      return
    }
    add(sums.day, 'day', day, gained)
    add(sums.week, 'week', day, gained)
    add(sums.month, 'month', day, gained)
    add(sums.change, 'day', day, change)
  }

  #walk(member: MemberId, from: DayKey, to: DayKey, what: keyof Day): number {
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
