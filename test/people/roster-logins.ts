// Random lives between logins for the roster's property tests: renames, moves, twins and impostors; and the count of wrong links after each.
import fc from 'fast-check'
import { expect } from 'vitest'
import type { MemberId } from '../../src/core/types/ids.ts'
import { World, type Room, type Somebody } from './roster-world.ts'

/** One thing that happens while the bot is away; `who`, `whom` and `where` choose among those there are. */
export interface Deed {
  kind: 'rename' | 'nick' | 'leave' | 'join' | 'twin' | 'copy' | 'replace' | 'move' | 'swap'
  who: number
  whom: number
  where: number
}
const kinds: Deed['kind'][] = ['rename', 'nick', 'leave', 'join', 'twin', 'copy', 'replace', 'move', 'swap']
export const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom(...kinds),
  who: fc.nat(9999),
  whom: fc.nat(9999),
  where: fc.nat(9),
})

/**
 * Lives through `runs` times so many fresh logins, with at most so many deeds before each and a week of chat after it, and expects that
 * nobody may ever spend what is somebody else's, and that nearly all who stayed as they were keep theirs. Names are few and shared on
 * purpose, so not all of them can be told apart.
 */
export function expectNobodyLinkedWrongly(
  { groups, members }: { groups: number; members: number },
  { runs, logins, deeds, seed }: { runs: number; logins: number; deeds: number; seed: number },
): void {
  const total = { logins: 0, present: 0, wrong: 0, owed: 0, carried: 0, spending: 0 }
  const keys = ['logins', 'present', 'wrong', 'owed', 'carried', 'spending'] as const
  const span = fc.record({ deeds: fc.array(deed, { maxLength: deeds }), shuffle: fc.nat(99) })
  fc.assert(
    fc.property(fc.array(span, { minLength: logins, maxLength: logins }), (spans) => {
      const lived = new Logins(groups, members)
      for (const { deeds, shuffle } of spans) {
        for (const one of deeds) lived.live(one)
        lived.login(shuffle)
      }
      const { spendable, shared } = lived.tally
      expect({ spendable, shared }).toEqual({ spendable: 0, shared: 0 })
      for (const key of keys) total[key] += lived.tally[key]
    }),
    { numRuns: runs, seed, endOnFailure: true },
  )
  expect(total.logins).toBeGreaterThanOrEqual(runs * logins)
  expect(total.carried / total.owed).toBeGreaterThan(0.9)
  expect(total.spending / total.owed).toBeGreaterThan(0.8)
  expect(total.wrong / total.present).toBeLessThan(0.005)
}

const names = [
  '小明',
  '阿花',
  'Momo',
  '🐱',
  '<span class="emoji emoji1f431"></span>',
  '静',
  '。',
  'A 优选 小李',
  '李白',
  '',
]
// Bit fields as they are seen in the wild: few values, shared by many.
const attributes = [0, 4133, 33656871, 98407, 102503, 135205, 233509, 16879655, 33658919, 235557]

/** How many of those there were had a right to be recognised (alone with their traits, all the same as before), and were. */
export interface Tally {
  logins: number
  present: number
  /** Linked to somebody else, and of these who might spend after a week of chat. */
  wrong: number
  spendable: number
  shared: number
  owed: number
  carried: number
  spending: number
}

export class Logins {
  readonly world: World
  readonly tally: Tally = {
    logins: 0,
    present: 0,
    wrong: 0,
    spendable: 0,
    shared: 0,
    owed: 0,
    carried: 0,
    spending: 0,
  }
  readonly #managed: number
  /** Who every id of ours was given to first. */
  readonly #owner = new Map<MemberId, number>()
  #last = new Map<Room, Map<number, string>>()

  constructor(groups: number, members: number) {
    this.#managed = groups
    this.world = new World(Array.from({ length: groups }, (_, i) => `群${i}`))
    for (let i = 0; i < members; i++) {
      const one = this.world.add(`${names[i % names.length]}${i % 3 === 0 ? '' : i}`, this.#attribute(i * 7))
      this.#room(i).nicks.set(one, i % 4 === 0 ? `${i}栋` : '')
      if (i % 5 === 0) this.#room(i + 1).nicks.set(one, '')
    }
    this.login(0)
  }

  /** What happens while the bot is away. */
  live({ kind, who, whom, where }: Deed): void {
    const room = this.#room(where)
    const one = pick([...room.nicks.keys()], who)
    const other = pick([...room.nicks.keys()], whom)
    if (kind === 'join' || !one || !other) {
      room.nicks.set(this.world.add(names[whom % names.length] ?? '', this.#attribute(who)), '')
      return
    }
    const nick = room.nicks.get(other) ?? ''
    switch (kind) {
      case 'rename':
        one.name = `${names[whom % names.length]}${whom % 2 === 0 ? '' : whom}`
        break
      case 'nick':
        room.nicks.set(one, `${whom % 9}栋`)
        break
      case 'leave':
        room.nicks.delete(one)
        break
      case 'move':
        room.nicks.delete(one)
        this.#room(where + 1).nicks.set(one, '')
        break
      case 'twin':
        room.nicks.set(this.world.add(other.name, other.attrStatus), nick)
        break
      case 'copy':
        one.name = other.name
        room.nicks.set(one, nick)
        break
      case 'replace':
        one.name = other.name
        room.nicks.set(one, nick)
        if (one !== other) room.nicks.delete(other)
        break
      case 'swap':
        ;[one.name, other.name] = [other.name, one.name]
        break
    }
  }

  /** A fresh login; the lists come in an order that `shuffle` chooses. */
  login(shuffle: number): void {
    const owed = this.#owed()
    const rooms = [...this.world.rooms]
    for (let i = rooms.length - 1; i > 0; i--) {
      const j = (shuffle * 31 + i * 17) % (i + 1)
      const [a, b] = [rooms[i], rooms[j]]
      if (a && b) [rooms[i], rooms[j]] = [b, a]
    }
    this.world.relogin(rooms)
    this.world.chat()
    this.#count(owed)
    this.#last = new Map(
      this.world.rooms.map((room) => [
        room,
        new Map([...room.nicks].map(([one, nick]) => [one.uid, traits(one, nick)])),
      ]),
    )
  }

  #count(owed: ReadonlySet<number>): void {
    const { world, tally } = this
    const ids = world.ids()
    tally.logins++
    tally.shared += ids.size - new Set(ids.values()).size
    for (const one of this.#present()) {
      const id = ids.get(world.wx(one))
      if (id === undefined) throw new Error(`${one.uid} was lost`)
      const owner = this.#owner.get(id)
      if (owner !== undefined && owner !== one.uid) {
        tally.wrong++
        if (world.directory.sure(id)) tally.spendable++
      }
      tally.present++
      if (owed.has(one.uid)) tally.owed++
      if (owed.has(one.uid) && owner === one.uid) {
        tally.carried++
        if (world.directory.sure(id)) tally.spending++
      }
      // Who was linked wrongly stays wrong, whatever later logins say.
      if (owner === undefined) this.#owner.set(id, one.uid)
    }
  }

  /** Who is in the same rooms with the same traits as at the last login, alone with them then and now. */
  #owed(): Set<number> {
    const then = this.#bearersBefore()
    const now = new Map<string, Set<number>>()
    for (const one of this.#present()) note(now, traits(one), one.uid)
    const owed = new Set<number>()
    for (const room of this.world.rooms) {
      const last = this.#last.get(room)
      for (const [one, nick] of room.nicks) {
        if (one.attrStatus === 0 || one.name === '' || last?.get(one.uid) !== traits(one, nick)) continue
        if (then.get(traits(one))?.size === 1 && now.get(traits(one))?.size === 1) owed.add(one.uid)
      }
    }
    return owed
  }

  #bearersBefore(): Map<string, Set<number>> {
    const bearers = new Map<string, Set<number>>()
    for (const room of this.#last.values()) {
      for (const [uid, its] of room) note(bearers, its.split('\n')[0] ?? '', uid)
    }
    return bearers
  }

  #present(): Somebody[] {
    return [...new Set(this.world.rooms.flatMap((room) => [...room.nicks.keys()]))]
  }

  #room(index: number): Room {
    return this.world.room(index % this.#managed)
  }

  #attribute(index: number): number {
    return attributes[index % attributes.length] ?? 0
  }
}

// The two encodings of the cat are one name.
function traits(one: Somebody, nick?: string): string {
  const key = `${one.attrStatus} ${one.name.replace(/<span.*<\/span>/, '🐱')}`
  return nick === undefined ? key : `${key}\n${nick}`
}

function pick<T>(list: readonly T[], index: number): T | undefined {
  return list[index % list.length]
}

function note(bearers: Map<string, Set<number>>, key: string, uid: number): void {
  const uids = bearers.get(key)
  if (uids) uids.add(uid)
  else bearers.set(key, new Set([uid]))
}
