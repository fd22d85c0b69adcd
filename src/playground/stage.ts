// The people and groups of the playground: carries out deeds in the local WeChat and words what happens there.
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Settings } from '../core/feature/settings.ts'
import type { Sent } from '../standin/sent.ts'
import type { World } from '../standin/world.ts'
import { filledIn } from './known.ts'
import type { Line, Sending } from './line.ts'
import { playgroundTexts } from './texts.ts'

/** A conversation by the handle of its group, or of the person who has it with the bot. */
export type Chat = `group:${string}` | `person:${string}`

export interface Attached {
  kind: Extract<Sent, { bytes: Buffer }>['kind']
  name: string
  bytes: Uint8Array
}

/** Something to show. Without `who` it just happened, without `chat` it is meant only for who typed. */
export interface Shown {
  chat: Chat | null
  /** Handle of who says it. */
  who: string | null
  text: string
  attached?: Attached
  quote?: { by: string; text: string }
  /** It is not said but done: `text` says what. */
  done?: true
  /** It did not arrive. */
  lost?: true
}

/** What can be let happen: a typed line, or what no line can carry. */
export type Action =
  | Line
  | { do: 'bring'; who: string; where: string; what: Attached & { kind: 'picture' | 'file' } }
  | { do: 'befriend'; who: string; hello: string }

/** A deed that cannot be done as asked; the message is for who asked. */
export class InputError extends Error {
  override name = 'Slip'
}

/** The smallest picture there is: one white dot (GIF). */
const dot = Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64')

export class Stage {
  readonly texts
  readonly boss: string
  readonly control: string
  readonly #world: World
  readonly #claimFile: string
  #settings: Settings
  #here: string

  /**
   * Puts up the configured groups, which the bot owns, each with a few members, and an empty control group with its owner.
   * @param claimFile where the bot writes the code that stands behind `CODE`
   */
  constructor(world: World, settings: Settings, claimFile: string) {
    this.#world = world
    this.#settings = settings
    this.#claimFile = claimFile
    this.texts = playgroundTexts[settings.language]
    this.boss = this.texts.boss
    this.control = this.texts.control
    for (const name of [this.boss, ...this.texts.cast]) world.friend(name)
    this.#putUp()
    if (!world.groups.has(this.control)) world.group(this.control, { owner: this.boss })
    this.#here = settings.groups[0]?.name ?? this.control
  }

  get settings(): Settings {
    return this.#settings
  }

  /** New settings; groups that are new in them are put up. */
  set settings(settings: Settings) {
    this.#settings = settings
    this.#putUp()
  }

  #putUp(): void {
    for (const { name } of this.#settings.groups) {
      if (!this.#world.groups.has(name)) this.#world.group(name, { botOwner: true, members: [...this.texts.cast] })
    }
  }

  /** The group in which those speak who name none. */
  get here(): string {
    return this.#here
  }

  /**
   * Lets it happen.
   * @param show is told what there is to see, before the bot can hear of it
   * @throws Slip
   */
  perform(deed: Action, show: (shown: Shown) => void): void {
    const note = (text: string) => show({ chat: null, who: null, text })
    const { texts } = this
    switch (deed.do) {
      case 'nothing':
        return
      case 'unclear':
        throw new InputError(texts.unclear)
      case 'help':
        return note(texts.help([...this.#world.groups.keys()].join('、'), this.#here))
      case 'note':
        return note(`# ${deed.text}`)
      case 'wait':
        return note(texts.waiting(deed.seconds))
      case 'clock':
        return note(texts.moving(deed.time))
      case 'go':
        this.#here = this.#group(deed.where, note)
        return note(texts.went(this.#here))
      case 'join':
        return this.#join(deed.who, this.#group(deed.where, note), show, deed.qr)
      case 'leave':
        return this.#leave(deed.who, this.#group(deed.where, note), show)
      case 'rename':
        return this.#rename(deed, show)
      case 'send':
      case 'bring':
        return this.#send(deed.who, deed.where, deed.what, show)
      case 'befriend': {
        show({ chat: `person:${deed.who}`, who: null, text: texts.asksFriend(deed.who, deed.hello) })
        this.#world.friendRequest(deed.who, deed.hello)
      }
    }
  }

  /** What the bot did. */
  tell(sent: Sent): Shown {
    const isInGroup = this.#world.groups.has(sent.to)
    const shown = {
      chat: isInGroup ? (`group:${sent.to}` as const) : (`person:${sent.to}` as const),
      who: this.#world.bot.handle,
      ...(sent.arrived ? {} : { lost: true as const }),
    }
    if ('bytes' in sent) return { ...shown, text: '', attached: sent }
    if (sent.kind === 'text') return { ...shown, text: sent.text }
    const whom = 'people' in sent ? sent.people.join('、') : 'text' in sent ? `「${sent.text}」` : ''
    return { ...shown, text: `${this.texts.did[sent.kind]} ${whom}`.trimEnd(), done: true }
  }

  /** As the terminal tells it; with an empty `head` when nobody says it. */
  inTerminal({ chat, who, text, attached, quote, done, lost }: Shown): { head: string; text: string } {
    const { texts } = this
    const late = lost ? texts.undelivered : ''
    if (chat === null || who === null) return { head: '', text }
    const bot = this.#world.bot.handle
    const to = who === bot ? chat.slice('person:'.length) : bot
    const head = chat.startsWith('person:') ? `${who} → ${to}` : `${who}@${this.#world.groupOf(chat.slice(6)).topic}`
    if (done) return { head, text: `[${text}]${late}` }
    if (quote) return { head, text: `「${quote.by}：${quote.text}」${text}` }
    if (!attached) return { head, text: text + late }
    const { kind, name, bytes } = attached
    const what = kind === 'picture' ? texts.picture : kind === 'file' ? texts.file : kind
    const size = bytes.length < 1024 ? `${bytes.length} B` : `${(bytes.length / 1024).toFixed(1)} KB`
    return { head, text: `[${what} ${name} ${size}]${late}` }
  }

  #send(typed: string, where: string | null, what: Sending | Attached, show: (shown: Shown) => void): void {
    const world = this.#world
    const who = this.#person(typed)
    const isDirect = where !== null && ['机器人', 'bot', world.bot.nickname].includes(where)
    const group = isDirect ? null : this.#group(where, (text) => show({ chat: null, who: null, text }))
    if (group === null) world.friend(who)
    else if (!world.people.get(who)?.groups.has(world.groupOf(group))) this.#join([who], group, show)
    const said = { chat: group === null ? (`person:${who}` as const) : (`group:${group}` as const), who, text: '' }
    switch (what.kind) {
      case 'text': {
        const text = this.#filledIn(what.text)
        show({ ...said, text })
        world.says(who, group, text)
        return
      }
      case 'quote': {
        const by = this.#person(what.by)
        if (!world.people.has(by)) world.person(by)
        const text = this.#filledIn(what.text)
        show({ ...said, text, quote: { by, text: what.quoted } })
        world.quotes(who, group, text, { by, text: what.quoted })
        return
      }
      default: {
        const attached = 'bytes' in what ? what : this.#loaded(what)
        show({ ...said, attached })
        if (attached.kind === 'picture') world.sendsPicture(who, group, attached.bytes)
        else world.sendsFile(who, group, attached.name, attached.bytes)
      }
    }
  }

  #filledIn(typed: string): string {
    const { all } = this.#world.outgoing
    const isInGroup = ({ to }: Sent) => this.#world.groups.has(to)
    return filledIn(typed, {
      claimFile: this.#claimFile,
      settings: this.#settings,
      inGroups: all.filter(isInGroup),
      toPeople: all.filter((sent) => !isInGroup(sent)),
    })
  }

  #loaded({ kind, path }: Sending & { kind: 'picture' | 'file' }): Attached {
    if (path === '') return { kind, name: kind === 'picture' ? 'dot.gif' : 'sample.gif', bytes: dot }
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new InputError(this.texts.noFile(path))
    return { kind, name: basename(path), bytes: readFileSync(path) }
  }

  #join(typed: string[], group: string, show: (shown: Shown) => void, qr = false): void {
    const room = this.#world.groupOf(group)
    const newcomers = typed.map((who) => this.#person(who)).filter((who, i, all) => all.indexOf(who) === i)
    for (const who of newcomers) {
      const person = this.#world.people.get(who)
      if (person && room.members.has(person)) throw new InputError(this.texts.alreadyIn(who, room.topic))
    }
    const [first, ...others] = newcomers
    if (first === undefined) return
    const host = [...room.members.keys()].find((member) => member !== this.#world.bot) ?? this.#world.bot
    const text = this.texts.joined(newcomers.join('、'), room.topic)
    show({ chat: `group:${group}`, who: null, text })
    this.#world.joins(first, group, { [qr ? 'qr' : 'by']: host.handle, together: others })
  }

  #leave(typed: string[], group: string, show: (shown: Shown) => void): void {
    const room = this.#world.groupOf(group)
    for (const who of typed.map((name) => this.#person(name))) {
      const person = this.#world.people.get(who)
      if (!person || !room.members.has(person)) throw new InputError(this.texts.notIn(who, room.topic))
      show({ chat: `group:${group}`, who: null, text: this.texts.left(who, room.topic) })
      this.#world.leaves(who, group)
    }
  }

  #rename({ who: typed, where, name }: Line & { do: 'rename' }, show: (shown: Shown) => void): void {
    const who = this.#person(typed)
    const person = this.#world.people.get(who)
    const group = where === null ? null : this.#group(where, (text) => show({ chat: null, who: null, text }))
    const isThere = person !== undefined && (group === null || person.groups.has(this.#world.groupOf(group)))
    if (!isThere) throw new InputError(this.texts.notIn(who, this.#world.groupOf(group ?? this.#here).topic))
    show({ chat: group === null ? `person:${who}` : `group:${group}`, who: null, text: this.texts.renamed(who, name) })
    if (group === null) this.#world.renames(who, name)
    else this.#world.renamesInGroup(who, group, name)
  }

  /** The handle of who is meant: the name he began with, or the one he has now. */
  #person(typed: string): string {
    if (this.#world.people.has(typed)) return typed
    const named = [...this.#world.people.values()].filter(({ nickname }) => nickname === typed)
    return named.length === 1 && named[0] ? named[0].handle : typed
  }

  /** The group that is meant: its name, or a part that no other has. One that is not there is made. */
  #group(typed: string | null, note: (text: string) => void): string {
    if (typed === null) return this.#here
    if (this.#world.groups.has(typed)) return typed
    if (['控制群', '管理群', 'control'].includes(typed)) return this.control
    const plain = (name: string) => name.replaceAll(/\s/g, '').toLowerCase()
    const found = [...this.#world.groups.values()].filter(({ topic }) => plain(topic).includes(plain(typed)))
    if (found.length > 1) throw new InputError(this.texts.ambiguous(typed, found.map(({ topic }) => topic).join('、')))
    if (found[0]) return found[0].handle
    note(this.texts.newGroup(typed))
    return this.#world.group(typed, { owner: this.boss }).handle
  }
}
