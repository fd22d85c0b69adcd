// The roster's books: the records of people and groups in the login that is on, found by WeChat's ids and by names.
import type { Group, Login, Membership, Person } from '../core/feature/directory.ts'
import type { GroupId, MemberId } from '../core/types/ids.ts'
import type { Rights } from '../core/feature/rights.ts'
import { groupNamed, type Settings } from '../core/feature/settings.ts'
import type { Table, Tables } from '../core/feature/tables.ts'
import { canonical } from '../core/lib/text.ts'
import type { WxId, WxMember, WxRoom } from '../wechat/account.ts'
import type { OldGroup } from './recognition.ts'
import { WxIds } from './wxids.ts'

export class Register {
  readonly people: Table<Person>
  readonly groups: Table<Group>
  /** Keyed by `membershipKey`. */
  readonly memberships: Table<Membership>
  readonly #login: Table<Login>
  readonly #settings: () => Pick<Settings, 'groups'>
  readonly #rights: Rights
  readonly #memberIds: WxIds<MemberId>
  readonly #groupIds: WxIds<GroupId>

  /** @param rights tells the control group, which is recorded though it is not managed. */
  constructor(tables: Tables, settings: () => Pick<Settings, 'groups'>, rights: Rights) {
    this.people = tables.table('directory.people')
    this.groups = tables.table('directory.groups')
    this.memberships = tables.table('directory.memberships')
    this.#login = tables.table('directory.login')
    this.#settings = settings
    this.#rights = rights
    this.#memberIds = new WxIds(this.people)
    this.#groupIds = new WxIds(this.groups)
  }

  /** Which login is on; 0 before the first. */
  get epoch(): number {
    return this.#login.get('login')?.epoch ?? 0
  }

  /** The account's own id in this login. */
  get self(): WxId | undefined {
    return this.#login.get('login')?.self
  }

  /** Notes who is on line. @returns whether this is a fresh login, in which no earlier id of WeChat's means anything. */
  logIn(self: WxId): boolean {
    const before = this.#login.get('login') ?? { epoch: 0, self: '', nextMember: 1, nextGroup: 1 }
    if (before.self === self) return false
    this.#login.set('login', { ...before, epoch: before.epoch + 1, self })
    return true
  }

  member(wx: WxId): MemberId | undefined {
    return this.#memberIds.find(wx, this.epoch)
  }

  group(wx: WxId): GroupId | undefined {
    return this.#groupIds.find(wx, this.epoch)
  }

  /** Our id of a person, who gets a new one when he has none in this login. @param sure for a new one */
  memberOf({ id: wx, name, attrStatus }: Omit<WxMember, 'nick'>, sure = true): MemberId {
    const known = this.member(wx)
    if (known !== undefined) return known
    const id: MemberId = `m${this.#next('nextMember')}`
    this.people.set(id, { wx, epoch: this.epoch, name, attrStatus, sure })
    this.#memberIds.note(wx, id)
    return id
  }

  /** Recognises somebody of an earlier login. */
  link(before: MemberId, { id: wx, name, attrStatus }: WxMember): void {
    const sure = this.people.get(before)?.sure ?? false
    this.people.set(before, { wx, epoch: this.epoch, name, attrStatus, sure })
    this.#memberIds.note(wx, before)
  }

  newGroup(group: Omit<Group, 'epoch'>): GroupId {
    const id: GroupId = `g${this.#next('nextGroup')}`
    this.setGroup(id, group)
    return id
  }

  /** Sets a group that is there in this login. */
  setGroup(id: GroupId, group: Omit<Group, 'epoch'>): void {
    this.groups.set(id, { ...group, epoch: this.epoch })
    this.#groupIds.note(group.wx, id)
  }

  /** The people of a room, each once, without the bot's own account. */
  others(room: WxRoom): WxMember[] {
    const people = new Map(room.members.map((person) => [person.id, person]))
    if (this.self !== undefined) people.delete(this.self)
    return [...people.values()]
  }

  membersOf(group: GroupId): { key: string; member: MemberId; membership: Membership; person: Person | undefined }[] {
    return [...this.memberships.entries(group)].map(([key, membership]) => {
      // The keys of this table are made by `membershipKey` alone.
      const member = key.slice(group.length + 1) as MemberId
      return { key, member, membership, person: this.people.get(member) }
    })
  }

  /** Whether messages and members of a group count: a managed one that the settings name, or the control group. */
  watched(id: GroupId | undefined): id is GroupId {
    if (id === undefined) return false
    const managed = this.groups.get(id)?.managed ?? null
    return (managed !== null && this.isConfigured(managed)) || id === this.#rights.control
  }

  isConfigured(managed: string): boolean {
    return groupNamed(this.#settings(), managed) !== undefined
  }

  get configured(): string[] {
    return this.#settings().groups.map(({ name }) => name)
  }

  /** The name in `groups.yaml` that a topic equals. */
  nameFor(topic: string): string | undefined {
    const wanted = canonical(topic)
    return wanted === '' ? undefined : this.configured.find((name) => canonical(name) === wanted)
  }

  /** The group that is managed under a name in this login. */
  bearing(name: string): GroupId | undefined {
    for (const [id, { managed, epoch }] of this.groups.entries()) {
      if (managed === name && epoch === this.epoch) return id as GroupId
    }
    return undefined
  }

  /** Managed groups that are not, or not yet, in this login. */
  absent(): { id: GroupId; topic: string }[] {
    return [...this.groups.entries()].flatMap(([id, { managed, epoch, topic }]) =>
      managed !== null && epoch !== this.epoch && this.isConfigured(managed) ? [{ id: id as GroupId, topic }] : [],
    )
  }

  /** What is remembered of a group for recognising it. */
  remembered(id: GroupId): OldGroup {
    const { epoch = 0, topic = '' } = this.groups.get(id) ?? {}
    const members = this.membersOf(id).flatMap(({ member, membership, person }) =>
      person ? [[member, { name: person.name, attrStatus: person.attrStatus, nick: membership.nick }] as const] : [],
    )
    return { id, epoch, topic, members: new Map(members) }
  }

  #next(counter: 'nextMember' | 'nextGroup'): number {
    const login = this.#login.get('login')
    if (!login) throw new Error('an id was wanted before anybody logged in')
    this.#login.set('login', { ...login, [counter]: login[counter] + 1 })
    return login[counter]
  }
}

export function membershipKey(group: GroupId, member: MemberId): string {
  return `${group}/${member}`
}
