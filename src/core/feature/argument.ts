// One typed argument: what it may be, how it is written, against what it is read, and what to say when it cannot be taken.
import type { Directory, GroupView } from './directory.ts'
import type { GroupId, MemberId, Millis } from '../types/ids.ts'
import type { Localised } from '../types/localised.ts'
import type { Refusal } from '../types/refusal.ts'

/** What typed text is read against: who and what there is, for one event and one group. */
export interface Scene {
  readonly now: Millis
  /** The IANA time zone of the group that is meant, else the community's. */
  readonly timezone: string
  readonly members: Directory
  /** The names of the coupon kinds there. */
  readonly coupons: readonly string[]
  /** The group for which a plan gives the command: it is meant where none is named. */
  readonly here?: GroupId
  /** People whom some words mean together (今天签到的); undefined when the words mean nobody in particular. */
  crowd(typed: string): MemberId[] | undefined
  /** false: a plan gives the command, so what could mean two things takes the literal one. */
  readonly canAsk: boolean
  /** The groups that are there and in which a feature is on. */
  groupsWith(feature: string): GroupView[]
  /** The same in a group that was named: its time zone, its coupons. */
  inGroup(group: GroupId): Scene
}

/** One argument: its name in the usage line, an example, and how the typed text becomes a value. */
export interface Arg<V> {
  label: Localised
  example: Localised
  optional: boolean
  /** Takes all that is left of the line, as it was typed. */
  rest: boolean
  /** How many words it may be at most; 0 for a keyword that needs none. */
  words: number
  /** Of several lengths that can be taken the shortest counts, not the longest. */
  isShort?: true
  /** Takes words as long as they fit, whatever is still to come. */
  isGreedy?: true
  /** It says where the rest of the line is about: its time zone and coupons count. */
  isPlace?: true
  parse(typed: string, scene: Scene): V | Refusal
  /** What it is when nothing was typed. */
  absent?(scene: Scene): V | Refusal
}

/** An argument that has a value even when nothing was typed, or asks. */
export interface FilledArg<V> extends Arg<V> {
  absent(scene: Scene): V | Refusal
}

/** Arguments of a command by name, in the order in which they are typed. */
export type Args = Readonly<Record<string, Arg<unknown>>>
/** What a command gets of its arguments. */
export type ArgValues<A> = { [K in keyof A]: A[K] extends Arg<infer V> ? V : never }

/** Declares an argument of one word. */
export function argument<V>(
  label: Localised,
  example: Localised,
  parse: Arg<V>['parse'],
  more: Partial<Pick<Arg<V>, 'optional' | 'rest' | 'words' | 'isShort' | 'isGreedy' | 'isPlace'>> = {},
): Arg<V> {
  return { label, example, optional: false, rest: false, words: 1, parse, ...more }
}

/** A text that is the same in both languages. */
export function same(text: string): Localised {
  return { zh: text, en: text }
}

/** Most characters of typed text that are quoted back. */
export function quoted(typed: string): string {
  return [...typed].slice(0, 30).join('')
}

/** A word of a typed line. */
export interface TypedWord {
  text: string
  /** Where it begins and ends in the line, quotes included. */
  at: number
  end: number
  /** It stood in quotes, so it is nothing but text. */
  isQuoted: boolean
}

const opening = '"“「'
const closing: Record<string, string> = { '"': '"', '“': '”', '「': '」' }

/** Cuts a line into words: quotes hold words together, a mention runs to its closing U+2005 if it has one. */
export function words(line: string): TypedWord[] {
  const found: TypedWord[] = []
  let at = 0
  while (at < line.length) {
    const char = line[at] ?? ''
    if (/\s/.test(char)) {
      at++
      continue
    }
    const start = at
    const end = opening.includes(char) ? line.indexOf(closing[char] ?? '', at + 1) : -1
    const mention = char === '@' ? mentionEnd(line, at) : -1
    if (end > 0) {
      at = end + 1
      found.push({ text: line.slice(start + 1, end), at: start, end: at, isQuoted: true })
    } else if (mention > 0) {
      at = mention + 1
      found.push({ text: line.slice(start, mention), at: start, end: at, isQuoted: false })
    } else {
      while (at < line.length && !/\s/.test(line[at] ?? '')) at++
      found.push({ text: line.slice(start, at), at: start, end: at, isQuoted: false })
    }
  }
  return found
}

// Names may hold spaces: WeChat closes a mention with U+2005, unless the next mention begins before that.
function mentionEnd(line: string, at: number): number {
  const end = line.indexOf('\u2005', at)
  const next = line.indexOf('@', at + 1)
  return next >= 0 && next < end ? -1 : end
}
