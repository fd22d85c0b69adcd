// The chat test kit: people talk in groups at a fixed time with seeded chance, and the test reads what the bot would say.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stringify } from 'yaml'
import { loadConfig } from '../../src/config/load.ts'
import type { Person } from '../../src/core/feature/directory.ts'
import type { Ask, Effect, MeaningQuery, ModelQuery, Priority, Target } from '../../src/core/types/effect.ts'
import { Engine, tablesOf, type Decided } from '../../src/core/engine/engine.ts'
import type {
  Entry,
  Event,
  Kind,
  Lookups,
  MeaningAnswer,
  ModelAnswer,
  Quote,
  Said,
} from '../../src/core/types/event.ts'
import type { GroupId, MemberId, Millis } from '../../src/core/types/ids.ts'
import type { AnyFeature } from '../../src/core/feature/feature.ts'
import { hashClaim } from '../../src/core/feature/rights.ts'
import type { Settings } from '../../src/core/feature/settings.ts'
import { Tables } from '../../src/core/feature/tables.ts'
import { isForLog } from '../../src/core/engine/log-filter.ts'
import { touches } from '../../src/core/engine/undo.ts'
import { features as allFeatures } from '../../src/features/index.ts'
import type { Incoming, WxMember } from '../../src/wechat/account.ts'
import { Roster } from '../../src/people/roster.ts'

export interface ChatOptions {
  features?: readonly AnyFeature[]
  /** Settings as an operator would write them: file name without `.yaml` → content. */
  config?: Record<string, unknown>
  /** Settings that are loaded already, instead of `config` and `files`. */
  settings?: Settings
  /** Further files of the config folder, by name. */
  files?: Record<string, string>
  /** Managed groups; the first is where `says` speaks unless told. */
  groups?: string[]
  /** Members of every managed group. */
  members?: string[]
  /** ISO time of the beginning. */
  at?: string
  seed?: string
}

interface Speaking {
  group?: string | null
  kind?: Kind
  quote?: Quote
  description?: string
  link?: string
  addressed?: boolean
  id?: string
}

const CONTROL = '管理群'
const OWNER = '老板'
const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Reads settings as the operator's files would give them. @throws with the problems' texts when they are refused. */
export function settingsFrom(
  features: readonly AnyFeature[],
  config: Record<string, unknown>,
  files: Record<string, string> = {},
): Settings {
  const folder = mkdtempSync(join(tmpdir(), 'quanzi-chat-'))
  try {
    for (const [name, content] of Object.entries(config))
      writeFileSync(join(folder, `${name}.yaml`), stringify(content, { aliasDuplicateObjects: false }))
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), content)
    }
    const loaded = loadConfig(folder, features)
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, undefined, 1))
    return loaded.settings
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export class Chat {
  now: Millis
  /** What the QR codes in pictures say; null: there are none. */
  qr: string | readonly string[] | null = null
  /** What becomes of removals: the person is gone; he is still there, as the member list says; or nothing is known yet. */
  kicks: 'work' | 'fail' | 'wait' = 'work'
  readonly tables: Tables
  readonly engine: Engine
  /** The journal so far. */
  readonly entries: Entry[] = []
  /** What features threw that a test has allowed to throw (see `mayThrow`); anything else that throws fails the test at once. */
  readonly errors: Decided['errors'] = []
  readonly #mayThrow = new Set<string>()
  /** What the language model answers; there is none unless a test sets it. */
  model: (query: ModelQuery) => ModelAnswer = () => ({ outcome: 'off' })
  /** What embeddings tell of a text. */
  meaning: (query: MeaningQuery) => MeaningAnswer = () => ({ outcome: 'off' })
  /** Its name as `/status` tells it; null: there is none. */
  modelName: string | null = null
  readonly #roster: Roster
  readonly #features: readonly AnyFeature[]
  readonly #options: ChatOptions
  readonly #groups: string[]
  readonly #lists = new Map<string, WxMember[]>()
  readonly #seed: string
  /** The code that the console shows last. */
  code = ''
  #codes = 0
  /** The priorities of all that was said so far. */
  readonly priorities: Priority[] = []
  #said: { to: Target; text: string }[] = []
  #messages = 0
  #login = 1

  constructor(options: ChatOptions = {}) {
    this.#options = options
    this.#features = options.features ?? allFeatures
    this.#groups = options.groups ?? ['福利群']
    this.now = Date.parse(options.at ?? '2026-11-21T10:00:00+08:00')
    this.#seed = options.seed ?? 'chat'
    const settings = options.settings ?? this.#settings(options.config ?? {})
    this.tables = new Tables(tablesOf(this.#features))
    this.engine = new Engine(this.#features, this.tables, settings)
    this.#roster = new Roster(this.tables, () => this.engine.settings, this.engine.rights)
    for (const group of this.#groups)
      this.#lists.set(
        group,
        ['bot', ...(options.members ?? ['小明', '阿花'])].map((name) => this.#member(name)),
      )
    this.#lists.set(
      CONTROL,
      ['bot', OWNER].map((name) => this.#member(name)),
    )
    this.login()
  }

  /** A feature is expected to throw from now on: what it throws is kept in `errors`. */
  mayThrow(feature: string): this {
    this.#mayThrow.add(feature)
    return this
  }

  /** A fresh login: all WeChat ids are new. The control group is claimed again. */
  login(): void {
    this.#receive({ type: 'online', at: this.now, self: this.#wx('bot'), selfName: 'bot' })
    for (const group of this.#lists.keys()) this.#readList(group)
    if (this.engine.rights.isClaimable) this.says(OWNER, `/claim ${this.code}`, { group: CONTROL })
    this.#readList(CONTROL)
    this.#said = []
  }

  /** Everybody gets new WeChat ids, as after a new scan. */
  relogin(): void {
    this.#login++
    for (const [group, list] of this.#lists)
      this.#lists.set(
        group,
        list.map(({ id, ...rest }) => ({ ...rest, id: this.#wx(id.split(':')[1] ?? '') })),
      )
    this.login()
  }

  /** After a fresh login somebody else could be this person as well. */
  doubt(name: string): void {
    const people = this.tables.table<Person>('directory.people')
    const person = people.get(this.id(name))
    if (person) people.set(this.id(name), { ...person, level: 'weak' })
  }

  /** New settings, as after an edit of `config/`. */
  configure(config: Record<string, unknown>): void {
    this.engine.reload(this.#settings({ ...this.#options.config, ...config }))
    this.handle({ type: 'loaded', at: this.now })
  }

  /** Somebody says something; what the bot says then. Lines to other places begin with where they go: `→管理群 …`. */
  says(name: string, text: string, speaking: Speaking = {}): string[] {
    const group = speaking.group === undefined ? (this.#groups[0] ?? null) : speaking.group
    this.#receive({
      type: 'message',
      id: speaking.id ?? `msg${++this.#messages}`,
      at: this.now,
      room: group === null ? null : `@@${this.#login}:${group}`,
      from: this.#wx(name),
      fromName: name,
      kind: speaking.kind ?? 'text',
      text,
      quote: speaking.quote ?? null,
      ...(speaking.description === undefined ? {} : { description: speaking.description }),
      ...(speaking.link === undefined ? {} : { link: speaking.link }),
      addressed: speaking.addressed ?? group === null,
    })
    return this.#heard(group === null ? { member: this.id(name) } : this.#target(group))
  }

  /** The owner of the bot's account types something on the phone. */
  phone(text: string, group = this.#groups[0] ?? ''): string[] {
    this.#receive({ type: 'own', at: this.now, room: `@@${this.#login}:${group}`, kind: 'text', text })
    return this.#heard(this.#target(group))
  }

  /** Somebody writes to the bot alone. */
  tells(name: string, text: string): string[] {
    return this.says(name, text, { group: null })
  }

  /** The owner writes in the control group. */
  admin(text: string): string[] {
    return this.says(OWNER, text, { group: CONTROL })
  }

  joins(names: string | string[], group = this.#groups[0] ?? ''): string[] {
    this.#lists.set(group, [...(this.#lists.get(group) ?? []), ...[names].flat().map((name) => this.#member(name))])
    this.#readList(group)
    return this.#heard(this.#target(group))
  }

  /** Somebody pats the bot (拍一拍). */
  pats(group = this.#groups[0] ?? ''): string[] {
    this.#receive({ type: 'patted', at: this.now, room: `@@${this.#login}:${group}` })
    return this.#heard(this.#target(group))
  }

  /** The account is removed from a group, or the group is dissolved. */
  loses(group: string): string[] {
    this.#receive({ type: 'roomGone', at: this.now, room: `@@${this.#login}:${group}` })
    return this.#heard('control')
  }

  leaves(name: string, group = this.#groups[0] ?? ''): string[] {
    this.#lists.set(
      group,
      (this.#lists.get(group) ?? []).filter(({ id }) => id !== this.#wx(name)),
    )
    this.#readList(group)
    return this.#heard(this.#target(group))
  }

  /** Changes a nickname; the person is still called by the first one in the test. */
  renames(name: string, to: string, group = this.#groups[0] ?? ''): string[] {
    this.#lists.set(
      group,
      (this.#lists.get(group) ?? []).map((member) => (member.id === this.#wx(name) ? { ...member, name: to } : member)),
    )
    this.#readList(group)
    return this.#heard(this.#target(group))
  }

  /** Time goes by (`'10s'`, `'5m'`, `'2h'`, `'1d'`), timers ring; what the bot says meanwhile, to whatever place. */
  after(time: `${number}${keyof typeof units}`): string[] {
    const unit = time.slice(-1) as keyof typeof units
    return this.until(this.now + Number(time.slice(0, -1)) * units[unit])
  }

  /** To ten in the morning of the next day, Chinese time. */
  tomorrow(): string[] {
    const midnight = Date.parse(new Date(this.now + 8 * units.h).toISOString().slice(0, 10)) - 8 * units.h
    return this.until(midnight + units.d + 10 * units.h)
  }

  until(time: Millis): string[] {
    for (let timer = this.engine.nextTimer(); timer && timer.due <= time; timer = this.engine.nextTimer()) {
      this.now = Math.max(this.now, timer.due)
      const owner = this.#features.find(({ name }) => name === timer.feature)
      if (!owner?.onJob?.[timer.job])
        throw new Error(`${timer.feature} has a timer for the job ${timer.job}, which its onJob does not handle`)
      this.handle({ type: 'woke', at: this.now, ...timer })
    }
    this.now = time
    return this.#heard(this.#target(this.#groups[0] ?? ''))
  }

  /** Our id of a person. */
  id(name: string): MemberId {
    for (const [id, person] of this.tables.table<{ wx: string }>('directory.people').entries())
      if (person.wx === this.#wx(name)) return id as MemberId
    throw new Error(`nobody knows ${name}`)
  }

  /** The latest journal entry that changed a table. */
  last(table: string): Entry {
    const entry = this.entries.findLast(({ changes }) => changes.some((change) => change.table === table))
    if (!entry) throw new Error(`nothing has changed ${table}`)
    return entry
  }

  /** Our id of a group. */
  group(name: string): GroupId {
    for (const [id, group] of this.tables.table<{ wx: string }>('directory.groups').entries())
      if (group.wx === `@@${this.#login}:${name}`) return id as GroupId
    throw new Error(`there is no group ${name}`)
  }

  /** One event through the engine, its effects carried out at once. */
  handle(event: Event): void {
    const seq = this.entries.length + 1
    const decided = this.engine.decide(event, { now: this.now, seed: `${this.#seed} ${seq}`, seq })
    this.entries.push({ seq, at: this.now, event, changes: this.tables.take() })
    for (const failed of decided.errors) {
      if (!this.#mayThrow.has(failed.feature)) throw unexpected(failed.feature, failed.error, event)
      this.errors.push(failed)
    }
    for (const { id, planned } of decided.effects) {
      this.#act(id, planned.effect, planned.feature)
      if (planned.effect.type === 'lookup') continue
      if (planned.effect.type === 'kick') {
        if (this.kicks !== 'wait') this.#kick(id, planned.feature, planned.effect)
        continue
      }
      this.handle({ type: 'resulted', at: this.now, effect: id, feature: planned.feature, outcome: 'sent', detail: '' })
    }
    this.#offerClaim()
  }

  /** Nobody can steer any more: the console shows a new code, as `Community` sees to it. */
  #offerClaim() {
    const { rights, members } = this.engine
    if (members.epoch > 0 && rights.control === null && !rights.isClaimable)
      this.handle({ type: 'unclaimed', at: this.now, claim: this.#newCode() })
  }

  // The member list is read after a kick, and only then is its result told.
  #kick(id: string, feature: string, { group, member }: { group: GroupId; member: MemberId }) {
    const works = this.kicks === 'work'
    const person = this.tables.table<Person>('directory.people').get(member)
    for (const [name, list] of this.#lists) {
      if (!works || this.group(name) !== group) continue
      this.#lists.set(
        name,
        list.filter(({ id: wx }) => wx !== person?.wx),
      )
      this.#readList(name)
    }
    const result = works
      ? ({ outcome: 'sent', detail: '' } as const)
      : ({ outcome: 'refused', detail: 'still in the group' } as const)
    this.handle({ type: 'resulted', at: this.now, effect: id, feature, ...result })
  }

  #act(id: string, effect: Effect, feature: string) {
    switch (effect.type) {
      case 'say':
        this.priorities.push(effect.priority)
        return void this.#said.push({ to: effect.to, text: effect.text })
      case 'file':
        return void this.#said.push({ to: effect.to, text: `[${effect.path}]` })
      case 'picture':
        return void this.#said.push({ to: effect.to, text: `[picture ${effect.message}]` })
      case 'kick':
        return void this.#said.push({ to: { group: effect.group }, text: `[kick ${effect.member}]` })
      case 'lookup':
        return this.#lookUp(effect.ask, { type: 'found', at: this.now, effect: id, feature })
      default:
        throw unknown('effect', effect)
    }
  }

  #lookUp(ask: Ask, found: { type: 'found'; at: Millis; effect: string; feature: string }) {
    switch (ask.what) {
      case 'log': {
        const answer = this.entries
          .filter((entry) => isForLog(entry, this.tables))
          .reverse()
          .slice(0, ask.query.limit)
        return this.handle({ ...found, ...ask, answer })
      }
      case 'entry':
        return this.handle({ ...found, ...ask, answer: this.#entry(ask.query) })
      case 'qr':
        return this.handle({ ...found, ...ask, answer: [this.qr ?? []].flat() })
      case 'model':
        return this.handle({ ...found, ...ask, answer: this.model(ask.query) })
      case 'meaning':
        return this.handle({ ...found, ...ask, answer: this.meaning(ask.query) })
      case 'reload':
        return this.handle({ ...found, ...ask, answer: { ok: true, text: '配置已更新。' } })
      case 'alarm':
        return this.handle({ ...found, ...ask, answer: [] })
      case 'said':
        return this.handle({ ...found, ...ask, answer: this.#saidLately(ask.query) })
      case 'rehearsal':
      case 'calibration':
        // It takes its time: a test of it hands in the answer itself.
        return
      case 'status':
        return this.handle({ ...found, ...ask, answer: { ...status, since: this.now, model: this.modelName } })
      default:
        throw unknown('lookup', ask)
    }
  }

  #entry({ seq, for: act }: { seq: number; for: 'why' | 'undo' }): (Entry & { later?: readonly Entry[] }) | null {
    const entry = this.entries.find((candidate) => candidate.seq === seq)
    if (!entry || act !== 'undo') return entry ?? null
    return {
      ...entry,
      later: this.entries
        .filter((candidate) => candidate.seq > seq && touches(candidate, entry, this.tables))
        .reverse(),
    }
  }

  /** As the archive of messages answers. */
  #saidLately({ group, text, kind }: Lookups['said']['query']): Lookups['said']['answer'] {
    const isMeant = (said: Said) => said.group === group && (text === '' ? said.kind === kind : said.text === text)
    return this.entries
      .flatMap(({ event }) =>
        event.type === 'said' && isMeant(event) ? [{ from: event.from, message: event.id }] : [],
      )
      .reverse()
  }

  #receive(incoming: Incoming) {
    for (const event of this.#roster.read(incoming)) {
      if (event.type === 'loggedIn' && this.engine.rights.control === null)
        this.handle({ ...event, claim: this.#newCode() })
      else this.handle(event)
    }
  }

  #newCode(): string {
    this.code = `CHATCODE${String(this.#codes++).padStart(2, '0')}`
    return hashClaim(this.code)
  }

  #readList(group: string) {
    const room = { id: `@@${this.#login}:${group}`, topic: group, members: this.#lists.get(group) ?? [] }
    this.#receive({ type: 'room', at: this.now, room, invitedBy: null })
  }

  #heard(here: Target): string[] {
    const said = this.#said
    this.#said = []
    return said.map(({ to, text }) => (same(to, here) ? text : `→${this.#place(to)} ${text}`))
  }

  #target(group: string): Target {
    return group === CONTROL && this.engine.rights.control !== null ? 'control' : { group: this.group(group) }
  }

  #place(to: Target): string {
    if (to === 'control') return CONTROL
    return 'group' in to ? (this.engine.members.group(to.group)?.name ?? to.group) : this.engine.members.name(to.member)
  }

  #member(name: string): WxMember {
    return {
      id: this.#wx(name),
      name: name.replace(/#.*/, ''),
      nick: '',
      attrStatus: 1 + [...name].reduce((sum, char) => sum + (char.codePointAt(0) ?? 0), 0),
    }
  }

  // `小明#2` is another person of the same name.
  #wx(name: string): string {
    return `@${this.#login}:${name}`
  }

  #settings(config: Record<string, unknown>): Settings {
    const groups = { groups: this.#groups.map((name) => ({ name })) }
    return settingsFrom(this.#features, { bot: { botName: '圈子' }, groups, ...config }, this.#options.files)
  }
}

const status = {
  online: true,
  level: 'normal',
  waiting: 0,
  sentToday: 0,
  perDay: 600,
  memoryMb: 100,
  sending: {
    sent: { minute: 0, hour: 0, day: 0 },
    limits: { minute: 20, hour: 200, day: 600 },
    pausedUntil: null,
    warmUntil: null,
    waits: [],
  },
} as const

function unexpected(feature: string, error: unknown, event: Event): Error {
  const why = error instanceof Error ? error.message : String(error)
  const cure = `mend it, or call chat.mayThrow('${feature}') before, when that is what the test is about`
  return new Error(`${feature} threw at "${event.type}": ${why}\n(${cure})`, { cause: error })
}

function unknown(what: 'effect' | 'lookup', value: never): Error {
  return new Error(`the chat kit knows no such ${what}: teach it in test/support/chat.ts ${JSON.stringify(value)}`)
}

function same(a: Target, b: Target): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
