// Answers the requests of WeChat's web client from the world. Shapes: wechat4u's src/core.js, which reads the answers.
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { groupContact, ownContact, personContact, specialContact } from './contacts.ts'
import type { Endpoint } from './faults.ts'
import { isGroup } from './people.ts'
import type { SentContent } from './sent.ts'
import { Uploads } from './uploads.ts'
import type { World } from './world.ts'

/** A request, already read. */
interface Request {
  query: URLSearchParams
  contentType: string
  body: Buffer
  /** Aborts when the client goes away before it has its answer. */
  gone: AbortSignal
}

/** An answer; `type` is its content type. */
export interface Answer {
  status?: number
  type: string
  headers?: Record<string, string | string[]>
  body: string | Uint8Array
}

const Message = z.object({
  ToUserName: z.string(),
  Content: z.string().default(''),
  MediaId: z.string().default(''),
  LocalID: z.union([z.string(), z.number()]).default(''),
})

/** Every JSON body; each endpoint reads its part. */
const Body = z.object({
  BaseRequest: z.object({ Sid: z.string() }),
  SyncKey: z.object({ List: z.array(z.object({ Key: z.number(), Val: z.number() })) }).optional(),
  List: z.array(z.object({ UserName: z.string(), EncryChatRoomId: z.string().default('') })).default([]),
  Msg: Message.optional(),
  ChatRoomName: z.string().default(''),
  AddMemberList: z.string().default(''),
  DelMemberList: z.string().default(''),
  InviteMemberList: z.string().default(''),
  NewTopic: z.string().default(''),
  VerifyUserList: z.array(z.object({ VerifyUserTicket: z.string() })).default([]),
})
type Body = z.infer<typeof Body>

function json(fields: Record<string, unknown>, ret = 0): Answer {
  return { type: 'application/json', body: JSON.stringify({ BaseResponse: { Ret: ret, ErrMsg: '' }, ...fields }) }
}

const script = (body: string): Answer => ({ type: 'text/javascript', body })

/** A refusal in WeChat's words, in the form in which this endpoint refuses. */
export function refusal(endpoint: string, ret: number): Answer {
  if (endpoint === 'synccheck') return script(`window.synccheck={retcode:"${ret}",selector:"0"}`)
  return json({}, ret)
}

/** A one-pixel GIF in a colour of its own, so that avatars differ as much as their numbers do. */
function avatar(seed: number): Buffer {
  const colour = [seed >> 16, seed >> 8, seed].map((byte) => byte & 0xff)
  const head = [...Buffer.from('GIF89a'), 1, 0, 1, 0, 0x80, 0, 0, ...colour, 0, 0, 0]
  return Buffer.from([...head, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b])
}

/** All endpoints of one world. */
export class Endpoints {
  readonly #world: World
  readonly #uploads = new Uploads()

  constructor(world: World) {
    this.#world = world
  }

  /** Answers one request, or undefined when nobody knows the endpoint. */
  async answer(endpoint: string, request: Request): Promise<Answer | undefined> {
    const open = this.#open[endpoint as Endpoint]
    if (open !== undefined) return open(request)
    const inside = this.#inside[endpoint as Endpoint]
    if (inside === undefined) return undefined
    const body = Body.parse(JSON.parse(request.body.toString('utf8')))
    const ret = this.#world.account.check(body.BaseRequest.Sid)
    return ret === 0 ? inside(body, request.query) : refusal(endpoint, ret)
  }

  /** Endpoints that have no session in a JSON body. */
  readonly #open: Partial<Record<Endpoint, (request: Request) => Answer | Promise<Answer>>> = {
    jslogin: () => {
      this.#world.qr.show(randomId())
      return script(`window.QRLogin.code = 200; window.QRLogin.uuid = "${this.#world.qr.uuid}";`)
    },
    login: async ({ query }) => {
      const redirect = () =>
        `https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=${randomId()}&uuid=${this.#world.qr.uuid}`
      return script(await this.#world.qr.ask(query.get('uuid') ?? '', redirect))
    },
    webwxnewloginpage: ({ query }) => this.#newLogin(query.get('uuid') ?? ''),
    webwxgetcontact: ({ query }) => {
      const { account, people, groups, bot } = this.#world
      const ret = query.get('skey') === account.skey ? account.ret : 1101
      if (ret !== 0) return refusal('webwxgetcontact', ret)
      const contacts = [
        JSON.stringify(specialContact('filehelper')),
        JSON.stringify(specialContact('fmessage')),
        ...[...people.values()]
          .filter((person) => person.friend)
          .map((person) => JSON.stringify(personContact(person, account.ids))),
        ...[...groups.values()]
          .filter((group) => group.listed === 'saved' && group.members.has(bot))
          .map((group) => groupContact(group, account.ids, bot, false)),
      ]
      return list('MemberCount', 'MemberList', contacts, '"Seq":0')
    },
    synccheck: async ({ query, gone }) => {
      const { retcode, selector } = await this.#polled(query, gone)
      return script(`window.synccheck={retcode:"${retcode}",selector:"${selector}"}`)
    },
    webwxuploadmedia: async ({ contentType, body }) => {
      const { sid, mediaId } = await this.#uploads.take(contentType, body)
      const ret = this.#world.account.check(sid)
      if (ret !== 0) return refusal('webwxuploadmedia', ret)
      return json({ MediaId: mediaId, StartPos: body.length, CDNThumbImgHeight: 0, CDNThumbImgWidth: 0 })
    },
    webwxgetmsgimg: ({ query }) => this.#media(query.get('MsgID')),
    webwxgetvideo: ({ query }) => this.#media(query.get('MsgID')),
    webwxgetvoice: ({ query }) => this.#media(query.get('MsgID')),
    webwxgetmedia: ({ query }) => this.#media(query.get('mediaid')),
    webwxgeticon: ({ query }) => this.#avatar(query.get('username')),
    webwxgetheadimg: ({ query }) => this.#avatar(query.get('username')),
    webwxlogout: ({ query }) => {
      const { account } = this.#world
      if (query.get('skey') === account.skey && account.ret === 0) account.end(1101)
      return { status: 301, type: 'text/html', headers: { location: 'https://wx.qq.com/' }, body: '' }
    },
  }

  /** Endpoints whose body shows the session, which is checked before they are called. */
  readonly #inside: Partial<Record<Endpoint, (body: Body, query: URLSearchParams) => Answer>> = {
    webwxinit: () => {
      const { account, bot, groups } = this.#world
      const recent = [...groups.values()].filter((group) => group.listed === 'recent' && group.members.has(bot))
      const contacts = [
        JSON.stringify(specialContact('filehelper')),
        ...recent.map((group) => groupContact(group, account.ids, bot, true)),
      ]
      const rest = [
        `"SyncKey":${account.syncKey}`,
        `"User":${JSON.stringify(ownContact(bot, account.ids))}`,
        `"ChatSet":"${recent.map((group) => account.ids.of(group)).join(',')}"`,
        `"SKey":"${account.skey}","ClientVersion":369299473,"SystemTime":${Math.floor(Date.now() / 1000)},"GrayScale":1`,
        '"InviteStartCount":40,"MPSubscribeMsgCount":0,"MPSubscribeMsgList":[],"ClickReportInterval":600000',
      ]
      return list('Count', 'ContactList', contacts, rest.join(','))
    },
    webwxstatusnotify: () => json({ MsgID: randomId() }),
    webwxoplog: () => json({}),
    webwxrevokemsg: () => json({}),
    webwxstatreport: () => json({}),
    webwxbatchgetcontact: ({ List }) => {
      const { account, bot } = this.#world
      const contacts = List.flatMap(({ UserName, EncryChatRoomId }) => {
        if (UserName === 'filehelper' || UserName === 'fmessage') return JSON.stringify(specialContact(UserName))
        const contact = account.ids.behind(UserName)
        if (contact === undefined) return []
        if (isGroup(contact)) return groupContact(contact, account.ids, bot, 'asked')
        return JSON.stringify(personContact(contact, account.ids, EncryChatRoomId))
      })
      return list('Count', 'ContactList', contacts)
    },
    webwxsync: ({ SyncKey }) => {
      const after = SyncKey?.List.find((entry) => entry.Key === 1)?.Val ?? 0
      return { type: 'application/json', body: this.#world.account.sync(after) }
    },
    webwxsendmsg: ({ Msg }) => this.#send(Msg, ({ Content }) => ({ kind: 'text', text: Content })),
    webwxsendmsgimg: ({ Msg }) => this.#send(Msg, ({ MediaId }) => this.#upload('picture', MediaId)),
    webwxsendvideomsg: ({ Msg }) => this.#send(Msg, ({ MediaId }) => this.#upload('video', MediaId)),
    webwxsendemoticon: ({ Msg }) => this.#send(Msg, ({ MediaId }) => this.#upload('emoticon', MediaId)),
    webwxsendappmsg: ({ Msg }) =>
      this.#send(Msg, ({ Content }) => this.#upload('file', /<attachid>(.*?)<\/attachid>/.exec(Content)?.[1] ?? '')),
    webwxupdatechatroom: (body, query) => {
      const changes = {
        delmember: () => this.#world.botChanges(body.ChatRoomName, 'kick', body.DelMemberList.split(',')),
        addmember: () => this.#world.botChanges(body.ChatRoomName, 'add', body.AddMemberList.split(',')),
        invitemember: () => this.#world.botChanges(body.ChatRoomName, 'invite', body.InviteMemberList.split(',')),
        modtopic: () => this.#world.botChanges(body.ChatRoomName, 'topic', [body.NewTopic]),
      }
      const change = changes[(query.get('fun') ?? '') as keyof typeof changes]
      return json({ MemberCount: 0, MemberList: [] }, change === undefined ? 1 : change())
    },
    webwxverifyuser: ({ VerifyUserList }) => {
      const ticket = VerifyUserList[0]?.VerifyUserTicket ?? ''
      return json({}, this.#world.botAccepts(ticket))
    },
  }

  async #polled(query: URLSearchParams, gone: AbortSignal): Promise<{ retcode: number; selector: number }> {
    const poll = this.#world.account.poll(query.get('sid') ?? '', query.get('synckey') ?? '', gone)
    this.#world.outgoing.look()
    return poll
  }

  #newLogin(uuid: string): Answer {
    const { qr, account } = this.#world
    if (uuid !== qr.uuid || qr.state !== 'confirmed') {
      return { type: 'text/xml', body: '<error><ret>1203</ret><message>login refused</message></error>' }
    }
    qr.state = 'expired'
    this.#world.freshLogin()
    const cookie = (name: string, value: string) => `${name}=${value}; Domain=wx.qq.com; Path=/; Secure`
    const { uin, sid, skey, passTicket, dataTicket } = account
    return {
      status: 301,
      type: 'text/xml',
      headers: {
        'set-cookie': [
          cookie('wxuin', uin),
          cookie('wxsid', sid),
          cookie('wxloadtime', String(Math.floor(Date.now() / 1000))),
          cookie('mm_lang', 'zh_CN'),
          cookie('webwx_data_ticket', dataTicket),
        ],
      },
      body: `<error><ret>0</ret><message></message><skey>${skey}</skey><wxsid>${sid}</wxsid><wxuin>${uin}</wxuin><pass_ticket>${passTicket}</pass_ticket><isgrayscale>1</isgrayscale></error>`,
    }
  }

  #send(
    message: z.infer<typeof Message> | undefined,
    read: (message: z.infer<typeof Message>) => SentContent | null,
  ): Answer {
    if (message === undefined) return json({}, 1)
    if (message.ToUserName === this.#world.account.ids.of(this.#world.bot)) return json({}, 1204)
    const content = read(message)
    if (content === null) return json({}, 1)
    this.#world.botSends(message.ToUserName, content)
    return json({ MsgID: randomId(), LocalID: String(message.LocalID) })
  }

  #upload(kind: 'picture' | 'file' | 'video' | 'emoticon', mediaId: string): SentContent | null {
    const upload = this.#uploads.get(mediaId)
    return upload === undefined ? null : { kind, ...upload }
  }

  #media(id: string | null): Answer {
    const media = this.#world.media.get(id ?? '')
    if (media === undefined) return { status: 404, type: 'text/plain', body: '' }
    return { type: media.type, body: media.bytes }
  }

  #avatar(userName: string | null): Answer {
    const contact = this.#world.account.ids.behind(userName ?? '')
    return { type: 'image/gif', body: avatar(contact === undefined || isGroup(contact) ? 0 : contact.avatar) }
  }
}

function randomId(): string {
  return randomBytes(12).toString('hex')
}

/** A list of contacts that are JSON text already. */
function list(countName: string, listName: string, contacts: string[], rest?: string): Answer {
  const tail = rest === undefined ? '' : `,${rest}`
  return {
    type: 'application/json',
    body: `{"BaseResponse":{"Ret":0,"ErrMsg":""},"${countName}":${contacts.length},"${listName}":[${contacts.join(',')}]${tail}}`,
  }
}
