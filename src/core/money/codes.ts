// The codes of coupons: new ones that people can read out, and the next one of an operator's list.
import type { Random } from '../lib/random.ts'

// Nothing that is mistaken for another when read aloud or from a screen: no 0 O D Q, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V.
const letters = '3479ACEFHJKMNPRTWXY'
const CODE_LENGTH = 8

/** A code that nobody has. */
export function newCode(random: Random, isTaken: (code: string) => boolean): string {
  for (;;) {
    const code = Array.from({ length: CODE_LENGTH }, () => random.pick([...letters])).join('')
    if (!isTaken(code)) return code
  }
}

/** The codes of a list that nobody has, beginning at a place and going round. */
export function* freshCodes(
  codes: readonly { key: string; code: string }[],
  start: number,
  isTaken: (key: string) => boolean,
): Generator<string, undefined> {
  for (let i = 0; i < codes.length; i++) {
    const next = codes[(start + i) % codes.length]
    if (next && !isTaken(next.key)) yield next.code
  }
  return undefined
}
