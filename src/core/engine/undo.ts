// Taking decisions back by what they mean: records return to what they were, or a part is taken out of them; points are booked back; what hangs on it goes with it.
import { isDeepStrictEqual } from 'node:util'
import type { Hanging, Undone } from '../feature/house.ts'
import type { Coupon } from '../money/coupons.ts'
import type { Ledger } from '../money/ledger.ts'
import type { Tables } from '../feature/tables.ts'
import type { Entry } from '../types/event.ts'
import type { Change } from '../types/json.ts'
import { withoutPart } from './parts.ts'
import { undoIdentity } from './undo-identity.ts'

interface Place {
  table: string
  key: string
}
type Reversal = Pick<Ledger, 'takeBack'>

// Tables of the house: who is there (but see undo-identity.ts), who may steer, what is on its way. An undo is about what was decided, not about these.
const untouched = /^(directory|engine|outbox|rights)\./

/**
 * Takes back an entry of the journal. When later entries depend on it, nothing is done and they are listed; with `all` they are taken back
 * first, the newest first, with `keep` they stay as far as that is possible.
 */
export function takeBack(
  entry: Entry & { later?: readonly Entry[] },
  hanging: Hanging | undefined,
  tables: Tables,
  ledger: Reversal,
  why: string,
): Undone {
  const mark = tables.mark()
  const alone = undo(entry.changes, tables, ledger, why)
  const dependents = dependentsOf(alone, entry.later ?? [])
  const isHeld = alone.conflicts.length > 0 || alone.orphans.length > 0
  if (dependents.length === 0 || (hanging === 'keep' && !isHeld)) return alone
  tables.rollback(mark)
  if (hanging !== 'all') return { ...alone, isDone: false, hanging: dependents }
  const done = [...dependents, entry].map(({ changes }) => undo(changes, tables, ledger, why))
  const stuck = done.find(({ isDone }) => !isDone)
  if (stuck) {
    tables.rollback(mark)
    return { ...stuck, orphans: [], hanging: [] }
  }
  return { ...combined(done), hanging: dependents }
}

/** Stages the reverse of a decision's changes, with the children of what it made. With conflicts nothing is staged at all. */
export function undo(changes: readonly Change[], tables: Tables, ledger: Reversal, why: string): Undone {
  const undone: Undone = {
    isDone: true,
    restored: 0,
    points: [],
    conflicts: [],
    orphans: [],
    used: [],
    taken: [],
    hanging: [],
  }
  const records = changes.filter((change) => isDecision(change, tables))
  const orphans = childrenOf(
    records.filter(({ before }) => before === null),
    tables,
  )
  const isOrphan = (place: Place) => orphans.has(nameOf(place))
  const own = records.filter((change) => !isOrphan(change))
  const reversed = own.map((change) => reversal(change, tables))
  const coupons = couponReversals(changes, tables, undone)
  for (const change of reversed) if (change.after === undefined) undone.conflicts.push(change)
  if (undone.conflicts.length > 0) return { ...undone, isDone: false }
  const identities = undoIdentity(changes, tables)
  if (identities.conflicts.length > 0) return { ...undone, conflicts: identities.conflicts, isDone: false }
  const made = new Set(changes.map(nameOf))
  undone.orphans = [...orphans.values()].filter((place) => !made.has(nameOf(place)))
  for (const { table, key } of orphans.values()) tables.table<object>(table).delete(key)
  for (const { table, key, after } of reversed) {
    if (after === null) tables.table<object>(table).delete(key)
    else tables.table<object>(table).set(key, after as object)
  }
  undone.restored = own.length + orphans.size + coupons.length + identities.restored
  const rest = changes.filter(({ table }) => table !== 'ledger.coupons')
  undone.points = ledger.takeBack([...rest, ...coupons], why)
  return undone
}

/** Whether a later entry has changed what an earlier one decided, or has spent on coupons what it gave. */
export function touches(later: Entry, earlier: Entry, tables: Tables): boolean {
  const own = earlier.changes.filter((change) => isDecision(change, tables) || change.table === 'ledger.coupons')
  const places = new Set(own.map(nameOf))
  const made = own.filter(({ before }) => before === null)
  const isBelow = ({ table, key }: Place) => {
    const parent = tables.specs.get(table)?.childOf
    const above = parent && `${table.slice(0, table.indexOf('.'))}.${parent}`
    return made.some((change) => change.table === above && (key === change.key || key.startsWith(`${change.key}/`)))
  }
  return later.changes.some((change) => places.has(nameOf(change)) || isBelow(change)) || isPurchaseOf(later, earlier)
}

/** What a change of a record is set back to: undefined when it has moved on. */
function reversal(change: Change, tables: Tables): Place & { after: Change['before'] | undefined } {
  const { table, key, before, after } = change
  const now = (tables.table<object>(table).get(key) ?? null) as Change['before']
  if (isDeepStrictEqual(now, after)) return { table, key, after: before }
  return { table, key, after: tables.specs.get(table)?.parts ? withoutPart(before, after, now) : undefined }
}

/** How coupons are taken back: also those that were passed on since. Used ones stay, and are no gift when they were paid for. */
function couponReversals(changes: readonly Change[], tables: Tables, undone: Undone): Change[] {
  const isPaid = changes.some(({ table, after }) => table === 'ledger.bookings' && pointsIn(after) < 0)
  return changes.flatMap((change): Change[] => {
    const { table, key, before, after } = change
    if (table !== 'ledger.coupons') return []
    const now = tables.table<Coupon>(table).get(key)
    if (before === null && after !== null) {
      if (!now) return []
      if (now.used) {
        undone.used.push(now)
        if (isPaid) undone.conflicts.push({ table, key })
        return []
      }
      undone.taken.push(now)
      return [{ table, key, before, after: now as unknown as Change['after'] }]
    }
    if (isDeepStrictEqual(now ?? null, after)) return [change]
    undone.conflicts.push({ table, key })
    return []
  })
}

/** The later entries that stand in the way, or have spent what is missing; the newest first. */
function dependentsOf({ conflicts, orphans, points, used }: Undone, later: readonly Entry[]): Entry[] {
  const blocked = new Set([...conflicts, ...orphans].map(nameOf))
  // What was handed over for a coupon does not come back.
  if (conflicts.some(({ table }) => table === 'ledger.coupons') && used.length > 0) return []
  if (blocked.size > 0) return later.filter(({ changes }) => changes.some((change) => blocked.has(nameOf(change))))
  return points.flatMap(({ member, short }) => {
    let missing = short
    return later.filter((entry) => {
      const spent = spentOnCoupons(entry, member)
      const isWanted = missing > 0 && spent > 0
      if (isWanted) missing -= spent
      return isWanted
    })
  })
}

function isPurchaseOf(later: Entry, earlier: Entry): boolean {
  return earlier.changes.some(
    ({ table, key, after }) =>
      table === 'ledger.bookings' && pointsIn(after) > 0 && spentOnCoupons(later, key.split('/')[0] ?? '') > 0,
  )
}

/** Points that a member spent in an entry that gave him coupons. */
function spentOnCoupons({ changes }: Entry, member: string): number {
  const gotCoupon = changes.some(
    ({ table, before, after }) =>
      table === 'ledger.coupons' && before === null && (after as Coupon | null)?.member === member,
  )
  if (!gotCoupon) return 0
  const own = changes.filter(({ table, key }) => table === 'ledger.bookings' && key.startsWith(`${member}/`))
  return -own.reduce((sum, { after }) => sum + Math.min(0, pointsIn(after)), 0)
}

function pointsIn(booking: Change['after']): number {
  return booking === null ? 0 : (booking as { points: number }).points
}

/** Several undos as one. */
function combined(all: readonly Undone[]): Undone {
  const points = new Map<string, Undone['points'][number]>()
  for (const booking of all.flatMap(({ points }) => points)) {
    const before = points.get(booking.member)
    points.set(booking.member, {
      ...booking,
      booked: booking.booked + (before?.booked ?? 0),
      short: booking.short + (before?.short ?? 0),
    })
  }
  return {
    isDone: true,
    restored: all.reduce((sum, { restored }) => sum + restored, 0),
    points: [...points.values()].filter(({ booked, short }) => booked !== 0 || short > 0),
    conflicts: [],
    orphans: [],
    used: all.flatMap(({ used }) => used),
    taken: all.flatMap(({ taken }) => taken),
    hanging: [],
  }
}

function isDecision({ table }: Place, { specs }: Tables): boolean {
  return !untouched.test(table) && !table.startsWith('ledger.') && specs.get(table)?.kind === 'record'
}

function nameOf({ table, key }: Place): string {
  return `${table} ${key}`
}
/** The records that belong to some that are about to go, and those that belong to them. */
function childrenOf(parents: readonly Place[], tables: Tables): Map<string, Place> {
  const found = new Map<string, Place>()
  const wanted = [...parents]
  for (let parent = wanted.pop(); parent; parent = wanted.pop()) {
    const feature = parent.table.slice(0, parent.table.indexOf('.'))
    for (const [table, { childOf }] of tables.specs) {
      if (childOf === undefined || `${feature}.${childOf}` !== parent.table || !table.startsWith(`${feature}.`))
        continue
      for (const key of keysUnder(parent.key, tables.table(table))) {
        const child = { table, key }
        if (found.has(`${table} ${key}`)) continue
        found.set(`${table} ${key}`, child)
        wanted.push(child)
      }
    }
  }
  return found
}

/** The keys that are a parent's own, or begin with it. */
function keysUnder(parent: string, table: { get(key: string): unknown; keys(part?: string): string[] }): string[] {
  // Keys are listed apart by what stands before their first slash.
  const [part = ''] = parent.split('/')
  const below = table.keys(part).filter((key) => key.startsWith(`${parent}/`))
  return table.get(parent) === undefined || below.includes(parent) ? below : [parent, ...below]
}
