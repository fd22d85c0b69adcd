// How far WeChat's clock is from this machine's. Messages carry WeChat's time, and their age must not be computed from two clocks.

/** Milliseconds: answers are under way for a while and dates are whole seconds, so less than this is no difference. */
const noise = 30_000
/** Milliseconds from which the operator is told: the calendar and quiet hours go by this machine's clock. */
const reportedSkew = 2 * 60_000

export class ServerClock {
  #ahead = 0
  #told: number | undefined
  readonly #changed: (detail: string | null) => void

  /** @param changed told with the difference, whole minutes by which this machine is ahead, and with null when it is over */
  constructor(changed: (minutes: string | null) => void) {
    this.#changed = changed
  }

  /** Milliseconds to take from WeChat's times to have this machine's; 0 when they agree. */
  get ahead(): number {
    return this.#ahead
  }

  /** @param ahead by how many milliseconds WeChat's clock was ahead in one answer */
  shown(ahead: number): void {
    this.#ahead = Math.abs(ahead) < noise ? 0 : ahead
    const isOff = Math.abs(this.#ahead) >= reportedSkew
    // Reported again only when it has changed, as when a clock drifts.
    if (isOff && (this.#told === undefined || Math.abs(this.#told - this.#ahead) > reportedSkew)) {
      this.#told = this.#ahead
      this.#changed(String(-Math.round(this.#ahead / 60_000)))
    } else if (!isOff && this.#told !== undefined) {
      this.#told = undefined
      this.#changed(null)
    }
  }
}
