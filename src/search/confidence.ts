// How likely an entry of the library is the answer: the closeness of its wordings together with what a single pair cannot show, such
// as what the text says beyond the entry, how rare that is in this library, what kind of utterance it is, and which entry comes second.
import { factNames } from './closeness.ts'
import { common, heldIn, type Held, type Profile } from './profile.ts'
import type { Reading, Wording } from './reading.ts'
import type { Utterance } from './utterance.ts'
import { hiddenWeights, outWeights, rankWeights } from './weights.ts'

/** How many of `size` entries have a unit, or a word of a group. */
export interface Spread {
  readonly size: number
  ofUnit(unit: string): number
  ofGroup(group: number): number
  /** The entries that hold an expression; see profile.ts. */
  holders(expression: string): readonly string[] | undefined
}

/** An entry that may be meant, with its nearest wording. */
export interface Near {
  readonly id: string
  /** Logit of the closeness of that wording; see closeness.ts. */
  readonly logit: number
  readonly known: Wording
  /** The facts about that pair; see `factsOf`. */
  readonly pair: readonly number[]
  readonly profile: Profile
}

/** Facts by which entries are ranked, in the order of `rankFacts`. */
export const rankFactNames = [
  ...factNames,
  'logit',
  'covered',
  'coveredByLabels',
  'coveredByAnswer',
  'knownCovered',
  'meaning',
  'heaviestLeft',
  'left',
  'knownLeft',
  'coveredWeight',
  'sameAsk',
  'otherAsk',
  'heldShare',
  'sole',
  'soleElsewhere',
  'unheld',
] as const

/** 1 for what few entries have, near 0 for what all have. */
function rarity(have: number, size: number): number {
  return Math.log((size + 1) / (have + 0.5)) / Math.log((size + 1) / 0.5)
}

/** The text as one library sees it: made once and held against each entry. */
export interface Asked {
  readonly reading: Reading
  /** The weight of each distinct unit in this library, by its number. */
  readonly weights: Float64Array
  readonly total: number
  /** For each distinct unit, the groups of the words it stands in. */
  readonly senses: readonly (readonly number[])[]
  readonly groups: readonly { group: number; weight: number }[]
  readonly groupTotal: number
  /** Its expressions, and the entries that hold them. */
  readonly held: readonly Held[]
}

const nothing: readonly number[] = []

/** @param without an entry that is left out */
export function askedIn(spread: Spread, reading: Reading, without?: string): Asked {
  const { words, wordWeights, sequence, senses, groups } = reading
  const weights = new Float64Array(words.size)
  let total = 0
  for (const [word, number] of words) {
    const weight = (wordWeights[number] ?? 0) * (0.25 + 0.75 * rarity(spread.ofUnit(word), spread.size))
    weights[number] = weight
    total += weight
  }
  const bySense: (readonly number[])[] = new Array<readonly number[]>(words.size).fill(nothing)
  for (const sense of senses) {
    for (let place = sense.from; place < sense.to; place += 1) {
      const number = sequence[place] ?? -1
      const before = bySense[number] ?? nothing
      bySense[number] = before === nothing ? sense.groups : [...before, ...sense.groups]
    }
  }
  let groupTotal = 0
  const weighed = [...groups].map((group) => {
    const weight = rarity(spread.ofGroup(group), spread.size)
    groupTotal += weight
    return { group, weight }
  })
  const held = heldIn(reading, (expression) => spread.holders(expression), without)
  return { reading, weights, total, senses: bySense, groups: weighed, groupTotal, held }
}

/** Facts about a text and an entry, each about 0 to 1. */
export function rankFacts(asked: Asked, spread: Spread, { id, logit, known, pair, profile }: Near): number[] {
  const { reading, weights, senses } = asked
  let covered = 0
  let labelled = 0
  let answered = 0
  let heaviest = 0
  for (const [word, number] of reading.words) {
    const weight = weights[number] ?? 0
    const meanings = senses[number] ?? nothing
    if (profile.units.has(word)) covered += weight
    else if (meanings.some((group) => profile.groups.has(group))) covered += 0.8 * weight
    else if (profile.labelUnits.has(word)) labelled += weight
    else if (meanings.some((group) => profile.labelGroups.has(group))) labelled += 0.8 * weight
    else if (profile.answerUnits.has(word)) answered += weight
    else if (meanings.some((group) => profile.answerGroups.has(group))) answered += 0.6 * weight
    else heaviest = Math.max(heaviest, weight)
  }
  let knownCovered = 0
  let knownTotal = 0
  const knownWeights = weightsIn(spread, known)
  for (let place = 0; place < known.units.length; place += 1) {
    const weight = knownWeights[place] ?? 0
    if (weight === 0) continue
    knownTotal += weight
    if (reading.words.has(known.units[place] ?? '')) knownCovered += weight
    else if (isMeant(known, place, reading)) knownCovered += 0.8 * weight
  }
  let meaning = 0
  for (const { group, weight } of asked.groups) if (profile.groups.has(group)) meaning += weight
  const total = asked.total || 1
  const left = asked.total - covered - labelled - answered
  const both = reading.asks & known.asks
  return [
    ...pair,
    Math.max(logit, -12) / 10,
    covered / total,
    labelled / total,
    answered / total,
    knownCovered / (knownTotal || 1),
    meaning / (asked.groupTotal || 1),
    heaviest / 8,
    Math.log1p(Math.max(left, 0)) / 4,
    Math.log1p(Math.max(knownTotal - knownCovered, 0)) / 4,
    Math.log1p(covered) / 4,
    Number(both !== 0),
    Number(reading.asks !== 0 && known.asks !== 0 && both === 0),
    ...holding(asked.held, id),
  ]
}

/** How much of what is said an entry holds, and how much only it, only others, or none do. */
function holding(held: readonly Held[], id: string): number[] {
  let total = 0
  let here = 0
  let unheld = 0
  let sole = 0
  let elsewhere = 0
  for (const { weight, ids } of held) {
    total += weight
    if (ids === common) continue
    if (ids.length === 0) unheld += weight
    else if (!ids.includes(id)) elsewhere = Math.max(elsewhere, weight / ids.length)
    else {
      here += weight
      sole = Math.max(sole, weight / ids.length)
    }
  }
  return [here / (total || 1), sole / 8, elsewhere / 8, unheld / (total || 1)]
}

const weighed = new WeakMap<Wording, { spread: Spread; weights: Float64Array }>()

/** The weights of a wording's units in its library, each at its first place: made when it is first looked at closely. */
function weightsIn(spread: Spread, known: Wording): Float64Array {
  const before = weighed.get(known)
  if (before?.spread === spread) return before.weights
  const weights = Float64Array.from(known.units, (unit, place) => {
    const first = known.firstWeights[place] ?? 0
    return first === 0 ? 0 : first * (0.25 + 0.75 * rarity(spread.ofUnit(unit), spread.size))
  })
  weighed.set(known, { spread, weights })
  return weights
}

function isMeant(known: Wording, place: number, { groups }: Reading): boolean {
  return known.senses.some(
    (sense) => sense.from <= place && place < sense.to && sense.groups.some((group) => groups.has(group)),
  )
}

export function rankScore(facts: readonly number[], weights: readonly number[] = rankWeights): number {
  let score = 0
  for (let i = 0; i < facts.length; i += 1) score += (facts[i] ?? 0) * (weights[i] ?? 0)
  return score
}

/** Facts by which it is judged whether the library should speak at all, in the order of `confidenceFacts`. */
export const confidenceFactNames = [
  ...rankFactNames,
  'lead',
  'rivals',
  'size',
  'length',
  'short',
  'asksNot',
  'bare',
  'tells',
  'feels',
] as const

const feelings = new Set<Utterance>(['lament', 'praise', 'thanks', 'greeting', 'abuse'])

/**
 * @param facts of the entry; see `rankFacts`
 * @param score its rank score, and those of the others
 */
export function confidenceFacts(
  facts: readonly number[],
  score: number,
  others: readonly number[],
  { reading }: Asked,
  { size }: Spread,
  utterance: Utterance,
): number[] {
  let second = score - 6
  let rivals = 0
  for (const other of others) {
    second = Math.max(second, other)
    if (other > score - 1) rivals += 1
  }
  const length = reading.units.length
  return [
    ...facts,
    Math.max(-6, score - second) / 6,
    rivals / 6,
    Math.log(size + 1) / 8,
    Math.min(length, 30) / 30,
    1 / (length + 1),
    Number(reading.asks === 0),
    Number(utterance === 'bare' || utterance === 'request'),
    Number(utterance === 'statement' || utterance === 'report'),
    Number(feelings.has(utterance)),
  ]
}

const hidden = hiddenWeights.map((weights) => Float64Array.from(weights))
const out = Float64Array.from(outWeights)

/** Chance from 0 to 1, by a network of one hidden layer; its last weights are biases. */
export function confidence(facts: readonly number[]): number {
  const last = out.length - 1
  let logit = out[last] ?? 0
  for (const [unit, weights] of hidden.entries()) {
    let sum = weights[facts.length] ?? 0
    for (let i = 0; i < facts.length; i += 1) sum += (facts[i] ?? 0) * (weights[i] ?? 0)
    logit += Math.tanh(sum) * (out[unit] ?? 0)
  }
  return 1 / (1 + Math.exp(-logit))
}
