// How much may go out and when: gaps, sliding windows, the pace of kicks, quiet hours. Pure counting; the outbox asks and tells.
import type { Spent } from '../core/types/effect.ts'
import type { Millis } from '../core/types/ids.ts'
import type { Sending } from '../core/feature/settings.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** Milliseconds between two kicks: removing people in a row is what WeChat punishes first. */
const kickGap = 20_000

/**
 * One in this many of an hour's and a day's sends is kept for what is essential (safety, admins' answers, moderation): 20 of the usual 200,
 * 60 of the usual 600. A day of steering and a raid of some twenty cases fit into that, and members hardly miss it.
 */
const keptOneIn = 10

/** What may go out, for what is essential and for all else. */
interface Limits {
  essential: Sending
  others: Sending
}

/**
 * With care everything goes half as fast, and all that is not essential has half of the hour and the day. What is essential keeps
 * those whole: it is little, and a day that was half used up would otherwise be silent to its end, admins' commands included.
 * @param isWarmingUp the login is new, when WeChat looks hardest: the hour and the day of what is not essential are halved, the pace is not
 */
export function limitsFor(sending: Sending, careful: boolean, isWarmingUp = false): Limits {
  const half = (n: number) => Math.max(1, Math.floor(n / 2))
  const others = (n: number) => (careful || isWarmingUp ? half(n) : n - Math.floor(n / keptOneIn))
  const { gap, perMinute, perGroupPerMinute, perHour, perDay } = sending
  const slow = { gap: gap * 2, perMinute: half(perMinute), perGroupPerMinute: half(perGroupPerMinute) }
  const essential = careful ? { ...sending, ...slow } : sending
  return { essential, others: { ...essential, perHour: others(perHour), perDay: others(perDay) } }
}

/**
 * Remembers what was sent in the last 24 hours. Windows slide, so no stretch of a minute, an hour or a day ever holds more than its
 * budget. A send counts from the moment WeChat answered: whenever within the call it arrived there, the distances hold.
 */
export class Budget {
  #spent: Spent[] = []
  #lastKick: Millis = -Infinity
  /** Which part of the jitter the next gap gets, 0..1. */
  #chance = 0

  /** Sends of an earlier run of the program, any order. */
  recall(sends: readonly Spent[]): void {
    this.#spent = [...sends, ...this.#spent].sort((a, b) => a.at - b.at)
  }

  /** @param to whose own budget it uses, by `targetKey`; undefined for a kick. @param chance 0..1, the part of the jitter that the next gap gets */
  spend(now: Millis, to: string | undefined, chance: number): void {
    this.#spent.splice(0, this.#spent.length - this.#since(now - day))
    this.#spent.push({ at: now, to })
    if (to === undefined) this.#lastKick = now
    this.#chance = chance
  }

  /** When anything may go at all; in the past when it may now. */
  freeAt(now: Millis, limits: Sending): Millis {
    this.#notAhead(now)
    const last = this.#spent.at(-1)?.at ?? -Infinity
    return Math.max(
      last + limits.gap + Math.ceil(this.#chance * limits.jitter),
      windowFreeAt(this.#spent, limits.perMinute, minute),
      windowFreeAt(this.#spent, limits.perHour, hour),
      windowFreeAt(this.#spent, limits.perDay, day),
    )
  }

  /** When something may go to this group (or person), as far as its own budget is concerned. */
  freeAtFor(to: string, now: Millis, limits: Sending): Millis {
    const recent = this.#spent.slice(this.#spent.length - this.#since(now - minute))
    return windowFreeAt(
      recent.filter((send) => send.to === to),
      limits.perGroupPerMinute,
      minute,
    )
  }

  get kickFreeAt(): Millis {
    return this.#lastKick + kickGap
  }

  /** How much went out in the last minute, hour and day. */
  counts(now: Millis): { minute: number; hour: number; day: number } {
    return { minute: this.#since(now - minute), hour: this.#since(now - hour), day: this.#since(now - day) }
  }

  /** How many sends came after a time; they are in order. */
  #since(from: Millis): number {
    let [low, high] = [0, this.#spent.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#spent[middle]?.at ?? Infinity) > from) high = middle
      else low = middle + 1
    }
    return this.#spent.length - low
  }

  // When the machine's clock is set back, entries in the future would block sending until then.
  #notAhead(now: Millis) {
    for (let i = this.#spent.length - 1; i >= 0; i--) {
      const send = this.#spent[i]
      if (!send || send.at <= now) break
      this.#spent[i] = { ...send, at: now }
    }
    this.#lastKick = Math.min(this.#lastKick, now)
  }
}

/** `spent` ascending. When a window of `span` milliseconds has room for one more. */
function windowFreeAt(spent: readonly Spent[], limit: number, span: number): Millis {
  const oldest = spent.at(-limit)
  return oldest ? oldest.at + span : -Infinity
}
