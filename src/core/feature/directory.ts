// Who is who: the tables of people, groups and memberships, and the read-only view of them that features get.
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { GroupId, MemberId, type Millis } from '../types/ids.ts'
import { allows, evidences, levels, type Level, type Right } from './levels.ts'
import { table, type Table, type Tables } from './tables.ts'
import type { Json } from '../types/json.ts'
import { canonical, cleanName } from '../lib/text.ts'

/**
 * A person. `wx` and the raw names belong to `people/roster.ts`; everybody else uses the `Directory`. Who is not recognised after a fresh
 * login stays here, with the old `epoch`, until recognised: points, coupons and the journal refer to the id.
 */
export const Person = z.strictObject({
  /** WeChat's id in the login `epoch`; stale in a later one. */
  wx: z.string(),
  epoch: z.int(),
  name: z.string(),
  attrStatus: z.int(),
  level: z.enum(levels),
  /** What spoke for it when he was recognised last. */
  evidence: z.array(z.enum(evidences)).optional(),
  /** Below strong: since when (ms), on how many later days he spoke, and the last of them (days since 1970 in Beijing). */
  from: z.int().optional(),
  days: z.int().optional(),
  lastDay: z.int().optional(),
  /** A new record: which earlier records could be the same person. */
  could: z.array(MemberId).optional(),
  /** What he was called before, and until when (ms). */
  past: z.array(z.strictObject({ name: z.string(), until: z.int() })).optional(),
  /** The first letters of his WeChat id, where lists show them. */
  keyWord: z.string().optional(),
  /** When he was last seen in a group, for those who are in none. */
  gone: z.int().optional(),
  /** What WeChat showed of him at the login `epoch`: his avatar's version, and a hash of region, signature and remark. */
  face: z.strictObject({ avatar: z.string(), about: z.string(), epoch: z.int() }).optional(),
  /** The code of the passphrase by which he can claim this record, and the login in which it was set. */
  passphrase: z.strictObject({ code: z.string(), epoch: z.int() }).optional(),
})
export type Person = z.infer<typeof Person>

/** A group that the account was ever seen in. `wx` belongs to `people/roster.ts`. */
export const Group = z.strictObject({
  wx: z.string(),
  /** The login in which it was last there; 0 when the account has lost it. */
  epoch: z.int(),
  topic: z.string(),
  /** The name in `groups.yaml` that this group was bound to when it was first found; null: not a managed group. */
  managed: z.string().nullable(),
  /** Known from a message only: no member list was taken over yet. */
  unlisted: z.literal(true).optional(),
  /** When a group that was never listed was heard of. */
  heard: z.int().optional(),
  /** The lost group whose people seem to be here, though too few to be sure. */
  like: GroupId.optional(),
  /** An admin has said that it is that group; its next list takes it over. */
  linked: z.literal(true).optional(),
})
export type Group = z.infer<typeof Group>

/** One person in one group; the key is `<group>/<member>`. */
export const Membership = z.strictObject({
  nick: z.string(),
  /** When the member list first showed him; 0 for those who were there before the bot. */
  since: z.int(),
  /** Known by talking only: no member list has shown him yet. */
  talked: z.literal(true).optional(),
  /** Where he stood in the member list; only its order means something. */
  place: z.int().optional(),
})
export type Membership = z.infer<typeof Membership>

/** The one record `login`: which login this is, whose, the next ids to give, and the salt of passphrases. */
export const Login = z.strictObject({
  epoch: z.int(),
  self: z.string(),
  nextMember: z.int(),
  nextGroup: z.int(),
  salt: z.string().optional(),
})
export type Login = z.infer<typeof Login>

/** Since 0.2.0 there are levels: who was sure may do what he could, who was not is a new record that waits. */
function levelled(old: Json): Json {
  const { sure, ...person } = old as Record<string, Json>
  return { ...person, level: sure === false ? 'weak' : 'strong' }
}

/** Declared once for the store; the keys of `people` and `groups` are our ids. */
export const directoryTables = {
  'directory.people': table(Person, { migrations: [levelled, (old) => old, (old) => old] }),
  'directory.groups': table(Group, { migrations: [(old) => old] }),
  'directory.memberships': table(Membership, { migrations: [(old) => old] }),
  'directory.login': table(Login, { migrations: [(old) => old] }),
}

/** A managed group as features see it. */
export interface GroupView {
  id: GroupId
  /** Its topic, safe to show. */
  name: string
  /** Its name in `groups.yaml`. */
  managed: string
  tags: readonly string[]
}

/** How somebody was recognised. */
export type Recognition = Pick<Person, 'level' | 'evidence' | 'from' | 'days'> & {
  could: readonly MemberId[]
  /** Whether he is there in this login. */
  here: boolean
}

/** What features may know about people and groups. Names are safe to show inside a message. */
export interface Directory {
  /** Group nickname if there is one in that group, else the name. */
  name(member: MemberId, group?: GroupId | null): string
  /** How sure it is in this login who that is. */
  level(member: MemberId): Level
  /** Whether that is sure enough for something; see `levels.ts`. */
  allows(member: MemberId, right: Right): boolean
  /** Whether points may be spent by this person: `allows(member, 'spend')`. */
  sure(member: MemberId): boolean
  /** What is known of how sure it is. */
  recognition(member: MemberId): Recognition
  /** People whose records wait, in this login: new ones who could be an earlier record, and likely links. */
  waiting(): MemberId[]
  isIn(member: MemberId, group: GroupId): boolean
  /** When the member list first showed this member; 0 when before the bot came, undefined when not a member. */
  since(member: MemberId, group: GroupId): Millis | undefined
  /** The managed groups that a person is in. */
  groupsOf(member: MemberId): GroupId[]
  membersOf(group: GroupId): readonly MemberId[]
  /** Managed groups that are there in this login. */
  groups(): GroupView[]
  group(id: GroupId): GroupView | undefined
  /** A group as it was last, also when it is not there now. */
  lastKnown(id: GroupId): GroupView
  /** People meant by `@name`, `name` or `m12`; several when the name is not unique. */
  find(text: string, group?: GroupId): MemberId[]
  /** Groups meant by a name or `g3`. */
  findGroups(text: string): GroupView[]
}

type GroupLookup = (managed: string) => { tags: readonly string[] } | undefined

/** The directory over the tables that the roster keeps. Groups that the settings no longer name are left out. */
export class TableDirectory implements Directory {
  readonly #people: Table<Person>
  readonly #groups: Table<Group>
  readonly #memberships: Table<Membership>
  readonly #login: Table<Login>
  readonly #settings: GroupLookup
  readonly #noName: () => string
  /** All groups in the order of their numbers, until one comes or goes. */
  #ids: readonly GroupId[] | undefined
  /** How groups look, until their record or their settings change. */
  readonly #views = new Map<GroupId, { of: Group; settings: object; view: GroupView }>()
  /** The members of the groups that were asked for, until one joins or leaves. */
  readonly #membersIn = new Map<GroupId, readonly MemberId[]>()

  /** @param settings the tags of a group by its name in `groups.yaml`. @param noName stands for a name with nothing to show. */
  constructor(tables: Tables, settings: GroupLookup, noName: () => string) {
    this.#people = tables.table('directory.people')
    this.#groups = tables.table('directory.groups')
    this.#memberships = tables.table('directory.memberships')
    this.#login = tables.table('directory.login')
    tables.watch<Group>('directory.groups', (_id, after, before) => {
      if (!after || !before) this.#ids = undefined
    })
    tables.watch<Membership>('directory.memberships', (key, after, before) => {
      if (!after || !before) this.#membersIn.delete(groupIn(key))
    })
    this.#settings = settings
    this.#noName = noName
  }

  /** The number of the login that is on now; 0 before the first. */
  get epoch(): number {
    return this.#login.get('login')?.epoch ?? 0
  }

  name(member: MemberId, group?: GroupId | null): string {
    const nick = group ? this.#memberships.get(`${group}/${member}`)?.nick : ''
    return this.#shown(nick || (this.#people.get(member)?.name ?? ''))
  }

  level(member: MemberId): Level {
    const person = this.#people.get(member)
    return person?.epoch === this.epoch ? person.level : 'none'
  }

  allows(member: MemberId, right: Right): boolean {
    return allows(this.level(member), right)
  }

  sure(member: MemberId): boolean {
    return this.allows(member, 'spend')
  }

  recognition(member: MemberId): Recognition {
    const { level = 'none', could = [], evidence, from, days, epoch } = this.#people.get(member) ?? {}
    return { level, evidence, from, days, could, here: epoch === this.epoch }
  }

  waiting(): MemberId[] {
    const { epoch } = this
    return [...this.#people.entries()].flatMap(([id, person]) =>
      person.epoch === epoch && (person.level === 'weak' || person.level === 'likely') ? [id as MemberId] : [],
    )
  }

  isIn(member: MemberId, group: GroupId): boolean {
    return this.#memberships.get(`${group}/${member}`) !== undefined
  }

  since(member: MemberId, group: GroupId): Millis | undefined {
    return this.#memberships.get(`${group}/${member}`)?.since
  }

  groupsOf(member: MemberId): GroupId[] {
    return this.#groupIds().filter((id) => this.isIn(member, id) && this.group(id) !== undefined)
  }

  membersOf(group: GroupId): readonly MemberId[] {
    let members = this.#membersIn.get(group)
    if (!members) {
      members = Object.freeze(this.#memberships.keys(group).map((key) => key.slice(group.length + 1) as MemberId))
      this.#membersIn.set(group, members)
    }
    return members
  }

  groups(): GroupView[] {
    return this.#groupIds().flatMap((id) => this.group(id) ?? [])
  }

  group(id: GroupId): GroupView | undefined {
    const group = this.#groups.get(id)
    if (!group || group.managed === null || group.epoch !== this.epoch) return undefined
    const settings = this.#settings(group.managed)
    if (!settings) return undefined
    const known = this.#views.get(id)
    if (known?.of === group && known.settings === settings) return known.view
    const view = { id, name: this.#shown(group.topic), managed: group.managed, tags: settings.tags }
    this.#views.set(id, { of: group, settings, view })
    return view
  }

  lastKnown(id: GroupId): GroupView {
    const present = this.group(id)
    if (present) return present
    const group = this.#groups.get(id)
    const managed = group?.managed ?? ''
    return { id, name: group ? this.#shown(group.topic) : id, managed, tags: this.#settings(managed)?.tags ?? [] }
  }

  find(text: string, group?: GroupId): MemberId[] {
    const wanted = canonical(text.replace(/^[@＠]/, ''))
    const people = group ? this.membersOf(group) : (this.#people.keys() as MemberId[])
    if (/^m\d+$/.test(wanted)) return people.filter((id) => id === wanted)
    const { epoch } = this
    const nicked = this.#nicked(wanted, group ? [group] : this.groups().map(({ id }) => id))
    return people.filter((id) => {
      const person = this.#people.get(id)
      return person?.epoch === epoch && (nicked.has(id) || this.#bears(person.name, wanted))
    })
  }

  /** Who has a nickname in some groups. @param wanted canonical */
  #nicked(wanted: string, groups: readonly GroupId[]): Set<string> {
    const found = new Set<string>()
    for (const group of groups)
      for (const [key, { nick }] of this.#memberships.entries(group))
        if (this.#bears(nick, wanted)) found.add(key.slice(group.length + 1))
    return found
  }

  /** Whether a name is meant, as it is or as it is shown. @param wanted canonical */
  #bears(raw: string, wanted: string): boolean {
    if (raw === '') return false
    if (canonical(raw) === wanted) return true
    const shown = this.#shown(raw)
    return shown !== raw && canonical(shown) === wanted
  }

  findGroups(text: string): GroupView[] {
    const wanted = canonical(text)
    return this.groups().filter(
      (g) => g.id === wanted || canonical(g.name) === wanted || canonical(g.managed) === wanted,
    )
  }

  /** All groups that were ever seen, in the order of their numbers. */
  #groupIds(): readonly GroupId[] {
    return (this.#ids ??= (this.#groups.keys() as GroupId[]).sort((a, b) => numberOf(a) - numberOf(b)))
  }

  #shown(raw: string): string {
    const known = shownNames.get(raw)
    if (known !== undefined) return known === '' ? this.#noName() : known
    const shown = cleanName(raw, '')
    shownNames.set(raw, shown)
    return shown === '' ? this.#noName() : shown
  }
}

/** Names are shown again and again, and making one safe takes some ten microseconds. */
const shownNames = new LRUCache<string, string>({ max: 20_000 })

/** The group in the key of a membership. */
function groupIn(key: string): GroupId {
  return key.slice(0, key.indexOf('/')) as GroupId
}

function numberOf(id: GroupId): number {
  return Number(id.slice(1))
}
