// The bot as it ships, but with no pause between sends, so that what is measured is its own time. Tells its memory on standard input.
import { randomBytes } from 'node:crypto'
import { Bot } from '../../src/bot.ts'
import { loadConfig } from '../../src/config/load.ts'
import { tablesOf } from '../../src/core/engine.ts'
import { features } from '../../src/features/index.ts'
import { openLog } from '../../src/log.ts'
import { openStore } from '../../src/store/open.ts'
import { openAccount } from '../../src/wechat/open.ts'

const [configFolder = '', dataFolder = ''] = process.argv.slice(2)
const loaded = loadConfig(configFolder, features)
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
const unpaced = { gap: 0, jitter: 0, perMinute: 1e6, perHour: 1e6, perDay: 1e6, perGroupPerMinute: 1e6, quiet: null }
const log = openLog('error')
const tell = (text: string) => console.log(text)
export const { store } = await openStore({ folder: dataFolder, name: 'main', specs: tablesOf(features), now: Date.now })
const account = await openAccount({ folder: dataFolder, puppet: undefined, language: 'zh', log, tell })
export const bot = new Bot({
  features,
  settings: { ...loaded.settings, sending: unpaced },
  store,
  account,
  configFolder,
  log,
  now: Date.now,
  later(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  seed: () => randomBytes(16).toString('hex'),
  jitter: () => 0,
  reload: () => ({ ok: true, text: '' }),
  askModel: () => Promise.resolve({ outcome: 'off' }),
  issueClaim: () => '',
  onGroups: ({ found }) => tell(`found ${found.length}`),
})
await bot.start()
