// Makes the context that a feature's handlers get: its settings, tables, texts and chance, for one event and one group.
import { expectedKey, type Asked, type Expected, type Form } from '../feature/answers.ts'
import type { Args, ArgValues, Scene } from '../feature/argument.ts'
import { readArgs } from '../feature/arguments.ts'
import type { AnyCommunityContext, AnyContext, AnyGroupContext } from '../feature/context.ts'
import type { CouponKind } from '../money/coupons.ts'
import type { Directory, GroupView } from '../feature/directory.ts'
import { FRESH_FOR, type Ask, type Effect, type Target } from '../types/effect.ts'
import type { Event } from '../types/event.ts'
import type { GroupId, Millis } from '../types/ids.ts'
import type { AnyFeature } from '../feature/feature.ts'
import type { Localised, Vars } from '../types/localised.ts'
import { fill } from './house.ts'
import type { House } from '../feature/house.ts'
import type { Award, Books, Given, Ledger } from '../money/ledger.ts'
import type { Prize } from '../money/prize.ts'
import { Random } from '../lib/random.ts'
import type { Rights } from '../feature/rights.ts'
import { timezoneOf, type FeatureSettings, type Settings } from '../feature/settings.ts'
import type { Table, Tables } from '../feature/tables.ts'
import { render } from '../lib/render.ts'
import { dayKey, type DayKey } from '../lib/time.ts'
import { engineTexts } from '../../locales/engine.ts'
import { Refusal } from '../types/refusal.ts'

/** A member is told of refusals at most once in this time (ms). */
const HINT_EVERY = 60_000

/** What all contexts of one engine share. */
export interface Shared {
  tables: Tables
  books: Books
  members: Directory
  rights: Rights
  house: (cx: EventContext) => House
  settings: () => Settings
  timers: Table<{ due: Millis }>
  /** Open questions; see `Expected` for the key. */
  expected: Table<Expected>
  /** How many points of an award may be booked, asked of the feature that sets the caps. */
  cap: (award: Award, cx: EventContext) => number
  /** When each member was last told of a refusal. */
  hints: Table<{ at: Millis }>
  /** The kinds of coupons in a group by its name in `groups.yaml` (null: in the community at large). */
  couponKinds: (managed: string | null) => ReadonlyMap<string, CouponKind>
}

/** One event under way. */
export interface Occasion {
  event: Event
  now: Millis
  seed: string
  /** Called when chance is used, so that seeds which nobody needed are not kept. */
  onChance: () => void
  /** By feature and group; see `contextOf`. */
  contexts: Map<string, EventContext>
}

// One context for each feature and group, so that within an event a feature's chance goes on where its last handler left it.
function contextOf(feature: AnyFeature, group: GroupView | null, occasion: Occasion, shared: Shared): EventContext {
  const key = `${feature.name} ${group?.id ?? ''}`
  const context = occasion.contexts.get(key) ?? new EventContext(feature, group, occasion, shared)
  occasion.contexts.set(key, context)
  return context
}

/** A feature's view of a group, as it was last when it is not there now. */
export function groupContext(feature: AnyFeature, group: GroupId, occasion: Occasion, shared: Shared): AnyGroupContext {
  return contextOf(feature, shared.members.lastKnown(group), occasion, shared) as EventContext<GroupView>
}

/** A feature's view of the community at large. */
export function communityContext(feature: AnyFeature, occasion: Occasion, shared: Shared): AnyCommunityContext {
  return contextOf(feature, null, occasion, shared) as EventContext<null>
}

export class EventContext<G extends GroupView | null = GroupView | null> {
  readonly feature: AnyFeature
  readonly group: G
  readonly #shared: Shared
  readonly #occasion: Occasion
  readonly #settings: FeatureSettings
  #random: Random | undefined
  #ledger: Ledger | undefined
  #house: House | undefined

  constructor(feature: AnyFeature, group: G, occasion: Occasion, shared: Shared) {
    this.feature = feature
    this.group = group
    this.#shared = shared
    this.#occasion = occasion
    this.#settings = shared.settings().feature(feature.name, group?.managed ?? null)
    // Handlers take these out of the context by destructuring.
    this.text = this.text.bind(this)
    this.word = this.word.bind(this)
    this.reply = this.reply.bind(this)
    this.replyText = this.replyText.bind(this)
    this.refuse = this.refuse.bind(this)
    this.hint = this.hint.bind(this)
    this.prizeText = this.prizeText.bind(this)
    this.say = this.say.bind(this)
    this.inGroup = this.inGroup.bind(this)
    this.read = this.read.bind(this)
    this.lookup = this.lookup.bind(this)
    this.wake = this.wake.bind(this)
    this.sleep = this.sleep.bind(this)
    this.expects = this.expects.bind(this)
    this.expectsNoMore = this.expectsNoMore.bind(this)
  }

  get now(): Millis {
    return this.#occasion.now
  }
  get today(): DayKey {
    return dayKey(this.now, this.timezone)
  }
  get timezone(): string {
    return timezoneOf(this.#shared.settings(), this.group?.managed)
  }
  get language(): keyof Localised {
    return this.#shared.settings().language
  }
  get enabled(): boolean {
    return this.#settings.enabled
  }
  get config(): unknown {
    return this.#settings.config
  }
  get prepared(): unknown {
    return this.#settings.prepared
  }
  get members(): Directory {
    return this.#shared.members
  }
  get house(): House {
    return (this.#house ??= this.#shared.house(this))
  }
  get tables(): Record<string, Table<object>> {
    return tablesOf(this.feature, this.#shared)
  }
  get ledger(): Ledger {
    return (this.#ledger ??= this.#shared.books.ledger({
      source: this.feature.name,
      now: this.now,
      today: this.today,
      members: this.members,
      kinds: this.#shared.couponKinds(this.group?.managed ?? null),
      random: new Random(`${this.#occasion.seed} coupons`, this.#occasion.onChance),
      cap: (award) => this.#shared.cap(award, this),
    }))
  }
  get random(): Random {
    const stream = `${this.#occasion.seed} ${this.feature.name} ${this.group?.id ?? ''}`
    return (this.#random ??= new Random(stream, this.#occasion.onChance))
  }
  get scene(): Scene {
    const { members, settings } = this.#shared
    return {
      now: this.now,
      timezone: this.timezone,
      members,
      coupons: [...this.#shared.couponKinds(this.group?.managed ?? null).keys()],
      canAsk: this.#occasion.event.type === 'said',
      groupsWith: (feature) => members.groups().filter(({ managed }) => settings().feature(feature, managed).enabled),
      inGroup: (group) => this.inGroup(group).scene,
    }
  }

  read<A extends Args>(spec: A, typed: string): ArgValues<A> | Refusal {
    return readArgs(spec, typed, this.scene)
  }

  text(key: string, vars: Vars = {}): string {
    return fill(this.feature, this.#settings)(key, vars)
  }

  word(name: string): string {
    const first = this.#settings.words[name]?.[0]
    if (first === undefined) throw new Error(`${this.feature.name} has no word ${name}`)
    return first
  }

  reply(key: string, vars?: Vars): Effect {
    return this.replyText(this.text(key, vars))
  }

  replyText(text: string): Effect {
    const { to, priority } = placeOf(this.#occasion.event, this.#shared.rights)
    return this.say(to, text, { priority })
  }

  refuse(key: string, vars?: Vars): Refusal {
    // The text is in the reader's language already.
    const text = this.text(key, vars)
    return new Refusal(text, text)
  }

  hint(key: string, vars?: Vars): Effect | undefined {
    return this.mayTell() ? this.reply(key, vars) : undefined
  }

  /** Notes that the speaker is told something he could do without. @returns false for a member who was just told something like it */
  mayTell(): boolean {
    const { event } = this.#occasion
    if (event.type !== 'said' || this.#shared.rights.may(event.from, 'helper')) return true
    if (this.now - (this.#shared.hints.get(event.from)?.at ?? 0) < HINT_EVERY) return false
    this.#shared.hints.set(event.from, { at: this.now })
    return true
  }

  prizeText(prize: Prize | Given): string {
    const texts = engineTexts[this.language]
    const counts = new Map<string, number>()
    if ('coupon' in prize) counts.set(prize.coupon, prize.count)
    if ('coupons' in prize) for (const { kind } of prize.coupons) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    const points = 'points' in prize && prize.points > 0 ? [render(texts.prizePoints, { points: prize.points })] : []
    const coupons = [...counts].map(([kind, count]) =>
      render(count > 1 ? texts.prizeCoupons : texts.prizeCoupon, { kind, count }),
    )
    return [...points, ...coupons].join(texts.prizeAnd)
  }

  say(
    to: Target,
    text: string,
    options: Partial<Pick<Effect & { type: 'say' }, 'priority' | 'freshFor' | 'merge' | 'ref'>> = {},
  ): Effect {
    return {
      type: 'say',
      to,
      text,
      priority: to === 'control' ? 'admin' : 'post',
      freshFor: FRESH_FOR,
      ...options,
    }
  }

  /** The same event as another feature sees it: here, and in the community at large. */
  of(feature: AnyFeature): AnyContext {
    return contextOf(feature, this.group, this.#occasion, this.#shared) as AnyContext
  }

  inCommunity(feature: AnyFeature): AnyCommunityContext {
    return communityContext(feature, this.#occasion, this.#shared)
  }

  inGroup(group: GroupId): AnyGroupContext {
    return groupContext(this.feature, group, this.#occasion, this.#shared)
  }

  lookup(ask: Ask): Effect {
    return { type: 'lookup', ask, priority: 'admin', freshFor: FRESH_FOR }
  }

  wake(at: Millis, job: string, key: string): void {
    if (!this.feature.onJob?.[job])
      throw new Error(`${this.feature.name} has no job ${job}: name it in \`jobs\` and handle it in \`onJob\``)
    this.#shared.timers.set(`${this.feature.name}/${job}/${key}`, { due: at })
  }

  sleep(job: string, key: string): void {
    this.#shared.timers.delete(`${this.feature.name}/${job}/${key}`)
  }

  expects(name: string, asked: Asked, form: Form, until: Millis, key = ''): void {
    if (!this.feature.onAnswer?.[name]) throw new Error(`${this.feature.name} has no onAnswer ${name}`)
    const { expected } = this.#shared
    const place = 'group' in asked ? asked.group : asked.member
    const orders = [...expected.entries(place)].map(([, { order }]) => order)
    const order = Math.max(0, ...orders) + 1
    expected.set(expectedKey(this.feature.name, name, asked, key), {
      feature: this.feature.name,
      name,
      key,
      from: asked.member ?? null,
      form,
      until,
      order,
    })
  }

  expectsNoMore(name: string, asked: Asked, key = ''): void {
    this.#shared.expected.delete(expectedKey(this.feature.name, name, asked, key))
  }
}

const ownTables = new WeakMap<Tables, Map<AnyFeature, Record<string, Table<object>>>>()

/** A feature's tables by their own names, looked up once. */
function tablesOf(feature: AnyFeature, { tables }: Shared): Record<string, Table<object>> {
  const known = ownTables.get(tables) ?? new Map<AnyFeature, Record<string, Table<object>>>()
  ownTables.set(tables, known)
  let own = known.get(feature)
  if (!own) {
    const names = Object.keys(feature.tables ?? {})
    own = Object.fromEntries(names.map((name) => [name, tables.table<object>(`${feature.name}.${name}`)]))
    known.set(feature, Object.freeze(own))
  }
  return own
}

function placeOf(event: Event, rights: Rights): { to: Target; priority: 'admin' | 'reply' } {
  if (event.type === 'said' && event.group === null) return { to: { member: event.from }, priority: 'reply' }
  if ('group' in event && event.group !== null && event.group !== rights.control) {
    return { to: { group: event.group }, priority: 'reply' }
  }
  return { to: 'control', priority: 'admin' }
}
