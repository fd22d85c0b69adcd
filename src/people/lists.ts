// What has changed between two member lists of a room: who joined, who left, who is called otherwise.
import type { Event, Renamed } from '../core/types/event.ts'
import type { GroupId, MemberId } from '../core/types/ids.ts'
import { canonical, cleanName } from '../core/lib/text.ts'
import type { Incoming, WxMember } from '../wechat/account.ts'
import { membershipKey, type Register } from './register.ts'

/** A member list as it came. */
export type RoomList = Extract<Incoming, { type: 'room' }>

/** Time (ms) for which a member who spoke before any list showed him may be missing from lists. */
const UNLISTED_FOR = 10 * 60_000
/** A message that comes within this time after its sender has left is taken as late, not as a return. */
const LATE_FOR = 2 * 60_000
/** With more people than this in other places, and more than a tenth of all, the order of a list means nothing. */
const MOVED = 10

/** Compares member lists with the memberships that are on record, and brings these up to date. */
export class MemberLists {
  readonly #register: Register
  /** Who left lately, by membership key. */
  readonly #leftAt = new Map<string, number>()

  constructor(register: Register) {
    this.#register = register
  }

  /** Forgets who left: in a fresh login nothing of it is true any more. */
  clear(): void {
    this.#leftAt.clear()
  }

  /** Whether a message comes from somebody who left just before it, so that it is no return. */
  isLate(key: string, at: number): boolean {
    return at < (this.#leftAt.get(key) ?? -Infinity) + LATE_FOR
  }

  /** What has changed since the list before. */
  compare(group: GroupId, { room, at, invitedBy }: RoomList): Event[] {
    const register = this.#register
    const people = register.others(room)
    const places = this.#places(group, people)
    const seen = people.map((person, i) => this.#see(group, person, places[i] ?? i, at))
    const listed = new Set(seen.map(({ member }) => member))
    const joined = seen.flatMap(({ member, isNew }) => (isNew ? [member] : []))
    const left = register.membersOf(group).flatMap(({ key, member, membership }) => {
      if (listed.has(member) || (membership.talked && at < membership.since + UNLISTED_FOR)) return []
      this.#leave(key, at)
      if (!register.isInGroups(member)) register.noteGone(member, at)
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

  /** Where people stand: as before while the order is the same, so that a list with one less changes no record. */
  #places(group: GroupId, people: readonly WxMember[]): number[] {
    const { memberships } = this.#register
    const before = people.map(({ id }) => {
      const member = this.#register.member(id)
      return member === undefined ? undefined : memberships.get(membershipKey(group, member))?.place
    })
    let last = -1
    const places = before.map((place) => (last = place !== undefined && place > last ? place : last + 1))
    const moved = before.filter((place, i) => place !== undefined && place !== places[i]).length
    // Where the order means nothing, it is not worth a record each.
    if (moved > MOVED && moved > people.length / 10) return before.map((place, i) => place ?? i)
    return moved === 0 ? places : people.map((_, i) => i)
  }

  /** Notes one person of a list that is compared. */
  #see(group: GroupId, person: WxMember, place: number, at: number) {
    const { people, memberships } = this.#register
    const member = this.#register.memberOf(person)
    this.#register.listed(member)
    const key = membershipKey(group, member)
    const membership = memberships.get(key)
    const record = people.get(member) ?? person
    const renamed: Renamed[] = []
    const rename = (where: GroupId | null, before: string, after: string) =>
      renamed.push({ type: 'renamed', at, member, group: where, before: shown(before), after: shown(after) })

    const isRenamed = !sameShown(record.name, person.name)
    const isOther = person.attrStatus !== 0 && person.attrStatus !== record.attrStatus
    if ('wx' in record && (isRenamed || isOther)) {
      this.#register.rename(member, person.name, person.attrStatus || record.attrStatus, at)
    }
    const isNicked = !membership || membership.talked === true || !sameShown(membership.nick, person.nick)
    const isPlaced = membership?.place !== place
    if (isNicked || isPlaced) memberships.set(key, { nick: person.nick, since: membership?.since ?? at, place })
    // What a message showed of a name was only a first guess.
    if (membership && !membership.talked) {
      if (isRenamed) rename(null, record.name, person.name)
      if (isNicked) rename(group, membership.nick, person.nick)
    }
    return { member, renamed, isNew: !membership, changed: isRenamed || isOther || isNicked || isPlaced }
  }

  #leave(key: string, at: number): void {
    this.#register.memberships.delete(key)
    for (const [member, leftAt] of this.#leftAt) if (leftAt + LATE_FOR < at) this.#leftAt.delete(member)
    this.#leftAt.set(key, at)
  }

  #inviter(people: readonly WxMember[], name: string | null, joined: readonly MemberId[]): MemberId | null {
    const wanted = canonical(name ?? '')
    if (wanted === '') return null
    const [bearer, other] = people.filter((person) =>
      [person.name, person.nick].some((its) => canonical(its) === wanted),
    )
    const by = bearer && !other ? this.#register.member(bearer.id) : undefined
    return by === undefined || joined.includes(by) ? null : by
  }
}

function shown(name: string): string {
  return cleanName(name, '')
}

/** The same emoji comes in several encodings, which make no other name. */
function sameShown(a: string, b: string): boolean {
  return a === b || shown(a) === shown(b)
}
