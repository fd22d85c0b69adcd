// Avatars as evidence of who is who, and how slowly they are read.
import { describe, expect, it } from 'vitest'
import { ProfileReader } from '../../src/people/profile-reader.ts'
import type { Incoming, WxProfile } from '../../src/wechat/account.ts'
import { World, type Somebody } from './roster-world.ts'

/** Twelve neighbours whose list comes in another order after each login, so that only names and pictures are left. */
function neighbours(avatars: (i: number) => string): { world: World; people: Somebody[] } {
  const world = new World(['福利群1'])
  const people = Array.from({ length: 12 }, (_, i) => ({ ...world.add(`邻居${i}`, 0), avatar: avatars(i) }))
  world.people.splice(0, 12, ...people)
  const list = () => {
    world.room(0).nicks.clear()
    for (const i of [5, 0, 9, 3, 11, 1, 7, 4, 10, 2, 8, 6].map((i) => (i * (world.login + 1)) % 13))
      for (const person of people.slice(i % 12, (i % 12) + 1)) world.room(0).nicks.set(person, '')
    for (const person of people) if (!world.room(0).nicks.has(person)) world.room(0).nicks.set(person, '')
  }
  list()
  world.relogin()
  world.readProfiles()
  list()
  world.relogin()
  world.settle()
  return { world, people }
}
const level = (world: World, person: Somebody | undefined) => {
  const id = person && world.id(person)
  return id && world.directory.level(id)
}

describe('an avatar', () => {
  it('that nobody else has lets who is recognised by his name spend after a day', () => {
    const { world, people } = neighbours((i) => String(1000 + i))
    expect(level(world, people[3])).toBe('likely')
    world.readProfiles()
    world.chat()
    expect(people.map((person) => level(world, person))).toEqual(people.map(() => 'strong'))
  })

  it('that several have, or none, proves nothing', () => {
    for (const avatar of ['7', '']) {
      const { world, people } = neighbours(() => avatar)
      world.readProfiles()
      world.chat()
      expect(level(world, people[3])).toBe('likely')
    }
  })

  it('of an impostor is never taken for that of whom he was mistaken for', () => {
    const { world, people } = neighbours((i) => String(1000 + i))
    const [first] = people
    if (first) first.avatar = '9999'
    for (let login = 0; login < 3; login++) {
      world.readProfiles()
      world.chat()
      expect(level(world, first)).toBe('likely')
      world.relogin()
      world.settle()
    }
  })
})

describe('profiles', () => {
  it('are read forty at a time, again after a pause when WeChat refuses, and each once in a login', async () => {
    const world = new World(['福利群1'])
    for (let i = 0; i < 50; i++) world.room(0).nicks.set(world.add(`邻居${i}`, 0), '')
    world.relogin()
    const asked: number[] = []
    const waits: number[] = []
    const told: Incoming[] = []
    let answers = true
    let run: () => void = () => {}
    const reader = new ProfileReader({
      account: {
        readProfiles: (people) => {
          asked.push(people.length)
          const profiles = people.map(({ id }): WxProfile => ({
            id,
            avatar: id,
            region: '',
            signature: '',
            remark: '',
          }))
          return Promise.resolve(answers ? profiles : undefined)
        },
      },
      profiles: world.roster.profiles,
      isOnline: () => true,
      receive: (incoming) => told.push(incoming),
      now: () => world.now,
      later: (ms, next) => {
        waits.push(ms)
        run = next
        return () => {}
      },
    })
    const step = async () => {
      run()
      await new Promise((resolve) => setImmediate(resolve))
    }
    reader.start()
    await step()
    answers = false
    await step()
    answers = true
    await step()
    await step()
    expect(asked).toEqual([40, 10, 10])
    expect(told).toHaveLength(2)
    expect(waits).toEqual([30_000, 30_000, 900_000, 30_000, 30_000])
    reader.stop()
  })
})
