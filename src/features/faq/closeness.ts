// How likely one text is answered by what answers another: facts about the pair, weighed by a learned linear model.
import { readLength, type Reading, type Wording } from './reading.ts'
import { bias, factWeights } from './weights.ts'

/** Units of each text that are compared in order; bounds the work per pair. */
export const orderedLength = 48

/** Number of a unit that the question does not have. */
const none = -1

/** What is looked at in a pair of texts, in the order of `factsTo`. */
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
 * Reads a question once to compare it with many wordings.
 * @param asked what somebody said
 * @returns facts about the question and a wording in the library, each about 0 to 1; each answer is a new list
 */
export function factsTo(asked: Reading): (known: Wording) => number[] {
  const inCommon = commonWith(asked)
  return (known) => {
    const { weight, wordWeight, squares, order } = inCommon(known)
    const askedLength = asked.units.length
    const knownLength = known.units.length
    return [
      squares / (asked.norm * known.norm),
      wordWeight / (asked.distinct || 1),
      wordWeight / (known.distinct || 1),
      Math.log1p(weight) / 5,
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
}

/**
 * Chance from 0 to 1 that a wording has the answer to a question; 1 when they read the same. It depends on these two texts alone.
 * @param asked read once to be compared with many wordings
 */
export function closenessTo(asked: Reading): (known: Wording) => number {
  const factsWith = factsTo(asked)
  return (known) => {
    if (asked.key === known.key) return 1
    const facts = factsWith(known)
    let logit = bias
    for (let i = 0; i < facts.length; i += 1) logit += (facts[i] ?? 0) * (factWeights[i] ?? 0)
    return 1 / (1 + Math.exp(-logit))
  }
}

/** What both texts have. Units of the question go by number from here on: comparing strings is what takes the time. */
function commonWith(asked: Reading) {
  const words = Float64Array.from(asked.words.values())
  const pairs = Float64Array.from(asked.pairs.values())
  const wordNumbers = new Map<string, number>()
  for (const word of asked.words.keys()) wordNumbers.set(word, wordNumbers.size)
  const sequence = Int16Array.from(asked.units, (unit) => wordNumbers.get(unit) ?? none)
  /** Numbers of two neighbours, as one → number of the pair. */
  const pairNumbers = new Map<number, number>()
  for (let i = 1; i < sequence.length; i += 1) {
    const both = neighbours(sequence[i - 1] ?? none, sequence[i] ?? none)
    if (!pairNumbers.has(both)) pairNumbers.set(both, pairNumbers.size)
  }
  // Written anew for each wording.
  const hasWord = new Uint8Array(words.length)
  const hasPair = new Uint8Array(pairs.length)
  const columns = new Int16Array(readLength)
  const heaviest = new Float64Array(orderedLength + 1)

  return (known: Wording) => {
    hasWord.fill(0)
    hasPair.fill(0)
    const length = known.units.length
    let before = none
    for (let i = 0; i < length; i += 1) {
      const word = wordNumbers.get(known.units[i] ?? '') ?? none
      columns[i] = word
      if (word !== none) {
        hasWord[word] = 1
        const pair = before === none ? undefined : pairNumbers.get(neighbours(before, word))
        if (pair !== undefined) hasPair[pair] = 1
      }
      before = word
    }
    const ofWords = weigh(words, hasWord)
    const ofPairs = weigh(pairs, hasPair)
    return {
      wordWeight: ofWords.weight,
      weight: ofWords.weight + ofPairs.weight,
      squares: ofWords.squares + ofPairs.squares,
      order: inOrder(Math.min(length, orderedLength)),
    }
  }

  /** Weight of the heaviest common subsequence of units, of which `width` are in `columns`. */
  function inOrder(width: number): number {
    heaviest.fill(0)
    for (let i = 0; i < sequence.length && i < orderedLength; i += 1) {
      const word = sequence[i] ?? none
      // A unit that the wording does not have changes nothing.
      if (hasWord[word] !== 1) continue
      const weight = words[word] ?? 0
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
}

function neighbours(left: number, right: number): number {
  return left * readLength + right
}

/** Weight, and sum of squared weights, of what both have. */
function weigh(weights: Float64Array, has: Uint8Array) {
  let weight = 0
  let squares = 0
  for (let i = 0; i < weights.length; i += 1) {
    if (has[i] !== 1) continue
    const one = weights[i] ?? 0
    weight += one
    squares += one * one
  }
  return { weight, squares }
}
