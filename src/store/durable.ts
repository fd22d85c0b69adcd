// The store itself: decisions wait here for the next flush, and those that cannot be saved are taken back.
import type { Low } from 'lowdb'
import type { Entry } from '../core/types/event.ts'
import type { Json, Change } from '../core/types/json.ts'
import type { Tables } from '../core/feature/tables.ts'
import type { Generations } from './generations.ts'
import type { Handled } from './handled.ts'
import type { Head } from './head.ts'
import { encodeEntry, Shortened, type Journal } from './journal.ts'
import type { Lock } from './lock.ts'
import { currentVersions } from './migrations.ts'
import type { Snapshot } from './snapshot.ts'
import { codeOf } from './disk.ts'
import { NotSaved, type Decision, type Lost, type Store } from './store.ts'
import { inBoth } from './wording.ts'

/** Bytes of journal after which it is folded into the snapshot. */
const foldAt = 16 << 20

interface Waiting {
  line: string
  changes: readonly Change[]
  /** The message id that this decision was the first to handle. */
  handled: string | undefined
  resolve: () => void
  reject: (error: NotSaved) => void
}

/** Somebody waits for a picture of the state. */
interface Cut {
  resolve: (snapshot: Snapshot) => void
  reject: (error: unknown) => void
}

/** What `load` found on disk, opened for going on. */
export interface Parts {
  name: string
  tables: Tables
  handled: Handled
  journal: Journal
  head: Head
  lock: Lock
  database: Low<Snapshot>
  generations: Generations
  /** The last decision on disk, and the last one in the snapshot. */
  seq: number
  savedSeq: number
  now: () => number
  log: (text: string) => void
  /** See `StoreOptions`. */
  wrote: (what: 'store' | 'snapshot', error?: unknown) => void
  lost: (why: Lost) => void
}

/** The files are not this process's any more. */
class FilesLost extends Error {
  readonly why: Lost

  constructor(why: Lost) {
    super('the lock file is gone: another process has taken over')
    this.why = why
  }
}

/** A store on disk; see `Store` for its promises. */
export class DurableStore implements Store {
  readonly #parts: Parts
  readonly tables: Tables
  /** The last decision that is flushed. */
  #seq: number
  #savedSeq: number
  #foldAt = foldAt
  #flushing: Waiting[] = []
  #waiting: Waiting[] = []
  #cut: Cut | undefined
  #working: Promise<void> | undefined
  #folding: Promise<void> | undefined
  #closed = false

  constructor(parts: Parts) {
    this.#parts = parts
    this.tables = parts.tables
    this.#seq = parts.seq
    this.#savedSeq = parts.savedSeq
  }

  get nextSeq(): number {
    return this.#seq + this.#flushing.length + this.#waiting.length + 1
  }

  commit({ at, event, seed, changes }: Decision): Promise<void> {
    if (this.#closed) throw new Error('the store is closed')
    const line = encodeEntry({ seq: this.nextSeq, at, event, ...(seed === undefined ? {} : { seed }), changes })
    const handled = this.#parts.handled.note({ at, event })
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, changes, handled, resolve, reject })
      this.#work()
    })
  }

  handled(id: string): boolean {
    return this.#parts.handled.has(id, this.#parts.now())
  }

  async entry(seq: number): Promise<Entry | undefined> {
    const begin = Buffer.from(`{"seq":${seq},`)
    const isIt = (line: Buffer) => line.subarray(0, begin.length).equals(begin)
    for await (const entry of this.#parts.journal.backward(seq, isIt)) return entry
    return undefined
  }

  async recent(limit: number, wanted: (entry: Entry) => boolean, after = 0): Promise<Entry[]> {
    const found: Entry[] = []
    if (limit <= 0) return found
    for await (const entry of this.#parts.journal.backward(Infinity)) {
      if (entry.seq <= after || (wanted(entry) && found.push(entry) >= limit)) break
    }
    return found
  }

  compact(): Promise<void> {
    this.#folding ??= this.#fold()
      .then(() => this.#parts.wrote('snapshot'))
      .catch((error: unknown) => {
        if (codeOf(error) !== undefined) this.#parts.wrote('snapshot', error)
        throw error
      })
      .finally(() => (this.#folding = undefined))
    return this.#folding
  }

  async close(): Promise<void> {
    this.#closed = true
    // Failures reject the promises of those who wait.
    await this.#folding?.catch(() => undefined)
    await this.#working
    try {
      await this.#parts.head.close()
      await this.#parts.journal.close()
    } finally {
      this.#parts.lock.release()
    }
  }

  #work(): void {
    this.#working ??= this.#flushAll()
  }

  /** One write and one flush at a time; what comes in meanwhile shares the next. */
  async #flushAll(): Promise<void> {
    // So that all commits of one turn of the event loop go together.
    await Promise.resolve()
    while (this.#waiting.length > 0 || this.#cut) {
      if (this.#cut) await this.#answerCut(this.#cut)
      else await this.#flush()
    }
    // In the same breath as the last look at the queue, or a commit in between would wait for ever.
    this.#working = undefined
  }

  async #flush(): Promise<void> {
    const { journal, head, log } = this.#parts
    this.#flushing = this.#waiting
    this.#waiting = []
    try {
      this.#checkLock()
      await journal.append(this.#flushing.map(({ line }) => line).join(''))
    } catch (error) {
      this.#takeBack(error)
      this.#report(error)
      return
    }
    this.#parts.wrote('store')
    const saved = this.#flushing
    this.#flushing = []
    this.#seq += saved.length
    head.note(this.#seq)
    for (const { resolve } of saved) resolve()
    if (journal.size < this.#foldAt || this.#folding || this.#closed) return
    this.#foldAt = journal.size + foldAt
    this.compact().catch((error: unknown) => log(`compaction failed: ${String(error)}`))
  }

  /** Two that write to one journal would damage it. */
  #checkLock(): void {
    if (!this.#parts.lock.held()) throw new FilesLost('lock')
  }

  #report(error: unknown): void {
    if (error instanceof FilesLost) this.#parts.lost(error.why)
    else if (codeOf(error) === 'ENOENT' || error instanceof Shortened) this.#parts.lost('journal')
    else this.#parts.wrote('store', error)
  }

  #takeBack(cause: unknown): void {
    const lost = [...this.#flushing, ...this.#waiting]
    this.#flushing = []
    this.#waiting = []
    for (const { changes, handled } of lost.toReversed()) {
      this.tables.revert(changes)
      if (handled !== undefined) this.#parts.handled.forget(handled)
    }
    const why = cause instanceof Error ? cause.message : String(cause)
    const message = inBoth(
      `没能写进磁盘，这次的决定已撤回：${why}`,
      `Could not be written to disk; the decision is taken back: ${why}`,
    )
    for (const { reject } of lost) reject(new NotSaved(message, { cause }))
  }

  /** The state exactly as the journal's last segment leaves it, while no write is under way. */
  async #answerCut({ resolve, reject }: Cut): Promise<void> {
    this.#cut = undefined
    try {
      this.#checkLock()
      await this.#parts.journal.begin(this.#seq)
      this.#foldAt = foldAt
      resolve(this.#picture())
    } catch (error) {
      reject(error)
    }
  }

  #picture(): Snapshot {
    const { name, handled, now } = this.#parts
    const tables = new Map<string, Map<string, Json>>()
    // Records are frozen and are JSON by their schemas: a shallow copy stays as it is now.
    for (const table of this.tables.specs.keys()) tables.set(table, new Map(this.tables.table<Json>(table).entries()))
    for (const { changes } of this.#waiting.toReversed()) {
      for (const { table, key, before } of changes.toReversed()) {
        if (before === null) tables.get(table)?.delete(key)
        else tables.get(table)?.set(key, before)
      }
    }
    const unsaved = new Set(this.#waiting.flatMap((waiting) => waiting.handled ?? []))
    return {
      name,
      seq: this.#seq,
      savedAt: now(),
      versions: currentVersions(this.tables.specs),
      tables,
      handled: handled.list(unsaved),
    }
  }

  async #fold(): Promise<void> {
    const { database, generations, journal } = this.#parts
    if (this.#savedSeq === this.#seq && this.nextSeq === this.#seq + 1) return
    const snapshot = await new Promise<Snapshot>((resolve, reject) => {
      this.#cut = { resolve, reject }
      this.#work()
    })
    database.data = snapshot
    await database.write()
    // Not kept twice in memory.
    database.data = { ...snapshot, tables: new Map(), handled: [] }
    this.#savedSeq = snapshot.seq
    const oldest = await generations.keep(snapshot)
    await journal.forget(oldest)
  }
}
