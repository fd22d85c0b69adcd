// Opening hours of an entry, and what they mean at a moment: 现在还开着吗.
import { z } from 'zod'
import { addDays, weekday, type DayKey } from '../../core/lib/time.ts'
import { canonical } from '../../core/lib/text.ts'

/** From when until when of a day, as `08:00`; until midnight is `24:00`. */
type Span = readonly [from: string, until: string]
/** The spans of each weekday, from Monday. */
export type Week = readonly (readonly Span[])[]

const span = /^(\d{1,2})[:：](\d{2})\s*[-–—~～至到]\s*(\d{1,2})[:：](\d{2})$/
const dayNames = '一二三四五六日'
const englishDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** `8:00-21:00`, or by days: `{周一到周五: 8:00-21:00, 周六: 休息}`. Days that are not named are closed. */
export const Hours = z
  .union([z.string().trim().max(60), z.record(z.string().trim().max(20), z.string().trim().max(60))])
  .refine((typed) => weekOf(typed) !== undefined)
export type Hours = z.infer<typeof Hours>

/** The spans of each weekday; undefined for what cannot be read. */
export function weekOf(typed: string | Readonly<Record<string, string>>): Week | undefined {
  const week: (readonly Span[])[] = [[], [], [], [], [], [], []]
  for (const [days, times] of typeof typed === 'string' ? [['', typed] as const] : Object.entries(typed)) {
    const on = daysIn(days)
    const spans = spansIn(times)
    if (!on || !spans) return undefined
    for (const day of on) week[day] = spans
  }
  return week
}

/** As it stands in a cell of a table: one span, or a line a day. */
export function hoursCell(hours: Hours): string {
  if (typeof hours === 'string') return hours
  return Object.entries(hours)
    .map(([days, times]) => `${days} ${times}`)
    .join('\n')
}

export function hoursFromCell(cell: string): Hours {
  const lines = cell.split('\n').map((line) => line.trim())
  const [first = ''] = lines
  if (lines.length === 1 && /^\d/.test(first)) return first
  return Object.fromEntries(
    lines.map((line) => line.split(/[\s:：]+(?=[\d休不关c])/)).map(([day = '', times = '']) => [day, times]),
  )
}

/** The weekdays that are meant, Monday = 0; undefined for what names none. */
function daysIn(typed: string): number[] | undefined {
  if (typed === '' || /^(?:每天|daily)$/i.test(typed)) return [0, 1, 2, 3, 4, 5, 6]
  if (/^(?:周末|weekend)$/i.test(typed)) return [5, 6]
  if (/^(?:工作日|weekdays)$/i.test(typed)) return [0, 1, 2, 3, 4]
  const found: number[] = []
  for (const part of typed.split(/[、,，\s]+/)) {
    const [from, until, ...more] = part.split(/[-–—~～至到]/).map(dayOf)
    if (from === undefined || more.length > 0) return undefined
    if (part.split(/[-–—~～至到]/).length === 1) found.push(from)
    else if (until === undefined) return undefined
    else for (let day = from; ; day = (day + 1) % 7) if (found.push(day) > 14 || day === until) break
  }
  return found
}

function dayOf(typed: string): number | undefined {
  const name = /^(?:周|星期|礼拜)?([一二三四五六日天])$/.exec(typed)?.[1]
  const at =
    name === undefined
      ? englishDays.indexOf(typed.slice(0, 3).toLowerCase())
      : dayNames.indexOf(name.replace('天', '日'))
  return at < 0 ? undefined : at
}

function spansIn(typed: string): Span[] | undefined {
  if (/^(?:休息|不开|关门|closed)$/i.test(typed)) return []
  const spans = typed.split(/[,，、]/).map((part): Span | undefined => {
    const [, h1 = '', m1 = '', h2 = '', m2 = ''] = span.exec(part.trim()) ?? []
    const [from, until] = [`${h1.padStart(2, '0')}:${m1}`, `${h2.padStart(2, '0')}:${m2}`]
    return h1 !== '' && from < until && until <= '24:00' && m1 < '60' && m2 < '60' ? [from, until] : undefined
  })
  return spans.every((one) => one !== undefined) ? spans : undefined
}

/** Open until a time, or closed until a time of a day (0 = today); undefined: never open. */
export type OpenNow = { open: true; until: string } | { open: false; next: string; inDays: number }

/** @param time as `18:02` */
export function openNow(week: Week, today: DayKey, time: string): OpenNow | undefined {
  const on = (days: number) => week[weekday(addDays(today, days))] ?? []
  const now = on(0).find(([from, until]) => from <= time && time < until)
  if (now) return { open: true, until: now[1] }
  for (let inDays = 0; inDays <= 7; inDays += 1) {
    const next = on(inDays).find(([from]) => inDays > 0 || from > time)
    if (next) return { open: false, next: next[0], inDays }
  }
  return undefined
}

/** How people ask whether it is open at this moment. */
const askedNow =
  /现在|此刻|还(?:开|营业|在|有人)|开着|[开关]门了[吗没么]|今天.{0,4}(?:开|营业|休息|有人)|下班了[吗没么]|有人[吗没在]|\b(?:now|still open|open today)\b/

export function asksNow(text: string): boolean {
  return askedNow.test(canonical(text))
}

/** Wordings that an entry with hours is asked by, beside its own. */
export const nowWordings = ['现在还开着吗', '现在关门了吗', '今天开门吗', '还在营业吗', 'are you open now']
