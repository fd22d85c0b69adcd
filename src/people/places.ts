// The order of member lists: WeChat orders by joining, so it tells newcomers from earlier members, whatever their names.
import type { MemberId } from '../core/types/ids.ts'
import type { WxMember, WxRoom } from '../wechat/account.ts'
import type { OldGroup, Traits } from './recognition.ts'
import { Bearers, only, type Form } from './names.ts'

/** With fewer people known by their names alone, order proves nothing. */
const ANCHORS = 5
/** In a list that keeps its order at least this share of them stands as before, though some took others' names; in few, all but one. */
const IN_ORDER = 0.7
const FEW = 8

/**
 * `fits`: where he stood before, with nobody else who could have stood there. `near`: there, but others could have. `off`: elsewhere.
 * `unordered`: the order of this list tells nothing. `unclear`: it should, but too many stand elsewhere.
 */
export type Place = 'fits' | 'near' | 'off' | 'unordered' | 'shuffled' | 'unclear'

interface Anchor {
  index: number
  place: number
  member: MemberId
}

type Traced = Pick<Traits, 'name' | 'attrStatus' | 'nick'>

interface Before {
  member: MemberId
  traits: Traits
  place: number
}

/** Compares the order of members in a room with their order in the earlier group. */
export class Places {
  readonly #anchors: readonly Anchor[]
  readonly #members: readonly WxMember[]
  readonly #indexes: ReadonlyMap<WxMember, number>
  /** The group's people in their order, and at which step of it each is. */
  readonly #before: readonly Before[]
  readonly #steps: ReadonlyMap<MemberId, number>
  readonly #order: 'kept' | 'unordered' | 'shuffled' | 'unclear'

  constructor(group: OldGroup, room: WxRoom, form: Form) {
    this.#members = room.members
    this.#indexes = new Map(room.members.map((member, index) => [member, index]))
    this.#before = [...group.members]
      .flatMap(([member, traits]) => (traits.place === undefined ? [] : [{ member, traits, place: traits.place }]))
      .sort((a, b) => a.place - b.place)
    this.#steps = new Map(this.#before.map(({ member }, step) => [member, step]))
    const named = this.#named(room.members, form)
    this.#anchors = ascending(named)
    this.#order = orderOf(named.length, this.#anchors.length, room.members.length)
  }

  /** Those who are alone with their name, or with it and their status bits, or with these and their nickname, then and now. */
  #named(members: readonly WxMember[], form: Form): Anchor[] {
    const anchors = new Map<WxMember, Anchor>()
    const keys = [
      ({ name }: Traced) => form(name),
      ({ name, attrStatus }: Traced) => `${form(name)} ${attrStatus}`,
      ({ name, attrStatus, nick }: Traced) => `${form(name)} ${attrStatus} ${form(nick)}`,
    ]
    for (const key of keys) {
      const then = new Bearers<Before>()
      for (const before of this.#before) then.add(key(before.traits), before)
      const now = new Bearers<WxMember>()
      for (const member of members) now.add(key(member), member)
      for (const [index, member] of members.entries()) {
        const before = only(then.of(key(member)))
        if (form(member.name) === '' || anchors.has(member) || !before || !only(now.of(key(member)))) continue
        if (differ(member.attrStatus, before.traits.attrStatus)) continue
        anchors.set(member, { index, place: before.place, member: before.member })
      }
    }
    return [...anchors.values()].sort((a, b) => a.index - b.index)
  }

  /** Where somebody stands, if he is that one. */
  of(person: WxMember, member: MemberId): Place {
    const index = this.#indexes.get(person)
    const step = this.#steps.get(member)
    const before = step === undefined ? undefined : this.#before[step]
    if (this.#order !== 'kept') return this.#order
    if (index === undefined || step === undefined || !before) return 'unclear'
    const [previous, next] = this.#around(index, member)
    const [low, high] = [previous?.place ?? -Infinity, next?.place ?? Infinity]
    if (before.place <= low || before.place >= high) return 'off'
    // Newcomers stand at the end.
    if (!next) return 'near'
    const now = this.#members.slice((previous?.index ?? -1) + 1, next.index)
    const then: Before[] = []
    for (let at = step; (this.#before[at]?.place ?? -Infinity) > low; at--)
      then.unshift(...this.#before.slice(at, at + 1))
    for (let at = step + 1; (this.#before[at]?.place ?? Infinity) < high; at++)
      then.push(...this.#before.slice(at, at + 1))
    return isForced(now, then, now.indexOf(person), then.indexOf(before)) ? 'fits' : 'near'
  }

  /** The anchors before and after a place in the list, himself left out. */
  #around(index: number, member: MemberId): [Anchor | undefined, Anchor | undefined] {
    let at = 0
    let end = this.#anchors.length
    while (at < end) {
      const middle = (at + end) >> 1
      if ((this.#anchors[middle]?.index ?? 0) < index) at = middle + 1
      else end = middle
    }
    const isHis = (anchor: Anchor | undefined) => anchor?.member === member || anchor?.index === index
    let [previous, next] = [at - 1, at]
    while (isHis(this.#anchors[previous])) previous--
    while (isHis(this.#anchors[next])) next++
    return [this.#anchors[previous], this.#anchors[next]]
  }
}

/**
 * Between two who are known nobody can have come, only gone, so those who are there are some of those before, in their order. Whether
 * one of them can then only be that one: he is it when all are matched as early as can be, and as late as can be.
 */
function isForced(now: readonly WxMember[], then: readonly Before[], person: number, member: number): boolean {
  const first = embedded(now, then)?.[person]
  const last = embedded([...now].reverse(), [...then].reverse())?.[now.length - 1 - person]
  return first === member && last === then.length - 1 - member
}

/** Matches everybody with the first earlier member whose status bits allow it. @returns their indexes, or undefined when some do not fit */
function embedded(now: readonly WxMember[], then: readonly Before[]): number[] | undefined {
  let at = 0
  const indexes: number[] = []
  for (const { attrStatus } of now) {
    while (at < then.length && differ(attrStatus, then[at]?.traits.attrStatus ?? 0)) at++
    if (at === then.length) return undefined
    indexes.push(at++)
  }
  return indexes
}

/** A shuffled list of n has a longest ascending run of about 2√n. */
function orderOf(all: number, ascending: number, members: number): 'kept' | 'unordered' | 'shuffled' | 'unclear' {
  if (all < ANCHORS) return members < FEW ? 'unordered' : 'unclear'
  const isKept = all < FEW ? ascending >= all - (all > ANCHORS ? 1 : 0) : ascending >= all * IN_ORDER
  if (isKept) return 'kept'
  return ascending <= 2.5 * Math.sqrt(all) ? 'shuffled' : 'unclear'
}

/** Whether two status bits are both known and not the same. */
export function differ(bits: number, other: number): boolean {
  return bits !== 0 && other !== 0 && bits !== other
}

/** The longest run of anchors, in the order of the list, whose places ascend (patience sorting). */
function ascending(anchors: readonly Anchor[]): Anchor[] {
  const tails: number[] = []
  const before: (number | undefined)[] = []
  for (const [i, { place }] of anchors.entries()) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((anchors[tails[middle] ?? 0]?.place ?? 0) < place) low = middle + 1
      else high = middle
    }
    before[i] = low > 0 ? tails[low - 1] : undefined
    tails[low] = i
  }
  const run: Anchor[] = []
  for (let i = tails.at(-1); i !== undefined; i = before[i]) {
    const anchor = anchors[i]
    if (anchor) run.push(anchor)
  }
  return run.reverse()
}
