// The levels of a library: tried out with its own wordings and with ordinary chat when the settings are loaded, and again with what the
// groups really say.
import { backgroundChat } from '../../search/background-chat.ts'
import { levelsFrom, type Levels } from '../../search/calibration.ts'
import { search, type Index } from '../../search/ranker.ts'
import { utteranceOf } from '../../search/utterance.ts'
import { reach, type Library } from './library.ts'

/** Texts that are tried at most, of each kind: fewer in a large library, where each takes longer. */
const mostTried = 400
const triedInLarge = 120
const large = 3000
/** The background holds what comes near libraries; of ordinary chat, so many times fewer lines do (measured on the development chat). */
const backgroundHardness = 10

/** Levels, and what was found on the way to them. */
export interface Calibration {
  levels: Levels
  /** Wordings that were asked with themselves left out, and how many of them their entry still answered. */
  asked: number
  answered: number
  /** The share of ordinary chat that is answered. */
  chatAnswered: number
}

/** @param said what is said in the groups; without it the shipped background of ordinary chat is used */
export function calibrate(library: Library, eager: number, said: readonly string[] = backgroundChat): Calibration {
  const indexes = library.shelves.map(({ index }) => index)
  const size = indexes.reduce((sum, { wordings }) => sum + wordings.length, 0)
  const limit = size > large ? triedInLarge : mostTried
  // Every second line of the background was learned from.
  const lines = said === backgroundChat ? said.filter((_, i) => i % 2 === 1) : said
  const chat = spread(lines, limit).map((text) => best(indexes, text))
  const wordings = spread(
    indexes.flatMap((index) => index.wordings.map(({ id, phrasing }, place) => ({ index, id, phrasing, place }))),
    limit,
  )
  const strangers = wordings.map(
    ({ index, id, phrasing }) => search(index, phrasing, 1, { except: { id } })[0]?.score ?? 0,
  )
  const levels = levelsFrom({ chat, strangers }, lines === said ? eager : eager * backgroundHardness)
  const others = wordings.filter(({ index, id }) => (index.members.get(id)?.places.length ?? 0) > 1)
  const answered = others.filter(({ index, id, phrasing, place }) => {
    const [hit] = search(index, phrasing, 1, { except: { place } })
    return hit?.id === id && hit.score >= levels.answer
  })
  return {
    levels,
    asked: others.length,
    answered: answered.length,
    chatAnswered: chat.filter((score) => score >= levels.answer).length / (chat.length || 1),
  }
}

/** 0 for what is no question to a library, whatever comes near. */
function best(indexes: readonly Index[], text: string): number {
  if (reach[utteranceOf(text)] === 'same') return 0
  return Math.max(0, ...indexes.map((index) => search(index, text, 1)[0]?.score ?? 0))
}

/** At most so many items, from all over the list. */
function spread<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items]
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)] as T)
}
