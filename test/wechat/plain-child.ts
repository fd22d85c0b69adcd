// The plain puppet under the plain Wechaty, in the same words as account-child.ts: what the hardened one is compared with.
import type { EventEmitter } from 'node:events'
import { createInterface } from 'node:readline'
import path from 'node:path'
import { inspect, parseArgs } from 'node:util'
import { WechatyBuilder } from 'wechaty'

const { values } = parseArgs({ options: { folder: { type: 'string', default: '' } } })
const bot = WechatyBuilder.build({ name: path.join(values.folder, 'plain'), puppet: 'wechaty-puppet-wechat4u' })
const say = (what: object) => {
  process.stdout.write(`${JSON.stringify(what)}\n`)
}

bot.on('login', (user) => say({ type: 'online', self: user.id }))
bot.on('logout', () => say({ type: 'offline', ended: true }))
bot.on('error', () => undefined)
bot.on('message', (message) => {
  const [talker, room] = [message.talker(), message.room()]
  say({ type: 'message', id: message.id, room: room?.id ?? null, from: talker.id, text: message.text() })
})

type Order = [label: number, name: string, ...args: string[]]
createInterface({ input: process.stdin }).on('line', (line) => {
  const [label] = JSON.parse(line) as Order
  say({ type: 'answer', label, answer: { uncaught: process.listenerCount('uncaughtException') } })
})
await bot.start()
// What a log line of the error would hold.
const { wechat4u } = bot.puppet as unknown as { wechat4u: EventEmitter }
wechat4u.on('error', (error: object) => say({ type: 'log', line: inspect({ ...error }, { depth: 6 }) }))
// Tells of each search for a member.
const { puppet } = bot
const search = puppet.roomMemberSearch.bind(puppet)
puppet.roomMemberSearch = (...args: Parameters<typeof search>) => {
  say({ type: 'search' })
  return search(...args)
}
