// The words that members may type, per group: found by their canonical form, alone, in a frame of particles and verbs, or with more behind them.
import type { Said } from '../types/event.ts'
import type { Localised } from '../types/localised.ts'
import type { AnyFeature } from './feature.ts'
import { frame, framesAfter, framesBefore, isEdge, objectOf, opened, type Side } from './frames.ts'
import type { Settings } from './settings.ts'
import { canonical, withoutEnd } from '../lib/text.ts'
import { withDigits } from '../lib/numerals.ts'

/**
 * What a member may type. With `rest`, more may follow the word and arrives as `said.rest`; `close`: also without anything between (换10元券).
 * With `staff`, it counts in the control
 * group too, for those who have a role. `look`: it shows something, so it goes with 查 and 有多少 and not with 玩. `before` is said only with
 * something behind it (换 10元券), `lookedUp` only with 查, 有多少 and the like around it (我有几张券).
 */
export type Word =
  | readonly string[]
  | {
      readonly say: readonly string[]
      readonly en?: readonly string[]
      readonly rest?: true | 'close'
      readonly staff?: true
      readonly look?: true
      readonly before?: readonly string[]
      readonly lookedUp?: readonly string[]
    }

/** What members may say for a word, in the language of the bot; the first is what they are told to say. */
export function spellingsOf(word: Word, language: keyof Localised): readonly string[] {
  const say = 'say' in word ? word.say : word
  return language === 'en' && 'en' in word && word.en !== undefined ? [...word.en, ...say] : say
}

/**
 * A message that was a feature's word: `rest` is what followed it, trimmed, in the form for comparing; `asTyped` is the same as it came;
 * `object` is `rest` without measures and particles, its numbers in digits. Not `isSure`: what followed stood too close to be surely
 * meant for the word (兑换不了), so a handler that cannot read it returns nothing.
 */
export type SaidWord = Said & WordParts

interface WordParts {
  rest: string
  asTyped: string
  object: string
  isSure: boolean
}

/** A word that a text turned out to be, and whose it is. */
export interface FoundWord extends WordParts {
  feature: AnyFeature
  word: string
  /** Not the thing is wanted but how it goes: 怎么签到. */
  asksHow: boolean
}

interface Known {
  feature: AnyFeature
  word: string
  takesRest: true | 'close' | undefined
  looks: boolean
  /** Alone it means nothing. */
  needs?: 'rest' | 'look'
}

/** The words of one group. */
interface GroupWords {
  /** By canonical form. */
  known: ReadonlyMap<string, Known>
  /** The lengths of the words that begin with a character, the longest first: a text is cut there to look a word up. */
  lengths: ReadonlyMap<string, readonly number[]>
  /** Those that are a word by themselves, as they were written. */
  spellings: readonly string[]
}

// What may stand between a word and the rest: white space, punctuation, or the change from Han to letters and digits.
const boundary = /^(?:[\s:：,，、@]|(?=[#a-z0-9]))/u
const between = /^[\s:：,，、]+/
/** Between two words in one message. */
const betweenWords = /[\s,，、;；。.!！+&~～和]+|然后再?|顺便|再(?=\S)/u
/** Said over and over: 签到签到签到, 签到签到啦. */
const repeated = /^(.{1,8}?)\1+$/u
const doubled = /(\p{Script=Han}{2,8})\1+/u
/** UTF-16 units of a text that is looked at for frames; what is longer tells something. */
const LONGEST_FRAMED = 40
/** Of what stands close behind a word. */
const LONGEST_OBJECT = 16
/** Words in one message that are done. */
const MOST_WORDS = 3

/** Characters typed apart: `签 到`. */
const spaced = /^\p{Script=Han}(?: \p{Script=Han})+$/u
/** Mistyped so often that it is no slip any more: 劵. */
const asMeant = (typed: string) => (spaced.test(typed) ? typed.replaceAll(' ', '') : typed).replaceAll('劵', '券')

/** Between clauses; a blank ends none, because names and titles have some. */
const clauseEnd = /[,，。;；!！~～…\n]+/u
const LONGEST_REMARK = 12
/** What is left undone is a reason to do it now: `今天还没签到，签到`. */
const notDoneYet = /(?:还|都|又|昨天|今天|前天)*没有?(?:签到?|打卡|抽奖?|刮|领|抢|来)/u
/** A remark to or about others, about later or what is past, or a question. */
const toOthers =
  /[别不没忘等你您他她它谁吗么呢吧?？再]|记得|提醒|大家(?![早好])|各位(?![早好])|有人|怎么|为什么|昨|上次|以后|明天|规则|通知/u

/** A number of something before a word or behind it: `来三张刮刮乐`. One of it is the word by itself. */
const quantity =
  /(?<![\d点])第?(\d{1,9}|[零一二两三四五六七八九十百]{1,4}) ?(张票|号|张|次|份|把|个|局|票|cards?|tickets?|(?=[a-z ]))的?/u

/** Close behind a word this tells what was done or asks something: `换了两张10元券`, `接龙里的鸡蛋几号到`. */
const told = /^(?:[了过完掉得着]|到了)|[吗呢?？]|几[号点时天]|什么|怎么|多少|[谁哪]/u

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

  /** The word that a text is by itself or begins with, in a group by its name in `groups.yaml` (null: in a direct message). */
  find(text: string, group: string | null): FoundWord | undefined {
    const { known } = this.#wordsOf(group)
    const typed = canonical(text)
    const begun = withRest(text, typed, false, this.#wordsOf(group))
    return alone(known.get(typed)) ?? alone(known.get(withoutEnd(typed))) ?? begun
  }

  /**
   * The words that somebody says, as people say them: with particles and verbs around them, several in one message, with an object behind.
   * @param addressed said to the bot by name or to it alone: then it may also be asked how something goes
   * @returns readings, the likeliest first: the next one counts when nothing came of the one before. None when the text says more.
   */
  readings(text: string, group: string | null, addressed: boolean): readonly (readonly FoundWord[])[] {
    const words = this.#wordsOf(group)
    const typed = asMeant(canonical(text))
    const exact = alone(words.known.get(typed)) ?? alone(words.known.get(withoutEnd(typed)))
    if (exact) return [[exact]]
    const isShort = typed.length <= LONGEST_FRAMED
    // Most of what is said holds no word, so frames are not looked for.
    if (!holdsWord(typed, isShort ? typed.length : 1, words)) return []
    const whole = isShort ? (framed(typed, words, addressed) ?? counted(typed, words)) : undefined
    if (whole) return [[whole]]
    const begun = withRest(text, typed, isShort, words, addressed)
    const several = isShort ? this.#several(typed, words, addressed) : []
    const readings = begun ? (begun.isSure ? [[begun], several] : [several, [begun]]) : [several]
    return readings.filter((reading) => reading.length > 0)
  }

  /** What members may type in a group, in canonical form. */
  spellings(group: string | null): readonly string[] {
    return this.#wordsOf(group).spellings
  }

  #several(typed: string, words: GroupWords, addressed: boolean): FoundWord[] {
    const parts = [...new Set(typed.split(betweenWords).filter((part) => part !== ''))]
    if (parts.length > MOST_WORDS || parts[0] === typed) return []
    const found = parts.map((part) => alone(words.known.get(part)) ?? framed(part, words, addressed))
    if (found.every((word) => word !== undefined && !word.asksHow)) return found.filter((word) => word !== undefined)
    return this.#afterRemark(typed, words)
  }

  /** A word as the last clause, behind a short remark about the speaker: `昨天没签，补签一下`. */
  #afterRemark(typed: string, words: GroupWords): FoundWord[] {
    const clauses = typed.split(clauseEnd).filter((clause) => clause.trim() !== '')
    const last = clauses.pop()?.trim() ?? ''
    const remark = clauses.join('，')
    const isRemark = remark !== '' && remark.length <= LONGEST_REMARK && !toOthers.test(remark.replace(notDoneYet, ''))
    const word = isRemark ? (alone(words.known.get(last)) ?? framed(last, words, false)) : undefined
    return word && last.length > 1 && !word.asksHow ? [word] : []
  }

  #wordsOf(group: string | null): GroupWords {
    let words = this.#byGroup.get(group)
    if (!words) {
      const known = new Map<string, Known>()
      // What an operator or a feature has written wins over what is made of it.
      const made = new Map<string, Known>()
      for (const feature of this.#features) {
        const settings = this.#settings.feature(feature.name, group)
        if (!settings.enabled) continue
        for (const [word, typed] of Object.entries(settings.words)) {
          const declared = feature.words?.[word]
          const more = declared !== undefined && 'say' in declared ? declared : undefined
          const takesRest = more?.rest
          const looks = more?.look === true
          const meant = { feature, word, takesRest, looks }
          for (const spelling of typed) known.set(canonical(spelling), meant)
          const usual = settings.usualWords?.[word] ?? []
          for (const spelling of usual) made.set(canonical(spelling), meant)
          for (const spelling of more?.before ?? []) made.set(canonical(spelling), { ...meant, needs: 'rest' })
          for (const spelling of more?.lookedUp ?? []) made.set(canonical(spelling), { ...meant, needs: 'look' })
          if (looks) continue
          for (const spelling of [...typed, ...usual].flatMap((said) => opened(canonical(said))))
            made.set(spelling, meant)
        }
      }
      const spellings = [...known.keys()]
      for (const [spelling, meant] of made) if (!known.has(spelling)) known.set(spelling, meant)
      words = { known, lengths: lengthsOf(known.keys()), spellings }
      this.#byGroup.set(group, words)
    }
    return words
  }
}

function lengthsOf(spellings: Iterable<string>): ReadonlyMap<string, readonly number[]> {
  const lengths = new Map<string, number[]>()
  for (const spelling of [...spellings].sort((a, b) => b.length - a.length)) {
    if (spelling === '') continue
    const known = lengths.get(spelling.charAt(0)) ?? []
    if (known.at(-1) !== spelling.length) known.push(spelling.length)
    lengths.set(spelling.charAt(0), known)
  }
  return lengths
}

function alone(known: Known | undefined): FoundWord | undefined {
  return known && known.needs === undefined ? found(known) : undefined
}

function found({ feature, word }: Known, more: Partial<FoundWord> = {}): FoundWord {
  return { feature, word, rest: '', asTyped: '', object: '', isSure: true, asksHow: false, ...more }
}

/** A word with nothing but a frame around it. */
function framed(typed: string, words: GroupWords, addressed: boolean): FoundWord | undefined {
  const text = repeated.exec(withoutEnd(typed))?.[1] ?? typed.replace(doubled, '$1')
  const repetition = alone(words.known.get(text))
  if (repetition) return repetition
  const before = framesBefore(text)
  let after: Side | undefined
  let how: FoundWord | undefined
  for (const { known, from, to } of within(text, before, words)) {
    after ??= framesAfter(text)
    const bits = combined(before[from], after[to])
    if (bits.some((says) => fits(says, known, addressed))) return found(known)
    if (addressed && bits.some((says) => (says & frame.how) !== 0)) how ??= found(known, { asksHow: true })
  }
  return how
}

function fits(says: number, known: Known, addressed: boolean): boolean {
  if ((says & frame.how) !== 0 || known.needs === 'rest') return false
  if ((says & frame.may) !== 0 && !addressed) return false
  const looks = (says & frame.look) !== 0
  if ((known.needs === 'look' || (says & frame.any) !== 0) && !looks) return false
  return known.looks ? (says & frame.play) === 0 : !looks
}

/** A word that takes an object, with a number of something beside it: `来三张刮刮乐`, `买两张刮刮乐`, `3 scratch cards`. */
function counted(typed: string, words: GroupWords): FoundWord | undefined {
  const found = quantity.exec(typed)
  const [whole = '', number = '', measure = ''] = found ?? []
  if (!found || typed.length === whole.length) return undefined
  const without = `${typed.slice(0, found.index)}${typed.slice(found.index + whole.length)}`.trim()
  const word = framed(without, words, false)
  const takesRest = word?.feature.words?.[word.word]
  if (!word || word.asksHow || !takesRest || !('say' in takesRest) || !takesRest.rest) return undefined
  const rest = `${number}${measure}`
  return { ...word, rest, asTyped: rest, object: withDigits(rest), isSure: false }
}

/** A word with an object behind it: 抽奖 12, 换10元券, 我要补签昨天. */
function withRest(
  text: string,
  typed: string,
  isShort: boolean,
  words: GroupWords,
  addressed = false,
): FoundWord | undefined {
  const before: Side = isShort ? framesBefore(typed) : [new Set([0])]
  let close: FoundWord | undefined
  for (const { known, from, to } of within(typed, before, words)) {
    if (!known.takesRest || to >= typed.length) continue
    const rest = typed.slice(to).replace(between, '')
    const bits = [...(before[from] ?? [])]
    if (!bits.some((says) => (says & (frame.how | (known.looks ? frame.play : frame.look))) === 0)) {
      const asksHow = addressed && known.needs === undefined && bits.some((says) => (says & frame.how) !== 0)
      if (asksHow && words.known.has(objectOf(rest))) return found(known, { rest, asksHow })
      continue
    }
    // English goes on behind a word without a sign between: draw me a picture.
    const isTalk = known.takesRest === 'close' && /[a-z]$/.test(typed.slice(from, to)) && /^[a-z]/.test(rest)
    const isSure = known.needs === undefined && boundary.test(typed.slice(to)) && !isTalk
    if (!isSure && told.test(rest)) continue
    const parts = { rest, asTyped: behind(text, typed.slice(0, to)), object: withDigits(objectOf(rest)), isSure }
    if (isSure) return found(known, parts)
    if (known.takesRest === 'close' && isShort && rest !== '' && rest.length <= LONGEST_OBJECT)
      close ??= found(known, parts)
  }
  return close
}

/** Whether a word begins in the first `places` of a text. */
function holdsWord(text: string, places: number, { known, lengths }: GroupWords): boolean {
  for (let from = 0; from < places; from += 1)
    for (const length of lengths.get(text.charAt(from)) ?? [])
      if (known.has(text.slice(from, from + length))) return true
  return false
}

/** Words that stand in a text behind a frame, the earliest and longest first. */
function* within(text: string, before: Side, { known, lengths }: GroupWords) {
  for (const [from, bits] of before.entries()) {
    if (!bits) continue
    for (const length of lengths.get(text.charAt(from)) ?? []) {
      const to = from + length
      const word = to <= text.length ? known.get(text.slice(from, to)) : undefined
      if (word && isEdge(text, from) && isEdge(text, to)) yield { known: word, from, to }
    }
  }
}

function combined(before: ReadonlySet<number> | undefined, after: ReadonlySet<number> | undefined): number[] {
  if (!before || !after) return []
  return [...before].flatMap((left) => [...after].map((right) => left | right))
}
