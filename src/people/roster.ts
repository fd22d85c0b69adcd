// Who is who: turns what the account tells, in WeChat's ids of one login, into events in our ids, which outlive logins and names.
import type { Event, Notice, Said } from '../core/types/event.ts'
import type { GroupId, MemberId } from '../core/types/ids.ts'
import type { Rights } from '../core/feature/rights.ts'
import type { Settings } from '../core/feature/settings.ts'
import type { Tables } from '../core/feature/tables.ts'
import { canonical } from '../core/lib/text.ts'
import type { Incoming, WxId, WxMember, WxMessage, WxRoom } from '../wechat/account.ts'
import { Register, gapNoticed, membershipKey } from './register.ts'
import type { Form } from './names.ts'
import { Profiles } from './profiles.ts'
import { Passphrases } from './passphrases.ts'
import { MemberLists, type RoomList } from './lists.ts'
import { recognise, type Link, type Links } from './recognition.ts'

type GroupsNotice = Extract<Notice, { about: 'groups' }>

/** Time (ms) after a fresh login in which earlier groups are waited for: recognition works best on all member lists together. */
const SETTLED_AFTER = 60_000
/** Most incoming items that are held back meanwhile. */
const HELD_AT_MOST = 2_000
/** Rooms in which a code was typed in vain are looked for so often. */
const FORGET_EVERY = 60 * 60_000
/** A list that loses more than half of at least this many people at once is read a second time before it is taken over. */
const MANY = 10

export class Roster {
  readonly #register: Register
  /** When this process came on line; before that no id of WeChat's can be trusted. */
  #onlineAt: number | undefined
  #held: Incoming[] = []
  /** Topics of rooms in this login that are not managed. */
  readonly #foreign = new Map<WxId, string>()
  /** Lists that were not believed: the ids in them. */
  readonly #doubted = new Map<WxId, string>()
  /** Rooms whose lists have shown the bot itself in this login. */
  readonly #selfListed = new Set<WxId>()
  /** What foreign rooms looked like when they were compared with earlier groups. */
  readonly #compared = new Map<WxId, string>()
  readonly #rights: Rights
  readonly #passphrases = new Passphrases()
  readonly profiles: Profiles
  readonly #lists: MemberLists
  #forgetAt = 0

  /** @param rights tells the control group, which is recorded though it is not managed. */
  constructor(tables: Tables, settings: () => Pick<Settings, 'groups'>, rights: Rights) {
    this.#register = new Register(tables, settings, rights)
    this.#rights = rights
    this.#lists = new MemberLists(this.#register)
    this.profiles = new Profiles(this.#register)
  }

  /**
   * The events that an incoming means. Its changes of the directory's tables are staged for the first of them; without an event nothing
   * is staged. After a fresh login everything is held back until earlier groups have shown their lists, or for a minute.
   * Unmanaged rooms are dropped, but for the control group and a `/claim`.
   */
  read(incoming: Incoming): Event[] {
    if (incoming.type === 'online') return this.#online(incoming.self, incoming.at)
    if (this.#onlineAt === undefined) return []
    const isWaiting = this.#held.length > 0
    this.#held.push(incoming)
    const at = incoming.type === 'gap' ? incoming.until : incoming.at
    if (at < this.#onlineAt + SETTLED_AFTER && this.#held.length < HELD_AT_MOST) {
      // Only a member list can end the waiting.
      if (incoming.type === 'room' || !isWaiting ? this.#awaitsGroups() : isWaiting) return []
    }
    return this.settle()
  }

  /** Stops waiting for earlier groups: to be called when all lists were told, or a minute after `online`. */
  settle(): Event[] {
    const held = this.#held
    this.#held = []
    const lists = new Map<WxId, RoomList>()
    for (const incoming of held) {
      if (incoming.type === 'room' && !lists.has(incoming.room.id) && this.#showsSelf(incoming.room))
        lists.set(incoming.room.id, incoming)
    }
    const bound = this.#bind([...lists.values()])
    const events = [...bound, ...held.flatMap((incoming) => this.#take(incoming))]
    // What is forgotten is saved with an event, and needs none of its own.
    if (events[0] && events[0].at >= this.#forgetAt) {
      this.#forgetAt = events[0].at + FORGET_EVERY
      this.#register.forgetUnclaimed(events[0].at)
    }
    return events
  }

  /** WeChat's id, if it is valid in the login that is on now. */
  wxOf(id: GroupId | MemberId): WxId | undefined {
    const { groups, people, epoch } = this.#register
    const record = id.startsWith('g') ? groups.get(id) : people.get(id)
    return record?.epoch === epoch ? record.wx : undefined
  }

  /** Which groups of `groups.yaml` are there, which are not, and of which topic a second room was seen. */
  groupsNotice(): GroupsNotice {
    const names = this.#register.configured
    const found = names.filter((name) => this.#register.bearing(name) !== undefined)
    const foreign = new Set([...this.#foreign.values()].map(canonical))
    return {
      about: 'groups',
      found,
      missing: names.filter((name) => !found.includes(name)),
      ambiguous: names.filter((name) => foreign.has(canonical(name))),
    }
  }

  #online(self: WxId, at: number): Event[] {
    const fresh = this.#register.logIn(self)
    this.#onlineAt = at
    if (fresh) {
      this.#held = []
      this.#selfListed.clear()
      for (const memory of [this.#foreign, this.#doubted, this.#compared, this.#lists, this.profiles]) memory.clear()
    }
    return [{ type: 'loggedIn', at, fresh, claim: null }]
  }

  /** Whether earlier groups have yet to show their lists, in a login in which none was recognised so far. */
  #awaitsGroups(): boolean {
    const absent = this.#register.absent().filter(({ isWanted }) => isWanted)
    if (absent.length === 0 || this.#register.configured.some((name) => this.#register.bearing(name))) return false
    const topics = new Set(
      this.#held.flatMap((incoming) => (incoming.type === 'room' ? [canonical(incoming.room.topic)] : [])),
    )
    return absent.some(({ topic }) => !topics.has(canonical(topic)))
  }

  #take(incoming: Incoming): Event[] {
    switch (incoming.type) {
      case 'message':
        return incoming.from === this.#register.self ? [] : this.#message(incoming)
      case 'own':
        return this.#own(incoming)
      case 'room':
        return this.#room(incoming)
      case 'profiles':
        return this.profiles.read(incoming.profiles) ? [{ type: 'profiled', at: incoming.at }] : []
      case 'roomGone':
        return this.#gone(incoming.room, incoming.at)
      case 'patted':
        return this.#register.patted(incoming)
      case 'friendAsked': {
        const { at, hello } = incoming
        return [{ type: 'friendAsked', at, from: this.#register.memberOf(speaker(incoming)), hello }]
      }
      case 'gap':
        return [gapNoticed(incoming)]
      case 'online':
      case 'offline':
        return []
    }
  }

  #message(message: WxMessage): Event[] {
    if (message.room === null) {
      const from = this.#register.member(message.from)
      if (from === undefined) return []
      this.#register.spoke(from, message.at)
      return [this.#said(message, null, from)]
    }
    const group = this.#register.group(message.room)
    if (this.#register.watched(group)) return this.#saidIn(group, message)
    if (!isClaim(message)) return []
    const from = this.#register.heardOf(speaker(message), message.at)
    return [this.#said(message, group ?? this.#unclaimed(message.room, message.at), from)]
  }

  #said(message: WxMessage, group: GroupId | null, from: MemberId): Said {
    const { id, at, kind, quote, description, link, addressed } = message
    const about = { ...(description === undefined ? {} : { description }), ...(link === undefined ? {} : { link }) }
    const own = kind === 'text' ? this.#passphrases.read(message, () => this.#register.salt) : undefined
    return { type: 'said', id, at, group, from, kind, text: message.text, ...own, quote, ...about, addressed }
  }

  #own({ room, ...what }: Extract<Incoming, { type: 'own' }>): Event[] {
    const group = this.#register.group(room)
    if (this.#register.watched(group)) return [{ ...what, type: 'posted', group }]
    return isClaim(what) ? [{ ...what, type: 'posted', group: group ?? this.#unclaimed(room, what.at) }] : []
  }

  /** A record for a room in which a code was typed. */
  #unclaimed(wx: WxId, heard: number): GroupId {
    return this.#register.newGroup({ wx, topic: '', managed: null, unlisted: true, heard })
  }

  #saidIn(group: GroupId, message: WxMessage): Event[] {
    const from = this.#register.memberOf(speaker(message))
    const key = membershipKey(group, from)
    const { memberships, groups } = this.#register
    this.#register.spoke(from, message.at)
    const what = this.#said(message, group, from)
    if (memberships.get(key) || groups.get(group)?.unlisted) return [what]
    if (this.#lists.isLate(key, message.at)) return [what]
    memberships.set(key, { nick: '', since: message.at, talked: true })
    return [{ type: 'joined', at: message.at, group, members: [from], by: null }, what]
  }

  #room(list: RoomList): Event[] {
    const { room, at } = list
    const group = this.#register.group(room.id)
    if (!this.#isPlausible(room, group)) return []
    if (room.members.length === 0) return this.#gone(room.id, at)
    if (!this.#register.watched(group)) return this.#bind([list])
    if (this.#register.groups.get(group)?.unlisted)
      return [this.#takeOver(group, null, list, this.#recognise([list], true))]
    return this.#lists.compare(group, list)
  }

  /** A true list shows the bot itself, where that room's lists ever do. */
  #showsSelf(room: WxRoom): boolean {
    const shows = room.members.some(({ id }) => id === this.#register.self)
    if (shows) this.#selfListed.add(room.id)
    return shows || (!this.#selfListed.has(room.id) && room.members.length > 0)
  }

  #isPlausible(room: WxRoom, group: GroupId | undefined): boolean {
    const ids = new Set(room.members.map(({ id }) => id))
    const before = this.#register.watched(group) ? this.#register.membersOf(group) : []
    const stayed = before.filter(({ person }) => person && ids.has(person.wx)).length
    const shrunk = before.length >= MANY && stayed < before.length / 2
    const seen = this.#showsSelf(room) && !shrunk ? undefined : [...ids].sort().join(' ')
    const believed = seen === undefined || this.#doubted.get(room.id) === seen
    if (believed) this.#doubted.delete(room.id)
    else this.#doubted.set(room.id, seen)
    return believed
  }

  #gone(wx: WxId, at: number): Event[] {
    this.#foreign.delete(wx)
    const { groups } = this.#register
    const id = this.#register.group(wx)
    const group = id && groups.get(id)
    if (id === undefined || !group) return []
    groups.set(id, { ...group, epoch: 0 })
    const missing = group.managed !== null && this.#register.isConfigured(group.managed) ? [group.managed] : []
    return [news(at, { missing })]
  }

  /** Makes groups of rooms that have a managed name, or are earlier groups; remembers the topics of the others. */
  #bind(lists: readonly RoomList[]): Event[] {
    const register = this.#register
    const open = lists.filter(({ room }) => {
      if (register.watched(register.group(room.id))) return false
      return register.nameFor(room.topic) !== undefined || this.#needsComparison(room)
    })
    if (open.length === 0) return []
    const links = this.#recognise(open)
    const isWanted = ({ room }: RoomList) =>
      links.groups.has(room.id) || register.nameFor(room.topic) !== undefined || this.#isConfiguredGroup(room)
    const wanted = open.filter(isWanted)
    for (const { room } of open) if (!wanted.some((list) => list.room === room)) this.#foreign.set(room.id, room.topic)
    // Earlier groups come first: they have the better right to a name.
    const linked = wanted.filter(({ room }) => links.groups.has(room.id))
    const named = [...linked, ...wanted.filter((list) => !linked.includes(list))].flatMap((list) =>
      this.#name(list, links),
    )
    return [...named, ...this.#similar(open, links)]
  }

  /** Foreign rooms come again and again: each is compared with earlier groups once, as long as neither changes. */
  #needsComparison(room: WxRoom): boolean {
    const absent = this.#register.absent()
    const seen = `${absent.map(({ id }) => id).join(' ')}\n${room.topic}\n${room.members.length}`
    const known = this.#register.group(room.id)
    const isSaid = known !== undefined && this.#register.groups.get(known)?.linked === true
    if (absent.length === 0 || (this.#compared.get(room.id) === seen && !isSaid)) return false
    this.#compared.set(room.id, seen)
    return true
  }

  #isConfiguredGroup(room: WxRoom): boolean {
    const id = this.#register.group(room.id)
    const managed = id && this.#register.groups.get(id)?.managed
    return typeof managed === 'string' && this.#register.isConfigured(managed)
  }

  /** Which of these rooms, and who in them, are known from earlier logins. */
  #recognise(lists: readonly RoomList[], isControl = false): Links {
    const register = this.#register
    const at = lists[0]?.at ?? 0
    const rooms = lists.map(({ room }) => ({ ...room, members: register.others(room) }))
    const said = new Map<WxId, GroupId>()
    for (const { id } of rooms) {
      const group = register.group(id)
      const { like, linked } = (group && register.groups.get(group)) ?? {}
      if (like !== undefined && linked) said.set(id, like)
    }
    const known = {
      wx: (wx: WxId) => register.isSettled(wx),
      member: (id: MemberId) => register.people.get(id)?.epoch === register.epoch,
      bearers: (form: Form) => register.bearers(form, at),
      said,
    }
    const old = register.absent().map(({ id }) => register.remembered(id))
    return recognise(old, rooms, known, (room) => isControl || register.nameFor(room.topic) !== undefined)
  }

  /** Rooms that seem to be an earlier group get a record, so that an admin can link them. */
  #similar(lists: readonly RoomList[], links: Links): Event[] {
    return links.similar.flatMap(({ room: wx, group: like }): Event[] => {
      const list = lists.find(({ room }) => room.id === wx)
      if (!list || this.#register.group(wx) !== undefined) return []
      const { room, at } = list
      const record = { wx, topic: room.topic, managed: null, unlisted: true, heard: at, like } as const
      const group = this.#register.newGroup(record)
      return [{ type: 'rostered', at, group, members: room.members.length, known: 0 }]
    })
  }

  #name(list: RoomList, links: Links): Event[] {
    const { room, at } = list
    const register = this.#register
    const linked = links.groups.get(room.id)
    const known = linked ?? register.group(room.id)
    const before = known && register.groups.get(known)?.managed
    const isKept = typeof before === 'string' && register.isConfigured(before)
    const name = isKept ? before : register.nameFor(room.topic)
    const bearer = name === undefined ? undefined : register.bearing(name)
    if (name === undefined && linked !== undefined) {
      // The settings name it no more, or otherwise: its people are known all the same, and wait for its new name.
      this.#foreign.set(room.id, room.topic)
      return [this.#takeOver(linked, before ?? null, list, links)]
    }
    if (name === undefined || (bearer !== undefined && linked === undefined && bearer !== known)) {
      const isNews = name !== undefined && !this.#foreign.has(room.id)
      this.#foreign.set(room.id, room.topic)
      return isNews ? [news(at, { ambiguous: [name] })] : []
    }
    this.#foreign.delete(room.id)
    const usurper = bearer && bearer !== known ? register.groups.get(bearer) : undefined
    if (bearer !== undefined && usurper) {
      register.setGroup(bearer, { ...usurper, managed: null })
      this.#foreign.set(usurper.wx, usurper.topic)
    }
    const rostered = this.#takeOver(known, name, list, links)
    return usurper ? [rostered, news(at, { ambiguous: [name] })] : [rostered]
  }

  /** Takes a member list as it is: the first of a group in this login. */
  #takeOver(id: GroupId | undefined, managed: string | null, { room, at }: RoomList, links: Links): Event {
    const register = this.#register
    const before = id && register.groups.get(id)
    const since = before && !before.unlisted ? at : 0
    const record = { wx: room.id, topic: room.topic, managed }
    const provisional = register.group(room.id)
    if (provisional !== undefined && provisional !== id) register.groups.delete(provisional)
    const group = id ?? register.newGroup(record)
    register.setGroup(group, record)
    const gone = new Map(register.membersOf(group).map(({ key, member }) => [key, member]))
    const people = register.others(room)
    let known = 0
    for (const [place, person] of people.entries()) {
      const link = links.people.get(person.id)
      if (link !== undefined) this.#link(link, person, at)
      const isNew = register.member(person.id) === undefined
      const member = register.memberOf(person)
      const could = isNew ? links.waiting.get(person.id) : undefined
      if (could) register.doubt(member, could, at)
      else register.listed(member)
      const key = membershipKey(group, member)
      const stayed = register.memberships.get(key)
      if (stayed ?? link) known++
      gone.delete(key)
      register.memberships.set(key, { nick: person.nick, since: stayed?.since ?? since, place })
    }
    for (const [key, member] of gone) {
      register.memberships.delete(key)
      if (register.people.get(member)?.epoch !== register.epoch) register.noteGone(member, at)
    }
    return { type: 'rostered', at, group, members: people.length, known }
  }

  #link(link: Link, person: WxMember, at: number): void {
    const heard = this.#register.member(person.id)
    if (heard === link.member) return
    if (heard !== undefined) {
      this.#register.drop(heard)
      this.#rights.move(heard, link.member)
    }
    this.#register.link(link, person, at)
  }
}

/** Whether it may be a code that binds a room which is not known yet. */
function isClaim({ kind, text }: Pick<WxMessage, 'kind' | 'text'>): boolean {
  return kind === 'text' && canonical(text.slice(0, 40)).startsWith('/claim')
}

function speaker({ from, fromName }: { from: WxId; fromName: string }) {
  return { id: from, name: fromName, attrStatus: 0 }
}

/** A notice that holds only what is new. */
function news(at: number, { missing = [], ambiguous = [] }: { missing?: string[]; ambiguous?: string[] }): Event {
  return { type: 'noticed', at, notice: { about: 'groups', found: [], missing, ambiguous } }
}
