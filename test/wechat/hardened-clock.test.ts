// The pitfalls that take minutes: plain Wechaty on the plain puppet beside the account on ours, both in this process, on a clock that the
// test moves, and with the local WeChat's endpoints in the place of the network.
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { PuppetInterface } from 'wechaty-puppet/impls'
import { openLog } from '../../src/log.ts'
import { Endpoints } from '../../src/standin/endpoints.ts'
import type { Endpoint } from '../../src/standin/faults.ts'
import { World } from '../../src/standin/world.ts'
import { Console } from '../../src/wechat/console.ts'
import type { RawAnswer, Wechat4u } from '../../src/wechat/internals.ts'
import { loadWechaty } from '../../src/wechat/load.ts'
import { DataFolder } from '../../src/data-folder.ts'
import { SessionFile } from '../../src/wechat/session.ts'
import { WebAccount } from '../../src/wechat/web-account.ts'
import { newFolder } from './bot.ts'

const group = '福利群'

/** Either puppet, with the call that both open. */
type Puppet = PuppetInterface & { contactRawPayload(id: string): Promise<unknown> }

class Side {
  readonly world = new World()
  /** How many seconds after it was said a text was heard. */
  readonly heard: Record<string, number> = {}
  beats = 0
  #puppet: Puppet | undefined
  #saidAt = 0

  constructor() {
    this.world.group(group, { members: ['小明'] })
  }

  get puppet(): Puppet {
    if (this.#puppet === undefined) throw new Error('not started')
    return this.#puppet
  }

  /** Whatever client this puppet makes speaks to this world. */
  takes(puppet: Puppet): void {
    this.#puppet = puppet
    const request = network(this.world)
    let client: Wechat4u | undefined
    Object.defineProperty(puppet, 'wechat4u', {
      get: () => client,
      set: (made: Wechat4u) => (client = Object.assign(made, { request })),
    })
    puppet.on('heartbeat', ({ data }) => {
      if (data?.endsWith('normal')) this.beats += 1
    })
  }

  says(who: string, text: string): void {
    this.#saidAt = Date.now()
    this.world.says(who, group, text)
  }

  hears(text: string): void {
    this.heard[text] = Math.round((Date.now() - this.#saidAt) / 1000)
  }
}

/** What axios would do. A request that meets any fault is cut. */
function network(world: World): Wechat4u['request'] {
  const endpoints = new Endpoints(world)
  return async ({ url, params, data }): Promise<RawAnswer> => {
    const { pathname, searchParams: query } = new URL(url)
    for (const [name, value] of Object.entries(params ?? {})) query.set(name, String(value))
    const endpoint = (pathname.split('/').at(-1) ?? '') as Endpoint
    if (world.faults.next(endpoint) !== undefined) throw Object.assign(new Error('cut'), { code: 'ECONNRESET' })
    const body = Buffer.from(JSON.stringify(data ?? {}))
    const answer = await endpoints.answer(endpoint, {
      query,
      contentType: '',
      body,
      gone: new AbortController().signal,
    })
    if (answer === undefined) throw new Error(`no endpoint ${endpoint}`)
    const { status = 200, headers = {}, type } = answer
    const text = String(answer.body)
    const response = { status, headers, data: type === 'application/json' ? (JSON.parse(text) as unknown) : text }
    if (status !== 200) throw Object.assign(new Error(String(status)), { response })
    return response
  }
}

const plain = new Side()
const hardened = new Side()
const both = [plain, hardened]
let folder: string
let account: WebAccount
/** How many the last member list showed. */
let listed = 0

async function pass(seconds: number) {
  await vi.advanceTimersByTimeAsync(seconds * 1000)
}

beforeAll(async () => {
  const { wechaty, puppet } = await loadWechaty()
  const { PuppetWechat4u } = await import('wechaty-puppet-wechat4u')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  folder = newFolder()

  const old = new PuppetWechat4u() as unknown as Puppet
  plain.takes(old)
  const bot = wechaty.WechatyBuilder.build({ puppet: old })
  bot.on('message', (message) => plain.hears(message.text()))
  bot.on('error', () => undefined)
  await bot.start()

  class HardenedPuppet extends puppet.HardenedPuppet {
    constructor(...parts: ConstructorParameters<typeof puppet.HardenedPuppet>) {
      super(...parts)
      hardened.takes(this)
    }
  }
  const log = openLog('silent')
  const console = new Console('zh', () => undefined)
  account = new WebAccount(
    { wechaty, puppet: { HardenedPuppet } },
    new SessionFile(new DataFolder(folder)),
    log,
    console,
  )
  await account.start((incoming) => {
    if (incoming.type === 'message') hardened.hears(incoming.text)
    if (incoming.type === 'room') listed = incoming.room.members.length
  })
  await pass(10)
})

afterAll(async () => {
  await account.stop()
  // The plain one would log out and start anew; it ends with its clock.
  vi.useRealTimers()
  rmSync(folder, { recursive: true })
})

it('16: a contact that nobody knows is refused at once, not after a minute of trying', async () => {
  const refused: Side[] = []
  for (const side of both) {
    const asked = side.puppet.contactRawPayload('@nobody')
    void asked.catch(() => refused.push(side))
  }
  await pass(0)
  expect(refused).toEqual([hardened])
  await pass(45)
  expect(refused).toEqual([hardened])
  await pass(15)
  expect(refused).toEqual([hardened, plain])
})

it('29: a newcomer whose contact cannot be had at first is heard in seconds, not after a minute', async () => {
  for (const { world } of both) {
    world.fault('webwxbatchgetcontact', 'drop', 2)
    world.joins('戊', group, { staleList: true })
  }
  for (const side of both) side.says('戊', '大家好')
  await pass(60)
  expect(plain.heard['大家好']).toBeGreaterThan(50)
  expect(hardened.heard['大家好']).toBeLessThan(5)
})

it('24: after an outage of 20 s the next word is heard at once, not minutes later, while all is said to be normal', async () => {
  for (const { world } of both) world.fault('*', 'drop')
  for (const side of both) side.says('小明', '停电了')
  await pass(20)
  for (const { world } of both) world.heal()
  await pass(15)
  expect(hardened.heard['停电了']).toBeLessThanOrEqual(35)
  for (const side of both) side.says('小明', '来电了')
  const beats = plain.beats
  await pass(120)
  expect(hardened.heard['来电了']).toBe(0)
  expect(Object.keys(plain.heard)).toEqual(['大家好'])
  expect(plain.beats - beats).toBe(8)
})

it('6: a leave that WeChat tells by the number of members alone is looked at before its turn', async () => {
  const { world } = hardened
  const before = listed
  world.leaves('小明', group)
  world.account.pushContact(() =>
    JSON.stringify({ UserName: world.id(group), MemberCount: before - 1, MemberList: [] }),
  )
  await pass(1)
  expect(listed).toBe(before - 1)
})
