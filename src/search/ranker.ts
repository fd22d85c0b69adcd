// Finds the wordings of the answer library that are nearest to what somebody said. Pure; an index is built once and only read.
import { closeness, factsOf } from './closeness.ts'
import {
  askedIn,
  confidence,
  confidenceFacts,
  rankFacts,
  rankScore,
  type Asked,
  type Near,
  type Spread,
} from './confidence.ts'
import { holdersOf, mostHeld, nothingKnown, withTexts, type Profile } from './profile.ts'
import { keyOf, read, type Reading, type Wording } from './reading.ts'
import { shippedThesaurus, type Thesaurus } from './synonyms.ts'
import { utteranceOf, type Utterance } from './utterance.ts'

/** What the ranker needs of an entry. */
export interface Phrased {
  readonly id: string
  /** The question and its other wordings. */
  readonly phrasings: readonly string[]
  /** Names of what it is about, such as its id and keywords. */
  readonly labels?: readonly string[]
  /** The text of its answer. */
  readonly answer?: string
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

/** The entries in their order, and what all their texts hold, made when it is first wanted. */
interface Member {
  readonly entry: Phrased
  /** Places of its wordings. */
  readonly places: readonly number[]
  profile: Profile | undefined
}

/** Places of wordings, ascending: those that have a unit, and those that have it before another. */
interface Posting {
  readonly all: Uint32Array
  readonly before: ReadonlyMap<string, Uint32Array>
}

/** An inverted index over the wordings. */
export interface Index {
  /** What this one adds wordings and entries to. */
  readonly base: Index | undefined
  readonly thesaurus: Thesaurus
  readonly members: ReadonlyMap<string, Member>
  readonly spread: Spread
  readonly wordings: readonly Indexed[]
  /** `Wording.key` → the wordings that read so. */
  readonly byKey: ReadonlyMap<string, readonly Indexed[]>
  /** Unit → where it stands. */
  readonly postings: ReadonlyMap<string, Posting>
  /** Group of synonyms → the wordings with a word of it. */
  readonly meanings: ReadonlyMap<number, Uint32Array>
  /** 1 / norm of each wording. */
  readonly scales: Float64Array
}

/** Wordings that share most with the text and are looked at closely; with 24 no more questions are answered (four sets, four trades). */
const lookedAt = 12
/** Score of a wording that reads the same but for little words. */
export const allButSame = 0.96
/** What reads otherwise is never as sure as that: a level in between lets nothing through but the same wordings. */
export const sureAtMost = 0.95
/** Below this score it is not told how much less likely the entries that follow are. */
const unlikely = 0.05
/** Entries that are judged as a whole. */
const judged = 6
/** Entries that hold most of what is rare in a question and are looked at, too, and the share that they must hold. */
const held = 3
const leastHeld = 0.2
/** At most this many postings are read for the words of one text, and for their meanings, heaviest first: what is left out nearly all share. */
export const postingsRead = 40_000

/**
 * Builds the index of a library.
 * @param entries wordings without a letter or number are left out; ids are unique
 * @param base a large index that these few wordings are added to, some perhaps to its own entries
 */
export function buildIndex(entries: Iterable<Phrased>, thesaurus: Thesaurus = shippedThesaurus, base?: Index): Index {
  const listed = [...entries]
  const holders = base ? undefined : holdersOf(listed)
  const wordings: Indexed[] = []
  const members = new Map<string, Member>()
  const growing = new Map<string, { all: number[]; before: Map<string, number[]> }>()
  const meanings = new Map<number, number[]>()
  const byKey = new Map<string, Indexed[]>()
  for (const entry of listed) {
    const { id, phrasings } = entry
    const places: number[] = []
    members.set(id, { entry, places, profile: undefined })
    for (const phrasing of phrasings) {
      const { words, pairs, ...reading } = read(phrasing, thesaurus)
      const { key, core, units, firstWeights, senses, groups, total, distinct, norm, asks, denies } = reading
      if (units.length === 0) continue
      const at = wordings.length
      places.push(at)
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
      for (const group of groups) {
        const list = meanings.get(group)
        if (list) list.push(at)
        else meanings.set(group, [at])
      }
      const known = { key, core, units, firstWeights, senses, groups, total, distinct, norm, asks, denies }
      const wording = { id, phrasing, reading: known }
      wordings.push(wording)
      const alike = byKey.get(key)
      if (alike) alike.push(wording)
      else byKey.set(key, [wording])
    }
  }
  const postings = new Map<string, Posting>()
  for (const [word, { all, before }] of growing) {
    const followed = new Map<string, Uint32Array>()
    for (const [right, list] of before) followed.set(right, new Uint32Array(list))
    postings.set(word, { all: new Uint32Array(all), before: followed })
  }
  return {
    base,
    thesaurus,
    members,
    // So few wordings say nothing of what is rare.
    spread: base?.spread ?? {
      size: wordings.length,
      ofUnit: (unit) => postings.get(unit)?.all.length ?? 0,
      ofGroup: (group) => meanings.get(group)?.length ?? 0,
      holders: (expression) => holders?.get(expression),
    },
    wordings,
    byKey,
    postings,
    meanings: new Map([...meanings].map(([group, list]) => [group, new Uint32Array(list)])),
    scales: Float64Array.from(wordings, ({ reading }) => 1 / reading.norm),
  }
}

/** An entry with all that is known of it for a text. */
export interface Judged {
  readonly id: string
  readonly at: number
  readonly phrasing: string
  /** 2: a wording reads the same, 1: but for little words, 0: otherwise. */
  readonly same: number
  readonly facts: readonly number[]
  readonly rank: number
}

/** A wording that is left out, or an entry with all of its wordings, for trying the others. */
export interface Except {
  readonly id?: string
  readonly place?: number
}

/** What a search leaves out, and what is known of the text already. */
export interface Narrowing {
  readonly except?: Except
  readonly utterance?: Utterance
  /** Nothing is found where no wording has this cosine, synonyms included; from 0 to 1. It saves most of the time of ordinary chat. */
  readonly leastShared?: number
}

/** The nearest entries with the facts about them, best first. */
export function judge(index: Index, asked: Asked, limit: number, except: Except = {}, leastShared = 0): Judged[] {
  const { reading } = asked
  const best = new Map<string, { near: Omit<Near, 'profile' | 'id'>; at: number; phrasing: string; same: number }>()
  const { base } = index
  const holding = new Set(mostHeld(asked.held, held, leastHeld))
  for (const [part, from] of base
    ? ([
        [base, 0],
        [index, base.wordings.length],
      ] as const)
    : ([[index, 0]] as const)) {
    const places = new Set(candidates(part, reading, Math.max(lookedAt, limit), leastShared))
    for (const id of holding)
      for (const place of part.members.get(id)?.places.slice(0, lookedAt) ?? []) places.add(place)
    for (const place of places) {
      const wording = part.wordings[place]
      const at = from + place
      if (!wording || at === except.place || wording.id === except.id) continue
      const same = sameness(reading, wording.reading)
      const pair = factsOf(reading, wording.reading)
      const logit = closeness(pair)
      const before = best.get(wording.id)
      if (before && (before.same > same || (before.same === same && before.near.logit >= logit))) continue
      best.set(wording.id, { near: { logit, pair, known: wording.reading }, at, phrasing: wording.phrasing, same })
    }
  }
  const nearest = [...best.entries()]
    .sort(([, a], [, b]) => b.same - a.same || b.near.logit - a.near.logit)
    .filter(([id], i) => i < Math.max(judged, limit) || holding.has(id))
  const found = nearest.map(([id, { near, at, phrasing, same }]): Judged => {
    const facts = rankFacts(asked, index.spread, { ...near, id, profile: profileOf(id, index, except.place) })
    return { id, at, phrasing, same, facts, rank: rankScore(facts) }
  })
  return found.sort((a, b) => b.same - a.same || b.rank - a.rank || a.at - b.at).slice(0, limit)
}

/**
 * The entries nearest to a text, best first; equal scores in the order of the library. Empty when nothing is shared.
 * @param limit how many entries at most
 */
export function search(
  index: Index,
  text: string,
  limit: number,
  { except = {}, utterance, leastShared = 0 }: Narrowing = {},
): Hit[] {
  const asked = askedIn(index.spread, read(text, index.thesaurus), except.id)
  const found = judge(index, asked, Math.max(limit, judged), except, leastShared)
  const ranks = found.map(({ rank }) => rank)
  let before = 1
  return found.slice(0, limit).map(({ id, phrasing, same, facts, rank }, i) => {
    if (same > 0) before = same === 2 ? 1 : allButSame
    // Of an order that was found by ranking, none can be surer than the one before.
    else if (before > unlikely) {
      const kind = (utterance ??= utteranceOf(text))
      before = Math.min(
        before,
        sureAtMost,
        confidence(confidenceFacts(facts, rank, ranks.toSpliced(i, 1), asked, index.spread, kind)),
      )
    }
    return { id, phrasing, score: before }
  })
}

/** The entries with a wording that reads the same as a text, in the order of the library. */
export function sameWording(index: Index, text: string): Hit[] {
  const key = keyOf(text)
  return [index.base, index]
    .flatMap((part) => part?.byKey.get(key) ?? [])
    .map(({ id, phrasing }) => ({ id, phrasing, score: 1 }))
}

function sameness(asked: Reading, known: Wording): number {
  if (asked.key === known.key) return 2
  const isSame = asked.core === known.core && asked.core.includes(' ') && asked.denies === known.denies
  return isSame && (asked.asks === known.asks || (asked.asks & known.asks) !== 0) ? 1 : 0
}

/** All that the texts of an entry hold. @param except the place of a wording that is to be forgotten; then it is not kept */
function profileOf(id: string, { base, members, wordings, thesaurus }: Index, except: number | undefined): Profile {
  const member = members.get(id)
  if (!member) return base ? profileOf(id, base, except) : nothingKnown
  const isWhole = except === undefined || !member.places.includes(except)
  if (isWhole && member.profile) return member.profile
  const before = base?.members.has(id) ? profileOf(id, base, undefined) : nothingKnown
  const units = new Set(before.units)
  const groups = new Set(before.groups)
  for (const place of member.places) {
    if (place === except) continue
    const reading = wordings[place]?.reading
    for (const unit of reading?.units ?? []) units.add(unit)
    for (const group of reading?.groups ?? []) groups.add(group)
  }
  const profile = withTexts(member.entry, { units, groups }, thesaurus)
  if (isWhole) member.profile = profile
  return profile
}

/**
 * Places of the wordings that are nearest by their cosine to the text, and of half as many that are nearest when synonyms count as
 * if they were the same word.
 * @param least the cosine that at least one must have
 */
export function candidates(index: Index, asked: Reading, limit: number, least = 0): number[] {
  const size = index.wordings.length
  if (sums.length < size) sums = new Float64Array(2 * size)
  sums.fill(0, 0, size)
  addUp(ofWords(index, asked))
  const byWords = nearest(index, limit)
  addUp(ofMeanings(index, asked))
  const byMeaning = nearest(index, Math.ceil(limit / 2))
  const best = byMeaning[0]
  if (best === undefined || (sums[best] ?? 0) * (index.scales[best] ?? 0) < least * asked.norm) return []
  return [...new Set([...byWords, ...byMeaning])]
}

/** For each wording the squared weights that it shares with the text: room to work in, made once. */
let sums = new Float64Array(1024)

interface Weighed {
  list: Uint32Array
  weight: number
}

/** Adds the squared weight to each place of each list, as far as postings may be read. */
function addUp(lists: Weighed[]): void {
  let left = postingsRead
  for (const { list, weight } of lists.sort((a, b) => b.weight - a.weight)) {
    left -= list.length
    if (left < 0) break
    const square = weight * weight
    for (const at of list) sums[at] = (sums[at] ?? 0) + square
  }
}

/** Places of the greatest cosines, best first; most wordings fail the first comparison. */
function nearest({ scales }: Index, limit: number): number[] {
  const top: number[] = []
  const cosines = new Float64Array(limit)
  let least = 0
  for (let at = 0; at < scales.length; at += 1) {
    const cosine = (sums[at] ?? 0) * (scales[at] ?? 0)
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
