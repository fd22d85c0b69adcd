// The bot put together: engine, roster, community and outbox around one store and one account. Clock and chance come from outside.
import type { Embeddings } from './ai/embeddings.ts'
import type { Model } from './ai/model.ts'
import { Community } from './community.ts'
import type { Spent, Target } from './core/types/effect.ts'
import { Engine } from './core/engine/engine.ts'
import type { Lookups, RehearsalAnswer, Notice, SendingLevel } from './core/types/event.ts'
import type { Millis } from './core/types/ids.ts'
import type { AnyFeature } from './core/feature/feature.ts'
import { timezoneOf, type Settings } from './core/feature/settings.ts'
import { render } from './core/lib/render.ts'
import { worthTelling } from './core/engine/troubles.ts'
import { botTexts, diskCause } from './locales/bot.ts'
import { clock } from './core/lib/time.ts'
import type { DataFolder, DiskTrouble } from './data-folder.ts'
import { touches } from './core/engine/undo.ts'
import type { Log } from './log.ts'
import type { Store } from './store/store.ts'
import type { Account, Incoming } from './wechat/account.ts'
import { Outbox } from './outbox/outbox.ts'
import { MessageArchive, type KeptMessage } from './messages/archive.ts'
import { Meanings } from './meaning.ts'
import { recalibrate } from './recalibration.ts'
import { rehearse, type Draft } from './rehearsal.ts'
import { QrReader } from './wechat/qr-reader.ts'
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
  /** Calls `run` once after so many milliseconds. @returns what cancels it */
  later: (ms: number, run: () => void) => () => void
  /** A new seed for every event. */
  seed: () => string
  /** 0..1, anew at each call, for the pacing. */
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
}

/** While the disk refuses writes it is tried so often, in milliseconds. */
const DISK_AGAIN = 5_000

/** Later entries that are looked at when one is taken back. */
const MOST_LATER = 200

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
  readonly #parts: BotParts
  #diskTrouble: DiskTrouble | null = null
  #cancelDiskTimer = () => {}
  readonly #meanings: Meanings

  constructor(parts: BotParts) {
    this.#parts = parts
    const { features, settings, store, account, configFolder, log, now, later } = parts
    const startedAt = now()
    const engine = new Engine(features, store.tables, settings)
    const roster = new Roster(store.tables, () => engine.settings, engine.rights)
    this.engine = engine
    this.#store = store
    this.#account = account
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
      },
    })
    const answers: { [W in keyof Lookups]: (query: Lookups[W]['query']) => Promise<Lookups[W]['answer']> } = {
      log: ({ limit }) => store.recent(limit, (entry) => worthTelling(entry, store.tables)),
      entry: async ({ seq, for: act }) => {
        const entry = await store.entry(seq)
        if (!entry || act !== 'undo') return entry ?? null
        const later = await store.recent(MOST_LATER, (one) => touches(one, entry, store.tables), seq)
        return { ...entry, later }
      },
      reload: (how) => Promise.resolve(parts.reload(how ?? 'careful')),
      status: () => Promise.resolve(this.#status(startedAt, parts.model.name)),
      model: (query) => parts.model.ask(query),
      meaning: (query) => this.#meanings.ask(query),
      calibration: () => recalibrate(this.#archive.read(), () => engine.settings, turn),
      rehearsal: ({ draft }) => this.#rehearse(draft, parts),
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
      notSavedText: (place) => this.#diskText(place === 'control' ? 'notSavedAdmin' : 'notSaved'),
    })
    parts.data.watch((trouble) => this.#diskChanged(trouble))
  }

  /** Takes up what an earlier run left, then listens to the account. */
  async start(onIncoming: (incoming: Incoming) => void = () => {}): Promise<void> {
    const { tables } = this.#store
    this.#outbox.sentBefore(
      [...tables.table<Spent>('outbox.sent').entries()].map(([, spent]) => spent),
      tables.table<{ level: SendingLevel; at: Millis }>('outbox.level').get('level'),
    )
    this.community.start()
    this.community.loaded()
    this.#meanings.prepare()
    await this.#account.start((incoming) => {
      this.community.receive(incoming)
      onIncoming(incoming)
    })
  }

  /** New settings take effect with the next event. */
  reload(settings: Settings): void {
    this.engine.reload(settings)
    this.community.loaded()
    this.#meanings.prepare()
  }

  #diskText(key: 'notSaved' | 'notSavedAdmin' | 'diskTrouble'): string {
    const { language, timezone } = this.engine.settings
    const { code, since } = this.#parts.data.trouble ?? { code: 'EIO', since: this.#parts.now() }
    return render(botTexts[language][key], { cause: diskCause(code, language), since: clock(since, timezone) })
  }

  /** The admins cannot be told by a decision while none can be saved, so they are told past the store. */
  #diskChanged(trouble: DiskTrouble | null): void {
    const { log, tell, now } = this.#parts
    this.#cancelDiskTimer()
    if (trouble !== null) {
      this.#diskTrouble = trouble
      log.error({ code: trouble.code }, 'the data folder cannot be written')
      const text = this.#diskText('diskTrouble')
      tell(text)
      if (this.engine.rights.control !== null) this.#outbox.reply('control', text)
      return this.#tryDisk()
    }
    const { since, failures } = this.#diskTrouble ?? { since: now(), failures: 0 }
    log.warn({ count: failures, ms: now() - since }, 'the data folder can be written again')
    const { language, timezone } = this.engine.settings
    const [from, until] = [clock(since, timezone), clock(now(), timezone)]
    const text = render(botTexts[language].diskWell, { from, until, count: this.community.takeUncounted() })
    tell(text)
    this.community.notice({ about: 'store', text })
  }

  #tryDisk(): void {
    this.#cancelDiskTimer = this.#parts.later(DISK_AGAIN, () => {
      const { data, log } = this.#parts
      if (data.trouble === null) return
      const isFolding = data.isFailing('snapshot')
      if (data.retry()) {
        if (isFolding) this.#store.compact().catch((error: unknown) => log.warn({ err: error }, 'not folded yet'))
        if (data.isFailing('store')) this.community.retry()
      }
      if (data.trouble !== null) this.#tryDisk()
    })
  }

  /** Ends what is on its way, saves, and keeps the login. */
  async stop(): Promise<void> {
    this.#cancelDiskTimer()
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

  #status(since: Millis, model: string | null): Lookups['status']['answer'] {
    const { offline, level, waiting, sent, limits } = this.#outbox.status
    return {
      since,
      online: offline === null,
      level,
      waiting: Object.values(waiting).reduce((sum, count) => sum + count, 0),
      sentToday: sent.day,
      perDay: limits.day,
      memoryMb: Math.round(process.memoryUsage.rss() / 1e6),
      model,
    }
  }
}
