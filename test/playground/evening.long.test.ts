// The terminal's playground plays the second script of the README.
import { it } from 'vitest'
import { expectPlayed } from './scripts.ts'

it('plays the script evening of the README', () => expectPlayed('evening'))
