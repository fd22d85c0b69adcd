// A room in which too few of a group's people are left to be sure: an admin says that it is that group, and its people keep theirs.
import { expect, it } from 'vitest'
import { identitiesOf } from '../../src/core/engine/identities.ts'
import type { EngineState } from '../../src/core/engine/state.ts'
import { World } from './roster-world.ts'

it('takes over the people of a group of before once an admin has said so', () => {
  const world = new World(['福利群1'])
  const room = world.room(0)
  const people = Array.from({ length: 12 }, (_, i) => world.add(`邻居${i}`, 100 + i))
  for (const one of people) room.nicks.set(one, '')
  world.relogin()
  const before = world.id(people[0] ?? world.add('', 0))
  room.topic = '新群名'
  for (const one of people.slice(6)) room.nicks.delete(one)
  for (let i = 0; i < 10; i++) room.nicks.set(world.add(`别人${i}`, 900 + i), '')
  world.relogin()
  world.now += 60_000
  world.settle()
  const identities = identitiesOf({
    tables: world.tables,
    members: world.directory,
    rights: world.rights,
  } as unknown as EngineState)
  const [similar] = identities.similarRooms()
  expect(similar).toMatchObject({ topic: '新群名', like: 'g1' })
  expect(identities.linkRoom('g1')).toBe(false)
  expect(similar && identities.linkRoom(similar.id)).toBe(true)
  world.tables.take()
  world.now += 60_000
  world.read(world.list(room))
  expect(people[0] && world.id(people[0])).toBe(before)
})
