// Taking a decision back: records and coupons return to what they were if nobody has changed them since; points are booked back.
import { isDeepStrictEqual } from 'node:util'
import type { Undone } from '../feature/house.ts'
import type { Ledger } from '../money/ledger.ts'
import type { Tables } from '../feature/tables.ts'
import type { Change } from '../types/json.ts'

interface Place {
  table: string
  key: string
}

// Tables of the house: who is there, who may steer, what is on its way. An undo is about what was decided, not about these.
const untouched = /^(directory|engine|outbox|rights)\./

/** Stages the reverse of a decision's changes, with the children of what it made. With conflicts nothing is staged at all. */
export function undo(
  changes: readonly Change[],
  tables: Tables,
  ledger: Pick<Ledger, 'takeBack'>,
  why: string,
): Undone {
  const undone: Undone = { restored: 0, points: [], conflicts: [] }
  const records = changes.filter(
    ({ table }) => !untouched.test(table) && !table.startsWith('ledger.') && tables.specs.get(table)?.kind === 'record',
  )
  const coupons = changes.filter(({ table }) => table === 'ledger.coupons')
  const orphans = childrenOf(
    records.filter(({ before }) => before === null),
    tables,
  )
  const isOrphan = (place: Place) => orphans.has(`${place.table} ${place.key}`)
  const own = records.filter((change) => !isOrphan(change))
  for (const { table, key, after } of [...own, ...coupons]) {
    if (!isDeepStrictEqual(tables.table<object>(table).get(key) ?? null, after)) undone.conflicts.push({ table, key })
  }
  if (undone.conflicts.length > 0) return undone
  for (const { table, key } of orphans.values()) tables.table<object>(table).delete(key)
  for (const { table, key, before } of own) {
    if (before === null) tables.table<object>(table).delete(key)
    else tables.table<object>(table).set(key, before as object)
  }
  undone.restored = own.length + orphans.size + coupons.length
  undone.points = ledger.takeBack(changes, why)
  return undone
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
