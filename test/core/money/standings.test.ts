// Standings say what adding up the days would, and a ranking what sorting all members would.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Standings } from '../../../src/core/money/standings.ts'
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
  const balance = fc.record({ points: fc.integer({ min: 0, max: 9 }), booked: fc.constant(1) })
  const steps = fc.array(
    fc.oneof(recordSteps('ledger.days', key, record), recordSteps('ledger.balances', member, balance)),
    { maxLength: 60 },
  )
  const all = Object.freeze<MemberId[]>(['m2', 'm1', 'm3'])
  fc.assert(
    fc.property(steps, day, (changes, asked) => {
      const names = ['ledger.days', 'ledger.balances'] as const
      const specs = names.map((name) => [name, table<object>(ledgerTables[name].schema)] as const)
      const tables = new Tables(new Map<string, TableSpec<object>>(specs))
      const standings = new Standings(tables)
      const days = tables.table<Day>('ledger.days')
      const balances = tables.table<{ points: number }>('ledger.balances')
      takeSteps(tables, changes, () => {
        for (const period of periods) {
          const { from, to } = periodOf(period, asked)
          const walked = all.map((who) =>
            daysOf(from, to).reduce((sum, on) => sum + (days.get(`${on}/${who}`)?.gained ?? 0), 0),
          )
          expect(standings.gains(all, period, asked)).toEqual(walked)
        }
        const balanceOf = (who: MemberId) => balances.get(who)?.points ?? 0
        expect(standings.balances(all)).toEqual(all.map(balanceOf))
        expect(standings.balancesBefore(all, asked)).toEqual(
          all.map((who) => balanceOf(who) - (days.get(`${asked}/${who}`)?.change ?? 0)),
        )
        const known = new Set(days.keys().map((key) => key.slice(0, 10)))
        expect(standings.daysBefore(start).sort()).toEqual([...known].filter((on) => on < start).sort())
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
      const ranking = new Ranking(members.toReversed(), members.map(pointsOf).toReversed())
      expect(ranking.top(count)).toEqual(sorted.slice(0, count))
      for (const who of members) expect(ranking.of(who)).toEqual(sorted.find((rank) => rank.member === who))
      expect(ranking.of('m99')).toBeUndefined()
    }),
  )
})
