// Builds the parts and starts them; the only file that knows them all.
import { randomBytes } from 'node:crypto'
import { claimFile, writeClaimCode } from './claim-code.ts'
import { Community } from './community.ts'
import { loadConfig } from './config/load.ts'
import { problemsText } from './config/problem.ts'
import { watchConfig } from './config/watch.ts'
import type { Target } from './core/effect.ts'
import { Engine, tablesOf } from './core/engine.ts'
import type { Lookups, Notice, SendingLevel } from './core/event.ts'
import { hashClaim } from './core/rights.ts'
import { render } from './core/texts.ts'
import { clock } from './core/time.ts'
import { worthTelling } from './core/worth-telling.ts'
import { features } from './features/index.ts'
import { botTexts } from './locales/bot.ts'
import type { Log } from './log.ts'
import { everyHour } from './schedule.ts'
import { openStore } from './store/open.ts'
import { openAccount } from './wechat/open.ts'
import { Outbox } from './wechat/outbox.ts'
import { Roster } from './wechat/roster.ts'

export interface StartOptions {
  configFolder: string
  dataFolder: string
  /** The puppet's package name; undefined for the hardened wechat4u. */
  puppet: string | undefined
  log: Log
  /** Writes for the operator. */
  tell: (text: string) => void
  /** The login is over and a new scan is needed, which wants a clean process. */
  onEnded: () => void
}

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
  let loadedAt = Date.now()
  const startedAt = loadedAt

  const { store, repaired } = await openStore({
    folder: dataFolder,
    name: 'main',
    specs: tablesOf(features),
    now: Date.now,
    log: (text) => log.warn(text),
  })
  const engine = new Engine(features, store.tables, loaded.settings)
  const roster = new Roster(store.tables, () => engine.settings, engine.rights)
  const text = (key: keyof (typeof botTexts)['zh'], vars = {}) => render(botTexts[engine.settings.language][key], vars)
  const account = await openAccount({
    folder: dataFolder,
    puppet: options.puppet,
    language: loaded.language,
    log,
    tell,
  })

  const address = (to: Target) => {
    if (to === 'control') return engine.rights.control === null ? undefined : roster.wxOf(engine.rights.control)
    return roster.wxOf('group' in to ? to.group : to.member)
  }
  const outbox: Outbox = new Outbox({
    account,
    address,
    memberAddress: (_group, member) => roster.wxOf(member),
    isMember: (group, member) => engine.members.isIn(member, group),
    sending: () => engine.settings.sending,
    timezone: () => engine.settings.timezone,
    configFolder,
    now: Date.now,
    later,
    jitter: Math.random,
    markSending: (id) => community.markSending(id),
    markWaiting: (id) => community.markWaiting(id),
    result: (id, outcome, detail) => community.result(id, outcome, detail),
    level: (level, why) => {
      log.warn({ status: level, why }, 'sending')
      community.notice({ about: 'sending', level, why })
    },
  })

  const reload = (): { ok: boolean; text: string } => {
    const again = loadConfig(configFolder, features)
    if (!again.ok) {
      const since = clock(loadedAt, engine.settings.timezone)
      return { ok: false, text: text('notReloaded', { problems: problemsText(again.problems, again.language), since }) }
    }
    loadedAt = Date.now()
    engine.reload(again.settings)
    const warnings = again.warnings.length === 0 ? '' : `\n${problemsText(again.warnings, again.language)}`
    return { ok: true, text: text('reloaded', { warnings }) }
  }
  const answers: { [W in keyof Lookups]: (query: Lookups[W]['query']) => Promise<Lookups[W]['answer']> } = {
    log: ({ limit }) => store.recent(limit, worthTelling),
    entry: async ({ seq }) => (await store.entry(seq)) ?? null,
    reload: () => Promise.resolve(reload()),
    status: () => {
      const { offline, level, waiting, sent, limits } = outbox.status
      return Promise.resolve({
        since: startedAt,
        online: offline === null,
        level,
        waiting: Object.values(waiting).reduce((sum, count) => sum + count, 0),
        sentToday: sent.day,
        perDay: limits.day,
        memoryMb: Math.round(process.memoryUsage.rss() / 1e6),
      })
    },
  }
  const community: Community = new Community({
    store,
    engine,
    roster,
    log,
    now: Date.now,
    seed: () => randomBytes(16).toString('hex'),
    later,
    outbox,
    lookUp: (what, query) => answers[what](query),
    issueClaim() {
      const code = writeClaimCode(dataFolder)
      tell(text('claim', { code, file: claimFile(dataFolder) }))
      return hashClaim(code)
    },
    onGroups: (notice) => tell(groupsText(notice, text)),
    notSavedText: () => text('notSaved'),
  })

  outbox.sentBefore(
    [...store.tables.table<{ at: number }>('outbox.sent').entries()].map(([, { at }]) => at),
    store.tables.table<{ level: SendingLevel; at: number }>('outbox.level').get('level'),
  )
  tell(text('started', { data: dataFolder, config: configFolder }))
  community.start()
  for (const mended of repaired) {
    tell(mended)
    community.notice({ about: 'store', text: mended })
  }
  const watching = watchConfig(configFolder, () => {
    const { text: said } = reload()
    tell(said)
    community.notice({ about: 'config', text: said })
  })
  const endHousekeeping = everyHour(() => {
    store.compact().catch((error: unknown) => log.error({ err: error }, 'the journal could not be folded'))
  })
  await account.start((incoming) => {
    community.receive(incoming)
    if (incoming.type === 'offline' && incoming.ended) options.onEnded()
  })

  return async () => {
    tell(text('stopping'))
    endHousekeeping()
    await watching.close()
    await outbox.stop()
    community.stop()
    await account.stop()
    await store.close()
    tell(text('stopped'))
  }
}

function later(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

function groupsText(
  notice: Extract<Notice, { about: 'groups' }>,
  text: (key: 'groups' | 'missing' | 'ambiguous', vars: object) => string,
): string {
  const lines = [text('groups', { found: notice.found.length, names: notice.found.join('、') })]
  if (notice.missing.length > 0) lines.push(text('missing', { names: notice.missing.join('、') }))
  if (notice.ambiguous.length > 0) lines.push(text('ambiguous', { names: notice.ambiguous.join('、') }))
  return lines.join('\n')
}
