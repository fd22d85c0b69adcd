// A time as an argument: what it may be, and what is said when it is none, is over, or could be two.
import { argument, quoted, type Arg, type Scene } from './argument.ts'
import type { Millis } from '../types/ids.ts'
import { dayAndClock, dayKey, spanWords } from '../lib/time.ts'
import { readTime } from '../lib/when.ts'
import { Refusal } from '../types/refusal.ts'

/** How far from now a time must be at least and may be at most, in milliseconds. */
export interface TimeBounds {
  atLeast?: Millis
  atMost?: Millis
}

/** A time after now: `20:00`, `今晚8点`, `周日20:00`, `11-30 20:00`, `2小时`, `tomorrow 8pm`. */
export function timeArg({ atLeast = 0, atMost = Infinity }: TimeBounds = {}): Arg<Millis> {
  return argument(
    { zh: '时间', en: 'time' },
    { zh: '周日20:00', en: 'sun 20:00' },
    (typed, scene) => {
      const at = timeOf(typed, scene)
      if (at instanceof Refusal || (at >= scene.now + atLeast && at <= scene.now + atMost)) return at
      const isNear = at < scene.now + atLeast
      const bound = spanWords(isNear ? atLeast : atMost)
      return isNear
        ? new Refusal(
            `「${quoted(typed)}」太近了，至少要在 ${bound.zh}之后`,
            `“${quoted(typed)}” is too near; at least ${bound.en} from now`,
          )
        : new Refusal(
            `「${quoted(typed)}」太远了，最多到 ${bound.zh}之后`,
            `“${quoted(typed)}” is too far; at most ${bound.en} from now`,
          )
    },
    { words: 4 },
  )
}

/** The instant that a typed time means, or why there is none. */
export function timeOf(typed: string, { now, timezone, canAsk }: Scene): Millis | Refusal {
  const shown = quoted(typed)
  const when = readTime(typed, now, timezone, { literal: !canAsk })
  if (when === undefined) {
    return new Refusal(
      `「${shown}」不是时间，可以写 20:00、今晚8点、周日20:00、11-30 20:00 或 2小时`,
      `“${shown}” is not a time; write 20:00, tonight 8pm, sun 20:00, 11-30 20:00 or 2h`,
    )
  }
  if ('at' in when) return when.at
  if ('either' in when) {
    const [first, second] = when.either.map((at) => written(at, now, timezone))
    return new Refusal(
      `「${shown}」是 ${first} 还是 ${second}？请写清楚是哪一个`,
      `“${shown}” could be ${first} or ${second}. Please write which`,
      { isQuestion: true },
    )
  }
  if ('past' in when) {
    return new Refusal(
      `「${shown}」已经过了，现在是 ${written(now, now, timezone)}`,
      `“${shown}” is over; it is ${written(now, now, timezone)} now`,
    )
  }
  if ('lacks' in when) {
    return new Refusal(
      `「${shown}」没写几点，例如「${shown} 20:00」`,
      `“${shown}” has no hour, such as “${shown} 20:00”`,
    )
  }
  return when.no === 'day'
    ? new Refusal(`没有「${shown}」这一天`, `there is no such day as “${shown}”`)
    : new Refusal(`「${shown}」没有这个钟点，例如 20:00`, `“${shown}” is no time of the day, such as 20:00`)
}

/** `11-21 20:00`, with the year when it is another; read back it means the same. */
function written(at: Millis, now: Millis, timezone: string): string {
  const year = dayKey(at, timezone).slice(0, 4)
  return year === dayKey(now, timezone).slice(0, 4) ? dayAndClock(at, timezone) : `${year}-${dayAndClock(at, timezone)}`
}
