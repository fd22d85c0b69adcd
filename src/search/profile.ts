// What the texts of an entry hold beside its wordings: its id, keywords and answer, and which entries hold a rare expression.
import type { Reading } from './reading.ts'
import { sensesOf, type Thesaurus } from './synonyms.ts'
import { unitsOf } from './units.ts'

/** What all the texts of an entry hold. */
export interface Profile {
  /** Units and groups of synonyms of its wordings. */
  readonly units: ReadonlySet<string>
  readonly groups: ReadonlySet<number>
  /** The same with its id and keywords, and with its answer as well. */
  readonly labelUnits: ReadonlySet<string>
  readonly labelGroups: ReadonlySet<number>
  readonly answerUnits: ReadonlySet<string>
  readonly answerGroups: ReadonlySet<number>
}

export const nothingKnown: Profile = {
  units: new Set(),
  groups: new Set(),
  labelUnits: new Set(),
  labelGroups: new Set(),
  answerUnits: new Set(),
  answerGroups: new Set(),
}

/** Expression → the ids of the entries that hold it, in a wording, their id, a keyword or the answer; `common` for what many hold. */
export type Holders = ReadonlyMap<string, readonly string[]>

/** Expressions that more entries hold say nothing about which is meant. */
const mostHolders = 8
export const common: readonly string[] = Object.freeze(new Array<string>(mostHolders + 1).fill(''))
/** UTF-16 units of an answer that are read. */
const answerRead = 120
/** In a larger library the wordings say enough, and reading the answers as well would double the time to load. */
const answersRead = 1000

interface Texts {
  readonly id: string
  readonly phrasings: readonly string[]
  readonly labels?: readonly string[]
  readonly answer?: string
}

/**
 * Expressions of a text: two Chinese characters side by side, or a word of an alphabet.
 * @returns empty where a unit says nothing by itself
 */
export function expressionsOf(units: readonly string[]): string[] {
  const found: string[] = []
  for (const [at, unit] of units.entries()) {
    const before = units[at - 1]
    if (unit.length > 1) found.push(unit)
    else if (before?.length === 1) found.push(before + unit)
  }
  return found
}

export function holdersOf(entries: readonly Texts[]): Holders {
  const holders = new Map<string, string[] | typeof common>()
  if (entries.length > answersRead) return holders
  for (const { id, phrasings, labels = [], answer = '' } of entries) {
    for (const text of [...phrasings, ...labels, answer.slice(0, answerRead)]) {
      for (const expression of expressionsOf(unitsOf(text).units)) {
        const ids = holders.get(expression)
        if (!ids) holders.set(expression, [id])
        else if (ids.length >= mostHolders) holders.set(expression, common)
        else if (ids.at(-1) !== id) (ids as string[]).push(id)
      }
    }
  }
  return holders
}

/** Adds what the id, the keywords and the answer of an entry hold to what its wordings do. */
export function withTexts(
  { labels = [], answer = '' }: Texts,
  wordings: Pick<Profile, 'units' | 'groups'>,
  thesaurus: Thesaurus,
): Profile {
  const holds = (texts: readonly string[]) => {
    const read = texts.map((text) => unitsOf(text).units)
    const groups = read.flatMap((units) => sensesOf(units, thesaurus)).flatMap((sense) => sense.groups)
    return { units: new Set(read.flat()), groups: new Set(groups) }
  }
  const ofLabels = holds(labels)
  const ofAnswer = holds([answer.slice(0, answerRead)])
  return {
    ...wordings,
    labelUnits: ofLabels.units,
    labelGroups: ofLabels.groups,
    answerUnits: ofAnswer.units,
    answerGroups: ofAnswer.groups,
  }
}

/** An expression of a question, its weight, and the entries that hold it. */
export interface Held {
  readonly weight: number
  readonly ids: readonly string[]
}

/** @param without an entry that is left out */
export function heldIn(
  { units, words, wordWeights }: Reading,
  holders: (expression: string) => readonly string[] | undefined,
  without?: string,
): Held[] {
  const weightOf = (unit: string) => wordWeights[words.get(unit) ?? -1] ?? 0
  return [...new Set(expressionsOf(units))].map((expression) => {
    const ids = holders(expression) ?? []
    const isLess = without !== undefined && ids !== common
    const [left = '', right = ''] = expression
    const isWord = words.has(expression)
    return {
      // Of two characters the rarer one carries the meaning.
      weight: isWord ? weightOf(expression) : Math.max(weightOf(left), weightOf(right)),
      ids: isLess ? ids.filter((id) => id !== without) : ids,
    }
  })
}

/** The entries that hold most of what is rare in a question, best first. @param least the share of its weight that they must hold */
export function mostHeld(held: readonly Held[], limit: number, least: number): string[] {
  const sums = new Map<string, number>()
  let total = 0
  for (const { weight, ids } of held) {
    total += weight
    if (ids === common) continue
    for (const id of ids) sums.set(id, (sums.get(id) ?? 0) + weight / Math.sqrt(ids.length))
  }
  return [...sums]
    .filter(([, sum]) => sum >= least * total)
    .sort(([, a], [, b]) => b - a)
    .slice(0, limit)
    .map(([id]) => id)
}
