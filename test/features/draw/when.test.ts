// Times as admins type them for the closing of a draw.
import { expect, it } from 'vitest'
import { parseWhen } from '../../../src/features/draw/when.ts'

// A Saturday.
const now = Date.parse('2026-11-21T10:00:00+08:00')

it.each([
  ['20:00', '2026-11-21T20:00'],
  ['9:30', '2026-11-22T09:30'],
  ['２０：００', '2026-11-21T20:00'],
  ['20点', '2026-11-21T20:00'],
  ['20点半', '2026-11-21T20:30'],
  ['今天20:00', '2026-11-21T20:00'],
  ['明天 9点', '2026-11-22T09:00'],
  ['周日20:00', '2026-11-22T20:00'],
  ['周六 9:00', '2026-11-28T09:00'],
  ['星期天20:00', '2026-11-22T20:00'],
  ['sun 20:00', '2026-11-22T20:00'],
  ['11-30 20:00', '2026-11-30T20:00'],
  ['11月30日20:00', '2026-11-30T20:00'],
  ['1-2 20:00', '2027-01-02T20:00'],
  ['2026-12-24 18:15', '2026-12-24T18:15'],
  ['2小时', '2026-11-21T12:00'],
  ['30分钟后', '2026-11-21T10:30'],
])('%s is %s', (typed, expected) => {
  expect(new Date(parseWhen(typed, now, 'Asia/Shanghai') ?? 0)).toEqual(new Date(`${expected}:00+08:00`))
})

it.each(['', '下雨天', '25:00', '20:61', '2-30 20:00', '13-1 20:00', '周八20:00', '20', '明天'])(
  '%s is no time',
  (typed) => {
    expect(parseWhen(typed, now, 'Asia/Shanghai')).toBeUndefined()
  },
)

it('is told in the time zone of the group', () => {
  expect(parseWhen('20:00', now, 'Europe/London')).toBe(Date.parse('2026-11-21T20:00:00Z'))
})
