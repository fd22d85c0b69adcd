// The answer library made ready for searching: entries on shelves by the groups they are for, and what answers a text best.
import { AhoCorasick } from '@monyone/aho-corasick/fast'
import type { DayKey } from '../../core/lib/time.ts'
import { canonical, withoutEnd } from '../../core/lib/text.ts'
import type { Entry } from './entry.ts'
import { nowWordings } from './hours.ts'
import type { Spread } from '../../search/confidence.ts'
import { chanceAlone, type Levels } from '../../search/calibration.ts'
import { joined, type Meaning } from '../../search/meaning.ts'
import { common } from '../../search/profile.ts'
import { buildIndex, sameWording, search, type Index } from '../../search/ranker.ts'
import { read } from '../../search/reading.ts'
import type { Thesaurus } from '../../search/synonyms.ts'
import { utteranceOf, type Utterance } from '../../search/utterance.ts'
import { isExcluded, matchesRules, readyRules, type ReadyRules } from './rules.ts'

/** UTF-16 units of a text that rules look at: what is longer is no question, and patterns cost by length. */
const lookedAt = 300
/** Score of an entry whose words or patterns occur: the operator said so, and only the same wording is surer. */
const ruleScore = 0.99
/**
 * Who does not ask the bot gets no answer where no wording shares this much with the text (as a cosine): of texts that share less, one
 * in 500 of those that were answered and one in 200 of the near misses came from below it (four sets, four trades).
 */
export const leastShared = 0.15
/** Entries that the ranker is asked for; some may be out of season or excluded. */
const ranked = 6
/** Of two entries the second is not much worse when it has this share of the first's score; then the asker chooses. */
const closeBehind = 0.75
/** Score of an entry whose keyword occurs in a question to the bot: it may be offered. */
const keywordScore = 0.06
/** Most other characters around a keyword when the message asks for no more than that keyword. */
const aroundLength = 6

/** What stands around a keyword that somebody sends alone: 求地址, 发一下地址呗. */
const aroundKeyword = /^(?:求|发|看|要|查|问)?(?:一?下|个)?|[呢吗啊呀吧么哦哈啦呗~]+$/gu

export interface ReadyEntry {
  readonly entry: Entry
  readonly rules: ReadyRules
  /** Its place in the library: among equals the first wins. */
  readonly at: number
}

/** The entries of one set of groups. */
interface Shelf {
  readonly groups: readonly string[]
  readonly index: Index
  readonly keywords: ReadonlyMap<string, readonly ReadyEntry[]>
  /** Every word of a keyword or rule → the entries to look at when it occurs. */
  readonly watched: ReadonlyMap<string, readonly ReadyEntry[]>
  readonly watch: AhoCorasick
  readonly patterned: readonly ReadyEntry[]
}

export interface Library {
  readonly thesaurus: Thesaurus | undefined
  readonly byId: ReadonlyMap<string, ReadyEntry>
  readonly shelves: readonly Shelf[]
}

/** Where and how something is asked. */
export interface Where {
  /** Names and tags of the groups it concerns; null: all entries, wherever they are for. */
  readonly groups: ReadonlySet<string> | null
  /** null: whatever the season. */
  readonly today: DayKey | null
  readonly addressed: boolean
}

export interface Candidate {
  readonly entry: Entry
  /** 0 to 1; 1 for the same wording or a keyword alone. */
  score: number
  readonly by: 'wording' | 'keyword' | 'rule' | 'near'
}

/** What the library has to say. */
export type Finding =
  | { kind: 'answer'; entry: Entry }
  /** Up to three entries, one of which may be meant. */
  | { kind: 'choose'; entries: Entry[] }
  | { kind: 'nothing' }

/** @param entries with rules that compile (see `entryTroubles`) and ids that are unique */
export function buildLibrary(entries: readonly Entry[], thesaurus?: Thesaurus): Library {
  const byId = new Map<string, ReadyEntry>()
  const shelved = new Map<string, ReadyEntry[]>()
  for (const [at, entry] of entries.entries()) {
    const ready = { entry, rules: readyRules(entry), at }
    byId.set(entry.id, ready)
    const groups = JSON.stringify([...entry.groups].sort())
    const shelf = shelved.get(groups)
    if (shelf) shelf.push(ready)
    else shelved.set(groups, [ready])
  }
  return { thesaurus, byId, shelves: withOneSpread([...shelved.values()].map((shelf) => buildShelf(shelf, thesaurus))) }
}

/** What is rare is rare in the whole library: a shelf of one entry says nothing of it. */
function withOneSpread(shelves: Shelf[]): Shelf[] {
  if (shelves.length < 2) return shelves
  const spreads = shelves.map(({ index }) => index.spread)
  const sum = (of: (spread: Spread) => number) => spreads.reduce((so, spread) => so + of(spread), 0)
  const spread: Spread = {
    size: sum(({ size }) => size),
    ofUnit: (unit) => sum((spread) => spread.ofUnit(unit)),
    ofGroup: (group) => sum((spread) => spread.ofGroup(group)),
    holders: (expression) => {
      const lists = spreads.map((spread) => spread.holders(expression) ?? [])
      return lists.includes(common) ? common : lists.flat()
    },
  }
  return shelves.map((shelf) => ({ ...shelf, index: { ...shelf.index, spread } }))
}

/**
 * A library with more wordings of its entries, and more entries.
 * @param wordings id of an entry → what more it is asked like
 */
export function extended(
  library: Library,
  wordings: ReadonlyMap<string, readonly string[]>,
  more: readonly Entry[],
): Library {
  const { byId, thesaurus } = library
  const known = new Map(byId)
  const added = more.map((entry, i): ReadyEntry => ({ entry, rules: readyRules(entry), at: byId.size + i }))
  for (const ready of added) known.set(ready.entry.id, ready)
  const shelves = library.shelves.length > 0 ? library.shelves : [buildShelf([], thesaurus)]
  const general = shelves.find(({ groups }) => groups.length === 0) ?? shelves[0]
  return {
    thesaurus,
    byId: known,
    shelves: shelves.map((shelf) => {
      const taught = [...shelf.index.members.values()].flatMap(({ entry }) => {
        const phrasings = wordings.get(entry.id) ?? []
        return phrasings.length > 0 ? [{ ...entry, phrasings }] : []
      })
      const entries = [...taught, ...(shelf === general ? added.map(({ entry }) => phrased(entry)) : [])]
      return entries.length === 0 ? shelf : { ...shelf, index: buildIndex(entries, thesaurus, shelf.index) }
    }),
  }
}

/** An entry as the ranker reads it. */
export function phrased({ id, question, also, keywords, answer, hours }: Entry) {
  const texts = answer.filter((part) => typeof part === 'string')
  return {
    id,
    phrasings: [question, ...also, ...(hours ? nowWordings : [])],
    labels: [id, ...keywords],
    answer: texts.join(' '),
  }
}

function buildShelf(entries: readonly ReadyEntry[], thesaurus: Thesaurus | undefined): Shelf {
  const keywords = new Map<string, ReadyEntry[]>()
  const watched = new Map<string, ReadyEntry[]>()
  const add = (to: Map<string, ReadyEntry[]>, word: string, ready: ReadyEntry) => {
    const list = to.get(word)
    if (!list) to.set(word, [ready])
    else if (list.at(-1) !== ready) list.push(ready)
  }
  for (const ready of entries) {
    for (const keyword of ready.entry.keywords.map(canonical)) {
      if (keyword === '') continue
      add(keywords, keyword, ready)
      add(watched, keyword, ready)
    }
    for (const word of [...ready.rules.all, ...ready.rules.any]) add(watched, word, ready)
  }
  return {
    groups: entries[0]?.entry.groups ?? [],
    index: buildIndex(
      entries.map(({ entry }) => phrased(entry)),
      thesaurus,
    ),
    keywords,
    watched,
    watch: new AhoCorasick([...watched.keys()]),
    patterned: entries.filter(({ rules }) => rules.patterns.length > 0),
  }
}

/** How the text of a search is taken: what kind it is, and how near wordings must come; undefined: the same wordings only. */
interface Taken {
  readonly utterance: Utterance
  readonly leastShared: number | undefined
}

/** All that may answer a text, best first; of equals the one made for fewer groups or days, then the library's order. */
export function rank(
  library: Library,
  text: string,
  where: Where,
  taken: Taken = { utterance: utteranceOf(text), leastShared: 0 },
  meaning?: Meaning,
): Candidate[] {
  const best = new Map<Entry, Candidate & { at: number }>()
  const said = canonical(text)
  const looked = text.length <= lookedAt ? said : canonical(text.slice(0, lookedAt))
  for (const shelf of library.shelves) {
    if (!isFor(shelf.groups, where.groups)) continue
    for (const { ready, score, by } of onShelf(shelf, library, text, looked, { ...where, ...taken })) {
      const { entry } = ready
      const before = best.get(entry)
      if (before && before.score >= score) continue
      if (!before && !mayAnswer(ready, said, where)) continue
      best.set(entry, { entry, score, by, at: ready.at })
    }
  }
  if (meaning && reach[taken.utterance] !== 'same') {
    for (const candidate of best.values())
      if (candidate.by === 'near')
        candidate.score = joined(candidate.score, meaning.odds.get(candidate.entry.id) ?? meaning.least)
    for (const [id, odds] of meaning.odds) {
      const ready = library.byId.get(id)
      if (!ready || best.has(ready.entry) || !mayAnswer(ready, said, where)) continue
      best.set(ready.entry, { entry: ready.entry, score: joined(undefined, odds), by: 'near', at: ready.at })
    }
  }
  return [...best.values()].sort(
    (a, b) => b.score - a.score || narrowness(b.entry) - narrowness(a.entry) || a.at - b.at,
  )
}

/** How far an utterance may be answered: as any question, only when an entry is meant word for word, or also when it is quite sure. */
export const reach: Record<Utterance, 'any' | 'sure' | 'same'> = {
  question: 'any',
  request: 'any',
  bare: 'any',
  report: 'sure',
  statement: 'same',
  lament: 'same',
  praise: 'same',
  thanks: 'same',
  greeting: 'same',
  abuse: 'same',
}

/**
 * What to do: answer in ordinary chat only when it is quite sure, be braver when the bot is asked.
 * @param candidates best first
 */
export function decide(
  candidates: readonly Candidate[],
  { levels, addressed, utterance }: { levels: Levels; addressed: boolean; utterance: Utterance },
): Finding {
  const [first] = candidates
  if (!first) return { kind: 'nothing' }
  const answer: Finding = { kind: 'answer', entry: first.entry }
  if (first.by !== 'near') return answer
  if (reach[utterance] === 'same') return { kind: 'nothing' }
  // An exception for a group or some days and the rule that it is from ask the same, and are no rivals.
  const rival = candidates.find(({ entry }) => entry !== first.entry && narrowness(entry) === narrowness(first.entry))
  if (chanceAlone(first.score, rival?.score) >= levels.answer) return answer
  if (!addressed) return { kind: 'nothing' }
  const isClear = (rival?.score ?? 0) < first.score * closeBehind
  if (reach[utterance] === 'any' && first.score >= levels.asked && isClear) return answer
  const entries = candidates
    // „Which one do you mean? 1. Hello“ would be odd, too.
    .filter(({ score, entry }) => score >= levels.suggest && !entry.onlyAsked)
    .slice(0, 3)
    .map(({ entry }) => entry)
  return entries.length > 0 ? { kind: 'choose', entries } : { kind: 'nothing' }
}

/**
 * What the library has to say to a text, and all that came near.
 * @param levels found with meanings when there is one
 */
export function find(library: Library, levels: Levels, text: string, where: Where, meaning?: Meaning) {
  const utterance = utteranceOf(text)
  const near = where.addressed || meaning ? 0 : leastShared
  const taken = { utterance, leastShared: reach[utterance] === 'same' ? undefined : near }
  const candidates = rank(library, text, where, taken, meaning)
  return { utterance, candidates, finding: decide(candidates, { levels, addressed: where.addressed, utterance }) }
}

function onShelf(
  shelf: Shelf,
  library: Library,
  text: string,
  said: string,
  { addressed, utterance, leastShared }: Where & Taken,
) {
  const found: { ready: ReadyEntry; score: number; by: Candidate['by'] }[] = []
  const hits =
    leastShared === undefined
      ? sameWording(shelf.index, text)
      : search(shelf.index, text, ranked, { utterance, leastShared })
  for (const { id, score } of hits) {
    const ready = library.byId.get(id)
    if (ready) found.push({ ready, score, by: score === 1 ? 'wording' : 'near' })
  }
  const alone = withoutEnd(said)
  for (const keyword of [alone, alone.replace(aroundKeyword, '')]) {
    for (const ready of shelf.keywords.get(keyword) ?? []) found.push({ ready, score: 1, by: 'keyword' })
  }
  const occurring = new Set(shelf.watched.size > 0 ? shelf.watch.matchInText(said).map(({ keyword }) => keyword) : [])
  const ruled = new Set(shelf.patterned)
  for (const word of occurring) {
    // Many entries may share a word (多少钱), so the rest of a rule is looked at only where all of its words occur.
    for (const ready of shelf.watched.get(word) ?? []) if (occur(ready.rules, occurring)) ruled.add(ready)
    // Who asks the bot for little more than a keyword means it; in a longer text it may be anything, and is offered at most.
    if (!addressed || reach[utterance] !== 'any') continue
    const isMeant = alone.length <= word.length + aroundLength && utterance !== 'question'
    for (const ready of shelf.keywords.get(word) ?? [])
      found.push(isMeant ? { ready, score: 0.98, by: 'keyword' } : { ready, score: keywordScore, by: 'near' })
  }
  for (const ready of ruled) {
    if (matchesRules(ready.rules, said)) found.push({ ready, score: ruleScore, by: 'rule' })
  }
  return found
}

function occur({ all, any }: ReadyRules, occurring: ReadonlySet<string>): boolean {
  return all.every((word) => occurring.has(word)) && (any.length === 0 || any.some((word) => occurring.has(word)))
}

function isFor(groups: readonly string[], asked: ReadonlySet<string> | null): boolean {
  return groups.length === 0 || asked === null || groups.some((group) => asked.has(group))
}

function mayAnswer({ entry, rules }: ReadyEntry, said: string, { groups, today, addressed }: Where): boolean {
  if (entry.onlyAsked && !addressed) return false
  return isFor(entry.groups, groups) && isInSeason(entry, today) && !isExcluded(rules, said)
}

export function isInSeason({ from, until }: Entry, today: DayKey | null): boolean {
  return today === null || ((from === undefined || from <= today) && (until === undefined || today <= until))
}

/** An entry for some groups or days is an exception to one for all. */
export function narrowness({ groups, from, until }: Entry): number {
  return (groups.length > 0 ? 2 : 0) + (from !== undefined || until !== undefined ? 1 : 0)
}

/** Two wordings with the same key say the same; empty when there is nothing to read. */
export function wordingKey(wording: string): string {
  return read(wording).key
}
