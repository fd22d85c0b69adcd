// Cross-validation: every text is scored by a model that has seen neither it nor its campaign.
import { logit, pieces, type Model } from '../../src/adfilter/model.ts'
import { families, foldOf, type Example } from './data.ts'
import { pack, train } from './trainer.ts'

export const folds = 4

/** Sets whose texts come in families of one campaign. */
const labelled: ReadonlySet<string> = new Set(['chat', 'sms', 'fbs'])

/** A text with the model that has not seen its family. */
export interface Unseen {
  readonly example: Example
  readonly model: Model
  readonly logit: number
}

/**
 * Deals the texts into folds and trains a packed model for each fold on the other ones.
 * @param by whole families of campaigns, or each text by itself, as other messages of the same chats would be
 */
export function crossValidate(examples: readonly Example[], by: 'family' | 'text' = 'family'): Unseen[] {
  const family = by === 'family' ? families(examples) : []
  const fold = examples.map((example, i) =>
    foldOf(by === 'text' || !labelled.has(example.source) ? example.text : (family[i] ?? i), folds),
  )
  return Array.from({ length: folds }, (_, k) => k).flatMap((k) => {
    const model = pack(train(examples.filter((_, i) => fold[i] !== k)))
    return examples
      .filter((_, i) => fold[i] === k)
      .map((example) => ({ example, model, logit: logit(model, pieces(example.text)) }))
  })
}

/** Share of the values that reach the threshold, in per cent; NaN of none. */
export function share(values: readonly number[], threshold: number): number {
  return (values.filter((value) => value >= threshold).length / values.length) * 100
}

/** The value that only this share (0 to 1) of the values exceeds. */
export function exceededBy(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => b - a)
  return sorted[Math.floor(sorted.length * part)] ?? Number.POSITIVE_INFINITY
}

/**
 * The highest threshold whose F1 is at most `slack` per cent below the best: between nearly equal ones the one that
 * bothers people least.
 */
export function highestGoodThreshold(ads: readonly number[], clean: readonly number[], slack: number): number {
  const thresholds = Array.from({ length: 200 }, (_, i) => -5 + i * 0.05)
  const f1s = thresholds.map((threshold) => f1At(ads, clean, threshold).f1)
  const enough = Math.max(...f1s) - slack
  return thresholds.findLast((_, i) => (f1s[i] ?? 0) >= enough) ?? 0
}

/** Precision, recall and F1 of calling everything from the threshold on an advertisement, in per cent. */
export function f1At(
  ads: readonly number[],
  clean: readonly number[],
  threshold: number,
): { precision: number; recall: number; f1: number } {
  const hits = ads.filter((value) => value >= threshold).length
  const wrong = clean.filter((value) => value >= threshold).length
  const precision = (hits / (hits + wrong)) * 100
  const recall = (hits / ads.length) * 100
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) }
}
