// Finds the wordings of the answer library that are nearest to what somebody said. Pure; an index is built once and only read.
import { closeness } from './closeness.ts'
import { read, type Reading, type Wording } from './reading.ts'

/**
 * A text scoring at least this is answered without being asked. 1 % of ordinary chat scores 0.25 in the least favourable library
 * measured (500 entries of small talk) and 0.1 in one of plain questions; see scripts/train-faq.ts check.
 */
export const answerThreshold = 0.25
/** The same when the bot is addressed: most of what is said to it is a question, and a near miss costs little. */
export const addressedThreshold = 0.12

/** What the ranker needs of an entry. */
export interface Phrased {
  readonly id: string
  /** The question and its other wordings. */
  readonly phrasings: readonly string[]
}

export interface Hit {
  readonly id: string
  /** Chance from 0 to 1 that this entry is the answer; 1 when a wording reads the same. */
  readonly score: number
  /** The wording that came nearest. */
  readonly phrasing: string
}

interface Indexed {
  readonly id: string
  readonly phrasing: string
  readonly reading: Wording
}

/** Places of wordings, ascending: those that have a unit, and those that have it before another. */
interface Posting {
  readonly all: Uint32Array
  readonly before: ReadonlyMap<string, Uint32Array>
}

/** An inverted index over the wordings. */
export interface Index {
  readonly wordings: readonly Indexed[]
  /** Unit → where it stands. */
  readonly postings: ReadonlyMap<string, Posting>
  /** Group of synonyms → the wordings with a word of it. */
  readonly meanings: ReadonlyMap<number, Uint32Array>
  /** 1 / norm of each wording. */
  readonly scales: Float64Array
}

/** How many of the wordings that share most with the text are looked at closely, beyond those asked for. */
const lookedAt = 8
/** At most this many postings are read for the words of one text, and for their meanings, heaviest first: what is left out nearly all share. */
export const postingsRead = 40_000

/** Builds the index of a library. @param entries wordings without a letter or number are left out */
export function buildIndex(entries: Iterable<Phrased>): Index {
  const wordings: Indexed[] = []
  const growing = new Map<string, { all: number[]; before: Map<string, number[]> }>()
  const meanings = new Map<number, number[]>()
  for (const { id, phrasings } of entries) {
    for (const phrasing of phrasings) {
      const { key, units, firstWeights, senses, total, distinct, norm, asks, denies, words, pairs } = read(phrasing)
      if (units.length === 0) continue
      const at = wordings.length
      for (const word of words.keys()) {
        const posting = growing.get(word)
        if (posting) posting.all.push(at)
        else growing.set(word, { all: [at], before: new Map() })
      }
      for (const { left, right } of pairs) {
        const before = growing.get(left)?.before
        const list = before?.get(right)
        if (list) list.push(at)
        else before?.set(right, [at])
      }
      for (const group of new Set(senses.flatMap(({ groups }) => groups))) {
        const list = meanings.get(group)
        if (list) list.push(at)
        else meanings.set(group, [at])
      }
      wordings.push({
        id,
        phrasing,
        reading: { key, units, firstWeights, senses, total, distinct, norm, asks, denies },
      })
    }
  }
  const postings = new Map<string, Posting>()
  for (const [word, { all, before }] of growing) {
    const followed = new Map<string, Uint32Array>()
    for (const [right, list] of before) followed.set(right, new Uint32Array(list))
    postings.set(word, { all: new Uint32Array(all), before: followed })
  }
  return {
    wordings,
    postings,
    meanings: new Map([...meanings].map(([group, list]) => [group, new Uint32Array(list)])),
    scales: Float64Array.from(wordings, ({ reading }) => 1 / reading.norm),
  }
}

/**
 * The entries nearest to a text, best first; equal scores in the order of the library. Empty when nothing is shared.
 * @param limit how many entries at most
 */
export function search(index: Index, text: string, limit: number): Hit[] {
  const asked = read(text)
  const best = new Map<string, Hit & { at: number }>()
  for (const at of candidates(index, asked, lookedAt + 4 * limit)) {
    const wording = index.wordings[at]
    if (!wording) continue
    const score = closeness(asked, wording.reading)
    const before = best.get(wording.id)
    if (before && (before.score > score || (before.score === score && before.at < at))) continue
    best.set(wording.id, { id: wording.id, score, phrasing: wording.phrasing, at })
  }
  return [...best.values()]
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, limit)
    .map(({ id, score, phrasing }) => ({ id, score, phrasing }))
}

/**
 * Places of the wordings that are nearest by their cosine to the text, and of half as many that are nearest when synonyms count as
 * if they were the same word.
 */
export function candidates(index: Index, asked: Reading, limit: number): number[] {
  const shared = new Float64Array(index.wordings.length)
  addUp(shared, ofWords(index, asked))
  const byWords = nearest(index, shared, limit)
  addUp(shared, ofMeanings(index, asked))
  return [...new Set([...byWords, ...nearest(index, shared, Math.ceil(limit / 2))])]
}

interface Weighed {
  list: Uint32Array
  weight: number
}

/** Adds the squared weight to each place of each list, as far as postings may be read. */
function addUp(shared: Float64Array, lists: Weighed[]): void {
  let left = postingsRead
  for (const { list, weight } of lists.sort((a, b) => b.weight - a.weight)) {
    left -= list.length
    if (left < 0) break
    const square = weight * weight
    for (const at of list) shared[at] = (shared[at] ?? 0) + square
  }
}

/** Places of the greatest cosines, best first; most wordings fail the first comparison. */
function nearest(index: Index, shared: Float64Array, limit: number): number[] {
  const top: number[] = []
  const cosines = new Float64Array(limit)
  let least = 0
  for (let at = 0; at < shared.length; at += 1) {
    const cosine = (shared[at] ?? 0) * (index.scales[at] ?? 0)
    if (cosine <= least) continue
    let place = Math.min(top.length, limit - 1)
    for (; place > 0 && (cosines[place - 1] ?? 0) < cosine; place -= 1) {
      cosines[place] = cosines[place - 1] ?? 0
      top[place] = top[place - 1] ?? 0
    }
    cosines[place] = cosine
    top[place] = at
    if (top.length === limit) least = cosines[limit - 1] ?? 0
  }
  return top
}

/** The postings of each unit and pair of a text. */
function ofWords(index: Index, { words, wordWeights, pairs }: Reading): Weighed[] {
  const found: Weighed[] = []
  for (const [word, number] of words) {
    const list = index.postings.get(word)?.all
    if (list) found.push({ list, weight: wordWeights[number] ?? 0 })
  }
  for (const { left, right, weight } of pairs) {
    const list = index.postings.get(left)?.before.get(right)
    if (list) found.push({ list, weight })
  }
  return found
}

/** The postings of what the words of a text mean. */
function ofMeanings(index: Index, { senses, firstWeights }: Reading): Weighed[] {
  const found: Weighed[] = []
  for (const { groups, from, to } of senses) {
    const weight = Math.max(...firstWeights.slice(from, to))
    for (const group of groups) {
      const list = index.meanings.get(group)
      if (list) found.push({ list, weight })
    }
  }
  return found
}
