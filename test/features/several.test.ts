// What admins give to one or several, what they look up of a member, and what they export.
import { describe, expect, it } from 'vitest'
import type { Coupon } from '../../src/core/money/coupons.ts'
import { Chat } from '../support/chat.ts'

const config = {
  coupons: {
    kinds: {
      '10元券': { value: '减10元', valid: { days: 30 }, stock: 20 },
      小券: { value: '减3', valid: { days: 7 } },
    },
  },
}
const chat = () => new Chat({ config, members: ['小明', '阿花', '陈晨'] })

describe('points and coupons for several', () => {
  it('go to all who are named, and to all who checked in today', () => {
    const g = chat()
    expect(g.admin('/points add 小明 @阿花 20 晒单')).toEqual(['2 人各 +20 分：小明、阿花。原因：晒单'])
    expect(g.admin('/points add 小明、陈晨 -15 罚')).toEqual([
      '1 人各 -15 分：小明。原因：罚\n陈晨 的分不够扣，没有变动。',
    ])
    expect(g.admin('/coupons give 今天签到的 小券 全勤')).toEqual(['现在没有这样的人，没有发。'])
    g.says('小明', '签到')
    g.says('阿花', '签到')
    expect(g.admin('/points add 所有今日签到的人 5 全勤')[0]).toContain('2 人各 +5 分')
    expect(g.admin('/coupons give 今天签到的 陈晨 小券 全勤')).toEqual([
      '已发给 3 人每人「小券」一张：小明、阿花、陈晨。原因：全勤',
    ])
  })

  it('are asked back once above a set amount, and only then', () => {
    const g = chat()
    expect(g.admin('/points add 小明 阿花 500 大奖')[0]).toContain('2 人各 +500')
    expect(g.admin('/points add 小明 阿花 501 大奖')).toEqual([
      '要给 2 人各 +501 分，一共 +1002 分（大奖）。\n一分钟内回复 /yes 执行，不做就回复 /no。',
    ])
    expect(g.admin('/yes')[0]).toContain('2 人各 +501')
    expect(g.admin('/coupons give 小明 阿花 小券x11 过年')[0]).toContain('一共 22 张')
    expect(g.admin('/coupons give 小明 小券x11 过年')[0]).toContain('已发给')
  })

  it.each([
    ['/coupons give 陈晨 10元券 3张 赔偿', '「10元券」3 张'],
    ['/coupons give 陈晨 10元券三张 赔偿', '「10元券」3 张'],
    ['/coupons give 陈晨 两张10元券 赔偿', '「10元券」2 张'],
    ['/coupons give 陈晨 10元券 25张 赔偿', '一次只能 1 到 20 张'],
    ['/coupons give 陈晨 0张10元券 赔偿', '一次只能 1 到 20 张'],
    ['/coupons give 陈晨 10元券 3 赔偿', '「3」放在这里读不成数量'],
    ['/points add 陈晨 10 20 晒单', '「20」放在这里读不成数量'],
    ['/points add 陈晨 阿华 10 晒单', '是不是 阿花（m2）？'],
    ['/points add 陈晨 阿花 10', '还没写原因'],
    ['/points add 陈晨 阿花 很多 晒单', '「很多」不是'],
  ])('%s is read or refused for the one thing that is wrong', (line, answer) => {
    expect(chat().admin(line)[0]).toContain(answer)
  })
})

describe('a member', () => {
  it('is told of in one place', () => {
    const g = chat()
    g.admin('/vote new 周末吃什么 火锅 烧烤')
    g.says('小明', '投票 火锅')
    g.says('小明', '签到')
    g.admin('/coupons give 小明 10元券x2 赔偿')
    g.renames('小明', '小明明')
    const told = g.admin('/who 小明明')[0] ?? ''
    for (const part of [
      '小明明（m1）',
      '在「福利群」',
      '以前叫「小明」',
      '5 分',
      '2 张能用的券',
      '连续签到 1 天',
      '周末吃什么',
    ])
      expect(told).toContain(part)
    expect(g.admin('/who 小名')[0]).toContain('没找到成员「小名」')
  })

  it('has coupons that can be seen, and one of them declared void', () => {
    const g = chat()
    g.admin('/coupons give 小明 10元券x2 赔偿')
    const [coupon] = [...g.tables.table<Coupon>('ledger.coupons').entries()].map(([, record]) => record)
    const code = coupon?.code ?? ''
    expect(g.admin('/coupons 小明')[0]).toContain(`10元券　${code}　有效到 2026-12-21　赔偿`)
    expect(g.admin('/coupons void NOSUCH')).toEqual(['没有「NOSUCH」这张券，请核对一下券码。'])
    expect(g.admin(`/coupons void ${code}`)[0]).toContain('要作废「10元券」一张，小明（m1）的')
    expect(g.admin('/yes')[0]).toContain('已作废')
    expect(g.admin(`核销 ${code}`)[0]).toContain('已经作废')
    expect(g.says('小明', '我的券')[0]).toContain('1 张')
    expect(g.admin('/coupons')[0]).toContain('未用 1')
    g.admin(`/undo L${g.last('ledger.coupons').seq}`)
    expect(g.admin(`核销 ${code}`)[0]).toContain('✅')
  })
})

describe('tables for a spreadsheet', () => {
  it('hold points, bookings and coupons, and no formula', () => {
    const g = chat()
    g.joins('=HYPERLINK(1)')
    g.admin('/points add 小明 30 +1 真好')
    g.admin('/coupons give 阿花 小券 "好, 谢谢"')
    expect(g.admin('/points export')[0]?.split('\n').slice(0, 2)).toEqual(['昵称,id,积分,今天得分', '小明,m1,30,0'])
    expect(g.admin('/points export')[0]).toContain("\n'=HYPERLINK(1),m5,0,0")
    expect(g.admin('/points export 明细')[0]).toContain("2026-11-21 10:00,小明,m1,30,'+1 真好")
    expect(g.admin('/coupons export')[0]).toContain('2026-11-28,有效到 2026-11-28,"""好, 谢谢"""')
  })
})

describe('a ranking', () => {
  it.each([
    ['周榜', '本周积分榜'],
    ['今天', '今日积分榜'],
    ['这个月', '本月积分榜'],
    ['week', '本周积分榜'],
  ])('of %s', (typed, title) => {
    const g = chat()
    g.says('小明', '签到')
    expect(g.admin(`/points ranking 福利群 ${typed}`)[0]).toContain(title)
    expect(g.admin(`/points ranking ${typed}`)[0]).toContain(title)
  })
})
