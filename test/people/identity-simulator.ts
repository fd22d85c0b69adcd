// A population with all that makes people hard to tell apart, over several logins in a row: who is carried over, who is linked wrongly, and who is
// left for the admins. The table is printed by `scripts/bench/identity.ts`.
import type { Level } from '../../src/core/feature/levels.ts'
import { allows } from '../../src/core/feature/levels.ts'
import type { MemberId } from '../../src/core/types/ids.ts'
import { World, type Room, type Somebody } from './roster-world.ts'

/** One row of the table. Shares are 0..1, and of a login's people. */
export interface Hardness {
  people: number
  groups: number
  logins: number
  /** Share of those whose status bits are 0. */
  noBits: number
  /** Whether member lists come in the order of joining, as WeChat gives them. */
  isOrdered: boolean
  /** Whether the puppet gives profiles: most people have a picture of their own then, which strangers cannot copy. */
  hasAvatars: boolean
  seed: number
}

/** What one row counted, over all logins. */
export interface Outcome {
  /** Who was there at the login before and still is. */
  stayed: number
  /** Of these: who still has a trait, unchanged, that nobody else in the community had or has. */
  evident: number
  /** Carried at once (may earn on his own record), of all who stayed and of those with evidence. */
  earning: number
  earningEvident: number
  /** May spend on his own record after seven days of chat. */
  spending: number
  spendingEvident: number
  /** Bears somebody else's record at once, and after seven days so that he may spend it. */
  wrong: number
  wrongSpending: number
  /** Strangers who took the name, nickname and bits of a member who left, and those of them who may spend his points. */
  impostors: number
  impostorsSpending: number
  /** Not carried: of these named to the admins (their old record is listed as missing, with its points). */
  rest: number
  named: number
}

const common = ['小明', '静', '阿花', 'A', '。', '平安是福', '开心就好', '简单', '小李', '云淡风轻', '木子', 'Lily']
const emoji = ['🐱', '<span class="emoji emoji1f431"></span>', '🌸', '🌸🌸', '❤️', '🍀小雨🍀', '☀️']
const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗']
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅波宁']
/** Few distinct values, most of them shared by many. */
const bits = [4133, 4133, 4133, 33656871, 33656871, 98407, 102503, 135205, 233509, 16879655]

/** The share of people to whom a thing happens between two logins. */
const LIFE = {
  rename: 0.05,
  nick: 0.05,
  leave: 0.03,
  join: 0.03,
  impostor: 0.01,
  twin: 0.005,
  swap: 0.002,
  retitle: 0.1,
  avatar: 0.03,
}

interface Sight {
  id: MemberId
  traits: readonly string[]
}

export class IdentitySimulator {
  readonly #world: World
  readonly #hard: Hardness
  #random: number
  readonly #owner = new Map<MemberId, number>()
  /** Strangers who bear the traits of a member who left. */
  readonly #impostors = new Set<number>()
  #before = new Map<number, Sight>()

  constructor(hard: Hardness) {
    this.#hard = hard
    this.#random = hard.seed
    this.#world = new World(Array.from({ length: hard.groups }, (_, i) => `社区福利${i + 1}群`))
    for (let i = 0; i < hard.people; i++) this.#newcomer(this.#world.room(i))
    // Many are in several groups.
    for (const person of this.#world.people) {
      if (this.#chance(0.3)) this.#join(person, this.#pick(this.#world.rooms))
      if (this.#chance(0.1)) this.#join(person, this.#pick(this.#world.rooms))
    }
  }

  /** Lives through all logins, each followed by a week of chat. */
  run(): Outcome {
    const total: Outcome = {
      ...{ stayed: 0, evident: 0, earning: 0, earningEvident: 0, spending: 0, spendingEvident: 0 },
      ...{ wrong: 0, wrongSpending: 0, impostors: 0, impostorsSpending: 0, rest: 0, named: 0 },
    }
    this.#login(total)
    for (let i = 0; i < this.#hard.logins; i++) {
      this.#live()
      this.#login(total)
    }
    return total
  }

  #login(total: Outcome): void {
    const world = this.#world
    if (!this.#hard.isOrdered) for (const room of world.rooms) this.#shuffle(room)
    world.relogin(this.#shuffled(world.rooms))
    world.settle()
    const now = this.#sights()
    const evident = this.#evident(now)
    const atOnce = this.#levels()
    const stayed = [...this.#before].filter(([uid]) => now.has(uid))
    const isOwn = (uid: number) => now.get(uid)?.id === this.#before.get(uid)?.id
    const absent = new Set(this.#absent())
    if (this.#hard.hasAvatars) world.readProfiles()
    world.chat()
    const later = this.#levels()
    for (const [uid, { id: before }] of stayed) {
      const count = (key: 'earning' | 'spending', is: boolean) => {
        if (!is) return
        total[key]++
        if (evident.has(uid)) total[`${key}Evident`]++
      }
      total.stayed++
      if (evident.has(uid)) total.evident++
      count('earning', isOwn(uid) && allows(atOnce.get(uid) ?? 'none', 'earn'))
      count('spending', isOwn(uid) && allows(later.get(uid) ?? 'none', 'spend'))
      if (isOwn(uid)) continue
      total.rest++
      // A record that somebody else bears is named with its bearer, who is on the admins' list as well.
      if (absent.has(before) || this.#isOnList(before)) total.named++
    }
    for (const [uid, { id }] of now) {
      const owner = this.#owner.get(id)
      const isWrong = owner !== undefined && owner !== uid
      const isSpending = isWrong && allows(later.get(uid) ?? 'none', 'spend')
      if (isWrong) total.wrong++
      if (isSpending) total.wrongSpending++
      if (this.#impostors.has(uid)) {
        total.impostors++
        if (isSpending) total.impostorsSpending++
      }
      if (owner === undefined) this.#owner.set(id, uid)
    }
    this.#impostors.clear()
    this.#before = this.#sights()
  }

  /** What happens while the bot is logged out. */
  #live(): void {
    const { rooms } = this.#world
    const present = [...new Set(rooms.flatMap((room) => [...room.nicks.keys()]))]
    for (const person of present) {
      const its = rooms.filter((room) => room.nicks.has(person))
      if (this.#chance(LIFE.rename)) person.name = this.#name()
      if (this.#chance(LIFE.avatar)) person.avatar = this.#avatar()
      if (this.#chance(LIFE.nick)) for (const room of its) room.nicks.set(person, this.#nick())
      if (this.#chance(LIFE.leave)) for (const room of its) room.nicks.delete(person)
      else if (this.#chance(LIFE.impostor)) {
        const [room] = its
        const nick = room?.nicks.get(person) ?? ''
        for (const left of its) left.nicks.delete(person)
        this.#impostors.add(this.#copyOf(person, nick, room ?? this.#pick(rooms)).uid)
      } else if (this.#chance(LIFE.twin)) {
        const [room] = its
        this.#copyOf(person, room?.nicks.get(person) ?? '', room ?? this.#pick(rooms))
      } else if (this.#chance(LIFE.swap)) {
        const other = this.#pick([...(its[0]?.nicks.keys() ?? [person])])
        ;[person.name, other.name] = [other.name, person.name]
      }
    }
    for (let i = 0; i < this.#hard.people * LIFE.join; i++) this.#newcomer(this.#pick(rooms))
    for (const room of rooms) if (this.#chance(LIFE.retitle)) room.topic = `${room.topic}·${this.#name()}`
  }

  /**
   * Whose name, or name and bits, or nickname in a group is the same as before and was and is nobody else's. Where all three changed, or others
   * bear the same, only a person could tell.
   */
  #evident(now: ReadonlyMap<number, Sight>): Set<number> {
    const then = bearers(this.#before)
    const bearing = bearers(now)
    const evident = new Set<number>()
    for (const [uid, { traits }] of now) {
      const before = this.#before.get(uid)
      const isAlone = (trait: string) => then.get(trait) === 1 && bearing.get(trait) === 1
      if (before && traits.some((trait) => before.traits.includes(trait) && isAlone(trait))) evident.add(uid)
    }
    return evident
  }

  #sights(): Map<number, Sight> {
    const world = this.#world
    const ids = world.ids()
    const sights = new Map<number, Sight>()
    for (const room of world.rooms)
      for (const [person, nick] of room.nicks) {
        const id = ids.get(world.wx(person))
        if (id === undefined) throw new Error(`person ${person.uid} of a list has no record`)
        const name = person.name.replaceAll('<span class="emoji emoji1f431"></span>', '🐱')
        const known = sights.get(person.uid)?.traits ?? [
          ...(name === '' ? [] : [`name ${name}`]),
          ...(name === '' || person.attrStatus === 0 ? [] : [`bits ${name} ${person.attrStatus}`]),
        ]
        const traits = nick === '' ? known : [...known, `nick ${world.rooms.indexOf(room)} ${nick}`]
        sights.set(person.uid, { id, traits })
      }
    return sights
  }

  #levels(): Map<number, Level> {
    return new Map([...this.#sights()].map(([uid, { id }]) => [uid, this.#world.directory.level(id)]))
  }

  /** Records that are not in this login, which the card names with their points. */
  #absent(): MemberId[] {
    const { tables, directory } = this.#world
    const people = tables.table<{ epoch: number; wx: string }>('directory.people')
    return [...people.entries()].flatMap(([id, { epoch }]) => (epoch === directory.epoch ? [] : [id as MemberId]))
  }

  #isOnList(id: MemberId): boolean {
    return this.#world.directory.waiting().includes(id)
  }

  #newcomer(room: Room): void {
    const attrStatus = this.#chance(this.#hard.noBits) ? 0 : this.#pick(bits)
    const person = this.#world.add(this.#name(), attrStatus)
    person.avatar = this.#avatar()
    this.#join(person, room)
  }

  #copyOf({ name, attrStatus }: Somebody, nick: string, room: Room): Somebody {
    const copy = this.#world.add(name, attrStatus)
    copy.avatar = this.#avatar()
    room.nicks.set(copy, nick)
    return copy
  }

  #join(person: Somebody, room: Room): void {
    if (!room.nicks.has(person)) room.nicks.set(person, this.#nick())
  }

  #name(): string {
    if (this.#chance(0.15)) return this.#pick(common)
    if (this.#chance(0.08)) return this.#pick(emoji)
    if (this.#chance(0.02)) return ''
    const plain = `${this.#pick(surnames)}${this.#pick(given)}${this.#chance(0.5) ? this.#pick(given) : ''}`
    return this.#chance(0.5) ? plain : `${this.#pick(emoji)}${plain}${this.#next() % 100}`
  }

  /** Some have none, and some one of those that come with the phone. */
  #avatar(): string {
    if (this.#chance(0.08)) return this.#chance(0.5) ? '' : String(this.#next() % 5)
    return String(1_000_000 + this.#next())
  }

  #nick(): string {
    if (!this.#chance(0.3)) return ''
    return `${(this.#next() % 30) + 1}栋${(this.#next() % 20) + 1}0${(this.#next() % 4) + 1}`
  }

  #shuffle(room: Room): void {
    const shuffled = this.#shuffled([...room.nicks])
    room.nicks.clear()
    for (const [person, nick] of shuffled) room.nicks.set(person, nick)
  }

  #shuffled<T>(things: readonly T[]): T[] {
    return things
      .map((thing) => [this.#next(), thing] as const)
      .sort(([a], [b]) => a - b)
      .map(([, thing]) => thing)
  }

  #pick<T>(things: readonly T[]): T {
    const thing = things[this.#next() % things.length]
    if (thing === undefined) throw new Error('nothing to choose from')
    return thing
  }

  #chance(share: number): boolean {
    return this.#next() % 100_000 < share * 100_000
  }

  /** A reproducible number below 2^31: xorshift32. */
  #next(): number {
    let x = this.#random | 0 || 1
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.#random = x
    return (x >>> 1) & 0x7fffffff
  }
}

function bearers(sights: ReadonlyMap<number, Sight>): Map<string, number> {
  const count = new Map<string, number>()
  for (const { traits } of sights.values())
    for (const trait of new Set(traits)) count.set(trait, (count.get(trait) ?? 0) + 1)
  return count
}
