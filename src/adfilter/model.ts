// The learned part of the ad filter: a text becomes hashed pieces, the pieces' weights add up to a logit.
// What the weights were learned from and how well they do stands in README.md beside this file.
import { canonical, squeezeCanonical } from '../core/lib/text.ts'
import { soundGroups } from './sounds.ts'

/** Weights are looked up by the hash of a piece in a table of this size. */
export const bucketCount = 1 << 18

/** Weights as they ship: one byte each, to be multiplied by `scale`; `bias` is the logit of an empty text. */
export interface Model {
  readonly weights: Int8Array
  readonly scale: number
  readonly bias: number
}

/** Length of text, in distinct pieces, at which pieces count in full; see `damping`. */
const usualPieces = 60

/** What tells the pieces of words and of sounds from those of the shape. */
const meantSalt = 11
const soundSalt = 77

const kinds = kindTable()
const sounds = soundTable()

// Scratch space: which buckets the text at hand has used already, marked by a number that no earlier text had.
// One byte a bucket: four would not fit into the processor's cache, which costs more than wiping them every 255 texts.
const usedBy = new Uint8Array(bucketCount)
const scratch = new Int32Array(64 * 1024)
let turn = 0

/**
 * The distinct pieces of a text: one to three characters in a row, the same by sound (薇 and 威 sound alike), and the
 * same over the shape of the text as it came (汉汉, four digits, a sign, an emoji …).
 * @returns bucket numbers below `bucketCount`, each once
 */
export function pieces(text: string): Int32Array {
  const read = canonical(text)
  return piecesOf(read, squeezeCanonical(read))
}

/** The same of a text whose canonical and squeezed forms are at hand. */
export function piecesOf(read: string, squeezedText: string): Int32Array {
  nextTurn()
  const meant = unitsOf(squeezedText)
  let n = addSpoken(meant)
  n = addRuns(shapeOf(unitsOf(read)), 555, n)
  n = addRuns(shapeOf(meant), 999, n)
  n = add(mix(31337, Math.min(9, 32 - Math.clz32(meant.length))), n)
  return scratch.slice(0, n)
}

/** The pieces of what is said and how it sounds, without those of the shape, which many short texts share. */
export function spokenPieces(squeezedText: string): Int32Array {
  nextTurn()
  return scratch.slice(0, addSpoken(unitsOf(squeezedText)))
}

/** Long texts have many pieces; each then counts less, by the root of their number. */
export function damping(pieceCount: number): number {
  return Math.sqrt(usualPieces / (pieceCount + 1))
}

/** How much a text looks like an advertisement: natural logarithm of the odds, 0 is even. */
export function logit(model: Model, found: Int32Array): number {
  let sum = 0
  const { weights } = model
  // By index: iterating a typed array costs several times as much, and this is the innermost loop.
  for (let i = 0; i < found.length; i += 1) sum += weights[found[i] ?? 0] ?? 0
  return sum * model.scale * damping(found.length) + model.bias
}

/** The run of at most this many units is looked for, in this much of a text. */
const longestRun = 12
const searched = 512
/** The damping of a text of so many units, without its shape; a unit or two would count too much. */
const runDamping = (length: number): number => Math.min(2, damping(6 * length - 6))

/**
 * The words of a text that alone speak most for an advertisement: the run of units whose own pieces, each counted where it stands, weigh most.
 * @returns the run and its weight: the logit that it would add as a text by itself
 */
export function strongestRun(model: Model, squeezedText: string): { from: number; to: number; weight: number } {
  const meant = unitsOf(squeezedText.slice(0, searched))
  const readings = [
    { values: meant, salt: meantSalt },
    { values: soundsOf(meant), salt: soundSalt },
  ]
  // Weights of the pieces of one, two and three units that end at each place.
  const ending = [1, 2, 3].map(() => new Float32Array(meant.length))
  for (const { values, salt } of readings) {
    for (let i = 0; i < values.length; i += 1) {
      const [two = 0, one = 0, value = 0] = [values[i - 2], values[i - 1], values[i]]
      const hashes = [mix(salt, value), mix(mix(salt + 1, one), value), mix(mix(mix(salt + 2, two), one), value)]
      hashes.forEach((hash, n) => {
        const weights = ending[n]
        if (weights !== undefined && i >= n) weights[i] = (weights[i] ?? 0) + (model.weights[bucketOf(hash)] ?? 0)
      })
    }
  }
  let best = { from: 0, to: 0, weight: 0 }
  for (let from = 0; from < meant.length; from += 1) {
    let weight = 0
    for (let end = from; end < Math.min(from + longestRun, meant.length); end += 1) {
      for (let n = 0; n < 3 && end - n >= from; n += 1) weight += ending[n]?.[end] ?? 0
      const alone = weight * runDamping(end + 1 - from)
      if (alone > best.weight) best = { from, to: end + 1, weight: alone }
    }
  }
  return { ...best, weight: best.weight * model.scale }
}

/** Turns shipped weights into a model. */
export function unpackModel(packed: { base64: string; scale: number; bias: number }): Model {
  const bytes = Buffer.from(packed.base64, 'base64')
  if (bytes.length !== bucketCount) throw new Error(`ad model: ${bytes.length} weights, want ${bucketCount}`)
  return { weights: new Int8Array(bytes), scale: packed.scale, bias: packed.bias }
}

function nextTurn(): void {
  turn = (turn + 1) & 0xff
  if (turn > 0) return
  usedBy.fill(0)
  turn = 1
}

function addSpoken(meant: Uint16Array): number {
  return addRuns(soundsOf(meant), soundSalt, addRuns(meant, meantSalt, 0))
}

function soundsOf(meant: Uint16Array): Uint16Array {
  const sounding = new Uint16Array(meant.length)
  for (let i = 0; i < meant.length; i += 1) sounding[i] = sounds[meant[i] ?? 0] || (meant[i] ?? 0)
  return sounding
}

function bucketOf(hash: number): number {
  const h = Math.imul(hash ^ (hash >>> 13), 0x5bd1e995)
  return (h ^ (h >>> 15)) & (bucketCount - 1)
}

function add(hash: number, n: number): number {
  const bucket = bucketOf(hash)
  if (usedBy[bucket] === turn || n === scratch.length) return n
  usedBy[bucket] = turn
  scratch[n] = bucket
  return n + 1
}

function mix(hash: number, value: number): number {
  const h = Math.imul(hash ^ value, 0x9e3779b1)
  return h ^ (h >>> 15)
}

/** Adds every run of one, two and three values; 0 stands before the first and 1 after the last. */
function addRuns(values: Uint16Array, salt: number, from: number): number {
  let n = from
  let before = 0
  let last = 0
  for (let i = 0; i <= values.length; i += 1) {
    const value = values[i] ?? 1
    if (i < values.length) n = add(mix(salt, value), n)
    n = add(mix(mix(salt + 1, last), value), n)
    if (i > 0) n = add(mix(mix(mix(salt + 2, before), last), value), n)
    before = last
    last = value
  }
  return n
}

/** UTF-16 units with all digits made equal: which digits a contact has says nothing about the next one. */
function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length)
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    units[i] = unit >= 0x30 && unit <= 0x39 ? 0x30 : unit
  }
  return units
}

/** Runs of one kind of character, each with a class of its length, as one value a run. */
function shapeOf(units: Uint16Array): Uint16Array {
  const shape = new Uint16Array(units.length)
  let n = 0
  for (let i = 0; i < units.length;) {
    const kind = kindOf(units, i)
    let length = 0
    for (; i < units.length && kindOf(units, i) === kind; i += isHighSurrogate(units[i] ?? 0) ? 2 : 1) length += 1
    shape[n] = (kind << 3) | lengthClass(length)
    n += 1
  }
  return shape.subarray(0, n)
}

/** How a short text of Chinese characters sounds, without tones: texts of one sound are equal. */
export function soundKey(text: string): string {
  return String.fromCharCode(
    ...Array.from({ length: text.length }, (_, i) => sounds[text.charCodeAt(i)] || text.charCodeAt(i)),
  )
}

function lengthClass(length: number): number {
  if (length < 4) return length - 1
  return length < 6 ? 3 : length < 8 ? 4 : length < 12 ? 5 : 6
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function kindOf(units: Uint16Array, i: number): number {
  return kinds[units[i] ?? 0] ?? 0
}

/** Kinds of character: Chinese, digit, Latin letter, other letter, emoji; any other sign is a kind of its own. */
function kindTable(): Uint16Array {
  const table = new Uint16Array(0x10000)
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const one = String.fromCharCode(unit)
    if (unit >= 0xd800 && unit < 0xe000) table[unit] = unit >= 0xd840 && unit < 0xd880 ? 1 : 5
    else if (/\p{Script=Han}/u.test(one)) table[unit] = 1
    else if (unit >= 0x30 && unit <= 0x39) table[unit] = 2
    else if (unit >= 0x61 && unit <= 0x7a) table[unit] = 3
    else if (/\p{Extended_Pictographic}/u.test(one)) table[unit] = 5
    else if (/\p{L}/u.test(one)) table[unit] = 4
    else table[unit] = 8 + (unit & 0xfff)
  }
  return table
}

/** UTF-16 unit → number of its sound, above all units that are no Chinese characters; 0 for an unknown reading. */
function soundTable(): Uint16Array {
  const table = new Uint16Array(0x10000)
  soundGroups
    .trim()
    .split(/\s+/)
    .forEach((group, i) => {
      for (const one of group) table[one.charCodeAt(0)] = 0xe000 + i
    })
  return table
}
