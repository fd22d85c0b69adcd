// Logistic regression over the filter's own pieces, and packing the result into one byte a weight.
import { bucketCount, damping, pieces, type Model } from '../../src/adfilter/model.ts'
import { foldOf, type Example } from './data.ts'
import { chanceFor, homophones } from './rewrites.ts'

/** How much an example of each set counts: texts from chats are what the filter will meet. */
const weightOf: Readonly<Record<string, number>> = {
  chat: 1,
  sms: 0.1,
  fbs: 0.03,
  question: 0.5,
  everyday: 1,
  clean: 0.5,
  noise: 0.5,
  'made up': 1,
}
const rewrittenWeight = 0.5
const epochs = 3
const rate = 0.15
/** Start from this share of the naive Bayes log ratios instead of zero: rare pieces then count from the first day. */
const bayesStart = 0.05
const shrink = 1e-4
/** Texts that every piece is taken to have been seen in already, ads and others as in all of them. */
const smoothing = 2

interface Row {
  readonly found: Int32Array
  /** 1 for an advertisement, 0 for none, between them for what can be either. */
  readonly ad: number
  readonly weight: number
}

/** Weights before packing. */
export interface Trained {
  readonly weights: Float32Array
  readonly bias: number
}

const rewrite = homophones(0.3)
const known = new Map<string, Int32Array>()
function piecesOf(text: string): Int32Array {
  let found = known.get(text)
  if (found === undefined) known.set(text, (found = pieces(text)))
  return found
}

/** Examples as they are, and ads once more (other texts: one in four) with a third of the characters misspelled by sound. */
function rowsOf(examples: readonly Example[]): Row[] {
  return examples.flatMap((example) => {
    const ad = example.share ?? (example.ad ? 1 : 0)
    const weight = weightOf[example.source] ?? 1
    const row: Row = { found: piecesOf(example.text), ad, weight }
    if (!example.ad && foldOf(example.text, 4) > 0) return [row]
    const misspelled = rewrite(example.text, chanceFor(example.text, 991))
    return [row, { found: piecesOf(misspelled), ad, weight: weight * rewrittenWeight }]
  })
}

/** Trains by AdaGrad; the same examples in the same order give the same weights. */
export function train(examples: readonly Example[]): Trained {
  // Half of the questions do: there are more of them than of everything else.
  const rows = rowsOf(examples.filter(({ source, text }) => source !== 'question' || foldOf(`half ${text}`, 2) === 0))
  const weights = bayesWeights(rows)
  const squares = new Float32Array(bucketCount).fill(1)
  let bias = 0
  let biasSquares = 1
  const chance = chanceFor('order of rows', 1)
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(rows, chance)
    for (const { found, ad, weight } of rows) {
      const k = damping(found.length)
      let sum = 0
      for (const bucket of found) sum += weights[bucket] ?? 0
      const error = (1 / (1 + Math.exp(-(sum * k + bias))) - ad) * weight
      for (const bucket of found) {
        const gradient = error * k + shrink * (weights[bucket] ?? 0) * Math.abs(error)
        squares[bucket] = (squares[bucket] ?? 1) + gradient * gradient
        weights[bucket] = (weights[bucket] ?? 0) - (rate / Math.sqrt(squares[bucket] ?? 1)) * gradient
      }
      biasSquares += error * error
      bias -= (rate / Math.sqrt(biasSquares)) * error
    }
  }
  return { weights, bias }
}

function bayesWeights(rows: readonly Row[]): Float32Array {
  const clean = new Float32Array(bucketCount)
  const ads = new Float32Array(bucketCount)
  const totals = { clean: 1, ads: 1 }
  for (const { found, ad, weight } of rows) {
    totals.clean += weight * (1 - ad)
    totals.ads += weight * ad
    for (const bucket of found) {
      clean[bucket] = (clean[bucket] ?? 0) + weight * (1 - ad)
      ads[bucket] = (ads[bucket] ?? 0) + weight * ad
    }
  }
  const share = totals.ads / (totals.ads + totals.clean)
  const prior = Math.log(totals.ads / totals.clean)
  // The smoothing term stands in the ratio of the prior: a piece that no text had weighs exactly nothing.
  return ads.map(
    (n, bucket) =>
      bayesStart * (Math.log((n + smoothing * share) / ((clean[bucket] ?? 0) + smoothing * (1 - share))) - prior),
  )
}

function shuffle<T>(list: T[], chance: () => number): void {
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = Math.floor(chance() * (i + 1))
    const [a, b] = [list[i], list[j]]
    if (a !== undefined && b !== undefined) [list[i], list[j]] = [b, a]
  }
}

/** One byte a weight; the largest thousandth is clipped so that the small ones keep their differences. */
export function pack({ weights, bias }: Trained): Model {
  const sizes = Float32Array.from(weights, Math.abs).sort()
  const scale = (sizes[Math.floor(sizes.length * 0.9995)] ?? 1) / 127
  const bytes = Int8Array.from(weights, (w) => Math.max(-127, Math.min(127, Math.round(w / scale))))
  return { weights: bytes, scale, bias }
}
