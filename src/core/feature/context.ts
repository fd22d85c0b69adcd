// What a feature's handlers see of the world: settings, tables, members, texts, for one event and one group.
import type { Asked, Form } from './answers.ts'
import type { Args, ArgValues, Scene, Wrong } from './argument.ts'
import type { Directory, GroupView } from './directory.ts'
import type { Ask, Effect, Target } from '../types/effect.ts'
import type { GroupId, Millis } from '../types/ids.ts'
import type { Fill, Localised, Vars } from '../types/localised.ts'
import type { House } from '../engine/house.ts'
import type { Given, Ledger } from '../money/ledger.ts'
import type { Prize } from '../money/prize.ts'
import type { Random } from '../lib/random.ts'
import type { RecordOf, Table, TableSpec } from './tables.ts'
import type { DayKey } from '../lib/time.ts'

/** All that a handler sees; its functions may be taken out of it. Read-only but for `tables` and `ledger`; it is valid until the handler returns. */
export interface Context<C, P, T, X extends string> {
  readonly now: Millis
  /** The day in the group's (else the community's) time zone, as `2026-11-21`. */
  readonly today: DayKey
  readonly timezone: string
  readonly language: keyof Localised
  /** The group this is about, if it is about one. */
  readonly group: GroupView | null
  /** Whether this feature is on there; to be asked of `inGroup`, as handlers are called only where it is. */
  readonly enabled: boolean
  /** This feature's settings in that group. */
  readonly config: C
  /** What `prepare` made of the settings in that group. */
  readonly prepared: P
  readonly tables: { readonly [K in keyof T]: Table<RecordOf<T[K]>> }
  readonly members: Directory
  readonly ledger: Ledger
  readonly random: Random
  /** The running of the house itself, for the admins' features. */
  readonly house: House
  /** One of this feature's texts, as the operator may have reworded it. */
  text: Fill<X>
  /** What members type here for one of this feature's words: the operator's first choice. */
  word(name: string): string
  /** An answer to where the event came from (the control group for events from nowhere). */
  reply(key: X, vars?: Vars): Effect
  /** The same with a text that is put together already. */
  replyText(text: string): Effect
  /** The same for a member who typed something wrong: at most once a minute, so that nobody makes the bot chatter. */
  hint(key: X, vars?: Vars): Effect | undefined
  /** `20 分`, `10元券 2 张`: a prize, or what was really given of one (empty when that is nothing). */
  prizeText(prize: Prize | Given): string
  /** A message of this feature; `priority` is `post` and `freshFor` ten minutes unless told. */
  say(
    to: Target,
    text: string,
    options?: Partial<Pick<Effect & { type: 'say' }, 'priority' | 'freshFor' | 'merge' | 'ref'>>,
  ): Effect
  /** The same handler's view of another group: its settings, texts and day. */
  inGroup(group: GroupId): Context<C, P, T, X>
  /** What typed text is read against here. */
  readonly scene: Scene
  /** What a typed line means by some arguments, or why it cannot be taken. */
  read<A extends Args>(spec: A, typed: string): ArgValues<A> | Wrong
  /** Calls `jobs[job]` with `key` at that time, also after a restart; a later call with the same job and key moves it. */
  wake(at: Millis, job: string, key: string): void
  sleep(job: string, key: string): void
  /**
   * A question is open: a bare answer of that form, from those asked, goes to this feature's `onAnswer[name]` until then, also after a
   * restart. Of several open questions that an answer fits, the latest gets it. Asking with the same key again replaces the question.
   * @param key the feature's own, to tell questions apart
   */
  expects(name: string, asked: Asked, form: Form, until: Millis, key?: string): void
  /** A question is no longer open. */
  expectsNoMore(name: string, asked: Asked, key?: string): void
  /** Asks for what lies outside the engine; the answer comes to `onFound`. */
  lookup(ask: Ask): Effect
}

/** Any feature's context, as the engine holds it. */
export type AnyContext = Context<unknown, unknown, Record<string, TableSpec<object>>, string>
