// What sending does after setbacks: a pause for all when nobody knows whether something arrived, a pause for a group that takes nothing.
import type { Millis } from '../core/types/ids.ts'
import type { WxResult } from '../wechat/account.ts'

/** Pause (ms) of all sending after a send with an unknown outcome; doubled with each further one. */
const doubtPause = 2_000
const longestDoubtPause = 60_000
/** Refusals in a row after which a place is paused; then one message is tried. */
const refusalsUntilPause = 2
const firstRefusalPause = 5 * 60_000
const longestRefusalPause = 60 * 60_000

export class Setbacks {
  readonly #refused = new Map<string, { count: number; until: Millis }>()
  #doubts = 0

  /** One connection that breaks most often breaks for all. @returns how long all else is to wait, 0 for not at all */
  doubt(answer: WxResult): number {
    if (answer.ok || answer.why !== 'unknown') {
      this.#doubts = 0
      return 0
    }
    return Math.min(longestDoubtPause, doubtPause * 2 ** Math.min(this.#doubts++, 10))
  }

  /**
   * Notes how a place took a message.
   * @param place by `targetKey`
   * @returns `refuses` when it has become one that takes none, `takes` when that is over
   */
  note(place: string, answer: WxResult, now: Millis): 'refuses' | 'takes' | undefined {
    const wasRefusing = this.isRefusedBy(place)
    if (answer.ok) {
      this.#refused.delete(place)
      return wasRefusing ? 'takes' : undefined
    }
    // What the bot itself could not do, such as a file that is gone, says nothing of the place.
    if (answer.why !== 'refused' || !/\bret\b/.test(answer.detail)) return undefined
    const count = (this.#refused.get(place)?.count ?? 0) + 1
    const pauses = count - refusalsUntilPause
    const pause = pauses < 0 ? 0 : Math.min(longestRefusalPause, firstRefusalPause * 2 ** Math.min(pauses, 10))
    this.#refused.set(place, { count, until: now + pause })
    return pauses >= 0 && !wasRefusing ? 'refuses' : undefined
  }

  isRefusedBy(place: string): boolean {
    return (this.#refused.get(place)?.count ?? 0) >= refusalsUntilPause
  }

  /** When something may be tried there; in the past when now. */
  openAt(place: string): Millis {
    return this.#refused.get(place)?.until ?? 0
  }
}
