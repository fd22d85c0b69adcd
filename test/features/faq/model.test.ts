// The language model's place in a conversation: when it is asked, what it is told, what it costs, and what comes of its answers.
import { describe, expect, it } from 'vitest'
import type { ModelQuery } from '../../../src/core/types/effect.ts'
import type { ModelAnswer, ModelTrouble } from '../../../src/core/types/event.ts'
import { admin } from '../../../src/features/admin/admin.ts'
import { faq } from '../../../src/features/faq/faq.ts'
import { BotRig } from '../../support/bot-rig.ts'
import { features as allFeatures } from '../../../src/features/index.ts'
import { Chat, settingsFrom } from '../../support/chat.ts'

const entries = [
  { id: '营业', question: '几点开门', answer: '{{name}}，{{时间}}开门' },
  { id: '菜单', question: '今天有什么菜', answer: { picture: 'a.jpg' } },
]
const well: ModelAnswer = { outcome: 'chosen', id: '营业' }
const own: ModelAnswer = { outcome: 'answered', text: '可以的。' }
const failing = (why: ModelTrouble, status: number | null): ModelAnswer => ({ outcome: 'failed', why, status })

function chat(
  answer: ModelAnswer,
  model: Record<string, number | boolean> = {},
  config = {},
  at?: string,
  more: object[] = [],
) {
  const g = new Chat({
    features: [admin, faq],
    groups: ['福利群', '二群'],
    files: { 'a.jpg': 'x' },
    config: {
      ...config,
      faq: { entries: [...entries, ...more], variables: { 时间: '8 点' }, about: '生鲜小店', model },
    },
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
const question = '没带电能借个充电器吗'

describe('asking the model', () => {
  it('says the operator’s own text of the entry that it chooses', () => {
    const { g } = chat(well)
    expect(g.says('小明', question, asked)).toEqual(['小明，8 点开门'])
    expect(g.says('小明', '转人工')[1]).toContain(`「${question}」`)
  })

  it('does not say it again while it stands in the group', () => {
    const { g } = chat(well)
    g.says('小明', question, asked)
    expect(g.says('阿花', question, asked)).toEqual(['这个刚刚在群里答过，往上翻一翻就有。'])
  })

  it('takes an entry that was just removed for none', () => {
    const { g } = chat({ outcome: 'chosen', id: '删了' })
    expect(g.says('小明', question, asked)[0]).toContain('这个我还不会')
  })

  it('says what it writes itself only as what it is', () => {
    const { g, queries } = chat(own, { prose: true })
    expect(g.says('小明', question, asked)).toEqual(['@小明 可以的。\n（AI 按本群资料整理。不准就回复「转人工」）'])
    expect(queries[0]?.prose).toBe(true)
    expect(chat(own).g.says('小明', question, asked)).toHaveLength(1)
  })

  it('tells it the whole of a short library that could answer there today, the group’s description and nobody’s name', () => {
    const more = [
      { id: '二群的', question: '二群几点发货', answer: '9 点', groups: ['二群'] },
      { id: '过期的', question: '国庆开门吗', answer: '开', until: '2026-10-07' },
      { id: '手机', question: '手机坏了', answer: '不修', none: ['充电'] },
    ]
    const { g, queries } = chat(well, {}, {}, undefined, more)
    g.says('小明', question, asked)
    expect(queries).toMatchObject([{ question, about: '生鲜小店', language: 'zh', prose: false }])
    expect(queries[0]?.entries).toEqual([
      { id: '营业', question: '几点开门', answer: '，8 点开门' },
      { id: '菜单', question: '今天有什么菜', answer: 'a.jpg' },
    ])
    expect(JSON.stringify(queries)).not.toContain('小明')
  })

  it('tells it the nearest entries of a long one', () => {
    const many = Array.from({ length: 400 }, (_, i) => ({ id: `第${i}`, question: `第${i}栋几楼`, answer: '好' }))
    const { g, queries } = chat(well, {}, {}, undefined, many)
    g.says('小明', '店里开门前能先取菜吗', asked)
    expect(queries[0]?.entries.length).toBeLessThan(30)
    expect(queries[0]?.entries.map(({ id }) => id)).toContain('营业')
  })

  it('tells it what staff wrote as it stands, whatever is in it', () => {
    const { g, queries } = chat(well)
    g.says('小明', '转人工 门口可以充电吗')
    g.admin('/r 1 有 {{桩}} 和 {{')
    g.admin('/faq add 1')
    g.says('阿花', '充电桩收多少钱一度电费呢是怎么算的', asked)
    expect(g.errors).toEqual([])
    expect(queries[0]?.entries).toContainEqual({ id: 'r1', question: '门口可以充电吗', answer: '有 {{桩}} 和 {{' })
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

  it.each([{ outcome: 'unknown' }, { outcome: 'refused' }, failing('late', null), { outcome: 'off' }] as const)(
    'goes to a human when it comes to nothing: $outcome',
    (answer) => {
      const said = chat(answer).g.says('小明', question, asked)
      expect(said).toEqual([expect.stringContaining('这个我还不会'), expect.stringContaining(`「${question}」`)])
    },
  )
})

describe('what admins hear of it', () => {
  const robot = (said: string[]) => said.filter((line) => line.includes('🤖'))

  it.each([
    ['key', 401, 'key 不对或失效了（401），检查 .env 里的 OPENAI_API_KEY'],
    ['money', 402, '没钱或额度用完了（402）'],
    ['name', 404, '没有这个模型，或者地址不对（404）'],
    ['address', null, '连不上这个地址，检查 .env'],
  ] as const)('once in one line, with the cause in plain words: %s', (why, status, text) => {
    const { g } = chat(failing(why, status))
    const said = [1, 2, 3, 4].flatMap((n) => robot(g.says('小明', `${question}${n}`, asked)))
    expect(said).toEqual([expect.stringContaining(`→管理群 🤖 语言模型用不了：`)])
    expect(said[0]).toContain(text)
    g.tomorrow()
    g.after('1h')
    expect(robot(g.says('小明', `${question}后天`, asked))).toHaveLength(1)
  })

  it('of what passes by itself only when it stays, and that it works again', () => {
    const { g } = chat(well)
    let answer = failing('tooOften', 429)
    g.model = () => answer
    expect(robot(g.says('小明', `${question}1`, asked))).toEqual([])
    expect(robot(g.says('小明', `${question}2`, asked))).toEqual([])
    expect(robot(g.says('小明', `${question}3`, asked))[0]).toContain('限速（429）')
    expect(robot(g.says('小明', `${question}4`, asked))).toEqual([])
    answer = { outcome: 'unknown' }
    expect(robot(g.says('小明', `${question}5`, asked))).toEqual(['→管理群 🤖 语言模型又能用了。'])
    expect(robot(g.says('小明', `${question}6`, asked))).toEqual([])
  })

  it('in /status: the state, and the calls of today with what is left', () => {
    const { g } = chat(well, { perDay: 10 })
    expect(g.admin('/status').join()).toContain('语言模型：没有配')
    g.modelName = 'qwen'
    expect(g.admin('/status').join()).toContain(
      '语言模型 qwen：还没有问过，试一下：/model test。今天问了 0 次，还能问 10 次',
    )
    g.says('小明', question, asked)
    expect(g.admin('/status').join()).toContain('语言模型 qwen：正常。今天问了 1 次，还能问 9 次')
    g.model = () => failing('key', 401)
    g.says('小明', `${question}2`, asked)
    expect(g.admin('/status').join()).toContain('语言模型 qwen：key 不对或失效了（401）')
    expect(g.admin('/status').join()).toContain('今天问了 1 次，还能问 9 次')
  })

  it('by /model test, which uses no budget', () => {
    const { g, queries } = chat({ outcome: 'chosen', id: 'A', ms: 830 })
    expect(g.admin('/model test')).toEqual(['✅ 语言模型通了，0.8 秒，选对了。今天问了 0 次，还能问 200 次。'])
    expect(queries[0]).toMatchObject({ test: true, group: null })
    g.model = () => ({ outcome: 'unknown' })
    expect(g.admin('/model test')[0]).toContain('没选对')
    g.model = () => failing('garbage', 200)
    expect(g.admin('/model test')).toEqual([expect.stringContaining('❌ 语言模型用不了：答复看不懂（200）')])
    g.model = () => ({ outcome: 'off' })
    expect(g.admin('/model test')[0]).toContain('没有配')
    expect([...g.tables.table('faq.noteModelUse').entries()]).toEqual([])
  })
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

  it('are given back when there is no model, or when it fails', () => {
    for (const answer of [{ outcome: 'off' }, failing('server', 500)] as const) {
      const { g } = chat(answer)
      g.says('小明', question, asked)
      const counts = [...g.tables.table<{ count: number }>('faq.noteModelUse').entries()]
        .filter(([key]) => !key.startsWith('failed/'))
        .map(([, { count }]) => count)
      expect(counts).toEqual([0, 0, 0, 0])
    }
  })

  it('do not let one member make a failing model work without end', () => {
    const { g, queries } = chat(failing('garbage', 200))
    times(g, 30, '小明')
    expect(queries).toHaveLength(20)
    times(g, 1, '阿花')
    expect(queries).toHaveLength(21)
  })
})

it('is not asked again after a crash, and the question goes to a human', async () => {
  const settings = settingsFrom(allFeatures, {
    bot: { botName: '圈子' },
    groups: { groups: [{ name: '福利群' }] },
    faq: { entries: entries.slice(0, 1), variables: { 时间: '8 点' } },
  })
  const rig = new BotRig({ settings, groups: ['福利群'] })
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
  expect(calls).toBe(6)
})
