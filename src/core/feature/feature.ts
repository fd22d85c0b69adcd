// What a feature is made of: one object with its config, tables, words, commands, hooks, jobs and texts. Read this first.
import type { z } from 'zod'
import type { Activities } from './activities.ts'
import type { Args, ArgValues } from './argument.ts'
import type { Context } from './context.ts'
import type { CouponKind } from '../money/coupons.ts'
import type { ReadCron } from './cron.ts'
import type { Effect, Reply } from '../types/effect.ts'
import type {
  Found,
  FriendAsked,
  Joined,
  Left,
  Loaded,
  LoggedIn,
  Noticed,
  Posted,
  Renamed,
  Resulted,
  Rostered,
  Said,
  Status,
} from '../types/event.ts'
import type { GroupId, MemberId, Millis } from '../types/ids.ts'
import type { Award } from '../money/ledger.ts'
import type { Role } from './rights.ts'
import type { About, Problem, ReadYaml, Row } from './settings-check.ts'
import type { TableSpec } from './tables.ts'
import type { Fill, Localised } from '../types/localised.ts'
import type { SaidWord, Word } from './words.ts'

type TableSpecs = Record<string, TableSpec<object>>
/** A slash-command of the control group. Its usage line is derived from its name and `args`. */
export interface Command<A, Cx> {
  summary: Localised
  role: Role
  /** Counts in any group, not only in the control group. */
  anywhere?: true
  /** `{}` for none. */
  args: A
  /** Ask the sender for `/yes` within a minute before it is done; the text says what will happen. */
  confirm?: (args: ArgValues<A>, cx: Cx) => string
  run(args: ArgValues<A>, cx: Cx, said: Said): Reply
}

/** The share of one feature in the series of numbers that admins use. */
export interface Numbers<Cx> {
  /** The number that it gave last; 0 before the first. An undo must not set it back. */
  last(cx: Cx): number
  /** What a number is and which commands take it, for an admin who typed another; undefined when it is none of its own. */
  about(number: number, cx: Cx): string | undefined
  /** What `/undo 41` and `/why 41` do with one of its own; undefined when it is none. */
  undo?(number: number, cx: Cx): Reply
  why?(number: number, cx: Cx): Reply
}

/**
 * A feature. `name` is also its config file `config/<name>.yaml` and the first part of its tables' names.
 * Order of the hooks for a message: every feature's `screen`, then a command or a word, else the answer to an open question (see
 * `Context.expects`), else the first `answer`, then every `observe`.
 */
export interface Feature<
  C,
  P,
  T extends TableSpecs,
  W extends string,
  X extends string,
  A extends Record<string, Args>,
> {
  name: string
  summary: Localised
  config: z.ZodType<C>
  /**
   * What the operator's settings need to be turned into once (an index, an automaton). Pure; what it finds wrong is for `check`.
   * @param rows reads a CSV file that a setting marked with `.meta({ file: 'csv' })` names
   * @param cron reads a cron expression
   * @param yaml reads a YAML file that a setting marked with `.meta({ file: 'yaml' })` names; undefined when it does not fit, which is told
   */
  prepare?: (config: C, rows: (file: string) => readonly Row[], cron: ReadCron, yaml: ReadYaml) => P
  /** Checks beyond the schema, run when the file is loaded. */
  check?: (config: C, about: About<P>) => Problem[]
  tables?: T
  words?: Record<W, Word>
  texts: { zh: Record<X, string>; en: Record<X, string> }
  /** The list that its settings mainly are, for telling what an edit has added or lost. */
  counted?: { label: Localised; of: (config: C, prepared: P) => number }
  /** Penalties and rewards as lines for the greeting, from the live settings. */
  rules?: (config: C, text: Fill<X>) => string[]
  /** Lines of the member menu; a word is the first that the operator chose. */
  menu?: (words: Record<W, string>, config: C, text: Fill<X>) => string[]
  /** At most one feature says how many points of an award may be booked. */
  capAward?: (award: Award, cx: Context<C, P, T, X>) => number
  /** At most one feature knows the kinds of coupons; settings of others may only name these (see `CouponName`). */
  coupons?: (prepared: P) => ReadonlyMap<string, CouponKind>
  /**
   * At most one feature says how a newcomer may be greeted: `no` for who is not welcome, else by which name, as not every name is fit to be
   * repeated.
   */
  greeting?: (member: MemberId, group: GroupId, cx: Context<C, P, T, X>) => 'no' | { name: string }
  /** What it numbers. All that admins call by a number is one series, of which `house.nextNumber()` gives the next. */
  numbers?: Numbers<Context<C, P, T, X>>
  /** What it opens, lets people enter, closes and settles; made by `src/activities`. */
  activities?: Activities<Context<C, P, T, X>>
  /** What an admin should know about a group beside its line in `/groups`, in a few words. */
  groupNote?: (cx: Context<C, P, T, X>) => string | undefined
  /** A line about its state for `/status`. */
  statusNote?: (status: Status, cx: Context<C, P, T, X>) => string | undefined
  /** Coupons of a kind were issued by this event, by whatever feature. */
  onIssued?: (kind: string, cx: Context<C, P, T, X>) => Reply

  /** May keep a message from everybody else by returning effects (or an empty list). */
  screen?: (said: Said, cx: Context<C, P, T, X>) => readonly Effect[] | undefined
  onWord?: { [K in W]: (said: SaidWord, cx: Context<C, P, T, X>) => Reply }
  commands?: { [K in keyof A]: Command<A[K], Context<C, P, T, X>> }
  /** Answers to what this feature asked with `cx.expects`; returning nothing leaves the answer to the question asked before. */
  onAnswer?: Record<string, (answer: Answer, cx: Context<C, P, T, X>) => Reply>
  answer?: (said: Said, cx: Context<C, P, T, X>) => Reply
  observe?: (said: Said, cx: Context<C, P, T, X>) => Reply
  /** The account itself has said something in a group: what a feature wanted said there, or its owner on the phone. */
  onPosted?: (posted: Posted, cx: Context<C, P, T, X>) => Reply
  onJoined?: (joined: Joined, cx: Context<C, P, T, X>) => Reply
  onLeft?: (left: Left, cx: Context<C, P, T, X>) => Reply
  onRenamed?: (renamed: Renamed, cx: Context<C, P, T, X>) => Reply
  onFriendAsked?: (asked: FriendAsked, cx: Context<C, P, T, X>) => Reply
  onLoggedIn?: (login: LoggedIn, cx: Context<C, P, T, X>) => Reply
  /** Settings were loaded (at the start, after an edit), a group was found, or the clock was set back: time to plan by the clock. */
  onLoaded?: (loaded: Loaded | Rostered, cx: Context<C, P, T, X>) => Reply
  onNoticed?: (noticed: Noticed, cx: Context<C, P, T, X>) => Reply
  /** What became of this feature's own effects. */
  onResulted?: (result: Resulted, cx: Context<C, P, T, X>, effect: Effect | undefined) => Reply
  /** What this feature's own lookups found. */
  onFound?: (found: Found, cx: Context<C, P, T, X>) => Reply
  /** Timers that this feature set with `wake`. */
  jobs?: Record<string, (key: string, cx: Context<C, P, T, X>, due: Millis) => Reply>
}

/** A message that answers an open question: `value` is what it says, as `Form` tells, `key` the question's. */
export type Answer = Said & { value: number; key: string }

/** Any feature, as the engine holds it. */
export type AnyFeature = Feature<unknown, unknown, TableSpecs, string, string, Record<string, Args>>

/** Declares a feature; only checks types. */
export function feature<
  C,
  P = undefined,
  T extends TableSpecs = Record<never, never>,
  W extends string = never,
  X extends string = never,
  A extends Record<string, Args> = Record<never, never>,
>(spec: Feature<C, P, T, W, X, A>): AnyFeature {
  // The engine hands every feature a context made from that feature's own schema, tables and texts.
  return spec as unknown as AnyFeature
}
