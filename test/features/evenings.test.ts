// A few of the random evenings; `evenings.long.test.ts` plays three hundred.
import { expect, it } from 'vitest'
import { evening } from './evenings.ts'

it.each(Array.from({ length: 12 }, (_, i) => `evening ${i}`))('%s keeps every word', (seed) => {
  expect(evening(seed)).toEqual([])
})
