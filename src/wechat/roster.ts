// Who is who: turns what the account tells, in WeChat's ids of one login, into events in our ids, which outlive logins and names.
import type { Group, Login, Membership, Person } from '../core/directory.ts'
import { GroupId, MemberId, type Event, type Joined, type Notice, type Renamed, type Said } from '../core/event.ts'
import type { Rights } from '../core/rights.ts'
import type { Settings } from '../core/settings.ts'
import type { Table, Tables } from '../core/tables.ts'
import { canonical, cleanName } from '../core/text.ts'
import type { Incoming, WxId, WxMember, WxMessage, WxRoom } from './account.ts'
import { relink, type Links, type OldGroup } from './relink.ts'
import { WxIds } from './wxids.ts'

type Of<T extends Incoming['type']> = Extract<Incoming, { type: T }>
type RoomList = Of<'room'>

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

const noLinks: Links = { groups: new Map(), people: new Map(), unsure: new Set() }

export class Roster {
  readonly #people: Table<Person>
  readonly #groups: Table<Group>
  readonly #memberships: Table<Membership>
  readonly #login: Table<Login>
  readonly #settings: () => Settings
  readonly #rights: Rights
  readonly #memberIds: WxIds<MemberId>
  readonly #groupIds: WxIds<GroupId>
  /** When this process came on line; before that no id of WeChat's can be trusted. */
  #onlineAt: number | undefined
  #held: Incoming[] = []
  /** Topics of rooms in this login that are not managed. */
  readonly #foreign = new Map<WxId, string>()
  /** Lists that were not believed: the ids in them. */
  readonly #doubted = new Map<WxId, string>()
  /** Who left lately, by membership key. */
  readonly #leftAt = new Map<string, number>()

  /** @param rights tells the control group, which is recorded though it is not managed. */
  constructor(tables: Tables, settings: () => Settings, rights: Rights) {
    this.#people = tables.table('directory.people')
    this.#groups = tables.table('directory.groups')
    this.#memberships = tables.table('directory.memberships')
    this.#login = tables.table('directory.login')
    this.#settings = settings
    this.#rights = rights
    this.#memberIds = new WxIds(this.#people)
    this.#groupIds = new WxIds(this.#groups)
  }

  /**
   * The events that an incoming means. Its changes of the directory's tables are staged for the first of them; without an event nothing
   * is staged. After a fresh login all is held back until the groups of before have shown their lists, or for a minute.
   * Unmanaged rooms are dropped, but for the control group and a `/claim`.
   */
  read(incoming: Incoming): Event[] {
    if (incoming.type === 'online') return this.#online(incoming)
    if (this.#onlineAt === undefined) return []
    this.#held.push(incoming)
    const at = incoming.type === 'gap' ? incoming.until : incoming.at
    const waiting = at < this.#onlineAt + SETTLED_AFTER && this.#held.length < HELD_AT_MOST && this.#awaitsGroups()
    return waiting ? [] : this.settle()
  }

  /** Stops waiting for groups of before: to be called when all lists were told, or a minute after `online`. */
  settle(): Event[] {
    const held = this.#held
    this.#held = []
    const lists = new Map<WxId, RoomList>()
    for (const one of held) {
      if (one.type === 'room' && !lists.has(one.room.id) && this.#lists(one.room)) lists.set(one.room.id, one)
    }
    const bound = this.#bind([...lists.values()])
    return [...bound, ...held.flatMap((one) => this.#take(one))]
  }

  /** WeChat's id, if it is valid in the login that is on now. */
  wxOf(id: GroupId | MemberId): WxId | undefined {
    const record = id.startsWith('g') ? this.#groups.get(id) : this.#people.get(id)
    return record?.epoch === this.#epoch ? record.wx : undefined
  }

  /** Which groups of `groups.yaml` are there, which are not, and of which topic a second room was seen. */
  groupsNotice(): Notice & { about: 'groups' } {
    const names = this.#settings().groups.map(({ name }) => name)
    const found = names.filter((name) => this.#bearing(name) !== undefined)
    const foreign = new Set([...this.#foreign.values()].map(canonical))
    return {
      about: 'groups',
      found,
      missing: names.filter((name) => !found.includes(name)),
      ambiguous: names.filter((name) => foreign.has(canonical(name))),
    }
  }

  get #epoch(): number {
    return this.#login.get('login')?.epoch ?? 0
  }

  #online({ at, self }: Of<'online'>): Event[] {
    const before = this.#login.get('login') ?? { epoch: 0, self: '', nextMember: 1, nextGroup: 1 }
    const fresh = before.self !== self
    this.#onlineAt = at
    if (fresh) {
      this.#held = []
      for (const memory of [this.#foreign, this.#doubted, this.#leftAt]) memory.clear()
      this.#login.set('login', { ...before, epoch: before.epoch + 1, self })
    }
    return [{ type: 'loggedIn', at, fresh, claim: null }]
  }

  #take(incoming: Incoming): Event[] {
    switch (incoming.type) {
      case 'message':
        return incoming.from === this.#self ? [] : this.#message(incoming)
      case 'room':
        return this.#room(incoming)
      case 'roomGone':
        return this.#gone(incoming.room, incoming.at)
      case 'friendAsked': {
        const { at, hello } = incoming
        return [{ type: 'friendAsked', at, hello, from: this.#memberOf(incoming.from, incoming.fromName) }]
      }
      case 'gap':
        return [
          { type: 'noticed', at: incoming.until, notice: { about: 'gap', from: incoming.from, until: incoming.until } },
        ]
      case 'online':
      case 'offline':
        return []
    }
  }

  #message(message: WxMessage): Event[] {
    if (message.room === null) {
      const from = this.#known(message.from)
      return from ? [said(message, null, from)] : []
    }
    const group = this.#groupIds.find(message.room, this.#epoch)
    if (group !== undefined && this.#watched(group)) return this.#saidIn(group, message)
    if (message.kind !== 'text' || !canonical(message.text.slice(0, 40)).startsWith('/claim')) return []
    const claimed = group ?? this.#newGroup({ wx: message.room, topic: '', managed: null, unlisted: true })
    return [said(message, claimed, this.#memberOf(message.from, message.fromName))]
  }

  #saidIn(group: GroupId, message: WxMessage): Event[] {
    const from = this.#memberOf(message.from, message.fromName)
    const key = `${group}/${from}`
    const what = said(message, group, from)
    const isLate = message.at < (this.#leftAt.get(key) ?? -Infinity) + LATE_FOR
    if (this.#memberships.get(key) || isLate || this.#groups.get(group)?.unlisted) return [what]
    this.#memberships.set(key, { nick: '', since: message.at, talked: true })
    return [{ type: 'joined', at: message.at, group, members: [from], by: null }, what]
  }

  #room(list: RoomList): Event[] {
    const { room, at } = list
    const group = this.#groupIds.find(room.id, this.#epoch)
    if (!this.#believed(room, group)) return []
    if (room.members.length === 0) return this.#gone(room.id, at)
    if (group === undefined || !this.#watched(group)) return this.#bind([list])
    if (this.#groups.get(group)?.unlisted) return [this.#takeOver(group, null, list, noLinks)]
    return this.#compare(group, list)
  }

  /** A list that shows the bot itself, as every true list does. */
  #lists(room: WxRoom): boolean {
    return room.members.some(({ id }) => id === this.#self)
  }

  #believed(room: WxRoom, group: GroupId | undefined): boolean {
    const before = group === undefined ? [] : [...this.#memberships.entries(group)].map(([key]) => this.#wxIn(key))
    const ids = new Set(room.members.map(({ id }) => id))
    const stayed = before.filter((wx) => ids.has(wx)).length
    const shrunk = before.length >= MANY && stayed < before.length / 2
    const seen = [...ids].sort().join(' ')
    if ((this.#lists(room) && !shrunk) || this.#doubted.get(room.id) === seen) {
      this.#doubted.delete(room.id)
      return true
    }
    this.#doubted.set(room.id, seen)
    return false
  }

  #gone(wx: WxId, at: number): Event[] {
    this.#foreign.delete(wx)
    const id = this.#groupIds.find(wx, this.#epoch)
    const group = id && this.#groups.get(id)
    if (id === undefined || !group) return []
    const managed = this.#watched(id) ? group.managed : null
    this.#groups.set(id, { ...group, epoch: 0 })
    return [this.#news(at, { missing: managed === null ? [] : [managed] })]
  }

  /** Makes groups of rooms that bear a managed name, or are the groups of before; keeps the topics of the others in mind. */
  #bind(lists: readonly RoomList[]): Event[] {
    const old = this.#oldGroups()
    const wanted = lists.filter(({ room }) => {
      const id = this.#groupIds.find(room.id, this.#epoch)
      if (id !== undefined && this.#watched(id)) return false
      const topic = canonical(room.topic)
      const named = topic !== '' && (this.#named(topic) ?? old.some((group) => canonical(group.topic) === topic))
      if (!named) this.#foreign.set(room.id, room.topic)
      return named
    })
    if (wanted.length === 0) return []
    const rooms = wanted.map(({ room }) => ({ ...room, members: this.#others(room) }))
    const links = relink(
      old.map((group) => this.#oldGroup(group)),
      rooms,
      {
        wx: (wx) => this.#known(wx) !== undefined,
        member: (id) => this.#people.get(id)?.epoch === this.#epoch,
      },
    )
    // Groups of before come first: they have the better right to a name.
    const linked = wanted.filter(({ room }) => links.groups.has(room.id))
    return [...linked, ...wanted.filter((list) => !linked.includes(list))].flatMap((list) => this.#name(list, links))
  }

  #name(list: RoomList, links: Links): Event[] {
    const { room, at } = list
    const linked = links.groups.get(room.id)
    const before = linked && this.#groups.get(linked)?.managed
    const name = before && this.#isConfigured(before) ? before : this.#named(canonical(room.topic))
    if (name === undefined) {
      this.#foreign.set(room.id, room.topic)
      return []
    }
    const other = this.#bearing(name)
    const events: Event[] = []
    if (other !== undefined) {
      const ambiguous = this.#news(at, { ambiguous: [name] })
      const bearer = this.#groups.get(other)
      const isNews = !this.#foreign.has(room.id)
      if (linked === undefined || !bearer) {
        this.#foreign.set(room.id, room.topic)
        return isNews ? [ambiguous] : []
      }
      this.#groups.set(other, { ...bearer, managed: null })
      this.#foreign.set(bearer.wx, bearer.topic)
      events.push(ambiguous)
    }
    this.#foreign.delete(room.id)
    const id = linked ?? this.#groupIds.find(room.id, this.#epoch)
    return [this.#takeOver(id, name, list, links), ...events]
  }

  /** Takes a member list as it is: the first of a group in this login. */
  #takeOver(id: GroupId | undefined, managed: string | null, { room, at }: RoomList, links: Links): Event {
    const before = id && this.#groups.get(id)
    const since = before && !before.unlisted ? at : 0
    const group = id ?? this.#newGroup({ wx: room.id, topic: room.topic, managed })
    this.#groups.set(group, { wx: room.id, epoch: this.#epoch, topic: room.topic, managed })
    this.#groupIds.note(room.id, group)
    const gone = new Set([...this.#memberships.entries(group)].map(([key]) => key))
    const members = this.#others(room)
    let known = 0
    for (const person of members) {
      const linked = links.people.get(person.id)
      const member = this.#memberOf(person.id, person.name, person.attrStatus, linked, !links.unsure.has(person.id))
      const key = `${group}/${member}`
      const stayed = this.#memberships.get(key)
      if (stayed || linked !== undefined) known++
      gone.delete(key)
      this.#memberships.set(key, { nick: person.nick, since: stayed?.since ?? since })
    }
    for (const key of gone) this.#memberships.delete(key)
    return { type: 'rostered', at, group, members: members.length, known }
  }

  #compare(group: GroupId, { room, at, invitedBy }: RoomList): Event[] {
    const people = this.#others(room)
    const joined: MemberId[] = []
    const renamed: Renamed[] = []
    const listed = new Set<string>()
    let changed = false
    for (const person of people) {
      const member = this.#memberOf(person.id, person.name, person.attrStatus)
      const key = `${group}/${member}`
      const before = this.#memberships.get(key)
      listed.add(key)
      if (!before) joined.push(member)
      const change = { type: 'renamed', at, member } as const
      // What a message showed of a name was only a first guess.
      const quiet = !before || before.talked === true
      const rename = this.#update(member, person)
      changed ||= rename !== undefined
      if (rename && rename.before !== rename.after && !quiet) renamed.push({ ...change, group: null, ...rename })
      if (before && !before.talked && shown(before.nick) === shown(person.nick)) continue
      changed = true
      this.#memberships.set(key, { nick: person.nick, since: before?.since ?? at })
      if (!quiet) renamed.push({ ...change, group, before: shown(before.nick), after: shown(person.nick) })
    }
    const left = [...this.#memberships.entries(group)].flatMap(([key, { talked, since }]) =>
      listed.has(key) || (talked && at < since + UNLISTED_FOR) ? [] : [MemberId.parse(key.slice(group.length + 1))],
    )
    for (const member of left) this.#leave(`${group}/${member}`, at)
    const record = this.#groups.get(group)
    if (record && record.topic !== room.topic) {
      changed = true
      this.#groups.set(group, { ...record, topic: room.topic })
    }
    const events: Event[] = []
    if (joined.length > 0) {
      const by = invitedBy === null ? null : this.#inviter(people, invitedBy, joined)
      events.push({ type: 'joined', at, group, members: joined, by } satisfies Joined)
    }
    if (left.length > 0) events.push({ type: 'left', at, group, members: left })
    events.push(...renamed)
    if (events.length > 0 || !changed) return events
    return [{ type: 'rostered', at, group, members: people.length, known: people.length }]
  }

  #leave(key: string, at: number): void {
    this.#memberships.delete(key)
    for (const [one, leftAt] of this.#leftAt) if (leftAt + LATE_FOR < at) this.#leftAt.delete(one)
    this.#leftAt.set(key, at)
  }

  #inviter(people: readonly WxMember[], name: string, joined: readonly MemberId[]): MemberId | null {
    const wanted = canonical(name)
    const bearers = people.filter((one) => canonical(one.name) === wanted || canonical(one.nick) === wanted)
    const by = bearers.length === 1 && bearers[0] ? this.#known(bearers[0].id) : undefined
    return by !== undefined && !joined.includes(by) ? by : null
  }

  /** Sets what a list shows anew of a person. @returns the names to show, when anything was set. */
  #update(member: MemberId, { name, attrStatus }: WxMember): { before: string; after: string } | undefined {
    const person = this.#people.get(member)
    if (!person) return undefined
    const [before, after] = [shown(person.name), shown(name)]
    const attr = attrStatus === 0 ? person.attrStatus : attrStatus
    if (before === after && attr === person.attrStatus) return undefined
    this.#people.set(member, { ...person, name, attrStatus: attr })
    return { before, after }
  }

  #known(wx: WxId): MemberId | undefined {
    return this.#memberIds.find(wx, this.#epoch)
  }

  /** Our id of a person of this login; who has none yet gets that of `linked` or a new one. */
  #memberOf(wx: WxId, name: string, attrStatus = 0, linked?: MemberId, sure = true): MemberId {
    const known = this.#known(wx)
    if (known !== undefined) return known
    const before = linked && this.#people.get(linked)
    const id = linked ?? MemberId.parse(`m${this.#count('nextMember')}`)
    this.#people.set(id, { wx, epoch: this.#epoch, name, attrStatus, sure: before ? before.sure : sure })
    this.#memberIds.note(wx, id)
    return id
  }

  #newGroup(group: Omit<Group, 'epoch'>): GroupId {
    const id = GroupId.parse(`g${this.#count('nextGroup')}`)
    this.#groups.set(id, { ...group, epoch: this.#epoch })
    this.#groupIds.note(group.wx, id)
    return id
  }

  #count(next: 'nextMember' | 'nextGroup'): number {
    const login = this.#login.get('login')
    if (!login) throw new Error('nobody is logged in')
    this.#login.set('login', { ...login, [next]: login[next] + 1 })
    return login[next]
  }

  get #self(): WxId | undefined {
    return this.#login.get('login')?.self
  }

  /** The people of a room, each once, without the bot's own account. */
  #others(room: WxRoom): WxMember[] {
    const people = new Map(room.members.map((person) => [person.id, person]))
    if (this.#self !== undefined) people.delete(this.#self)
    return [...people.values()]
  }

  #wxIn(membership: string): WxId {
    return this.#people.get(membership.slice(membership.indexOf('/') + 1))?.wx ?? ''
  }

  #watched(id: GroupId): boolean {
    const managed = this.#groups.get(id)?.managed ?? null
    return (managed !== null && this.#isConfigured(managed)) || id === this.#rights.control
  }

  #isConfigured(managed: string): boolean {
    return this.#settings().groups.some(({ name }) => name === managed)
  }

  /** The name in `groups.yaml` that a topic, in canonical form, equals. */
  #named(topic: string): string | undefined {
    return this.#settings().groups.find(({ name }) => canonical(name) === topic)?.name
  }

  /** The group that is managed under a name in this login. */
  #bearing(name: string): GroupId | undefined {
    for (const [id, { managed, epoch }] of this.#groups.entries()) {
      if (managed === name && epoch === this.#epoch) return GroupId.parse(id)
    }
    return undefined
  }

  /** Managed groups that are not, or not yet, in this login. */
  #oldGroups(): (Group & { id: GroupId })[] {
    return [...this.#groups.entries()].flatMap(([id, group]) =>
      group.managed !== null && group.epoch !== this.#epoch && this.#isConfigured(group.managed)
        ? [{ ...group, id: GroupId.parse(id) }]
        : [],
    )
  }

  #oldGroup({ id, epoch, topic }: Group & { id: GroupId }): OldGroup {
    const members = new Map<MemberId, { name: string; attrStatus: number; nick: string }>()
    for (const [key, { nick }] of this.#memberships.entries(id)) {
      const member = MemberId.parse(key.slice(id.length + 1))
      const person = this.#people.get(member)
      if (person) members.set(member, { name: person.name, attrStatus: person.attrStatus, nick })
    }
    return { id, epoch, topic, members }
  }

  /** Whether groups of before have not shown their lists, in a login that has not been settled. */
  #awaitsGroups(): boolean {
    const old = this.#oldGroups()
    if (old.length === 0) return false
    for (const [, { managed, epoch }] of this.#groups.entries()) {
      if (managed !== null && epoch === this.#epoch) return false
    }
    const topics = new Set(this.#held.flatMap((one) => (one.type === 'room' ? [canonical(one.room.topic)] : [])))
    return old.some(({ topic }) => !topics.has(canonical(topic)))
  }

  /** A notice that holds only what is new. */
  #news(at: number, { missing = [], ambiguous = [] }: { missing?: string[]; ambiguous?: string[] }): Event {
    return { type: 'noticed', at, notice: { about: 'groups', found: [], missing, ambiguous } }
  }
}

function said({ id, at, kind, text, quote, addressed }: WxMessage, group: GroupId | null, from: MemberId): Said {
  return { type: 'said', id, at, group, from, kind, text, quote, addressed }
}

function shown(name: string): string {
  return cleanName(name, '')
}
