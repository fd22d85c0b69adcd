// The shop: points for coupons, within stock and limits, and back again by an undo.
import { describe, expect, it } from 'vitest'
import { features } from '../../src/features/index.ts'
import { Chat, settingsFrom } from '../support/chat.ts'

const kinds = {
  小券: { value: '减3', valid: { days: 7 }, stock: 3 },
  大券: { value: '减10', size: 'large', valid: { days: 7 } },
}
const items = [
  { coupon: '小券', points: 10, perMember: 2 },
  { coupon: '大券', points: 50, perDay: 1 },
]
const config = { coupons: { kinds, alarmAt: 0 }, shop: { items }, points: { message: { points: 0 } } }

function rich(): Chat {
  const g = new Chat({ config })
  g.admin('/points add @小明 100 晒单')
  g.admin('/points add @阿花 100 晒单')
  return g
}

describe('the shop', () => {
  it('lists what there is and gives it for points', () => {
    const g = rich()
    expect(g.says('小明', '兑换')).toEqual([
      '🛍 积分兑换，小明 现在有 100 分\n小券（减3）　10 分，剩 3 张\n大券（减10）　50 分，剩 1 张\n回复「兑换 小券」兑换。',
    ])
    expect(g.says('小明', '兑换 小券')).toEqual([
      '🛍 小明 用 10 分换了「小券」一张，有效到 2026-11-28，还剩 90 分。\n券码私聊我发「我的券」看。',
    ])
    expect(g.says('小明', '我的券')[0]).toContain('小券（减3）')
    expect(g.says('小明', '积分明细')[0]).toContain('-10　兑换 小券')
  })

  it('keeps to stock, the person’s limit, the day’s limit and the balance', () => {
    const g = rich()
    g.says('小明', '兑换 小券')
    g.says('小明', '兑换 小券')
    expect(g.says('小明', '兑换 小券')).toEqual(['「小券」每人最多 2 张，小明 已经换满了。'])
    expect(g.says('阿花', '兑换 大券')[0]).toContain('换了「大券」一张')
    g.after('1m')
    expect(g.says('小明', '兑换 大券')).toEqual(['「大券」今天的 1 张换完了，明天再来。'])
    g.tomorrow()
    expect(g.says('小明', '兑换 大券')[0]).toContain('换了「大券」一张')
    expect(g.says('小明', '兑换 大券')).toEqual(['换「大券」要 50 分，小明 现在有 30 分，还差 20 分。'])
    expect(g.says('阿花', '兑换 小券')).toEqual([
      expect.stringContaining('换了「小券」一张'),
      expect.stringContaining('→管理群'),
    ])
    g.after('1m')
    expect(g.says('阿花', '兑换 小券')).toEqual(['「小券」暂时没有了。'])
    expect(g.says('小明', '兑换 金条')).toEqual(['没有这样东西可以换，回复「兑换」看有什么。'])
    expect(g.says('小明', '兑换 金条')).toEqual([])
    expect(g.errors).toEqual([])
  })

  it('spends nothing of somebody of whom it is not sure', () => {
    const g = rich()
    g.doubt('小明')
    expect(g.says('小明', '兑换 小券')[0]).toContain('再聊几天就能花')
    expect(g.says('小明', '积分')[0]).toContain('有 100 分')
  })

  it('is taken back whole, unless the coupon is used', () => {
    const g = rich()
    g.says('小明', '兑换 小券')
    const { seq } = g.last('ledger.coupons')
    expect(g.admin(`/undo L${seq}`)).toEqual([
      `已撤销 L${seq}：小明 +10 分；小明 的「小券」收回了；1 条记录恢复原样`,
      '→福利群 ↩️ 10:00 那条收回了：小明 +10 分；小明 的「小券」收回了。',
    ])
    expect(g.says('小明', '兑换')[0]).toContain('现在有 100 分\n小券（减3）　10 分，剩 3 张')
    g.says('小明', '兑换 大券')
    const sold = g.last('ledger.coupons').seq
    const code = /）(\S+)/.exec(g.tells('小明', '我的券')[0] ?? '')?.[1]
    g.admin(`核销 ${code}`)
    expect(g.admin(`/undo L${sold}`)[0]).toContain('没有撤销')
    expect(g.says('小明', '积分')[0]).toContain('有 50 分')
  })

  it('refuses coupons that do not exist, or not in that group', () => {
    const load = (shop: unknown, groups: unknown[] = [{ name: '群' }]) => {
      const files = { bot: { botName: '圈子' }, groups: { groups }, coupons: { kinds }, shop }
      return () => settingsFrom(features, files)
    }
    expect(load({ items: [{ coupon: '小劵', points: 1 }] })).toThrow('没有「小劵」这种券，是不是想写「小券」')
    expect(load({ items: [...items, ...items] })).toThrow('「小券」写了两次')
    expect(load({ items }, [{ name: '群', features: { coupons: false } }])).toThrow('优惠券功能（coupons）在这里关着')
    expect(load({ items }, [{ name: '群', features: { coupons: false, shop: false } }])).not.toThrow()
  })
})
