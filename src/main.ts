// Builds the parts and starts them; the only file that knows them all.
import { randomBytes } from 'node:crypto'
import { adFlags } from './ai/ad-flags.ts'
import { openEmbeddings } from './ai/embeddings.ts'
import { openModel, type ModelOptions } from './ai/model.ts'
import { VectorCache } from './ai/vector-cache.ts'
import { Bot } from './bot.ts'
import { claimFile, writeClaimCode } from './claim-code.ts'
import type { Clock } from './clock.ts'
import { lossesText } from './config/inventory.ts'
import { loadConfig, type Loaded } from './config/load.ts'
import { problemsText } from './config/problem.ts'
import { Reloader } from './config/reload.ts'
import { readSeen, writeSeen } from './config/seen.ts'
import { fileTrouble } from './config/files.ts'
import { watchConfig } from './config/watch.ts'
import type { Alarm } from './alarm/alarm.ts'
import { openAlarm } from './alarm/open.ts'
import { watchHealth } from './health.ts'
import { countStart } from './starts.ts'
import { DataFolder, passingCodes } from './data-folder.ts'
import { tablesOf } from './core/engine/engine.ts'
import type { Notice } from './core/types/event.ts'
import type { Vars } from './core/types/localised.ts'
import { hashClaim } from './core/feature/rights.ts'
import { render } from './core/lib/render.ts'
import { clock as clockTime } from './core/lib/time.ts'
import { features } from './features/index.ts'
import { botTexts } from './locales/bot.ts'
import type { Log } from './log.ts'
import { everyHour } from './schedule.ts'
import { openStore } from './store/open.ts'
import { StoreRefused, type Store } from './store/store.ts'
import { openAccount } from './wechat/open.ts'

/** Where and with what a bot runs. */
export interface OpenOptions {
  configFolder: string
  dataFolder: string
  /** The language model; without a key there is none. */
  model: Pick<ModelOptions, 'key' | 'baseUrl' | 'name'>
  /** The puppet's package name; undefined for the hardened wechat4u. */
  puppet: string | undefined
  clock: Clock
  log: Log
  /** Of the mail account that sends alarms. */
  mailPassword?: string | undefined
  /** Writes for the operator. */
  tell: (text: string) => void
  /** The data belong to another process: this one must end at once and write nothing. @param text why */
  onLost: (text: string) => void
}

/** The same, and whom to call when it cannot go on. */
export interface StartOptions extends OpenOptions {
  /** The port of 127.0.0.1 on which `/health` answers; undefined: none. */
  healthPort?: number | undefined
  /** The login is over and a new scan is needed, which wants a clean process. */
  onEnded: () => void
}

/** Delay (ms) before a start that the disk refused is tried again. */
const DISK_AGAIN = 10_000
/** Milliseconds that an alarm may keep the process from ending. */
const ALARM_AT_END = 15_000

/** Thrown when the settings are refused; the message is what the operator reads. */
export class ConfigRefused extends Error {
  override name = 'ConfigRefused'
}

/**
 * Starts the bot.
 * @returns what stops it again, keeping the login
 * @throws ConfigRefused, StoreRefused
 */
export async function startBot(options: StartOptions): Promise<() => Promise<void>> {
  const { configFolder, dataFolder, log, tell } = options
  const loaded = loadConfig(configFolder, features)
  if (!loaded.ok) throw new ConfigRefused(problemsText(loaded.problems, loaded.language))
  const { bot, store, data, alarm, repaired, reloader, text } = await openPatiently(options, loaded)
  tell(text('started', { data: dataFolder, config: configFolder }))
  for (const mended of repaired) {
    tell(mended)
    bot.community.notice({ about: 'store', text: mended })
  }
  const say = (said: string) => {
    tell(said)
    bot.community.notice({ about: 'config', text: said })
  }
  if (loaded.warnings.length > 0) tell(problemsText(loaded.warnings, loaded.language))
  const lost = lossesText(readSeen(data) ?? loaded.inventory, loaded.inventory, loaded.language)
  if (lost.length > 0) say(text('lostBefore', { losses: lost.map((loss) => `· ${loss}`).join('\n') }))
  writeSeen(data, loaded.inventory)
  const watching = watchConfig(configFolder, () => reloader.changed(say))
  const endHousekeeping = everyHour(() => {
    store.compact().catch((error: unknown) => log.warn({ err: error }, 'the journal could not be folded'))
  })
  const endHealth = watchHealth({
    data,
    now: () => options.clock.now(),
    state: () => bot.health,
    port: options.healthPort,
    failed: (error) => log.error({ err: error }, 'the health port cannot be had'),
  })
  countStart(data, bot.operations, options.clock)
  await bot.start((incoming) => {
    if (incoming.type === 'offline' && incoming.ended) options.onEnded()
  })

  return async () => {
    tell(text('stopping'))
    endHousekeeping()
    await watching.close()
    reloader.stop()
    endHealth()
    await bot.stop()
    await alarm.settle(ALARM_AT_END)
    tell(text('stopped'))
  }
}

/** Opens the bot; waits while the disk is full, read-only or broken, which ends without a restart. @throws StoreRefused */
async function openPatiently(options: StartOptions, loaded: Extract<Loaded, { ok: true }>): Promise<OpenBot> {
  for (let isTold = false; ;) {
    try {
      return await openBot(options, loaded)
    } catch (error) {
      if (!(error instanceof StoreRefused) || !passingCodes.includes(error.code ?? '')) throw error
      if (!isTold) options.tell(render(botTexts[loaded.language].diskWaits, { why: error.message }))
      isTold = true
      await new Promise<void>((resolve) => options.clock.later(DISK_AGAIN, resolve))
    }
  }
}

/** A bot that is put together and not started yet. */
export interface OpenBot {
  bot: Bot
  store: Store
  data: DataFolder
  alarm: Alarm
  /** What opening the store found and mended, in the operator's words. */
  repaired: string[]
  /** Reads the config folder again; what is wrong there changes nothing. */
  reloader: Reloader
  /** Fills in a text for the operator, in the language of the settings. */
  text: Text
}
type Text = (key: keyof (typeof botTexts)['zh'], vars?: Vars) => string

/**
 * Opens store, account and language model, and puts the bot together around them.
 * @param loaded the settings to begin with, and their language
 * @throws StoreRefused
 */
export async function openBot(
  { configFolder, dataFolder, model, puppet, clock, log, mailPassword = '', tell, onLost }: OpenOptions,
  { language, settings, inventory }: Extract<Loaded, { ok: true }>,
): Promise<OpenBot> {
  const now = () => clock.now()
  let loadedAt = now()
  let isOurs = true
  const data = new DataFolder(dataFolder, { now, isOurs: () => isOurs })
  const { store, repaired } = await openStore({
    folder: dataFolder,
    name: 'main',
    specs: tablesOf(features),
    now,
    log: (text) => log.warn(text),
    wrote: (what, error) => data.note(what, error),
    lost(what) {
      isOurs = false
      const why = botTexts[language][what === 'lock' ? 'lostLock' : 'lostJournal']
      onLost(render(botTexts[language].lost, { data: dataFolder, why }))
    },
  })
  data.removeLeftovers()
  const alarm = openAlarm({
    data,
    settings: () => bot.engine.settings,
    mailPassword,
    now,
    later: (ms, run) => clock.later(ms, run),
    failed: (channel, error) => log.error({ name: channel, err: error }, 'an alarm could not be delivered'),
  })
  const text: Text = (key, vars = {}) => render(botTexts[bot.engine.settings.language][key], vars)
  const account = await openAccount({ folder: data, puppet, language, now, log, tell })
  const reloader = new Reloader(inventory, {
    load: () => loadConfig(configFolder, features),
    objections: (next) => bot.engine.objections(next.settings, now()),
    apply(next) {
      loadedAt = now()
      bot.reload(next.settings)
      writeSeen(data, next.inventory)
    },
    later: (ms, run) => clock.later(ms, run),
    text,
    since: () => clockTime(loadedAt, bot.engine.settings.timezone),
  })
  const adSettings = () => bot.engine.settings.feature('order', null).config
  const cache = new VectorCache(data, 'embeddings.txt', (error) =>
    log.warn({ err: error }, 'kept embeddings could not be read'),
  )
  const opened = await openModel({ ...model, flags: adFlags(adSettings), log })
  const bot: Bot = new Bot({
    features,
    settings,
    store,
    account,
    configFolder,
    data,
    tell,
    alarm,
    log,
    now,
    later: (ms, run) => clock.later(ms, run),
    seed: () => randomBytes(16).toString('hex'),
    jitter: Math.random,
    reload: (how) => reloader.reload(how),
    loadDraft(file) {
      const inLanguage = bot.engine.settings.language
      const trouble = fileTrouble(configFolder, file)
      if (trouble) return { problems: trouble[inLanguage] }
      const draft = loadConfig(configFolder, features, now(), { order: file })
      return draft.ok ? { settings: draft.settings } : { problems: problemsText(draft.problems, draft.language) }
    },
    model: opened,
    embeddings: openEmbeddings({ ...model, cache, log }),
    issueClaim() {
      const code = writeClaimCode(data)
      tell(text('claim', { code, file: claimFile(dataFolder) }))
      return hashClaim(code)
    },
    onGroups: (notice) => tell(groupsText(notice, text)),
  })
  return { bot, store, data, alarm, repaired, reloader, text }
}

function groupsText(notice: Extract<Notice, { about: 'groups' }>, text: Text): string {
  const lines = [text('groups', { found: notice.found.length, names: notice.found.join('、') })]
  if (notice.missing.length > 0) lines.push(text('missing', { names: notice.missing.join('、') }))
  if (notice.ambiguous.length > 0) lines.push(text('ambiguous', { names: notice.ambiguous.join('、') }))
  return lines.join('\n')
}
