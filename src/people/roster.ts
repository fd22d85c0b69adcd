// Who is who: turns what the account tells, in WeChat's ids of one login, into events in our ids, which outlive logins and names.
import type { Event, Notice, Renamed, Said } from '../core/types/event.ts'
import type { GroupId, MemberId } from '../core/types/ids.ts'
import type { Rights } from '../core/feature/rights.ts'
import type { Settings } from '../core/feature/settings.ts'
import type { Tables } from '../core/feature/tables.ts'
import { canonical, cleanName } from '../core/lib/text.ts'
import type { Incoming, WxId, WxMember, WxMessage, WxRoom } from '../wechat/account.ts'
import { Register, membershipKey } from './register.ts'
import { noLinks, relink, type Links } from './recognition.ts'

type RoomList = Extract<Incoming, { type: 'room' }>
type GroupsNotice = Extract<Notice, { about: 'groups' }>

/** After a fresh login the groups of before are waited for so long, as who is who is judged best from all member lists together. */
const SETTLED_AFTER = 60_000
/** So much is held back meanwhile at most. */
const HELD_AT_MOST = 2_000
/** A member who spoke before any list showed him may be missing from lists for so long. */
const UNLISTED_FOR = 10 * 60_000
/** A message that comes within this time after its sender has left is taken as late, not as a return. */
const LATE_FOR = 2 * 60_000
/** Lists that lose more than half of at least so many people at once are read twice before they are believed. */
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
  /** Who left lately, by membership key. */
  readonly #leftAt = new Map<string, number>()

  /** @param rights tells the control group, which is recorded though it is not managed. */
  constructor(tables: Tables, settings: () => Pick<Settings, 'groups'>, rights: Rights) {
    this.#register = new Register(tables, settings, rights)
  }

  /**
   * The events that an incoming means. Its changes of the directory's tables are staged for the first of them; without an event nothing
   * is staged. After a fresh login all is held back until the groups of before have shown their lists, or for a minute.
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

  /** Stops waiting for groups of before: to be called when all lists were told, or a minute after `online`. */
  settle(): Event[] {
    const held = this.#held
    this.#held = []
    const lists = new Map<WxId, RoomList>()
    for (const one of held) {
      if (one.type === 'room' && !lists.has(one.room.id) && this.#showsSelf(one.room)) lists.set(one.room.id, one)
    }
    const bound = this.#bind([...lists.values()])
    return [...bound, ...held.flatMap((one) => this.#take(one))]
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
      for (const memory of [this.#foreign, this.#doubted, this.#leftAt]) memory.clear()
    }
    return [{ type: 'loggedIn', at, fresh, claim: null }]
  }

  /** Whether groups of before have yet to show their lists, in a login in which none was recognised so far. */
  #awaitsGroups(): boolean {
    const absent = this.#register.absent()
    if (absent.length === 0 || this.#register.configured.some((name) => this.#register.bearing(name))) return false
    const topics = new Set(this.#held.flatMap((one) => (one.type === 'room' ? [canonical(one.room.topic)] : [])))
    return absent.some(({ topic }) => !topics.has(canonical(topic)))
  }

  #take(incoming: Incoming): Event[] {
    switch (incoming.type) {
      case 'message':
        return incoming.from === this.#register.self ? [] : this.#message(incoming)
      case 'own': {
        const { room, ...what } = incoming
        const group = this.#register.group(room)
        return this.#register.watched(group) ? [{ ...what, type: 'posted', group }] : []
      }
      case 'room':
        return this.#room(incoming)
      case 'roomGone':
        return this.#gone(incoming.room, incoming.at)
      case 'friendAsked': {
        const { at, hello } = incoming
        return [{ type: 'friendAsked', at, from: this.#register.memberOf(speaker(incoming)), hello }]
      }
      case 'gap': {
        const { from, until } = incoming
        return [{ type: 'noticed', at: until, notice: { about: 'gap', from, until } }]
      }
      case 'online':
      case 'offline':
        return []
    }
  }

  #message(message: WxMessage): Event[] {
    if (message.room === null) {
      const from = this.#register.member(message.from)
      return from === undefined ? [] : [said(message, null, from)]
    }
    const group = this.#register.group(message.room)
    if (this.#register.watched(group)) return this.#saidIn(group, message)
    if (message.kind !== 'text' || !canonical(message.text.slice(0, 40)).startsWith('/claim')) return []
    const unlisted = { wx: message.room, topic: '', managed: null, unlisted: true } as const
    return [said(message, group ?? this.#register.newGroup(unlisted), this.#register.memberOf(speaker(message)))]
  }

  #saidIn(group: GroupId, message: WxMessage): Event[] {
    const from = this.#register.memberOf(speaker(message))
    const key = membershipKey(group, from)
    const { memberships, groups } = this.#register
    const what = said(message, group, from)
    if (memberships.get(key) || groups.get(group)?.unlisted) return [what]
    if (message.at < (this.#leftAt.get(key) ?? -Infinity) + LATE_FOR) return [what]
    memberships.set(key, { nick: '', since: message.at, talked: true })
    return [{ type: 'joined', at: message.at, group, members: [from], by: null }, what]
  }

  #room(list: RoomList): Event[] {
    const { room, at } = list
    const group = this.#register.group(room.id)
    if (!this.#believed(room, group)) return []
    if (room.members.length === 0) return this.#gone(room.id, at)
    if (!this.#register.watched(group)) return this.#bind([list])
    if (this.#register.groups.get(group)?.unlisted) return [this.#takeOver(group, null, list, noLinks)]
    return this.#compare(group, list)
  }

  /** A true list shows the bot itself, where that room's lists ever do. */
  #showsSelf(room: WxRoom): boolean {
    const shows = room.members.some(({ id }) => id === this.#register.self)
    if (shows) this.#selfListed.add(room.id)
    return shows || (!this.#selfListed.has(room.id) && room.members.length > 0)
  }

  #believed(room: WxRoom, group: GroupId | undefined): boolean {
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

  /** Makes groups of rooms that bear a managed name, or are the groups of before; keeps the topics of the others in mind. */
  #bind(lists: readonly RoomList[]): Event[] {
    if (lists.length === 0) return []
    const register = this.#register
    const absent = register.absent()
    const wanted = lists.filter(({ room }) => {
      if (register.watched(register.group(room.id))) return false
      const topic = canonical(room.topic)
      const isNamed = register.nameFor(topic) ?? absent.some((group) => canonical(group.topic) === topic)
      if (!isNamed) this.#foreign.set(room.id, room.topic)
      return isNamed
    })
    if (wanted.length === 0) return []
    const rooms = wanted.map(({ room }) => ({ ...room, members: register.others(room) }))
    const old = absent.map(({ id }) => register.remembered(id))
    const links = relink(old, rooms, {
      wx: (wx) => register.member(wx) !== undefined,
      member: (id) => register.people.get(id)?.epoch === register.epoch,
    })
    // Groups of before come first: they have the better right to a name.
    const linked = wanted.filter(({ room }) => links.groups.has(room.id))
    return [...linked, ...wanted.filter((list) => !linked.includes(list))].flatMap((list) => this.#name(list, links))
  }

  #name(list: RoomList, links: Links): Event[] {
    const { room, at } = list
    const register = this.#register
    const linked = links.groups.get(room.id)
    const before = linked && register.groups.get(linked)?.managed
    const name = before && register.isConfigured(before) ? before : register.nameFor(room.topic)
    const bearer = name === undefined ? undefined : register.bearing(name)
    if (name === undefined || (bearer !== undefined && linked === undefined)) {
      const isNews = name !== undefined && !this.#foreign.has(room.id)
      this.#foreign.set(room.id, room.topic)
      return isNews ? [news(at, { ambiguous: [name] })] : []
    }
    this.#foreign.delete(room.id)
    const usurper = bearer && register.groups.get(bearer)
    if (bearer !== undefined && usurper) {
      register.setGroup(bearer, { ...usurper, managed: null })
      this.#foreign.set(usurper.wx, usurper.topic)
    }
    const rostered = this.#takeOver(linked ?? register.group(room.id), name, list, links)
    return usurper ? [rostered, news(at, { ambiguous: [name] })] : [rostered]
  }

  /** Takes a member list as it is: the first of a group in this login. */
  #takeOver(id: GroupId | undefined, managed: string | null, { room, at }: RoomList, links: Links): Event {
    const register = this.#register
    const before = id && register.groups.get(id)
    const since = before && !before.unlisted ? at : 0
    const record = { wx: room.id, topic: room.topic, managed }
    const group = id ?? register.newGroup(record)
    register.setGroup(group, record)
    const gone = new Set(register.membersOf(group).map(({ key }) => key))
    const people = register.others(room)
    let known = 0
    for (const person of people) {
      const linked = links.people.get(person.id)
      if (linked !== undefined) register.link(linked, person)
      const key = membershipKey(group, register.memberOf(person, !links.unsure.has(person.id)))
      const stayed = register.memberships.get(key)
      if (stayed ?? linked) known++
      gone.delete(key)
      register.memberships.set(key, { nick: person.nick, since: stayed?.since ?? since })
    }
    for (const key of gone) register.memberships.delete(key)
    return { type: 'rostered', at, group, members: people.length, known }
  }

  /** What has changed since the list before. */
  #compare(group: GroupId, { room, at, invitedBy }: RoomList): Event[] {
    const register = this.#register
    const people = register.others(room)
    const seen = people.map((person) => this.#see(group, person, at))
    const listed = new Set(seen.map(({ member }) => member))
    const joined = seen.flatMap(({ member, isNew }) => (isNew ? [member] : []))
    const left = register.membersOf(group).flatMap(({ key, member, membership }) => {
      if (listed.has(member) || (membership.talked && at < membership.since + UNLISTED_FOR)) return []
      this.#leave(key, at)
      return [member]
    })
    const record = register.groups.get(group)
    const isRetitled = record !== undefined && record.topic !== room.topic
    if (isRetitled) register.setGroup(group, { ...record, topic: room.topic })
    const events: Event[] = []
    if (joined.length > 0) {
      events.push({ type: 'joined', at, group, members: joined, by: this.#inviter(people, invitedBy, joined) })
    }
    if (left.length > 0) events.push({ type: 'left', at, group, members: left })
    events.push(...seen.flatMap(({ renamed }) => renamed))
    if (events.length > 0 || (!isRetitled && !seen.some(({ changed }) => changed))) return events
    return [{ type: 'rostered', at, group, members: people.length, known: people.length }]
  }

  /** Notes one person of a list that is compared. */
  #see(group: GroupId, person: WxMember, at: number) {
    const { people, memberships } = this.#register
    const member = this.#register.memberOf(person)
    const key = membershipKey(group, member)
    const membership = memberships.get(key)
    const record = people.get(member) ?? person
    const renamed: Renamed[] = []
    const rename = (where: GroupId | null, before: string, after: string) =>
      renamed.push({ type: 'renamed', at, member, group: where, before: shown(before), after: shown(after) })

    const isRenamed = !sameShown(record.name, person.name)
    const isOther = person.attrStatus !== 0 && person.attrStatus !== record.attrStatus
    if ('wx' in record && (isRenamed || isOther)) {
      people.set(member, { ...record, name: person.name, attrStatus: person.attrStatus || record.attrStatus })
    }
    const isNicked = !membership || membership.talked === true || !sameShown(membership.nick, person.nick)
    if (isNicked) memberships.set(key, { nick: person.nick, since: membership?.since ?? at })
    // What a message showed of a name was only a first guess.
    if (membership && !membership.talked) {
      if (isRenamed) rename(null, record.name, person.name)
      if (isNicked) rename(group, membership.nick, person.nick)
    }
    return { member, renamed, isNew: !membership, changed: isRenamed || isOther || isNicked }
  }

  #leave(key: string, at: number): void {
    this.#register.memberships.delete(key)
    for (const [one, leftAt] of this.#leftAt) if (leftAt + LATE_FOR < at) this.#leftAt.delete(one)
    this.#leftAt.set(key, at)
  }

  #inviter(people: readonly WxMember[], name: string | null, joined: readonly MemberId[]): MemberId | null {
    const wanted = canonical(name ?? '')
    if (wanted === '') return null
    const [bearer, other] = people.filter((one) => [one.name, one.nick].some((its) => canonical(its) === wanted))
    const by = bearer && !other ? this.#register.member(bearer.id) : undefined
    return by === undefined || joined.includes(by) ? null : by
  }
}

function said(message: WxMessage, group: GroupId | null, from: MemberId): Said {
  const { id, at, kind, text, quote, description, link, addressed } = message
  const about = { ...(description === undefined ? {} : { description }), ...(link === undefined ? {} : { link }) }
  return { type: 'said', id, at, group, from, kind, text, quote, ...about, addressed }
}

function speaker({ from, fromName }: { from: WxId; fromName: string }) {
  return { id: from, name: fromName, attrStatus: 0 }
}

function shown(name: string): string {
  return cleanName(name, '')
}

/** The same emoji comes in several encodings, which make no other name. */
function sameShown(a: string, b: string): boolean {
  return a === b || shown(a) === shown(b)
}

/** A notice that holds only what is new. */
function news(at: number, { missing = [], ambiguous = [] }: { missing?: string[]; ambiguous?: string[] }): Event {
  return { type: 'noticed', at, notice: { about: 'groups', found: [], missing, ambiguous } }
}
