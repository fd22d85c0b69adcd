// Which messages were already decided upon, so that one that comes twice (also across a restart) is decided upon once.
import { messageNumber } from '../core/types/ids.ts'
import type { Event } from '../core/types/event.ts'

/** Milliseconds. */
const keptFor = 7 * 24 * 3_600_000
const mostKept = 50_000
/** Removed many at once: a map that loses its first entry again and again becomes slow to begin. */
const slack = 5_000

/** Messages by id: those of the last seven days, some 50,000 at most. */
export class Handled {
  /** Oldest first. */
  readonly #at: Map<string, number>

  constructor(entries: Iterable<readonly [id: string, at: number]>) {
    this.#at = new Map(entries)
  }

  /** @returns the id when it is new */
  note({ event, at }: { event: Event; at: number }): string | undefined {
    if (event.type !== 'said' || this.#at.has(event.id)) return undefined
    this.#at.set(event.id, at)
    if (this.#at.size > mostKept + slack) this.#prune(at)
    return event.id
  }

  #prune(now: number): void {
    let excess = this.#at.size - mostKept
    for (const [id, notedAt] of this.#at) {
      if (excess <= 0 && notedAt > now - keptFor) break
      this.#at.delete(id)
      excess -= 1
    }
  }

  forget(id: string): void {
    this.#at.delete(id)
  }

  /** An older store knows a message by its number alone. */
  has(id: string, now: number): boolean {
    return [id, messageNumber(id)].some((form) => (this.#at.get(form) ?? -Infinity) > now - keptFor)
  }

  /** Oldest first, without those of `unsaved`. */
  list(unsaved: ReadonlySet<string>): [id: string, at: number][] {
    return [...this.#at].filter(([id]) => !unsaved.has(id))
  }
}
