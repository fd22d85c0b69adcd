// What features report as countable: derived from the changes of their tables, so it is counted once and in the same commit.
import type { Event, Said } from '../types/event.ts'
import type { GroupId, MemberId } from '../types/ids.ts'
import type { Change, Json } from '../types/json.ts'
import type { AnyFeature } from './feature.ts'
import { countBookings, countCoupons } from '../money/counts.ts'

/** What can be counted from a change of a table. `post` and `activity`: something was put before a group, of which the result is measured. */
export const countables = [
  ...(['checkins', 'entries', 'given', 'spent', 'issued', 'redeemed', 'cases', 'thanked'] as const),
  ...(['botAnswers', 'handed', 'humanAnswers', 'post', 'activity', 'feedback'] as const),
] as const

/** One thing to count. */
export interface Count {
  what: (typeof countables)[number]
  /** Where it happened; undefined: in the group of the event, else in the person's first group. */
  group?: GroupId | undefined
  member?: MemberId | undefined
  /** How many; one unless told. */
  by?: number
  /** Of a post or activity: its title, and its number or slot. Of feedback: the post's title, and what was said. */
  title?: string
  key?: string
}

/** How a table's changes are counted. */
export type CountChange<R> = (key: string, after: R | undefined, before: R | undefined) => readonly Count[]

/** An event and what was counted in its commit. */
export interface Counted {
  event: Event
  /** What was said, with what the engine has heard in it. */
  said?: Said
  counts: readonly Count[]
}

/** Collects what the changes of one commit count. */
export class Counter {
  readonly #byTable = new Map<string, CountChange<object>>()

  constructor(features: readonly AnyFeature[]) {
    this.#byTable.set('ledger.coupons', countCoupons as CountChange<object>)
    for (const feature of features) {
      for (const [name, count] of Object.entries(feature.counts ?? {}))
        if (count) this.#byTable.set(`${feature.name}.${name}`, count)
    }
  }

  /**
   * @param changes staged by the event, in order
   * @param isUndo what they take back is counted with a minus
   */
  count(changes: readonly Change[], isUndo: boolean): Count[] {
    const counts: Count[] = []
    for (const { table, key, before, after } of changes) {
      if (table === 'ledger.bookings') {
        counts.push(...countBookings(key, after, before, isUndo))
        continue
      }
      const count = this.#byTable.get(table)
      if (!count) continue
      counts.push(...count(key, record(after), record(before)))
      if (isUndo) counts.push(...count(key, record(before), record(after)).map(minus))
    }
    return counts
  }
}

function record(value: Json): object | undefined {
  return (value as object | null) ?? undefined
}

function minus(count: Count): Count {
  return { ...count, by: -(count.by ?? 1) }
}

/** Whether an event takes back an earlier decision. */
export function isUndo(event: Event): boolean {
  return event.type === 'found' && event.what === 'entry' && event.query.for === 'undo'
}
