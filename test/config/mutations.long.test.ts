// All broken config files.
import { expect, it } from 'vitest'
import { mutations, wronglyTaken } from './mutations.ts'

it('refuses every broken file with place and reason, or it means the same', () => {
  expect(wronglyTaken(mutations())).toEqual([])
})
