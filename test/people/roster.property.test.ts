// The roster over random lives: ids are stable, nobody gets somebody else's, nobody joins twice, and what is taken back is forgotten.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Event } from '../../src/core/types/event.ts'
import { hashClaim } from '../../src/core/feature/rights.ts'
import { deed, expectNobodyLinkedWrongly, Logins } from './roster-logins.ts'
import { World, type Somebody } from './roster-world.ts'

describe('fresh logins', () => {
  it('links nobody wrongly in 250 logins of 100 members, and most of those who stayed as they were', () => {
    expectNobodyLinkedWrongly({ groups: 3, members: 100 }, { runs: 10, logins: 25, deeds: 12, seed: 1 })
  })

  it('voids every right, whoever was linked', () => {
    fc.assert(
      fc.property(fc.nat(99), fc.array(deed, { maxLength: 5 }), (who, deeds) => {
        const logins = new Logins(2, 20)
        const { rights, tables } = logins.world
        const owner = [...logins.world.ids().values()][who % logins.world.ids().size] ?? 'm1'
        rights.expectClaim(hashClaim('ABC'))
        expect(rights.claim('ABC', 'g1', owner, logins.world.now)).toBe('claimed')
        rights.grant('m2', 'admin')
        tables.take()
        for (const one of deeds) logins.live(one)
        logins.login(who)
        expect(rights.holders()).toEqual([])
        expect(rights.control).toBeNull()
      }),
      { numRuns: 50, seed: 2 },
    )
  })
})

describe('one login', () => {
  it('keeps every id over restarts, whatever people do', () => {
    fc.assert(
      fc.property(fc.array(fc.option(deed, { freq: 4 }), { maxLength: 30 }), (steps) => {
        const logins = new Logins(3, 40)
        const { world } = logins
        const known = world.ids()
        for (const step of steps) {
          if (step === null) world.restart()
          else logins.live(step)
          for (const room of world.rooms) world.read(world.list(room))
          const ids = world.ids()
          for (const [wx, id] of known) expect(ids.get(wx)).toBe(id)
          expect(new Set(ids.values()).size).toBe(ids.size)
          for (const [wx, id] of ids) {
            known.set(wx, id)
            expect(world.roster.wxOf(id)).toBe(wx)
          }
        }
      }),
      { numRuns: 40, seed: 3 },
    )
  })

  it('decides the same again when its changes could not be saved', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(deed, fc.boolean(), fc.boolean()), { maxLength: 30 }), (steps) => {
        const logins = new Logins(2, 20)
        const { world } = logins
        for (const [step, speaks, isLost] of steps) {
          logins.live(step)
          const room = world.room(step.where)
          const speaker = [...room.nicks.keys()][step.who % Math.max(1, room.nicks.size)]
          const incoming = speaks && speaker ? world.message(room, speaker) : world.list(room)
          const before = world.ids()
          const { events, changes } = world.readAndTake(incoming)
          if (!isLost || events.some(({ type }) => type === 'left')) continue
          world.tables.revert(changes)
          expect(world.ids()).toEqual(before)
          expect(world.read(incoming)).toEqual(events)
        }
      }),
      { numRuns: 100, seed: 4 },
    )
  })

  it('survives a login that could not be saved', () => {
    const { world } = new Logins(2, 20)
    const before = world.ids()
    const session = world.login
    world.login++
    const { changes } = world.readAndTake({ type: 'online', at: world.now, self: world.self, selfName: '小圈' })
    const lists = world.rooms.map((room) => world.readAndTake(world.list(room)).changes)
    expect(world.ids()).not.toEqual(before)
    for (const staged of lists.reverse()) world.tables.revert(staged)
    world.tables.revert(changes)
    world.login = session
    expect(world.ids()).toEqual(before)
    for (const [wx, id] of before) expect(world.roster.wxOf(id)).toBe(wx)
    for (const room of world.rooms) expect(world.read(world.list(room))).toEqual([])
  })
})

describe('newcomers', () => {
  const oddNames = [
    '',
    ' ',
    '🐱',
    '<span class="emoji emoji1f431"></span>',
    '"甲"邀请"乙"',
    '\u202e反',
    'm1',
    '@所有人',
    '。',
    '甲、乙',
  ]
  const ways = [
    'byOne',
    'several',
    'qr',
    'staleList',
    'speaksFirst',
    'takenName',
    'oddName',
    'restart',
    'listedTwice',
  ] as const

  it('join exactly once, in 500 joins of every kind', () => {
    const world = new World(['福利群1', '福利群2'])
    const room = world.room(0)
    for (let i = 0; i < 100; i++) room.nicks.set(world.add(`老友${i}`, 1000 + i), '')
    world.relogin()
    const joins = new Map<string, number>()
    const note = (events: Event[]) => {
      for (const event of events) {
        if (event.type === 'left') throw new Error('nobody has left')
        for (const id of event.type === 'joined' ? event.members : []) joins.set(id, (joins.get(id) ?? 0) + 1)
      }
    }
    const newcomers: Somebody[] = []
    const come = (name: string) => {
      const one = world.add(name, 50_000 + newcomers.length)
      newcomers.push(one)
      room.nicks.set(one, '')
      return one
    }
    for (let i = 0; newcomers.length < 500; i++) {
      world.now += 7_000
      const stale = world.list(room)
      const way = ways[i % ways.length]
      const one = come(
        way === 'takenName' ? '老友5' : way === 'oddName' ? (oddNames[i % oddNames.length] ?? '') : `新人${i}`,
      )
      if (way === 'several') for (let j = 0; j < 4; j++) come(`同来${i}-${j}`)
      if (way === 'staleList' || way === 'listedTwice') note(world.read(stale))
      if (way === 'speaksFirst') {
        note(world.read(world.message(room, one)))
        note(world.read(stale))
      }
      if (way === 'restart') note(world.restart())
      note(world.read(world.list(room, way === 'qr' ? null : '老友7')))
      if (way === 'listedTwice') note(world.read(world.list(room, '老友7')))
    }
    expect(newcomers.map((one) => joins.get(world.id(one) ?? ''))).toEqual(newcomers.map(() => 1))
    expect(joins.size).toBe(newcomers.length)
  })
})
