// Days as people type them: `明天`, `下周日`, `30号`, `11-30`, `11月30日`, `2026/12/24`, `nov 30`.
import { DateTime } from 'luxon'
import { withDigits } from './numerals.ts'
import { canonical } from './text.ts'
import { addDays, weekday, type DayKey } from './time.ts'

/** What was read at the beginning of a text, and what follows it. */
export interface Taken<T> {
  value: T
  rest: string
}

/** A day, or a weekday or date that comes round again; null: there is no such day. */
export interface Day {
  is: DayKey | null
  /** The next one, when `is` is over already. */
  otherwise?: DayKey
  isWeekend?: boolean
  /** What it comes round with. */
  every?: 'week' | 'month' | 'year'
}

/** A date without a year is in this year unless it is more than this many days over. */
const LATELY = 60

/**
 * Reads a day that has been, as `昨天`, `20号`, `11-20`, `11月20日` or `周三`: the latest that fits, today included.
 * @returns undefined when the text is no day, or none that has been
 */
export function readPastDay(text: string, today: DayKey): DayKey | undefined {
  const typed = normal(text)
  const bare = /^\d{1,2}$/.test(typed) ? `${typed}号` : typed
  const found = takeDay(bare, today)
  if (!found || found.rest !== '' || found.value.is === null) return undefined
  const { is, every } = found.value
  if (is <= today) return is
  if (every === 'week') return addDays(is, -7)
  if (every === 'month') return monthsBack(Number(is.slice(8)), today)
  const lastYear = `${Number(is.slice(0, 4)) - 1}${is.slice(4)}`
  return every === 'year' && exists(lastYear) && lastYear <= today ? lastYear : undefined
}

function monthsBack(date: number, today: DayKey): DayKey | undefined {
  for (let back = 0; back < 12; back++) {
    const month = DateTime.fromISO(today, { zone: 'utc' }).startOf('month').minus({ months: back })
    const day = `${month.toFormat('yyyy-MM')}-${two(date)}`
    if (exists(day) && day <= today) return day
  }
  return undefined
}

/** Width, case, numerals and the words around a time make no difference. */
export function normal(text: string): string {
  const week = canonical(text).replace(
    /(?:周|星期|礼拜)([一二三四五六日天末1-7])/g,
    (_, day: string) => `周${weekdayDigits[day] ?? day} `,
  )
  return withDigits(week)
    .replace(/^(?:在|于|到|at|on|by|until|before) ?(?=.)/, '')
    .replace(/(?:之前|以前|前|为止|截止)$/, '')
    .trim()
}
const weekdayDigits: Readonly<Record<string, string>> = {
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  日: '7',
  天: '7',
}

const relative: readonly (readonly [RegExp, number])[] = [
  [/^大后天/, 3],
  [/^(?:后天|后日|(?:the )?day after tomorrow)/, 2],
  [/^(?:明天|明日|tomorrow|tmr|明(?=[早晚晨夜中上下]))/, 1],
  [/^(?:今天|今日|本日|today|this(?= (?:morning|afternoon|evening))|今(?=[早晚晨夜中上下])|(?=tonight))/, 0],
  [/^(?:昨天|昨日|yesterday|昨(?=[早晚晨夜中上下]))/, -1],
  [/^前天/, -2],
  [/^后(?=[早晚])/, 2],
]
const weeks: readonly (readonly [RegExp, number])[] = [
  [/^下下个?/, 2],
  [/^(?:下个?|next )/, 1],
  [/^(?:这个?|本|this )/, 0],
  [/^(?:上个?|last )/, -1],
]
const english = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const weekdayName = /^(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|s|nesday|r|rs|rsday|urday)?(?![a-z])\.?/
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthName = String.raw`(${months.join('|')})(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?(?![a-z])\.?`
const dates: readonly { form: RegExp; order: readonly ('year' | 'month' | 'date')[] }[] = [
  { form: /^(\d{4})[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})(?:[日号]|(?!\d))/, order: ['year', 'month', 'date'] },
  { form: /^(\d{1,2})月 ?(\d{1,2})(?:[日号]|(?![\d:点时]))/, order: ['month', 'date'] },
  { form: /^(\d{1,2})[-/.](\d{1,2})(?![\d:点时.])/, order: ['month', 'date'] },
  {
    form: new RegExp(String.raw`^${monthName} (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)`),
    order: ['month', 'date', 'year'],
  },
  { form: new RegExp(String.raw`^${monthName} (\d{1,2})(?:st|nd|rd|th)?(?![\d:])`), order: ['month', 'date'] },
  {
    form: new RegExp(String.raw`^(\d{1,2})(?:st|nd|rd|th)? (?:of )?${monthName}(?:,? (\d{4})(?!\d))?`),
    order: ['date', 'month', 'year'],
  },
]

/** The day that a text in normal form begins with. */
export function takeDay(rest: string, today: DayKey): Taken<Day> | undefined {
  for (const [form, days] of relative) {
    const [whole] = form.exec(rest) ?? []
    if (whole !== undefined) return { value: { is: addDays(today, days) }, rest: rest.slice(whole.length) }
  }
  return takeWeekday(rest, today) ?? takeDate(rest, today) ?? takeDayOfMonth(rest, today)
}

function takeWeekday(rest: string, today: DayKey): Taken<Day> | undefined {
  const [form, week] = weeks.find(([form]) => form.test(rest)) ?? []
  const named = form ? rest.replace(form, '') : rest
  const han = /^周([1-7末]) ?/.exec(named)
  const latin = weekdayName.exec(named)
  const found = han ?? latin
  if (!found) return undefined
  const isWeekend = found[1] === '末'
  const wanted = isWeekend ? 5 : han ? Number(found[1]) - 1 : english.indexOf(found[1] ?? '')
  const ahead = week === undefined ? (wanted - weekday(today) + 7) % 7 : wanted - weekday(today) + 7 * week
  const is = addDays(today, ahead)
  const again = week === undefined && !isWeekend ? { otherwise: addDays(is, 7), every: 'week' as const } : {}
  const days = isWeekend ? { is, otherwise: addDays(is, 1), isWeekend } : { is, ...again }
  return { value: days, rest: named.slice(found[0].length) }
}

function takeDate(rest: string, today: DayKey): Taken<Day> | undefined {
  for (const { form, order } of dates) {
    const found = form.exec(rest)
    if (!found) continue
    const part = (name: 'year' | 'month' | 'date') =>
      order.includes(name) ? found[order.indexOf(name) + 1] : undefined
    const month = Number(part('month')) || months.indexOf(part('month') ?? '') + 1
    return { value: dateDay(part('year'), month, Number(part('date')), today), rest: rest.slice(found[0].length) }
  }
  return undefined
}

/** Without a year: this year's day unless it is more than two months over. */
function dateDay(year: string | undefined, month: number, date: number, today: DayKey): Day {
  const inYear = (of: number) => `${of}-${two(month)}-${two(date)}`
  const only = year === undefined ? undefined : inYear(Number(year))
  if (only !== undefined) return { is: exists(only) ? only : null }
  const thisYear = Number(today.slice(0, 4))
  const found = [inYear(thisYear), inYear(thisYear + 1)].find((day) => exists(day) && day >= addDays(today, -LATELY))
  return { is: found ?? null, every: 'year' }
}

function takeDayOfMonth(rest: string, today: DayKey): Taken<Day> | undefined {
  const found =
    /^(下个?月|本月|这个?月|next month |this month )? ?(?:the )?(\d{1,2})(?:日|号|st|nd|rd|th)(?![a-z])/.exec(rest)
  if (!found) return undefined
  const first = DateTime.fromISO(today, { zone: 'utc' }).startOf('month')
  const named = /^(?:下|next)/.test(found[1] ?? '') ? 1 : found[1] === undefined ? undefined : 0
  const dayIn = (ahead: number) => `${first.plus({ months: ahead }).toFormat('yyyy-MM')}-${two(Number(found[2]))}`
  const able = (named === undefined ? [0, 1, 2] : [named]).map(dayIn).filter(exists)
  const ahead = named === undefined ? able.filter((day) => day >= today) : able
  const [is = null, otherwise] = ahead
  return {
    value: { is, ...(named === undefined && otherwise !== undefined ? { otherwise, every: 'month' as const } : {}) },
    rest: rest.slice(found[0].length),
  }
}

function exists(day: DayKey): boolean {
  return DateTime.fromISO(day, { zone: 'utc' }).isValid
}

/** `8` as `08`. */
export function two(number: number): string {
  return String(number).padStart(2, '0')
}
