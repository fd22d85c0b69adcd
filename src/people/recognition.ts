// After a fresh login every id of WeChat's is new: which rooms and people are the ones of before? Links only what is unmistakable.
import type { GroupId, MemberId } from '../core/types/ids.ts'
import { canonical } from '../core/lib/text.ts'
import type { WxId, WxRoom } from '../wechat/account.ts'

/** What is known of a person beside his ids; names are raw. `nick` is his nickname in the group in question. */
export interface Traits {
  name: string
  attrStatus: number
  nick: string
}

/** A group of an earlier login with the people whom its member list showed last. */
export interface OldGroup {
  id: GroupId
  epoch: number
  topic: string
  members: ReadonlyMap<MemberId, Traits>
}

export interface Links {
  groups: ReadonlyMap<WxId, GroupId>
  people: ReadonlyMap<WxId, MemberId>
  /** People who could be somebody of before, without it being sure: new, and their value waits. */
  unsure: ReadonlySet<WxId>
}

export const noLinks: Links = { groups: new Map(), people: new Map(), unsure: new Set() }

/** Ids that are settled in this login: such people are neither linked again nor linked to. */
interface Known {
  wx: (id: WxId) => boolean
  member: (id: MemberId) => boolean
}

/** A room is the group of before when it has at least this share of its people's names, apart from bearing its topic. */
const SAME_ROOM = 0.5

/**
 * Rooms are linked by topic and people's names, if only one fits on either side. A person is linked when name and `AttrStatus`
 * are borne by nobody else on either side, in whatever group, and the group nickname agrees in a linked room that he was in before.
 * @param old groups that are not in this login yet
 * @param rooms member lists of this login, without the bot's own account
 */
export function relink(old: readonly OldGroup[], rooms: readonly WxRoom[], known: Known): Links {
  if (old.length === 0) return noLinks
  const form = remembering(canonical)
  const traits = ({ name, attrStatus }: Omit<Traits, 'nick'>) => `${attrStatus} ${form(name)}`
  const groups = linkGroups(old, rooms, form)
  const pairs = rooms.map((room) => ({ room, group: old.find(({ id }) => id === groups.get(room.id)) }))
  const then = new Bearers<MemberId>()
  for (const { members } of old) for (const [id, person] of members) then.add(traits(person), id)
  const now = new Bearers<WxId>()
  for (const { members } of rooms) for (const person of members) now.add(traits(person), person.id)

  const people = new Map<WxId, MemberId>()
  for (const { room, group } of pairs) {
    for (const person of group ? room.members : []) {
      const key = traits(person)
      const before = only(then.of(key))
      if (person.attrStatus === 0 || form(person.name) === '' || !before || !only(now.of(key))) continue
      const nick = group?.members.get(before)?.nick
      if (nick === undefined || form(nick) !== form(person.nick)) continue
      if (!known.wx(person.id) && !known.member(before)) people.set(person.id, before)
    }
  }

  const found = new Set(people.values())
  const isOpen = (id: MemberId) => !found.has(id) && !known.member(id)
  const unsure = new Set<WxId>()
  for (const { room, group } of pairs) {
    const open = [...(group?.members ?? [])].flatMap(([id, { name, nick }]) =>
      isOpen(id) ? [form(name), form(nick)] : [],
    )
    const names = new Set(open.filter((name) => name !== ''))
    for (const person of room.members) {
      if (people.has(person.id) || known.wx(person.id)) continue
      const isAlike = names.has(form(person.name)) || names.has(form(person.nick))
      if (isAlike || [...then.of(traits(person))].some(isOpen)) unsure.add(person.id)
    }
  }
  return { groups, people, unsure }
}

function linkGroups(old: readonly OldGroup[], rooms: readonly WxRoom[], form: (name: string) => string) {
  const fits = rooms.flatMap((room) => {
    const alike = old.filter((group) => form(group.topic) === form(room.topic) && samePeople(group, room, form))
    // A group that was not recognised once has a successor of the same name: the later one counts.
    const latest = Math.max(...alike.map(({ epoch }) => epoch))
    const group = only(alike.filter(({ epoch }) => epoch === latest))
    return group ? [{ room: room.id, group: group.id }] : []
  })
  const linked = new Map<WxId, GroupId>()
  for (const { room, group } of fits) if (only(fits.filter((fit) => fit.group === group))) linked.set(room, group)
  return linked
}

function samePeople(group: OldGroup, room: WxRoom, form: (name: string) => string): boolean {
  const names = new Set(room.members.map(({ name }) => form(name)))
  const shared = [...group.members.values()].filter(({ name }) => names.has(form(name))).length
  return shared > 0 && shared >= group.members.size * SAME_ROOM
}

/** Who bears the same traits. */
class Bearers<Id> {
  readonly #ids = new Map<string, Set<Id>>()

  add(traits: string, id: Id): void {
    const ids = this.#ids.get(traits)
    if (ids) ids.add(id)
    else this.#ids.set(traits, new Set([id]))
  }

  of(traits: string): ReadonlySet<Id> {
    return this.#ids.get(traits) ?? new Set()
  }
}

// The same names are compared over and over; normalising is the dear part.
function remembering(form: (name: string) => string): (name: string) => string {
  const forms = new Map<string, string>()
  return (name) => {
    let its = forms.get(name)
    if (its === undefined) forms.set(name, (its = form(name)))
    return its
  }
}

function only<T>(of: Iterable<T>): T | undefined {
  const [first, second] = of
  return second === undefined ? first : undefined
}
