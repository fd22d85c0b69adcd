// What posts are timed by: a date, or an hour that comes again every week, with posts days and hours before, at and after.
import { DateTime } from 'luxon'
import type { ReadCron } from '../../core/feature/cron.ts'
import { writtenDay } from '../../core/lib/written-time.ts'
import { addDays, type DayKey } from '../../core/lib/time.ts'
import { Refusal } from '../../core/types/refusal.ts'
import { readRegular, readWritten, weekdaysIn, type Timing } from './calendar.ts'
import type { Time } from './post.ts'

const DAY_MINUTES = 24 * 60

/** An event of the settings: on which days it is, and when. */
export type ReadyEvent = Pick<Timing, 'days'> & {
  on(day: DayKey): boolean
  /** `HH:MM`; undefined for one that has no hour. */
  clock: string | undefined
}

/** `2026-12-12`, `2026-12-12 20:00`, `每周二`, `每周二 20:00`, or a cron expression. */
export function readEvent(text: string, cron: ReadCron): ReadyEvent | Refusal {
  const date = writtenDay(text)
  if (date !== undefined && DateTime.fromISO(date).isValid)
    return { on: (day) => day === date, clock: undefined, days: () => [date] }
  const weekdays =
    /^每?(?:周|星期|礼拜)|^(?:工作日|周末|每天|每日)/.test(text) && !/\d|点/.test(text) ? weekdaysIn(text) : undefined
  if (weekdays && weekdays.size > 0)
    return { on: (day) => weekdays.has(weekdayOf(day)), clock: undefined, days: () => [] }
  const timing = readWritten(text) ?? (/^\S+(?: +\S+){4}$/.test(text.trim()) ? readRegular(text, cron) : undefined)
  if (timing instanceof Refusal) return timing
  const [clock, another] = timing?.clocks ?? []
  if (!timing || clock === undefined || another !== undefined)
    return new Refusal(
      `「${text}」不是一个时间，写成 '2026-12-12'、'2026-12-12 20:00' 或「每周二 20:00」。`,
      `"${text}" is not a time; write '2026-12-12', '2026-12-12 20:00' or a cron expression.`,
    )
  return { on: (day) => timing.on(day, day), clock, days: timing.days }
}

function weekdayOf(day: DayKey): number {
  return (new Date(day).getUTCDay() + 6) % 7
}

/** The times of a post around an event, one timing for each day or hour before or after it. */
export function aroundEvent(time: Extract<Time, { event: string }>, event: ReadyEvent): Timing[] | Refusal {
  const { event: name } = time
  if ('daysBefore' in time) {
    return time.daysBefore.map((days) => ({
      clocks: [time.time],
      on: (day) => event.on(addDays(day, days)),
      vars: () => ({ days, event: name, starts: event.clock ?? '' }),
      gives: event.clock === undefined ? ['days', 'event'] : ['days', 'event', 'starts'],
      days: (opened) => event.days(opened).map((day) => addDays(day, -days)),
      byOpening: false,
    }))
  }
  const { clock } = event
  if (clock === undefined)
    return new Refusal(
      `「${name}」只有日期，没有几点，不能用 hoursBefore。在 events 里写上，例如 '2026-12-12 20:00'，或者用 daysBefore 加 time。`,
      `"${name}" has a date but no hour, so hoursBefore cannot be counted. Write e.g. '2026-12-12 20:00' in events, or use daysBefore with time.`,
    )
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  return time.hoursBefore.map((hours) => {
    const minutes = hour * 60 + minute - Math.round(hours * 60)
    const shift = Math.floor(minutes / DAY_MINUTES)
    const ofDay = minutes - shift * DAY_MINUTES
    return {
      clocks: [`${pad(Math.floor(ofDay / 60))}:${pad(ofDay % 60)}`],
      on: (day) => event.on(addDays(day, -shift)),
      vars: () => ({ hours, minutes: Math.round(hours * 60), event: name, starts: clock }),
      gives: ['hours', 'minutes', 'left', 'event', 'starts'],
      days: (opened) => event.days(opened).map((day) => addDays(day, shift)),
      byOpening: false,
    }
  })
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
