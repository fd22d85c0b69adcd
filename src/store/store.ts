// The store's door: what was decided is saved here before anything is done about it.
import type { Entry, Event } from '../core/types/event.ts'
import type { Change } from '../core/types/json.ts'
import type { Tables } from '../core/feature/tables.ts'

/** What a commit says about itself. */
export interface Decision {
  /** Milliseconds since 1970: the `now` that the engine decided with. */
  at: number
  /** What happened. */
  event: Event
  /** The seed of chance, when chance was used. */
  seed?: string
  changes: readonly Change[]
}

/** What opening a store found and mended, in the operator's words; empty when all was well. */
export interface Opened {
  store: Store
  repaired: string[]
}

/** One community's memory. It owns the tables: they hold what is saved plus what waits for the next flush. */
export interface Store {
  readonly tables: Tables
  /** The number that the next commit will get. Effects' ids are made of it. */
  readonly nextSeq: number
  /**
   * Saves a decision whose changes are already in the tables; resolves when it is flushed to disk. All that wait share one flush.
   * When it cannot be saved, this and every later waiting decision is reverted in the tables, at once and in reverse order, and each promise
   * rejects with `NotSaved`; the store stays usable and tries the disk again at the next commit.
   */
  commit(decision: Decision): Promise<void>
  /** Whether an event with that id (a message's) was committed in the last seven days (or is waiting to be). */
  handled(id: string): boolean
  /** One entry by number, from the journal or its archive; undefined when it is not (or no longer) there. */
  entry(seq: number): Promise<Entry | undefined>
  /** The newest entries that `wanted` accepts, newest first, at most `limit`, and none up to the number `after`. */
  recent(limit: number, wanted: (entry: Entry) => boolean, after?: number): Promise<Entry[]>
  /** Folds the journal into the snapshot and keeps generations; also called when the journal grows long. */
  compact(): Promise<void>
  /** Flushes, closes the files and releases the lock. */
  close(): Promise<void>
}

/** Thrown (as a rejection) when a decision could not be saved; the tables are as before it. */
export class NotSaved extends Error {
  override name = 'NotSaved'
}

/** What of a store's files was taken away while it was open: the lock, so another process owns them, or the journal itself. */
export type Lost = 'lock' | 'journal'

/** Thrown when a store must not be opened: damaged, newer than this program, or in use. The message tells the operator what to do. */
export class StoreRefused extends Error {
  override name = 'StoreRefused'
  /** The file system's word when it was the disk that refused, such as `ENOSPC`: it may pass without a restart. */
  readonly code: string | undefined

  constructor(message: string, code?: string) {
    super(message)
    this.code = code
  }
}
