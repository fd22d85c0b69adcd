// What a draw promises is set aside: nobody else gets it, and it is let go when the draw is over.
import { describe, expect, it } from 'vitest'
import { Chat } from '../../support/chat.ts'

const coupons = { kinds: { 券: { value: '减10', valid: { days: 7 }, stock: 3 } } }
const chat = () => new Chat({ members: ['小明', '阿花', '大刘'], config: { coupons, order: { enabled: false } } })

describe('coupons of a draw', () => {
  it('are promised once, and a second draw is refused with the true reason', () => {
    const g = chat()
    expect(g.admin('/draw new 一等 券x3')).toHaveLength(2)
    expect(g.admin('/draw new 二等 券x3')[0]).toContain('「券」只剩 0 张，不够 3 张。抽奖 #1 占了 3 张。')
    g.admin('/draw cancel 1 没货')
    g.admin('/yes')
    expect(g.admin('/draw new 二等 券x3')).toHaveLength(2)
  })

  it('are given to the winners whatever the shop sells meanwhile, and the rest is free again', () => {
    const g = chat()
    g.admin('/draw new 一等 券x2')
    g.admin('/coupons give 大刘 券 谢谢')
    expect(g.admin('/coupons give 大刘 券 谢谢')[0]).not.toContain('已发')
    g.says('小明', '抽奖')
    g.admin('/draw close 1')
    g.after('1m')
    expect(g.says('小明', '我的券')[0]).toContain('券')
    expect(g.admin('/draw new 二等 券x1')).toHaveLength(2)
    expect(g.errors).toEqual([])
  })

  it('for everybody need an end when there is one to the coupons', () => {
    const g = chat()
    expect(g.admin('/draw new 人人有 杯子x1 人人 券')[0]).toContain('要写「满 几人」')
    expect(g.admin('/draw new 人人有 杯子x1 人人 券 满 4')).toHaveLength(2)
    expect(g.admin('/draw new 再来 券x1')[0]).toContain('抽奖 #1 占了 3 张')
  })

  it('are none that end before the draw does', () => {
    const kinds = { 券: { value: '减10', valid: { until: '2026-11-23' } } }
    const g = new Chat({ config: { coupons: { kinds } } })
    expect(g.admin('/draw new 晚 券x1 截止 11-25 20:00')[0]).toContain('「券」到 2026-11-23 就过期了')
    expect(g.admin('/draw new 早 券x1 截止 11-22 20:00')).toHaveLength(2)
  })
})

describe('a draw', () => {
  it('gives and takes no points where there are none', () => {
    const config = { points: { enabled: false } }
    const g = new Chat({ config })
    expect(g.admin('/draw new 福利 20分x1')[0]).toContain('「福利群」没有打开积分')
    expect(g.admin('/draw new 福利 杯子x1 票价 5')[0]).toContain('「福利群」没有打开积分')
    expect(g.admin('/draw new 福利 杯子x1')).toHaveLength(2)
  })

  it('has a word of its own that no other open one has', () => {
    const g = chat()
    g.admin('/draw new 甲 杯子x1 口令 樱桃')
    expect(g.admin('/draw new 乙 杯子x1 口令 樱桃')[0]).toContain('「樱桃」在那个群已经是口令了（#1）')
  })

  it('is left by who does not want to take part, and shows admins who is in it', () => {
    const g = chat()
    g.admin('/points add 小明 30 测试')
    g.admin('/draw new 甲 杯子x1 票价 10')
    g.says('小明', '抽奖')
    expect(g.admin('/draw list 1')[0]).toBe('抽奖「甲」 #1，1 人（第 1/1 页）\n1. 小明 T0001')
    expect(g.says('小明', '退出抽奖')).toEqual(['小明 退出了抽奖「甲」 #1，退回 10 分。'])
    expect(g.says('小明', '积分')[0]).toContain('有 30 分')
    expect(g.admin('/list 1')[0]).toBe('#1 还没有人参加。')
    expect(g.says('阿花', '退出群聊了好几个')).toEqual([])
    expect(g.says('阿花', '活动')[0]).toContain('#1 抽奖「甲」：回复「抽奖」')
  })

  it('is drawn again for who does not claim his prize in time, if the settings say so', () => {
    const g = new Chat({ members: ['小明', '阿花'], config: { order: { enabled: false }, draw: { claimWithin: 24 } } })
    g.tells('小明', '你好')
    g.tells('阿花', '你好')
    g.admin('/draw new 甲 杯子x1')
    g.says('小明', '抽奖')
    g.says('阿花', '抽奖')
    g.admin('/close 1')
    const told = g.after('1m')
    expect(told[0]).toContain('🙋 中奖的请在 24 小时内回复「领奖」，不然补抽。')
    const winner = /杯子：@(.+?)（/.exec(told[0] ?? '')?.[1] ?? ''
    const other = winner === '小明' ? '阿花' : '小明'
    expect(told.join('\n')).toContain(`🎉 你在「福利群」的抽奖 #1 里中了「杯子」。`)
    expect(g.says(other, '领奖')).toEqual([])
    expect(g.after('1d').join('\n')).toContain(`${winner} 到时间没来领，杯子 给 @${other}`)
    expect(g.says(other, '领奖')[0]).toBe(`✅ ${other} 领奖：杯子，找管理员拿`)
    expect(g.says(other, '领奖')).toEqual(['已经登记过领奖了。'])
    expect(g.after('3d')).toEqual([])
    expect(g.errors).toEqual([])
  })

  it('is won by nobody who is under a warning, where its line says so', () => {
    const g = new Chat({ members: ['小明', '阿花'] })
    g.admin('/warn @小明 刷屏')
    g.admin('/draw new 甲 杯子x2 无警告')
    g.says('小明', '抽奖')
    g.says('阿花', '抽奖')
    g.admin('/close 2')
    const drawn = g.after('1m').join('\n')
    expect(drawn).toContain('杯子：@阿花')
    expect(drawn).toContain('T0001 有警告')
  })

  it('makes no prize of what a ticket costs', () => {
    const g = new Chat()
    for (const typed of ['一张20分', '20分 1张', '1张20分'])
      expect(g.admin(`/draw new 周末 10元券x1 ${typed} 截止 20:00`)[0], typed).toContain('票价写「票价 20」')
    expect(g.admin('/draw new 周末 20分x2 截止 20:00')[0]).toContain('奖品 20分×2')
  })

  it('buys no ticket with 0张, and is not drawn again when there is none', () => {
    const g = chat()
    g.admin('/draw new 甲 杯子x1')
    expect(g.says('小明', '抽奖 0张')[0]).toContain('0 张就是没有参加')
    expect(g.admin('/list 1')).toEqual(['#1 还没有人参加。'])
  })
})

describe('a packet', () => {
  it('is stopped by the admins, and cancelled by its number', () => {
    const g = chat()
    g.admin('/packet 50 2')
    g.says('小明', '抢')
    expect(g.says('小明', '退出 1')).toEqual(['#1 当场就算数，不能退出。'])
    expect(g.admin('/packet stop')[0]).toContain('🧧 红包结束了，2 份抢了 1 份。')
    expect(g.admin('/packet stop')).toEqual(['「福利群」里现在没有红包。'])
    g.admin('/packet 50 2')
    g.admin('/cancel 2 发错了')
    expect(g.admin('/yes')[0]).toContain('取消：发错了')
    expect(g.says('阿花', '抢')).toEqual([])
  })
})
