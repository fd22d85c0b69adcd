// The roster over 1,000 fresh logins of 500 members with renames, twins and impostors: nobody gets somebody else's id.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { kinds, Logins } from './roster-logins.ts'

it('links nobody wrongly in 1,000 logins of 500 members', () => {
  const total = { logins: 0, owed: 0, carried: 0 }
  const deed = fc.record({ kind: fc.constantFrom(...kinds), who: fc.nat(9999), whom: fc.nat(9999), where: fc.nat(9) })
  const span = fc.record({ deeds: fc.array(deed, { maxLength: 60 }), shuffle: fc.nat(99) })
  fc.assert(
    fc.property(fc.array(span, { minLength: 50, maxLength: 50 }), (spans) => {
      const logins = new Logins(5, 500)
      for (const { deeds, shuffle } of spans) {
        for (const one of deeds) logins.live(one)
        logins.login(shuffle)
      }
      const { wrong, shared, ...counted } = logins.tally
      expect({ wrong, shared }).toEqual({ wrong: 0, shared: 0 })
      for (const key of ['logins', 'owed', 'carried'] as const) total[key] += counted[key]
    }),
    { numRuns: 20, seed: 11, endOnFailure: true },
  )
  expect(total.logins).toBeGreaterThanOrEqual(1000)
  expect(total.carried / total.owed).toBeGreaterThan(0.99)
})
