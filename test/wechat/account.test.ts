// The account against the local WeChat: one process for the whole file.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { messageId } from '../../src/core/types/ids.ts'
import { type Standin, startStandin } from '../../src/standin/standin.ts'
import type { WireMessage } from '../../src/standin/messages.ts'
import { World } from '../../src/standin/world.ts'
import type { WxRoom } from '../../src/wechat/account.ts'
import { Bot, type Line } from './bot.ts'

// Each start of a process takes seconds on a busy machine.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 })
afterAll(() => vi.resetConfig())

const group = '福利群1'
const world = new World()
let weChat: Standin
let bot: Bot

beforeAll(async () => {
  weChat = await startStandin({ world })
  world.friend('老板')
  world.friend('公众号', { verifyFlag: 24 })
  world.person('阿花', { nickname: '阿花🌸&<b>' })
  world.group(group, { botOwner: true, members: ['小明', '阿花', '甲'] })
  world.group('存着的群', { listed: 'saved', members: ['小明'] })
  world.group('安静的群', { listed: 'nowhere', members: ['小明'] })
  bot = new Bot(weChat, { hurry: 10 })
  await world.online(600_000)
})

afterAll(async () => {
  await bot.close()
  await weChat.close()
})

/** The id under which the account tells a message. */
const told = ({ MsgId, CreateTime }: WireMessage) => messageId(MsgId, CreateTime * 1000)
const names = (line: Line) => (line.room as WxRoom).members.map((member) => member.nick || member.name)
/** The next member list of a group for which the condition holds. */
const list = (handle: string, fits: (line: Line) => boolean = () => true) =>
  bot.next((line) => line.type === 'room' && (line.room as WxRoom).id === world.id(handle) && fits(line))

describe('coming on line', () => {
  it('tells who it is, then the member list of each known group', async () => {
    expect(await bot.of('online')).toMatchObject({ self: world.id('圈子助手'), selfName: '圈子助手' })
    const first = await list(group)
    expect(first).toMatchObject({ invitedBy: null, room: { topic: group } })
    expect((first.room as WxRoom).members).toContainEqual({
      id: world.id('阿花'),
      name: '阿花🌸&<b>',
      nick: '',
      attrStatus: expect.any(Number) as number,
    })
    expect(names(await list('存着的群'))).toEqual(['圈子助手', '小明'])
    const kinds = bot.lines.filter(({ type }) => type === 'online' || type === 'room').map(({ type }) => type)
    expect(kinds.indexOf('online')).toBe(0)
  })

  it('reads a group that no list had when somebody speaks there, and loses none of his words', async () => {
    world.says('小明', '安静的群', '一')
    world.says('小明', '安静的群', '二')
    expect(names(await list('安静的群'))).toEqual(['圈子助手', '小明'])
    await bot.of('message', { text: '一' })
    await bot.of('message', { text: '二' })
    const order = bot.lines
      .filter((line) => JSON.stringify(line).includes(world.id('安静的群')))
      .map(({ type, text }) => text ?? type)
    expect(order.slice(0, 3)).toEqual(['room', '一', '二'])
  })
})

describe('a profile', () => {
  it('tells the version of the picture, region and signature of a member, who needs to be no friend', async () => {
    const { avatar, signature } = world.person('阿花')
    expect(await bot.order('readProfile', world.id('阿花'), world.id(group))).toEqual([
      expect.objectContaining({ id: world.id('阿花'), avatar: String(avatar), signature }),
    ])
  })
})

describe('hearing', () => {
  it.each([
    ['a picture', () => world.sendsPicture('小明', group, Buffer.from('jpg')), { kind: 'picture', text: '' }],
    [
      'a file',
      () => world.sendsFile('小明', group, '菜单.pdf', Buffer.from('pdf')),
      { kind: 'file', text: '菜单.pdf' },
    ],
    [
      'a link',
      () => world.sendsLink('小明', group, { title: '特价 <5 折>', url: 'https://x.cn' }),
      { kind: 'link', text: '特价 <5 折>' },
    ],
    ['a card', () => world.sendsCard('小明', group, '阿花'), { kind: 'card', text: '阿花🌸&<b>' }],
    [
      'a quote',
      () => world.quotes('小明', group, '八点', { by: '阿花', text: '几点？' }),
      { kind: 'text', text: '八点', quote: { name: '阿花🌸&<b>', text: '几点？' } },
    ],
    [
      'an old quote',
      () => world.quotes('小明', group, '九点', { by: '阿花', text: '几点？' }, 'text'),
      { text: '九点', quote: { name: '阿花🌸&<b>', text: '几点？' } },
    ],
    ['a mention', () => world.says('小明', group, '@圈子助手\u2005我的积分'), { text: '我的积分', addressed: true }],
    [
      'a friend',
      () => world.says('老板', null, '在吗'),
      { room: null, fromName: '老板', text: '在吗', addressed: true },
    ],
  ])('%s', async (_what, happens, expected) => {
    expect(await bot.of('message', { id: told(happens()) })).toMatchObject(expected)
  })

  it('the bytes of a picture, by the id under which it was told', async () => {
    const id = told(world.sendsPicture('小明', group, Buffer.from('jpg')))
    await bot.of('message', { id })
    expect(await bot.order('readPicture', id)).toBe('jpg')
  })

  it('the bytes of a picture that was sent as a file, and sends them on', async () => {
    const id = told(world.sendsFile('小明', group, '海报.jpg', Buffer.from('jpg2')))
    await bot.of('message', { id, kind: 'file', text: '海报.jpg' })
    expect(await bot.order('readPicture', id)).toBe('jpg2')
    expect(await bot.order('forwardPicture', world.id(group), id)).toEqual({ ok: true })
    expect(await world.sent((sent) => sent.kind === 'picture')).toMatchObject({ bytes: Buffer.from('jpg2') })
  })

  it('what the owner types on the phone', async () => {
    world.says('圈子助手', group, '#接龙')
    expect(await bot.of('own', { text: '#接龙' })).toMatchObject({ kind: 'text' })
  })

  it('a message that bears the number of an earlier one, but not one that comes again', async () => {
    const first = world.says('小明', group, '上周的')
    await bot.of('message', { id: told(first) })
    world.again(first)
    const later = world.says('阿花', group, '同号的', { MsgId: first.MsgId, CreateTime: first.CreateTime + 1 })
    await bot.of('message', { id: told(later), text: '同号的' })
    expect(bot.all('message').filter(({ text }) => text === '上周的')).toHaveLength(1)
  })

  it('knows its name in the group', async () => {
    world.renamesInGroup('圈子助手', group, '小圈🐱')
    await bot.order('refreshRoom', world.id(group))
    const said = world.says('小明', group, '@小圈🐱\u2005签到')
    expect(await bot.of('message', { id: told(said) })).toMatchObject({ text: '签到', addressed: true })
  })

  it('a friend request', async () => {
    world.friendRequest('新朋友', '我是小明介绍的')
    expect(await bot.of('friendAsked')).toMatchObject({
      fromName: '新朋友',
      hello: '我是小明介绍的',
      from: world.id('新朋友'),
    })
  })

  it('neither itself, nor official accounts, nor history', async () => {
    world.says('圈子助手', group, '我自己')
    world.says('公众号', null, '推送')
    world.says('小明', group, '很久以前', { CreateTime: Math.floor(Date.now() / 1000) - 601 })
    world.says('小明', group, '刚才', { CreateTime: Math.floor(Date.now() / 1000) - 500 })
    await bot.of('message', { text: '刚才' })
    const texts = bot.all('message').map(({ text }) => text)
    expect(texts).not.toContain('我自己')
    expect(texts).not.toContain('推送')
    expect(texts).not.toContain('很久以前')
  })
})

describe('member lists', () => {
  it('4: two newcomers in one line, with who brought them', async () => {
    world.joins('乙', group, { by: '甲', together: ['丙'] })
    expect(await list(group, (line) => names(line).includes('丙'))).toMatchObject({ invitedBy: '甲' })
  })

  it('4: a list that is old at first is read until it shows the newcomer', async () => {
    world.joins('丁', group, { qr: '甲', staleList: 2 })
    expect(await list(group, (line) => names(line).includes('丁'))).toMatchObject({ invitedBy: '甲' })
  })

  it('5: a newcomer whose name is taken is somebody else', async () => {
    world.person('假小明', { nickname: '小明' })
    world.joins('假小明', group, { by: '阿花' })
    const read = await list(group, (line) => names(line).filter((name) => name === '小明').length === 2)
    expect(read.invitedBy).toBe('阿花🌸&<b>')
  })

  it('29: a newcomer whom the list does not show yet is heard once it does', async () => {
    world.joins('戊', group, { staleList: 2 })
    const said = world.says('戊', group, '大家好')
    expect(await bot.of('message', { id: told(said) })).toMatchObject({ fromName: '戊', text: '大家好' })
  })

  it('6: who leaves without a word and who changes his name is found by reading in turn', async () => {
    world.leaves('丁', group)
    world.renamesInGroup('乙', group, '三栋-乙')
    bot.skip()
    const read = await list(group, (line) => !names(line).includes('丁'))
    expect(names(read)).toContain('三栋-乙')
  })

  it('a new topic', async () => {
    world.renamesGroup('甲', '存着的群', '改了名的群')
    await list('存着的群', (line) => (line.room as WxRoom).topic === '改了名的群')
  })

  it('7: a kick is followed by the list that proves it', async () => {
    expect(await bot.order('kick', world.id(group), world.id('丙'))).toEqual({ ok: true })
    await list(group, (line) => !names(line).includes('丙'))
    world.kick = 'refused'
    expect(await bot.order('kick', world.id(group), world.id('乙'))).toMatchObject({ ok: false, why: 'refused' })
    world.kick = 'lies'
    expect(await bot.order('kick', world.id(group), world.id('乙'))).toEqual({ ok: true })
    expect(await bot.order('refreshRoom', world.id(group))).toEqual({ ok: true })
    expect(names(bot.all('room').at(-1) ?? { type: '' })).toContain('三栋-乙')
  })

  it('a group that the bot was removed from is gone, once', async () => {
    world.removesBot('小明', '存着的群')
    expect(await bot.of('roomGone')).toMatchObject({ room: world.id('存着的群') })
    expect(await bot.order('refreshRoom', world.id('存着的群'))).toMatchObject({ ok: false, why: 'refused' })
    world.says('小明', group, '继续')
    await bot.of('message', { text: '继续' })
    expect(bot.all('roomGone')).toHaveLength(1)
  })
})

describe('sending', () => {
  it('a text, as it is', async () => {
    const text = '第一行 <b>&amp;\n第二行 🐱'
    expect(await bot.order('sendText', world.id(group), text)).toEqual({ ok: true })
    expect(await world.sent(text)).toMatchObject({ to: group, arrived: true })
  })

  it.each([
    ['菜单.jpg', 2_000, 'picture'],
    ['菜单 & 价格.pdf', 3_000, 'file'],
    ['大文件.zip', 1_300_000, 'file'],
  ])('the file %s of %d bytes', async (name, size, kind) => {
    const bytes = Buffer.alloc(size, name)
    mkdirSync(path.join(bot.folder, 'out'), { recursive: true })
    const file = path.join(bot.folder, 'out', name)
    writeFileSync(file, bytes)
    expect(await bot.order('sendFile', world.id(group), file)).toEqual({ ok: true })
    const sent = await world.sent((message) => message.kind === kind)
    expect(sent).toMatchObject({ to: group, name })
    expect('bytes' in sent && sent.bytes.equals(bytes)).toBe(true)
  })

  it('not a file that is not there', async () => {
    expect(await bot.order('sendFile', world.id(group), '/nowhere/x.pdf')).toEqual({
      ok: false,
      why: 'refused',
      detail: 'ENOENT',
    })
  })
})

describe('a pat', () => {
  it('is told of the group, and of nobody', async () => {
    world.systemLine(group, '"阿花" 拍了拍我')
    expect(await bot.of('patted')).toMatchObject({ room: world.id(group) })
  })
})
