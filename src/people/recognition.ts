// Recognition after a fresh login, in which every WeChat id is new: evidence says which rooms and people are known from earlier logins.
import { weigh, type Evidence } from '../core/feature/levels.ts'
import type { GroupId, MemberId } from '../core/types/ids.ts'
import type { WxId, WxMember, WxRoom } from '../wechat/account.ts'
import { Bearers, only, remembering, type Form } from './names.ts'
import { differ, Places } from './places.ts'
import { matchRooms, type Likeness } from './rooms.ts'

/** What is known of a person beside our id; names are raw. `nick` is his nickname in the group in question. */
export interface Traits {
  name: string
  attrStatus: number
  nick: string
  /** Where he stood in the member list. */
  place?: number | undefined
  keyWord?: string | undefined
  /** What he was called in the last 90 days. */
  past?: readonly string[]
}

/** A group of an earlier login with the people whom its member list showed last. */
export interface OldGroup {
  id: GroupId
  epoch: number
  topic: string
  wx: WxId
  members: ReadonlyMap<MemberId, Traits>
  /** WeChat's ids of these people in that login, which some puppets keep. */
  ids: ReadonlyMap<WxId, MemberId>
}

/** Somebody is recognised, with what speaks for it. */
export interface Link {
  member: MemberId
  evidence: Evidence[]
}

export interface Links {
  groups: ReadonlyMap<WxId, GroupId>
  people: ReadonlyMap<WxId, Link>
  /** People who could be an earlier record, though it is not likely: they get a new record, and their points wait. */
  waiting: ReadonlyMap<WxId, readonly MemberId[]>
  /** Rooms that seem to be a group of an earlier login. */
  similar: readonly Likeness[]
}

export const noLinks: Links = { groups: new Map(), people: new Map(), waiting: new Map(), similar: [] }

/** Somebody who has a name, or had it. */
export interface Bearer {
  id: MemberId
  attrStatus: number
}

/** What is settled in this login: such people are neither linked again nor linked to. */
export interface Known {
  wx: (id: WxId) => boolean
  member: (id: MemberId) => boolean
  /** Who has a name, or had it within 90 days. */
  bearers: (form: Form) => Bearers<Bearer>
  /** Rooms that an admin said are earlier groups. */
  said: ReadonlyMap<WxId, GroupId>
}

/** Points of evidence that make a link likely, and by how many it must exceed every rival, on either side. */
const LIKELY = 2
const MARGIN = 2
/** Letters of WeChat ids count where nearly all of those who are known by their names kept them. */
const KEPT_LETTERS = 0.9
const SAMPLES = 5
/** Most earlier records that are kept as possible for one person. */
const COULD = 4

interface Pair {
  room: WxRoom
  group: OldGroup
  places: Places
}

interface Candidate {
  person: WxMember
  member: MemberId
  evidence: Evidence[]
  weight: number
  /** Something says that it is somebody else. */
  isBarred: boolean
  /** It could be him all the same, as far as a person would say. */
  isThinkable: boolean
}

/**
 * Rooms are matched by members first, people by all that speaks for them inside matched rooms, one to one. A link needs a name in common,
 * now or before, and nobody else whom it could mean.
 * @param old groups that are not in this login yet
 * @param shown member lists of this login, without the bot's own account
 * @param isWanted rooms that count also when they are no earlier group
 */
export function recognise(
  old: readonly OldGroup[],
  shown: readonly WxRoom[],
  known: Known,
  isWanted: (room: WxRoom) => boolean,
): Links {
  if (old.length === 0) return noLinks
  const form = remembering()
  const lasting = new Map(
    old.flatMap(({ id, wx }) => (shown.some((room) => room.id === wx) ? [[wx, id] as const] : [])),
  )
  const free = <T extends { id: string }>(all: readonly T[], taken: Iterable<string>) => {
    const gone = new Set(taken)
    return all.filter(({ id }) => !gone.has(id))
  }
  const sure = new Map([...known.said, ...lasting])
  const matched = matchRooms(free(old, sure.values()), free(shown, sure.keys()), form)
  const groups = new Map([...matched.groups, ...sure])
  const rooms = shown.filter((room) => groups.has(room.id) || isWanted(room))
  const byId = new Map(old.map((group) => [group.id, group]))
  const pairs = rooms.flatMap((room): Pair[] => {
    const id = groups.get(room.id)
    const group = id && byId.get(id)
    return group ? [{ room, group, places: new Places(group, room, form) }] : []
  })
  const isOpen = (id: MemberId) => !known.member(id)
  const people = new Map<WxId, Link>()
  const linked = new Set<MemberId>()
  for (const { room, group } of pairs) {
    for (const { id } of room.members) {
      const member = group.ids.get(id)
      if (member === undefined || known.wx(id) || !isOpen(member) || linked.has(member)) continue
      people.set(id, { member, evidence: ['id'] })
      linked.add(member)
    }
  }

  const candidates = candidatesOf(pairs, old, rooms, known, form).filter(
    ({ person, member }) => !people.has(person.id) && !known.wx(person.id) && isOpen(member) && !linked.has(member),
  )
  const best = (among: readonly Candidate[], candidate: Candidate) =>
    among.every((other) => other === candidate || other.isBarred || other.weight <= candidate.weight - MARGIN)
  const ofPerson = groupBy(candidates, ({ person }) => person.id)
  const ofMember = groupBy(candidates, ({ member }) => member)
  for (const candidate of candidates) {
    if (candidate.isBarred || candidate.weight < LIKELY) continue
    const rivals = [...(ofPerson.get(candidate.person.id) ?? []), ...(ofMember.get(candidate.member) ?? [])]
    if (best(rivals, candidate))
      people.set(candidate.person.id, { member: candidate.member, evidence: candidate.evidence })
  }
  for (const { member } of people.values()) linked.add(member)
  const waiting = new Map<WxId, readonly MemberId[]>()
  for (const [id, could] of ofPerson) {
    const open = could
      .filter(({ member, isThinkable }) => isThinkable && !linked.has(member))
      .sort((a, b) => b.weight - a.weight)
    if (!people.has(id) && open.length > 0)
      waiting.set(
        id,
        open.slice(0, COULD).map(({ member }) => member),
      )
  }
  // Who left before may be back, or be another who took his name: that is for a person to say.
  const usedBy = known.bearers(form)
  for (const { id, name } of rooms.flatMap(({ members }) => members)) {
    if (people.has(id) || waiting.has(id) || known.wx(id)) continue
    const could = [...usedBy.of(form(name))]
      .map((bearer) => bearer.id)
      .filter((member) => isOpen(member) && !linked.has(member))
    if (could.length > 0) waiting.set(id, could.slice(0, COULD))
  }
  return { groups, people, waiting, similar: matched.similar }
}

/** Every person in the rooms paired with every earlier record of the same name or group nickname. */
function candidatesOf(
  pairs: readonly Pair[],
  old: readonly OldGroup[],
  rooms: readonly WxRoom[],
  known: Known,
  form: Form,
): Candidate[] {
  const before = new Map<MemberId, Traits>()
  const named = new Bearers<MemberId>()
  for (const { members } of old) {
    for (const [id, traits] of members) {
      before.set(id, traits)
      for (const name of [traits.name, traits.nick, ...(traits.past ?? [])]) named.add(form(name), id)
    }
  }
  const usedBy = known.bearers(form)
  const bearingNow = new Bearers<{ id: WxId; attrStatus: number }>()
  const faces = new Map(rooms.flatMap(({ members }) => members.map((member) => [member.id, member] as const)))
  for (const member of faces.values()) bearingNow.add(form(member.name), member)
  /** How many have a name, then or now; with status bits given, only those whose bits do not differ. */
  const bearing = (name: string, bits = 0) =>
    Math.max(
      ...[usedBy.of(name), bearingNow.of(name)].map(
        (bearers) =>
          new Set([...bearers].filter((bearer) => !differ(bearer.attrStatus, bits)).map(({ id }) => id)).size,
      ),
    )
  const at = new Map<WxId, { person: WxMember; pair: Pair | undefined }[]>()
  for (const room of rooms) {
    const pair = pairs.find((candidate) => candidate.room === room)
    for (const person of room.members) {
      const places = at.get(person.id)
      if (places) places.push({ person, pair })
      else at.set(person.id, [{ person, pair }])
    }
  }
  const nicks = new Map(pairs.map((pair) => [pair, nicksOf(pair, form)]))
  const lettersCount = keepLetters(pairs, form)

  const found: Candidate[] = []
  for (const shown of at.values()) {
    const person = shown[0]?.person
    if (!person) continue
    const names = new Set(shown.flatMap((sighting) => [form(sighting.person.name), form(sighting.person.nick)]))
    const members = new Set([...names].flatMap((name) => [...named.of(name)]))
    for (const member of members) {
      const traits = before.get(member)
      if (traits) found.push(weighed(person, member, traits, shown))
    }
  }
  return found

  function weighed(
    person: WxMember,
    member: MemberId,
    traits: Traits,
    shown: readonly { person: WxMember; pair: Pair | undefined }[],
  ): Candidate {
    const evidence: Evidence[] = []
    const name = form(person.name)
    if (name !== '' && name === form(traits.name)) evidence.push(bearing(name) > 1 ? 'common' : 'name')
    else if (traits.past?.some((former) => form(former) === name) && bearing(name) === 1) evidence.push('former')
    if (person.attrStatus !== 0 && person.attrStatus === traits.attrStatus) {
      evidence.push('bits')
      if (evidence.includes('common') && bearing(name, person.attrStatus) === 1) evidence.push('alone')
    }
    let isOther = differ(person.attrStatus, traits.attrStatus)
    if (person.keyWord !== undefined && traits.keyWord !== undefined && lettersCount) {
      if (person.keyWord === traits.keyWord) evidence.push('keyWord')
      else isOther = true
    }
    const common = shown.flatMap(({ person: here, pair }) => {
      const then = pair?.group.members.get(member)
      return pair && then ? [{ here, pair, then }] : []
    })
    const ownNick = common.filter(({ here, then }) => form(then.nick) !== '' && form(then.nick) === form(here.nick))
    const isNicked = ownNick.some(({ here, pair }) => {
      const nick = form(here.nick)
      return nick !== name && nicks.get(pair)?.now.of(nick).size === 1 && nicks.get(pair)?.then.of(nick).size === 1
    })
    if (isNicked) evidence.push('nick')
    else if (ownNick.length === 0 && common.some(({ then }) => form(then.nick) !== '')) evidence.push('otherNick')
    const places = common.map(({ here, pair }) => pair.places.of(here, member))
    if (places.includes('fits')) evidence.push('place')
    if (places.every((place) => place === 'unordered')) evidence.push('unordered')
    if (common.length > 1) evidence.push('rooms')
    const hasName = evidence.some((kind) => ['name', 'common', 'former', 'nick'].includes(kind))
    const isElsewhere = common.length === 0
    return {
      person,
      member,
      evidence,
      weight: weigh(evidence),
      isBarred: isOther || !hasName || isElsewhere || places.includes('off'),
      isThinkable: !isOther && (isElsewhere ? hasName && evidence.includes('bits') : true),
    }
  }
}

function nicksOf({ room, group }: Pair, form: Form) {
  const [now, then] = [new Bearers<WxId>(), new Bearers<MemberId>()]
  for (const { id, nick } of room.members) now.add(form(nick), id)
  for (const [id, { nick }] of group.members) then.add(form(nick), id)
  return { now, then }
}

/** Whether letters of WeChat ids survive a login here, as far as those show who are known by their names. */
function keepLetters(pairs: readonly Pair[], form: Form): boolean {
  let kept = 0
  let all = 0
  for (const { room, group } of pairs) {
    const then = new Bearers<Traits>()
    for (const traits of group.members.values()) then.add(form(traits.name), traits)
    for (const { name, keyWord } of room.members) {
      const before = only(then.of(form(name)))?.keyWord
      if (keyWord === undefined || before === undefined) continue
      all++
      if (keyWord === before) kept++
    }
  }
  return all >= SAMPLES && kept >= all * KEPT_LETTERS
}

function groupBy<T, K>(things: readonly T[], key: (thing: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const thing of things) {
    const its = groups.get(key(thing))
    if (its) its.push(thing)
    else groups.set(key(thing), [thing])
  }
  return groups
}
