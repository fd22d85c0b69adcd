// Who is meant by what is typed, and that asking takes no time in a full house.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { directoryTables, TableDirectory, type Group } from '../../../src/core/feature/directory.ts'
import type { GroupId } from '../../../src/core/types/ids.ts'
import { Tables, type TableSpec } from '../../../src/core/feature/tables.ts'
import { recordSteps, takeSteps } from '../../support/record-steps.ts'

/** A directory of people by group: `name`, or `name/nick` there. Ids count up from m1; `old` people belong to an earlier login. */
function directory(groups: Record<string, string[]>, old: string[] = []): TableDirectory {
  const tables = new Tables(new Map(Object.entries(directoryTables)) as Map<string, TableSpec<object>>)
  tables.table('directory.login').set('login', { epoch: 2, self: '@bot', nextMember: 1, nextGroup: 1 })
  let count = 0
  const person = (name: string, epoch: number) => {
    const id = `m${++count}`
    tables.table('directory.people').set(id, { wx: `@${count}`, epoch, name, attrStatus: 0, level: 'proven' })
    return id
  }
  for (const [index, [topic, people]] of Object.entries(groups).entries()) {
    const id = `g${index + 1}`
    tables
      .table('directory.groups')
      .set(id, { wx: `@@${index}`, epoch: 2, topic, managed: topic === '' ? null : topic })
    for (const one of people) {
      const [name = '', nick = ''] = one.split('/')
      tables.table('directory.memberships').set(`${id}/${person(name, 2)}`, { nick, since: 0 })
    }
  }
  for (const name of old) person(name, 1)
  return new TableDirectory(
    tables,
    () => ({ tags: [] }),
    () => '（无名）',
  )
}

describe('who is meant', () => {
  const long = '一二三四五六七八九十一二三四五六七八九十末'
  const people = directory({ 一群: ['小明/团长', '阿花'], 二群: ['小明', long, '\u200b'], '': ['大刘/管家'] }, ['老王'])

  it.each([
    ['@小明', ['m1', 'm3']],
    ['团长', ['m1']],
    ['阿花', ['m2']],
    ['m4', ['m4']],
    ['M4', ['m4']],
    ['m99', []],
    ['老王', []],
    ['大刘', ['m6']],
    ['管家', []],
    ['@一二三四五六七八九十一二三四五六七八九…', ['m4']],
    ['（无名）', ['m5']],
  ])('%s', (typed, meant) => {
    expect(people.find(typed)).toEqual(meant)
  })

  it('is looked for in one group only, where that is asked', () => {
    expect(people.find('小明', 'g1')).toEqual(['m1'])
    expect(people.find('阿花', 'g2')).toEqual([])
    expect(people.find('管家', 'g3')).toEqual(['m6'])
    expect(people.find('m2', 'g2')).toEqual([])
  })

  it('is found among 50,000 as well, and in their groups', () => {
    const names = (g: number) =>
      Array.from({ length: 500 }, (_, m) => `成员${g}号${m}/${m % 3 ? '' : `昵称${g}号${m}`}`)
    const full = directory(Object.fromEntries(Array.from({ length: 100 }, (_, g) => [`群${g}`, names(g)])))
    for (let g = 0; g < 3; g++) {
      const id: GroupId = `g${g + 1}`
      const [one] = full.find(`@成员${g}号7`)
      expect(one && full.groupsOf(one)).toEqual([id])
      expect(full.find(`昵称${g}号9`)).toEqual([full.membersOf(id)[9]])
    }
  })
})

describe('groups and their members', () => {
  const group = fc.integer({ min: 1, max: 12 }).map((n) => `g${n}`)
  const member = fc.integer({ min: 1, max: 6 }).map((n) => `m${n}`)
  const known = fc.record({
    wx: fc.constant('@@1'),
    epoch: fc.constantFrom(1, 2),
    topic: fc.constantFrom('一群', '二群'),
    managed: fc.constantFrom('一群', '二群', '不在设置里', null),
  })
  const membership = fc.record({ nick: fc.constant(''), since: fc.constant(0) })
  const steps = fc.oneof(
    recordSteps('directory.groups', group, known),
    recordSteps(
      'directory.memberships',
      fc.tuple(group, member).map(([of, who]) => `${of}/${who}`),
      membership,
    ),
  )

  it('are those in the tables, in the order of their numbers, whatever was changed and taken back', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 100 }), (changes) => {
        const tables = new Tables(new Map(Object.entries(directoryTables)) as Map<string, TableSpec<object>>)
        tables.load('directory.login', 'login', { epoch: 2, self: '@bot', nextMember: 1, nextGroup: 1 })
        const directory = new TableDirectory(
          tables,
          (managed) => (managed === '不在设置里' ? undefined : { tags: [] }),
          () => '',
        )
        takeSteps(tables, changes, () => {
          const there = [...tables.table<Group>('directory.groups').entries()]
            .filter(([, { epoch, managed }]) => epoch === 2 && managed !== null && managed !== '不在设置里')
            .map(([id]) => id)
            .sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))
          expect(directory.groups().map(({ id }) => id)).toEqual(there)
          const keys = tables.table('directory.memberships').keys()
          for (const id of there as GroupId[]) {
            const inside = keys.filter((key) => key.startsWith(`${id}/`)).map((key) => key.slice(id.length + 1))
            expect([...directory.membersOf(id)].sort()).toEqual(inside.sort())
          }
        })
      }),
    )
  })
})
