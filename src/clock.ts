// What time it is for the bot, and what wakes it: the machine's own clock, or in the playground one that can be moved forward.
import type { Millis } from './core/types/ids.ts'

/** The time that the bot goes by. */
export interface Clock {
  now(): Millis
  /** Calls `run` once after this delay (ms). @returns a function that cancels it */
  later(ms: number, run: () => void): () => void
}

/** The clock of this machine. */
export const machineClock: Clock = {
  now: Date.now,
  later(ms, run) {
    // A timer waits for a millisecond at least, and answers go through two of them.
    if (ms <= 0) {
      const turn = setImmediate(run)
      return () => clearImmediate(turn)
    }
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
