// Reads the labelled texts that the answer library is trained on and measured with. They are not part of the project.
import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Row = z.object({ id: z.string(), q: z.string() })
const Retrieval = z.object({ kb: z.array(Row), queries: z.array(Row) })

/** Entries and questions; the right answer to a question is the entry with its id. */
export interface Library {
  name: string
  kb: { id: string; q: string }[]
  queries: { id: string; q: string }[]
}

/** Reads `NAME.retrieval*.json`. */
export function readLibrary(path: string): Library {
  const name = path.replace(/^.*[\\/]/, '').replace(/\..*$/, '')
  return { name, ...Retrieval.parse(JSON.parse(readFileSync(path, 'utf8'))) }
}

/** The first `size` entries from `from` and the questions about them. */
export function part(library: Library, size: number, from = 0): Library {
  const kb = library.kb.slice(from, from + size)
  const ids = new Set(kb.map((entry) => entry.id))
  return { name: library.name, kb, queries: library.queries.filter((query) => ids.has(query.id)) }
}

/** The harmless messages of a chat file: tab-separated `label, category, text` with a header, or one text a line. */
export function readChat(path: string): string[] {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
  if (!lines[0]?.startsWith('label\t')) return lines
  return lines.slice(1).flatMap((line) => {
    const [label, , text] = line.split('\t')
    return label === 'ham' && text !== undefined ? [text] : []
  })
}

/** Both texts of every row of `NAME.pairs*.tsv` (label, s1, s2). */
export function readPairTexts(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(1)
    .flatMap((line) => line.split('\t').slice(1, 3))
    .filter((text) => text !== '')
}

/** A repeatable sequence of numbers from 0 to 1 (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
