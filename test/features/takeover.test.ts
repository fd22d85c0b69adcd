// Rights follow a code and an id of one login, never a name: attempts of 20 kinds to take them over; `takeover.long.test.ts` makes 200.
import { expect, it } from 'vitest'
import { takeovers, tryAll } from './takeovers.ts'

it('lets no takeover of any kind gain a right', () => {
  // Points, a role and a look at the journal: what pays, what lasts and what only tells.
  const { tried, gained } = tryAll((command) => /^\/(?:points|role @路人 owner|log)/.test(command))
  expect(takeovers).toHaveLength(20)
  expect(tried).toBe(60)
  expect(gained).toEqual([])
})
