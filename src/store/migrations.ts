// Brings records of older table versions up to date, and says which versions a file holds.
import { z } from 'zod'
import type { Json, Change } from '../core/types/json.ts'
import type { TableSpec } from '../core/feature/tables.ts'

/** All tables by name. */
export type Specs = ReadonlyMap<string, TableSpec<object>>

/** Table name → version, which is the number of its migrations. */
export const Versions = z.record(z.string(), z.int().nonnegative())
export type Versions = z.infer<typeof Versions>

/** The versions of records that are written today. */
export function currentVersions(specs: Specs): Versions {
  return Object.fromEntries([...specs].map(([name, spec]) => [name, spec.migrations.length]))
}

/** Whether a file of these versions was written by a program with exactly these tables. */
export function isCurrent(versions: Versions, specs: Specs): boolean {
  return (
    Object.keys(versions).length === specs.size &&
    [...specs].every(([name, spec]) => versions[name] === spec.migrations.length)
  )
}

/** A stored record in the form of today's table; `null` stands for "no record" and stays. */
export function migrate(spec: TableSpec<object>, record: Json, from: number): Json {
  if (record === null) return null
  return spec.migrations.slice(from).reduce<Json>((old, step) => step(old), record)
}

/** Changes as today's program would have written them; those of tables that are gone stay as they were. */
export function migrateChanges(changes: readonly Change[], versions: Versions, specs: Specs): Change[] {
  return changes.map((change) => {
    const spec = specs.get(change.table)
    const from = versions[change.table]
    if (!spec || from === undefined || from >= spec.migrations.length) return change
    return { ...change, before: migrate(spec, change.before, from), after: migrate(spec, change.after, from) }
  })
}
