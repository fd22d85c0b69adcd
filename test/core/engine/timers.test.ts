// The queue of timers finds the same timer as a walk through the table, whatever was set, deleted, rolled back or reverted.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { TimerQueue } from '../../../src/core/engine/timers.ts'
import { table, Tables } from '../../../src/core/feature/tables.ts'
import { recordSteps, takeSteps } from '../../support/record-steps.ts'

const timerTable = table<object>(z.strictObject({ due: z.int() }))

function walked(tables: Tables) {
  const all = [...tables.table<{ due: number }>('engine.timers').entries()].map(([key, { due }]) => ({ key, due }))
  return all.sort((a, b) => a.due - b.due || (a.key < b.key ? -1 : 1))[0]
}

test('the first timer is the one that a walk finds', () => {
  const key = fc.integer({ min: 0, max: 9 }).map((n) => `feature/job/${n}`)
  const timer = fc.record({ due: fc.integer({ min: 0, max: 20 }) })
  fc.assert(
    fc.property(fc.array(recordSteps('engine.timers', key, timer), { maxLength: 300 }), (steps) => {
      const tables = new Tables(new Map([['engine.timers', timerTable]]))
      tables.load('engine.timers', 'feature/job/0', { due: 10 })
      const queue = new TimerQueue(tables)
      takeSteps(tables, steps, () => expect(queue.first()).toEqual(walked(tables)))
    }),
  )
})
