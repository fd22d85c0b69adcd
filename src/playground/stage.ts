// The people and groups of the playground: carries out lines in the local WeChat and words what happens there.
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Settings } from '../core/settings.ts'
import type { Sent } from '../standin/sent.ts'
import type { World } from '../standin/world.ts'
import { filledIn } from './known.ts'
import type { Line, Sending } from './line.ts'
import { playgroundTexts } from './texts.ts'

/** Something to show: what somebody said, or with an empty `head` what happened. */
export interface Shown {
  head: string
  text: string
}

/** A line that cannot be carried out as typed; the message is for who typed it. */
export class Slip extends Error {
  override name = 'Slip'
}

/** The smallest picture there is: one white dot (GIF). */
const dot = Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64')

export class Stage {
  readonly texts
  readonly boss: string
  readonly control: string
  readonly #world: World
  readonly #settings: Settings
  readonly #claimFile: string
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
    for (const { name } of settings.groups) world.group(name, { botOwner: true, members: [...this.texts.cast] })
    if (!world.groups.has(this.control)) world.group(this.control, { owner: this.boss })
    this.#here = settings.groups[0]?.name ?? this.control
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
  perform(line: Line, show: (shown: Shown) => void): void {
    const note = (text: string) => show({ head: '', text })
    const { texts } = this
    switch (line.do) {
      case 'nothing':
        return
      case 'unclear':
        throw new Slip(texts.unclear)
      case 'help':
        return note(texts.help([...this.#world.groups.keys()].join('、'), this.#here))
      case 'note':
        return note(`# ${line.text}`)
      case 'wait':
        return note(texts.waiting(line.seconds))
      case 'go':
        this.#here = this.#group(line.where, note)
        return note(texts.went(this.#here))
      case 'join':
        return this.#join(line.who, this.#group(line.where, note), note)
      case 'leave':
        return this.#leave(line.who, this.#group(line.where, note), note)
      case 'rename':
        return this.#rename(line, note)
      case 'send':
        return this.#send(line.who, line.where, line.what, show)
    }
  }

  /** What the bot did, as in a chat. */
  tell(sent: Sent): Shown {
    const bot = this.#world.bot.nickname
    const head = this.#world.groups.has(sent.to) ? `${bot}@${this.#topic(sent.to)}` : `${bot} → ${sent.to}`
    const late = sent.arrived ? '' : this.texts.undelivered
    if ('bytes' in sent) return { head, text: this.#attached(sent.kind, sent.name, sent.bytes) + late }
    if (sent.kind === 'text') return { head, text: sent.text + late }
    const whom = 'people' in sent ? sent.people.join('、') : 'text' in sent ? `「${sent.text}」` : ''
    return { head, text: `[${this.texts.did[sent.kind]} ${whom}]${late}` }
  }

  #send(typed: string, where: string | null, what: Sending, show: (shown: Shown) => void): void {
    const world = this.#world
    const note = (text: string) => show({ head: '', text })
    const who = this.#person(typed)
    const isDirect = where !== null && ['机器人', 'bot', world.bot.nickname].includes(where)
    const group = isDirect ? null : this.#group(where, note)
    if (group === null) world.friend(who)
    else if (!world.people.get(who)?.groups.has(world.groupOf(group))) this.#join([who], group, note)
    const head = group === null ? `${who} → ${world.bot.nickname}` : `${who}@${this.#topic(group)}`
    switch (what.kind) {
      case 'text': {
        const text = this.#filledIn(what.text)
        show({ head, text })
        world.says(who, group, text)
        return
      }
      case 'quote': {
        const by = this.#person(what.by)
        if (!world.people.has(by)) world.person(by)
        show({ head, text: `「${by}：${what.quoted}」${what.text}` })
        world.quotes(who, group, what.text, { by, text: what.quoted })
        return
      }
      case 'picture':
      case 'file': {
        const bytes = what.path === '' ? dot : this.#read(what.path)
        const name = what.path === '' ? (what.kind === 'picture' ? 'dot.gif' : 'sample.gif') : basename(what.path)
        show({ head, text: this.#attached(what.kind, name, bytes) })
        if (what.kind === 'picture') world.sendsPicture(who, group, bytes)
        else world.sendsFile(who, group, name, bytes)
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

  #read(path: string): Buffer {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new Slip(this.texts.noFile(path))
    return readFileSync(path)
  }

  #attached(kind: string, name: string, bytes: Uint8Array): string {
    const what = kind === 'picture' ? this.texts.picture : kind === 'file' ? this.texts.file : kind
    const size = bytes.length < 1024 ? `${bytes.length} B` : `${(bytes.length / 1024).toFixed(1)} KB`
    return `[${what} ${name} ${size}]`
  }

  #join(typed: string[], group: string, note: (text: string) => void): void {
    const room = this.#world.groupOf(group)
    const newcomers = typed.map((who) => this.#person(who)).filter((who, i, all) => all.indexOf(who) === i)
    for (const who of newcomers) {
      const person = this.#world.people.get(who)
      if (person && room.members.has(person)) throw new Slip(this.texts.alreadyIn(who, this.#topic(group)))
    }
    const [first, ...together] = newcomers
    if (first === undefined) return
    const host = [...room.members.keys()].find((member) => member !== this.#world.bot) ?? this.#world.bot
    note(this.texts.joined(newcomers.join('、'), this.#topic(group)))
    this.#world.joins(first, group, { by: host.handle, together })
  }

  #leave(typed: string[], group: string, note: (text: string) => void): void {
    const room = this.#world.groupOf(group)
    for (const who of typed.map((one) => this.#person(one))) {
      const person = this.#world.people.get(who)
      if (!person || !room.members.has(person)) throw new Slip(this.texts.notIn(who, this.#topic(group)))
      note(this.texts.left(who, this.#topic(group)))
      this.#world.leaves(who, group)
    }
  }

  #rename({ who: typed, where, name }: Line & { do: 'rename' }, note: (text: string) => void): void {
    const who = this.#person(typed)
    const person = this.#world.people.get(who)
    const group = where === null ? null : this.#group(where, note)
    const isThere = person !== undefined && (group === null || person.groups.has(this.#world.groupOf(group)))
    if (!isThere) throw new Slip(this.texts.notIn(who, this.#topic(group ?? this.#here)))
    if (group === null) this.#world.renames(who, name)
    else this.#world.renamesInGroup(who, group, name)
    note(this.texts.renamed(who, name))
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
    if (found.length > 1) throw new Slip(this.texts.ambiguous(typed, found.map(({ topic }) => topic).join('、')))
    if (found[0]) return found[0].handle
    note(this.texts.newGroup(typed))
    return this.#world.group(typed, { owner: this.boss }).handle
  }

  #topic(handle: string): string {
    return this.#world.groupOf(handle).topic
  }
}
