// Mistakes that are easily made in a feature, made on purpose: each is caught with a sentence that says the cure.
import { expect, it } from 'vitest'
import { z } from 'zod'
import { fingerprintsOf, keptFingerprints, tableTroubles, takenOver } from '../../scripts/dev/tables.ts'
import { tablesOf } from '../../src/core/engine/engine.ts'
import { feature } from '../../src/core/feature/feature.ts'
import { table } from '../../src/core/feature/tables.ts'
import { features } from '../../src/features/index.ts'
import { admin } from '../../src/features/admin/admin.ts'
import { Chat } from '../support/chat.ts'
import { livelySettings, schemaTroubles, undoTroubles } from '../support/contract.ts'

const Poll = z.strictObject({ title: z.string() })
const Vote = z.strictObject({ choice: z.string() })
const zh = { opened: '投票开始', voted: '投了' }

/** A small poll: `开票` opens it, `投 火锅` votes. @param votes how its votes are declared */
function poll(votes = table(Vote, { childOf: 'polls' })) {
  return feature({
    name: 'poll',
    summary: { zh: '投票', en: 'polls' },
    config: z.strictObject({}),
    tables: { polls: table(Poll), votes },
    words: { open: ['开票'], vote: { say: ['投'], rest: true } },
    texts: { zh, en: { opened: 'The poll is open', voted: 'Voted' } },
    onWord: {
      open({ group }, { tables, reply }) {
        if (group === null || tables.polls.get(group)) return
        tables.polls.set(group, { title: '吃什么' })
        return reply('opened')
      },
      vote({ group, from, rest }, { tables, reply }) {
        if (group === null || !tables.polls.get(group)) return
        tables.votes.set(`${group}/${from}`, { choice: rest })
        return reply('voted')
      },
    },
  })
}

const troublesOf = (tested: ReturnType<typeof poll>) => {
  const all = [admin, tested]
  return undoTroubles(tested, all, { runs: 10, settings: livelySettings(all) })
}

it('records that belong to what an undo takes away go with it', () => {
  expect(troublesOf(poll())).toEqual([])
  const g = new Chat({ features: [admin, poll()] })
  g.says('小明', '开票')
  const { seq } = g.last('poll.polls')
  g.says('小明', '投 火锅')
  g.says('阿花', '投 烧烤')
  expect(g.tables.table('poll.votes').size()).toBe(2)
  g.admin(`/undo L${seq} 一起`)
  expect([g.tables.table('poll.polls').size(), g.tables.table('poll.votes').size()]).toEqual([0, 0])
})

it('records left behind by an undo', () => {
  expect(troublesOf(poll(table(Vote))).join('\n')).toMatch(
    /leaves poll\.votes g1\/m\d+ behind: declare that table with \{ childOf: 'polls' \}/,
  )
})

it('a child of a table that is not there', () => {
  expect(() => tablesOf([poll(table(Vote, { childOf: 'pols' }))])).toThrow(
    'table poll.votes is a child of pols, which poll does not have',
  )
})

it('a schema that has changed without a migration', () => {
  const kept = fingerprintsOf(tablesOf([poll()]))
  const grown = table(Vote.extend({ at: z.int() }), { childOf: 'polls' })
  const now = fingerprintsOf(tablesOf([poll(grown)]))
  const [trouble, ...more] = tableTroubles(kept, now)
  expect(trouble).toContain(
    'The schema of poll.votes has changed, but stores hold records of the old one: add a step to its migrations',
  )
  expect(more).toEqual([])
  // Nor does the fix take it over, before there is one.
  expect(takenOver(kept, now)).toEqual(kept)
  const moved = fingerprintsOf(tablesOf([poll({ ...grown, migrations: [(old) => ({ ...(old as object), at: 0 })] })]))
  expect(takenOver(kept, moved)).toEqual(moved)
  expect(tableTroubles(moved, kept).join()).toContain('a step that stores have gone must stay')
  expect(tableTroubles(kept, fingerprintsOf(tablesOf([]))).join()).toContain(
    'poll.votes is gone, but stores hold its records',
  )
})

it('a feature without its JSON schema', () => {
  expect(schemaTroubles([poll()])).toContain(
    'config/schema/poll.json is missing or not what the settings are: npm run fix',
  )
})

it('none of this is in the features that there are', () => {
  expect(schemaTroubles(features)).toEqual([])
  expect(tableTroubles(keptFingerprints(), fingerprintsOf(tablesOf(features)))).toEqual([])
})
