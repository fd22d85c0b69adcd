// Keeps the fingerprint of every table's schema in test/stores/tables.json, so that none changes without a step for the records there are.
// `tsx scripts/dev/tables.ts` takes over new tables and those with a new step, as `npm run fix` does.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { tablesOf } from '../../src/core/engine/engine.ts'
import type { TableSpec } from '../../src/core/feature/tables.ts'
import { features } from '../../src/features/index.ts'

/** Table name → its version, which is the number of its migrations, and a hash of its schema. */
export type Fingerprints = Readonly<Record<string, { version: number; schema: string }>>

const file = fileURLToPath(new URL('../../test/stores/tables.json', import.meta.url))

/** The fingerprints that are kept in the repository. */
export function keptFingerprints(): Fingerprints {
  return JSON.parse(readFileSync(file, 'utf8')) as Fingerprints
}

/** The fingerprints of some tables as they are now. Descriptions are no part of them. */
export function fingerprintsOf(specs: ReadonlyMap<string, TableSpec<object>>): Fingerprints {
  const all = [...specs].map(([name, { schema, migrations }]) => {
    const shape = JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any' }), (key, value: unknown) =>
      ['description', 'examples', '$schema'].includes(key) ? undefined : value,
    )
    const hash = createHash('sha256').update(shape).digest('hex').slice(0, 16)
    return [name, { version: migrations.length, schema: hash }] as const
  })
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What is wrong with how tables have changed, each with its cure. */
export function tableTroubles(kept: Fingerprints, now: Fingerprints): string[] {
  const changed = Object.entries(now).flatMap(([name, { version, schema }]) => {
    const before = kept[name]
    if (!before) return [`${name} is a new table: npm run fix takes it into test/stores/tables.json.`]
    if (version < before.version)
      return [`${name} has ${version} migrations and had ${before.version}: a step that stores have gone must stay.`]
    if (schema === before.schema && version === before.version) return []
    if (version > before.version)
      return [`${name} has a new migration: npm run fix takes it into test/stores/tables.json.`]
    return [
      `The schema of ${name} has changed, but stores hold records of the old one: add a step to its migrations, ` +
        `table(schema, { migrations: [(old) => …] }), or (old) => old when every old record fits; then npm run fix.`,
    ]
  })
  const gone = Object.keys(kept).filter((name) => now[name] === undefined)
  return [
    ...changed,
    ...gone.map(
      (name) => `${name} is gone, but stores hold its records and would not open: keep the table, if only to read it.`,
    ),
  ]
}

/** The fingerprints to keep: a schema that has changed without a migration stays as it was. */
export function takenOver(kept: Fingerprints, now: Fingerprints): Fingerprints {
  const all = { ...kept, ...now }
  const names = Object.keys(all).sort()
  return Object.fromEntries(
    names.flatMap((name) => {
      const [before, after] = [kept[name], now[name]]
      const isAllowed = after && (!before || after.version > before.version)
      const shown = isAllowed ? after : before
      return shown ? [[name, shown]] : []
    }),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const now = fingerprintsOf(tablesOf(features))
  const next = takenOver(keptFingerprints(), now)
  writeFileSync(file, `${JSON.stringify(next, null, 2)}\n`)
  const troubles = tableTroubles(next, now)
  for (const trouble of troubles) console.log(trouble)
  if (troubles.length > 0) process.exitCode = 1
}
