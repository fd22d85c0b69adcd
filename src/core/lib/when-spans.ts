// Spans of time as people type them: `2小时`, `一个半小时`, `3天后`, `1h30m`, `half an hour`.
import { DateTime } from 'luxon'
import type { Millis } from '../types/ids.ts'

const amount = String.raw`(\d{1,4}(?:\.\d{1,2})?|半|half an?|an?)`
const spanPart = new RegExp(
  String.raw`^${amount} ?(?:个)?(半)? ?(秒钟?|seconds?|secs?|s|分钟|分(?!钟)|minutes?|mins?|m|小时|钟头|钟|hours?|hrs?|h|天|days?|d|周|星期|礼拜|weeks?|w|月|months?)(半)?(?![a-z]) ?(?:and |零)?`,
)
const unitOf: readonly (readonly [RegExp, 'seconds' | 'minutes' | 'hours' | 'days' | 'weeks' | 'months'])[] = [
  [/^(秒|s)/, 'seconds'],
  [/^(个?月|mo)/, 'months'],
  [/^(分|m)/, 'minutes'],
  [/^(小|钟|h)/, 'hours'],
  [/^(天|d)/, 'days'],
  [/^(周|星|礼|w)/, 'weeks'],
]

/** When a span from now on is over: `2小时`, `一个半小时`, `1h30m`, `half an hour`, `3天后`. */
export function spanEnd(typed: string, now: Millis, timezone: string): Millis | undefined {
  let left = typed.replace(/^(?:再过|过|in) ?/, '').replace(/ ?(?:后|以后|之后|内|之内|以内|later|from now)$/, '')
  let at = DateTime.fromMillis(now, { zone: timezone })
  for (let first = true; left !== ''; first = false) {
    const found = spanPart.exec(left)
    if (!found) return undefined
    const [whole, count = '', half, unit = '', halfAfter] = found
    // `5分` alone is points, `3月` is March.
    if ((first && unit === '分') || (unit === '月' && !whole.includes('个'))) return undefined
    const name = unitOf.find(([form]) => form.test(unit))?.[1] ?? 'minutes'
    const number =
      (/半|half/.test(count) ? 0.5 : /^a/.test(count) ? 1 : Number(count)) + ((half ?? halfAfter) ? 0.5 : 0)
    if (!Number.isInteger(number) && (name === 'months' || name === 'weeks')) return undefined
    // A day is the same clock time, whatever the clocks do meanwhile; half a day is hours.
    at = Number.isInteger(number) ? at.plus({ [name]: number }) : at.plus(number * milliseconds[name])
    left = left.slice(whole.length)
  }
  return at.toMillis()
}
const milliseconds = {
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 0,
  months: 0,
} as const
