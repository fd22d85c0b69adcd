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
  const inAsked = overlap(asked, known)
  const inKnown = overlap(known, asked)
  let pairs = 0
  let pairSquares = 0
  for (const [pair, weight] of asked.pairs) {
    if (!known.pairs.has(pair)) continue
    pairs += weight
    pairSquares += weight * weight
  }
  const lengths = [asked.units.length, known.units.length] as const
  const order = orderInCommon(asked, known)
  return [
    (inAsked.squares + pairSquares) / (asked.norm * known.norm),
    inAsked.common / (inAsked.all || 1),
    inKnown.common / (inKnown.all || 1),
    Math.log1p(inAsked.common + pairs) / 5,
    order / (sum(asked.weights) || 1),
    order / (sum(known.weights) || 1),
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

/** How much of `one` is also in `other`: its weight in all and in common. */
function overlap(one: Reading, other: Reading) {
  const seen = { all: 0, common: 0, squares: 0 }
  for (const [unit, weight] of one.words) {
    seen.all += weight
    if (other.words.has(unit)) {
      seen.common += weight
      seen.squares += weight * weight
    }
  }
  return seen
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

function sum(values: readonly number[]): number {
  return values.reduce((so, value) => so + value, 0)
}
