// What the answer library's ranking is measured against: two search libraries, and the two textbook rankings over characters and bigrams.
import Fuse from 'fuse.js'
import MiniSearch from 'minisearch'
import type { Library } from './faq-data.ts'
import type { Ranking } from './faq-measure.ts'

/** Each peer by the name it is printed under. */
export const peers: Readonly<Record<string, (library: Library) => Ranking>> = {
  'fuse.js': (library) => {
    const fuse = new Fuse(library.kb, { keys: ['q'], includeScore: true, ignoreLocation: true, threshold: 1 })
    return (text) => {
      const [hit] = fuse.search(text, { limit: 1 })
      return hit && { at: hit.refIndex, score: 1 - (hit.score ?? 1) }
    }
  },
  'minisearch, bigrams': (library) => {
    const mini = new MiniSearch({ fields: ['q'], tokenize: charactersAndBigrams })
    mini.addAll(library.kb.map(({ q }, id) => ({ id, q })))
    return (text) => {
      const [hit] = mini.search(text)
      return hit && { at: Number(hit.id), score: hit.score }
    }
  },
  BM25: (library) => weighed(library, bm25),
  'TF-IDF cosine': (library) => weighed(library, cosine),
}

/** What a gram counts in an entry and in the text asked: from how often it stands there and how rare it is in the library. */
interface Weighing {
  inEntry(count: number, rarity: number, entry: { length: number; norm: number; meanLength: number }): number
  inText(count: number, rarity: number, norm: number): number
}

/** Robertson and Zaragoza (2009), The Probabilistic Relevance Framework, with the customary k1 = 1.2 and b = 0.75. */
const bm25: Weighing = {
  inEntry: (count, rarity, { length, meanLength }) =>
    (rarity * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * length) / meanLength)),
  inText: () => 1,
}
/** Manning, Raghavan and Schütze (2008), Introduction to Information Retrieval, section 6.3. */
const cosine: Weighing = {
  inEntry: (count, rarity, { norm }) => (count * rarity) / norm,
  inText: (count, rarity, norm) => (count * rarity) / norm,
}

function weighed(library: Library, weighing: Weighing): Ranking {
  const entries = library.kb.map(({ q }) => counted(charactersAndBigrams(q)))
  const having = new Map<string, number>()
  for (const grams of entries) for (const gram of grams.keys()) having.set(gram, (having.get(gram) ?? 0) + 1)
  const rarity = (gram: string) => Math.log(1 + entries.length / ((having.get(gram) ?? 0) + 0.5))
  const norm = (grams: ReadonlyMap<string, number>) =>
    Math.hypot(...[...grams].map(([gram, count]) => count * rarity(gram))) || 1
  const lengths = entries.map((grams) => [...grams.values()].reduce((so, count) => so + count, 0))
  const meanLength = lengths.reduce((so, length) => so + length, 0) / (entries.length || 1)
  const postings = new Map<string, { at: number; weight: number }[]>()
  for (const [at, grams] of entries.entries()) {
    const entry = { length: lengths[at] ?? 0, norm: norm(grams), meanLength }
    for (const [gram, count] of grams) {
      const list = postings.get(gram) ?? []
      postings.set(gram, list)
      list.push({ at, weight: weighing.inEntry(count, rarity(gram), entry) })
    }
  }
  return (text) => {
    const grams = counted(charactersAndBigrams(text))
    const length = norm(grams)
    const scores = new Float64Array(entries.length)
    for (const [gram, count] of grams) {
      const worth = weighing.inText(count, rarity(gram), length)
      for (const { at, weight } of postings.get(gram) ?? []) scores[at] = (scores[at] ?? 0) + worth * weight
    }
    const score = scores.reduce((so, each) => Math.max(so, each), 0)
    return score > 0 ? { at: scores.indexOf(score), score } : undefined
  }
}

function counted(grams: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const gram of grams) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  return counts
}

function charactersAndBigrams(text: string): string[] {
  const units = [...text.toLowerCase()].filter((unit) => /[\p{L}\p{N}]/u.test(unit))
  return [...units, ...units.slice(1).map((unit, i) => `${units[i] ?? ''}${unit}`)]
}
