// Trains the ad filter and writes its weights: `npx tsx scripts/train-ads.ts <folder of the labelled texts>`.
import { writeFileSync } from 'node:fs'
import { shippedGroups } from '../src/features/moderation/groups.ts'
import { prepare, signals } from '../src/adfilter/signals.ts'
import type { Example } from './ads/data.ts'
import { trainingTexts } from './ads/texts.ts'
import { pack, train } from './ads/trainer.ts'
import { crossValidate, exceededBy, highestGoodThreshold, type Unseen } from './ads/validate.ts'

/** In the sure zone at most this share of ordinary chat (a part of which is mislabelled) and of questions. */
const mostChatSure = 0.01
const mostQuestionsSure = 0.00023

/** Whatever the shares say: a text with a lower total is not much likelier an advertisement than not. */
const leastSure = 0.5

const folder = process.argv[2]
if (folder === undefined) throw new Error('usage: npx tsx scripts/train-ads.ts <folder>')
const examples = trainingTexts(folder)

const watch = prepare({
  keywords: shippedGroups.map((group) => ({ ...group, weight: 1 })),
  patterns: [],
  domains: [],
  own: [],
})
const contactNames = ['wechat', 'qq', 'phone', 'telegram', 'number', 'link']
const names = [...contactNames, ...shippedGroups.map((group) => `words:${group.name}`)]
const firedBy = new Map(examples.map((example) => [example, fired(example)]))

const unseen = crossValidate(examples)
const fitted = fit(unseen.filter(({ example }) => example.source === 'chat'))
const total = (example: Unseen): number =>
  example.logit + (firedBy.get(example.example) ?? []).reduce((sum, i) => sum + (fitted.weights[i] ?? 0), 0)
const totals = (wanted: (example: Example) => boolean): number[] =>
  unseen.filter(({ example }) => wanted(example)).map(total)
const chatAds = totals(({ source, ad }) => source === 'chat' && ad)
const chatClean = totals(({ source, ad }) => source === 'chat' && !ad)
// A human is asked about the unsure zone, so it begins as late as F1 hardly suffers.
const unsure = highestGoodThreshold(chatAds, chatClean, 0.03)
const sure = Math.max(
  leastSure,
  exceededBy(chatClean, mostChatSure),
  exceededBy(
    totals(({ source }) => source === 'question'),
    mostQuestionsSure,
  ),
)

const model = pack(train(examples))
const weightOf = (name: string): number => round(fitted.weights[names.indexOf(name)] ?? 0)
const base64 = Buffer.from(model.weights).toString('base64')
const written = `// Written by scripts/train-ads.ts; README.md beside this file says from what and how well.

/** Lowest totals (logits) of the two zones above clean. */
export const zones = { unsure: ${round(unsure)}, sure: ${round(sure)} } as const

/** Total → logit of the true share of advertisements in the chats measured. */
export const calibration = { slope: ${round(fitted.slope)}, offset: ${round(fitted.offset)} } as const

/** What contacts and links add to the model's logit. */
export const textWeights = {
${contactNames.map((name) => `  ${name}: ${weightOf(name)},`).join('\n')}
} as const

/** What the shipped groups of words add. */
export const groupWeights: Readonly<Record<string, number>> = {
${shippedGroups.map(({ name }) => `  ${name}: ${weightOf(`words:${name}`)},`).join('\n')}
}

export const packedModel = {
  scale: ${model.scale},
  bias: ${model.bias},
  base64:
    '${base64}',
} as const
`
writeFileSync(new URL('../src/adfilter/weights.ts', import.meta.url), written)
console.log(written.slice(0, written.indexOf('export const packedModel')))

/** Which of the named signals a text sets off, as places in \`names\`. */
function fired({ text }: Example): number[] {
  return signals(watch, { text }).flatMap(({ name }) => (names.includes(name) ? [names.indexOf(name)] : []))
}

/**
 * Fits slope and offset of the model's logit and a weight for each signal by plain gradient descent. A signal that
 * speaks against an advertisement gets no weight: the model has counted its words already.
 */
function fit(known: readonly Unseen[]): { slope: number; offset: number; weights: number[] } {
  let slope = 1
  let offset = 0
  const weights = names.map(() => 0)
  const shrink = 2e-4
  for (let step = 0; step < 1500; step += 1) {
    let bySlope = 0
    let byOffset = 0
    const byWeight = names.map(() => 0)
    for (const entry of known) {
      const places = firedBy.get(entry.example) ?? []
      const logit = slope * entry.logit + offset + places.reduce((sum, i) => sum + (weights[i] ?? 0), 0)
      const error = 1 / (1 + Math.exp(-logit)) - (entry.example.ad ? 1 : 0)
      bySlope += error * entry.logit
      byOffset += error
      for (const i of places) byWeight[i] = (byWeight[i] ?? 0) + error
    }
    slope -= (0.05 * bySlope) / known.length
    offset -= (0.5 * byOffset) / known.length
    for (const [i, gradient] of byWeight.entries()) {
      const weight = weights[i] ?? 0
      weights[i] = Math.max(0, weight - 5 * (gradient / known.length + shrink * weight))
    }
  }
  return { slope, offset, weights: weights.map((weight) => weight / slope) }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
