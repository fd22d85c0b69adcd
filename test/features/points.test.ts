// Points are earned by talking, capped by day, shown and ranked, and given or taken by admins with a reason.
import { describe, expect, it } from 'vitest'
import { Chat } from '../support/chat.ts'

describe('points', () => {
  it('gives points for talking, up to the cap of the day', () => {
    const g = new Chat({ config: { points: { message: { points: 2, minLength: 3, perDay: 5 } } } })
    g.says('小明', '早')
    g.says('小明', '早上好呀')
    g.says('小明', '今天吃什么')
    g.says('小明', '吃火锅怎么样')
    expect(g.says('小明', '积分')).toEqual(['小明 现在有 5 分，今天得了 5 分。'])
    g.tomorrow()
    g.says('小明', '早上好呀')
    expect(g.says('小明', '我的积分！')).toEqual(['小明 现在有 7 分，今天得了 2 分。'])
  })

  it('ranks the group, equal points sharing a place', () => {
    const g = new Chat({ members: ['小明', '阿花', '大刘'] })
    expect(g.says('小明', '排行榜')).toEqual(['还没有人有积分，说说话、玩玩游戏就有了。'])
    g.admin('/points add @小明 10 晒单')
    g.admin('/points add @阿花 10 晒单')
    g.admin('/points add @大刘 3 帮忙')
    expect(g.says('小明', '排行榜')).toEqual(['🏆 「福利群」积分榜\n1. 小明　10 分\n1. 阿花　10 分\n3. 大刘　3 分'])
  })

  it('lets an admin give, take and look, but never below zero', () => {
    const g = new Chat()
    const id = g.id('小明')
    expect(g.admin('/points add @小明 10 晒单')).toEqual([`小明（${id}）+10 分，现在 10 分。原因：晒单`])
    expect(g.admin('/points add @小明 -11 扣回')).toEqual(['小明 只有 10 分，扣不了这么多，没有变动。'])
    g.admin('/points add @小明 -4 兑换 蛋糕')
    expect(g.admin('/points @小明')).toEqual([`小明（${id}）现在 6 分。\n-4　兑换 蛋糕\n+10　晒单`])
  })

  it('shows who has risen since the period before', () => {
    const g = new Chat({ members: ['小明', '阿花', '大刘'], config: { points: { message: { points: 5 } } } })
    const talk = (...names: string[]) => names.map((name) => g.says(name, '今天天气不错'))
    talk('小明', '小明', '阿花')
    g.tomorrow()
    talk('阿花', '阿花', '大刘')
    expect(g.says('大刘', '日榜')).toEqual(['🏆 「福利群」今日积分榜\n1. 阿花　10 分 ↑1\n2. 大刘　5 分'])
    expect(g.says('大刘', '排行榜')).toEqual([
      '🏆 「福利群」积分榜\n1. 阿花　15 分 ↑1\n2. 小明　10 分 ↓1\n3. 大刘　5 分',
    ])
    // Sunday the 22nd; Monday begins a week.
    expect(g.says('大刘', '周榜')[0]).toContain('1. 阿花　15 分\n2. 小明　10 分')
    g.tomorrow()
    talk('小明')
    expect(g.says('大刘', '周榜')).toEqual(['🏆 「福利群」本周积分榜\n1. 小明　5 分 ↑1'])
    expect(g.says('大刘', '月榜')[0]).toContain('1. 小明　15 分\n1. 阿花　15 分')
  })

  it('posts a ranking to a group by command', () => {
    const g = new Chat()
    expect(g.admin('/points ranking 福利群')).toEqual(['还没有人有积分，说说话、玩玩游戏就有了。'])
    g.says('小明', '今天天气不错')
    expect(g.admin('/points ranking 福利群')).toEqual(['→福利群 🏆 「福利群」本周积分榜\n1. 小明　1 分'])
    expect(g.admin('/points ranking 福利群 total')).toEqual(['→福利群 🏆 「福利群」积分榜\n1. 小明　1 分'])
  })

  it('tells one’s own place when that is far down', () => {
    const members = ['一', '二', '三', '四', '五']
    const g = new Chat({ members, config: { points: { ranking: 3 } } })
    members.forEach((name, i) => g.admin(`/points add @${name} ${50 - i} 晒单`))
    expect(g.says('五', '排行榜')[0]?.split('\n').at(-1)).toBe('你是第 5 名，46 分。')
  })

  it('rewards who answered and is thanked, by mention or quote, up to the cap', () => {
    const g = new Chat({ members: ['小明', '阿花', '大刘'], config: { points: { message: { points: 0 } } } })
    const thank = (how: string, quote?: { name: string; text: string }) => {
      g.after('5m')
      g.says('小明', '请问自提点几点关门？')
      g.says('阿花', '九点')
      return g.says('小明', how, quote ? { quote } : {})
    }
    expect(g.says('小明', '谢谢 @阿花')).toEqual([])
    expect(thank('谢谢 @阿花')).toEqual(['👍 阿花 帮了 小明，+3 分'])
    expect(g.says('小明', '谢谢 @阿花')).toEqual([])
    expect(thank('谢谢 @大刘')).toEqual([])
    expect(thank('感谢！', { name: '阿花', text: '九点' })).toEqual(['👍 阿花 帮了 小明，+3 分'])
    expect(thank('谢谢大家')).toEqual([])
    expect(thank('多谢@阿花\u2005啦')).toHaveLength(1)
    expect(thank('谢谢 @阿花')).toEqual([])
    g.after('2h')
    expect(g.says('小明', '谢谢 @阿花')).toEqual([])
    expect(g.says('阿花', '积分')[0]).toContain('有 9 分')
    g.admin(`/undo L${g.last('ledger.bookings').seq}`)
    expect(g.says('阿花', '积分')).toEqual(['阿花 现在有 6 分，今天得了 6 分。'])
  })

  it('shows one’s own bookings with their reasons', () => {
    const g = new Chat()
    expect(g.says('小明', '我的积分明细')[0]).toContain('还没有积分记录')
    g.says('小明', '大家早上好呀')
    g.admin('/points add @小明 10 晒单')
    expect(g.says('小明', '积分明细')).toEqual([
      '📒 小明 的积分明细，现在 11 分\n11-21 10:00　+10　晒单\n11-21 10:00　+1　聊天',
    ])
  })

  it('keeps the points of somebody of whom it is not sure', () => {
    const g = new Chat()
    g.admin('/points add @小明 10 晒单')
    g.doubt('小明')
    g.says('小明', '大家早上好呀')
    expect(g.says('小明', '积分')).toEqual([
      '小明 现在有 11 分，今天得了 1 分。\n身份核对好之前，积分先替你存着，一般再聊几天就能花。急用请找管理员。',
    ])
    expect(g.admin('/points @小明')[0]).toContain('现在 11 分，身份没核对好，暂时不能花。')
  })

  it('asks which one is meant when two bear the name', () => {
    const g = new Chat({ members: ['小明', '小明#2'] })
    const [answer] = g.admin('/points @小明')
    expect(answer).toContain(`有 2 个成员叫「@小明」：${g.id('小明')}（福利群）、${g.id('小明#2')}（福利群）。请写编号`)
    expect(g.admin(`/points ${g.id('小明#2')}`)[0]).toContain('现在 0 分')
  })

  it('tells usage and an example when a command is wrong', () => {
    const g = new Chat()
    expect(g.admin('/points add @小明 很多 晒单')).toEqual([
      '没看懂「/points add @小明 很多 晒单」。「很多」不是 -100000 到 100000 之间的整数\n写法：/points add <@成员> <分数> <原因>\n例子：/points add @小明 10 晒单',
    ])
  })
})
