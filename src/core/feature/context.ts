// What a feature's handlers see of the world: settings, tables, members, texts, for one event.
import type { Asked, Form } from './answers.ts'
import type { Args, ArgValues, Scene } from './argument.ts'
import type { Directory, GroupView } from './directory.ts'
import type { Ask, Effect, Target } from '../types/effect.ts'
import type { GroupId, MemberId, Millis } from '../types/ids.ts'
import type { Fill, Localised, Texts, VarsOf } from '../types/localised.ts'
import type { Numbers } from './house.ts'
import type { Role } from './rights.ts'
import type { GivenPrize, Ledger } from '../money/ledger.ts'
import type { Prize } from '../money/prize.ts'
import type { Random } from '../lib/random.ts'
import type { RecordOf, Table, TableSpec } from './tables.ts'
import type { DayKey } from '../lib/time.ts'
import type { Refusal } from '../types/refusal.ts'

/** What a feature declares, as types: `feature` and `featureParts` infer it, and type contexts by it. */
export interface Declared {
  config: unknown
  prepared: unknown
  tables: Record<string, TableSpec<object>>
  /** Names of its words, jobs and questions. */
  words: string
  jobs: string
  questions: string
  texts: Texts
}

/** What is the same in every context. Its functions may be taken out of it. Read-only but for `tables` and `ledger`; valid until the handler returns. */
interface EveryContext<D extends Declared> {
  readonly now: Millis
  /** The day in the group's (else the community's) time zone, as `2026-11-21`. */
  readonly today: DayKey
  readonly timezone: string
  readonly language: keyof Localised
  /** Whether this feature is on here; handlers are called only where it is, so it is asked of `inGroup` only. */
  readonly enabled: boolean
  /** This feature's settings, as they are in the group. */
  readonly config: D['config']
  /** What `prepare` made of the settings. */
  readonly prepared: D['prepared']
  readonly tables: { readonly [K in keyof D['tables']]: Table<RecordOf<D['tables'][K]>> }
  readonly members: Directory
  readonly ledger: Ledger
  readonly random: Random
  /** The series of numbers that a feature's cases, draws and the like take theirs from. */
  readonly numbers: Numbers
  /** The group that admins steer from; null while nobody has claimed one in this login. */
  readonly controlGroup: GroupId | null
  /** The groups named in `groups.yaml`, found or not. */
  readonly configuredGroups: readonly string[]
  /** What a person may do in this login: `member` for everybody without a role. */
  roleOf(member: MemberId): Role
  /** Whether posts wait at a time, as it is quiet hours here. */
  isQuiet(at: Millis): boolean
  /** The first time from then on that is not within them. */
  awakeFrom(at: Millis): Millis
  /** What the feature is about whose word a text would be here; undefined when it is none's. */
  wordOf(text: string): string | undefined
  /** Whether somebody is under a warning. */
  isWarned(member: MemberId): boolean
  /** How to do what somebody asks for (怎么签到): lines of the menu; undefined when it is no such question. */
  howTo(text: string): string | undefined
  /** One of this feature's texts, as the operator may have reworded it. */
  text: Fill<D['texts']>
  /** What members type here for one of this feature's words: the operator's first choice. */
  word(name: D['words']): string
  /** An answer to where the event came from (the control group for events from nowhere). */
  reply<K extends keyof D['texts'] & string>(key: K, ...vars: VarsOf<D['texts'][K]>): Effect
  /** The same with a text that is put together already. */
  replyText(text: string): Effect
  /** Why what was asked for is not done, as a handler returns it: what it staged is taken back, and a member is told at most once a minute. */
  refuse<K extends keyof D['texts'] & string>(key: K, ...vars: VarsOf<D['texts'][K]>): Refusal
  /** A friendly line that nobody needs (an answer to thanks): undefined when this member got one, or a refusal, in the last minute. */
  hint<K extends keyof D['texts'] & string>(key: K, ...vars: VarsOf<D['texts'][K]>): Effect | undefined
  /** `20 分`, `10元券 2 张`: a prize, or what was really given of one (empty when that is nothing). */
  prizeText(prize: Prize | GivenPrize): string
  /** A message of this feature; `priority` is `post` and `freshFor` ten minutes unless told. */
  say(
    to: Target,
    text: string,
    options?: Partial<Pick<Effect & { type: 'say' }, 'priority' | 'freshFor' | 'merge' | 'ref'>>,
  ): Effect
  /** The same event seen from one group: its settings, texts and day. A group that is not there now is seen as it was last. */
  inGroup(group: GroupId): GroupContext<D>
  /** What typed text is read against here. */
  readonly scene: Scene
  /** What a typed line means by some arguments, or why it cannot be taken. */
  read<A extends Args>(spec: A, typed: string): ArgValues<A> | Refusal
  /** Calls `onJob[job]` with `key` at that time, also after a restart; a later call with the same job and key moves it. */
  wake(at: Millis, job: D['jobs'], key: string): void
  sleep(job: D['jobs'], key: string): void
  /**
   * A question is open: a bare answer of that form, from those asked, goes to this feature's `onAnswer[name]` until then, also after a
   * restart. Of several open questions that an answer fits, the latest gets it. Asking with the same key again replaces the question.
   * @param key the feature's own, to tell questions apart
   */
  expects(name: D['questions'], asked: Asked, form: Form, until: Millis, key?: string): void
  /** A question is no longer open. */
  expectsNoMore(name: D['questions'], asked: Asked, key?: string): void
  /** Asks for what lies outside the engine; the answer comes to `onFound`. */
  lookup(ask: Ask): Effect
}

/** What a handler sees that is about one group. */
export interface GroupContext<D extends Declared> extends EveryContext<D> {
  readonly group: GroupView
}

/** What a handler sees that is about the community at large: a direct message, a command, a job, a result, a login. */
export interface CommunityContext<D extends Declared> extends EveryContext<D> {
  readonly group: null
}

/** Either, told apart by `group`: what was said may have been said in a group or to the bot alone. */
export type Context<D extends Declared> = GroupContext<D> | CommunityContext<D>

/** Any feature's contexts, as the engine holds them. */
export type AnyContext = Context<Declared>
export type AnyGroupContext = GroupContext<Declared>
export type AnyCommunityContext = CommunityContext<Declared>
