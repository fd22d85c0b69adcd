// Taking a decision back: records and coupons return to what they were if nobody has changed them since; points are booked back.
import { isDeepStrictEqual } from 'node:util'
import type { Undone } from '../feature/house.ts'
import type { Ledger } from '../money/ledger.ts'
import { isNote, type Tables } from '../feature/tables.ts'
import type { Change } from '../types/json.ts'

// Tables of the house: who is there, who may steer, what is on its way. An undo is about what was decided, not about these.
const untouched = /^(directory|engine|outbox|rights)\./

/** Stages the reverse of a decision's changes. With conflicts nothing is staged at all. */
export function undo(changes: readonly Change[], tables: Tables, ledger: Ledger, why: string): Undone {
  const undone: Undone = { restored: 0, points: [], conflicts: [] }
  const records = changes.filter(
    ({ table }) => !untouched.test(table) && !isNote(table) && !table.startsWith('ledger.'),
  )
  const coupons = changes.filter(({ table }) => table === 'ledger.coupons')
  for (const { table, key, after } of [...records, ...coupons]) {
    if (!isDeepStrictEqual(tables.table<object>(table).get(key) ?? null, after)) undone.conflicts.push({ table, key })
  }
  if (undone.conflicts.length > 0) return undone
  for (const { table, key, before } of records) {
    if (before === null) tables.table<object>(table).delete(key)
    else tables.table<object>(table).set(key, before as object)
  }
  undone.restored = records.length + coupons.length
  undone.points = ledger.takeBack(changes, why)
  return undone
}
