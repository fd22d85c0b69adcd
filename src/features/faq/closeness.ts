// How likely one text is answered by what answers another: facts about the pair, weighed by a learned linear model.
import type { Reading } from './reading.ts'
import { bias, factWeights } from './weights.ts'

/** Units of each text that are compared in order; bounds the work per pair. */
export const orderedLength = 48

/** What is looked at in a pair of texts, in the order of `factsOf`. */
export const factNames = [
  'cosine',
  'shareOfAsked',
  'shareOfKnown',
  'weightInCommon',
  'orderOfAsked',
  'orderOfKnown',
  'lengthRatio',
  'askedIsShort',
  'knownIsShort',
  'oneDenies',
  'onlyAskedAsks',
  'onlyKnownAsks',
  'askOtherThings',
  'askTheSame',
] as const

/**
 * Facts about a pair, each about 0 to 1.
 * @param asked what somebody said
 * @param known a wording in the library
 */
export function factsOf(asked: Reading, known: Reading): number[] {
  const words = inCommon(asked.words, known.words)
  const pairs = inCommon(asked.pairs, known.pairs)
  const lengths = [asked.units.length, known.units.length] as const
  const order = orderInCommon(asked, known)
  return [
    (words.squares + pairs.squares) / (asked.norm * known.norm),
    words.weight / (asked.distinct || 1),
    words.weight / (known.distinct || 1),
    Math.log1p(words.weight + pairs.weight) / 5,
    order / (asked.total || 1),
    order / (known.total || 1),
    Math.min(...lengths) / (Math.max(...lengths) || 1),
    2 / (lengths[0] + 1),
    2 / (lengths[1] + 1),
    Number(asked.denies !== known.denies),
    Number(asked.asks !== 0 && known.asks === 0),
    Number(asked.asks === 0 && known.asks !== 0),
    Number(asked.asks !== 0 && known.asks !== 0 && (asked.asks & known.asks) === 0),
    Number((asked.asks & known.asks) !== 0),
  ]
}

/** Chance from 0 to 1 that `known` has the answer to `asked`; 1 when they read the same. It depends on these two texts alone. */
export function closeness(asked: Reading, known: Reading): number {
  if (asked.key === known.key) return 1
  let logit = bias
  for (const [i, fact] of factsOf(asked, known).entries()) logit += fact * (factWeights[i] ?? 0)
  return 1 / (1 + Math.exp(-logit))
}

/** Weight, and sum of squared weights, of what both have. */
function inCommon(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>) {
  const both = { weight: 0, squares: 0 }
  for (const [gram, weight] of one) {
    if (!other.has(gram)) continue
    both.weight += weight
    both.squares += weight * weight
  }
  return both
}

/** Weight of the heaviest common subsequence of units. */
function orderInCommon(asked: Reading, known: Reading): number {
  const columns = known.units.slice(0, orderedLength)
  let above = new Float64Array(columns.length + 1)
  let row = new Float64Array(columns.length + 1)
  for (const [i, unit] of asked.units.slice(0, orderedLength).entries()) {
    const weight = asked.weights[i] ?? 0
    for (let j = 0; j < columns.length; j += 1) {
      const left = row[j] ?? 0
      const skipped = above[j + 1] ?? 0
      row[j + 1] = columns[j] === unit ? (above[j] ?? 0) + weight : Math.max(left, skipped)
    }
    ;[above, row] = [row, above]
  }
  return above[columns.length] ?? 0
}
