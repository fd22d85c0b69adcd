// What every feature promises, as checks that name what is wrong and the cure; `contract.test.ts` applies them to all features.
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { jsonSchemas } from '../../src/config/json-schemas.ts'
import { undo } from '../../src/core/engine/undo.ts'
import type { AnyFeature } from '../../src/core/feature/feature.ts'
import type { Settings } from '../../src/core/feature/settings.ts'
import { Chat, settingsFrom } from './chat.ts'

/** Settings under which every feature has something to do, and moderation does not take fast play for a flood. */
export const lively = {
  config: {
    coupons: {
      kinds: {
        小券: { value: '满15减3', valid: { days: 30 } },
        大券: { value: '满30减10', size: 'large', valid: { days: 30 } },
      },
      welcome: { large: '大券', small: '小券' },
      transfer: true,
    },
    shop: { items: [{ coupon: '小券', points: 1 }] },
    packet: { members: true, hours: 1 },
    scratch: { prizes: [{ name: '小奖', chance: 5000, gives: { points: 2 } }] },
    quiz: { files: ['quiz/a.yaml'] },
    sop: { posts: [{ id: '早安', at: '0 11 * * *', content: '早上好' }] },
    faq: { entries: [{ id: '关门', question: '几点关门', also: ['营业到几点'], answer: '晚上九点' }] },
  },
  files: {
    'quiz/a.yaml':
      '- question: 一加一等于几？\n  answer: 2\n- question: 太阳从哪边升起？\n  options: [东, 西]\n  answer: A\n',
  },
} as const

const groups = ['福利群']
const members = ['小明', '阿花', '大刘']

/** The settings of `lively`, as far as some features have them. Loading takes its time, so it is done once. */
export function livelySettings(features: readonly AnyFeature[]): Settings {
  const names = new Set(features.map(({ name }) => name))
  const own = Object.fromEntries(Object.entries(lively.config).filter(([name]) => names.has(name)))
  const base = { bot: { botName: '圈子' }, groups: { groups: groups.map((name) => ({ name })) } }
  return settingsFrom(features, { ...base, ...own }, lively.files)
}

/** One thing that happens in a conversation. */
type Step = (g: Chat) => unknown

const pool = [
  '',
  '1',
  'A',
  '10',
  '20 3',
  '@小明',
  '@阿花 5',
  '小券',
  '大家早上好',
  '20:00',
  'g1',
  '有人知道几点关门吗？',
  '谢谢 @小明',
  '🎲',
  'L3',
  '#1',
]

/** What may happen in a conversation about a feature: its words and commands with fitting and unfitting arguments, talk, time and people. */
function steps({ words = {}, commands = {} }: AnyFeature): fc.Arbitrary<Step> {
  const who = fc.constantFrom(...members)
  const rest = fc.constantFrom(...pool)
  const said = fc.tuple(who, rest, fc.constantFrom('', '！', ' 👍')).map(
    ([name, text, end]): Step =>
      (g) =>
        g.says(name, `${text}${end}`),
  )
  const own: fc.Arbitrary<Step>[] = Object.values(words).map((spec) => {
    const [word = ''] = 'say' in spec ? spec.say : spec
    return fc.tuple(who, rest, fc.boolean()).map(([name, text, alone]): Step => {
      const line = alone ? word : `${word} ${text}`
      return (g) => (text === 'L3' ? g.tells(name, line) : g.says(name, line))
    })
  })
  const asked: fc.Arbitrary<Step>[] = Object.entries(commands).map(([name, { args }]) =>
    fc.tuple(fc.boolean(), fc.array(rest, { maxLength: 3 })).map(([fits, texts]): Step => {
      const examples = Object.values(args).map((arg) => arg.example.zh)
      return (g) => {
        g.admin([`/${name}`, ...(fits ? examples : texts)].join(' '))
        return g.admin('/yes')
      }
    }),
  )
  const time = fc.constantFrom('20s', '5m', '2h', '1d').map(
    (span): Step =>
      (g) =>
        g.after(span as '2h'),
  )
  const people = fc.constantFrom('新人', '可可').map(
    (name): Step =>
      (g) =>
        g.joins(name),
  )
  const weighted = [...own, ...asked].map((arbitrary) => ({ arbitrary, weight: 3 }))
  return fc.oneof(...weighted, { arbitrary: said, weight: 4 }, { arbitrary: time, weight: 2 }, people)
}

/** Records of a feature by table, as text: what an undo of everything must bring back. */
function recordsOf(g: Chat, feature: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [name, { kind }] of g.tables.specs) {
    // What was undone is remembered by the undo itself.
    if (!name.startsWith(`${feature}.`) || kind === 'note' || name === 'admin.undone') continue
    found.set(
      name,
      [...g.tables.table<object>(name).entries()].map(([key, record]) => `${key} ${JSON.stringify(record)}`).sort(),
    )
  }
  return found
}

/** The sum of all points, and how many coupons there are. */
function moneyOf(g: Chat): { points: number; booked: number; coupons: number } {
  const sum = (table: string) =>
    [...g.tables.table<{ points: number }>(table).entries()].reduce((all, [, { points }]) => all + points, 0)
  let booked = 0
  for (const { changes } of g.entries)
    for (const { table, after } of changes)
      if (table === 'ledger.bookings' && after) booked += (after as { points: number }).points
  return { points: sum('ledger.balances'), booked, coupons: g.tables.table('ledger.coupons').size() }
}

/**
 * Plays random conversations about a feature and takes all of it back, newest first: what is left is named.
 * @param all the features in the house; the one that undoes (`admin`) must be among them
 */
export function undoTroubles(
  feature: AnyFeature,
  all: readonly AnyFeature[],
  options: { runs: number; settings: Settings },
): string[] {
  const troubles = new Set<string>()
  const play = fc.property(
    fc.array(steps(feature), { minLength: 5, maxLength: 25 }),
    fc.string({ maxLength: 4 }),
    (story, seed) => {
      const g = new Chat({ features: all, settings: options.settings, groups, members, seed })
      for (const { name } of all) g.mayThrow(name)
      const before = recordsOf(g, feature.name)
      const from = g.entries.length
      for (const step of story) step(g)
      const parent = orphanTrouble(g, feature, from)
      if (parent !== undefined) troubles.add(parent)
      for (let seq = g.entries.length; seq > from; seq--) g.admin(`/undo L${seq}`)
      for (const { feature: name, error } of g.errors) troubles.add(`${name} threw: ${String(error)}`)
      const { points, booked, coupons } = moneyOf(g)
      if (points !== booked)
        troubles.add(`The balances hold ${points} points and ${booked} were booked: book through the ledger only.`)
      if (points !== 0 || coupons !== 0) {
        troubles.add(
          `After undoing all of ${feature.name} ${points} points and ${coupons} coupons are left: give them through the ledger in the same commit as their record.`,
        )
      }
      const after = recordsOf(g, feature.name)
      for (const [table, records] of after) {
        const left = records.filter((record) => !before.get(table)?.includes(record))
        if (left[0] !== undefined) {
          troubles.add(
            `After undoing all of ${feature.name} the table ${table} still holds „${left[0]}“: what is no decision is a note, ` +
              `table(schema, { kind: 'note' }); what belongs to a record of another table names it, { childOf: '…' }.`,
          )
        }
      }
      return troubles.size === 0
    },
  )
  fc.check(play, { numRuns: options.runs, seed: 7, endOnFailure: true })
  return [...troubles]
}

/** Takes back one entry alone that made a record: nothing keyed by it may be left in the feature's other tables. */
function orphanTrouble(g: Chat, feature: AnyFeature, from: number): string | undefined {
  for (const entry of g.entries.slice(from)) {
    for (const { table, key, before } of entry.changes) {
      if (!table.startsWith(`${feature.name}.`) || g.tables.specs.get(table)?.kind !== 'record' || before !== null)
        continue
      if (g.tables.table(table).get(key) === undefined) continue
      const own = new Set(entry.changes.map((change) => `${change.table} ${change.key}`))
      const mark = g.tables.mark()
      undo(entry.changes, g.tables, { takeBack: () => [] }, '')
      const isGone = g.tables.table(table).get(key) === undefined
      const left = isGone ? leftUnder(g, feature, table, key).find((place) => !own.has(place)) : undefined
      g.tables.rollback(mark)
      if (left !== undefined) {
        const name = table.slice(feature.name.length + 1)
        return `Undoing what made ${table} ${key} leaves ${left} behind: declare that table with { childOf: '${name}' }.`
      }
    }
  }
  return undefined
}

function leftUnder(g: Chat, feature: AnyFeature, parent: string, key: string): string[] {
  const found: string[] = []
  for (const [table, { kind }] of g.tables.specs) {
    if (table === parent || !table.startsWith(`${feature.name}.`) || kind === 'note') continue
    for (const [own] of g.tables.table(table).entries()) if (own.startsWith(`${key}/`)) found.push(`${table} ${own}`)
  }
  return found
}

/** Features whose settings editors cannot check, as their JSON Schema is missing or another. */
export function schemaTroubles(features: readonly AnyFeature[]): string[] {
  return [...jsonSchemas(features)].flatMap(([name, text]) => {
    const file = `config/schema/${name}`
    const isSame = existsSync(file) && readFileSync(file, 'utf8') === text
    return isSame ? [] : [`${file} is missing or not what the settings are: npm run fix`]
  })
}
