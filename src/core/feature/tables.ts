// Records in tables: immutable values by key, every change noted with the value before it, so that it can be saved, undone or taken back.
import type { z } from 'zod'
import type { Change, Json } from '../types/json.ts'
import { deepFreeze } from '../lib/freeze.ts'

/** How one table is made. `name` is given when tables are opened, e.g. `checkin.days`. */
export interface TableSpec<R> {
  schema: z.ZodType<R>
  /**
   * `record`: what was decided; an undo takes it back and `/log` shows it. `note`: what the bot keeps in mind, such as what it has sent or
   * asked; an undo leaves it alone.
   */
  kind: 'record' | 'note'
  /**
   * The feature's own table whose records these belong to: their key is the parent's, or begins with it and `/`. When an undo takes a parent
   * away, its children go with it, also those made later by others. Points booked for a child are not given back with it.
   */
  childOf?: string
  /** An index beside the key: records are listed by what this says of them, see `Table.by`. */
  index?(record: R, key: string): string
  /**
   * Its records are sums and lists to which several decisions add, such as the days of a month: an undo takes a decision's own part out,
   * also when others have added theirs since.
   */
  parts?: true
  /** Steps from version n to n+1 of a record; the version is their number. */
  migrations: readonly ((old: Json) => Json)[]
}

/** Declares a table of records that match `schema`. A key may be `part/rest`; parts can be listed apart. */
export function table<R>(schema: z.ZodType<R>, options: Partial<Omit<TableSpec<R>, 'schema'>> = {}): TableSpec<R> {
  return { schema, kind: 'record', migrations: [], ...options }
}

/** The records of a table, by its declaration. */
export type RecordOf<S> = S extends TableSpec<infer R> ? R : never

/** A table as features see it. Records are frozen: set a new one instead of changing one. */
export interface Table<R> {
  get(key: string): R | undefined
  /** @throws when the record does not fit the table's schema. */
  set(key: string, record: R): void
  delete(key: string): void
  /** All records, or those whose key is `part/…`. Their order is not promised: sort where it matters. */
  entries(part?: string): IterableIterator<[string, R]>
  /** The records of which the table's `index` says that. */
  by(index: string): [string, R][]
  /** The keys of the same records. */
  keys(part?: string): string[]
  /** How many records there are, in all or in one part. */
  size(part?: string): number
}

/** Told of every change of one record, also when it is loaded or taken back. */
type Watcher = (key: string, after: object | undefined, before: object | undefined) => void

class Records implements Table<object> {
  readonly #records = new Map<string, object>()
  readonly #parts = new Map<string, Set<string>>()
  readonly name: string
  readonly #schema: z.ZodType<object>
  readonly #index: ((record: object, key: string) => string) | undefined
  readonly #indexed = new Map<string, Set<string>>()
  readonly #note: (change: Change) => void
  readonly #watchers: Watcher[] = []

  constructor(name: string, { schema, index }: TableSpec<object>, note: (change: Change) => void) {
    this.name = name
    this.#schema = schema
    this.#index = index
    this.#note = note
  }

  get(key: string) {
    return this.#records.get(key)
  }

  set(key: string, record: object) {
    const { error } = this.#schema.safeParse(record)
    // Once saved, it would keep the whole store from being opened again.
    if (error) throw new Error(`${key} does not fit table ${this.name}: ${error.message}`)
    this.#change(key, deepFreeze(record))
  }

  delete(key: string) {
    if (this.#records.has(key)) this.#change(key, undefined)
  }

  keys(part?: string): string[] {
    return [...(part === undefined ? this.#records.keys() : (this.#parts.get(part) ?? []))]
  }

  *entries(part?: string): IterableIterator<[string, object]> {
    // A copy of the keys, as a handler may change the table while it walks through it.
    for (const key of this.keys(part)) {
      const record = this.#records.get(key)
      if (record) yield [key, record]
    }
  }

  by(index: string): [string, object][] {
    return Array.from(this.#indexed.get(index) ?? [], (key) => [key, this.#records.get(key) ?? {}])
  }

  size(part?: string) {
    return part === undefined ? this.#records.size : (this.#parts.get(part)?.size ?? 0)
  }

  watch(watcher: Watcher) {
    for (const [key, record] of this.#records) watcher(key, record, undefined)
    this.#watchers.push(watcher)
  }

  /** Sets without noting: for loading and taking back. */
  put(key: string, record: object | undefined) {
    const before = this.#watchers.length > 0 ? this.#records.get(key) : undefined
    this.#keep(key, record)
    for (const watcher of this.#watchers) watcher(key, record, before)
  }

  #keep(key: string, record: object | undefined) {
    const slash = key.indexOf('/')
    const before = this.#records.get(key)
    if (record === undefined) this.#records.delete(key)
    else this.#records.set(key, record)
    if (slash >= 0) {
      if (record === undefined) remove(this.#parts, key.slice(0, slash), key)
      else add(this.#parts, key.slice(0, slash), key)
    }
    if (!this.#index) return
    if (before) remove(this.#indexed, this.#index(before, key), key)
    if (record) add(this.#indexed, this.#index(record, key), key)
  }

  #change(key: string, record: object | undefined) {
    const before = this.#records.get(key)
    this.put(key, record)
    this.#note({ table: this.name, key, before: toJson(before), after: toJson(record) })
  }
}

function add(lists: Map<string, Set<string>>, name: string, key: string) {
  const keys = lists.get(name)
  if (keys) keys.add(key)
  else lists.set(name, new Set([key]))
}

function remove(lists: Map<string, Set<string>>, name: string, key: string) {
  const keys = lists.get(name)
  keys?.delete(key)
  if (keys?.size === 0) lists.delete(name)
}

// A record is plain JSON by its table's schema.
function toJson(record: object | undefined): Json {
  return (record as Json | undefined) ?? null
}

/** All tables of a store. Changes are staged from the last `take()`; until then they can be rolled back. */
export class Tables {
  readonly specs: ReadonlyMap<string, TableSpec<object>>
  readonly #tables = new Map<string, Records>()
  #staged: Change[] = []

  constructor(specs: ReadonlyMap<string, TableSpec<object>>) {
    this.specs = specs
    for (const [name, spec] of specs)
      this.#tables.set(name, new Records(name, spec, (change) => this.#staged.push(change)))
  }

  /** The table of that name. @throws when no such table was declared. */
  table<R>(name: string): Table<R> {
    // The schema of the table, checked when records are loaded, vouches for R.
    return this.#records(name) as unknown as Table<R>
  }

  /**
   * Keeps an index beside a table: `watcher` is called for every record that is there and from then on for every change, also for changes
   * that are loaded, rolled back or reverted, so the index always says what a walk through the table would.
   */
  watch<R>(name: string, watcher: (key: string, after: R | undefined, before: R | undefined) => void): void {
    this.#records(name).watch(watcher as Watcher)
  }

  /** Fills in a loaded, checked record; not staged. */
  load(name: string, key: string, record: object): void {
    this.#records(name).put(key, deepFreeze(record))
  }

  /** What was changed since the last `take()`, in order. */
  get staged(): readonly Change[] {
    return this.#staged
  }

  /** A mark to roll back to. */
  mark(): number {
    return this.#staged.length
  }

  /** Takes back all that was staged since the mark. */
  rollback(mark: number): void {
    this.revert(this.#staged.splice(mark))
  }

  /** The staged changes, folded to one per record, which are from now on the caller's to save (or to `revert`). */
  take(): Change[] {
    const folded = new Map<string, Change>()
    for (const change of this.#staged) {
      const place = `${change.table} ${change.key}`
      const first = folded.get(place)
      if (first) first.after = change.after
      else folded.set(place, change)
    }
    this.#staged = []
    return [...folded.values()].filter((change) => change.before !== change.after)
  }

  /** Sets the previous values again, last change first; for changes that could not be saved. */
  revert(changes: readonly Change[]): void {
    for (const { table, key, before } of [...changes].reverse()) {
      this.#records(table).put(key, before === null ? undefined : (before as object))
    }
  }

  #records(name: string): Records {
    const found = this.#tables.get(name)
    if (!found) throw new Error(`no table ${name}`)
    return found
  }
}
