// The context that a feature's handlers get: its settings, tables, texts and chance, for the event under way and one group.
import { expectedKey, type Asked, type Form } from '../feature/answers.ts'
import type { Args, ArgValues, Scene } from '../feature/argument.ts'
import { readArgs } from '../feature/arguments.ts'
import type { AnyContext, AnyGroupContext } from '../feature/context.ts'
import type { CouponKind } from '../money/coupons.ts'
import type { Directory, GroupView } from '../feature/directory.ts'
import { FRESH_FOR, type Ask, type Effect, type Target } from '../types/effect.ts'
import type { Event } from '../types/event.ts'
import type { GroupId, MemberId, Millis } from '../types/ids.ts'
import type { AnyFeature } from '../feature/feature.ts'
import type { Localised, Vars } from '../types/localised.ts'
import { aboutNumber, crowdCalled, fill, HouseView, howTo, isWarned, nextNumber, wordOf } from './house.ts'
import { HOUSE, type House, type Numbers } from '../feature/house.ts'
import type { Award, GivenPrize, Ledger } from '../money/ledger.ts'
import type { Prize } from '../money/prize.ts'
import { Random } from '../lib/random.ts'
import type { Rights, Role } from '../feature/rights.ts'
import { timezoneOf, type FeatureSettings, type Settings } from '../feature/settings.ts'
import type { CurrentEvent, EngineState } from './state.ts'
import type { Table } from '../feature/tables.ts'
import { render } from '../lib/render.ts'
import { clock, dayKey, isQuiet, quietUntil, type DayKey } from '../lib/time.ts'
import { engineTexts } from '../../locales/engine.ts'
import { Refusal } from '../types/refusal.ts'

/** A member is told of refusals at most once in this time (ms), by each feature. */
const REFUSAL_EVERY = 60_000

/** What handlers take out of a context by destructuring, so it is bound to it. */
const methods = [
  ...([
    'text',
    'word',
    'reply',
    'replyText',
    'refuse',
    'hint',
    'prizeText',
    'say',
    'inGroup',
    'read',
    'lookup',
  ] as const),
  ...([
    'wake',
    'sleep',
    'expects',
    'expectsNoMore',
    'roleOf',
    'isQuiet',
    'awakeFrom',
    'wordOf',
    'isWarned',
    'howTo',
    'cap',
  ] as const),
] as const

/** Made once for each feature and group (null: the community at large); what it keeps of one event is dropped with the next. */
export class EventContext {
  readonly feature: AnyFeature
  readonly #group: GroupId | null
  readonly #state: EngineState
  /** The event that chance is for. */
  #event: CurrentEvent | undefined
  /** This feature's settings here, as long as all settings are the same. */
  #own: { of: Settings; managed: string | null; its: FeatureSettings } | undefined
  #random: Random | undefined
  #codeChance: Random | undefined
  #ledger: Ledger | undefined
  #house: House | undefined
  #numbers: Numbers | undefined

  constructor(feature: AnyFeature, group: GroupId | null, state: EngineState) {
    this.feature = feature
    this.#group = group
    this.#state = state
    for (const name of methods) {
      const method = this[name] as (...args: never[]) => unknown
      Object.defineProperty(this, name, { value: method.bind(this) })
    }
  }

  get group(): GroupView | null {
    return this.#group === null ? null : this.#state.members.lastKnown(this.#group)
  }
  get now(): Millis {
    return this.#state.current.now
  }
  get today(): DayKey {
    return dayKey(this.now, this.timezone)
  }
  get timezone(): string {
    return timezoneOf(this.#state.settings, this.group?.managed)
  }
  get language(): keyof Localised {
    return this.#state.settings.language
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
    return this.#state.members
  }
  get controlGroup(): GroupId | null {
    return this.#state.rights.control
  }
  get configuredGroups(): readonly string[] {
    return this.#state.settings.groups.map(({ name }) => name)
  }
  get tables(): Record<string, Table<object>> {
    return this.#state.tablesOf(this.feature)
  }
  get ledger(): Ledger {
    return (this.#ledger ??= this.#state.books.ledger(this))
  }
  get numbers(): Numbers {
    return (this.#numbers ??= {
      next: () => nextNumber(this.#state),
      about: (number) => aboutNumber(this.#state, number),
    })
  }
  get [HOUSE](): House {
    return (this.#house ??= new HouseView(this.#state, this))
  }
  get random(): Random {
    this.#forgetEarlier()
    return (this.#random ??= this.#chance(`${this.feature.name} ${this.#group ?? ''}`))
  }
  get scene(): Scene {
    const { members, current } = this.#state
    return {
      now: this.now,
      timezone: this.timezone,
      members,
      coupons: [...this.kinds.keys()],
      crowd: (typed) => crowdCalled(this.#state, typed),
      canAsk: current.event.type === 'said',
      groupsWith: (feature) =>
        members.groups().filter(({ managed }) => this.#state.settings.feature(feature, managed).enabled),
      inGroup: (group) => this.inGroup(group).scene,
    }
  }

  // What the books ask of who books.
  get source(): string {
    return this.feature.name
  }
  get kinds(): ReadonlyMap<string, CouponKind> {
    return this.#state.couponKinds(this.group?.managed ?? null)
  }
  get codeChance(): Random {
    this.#forgetEarlier()
    return (this.#codeChance ??= this.#chance('coupons'))
  }
  /** How many points of an award may be booked, asked of the feature that sets the caps. */
  cap(award: Award): number {
    const capper = this.#state.features.find(({ capAward }) => capAward)
    if (!capper?.capAward) return award.points
    const { enabled } = this.#state.settingsOf(capper, this.group?.managed ?? null)
    return enabled ? capper.capAward(award, this.#state.context(capper, this.#group) as unknown as AnyContext) : 0
  }

  get #settings(): FeatureSettings {
    const { settings } = this.#state
    const managed = this.group?.managed ?? null
    if (this.#own?.of !== settings || this.#own.managed !== managed)
      this.#own = { of: settings, managed, its: settings.feature(this.feature.name, managed) }
    return this.#own.its
  }

  /** Drops the chance of an earlier event. */
  #forgetEarlier() {
    if (this.#event === this.#state.current) return
    this.#event = this.#state.current
    this.#random = undefined
    this.#codeChance = undefined
  }

  #chance(stream: string): Random {
    const { current } = this.#state
    return new Random(`${current.seed} ${stream}`, () => void (current.usedChance = true))
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
    const { to, priority } = placeOf(this.#state.current.event, this.#state.rights)
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
    const { event } = this.#state.current
    if (event.type !== 'said' || this.#state.rights.may(event.from, 'helper')) return true
    const about = `${event.from}/${this.feature.name}`
    if (this.now - (this.#state.refused.get(about)?.at ?? 0) < REFUSAL_EVERY) return false
    this.#state.refused.set(about, { at: this.now })
    return true
  }

  prizeText(prize: Prize | GivenPrize): string {
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
      priority: to === 'control' ? this.#controlPriority() : 'post',
      freshFor: FRESH_FOR,
      ...options,
    }
  }

  /** What a member sets off must not use up what is kept of the budgets for admins. */
  #controlPriority(): 'admin' | 'reply' {
    const { current, rights } = this.#state
    const { event } = current
    const isMembers = event.type === 'said' && event.group !== rights.control && !rights.may(event.from, 'helper')
    return isMembers ? 'reply' : 'admin'
  }

  inGroup(group: GroupId): AnyGroupContext {
    return this.#state.context(this.feature, group) as unknown as AnyGroupContext
  }

  roleOf(member: MemberId): Role {
    return this.#state.rights.roleOf(member)
  }

  isQuiet(at: Millis): boolean {
    return isQuiet(clock(at, this.timezone), this.#state.settings.sending.quiet)
  }

  awakeFrom(at: Millis): Millis {
    const end = quietUntil(at, this.#state.settings.sending.quiet, this.timezone)
    return end === undefined ? at : this.awakeFrom(end)
  }

  wordOf(text: string): string | undefined {
    return wordOf(this.#state, text, this.group?.managed ?? null)
  }

  isWarned(member: MemberId): boolean {
    return isWarned(this.#state, member)
  }

  howTo(text: string): string | undefined {
    return howTo(this.#state, text, this.group?.managed ?? null)
  }

  lookup(ask: Ask): Effect {
    return { type: 'lookup', ask, priority: 'admin', freshFor: FRESH_FOR }
  }

  wake(at: Millis, job: string, key: string): void {
    if (!this.feature.onJob?.[job])
      throw new Error(`${this.feature.name} has no job ${job}: name it in \`jobs\` and handle it in \`onJob\``)
    this.#state.timers.set(`${this.feature.name}/${job}/${key}`, { due: at })
  }

  sleep(job: string, key: string): void {
    this.#state.timers.delete(`${this.feature.name}/${job}/${key}`)
  }

  expects(name: string, asked: Asked, form: Form, until: Millis, key = ''): void {
    if (!this.feature.onAnswer?.[name]) throw new Error(`${this.feature.name} has no onAnswer ${name}`)
    const { expected } = this.#state
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
    this.#state.expected.delete(expectedKey(this.feature.name, name, asked, key))
  }
}

function placeOf(event: Event, rights: Rights): { to: Target; priority: 'admin' | 'reply' } {
  if (event.type === 'said' && event.group === null) return { to: { member: event.from }, priority: 'reply' }
  if ('group' in event && event.group !== null && event.group !== rights.control) {
    return { to: { group: event.group }, priority: 'reply' }
  }
  return { to: 'control', priority: 'admin' }
}
