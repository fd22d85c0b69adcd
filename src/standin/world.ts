// The world of the local WeChat: who there is, who sits in which group, and what happens, told by calls.
import { randomBytes } from 'node:crypto'
import { Account } from './account.ts'
import { groupContact, keepStale, personContact } from './contacts.ts'
import { Faults, type Endpoint, type Fault } from './faults.ts'
import {
  type Body,
  cardBody,
  emptyMessage,
  fileBody,
  friendRequestBody,
  linkBody,
  type Media,
  pictureBody,
  quoteBody,
  type RawFields,
  systemBody,
  textBody,
  videoBody,
  type WireMessage,
} from './messages.ts'
import { type Group, isGroup, type Person } from './people.ts'
import { type Entry, Population } from './population.ts'
import { QrCode } from './qrcode.ts'
import { Outgoing, type Sent, type SentContent } from './sent.ts'
import { wireName } from './raw-text.ts'

/** How long `sent`, `online` and `until` wait unless told: long, because a loaded machine needs 15 s to start Wechaty. Real milliseconds. */
const patienceMs = 300_000

/** One account's WeChat: people and groups are called by handles, which are also their names unless told otherwise. */
export class World extends Population {
  readonly account = new Account()
  readonly qr: QrCode
  readonly faults = new Faults()
  /** Number of requests so far by endpoint. */
  readonly requests: Partial<Record<Endpoint, number>> = {}
  /** What a kick by the bot leads to where it owns the group (elsewhere it is always refused). `lies`: yes, and nothing happens. */
  kick: 'works' | 'refused' | 'lies' = 'works'
  readonly outgoing = new Outgoing()
  /** Pictures, files and the like, by message id and by media id. */
  readonly media = new Map<string, Media>()
  readonly #now: () => number
  readonly #tickets = new Map<string, Person>()
  #held: WireMessage[] | null = null
  // 19 digits like the real ones, and never again the ids of an earlier world, which a bot may remember.
  #lastMessageId = BigInt(Date.now()) * 1_000_000n

  /**
   * @param bot the name of the bot's own account
   * @param login who scans the QR code: `auto` at once by itself, `manual` by calls to {@link qr}
   * @param now the time that messages carry
   */
  constructor({
    bot = '圈子助手',
    login = 'auto',
    now = Date.now,
  }: { bot?: string; login?: 'auto' | 'manual'; now?: () => number } = {}) {
    super(bot)
    this.#now = now
    this.qr = new QrCode(login, () => this.outgoing.look())
  }

  /** Today's id of a person or group at WeChat. */
  id(handle: string): string {
    return this.account.ids.of(this.groups.get(handle) ?? this.who(handle))
  }

  // What is said and sent. `group` is null for a direct message to the bot.

  /** Somebody writes. `raw` sets any field of the message as it is. Returns the message, to be sent {@link again}. */
  says(who: string, group: string | null, text: string, raw: RawFields = {}): WireMessage {
    return this.sends(who, group, { ...textBody(text), ...raw })
  }

  /**
   * Somebody sends a message of any kind, its body as it goes over the wire. When it is the bot, its owner typed on his phone; a
   * direct message then goes to himself.
   */
  sends(who: string, group: string | null, body: Body): WireMessage {
    const sender = this.account.ids.of(this.who(who))
    const room = group === null ? null : this.groupOf(group)
    const roomId = room === null ? sender : this.account.ids.of(room)
    if (this.who(who) === this.bot) return this.#deliver(sender, { ToUserName: roomId, ...body })
    if (room === null) return this.#deliver(sender, body)
    return this.#deliver(roomId, { ...body, Content: `${sender}:<br/>${body.Content}` }, room.members.has(this.bot))
  }

  sendsPicture(who: string, group: string | null, bytes: Uint8Array): WireMessage {
    const media = { name: 'picture.jpg', bytes, type: 'image/jpeg' }
    return this.#withMedia(this.sends(who, group, pictureBody(media)), media)
  }

  sendsVideo(who: string, group: string | null, bytes: Uint8Array, seconds = 5): WireMessage {
    const media = { name: 'video.mp4', bytes, type: 'video/mp4' }
    return this.#withMedia(this.sends(who, group, videoBody(media, seconds)), media)
  }

  sendsFile(who: string, group: string | null, name: string, bytes: Uint8Array): WireMessage {
    const media = { name, bytes, type: 'application/octet-stream' }
    const mediaId = `@crypt_${randomBytes(16).toString('hex')}`
    this.media.set(mediaId, media)
    return this.sends(who, group, fileBody(media, mediaId))
  }

  #withMedia(message: WireMessage, media: Media): WireMessage {
    this.media.set(message.MsgId, media)
    return message
  }

  sendsLink(
    who: string,
    group: string | null,
    link: { title: string; url: string; description?: string },
  ): WireMessage {
    return this.sends(who, group, linkBody(link))
  }

  /** Somebody passes on the business card of `card`, a handle. */
  sendsCard(who: string, group: string | null, card: string): WireMessage {
    return this.sends(who, group, cardBody(this.who(card), this.account.ids))
  }

  /** Somebody answers with a quote. `form`: as today's phones send it (`app`) or as old ones did (`text`). */
  quotes(
    who: string,
    group: string | null,
    reply: string,
    quoted: { by: string; text: string },
    form: 'app' | 'text' = 'app',
  ): WireMessage {
    const by = this.who(quoted.by)
    const id = this.account.ids.of(by)
    const room = group === null ? undefined : this.groupOf(group)
    const name = room?.members.get(by) || by.nickname
    const where = room === undefined ? id : this.account.ids.of(room)
    return this.sends(who, group, quoteBody(reply, { id, room: where, name, text: quoted.text }, form))
  }

  /** Somebody asks the bot to be his friend. New people are made. */
  friendRequest(who: string, hello: string): WireMessage {
    const person = this.person(who)
    const ticket = `v2_${randomBytes(24).toString('hex')}@stranger`
    this.#tickets.set(ticket, person)
    return this.#deliver('fmessage', friendRequestBody(person, hello, ticket, this.account.ids))
  }

  /** A grey line that WeChat writes into the chat; names in it as {@link wireName} gives them. */
  systemLine(group: string, line: string): WireMessage {
    const room = this.groupOf(group)
    return this.#deliver(this.account.ids.of(room), systemBody(line), room.members.has(this.bot))
  }

  /** Delivers a message once more, unchanged unless `raw` says so. */
  again(message: WireMessage, raw: RawFields = {}): WireMessage {
    const copy = { ...message, ...raw }
    this.#post(copy)
    return copy
  }

  /** From now on messages pile up on their way. */
  hold(): void {
    this.#held ??= []
  }

  /** Delivers what piled up, in the order that `order` makes of it. */
  release(order: (held: WireMessage[]) => WireMessage[] = (held) => held): void {
    const held = this.#held ?? []
    this.#held = null
    for (const message of order(held)) this.#post(message)
  }

  /** @param heard false when the bot is not there to hear it */
  #deliver(from: string, body: Body, heard = true): WireMessage {
    const MsgId = String(++this.#lastMessageId)
    const message: WireMessage = {
      MsgId,
      FromUserName: from,
      ToUserName: this.account.ids.of(this.bot),
      CreateTime: Math.floor(this.#now() / 1000),
      NewMsgId: Number(MsgId),
      ...emptyMessage,
      ...body,
    }
    if (heard) this.#post(message)
    return message
  }

  #post(message: WireMessage): void {
    if (this.#held === null) this.account.push(message)
    else this.#held.push(message)
  }

  // Who comes, goes and changes names

  /** Somebody enters a group. New people are made. Returns the grey line, or null when there was none. */
  joins(who: string, group: string, { by, qr, together = [], staleList = false }: Entry = {}): WireMessage | null {
    const room = this.groupOf(group)
    const newcomers = [who, ...together].map((handle) => this.person(handle))
    if (typeof staleList === 'number') keepStale(room, this.account.ids, staleList)
    for (const newcomer of newcomers) this.enter(newcomer, room)
    if (staleList === false) this.#pushGroup(room)
    const names = newcomers.map((newcomer) => wireName(newcomer.nickname)).join('、')
    if (by !== undefined) {
      if (this.who(by) === this.bot) return this.systemLine(group, `你邀请"${names}"加入了群聊  `)
      return this.systemLine(group, `"${this.#nameIn(by, room)}"邀请"${names}"加入了群聊`)
    }
    if (qr === undefined) return null
    if (this.who(qr) === this.bot) return this.systemLine(group, `" ${names}"通过扫描你分享的二维码加入群聊`)
    return this.systemLine(group, `" ${names}"通过扫描"${this.#nameIn(qr, room)}"分享的二维码加入群聊`)
  }

  /** Somebody brings the bot into a group, alone or together with others. */
  invitesBot(by: string, group: string, together: string[] = []): WireMessage {
    const room = this.groupOf(group)
    const others = together.map((handle) => this.person(handle))
    for (const newcomer of [this.bot, ...others]) this.enter(newcomer, room)
    this.#pushGroup(room)
    const inviter = this.#nameIn(by, room)
    if (others.length > 0) {
      const names = others.map((other) => wireName(other.nickname)).join('、')
      return this.systemLine(group, `"${inviter}"邀请你和"${names}"加入了群聊`)
    }
    const present = [...room.members.keys()].map((person) => wireName(person.nickname)).join('、')
    return this.systemLine(group, `"${inviter}"邀请你加入了群聊，群聊参与人还有：${present}`)
  }

  /** Somebody leaves, or the owner removes him: the bot is told nothing either way. */
  leaves(who: string, group: string): void {
    this.exit(this.who(who), this.groupOf(group))
  }

  /** The bot is removed from a group. */
  removesBot(by: string, group: string): WireMessage {
    const room = this.groupOf(group)
    this.#pushGroup(room)
    const line = this.systemLine(group, `你被"${this.#nameIn(by, room)}"移出群聊`)
    this.exit(this.bot, room)
    return line
  }

  /** Somebody changes his WeChat name. The bot is not told. */
  renames(who: string, nickname: string): void {
    this.who(who)
    this.person(who, { nickname })
  }

  /** Somebody changes his name in one group; the empty name takes it away. The bot is not told. */
  renamesInGroup(who: string, group: string, nickname: string): void {
    const room = this.groupOf(group)
    const person = this.who(who)
    if (!room.members.has(person)) throw new Error(`${who} is not in ${group}`)
    room.members.set(person, nickname)
    room.cachedList = ''
  }

  /** Somebody changes the name of a group; its handle stays. */
  renamesGroup(by: string, group: string, topic: string): WireMessage {
    const room = this.groupOf(group)
    room.topic = topic
    this.#pushGroup(room)
    const who = this.who(by) === this.bot ? '你' : `"${this.#nameIn(by, room)}"`
    return this.systemLine(group, `${who}修改群名为“${wireName(topic)}”`)
  }

  /** The name under which the others see somebody in a group, in wire form. */
  #nameIn(handle: string, group: Group): string {
    const person = this.who(handle)
    return wireName(group.members.get(person) || person.nickname)
  }

  #pushGroup(group: Group): void {
    if (!group.members.has(this.bot)) return
    this.account.pushContact(() => groupContact(group, this.account.ids, this.bot, true))
  }

  // What the bot does: called by the endpoints, which have checked the session.

  /** A QR code was confirmed and fetched: everybody has a new id from now on. */
  freshLogin(): void {
    this.account.login()
    for (const group of this.groups.values()) {
      group.cachedList = ''
      group.staleFor = 0
    }
  }

  /** The bot sent something to an id. A text to somebody who is no friend comes back as a grey line. */
  botSends(toId: string, what: SentContent): void {
    const to = this.account.ids.behind(toId)
    const arrived = to !== undefined && (isGroup(to) ? to.members.has(this.bot) : to.friend)
    this.outgoing.add({ ...what, to: to?.handle ?? toId, at: this.#now(), arrived })
    if (to === undefined || isGroup(to) || to.friend) return
    const line = `${wireName(to.nickname)}开启了朋友验证，你还不是他（她）朋友。请先发送朋友验证请求，对方验证通过后，才能聊天。`
    this.#deliver(toId, systemBody(line))
  }

  /**
   * The bot wants to change a group. Answers WeChat's code: 0, or 1 when it may not.
   * @param ids the people concerned, or the new topic
   */
  botChanges(groupId: string, what: 'kick' | 'add' | 'invite' | 'topic', ids: string[]): 0 | 1 {
    const group = this.account.ids.behind(groupId)
    if (group === undefined || !isGroup(group) || !group.members.has(this.bot)) return 1
    const done = { to: group.handle, at: this.#now(), arrived: true }
    if (what === 'topic') {
      const topic = ids.join(',')
      this.renamesGroup(this.bot.handle, group.handle, topic)
      this.outgoing.add({ ...done, kind: what, text: topic })
      return 0
    }
    const people = ids.flatMap((id) => {
      const contact = this.account.ids.behind(id)
      return contact === undefined || isGroup(contact) ? [] : contact
    })
    if (people.length < ids.length) return 1
    const handles = people.map((person) => person.handle)
    if (what === 'kick') {
      if (group.owner !== this.bot || this.kick === 'refused') return 1
      if (people.some((person) => !group.members.has(person))) return 1
      this.outgoing.add({ ...done, kind: what, people: handles, arrived: this.kick === 'works' })
      if (this.kick === 'lies') return 0
      const names = people.map((person) => wireName(person.nickname)).join('、')
      for (const person of people) this.exit(person, group)
      this.#pushGroup(group)
      this.systemLine(group.handle, `你将"${names}"移出了群聊`)
      return 0
    }
    if (people.some((person) => !person.friend)) return 1
    this.outgoing.add({ ...done, kind: what, people: handles })
    const [first, ...together] = handles
    if (what === 'add' && first !== undefined) this.joins(first, group.handle, { by: this.bot.handle, together })
    return 0
  }

  /** The bot accepts a friend request. */
  botAccepts(ticket: string): 0 | 1 {
    const person = this.#tickets.get(ticket)
    if (person === undefined) return 1
    this.#tickets.delete(ticket)
    person.friend = true
    this.outgoing.add({ kind: 'accept', to: person.handle, at: this.#now(), arrived: true })
    this.account.pushContact(() => JSON.stringify(personContact(person, this.account.ids)))
    this.#deliver(
      this.account.ids.of(person),
      systemBody(`你已添加了${wireName(person.nickname)}，现在可以开始聊天了。`),
    )
    return 0
  }

  // What goes wrong, and waiting

  /** Ends the session: the phone logs the bot out (1101) or WeChat refuses it (1102). The next login needs a QR code. */
  expire(ret: 1100 | 1101 | 1102 = 1101): void {
    this.account.end(ret)
    this.outgoing.look()
  }

  /** The next `times` requests to an endpoint (`*`: to any) meet a fault. {@link heal} ends all of them. */
  fault(endpoint: Endpoint | '*', fault: Fault, times = Infinity): void {
    this.faults.plan(endpoint, fault, times)
  }

  /** No fault any more. */
  heal(): void {
    this.faults.heal()
  }

  /** Resolves when the bot is logged in and waits for messages; what is said from then on reaches it. */
  online(withinMs = patienceMs): Promise<void> {
    return this.until(() => this.account.online, withinMs)
  }

  /** Resolves when the bot does not wait for messages: it went away, lost its session, or is fetching some. */
  offline(withinMs = patienceMs): Promise<void> {
    return this.until(() => !this.account.online, withinMs)
  }

  /** Resolves when the condition holds; it is looked at after each request of the bot and each change of the QR code. */
  until(met: () => boolean, withinMs = patienceMs): Promise<void> {
    return this.outgoing.until(met, withinMs, () => `requests ${JSON.stringify(this.requests)}`)
  }

  /**
   * Resolves with the first thing the bot did that matches and was not yet awaited.
   * @param match a test, or a text that must have been sent exactly so
   */
  async sent(match: string | ((sent: Sent) => boolean) = () => true, withinMs = patienceMs): Promise<Sent> {
    return this.outgoing.take(
      typeof match === 'string' ? (sent) => 'text' in sent && sent.text === match : match,
      withinMs,
    )
  }

  close(): void {
    this.account.close()
    this.qr.close()
    this.faults.heal()
  }
}
