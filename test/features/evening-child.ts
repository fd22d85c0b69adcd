// An evening that is the same at every start: packets drawn, coupons bought and redeemed, each message acknowledged when it is on disk.
import { Engine, tablesOf } from '../../src/core/engine.ts'
import type { Event } from '../../src/core/event.ts'
import { hashClaim } from '../../src/core/rights.ts'
import { admin } from '../../src/features/admin/admin.ts'
import { coupons } from '../../src/features/coupons/coupons.ts'
import { packet } from '../../src/features/packet.ts'
import { points } from '../../src/features/points/points.ts'
import { shop } from '../../src/features/shop.ts'
import { openStore } from '../../src/store/open.ts'
import type { Incoming } from '../../src/wechat/account.ts'
import { Roster } from '../../src/wechat/roster.ts'
import { settingsFrom } from '../support/chat.ts'
import { members, price, roundOf, stake, type Message } from './evening.ts'

const [folder = '', from = '1'] = process.argv.slice(2)
const features = [admin, coupons, shop, packet, points]
const settings = settingsFrom(features, {
  bot: { botName: '圈子' },
  groups: { groups: [{ name: '福利群' }] },
  points: { message: { points: 0 }, thanked: { points: 0 } },
  coupons: { kinds: { 小券: { value: '减3', valid: { days: 7 } } } },
  shop: { items: [{ coupon: '小券', points: price }] },
})
const { store } = await openStore({ folder, name: 'main', specs: tablesOf(features), now: Date.now })
const engine = new Engine(features, store.tables, settings)
const roster = new Roster(store.tables, () => settings, engine.rights)

async function handle(event: Event): Promise<void> {
  const at = Date.now()
  const { errors } = engine.decide(event, { now: at, seed: `${store.nextSeq}`, seq: store.nextSeq })
  const [error] = errors
  if (error) throw error.error
  await store.commit({ at, event, changes: store.tables.take() })
}

async function receive(incoming: Incoming): Promise<void> {
  for (const event of roster.read(incoming))
    await handle(event.type === 'loggedIn' ? { ...event, claim: hashClaim('CHATCODE00') } : event)
}

function say(id: string, name: string, group: string, text: string): Promise<void> {
  const message = { type: 'message', at: Date.now(), kind: 'text', quote: null, addressed: false } as const
  return receive({ ...message, id, room: `@@${group}`, from: `@${name}`, fromName: name, text })
}

/** The account comes on line with the same people as before; the first time, everybody gets his points. */
async function begin(): Promise<void> {
  await receive({ type: 'online', at: Date.now(), self: '@bot', selfName: 'bot' })
  const lists = { 福利群: ['bot', ...members], 管理群: ['bot', '老板'] }
  for (const [topic, names] of Object.entries(lists)) {
    const list = names.map((name) => ({ id: `@${name}`, name, nick: '', attrStatus: 0 }))
    const room = { id: `@@${topic}`, topic, members: list }
    await receive({ type: 'room', at: Date.now(), room, invitedBy: null })
  }
  if (engine.rights.control !== null) return
  await say('claim', '老板', '管理群', '/claim CHATCODE00')
  for (const name of members) await say(`stake ${name}`, '老板', '管理群', `/points add @${name} ${stake} 本钱`)
}

/** The first code that a member can still use. */
function codeOf(name: string): string {
  const people = store.tables.table<{ wx: string }>('directory.people')
  const person = [...people.entries()].find(([, { wx }]) => wx === `@${name}`)?.[0]
  const all = store.tables.table<{ code: string; member: string; used: object | null }>('ledger.coupons')
  return [...all.entries()].find(([, { member, used }]) => member === person && used === null)?.[1].code ?? ''
}

function play({ id, does, who }: Message): Promise<void> {
  if (does === 'open') return say(id, '老板', '管理群', `/packet ${members.length} ${members.length}`)
  if (does === 'redeem') return say(id, '老板', '管理群', `核销 ${codeOf(who)}`)
  return say(id, who, '福利群', does === 'draw' ? '抢' : '兑换 小券')
}

await begin()
process.stdout.write('ready\n')

for (let n = Number(from); ; n += 1) {
  // A round's messages come all at once, as when people draw a packet.
  const burst = roundOf(n).map(async (message) => {
    if (!store.handled(message.id)) await play(message)
    if (!store.handled(message.id)) throw new Error(`${message.id} was not decided upon`)
    process.stdout.write(`${message.id}\n`)
  })
  await Promise.all(burst)
  // Not faster than the other side can read.
  await new Promise((resolve) => process.stdout.write('', resolve))
  if (n % 7 === 0) void store.compact()
}
