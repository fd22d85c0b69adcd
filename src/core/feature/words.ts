// The words that members may type, per group: found by their canonical form, alone or with more behind them.
import type { Said } from '../types/event.ts'
import type { Localised } from '../types/localised.ts'
import type { AnyFeature } from './feature.ts'
import type { Settings } from './settings.ts'
import { canonical, withoutEnd } from '../lib/text.ts'

/**
 * What a member may type. With `rest`, more may follow the word and arrives as `said.rest`. With `staff`, it counts in the control
 * group too, for those who have a role.
 */
export type Word =
  | readonly string[]
  | { readonly say: readonly string[]; readonly en?: readonly string[]; readonly rest?: true; readonly staff?: true }

/** What members may say for a word, in the language of the bot; the first is what they are told to say. */
export function spellingsOf(word: Word, language: keyof Localised): readonly string[] {
  const say = 'say' in word ? word.say : word
  return language === 'en' && 'en' in word && word.en !== undefined ? [...word.en, ...say] : say
}
/** A message that was a feature's word: `rest` is what followed it, trimmed, in the form for comparing; `asTyped` is the same as it came. */
export type SaidWord = Said & { rest: string; asTyped: string }

/** A word that a text turned out to be, and whose it is. */
export interface FoundWord {
  feature: AnyFeature
  word: string
  /** What followed the word, trimmed, in canonical form. */
  rest: string
  /** The same as it was typed. */
  asTyped: string
}

interface Known {
  feature: AnyFeature
  word: string
  takesRest: boolean
}

/** The words of one group. */
interface GroupWords {
  /** By canonical form. */
  known: ReadonlyMap<string, Known>
  /** The lengths of words that take a rest, the longest first: at so many places a text is cut to look its beginning up. */
  lengths: readonly number[]
}

// What may stand between a word and the rest: white space, punctuation, or the change from Han to letters and digits.
const boundary = /^(?:[\s:：,，、@]|(?=[a-z0-9]))/u

const between = /^[\s:：,，、]+/

/** What stands behind a word, as it was typed: the shortest beginning that reads as the word is cut off. */
function behind(text: string, word: string): string {
  let [low, high] = [0, text.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (canonical(text.slice(0, middle)).startsWith(word)) high = middle
    else low = middle + 1
  }
  return text.slice(low).replace(between, '').trim()
}

/** The words of all features, by group. */
export class WordList {
  readonly #features: readonly AnyFeature[]
  readonly #settings: Pick<Settings, 'feature'>
  readonly #byGroup = new Map<string | null, GroupWords>()

  constructor(features: readonly AnyFeature[], settings: Pick<Settings, 'feature'>) {
    this.#features = features
    this.#settings = settings
  }

  /** The word that a text is, in a group by its name in `groups.yaml` (null: in a direct message). */
  find(text: string, group: string | null): FoundWord | undefined {
    const typed = canonical(text)
    const { known, lengths } = this.#wordsOf(group)
    const exact = known.get(typed) ?? known.get(withoutEnd(typed))
    if (exact) return { feature: exact.feature, word: exact.word, rest: '', asTyped: '' }
    for (const length of lengths) {
      const beginning = typed.slice(0, length)
      const begun = known.get(beginning)
      const rest = typed.slice(length)
      if (!begun?.takesRest || !boundary.test(rest)) continue
      const { feature, word } = begun
      return { feature, word, rest: rest.replace(between, ''), asTyped: behind(text, beginning) }
    }
    return undefined
  }

  #wordsOf(group: string | null): GroupWords {
    let words = this.#byGroup.get(group)
    if (!words) {
      const known = new Map<string, Known>()
      for (const feature of this.#features) {
        const settings = this.#settings.feature(feature.name, group)
        if (!settings.enabled) continue
        for (const [word, typed] of Object.entries(settings.words)) {
          const declared = feature.words?.[word]
          const takesRest = declared !== undefined && 'rest' in declared
          for (const one of typed) known.set(canonical(one), { feature, word, takesRest })
        }
      }
      const prefixes = [...known].flatMap(([typed, { takesRest }]) => (takesRest && typed !== '' ? [typed.length] : []))
      words = { known, lengths: [...new Set(prefixes)].sort((a, b) => b - a) }
      this.#byGroup.set(group, words)
    }
    return words
  }
}
