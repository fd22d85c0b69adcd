// The bot as it ships, but with no pause between sends, so that what is measured is its own time.
import { machineClock } from '../../src/clock.ts'
import { loadConfig } from '../../src/config/load.ts'
import { features } from '../../src/features/index.ts'
import { openLog } from '../../src/log.ts'
import { openBot } from '../../src/main.ts'

const [configFolder = '', dataFolder = ''] = process.argv.slice(2)
const loaded = loadConfig(configFolder, features)
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
const unpaced = { gap: 0, jitter: 0, perMinute: 1e6, perHour: 1e6, perDay: 1e6, perGroupPerMinute: 1e6, quiet: null }
export const { bot, store } = await openBot(
  {
    configFolder,
    dataFolder,
    model: { key: undefined, baseUrl: undefined, name: undefined },
    puppet: undefined,
    clock: machineClock,
    log: openLog('error'),
    tell: (text) => console.log(text),
    onLost: () => process.exit(3),
  },
  { ...loaded, settings: { ...loaded.settings, sending: unpaced } },
)
await bot.start()
