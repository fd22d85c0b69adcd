// Labelled texts for training and measuring the ad filter: reading, families of campaigns, folds.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { squeezed } from '../../src/core/lib/text.ts'

/** One labelled text. `source` is the set it came from, `category` what the set says about it. */
export interface Example {
  readonly text: string
  readonly ad: boolean
  /** Where a text can be either: the share of advertisements, 0 to 1, that is learned instead. */
  readonly share?: number
  readonly source: string
  readonly category: string
}

const Retrieval = z.object({ kb: z.array(z.object({ q: z.string() })), queries: z.array(z.object({ q: z.string() })) })
const faqSets = ['bq', 'lcqmc', 'afqmc', 'bustm']

/**
 * Reads a file of tab-separated label (spam or ham), category and text, with a heading line.
 * @throws when a line has another form, naming it
 */
export function readExamples(path: string, source: string): Example[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(1)
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return []
    const [label, category, ...rest] = line.split('\t')
    if ((label !== 'spam' && label !== 'ham') || category === undefined)
      throw new Error(`${path}:${i + 2}: want spam or ham, a tab, a category, a tab and a text`)
    return [{ text: unquoted(rest.join('\t')), ad: label === 'spam', source, category }]
  })
}

/** Texts of our own, made up for measuring: what is tuned with, and what is not learned from. */
export function readFixtures(set: 'ads' | 'innocents' | 'long', half: 'tuned' | 'kept'): Example[] {
  const path = new URL(`../../test/adfilter/fixtures/${set}.${half}.tsv`, import.meta.url)
  return readExamples(fileURLToPath(path), set).map((example) => ({
    ...example,
    text: example.text.replaceAll('\\n', '\n'),
  }))
}

/** The advertising sets of the data folder. */
export function readAds(folder: string): Example[] {
  return [
    ...readExamples(join(folder, 'ads/chat_zh.dev.tsv'), 'chat'),
    ...readExamples(join(folder, 'ads/sms_zh.dev.tsv'), 'sms'),
    ...readExamples(join(folder, 'ads/fbs_sms.dev.tsv'), 'fbs'),
  ]
}

/**
 * Clean texts of every length, dealt into two halves by their words: one to learn from, the other never.
 * @param half `learned` or `measured`
 */
export function readClean(folder: string, half: 'learned' | 'measured'): Example[] {
  const texts = readExamples(join(folder, 'clean/clean.dev.tsv'), 'clean')
  return texts.filter(({ text }) => (foldOf(`clean ${text}`, 2) === 0) === (half === 'learned'))
}

/** Ordinary questions, each once, as clean texts. */
export function readQuestions(folder: string): Example[] {
  const seen = new Map<string, Example>()
  for (const set of faqSets) {
    const found = Retrieval.parse(JSON.parse(readFileSync(join(folder, `faq/${set}.retrieval.dev.json`), 'utf8')))
    const pairs = readFileSync(join(folder, `faq/${set}.pairs.dev.tsv`), 'utf8')
      .split('\n')
      .slice(1)
    const texts = [...found.kb, ...found.queries].map((entry) => entry.q)
    for (const line of pairs) texts.push(...line.split('\t').slice(1, 3))
    for (const text of texts)
      if (text.trim() !== '') seen.set(text, { text, ad: false, source: 'question', category: set })
  }
  return [...seen.values()]
}

/** Field of a table that a spreadsheet has put into quotes. */
function unquoted(field: string): string {
  return /^".*"$/s.test(field) ? field.slice(1, -1).replaceAll('""', '"') : field
}

/**
 * Sorts texts into families: two texts are kin when more than half of their four-character pieces are the same.
 * A campaign's copies thereby stay together when examples are dealt into folds.
 * @returns a family number for each example, in order
 */
export function families(examples: readonly Example[]): number[] {
  const parent = examples.map((_, i) => i)
  const root = (i: number): number => {
    let at = i
    for (let up = parent[at]; up !== undefined && up !== at; up = parent[at]) at = up
    return at
  }
  const holders = new Map<string, number[]>()
  const sizes: number[] = []
  examples.forEach((example, i) => {
    const pieces = piecesOf(squeezed(example.text))
    sizes.push(pieces.size)
    const shared = new Map<number, number>()
    for (const piece of pieces) {
      const before = holders.get(piece) ?? []
      // A piece that everybody uses says nothing about kinship, and would make this quadratic.
      if (before.length < 200) for (const j of before) shared.set(j, (shared.get(j) ?? 0) + 1)
      before.push(i)
      holders.set(piece, before)
    }
    for (const [j, n] of shared) if (n > Math.min(pieces.size, sizes[j] ?? 0) / 2) parent[root(i)] = root(j)
  })
  return examples.map((_, i) => root(i))
}

function piecesOf(text: string): Set<string> {
  const plain = text.replace(/[0-9]+/g, '0')
  const pieces = new Set<string>()
  if (plain.length <= 4) return pieces.add(plain)
  for (let i = 0; i + 4 <= plain.length; i += 1) pieces.add(plain.slice(i, i + 4))
  return pieces
}

/** A whole number below `n` that depends only on `key`: folds that stay the same from run to run. */
export function foldOf(key: string | number, n: number): number {
  let hash = 2166136261
  for (const unit of String(key)) hash = Math.imul(hash ^ unit.charCodeAt(0), 16777619)
  return ((hash ^ (hash >>> 13)) >>> 0) % n
}
