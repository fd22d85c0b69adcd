// Several things at once in one group: none disturbs another.
import { describe, expect, it } from 'vitest'
import { Chat } from '../support/chat.ts'

const config = {
  points: { message: { points: 0 } },
  coupons: { kinds: { 小券: { value: '减3', valid: { days: 7 } } }, transfer: true },
  shop: { items: [{ coupon: '小券', points: 5 }] },
  packet: { members: true },
}

describe('side by side in one group', () => {
  it('a packet and a dice challenge', () => {
    const g = new Chat({ config, members: ['小明', '阿花', '大刘'] })
    g.admin('/packet 20 2')
    g.says('小明', '骰子 @阿花')
    expect(g.says('大刘', '抢')[0]).toMatch(/大刘 抢到 \d+ 分/)
    expect(g.says('大刘', '应战')).toEqual([])
    expect(g.says('阿花', '应战')[0]).toMatch(/^🎲 小明/)
    expect(g.says('阿花', '抢')[1]).toContain('2 份抢完了')
    expect(g.errors).toEqual([])
  })

  it('a question, a check-in, the shop and a packet, each counted for itself', () => {
    const g = new Chat({ config, members: ['小明', '阿花', '大刘'] })
    g.says('小明', '请问几点关门？')
    g.says('阿花', '签到')
    g.admin('/packet 9 3')
    g.says('阿花', '兑换 小券')
    g.says('小明', '签到')
    expect(g.says('小明', '谢谢 @阿花')).toEqual(['👍 阿花 帮了 小明，+3 分'])
    g.says('小明', '抢')
    g.says('阿花', '抢')
    g.says('大刘', '抢')
    const points = ['小明', '阿花', '大刘'].map((name) =>
      Number(/有 (\d+) 分/.exec(g.says(name, '积分')[0] ?? '')?.[1]),
    )
    expect(points.reduce((sum, gained) => sum + gained, 0)).toBe(5 + (5 - 5 + 3) + 9)
    expect(g.says('阿花', '我的券')[0]).toContain('小券')
    expect(g.errors).toEqual([])
  })

  it('packets in two groups of one community', () => {
    const g = new Chat({ config, groups: ['一群', '二群'] })
    g.admin('/packet 4 1 一群')
    g.admin('/packet 6 1 二群')
    expect(g.says('小明', '抢', { group: '二群' })[0]).toContain('抢到 6 分')
    expect(g.says('小明', '抢', { group: '一群' })[0]).toContain('抢到 4 分')
    expect(g.says('小明', '积分', { group: '一群' })[0]).toContain('有 10 分')
  })
})
