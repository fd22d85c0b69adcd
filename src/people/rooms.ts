// Recognition of rooms after a fresh login: by their members first, by their topics second.
import type { GroupId } from '../core/types/ids.ts'
import type { WxId, WxRoom } from '../wechat/account.ts'
import type { OldGroup } from './recognition.ts'
import { Bearers, only, type Form } from './names.ts'

/** A room of the group's topic is the group when it shows at least this share of its names. */
const SAME_TOPIC = 0.5
/** Likeness of members (Dice) from which a room of another topic is the group; a name weighs less the more groups have it. */
const SAME_PEOPLE = 0.55
/** … with at least this many names, and no other room or group at this share of the likeness. */
const SHARED = 4
const RIVAL = 0.8
/** What is less alike, but more than this, is worth a question. */
const ALIKE = 0.25

/** Likeness from which a room seems to be an earlier group, though it is too low to say so. */
export interface Likeness {
  room: WxId
  group: GroupId
}

interface Fit {
  room: WxRoom
  group: OldGroup
  /** 0..1: how much of both is alike. */
  dice: number
  isNamed: boolean
  shared: number
}

/** The rooms that are earlier groups, one to one, and those that seem to be. */
export function matchRooms(old: readonly OldGroup[], rooms: readonly WxRoom[], form: Form) {
  const fits = fitsOf(old, rooms, form)
  const groups = new Map<WxId, GroupId>()
  const taken = new Set<GroupId>()
  const take = (certain: readonly Fit[]) => {
    for (const { room, group } of certain) {
      if (groups.has(room.id) || taken.has(group.id)) continue
      groups.set(room.id, group.id)
      taken.add(group.id)
    }
  }
  const open = () => fits.filter(({ room, group }) => !groups.has(room.id) && !taken.has(group.id))
  const named = fits.filter(
    ({ isNamed, shared, group, room }) =>
      isNamed && (shared >= group.members.size * SAME_TOPIC || (shared >= 5 && shared >= room.members.length * 0.8)),
  )
  take(named.filter((fit) => isBest(fit, newest(named))))
  take(
    open().filter((fit) => {
      if (fit.dice < SAME_PEOPLE || fit.shared < SHARED) return false
      return open().every((other) => other === fit || !rivals(fit, other) || other.dice < fit.dice * RIVAL)
    }),
  )
  const alike = open().filter(({ dice, shared, isNamed }) => dice >= ALIKE && (shared >= SHARED || isNamed))
  const likely = alike.filter((fit) => alike.every((other) => other === fit || !rivals(fit, other)))
  return { groups, similar: likely.map(({ room, group }): Likeness => ({ room: room.id, group: group.id })) }
}

/** A group that was not recognised once has a successor of the same name: the later one counts. */
function newest(fits: readonly Fit[]): Fit[] {
  return fits.filter((fit) =>
    fits.every((other) => other.room !== fit.room || other.group === fit.group || other.group.epoch <= fit.group.epoch),
  )
}

function isBest(fit: Fit, among: readonly Fit[]): boolean {
  return (
    only(among.filter(({ room }) => room === fit.room)) === fit &&
    only(among.filter(({ group }) => group === fit.group)) === fit
  )
}

function rivals(fit: Fit, other: Fit): boolean {
  return fit.room === other.room || fit.group === other.group
}

function fitsOf(old: readonly OldGroup[], rooms: readonly WxRoom[], form: Form): Fit[] {
  const bearing = new Bearers<OldGroup>()
  for (const group of old) for (const name of namesOf(group.members.values(), form)) bearing.add(name, group)
  const weight = (name: string) => 1 / Math.max(1, bearing.of(name).size)
  const total = (names: Iterable<string>) => [...names].reduce((sum, name) => sum + weight(name), 0)
  const totals = new Map(old.map((group) => [group, total(namesOf(group.members.values(), form))]))
  return rooms.flatMap((room) => {
    const names = namesOf(room.members, form)
    const ofRoom = total(names)
    const shared = new Map<OldGroup, { weight: number; count: number }>()
    for (const name of names) {
      for (const group of bearing.of(name)) {
        const { weight: sum, count } = shared.get(group) ?? { weight: 0, count: 0 }
        shared.set(group, { weight: sum + weight(name), count: count + 1 })
      }
    }
    return [...shared].map(([group, { weight: sum, count }]) => ({
      room,
      group,
      dice: (2 * sum) / (ofRoom + (totals.get(group) ?? 0)),
      isNamed: form(group.topic) === form(room.topic),
      shared: count,
    }))
  })
}

function namesOf(people: Iterable<{ name: string }>, form: Form): Set<string> {
  const names = new Set([...people].map(({ name }) => form(name)))
  names.delete('')
  return names
}
