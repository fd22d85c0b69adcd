// Polls, and with them what is the same for all activities: opening, conditions, verbs by number, the live board, the last call.
import { describe, expect, it } from 'vitest'
import { Chat } from '../support/chat.ts'

const four = ['小明', '阿花', '大刘', '可可']
const quiet = { points: { message: { points: 0 } }, order: { enabled: false } }
const chat = (more: object = {}) => new Chat({ members: four, config: quiet, ...more })
const line = '/vote new 周末吃什么 火锅 烧烤 日料 截止 20:00'

describe('a poll', () => {
  it('is opened by one line, voted in by number or option, changed, and told at its end', () => {
    const g = chat()
    expect(g.admin(line)).toEqual([
      '→福利群 🗳 投票 #1：周末吃什么\n1. 火锅\n2. 烧烤\n3. 日料\n回复编号或选项就能投，一人一票，截止前可以改。\n⏰ 11-21 20:00 截止',
      '投票「周末吃什么」 #1 已在「福利群」开始。/show 1 · /prolong 1 时间 · /close 1 · /cancel 1 原因',
    ])
    expect(g.says('小明', '1')).toEqual(['🗳 小明 投了「火锅」'])
    expect(g.says('阿花', '烧烤！')).toEqual(['🗳 阿花 投了「烧烤」'])
    expect(g.says('大刘', '选２')).toEqual(['🗳 大刘 投了「烧烤」'])
    expect(g.says('小明', '投票 日料')).toEqual(['🗳 小明 改投「日料」'])
    expect(g.says('可可', '4')).toEqual([])
    expect(g.says('可可', '2个')).toEqual([])
    expect(g.says('可可', '火锅店在哪')).toEqual([])
    expect(g.after('10h').at(-2)).toBe(
      '📊 投票 #1「周末吃什么」结束，3 人投票\n🥇 烧烤　2 票（67%）\n· 日料　1 票（33%）\n· 火锅　0 票（0%）',
    )
    expect(g.says('可可', '1')).toEqual([])
    expect(g.says('可可', '投票')).toEqual(['现在没有投票，开始时会在群里说。'])
    expect(g.errors).toEqual([])
  })

  it('says of a tie that it is one, and of no votes that nobody came', () => {
    const g = chat()
    g.admin('/vote new 去哪 海边 山里')
    g.says('小明', '1')
    g.says('阿花', '2')
    expect(g.admin('/close 1')[0]).toContain('并列第一')
    g.admin('/vote new 去哪 海边 山里')
    expect(g.admin('/close 2')[0]).toBe('→福利群 投票「去哪」 #2 没有人参加，先收回啦。')
  })

  it('of numbers is voted in by letters', () => {
    const g = chat()
    expect(g.admin('/vote new 几点开会 2 3 4')[0]).toContain('A 2\nB 3\nC 4')
    expect(g.says('小明', '3')).toEqual(['🗳 小明 投了「3」'])
    expect(g.says('阿花', 'a')).toEqual(['🗳 阿花 投了「2」'])
  })

  it('is refused with the one thing that is wrong', () => {
    const g = chat()
    expect(g.admin('/vote new 吃什么 火锅')).toEqual(['至少要写两个选项'])
    expect(g.admin('/vote new 吃什么 火锅 烧烤 火锅')).toEqual(['选项「火锅」写了两次'])
    expect(g.admin('/vote new 吃什么 火锅 烧烤 截止 昨天')[0]).toContain('昨天')
  })

  it('two at once: a bare answer goes to the latest, the older one has its number', () => {
    const g = chat()
    g.admin('/vote new 吃什么 火锅 烧烤')
    g.admin('/vote new 去哪 海边 山里 湖边')
    expect(g.says('小明', '2')).toEqual(['🗳 小明 投了「山里」'])
    expect(g.says('小明', '火锅')).toEqual(['🗳 小明 投了「火锅」'])
    expect(g.says('阿花', '投票 1 2')).toEqual(['🗳 阿花 投了「烧烤」'])
    expect(g.says('大刘', '投票')[0]?.split('\n')).toHaveLength(2)
  })

  it('opens step by step, by plain answers of who was asked', () => {
    const g = chat()
    expect(g.admin('/vote new')).toEqual(['新投票，一步一步来。先起个名字，直接回复就好；不想开了回复「算了」。'])
    expect(g.admin('周末吃什么')[0]).toContain('选项有哪些')
    expect(g.admin('火锅')[0]).toContain('至少要写两个选项')
    expect(g.admin('火锅 烧烤')[0]).toContain('什么时候截止')
    expect(g.admin('今晚8点')[0]).toContain('还有别的要求吗')
    expect(g.admin('无')[0]).toContain('1. 火锅\n2. 烧烤')
    expect(g.admin('好')[0]).toContain('→福利群 🗳 投票 #1：周末吃什么')
    g.admin('/vote new')
    expect(g.admin('算了')).toEqual(['好，不开了。'])
    expect(g.admin('好')).toEqual([])
    expect(g.errors).toEqual([])
  })
})

describe('any activity', () => {
  it('is shown, listed, exported and found by number', () => {
    const g = chat()
    g.admin(line)
    g.says('小明', '1')
    g.says('阿花', '2')
    expect(g.admin('/show 1')[0]).toContain('#1 投票「周末吃什么」（福利群）进行中，2 人参加，11-21 20:00 截止')
    expect(g.admin('/list 1')).toEqual(['投票「周末吃什么」 #1，2 人（第 1/1 页）\n1. 小明 火锅\n2. 阿花 烧烤'])
    expect(g.admin('/export 1')).toEqual([`参加人,id,投了\n小明,${g.id('小明')},火锅\n阿花,${g.id('阿花')},烧烤`])
    expect(g.admin('/activities')[0]).toContain('#1 投票')
    expect(g.admin('/show 99')).toEqual(['没有编号是 99 的活动。/activities 看全部。'])
    expect(g.says('大刘', '活动')[0]).toContain('#1 投票「周末吃什么」：回复选项或编号')
  })

  it('names that a table would take for formulas do no harm', () => {
    const g = chat({ members: ['=1+1', '小明'] })
    g.admin(line)
    g.says('=1+1', '1')
    expect(g.admin('/export 1')[0]).toContain("'=1+1,")
  })

  it('is left, and people are taken out', () => {
    const g = chat()
    g.admin(line)
    g.says('小明', '1')
    g.says('阿花', '1')
    expect(g.says('小明', '退出 1')).toEqual(['小明 退出了投票「周末吃什么」 #1。'])
    expect(g.says('小明', '退出 1')).toEqual(['小明 没有参加 #1。'])
    expect(g.admin('/remove 1 @阿花')[0]).toContain('阿花')
    expect(g.admin('/list 1')).toEqual(['#1 还没有人参加。'])
    expect(g.says('大刘', '退出 7')).toEqual(['这里没有编号 7 的活动。'])
    expect(g.says('大刘', '退出 群聊')).toEqual([])
  })

  it('is prolonged and cancelled in public', () => {
    const g = chat()
    g.admin(line)
    expect(g.admin('/prolong 1 22:00')[0]).toBe('→福利群 ⏰ 投票「周末吃什么」 #1 延到 11-21 22:00 截止。')
    expect(g.until(Date.parse('2026-11-21T20:30:00+08:00')).join()).not.toContain('结束')
    g.admin('/cancel 1 店关门了')
    expect(g.admin('/yes')[0]).toBe('→福利群 投票「周末吃什么」 #1 取消：店关门了')
    expect(g.says('小明', '1')).toEqual([])
    expect(g.admin('/close 1')).toEqual(['投票「周末吃什么」 #1 已取消，这样做不了。'])
    expect(g.after('1d')).toEqual([])
  })

  it('shows its board at most every few minutes, and calls once before it closes', () => {
    const g = chat()
    g.admin(line)
    g.says('小明', '1')
    g.says('阿花', '1')
    expect(g.after('1m')).toEqual([expect.stringContaining('现在 2 票\n1. 火锅　2 票')])
    g.says('大刘', '2')
    expect(g.after('1m')).toEqual([])
    expect(g.after('3m')).toHaveLength(1)
    const evening = g.until(Date.parse('2026-11-21T19:59:00+08:00'))
    expect(evening).toEqual(['⏰ 还有 10 分钟截止：投票「周末吃什么」 #1，现在 3 人。回复选项或编号，例如「投票 1」'])
  })

  it('closes when it is full, and takes its conditions seriously', () => {
    const g = chat()
    g.admin('/vote new 吃什么 火锅 烧烤 满2人 口令 干饭 排除 @可可')
    expect(g.says('可可', '1')[0]).toContain('可可 不在 #1 的参加名单里')
    g.says('小明', '1')
    expect(g.says('阿花', '2')[1]).toContain('📊 投票 #1')
    g.admin('/vote new 吃什么 火锅 烧烤 入群 7天')
    g.joins('新人')
    expect(g.says('新人', '1')[0]).toContain('入群满 7 天')
    expect(g.says('小明', '1')).toHaveLength(1)
  })

  it('is changed in the words that people use', () => {
    const g = chat()
    g.admin('/vote new 吃什么 火锅 烧烤')
    g.says('小明', '火锅')
    expect(g.says('小明', '我改投烧烤吧')).toEqual(['🗳 小明 改投「烧烤」'])
    expect(g.says('小明', '还是选火锅')).toEqual(['🗳 小明 改投「火锅」'])
  })

  it('can be planned, and waits for the end of quiet hours', () => {
    const g = chat({
      at: '2026-11-21T22:45:00+08:00',
      config: { ...quiet, bot: { botName: '圈子', sending: { quiet: { from: '22:30', until: '07:30' } } } },
    })
    expect(g.admin('/vote new 吃什么 火锅 烧烤')).toEqual([
      '现在是安静时间。投票「吃什么」 #1 排好了，11-22 07:30 在「福利群」开始。不要了就发 /cancel 1 原因',
    ])
    expect(g.says('小明', '投票 1 1')).toEqual(['投票「吃什么」 #1 还没开始，11-22 07:30 开始，到时候在群里说。'])
    expect(g.says('小明', '1')).toEqual([])
    expect(g.until(Date.parse('2026-11-22T07:31:00+08:00'))[0]).toContain('🗳 投票 #1')
    g.admin('/vote new 去哪 海边 山里 开始 明天10:00')
    expect(g.says('小明', '海边')).toEqual([])
    expect(g.tomorrow().join()).toContain('🗳 投票 #2')
    expect(g.says('小明', '海边')).toHaveLength(1)
  })

  it('of several groups by their tag has one stock and one result', () => {
    const groups = { groups: [{ name: '一群', tags: ['楼'] }, { name: '二群', tags: ['楼'] }, { name: '三群' }] }
    const g = chat({ groups: ['一群', '二群', '三群'], config: { ...quiet, groups } })
    expect(g.admin('/vote new 吃什么 火锅 烧烤 群 楼').map((said) => said.slice(0, 6))).toEqual([
      '→一群 🗳',
      '→二群 🗳',
      '投票「吃什么',
    ])
    g.says('小明', '1', { group: '一群' })
    g.says('小明', '2', { group: '二群' })
    g.says('阿花', '2', { group: '二群' })
    expect(g.says('大刘', '2', { group: '三群' })).toEqual([])
    const told = g.admin('/close 1')
    expect(told.filter((said) => said.includes('2 人投票\n🥇 烧烤　2 票'))).toHaveLength(2)
  })

  it('counts who has left only when he is back, and knows people by their new names', () => {
    const g = chat()
    g.admin(line)
    g.says('小明', '1')
    g.says('阿花', '2')
    g.leaves('小明')
    expect(g.admin('/list 1')[0]).not.toContain('小明')
    g.joins('小明')
    g.renames('阿花', '花花')
    expect(g.admin('/list 1')[0]).toContain('花花 烧烤')
  })

  it('that should have closed while the bot was away gives the time back', () => {
    const g = chat()
    g.admin(line)
    g.says('小明', '1')
    g.now += 11 * 3_600_000
    expect(g.after('1s')[0]).toContain('截止时我正好不在线，时间补给大家：延到')
    expect(g.says('阿花', '2')).toHaveLength(1)
  })

  it('is taken back by its number', () => {
    const g = chat()
    g.admin(line)
    g.says('小明', '1')
    expect(g.admin('/undo 1')[0]).toBe('→福利群 投票「周末吃什么」 #1 取消：管理员撤回了')
  })
})
