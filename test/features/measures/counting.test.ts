// What is counted, read from the table as it stands after a conversation: every measure once, in the commit in which it happens.
import { describe, expect, it } from 'vitest'
import { measures, type Measure } from '../../../src/features/measures/state.ts'
import { Chat, type ChatOptions } from '../../support/chat.ts'

const bot = { botName: '圈子', sending: { quiet: false } }

function chat(options: ChatOptions = {}) {
  return new Chat({ members: ['小明', '阿花', '王五'], ...options, config: { bot, ...options.config } })
}

function day(g: Chat, group = '福利群', of = new Date(g.now + 8 * 3_600_000).toISOString().slice(0, 10)) {
  const record = g.tables.table<{ sums: number[] }>('measures.noteDays').get(`${g.group(group)}/${of}`)
  const counted = measures.map((measure, i) => [measure, record?.sums[i] ?? 0] as const).filter(([, sum]) => sum !== 0)
  return Object.fromEntries(counted) as Partial<Record<Measure, number>>
}

function person(g: Chat, name: string) {
  return g.tables
    .table<{ sums: Record<string, number>; steps?: string[]; talk: number[]; help?: number[] }>('measures.notePeople')
    .get(`${g.group('福利群')}/${g.id(name)}`)
}

describe('messages', () => {
  it('counts messages, the people who spoke, and words to the bot', () => {
    const g = chat()
    g.says('小明', '今天的菜真新鲜')
    g.says('小明', '签到')
    g.says('阿花', '晚上吃什么好呢，随便说说', { addressed: true })
    g.admin('/groups')
    expect(day(g)).toMatchObject({ messages: 3, speakers: 2, toBot: 2, checkins: 1 })
    g.tomorrow()
    g.says('小明', '早')
    expect(day(g)).toMatchObject({ messages: 1, speakers: 1 })
    expect(person(g, '小明')?.sums).toMatchObject({ messages: 3, checkins: 1 })
  })

  it('keeps in which half hours somebody spoke, each once, up to the last of the day', () => {
    const g = chat({ at: '2026-11-21T23:29:00+08:00' })
    g.says('小明', '一')
    g.says('小明', '二')
    g.after('2m')
    g.says('小明', '三')
    expect(person(g, '小明')?.talk.slice(1)).toEqual([2 ** 46 + 2 ** 47, 3])
  })

  it('keeps no record per message, and four weeks of days at most', () => {
    const g = chat()
    for (let i = 0; i < 45; i++) {
      g.says('小明', '早')
      g.tomorrow()
    }
    expect(person(g, '小明')?.talk.length).toBeLessThanOrEqual(3 * 30)
    expect(g.tables.table('measures.notePeople').size()).toBe(1)
    expect(g.tables.table('measures.noteHours').size()).toBeLessThanOrEqual(4)
    expect(g.tables.table('measures.noteDays').size()).toBe(45)
  })
})

describe('people who come and go', () => {
  it('follows newcomers on the day on which they came, and folds away who leaves', () => {
    const g = chat()
    g.joins(['新一', '新二'])
    const first = day(g)
    expect(first).toMatchObject({ joins: 2 })
    g.says('新一', '大家好')
    g.says('新一', '签到')
    expect(day(g)).toMatchObject({ joins: 2, firstWords: 1, cameSpoke: 1, cameEarned: 1 })
    g.tomorrow()
    g.says('新一', '早')
    g.says('新一', '早啊')
    g.leaves('新二')
    expect(day(g, '福利群', '2026-11-21')).toMatchObject({ cameSpoke: 1, cameBack: 1, cameLeft: 1 })
    expect(day(g)).toMatchObject({ leaves: 1, messages: 2 })
    expect(day(g)['joins']).toBeUndefined()
    expect(g.tables.table('measures.notePeople').keys()).toEqual([`g1/${g.id('新一')}`])
  })

  it('does not take who was there before for a newcomer', () => {
    const g = chat()
    g.says('小明', '大家好')
    expect(day(g)['firstWords']).toBeUndefined()
  })

  it('counts nobody twice after a fresh login', () => {
    const g = chat()
    g.says('小明', '大家好')
    g.relogin()
    g.says('小明', '又来了')
    expect(day(g)).toMatchObject({ messages: 2, speakers: 1 })
    expect(day(g)['joins']).toBeUndefined()
  })
})

describe('points, coupons, entries and cases', () => {
  const coupons = { kinds: { '10元券': { value: '满 30 减 10', valid: { days: 7 } } } }

  it('counts what was given, spent, issued and used, and takes back what was undone', () => {
    const g = chat({ config: { coupons } })
    g.admin('/points add @小明 50 晒单')
    g.admin('/points add @小明 -20 换礼品')
    expect(day(g)).toMatchObject({ given: 50, spent: 20 })
    g.admin('/coupons give @小明 10元券 晒单')
    expect(day(g)).toMatchObject({ issued: 1 })
    const { seq } = g.last('ledger.coupons')
    g.admin(`/undo L${seq}`)
    expect(day(g)['issued']).toBeUndefined()
    expect(person(g, '小明')?.sums).toMatchObject({ given: 50, spent: 20, issued: 0 })
  })

  it('counts who takes part in what is opened, in the group where it was', () => {
    const g = chat({ groups: ['福利群', '二群'], members: ['小明', '阿花'] })
    g.admin('/vote new 周末吃什么 火锅 烤肉 群 二群')
    g.says('小明', '1', { group: '二群' })
    expect(day(g, '二群')).toMatchObject({ entries: 1, posts: 1 })
    expect(day(g)['entries']).toBeUndefined()
  })

  it('counts cases', () => {
    const g = chat()
    g.says('王五', '诚招代理，日入500，加V信 abc12345 详聊', { kind: 'text' })
    const cases = g.tables.table('order.cases').size()
    expect(cases).toBeGreaterThan(0)
    expect(day(g)['cases']).toBe(cases)
  })
})

describe('questions', () => {
  const faq = { entries: [{ id: '营业', question: '几点开门', also: ['营业时间'], answer: '早上 8 点开门。' }] }

  it('knows what the bot answered, what people answered and how fast, and what nobody did', () => {
    const g = chat({ config: { faq } })
    g.says('小明', '请问几点开门？')
    expect(day(g)).toMatchObject({ questions: 1, byBot: 1 })
    g.says('小明', '有人知道附近哪里能修鞋吗？')
    g.after('10m')
    g.says('阿花', '@小明 菜场门口有一家')
    expect(day(g)).toMatchObject({ questions: 2, byHuman: 1, waited: 600 })
    expect(person(g, '阿花')?.help?.slice(1)).toEqual([1, 0, 0])
    g.says('王五', '哪位会修自行车链条？')
    g.after('2h')
    g.says('小明', '下雨了')
    expect(day(g)).toMatchObject({ questions: 3, byBot: 1, byHuman: 1, unanswered: 1 })
  })

  it('waits a day for what was handed to the control group', () => {
    const g = chat()
    g.says('小明', '停车场晚上几点关门呢？', { addressed: true })
    g.says('小明', '转人工')
    g.after('3h')
    g.says('阿花', '今天人真多啊')
    const [number] = g.tables.table('faq.handovers').keys()
    expect(number).toBeDefined()
    g.admin(`/r ${number ?? ''} 十点`)
    expect(day(g)).toMatchObject({ questions: 1, byHuman: 1, waited: 3 * 3600 })
    expect(day(g)['unanswered']).toBeUndefined()
  })

  it('takes neither talk among members nor what is said to the bot for answers', () => {
    const g = chat()
    g.says('小明', '有人知道附近哪里能修鞋吗？')
    g.after('1m')
    g.says('阿花', '今天人真多啊')
    g.says('王五', '我想订一束花', { addressed: true })
    g.says('阿花', '1')
    expect(day(g)['byHuman']).toBeUndefined()
    expect(person(g, '阿花')?.help).toBeUndefined()
  })
})

it('is in the same commit as what is counted, and no decision hangs on it', () => {
  const g = chat()
  g.says('小明', '签到')
  const entry = g.last('checkin.months')
  expect(entry.changes.map(({ table }) => table)).toContain('measures.noteDays')
  g.says('阿花', '签到')
  expect(g.admin(`/undo L${entry.seq}`).join('\n')).not.toContain('measures')
  expect(day(g)).toMatchObject({ checkins: 1 })
})
