// Runs the account as its own process for the tests: tells every incoming as a JSON line, does what it is told on standard input.
// `--hurry N` makes pauses N times as fast, so that pauses meant for people need not be waited for.
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: '' },
    hurry: { type: 'string', default: '1' },
    puppet: { type: 'string' },
    level: { type: 'string', default: 'info' },
  },
})
const hurry = Number(values.hurry)
if (hurry > 1) {
  const later = globalThis.setTimeout
  // Long ones are limits of requests that the local WeChat holds open for its 25 s.
  const faster = (ms = 0) => (ms > 20_000 ? ms : ms / hurry)
  globalThis.setTimeout = Object.assign((act: () => void, ms?: number) => later(act, faster(ms)), later)
}

const { openLog } = await import('../../src/log.ts')
const { DataFolder } = await import('../../src/data-folder.ts')
const { openAccount } = await import('../../src/wechat/open.ts')

const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`)
const account = await openAccount({
  folder: new DataFolder(values.folder),
  puppet: values.puppet,
  language: 'zh',
  log: openLog(values.level, { write: (line) => say({ type: 'log', line }) }),
  tell: (text) => say({ type: 'console', text }),
})

type Order = [
  label: number,
  name:
    | 'sendText'
    | 'sendFile'
    | 'forwardPicture'
    | 'kick'
    | 'refreshRoom'
    | 'readPicture'
    | 'readProfile'
    | 'stop'
    | 'facts',
  ...args: string[],
]

async function obey([, name, one = '', two = '']: Order): Promise<unknown> {
  if (name === 'facts') {
    const { heapUsed, rss } = process.memoryUsage()
    return { uncaught: process.listenerCount('uncaughtException'), heapUsed, rss }
  }
  if (name === 'readPicture') return Buffer.from((await account.readPicture(one)) ?? []).toString()
  if (name === 'readProfile') return account.readProfiles?.([{ id: one, room: two }])
  if (name === 'stop') return account.stop()
  return account[name](one, two)
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const order = JSON.parse(line) as Order
  void obey(order).then((answer) => say({ type: 'answer', label: order[0], answer }))
})
process.once('SIGTERM', () => {
  void account.stop().then(() => process.exit(0))
})
await account.start(say)
