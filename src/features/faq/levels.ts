// The levels of a library: tried out with its own wordings and with ordinary chat when the settings are loaded, and again with what the
// groups really say.
import { backgroundChat } from '../../search/background-chat.ts'
import { joined, type Meaning } from '../../search/meaning.ts'
import { chanceAlone, levelsFrom, type Levels } from '../../search/calibration.ts'
import { allButSame, search, type Except, type Index } from '../../search/ranker.ts'
import { utteranceOf, type Utterance } from '../../search/utterance.ts'
import { leastShared, reach, type Library } from './library.ts'

/** Texts that are tried at most, of each kind: fewer in a large library, where each takes longer. */
const mostTried = 400
const triedInLarge = 120
const large = 3000
/** Of the kept messages, which are tried in steps while nothing else is to be done. */
const mostKeptTried = 4000
/** The background holds what comes near libraries; of ordinary chat, fewer lines do, by this factor (measured on the development chat). */
const backgroundHardness = 10
const asksSomething = new Set<Utterance>(['question', 'request'])

/** Entries that the words put first and whose meaning is looked at. */
const withMeaning = 6
/** Every second line of the background was learned from. */
export const backgroundTried = backgroundChat.filter((_, i) => i % 2 === 1)

/** What a text means, with an entry or one of its wordings left out; undefined where that is not known. */
export type MeaningOf = (text: string, except: Except) => Meaning | undefined

/** Levels, and what was found on the way to them. */
export interface Calibration {
  levels: Levels
  /** Wordings that were asked with themselves left out, and how many of them their entry still answered. */
  asked: number
  answered: number
  /** The share of ordinary chat that is answered. */
  chatAnswered: number
}

/** Calibrates with the shipped background of ordinary chat. */
export function calibrate(library: Library, eager: number): Calibration {
  const steps = calibrating(library, { chat: backgroundTried, tried: limitOf(library) }, eager * backgroundHardness)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/**
 * Calibrates with what the groups really say, in steps that may be taken one at a time. What asks something is not counted as ordinary
 * chat: much of it is meant for the library, and what an admin said is none of it is not answered anyway.
 * @param said texts of the last days
 */
export function* calibratingOn(
  library: Library,
  said: readonly string[],
  eager: number,
): Generator<undefined, Calibration> {
  const chat = said.map((text) => (asksSomething.has(utteranceOf(text)) ? '' : text))
  return yield* calibrating(library, { chat, tried: mostKeptTried }, eager)
}

/** Calibrates for questions of which the meaning is known, too, in steps as above. @param meaningOf of a text, without what is left out */
export function calibratingWith(
  library: Library,
  meaningOf: MeaningOf,
  eager: number,
): Generator<undefined, Calibration> {
  const trials = { chat: backgroundTried, tried: limitOf(library), meaningOf }
  return calibrating(library, trials, eager * backgroundHardness)
}

function* calibrating(
  library: Library,
  { chat, tried, meaningOf }: { chat: readonly string[]; tried: number; meaningOf?: MeaningOf },
  eager: number,
): Generator<undefined, Calibration> {
  const chanceOf = (index: Index, text: string, except: Except = {}) =>
    nearest(index, text, except, meaningOf?.(text, except))
  const indexes = library.shelves.map(({ index }) => index)
  const limit = limitOf(library)
  const chatScores: number[] = []
  for (const text of spread(chat, tried)) {
    // What is no question to a library is not answered, whatever comes near.
    const isAnswered = reach[utteranceOf(text)] !== 'same'
    const best = isAnswered ? Math.max(0, ...indexes.map((index) => chanceOf(index, text)?.chance ?? 0)) : 0
    // What reads like a wording is meant for the library, and no level keeps it out.
    chatScores.push(best >= allButSame ? 0 : best)
    yield
  }
  const wordings = spread(
    indexes.flatMap((index) => index.wordings.map(({ id, phrasing }, place) => ({ index, id, phrasing, place }))),
    limit,
  )
  const strangers: number[] = []
  for (const { index, id, phrasing } of wordings) {
    strangers.push(chanceOf(index, phrasing, { id })?.chance ?? 0)
    yield
  }
  const levels = levelsFrom({ chat: chatScores, strangers }, eager)
  let asked = 0
  let answered = 0
  for (const { index, id, phrasing, place } of wordings) {
    if ((index.members.get(id)?.places.length ?? 0) < 2) continue
    asked += 1
    const hit = chanceOf(index, phrasing, { place })
    answered += Number(hit?.id === id && hit.chance >= levels.answer)
    yield
  }
  const through = chatScores.filter((score) => score >= levels.answer).length
  return { levels, asked, answered, chatAnswered: through / (chatScores.length || 1) }
}

/** The first entry, and the chance that it alone is meant. */
function nearest(
  index: Index,
  text: string,
  except: Except,
  meaning?: Meaning,
): { id: string; chance: number } | undefined {
  const hits: { id: string; score: number }[] = search(index, text, meaning ? withMeaning : 2, {
    ...{ except, leastShared: meaning ? 0 : leastShared },
  })
  if (meaning) {
    const scores = new Map(hits.map(({ id, score }) => [id, score]))
    for (const id of meaning.odds.keys()) if (index.members.has(id) && !scores.has(id)) hits.push({ id, score: 0 })
    for (const hit of hits)
      if (hit.score < allButSame) hit.score = joined(hit.score, meaning.odds.get(hit.id) ?? meaning.least)
    hits.sort((a, b) => b.score - a.score)
  }
  const [first, second] = hits
  return first && { id: first.id, chance: chanceAlone(first.score, second?.score) }
}

/** Texts of each kind that are tried while settings load. */
function limitOf({ shelves }: Library): number {
  const size = shelves.reduce((sum, { index }) => sum + index.wordings.length, 0)
  return size > large ? triedInLarge : mostTried
}

/** At most `most` items, from all over the list. */
function spread<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items]
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)] as T)
}
