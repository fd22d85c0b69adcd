// Random changes of a table, also those that are rolled back, reverted or loaded: whatever is kept beside a table must follow them all.
import fc from 'fast-check'
import type { Tables } from '../../src/core/feature/tables.ts'

/** One change of a table, or of what was changed before. */
export type RecordStep =
  | { do: 'set' | 'load'; table: string; key: string; record: object }
  | { do: 'delete'; table: string; key: string }
  | { do: 'mark' | 'rollback' | 'take' | 'revert' }

/** Steps on one table, whose keys and records the arbitraries make. */
export function recordSteps(
  table: string,
  key: fc.Arbitrary<string>,
  record: fc.Arbitrary<object>,
): fc.Arbitrary<RecordStep> {
  const at = { table: fc.constant(table), key }
  return fc.oneof(
    { weight: 12, arbitrary: fc.record({ do: fc.constant('set' as const), ...at, record }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('load' as const), ...at, record }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('delete' as const), ...at }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('mark', 'rollback', 'take', 'revert') }) },
  )
}

/** Does the steps one after the other. @param check is called after each */
export function takeSteps(tables: Tables, steps: readonly RecordStep[], check: () => void): void {
  let mark = 0
  let taken: ReturnType<Tables['take']> = []
  for (const step of steps) {
    switch (step.do) {
      case 'set':
        tables.table<object>(step.table).set(step.key, step.record)
        break
      case 'load':
        // Records are loaded when nothing is staged.
        tables.take()
        mark = 0
        taken = []
        tables.load(step.table, step.key, step.record)
        break
      case 'delete':
        tables.table(step.table).delete(step.key)
        break
      case 'mark':
        mark = tables.mark()
        break
      case 'rollback':
        tables.rollback(mark)
        break
      case 'take':
        taken = tables.take()
        mark = 0
        break
      case 'revert':
        mark = 0
        tables.rollback(mark)
        tables.revert(taken)
        taken = []
        break
    }
    check()
  }
}
