// The language model's place in a conversation: when it is asked, what it is told, what it costs, and what comes of its answers.
import { describe, expect, it } from 'vitest'
import type { ModelQuery } from '../../../src/core/types/effect.ts'
import type { ModelAnswer } from '../../../src/core/types/event.ts'
import { admin } from '../../../src/features/admin/admin.ts'
import { faq } from '../../../src/features/faq/faq.ts'
import { BotRig } from '../../support/bot-rig.ts'
import { Chat } from '../../support/chat.ts'

const entries = [
  { id: '营业', question: '几点开门', answer: '{{name}}，{{时间}}开门' },
  { id: '菜单', question: '今天有什么菜', answer: { picture: 'a.jpg' } },
]
const well: ModelAnswer = { outcome: 'answered', text: '可以的。' }

function chat(answer: ModelAnswer, model: Record<string, number | boolean> = {}, config = {}, at?: string) {
  const g = new Chat({
    features: [admin, faq],
    groups: ['福利群', '二群'],
    files: { 'a.jpg': 'x' },
    config: { ...config, faq: { entries, variables: { 时间: '8 点' }, about: '生鲜小店', model } },
    ...(at !== undefined && { at }),
  })
  const queries: ModelQuery[] = []
  g.model = (query) => {
    queries.push(query)
    return answer
  }
  return { g, queries }
}
const asked = { addressed: true }
const question = '店里开门前能先取菜吗'

describe('asking the model', () => {
  it('says what it answers, as what it is', () => {
    const { g } = chat(well)
    expect(g.says('小明', question, asked)).toEqual(['@小明 可以的。\n（AI 按本群资料整理。不准就回复「转人工」）'])
    expect(g.says('小明', '转人工')[1]).toContain(`「${question}」`)
  })

  it('tells it the nearest entries, the group’s description and nobody’s name', () => {
    const { g, queries } = chat(well)
    g.says('小明', '门口的灯几时关', asked)
    expect(queries).toMatchObject([{ question: '门口的灯几时关', about: '生鲜小店', language: 'zh' }])
    g.says('小明', question, asked)
    expect(queries[1]?.entries).toContainEqual({ question: '几点开门', answer: '，8 点开门' })
    expect(queries.flatMap((query) => query.entries.map((entry) => entry.question))).not.toContain('今天有什么菜')
    expect(JSON.stringify(queries)).not.toContain('小明')
  })

  it('tells it what staff wrote as it stands, whatever is in it', () => {
    const { g, queries } = chat(well)
    g.says('小明', '转人工 门口可以充电吗')
    g.admin('/r 1 有 {{桩}} 和 {{')
    g.admin('/faq add 1')
    g.says('阿花', '充电桩收多少钱一度电费呢是怎么算的', asked)
    expect(g.errors).toEqual([])
    expect(queries[0]?.entries).toContainEqual({ question: '门口可以充电吗', answer: '有 {{桩}} 和 {{' })
  })

  it('happens only when the bot is asked and the library has nothing', () => {
    const { g, queries } = chat(well)
    g.says('小明', question)
    g.says('小明', '几点开门', asked)
    g.says('小明', '哈哈哈', asked)
    g.says('小明', '[图片]', { ...asked, kind: 'picture' })
    expect(queries).toEqual([])
    expect(chat(well, { on: false }).g.says('小明', question, asked)[0]).toContain('这个我还不会')
  })

  it.each([{ outcome: 'unknown' }, { outcome: 'refused' }, { outcome: 'failed' }, { outcome: 'off' }] as const)(
    'goes to a human when it comes to nothing: $outcome',
    (answer) => {
      const said = chat(answer).g.says('小明', question, asked)
      expect(said).toEqual([expect.stringContaining('这个我还不会'), expect.stringContaining(`「${question}」`)])
    },
  )
})

describe('the budgets', () => {
  const times = (g: Chat, count: number, who: string, group = '福利群') => {
    for (let i = 0; i < count; i++) g.says(who, `${question}${i}`, { ...asked, group })
  }

  it.each([
    ['perMemberPerDay', 2, 4],
    ['perGroupPerDay', 3, 6],
    ['perDay', 4, 8],
  ])('%s', (budget, most, nextDay) => {
    const { g, queries } = chat(well, { [budget]: most })
    times(g, 5, '小明')
    if (budget !== 'perMemberPerDay') times(g, 5, '阿花')
    if (budget === 'perDay') times(g, 5, '阿花', '二群')
    expect(queries).toHaveLength(most)
    g.tomorrow()
    times(g, 5, '小明')
    if (budget !== 'perMemberPerDay') times(g, 5, '阿花')
    expect(queries).toHaveLength(nextDay)
  })

  it('perMonth', () => {
    const { g, queries } = chat(well, { perMonth: 3 })
    times(g, 5, '小明')
    g.tomorrow()
    times(g, 5, '小明')
    expect(queries).toHaveLength(3)
    g.after('15d')
    times(g, 1, '小明')
    expect(queries).toHaveLength(4)
  })

  it('do not begin anew each time when groups of two time zones take turns over midnight', () => {
    const zones = { groups: [{ name: '福利群' }, { name: '二群', timezone: 'Pacific/Auckland' }] }
    const { g, queries } = chat(well, { perDay: 4, perMonth: 6 }, { groups: zones }, '2026-11-30T20:00:00+08:00')
    for (let turn = 0; turn < 10; turn++) {
      times(g, 1, '小明')
      times(g, 1, '阿花', '二群')
    }
    // One of the day that is over in the other group, and four of the day that has begun there.
    expect(queries).toHaveLength(5)
  })

  it('are booked in the same entry as the question, before anything is asked', () => {
    const { g } = chat(well)
    g.says('小明', question, asked)
    const booking = g.last('faq.noteModelUse')
    expect(booking.event.type).toBe('said')
    expect(booking.changes.filter(({ table }) => table === 'faq.noteModelUse')).toHaveLength(4)
    expect(booking.changes.some(({ table }) => table === 'outbox.effects')).toBe(true)
  })

  it('are given back when there is no model', () => {
    const { g } = chat({ outcome: 'off' })
    g.says('小明', question, asked)
    const counts = [...g.tables.table<{ count: number }>('faq.noteModelUse').entries()].map(([, { count }]) => count)
    expect(counts).toEqual([0, 0, 0, 0])
  })
})

it('is not asked again after a crash, which gives no budget back, and the question goes to a human', async () => {
  const rig = new BotRig()
  await rig.start()
  let calls = 0
  rig.model = () => {
    calls++
    return new Promise(() => {})
  }
  const ask = async (id: string, text: string) => {
    const message = { id, at: rig.now, room: '@@福利群', from: '@小明', fromName: '小明', text }
    rig.tell({ type: 'message', kind: 'text', quote: null, addressed: true, ...message })
    await rig.advance(1000)
  }
  await ask('q', question)
  expect(calls).toBe(1)
  rig.kill()
  await rig.start({ keepSent: true })
  expect(calls).toBe(1)
  expect(rig.sent.join('\n')).toContain('这个我还不会')
  expect(rig.sent.join('\n')).toContain(`管理群: 🙋 #1 福利群 · 小明 问：\n「${question}」`)
  for (let n = 0; n < 6; n++) await ask(`q${n}`, `${question}第${n}次`)
  expect(calls).toBe(5)
})
