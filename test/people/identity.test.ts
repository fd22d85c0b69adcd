// Who is carried over a fresh login, in a population that is hard to tell apart: a small part of the table of `scripts/bench/identity.ts`.
import { expect, it } from 'vitest'
import { IdentitySimulator } from './identity-simulator.ts'

const few = { people: 300, groups: 6, logins: 3, seed: 77 }

it.each([0.3, 0.7, 1])('carries nearly everybody, and nobody wrongly, with %d of all without status bits', (noBits) => {
  const counted = new IdentitySimulator({ ...few, noBits, isOrdered: true, hasAvatars: true }).run()
  expect(counted.wrongSpending).toBe(0)
  expect(counted.impostors).toBeGreaterThan(2)
  expect(counted.earning / counted.stayed).toBeGreaterThan(0.9)
  expect(counted.spendingEvident / counted.evident).toBeGreaterThan(0.9)
  expect(counted.named).toBe(counted.rest)
})

it.each([true, false])(
  'lets nobody spend what is another’s where lists come in any order (avatars: %s)',
  (hasAvatars) => {
    const counted = new IdentitySimulator({ ...few, noBits: 0.3, isOrdered: false, hasAvatars }).run()
    expect(counted.wrongSpending).toBe(0)
    expect(counted.earningEvident / counted.evident).toBeGreaterThan(0.9)
    expect(counted.named).toBe(counted.rest)
  },
)
