// Times as people type them: `20:00`, `今晚8点半`, `下周日20:00`, `11月30日 20:00`, `2小时`, `tomorrow 8pm`.
import type { Millis } from '../types/ids.ts'
import { addDays, dayKey, instantOf, type DayKey } from './time.ts'
import { normal, takeDay, two, type Day, type Taken } from './when-days.ts'
import { spanEnd } from './when-spans.ts'

/** What a typed time means: an instant after now, two that it could mean, one that is over, or why it names none. */
export type When =
  { at: Millis } | { either: [Millis, Millis] } | { past: Millis } | { lacks: 'hour' } | { no: 'day' | 'clock' }

type Period = 'dawn' | 'morning' | 'am' | 'noon' | 'afternoon' | 'pm' | 'dusk' | 'evening'
/** `isSpoken`: written as `8点`, which leaves open which half of the day is meant. */
interface Clock {
  hour: number
  minute: number
  isSpoken: boolean
}
interface Parts {
  day?: Day
  period?: Period
  clock?: Clock
}

/**
 * Reads a time in an IANA time zone. A day without an hour is none; `8点` may be two.
 * @param now in milliseconds; what is meant lies after it
 * @param options.literal reads `8点` by the 24-hour clock, where nobody can be asked
 * @returns undefined when the text is no time at all
 */
export function readTime(
  text: string,
  now: Millis,
  timezone: string,
  options: { literal?: boolean } = {},
): When | undefined {
  const typed = normal(text)
  if (typed === '') return undefined
  const span = spanEnd(typed, now, timezone)
  if (span !== undefined) return span > now ? { at: span } : { past: span }
  const parts = partsOf(typed, dayKey(now, timezone))
  return parts && meaning(parts, now, timezone, options.literal ?? false)
}

/** The day, the part of the day and the clock time in whatever order; undefined when anything else is left. */
function partsOf(typed: string, today: DayKey): Parts | undefined {
  const parts: Parts = {}
  let rest = typed
  while (rest !== '') {
    const skipped = rest.replace(/^(?:[\s,，]|的|at |on |t(?=\d))+/, '')
    const day = parts.day ? undefined : takeDay(skipped, today)
    if (day) {
      parts.day = day.value
      rest = day.rest
      continue
    }
    const clock = parts.clock ? undefined : takeClock(skipped, parts.period !== undefined)
    if (clock) {
      parts.clock = clock.value
      rest = clock.rest
      continue
    }
    const period = takePeriod(skipped)
    // `tonight at 8pm` says it twice.
    if (!period || (parts.period && !/[ap]m/.test(period.value))) return undefined
    parts.period ??= period.value
    rest = period.rest
  }
  return parts
}

/** @param isBareHour a number alone is an hour, as in `tonight 8` */
function takeClock(rest: string, isBareHour: boolean): Taken<Clock> | undefined {
  const digital = /^(\d{1,2}):(\d{2})(?::\d{2})?(?!\d)/.exec(rest)
  if (digital) return { value: clockOf(digital[1], digital[2], false), rest: rest.slice(digital[0].length) }
  const spoken =
    /^(\d{1,2}) ?(?:点|时(?!间)|o'?clock)(?:钟|整)? ?(?:(半)|([13])刻|(\d{1,2})分?(?![\d:点号日月]))?/.exec(rest)
  if (spoken) {
    const [whole, hour, half, quarters, minute] = spoken
    const typed = half ? '30' : quarters ? String(15 * Number(quarters)) : minute
    return { value: clockOf(hour, typed, true), rest: rest.slice(whole.length) }
  }
  const latin = (isBareHour ? /^(\d{1,2})(?=$|[ap ])/ : /^(\d{1,2})(?= ?(?:am|pm|a\.m|p\.m)(?![a-z]))/).exec(rest)
  if (latin) return { value: clockOf(latin[1], undefined, true), rest: rest.slice(latin[0].length) }
  const named = /^(?:正午|noon|午夜|midnight)/.exec(rest)
  if (!named) return undefined
  const isNoon = /^(?:正午|noon)/.test(named[0])
  return { value: { hour: isNoon ? 12 : 24, minute: 0, isSpoken: false }, rest: rest.slice(named[0].length) }
}

function clockOf(hour: string | undefined, minute: string | undefined, isSpoken: boolean): Clock {
  return { hour: Number(hour), minute: Number(minute ?? 0), isSpoken }
}

const periods: readonly (readonly [RegExp, Period])[] = [
  [/^(?:凌晨)/, 'dawn'],
  [/^(?:早上|早晨|清晨|清早|早间|上午|早|晨|(?:in the )?morning)/, 'morning'],
  [/^(?:am|a\.m\.?)(?![a-z])/, 'am'],
  [/^(?:中午|午间)/, 'noon'],
  [/^(?:下午|午后|(?:in the )?afternoon)/, 'afternoon'],
  [/^(?:pm|p\.m\.?)(?![a-z])/, 'pm'],
  [/^(?:傍晚|黄昏)/, 'dusk'],
  [/^(?:晚上|晚间|夜晚|夜里|夜间|深夜|半夜|晚|夜|tonight|(?:in the )?evening|(?:at )?night)/, 'evening'],
]

function takePeriod(rest: string): Taken<Period> | undefined {
  for (const [form, value] of periods) {
    const [whole] = form.exec(rest) ?? []
    if (whole !== undefined) return { value, rest: rest.slice(whole.length) }
  }
  return undefined
}

/** A clock time, and how many days after the named day it is: `今晚12点` is tomorrow's 0:00. */
interface Moment {
  hour: number
  minute: number
  days: number
}

function meaning({ day, period, clock }: Parts, now: Millis, timezone: string, literal: boolean): When | undefined {
  if (day?.is === null) return { no: 'day' }
  if (!clock && period !== 'noon') return day || period ? { lacks: 'hour' } : undefined
  const { hour, minute, isSpoken } = clock ?? { hour: 12, minute: 0, isSpoken: false }
  const moment = momentOf(hour, minute, period)
  if (!moment) return { no: 'clock' }
  const today = dayKey(now, timezone)
  const on = (of: DayKey, { hour, minute, days }: Moment) =>
    instantOf(addDays(of, days), `${two(hour)}:${two(minute)}`, timezone)
  const later: Moment = hour >= 12 ? { hour: hour % 12, minute, days: 1 } : { hour: hour + 12, minute, days: 0 }
  const isOpen = isSpoken && !period && !literal && hour >= 1 && hour <= 12
  if (!day) {
    const tries = [-1, 0, 1].map((ahead) => on(addDays(today, ahead), moment))
    const next = tries.find((at) => at > now) ?? now
    if (!isOpen || (on(today, moment) > now && (hour > 5 || now < on(today, { hour: 5, minute: 0, days: 0 }))))
      return { at: next }
    const other = [on(today, later), on(addDays(today, 1), later)].find((at) => at > now) ?? now
    return { either: other < next ? [other, next] : [next, other] }
  }
  const at = on(day.is, moment)
  const evening = on(day.is, later)
  const isEveningOpen = isOpen && day.is === today && at <= now && evening > now
  if (day.otherwise !== undefined) {
    const otherwise = on(day.otherwise, moment)
    if (day.isWeekend) return { either: [at, otherwise] }
    if (at <= now) return isEveningOpen ? { either: [evening, otherwise] } : { at: otherwise }
  }
  if (isEveningOpen) return { at: evening }
  if (at <= now) return { past: at }
  return isOpen && hour <= 5 ? { either: [at, evening] } : { at }
}

/** An hour in its part of the day; undefined when there is none: `早上20点`, `25:00`. */
function momentOf(hour: number, minute: number, period: Period | undefined): Moment | undefined {
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return undefined
  const at = (of: number, days = 0): Moment => ({ hour: of, minute, days })
  const between = (low: number, high: number) => hour >= low && hour <= high
  if (hour === 24) return period === undefined || period === 'evening' ? at(0, 1) : undefined
  switch (period) {
    case undefined:
      return at(hour)
    case 'dawn':
      return between(0, 6) ? at(hour) : hour === 12 ? at(0) : undefined
    case 'am':
      return hour === 12 ? at(0) : hour < 12 ? at(hour) : undefined
    case 'morning':
      return hour <= 12 ? at(hour) : undefined
    case 'noon':
      return between(1, 3) ? at(hour + 12) : between(10, 15) ? at(hour) : undefined
    case 'afternoon':
    case 'pm':
      return between(1, 11) ? at(hour + 12) : hour >= 12 ? at(hour) : undefined
    case 'dusk':
      return between(4, 8) ? at(hour + 12) : between(16, 20) ? at(hour) : undefined
    case 'evening':
      if (hour === 12 || hour <= 4) return at(hour % 12, 1)
      return between(5, 11) ? at(hour + 12) : hour >= 17 ? at(hour) : undefined
  }
}
