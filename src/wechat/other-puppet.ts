// The same port on any other Wechaty puppet, through Wechaty's own events. Slower and coarser than `web-account.ts`: what a
// puppet does not tell (who left without a word, Tencent's `AttrStatus`) is found by reading rooms in turn, or not at all.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { FileBox, type FileBoxInterface } from 'file-box'
import { LRUCache } from 'lru-cache'
import type { Contact, Message, Room, Wechaty } from 'wechaty'
import type { PuppetInterface } from 'wechaty-puppet/impls'
import { isPictureName, messageId, messageNumber } from '../core/types/ids.ts'
import type { Kind } from '../core/types/event.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Log } from '../log.ts'
import type { Account, Incoming, WxId, WxResult } from './account.ts'
import type { Console } from './console.ts'
import type { Loaded } from './load.ts'
import { notOnline, order } from './calls.ts'
import { isHistory, Seen } from './duplicates.ts'
import { between, quoting, typed, withoutMention } from './raw-text.ts'

const seconds = 1000
const limit = 60 * seconds
/** Interval (ms) at which rooms are read again, one at a time. */
const turnEvery = 30 * seconds

export class OtherAccount implements Account {
  readonly #log: Log
  readonly #console: Console
  readonly #bot: Wechaty
  readonly #kinds: Map<number, Kind>
  readonly #receivedFriendship: number
  #listener: ((incoming: Incoming) => void) | undefined
  #self: { id: WxId; name: string } | undefined
  readonly #seen = new Seen()
  readonly #told = new Set<WxId>()
  /** Messages that were pictures sent as files. */
  readonly #pictureFiles = new LRUCache<string, true>({ max: 200 })
  /** What comes in is handled strictly one after the other, as reading a room takes time. */
  #queue = Promise.resolve()
  #turn: NodeJS.Timeout | undefined

  /** @param puppet a package's name, or the puppet itself */
  constructor({ wechaty }: Loaded, puppet: string | PuppetInterface, folder: DataFolder, log: Log, console: Console) {
    this.#log = log
    this.#console = console
    const { Message: Type, Friendship } = wechaty.types
    this.#receivedFriendship = Friendship.Receive
    this.#kinds = new Map<number, Kind>([
      [Type.Text, 'text'],
      [Type.Image, 'picture'],
      [Type.Attachment, 'file'],
      [Type.Url, 'link'],
      [Type.MiniProgram, 'miniProgram'],
      [Type.Contact, 'card'],
      [Type.Emoticon, 'sticker'],
      [Type.Video, 'video'],
      [Type.Audio, 'voice'],
      [Type.ChatHistory, 'record'],
      [Type.GroupNote, 'record'],
    ])
    const name = 'other-puppet'
    const card = `${name}.memory-card.json`
    // Wechaty would make it readable to everybody.
    if (!existsSync(folder.file(card))) folder.write('session', card, '{}')
    this.#bot = wechaty.WechatyBuilder.build({ name: folder.file(name), puppet: puppet as PuppetInterface })
  }

  async start(listener: (incoming: Incoming) => void): Promise<void> {
    this.#listener = listener
    const waiting = 2
    this.#bot.on('scan', (code, status) => {
      if (Number(status) === waiting) this.#console.scan(code)
    })
    this.#bot.on('login', (user) => this.#cameOnline(user))
    this.#bot.on('ready', () => this.#later(() => this.#readAll()))
    this.#bot.on('logout', () => this.#wentOffline())
    this.#bot.on('message', (message) => this.#later(() => this.#message(message)))
    this.#bot.on('room-join', (room, _people, by) => this.#later(async () => [await this.#read(room, by.name())]))
    this.#bot.on('room-topic', (room) => this.#later(async () => [await this.#read(room)]))
    this.#bot.on('room-leave', (room, people) => {
      const gone = people.some((person) => person.id === this.#self?.id)
      this.#later(async () => [gone ? this.#lost(room.id) : await this.#read(room)])
    })
    this.#bot.on('friendship', (friendship) => {
      if (Number(friendship.type()) !== this.#receivedFriendship) return
      const { id: from } = friendship.contact()
      const [fromName, hello] = [friendship.contact().name(), friendship.hello()]
      this.#say({ type: 'friendAsked', at: Date.now(), from, fromName, hello })
    })
    this.#bot.on('error', (error) => this.#log.warn({ err: error }, 'Wechaty'))
    await this.#bot.start()
  }

  async stop(): Promise<void> {
    this.#listener = undefined
    this.#self = undefined
    clearInterval(this.#turn)
    await this.#bot.stop()
  }

  sendText(to: WxId, text: string): Promise<WxResult> {
    return this.#order(() => this.#bot.puppet.messageSendText(to, text))
  }

  sendFile(to: WxId, path: string): Promise<WxResult> {
    return this.#order(async () => {
      // The one form of a file that every puppet takes, also one that lives on another machine.
      const box = FileBox.fromBase64(await readFile(path, 'base64'), basename(path))
      await this.#bot.puppet.messageSendFile(to, box)
    })
  }

  async kick(room: WxId, member: WxId): Promise<WxResult> {
    const result = await this.#order(() => this.#bot.puppet.roomDel(room, member))
    if (result.ok) await this.refreshRoom(room)
    return result
  }

  forwardPicture(to: WxId, id: string): Promise<WxResult> {
    return this.#order(async () => {
      await this.#bot.puppet.messageSendFile(to, await this.#pictureOf(id))
    })
  }

  /** A picture that was sent as a file comes from the puppet as a file. */
  async #pictureOf(id: string): Promise<FileBoxInterface> {
    const number = messageNumber(id)
    const isFile = this.#pictureFiles.has(id)
    return isFile ? this.#bot.puppet.messageFile(number) : this.#bot.puppet.messageImage(number, 2)
  }

  async readPicture(id: string): Promise<Uint8Array | undefined> {
    let bytes: Uint8Array | undefined
    await this.#order(async () => {
      bytes = await (await this.#pictureOf(id)).toBuffer()
    })
    return bytes
  }

  async refreshRoom(id: WxId): Promise<WxResult> {
    let read: Incoming | undefined
    const result = await this.#order(async () => {
      const room = await this.#bot.Room.find({ id })
      read = room && (await this.#read(room))
    })
    if (read !== undefined) this.#say(read)
    return result.ok && read === undefined ? { ok: false, why: 'refused', detail: 'no member list' } : result
  }

  #order(act: () => Promise<unknown>): Promise<WxResult> {
    return this.#self === undefined ? Promise.resolve(notOnline) : order(act, limit)
  }

  #say(incoming: Incoming): void {
    this.#listener?.(incoming)
  }

  /** Finds out what there is to tell, after all that came before. A puppet that does not answer holds this up for `limit`. */
  #later(ask: () => Promise<Incoming[]>): void {
    this.#queue = this.#queue.then(async () => {
      let found: Incoming[] = []
      const result = await order(async () => {
        found = await ask()
      }, limit)
      if (!result.ok) this.#log.warn({ detail: result.detail }, 'the puppet did not answer properly')
      for (const incoming of found) this.#say(incoming)
    })
  }

  #cameOnline(user: Contact): void {
    this.#self = { id: user.id, name: user.name() }
    this.#console.online(this.#self.name)
    this.#say({ type: 'online', at: Date.now(), self: this.#self.id, selfName: this.#self.name })
    clearInterval(this.#turn)
    this.#turn = setInterval(() => this.#later(() => this.#readNext()), turnEvery)
  }

  #wentOffline(): void {
    this.#self = undefined
    clearInterval(this.#turn)
    this.#console.offline(true)
    this.#say({ type: 'offline', at: Date.now(), ended: true, why: 'logout' })
  }

  async #readAll(): Promise<Incoming[]> {
    for (const room of await this.#bot.Room.findAll()) this.#later(async () => [await this.#read(room)])
    return []
  }

  async #readNext(): Promise<Incoming[]> {
    const [id] = this.#told
    if (id === undefined) return []
    this.#told.delete(id)
    this.#told.add(id)
    const room = await this.#bot.Room.find({ id })
    return [room === undefined ? this.#lost(id) : await this.#read(room)]
  }

  async #read(room: Room, invitedBy: string | null = null): Promise<Incoming> {
    await room.sync()
    const members = await Promise.all(
      (await room.memberAll()).map(async (contact) => {
        return { id: contact.id, name: contact.name(), nick: (await room.alias(contact)) ?? '', attrStatus: 0 }
      }),
    )
    this.#told.add(room.id)
    return { type: 'room', at: Date.now(), room: { id: room.id, topic: await room.topic(), members }, invitedBy }
  }

  #lost(id: WxId): Incoming {
    this.#told.delete(id)
    return { type: 'roomGone', at: Date.now(), room: id }
  }

  async #message(message: Message): Promise<Incoming[]> {
    const at = message.date().getTime()
    const id = messageId(message.id, at)
    if (isHistory(Date.now() - at) || !this.#seen.isNew(id)) return []
    if (message.self()) return this.#own(message, at)
    const [room, talker] = [message.room(), message.talker()]
    const read = room !== undefined && !this.#told.has(room.id) ? [await this.#read(room)] : []
    if (room !== undefined && !(await room.has(talker))) return read
    const kind = this.#kinds.get(Number(message.type())) ?? 'other'
    const content = await contentOf(message, kind)
    if (kind === 'file' && isPictureName(content.text)) this.#pictureFiles.set(id, true)
    const { quote, reply } = kind === 'text' ? quoting(content.text) : { quote: null, reply: '' }
    const nick = await room?.alias(this.#bot.currentUser)
    const own = withoutMention(reply, [nick ?? '', this.#self?.name ?? ''])
    const said: Incoming = {
      type: 'message',
      id,
      at,
      room: room?.id ?? null,
      from: talker.id,
      fromName: talker.name(),
      ...content,
      kind,
      ...(kind === 'text' ? { text: own.text } : {}),
      quote,
      addressed: own.addressed || room === undefined,
    }
    return [...read, said]
  }

  /**
   * What the owner typed on the phone. A puppet may also tell of what the bot itself sent, which is known already: that is no harm, as it
   * is the same voice.
   */
  #own(message: Message, at: number): Incoming[] {
    const room = message.room()
    const kind = this.#kinds.get(Number(message.type())) ?? 'other'
    if (room === undefined || !this.#told.has(room.id) || kind !== 'text') return []
    return [{ type: 'own', at, room: room.id, kind, text: message.text() }]
  }
}

type Content = Pick<Extract<Incoming, { type: 'message' }>, 'text' | 'description' | 'link'>

/** What a message says: of a card its title, description and address, as far as the puppet can tell. */
async function contentOf(message: Message, kind: Kind): Promise<Content> {
  try {
    if (kind === 'link') {
      const card = await message.toUrlLink()
      return { text: card.title(), description: card.description() ?? '', link: card.url() }
    }
    if (kind === 'miniProgram') {
      const card = await message.toMiniProgram()
      return { text: card.title() ?? '', description: card.description() ?? '' }
    }
    if (kind === 'card') return { text: (await message.toContact()).name() }
    if (kind === 'file') return { text: (await message.toFileBox()).name }
  } catch {
    // Many puppets cannot take every kind apart; the raw text is what there is.
  }
  const raw = message.text()
  if (kind === 'text' || !raw.includes('<')) return { text: raw }
  const xml = typed(raw)
  const [text, description, link] = ['title', 'des', 'url'].map((name) => typed(between(xml, name)))
  return { text: text ?? '', description: description ?? '', ...(link ? { link } : {}) }
}
