// `quanzi start`: runs the bot as this process, until a signal, a lost login or a bug ends it.
import { type Clock, machineClock } from './clock.ts'
import { openLog } from './log.ts'
import { ConfigRefused, startBot } from './main.ts'
import { whenAbandoned } from './parent.ts'
import { StoreRefused } from './store/store.ts'

/** Exit codes, for supervisors. README.md lists them. */
export const exitCode = {
  /** Stopped by a signal. */
  well: 0,
  /** The operator has to mend something first: settings, data, another instance. */
  mend: 1,
  /** Start me again, with a clean process: a lost login, a bug. */
  again: 2,
  /** Another process owns the data and the account now: do not start me again. */
  taken: 3,
} as const

export async function start(configFolder: string, dataFolder: string, clock: Clock = machineClock): Promise<void> {
  // A log on a full disk, or one that nobody reads any more, must not end the bot.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  const log = openLog(process.env.QUANZI_LOG ?? 'warn')
  // A bug leaves an unknown state behind: the journal is sound, so the next process begins from there.
  const crash = (error: unknown) => {
    log.fatal({ err: error }, 'quanzi crashed')
    process.exit(exitCode.again)
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
  let stop: (() => Promise<void>) | undefined
  let ending: Promise<void> | undefined
  const end = (code: number) => {
    ending ??= (stop?.() ?? Promise.resolve()).finally(() => process.exit(code))
  }
  process.on('SIGTERM', () => end(exitCode.well))
  process.on('SIGINT', () => end(exitCode.well))
  if (process.env.npm_lifecycle_event !== undefined) whenAbandoned(() => end(exitCode.well))
  try {
    stop = await startBot({
      configFolder,
      dataFolder,
      model: {
        key: process.env.OPENAI_API_KEY,
        baseUrl: process.env.OPENAI_BASE_URL,
        name: process.env.QUANZI_MODEL,
      },
      puppet: process.env.WECHATY_PUPPET,
      mailPassword: process.env.QUANZI_MAIL_PASSWORD,
      healthPort: Number(process.env.QUANZI_HEALTH_PORT) || undefined,
      clock,
      log,
      tell: (text) => console.log(text),
      onEnded: () => end(exitCode.again),
      onLost(text) {
        console.error(text)
        log.fatal({ code: exitCode.taken }, 'the data folder is lost')
        process.exit(exitCode.taken)
      },
    })
  } catch (error) {
    if (!(error instanceof ConfigRefused || error instanceof StoreRefused)) throw error
    console.error(error.message)
    process.exit(exitCode.mend)
  }
}
