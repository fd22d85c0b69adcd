// Days and clock times in time zones, also where clocks are changed.
import { describe, expect, it } from 'vitest'
import { dayAndClock, dayKey, instantOf, isQuiet, nextAt, periodOf } from '../../../src/core/lib/time.ts'

const MINUTE = 60_000
const zones = ['Asia/Shanghai', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'America/Havana']
/** Days on which clocks are changed somewhere, and one on which they are not. */
const days = ['2026-10-25', '2026-11-01', '2027-03-14', '2027-03-28', '2027-04-04', '2027-10-03', '2027-12-12']

describe('instantOf', () => {
  it.each(zones)('is the first instant at which clocks in %s show the time', (timezone) => {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' })
    for (const day of days) {
      const first = new Map<string, number>()
      const from = Date.parse(day) - 20 * 60 * MINUTE
      for (let at = from; at < from + 60 * 60 * MINUTE; at += 15 * MINUTE) {
        const [date, time = ''] = format.format(at).split(' ')
        if (date === day && !first.has(time)) first.set(time, at)
      }
      expect(first.size).toBeGreaterThan(90)
      for (const [time, at] of first) expect([day, time, instantOf(day, time, timezone)]).toEqual([day, time, at])
    }
  })

  it('is as much later as clocks were put forward when they leave a time out', () => {
    expect(instantOf('2027-03-14', '02:30', 'America/New_York')).toBe(Date.parse('2027-03-14T03:30:00-04:00'))
    expect(instantOf('2027-10-03', '02:10', 'Australia/Lord_Howe')).toBe(Date.parse('2027-10-03T02:40:00+11:00'))
    expect(instantOf('2027-03-14', '00:00', 'America/Havana')).toBe(Date.parse('2027-03-14T01:00:00-04:00'))
  })
})

describe('nextAt', () => {
  it('is right over a change of clocks, and never now', () => {
    const evening = Date.parse('2027-03-13T20:00:00-05:00')
    expect(nextAt(evening, '10:00', 'America/New_York')).toBe(Date.parse('2027-03-14T10:00:00-04:00'))
    expect(nextAt(evening, '20:00', 'America/New_York')).toBe(Date.parse('2027-03-14T20:00:00-04:00'))
    expect(nextAt(evening, '20:01', 'America/New_York')).toBe(evening + MINUTE)
  })
})

describe('isQuiet', () => {
  it('may run over midnight', () => {
    const night = { from: '22:30', until: '07:30' }
    expect(['22:29', '22:30', '00:00', '07:29', '07:30'].map((time) => isQuiet(time, night))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
    expect(isQuiet('23:00', null)).toBe(false)
  })
})

describe('periods', () => {
  it.each([
    ['day', '2026-03-01', { from: '2026-03-01', to: '2026-03-01', before: '2026-02-28' }],
    ['week', '2026-11-29', { from: '2026-11-23', to: '2026-11-29', before: '2026-11-16' }],
    ['week', '2026-11-30', { from: '2026-11-30', to: '2026-12-06', before: '2026-11-23' }],
    ['month', '2026-12-31', { from: '2026-12-01', to: '2026-12-31', before: '2026-11-01' }],
    ['month', '2028-02-29', { from: '2028-02-01', to: '2028-02-29', before: '2028-01-01' }],
  ] as const)('%s of %s', (period, day, days) => expect(periodOf(period, day)).toEqual(days))
})

describe('what clocks show', () => {
  it('is the same when it is asked again, in another zone or in the next minute', () => {
    const at = Date.parse('2026-11-21T15:59:59.900Z')
    const shown = (when: number) => ['Asia/Shanghai', 'UTC', 'Asia/Kathmandu'].map((zone) => dayAndClock(when, zone))
    const before = ['11-21 23:59', '11-21 15:59', '11-21 21:44']
    const after = ['11-22 00:00', '11-21 16:00', '11-21 21:45']
    expect([shown(at), shown(at), shown(at + 200), shown(at)]).toEqual([before, before, after, before])
    expect(dayKey(at + 200, 'Asia/Shanghai')).toBe('2026-11-22')
  })
})
