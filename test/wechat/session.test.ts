// The saved session and the line to WeChat: restarts, outages, logouts, refusals, QR codes.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Standin, startStandin } from '../../src/standin/standin.ts'
import { World } from '../../src/standin/world.ts'
import type { BotData } from '../../src/wechat/internals.ts'
import { DataFolder } from '../../src/data-folder.ts'
import { SessionFile } from '../../src/wechat/session.ts'
import { Bot, newFolder } from './bot.ts'

// Each start of a process takes seconds on a busy machine.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 })
afterAll(() => vi.resetConfig())

const group = '福利群'
const card = 'quanzi.memory-card.json'

describe('SessionFile', () => {
  const data: BotData = { PROP: { uin: '1', sid: 's', skey: 'k' }, CONF: {}, COOKIE: {}, user: {} }
  let folder: string
  beforeEach(() => (folder = newFolder()))
  afterEach(() => rmSync(folder, { recursive: true }))

  it('can only be read by its owner, whatever was there before', () => {
    const inner = path.join(folder, 'open')
    mkdirSync(inner, { mode: 0o755 })
    writeFileSync(path.join(inner, card), '{}', { mode: 0o644 })
    const file = new SessionFile(new DataFolder(inner))
    file.save(data)
    expect(statSync(inner).mode & 0o777).toBe(0o700)
    expect(statSync(path.join(inner, card)).mode & 0o777).toBe(0o600)
    chmodSync(path.join(inner, card), 0o644)
    expect(file.load()?.data).toEqual(data)
    expect(statSync(path.join(inner, card)).mode & 0o777).toBe(0o600)
  })

  it('passes over a damaged card for the copy', () => {
    const file = new SessionFile(new DataFolder(folder))
    expect(file.load()).toBeNull()
    file.keepCopy(data)
    file.save({ ...data, COOKIE: { newer: 'yes' } })
    expect(file.load()?.data.COOKIE).toEqual({ newer: 'yes' })
    truncateSync(path.join(folder, card), 40)
    expect(file.load()?.data).toEqual(data)
  })

  it('puts a rejected session aside and does not offer it again', () => {
    const file = new SessionFile(new DataFolder(folder))
    file.save(data)
    file.keepCopy(data)
    file.reject()
    expect(file.load()).toBeNull()
    expect(readFileSync(path.join(folder, `${card}.rejected`), 'utf8')).toContain('sid')
  })

  it('reads a card that any Wechaty bot wrote', () => {
    writeFileSync(path.join(folder, card), JSON.stringify({ '\rpuppet\nPUPPET-WECHAT4U': data, other: 1 }))
    expect(new SessionFile(new DataFolder(folder)).load()?.data).toEqual(data)
  })
})

describe('the line', () => {
  const world = new World()
  let weChat: Standin
  let bot: Bot

  beforeAll(async () => {
    weChat = await startStandin({ world })
    world.group(group, { members: ['小明'] })
    bot = new Bot(weChat, { hurry: 10 })
    await world.online(600_000)
    await bot.of('online')
  })

  afterAll(async () => {
    await bot.close()
    await weChat.close()
  })

  const restart = () => (bot = new Bot(weChat, { hurry: 10, folder: bot.folder }))

  it('survives kill -9 without a new QR code, and hears what was said meanwhile', async () => {
    await bot.kill()
    await world.offline()
    world.says('小明', group, '有人吗')
    const silentSince = Math.floor(Date.now() / 1000) - 300
    utimesSync(path.join(bot.folder, card), silentSince, silentSince)
    restart()
    expect(await bot.of('online')).toMatchObject({ self: world.id('圈子助手') })
    expect(await bot.of('gap')).toMatchObject({ from: silentSince * 1000 })
    expect(await bot.of('message')).toMatchObject({ text: '有人吗' })
    expect(world.qr.shown).toBe(1)
  })

  it('24: is not deaf after an outage, tells that it was off line, and comes back by itself', async () => {
    world.fault('*', 'drop')
    world.says('小明', group, '停电了')
    expect(await bot.of('offline')).toMatchObject({ ended: false })
    expect(await bot.order('sendText', world.id(group), 'x')).toMatchObject({ ok: false, why: 'offline' })
    world.heal()
    await bot.of('online')
    expect(await bot.of('message')).toMatchObject({ text: '停电了' })
    expect(await bot.order('sendText', world.id(group), '来电了')).toEqual({ ok: true })
    expect(world.qr.shown).toBe(1)
  })

  it('25: does not run hot on the page of a captive portal, and takes it for no connection', async () => {
    const before = world.requests.synccheck ?? 0
    world.fault('*', 'portal')
    world.says('小明', group, '连上了吗')
    expect(await bot.of('offline')).toMatchObject({ ended: false, why: 'webwxsync: nonsense' })
    expect((world.requests.synccheck ?? 0) - before).toBeLessThan(8)
    world.heal()
    expect(await bot.of('message')).toMatchObject({ text: '连上了吗' })
  })

  it('25: a server that answers at once that nothing waits is not asked ever faster', async () => {
    const before = world.requests.synccheck ?? 0
    world.fault('synccheck', { ret: 0 })
    // Without pauses hundreds of polls fit into the time that a turn of reading takes.
    bot.skip()
    await bot.of('room')
    expect((world.requests.synccheck ?? 0) - before).toBeLessThan(100)
    world.heal()
    world.says('小明', group, '还在')
    expect(await bot.of('message')).toMatchObject({ text: '还在' })
  })

  it('22, 23: SIGTERM, a start without a network and a server in trouble do not cost the session', async () => {
    expect(await bot.kill('SIGTERM')).toBe(0)
    expect(world.requests.webwxlogout ?? 0).toBe(0)
    world.fault('*', 'drop')
    restart()
    const waiting = await bot.next(({ type, text }) => type === 'console' && String(text).includes('连不上微信'))
    expect(waiting.text).toContain('5 秒')
    world.heal()
    world.fault('webwxinit', 502, 2)
    await bot.next(({ type, text }) => type === 'console' && String(text).includes('http 502'))
    await bot.of('online')
    expect(world.qr.shown).toBe(1)
  })

  it('36: a refused call is told without its secrets', async () => {
    world.fault('webwxsendmsg', { ret: 1205 }, 1)
    expect(await bot.order('sendText', world.id(group), 'x')).toEqual({
      ok: false,
      why: 'tooFast',
      detail: 'webwxsendmsg: ret 1205',
    })
    world.fault('webwxsendmsg', 'lost', 1)
    expect(await bot.order('sendText', world.id(group), 'y')).toMatchObject({ ok: false, why: 'unknown' })
    world.fault('webwxsendmsg', { ret: 1 }, 1)
    expect(await bot.order('sendText', world.id(group), 'z')).toMatchObject({ ok: false, why: 'refused' })
  })

  it('12: the first word of a logout means off line for good; nothing is sent, and nothing deleted', async () => {
    world.expire(1101)
    expect(await bot.of('offline', { ended: true })).toMatchObject({ why: 'WeChat 1101' })
    expect(await bot.order('sendText', world.id(group), 'x')).toMatchObject({ ok: false, why: 'offline' })
    expect(bot.all('offline').filter(({ ended }) => ended === true)).toHaveLength(1)
    expect(existsSync(path.join(bot.folder, card))).toBe(true)
  })

  it('35: the next start asks for a scan, in a clean process', async () => {
    await bot.kill()
    restart()
    await bot.of('online')
    expect(world.qr.shown).toBe(2)
    expect(existsSync(path.join(bot.folder, `${card}.rejected`))).toBe(true)
  })
})

describe('the QR code', () => {
  const world = new World({ login: 'manual' })
  let weChat: Standin
  let bot: Bot

  beforeAll(async () => {
    weChat = await startStandin({ world })
    bot = new Bot(weChat, { hurry: 10 })
  })

  afterAll(async () => {
    await bot.close()
    await weChat.close()
  })

  it('is shown with a link, again after it has expired or WeChat refused, and says when it was scanned', async () => {
    const shown = () => bot.next(({ type, text }) => type === 'console' && String(text).includes('扫码登录'))
    expect((await shown()).text).toMatch(/▄|█/)
    world.qr.timeOut()
    expect((await shown()).text).toContain(
      `https://wechaty.js.org/qrcode/https%3A%2F%2Flogin.weixin.qq.com%2Fl%2F${world.qr.uuid}`,
    )
    world.qr.scan()
    await bot.next(({ type, text }) => type === 'console' && String(text).includes('已扫码'))
    world.fault('webwxnewloginpage', { ret: 1203 }, 1)
    world.qr.confirm()
    await bot.next(({ type, text }) => type === 'console' && String(text).includes('微信拒绝'))
    await shown()
    world.qr.confirm()
    await bot.of('online')
    expect(world.qr.shown).toBe(3)
  })
})
