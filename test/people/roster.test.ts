// The roster by examples: managed and foreign rooms, joins, leaves, renames, restarts, fresh logins, lists not to be believed.
import { beforeEach, describe, expect, it } from 'vitest'
import type { Event } from '../../src/core/types/event.ts'
import { hashClaim } from '../../src/core/feature/rights.ts'
import { World, type Room, type Somebody } from './roster-world.ts'

let world: World
let first: Room
let second: Room
let foreign: Room
let ming: Somebody
let hua: Somebody

beforeEach(() => {
  world = new World(['福利群1', '福利群2'], ['别人的群'])
  first = world.room(0)
  second = world.room(1)
  foreign = world.room(2)
  ming = world.add('小明', 33)
  hua = world.add('阿花', 44)
  first.nicks.set(ming, '').set(hua, '3栋-阿花')
  second.nicks.set(ming, '')
  foreign.nicks.set(world.add('生人', 55), '')
})

function types(events: Event[]): string[] {
  return events.map(({ type }) => type)
}

describe('rooms', () => {
  it('takes over managed rooms as they are and drops the others', () => {
    const events = world.relogin()
    expect(types(events)).toEqual(['loggedIn', 'rostered', 'rostered'])
    expect(world.directory.groups().map(({ managed }) => managed)).toEqual(['福利群1', '福利群2'])
    expect(world.ids().size).toBe(2)
    expect(world.directory.since('m1', 'g1')).toBe(0)
    expect(world.roster.groupsNotice()).toEqual({
      about: 'groups',
      found: ['福利群1', '福利群2'],
      missing: [],
      ambiguous: [],
    })
    expect(world.read(world.message(foreign, world.people[2] ?? ming))).toEqual([])
  })

  it('finds a topic in any width and keeps a renamed group for the login', () => {
    first.topic = '福利群１'
    world.relogin()
    expect(world.roster.groupsNotice().found).toEqual(['福利群1', '福利群2'])
    first.topic = '新名字'
    expect(types(world.read(world.list(first)))).toEqual(['rostered'])
    expect(world.directory.group('g1')).toMatchObject({ name: '新名字', managed: '福利群1' })
    world.restart()
    expect(types(world.read(world.message(first, ming)))).toEqual(['said'])
  })

  it('does not manage a second room of the same topic, and says so once', () => {
    world.relogin()
    foreign.topic = '福利群1'
    const notice = { about: 'groups', found: [], missing: [], ambiguous: [] }
    world.roster.read({ type: 'roomGone', at: world.now, room: world.wxRoom(foreign) })
    expect(world.read(world.list(foreign))).toEqual([
      { type: 'noticed', at: world.now, notice: { ...notice, ambiguous: ['福利群1'] } },
    ])
    expect(world.read(world.list(foreign))).toEqual([])
    expect(world.roster.groupsNotice().ambiguous).toEqual(['福利群1'])
    expect(world.ids().size).toBe(2)
  })

  it('tells what is missing, and forgets the ids of a room that is gone', () => {
    world.relogin([first])
    expect(world.roster.groupsNotice().missing).toEqual(['福利群2'])
    expect(world.roster.wxOf('g1')).toBe(world.wxRoom(first))
    const gone = world.read({ type: 'roomGone', at: world.now, room: world.wxRoom(first) })
    expect(gone).toMatchObject([{ type: 'noticed', notice: { missing: ['福利群1'] } }])
    expect(world.roster.wxOf('g1')).toBeUndefined()
    const ids = world.ids()
    expect(types(world.read(world.list(first)))).toEqual(['rostered'])
    expect(world.roster.wxOf('g1')).toBe(world.wxRoom(first))
    expect(world.ids()).toEqual(ids)
  })

  it('lets a claim through from any room, and records the control group from then on', () => {
    world.relogin()
    world.rights.expectClaim(hashClaim('ABC'))
    world.tables.take()
    const boss = world.people[2] ?? ming
    const [claim] = world.read(world.message(foreign, boss, '／claim abc'))
    expect(claim).toMatchObject({ type: 'said', group: 'g3', from: 'm3' })
    expect(world.read(world.list(foreign))).toEqual([])
    world.rights.claim('abc', 'g3', 'm3', world.now)
    world.tables.take()
    const helper = world.add('帮手', 66)
    foreign.nicks.set(helper, '')
    expect(world.read(world.list(foreign))).toMatchObject([{ type: 'rostered', group: 'g3', members: 2 }])
    expect(world.read(world.message(foreign, helper))).toMatchObject([{ type: 'said', group: 'g3', from: 'm4' }])
    expect(world.directory.groups().map(({ id }) => id)).toEqual(['g1', 'g2'])
  })
})

describe('people', () => {
  it('reports who joined, by whom, who left and who is called otherwise now', () => {
    world.relogin()
    const guest = world.add('客人', 77)
    first.nicks.set(guest, '')
    expect(world.read(world.list(first, '3栋-阿花'))).toEqual([
      { type: 'joined', at: world.now, group: 'g1', members: ['m3'], by: 'm2' },
    ])
    expect(world.directory.since('m3', 'g1')).toBe(world.now)
    guest.name = '常客'
    first.nicks.set(guest, '5栋-常客')
    expect(world.read(world.list(first))).toEqual([
      { type: 'renamed', at: world.now, member: 'm3', group: null, before: '客人', after: '常客' },
      { type: 'renamed', at: world.now, member: 'm3', group: 'g1', before: '', after: '5栋-常客' },
    ])
    first.nicks.delete(guest)
    expect(world.read(world.list(first))).toEqual([{ type: 'left', at: world.now, group: 'g1', members: ['m3'] }])
    expect(world.read(world.list(first))).toEqual([])
  })

  it('names no inviter when two bear the name, or the newcomer does', () => {
    world.relogin()
    first.nicks.set(world.add('小明', 78), '')
    expect(world.read(world.list(first, '小明'))).toMatchObject([{ type: 'joined', members: ['m3'], by: null }])
    first.nicks.set(world.add('独一', 79), '')
    expect(world.read(world.list(first, '独一'))).toMatchObject([{ type: 'joined', members: ['m4'], by: null }])
  })

  it('takes another encoding of the same emoji for the same name', () => {
    ming.name = '小明<span class="emoji emoji1f431"></span>'
    world.relogin()
    ming.name = '小明🐱'
    expect(world.read(world.list(first))).toEqual([])
  })

  it('hears somebody whom no list has shown, and lets him join once', () => {
    world.relogin()
    const guest = world.add('客人', 77)
    const stale = world.list(first)
    expect(types(world.read(world.message(first, guest)))).toEqual(['joined', 'said'])
    expect(types(world.read(world.message(first, guest)))).toEqual(['said'])
    expect(world.read(stale)).toEqual([])
    first.nicks.set(guest, '5栋')
    expect(types(world.read(world.list(first)))).toEqual(['rostered'])
    first.nicks.delete(guest)
    expect(types(world.read(world.list(first)))).toEqual(['left'])
  })

  it('gives up after ten minutes on a talker whom no list shows', () => {
    world.relogin()
    world.read(world.message(first, world.add('客人', 77)))
    world.now += 10 * 60_000
    expect(types(world.read(world.list(first)))).toEqual(['left'])
  })

  it('takes the last words of somebody who has left for what they are', () => {
    world.relogin()
    first.nicks.delete(hua)
    world.read(world.list(first))
    expect(types(world.read(world.message(first, hua)))).toEqual(['said'])
    world.now += 5 * 60_000
    expect(types(world.read(world.message(first, hua)))).toEqual(['joined', 'said'])
  })

  it('hears direct messages of people it knows, and leaves no record of strangers or itself', () => {
    world.relogin()
    const [direct] = world.read(world.message(null, ming))
    expect(direct).toMatchObject({ type: 'said', group: null, from: 'm1' })
    expect(world.read(world.message(null, world.add('推销', 88)))).toEqual([])
    expect(world.read({ ...world.message(first, ming), from: world.self })).toEqual([])
    expect(world.ids().size).toBe(2)
  })
})

describe('restarts', () => {
  it('keeps every id, and greets those who came meanwhile', () => {
    world.relogin()
    const ids = world.ids()
    const guest = world.add('客人', 77)
    first.nicks.set(guest, '')
    expect(world.restart()).toEqual([{ type: 'loggedIn', at: world.now, fresh: false, claim: null }])
    expect(world.read(world.list(first))).toMatchObject([{ type: 'joined', members: ['m3'] }])
    expect(world.ids()).toEqual(new Map([...ids, [world.wx(guest), 'm3']]))
  })

  it('trusts no id before it knows which login is on', () => {
    const unstarted = new World(['福利群1'])
    unstarted.add('小明', 33)
    expect(unstarted.read(unstarted.list(unstarted.room(0)))).toEqual([])
  })
})

describe('lists that cannot be true', () => {
  beforeEach(() => {
    for (let i = 0; i < 20; i++) first.nicks.set(world.add(`邻居${i}`, 100 + i), '')
    world.relogin()
  })

  it('believes the loss of more than half only when it is read the same twice', () => {
    for (const one of [...first.nicks.keys()].slice(5)) first.nicks.delete(one)
    expect(world.read(world.list(first))).toEqual([])
    expect(world.read(world.list(first))).toMatchObject([{ type: 'left', group: 'g1' }])
    expect(world.directory.membersOf('g1')).toHaveLength(5)
  })

  it('doubts a list without the bot, and drops the doubt at the next good one', () => {
    const list = world.list(first)
    const without = { ...list, room: { ...list.room, members: list.room.members.slice(0, -2) } }
    expect(world.read(without)).toEqual([])
    expect(world.read(list)).toEqual([])
    expect(world.read(without)).toEqual([])
    expect(world.read(without)).toMatchObject([{ type: 'left', members: ['m22'] }])
  })

  it('believes lists without the bot where that room never shows it', () => {
    const sparse = new World(['福利群1'])
    const room = sparse.room(0)
    room.nicks.set(sparse.add('小明', 33), '')
    sparse.read({ type: 'online', at: sparse.now, self: sparse.self, selfName: '小圈' })
    const list = sparse.list(room)
    const without = { ...list, room: { ...list.room, members: list.room.members.slice(0, -1) } }
    expect(sparse.read(without)).toMatchObject([{ type: 'rostered', members: 1 }])
  })

  it('takes an empty list, read twice, for the loss of the room and not of its people', () => {
    const list = world.list(first)
    const empty = { ...list, room: { ...list.room, members: [] } }
    expect(world.read(empty)).toEqual([])
    expect(world.read(empty)).toMatchObject([{ type: 'noticed', notice: { missing: ['福利群1'] } }])
  })
})

describe('a fresh login', () => {
  beforeEach(() => {
    for (let i = 0; i < 8; i++) first.nicks.set(world.add(`邻居${i}`, 100 + i), `${i}栋`)
    world.relogin()
  })

  it('recognises groups, and people whose traits are borne by nobody else', () => {
    const before = [...world.ids().values()].sort()
    const events = world.relogin()
    expect(events).toMatchObject([
      { type: 'loggedIn', fresh: true },
      { type: 'rostered', group: 'g1', members: 10, known: 10 },
      { type: 'rostered', group: 'g2', members: 1, known: 1 },
    ])
    expect([...world.ids().values()].sort()).toEqual(before)
    expect(world.directory.level('m1')).toBe('likely')
    expect(world.directory.allows('m1', 'earn')).toBe(true)
    expect(world.directory.sure('m1')).toBe(false)
    world.chat()
    expect(world.directory.level('m1')).toBe('strong')
    expect(world.directory.sure('m1')).toBe(true)
  })

  it('recognises who is called otherwise by what else speaks for him, and makes a new person of who has nothing left', () => {
    hua.name = '花花'
    const neighbour = world.people[4]
    if (neighbour) {
      neighbour.name = '换名'
      first.nicks.set(neighbour, '')
    }
    world.relogin()
    // Her nickname, status bits and place in the list are hers alone.
    expect(world.id(hua)).toBe('m2')
    expect(world.directory.level('m2')).toBe('likely')
    const id = (neighbour && world.id(neighbour)) ?? 'm0'
    expect(Number(id.slice(1))).toBeGreaterThan(10)
    expect(world.directory.level(id)).toBe('proven')
  })

  it('carries those whose group nickname has changed, or whose status bits are not known', () => {
    const unknown = world.add('无名氏', 0)
    first.nicks.set(unknown, '')
    first.nicks.set(world.add('末位', 0), '')
    world.read(world.list(first))
    const before = world.id(unknown)
    first.nicks.set(hua, '5栋-阿花')
    world.relogin()
    expect(world.id(hua)).toBe('m2')
    expect(world.id(unknown)).toBe(before)
    world.chat()
    expect(world.directory.sure('m2')).toBe(true)
    expect(before && world.directory.sure(before)).toBe(true)
  })

  it('lets a stranger not inherit, who takes name and bits of somebody that left meanwhile', () => {
    first.nicks.delete(hua)
    const impostor = world.add('阿花', 44)
    first.nicks.set(impostor, '3栋-阿花')
    world.relogin()
    const id = world.id(impostor) ?? 'm2'
    expect(id).not.toBe('m2')
    expect(world.directory.recognition(id)).toMatchObject({ level: 'weak', could: ['m2'] })
    world.chat()
    expect(world.id(impostor)).toBe(id)
    // A record of his own, which inherits nothing.
    expect(world.directory.sure(id)).toBe(true)
  })

  it('lets nobody inherit from one who left before the login, whatever he is called', () => {
    first.nicks.delete(hua)
    world.read(world.list(first))
    const impostor = world.add('阿花', 44)
    first.nicks.set(impostor, '3栋-阿花')
    world.relogin()
    const id = world.id(impostor) ?? 'm2'
    expect(world.directory.recognition(id)).toMatchObject({ level: 'weak', could: ['m2'] })
  })

  it('waits with a neighbour in the list who took the name of one that left, as order cannot tell them apart', () => {
    const [one, other] = world.people.slice(5, 7)
    if (!one || !other) throw new Error('no neighbours')
    const [victim, nick] = [world.id(other), first.nicks.get(other) ?? '']
    one.attrStatus = other.attrStatus
    world.read(world.list(first))
    first.nicks.delete(other)
    one.name = other.name
    first.nicks.set(one, nick)
    world.relogin()
    world.chat()
    const id = world.id(one)
    expect(id === victim && world.directory.sure(id ?? 'm0')).toBe(false)
  })

  it('keeps the people of a group that was renamed, in WeChat alone or in the settings too', () => {
    first.topic = '新群名'
    world.relogin()
    world.now += 60_000
    world.settle()
    expect(world.directory.group('g1')).toMatchObject({ name: '新群名', managed: '福利群1' })
    expect(world.id(hua)).toBe('m2')
    world.manage(['最新群名', '福利群2'])
    first.topic = '最新群名'
    world.relogin()
    expect(world.directory.group('g1')).toMatchObject({ managed: '最新群名' })
    expect(world.id(hua)).toBe('m2')
  })

  it('uses ids that last, if the puppet has such', () => {
    const wx = world.wx(hua)
    world.login++
    world.read({ type: 'online', at: world.now, self: world.self, selfName: '小圈' })
    const list = world.list(first)
    const members = list.room.members.map((one) =>
      one.id === world.wx(hua) ? { ...one, id: wx, name: '完全不同', nick: '' } : one,
    )
    world.read({ ...list, room: { ...list.room, members } })
    world.read(world.list(second))
    expect(world.directory.level('m2')).toBe('proven')
    expect(world.directory.name('m2', 'g1')).toBe('完全不同')
  })

  it('does not take a room of the same topic with other people for the group of before', () => {
    for (const one of [...first.nicks.keys()].slice(4)) first.nicks.delete(one)
    for (let i = 0; i < 6; i++) first.nicks.set(world.add(`别人${i}`, 900 + i), '')
    const [, rostered] = world.relogin()
    expect(rostered).toMatchObject({ type: 'rostered', known: 1, group: 'g2' })
    expect(world.directory.group('g1')).toBeUndefined()
    expect(world.directory.group('g3')).toMatchObject({ managed: '福利群1' })
  })

  it('tells twins apart by where they stand in the list, and links neither where that tells nothing', () => {
    const twin = world.add('阿花', 44)
    first.nicks.set(twin, '3栋-阿花')
    world.relogin()
    expect(world.id(hua)).toBe('m2')
    expect(world.id(twin)).not.toBe('m2')
    const [old, new2] = [world.id(hua), world.id(twin)]
    first.nicks = new Map([...first.nicks].sort(([a], [b]) => ((a.uid * 7) % 11) - ((b.uid * 7) % 11)))
    world.relogin()
    for (const one of [hua, twin]) {
      const id = world.id(one) ?? 'm2'
      expect([old, new2]).not.toContain(id)
      expect(world.directory.recognition(id).could).toContain('m2')
    }
  })

  it('links nobody by a room when another room shows the same traits in somebody else', () => {
    const other = world.add('小明', 33)
    first.nicks.delete(ming)
    first.nicks.set(other, '')
    world.relogin()
    expect([world.id(ming), world.id(other)]).not.toContain('m1')
  })

  it('holds messages until the groups of before have shown their lists', () => {
    world.login++
    world.read({ type: 'online', at: world.now, self: world.self, selfName: '小圈' })
    expect(world.read(world.message(first, ming))).toEqual([])
    expect(world.read(world.list(first))).toEqual([])
    expect(types(world.read(world.list(second)))).toEqual(['rostered', 'rostered', 'said'])
  })

  it('waits a minute for groups that do not come, and recognises them later', () => {
    world.login++
    world.read({ type: 'online', at: world.now, self: world.self, selfName: '小圈' })
    expect(world.read(world.list(first))).toEqual([])
    world.now += 60_000
    expect(world.read(world.message(first, ming))).toMatchObject([
      { type: 'rostered', group: 'g1' },
      { type: 'said', from: 'm1' },
    ])
    expect(world.read(world.list(second))).toMatchObject([{ type: 'rostered', group: 'g2', known: 1 }])
  })

  it('gives the name to the room with the people of before, not to another of the same topic', () => {
    foreign.topic = '福利群1'
    const events = world.relogin([foreign, first, second])
    expect(events).toMatchObject([
      { type: 'loggedIn' },
      { type: 'rostered', group: 'g1', members: 10 },
      { type: 'rostered', group: 'g2' },
      { type: 'noticed', notice: { ambiguous: ['福利群1'] } },
    ])
  })

  it('takes a managed name back from another room when the group of before appears late', () => {
    foreign.topic = '福利群1'
    world.relogin([foreign, second])
    world.now += 60_000
    world.roster.settle()
    const [rostered, notice] = world.read(world.list(first))
    expect(rostered).toMatchObject({ type: 'rostered', group: 'g1', known: 10 })
    expect(notice).toMatchObject({ notice: { ambiguous: ['福利群1'] } })
    expect(world.read(world.message(foreign, world.people[2] ?? ming))).toEqual([])
  })

  it('voids the rights of everybody', () => {
    world.rights.expectClaim(hashClaim('ABC'))
    world.rights.claim('ABC', 'g2', 'm1', world.now)
    world.tables.take()
    expect(world.rights.roleOf('m1')).toBe('owner')
    world.relogin()
    expect(world.id(ming)).toBe('m1')
    expect(world.rights.roleOf('m1')).toBe('member')
    expect(world.rights.control).toBeNull()
  })
})
