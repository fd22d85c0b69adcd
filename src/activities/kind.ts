// What makes one kind of activity (a poll, a sign-up list): everything else about it is the mechanism's.
import type { z } from 'zod'
import type { Form } from '../core/feature/answers.ts'
import type { Keyword, Line, LineSpec } from '../core/feature/argument-line.ts'
import type { CommunityContext, Declared, GroupContext } from '../core/feature/context.ts'
import type { Effect } from '../core/types/effect.ts'
import type { Said } from '../core/types/event.ts'
import type { GroupId, MemberId, Millis } from '../core/types/ids.ts'
import type { Localised } from '../core/types/localised.ts'
import type { TableSpec } from '../core/feature/tables.ts'
import type { SaidCommon } from './conditions.ts'
import type { Entered, Live } from './records.ts'
import type { Opening } from './presets.ts'
import type { Refusal } from '../core/types/refusal.ts'

/** Who says something to an activity, and what he has in it so far. */
export interface By<E> {
  member: MemberId
  name: string
  group: GroupId
  before: E | undefined
}

/**
 * What a text means to an activity: an entry, what is said about it (a function gives what is won, once all is paid) and what it costs
 * (points), no entry any more, why not, or entries of several people (null: no more).
 */
export type Taken<E> =
  | { value: E; said: string | (() => string); cost?: number }
  | { leaves: true }
  | { refused: Effect | Refusal | undefined }
  | { entries: readonly { who: string; name: string | null; value: E | null }[]; told: readonly Effect[] }

/** The end of an activity: what the groups read (nothing when empty), what the admins read besides, and what it holds from now on. */
export interface Settled<C> {
  said: string
  admin?: string
  content?: C
  /** What single people are told besides. */
  told?: readonly Effect[]
}

/** The list is frozen and told, and it is settled later: then, or by hand (null). */
export interface Frozen<C> extends Settled<C> {
  settlesAt: Millis | null
}

/** An activity as an earlier version had it, with who was in it, in order. */
export interface Former<C, E> {
  live: Omit<Live<C>, 'no' | 'called' | 'entered'> & { no: number | null }
  entries: readonly { member: MemberId; paid: number; value: E }[]
}

type Keywords = Readonly<Record<string, Keyword<unknown>>>
type TypedLine<K extends Keywords> = Pick<Line<K>, 'title' | 'things'> & { said: Line<K>['said'] & SaidCommon }

/** One kind. `C` is what one activity holds, `E` what one person has in it, `K` the keywords of its line beside the common ones. */
export interface Kind<D extends Declared, C, E, K extends Keywords> {
  /** The feature, and its file of settings. */
  name: string
  summary: Localised
  /** What one is called: 投票. */
  called: Localised
  /** The word of members that takes part. */
  word: D['words']
  content: z.ZodType<C>
  entry: z.ZodType<E>
  /** The first migration of its entries, when an earlier version had a table of that name. */
  adopt?: TableSpec<object>['migrations'][number]
  /** What 每人 counts; without it that condition is not offered. */
  each?: Localised
  /** Only for people who are surely recognised, as it is about value. */
  isGuarded?: true
  /** What one has in it is his at once: it cannot be left, and who leaves the group keeps it. */
  isFinal?: true
  /** The word alone is ordinary chat while nothing is open. */
  isCommonWord?: true
  /** It is settled and told also when nobody came. */
  settlesEmpty?: true
  /** Its end is told to the group only, and nobody is called before it. */
  isSmall?: true
  /** Admins read of its end only what they must do. */
  isPublic?: true

  /** The line of `/<command> new`; without it the kind opens only by its own commands and words. `isOld`: `/<command> close 41` too. */
  line?: Pick<LineSpec<K>, 'example' | 'things' | 'thing' | 'most' | 'keywords'> & { command: string; isOld?: true }
  /** What settings that are called by a line's title add to it. */
  completed?(line: TypedLine<K>, cx: GroupContext<D>): TypedLine<K> | Refusal
  /** What a line opens, beside title and common conditions. */
  read?(line: TypedLine<K>, cx: GroupContext<D>): C | Refusal
  /** What the settings open by themselves. */
  openings?(config: D['config']): readonly Opening[]
  /** Coupons that it promises, which are set aside until it is over. */
  promises?(live: Pick<Live<C>, 'content' | 'terms'>): ReadonlyMap<string, number>
  /** Takes over what an earlier version left in tables of its own, and deletes it there. A number of null is given anew. */
  takenOver?(cx: CommunityContext<D>): readonly Former<C, E>[]
  /** What it holds once it has its number. */
  numbered?(live: Live<C>, cx: GroupContext<D>): C
  /** What members read when it opens; the conditions follow below. @param word as members type it for this one */
  opening(live: Live<C>, word: string, cx: GroupContext<D>): string
  /** What follows below the opening when it really opens: the kind begins to do something, such as asking the first question. */
  begins?(live: Live<C>, cx: GroupContext<D>): string
  /** Its opening says the conditions itself. */
  saysConditions?: true
  /** What admins read besides when it has opened. */
  openedNote?(live: Live<C>, cx: GroupContext<D>): readonly string[]

  /** How to take part, for lists. */
  how(live: Live<C>, word: string, cx: GroupContext<D>): string
  /** The form of a bare answer that takes part; `take` gets the whole text. */
  form?(live: Live<C>): Form
  /** What a text behind the word, or a bare answer, means; undefined when nothing. */
  take(typed: string, by: By<E>, live: Live<C>, cx: GroupContext<D>, entries: () => Entered<E>[]): Taken<E> | undefined
  /** What anything else that is said in the group means to an open one. */
  hear?(said: Said, by: By<E>, live: Live<C>, cx: GroupContext<D>, entries: () => Entered<E>[]): Taken<E> | undefined
  /** What somebody opens in the group by a text of his own, without the bot's announcement; `hear` gets the text next. */
  begun?(said: Said, cx: GroupContext<D>): { title: string; content: C } | undefined
  /** It closes with this entry, as nothing is left. */
  isFull?(live: Live<C>, entries: Entered<E>[]): boolean

  /** How it stands, as one message; shown every few minutes while people take part when it is a list that they watch. */
  board(live: Live<C>, entries: Entered<E>[], cx: GroupContext<D>): string
  showsBoard?: true
  freeze?(live: Live<C>, entries: Entered<E>[], cx: GroupContext<D>): Frozen<C>
  settle(live: Live<C>, entries: Entered<E>[], cx: GroupContext<D>): Settled<C>
  /** Why it cannot be settled by hand now. */
  awaits?(live: Live<C>, cx: GroupContext<D>): Refusal | undefined
  /** The time to settle has passed while the bot was away; undefined: settle all the same. */
  settlesLate?(live: Live<C>, cx: GroupContext<D>): { said: string; settlesAt: Millis } | undefined
  /** It is cancelled: gives back what was put in, and says so. */
  cancelled?(live: Live<C>, entries: Entered<E>[], cx: GroupContext<D>): string
  /** Head and cells of its list. */
  columns(live: Live<C>, cx: GroupContext<D>): string[]
  row(entered: Entered<E>, live: Live<C>, cx: GroupContext<D>): (string | number)[]
  /** A page of its own list instead, once it has one. */
  page?(live: Live<C>, page: number, cx: GroupContext<D>): string | undefined
  /** Instead of the opening once more. */
  remind?(live: Live<C>, entries: Entered<E>[], cx: GroupContext<D>): Settled<C>
}

/** A kind, as the mechanism holds it. */
export type AnyKind = Kind<Declared, unknown, unknown, Keywords>
