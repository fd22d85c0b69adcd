// How careful sending has to be: four levels and the pauses between, driven by what WeChat answers.
import type { Priority } from '../core/types/effect.ts'
import type { Millis } from '../core/types/ids.ts'
import type { Notice, SendingLevel } from '../core/types/event.ts'

/** `tooFast`: WeChat said 1205. `pauseOver`: the pause of `silent` has ended. `quiet`: all went well for a while. */
export type LevelWhy = Extract<Notice, { about: 'sending' }>['why']

const levels: readonly SendingLevel[] = ['normal', 'careful', 'essential', 'silent']
const minute = 60_000
/** The first pause after 1205 and the longest; each further 1205 before `normal` is reached doubles it. */
const firstPause = 5 * minute
const longestPause = 60 * minute
/** A level this long (pause not counted) without 1205 is left for the milder one. */
const quietTime = 30 * minute

const essentials: readonly Priority[] = ['safety', 'admin', 'moderation']

/** Whether it goes out when others have to wait. */
export function isEssential(priority: Priority): boolean {
  return essentials.includes(priority)
}

export class LevelControl {
  #level: SendingLevel = 'normal'
  #strikes = 0
  #pausedUntil: Millis = 0
  /** When the present level's quiet time began. */
  #since: Millis = 0
  #succeeded = false
  readonly #onChange: (level: SendingLevel, why: LevelWhy) => void

  constructor(onChange: (level: SendingLevel, why: LevelWhy) => void) {
    this.#onChange = onChange
  }

  get level(): SendingLevel {
    return this.#level
  }

  /** Nothing may be sent before; in the past when there is no pause. */
  get pausedUntil(): Millis {
    return this.#pausedUntil
  }

  /** When the level may become milder by itself; Infinity when it is normal. */
  get nextStep(): Millis {
    if (this.#level === 'normal') return Infinity
    if (this.#level === 'silent') return this.#pausedUntil
    return this.#level === 'careful' && !this.#succeeded ? Infinity : this.#since + quietTime
  }

  allows(priority: Priority): boolean {
    if (this.#level === 'silent') return false
    return this.#level !== 'essential' || isEssential(priority)
  }

  /** Goes on where an earlier run of the program was: its last level and when it was reached. */
  resume(level: SendingLevel, at: Millis): void {
    if (level === 'normal') return
    this.#level = level
    this.#strikes = levels.indexOf(level)
    this.#pause(at)
  }

  /** WeChat said 1205: a pause, longer each time, and one level down. */
  tooFast(now: Millis): void {
    this.#strikes++
    this.#pause(now)
    const below = levels[levels.indexOf(this.#level) + 1]
    if (below) this.#change(below, 'tooFast')
  }

  /** Something went out well. */
  succeeded(): void {
    this.#succeeded = true
  }

  /**
   * Lets time pass: `silent` ends with its pause; after that one level a half hour without 1205. The last step, to normal, also wants
   * something to have gone out well, as an empty half hour proves nothing.
   */
  passTime(now: Millis): void {
    // A clock that was set back must not make a pause longer than it was.
    this.#pausedUntil = Math.min(this.#pausedUntil, now + longestPause)
    this.#since = Math.min(this.#since, now + longestPause)
    if (now < this.nextStep) return
    const why = this.#level === 'silent' ? 'pauseOver' : 'quiet'
    this.#since = now
    this.#succeeded = false
    this.#change(levels[levels.indexOf(this.#level) - 1] ?? 'normal', why)
    if (this.#level === 'normal') this.#strikes = 0
  }

  #pause(from: Millis) {
    this.#pausedUntil = from + Math.min(longestPause, firstPause * 2 ** (this.#strikes - 1))
    this.#since = this.#pausedUntil
    this.#succeeded = false
  }

  #change(level: SendingLevel, why: LevelWhy) {
    this.#level = level
    this.#onChange(level, why)
  }
}
