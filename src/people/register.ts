// The roster's books: the records of people and groups in the login that is on, found by WeChat's ids and by names.
import type { Group, Login, Membership, Person } from '../core/feature/directory.ts'
import type { Noticed, Patted } from '../core/types/event.ts'
import type { GroupId, MemberId, Millis } from '../core/types/ids.ts'
import type { Rights } from '../core/feature/rights.ts'
import { groupNamed, type Settings } from '../core/feature/settings.ts'
import type { Table, Tables } from '../core/feature/tables.ts'
import { canonical } from '../core/lib/text.ts'
import type { WxId, WxMember, WxRoom } from '../wechat/account.ts'
import { lowerLevel, needsLonger, ownProof, proofFor, type Level } from '../core/feature/levels.ts'
import { Bearers, type Form } from './names.ts'
import type { Bearer, Link, OldGroup } from './recognition.ts'
import { newSalt } from './passphrases.ts'
import { WxIds } from './wxids.ts'

/** Time (ms) for which a former name counts as in use, so that it proves nothing of another person. */
const NAME_LASTS = 90 * 86_400_000
/** Time (ms) for which a room is remembered in which a code was typed in vain. */
const UNCLAIMED_FOR = 86_400_000
/** Most former names that are kept. */
const NAMES_KEPT = 5
/** Days are Beijing's, as members live there. */
const dayOf = (at: number) => Math.floor((at + 8 * 3_600_000) / 86_400_000)

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

  /** The salt of passphrases, made when the first is typed. */
  get salt(): string {
    const login = this.#login.get('login')
    if (!login) throw new Error('a salt was wanted before anybody logged in')
    if (login.salt !== undefined) return login.salt
    const salt = newSalt()
    this.#login.set('login', { ...login, salt })
    return salt
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

  /** A pat in a room that is known, as an event of its group. */
  patted({ at, room }: { at: Millis; room: WxId }): Patted[] {
    const group = this.group(room)
    return group === undefined ? [] : [{ type: 'patted', at, group }]
  }

  group(wx: WxId): GroupId | undefined {
    return this.#groupIds.find(wx, this.epoch)
  }

  /** Our id of a person, who gets a new one when he has none in this login. */
  memberOf({ id: wx, name, attrStatus, keyWord }: Omit<WxMember, 'nick'>, level: Level = 'proven'): MemberId {
    const known = this.member(wx)
    if (known !== undefined) return known
    const id: MemberId = `m${this.#next('nextMember')}`
    this.people.set(id, {
      wx,
      epoch: this.epoch,
      name,
      attrStatus,
      level,
      ...(keyWord === undefined ? {} : { keyWord }),
    })
    this.#memberIds.note(wx, id)
    return id
  }

  /** Our id of somebody who types a code in a room that is not known: forgotten with the room, unless a list shows him. */
  heardOf(person: Omit<WxMember, 'nick'>, at: number): MemberId {
    const known = this.member(person.id)
    const id = known ?? this.memberOf(person, 'none')
    if (known === undefined) this.noteGone(id, at)
    return id
  }

  /** Forgets rooms in which a code was typed in vain, and who typed it, after a day. */
  forgetUnclaimed(at: number): void {
    for (const [id, { unlisted, heard, like, managed }] of this.groups.entries()) {
      if (!unlisted || managed !== null || like !== undefined || heard === undefined) continue
      if (heard > at - UNCLAIMED_FOR || this.watched(id as GroupId)) continue
      this.groups.delete(id)
    }
    for (const [id, { level, gone, evidence }] of this.people.entries()) {
      const isStranger = level === 'none' && evidence === undefined && gone !== undefined
      if (isStranger && gone <= at - UNCLAIMED_FOR && this.#rights.roleOf(id as MemberId) === 'member')
        this.people.delete(id)
    }
  }

  /** A list shows somebody who was only heard so far. */
  listed(id: MemberId): void {
    const person = this.people.get(id)
    if (!person || person.level !== 'none') return
    const { gone: _, ...here } = person
    this.people.set(id, { ...here, level: 'proven' })
  }

  /** Somebody who spoke before any list showed him is recognised as an earlier record; the interim record is given up. */
  drop(id: MemberId): void {
    const person = this.people.get(id)
    if (person) this.people.set(id, { ...person, wx: '', epoch: 0 })
    for (const group of this.groups.keys()) this.memberships.delete(membershipKey(group as GroupId, id))
  }

  /** Whether somebody is known in this login by more than a word to the bot, so that he cannot be recognised any more. */
  isSettled(wx: WxId): boolean {
    const id = this.member(wx)
    if (id === undefined) return false
    return this.people.get(id)?.evidence !== undefined || this.isInGroups(id)
  }

  /** Whether somebody is a member of any managed group. */
  isInGroups(id: MemberId): boolean {
    return [...this.groups.entries()].some(
      ([group, { managed }]) => managed !== null && this.memberships.get(membershipKey(group as GroupId, id)),
    )
  }

  /** Somebody new could be an earlier record: the new one waits. */
  doubt(id: MemberId, could: readonly MemberId[], at: number): void {
    const person = this.people.get(id)
    if (person) this.people.set(id, { ...person, level: 'weak', could: [...could], from: at, days: 0 })
  }

  /** Recognises somebody of an earlier login. One sighting is likely at most; what an earlier one left open stays open. */
  link({ member, evidence }: Link, { id: wx, name, attrStatus, keyWord }: WxMember, at: number): void {
    const before = this.people.get(member)
    if (!before) return
    const { gone: _, ...kept } = this.#renamed(before, name, at)
    const here = {
      ...kept,
      wx,
      epoch: this.epoch,
      attrStatus: attrStatus || before.attrStatus,
      ...(keyWord === undefined ? {} : { keyWord }),
    }
    const isOpen = before.level === 'likely' && before.from !== undefined
    const isLonger = isOpen && needsLonger(proofFor(before.evidence ?? []), proofFor(evidence))
    // A second login that agrees speaks for it as much as a day on which he spoke.
    const isAgain = isOpen && dayOf(at) > (before.lastDay ?? dayOf(before.from ?? at))
    const spoken = {
      from: isOpen ? (before.from ?? at) : at,
      days: isOpen ? (before.days ?? 0) + (isAgain ? 1 : 0) : 0,
      lastDay: isOpen && !isAgain && before.lastDay !== undefined ? before.lastDay : dayOf(at),
    }
    if (evidence.includes('id')) this.people.set(member, { ...here, evidence })
    else if (before.level === 'weak') this.people.set(member, { ...here, evidence })
    else
      this.people.set(member, {
        ...here,
        level: lowerLevel(before.level === 'none' ? 'likely' : before.level, 'likely'),
        evidence: isLonger ? (before.evidence ?? []) : evidence,
        ...spoken,
      })
    this.#memberIds.note(wx, member)
  }

  /** Somebody spoke, or was seen again: once a day this speaks for what was likely. @returns whether anything changed */
  spoke(id: MemberId, at: number): boolean {
    const person = this.people.get(id)
    if (!person || (person.level !== 'likely' && person.level !== 'weak')) return false
    const { from = at, days = 0, lastDay = dayOf(from) } = person
    const today = dayOf(at)
    if (today <= lastDay) return false
    const proof = person.level === 'weak' ? ownProof : proofFor(person.evidence ?? [])
    const isProven = proof !== undefined && days + 1 >= proof.days && at >= from + proof.after
    this.people.set(id, { ...person, from, days: days + 1, lastDay: today, level: isProven ? 'strong' : person.level })
    return true
  }

  /** Notes a new name; the one before is kept for a while. */
  rename(id: MemberId, name: string, attrStatus: number, at: number): void {
    const person = this.people.get(id)
    if (person) this.people.set(id, { ...this.#renamed(person, name, at), attrStatus })
  }

  #renamed(person: Person, name: string, at: number): Person {
    if (canonical(name) === canonical(person.name) || person.name === '') return { ...person, name }
    const past = [...(person.past ?? []), { name: person.name, until: at }]
    return { ...person, name, past: past.filter(({ until }) => until > at - NAME_LASTS).slice(-NAMES_KEPT) }
  }

  /** A person is in no group any more, or was not recognised. */
  noteGone(id: MemberId, at: number): void {
    const person = this.people.get(id)
    if (person && person.gone === undefined) this.people.set(id, { ...person, gone: at })
  }

  /** Who has a name, or had it in the last 90 days. */
  bearers(form: Form, at: number): Bearers<Bearer> {
    const bearers = new Bearers<Bearer>()
    const since = at - NAME_LASTS
    for (const [key, { name, attrStatus, past, gone, wx }] of this.people.entries()) {
      // A record that was joined with another is nobody's.
      if (wx === '') continue
      if (gone !== undefined && gone < since) continue
      const bearer = { id: key as MemberId, attrStatus }
      bearers.add(form(name), bearer)
      for (const former of past ?? []) if (former.until >= since) bearers.add(form(former.name), bearer)
    }
    return bearers
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
    return (managed !== null && this.isConfigured(managed)) || id === this.#rights.control || id === this.#rights.spare
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

  /**
   * Groups with people that are not, or not yet, in this login. `isWanted`: the settings name it. One that they name no more may have been
   * renamed there, as its room was.
   */
  absent(): { id: GroupId; topic: string; isWanted: boolean }[] {
    return [...this.groups.entries()].flatMap(([id, { managed, epoch, topic, unlisted }]) =>
      epoch !== this.epoch && !unlisted
        ? [{ id: id as GroupId, topic, isWanted: managed !== null && this.isConfigured(managed) }]
        : [],
    )
  }

  /** What is remembered of a group for recognising it. */
  remembered(id: GroupId): OldGroup {
    const { epoch = 0, topic = '', wx = '' } = this.groups.get(id) ?? {}
    const people = this.membersOf(id).flatMap(({ member, membership, person }) =>
      person ? [{ member, membership, person }] : [],
    )
    const traits = people.map(
      ({ member, membership: { nick, place }, person: { name, attrStatus, keyWord, past } }) => {
        const before = { name, attrStatus, nick, place, keyWord, past: (past ?? []).map((former) => former.name) }
        return [member, before] as const
      },
    )
    const ids = new Map(people.map(({ member, person }) => [person.wx, member]))
    return { id, epoch, topic, wx, members: new Map(traits), ids }
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

/** A gap in what was heard, as an event. */
export function gapNoticed({ from, until }: { from: Millis; until: Millis }): Noticed {
  return { type: 'noticed', at: until, notice: { about: 'gap', from, until } }
}
