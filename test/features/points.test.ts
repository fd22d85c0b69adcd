// Points are earned by talking, capped by day, shown and ranked, and given or taken by admins with a reason.
import { describe, expect, it } from 'vitest'
import { Chat } from '../support/chat.ts'

describe('points', () => {
  it('gives points for talking, up to the cap of the day', () => {
    const g = new Chat({ config: { points: { message: { points: 2, minLength: 3 }, caps: { points: 5 } } } })
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
