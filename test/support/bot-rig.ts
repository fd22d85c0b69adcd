// The whole bot around an account that the test plays, on a disk in memory and a clock that the test drives.
import fs from 'node:fs'
import path from 'node:path'
import { pino } from 'pino'
import { Bot, type BotParts } from '../../src/bot.ts'
import { Alarm } from '../../src/alarm/alarm.ts'
import { DataFolder, realFiles, type FileCalls } from '../../src/data-folder.ts'
import { tablesOf } from '../../src/core/engine/engine.ts'
import { hashClaim } from '../../src/core/feature/rights.ts'
import { features } from '../../src/features/index.ts'
import { openStore } from '../../src/store/open.ts'
import type { Settings } from '../../src/core/feature/settings.ts'
import type { Store } from '../../src/store/store.ts'
import type { Account, AccountNews, Incoming, WxMember, WxResult } from '../../src/wechat/account.ts'
import { temporaryFolder } from '../store/folder.ts'
import { MemoryDisk } from '../store/memory-disk.ts'
import { settingsFrom } from './chat.ts'

export interface RigOptions {
  /** Settings other than the usual ones, for groups of these names; the first is where `says` speaks unless told. */
  settings: Settings
  groups: readonly [string, ...string[]]
  /** Settings with another file in place of `order.yaml`, by its name. */
  drafts?: Record<string, { settings: Settings } | { problems: string }>
}

const GROUP = '福利群'
const CONTROL = '管理群'

export class BotRig {
  now = Date.parse('2026-11-21T10:00:00+08:00')
  disk = new MemoryDisk()
  /** The calls by which all else is written. */
  files: FileCalls = realFiles
  /** Alarms that went out, as `title text`. */
  readonly alarms: string[] = []
  readonly alarm = new Alarm({
    channels: () => [
      { kind: 'webhook', send: ({ title, text }) => Promise.resolve(void this.alarms.push(`${title} ${text}`)) },
    ],
    again: () => 6 * 3_600_000,
    now: () => this.now,
    later: (ms, run) => this.#later(ms, run),
    botName: () => '圈子',
    language: () => 'zh',
    kept: {},
    keep: () => {},
    failed: () => {},
  })
  /** What the operator reads on the console. */
  readonly told: string[] = []
  /** What reached WeChat, in order: `place: text`. */
  readonly sent: string[] = []
  /** What WeChat answers to the next orders. */
  answer: () => WxResult | Promise<WxResult> = () => ({ ok: true })
  /** What the language model answers. */
  model: BotParts['model']['ask'] = () => Promise.resolve({ outcome: 'off' })
  embeddings: BotParts['embeddings'] = { of: () => Promise.resolve({ outcome: 'off' }) }
  readonly #folder = temporaryFolder()
  #listener: (incoming: Incoming | AccountNews) => void = () => {}
  #timers: { at: number; run: () => void }[] = []
  #messages = 0
  #members = ['小明', '阿花']
  #store: Store | undefined
  #bot: Bot | undefined
  readonly #options: RigOptions

  constructor(options?: RigOptions) {
    const usual = { bot: { botName: '圈子' }, groups: { groups: [{ name: GROUP }] } }
    this.#options = options ?? { settings: settingsFrom(features, usual), groups: [GROUP] }
  }

  get bot(): Bot {
    if (!this.#bot) throw new Error('the bot is not started')
    return this.#bot
  }

  /** Starts the bot in a login that stays the same over restarts, with two members and a claimed control group. */
  async start({ keepSent = false, beforeOnline = () => {} } = {}): Promise<void> {
    const data = new DataFolder(this.#folder, { now: () => this.now, files: this.files })
    const { store } = await openStore({
      wrote: (what, error) => void data.note(what, error),
      folder: this.#folder,
      name: 'main',
      specs: tablesOf(features),
      now: () => this.now,
      disk: this.disk,
    })
    this.#store = store
    this.#bot = new Bot({
      features,
      settings: this.#options.settings,
      store,
      account: this.#account(),
      configFolder: this.#folder,
      loadDraft: (file) => this.#options.drafts?.[file] ?? { problems: `no file ${file}` },
      data,
      tell: (text) => void this.told.push(text),
      alarm: this.alarm,
      log: pino({ level: 'silent' }),
      now: () => this.now,
      later: (ms, run) => this.#later(ms, run),
      seed: () => 'rig',
      jitter: () => 0,
      reload: () => ({ ok: true, text: '' }),
      model: { name: 'test', ask: (query) => this.model(query) },
      embeddings: this.embeddings,
      issueClaim: () => hashClaim('RIGCODE000'),
      onGroups: () => {},
    })
    await this.#bot.start()
    beforeOnline()
    this.tell({ type: 'online', at: this.now, self: '@bot', selfName: '圈子' })
    for (const group of this.#options.groups) this.list(group, [...this.#members])
    this.says('老板', '/claim RIGCODE000', CONTROL)
    this.list(CONTROL, ['老板'])
    await this.advance(60_000)
    if (!keepSent) this.sent.length = 0
  }

  /** The process dies here: what is on disk stays, everything else is gone. The next `start` finds it. */
  kill(): void {
    this.#timers = []
    this.#listener = () => {}
    this.#bot = undefined
    this.#store = undefined
    this.disk = this.disk.copy()
    // The lock of a process that is dead; this one lives on.
    fs.rmSync(path.join(this.#folder, 'main.lock'), { force: true })
  }

  /** Folds the journal into the snapshot, as the program does every hour. */
  async compact(): Promise<void> {
    await this.#store?.compact()
  }

  tell(incoming: Incoming | AccountNews): void {
    this.#listener(incoming)
  }

  list(group: string, names: string[]): void {
    if (group === GROUP) this.#members = names
    const members: WxMember[] = ['bot', ...names].map((name) => ({
      id: `@${name}`,
      name,
      nick: '',
      attrStatus: name.length,
    }))
    this.tell({ type: 'room', at: this.now, room: { id: `@@${group}`, topic: group, members }, invitedBy: null })
  }

  /** @param id a message's id, to deliver one twice */
  says(name: string, text: string, group = GROUP, id = `msg${++this.#messages}`): void {
    const message = { id, at: this.now, room: `@@${group}`, from: `@${name}`, fromName: name, text }
    this.tell({ type: 'message', kind: 'text', quote: null, addressed: false, ...message })
  }

  /** Lets time pass; what falls due happens at its time, and what waits for the disk is done. */
  async advance(ms: number): Promise<void> {
    const until = this.now + ms
    await settle()
    for (;;) {
      const [next] = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
      if (!next) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.now = Math.max(this.now, next.at)
      next.run()
      await settle()
    }
    this.now = until
  }

  #later(ms: number, run: () => void): () => void {
    const timer = { at: this.now + ms, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((waiting) => waiting !== timer)
    }
  }

  #account(): Account {
    const order = (to: string, what: string): Promise<WxResult> => {
      this.sent.push(`${to.replace('@@', '')}: ${what}`)
      return Promise.resolve(this.answer())
    }
    return {
      start: (listener) => {
        this.#listener = listener
        return Promise.resolve()
      },
      sendText: order,
      sendFile: order,
      forwardPicture: order,
      kick: order,
      readPicture: () => Promise.resolve(undefined),
      refreshRoom: () => Promise.resolve({ ok: true }),
      stop: () => Promise.resolve(),
    }
  }
}

// A disk in memory answers within a few turns of the event loop.
async function settle() {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
}
