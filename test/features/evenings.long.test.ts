// Three hundred random evenings: every public promise is paid or publicly taken back, and the books are balanced.
import { expect, it } from 'vitest'
import { evening } from './evenings.ts'

it('300 evenings keep every word', () => {
  const wrong = Array.from({ length: 300 }, (_, i) => `night ${i}`).flatMap((seed) =>
    evening(seed).map((what) => `${seed}: ${what}`),
  )
  expect(wrong).toEqual([])
})
