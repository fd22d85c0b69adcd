// Keeps the member lists fresh, gently: after login, after a grey line, and by turns for those who leave without a word.
import type { WxId, WxRoom } from './account.ts'
import type { Contacts } from './contacts.ts'

export interface RoomEvents {
  /** A member list was read. @param invitedBy who brought those who are new in it */
  room(room: WxRoom, invitedBy: string | null): void
  gone(room: WxId): void
  failed(what: string, error: unknown): void
}

const seconds = 1000
/** Rooms in one request, and milliseconds between requests, while many wait to be read. */
const batch = 10
const betweenBatches = 500
const longestPause = 5 * 60 * seconds
/** Reading by turns: at most so many rooms or members in one request, one request in so many milliseconds. */
const turnRooms = 40
const turnMembers = 2_500
const turnEvery = 20 * seconds
/** WeChat's list may be old for a while after a grey line: it is read again after these pauses. */
const againAfter = [0, 1 * seconds, 2 * seconds, 5 * seconds]
/** A line's inviter is forgotten when no newcomer shows within this time. */
const inviteLasts = 60 * seconds
/** A room whose list does not come is read once more before it counts as gone. */
const confirmAfter = 3 * seconds

/** Something that a member list is to show; see `expect`. */
interface Expectation {
  shown(): boolean
  giveUp(): void
}

interface State {
  told: WxRoom | undefined
  /** How often the list was found changed. */
  changes: number
  invites: { by: string; at: number }[]
  watched: boolean
  expected: Expectation[]
  missed: boolean
}

export class RoomReader {
  /** Off line nothing is read. */
  online = false
  readonly #contacts: Contacts
  readonly #events: RoomEvents
  readonly #read: (ids: WxId[]) => Promise<WxId[]>
  readonly #states = new Map<WxId, State>()
  readonly #wanted = new Set<WxId>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #reading = false
  #stopped = false
  #turn: WxId[] = []
  #self = ''
  /** Rooms whose lists named the account itself; one that does so no more is a room that it was removed from. */
  readonly #showedSelf = new Set<WxId>()

  /** @param read asks for rooms in one request and resolves with those whose list came */
  constructor(contacts: Contacts, events: RoomEvents, read: (ids: WxId[]) => Promise<WxId[]>) {
    this.#contacts = contacts
    this.#events = events
    this.#read = read
  }

  /** On line: reading by turns begins. */
  start(self: WxId): void {
    this.#self = self
    this.#later(turnEvery, () => this.#nextTurn())
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#timers) clearTimeout(timer)
  }

  knows(room: WxId): boolean {
    return this.#states.get(room)?.told !== undefined
  }

  /** These lists came by themselves. */
  arrived(ids: WxId[]): void {
    for (const id of ids) this.#tell(id)
  }

  /** Reads rooms soon, many in one request. */
  want(ids: WxId[]): void {
    for (const id of ids) this.#wanted.add(id)
    void this.#readWanted()
  }

  /** A grey line told of a change: the list is read until it shows. @param invitedBy see `SystemLine` */
  changed(id: WxId, invitedBy: string | null): void {
    const state = this.#state(id)
    const { changes } = state
    if (invitedBy !== null) state.invites.push({ by: invitedBy, at: Date.now() })
    this.expect(id, { shown: () => state.changes !== changes, giveUp: () => undefined })
  }

  /** Reads a room's list until it shows something, a few times, then gives up. */
  expect(id: WxId, expectation: Expectation): void {
    const state = this.#state(id)
    state.expected.push(expectation)
    if (!state.watched) void this.#watch(id, state)
  }

  /** Rooms were read. @param complete those whose list came */
  took(asked: WxId[], complete: WxId[]): void {
    if (this.#stopped) return
    const came = new Set(complete)
    for (const id of asked) {
      if (came.has(id)) this.#tell(id)
      else this.#miss(id)
    }
  }

  /** The account is not in that room any more. */
  lost(id: WxId): void {
    const known = this.knows(id)
    this.#states.delete(id)
    this.#contacts.forget(id)
    if (known) this.#events.gone(id)
  }

  #state(id: WxId): State {
    const known = this.#states.get(id)
    if (known !== undefined) return known
    const state: State = { told: undefined, changes: 0, invites: [], watched: false, expected: [], missed: false }
    this.#states.set(id, state)
    return state
  }

  /** One round at a time for each room, however much is expected of it. */
  async #watch(id: WxId, state: State): Promise<void> {
    state.watched = true
    while (state.expected.length > 0) {
      const now = state.expected.splice(0)
      for (const pause of againAfter) {
        await this.#pause(pause)
        if (this.#stopped) return
        if (now.every((one) => one.shown())) break
        if (this.online) await this.#readMany([id])
      }
      for (const one of now) if (!one.shown()) one.giveUp()
    }
    state.watched = false
  }

  async #readWanted(): Promise<void> {
    if (this.#reading) return
    this.#reading = true
    let pause = betweenBatches
    while (this.#wanted.size > 0 && !this.#stopped) {
      if (!this.online) {
        await this.#pause(turnEvery)
        continue
      }
      const ids = [...this.#wanted].slice(0, batch)
      for (const id of ids) this.#wanted.delete(id)
      const done = await this.#readMany(ids)
      if (!done) for (const id of ids) this.#wanted.add(id)
      pause = done ? betweenBatches : Math.min(longestPause, pause * 2)
      await this.#pause(pause)
    }
    this.#reading = false
  }

  async #nextTurn(): Promise<void> {
    if (this.#turn.length === 0) this.#turn = [...this.#contacts.rooms.keys()]
    const ids: WxId[] = []
    let members = 0
    while (ids.length < turnRooms && members < turnMembers) {
      const id = this.#turn.shift()
      if (id === undefined) break
      members += this.#contacts.rooms.get(id)?.members.length ?? 0
      ids.push(id)
    }
    if (ids.length > 0 && this.online) await this.#readMany(ids)
    this.#later(turnEvery, () => this.#nextTurn())
  }

  async #readMany(ids: WxId[]): Promise<boolean> {
    let complete: WxId[]
    try {
      complete = await this.#read(ids)
    } catch (error) {
      if (!this.#stopped) this.#events.failed('rooms', error)
      return false
    }
    this.took(ids, complete)
    return true
  }

  #tell(id: WxId): void {
    const room = this.#contacts.rooms.get(id)
    if (room === undefined) return
    if (room.members.some((member) => member.id === this.#self)) this.#showedSelf.add(id)
    else if (this.#showedSelf.has(id)) return this.#miss(id)
    const state = this.#state(id)
    state.missed = false
    const { told } = state
    if (told === undefined || !same(told, room)) state.changes += 1
    state.told = room
    this.#events.room(room, told === undefined ? null : inviter(state, told, room))
  }

  #miss(id: WxId): void {
    const state = this.#state(id)
    if (state.missed) return this.lost(id)
    state.missed = true
    this.#later(confirmAfter, () => this.#readMany([id]))
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#later(ms, () => resolve()))
  }

  #later(ms: number, act: () => unknown): void {
    if (this.#stopped) return
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      void act()
    }, ms)
    this.#timers.add(timer)
  }
}

/** Members that did not change are the same objects (see `Contacts`). */
function same(one: WxRoom, other: WxRoom): boolean {
  if (one.topic !== other.topic || one.members.length !== other.members.length) return false
  return one.members.every((member, i) => member === other.members[i])
}

/** Who brought the newcomers, when the waiting lines name one person only. */
function inviter(state: State, before: WxRoom, now: WxRoom): string | null {
  if (state.invites.length === 0) return null
  const known = new Set(before.members.map((member) => member.id))
  if (now.members.every((member) => known.has(member.id))) return null
  const since = Date.now() - inviteLasts
  const names = new Set(state.invites.filter((invite) => invite.at > since).map((invite) => invite.by))
  state.invites = []
  const [only] = names
  return names.size === 1 && only !== undefined ? only : null
}
