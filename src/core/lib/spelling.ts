// Did you mean: the known word that a misspelt one is closest to.
import { closest, distance } from 'fastest-levenshtein'
import { canonical } from './text.ts'

const number = /[\d一二三四五六七八九十百]+/gu

/**
 * The closest of `known`, when it is close enough to be what was meant: two letters or a third wrong. What differs in a
 * number only (一群, 二群) is something else.
 */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const plain = new Map(known.map((word) => [canonical(word), word]))
  if (plain.size === 0) return undefined
  const wanted = canonical(typed).slice(0, 100)
  const found = closest(wanted, [...plain.keys()])
  if (wanted !== found && wanted.replace(number, '#') === found.replace(number, '#')) return undefined
  const wrong = distance(wanted, found)
  return wrong <= Math.max(wanted.length < 4 ? 1 : 2, Math.floor(Math.max(wanted.length, found.length) / 3))
    ? plain.get(found)
    : undefined
}
