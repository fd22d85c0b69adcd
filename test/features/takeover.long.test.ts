// 200 attempts of 20 kinds to take rights over, none of which may gain any.
import { expect, it } from 'vitest'
import { tryAll } from './takeovers.ts'

it('lets none of 200 takeovers gain a right', () => {
  const { tried, gained } = tryAll(() => true)
  expect(tried).toBe(200)
  expect(gained).toEqual([])
})
