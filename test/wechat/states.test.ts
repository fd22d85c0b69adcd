// What WeChat does not say: lists that do not come, are short or empty, clocks that differ, lines that no person wrote.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isClientMade } from '../../src/wechat/client-lines.ts'
import { Contacts } from '../../src/wechat/contacts.ts'
import { CallFailed } from '../../src/wechat/guard.ts'
import { RoomReader } from '../../src/wechat/rooms.ts'
import { ServerClock } from '../../src/wechat/server-clock.ts'
import { readSystemLine } from '../../src/wechat/system-line.ts'

const start = Date.parse('2026-11-21T08:00:00Z')
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000)

/** A reader of one room; `answer` is what the next request brings. */
function reading() {
  const contacts = new Contacts()
  const told: string[] = []
  const state = { calls: 0, answer: (): unknown[] => [] }
  const at = () => Math.round((Date.now() - start) / 1000)
  const reader = new RoomReader(
    contacts,
    {
      room: ({ members }) => told.push(`room ${members.length}`),
      gone: () => told.push('gone'),
      failed: () => {},
      readable: (can) => told.push(`${at()} readable ${can}`),
      unread: (_room, is) => told.push(`unread ${is}`),
    },
    () => {
      state.calls += 1
      return Promise.resolve().then(() => contacts.keep(state.answer()).complete)
    },
  )
  reader.start('@bot')
  reader.online = true
  const list = (members: string[], count = members.length) => [
    {
      UserName: '@@g',
      NickName: '福利群',
      MemberCount: count,
      MemberList: members.map((UserName) => ({ UserName, NickName: UserName, DisplayName: '' })),
    },
  ]
  return { reader, contacts, told, state, list }
}

const refuse = (ret: number) => () => {
  throw new CallFailed('webwxbatchgetcontact', 'ret', ret)
}

describe('member lists', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  })
  afterEach(() => void vi.useRealTimers())

  it('that are answered by 1205 are asked for ever more rarely, and who waits for one waits on', async () => {
    const { reader, told, state, list } = reading()
    state.answer = () => list(['@bot', '@ming'])
    reader.want(['@@g'])
    await pass(1)
    state.answer = refuse(1205)
    let isShown = false
    let gaveUp = false
    reader.expect('@@g', { shown: () => isShown, giveUp: () => (gaveUp = true) })
    await pass(10 * 60)
    const before = state.calls
    await pass(10 * 60)
    expect(state.calls - before).toBeLessThanOrEqual(10)
    expect(gaveUp).toBe(false)
    expect(told.filter((line) => line.includes('readable'))).toHaveLength(1)
    state.answer = () => {
      isShown = true
      return list(['@bot', '@ming', '@new'])
    }
    await pass(130)
    expect(told).toContain('room 3')
    expect(told.filter((line) => line.includes('readable true'))).toHaveLength(1)
    await pass(600)
    expect(gaveUp).toBe(false)
    reader.stop()
  })

  it('that come empty once, or for as long as the group talks, do not make it gone', async () => {
    const { reader, told, state, list } = reading()
    state.answer = () => list(['@bot', '@ming'])
    reader.want(['@@g'])
    await pass(1)
    state.answer = () => list([])
    reader.want(['@@g'])
    await pass(1)
    state.answer = () => list(['@bot', '@ming'])
    await pass(60)
    expect(told).not.toContain('gone')
    state.answer = () => list([])
    reader.want(['@@g'])
    await pass(5)
    reader.heard('@@g')
    await pass(10 * 60)
    expect(told).not.toContain('gone')
    expect(told).toContain('unread true')
    state.answer = () => list(['@bot', '@ming'])
    await pass(130)
    expect(told.filter((line) => line.startsWith('unread'))).toEqual(['unread true', 'unread false'])
    reader.stop()
  })

  it('that stay empty while the group is silent make it gone', async () => {
    const { reader, told, state, list } = reading()
    state.answer = () => list(['@bot', '@ming'])
    reader.want(['@@g'])
    await pass(1)
    state.answer = () => list([])
    reader.want(['@@g'])
    await pass(120)
    expect(told.at(-1)).toBe('gone')
    reader.stop()
  })

  it('that are one shorter than they say are taken when they are read again', async () => {
    const { reader, told, state, list } = reading()
    state.answer = () => list(['@bot', '@ming'], 3)
    reader.want(['@@g'])
    await pass(10)
    expect(told).toEqual(['room 2'])
    reader.stop()
  })
})

describe('the clock', () => {
  it.each([
    ['11 minutes behind', 11 * 60_000, '-11'],
    ['a day ahead', -86_400_000, '1440'],
  ])('that is %s is told once, with the difference, and that it is over', (_what, ahead, minutes) => {
    const told: (string | null)[] = []
    const clock = new ServerClock((detail) => told.push(detail))
    for (let n = 0; n < 5; n++) clock.shown(ahead + n * 100)
    expect(told).toEqual([minutes])
    expect(Math.abs(clock.ahead - ahead)).toBeLessThan(1000)
    clock.shown(900)
    expect(told).toEqual([minutes, null])
    expect(clock.ahead).toBe(0)
  })
})

describe('lines that no person wrote', () => {
  it.each([
    '我通过了你的朋友验证请求，现在我们可以开始聊天了',
    '我通过了你的好友验证请求,现在我们可以开始聊天了',
    "I've accepted your friend request. Now let's chat!",
    '我是群聊"福利群1"的安安',
    '我是群聊“社区生鲜🌱”的3栋-安安',
    '我是安安',
    '[收到一条暂不支持的消息类型，请在手机上查看]',
    '收到一条网页版微信暂不支持的消息类型，请在手机上查看',
    '收到红包，请在手机上查看',
    '[当前版本不支持展示该内容，请升级至最新版本。]',
    '你已添加了安安，现在可以开始聊天了。',
  ])('%s', (line) => {
    expect(isClientMade(line, '安安')).toBe(true)
  })

  it.each(['我是新来的，怎么下单？', '请在手机上查看订单怎么弄', '你们通过验证了吗', '我是安安的妈妈', '你好', ''])(
    'but not %s',
    (line) => {
      expect(isClientMade(line, '安安')).toBe(false)
    },
  )
})

it.each([
  ['"小明"想邀请1位朋友加入群聊  去确认', { about: 'inviteWaits', name: '小明', count: 1 }],
  ['小明想邀请 3 位朋友加入群聊，去确认', { about: 'inviteWaits', name: '小明', count: 3 }],
  ['"Ming" wants to invite 2 friends to the group chat.', { about: 'inviteWaits', name: 'Ming', count: 2 }],
  ['"小明"已成为新群主', { about: 'owner', name: '小明' }],
  ['你已成为新群主', { about: 'owner', name: '' }],
  ['"Ming" is now the group owner', { about: 'owner', name: 'Ming' }],
])('tells what the owner has to know of %s', (line, read) => {
  expect(readSystemLine(line)).toMatchObject(read)
})
