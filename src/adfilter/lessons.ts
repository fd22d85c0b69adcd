// What the admins teach: decided cases, kept as plain records, that move the score of similar texts at once.
// The learned model itself never changes, so a lesson taken away leaves no trace.
import { squeezed } from '../core/lib/text.ts'
import { spokenPieces } from './model.ts'

/** One decided text. Holds no words of it, only the smallest hashes of its pieces. */
export interface Lesson {
  /** True: an advertisement (`/ok`, `/ad`). False: none (`/undo`, `/trust`). */
  readonly ad: boolean
  /** Bucket numbers, ascending, at most `sketchSize`. */
  readonly sketch: readonly number[]
}

/** Enough that similarity is off by less than 0.1 most of the time (its error is about half the root of 1 / size). */
export const sketchSize = 64

/** Logit that a lesson moves its own text by: more than the model is ever sure of. */
const fullShift = 12
/** Texts less alike than this have merely the language in common. */
const leastSimilarity = 0.3

/** What is remembered of a decided text. */
export function lesson(text: string, ad: boolean): Lesson {
  return { ad, sketch: sketchOf(squeezed(text)) }
}

/** Lessons made ready for looking up. */
export interface Taught {
  /**
   * How far the lessons move the logit of a text, given in its squeezed form: up for one like a known advertisement, down for one like a text that was
   * none. The nearest lesson of each kind decides.
   */
  shift(squeezedText: string): number
}

/** Makes lessons ready; takes about a millisecond for a thousand. The result does not depend on their order. */
export function teach(lessons: Iterable<Lesson>): Taught {
  const all = [...lessons]
  const holders = new Map<number, number[]>()
  all.forEach((one, i) => {
    for (const bucket of one.sketch) {
      const holding = holders.get(bucket)
      if (holding === undefined) holders.set(bucket, [i])
      else holding.push(i)
    }
  })
  return {
    shift(squeezedText) {
      if (all.length === 0) return 0
      const sketch = sketchOf(squeezedText)
      const shared = new Map<number, number>()
      for (const bucket of sketch) for (const i of holders.get(bucket) ?? []) shared.set(i, (shared.get(i) ?? 0) + 1)
      let nearestAd = 0
      let nearestClean = 0
      for (const [i, n] of shared) {
        const one = all[i]
        // The similarity cannot exceed this share, so most lessons need no closer look.
        if (one === undefined || n < leastSimilarity * Math.max(sketch.length, one.sketch.length)) continue
        const alike = similarity(sketch, one.sketch)
        if (one.ad) nearestAd = Math.max(nearestAd, alike)
        else nearestClean = Math.max(nearestClean, alike)
      }
      return fullShift * (strength(nearestAd) - strength(nearestClean))
    },
  }
}

function strength(alike: number): number {
  return alike < leastSimilarity ? 0 : alike * alike
}

function sketchOf(squeezedText: string): number[] {
  return [...spokenPieces(squeezedText)].sort((a, b) => a - b).slice(0, sketchSize)
}

/** Jaccard similarity, estimated from the smallest hashes of the union (Broder 1997, bottom-k sketches). */
function similarity(a: readonly number[], b: readonly number[]): number {
  let i = 0
  let j = 0
  let seen = 0
  let common = 0
  while (seen < sketchSize && (i < a.length || j < b.length)) {
    const left = a[i] ?? Number.POSITIVE_INFINITY
    const right = b[j] ?? Number.POSITIVE_INFINITY
    if (left === right) common += 1
    if (left <= right) i += 1
    if (right <= left) j += 1
    seen += 1
  }
  return seen === 0 ? 0 : common / seen
}
