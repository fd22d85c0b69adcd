// 10,000 random draws through the chat: all recomputed by the independent script, and fair.
import { expect, it } from 'vitest'
import { playMany } from './many.ts'

it('10,000 draws are recomputed without a difference, and tickets win as often as they should', () => {
  const { chiSquare, ...played } = playMany(10_000, 'long')
  console.log(`chi-square ${chiSquare.toFixed(2)} with 7 degrees of freedom (24.32 is p = 0.001)`)
  expect(played).toEqual({ draws: 10_000, wrong: [], fooled: 0 })
  expect(chiSquare).toBeLessThan(24.32)
})
