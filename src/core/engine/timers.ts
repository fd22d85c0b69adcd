// The timers of all features, ordered by when they are due: the first is found without walking through the others.
import TinyQueue from 'tinyqueue'
import type { Tables } from '../feature/tables.ts'
import type { Millis } from '../types/ids.ts'

/** A timer by the key of its record. */
interface Due {
  key: string
  due: Millis
}

/** Stale entries that the queue may hold, beside one for each timer, before it is rebuilt. */
const STALE = 64

/**
 * A queue beside the table of timers. An entry of a timer that was moved or deleted stays in the queue until it comes first or until
 * such entries outnumber the timers, so setting a timer costs the logarithm of their number.
 */
export class TimerQueue {
  readonly #due = new Map<string, Millis>()
  #queue = new TinyQueue<Due>([], earlier)

  constructor(tables: Tables) {
    tables.watch<{ due: Millis }>('engine.timers', (key, timer) => {
      if (timer) this.#set(key, timer.due)
      else this.#due.delete(key)
    })
  }

  /** The timer that is due first; of those due at once, the first by key. */
  first(): Due | undefined {
    for (;;) {
      const first = this.#queue.peek()
      if (!first || this.#due.get(first.key) === first.due) return first
      this.#queue.pop()
    }
  }

  #set(key: string, due: Millis): void {
    if (this.#due.get(key) === due) return
    this.#due.set(key, due)
    this.#queue.push({ key, due })
    if (this.#queue.length > 2 * this.#due.size + STALE) this.#rebuild()
  }

  #rebuild(): void {
    const live = Array.from(this.#due, ([key, due]) => ({ key, due }))
    this.#queue = new TinyQueue(live, earlier)
  }
}

function earlier(a: Due, b: Due): number {
  return a.due - b.due || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
}
