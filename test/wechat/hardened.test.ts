// The pitfalls of the plain puppet, one by one: the same happenings for the plain and for the hardened one, side by side.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Standin, startStandin } from '../../src/standin/standin.ts'
import { World } from '../../src/standin/world.ts'
import { Bot } from './bot.ts'

// Each start of a process takes seconds on a busy machine.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 })
afterAll(() => vi.resetConfig())

const group = '福利群'
const big = '大群'

interface Side {
  name: string
  world: World
  weChat: Standin
  bot: Bot
}

async function side(name: string, options: ConstructorParameters<typeof Bot>[1]): Promise<Side> {
  const world = new World()
  const weChat = await startStandin({ world })
  world.friend('老板')
  world.group(group, { members: ['小明', '阿花'] })
  world.group(big, { members: world.crowd(120) })
  const bot = new Bot(weChat, options)
  await world.online(600_000)
  await bot.of('online')
  return { name, world, weChat, bot }
}

let hardened: Side
let plain: Side
const both = () => [plain, hardened]

beforeAll(async () => {
  ;[plain, hardened] = await Promise.all([
    side('plain', { script: 'plain-child.ts' }),
    side('hardened', { level: 'trace', hurry: 10 }),
  ])
})

afterAll(async () => {
  for (const { bot, weChat } of both()) {
    await bot.close()
    await weChat.close()
  }
})

/** What both sides made of the same happening. */
async function compare<T>(look: (side: Side) => T | Promise<T>): Promise<{ plain: T; hardened: T }> {
  return { plain: await look(plain), hardened: await look(hardened) }
}

describe('pitfalls of the plain puppet', () => {
  it('3: a room’s text is whole, also after a colon at the end of a line', async () => {
    const text = '大家好:\n加微信 abc'
    const heard = await compare(async ({ world, bot }) => {
      world.says('小明', group, text)
      return (await bot.of('message')).text
    })
    expect(heard).toEqual({ plain: '大家好', hardened: text })
  })

  it('13: errors that nobody caught are not swallowed', async () => {
    const facts = await compare(({ bot }) => bot.order('facts'))
    expect(facts.plain).toMatchObject({ uncaught: 1 })
    expect(facts.hardened).toMatchObject({ uncaught: 0 })
  })

  it('14, 15: members are known from their room’s list and never asked for one by one', async () => {
    const asked = await compare(async ({ world, bot }) => {
      world.says('群友7', big, '我在')
      await bot.of('message', { text: '我在' })
      return world.requests.webwxbatchgetcontact ?? 0
    })
    expect(asked.plain).toBeGreaterThan(0)
    expect(asked.hardened).toBe(0)
    const message = hardened.bot.all('message').find(({ text }) => text === '我在')
    expect(message).toMatchObject({ fromName: '群友7', from: hardened.world.id('群友7') })
  })

  it('27: a bomb of mentions starts no search', async () => {
    const text = `${'@小'.repeat(40)} ok`
    const searches = await compare(async ({ world, bot }) => {
      world.says('小明', group, text)
      await bot.of('message', { text })
      return bot.all('search').length
    })
    expect(searches.plain).toBeGreaterThan(30)
    expect(searches.hardened).toBe(0)
  })

  it('28: a message that comes twice is heard once, and what waits together is heard in the order it was said', async () => {
    const heard = await compare(async ({ world, bot }) => {
      world.hold()
      const first = world.says('小明', group, '第一')
      world.says('阿花', group, '第二', { CreateTime: first.CreateTime + 1 })
      world.release((held) => [...held].reverse())
      await bot.of('message', { text: '第一' })
      world.again(first)
      world.says('小明', group, '完')
      await bot.of('message', { text: '完' })
      return bot
        .all('message')
        .map(({ text }) => text)
        .filter((text) => ['第一', '第二', '完'].includes(String(text)))
    })
    expect(heard).toEqual({ plain: ['第二', '第一', '第一', '完'], hardened: ['第一', '第二', '完'] })
  })

  it('33: a grey line is nobody’s message', async () => {
    const grey = '收到红包，请在手机上查看'
    const heard = await compare(async ({ name, world, bot }) => {
      world.systemLine(group, grey)
      world.says('小明', group, '谢谢')
      await bot.of('message', { text: '谢谢' })
      if (name === 'plain') await bot.of('message', { text: grey })
      return bot.all('message').some(({ text }) => text === grey)
    })
    expect(heard).toEqual({ plain: true, hardened: false })
  })

  it('29: somebody whom no list knows does not hold the others up, and is dropped when no list ever shows him', async () => {
    const { world, bot } = hardened
    world.person('幽灵')
    world.says('幽灵', group, '我是谁')
    world.says('小明', group, '早')
    await bot.of('message', { text: '早' })
    await bot.next((line) => line.type === 'log' && String(line.line).includes('no member'))
    expect(bot.all('message').some(({ text }) => text === '我是谁')).toBe(false)
  })

  it('36: errors and files give nothing away', async () => {
    const secrets = ({ world: { account } }: Side) => [
      account.skey,
      account.sid,
      account.passTicket,
      account.dataTicket,
    ]
    const leaks = await compare(async (variant) => {
      variant.world.fault('webwxsync', { ret: 1 }, 1)
      variant.world.says('小明', group, '还在吗')
      await variant.bot.next(({ type, line }) => type === 'log' && /ERR_ASSERTION|CallFailed/.test(String(line)))
      await variant.bot.of('message', { text: '还在吗' })
      const said = JSON.stringify(variant.bot.all('log'))
      return secrets(variant).some((secret) => said.includes(secret) || said.includes(encodeURIComponent(secret)))
    })
    const modes = await compare(({ bot: { folder } }) =>
      readdirSync(folder).map((name) => {
        const file = path.join(folder, name)
        expect(readFileSync(file, 'utf8'), 'the session is in there').toContain('sid')
        return (statSync(file).mode & 0o777).toString(8)
      }),
    )
    expect(leaks).toEqual({ plain: true, hardened: false })
    expect(modes).toEqual({ plain: ['644'], hardened: ['600', '600'] })
    expect((statSync(hardened.bot.folder).mode & 0o777).toString(8)).toBe('700')
  })

  it('26: nobody can switch the bot off with a line of moons', async () => {
    const moons = '🌚 🌚🌚 🌚🌚 🌚'
    const logouts = await compare(async ({ name, world, bot }) => {
      world.says('老板', null, moons)
      if (name === 'plain') await world.until(() => world.requests.webwxlogout === 1)
      else await bot.of('message', { text: moons })
      return world.requests.webwxlogout ?? 0
    })
    expect(logouts).toEqual({ plain: 1, hardened: 0 })
  })
})
