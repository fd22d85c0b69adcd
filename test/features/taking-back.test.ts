// Taking back by meaning: what others have done since is shown and goes with it or stays, and who read it in public reads that it was taken back.
import { describe, expect, it } from 'vitest'
import { Chat } from '../support/chat.ts'

const config = {
  points: { message: { points: 0 } },
  coupons: {
    kinds: {
      大券: { value: '减10', size: 'large', valid: { days: 9 } },
      小券: { value: '减3', valid: { days: 9 } },
    },
    welcome: { large: '大券', small: '小券' },
  },
  shop: { items: [{ coupon: '小券', points: 80 }] },
}
const chat = () => new Chat({ config })
const points = (g: Chat, name: string) => Number(/有 (\d+) 分/.exec(g.says(name, '积分')[0] ?? '')?.[1])

describe('taking back', () => {
  it('the coupons of a join after the greeting has gone, but not the used one', () => {
    const g = chat()
    g.joins('小红')
    const { seq } = g.last('coupons.packs')
    g.after('1m')
    const code = /小券（减3）(\S+)/.exec(g.tells('小红', '我的券')[0] ?? '')?.[1] ?? ''
    g.admin(`核销 ${code}`)
    const used = g.last('ledger.coupons').seq
    const [told] = g.admin(`/undo L${seq}`)
    expect(told).toContain('小红 的「大券」收回了')
    expect(told).toContain(`小红 的「小券」已经用掉（L${used}），收不回来`)
    expect(g.tells('小红', '我的券')).toEqual(['小红 现在没有能用的券。'])
  })

  it('one check-in of several days', () => {
    const g = chat()
    g.says('小明', '签到')
    const { seq } = g.last('checkin.months')
    g.tomorrow()
    g.says('小明', '签到')
    expect(g.admin(`/undo L${seq}`)).toEqual([
      `已撤销 L${seq}：小明 -5 分；1 条记录恢复原样`,
      '→福利群 ↩️ 10:00 那条收回了：小明 -5 分。',
    ])
    expect(points(g, '小明')).toBe(5)
    expect(g.says('小明', '签到')[0]).toContain('连续 1 天')
  })

  it('points that were spent on a coupon, with the coupon or without', () => {
    for (const [how, left, coupons] of [
      ['一起', 0, '现在没有能用的券'],
      ['只这条', 0, '（1 张）'],
    ] as const) {
      const g = chat()
      g.admin('/points add 小明 100 晒单')
      const { seq } = g.last('ledger.bookings')
      g.says('小明', '兑换 小券')
      const [asked] = g.admin(`/undo L${seq}`)
      expect(asked).toContain(`撤销 L${seq} 会同时收回：`)
      expect(asked).toContain('兑换 小券')
      expect(points(g, '小明')).toBe(20)
      const told = g.admin(`/undo L${seq} ${how}`).join('\n')
      expect(told).toContain(how === '一起' ? '小明 的「小券」收回了' : '已经花掉 80 分，扣不回来')
      expect(points(g, '小明')).toBe(left)
      expect(g.says('小明', '我的券')[0]).toContain(coupons)
    }
  })

  it('never names a table', () => {
    const g = chat()
    g.admin('/points add 小明 100 晒单')
    g.says('小明', '兑换 小券')
    const { seq } = g.last('ledger.coupons')
    const code = /）(\S+)/.exec(g.tells('小明', '我的券')[0] ?? '')?.[1] ?? ''
    g.admin(`核销 ${code}`)
    const [told] = g.admin(`/undo L${seq}`)
    expect(told).toContain('没有撤销')
    expect(told).not.toMatch(/ledger|[a-z]+\.[a-z]+/)
    expect(points(g, '小明')).toBe(20)
  })
})
