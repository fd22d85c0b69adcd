// The account against the local WeChat: one process for the whole file.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Standin, startStandin } from '../../src/standin/standin.ts'
import { World } from '../../src/standin/world.ts'
import { Bot } from './bot.ts'

const group = '福利群1'
const world = new World()
let weChat: Standin
let bot: Bot

beforeAll(async () => {
  weChat = await startStandin({ world })
  world.friend('老板')
  world.person('阿花', { nickname: '阿花🌸' })
  world.group(group, { botOwner: true, members: ['小明', '阿花', '甲'] })
  world.group('存着的群', { listed: 'saved', members: ['小明'] })
  world.group('安静的群', { listed: 'nowhere', members: ['小明'] })
  bot = new Bot(weChat)
  await world.online()
}, 30_000)

afterAll(async () => {
  await bot.close()
  await weChat.close()
})

describe('coming on line', () => {
  it('tells who it is, then the member list of each known group', async () => {
    await bot.of('console', {})
    expect(await bot.of('online')).toMatchObject({ self: world.id('圈子助手'), selfName: '圈子助手' })
    const first = await bot.of('room')
    expect(first).toMatchObject({ invitedBy: null, room: { id: world.id(group), topic: group } })
    await bot.next((line) => line.type === 'room' && (line.room as { topic: string }).topic === '存着的群')
  })
})

it('sends', async () => {
  expect(await bot.order('sendText', world.id(group), '大家好')).toEqual({ ok: true })
  expect(await world.sent('大家好')).toMatchObject({ to: group, arrived: true })
})

it('hears', async () => {
  world.says('小明', group, '大家好:\n加微信 <abc> &amp; 🐱')
  expect(await bot.of('message')).toMatchObject({ text: '大家好:\n加微信 <abc> &amp; 🐱', fromName: '小明' })
})
