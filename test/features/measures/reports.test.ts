// Cards, reports and results as the control group reads them.
import { describe, expect, it } from 'vitest'
import { Chat, type ChatOptions } from '../../support/chat.ts'

const bot = { botName: '圈子', sending: { quiet: false } }
const members = ['小明', '阿花', '王五', '赵六', '钱七', '孙八']
const morning = { id: '早安', at: '20:00', content: '晚上好，今天吃什么？' }

function chat(options: ChatOptions = {}) {
  return new Chat({
    at: '2026-11-01T09:00:00+08:00',
    members,
    ...options,
    config: { bot, sop: { posts: [morning] }, ...options.config },
  })
}

/** Some members speak at a clock time of every day, for some days. */
function live(g: Chat, days: number, speakers: number, clock: string) {
  for (let i = 0; i < days; i++) {
    const date = new Date(g.now + 8 * 3_600_000).toISOString().slice(0, 10)
    g.until(Date.parse(`${date}T${clock}:00+08:00`))
    for (const name of members.slice(0, speakers)) g.says(name, '今天吃了面条')
    g.until(Date.parse(`${date}T23:50:00+08:00`))
    g.after('1h')
  }
}

describe('results', () => {
  it('shows a post’s two hours beside the same hours of earlier days, and keeps the feedback', () => {
    const g = chat()
    live(g, 5, 2, '20:40')
    g.until(Date.parse('2026-11-06T20:30:00+08:00'))
    for (const name of members) g.says(name, '我吃火锅')
    g.admin('/sop done 早安 卖了30份，草莓最快')
    expect(g.admin('/sop result 早安')[0]).toContain('11-06 20:00 早安（福利群）：到现在 6 人说了 6 句')
    g.until(Date.parse('2026-11-06T22:10:00+08:00'))
    const told = g.admin('/sop result 早安')[0] ?? ''
    expect(told).toContain(
      '· 11-06 20:00 早安（福利群）：2 小时里 6 人说了 6 句（平时 2 人）；反馈：卖了30份，草莓最快',
    )
    expect(told).toContain('早安：6 次')
    // What comes later changes nothing any more.
    g.says('小明', '晚安')
    g.after('12h')
    expect(g.admin('/sop result 早安')[0]).toContain('2 小时里 6 人说了 6 句（平时 2 人）')
  })

  it('says that there is nothing to compare on the first days, and what an activity brought', () => {
    const g = chat({ config: { sop: { posts: [] } } })
    g.admin('/vote new 周末吃什么 火锅 烤肉')
    g.says('小明', '1')
    g.says('阿花', '2')
    g.after('3h')
    expect(g.admin('/sop result')[0]).toContain(
      '投票「周末吃什么」（福利群）：2 小时里 2 人说了 2 句，报名 2（还没有可比的）',
    )
    const number = /#(\d+)/.exec(g.admin('/activities').join('\n'))?.[1] ?? ''
    expect(g.admin(`/sop result ${number}`)[0]).toContain('投票「周末吃什么」：1 次')
    expect(g.admin('/sop result 没有的')[0]).toContain('没有「没有的」的效果')
  })

  it('follows a window over midnight', () => {
    const g = chat({ at: '2026-11-01T22:00:00+08:00', config: { sop: { posts: [{ ...morning, at: '23:20' }] } } })
    g.after('90m')
    g.says('小明', '还没睡')
    g.after('1h')
    g.says('阿花', '我也没睡')
    g.after('2h')
    g.says('王五', '起夜')
    expect(g.admin('/sop result')[0]).toContain('2 小时里 2 人说了 2 句')
  })
})

describe('the daily card', () => {
  it('tells newcomers, liveliness against usual, questions, what waits, posts and whom to thank, in at most twelve lines', () => {
    const g = chat({ config: { measures: { daily: '21:30' } } })
    live(g, 6, 2, '12:00')
    g.until(Date.parse('2026-11-07T10:00:00+08:00'))
    g.joins(['新一', '新二'])
    g.says('新一', '大家好')
    for (const name of members) g.says(name, '今天吃了面条')
    g.says('小明', '停车场晚上几点关门呢？', { addressed: true })
    g.says('小明', '转人工')
    g.says('王五', '附近哪里能修鞋呢？')
    g.after('5m')
    g.says('阿花', '@王五 菜场门口有一家')
    g.says('王五', '@阿花 谢谢你')
    g.after('30s')
    const [card = ''] = g.until(Date.parse('2026-11-07T21:30:00+08:00')).filter((line) => line.includes('日报'))
    const lines = card.replace('→管理群 ', '').split('\n')
    expect(lines.length).toBeLessThanOrEqual(12)
    expect(lines[0]).toBe('📊 11月7日周六 日报（1 个群）')
    expect(card).toContain('👋 来了 2 人：1 人开了口 → /newcomers')
    expect(card).toMatch(/💬 7 人说了 \d+ 句，到这个点平时 2 人/)
    expect(card).toMatch(/⏳ 1 个问题等回复，最早 小明「.+」 → \/r \d+ 答案/)
    expect(card).toContain('人答了 1 个，平均 5 分钟')
    expect(card).toContain('📌 早安 20:00 福利群：')
    expect(card).toMatch(/🌟 阿花（福利群）答了 1 个问题，被谢 1 次 → \/points add @m\d+ 10 热心答疑/)
  })

  it('is not sent unless it is asked for, and can be seen at any time', () => {
    const g = chat({ config: { sop: { posts: [] } } })
    expect(g.after('3d')).toEqual([])
    expect(g.admin('/report day')[0]).toContain('💬 今天没人说话 → /sop week')
  })

  it('names a group that has gone quiet once a week, with what has changed', () => {
    const g = chat({ config: { measures: { daily: '21:30' } } })
    live(g, 30, 5, '12:00')
    g.admin('/sop pause')
    const told: string[] = []
    for (let i = 0; i < 10; i++) {
      g.says('小明', '早')
      told.push(...g.tomorrow())
    }
    const alarms = told.filter((line) => line.includes('冷下来了'))
    expect(alarms.length).toBeGreaterThanOrEqual(1)
    expect(alarms.length).toBeLessThanOrEqual(2)
    expect(alarms[0]).toMatch(
      /🥶 福利群冷下来了：近 7 天每天 1 人说话，之前 [45][.\d]* 人；内容每周 \d 条变 \d 条 → \/report g1/,
    )
  })
})

describe('reports', () => {
  it('sends the week on Monday, with a table, and only over days that were counted', () => {
    const g = chat({ config: { measures: { weekly: '09:00' } } })
    live(g, 9, 3, '12:00')
    const told = g.until(Date.parse('2026-11-16T09:00:00+08:00')).map((line) => line.replace('→管理群 ', ''))
    const [text = '', table = ''] = told.slice(-2)
    expect(text).toContain('📈 周报：福利群 11月9日 到 11月15日')
    expect(text).toContain('💬 每天 0.4 人说话（之前 7 天是 3 人），一共 3 句')
    expect(table.split('\n')[0]).toContain('日期,群,说话句数,说话人数')
    expect(table).toContain('2026-11-09,福利群,3,3')
    expect(g.admin('/report 30天')[0]).toContain('福利群 11月1日 到 11月16日')
  })

  it.each(['/report 福利群 30天', '/report g1 30', '/report 福利群 最近30天', '/report 福利群 30 days'])(
    'takes %s',
    (line) => {
      const g = chat({ groups: ['福利群', '二群'], members })
      g.says('小明', '早', { group: '二群' })
      g.says('小明', '早')
      expect(g.admin(line)[0]).toContain('📈 福利群 11月1日')
      expect(g.admin('/report 3天')[0]).toContain('📈 2 个群')
      expect(g.admin('/report 没这群 3天')[0]).toContain('没这群')
    },
  )

  it('shows helpers with what speaks for them, and who is silent', () => {
    const g = chat({ config: { sop: { posts: [] } } })
    for (let i = 0; i < 3; i++) {
      g.says('小明', '附近哪里能修鞋呢？')
      g.says('阿花', '@小明 菜场门口有一家')
      g.says('小明', '@阿花 谢谢你')
      g.tomorrow()
    }
    expect(g.admin('/koc')[0]).toMatch(/· 阿花（福利群，m\d+）：答了 3 个问题，被谢 3 次/)
    expect(g.admin('/silent')[0]).toContain('满 28 天才看得出')
    g.after('25d')
    g.says('小明', '早')
    g.after('1d')
    const [told = ''] = g.admin('/silent 福利群')
    expect(told).toContain('28 天没说话的有 4 人')
    g.after('3d')
    expect(g.admin('/silent')[0]).toMatch(/28 天没说话的有 5 人，一共 \d 人\n　以前说过话的：阿花/)
  })
})

describe('the talk board', () => {
  it('is shown to members when it is switched on only', () => {
    const off = chat()
    off.says('小明', '早')
    expect(off.says('小明', '发言榜')).toEqual([])
    const g = chat({ config: { measures: { board: true } } })
    g.says('小明', '早')
    g.says('小明', '早早早')
    g.says('阿花', '早呀')
    expect(g.says('阿花', '发言榜')).toEqual(['💬 福利群本周发言榜\n1. 小明　2 句\n2. 阿花　1 句'])
  })
})
