// wechaty-puppet-wechat4u, hardened: its session, its contacts and its way of reading messages are replaced by ours.
// Imported lazily, by `load.ts` only, because wechat4u changes the process when it is loaded.
import Wechat4uClass from 'wechat4u'
import type { Puppet } from 'wechaty-puppet'
import { PuppetWechat4u } from 'wechaty-puppet-wechat4u'
import { Contacts } from './contacts.ts'
import { guardRequests } from './guard.ts'
import { RawProfile, type PuppetInside, type RawContact, type SyncData, type Wechat4u } from './internals.ts'
import type { WxId, WxProfile } from './account.ts'
import { Connection, type LineEvents } from './connection.ts'
import type { SessionFile } from './session.ts'
import { typed } from './raw-text.ts'

type Hardenable = new () => Puppet & PuppetInside

/** What the puppet tells; the rest of Wechaty's events are left to Wechaty. */
export interface PuppetEvents extends Omit<LineEvents, 'heard' | 'online'> {
  /** By how many milliseconds the server's clock is ahead, with each answer. */
  dated(ahead: number): void
  /** Whether the address book could be read. */
  addressBook(isRead: boolean, why: string): void
  online(self: { id: string; name: string }): void
  /** Everything that came in one delivery. */
  delivered(delivery: Delivery): void
}

export interface Delivery {
  /** Messages as they came, in no order, and possibly again. */
  messages: unknown[]
  /** Rooms whose whole member list came along; it is in `contacts`. */
  complete: string[]
  /** Rooms that were named without their members. */
  unread: string[]
  /** Rooms that the account lost. */
  gone: string[]
}

/** Milliseconds between signs of life for Wechaty's own watchdog, which would restart the puppet after 60 s. */
const signOfLife = 15_000
/** Pauses between tries to read the address book, milliseconds: it is long, and WeChat fails on it most. */
const firstFriendsPause = 5_000
const longestFriendsPause = 10 * 60_000

/**
 * The puppet on which the account runs. Wechaty starts it and hears scan, login and logout from it; messages go to `events`
 * as they are. Nothing it does ever logs the account out.
 */
export class HardenedPuppet extends (PuppetWechat4u as unknown as Hardenable) {
  readonly contacts = new Contacts()
  readonly #session: SessionFile
  readonly #events: PuppetEvents
  #line: Connection | undefined
  #life: NodeJS.Timeout | undefined
  #friendsTimer: NodeJS.Timeout | undefined

  constructor(session: SessionFile, events: PuppetEvents) {
    super()
    this.#session = session
    this.#events = events
  }

  /** The instance behind the puppet. @throws when the puppet was not started */
  get client(): Wechat4u {
    if (this.wechat4u === undefined) throw new Error('The puppet was not started')
    return this.wechat4u
  }

  override onStart(): Promise<void> {
    const saved = this.#session.load()
    const wechat4u = saved === null ? new Wechat4uClass() : new Wechat4uClass(saved.data)
    this.wechat4u = wechat4u
    const cut = guardRequests(wechat4u, (ahead) => this.#events.dated(ahead))
    const line = new Connection(wechat4u, this.#session, this.#lineEvents(wechat4u), cut)
    this.#line = line
    this.#life = setInterval(() => this.emit('heartbeat', { data: `quanzi: ${wechat4u.state}` }), signOfLife)
    // Not awaited: it ends with the session. What it throws is a bug and must end the process.
    void line.run(saved?.heardAt ?? null)
    return Promise.resolve()
  }

  /** Disconnects from WeChat without logging out. */
  override onStop(): Promise<void> {
    clearInterval(this.#life)
    clearTimeout(this.#friendsTimer)
    this.#line?.stop()
    return Promise.resolve()
  }

  /** Some call said that the session is over. */
  sessionEnded(why: string): void {
    this.#line?.ended(why)
  }

  /** Reads rooms again, in one request; they are then in `contacts`. @returns the ids whose list came back with members */
  async readRooms(ids: string[]): Promise<string[]> {
    const answer = await this.client.batchGetContact(ids.map((UserName) => ({ UserName })))
    return this.contacts.keep(answer ?? []).complete
  }

  /** The profiles of people, each with a room that he is in. */
  async readProfiles(people: readonly { id: WxId; room: WxId }[]): Promise<WxProfile[]> {
    const asked = people.map(({ id, room }) => ({ UserName: id, EncryChatRoomId: room }))
    const answer: unknown[] = (await this.client.batchGetContact(asked)) ?? []
    return answer.flatMap((contact): WxProfile[] => {
      const { success, data } = RawProfile.safeParse(contact)
      if (!success) return []
      const [, avatar = ''] = /[?&]seq=(\d+)/.exec(data.HeadImgUrl) ?? []
      const region = `${data.Province} ${data.City}`.trim()
      const about = { region, signature: data.Signature, remark: data.RemarkName }
      return [{ id: data.UserName, avatar: Number(avatar) === 0 ? '' : avatar, ...about }]
    })
  }

  /** The bytes of a picture. @param number WeChat's of the message as which it was delivered */
  async readPicture(number: string): Promise<Uint8Array | undefined> {
    const { data } = await this.client.getMsgImg(number)
    return data instanceof Uint8Array ? data : undefined
  }

  /** The bytes of a file. @param file as which it was delivered */
  async readFile(file: { from: string; mediaId: string; name: string }): Promise<Uint8Array | undefined> {
    const { data } = await this.client.getDoc(file.from, file.mediaId, file.name)
    return data instanceof Uint8Array ? data : undefined
  }

  #lineEvents(wechat4u: Wechat4u): LineEvents {
    const events = this.#events
    return {
      ...events,
      qrCode: (url) => {
        this.emit('scan', { qrcode: url, status: 2 })
        events.qrCode(url)
      },
      online: (list) => {
        const { UserName: id, NickName: name } = ownContact(wechat4u)
        const again = this.isLoggedIn
        if (!again) this.login(id)
        events.online({ id, name })
        if (again) return
        events.delivered({ ...this.contacts.keep(list), messages: [], gone: [] })
        this.#loadFriends(wechat4u)
      },
      heard: (data) => this.#heard(data),
      offline: (ended, why) => {
        if (ended) clearTimeout(this.#friendsTimer)
        if (ended) void this.logout(why)
        events.offline(ended, why)
      },
    }
  }

  #heard({ AddMsgList, ModContactList, DelContactList }: SyncData): void {
    const dropped = (DelContactList ?? []).flatMap(({ UserName }) => UserName ?? [])
    const gone = dropped.filter((id) => this.contacts.forget(id))
    this.#events.delivered({ ...this.contacts.keep(ModContactList ?? []), messages: AddMsgList ?? [], gone })
  }

  /** Friends and saved rooms, page by page, again and again until they come. Messages do not wait for it. */
  #loadFriends(wechat4u: Wechat4u, seq = 0, failures = 0): void {
    wechat4u.getContact(seq).then(
      ({ MemberList, Seq }) => {
        const known = new Set(this.contacts.rooms.keys())
        const { complete, unread } = this.contacts.keep(MemberList ?? [], true)
        this.#events.delivered({ complete, unread: unread.filter((id) => !known.has(id)), messages: [], gone: [] })
        if (Seq !== undefined && Seq !== 0 && Seq !== seq) this.#loadFriends(wechat4u, Seq)
        else this.#events.addressBook(true, '')
      },
      (error: unknown) => {
        this.#events.failed('contacts', error)
        this.#events.addressBook(false, error instanceof Error ? error.message : '')
        const pause = Math.min(longestFriendsPause, firstFriendsPause * 2 ** Math.min(failures, 10))
        this.#friendsTimer = setTimeout(() => this.#loadFriends(wechat4u, seq, failures + 1), pause)
      },
    )
  }

  // What Wechaty's own objects ask for: plain look-ups, no retries, no counting, no loading.

  override contactRawPayload(id: string): Promise<RawContact> {
    const found = id === this.wechat4u?.user.UserName ? ownContact(this.client) : this.contacts.rawPerson(id)
    return found === undefined ? Promise.reject(new Error('unknown contact')) : Promise.resolve(found)
  }

  override roomRawPayload(id: string): Promise<RawContact> {
    const found = this.contacts.rawRoom(id)
    return found === undefined ? Promise.reject(new Error('unknown room')) : Promise.resolve(found)
  }

  override contactList(): Promise<string[]> {
    return Promise.resolve([...this.contacts.friends.keys()])
  }

  override roomList(): Promise<string[]> {
    return Promise.resolve([...this.contacts.rooms.keys()])
  }
}

function ownContact({ user: { UserName, NickName } }: Wechat4u): RawContact {
  return { UserName, NickName: typed(NickName), VerifyFlag: 0, ContactFlag: 0, MemberCount: 0, MemberList: [] }
}
