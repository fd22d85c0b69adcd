// Cron expressions are read by node-cron, and asked only about days and clock times.
import { describe, expect, it } from 'vitest'
import { readCron } from '../src/schedule.ts'
import { Refusal } from '../src/core/types/refusal.ts'

function days(expression: string, month: string): string[] {
  const cron = readCron(expression)
  if (cron instanceof Refusal) throw new Error(cron.message.en)
  return Array.from({ length: 31 }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`)
    .filter((day) => !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day))
    .filter((day) => cron.on(day))
    .map((day) => day.slice(8))
}

describe('cron', () => {
  it('gives clock times in order', () => {
    expect(readCron('30,0 9-10 * * *')).toMatchObject({ clocks: ['09:00', '09:30', '10:00', '10:30'] })
  })

  it('knows days as node-cron does: names, steps, the last day, the second Friday, both day and weekday', () => {
    expect(days('0 8 * * mon,wed', '2026-11')).toEqual(['02', '04', '09', '11', '16', '18', '23', '25', '30'])
    expect(days('0 8 */10 * *', '2026-11')).toEqual(['01', '11', '21'])
    expect(days('0 8 L 2 *', '2028-02')).toEqual(['29'])
    expect(days('0 8 * * 5#2', '2026-11')).toEqual(['13'])
    expect(days('0 8 13 * 5', '2026-11')).toEqual(['13'])
    expect(days('0 8 13 * 5', '2026-12')).toEqual([])
  })

  it('tells which part is wrong', () => {
    expect(readCron('0 8 * 13 *')).toMatchObject({ message: { zh: expect.stringContaining('月份「13」') as string } })
    expect(readCron('* * *')).toMatchObject({ message: { en: expect.stringContaining('five fields') as string } })
  })
})
