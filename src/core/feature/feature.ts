// What a feature is made of: one object with its config, tables, words, commands, hooks, jobs and texts. Read this first.
import type { z } from 'zod'
import type { Activities } from './activities.ts'
import type { Args, ArgValues } from './argument.ts'
import type { CommunityContext, Context, Declared, GroupContext } from './context.ts'
import type { CountChange, Counted } from './counts.ts'
import type { CouponKind } from '../money/coupons.ts'
import type { ReadCron } from './cron.ts'
import type { Effect, Reply } from '../types/effect.ts'
import type { Found, Resulted, Said, Status } from '../types/event.ts'
import type { EventHooks } from './hooks.ts'
import type { GroupId, MemberId, Millis } from '../types/ids.ts'
import type { Award } from '../money/ledger.ts'
import type { Role } from './rights.ts'
import type { About, Problem, ReadYaml, Row } from './settings-check.ts'
import type { RecordOf, TableSpec } from './tables.ts'
import type { Fill, Localised, Texts } from '../types/localised.ts'
import type { SaidWord, Word } from './words.ts'

type TableSpecs = Record<string, TableSpec<object>>

/** What members are told of a feature's penalties and rewards, each in a few words. */
export interface Rules {
  penalties?: readonly string[]
  rewards?: readonly string[]
}

/** A slash-command of the control group. Its usage line is derived from its name and `args`. */
export interface Command<A, Cx> {
  summary: Localised
  role: Role
  /** Counts in any group, not only in the control group. */
  anywhere?: true
  /** `{}` for none. */
  args: A
  /** Ask the sender for `/yes` within a minute before it is done; the text says what will happen; undefined when nothing can. */
  confirm?: (args: ArgValues<A>, cx: Cx) => string | undefined
  /** The same for what is unusual only, such as a large sum; undefined when it is not. A plan is not asked. */
  confirmUnusual?: (args: ArgValues<A>, cx: Cx) => string | undefined
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
  /** Whether the admins have been shown one of its own: a range takes back only those. Undefined when it is none. */
  wasShown?(number: number, cx: Cx): boolean | undefined
}

/** What types a feature's contexts. A feature of several files declares it apart, see `featureParts`. */
export interface FeatureParts<
  C,
  P,
  T extends TableSpecs,
  W extends string,
  X extends Texts,
  J extends string,
  Q extends string,
> {
  config: z.ZodType<C>
  /**
   * What the operator's settings need to be turned into once (an index, an automaton). Pure; what it finds wrong is for `check`.
   * @param rows reads a CSV file that a setting marked with `.meta({ file: 'csv' })` names
   * @param cron reads a cron expression
   * @param yaml reads a YAML file that a setting marked with `.meta({ file: 'yaml' })` names; undefined when it does not fit, which is told
   */
  prepare?: (config: C, rows: (file: string) => readonly Row[], cron: ReadCron, yaml: ReadYaml) => P
  tables?: T
  words?: Record<W, Word>
  texts: { zh: X; en: Record<keyof NoInfer<X>, string> }
  /** Names of its timers, which `wake` sets and `onJob` gets. */
  jobs?: readonly J[]
  /** Names of what it asks with `expects`, of which `onAnswer` gets the answers. */
  questions?: readonly Q[]
}

/** The contexts of a feature: `ContextOf<typeof parts>` for either, and those of a group and of the community. */
export type ContextOf<F> = Context<DeclaredBy<F>>
export type GroupContextOf<F> = GroupContext<DeclaredBy<F>>
export type CommunityContextOf<F> = CommunityContext<DeclaredBy<F>>
type DeclaredBy<F> =
  F extends FeatureParts<infer C, infer P, infer T, infer W, infer X, infer J, infer Q>
    ? { config: C; prepared: P; tables: T; words: W; texts: X; jobs: J; questions: Q }
    : never

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
  X extends Texts,
  J extends string,
  Q extends string,
  A extends Record<string, Args>,
>
  extends
    FeatureParts<C, P, T, W, X, J, Q>,
    Handlers<
      {
        config: C
        prepared: P
        tables: T
        words: NoInfer<W>
        texts: NoInfer<X>
        jobs: NoInfer<J>
        questions: NoInfer<Q>
      },
      A
    > {}

interface Handlers<D extends Declared, A extends Record<string, Args>> extends EventHooks<D> {
  name: string
  summary: Localised
  /** Checks beyond the schema, run when the file is loaded. */
  check?: (config: D['config'], about: About<D['prepared']>) => Problem[]
  /** The lists that its settings mainly are, for telling what an edit has added or lost. */
  counted?: readonly { label: Localised; of: (config: D['config'], prepared: D['prepared']) => number }[]
  /**
   * What an earlier version had and operators may have written: told as a warning, no error. `settings` gets the feature's own settings as
   * plain data and returns them in today's form, with what is to be told of each place that it changed.
   */
  retired?: {
    texts?: readonly string[]
    variables?: Readonly<Record<string, readonly string[]>>
    settings?: (own: Readonly<Record<string, unknown>>) => { own: Record<string, unknown>; told: Problem[] }
  }
  /** Penalties and rewards as parts of two lines, from the live settings. @param isOn whether a feature is on there, as points may not be */
  rules?: (config: D['config'], text: Fill<D['texts']>, isOn: (feature: string) => boolean) => Rules
  /** Lines of the member menu; a word is the first that the operator chose. */
  menu?: (words: Record<D['words'], string>, config: D['config'], text: Fill<D['texts']>) => string[]
  /** At most one feature says how many points of an award may be booked. */
  capAward?: (award: Award, cx: Context<D>) => number
  /** At most one feature knows the kinds of coupons; settings of others may only name these (see `CouponName`). */
  coupons?: (prepared: D['prepared']) => ReadonlyMap<string, CouponKind>
  /**
   * At most one feature says how a newcomer may be greeted: `no` for who is not welcome, else by which name, as not every name is fit to be
   * repeated.
   */
  greeting?: (member: MemberId, group: GroupId, cx: GroupContext<D>) => 'no' | { name: string }
  /** At most one feature knows who is under a warning. */
  isWarned?: (member: MemberId, cx: CommunityContext<D>) => boolean
  /** What it numbers. All that admins call by a number is one series, of which `house.nextNumber()` gives the next. */
  numbers?: Numbers<CommunityContext<D>>
  /** What it opens, lets people enter, closes and settles; made by `src/activities`. */
  activities?: Activities<CommunityContext<D>>
  /** A new record turns out to be an earlier person: what the feature keeps moves to that record. Points and coupons are moved already. */
  joinRecords?: (from: MemberId, to: MemberId, cx: CommunityContext<D>) => void
  /** What an admin should know about a member, a line each, for `/who`. */
  about?: (member: MemberId, cx: CommunityContext<D>) => readonly string[]
  /** People whom admins may name together in a command, by the words for them without 的人 and the like. */
  crowd?: { called: Readonly<Record<keyof Localised, readonly string[]>>; of: (cx: CommunityContext<D>) => MemberId[] }
  /** What an admin should know about a group beside its line in `/groups`, in a few words. */
  groupNote?: (cx: GroupContext<D>) => string | undefined
  /** What waits for a human, a line each that ends in the command which settles it, for the daily card. */
  waiting?: (cx: CommunityContext<D>) => readonly string[]
  /** A line about its state for `/status`. */
  statusNote?: (status: Status, cx: CommunityContext<D>) => string | undefined

  /** May keep a message from everybody else by returning effects (or an empty list). */
  screen?: (said: Said, cx: Context<D>) => readonly Effect[] | undefined
  onWord?: { [K in D['words']]: (said: SaidWord, cx: Context<D>) => Reply }
  commands?: { [K in keyof A]: Command<A[K], CommunityContext<D>> }
  /** Answers to what this feature asked with `cx.expects`; returning nothing leaves the answer to the question asked before. */
  onAnswer?: { [K in D['questions']]: (answer: Answer, cx: Context<D>) => Reply }
  answer?: (said: Said, cx: Context<D>) => Reply
  /** What its `answer` answers stays talk among members, which counts as such. */
  answersTalk?: true
  observe?: (said: Said, cx: Context<D>) => Reply
  /** What changes of its tables count as, for measures; see `counts.ts`. */
  counts?: { [K in keyof D['tables']]?: CountChange<RecordOf<D['tables'][K]>> }
  /** Called last for every event, with what its commit counts, by any feature. */
  onCounted?: (counted: Counted, cx: Context<D>) => void
  /** Coupons of a kind were issued by this event, by any feature. */
  onIssued?: (kind: string, cx: CommunityContext<D>) => Reply
  /** What became of this feature's own effects. */
  onResulted?: (result: Resulted, cx: CommunityContext<D>, effect: Effect | undefined) => Reply
  /** What this feature's own lookups found. */
  onFound?: (found: Found, cx: CommunityContext<D>) => Reply
  /** Timers that this feature set with `wake`. */
  onJob?: { [K in D['jobs']]: (key: string, cx: CommunityContext<D>, due: Millis) => Reply }
}

/** A message that answers an open question: `value` is what it says, as `Form` tells, `key` the question's. */
export type Answer = Said & { value: number; key: string }

/** Any feature, as the engine holds it. */
export type AnyFeature = Feature<unknown, unknown, TableSpecs, string, Texts, string, string, Record<string, Args>>

/** Declares a feature; only checks types. */
export function feature<
  C,
  P = undefined,
  T extends TableSpecs = Record<never, never>,
  W extends string = never,
  const X extends Texts = Record<never, never>,
  J extends string = never,
  Q extends string = never,
  A extends Record<string, Args> = Record<never, never>,
>(spec: Feature<C, P, T, W, X, J, Q, A>): AnyFeature {
  // The engine hands every feature a context made from that feature's own schema, tables and texts.
  return spec as unknown as AnyFeature
}

/** Declares apart what types the contexts of a feature of several files; `feature({ ...parts, name, … })` takes it up. */
export function featureParts<
  C,
  P = undefined,
  T extends TableSpecs = Record<never, never>,
  W extends string = never,
  const X extends Texts = Record<never, never>,
  J extends string = never,
  Q extends string = never,
>(parts: FeatureParts<C, P, T, W, X, J, Q>): FeatureParts<C, P, T, W, X, J, Q> {
  return parts
}
