// The one place that knows node-cron: reads cron expressions, and does regular housekeeping by the clock.
import cron from 'node-cron'
import type { Cron, ReadCron } from './core/feature/cron.ts'
import { Refusal } from './core/types/refusal.ts'

/** Runs something at every full hour. @returns what ends it */
export function everyHour(run: () => void): () => void {
  const task = cron.schedule('0 * * * *', run)
  return () => void task.destroy()
}

/**
 * Reads `分 时 日 月 星期`, with all that node-cron understands (names, steps, `L`, `5#2`). As in node-cron, day and weekday must both
 * match. Only days and clock times are asked of it, never its own timers: these forget what fell due while the program was down.
 */
export const readCron: ReadCron = (expression) => {
  // Chinese keyboards write wide digits and stars.
  const text = expression.normalize('NFKC').trim()
  const fields = text.split(/\s+/)
  if (fields.length !== 5) {
    return new Refusal(
      `「${text}」要写五段：分 时 日 月 星期，例如每天 10 点是 '0 10 * * *'，周一到周五是 '0 10 * * 1-5'。`,
      `"${text}" needs five fields: minute hour day month weekday, such as '0 10 * * *' for ten every day.`,
    )
  }
  const { errors } = cron.validateDetailed(text)
  const [error] = errors
  if (error) {
    const place = fieldNames[error.field]
    const value = error.value ?? text
    return new Refusal(
      `「${text}」里的${place?.zh ?? '写法'}「${value}」不对，永远不会发。顺序是：分 时 日 月 星期。`,
      `${place?.en ?? 'the expression'} "${value}" in "${text}" is wrong, so it never fires. The order is: minute hour day month weekday.`,
    )
  }
  const { hour, minute } = cron.parse(text)
  const clocks = hour.flatMap((h) => minute.map((m) => `${two(h)}:${two(m)}`)).sort()
  return { clocks, on: dayMatcher(text, clocks[0] ?? '00:00') }
}

const fieldNames: Record<string, { zh: string; en: string }> = {
  minute: { zh: '分钟', en: 'the minute' },
  hour: { zh: '小时', en: 'the hour' },
  dayOfMonth: { zh: '日期', en: 'the day' },
  month: { zh: '月份', en: 'the month' },
  dayOfWeek: { zh: '星期', en: 'the weekday' },
}

/** node-cron's own matching, asked about one clock time of a day in UTC, where every day has every clock time. */
function dayMatcher(expression: string, clock: string): Cron['on'] {
  const task = cron.createTask(expression, () => {}, { timezone: 'UTC' })
  void task.destroy()
  const known = new Map<string, boolean>()
  return (day) => {
    const before = known.get(day)
    if (before !== undefined) return before
    const isOn = task.match(new Date(`${day}T${clock}:00Z`))
    // Two years of days; nobody asks for more at a time.
    if (known.size > 730) known.clear()
    known.set(day, isOn)
    return isOn
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
