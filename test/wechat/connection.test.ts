// The line's clockwork, on a clock of its own: pauses, watchdog, gaps. The real thing is in session.test.ts.
import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CallFailed } from '../../src/wechat/guard.ts'
import type { SyncData, Wechat4u } from '../../src/wechat/internals.ts'
import { Connection } from '../../src/wechat/connection.ts'
import { DataFolder } from '../../src/data-folder.ts'
import { SessionFile } from '../../src/wechat/session.ts'
import { newFolder } from './bot.ts'

const states = { init: 'init', uuid: 'uuid', login: 'login', logout: 'logout' }
const down = () => Promise.reject(new CallFailed('synccheck', 'unreached'))
const never = () => new Promise<never>(() => undefined)

/** A wechat4u whose every answer is given by the test. */
function client(answers: Partial<Wechat4u>): Wechat4u {
  return {
    PROP: { uin: '1', sid: 's', skey: '' },
    CONF: { STATE: states },
    user: { UserName: '@1', NickName: '圈子助手' },
    botData: { PROP: { uin: '1', sid: 's', skey: '' }, CONF: {}, COOKIE: {}, user: {} },
    state: 'init',
    init: () => Promise.resolve({ ContactList: [] }),
    notifyMobile: () => Promise.resolve(),
    login: () => Promise.resolve(),
    sync: () => Promise.resolve<SyncData>({}),
    ...answers,
  } as unknown as Wechat4u
}

let folder: string
let told: string[]
let cuts: number

function lineTo(wechat4u: Wechat4u): Connection {
  const session = new SessionFile(new DataFolder(folder))
  const at = () => Math.round((Date.now() - start) / 1000)
  const events = {
    qrCode: () => void told.push(`${at()} qr`),
    scanned: () => void told.push(`${at()} scanned`),
    waiting: (_why: string, ms: number) => void told.push(`${at()} wait ${ms / 1000}`),
    loginRefused: () => void told.push(`${at()} refused`),
    online: () => void told.push(`${at()} online`),
    heard: () => void told.push(`${at()} heard`),
    offline: (ended: boolean) => void told.push(`${at()} offline ${ended}`),
    gap: (from: number, until: number) => void told.push(`${at()} gap ${Math.round((until - from) / 1000)}`),
    failed: () => undefined,
  }
  return new Connection(wechat4u, session, events, () => (cuts += 1))
}

const start = Date.parse('2026-11-21T08:00:00Z')
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000)

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  folder = newFolder()
  told = []
  cuts = 0
})

afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true })
})

describe('the line', () => {
  it('waits 5 s, then ever longer up to 5 minutes, while there is no network, and keeps its session', async () => {
    const line = lineTo(client({ init: down }))
    void line.run(start)
    await pass(1500)
    line.stop()
    expect(told).toEqual([
      ...['0 wait 5', '5 wait 10', '15 wait 20', '35 wait 40', '75 wait 80', '155 wait 160'],
      ...['315 wait 300', '615 wait 300', '915 wait 300', '1215 wait 300'],
    ])
  })

  it('shows no QR code after QR code when WeChat refuses each at once', async () => {
    const wechat4u = client({
      getUUID: () => Promise.resolve('u'),
      checkLogin: () => Promise.reject(Object.assign(new Error('400'), { name: 'AssertionError' })),
    })
    const line = lineTo(wechat4u)
    void line.run(null)
    await pass(100)
    line.stop()
    expect(told).toEqual(['0 qr', '5 qr', '15 qr', '35 qr', '75 qr'])
  })

  it('tells an outage, comes back within 15 s of its end, and tells the gap', async () => {
    let up = true
    let polls = 0
    const poll = () => new Promise<string>((resolve) => setTimeout(() => resolve('0'), 25_000))
    const ask = <T>(fine: () => Promise<T>) => {
      polls += 1
      return up ? fine() : down()
    }
    const line = lineTo(client({ syncCheck: () => ask(poll), sync: () => ask(() => Promise.resolve({})) }))
    void line.run(start)
    await pass(30)
    up = false
    await pass(150)
    const inOutage = polls
    up = true
    await pass(16)
    line.stop()
    // The poll under way ends at 50 s; then failures at 50, 51 and 53 s, and pauses of at most 15 s.
    expect(told).toEqual(['0 online', '53 offline false', '185 online', '185 gap 135', '185 heard'])
    expect(inOutage).toBeLessThan(20)
  })

  it('24: cuts a poll that never ends after 90 s, and ends the process when that does not help', async () => {
    const line = lineTo(client({ syncCheck: never }))
    void line.run(start)
    await pass(89)
    expect(cuts).toBe(0)
    await pass(2)
    expect(cuts).toBe(1)
    await expect(pass(95)).rejects.toThrow('No poll has ended')
    line.stop()
  })

  it('takes a session that WeChat refuses three times for ended, but not one that it cannot be asked about', async () => {
    const answers = [down, () => Promise.reject(new CallFailed('webwxinit', 'http', 502))]
    const refused = () => Promise.reject(new CallFailed('webwxinit', 'ret', 1))
    const wechat4u = client({ init: () => (answers.shift() ?? refused)(), getUUID: never })
    const line = lineTo(wechat4u)
    new SessionFile(new DataFolder(folder)).save(wechat4u.botData)
    void line.run(start)
    await pass(40)
    expect(new SessionFile(new DataFolder(folder)).load()).not.toBeNull()
    await pass(200)
    expect(new SessionFile(new DataFolder(folder)).load()).toBeNull()
    line.stop()
  })
})
