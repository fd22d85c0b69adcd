// Running sums of gains say what adding up the days would, and a ranking what sorting all members would.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Gains } from '../../../src/core/money/gains.ts'
import { ledgerTables } from '../../../src/core/money/ledger.ts'
import { Ranking } from '../../../src/core/money/ranking.ts'
import { table, Tables, type TableSpec } from '../../../src/core/feature/tables.ts'
import type { MemberId } from '../../../src/core/types/ids.ts'
import { addDays, daysOf, periodOf, periods } from '../../../src/core/lib/time.ts'
import { recordSteps, takeSteps } from '../../support/record-steps.ts'

const start = '2026-11-20'
const day = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -45, max: 45 })).map((n) => addDays(start, n))
const member = fc.constantFrom<MemberId>('m1', 'm2')

interface Day {
  gained: number
  change: number
}

test('a sum is what the days add up to, whatever was booked, taken back and forgotten', () => {
  const record = fc.record({
    gained: fc.integer({ min: 0, max: 9 }),
    change: fc.integer({ min: -9, max: 9 }),
    by: fc.constant({}),
  })
  const key = fc.tuple(day, member).map(([on, who]) => `${on}/${who}`)
  const steps = fc.array(recordSteps('ledger.days', key, record), { maxLength: 60 })
  fc.assert(
    fc.property(steps, day, member, (changes, asked, who) => {
      const spec = table(ledgerTables['ledger.days'].schema) as TableSpec<object>
      const tables = new Tables(new Map([['ledger.days', spec]]))
      const gains = new Gains(tables)
      const days = tables.table<Day>('ledger.days')
      takeSteps(tables, changes, () => {
        for (const period of periods) {
          const { from, to } = periodOf(period, asked)
          const walked = daysOf(from, to).reduce((sum, on) => sum + (days.get(`${on}/${who}`)?.gained ?? 0), 0)
          expect(gains.of(who, period, asked)).toBe(walked)
        }
        expect(gains.changeOn(who, asked)).toBe(days.get(`${asked}/${who}`)?.change ?? 0)
        const known = new Set(days.keys().map((one) => one.slice(0, 10)))
        expect(gains.daysBefore(start).sort()).toEqual([...known].filter((on) => on < start).sort())
      })
    }),
  )
})

test('the first places and a member’s own are those of all members sorted', () => {
  const points = fc.array(fc.integer({ min: -1, max: 6 }), { maxLength: 30 })
  fc.assert(
    fc.property(points, fc.integer({ min: 1, max: 12 }), (each, count) => {
      const members = each.map((_, i): MemberId => `m${i + 1}`)
      const pointsOf = (who: MemberId) => each[Number(who.slice(1)) - 1] ?? 0
      const sorted = members
        .filter((who) => pointsOf(who) > 0)
        .sort((a, b) => pointsOf(b) - pointsOf(a) || Number(a.slice(1)) - Number(b.slice(1)))
        .map((who) => ({
          member: who,
          points: pointsOf(who),
          place: 1 + members.filter((other) => pointsOf(other) > pointsOf(who)).length,
        }))
      const ranking = new Ranking(members.toReversed(), pointsOf)
      expect(ranking.top(count)).toEqual(sorted.slice(0, count))
      for (const who of members) expect(ranking.of(who)).toEqual(sorted.find((rank) => rank.member === who))
      expect(ranking.of('m99')).toBeUndefined()
    }),
  )
})
