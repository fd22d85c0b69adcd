// The protocol of the local WeChat, asked without a network.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Endpoints } from '../../src/standin/endpoints.ts'
import { World } from '../../src/standin/world.ts'

const Member = z.object({ UserName: z.string(), NickName: z.string(), DisplayName: z.string(), AttrStatus: z.number() })
const Contact = Member.extend({
  HeadImgUrl: z.string(),
  Uin: z.literal(0),
  Alias: z.literal(''),
  MemberCount: z.number(),
  MemberList: z.array(Member),
})
const Reply = z.object({
  BaseResponse: z.object({ Ret: z.number() }),
  ContactList: z.array(Contact).default([]),
  MemberList: z.array(Contact).default([]),
  AddMsgList: z
    .array(z.object({ MsgId: z.string(), FromUserName: z.string(), Content: z.string(), MsgType: z.number() }))
    .default([]),
  ModContactList: z.array(Contact).default([]),
  SyncKey: z.object({ List: z.array(z.object({ Key: z.number(), Val: z.number() })) }).optional(),
})

/** A web client of this world that keeps what the real one keeps: the session id and the sync key. */
function client(world: World) {
  const endpoints = new Endpoints(world)
  const controller = new AbortController()
  let syncKey: z.infer<typeof Reply>['SyncKey']
  const ask = async (endpoint: string, query: Record<string, string> = {}, body: object = {}) => {
    const answer = await endpoints.answer(endpoint, {
      query: new URLSearchParams(query),
      contentType: 'application/json',
      body: Buffer.from(JSON.stringify({ BaseRequest: { Sid: sid }, ...body })),
      gone: controller.signal,
    })
    if (answer === undefined) throw new Error(`no endpoint ${endpoint}`)
    return answer
  }
  let sid = ''
  return {
    ask,
    leave: () => controller.abort(),
    async post(endpoint: string, body: object = {}, query: Record<string, string> = {}) {
      const answer = Reply.parse(JSON.parse(String((await ask(endpoint, query, body)).body)))
      if (endpoint === 'webwxinit' || endpoint === 'webwxsync') syncKey = answer.SyncKey ?? syncKey
      return answer
    },
    async sync() {
      return this.post('webwxsync', { SyncKey: syncKey })
    },
    async poll() {
      const synckey = (syncKey?.List ?? []).map(({ Key, Val }) => `${Key}_${Val}`).join('|')
      return String((await ask('synccheck', { sid, synckey })).body)
    },
    async code() {
      const uuid = /uuid = "(.*?)"/.exec(String((await ask('jslogin')).body))?.[1] ?? ''
      return { uuid, state: async () => String((await ask('login', { uuid })).body) }
    },
    async login() {
      const { uuid, state } = await this.code()
      while (!(await state()).includes('window.code=200'));
      const page = await ask('webwxnewloginpage', { uuid })
      sid = /<wxsid>(.*)<\/wxsid>/.exec(String(page.body))?.[1] ?? ''
      return page
    },
  }
}

/** A world with one group, and a client that is logged in and initialised. */
async function ready() {
  const world = new World()
  world.friend('老板')
  world.group('福利群', { owner: '店长', members: ['小明', '阿花'] })
  const web = client(world)
  await web.login()
  const init = await web.post('webwxinit')
  return { world, web, init }
}

describe('the QR code', () => {
  it('waits, is scanned, and is confirmed', async () => {
    const world = new World({ login: 'manual' })
    const code = await client(world).code()
    const scanned = code.state()
    world.qr.scan()
    expect(await scanned).toContain('window.code=201')
    const confirmed = code.state()
    world.qr.confirm()
    expect(await confirmed).toMatch(/window\.code=200;\nwindow\.redirect_uri="https:\/\/wx\.qq\.com\//)
  })

  it('times out, and a new one is shown', async () => {
    const world = new World({ login: 'manual' })
    const web = client(world)
    const code = await web.code()
    const answer = code.state()
    world.qr.timeOut()
    expect(await answer).toContain('window.code=400')
    await web.code()
    expect(world.qr.shown).toBe(2)
    expect(await code.state()).toContain('window.code=400')
    world.close()
  })

  it('logs in once only, with cookies', async () => {
    const world = new World()
    const web = client(world)
    const page = await web.login()
    expect(page.status).toBe(301)
    expect(String(page.headers?.['set-cookie'])).toMatch(/wxuin=.*wxsid=.*webwx_data_ticket=/)
    const again = await web.ask('webwxnewloginpage', { uuid: world.qr.uuid })
    expect(again.status).toBeUndefined()
    expect(world.account.logins).toBe(1)
  })
})

describe('sessions', () => {
  it('give everybody new ids at each fresh login, and the same people behind them', async () => {
    const { world, web, init } = await ready()
    await web.login()
    const later = await web.post('webwxinit')
    const [before, after] = [init, later].map((answer) => answer.ContactList.at(-1)?.MemberList ?? [])
    expect(after?.map(({ NickName, AttrStatus }) => [NickName, AttrStatus])).toEqual(
      before?.map(({ NickName, AttrStatus }) => [NickName, AttrStatus]),
    )
    expect(after?.filter(({ UserName }) => before?.some((member) => member.UserName === UserName))).toEqual([])
    expect(world.account.ids.behind(before?.[0]?.UserName ?? '')).toBeUndefined()
  })

  it.each([1101, 1102] as const)('end with %i everywhere', async (ret) => {
    const { world, web } = await ready()
    const poll = web.poll()
    world.expire(ret)
    expect(await poll).toContain(`retcode:"${ret}"`)
    for (const endpoint of ['webwxinit', 'webwxsync', 'webwxsendmsg', 'webwxbatchgetcontact']) {
      expect((await web.post(endpoint)).BaseResponse.Ret).toBe(ret)
    }
  })

  it('deliver what waits at once and again until the client shows that it has it', async () => {
    const { world, web } = await ready()
    const poll = web.poll()
    world.says('小明', '福利群', '1 < 2 & 3\n好')
    expect(await poll).toContain('retcode:"0",selector:"2"')
    const first = await web.sync()
    expect(first.AddMsgList.map(({ Content }) => Content)).toEqual([`${world.id('小明')}:<br/>1 &lt; 2 &amp; 3<br/>好`])
    const restarted = await web.post('webwxinit')
    expect(restarted.BaseResponse.Ret).toBe(0)
    expect((await web.sync()).AddMsgList).toEqual(first.AddMsgList)
    expect((await web.sync()).AddMsgList).toEqual([])
  })

  it('notice that the client went away', async () => {
    const { world, web } = await ready()
    const poll = web.poll()
    expect(world.account.online).toBe(true)
    web.leave()
    await poll
    expect(world.account.online).toBe(false)
  })
})

describe('messages on their way', () => {
  it('come twice, out of order, and with any field set', async () => {
    const { world, web } = await ready()
    world.hold()
    const first = world.says('小明', '福利群', '一', { CreateTime: 1, MsgId: 'x' })
    world.says('阿花', '福利群', '二')
    world.release((held) => [...held].reverse())
    world.again(first)
    const { AddMsgList } = await web.sync()
    expect(AddMsgList.map(({ Content }) => Content.at(-1))).toEqual(['二', '一', '一'])
    expect(AddMsgList.map(({ MsgId }) => MsgId).filter((id) => id === 'x')).toHaveLength(2)
  })

  it('of every kind have the type the real service gives them', async () => {
    const { world, web } = await ready()
    const bytes = Buffer.from('bytes')
    const sent = [
      world.sendsPicture('小明', '福利群', bytes),
      world.sendsVideo('小明', null, bytes),
      world.sendsFile('小明', '福利群', '菜单.pdf', bytes),
      world.sendsLink('小明', '福利群', { title: '团购', url: 'https://example.com/?a=1&b=2' }),
      world.sendsCard('小明', '福利群', '阿花'),
      world.quotes('小明', '福利群', '同意', { by: '阿花', text: '几点' }),
      world.friendRequest('新来的', '福利群的邻居'),
    ]
    expect((await web.sync()).AddMsgList.map(({ MsgType }) => MsgType)).toEqual([3, 43, 49, 49, 42, 49, 37])
    const [picture, , file] = sent
    expect((await web.ask('webwxgetmsgimg', { MsgID: picture?.MsgId ?? '' })).body).toEqual(bytes)
    expect((await web.ask('webwxgetmedia', { mediaid: String(file?.['MediaId']) })).body).toEqual(bytes)
  })
})

describe('groups', () => {
  const lists = async (web: ReturnType<typeof client>, world: World) => {
    const asked = await web.post('webwxbatchgetcontact', { List: [{ UserName: world.id('福利群') }] })
    return asked.ContactList[0]?.MemberList.map(({ NickName, DisplayName }) => DisplayName || NickName)
  }

  it('answer with an old member list as often as told, and push none', async () => {
    const { world, web } = await ready()
    world.joins('甲', '福利群', { by: '小明', together: ['乙'], staleList: 1 })
    const { AddMsgList, ModContactList } = await web.sync()
    expect(AddMsgList[0]?.Content).toBe('"小明"邀请"甲、乙"加入了群聊')
    expect(ModContactList).toEqual([])
    expect(await lists(web, world)).toEqual(['店长', '圈子助手', '小明', '阿花'])
    expect(await lists(web, world)).toEqual(['店长', '圈子助手', '小明', '阿花', '甲', '乙'])
  })

  it('lose and rename members without a word', async () => {
    const { world, web } = await ready()
    world.leaves('小明', '福利群')
    world.renames('阿花', '花🌸')
    world.renamesInGroup('店长', '福利群', '<店>')
    const { AddMsgList, ModContactList } = await web.sync()
    expect([AddMsgList, ModContactList]).toEqual([[], []])
    expect(await lists(web, world)).toEqual(['&lt;店&gt;', '圈子助手', '花<span class="emoji emoji1f338"></span>'])
  })

  it('let only the owner kick, and can refuse or lie', async () => {
    const { world, web } = await ready()
    const kick = async () => {
      const body = { ChatRoomName: world.id('福利群'), DelMemberList: world.id('小明') }
      return (await web.post('webwxupdatechatroom', body, { fun: 'delmember' })).BaseResponse.Ret
    }
    expect(await kick()).toBe(1)
    world.groupOf('福利群').owner = world.bot
    world.kick = 'refused'
    expect(await kick()).toBe(1)
    world.kick = 'lies'
    expect(await kick()).toBe(0)
    expect(await lists(web, world)).toContain('小明')
    world.kick = 'works'
    expect(await kick()).toBe(0)
    expect(await lists(web, world)).not.toContain('小明')
    expect(world.outgoing.all.map(({ arrived }) => arrived)).toEqual([false, true])
  })

  it('are silent once the bot is not in them', async () => {
    const { world, web } = await ready()
    world.removesBot('店长', '福利群')
    world.says('小明', '福利群', '他走了')
    world.joins('甲', '福利群', { by: '小明' })
    const { AddMsgList, ModContactList } = await web.sync()
    expect(AddMsgList.map(({ Content }) => Content)).toEqual(['你被"店长"移出群聊'])
    expect(ModContactList.map(({ MemberCount }) => MemberCount)).toEqual([0])
    world.invitesBot('小明', '福利群', ['乙'])
    expect((await web.sync()).AddMsgList.map(({ Content }) => Content)).toEqual(['"小明"邀请你和"乙"加入了群聊'])
    expect(await lists(web, world)).toEqual(['店长', '小明', '阿花', '甲', '圈子助手', '乙'])
  })

  it('are found where they are listed', async () => {
    const world = new World()
    for (const listed of ['recent', 'saved', 'nowhere'] as const) world.group(listed, { listed, members: ['小明'] })
    const web = client(world)
    await web.login()
    const names = (contacts: z.infer<typeof Contact>[]) =>
      contacts.filter(({ UserName }) => UserName.startsWith('@@')).map((room) => [room.NickName, room.MemberCount])
    expect(names((await web.post('webwxinit')).ContactList)).toEqual([['recent', 2]])
    const book = await web.post('webwxgetcontact', {}, { skey: world.account.skey })
    expect(names(book.MemberList)).toEqual([['saved', 0]])
  })

  it('of 500 members are 100 in one answer', async () => {
    const world = new World()
    const crowd = world.crowd(1000)
    for (let i = 0; i < 100; i++) world.group(`群${i}`, { members: crowd.slice(i * 5, i * 5 + 499) })
    const web = client(world)
    await web.login()
    const { ContactList } = await web.post('webwxinit')
    expect(ContactList.reduce((sum, { MemberList }) => sum + MemberList.length, 0)).toBe(50_000)
  })
})

it('a friend request is accepted with its ticket, and a stranger gets no direct message', async () => {
  const { world, web } = await ready()
  const request = world.friendRequest('新来的', '你好')
  const say = () => web.post('webwxsendmsg', { Msg: { ToUserName: world.id('新来的'), Content: '欢迎' } })
  await say()
  const accept = { VerifyUserList: [{ VerifyUserTicket: String(request['Ticket']) }] }
  expect((await web.post('webwxverifyuser', accept)).BaseResponse.Ret).toBe(0)
  expect((await web.post('webwxverifyuser', accept)).BaseResponse.Ret).toBe(1)
  await say()
  expect(world.outgoing.all.map(({ kind, arrived }) => [kind, arrived])).toEqual([
    ['text', false],
    ['accept', true],
    ['text', true],
  ])
})
