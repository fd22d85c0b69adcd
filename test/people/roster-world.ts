// A small WeChat for the roster's tests: people and rooms whose true identity the test knows, in logins that give everybody new ids.
import { TableDirectory, directoryTables, type Person } from '../../src/core/feature/directory.ts'
import type { Event } from '../../src/core/types/event.ts'
import type { MemberId } from '../../src/core/types/ids.ts'
import { Rights, rightsTables } from '../../src/core/feature/rights.ts'
import type { Settings } from '../../src/core/feature/settings.ts'
import { Tables, type TableSpec } from '../../src/core/feature/tables.ts'
import type { Change } from '../../src/core/types/json.ts'
import type { Incoming, WxMember, WxMessage } from '../../src/wechat/account.ts'
import { Roster } from '../../src/people/roster.ts'

/** Somebody, whatever he is called. */
export interface Somebody {
  uid: number
  name: string
  attrStatus: number
  /** The version of his picture; none: ''. */
  avatar?: string
}
/** A room: who is in it, and under which nickname. */
export interface Room {
  topic: string
  nicks: Map<Somebody, string>
}

export class World {
  readonly rooms: Room[]
  readonly people: Somebody[] = []
  readonly tables: Tables
  readonly directory: TableDirectory
  readonly rights: Rights
  roster: Roster
  now = 1_800_000_000_000
  login = 0
  #settings: Pick<Settings, 'groups'>
  #messages = 0

  /** @param managed names in `groups.yaml`. @param others further rooms of the account */
  constructor(managed: string[], others: string[] = []) {
    this.rooms = [...managed, ...others].map((topic) => ({ topic, nicks: new Map() }))
    const specs = new Map(Object.entries({ ...directoryTables, ...rightsTables })) as unknown as Map<
      string,
      TableSpec<object>
    >
    this.tables = new Tables(specs)
    this.directory = new TableDirectory(
      this.tables,
      (name) => this.#settings.groups.find((group) => group.name === name),
      () => '朋友',
    )
    this.rights = new Rights(this.tables, () => this.directory.epoch)
    this.#settings = { groups: [] }
    this.manage(managed)
    this.roster = new Roster(this.tables, () => this.#settings, this.rights)
  }
  /** The operator names these groups in `groups.yaml`. */
  manage(names: readonly string[]): void {
    this.#settings = { groups: names.map((name) => ({ name, tags: [], timezone: 'Asia/Shanghai' })) }
  }
  get self(): string {
    return `@self-${this.login}`
  }
  wx(one: Somebody): string {
    return `@${this.login}-${one.uid}`
  }
  wxRoom(room: Room): string {
    return `@@${this.login}-${this.rooms.indexOf(room)}`
  }
  room(index: number): Room {
    const room = this.rooms[index % this.rooms.length]
    if (!room) throw new Error('a world without rooms')
    return room
  }

  add(name: string, attrStatus: number): Somebody {
    const one = { uid: this.people.length, name, attrStatus }
    this.people.push(one)
    return one
  }

  /** Our id of somebody who is known in this login. */
  id(one: Somebody): MemberId | undefined {
    const people = this.tables.table<Person>('directory.people')
    for (const [id, { wx, epoch }] of people.entries()) {
      if (wx === this.wx(one) && epoch === this.directory.epoch) return id as MemberId
    }
    return undefined
  }

  /** Who is who in this login. */
  ids(): Map<string, MemberId> {
    const people = this.tables.table<Person>('directory.people')
    const live = [...people.entries()].filter(([, { epoch }]) => epoch === this.directory.epoch)
    return new Map(live.map(([id, { wx }]) => [wx, id as MemberId]))
  }

  list(room: Room, invitedBy: string | null = null): Incoming & { type: 'room' } {
    const members: WxMember[] = [...room.nicks].map(([one, nick]) => {
      return { id: this.wx(one), name: one.name, nick, attrStatus: one.attrStatus }
    })
    members.push({ id: this.self, name: '小圈', nick: '', attrStatus: 1 })
    return { type: 'room', at: this.now, room: { id: this.wxRoom(room), topic: room.topic, members }, invitedBy }
  }

  message(room: Room | null, from: Somebody, text = '你好'): WxMessage {
    return {
      type: 'message',
      id: `msg${++this.#messages}`,
      at: this.now,
      room: room && this.wxRoom(room),
      from: this.wx(from),
      fromName: from.name,
      kind: 'text',
      text,
      quote: null,
      addressed: false,
    }
  }

  /** What the roster makes of something; its changes are kept, as after a commit. @throws when changes come without an event */
  read(incoming: Incoming): Event[] {
    return this.readAndTake(incoming).events
  }

  readAndTake(incoming: Incoming): { events: Event[]; changes: Change[] } {
    const events = this.roster.read(incoming)
    const changes = this.tables.take()
    if (changes.length > 0 && events.length === 0) throw new Error(`changes without an event: ${incoming.type}`)
    return { events, changes }
  }

  /** A fresh login: new ids for all, then the lists of the rooms in the order given. */
  relogin(rooms: readonly Room[] = this.rooms): Event[] {
    this.login++
    this.now += 3_600_000
    const online = this.read({ type: 'online', at: this.now, self: this.self, selfName: '小圈' })
    return [...online, ...rooms.flatMap((room) => this.read(this.list(room)))]
  }

  /** WeChat gives the profiles of all who are asked for. */
  readProfiles(): void {
    const people = new Map(this.people.map((person) => [this.wx(person), person]))
    for (;;) {
      const asked = this.roster.profiles.next(40, this.now)
      if (asked.length === 0) return
      const profiles = asked.map(({ id }) => {
        const avatar = people.get(id)?.avatar ?? ''
        return { id, avatar, region: '', signature: '', remark: '' }
      })
      this.read({ type: 'profiles', at: this.now, profiles })
    }
  }

  /** Groups of before are waited for no longer. */
  settle(): Event[] {
    const events = this.roster.settle()
    this.tables.take()
    return events
  }

  /** A week of ordinary chat: everybody says something on four of the seven days. */
  chat(rooms: readonly Room[] = this.rooms): void {
    for (const day of [1, 2, 4, 7]) {
      this.now += day * 86_400_000
      for (const room of rooms) for (const one of room.nicks.keys()) this.read(this.message(room, one))
      this.now -= day * 86_400_000
    }
    this.now += 7 * 86_400_000
  }

  /** The process starts again with the same session: only what is in the tables is left. */
  restart(): Event[] {
    this.now += 60_000
    this.roster = new Roster(this.tables, () => this.#settings, this.rights)
    return this.read({ type: 'online', at: this.now, self: this.self, selfName: '小圈' })
  }
}
