// Builds what a chat partner sends in the form in which webwxsync delivers it.
// Shapes: wechat4u's test/response and the parsers of wechaty-puppet-wechat4u.
import type { Ids } from './ids.ts'
import type { Person } from './people.ts'
import { escape, wireName, wireText } from './raw-text.ts'

/** A message on the wire. Every field may be overridden by the caller, to make duplicates, history or nonsense. */
export interface WireMessage {
  MsgId: string
  FromUserName: string
  ToUserName: string
  MsgType: number
  Content: string
  /** Seconds since 1970. */
  CreateTime: number
  [field: string]: unknown
}

/** Any fields of a message to be set as they are, unescaped. */
export type RawFields = Partial<WireMessage>

/** Picture, file, voice or video of a message, to be fetched by its id. */
export interface Media {
  name: string
  bytes: Uint8Array
  type: string
}

/** What kind of message it is, before sender and receiver are known. `Content` is without the "sender:" of groups. */
export type Body = Pick<WireMessage, 'MsgType' | 'Content'> & RawFields

/** The fields that every message has, with the values of one that has nothing special. */
export const emptyMessage = {
  Status: 3,
  ImgStatus: 1,
  VoiceLength: 0,
  PlayLength: 0,
  FileName: '',
  FileSize: '',
  MediaId: '',
  Url: '',
  AppMsgType: 0,
  StatusNotifyCode: 0,
  StatusNotifyUserName: '',
  RecommendInfo: {
    UserName: '',
    NickName: '',
    QQNum: 0,
    Province: '',
    City: '',
    Content: '',
    Signature: '',
    Alias: '',
    Scene: 0,
    VerifyFlag: 0,
    AttrStatus: 0,
    Sex: 0,
    Ticket: '',
    OpCode: 0,
  },
  ForwardFlag: 0,
  AppInfo: { AppID: '', Type: 0 },
  HasProductId: 0,
  Ticket: '',
  ImgHeight: 0,
  ImgWidth: 0,
  SubMsgType: 0,
  OriContent: '',
} as const

export function textBody(text: string): Body {
  return { MsgType: 1, Content: wireText(text) }
}

/** A line that WeChat itself writes into the chat. Names in it are in wire form already. */
export function systemBody(line: string): Body {
  return { MsgType: 10000, Content: line }
}

export function pictureBody(media: Media): Body {
  const length = media.bytes.length
  return {
    MsgType: 3,
    Content: wireText(`<?xml version="1.0"?>\n<msg>\n\t<img length="${length}" hdlength="0" />\n</msg>\n`),
    ImgStatus: 2,
    ImgWidth: 120,
    ImgHeight: 120,
  }
}

export function videoBody(media: Media, seconds: number): Body {
  const xml = `<?xml version="1.0"?>\n<msg>\n\t<videomsg length="${media.bytes.length}" playlength="${seconds}" />\n</msg>\n`
  return { MsgType: 43, Content: wireText(xml), PlayLength: seconds }
}

function app(type: number, title: string, inner: string): Body {
  const xml = `<?xml version="1.0"?>\n<msg>\n\t<appmsg appid="" sdkver="0">\n\t\t<title>${escape(title)}</title>\n\t\t<type>${type}</type>\n${inner}\n\t</appmsg>\n</msg>\n`
  return { MsgType: 49, AppMsgType: type, FileName: title, Content: wireText(xml) }
}

export function fileBody(media: Media, mediaId: string): Body {
  const extension = /\.([^.]+)$/.exec(media.name)?.[1] ?? ''
  const attached = `<totallen>${media.bytes.length}</totallen><attachid>${mediaId}</attachid><fileext>${escape(extension)}</fileext>`
  return {
    ...app(6, media.name, `\t\t<appattach>${attached}</appattach>`),
    MediaId: mediaId,
    FileSize: String(media.bytes.length),
  }
}

export function linkBody(link: { title: string; url: string; description?: string }): Body {
  const inner = `\t\t<des>${escape(link.description ?? '')}</des>\n\t\t<url>${escape(link.url)}</url>\n\t\t<thumburl></thumburl>`
  return { ...app(5, link.title, inner), Url: link.url }
}

/** What a reply quotes: who said it (his id and the name the others see), where (the group's id, his own when direct), and what. */
interface Quoted {
  id: string
  room: string
  name: string
  text: string
}

/** A reply that quotes: today's phones send an app message, old ones plain text with a line of dashes. */
export function quoteBody(reply: string, { id, room, name, text }: Quoted, form: 'app' | 'text'): Body {
  if (form === 'text') return textBody(`「${name}：${text}」\n- - - - - - - - - - - - - - -\n${reply}`)
  const refer = [
    '<type>1</type><svrid>0</svrid>',
    `<fromusr>${room}</fromusr><chatusr>${id}</chatusr>`,
    `<displayname>${escape(name)}</displayname><content>${escape(text)}</content>`,
  ].join('')
  return app(57, reply, `\t\t<refermsg>${refer}</refermsg>`)
}

export function cardBody(card: Person, ids: Ids): Body {
  const id = ids.of(card)
  const xml = `<?xml version="1.0"?>\n<msg username="${id}" nickname="${escape(card.nickname)}" province="${escape(card.province)}" city="${escape(card.city)}" sex="${card.sex}" />\n`
  return {
    MsgType: 42,
    Content: wireText(xml),
    RecommendInfo: {
      ...emptyMessage.RecommendInfo,
      UserName: id,
      NickName: wireName(card.nickname),
      Province: card.province,
      City: card.city,
      Sex: card.sex,
    },
  }
}

/** Somebody asks to become a friend: comes from "fmessage", answered through webwxverifyuser with the ticket. */
export function friendRequestBody(person: Person, hello: string, ticket: string, ids: Ids): Body {
  const id = ids.of(person)
  const xml = `<msg fromusername="${id}" encryptusername="v1_${id.slice(1)}@stranger" fromnickname="${escape(person.nickname)}" content="${escape(hello)}" scene="30" country="CN" province="${escape(person.province)}" city="${escape(person.city)}" sex="${person.sex}" ticket="${ticket}" />`
  return {
    MsgType: 37,
    Content: wireText(xml),
    Ticket: ticket,
    RecommendInfo: {
      ...emptyMessage.RecommendInfo,
      UserName: id,
      NickName: wireName(person.nickname),
      Content: hello,
      Province: person.province,
      City: person.city,
      Scene: 30,
      AttrStatus: person.attrStatus,
      Sex: person.sex,
      Ticket: ticket,
      OpCode: 2,
    },
  }
}
