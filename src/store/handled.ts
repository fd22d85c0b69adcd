// Which messages were already decided upon, so that one that comes twice (also across a restart) is decided upon once.
import type { Event } from '../core/event.ts'

/** Milliseconds. */
const keptFor = 7 * 24 * 3_600_000
const mostKept = 50_000

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
    for (const [id, notedAt] of this.#at) {
      if (this.#at.size <= mostKept && notedAt > at - keptFor) break
      this.#at.delete(id)
    }
    return event.id
  }

  forget(id: string): void {
    this.#at.delete(id)
  }

  has(id: string, now: number): boolean {
    return (this.#at.get(id) ?? -Infinity) > now - keptFor
  }

  /** Oldest first, without those of `unsaved`. */
  list(unsaved: ReadonlySet<string>): [id: string, at: number][] {
    return [...this.#at].filter(([id]) => !unsaved.has(id))
  }
}
