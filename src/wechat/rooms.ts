// Keeps the member lists fresh, gently: after login, after a grey line, and by turns for those who leave without a word.
import type { WxId, WxRoom } from './account.ts'
import type { Contacts } from './contacts.ts'

export interface RoomEvents {
  /** A member list was read. @param invitedBy who brought those who are new in it */
  room(room: WxRoom, invitedBy: string | null): void
  gone(room: WxId): void
  failed(what: string, error: unknown): void
  /** Whether lists can be asked for at all. @param why the last error, in short; '' when they can again */
  readable(can: boolean, why: string): void
  /** One room's list does not come though the room talks, or comes again. */
  unread(room: WxId, is: boolean): void
}

const seconds = 1000
/** Rooms in one request, and milliseconds between requests, while many wait to be read. */
const batch = 10
const betweenBatches = 500
/** Pause (ms) after a failed request; doubled with each further one. */
const firstFailurePause = 1 * seconds
const longestPause = 2 * 60 * seconds
/** Failures in a row after which the operator is told. */
const reportedFailures = 2
/** Reading by turns: most rooms and members in one request, and the interval (ms) of requests. */
const turnRooms = 40
const turnMembers = 2_500
const turnEvery = 20 * seconds
/** WeChat's list may be old for a while after a grey line: it is read again after these pauses. */
const againAfter = [0, 1 * seconds, 2 * seconds, 5 * seconds, 20 * seconds]
/** Most time (ms) for which something waits for a list that does not come. */
const waitsAtMost = 30 * 60 * seconds
/** A line's inviter is forgotten when no newcomer shows within this time. */
const inviteLasts = 60 * seconds
/** A room whose list does not come, or lacks the account itself, is read again after these pauses before it counts as gone. */
const confirmAfter = [3 * seconds, 10 * seconds, 20 * seconds, 20 * seconds]

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
  /** Lists in a row that did not come, and lists in a row that lacked the account. */
  misses: number
  absences: number
  /** The room has talked since its list was missed first. */
  talks: boolean
}

export class RoomReader {
  #online = false
  readonly #contacts: Contacts
  readonly #events: RoomEvents
  readonly #read: (ids: WxId[]) => Promise<WxId[]>
  readonly #states = new Map<WxId, State>()
  /** Rooms to be read soon, and those of them that somebody waits for: these go first. */
  readonly #wanted = new Set<WxId>()
  readonly #urgent = new Map<WxId, ((came: boolean) => void)[]>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #reading = false
  #failures = 0
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

  /** Off line nothing is read. */
  set online(is: boolean) {
    this.#online = is
    if (is) void this.#readWanted()
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

  /** Somebody spoke there, so the account is in it. */
  heard(id: WxId): void {
    const state = this.#states.get(id)
    if (state === undefined || state.misses === 0) return
    state.talks = true
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
    const counts = { changes: 0, misses: 0, absences: 0 }
    const state: State = { told: undefined, invites: [], watched: false, expected: [], talks: false, ...counts }
    this.#states.set(id, state)
    return state
  }

  /** One round at a time for each room, however much is expected of it. Only lists that came count as looks. */
  async #watch(id: WxId, state: State): Promise<void> {
    state.watched = true
    while (state.expected.length > 0) {
      const now = state.expected.splice(0)
      const until = Date.now() + waitsAtMost
      const isShown = () => now.every((expected) => expected.shown())
      for (let looks = 0, failed = 0; looks < againAfter.length && Date.now() < until;) {
        await this.#pause(failed > 0 ? pauseAfter(failed) : (againAfter[looks] ?? 0))
        if (this.#stopped) return
        if (isShown()) break
        const came = await this.#ask(id)
        if (isShown()) break
        looks += came ? 1 : 0
        failed = came ? 0 : failed + 1
      }
      for (const expected of now) if (!expected.shown()) expected.giveUp()
    }
    state.watched = false
  }

  /** Reads a room soon, together with others that are waited for. @returns whether its list came */
  #ask(id: WxId): Promise<boolean> {
    return new Promise((resolve) => {
      this.#urgent.set(id, [...(this.#urgent.get(id) ?? []), resolve])
      void this.#readWanted()
    })
  }

  /** One request at a time; after one that failed a pause, and what it asked for is asked for again. */
  async #readWanted(): Promise<void> {
    if (this.#reading) return
    this.#reading = true
    while (this.#online && !this.#stopped) {
      const ids = [...new Set([...this.#urgent.keys(), ...this.#wanted])].slice(0, batch)
      if (ids.length === 0) break
      const waiting = ids.map((id) => ({ id, resolvers: this.#urgent.get(id) }))
      for (const id of ids) {
        this.#urgent.delete(id)
        this.#wanted.delete(id)
      }
      const done = await this.#readMany(ids)
      for (const { id, resolvers } of waiting) {
        if (done) for (const resolve of resolvers ?? []) resolve(this.knows(id) && this.#state(id).misses === 0)
        else if (resolvers) this.#urgent.set(id, [...resolvers, ...(this.#urgent.get(id) ?? [])])
        else this.#wanted.add(id)
      }
      await this.#pause(done ? betweenBatches : pauseAfter(this.#failures))
    }
    this.#reading = false
  }

  async #nextTurn(): Promise<void> {
    if (this.#turn.length === 0) this.#turn = [...this.#contacts.rooms.keys()]
    const ids: WxId[] = []
    let members = 0
    // While lists cannot be had, those that are waited for are asked for first.
    while (ids.length < turnRooms && members < turnMembers && this.#failures === 0) {
      const id = this.#turn.shift()
      if (id === undefined) break
      members += this.#contacts.rooms.get(id)?.members.length ?? 0
      ids.push(id)
    }
    if (ids.length > 0 && this.#online) await this.#readMany(ids)
    this.#later(turnEvery, () => this.#nextTurn())
  }

  async #readMany(ids: WxId[]): Promise<boolean> {
    let complete: WxId[]
    try {
      complete = await this.#read(ids)
    } catch (error) {
      if (this.#stopped) return false
      this.#failures += 1
      this.#events.failed('rooms', error)
      if (this.#failures === reportedFailures) this.#events.readable(false, (error as Error).message)
      // A turn that failed is made up for.
      if (!this.#reading) this.#later(pauseAfter(this.#failures), () => this.want(ids))
      return false
    }
    if (this.#failures >= reportedFailures) this.#events.readable(true, '')
    this.#failures = 0
    this.took(ids, complete)
    return true
  }

  #tell(id: WxId): void {
    const room = this.#contacts.rooms.get(id)
    if (room === undefined) return
    const state = this.#state(id)
    if (room.members.some((member) => member.id === this.#self)) this.#showedSelf.add(id)
    else if (this.#showedSelf.has(id)) {
      state.absences += 1
      if (state.absences > 1) return this.lost(id)
      return this.#later(confirmAfter[0] ?? 0, () => this.want([id]))
    }
    if (state.misses > 1) this.#events.unread(id, false)
    state.misses = 0
    state.absences = 0
    state.talks = false
    const { told } = state
    if (told === undefined || !same(told, room)) state.changes += 1
    state.told = room
    this.#events.room(room, told === undefined ? null : inviter(state, told, room))
  }

  /** A list did not come. A room that talks is not gone: its list is asked for again, ever more rarely. */
  #miss(id: WxId): void {
    const state = this.#state(id)
    state.misses += 1
    if (state.misses === 2 && state.told !== undefined) this.#events.unread(id, true)
    const pause = confirmAfter[state.misses - 1]
    if (pause !== undefined) return this.#later(pause, () => this.want([id]))
    if (!state.talks) return this.lost(id)
    this.#later(pauseAfter(state.misses), () => this.want([id]))
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

function pauseAfter(failures: number): number {
  return Math.min(longestPause, firstFailurePause * 2 ** Math.min(Math.max(failures, 1) - 1, 10))
}

/** Members that did not change are the same objects (see `Contacts`). */
function same(room: WxRoom, other: WxRoom): boolean {
  if (room.topic !== other.topic || room.members.length !== other.members.length) return false
  return room.members.every((member, i) => member === other.members[i])
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
