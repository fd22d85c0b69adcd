// What makes one kind of activity (a poll, a sign-up list): everything else about it is the mechanism's.
import type { z } from 'zod'
import type { Form } from '../core/feature/answers.ts'
import type { Args } from '../core/feature/argument.ts'
import type { Keyword, Line, LineSpec } from '../core/feature/argument-line.ts'
import type { CommunityContext, Context, Declared, GroupContext } from '../core/feature/context.ts'
import type { Command } from '../core/feature/feature.ts'
import type { Effect } from '../core/types/effect.ts'
import type { Said } from '../core/types/event.ts'
import type { GroupId, MemberId } from '../core/types/ids.ts'
import type { Localised } from '../core/types/localised.ts'
import type { Entered, Live } from './records.ts'
import type { Refusal } from '../core/types/refusal.ts'

/** Who says something to an activity, and what he has in it so far. */
export interface By<E> {
  member: MemberId
  name: string
  group: GroupId
  before: E | undefined
}

/** What a text means to an activity: an entry and what is said about it, no entry any more, why not, or entries of several people (null: no more). */
export type Taken<E> =
  | { value: E; said: string }
  | { leaves: true }
  | { refused: Effect | undefined }
  | { entries: readonly { who: string; name: string | null; value: E | null }[]; told: readonly Effect[] }

/** The end of an activity: what the groups read, and what the admins read. */
export interface Settled {
  said: string
  admin?: string
}

/** One kind. `C` is what one activity holds, `E` what one person has in it, `K` the keywords of its line beside the common ones. */
export interface Kind<
  D extends Declared,
  C,
  E,
  K extends Readonly<Record<string, Keyword<unknown>>>,
  A extends Record<string, Args>,
> {
  /** The feature, and its file of settings. */
  name: string
  summary: Localised
  /** What one is called: 投票. */
  called: Localised
  /** `/vote new` */
  command: string
  /** The word of members that takes part. */
  word: D['words']
  content: z.ZodType<C>
  entry: z.ZodType<E>
  line: Pick<LineSpec<K>, 'example' | 'things' | 'thing' | 'most' | 'keywords'>
  /** What 每人 counts; without it that condition is not offered. */
  each?: Localised
  /** Only for people who are surely recognised, as it is about value. */
  isGuarded?: true
  /** What a line opens, beside title and common conditions. */
  read(line: Pick<Line<K>, 'title' | 'things' | 'said'>, cx: GroupContext<D>): C | Refusal
  /** What members read when it opens; the conditions follow below. @param word as members type it for this one */
  opening(live: Live<C>, word: string, cx: GroupContext<D>): string
  /** How to take part, for lists. */
  how(live: Live<C>, word: string, cx: Context<D>): string
  /** The form of a bare answer that takes part; `take` gets the whole text. */
  form?(live: Live<C>): Form
  /** What a text behind the word, or a bare answer, means; undefined when nothing. */
  take(typed: string, by: By<E>, live: Live<C>, cx: GroupContext<D>, entries: () => Entered<E>[]): Taken<E> | undefined
  /** What anything else that is said in the group means to an open one. */
  hear?(said: Said, by: By<E>, live: Live<C>, cx: GroupContext<D>, entries: () => Entered<E>[]): Taken<E> | undefined
  /** What somebody opens in the group by a text of his own, without the bot's announcement; `hear` gets the text next. */
  begun?(said: Said, cx: GroupContext<D>): { title: string; content: C } | undefined
  /** How it stands, as one message; shown every few minutes while people take part. */
  board(live: Live<C>, entries: Entered<E>[], cx: Context<D>): string
  settle(live: Live<C>, entries: Entered<E>[], cx: Context<D>): Settled
  /** Head and cells of its list. */
  columns(live: Live<C>, cx: Context<D>): string[]
  row(entered: Entered<E>, live: Live<C>, cx: Context<D>): (string | number)[]
  /** Instead of the opening once more. */
  remind?(live: Live<C>, entries: Entered<E>[], cx: Context<D>): Settled
  commands?: { [N in keyof A]: Command<A[N], CommunityContext<D>> }
}

/** A kind, as the mechanism holds it. */
export type AnyKind = Kind<Declared, unknown, unknown, Readonly<Record<string, Keyword<unknown>>>, Record<string, Args>>
