// The port to WeChat: what an account tells (in WeChat's own ids) and what it can be told to do. Nothing outside `wechat/` sees more.
import type { Kind, Quote } from '../core/types/event.ts'

/** WeChat's id of a person (`@…`) or a room (`@@…`). Valid for one login only. */
export type WxId = string

/** One person as a member list shows him. Names are raw (emoji spans and all). */
export interface WxMember {
  id: WxId
  name: string
  /** The nickname in this group, '' when none is set. */
  nick: string
  /** Tencent's bit field about the person, which survives a login; 0 when unknown. */
  attrStatus: number
  /** The first letters of his WeChat id, where the list shows them. */
  keyWord?: string
}

/** What WeChat shows of a person beside the lists, each '' where it shows none. */
export interface WxProfile {
  id: WxId
  /** The version of the picture, which survives a login. */
  avatar: string
  region: string
  signature: string
  /** What the account's owner calls him. */
  remark: string
}

/** A room's member list, complete, in the order in which WeChat gives it: that of joining. */
export interface WxRoom {
  id: WxId
  topic: string
  members: WxMember[]
}

/** A message, whole and once, in the order of its room. */
export interface WxMessage {
  type: 'message'
  /** See `messageId`. */
  id: string
  /** The server's time, milliseconds. */
  at: number
  room: WxId | null
  from: WxId
  /** The speaker's name as far as known, for a person that no member list has shown. */
  fromName: string
  kind: Kind
  text: string
  quote: Quote | null
  /** What a shared card says below its title, or the lines of a chat record. */
  description?: string
  /** The address behind a shared card. */
  link?: string
  addressed: boolean
}

export type Incoming =
  | WxMessage
  /** The account's owner said something in a room, on the phone. */
  | { type: 'own'; at: number; room: WxId; kind: Kind; text: string }
  /** On line. `self` is the account's own id, which tells a restored session from a fresh login. */
  | { type: 'online'; at: number; self: WxId; selfName: string }
  /** A member list was read (at login, after a system line, after a kick, by the timer); compare it with the one before. `invitedBy`: the inviter's name from the system line. */
  | { type: 'room'; at: number; room: WxRoom; invitedBy: string | null }
  /** Profiles that were asked for came. */
  | { type: 'profiles'; at: number; profiles: WxProfile[] }
  /** A room is gone from the account (removed, dissolved). */
  | { type: 'roomGone'; at: number; room: WxId }
  /** Somebody patted the account (拍一拍); the line gives a name, which proves nobody. */
  | { type: 'patted'; at: number; room: WxId }
  | { type: 'friendAsked'; at: number; from: WxId; fromName: string; hello: string }
  /** Not on line any more; nothing can be sent. `ended`: a new scan will be needed. */
  | { type: 'offline'; at: number; ended: boolean; why: string }
  /** No messages flowed between these times; what was said then may be lost. */
  | { type: 'gap'; from: number; until: number }

/** What the account cannot see or do for the time being: all member lists, the address book, one room's list, anything before a scan; or that the clocks differ. */
export type AccountState = 'lists' | 'addressBook' | 'clock' | 'roomUnread' | 'loggedOut'

/** What the account tells of itself, for the operator; nobody said or did anything. */
export type AccountNews =
  /** A state began (or its detail changed), or is over. `room`: the one it is about. */
  | { type: 'state'; at: number; state: AccountState; on: boolean; room: WxId | null; detail: string }
  /** Somebody wants to bring people in, which the owner has to confirm on the phone; or the room has a new owner. `name`: ''  for the account itself. */
  | { type: 'roomNews'; at: number; room: WxId; about: 'inviteWaits' | 'owner'; name: string; count: number }

/** How an order to WeChat ended. `tooFast`: WeChat said 1205; `offline`: nothing was sent; `unknown`: it may or may not have been done. */
export type WxResult =
  { ok: true } | { ok: false; why: 'tooFast' | 'offline' | 'refused' | 'unsupported' | 'unknown'; detail: string }

/** One logged-in account, whatever puppet it runs on. Every order ends within its time limit and never throws. */
export interface Account {
  /** Starts, logs in, and tells everything that comes in, one call at a time, until `stop`. */
  start(listener: (incoming: Incoming | AccountNews) => void): Promise<void>
  sendText(to: WxId, text: string): Promise<WxResult>
  /** @param path absolute path of a file that exists. */
  sendFile(to: WxId, path: string): Promise<WxResult>
  kick(room: WxId, member: WxId): Promise<WxResult>
  /** Sends a picture on that came as the message `id`. */
  forwardPicture(to: WxId, id: string): Promise<WxResult>
  /** The bytes of a picture (also one sent as a file) that came as the message `id`, while it is fresh; undefined when they cannot be had. Never rejects. */
  readPicture(id: string): Promise<Uint8Array | undefined>
  /** Reads the member list again; it arrives as a `room` incoming before this resolves. */
  refreshRoom(room: WxId): Promise<WxResult>
  /** Reads profiles of people, each with a room that he is in, in one request; undefined when WeChat does not give them. Never rejects. */
  readProfiles?(people: readonly { id: WxId; room: WxId }[]): Promise<WxProfile[] | undefined>
  /** Stops listening and sending. The session stays valid at WeChat's. */
  stop(): Promise<void>
}
