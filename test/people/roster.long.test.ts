// The roster over 1,000 fresh logins of 500 members with renames, twins and impostors: nobody gets somebody else's id.
import { it } from 'vitest'
import { expectNobodyLinkedWrongly } from './roster-logins.ts'

it('links nobody wrongly in 1,000 logins of 500 members', () => {
  expectNobodyLinkedWrongly({ groups: 5, members: 500 }, { runs: 20, logins: 50, deeds: 60, seed: 11 })
})
