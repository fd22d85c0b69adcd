// `quanzi start`: runs the bot as this process, until a signal, a lost login or a bug ends it.
import { type Clock, machineClock } from './clock.ts'
import { openLog } from './log.ts'
import { ConfigRefused, startBot } from './main.ts'
import { whenAbandoned } from './parent.ts'
import { StoreRefused } from './store/store.ts'

/**
 * @param startAgain the exit code that asks a supervisor for a clean new process
 */
export async function start(
  configFolder: string,
  dataFolder: string,
  startAgain: number,
  clock: Clock = machineClock,
): Promise<void> {
  const log = openLog(process.env.QUANZI_LOG ?? 'warn')
  // A bug leaves an unknown state behind: the journal is sound, so the next process begins from there.
  const crash = (error: unknown) => {
    log.fatal({ err: error }, 'quanzi crashed')
    process.exit(startAgain)
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
  let stop: (() => Promise<void>) | undefined
  let ending: Promise<void> | undefined
  const end = (code: number) => {
    ending ??= (stop?.() ?? Promise.resolve()).finally(() => process.exit(code))
  }
  process.on('SIGTERM', () => end(0))
  process.on('SIGINT', () => end(0))
  if (process.env.npm_lifecycle_event !== undefined) whenAbandoned(() => end(0))
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
      clock,
      log,
      tell: (text) => console.log(text),
      onEnded: () => end(startAgain),
    })
  } catch (error) {
    if (!(error instanceof ConfigRefused || error instanceof StoreRefused)) throw error
    console.error(error.message)
    process.exit(1)
  }
}
