// What embeddings say about which entry is meant, joined with what the words say. Services differ in how near they put texts that have
// nothing in common, so the scale is found in the library itself.
import { sureAtMost } from './ranker.ts'

/** Cosines of wordings of two entries and, as far as there are such, of the same entry. */
export interface Scale {
  /** Of a wording and the nearest of another entry: the mean and the deviation. */
  readonly other: number
  readonly deviation: number
  /** The mean of two wordings that ask the same. */
  readonly same: number
}

/** How far entries are likelier or less likely to be meant, as logits. */
export interface Meaning {
  /** Entries by their ids. */
  readonly odds: ReadonlyMap<string, number>
  /** Of all other entries. */
  readonly least: number
}

/** So far on the way from other questions to the same words lie other words for the same question, until the library says otherwise. */
const usualSame = 0.4
/** The number of pairs of wordings that weighs as much as the prior. */
const usualCounts = 8
const leastDeviation = 0.02
/** The most that a meaning can say; beyond, the tails of the two are no more known. */
const mostOdds = 5.5
/** The least: a service whose vectors are worth little must not take away what the words have found. */
const leastOdds = -2.5
/** The chance of an entry of which the text has no word. */
const wordless = 0.015

/**
 * @param others the cosine of each wording and the nearest of another entry
 * @param same cosines of pairs of wordings of one entry
 */
export function scaleOf(others: readonly number[], same: readonly number[]): Scale {
  const other = mean(others)
  const deviation = Math.max(leastDeviation, Math.sqrt(mean(others.map((each) => (each - other) ** 2))))
  const usual = other + usualSame * (1 - other)
  const found = (usual * usualCounts + mean(same) * same.length) / (usualCounts + same.length)
  return { other, deviation, same: Math.max(found, other + deviation) }
}

/** How much likelier this cosine is between a text and the entry it means than with another: two normal distributions of one width. */
export function oddsOf(cosine: number, { other, same, deviation }: Scale): number {
  const odds = ((cosine - (same + other) / 2) * (same - other)) / deviation ** 2
  return Math.max(leastOdds, Math.min(mostOdds, odds))
}

/** The chance of an entry by its words and its meaning. @param chance by the words; undefined: it shares none */
export function joined(chance: number | undefined, odds: number): number {
  const before = Math.min(sureAtMost, Math.max(wordless, chance ?? wordless))
  return Math.min(sureAtMost, 1 / (1 + Math.exp(-(Math.log(before / (1 - before)) + odds))))
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
