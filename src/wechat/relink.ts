// After a fresh login every id of WeChat's is new: which rooms and people are the ones of before? Links only what is unmistakable.
import type { GroupId, MemberId } from '../core/event.ts'
import { canonical } from '../core/text.ts'
import type { WxId, WxMember, WxRoom } from './account.ts'

/** A group of an earlier login with the people its member list showed last. */
export interface OldGroup {
  id: GroupId
  epoch: number
  topic: string
  members: ReadonlyMap<MemberId, { name: string; attrStatus: number; nick: string }>
}

export interface Links {
  groups: ReadonlyMap<WxId, GroupId>
  people: ReadonlyMap<WxId, MemberId>
  /** People who could be somebody of before, without it being sure: new, and their value waits. */
  unsure: ReadonlySet<WxId>
}

/** A room is the group of before when it has at least this share of its people's names, apart from bearing its topic. */
const SAME_ROOM = 0.5

/**
 * Rooms are linked by topic and people's names, if only one fits on either side. A person is linked when name and `AttrStatus`
 * are borne by nobody else on either side, in whatever group, and the group nickname agrees in a linked room that he was in before.
 * @param old groups that are not in this login yet
 * @param rooms member lists of this login, without the bot's own account
 * @param known whose id in this login is settled already; they are neither linked again nor linked to
 */
export function relink(
  old: readonly OldGroup[],
  rooms: readonly WxRoom[],
  known: { wx: (id: WxId) => boolean; member: (id: MemberId) => boolean },
): Links {
  const groups = linkGroups(old, rooms)
  const pairs = rooms.flatMap((room) => {
    const group = old.find(({ id }) => id === groups.get(room.id))
    return group ? [{ room, group }] : []
  })
  const then = bearers(old.flatMap(({ members }) => [...members].map(([id, person]) => [id, person] as const)))
  const now = bearers(rooms.flatMap(({ members }) => members.map((person) => [person.id, person] as const)))

  const people = new Map<WxId, MemberId>()
  for (const { room, group } of pairs) {
    for (const person of room.members) {
      const key = traits(person)
      const before = only(then.get(key))
      if (person.attrStatus === 0 || person.name === '' || before === undefined || only(now.get(key)) === undefined)
        continue
      const nick = group.members.get(before)?.nick
      if (nick === undefined || canonical(nick) !== canonical(person.nick)) continue
      if (!known.wx(person.id) && !known.member(before)) people.set(person.id, before)
    }
  }

  const found = new Set(people.values())
  const open = (id: MemberId) => !found.has(id) && !known.member(id)
  const unsure = new Set<WxId>()
  for (const room of rooms) {
    const group = pairs.find((pair) => pair.room === room)?.group
    const names = new Set<string>()
    for (const [id, person] of group?.members ?? []) {
      if (open(id)) for (const name of [person.name, person.nick]) if (name !== '') names.add(canonical(name))
    }
    for (const person of room.members) {
      if (people.has(person.id) || known.wx(person.id)) continue
      const ties = [...(then.get(traits(person)) ?? [])].some(open)
      if (ties || names.has(canonical(person.name)) || names.has(canonical(person.nick))) unsure.add(person.id)
    }
  }
  return { groups, people, unsure }
}

function linkGroups(old: readonly OldGroup[], rooms: readonly WxRoom[]): Map<WxId, GroupId> {
  const fits = rooms.flatMap((room) => {
    const alike = old.filter((group) => canonical(group.topic) === canonical(room.topic) && samePeople(group, room))
    // A group that was not recognised once has a successor of the same name: the later one counts.
    const latest = Math.max(...alike.map(({ epoch }) => epoch))
    const group = only(alike.filter(({ epoch }) => epoch === latest))
    return group ? [{ room: room.id, group: group.id }] : []
  })
  const linked = new Map<WxId, GroupId>()
  for (const { room, group } of fits) if (only(fits.filter((fit) => fit.group === group))) linked.set(room, group)
  return linked
}

function samePeople(group: OldGroup, room: WxRoom): boolean {
  const names = new Set(room.members.map(({ name }) => canonical(name)))
  const shared = [...group.members.values()].filter(({ name }) => names.has(canonical(name))).length
  return shared > 0 && shared >= group.members.size * SAME_ROOM
}

/** Who bears the same name and `AttrStatus`. */
function bearers<Id>(people: readonly (readonly [Id, Pick<WxMember, 'name' | 'attrStatus'>])[]): Map<string, Set<Id>> {
  const found = new Map<string, Set<Id>>()
  for (const [id, person] of people) {
    const key = traits(person)
    const ids = found.get(key)
    if (ids) ids.add(id)
    else found.set(key, new Set([id]))
  }
  return found
}

function traits({ name, attrStatus }: Pick<WxMember, 'name' | 'attrStatus'>): string {
  return `${attrStatus} ${canonical(name)}`
}

function only<T>(of: Iterable<T> | undefined): T | undefined {
  const [first, second] = of ?? []
  return second === undefined ? first : undefined
}
