// Times as admins type them: `20:00`, `周日20:00`, `11-30 20:00`, `明天 9点半`, `2小时`.
import { DateTime } from 'luxon'
import type { Millis } from '../../core/types/ids.ts'
import { canonical } from '../../core/lib/text.ts'

/** In milliseconds; also how long an announcement is worth reading. */
export const DAY = 86_400_000

const weekdays = ['一二三四五六日', '1234567'] as const
const english = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const units: Record<string, number> = { 分钟: 60_000, m: 60_000, 小时: 3_600_000, h: 3_600_000, 天: DAY, d: DAY }

const span = /^(\d{1,4}) ?(分钟|小时|天|m|h|d)后?$/
const clock = /^(.*?) ?(\d{1,2})(?::(\d{2})|点(?:(\d{1,2})分?|(半))?)$/
const date = /^(?:(\d{4})[-/年])?(\d{1,2})[-/月](\d{1,2})[日号]?$/

/**
 * The next instant after `now` that a text means in an IANA time zone.
 * @returns undefined when it means none
 */
export function parseWhen(text: string, now: Millis, timezone: string): Millis | undefined {
  const typed = canonical(text)
  const [, amount, unit = ''] = span.exec(typed) ?? []
  if (amount !== undefined) return now + Number(amount) * (units[unit] ?? 0)
  const [, day = '', hour, minute, minuteHan, half] = clock.exec(typed) ?? []
  if (hour === undefined) return undefined
  const from = DateTime.fromMillis(now, { zone: timezone })
  const time = { hour: Number(hour), minute: half ? 30 : Number(minute ?? minuteHan ?? 0), second: 0, millisecond: 0 }
  if (time.hour > 23 || time.minute > 59) return undefined
  return onDay(day, from.set(time), from)
}

function onDay(day: string, today: DateTime, from: DateTime): Millis | undefined {
  const later = (at: DateTime, step: { days: number } | { years: number }) =>
    (at > from ? at : at.plus(step)).toMillis()
  if (day === '') return later(today, { days: 1 })
  const ahead = ['今天', '明天', '后天'].indexOf(day) + ['today', 'tomorrow'].indexOf(day) + 1
  if (ahead >= 0) return today.plus({ days: ahead }).toMillis()
  const weekday = weekdayOf(day)
  if (weekday !== undefined) return later(today.plus({ days: (weekday - from.weekday + 7) % 7 }), { days: 7 })
  const [, year, month, dayOfMonth] = date.exec(day) ?? []
  if (month === undefined) return undefined
  const { hour, minute } = today
  const parts = { year: Number(year ?? today.year), month: Number(month), day: Number(dayOfMonth), hour, minute }
  const at = DateTime.fromObject(parts, { zone: from.zone })
  if (!at.isValid) return undefined
  return year === undefined ? later(at, { years: 1 }) : at.toMillis()
}

/** Monday is 1. */
function weekdayOf(day: string): number | undefined {
  const han = /^(?:周|星期|礼拜)([一二三四五六日天1-7])$/.exec(day)?.[1]?.replace('天', '日')
  const found = han ? Math.max(...weekdays.map((names) => names.indexOf(han))) : english.indexOf(day.slice(0, 3))
  return found < 0 ? undefined : found + 1
}
