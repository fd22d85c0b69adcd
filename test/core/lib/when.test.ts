// Times and days as people type them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayAndClock, dayKey, weekday } from '../../../src/core/lib/time.ts'
import { readPastDay } from '../../../src/core/lib/when-days.ts'
import { readTime } from '../../../src/core/lib/when.ts'

// A Saturday.
const now = Date.parse('2026-11-21T10:00:00+08:00')
const at = (time: string) => Date.parse(`${time}:00+08:00`)
const read = (typed: string, from = now) => readTime(typed, from, 'Asia/Shanghai')

describe('a time', () => {
  it.each([
    ['20:00', '2026-11-21T20:00'],
    ['9:30', '2026-11-22T09:30'],
    ['２０：００', '2026-11-21T20:00'],
    ['20点', '2026-11-21T20:00'],
    ['20点半', '2026-11-21T20:30'],
    ['二十点一刻', '2026-11-21T20:15'],
    ['今晚8点', '2026-11-21T20:00'],
    ['晚上8点半', '2026-11-21T20:30'],
    ['今晚12点', '2026-11-22T00:00'],
    ['24:00', '2026-11-22T00:00'],
    ['凌晨两点', '2026-11-22T02:00'],
    ['今天8点', '2026-11-21T20:00'],
    ['今天20:00', '2026-11-21T20:00'],
    ['明天 9点', '2026-11-22T09:00'],
    ['明早八点', '2026-11-22T08:00'],
    ['明天中午12点', '2026-11-22T12:00'],
    ['中午', '2026-11-21T12:00'],
    ['大后天上午十点', '2026-11-24T10:00'],
    ['周日20:00', '2026-11-22T20:00'],
    ['周日20:00前', '2026-11-22T20:00'],
    ['周六 9:00', '2026-11-28T09:00'],
    ['本周日20:00', '2026-11-22T20:00'],
    ['下周日20:00', '2026-11-29T20:00'],
    ['下下周一9点', '2026-11-30T09:00'],
    ['星期天下午3点', '2026-11-22T15:00'],
    ['sun 20:00', '2026-11-22T20:00'],
    ['8pm on Sunday', '2026-11-22T20:00'],
    ['tonight at 8pm', '2026-11-21T20:00'],
    ['noon tomorrow', '2026-11-22T12:00'],
    ['11-30 20:00', '2026-11-30T20:00'],
    ['11月30日20:00', '2026-11-30T20:00'],
    ['十一月三十日晚上八点', '2026-11-30T20:00'],
    ['30号 20:00', '2026-11-30T20:00'],
    ['20号20:00', '2026-12-20T20:00'],
    ['下个月5号20:00', '2026-12-05T20:00'],
    ['1-2 20:00', '2027-01-02T20:00'],
    ['2026/12/24 18:00', '2026-12-24T18:00'],
    ['2026-12-24T18:15', '2026-12-24T18:15'],
    ['二〇二六年十二月二十四日18:00', '2026-12-24T18:00'],
    ['Dec 24, 2026 6pm', '2026-12-24T18:00'],
    ['30 November 20:00', '2026-11-30T20:00'],
    ['2小时', '2026-11-21T12:00'],
    ['两个半小时', '2026-11-21T12:30'],
    ['半小时后', '2026-11-21T10:30'],
    ['30分钟后', '2026-11-21T10:30'],
    ['1h30m', '2026-11-21T11:30'],
    ['in half an hour', '2026-11-21T10:30'],
    ['3天', '2026-11-24T10:00'],
    ['一周', '2026-11-28T10:00'],
  ])('%s is %s', (typed, expected) => {
    expect(read(typed)).toEqual({ at: at(expected) })
  })

  it.each([
    ['8点', '2026-11-21T20:00', '2026-11-22T08:00'],
    ['周六9点', '2026-11-21T21:00', '2026-11-28T09:00'],
    ['明天3点', '2026-11-22T03:00', '2026-11-22T15:00'],
    ['周末20:00', '2026-11-21T20:00', '2026-11-22T20:00'],
  ])('%s is %s or %s', (typed, first, second) => {
    expect(read(typed)).toEqual({ either: [at(first), at(second)] })
  })

  it('typed in the evening without a half of the day is asked back, unless nobody can be asked', () => {
    const evening = at('2026-11-21T20:30')
    expect(read('8点', evening)).toEqual({ either: [at('2026-11-22T08:00'), at('2026-11-22T20:00')] })
    expect(readTime('8点', evening, 'Asia/Shanghai', { literal: true })).toEqual({ at: at('2026-11-22T08:00') })
  })

  it.each(['昨天20:00', '2026-11-20 20:00', '11-20 20:00', '今天0点', '本周五20:00', '0分钟'])(
    '%s is over',
    (typed) => {
      expect(read(typed)).toHaveProperty('past')
    },
  )

  it.each(['周日', '明天', '今晚', '11-30', '30号'])('%s has no hour', (typed) => {
    expect(read(typed)).toEqual({ lacks: 'hour' })
  })

  it.each(['2-30 20:00', '13-1 20:00', '2026年2月29日 8点'])('%s is no day', (typed) => {
    expect(read(typed)).toEqual({ no: 'day' })
  })

  it.each(['25:00', '20:61', '早上20点'])('%s is no time of the day', (typed) => {
    expect(read(typed)).toEqual({ no: 'clock' })
  })

  it.each(['', '下雨天', '周八20:00', '20', '一会儿', '5分', '3月', '满100人', '20:00 20:00', 'monthly 8pm'])(
    '%s is none',
    (typed) => {
      expect(read(typed)).toBeUndefined()
    },
  )

  it('is told by the clocks of the group', () => {
    expect(readTime('20:00', now, 'Europe/London')).toEqual({ at: Date.parse('2026-11-21T20:00:00Z') })
  })

  it('is right when clocks change: the first of two, later when it is left out, and a day is the same clock time', () => {
    const before = Date.parse('2026-10-24T20:00:00Z')
    expect(readTime('明天1:30', before, 'Europe/London')).toEqual({ at: Date.parse('2026-10-25T00:30:00Z') })
    expect(readTime('1天', before, 'Europe/London')).toEqual({ at: Date.parse('2026-10-25T21:00:00Z') })
    expect(readTime('24小时', before, 'Europe/London')).toEqual({ at: Date.parse('2026-10-25T20:00:00Z') })
    const spring = Date.parse('2027-03-27T20:00:00Z')
    expect(readTime('明天1:30', spring, 'Europe/London')).toEqual({ at: Date.parse('2027-03-28T01:30:00Z') })
  })

  const zones = fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe')
  const instants = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2030-01-01') })

  it('is never before now, whatever is typed', () => {
    const pieces = fc.constantFrom(
      '今天',
      '明',
      '周日',
      '下周一',
      '11-30',
      '30号',
      '晚上',
      '早',
      '8点',
      '半',
      '20:00',
      ' ',
      'pm',
      '2小时',
      '后',
      '8',
      ':',
    )
    const typed = fc.oneof(
      fc.array(pieces, { maxLength: 5 }).map((all) => all.join('')),
      fc.string(),
    )
    fc.assert(
      fc.property(typed, instants, zones, (text, from, zone) => {
        const when = readTime(text, from, zone)
        if (when && 'at' in when) expect(when.at).toBeGreaterThan(from)
        if (when && 'past' in when) expect(when.past).toBeLessThanOrEqual(from)
        if (when && 'either' in when) {
          expect(when.either[0]).toBeGreaterThan(from)
          expect(when.either[1]).toBeGreaterThan(when.either[0])
        }
      }),
      { numRuns: 500 },
    )
  })

  it('is read back from how it is written, in every form', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 300 * 24 * 60 }), zones, (from, minutes, zone) => {
        const meant = Math.floor(from / 60_000 + minutes) * 60_000
        const [day, clock = ''] = dayAndClock(meant, zone).split(' ')
        const year = dayKey(meant, zone).slice(0, 4)
        const [month, date] = (day ?? '').split('-').map(Number)
        for (const text of [`${day} ${clock}`, `${month}月${date}日${clock}`, `${year}/${month}/${date} ${clock}`]) {
          const when = readTime(text, from, zone)
          // Where clocks show a time twice, the first is meant.
          if (when && 'at' in when) expect(dayAndClock(when.at, zone)).toBe(`${day} ${clock}`)
          else expect(meant - from).toBeLessThan(2 * 3_600_000)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('of a weekday is on that weekday, within a week', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 6 }), zones, (from, day, zone) => {
        const when = readTime(`周${'一二三四五六日'[day]}20:00`, from, zone)
        expect(when).toHaveProperty('at')
        if (!when || !('at' in when)) return
        expect(weekday(dayKey(when.at, zone))).toBe(day)
        expect(when.at - from).toBeLessThanOrEqual(7 * 86_400_000 + 3_600_000)
      }),
      { numRuns: 200 },
    )
  })
})

it.each([
  ['20', '2026-11-20'],
  ['20号', '2026-11-20'],
  ['21', '2026-11-21'],
  ['22', '2026-10-22'],
  ['31号', '2026-10-31'],
  ['11-20', '2026-11-20'],
  ['11月20日', '2026-11-20'],
  ['12-30', '2025-12-30'],
  ['昨天', '2026-11-20'],
  ['前天', '2026-11-19'],
  ['周三', '2026-11-18'],
  ['2026-11-20', '2026-11-20'],
  ['明天', undefined],
  ['2026-11-22', undefined],
  ['32', undefined],
  ['晒单', undefined],
])('%s is the day %s that has been', (typed, day) => {
  expect(readPastDay(typed, '2026-11-21')).toBe(day)
})
