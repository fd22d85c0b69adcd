// Which messages this run has taken already; the store remembers over restarts which were decided upon.

/** Ids that are remembered, to drop what WeChat delivers twice. */
const remembered = 10_000
/** A message older than this (ms) at its arrival is history: answering it would puzzle people. */
const history = 10 * 60_000

export class Seen {
  readonly #ids = new Set<string>()

  /** @param id see `messageId`. @returns whether it was never asked for before */
  isNew(id: string): boolean {
    if (this.#ids.has(id)) return false
    this.#ids.add(id)
    if (this.#ids.size > remembered) for (const oldest of this.#ids) if (this.#ids.delete(oldest)) break
    return true
  }
}

/** @param ms the age of a message on arrival */
export function isHistory(ms: number): boolean {
  return ms > history
}
