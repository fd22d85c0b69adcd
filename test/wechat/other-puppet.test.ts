// The same port on another puppet, through Wechaty's own events: tried with Wechaty's mock puppet.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { mock, PuppetMock } from 'wechaty-puppet-mock'
import { openLog } from '../../src/log.ts'
import type { Incoming } from '../../src/wechat/account.ts'
import { Console } from '../../src/wechat/console.ts'
import { loadWechaty } from '../../src/wechat/load.ts'
import { DataFolder } from '../../src/data-folder.ts'
import { OtherAccount } from '../../src/wechat/other-puppet.ts'

// Loading Wechaty takes seconds on a busy machine.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 })
afterAll(() => vi.resetConfig())

const folder = mkdtempSync(path.join(tmpdir(), 'quanzi-other-'))
const heard: Incoming[] = []
const told: string[] = []
let waiting: (() => void) | undefined
let account: OtherAccount
let mocker: mock.Mocker
let self: ReturnType<mock.Mocker['createContact']>
let ming: typeof self
let room: ReturnType<mock.Mocker['createRoom']>

/** The first incoming of a kind that fits; waits for it. */
async function next<T extends Incoming['type']>(
  type: T,
  fits: (incoming: Extract<Incoming, { type: T }>) => boolean = () => true,
) {
  for (;;) {
    const found = heard.find(
      (incoming): incoming is Extract<Incoming, { type: T }> => incoming.type === type && fits(incoming as never),
    )
    if (found !== undefined) return found
    await new Promise<void>((resolve) => (waiting = resolve))
  }
}

beforeAll(async () => {
  const loaded = await loadWechaty()
  const { mock: mocking, PuppetMock } = await import('wechaty-puppet-mock')
  mocker = new mocking.Mocker()
  const puppet: PuppetMock = new PuppetMock({ mocker } as never)
  const log = openLog('silent', { write: () => undefined })
  account = new OtherAccount(
    loaded,
    puppet as never,
    new DataFolder(folder),
    log,
    new Console('en', (text) => told.push(text)),
  )
  await account.start((incoming) => {
    heard.push(incoming)
    waiting?.()
  })
  self = mocker.createContact({ name: '圈子助手' })
  ming = mocker.createContact({ name: '小明' })
  room = mocker.createRoom({ topic: '福利群', memberIdList: [self.id, ming.id], adminIdList: [], ownerId: ming.id })
})

afterAll(async () => {
  await account.stop()
  rmSync(folder, { recursive: true })
})

describe('another puppet', () => {
  it('sends nothing before it is on line', async () => {
    expect(await account.sendText(room.id, 'x')).toMatchObject({ ok: false, why: 'offline' })
  })

  it('shows the QR code and tells who it is', async () => {
    mocker.scan('https://example.org/qr', 2)
    mocker.login(self)
    expect(await next('online')).toMatchObject({ self: self.id, selfName: '圈子助手' })
    expect(told.join('\n')).toContain('https%3A%2F%2Fexample.org%2Fqr')
    expect(statSync(path.join(folder, 'other-puppet.memory-card.json')).mode & 0o777).toBe(0o600)
  })

  it('hears: first the member list, then what was said, whole and without the mention', async () => {
    ming.say('@圈子助手\u2005大家好:\n积分').to(room)
    const message = await next('message')
    expect(message).toMatchObject({
      room: room.id,
      from: ming.id,
      fromName: '小明',
      kind: 'text',
      text: '大家好:\n积分',
      addressed: true,
    })
    const list = await next('room')
    expect(list.room.members.map(({ name }) => name)).toEqual(['圈子助手', '小明'])
    expect(heard.indexOf(list)).toBeLessThan(heard.indexOf(message))
  })

  it('does not hear itself, and takes direct messages as meant for it', async () => {
    self.say('我自己').to(room)
    ming.say('在吗').to(self)
    expect(await next('message', ({ text }) => text === '在吗')).toMatchObject({ room: null, addressed: true })
    expect(heard.some((incoming) => incoming.type === 'message' && incoming.text === '我自己')).toBe(false)
    expect(await next('own')).toMatchObject({ room: room.id, text: '我自己' })
  })

  it('reads below the title of a card', async () => {
    mocker.puppet.messageUrl = () =>
      Promise.resolve({ title: '好消息', description: '日结三百', url: 'https://a.example/x' })
    const timestamp = Date.now()
    const id = 'card-1'
    mocker.cacheMessagePayload.set(id, { id, timestamp, type: 14, talkerId: ming.id, roomId: room.id })
    mocker.puppet.emit('message', { messageId: id })
    expect(await next('message', ({ kind }) => kind === 'link')).toMatchObject({
      ...{ text: '好消息', description: '日结三百', link: 'https://a.example/x' },
    })
  })

  it('sends texts and files', async () => {
    const said: string[] = []
    mocker.puppet.on('message', ({ messageId }) => void said.push(messageId))
    expect(await account.sendText(room.id, '大家好')).toEqual({ ok: true })
    const file = path.join(folder, '菜单.jpg')
    writeFileSync(file, '西红柿')
    expect(await account.sendFile(room.id, file)).toEqual({ ok: true })
    const sent = await Promise.all(said.map((id) => mocker.puppet.messagePayload(id)))
    expect(sent.map(({ text, roomId }) => [text, roomId])).toContainEqual(['大家好', room.id])
    expect(await account.sendFile(room.id, path.join(folder, 'none'))).toMatchObject({ ok: false, why: 'refused' })
  })

  it('reads a room again when asked, and refuses one that is not there', async () => {
    const before = heard.filter(({ type }) => type === 'room').length
    expect(await account.refreshRoom(room.id)).toEqual({ ok: true })
    expect(heard.filter(({ type }) => type === 'room').length).toBe(before + 1)
    expect(await account.refreshRoom('nowhere')).toMatchObject({ ok: false })
  })
})
