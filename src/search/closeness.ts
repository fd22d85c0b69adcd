// How likely one text is answered by what answers another: facts about the pair, weighed by a learned linear model.
import { neighbours, type Reading, type Wording } from './reading.ts'
import { readLength } from './units.ts'
import { bias, factWeights } from './weights.ts'

/** Units of each text that are compared in order; bounds the work per pair. */
export const orderedLength = 48

/** Number of a unit that the question does not have. */
const none = -1

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
export function factsOf(asked: Reading, known: Wording): number[] {
  markCommon(asked, known)
  let wordWeight = 0
  let wordSquares = 0
  for (let i = 0; i < asked.wordWeights.length; i += 1) {
    if (hasWord[i] !== 1) continue
    const weight = asked.wordWeights[i] ?? 0
    wordWeight += weight
    wordSquares += weight * weight
  }
  let pairWeight = 0
  let pairSquares = 0
  for (let i = 0; i < asked.pairs.length; i += 1) {
    if (hasPair[i] !== 1) continue
    const weight = asked.pairs[i]?.weight ?? 0
    pairWeight += weight
    pairSquares += weight * weight
  }
  const askedLength = asked.units.length
  const knownLength = known.units.length
  const order = orderInCommon(asked, Math.min(knownLength, orderedLength))
  return [
    (wordSquares + pairSquares) / (asked.norm * known.norm),
    (wordWeight + otherwise(asked, known, (place) => hasWord[asked.sequence[place] ?? none] === 1)) /
      (asked.distinct || 1),
    (wordWeight + otherwise(known, asked, (place) => columns[place] !== none)) / (known.distinct || 1),
    Math.log1p(wordWeight + pairWeight) / 5,
    order / (asked.total || 1),
    order / (known.total || 1),
    Math.min(askedLength, knownLength) / (Math.max(askedLength, knownLength) || 1),
    2 / (askedLength + 1),
    2 / (knownLength + 1),
    Number(asked.denies !== known.denies),
    Number(asked.asks !== 0 && known.asks === 0),
    Number(asked.asks === 0 && known.asks !== 0),
    Number(asked.asks !== 0 && known.asks !== 0 && (asked.asks & known.asks) === 0),
    Number((asked.asks & known.asks) !== 0),
  ]
}

/** Logit of the chance that one text has the answer to the other, from the facts about the two. It depends on them alone. */
export function closeness(facts: readonly number[]): number {
  let logit = bias
  for (let i = 0; i < facts.length; i += 1) logit += (facts[i] ?? 0) * (factWeights[i] ?? 0)
  return logit
}

// Scratch arrays, overwritten for each pair: allocating them each time took as long as the comparison.
/** Which words and pairs of the question the wording has: 1 for yes. */
const hasWord = new Uint8Array(readLength)
const hasPair = new Uint8Array(readLength)
/** The units of the wording, by their numbers in the question. */
const columns = new Int16Array(readLength)
const heaviest = new Float64Array(orderedLength + 1)

function markCommon(asked: Reading, known: Wording): void {
  hasWord.fill(0, 0, asked.wordWeights.length)
  hasPair.fill(0, 0, asked.pairs.length)
  let before = none
  for (let i = 0; i < known.units.length; i += 1) {
    const word = asked.words.get(known.units[i] ?? '') ?? none
    columns[i] = word
    if (word !== none) {
      hasWord[word] = 1
      const place = before === none ? undefined : asked.pairPlaces.get(neighbours(before, word))
      if (place !== undefined) hasPair[place] = 1
    }
    before = word
  }
}

/** Weight of what one text has and the other says in another word. */
function otherwise(one: Wording, other: Wording, isShared: (place: number) => boolean): number {
  let weight = 0
  if (other.groups.size === 0) return weight
  // Words may overlap: what lies before this place is counted.
  let counted = 0
  for (const { groups, from, to } of one.senses) {
    if (!groups.some((group) => other.groups.has(group))) continue
    for (let place = Math.max(from, counted); place < to; place += 1)
      if (!isShared(place)) weight += one.firstWeights[place] ?? 0
    counted = Math.max(counted, to)
  }
  return weight
}

/** Weight of the heaviest common subsequence of units, of which the first `width` of `columns` are looked at. */
function orderInCommon({ sequence, wordWeights }: Reading, width: number): number {
  heaviest.fill(0)
  for (let i = 0; i < sequence.length && i < orderedLength; i += 1) {
    const word = sequence[i] ?? none
    // A unit that the wording does not have changes nothing.
    if (hasWord[word] !== 1) continue
    const weight = wordWeights[word] ?? 0
    let left = 0
    let diagonal = 0
    for (let j = 0; j < width; j += 1) {
      const skipped = heaviest[j + 1] ?? 0
      if (columns[j] === word) left = diagonal + weight
      else if (skipped > left) left = skipped
      heaviest[j + 1] = left
      diagonal = skipped
    }
  }
  return heaviest[width] ?? 0
}
