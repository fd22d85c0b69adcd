// The bot put together: engine, roster, community and outbox around one store and one account. Clock and chance come from outside.
import type { Embeddings } from './ai/embeddings.ts'
import type { Model } from './ai/model.ts'
import { Community } from './community.ts'
import type { Spent, Target } from './core/types/effect.ts'
import { Engine } from './core/engine/engine.ts'
import type { Lookups, RehearsalAnswer, Notice, SendingLevel } from './core/types/event.ts'
import type { GroupId, Millis } from './core/types/ids.ts'
import type { AnyFeature } from './core/feature/feature.ts'
import { timezoneOf, type Settings } from './core/feature/settings.ts'
import { isForLog } from './core/engine/log-filter.ts'
import type { Alarm } from './alarm/alarm.ts'
import { touches } from './core/engine/undo.ts'
import type { DataFolder } from './data-folder.ts'
import { Operations } from './operations.ts'
import type { LiveState } from './states.ts'
import type { Log } from './log.ts'
import type { Store } from './store/store.ts'
import type { Account, Incoming, WxId } from './wechat/account.ts'
import { Outbox } from './outbox/outbox.ts'
import { MessageArchive, type KeptMessage } from './messages/archive.ts'
import { Meanings } from './meaning.ts'
import { recalibrate } from './recalibration.ts'
import { rehearse, type Draft } from './rehearsal.ts'
import { QrReader } from './wechat/qr-reader.ts'
import { ProfileReader } from './people/profile-reader.ts'
import { Roster } from './people/roster.ts'

/** What the bot is built around; everything in it is ready to be used. */
export interface BotParts {
  features: readonly AnyFeature[]
  settings: Settings
  store: Store
  account: Account
  configFolder: string
  /** Holds the last days' messages, and knows whether the disk takes writes. */
  data: DataFolder
  log: Log
  now: () => Millis
  /** Calls `run` once after this delay (ms). @returns a function that cancels it */
  later: (ms: number, run: () => void) => () => void
  /** A new seed for every event. */
  seed: () => string
  /** A new random number in 0..1 at each call, for pacing. */
  jitter: () => number
  reload: (how: 'careful' | 'anyway') => { ok: boolean; text: string }
  /** Reads the settings with another file in place of `order.yaml`. */
  loadDraft: (file: string) => NonNullable<Draft>
  model: Model
  embeddings: Embeddings
  issueClaim: () => string
  onGroups: (notice: Extract<Notice, { about: 'groups' }>) => void
  /** Writes for the operator. */
  tell: (text: string) => void
  alarm: Alarm
}

/** Later entries that are looked at when one is taken back. */
const MOST_LATER = 200
/** Messages that can be meant by a quote. */
const MOST_SAID = 50

/** Lets others have their turn. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** One bot on one account. Built, it does nothing; `start` sets it going. */
export class Bot {
  readonly engine: Engine
  readonly community: Community
  readonly #outbox: Outbox
  readonly #store: Store
  readonly #account: Account
  readonly #qr = new QrReader()
  readonly #archive: MessageArchive
  readonly #meanings: Meanings
  readonly #hasLibrary: boolean
  readonly #roster: Roster
  readonly #profiles: ProfileReader
  readonly operations: Operations

  constructor(parts: BotParts) {
    const { features, settings, store, account, configFolder, log, now, later } = parts
    const startedAt = now()
    const engine = new Engine(features, store.tables, settings)
    const roster = new Roster(store.tables, () => engine.settings, engine.rights)
    this.engine = engine
    this.#roster = roster
    this.#store = store
    this.#account = account
    this.#hasLibrary = features.some(({ name }) => name === 'faq')
    this.#meanings = new Meanings({
      embeddings: parts.embeddings,
      settings: () => engine.settings,
      now,
      rest: turn,
    })
    this.#archive = new MessageArchive({
      data: parts.data,
      days: () => engine.settings.messageDays,
      now,
      later,
      failed: (error) => log.warn({ err: error }, 'kept messages could not be read'),
    })
    this.#outbox = new Outbox({
      account,
      address: (to: Target) => {
        if (to === 'control') return engine.rights.control === null ? undefined : roster.wxOf(engine.rights.control)
        return roster.wxOf('group' in to ? to.group : to.member)
      },
      isMember: (group, member) => engine.members.isIn(member, group),
      sending: () => engine.settings.sending,
      timezone: (to) =>
        timezoneOf(
          engine.settings,
          typeof to === 'object' && 'group' in to ? engine.members.group(to.group)?.managed : undefined,
        ),
      configFolder,
      now,
      later,
      jitter: parts.jitter,
      markSending: (id) => this.community.markSending(id),
      markWaiting: (id) => this.community.markWaiting(id),
      result: (id, outcome, detail) => this.community.result(id, outcome, detail),
      level: (level, why) => {
        log.warn({ status: level, why }, 'sending')
        this.community.notice({ about: 'sending', level, why })
        if (level === 'silent') this.operations.states.begin('silent', null, {})
        else this.operations.states.end('silent', null)
      },
      refuses: (group, cause) => this.operations.refuses(group, engine.members.group(group)?.name ?? group, cause),
    })
    const answers: { [W in keyof Lookups]: (query: Lookups[W]['query']) => Promise<Lookups[W]['answer']> } = {
      log: ({ limit }) => store.recent(limit, (entry) => isForLog(entry, store.tables)),
      entry: async ({ seq, for: act }) => {
        const entry = await store.entry(seq)
        if (!entry || act !== 'undo') return entry ?? null
        const later = await store.recent(MOST_LATER, (later) => touches(later, entry, store.tables), seq)
        return { ...entry, later }
      },
      reload: (how) => Promise.resolve(parts.reload(how ?? 'careful')),
      alarm: () => parts.alarm.test(),
      status: () => Promise.resolve(this.#status(startedAt, parts.model.name)),
      model: (query) => parts.model.ask(query),
      meaning: (query) => this.#meanings.ask(query),
      calibration: () => recalibrate(this.#archive.read(), () => engine.settings, turn),
      rehearsal: ({ draft }) => this.#rehearse(draft, parts),
      said: async (query) =>
        (await this.#archive.find(query, MOST_SAID)).map(({ from, id }) => ({ from, message: id })),
      qr: ({ message }) => this.#qr.read(() => account.readPicture(message)),
    }
    this.community = new Community({
      store,
      engine,
      roster,
      log,
      now,
      seed: parts.seed,
      later,
      outbox: this.#outbox,
      lookUp: (what, query) => answers[what](query),
      issueClaim: parts.issueClaim,
      onGroups: parts.onGroups,
      onSaid: (said) => {
        const since = said.group && engine.members.group(said.group) && engine.members.since(said.from, said.group)
        if (typeof since === 'number') this.#archive.keep(said, since)
      },
      notSavedText: (place) => this.operations.notSavedText(place),
    })
    this.#profiles = new ProfileReader({
      account,
      profiles: roster.profiles,
      isOnline: () => this.#outbox.status.offline === null,
      receive: (incoming) => this.community.receive(incoming),
      now,
      later,
    })
    this.operations = new Operations({
      now,
      later,
      log,
      tell: parts.tell,
      settings: () => engine.settings,
      data: parts.data,
      alarm: parts.alarm,
      groupOf: (room) => this.#groupOf(room),
      controlRoom: () => (engine.rights.control === null ? undefined : roster.wxOf(engine.rights.control)),
      wasOnline: () => engine.members.epoch > 0,
      notice: (notice) => this.community.notice(notice),
      sayUnsaved: (text) => {
        if (engine.rights.control !== null) this.#outbox.reply('control', text)
      },
      retryStore: () => this.community.retry(),
      takeUncounted: () => this.community.takeUncounted(),
      fold: () => void store.compact().catch((error: unknown) => log.warn({ err: error }, 'not folded yet')),
    })
  }

  /** Takes up what an earlier run left, then listens to the account. */
  async start(onIncoming: (incoming: Incoming) => void = () => {}): Promise<void> {
    const { tables } = this.#store
    const levels = tables.table<{ level: SendingLevel; at: Millis }>('outbox.level')
    this.#outbox.sentBefore(
      [...tables.table<Spent>('outbox.sent').entries()].map(([, spent]) => spent),
      levels.get('level'),
    )
    this.community.start()
    this.community.loaded()
    this.#prepareMeanings()
    this.operations.start(tables.table<{ states: LiveState[] }>('admin.states').size() > 0)
    this.#profiles.start()
    await this.#account.start((incoming) => {
      if (incoming.type === 'state' || incoming.type === 'roomNews') return this.operations.news(incoming)
      this.operations.heard(incoming)
      this.community.receive(incoming)
      if (incoming.type === 'online') this.#outbox.loggedIn(levels.get('login')?.at ?? -Infinity)
      onIncoming(incoming)
    })
  }

  /** New settings take effect with the next event. */
  reload(settings: Settings): void {
    this.engine.reload(settings)
    this.community.loaded()
    this.#prepareMeanings()
  }

  /** Only the answer library asks what texts mean. */
  #prepareMeanings(): void {
    if (this.#hasLibrary) this.#meanings.prepare()
  }

  /** Ends what is on its way, saves, and keeps the login. */
  async stop(): Promise<void> {
    this.operations.stop()
    this.#profiles.stop()
    await this.#outbox.stop()
    this.community.stop()
    await this.#account.stop()
    await this.#qr.stop()
    await this.#archive.close()
    await this.#store.close()
  }

  async #rehearse(file: string | null, { features, loadDraft }: BotParts): Promise<RehearsalAnswer> {
    const feature = features.find(({ name }) => name === 'order')
    if (!feature) return { outcome: 'none' }
    const messages: KeptMessage[] = []
    for await (const ofDay of this.#archive.read()) messages.push(...ofDay)
    return rehearse(messages, file, file === null ? null : loadDraft(file), {
      feature,
      tables: this.#store.tables,
      settings: this.engine.settings,
      rest: turn,
    })
  }

  /** How the bot is, for the health file. */
  get health(): { online: boolean; level: SendingLevel; states: readonly LiveState[] } {
    const { offline, level } = this.#outbox.status
    return { online: offline === null, level, states: this.operations.states.list }
  }

  #groupOf(room: WxId): { id: GroupId; name: string } | undefined {
    const { members, rights } = this.engine
    const found = members.groups().find(({ id }) => this.#roster.wxOf(id) === room)
    if (found || rights.control === null || this.#roster.wxOf(rights.control) !== room) return found
    return { id: rights.control, name: this.operations.controlName }
  }

  #status(since: Millis, model: string | null): Lookups['status']['answer'] {
    const { offline, level, waiting, sending } = this.#outbox.status
    return {
      since,
      online: offline === null,
      level,
      waiting: Object.values(waiting).reduce((sum, count) => sum + count, 0),
      sentToday: sending.sent.day,
      perDay: sending.limits.day,
      sending,
      memoryMb: Math.round(process.memoryUsage.rss() / 1e6),
      model,
    }
  }
}
