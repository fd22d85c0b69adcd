// The playground's clock: it runs as the machine's does, and can be moved forward, with everything on the way happening at its time.
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { Millis } from '../core/types/ids.ts'

/** The most that is skipped at once where nothing is due, and how long the bot then gets for what is on its way. */
const stride = { skips: 10 * 60_000, takes: 15 }
/** Milliseconds for what was due to be decided, saved and sent before the clock moves on. */
const settling = 80

/** How the bot's process tells the time on its console: a line of its own, with milliseconds since 1970. */
export const clockMark = '⏱ '

interface Timer {
  due: Millis
  run: () => void
  real: NodeJS.Timeout
}

export class MovableClock implements Clock {
  #ahead = 0
  #target = 0
  readonly #timers = new Set<Timer>()

  now(): Millis {
    return Date.now() + this.#ahead
  }

  later(ms: number, run: () => void): () => void {
    const timer: Timer = { due: this.now() + ms, run, real: setTimeout(() => this.#fire(timer), ms) }
    this.#timers.add(timer)
    return () => {
      clearTimeout(timer.real)
      this.#timers.delete(timer)
    }
  }

  /**
   * Moves forward to a time, from one timer to the next, so that each finds the time for which it was set.
   * @param told is called with the time at every step
   */
  async forward(to: Millis, told: (now: Millis) => void): Promise<void> {
    if (this.#target > this.now()) return
    this.#target = to
    while (this.now() < to) {
      const [next] = this.#inOrder()
      const at = Math.min(to, this.now() + stride.skips, next?.due ?? Infinity)
      this.#ahead += Math.max(0, at - this.now())
      const due = this.#inOrder().filter((timer) => timer.due <= this.now())
      for (const timer of due) this.#fire(timer)
      told(this.now())
      await pause(due.length > 0 ? settling : stride.takes)
    }
    for (const timer of this.#timers) {
      clearTimeout(timer.real)
      timer.real = setTimeout(() => this.#fire(timer), timer.due - this.now())
    }
  }

  #inOrder(): Timer[] {
    return [...this.#timers].sort((a, b) => a.due - b.due)
  }

  #fire(timer: Timer): void {
    clearTimeout(timer.real)
    // A timer that ran before may have cancelled it.
    if (this.#timers.delete(timer)) timer.run()
  }
}
