// 100 broken config files, a ninth of those that `mutations.long.test.ts` tries.
import { expect, it } from 'vitest'
import { mutations, wronglyTaken } from './mutations.ts'

it('refuses broken files with place and reason, or they mean the same', () => {
  const some = mutations().filter((_mutation, i) => i % 9 === 0)
  expect(some.length).toBeGreaterThanOrEqual(100)
  expect(wronglyTaken(some)).toEqual([])
})
