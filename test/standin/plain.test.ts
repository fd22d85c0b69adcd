// The unmodified Wechaty and wechat4u puppet against the local WeChat: one bot process that lives through the whole file.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Child, runNode } from '../../src/standin/child.ts'
import type { Fault } from '../../src/standin/faults.ts'
import { type Standin, startStandin } from '../../src/standin/standin.ts'
import { World } from '../../src/standin/world.ts'

const group = '福利群1'
const world = new World()
let weChat: Standin
let folder: string
let bot: Child

const start = () => runNode('test/standin/plain-bot.ts', { cwd: folder, env: { ...weChat.env, WECHATY_LOG: 'error' } })

/** Gives the bot an order of plain-bot.ts and waits for how it went. */
let orders = 0
async function order(name: string, ...args: string[]): Promise<'done' | 'failed'> {
  const label = `order ${++orders}`
  bot.hears(JSON.stringify([label, name, ...args]))
  await bot.says(`"${label}"`)
  return bot.output().includes(`["done","${label}"`) ? 'done' : 'failed'
}

/** Proves that everything before has been handled: the bot answers something said now. */
async function pong() {
  world.says('小明', group, 'ding')
  await world.sent('dong')
}

beforeAll(async () => {
  weChat = await startStandin({ world })
  folder = await mkdtemp(path.join(tmpdir(), 'quanzi-plain-bot-'))
  world.friend('老板')
  world.person('阿花', { nickname: '阿花🌸' })
  world.person('另一个小明', { nickname: '小明' })
  world.group(group, { botOwner: true, members: ['小明', '阿花'] })
  bot = start()
  await world.online()
})

afterAll(async () => {
  await bot.kill()
  await weChat.close()
  await rm(folder, { recursive: true, force: true })
})

it('logs in with one QR code and answers in a group and a friend directly', async () => {
  world.says('小明', group, 'ding')
  expect(await world.sent('dong')).toMatchObject({ kind: 'text', to: group, arrived: true })
  world.says('老板', null, 'ding')
  expect(await world.sent('dong')).toMatchObject({ kind: 'text', to: '老板', arrived: true })
  expect(world.qr.shown).toBe(1)
  expect(bot.output()).toMatch(/\["scan",2\]\n\["scan",3\]\n\["login","圈子助手"/)
})

it('sends a picture and a file of several chunks, byte for byte', async () => {
  const picture = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7) % 256))
  const file = Buffer.from(Array.from({ length: 1_300_000 }, (_, i) => (i * i) % 251))
  await order('file', group, '菜单.png', picture.toString('base64'))
  expect(await world.sent()).toMatchObject({ kind: 'picture', to: group, bytes: picture })
  await order('file', group, 'prices.pdf', file.toString('base64'))
  const sent = await world.sent()
  expect(sent).toMatchObject({ kind: 'file', name: 'prices.pdf' })
  expect('bytes' in sent && sent.bytes.equals(file)).toBe(true)
  expect(world.requests.webwxuploadmedia).toBe(1 + 3)
})

it('sees joins by invitation and QR code, and misses what the plain puppet misses', async () => {
  world.joins('甲🐱', group, { by: '小明' })
  await bot.says('["甲')
  world.joins('乙', group, { qr: '阿花' })
  await bot.says('["乙"],"阿花')
  world.joins('丙', group, { by: world.bot.handle })
  await bot.says('["丙"],"圈子助手"')
  world.joins('丁', group, { by: '小明', staleList: true })
  await pong()
  expect(bot.output()).not.toContain('["丁"]')
  world.joins('另一个小明', group, { by: '阿花' })
  await bot.says('["小明"],"阿花')
})

it('reads pictures, files, links, cards and quoted replies', async () => {
  const bytes = Buffer.from('not really a picture')
  world.sendsPicture('小明', group, bytes)
  await bot.says(`.jpg","${bytes.toString('base64')}"`)
  world.sendsFile('老板', null, '价目 & 表.txt', bytes)
  await bot.says(`["file","价目 & 表.txt","${bytes.toString('base64')}"`)
  world.renamesInGroup('阿花', group, '3-阿花')
  world.quotes('小明', group, '我也要', { by: '阿花', text: '接龙 1' })
  await bot.says('「3-阿花：接龙 1」\\n- - - - - - - - - - - - - - -\\n我也要')
  world.sendsLink('小明', group, { title: '团购', url: 'https://example.com/?a=1&b=2' })
  await bot.says('["message",14,"小明"')
  world.sendsCard('小明', group, '阿花')
  await bot.says('["message",3,"小明"')
})

it('gets messages twice and out of order as they were sent', async () => {
  world.hold()
  const message = world.says('小明', group, '第一')
  const two = world.says('阿花', group, '第二')
  world.release((held) => [...held].reverse())
  world.again(message)
  await pong()
  const heard = [...bot.output().matchAll(/"第[一二]","(\d+)"/g)].map(([, id]) => id)
  expect(heard).toEqual([two.MsgId, message.MsgId, message.MsgId])
})

it('hears of a friend request', async () => {
  world.friendRequest('新邻居', '我是 3 号楼的')
  await bot.says('["friendship","我是 3 号楼的"]')
})

it.each<[Fault, boolean]>([
  [{ ret: 1205 }, false],
  [500, false],
  ['drop', false],
  ['lost', true],
  ['portal', false],
])('cannot send when webwxsendmsg answers %j', async (fault, arrives) => {
  world.outgoing.forget()
  world.fault('webwxsendmsg', fault, 1)
  expect(await order('text', group, '听得到吗')).toBe('failed')
  expect(world.outgoing.all.length).toBe(arrives ? 1 : 0)
  world.outgoing.forget()
  expect(await order('text', group, '现在呢')).toBe('done')
  await world.sent('现在呢')
})

it('waits for an answer that hangs', async () => {
  world.fault('webwxsendmsg', 'hang', 1)
  const before = world.requests.webwxsendmsg ?? 0
  const sending = order('text', group, '等等')
  await world.until(() => (world.requests.webwxsendmsg ?? 0) > before)
  world.heal()
  expect(await sending).toBe('failed')
})

it('polls in a storm behind a captive portal', async () => {
  const before = world.requests.synccheck ?? 0
  world.fault('synccheck', 'portal')
  world.says('小明', group, '快')
  await world.until(() => (world.requests.synccheck ?? 0) > before + 20)
  world.heal()
  await pong()
})

it('goes on after an outage', async () => {
  const back = weChat.outage()
  await world.offline()
  back()
  await world.online()
  await pong()
})

it('kicks, is refused, and is told a lie', async () => {
  const room = world.groupOf(group)
  world.kick = 'refused'
  expect(await order('kick', group, '乙')).toBe('failed')
  world.kick = 'lies'
  expect(await order('kick', group, '乙')).toBe('done')
  expect(room.members.has(world.who('乙'))).toBe(true)
  world.kick = 'works'
  expect(await order('kick', group, '乙')).toBe('done')
  expect(room.members.has(world.who('乙'))).toBe(false)
})

it('goes on with the same session after kill -9', async () => {
  const id = world.id('小明')
  await bot.kill()
  await world.offline()
  bot = start()
  await world.online()
  await pong()
  expect(world.qr.shown).toBe(1)
  expect(world.id('小明')).toBe(id)
})

it('scans a new code and finds new ids when the session is over', async () => {
  const id = world.id('小明')
  await bot.kill()
  world.expire(1101)
  bot = start()
  await world.online()
  await pong()
  expect(world.qr.shown).toBe(2)
  expect(world.id('小明')).not.toBe(id)
  expect(weChat.strangers).toEqual([])
})

it('is told when it is removed from a group', async () => {
  world.removesBot('小明', group)
  expect(await order('text', group, '还在吗')).toBe('done')
  expect(await world.sent('还在吗')).toMatchObject({ arrived: false })
})
