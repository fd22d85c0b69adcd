// 5,000 people in 100 groups over five logins in a row, however many have no status bits.
import { expect, it } from 'vitest'
import { IdentitySimulator } from './identity-simulator.ts'

const many = { people: 5_000, groups: 100, logins: 5, seed: 20261128 }

it.each([0, 0.3, 0.7, 1])('carries 5,000 people with %d of them without status bits', (noBits) => {
  const counted = new IdentitySimulator({ ...many, noBits, isOrdered: true, hasAvatars: true }).run()
  expect(counted.wrongSpending).toBe(0)
  expect(counted.earning / counted.stayed).toBeGreaterThan(0.9)
  expect(counted.spendingEvident / counted.evident).toBeGreaterThan(0.9)
  expect(counted.named).toBe(counted.rest)
})
