// The account on the real Wechaty with the hardened wechat4u puppet: raw deliveries in, `Incoming` out.
import { FileBox } from 'file-box'
import { LRUCache } from 'lru-cache'
import type { WechatyInterface } from 'wechaty/impls'
import { messageNumber } from '../core/types/ids.ts'
import type { Log } from '../log.ts'
import type { Account, AccountNews, AccountState, Incoming, WxId, WxProfile, WxResult, WxRoom } from './account.ts'
import { isClientMade } from './client-lines.ts'
import { ServerClock } from './server-clock.ts'
import type { Console } from './console.ts'
import { CallFailed } from './guard.ts'
import { contentOf, idOf, isPictureFile, readMessage, sentAt, sortMessage, type Sorted } from './decoder.ts'
import { RawMessage } from './internals.ts'
import type { Loaded } from './load.ts'
import { notOnline, order } from './calls.ts'
import type { Delivery, HardenedPuppet } from './puppet.ts'
import { RoomReader } from './rooms.ts'
import { isHistory, Seen } from './duplicates.ts'
import type { SessionFile } from './session.ts'
import { readSystemLine } from './system-line.ts'
import { typed } from './raw-text.ts'

const seconds = 1000
const textLimit = 30 * seconds
const fileLimit = 180 * seconds

/** Messages of one room that wait for its list at most; of more the oldest go. */
const heldAtMost = 300

interface Held {
  raw: RawMessage
  said: Extract<Sorted, { what: 'said' }>
}

export class WebAccount implements Account {
  readonly #now: () => number
  readonly #log: Log
  readonly #console: Console
  readonly #puppet: HardenedPuppet
  readonly #bot: WechatyInterface
  readonly #rooms: RoomReader
  #listener: ((incoming: Incoming | AccountNews) => void) | undefined
  #self: { id: WxId; name: string } = { id: '', name: '' }
  #online = false
  readonly #seen = new Seen()
  readonly #clock = new ServerClock((detail) => this.#state('clock', detail !== null, detail ?? ''))
  readonly #failing = new Map<string, number>()
  /** Messages whose room or speaker no member list has shown yet. */
  readonly #held = new Map<WxId, readonly Held[]>()
  /** Pictures that were sent as files, by message: how they are fetched. */
  readonly #pictureFiles = new LRUCache<string, { from: string; mediaId: string; name: string }>({ max: 200 })

  constructor({ wechaty, puppet }: Loaded, session: SessionFile, log: Log, console: Console, now = () => Date.now()) {
    this.#now = now
    this.#log = log
    this.#console = console
    this.#puppet = new puppet.HardenedPuppet(session, {
      qrCode: (url) => {
        console.scan(url)
        this.#state('loggedOut', true, 'scan')
      },
      scanned: () => console.scanned(),
      waiting: (why, ms) => {
        log.warn({ why, waitMs: ms }, 'waiting for WeChat')
        console.waiting(why, ms)
      },
      loginRefused: () => console.refused(),
      online: (self) => this.#cameOnline(self),
      offline: (ended, why) => this.#wentOffline(ended, why),
      dated: (ahead) => this.#clock.shown(ahead),
      addressBook: (isRead, why) => this.#addressBook(isRead, why),
      gap: (from, until) => this.#say({ type: 'gap', from, until }),
      delivered: (delivery) => this.#delivered(delivery),
      failed: (what, error) => this.#failed(what, error),
    })
    this.#bot = wechaty.WechatyBuilder.build({ puppet: this.#puppet })
    this.#bot.on('error', (error) => log.warn({ err: error }, 'Wechaty'))
    this.#rooms = new RoomReader(
      this.#puppet.contacts,
      {
        room: (room, invitedBy) => this.#roomRead(room, invitedBy),
        gone: (room) => this.#say({ type: 'roomGone', at: this.#now(), room }),
        failed: (what, error) => this.#failed(what, error),
        readable: (can, why) => this.#state('lists', !can, why),
        unread: (room, is) => this.#state('roomUnread', is, '', room),
      },
      (ids) => this.#puppet.readRooms(ids),
    )
  }

  async start(listener: (incoming: Incoming | AccountNews) => void): Promise<void> {
    this.#listener = listener
    await this.#bot.start()
  }

  async stop(): Promise<void> {
    this.#listener = undefined
    this.#online = false
    this.#rooms.stop()
    await this.#bot.stop()
  }

  sendText(to: WxId, text: string): Promise<WxResult> {
    return this.#order(() => this.#puppet.messageSendText(to, text), textLimit)
  }

  sendFile(to: WxId, path: string): Promise<WxResult> {
    return this.#order(() => this.#puppet.messageSendFile(to, FileBox.fromFile(path)), fileLimit)
  }

  async kick(room: WxId, member: WxId): Promise<WxResult> {
    const result = await this.#order(() => this.#puppet.roomDel(room, member), textLimit)
    if (this.#online) this.#rooms.changed(room, null)
    return result
  }

  forwardPicture(to: WxId, id: string): Promise<WxResult> {
    return this.#order(async () => {
      const bytes = await this.#pictureOf(id)
      if (bytes === undefined) throw new CallFailed('webwxgetmsgimg', 'ret')
      await this.#puppet.messageSendFile(to, FileBox.fromBuffer(Buffer.from(bytes), pictureName(bytes)))
    }, fileLimit)
  }

  async readPicture(id: string): Promise<Uint8Array | undefined> {
    let bytes: Uint8Array | undefined
    await this.#order(async () => {
      bytes = await this.#pictureOf(id)
    }, textLimit)
    return bytes
  }

  #pictureOf(id: string): Promise<Uint8Array | undefined> {
    const file = this.#pictureFiles.get(id)
    return file ? this.#puppet.readFile(file) : this.#puppet.readPicture(messageNumber(id))
  }

  async refreshRoom(room: WxId): Promise<WxResult> {
    let complete: WxId[] = []
    const result = await this.#order(async () => {
      complete = await this.#puppet.readRooms([room])
    }, textLimit)
    if (!result.ok) return result
    this.#rooms.took([room], complete)
    return complete.includes(room) ? result : { ok: false, why: 'refused', detail: 'no member list' }
  }

  async readProfiles(people: readonly { id: WxId; room: WxId }[]): Promise<WxProfile[] | undefined> {
    let profiles: WxProfile[] | undefined
    await this.#order(async () => {
      profiles = await this.#puppet.readProfiles(people)
    }, textLimit)
    return profiles
  }

  #order(act: () => Promise<unknown>, limit: number): Promise<WxResult> {
    if (!this.#online) return Promise.resolve(notOnline)
    return order(async () => {
      try {
        await act()
      } catch (error) {
        if (error instanceof CallFailed && error.ended) this.#puppet.sessionEnded(`WeChat ${error.ret}`)
        throw error
      }
    }, limit)
  }

  #say(incoming: Incoming | AccountNews): void {
    this.#listener?.(incoming)
  }

  #state(state: AccountState, on: boolean, detail: string, room: WxId | null = null): void {
    this.#log.warn({ status: state, detail: on ? detail : 'over' }, 'a state of the account')
    this.#say({ type: 'state', at: this.#now(), state, on, room, detail })
  }

  #bookFailures = 0
  #addressBook(isRead: boolean, why: string): void {
    if (isRead && this.#bookFailures > 1) this.#state('addressBook', false, '')
    this.#bookFailures = isRead ? 0 : this.#bookFailures + 1
    if (this.#bookFailures === 2) this.#state('addressBook', true, why)
  }

  #cameOnline(self: { id: WxId; name: string }): void {
    const again = this.#self.id !== ''
    this.#self = self
    this.#online = true
    this.#rooms.online = true
    if (!again) {
      this.#console.online(self.name)
      this.#rooms.start(self.id)
    }
    this.#log.info('on line')
    this.#say({ type: 'online', at: this.#now(), self: self.id, selfName: self.name })
  }

  #wentOffline(ended: boolean, why: string): void {
    this.#online = false
    this.#rooms.online = false
    if (ended) this.#rooms.stop()
    this.#log.warn({ ended, why }, 'off line')
    this.#console.offline(ended)
    this.#say({ type: 'offline', at: this.#now(), ended, why })
  }

  #failed(what: string, error: unknown): void {
    if (error instanceof CallFailed && error.ended) this.#puppet.sessionEnded(`WeChat ${error.ret}`)
    // What goes on failing is logged at the 1st, 2nd, 4th, 8th … time.
    const count = (this.#failing.get(what) ?? 0) + 1
    this.#failing.set(what, count)
    if (Math.log2(count) % 1 === 0) this.#log.warn({ event: what, count, err: error }, 'a call to WeChat failed')
  }

  #delivered({ messages, complete, unread, gone }: Delivery): void {
    const fresh = messages.flatMap((received) => this.#taken(received) ?? [])
    const sorted = fresh.sort((a, b) => a.CreateTime - b.CreateTime)
    const all = sorted.map((raw) => ({ raw, sorted: sortMessage(raw, this.#self.id) }))
    // Grey lines first: they say who brought those who are new in the lists of the same delivery.
    for (const { sorted } of all) if (sorted.what === 'system') this.#systemLine(sorted.room, sorted.line)
    for (const id of gone) this.#rooms.lost(id)
    this.#rooms.arrived(complete)
    if (unread.length > 0) this.#rooms.want(unread)
    for (const { raw, sorted } of all) this.#message(raw, sorted)
  }

  /** @returns the message when it is one and was not there before */
  #taken(received: unknown): RawMessage | undefined {
    const { success, data: raw } = RawMessage.safeParse(received)
    if (!success) {
      this.#log.warn('WeChat sent a message that cannot be read')
      return undefined
    }
    return this.#seen.isNew(idOf(raw)) ? raw : undefined
  }

  #systemLine(room: WxId, line: string): void {
    const { about, invitedBy, name = '', count = 1 } = readSystemLine(line)
    if (about === 'removed') this.#rooms.lost(room)
    else this.#rooms.heard(room)
    if (about === 'owner' || about === 'inviteWaits')
      this.#say({ type: 'roomNews', at: this.#now(), room, about, name, count })
    if (about === 'patted') this.#say({ type: 'patted', at: this.#now(), room })
    if (about === 'members') this.#rooms.changed(room, invitedBy)
  }

  #message(raw: RawMessage, sorted: Sorted): void {
    if (sorted.what === 'recent') this.#rooms.want(sorted.rooms.filter((id) => !this.#rooms.knows(id)))
    if (sorted.what === 'friendAsked') this.#friendAsked(raw)
    if (sorted.what === 'own') this.#own(raw, sorted)
    if (sorted.what !== 'said') return
    const { room, from } = sorted
    if (room !== null) this.#rooms.heard(room)
    const age = this.#now() - this.#saidAt(raw)
    if (isHistory(age)) {
      this.#log.info({ ms: age }, 'a message came too late')
      return
    }
    if (isPictureFile(raw))
      this.#pictureFiles.set(idOf(raw), { from: raw.FromUserName, mediaId: raw.MediaId, name: raw.FileName })
    if (room === null) return this.#direct(raw, sorted)
    if (this.#rooms.knows(room) && this.#puppet.contacts.member(room, from)) return this.#said(raw, sorted)
    const held = { raw, said: sorted }
    this.#hold(room, [...this.#heldIn(room).slice(-heldAtMost), held])
    this.#rooms.expect(room, {
      shown: () => !this.#heldIn(room).includes(held),
      giveUp: () => this.#drop(room, held),
    })
  }

  /** When something was said, by this machine's clock. */
  #saidAt(raw: RawMessage): number {
    return sentAt(raw) - this.#clock.ahead
  }

  #own(raw: RawMessage, { room, content }: Extract<Sorted, { what: 'own' }>): void {
    const at = this.#saidAt(raw)
    if (isHistory(this.#now() - at) || !this.#rooms.knows(room)) return
    const { kind, text } = contentOf(raw, content)
    this.#say({ type: 'own', at, room, kind, text })
  }

  #direct(raw: RawMessage, said: Held['said']): void {
    const friend = this.#puppet.contacts.friends.get(said.from)
    if (friend?.official === true) return
    const message = readMessage(raw, said, friend?.name ?? '', [this.#self.name])
    if (message.kind === 'text' && isClientMade(message.text, message.fromName)) return
    this.#say({ ...message, at: this.#saidAt(raw) })
  }

  #said(raw: RawMessage, said: Held['said']): void {
    const { contacts } = this.#puppet
    const room = said.room ?? ''
    const speaker = contacts.member(room, said.from)
    const called = [contacts.member(room, this.#self.id)?.nick ?? '', this.#self.name]
    this.#say({ ...readMessage(raw, said, speaker?.nick || speaker?.name || '', called), at: this.#saidAt(raw) })
  }

  #friendAsked(raw: RawMessage): void {
    const { UserName: from, NickName: fromName, Content } = raw.RecommendInfo
    this.#say({ type: 'friendAsked', at: this.#saidAt(raw), from, fromName, hello: typed(Content) })
  }

  #roomRead(room: WxRoom, invitedBy: string | null): void {
    this.#say({ type: 'room', at: this.#now(), room, invitedBy })
    const held = this.#heldIn(room.id)
    if (held.length === 0) return
    const members = new Set(room.members.map((member) => member.id))
    const known = held.filter(({ said }) => members.has(said.from))
    this.#hold(
      room.id,
      held.filter((message) => !known.includes(message)),
    )
    for (const { raw, said } of known.sort((a, b) => a.raw.CreateTime - b.raw.CreateTime)) this.#said(raw, said)
  }

  /** Speakers who are not in the list by now are no members: WeChat itself, or somebody who was removed. */
  #drop(room: WxId, dropped: Held): void {
    this.#hold(
      room,
      this.#heldIn(room).filter((held) => held !== dropped),
    )
    this.#log.warn('a message of somebody who is no member was dropped')
  }

  #heldIn(room: WxId): readonly Held[] {
    return this.#held.get(room) ?? []
  }

  #hold(room: WxId, held: readonly Held[]): void {
    if (held.length > 0) this.#held.set(room, held)
    else this.#held.delete(room)
  }
}

/** A name with the ending that the bytes call for: WeChat shows a file of another ending as a file. */
function pictureName(bytes: Uint8Array): string {
  const [first] = bytes
  return first === 0x89 ? 'picture.png' : first === 0x47 ? 'picture.gif' : 'picture.jpg'
}
