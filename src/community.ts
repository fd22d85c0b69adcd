// One community at work: events come in one after the other, are decided and saved, and only then acted upon.
import type { Ask, Effect, Planned, Target } from './core/types/effect.ts'
import type { Engine } from './core/engine/engine.ts'
import type { Event, Found, Lookups, Notice, Outcome, Said } from './core/types/event.ts'
import type { GroupId, Millis } from './core/types/ids.ts'
import type { Log } from './log.ts'
import { NotSaved, type Store } from './store/store.ts'
import type { Incoming, WxMessage } from './wechat/account.ts'
import type { Roster } from './people/roster.ts'

/** Delay (ms) after which events that must not be lost are tried again when a decision could not be saved. */
const TRY_AGAIN = 10_000
/** Groups that were not found this long after the account came on line are reported as missing. */
const GROUPS_WITHIN = 60_000
/** Most incoming items that are kept before a login could be saved. */
const MOST_BEFORE_LOGIN = 5_000
/** Milliseconds between two new claim codes. */
const OFFER_AGAIN = 60_000
/** Milliseconds between two words of regret at one place. */
const APOLOGISE_AGAIN = 60_000
/** An hour, in milliseconds: a timer is armed for no longer, as clocks get set and long timers overflow. */
const LONGEST_WAIT = 3_600_000
/** A clock this far (ms) behind its last reading has been set back. */
const SET_BACK = 60_000

/** What a community works with. */
export interface CommunityParts {
  store: Store
  engine: Engine
  roster: Roster
  log: Log
  now: () => Millis
  /** A new seed of chance for every event. */
  seed: () => string
  /** Calls `run` once after this delay (ms). @returns a function that cancels it */
  later: (ms: number, run: () => void) => () => void
  /** Carries out what was decided and saved. */
  outbox: {
    add(id: string, planned: Planned): void
    /** Says something that is not saved, for when nothing can be. */
    reply(to: Target, text: string): void
    online(): void
    offline(why: string): void
    isRefusedBy(group: GroupId): boolean
  }
  lookUp: <W extends keyof Lookups>(what: W, query: Lookups[W]['query']) => Promise<Lookups[W]['answer']>
  /** Makes a new claim code known to the operator. @returns its hash */
  issueClaim: () => string
  /** Which managed groups are there, told once after the account came on line. */
  onGroups: (notice: Extract<Notice, { about: 'groups' }>) => void
  /** Somebody said something, and it was decided upon and saved. */
  onSaid: (said: Said) => void
  /** What people read when a decision could not be saved: members politely, the control group the cause. */
  notSavedText: (place: 'control' | 'members') => string
}

/** Where everything that happens comes in, and nothing is done before it is saved. */
export class Community {
  readonly #parts: CommunityParts
  #cancelTimer = () => {}
  #latest: Millis = 0
  #cancelGroups: (() => void) | undefined
  #stopped = false
  /** Messages that came in and were not looked at yet, in order. */
  readonly #backlog: WxMessage[] = []
  /** After a message, so that in a crowd of them what is decided gets to the disk before the last is looked at. */
  #resting = false
  #offeredAt: Millis = -Infinity
  #cancelOffer: (() => void) | undefined
  readonly #apologisedAt = new Map<string, Millis>()
  /** What happened before `start`: decided then, what it plans would be taken for what an earlier run left, and done twice. */
  #early: Event[] | undefined = []
  /** What happened once and could not be saved, in order; tried again together. */
  #unsaved: Event[] = []
  #cancelRetry: (() => void) | undefined
  /** Messages that were not counted since the disk refused the first. */
  #uncounted = 0
  /** A login that is being saved, and what came in since. */
  #loggingIn: Incoming[] | undefined
  /** The same when it could not be saved: ids and rights depend on it, so everything else waits. */
  #beforeLogin: Incoming[] | undefined
  /** The hash of the code that was issued for it. */
  #claim: string | undefined

  constructor(parts: CommunityParts) {
    this.#parts = parts
  }

  /** Takes up what an earlier run left: effects that still wait, and those of which nobody knows whether they were done. */
  start(): void {
    const { tables } = this.#parts.store
    const sending = tables.table('outbox.sending')
    const early = this.#early ?? []
    this.#early = undefined
    for (const [id, planned] of [...tables.table<Planned>('outbox.effects').entries()]) {
      const { effect, feature } = planned
      if (sending.get(id)) this.result(id, 'uncertain', '')
      else if (effect.type === 'lookup' && effect.ask.what === 'model') {
        // It may have been asked already, and every call costs: it is not asked twice.
        this.#found(id, feature, effect.ask, { outcome: 'failed', why: 'line', status: null })
      } else if (effect.type === 'lookup' && effect.ask.what === 'meaning') {
        // Who asked may have waited long; the words alone are quick.
        this.#found(id, feature, effect.ask, { outcome: 'off' })
      } else this.#act(id, planned)
    }
    for (const event of early) this.handle(event)
    this.#armTimer()
  }

  /** Decides about what came in so far, and takes nothing any more. */
  stop(): void {
    this.#catchUp()
    this.#stopped = true
    this.#cancelTimer()
    this.#cancelRetry?.()
    this.#cancelGroups?.()
    this.#cancelOffer?.()
  }

  /** The disk takes writes again: what could not be saved is tried now. */
  retry(): void {
    if (this.#stopped) return
    this.#cancelRetry?.()
    this.#cancelRetry = undefined
    const [online] = this.#beforeLogin ?? []
    if (online) return this.#take(online)
    const events = this.#unsaved
    this.#unsaved = []
    for (const event of events.length > 0 ? events : [this.#loadedNow()]) this.handle(event)
  }

  /** How many messages were not counted since this was last asked. */
  takeUncounted(): number {
    const count = this.#uncounted
    this.#uncounted = 0
    return count
  }

  /** Something came in from the account. Messages are looked at one a turn; all else at once, after the messages before it. */
  receive(incoming: Incoming): void {
    if (this.#stopped) return
    if (this.#beforeLogin) {
      if (incoming.type === 'offline') this.#parts.outbox.offline(incoming.why)
      if (this.#beforeLogin.length < MOST_BEFORE_LOGIN) this.#beforeLogin.push(incoming)
      return
    }
    if (incoming.type === 'online') this.#loggingIn = [incoming]
    else if (this.#loggingIn && this.#loggingIn.length < MOST_BEFORE_LOGIN) this.#loggingIn.push(incoming)
    if (incoming.type !== 'message') {
      this.#catchUp()
      this.#take(incoming)
    } else if (this.#resting) this.#backlog.push(incoming)
    else this.#takeMessage(incoming)
  }

  #takeMessage(message: WxMessage): void {
    this.#resting = true
    this.#parts.later(0, () => {
      this.#resting = false
      const next = this.#backlog.shift()
      if (next) this.#takeMessage(next)
    })
    this.#take(message)
  }

  #catchUp(): void {
    for (const message of this.#backlog.splice(0)) this.#take(message)
  }

  #take(incoming: Incoming): void {
    const { roster, outbox } = this.#parts
    if (incoming.type === 'offline') outbox.offline(incoming.why)
    this.#handleAll(roster.read(incoming))
    if (incoming.type === 'online') {
      outbox.online()
      this.#expectGroups()
    }
    if (incoming.type === 'room' && this.#cancelGroups && roster.groupsNotice().missing.length === 0) this.#tellGroups()
  }

  /** Decides about an event, saves, acts. Never throws for a decision that could not be saved; that one is taken back. */
  handle(event: Event): void {
    const { store } = this.#parts
    if (this.#early) return void this.#early.push(event)
    if (this.#stopped || (event.type === 'said' && store.handled(event.id))) return
    void this.#decide(event).then(
      () => event.type === 'loggedIn' && this.#loginSaved(),
      (error: unknown) => this.#notSaved(event, error),
    )
  }

  /** What became of an effect. */
  result(id: string, outcome: Outcome, detail: string): void {
    const { store, outbox } = this.#parts
    const planned = store.tables.table<Planned>('outbox.effects').get(id)
    if (!planned) return
    this.handle({ type: 'resulted', at: this.#parts.now(), effect: id, feature: planned.feature, outcome, detail })
    if (outcome !== 'refused' && outcome !== 'uncertain') return
    const { effect } = planned
    // What did not reach the control group cannot be told there either; of a removal, the feature that wanted it tells.
    if (effect.type === 'lookup' || effect.type === 'kick' || ('to' in effect && effect.to === 'control')) return
    if ('ref' in effect && effect.ref !== undefined) return
    const group = 'to' in effect && typeof effect.to === 'object' && 'group' in effect.to ? effect.to.group : undefined
    // That a group takes no message at all is a state, told once.
    if (outcome === 'refused' && group !== undefined && outbox.isRefusedBy(group)) return
    this.notice({ about: 'effect', outcome, detail, text: describe(effect), ...(group === undefined ? {} : { group }) })
  }

  /** Something that the operator should know. */
  notice(notice: Notice): void {
    this.handle({ type: 'noticed', at: this.#parts.now(), notice })
  }

  /** Notes durably that an effect is just being carried out. @throws NotSaved */
  markSending(id: string): Promise<void> {
    return this.#decide({ type: 'sending', at: this.#parts.now(), effect: id, begun: true })
  }

  /** Takes that note back: the effect was surely not done and waits on. */
  async markWaiting(id: string): Promise<void> {
    const event: Event = { type: 'sending', at: this.#parts.now(), effect: id, begun: false }
    await this.#decide(event).catch((error: unknown) => this.#notSaved(event, error))
  }

  #handleAll(events: readonly Event[]) {
    const { engine, issueClaim } = this.#parts
    for (const event of events) {
      const isUnclaimed = event.type === 'loggedIn' && engine.rights.control === null
      this.handle(isUnclaimed ? { ...event, claim: (this.#claim ??= issueClaim()) } : event)
    }
  }

  /** After the control group is lost, or its code was seen by others, the operator gets a new code to bind one. */
  #offerClaim() {
    const { engine, issueClaim, now, later } = this.#parts
    if (this.#stopped || engine.rights.control !== null || engine.rights.isClaimable || engine.members.epoch === 0)
      return
    const wait = this.#offeredAt + OFFER_AGAIN - now()
    if (wait > 0) {
      this.#cancelOffer ??= later(wait, () => {
        this.#cancelOffer = undefined
        this.#offerClaim()
      })
      return
    }
    this.#offeredAt = now()
    this.handle({ type: 'unclaimed', at: now(), claim: issueClaim() })
  }

  /** Settings were loaded. */
  loaded(): void {
    this.handle(this.#loadedNow())
  }

  #loadedNow(): Event {
    return { type: 'loaded', at: this.#parts.now() }
  }

  #loginSaved(): void {
    const waiting = this.#beforeLogin?.slice(1) ?? []
    this.#beforeLogin = undefined
    this.#loggingIn = undefined
    this.#claim = undefined
    for (const incoming of waiting) this.receive(incoming)
  }

  async #decide(event: Event): Promise<void> {
    const { store, engine, now, log, later } = this.#parts
    const at = now()
    if (at < this.#latest - SET_BACK && event.type !== 'loaded') later(0, () => this.loaded())
    this.#latest = at
    const seed = this.#parts.seed()
    const { effects, usedChance, errors } = engine.decide(event, { now: at, seed, seq: store.nextSeq })
    const changes = store.tables.take()
    // An answer can be long and is already in the journal or can be asked for again.
    const cause = event.type === 'found' ? ({ ...event, answer: null } as Event) : event
    const saved = store.commit({ at, event: cause, changes, ...(usedChance ? { seed } : {}) })
    if (changes.some(({ table }) => table === 'engine.timers')) this.#armTimer()
    try {
      await saved
    } catch (error) {
      if (event.type === 'said' && effects.length > 0) this.#apologise(event)
      throw error
    }
    if (event.type === 'said') this.#parts.onSaid(event)
    for (const { id, planned } of effects) this.#act(id, planned)
    this.#offerClaim()
    for (const { feature, error } of errors) {
      log.error({ feature, err: error, event: event.type }, 'a feature failed; what it had changed is taken back')
      if (event.type !== 'noticed')
        this.notice({ about: 'feature', feature, error: error instanceof Error ? error.message : String(error) })
    }
  }

  #act(id: string, planned: Planned) {
    const { effect } = planned
    if (effect.type === 'lookup') void this.#lookUp(id, planned, effect)
    else this.#parts.outbox.add(id, planned)
  }

  async #lookUp(id: string, { feature }: Planned, { ask }: Effect & { type: 'lookup' }) {
    try {
      this.#found(id, feature, ask, await this.#parts.lookUp(ask.what, ask.query))
    } catch (error) {
      this.#parts.log.error({ err: error, event: ask.what }, 'a look-up failed')
      this.result(id, 'refused', '')
      this.notice({ about: 'feature', feature, error: error instanceof Error ? error.message : String(error) })
    }
  }

  #found(id: string, feature: string, ask: Ask, answer: Found['answer']) {
    // The answer belongs to the question, which the types of a union of pairs cannot say.
    this.handle({ type: 'found', at: this.#parts.now(), effect: id, feature, ...ask, answer } as Found)
  }

  #notSaved(event: Event, error: unknown) {
    if (!(error instanceof NotSaved)) throw error
    this.#parts.log.debug({ err: error, event: event.type }, 'a decision could not be saved')
    if (event.type === 'said') this.#uncounted += 1
    if (event.type === 'loggedIn') {
      this.#beforeLogin ??= this.#loggingIn
      this.#loggingIn = undefined
      this.#backlog.length = 0
    }
    // These do not come again; member lists and notices do, and who said something reads that it did not count.
    const isOnce = event.type === 'resulted' || event.type === 'found' || event.type === 'loaded'
    if (isOnce && !this.#beforeLogin) this.#unsaved.push(event)
    this.#tryLater()
    // The timers are what they were before, and one that rings now could not be saved either.
    this.#armTimer(TRY_AGAIN)
  }

  #tryLater(): void {
    if (this.#stopped) return
    this.#cancelRetry ??= this.#parts.later(TRY_AGAIN, () => this.retry())
  }

  /** Tells who waits for an answer that nothing was changed; once a minute at each place. */
  #apologise({ group, from }: Said) {
    const { now, outbox, notSavedText } = this.#parts
    const place = group ?? from
    if (now() - (this.#apologisedAt.get(place) ?? -Infinity) < APOLOGISE_AGAIN) return
    this.#apologisedAt.set(place, now())
    const isControl = group !== null && group === this.#parts.engine.rights.control
    const to = isControl ? 'control' : group === null ? { member: from } : { group }
    outbox.reply(to, notSavedText(isControl ? 'control' : 'members'))
  }

  #armTimer(atLeast = 0) {
    this.#cancelTimer()
    const { engine, now, later } = this.#parts
    const timer = engine.nextTimer()
    if (!timer || this.#stopped) return
    const wait = Math.min(Math.max(timer.due - now(), atLeast), LONGEST_WAIT)
    this.#cancelTimer = later(wait, () => {
      if (timer.due <= now()) this.handle({ type: 'woke', at: now(), ...timer })
      else {
        if (now() < this.#latest - SET_BACK) this.loaded()
        this.#armTimer()
      }
    })
  }

  #expectGroups() {
    this.#cancelGroups?.()
    this.#cancelGroups = this.#parts.later(GROUPS_WITHIN, () => {
      this.#handleAll(this.#parts.roster.settle())
      this.#tellGroups()
    })
  }

  #tellGroups() {
    this.#cancelGroups?.()
    this.#cancelGroups = undefined
    const notice = this.#parts.roster.groupsNotice()
    this.#parts.onGroups(notice)
    if (this.#parts.engine.rights.control !== null) this.notice(notice)
  }
}

function describe(effect: Effect): string {
  if (effect.type === 'say') return effect.text
  return effect.type === 'file' ? effect.path : effect.type
}
