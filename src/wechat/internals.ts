// The private insides of wechat4u and its puppet that we lean on, as types. The versions are pinned exactly;
// `test/wechat/contract.test.ts` holds each name against the installed packages.
import { z } from 'zod'
import { typed } from './raw-text.ts'

/** A name, as people typed it. */
const Name = z.string().transform(typed).catch('')

/** A message as webwxsync sends it. */
export const RawMessage = z.object({
  MsgId: z.coerce.string().min(1),
  MsgType: z.coerce.number(),
  FromUserName: z.string(),
  /** A room only in what the account's owner types on the phone. */
  ToUserName: z.string().catch(''),
  Content: z.string().catch(''),
  /** Seconds since 1970. */
  CreateTime: z.coerce.number(),
  AppMsgType: z.coerce.number().catch(0),
  SubMsgType: z.coerce.number().catch(0),
  /** A file's name, or the title of a link. */
  FileName: z.string().catch(''),
  /** By which a file is fetched. */
  MediaId: z.string().catch(''),
  StatusNotifyUserName: z.string().catch(''),
  RecommendInfo: z
    .object({
      UserName: z.string().catch(''),
      NickName: Name,
      Content: z.string().catch(''),
    })
    .catch({ UserName: '', NickName: '', Content: '' }),
})
export type RawMessage = z.infer<typeof RawMessage>

/** WeChat's `MsgType` and, for `app`, `AppMsgType` (wechat4u's `src/util/conf.js`, the puppet's `message-appmsg.ts`). */
export const msgType = {
  text: 1,
  picture: 3,
  voice: 34,
  verify: 37,
  card: 42,
  video: 43,
  sticker: 47,
  location: 48,
  app: 49,
  statusNotify: 51,
  microVideo: 62,
  system: 10000,
  recalled: 10002,
} as const
export const appType = {
  ...({ audio: 3, video: 4, url: 5, file: 6, emoji: 8, record: 19, note: 24, mini: 33, miniApp: 36 } as const),
  /** A post of a channel (视频号), one of its live shows, and WeChat's own 接龙. */
  ...({ channel: 51, signUpList: 53, quote: 57, channelLive: 63 } as const),
} as const

/** A contact or a room, not yet looked at. */
export const RawContact = z.object({
  UserName: z.string().min(1),
  NickName: Name,
  VerifyFlag: z.number().catch(0),
  ContactFlag: z.number().catch(0),
  MemberCount: z.number().catch(0),
  MemberList: z
    .array(
      z.object({
        UserName: z.string(),
        NickName: Name,
        DisplayName: Name,
        AttrStatus: z.number().catch(0),
        KeyWord: z.string().catch(''),
      }),
    )
    .catch([]),
})
export type RawContact = z.infer<typeof RawContact>

/** A person as WeChat shows him when he is asked for alone. */
export const RawProfile = z.object({
  UserName: z.string().min(1),
  HeadImgUrl: z.string().catch(''),
  Province: z.string().catch(''),
  City: z.string().catch(''),
  Signature: z.string().catch(''),
  RemarkName: z.string().catch(''),
})

/** What a call of axios looks like from inside wechat4u. */
export interface RequestOptions {
  url: string
  [option: string]: unknown
}
export interface RawAnswer {
  status: number
  data: unknown
  headers: Record<string, unknown>
}

/** What must be kept to go on with a session: secrets, all of it. */
export interface BotData {
  PROP: Record<string, unknown>
  CONF: Record<string, unknown>
  COOKIE: Record<string, unknown>
  user: Record<string, unknown>
}

/** An instance of wechat4u, as far as it is used. Each call rejects with `CallFailed` once `guardRequests` has been there. */
export interface Wechat4u {
  request(options: RequestOptions): Promise<RawAnswer>
  PROP: { uin: string; sid: string; skey: string }
  CONF: { STATE: { init: string; uuid: string; login: string; logout: string } }
  user: { UserName: string; NickName: string }
  readonly botData: BotData
  state: string
  getUUID(): Promise<string>
  checkLogin(): Promise<{ code: number; userAvatar?: string }>
  login(): Promise<unknown>
  init(): Promise<{ ContactList?: unknown[] }>
  notifyMobile(): Promise<unknown>
  getContact(seq: number): Promise<{ MemberList?: unknown[]; Seq?: number }>
  batchGetContact(list: { UserName: string; EncryChatRoomId?: string }[]): Promise<unknown[] | undefined>
  syncCheck(): Promise<string | number>
  sync(): Promise<SyncData>
  getMsgImg(id: string): Promise<{ data: unknown }>
  getDoc(from: string, mediaId: string, name: string): Promise<{ data: unknown }>
  updateChatroom(room: string, members: string[], fun: string): Promise<unknown>
}

export interface SyncData {
  AddMsgList?: unknown[]
  ModContactList?: unknown[]
  DelContactList?: { UserName?: string }[]
}

/** The private members of `PuppetWechat4u` that the hardened puppet replaces or reads. */
export interface PuppetInside {
  wechat4u: Wechat4u | undefined
}
