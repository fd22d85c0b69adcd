// Did you mean: the known word that a misspelt one is closest to.
import { closest, distance } from 'fastest-levenshtein'
import { canonical } from './text.ts'

/** The closest of `known`, when it is close enough to be what was meant: two letters or a third wrong, none of two letters. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const plain = new Map(known.map((word) => [canonical(word), word]))
  if (plain.size === 0) return undefined
  const wanted = canonical(typed).slice(0, 100)
  const found = closest(wanted, [...plain.keys()])
  const wrong = distance(wanted, found)
  return wrong <=
    Math.max(wanted.length < 3 ? 0 : wanted.length < 4 ? 1 : 2, Math.floor(Math.max(wanted.length, found.length) / 3))
    ? plain.get(found)
    : undefined
}
