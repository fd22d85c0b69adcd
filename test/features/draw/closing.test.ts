// Lucky draw: cancelling, people who leave, rerolls, numbers from outside, outages, and taking a payout back.
import { describe, expect, it } from 'vitest'
import type { Person } from '../../../src/core/feature/directory.ts'
import type { Chat } from '../../support/chat.ts'
import { community, enrich, people, pointsOf, proofOf, winnersIn } from './community.ts'
import { verify } from '../../../scripts/verify-draw.mjs'

function drawn(g: Chat, line: string): string {
  g.admin(`/draw new ${line}`)
  for (const name of people) g.says(name, '抽奖')
  g.admin('/draw close 1')
  return g.after('1m')[0] ?? ''
}

function confirmed(g: Chat, command: string): string[] {
  g.admin(command)
  return g.admin('/yes')
}

describe('a lucky draw that does not go straight', () => {
  it('gives everything back when it is cancelled', () => {
    const g = community()
    enrich(g, '小明', '阿花')
    g.admin('/draw new 积分抽奖 20分x1 票价 10分 每人 3张 截止 20:00')
    g.says('小明', '抽奖 3张')
    g.says('阿花', '抽奖')
    expect(g.admin('/draw cancel 1 奖品没到货')[0]).toContain('取消 #1，花掉的积分全部退回，会在群里说明：奖品没到货')
    expect(g.admin('/yes')).toEqual([
      '→福利群 抽奖「积分抽奖」 #1 取消：奖品没到货。花掉的积分都退回了',
      '#1 已取消，退回 40 分，我在群里说一声。',
    ])
    expect([pointsOf(g, '小明'), pointsOf(g, '阿花')]).toEqual([100, 100])
    expect(g.admin('/draw cancel 1 再来一次')).toEqual(['抽奖「积分抽奖」 #1 已取消，这样做不了。'])
    expect([pointsOf(g, '小明'), g.after('1d')]).toEqual([100, []])
  })

  it('gives those their points back who leave before it closes, and passes over those who leave after', () => {
    const g = community({ seed: 'leavers' })
    enrich(g, '小明')
    g.admin('/draw new 大奖 10元券x1 票价 0 每人 1')
    g.admin('/draw cancel 1 重来')
    g.admin('/yes')
    g.admin('/draw new 大奖 20分x5 票价 1分')
    enrich(g, ...people.slice(1))
    for (const name of people) g.says(name, '抽奖')
    g.leaves('小明')
    expect(g.admin('/draw close 2')[0]).toContain('抽奖 #2 截止：5 人、5 张票')
    g.leaves('阿花')
    g.doubt('陈晨')
    const [post = ''] = g.after('1m')
    expect(winnersIn(post, '20分').sort()).toEqual(['Momo', '可可', '大刘'])
    expect(post).toContain('，还剩 2 份')
    expect(post).toContain('T0002 已退群')
    expect(post).toContain('T0003 身份没核对上')
    expect(verify(proofOf(g, 2))).toMatchObject({ ok: true })
    g.joins('小明')
    expect(pointsOf(g, '小明')).toBe(100)
  })

  it('gives the prize of a winner who left to the next one, with the coupon that was given', () => {
    const g = community()
    const [winner = ''] = winnersIn(drawn(g, '福利 10元券x1 人人 5分'), '10元券')
    expect(g.admin('/draw reroll 1')).toEqual(['抽奖 #1 的中奖人都还在群里。'])
    expect(g.admin('/draw reroll 99')[0]).toContain('99')
    expect(g.admin('/yes')[0]).not.toContain('补抽')
    g.leaves(winner)
    const [posted = '', done] = confirmed(g, '/draw reroll 1')
    expect(posted).toContain(`${winner} 已退群，10元券 给 @`)
    expect(done).toBe('抽奖 #1 补抽了 1 份。')
    const next = /给 @(.+)（/.exec(posted)?.[1] ?? ''
    expect(next).not.toBe(winner)
    expect(g.says(next, '我的券')[0]).toContain('10元券')
    const proof = proofOf(g, 1)
    expect(proof).toMatch(/补抽：T\d+>T\d+ 已退群/)
    expect(verify(proof)).toMatchObject({ ok: true })
    expect(g.admin('/coupons')[0]).toContain('10元券')
  })

  it('draws again for one winner with a reason, but not when the prize is used', () => {
    const g = community()
    const first = drawn(g, '福利 10元券x1 30分x1')
    const [coupon = ''] = winnersIn(first, '10元券')
    const [points = ''] = winnersIn(first, '30分')
    expect(g.admin(`/draw reroll 1 @${points}`)).toEqual(['请写原因，会公布在群里：/draw reroll 1 @成员 原因'])
    expect(confirmed(g, `/draw reroll 1 @${points} 三天没来领`)[0]).toContain(`${points} 三天没来领，30分 给 @`)
    expect(pointsOf(g, points)).toBe(0)
    expect(g.admin(`/draw reroll 1 @${points} 再来`)).toEqual(['这个人没有中抽奖 #1。'])
    const code = /[0-9A-Z]{8}/.exec(g.tells(coupon, '我的券')[0] ?? '')?.[0] ?? ''
    g.admin(`核销 ${code}`)
    expect(confirmed(g, `/draw reroll 1 @${coupon} 三天没来领`)[0]).toContain('的券已经用掉、转走或过期，不能补抽')
    expect(verify(proofOf(g, 1))).toMatchObject({ ok: true })
  })

  it('mixes in numbers of members, given after the list was frozen', () => {
    const g = community()
    g.admin('/draw new 群友 20分x1 外部 群友 截止 20:00')
    for (const name of people) g.says(name, '抽奖')
    expect(g.says('小明', '幸运数 7')).toEqual([])
    expect(g.until(Date.parse('2026-11-21T20:00:00+08:00')).at(-1)).toContain('回复「幸运数 加任意数字」')
    expect(g.says('小明', '幸运数 88')).toEqual(['🔢 小明 给抽奖 #1 报了 88（1/20）'])
    expect(g.says('小明', '幸运数 99')).toEqual([])
    expect(g.says('阿花', '幸运数6')).toEqual(['🔢 阿花 给抽奖 #1 报了 6（2/20）'])
    expect(g.after('5m')[0]).toContain('外部数：m1:88 m2:6')
    const proof = proofOf(g, 1)
    expect(verify(proof)).toMatchObject({ ok: true })
    expect(verify(proof.replace('m2:6', 'm2:7'))).toMatchObject({ ok: false })
    expect(g.says('陈晨', '幸运数 5')).toEqual([])
  })

  it('draws at once with the twentieth number, and asks again when the bot was away meanwhile', () => {
    const many = Array.from({ length: 21 }, (_, i) => `群友${i}`)
    const g = community({ members: many })
    g.admin('/draw new 群友 20分x1 外部 群友')
    for (const name of many) g.says(name, '抽奖')
    g.admin('/draw close 1')
    g.now += 3_600_000
    expect(g.after('1s')).toEqual([
      '抽奖 #1 收数字时我正好不在线，再等等大家。回复「幸运数 加任意数字」，把你的数混进去，5 分钟后开奖。',
    ])
    const answers = many.flatMap((name, i) => g.says(name, `幸运数 ${i}`))
    expect(answers).toHaveLength(21)
    expect(answers.at(-1)).toContain('抽奖 #1 开奖：21 人参加')
    expect(verify(proofOf(g, 1))).toMatchObject({ ok: true })
    expect(g.after('1h')).toEqual([])
  })

  it('waits for a public number that the rules named', () => {
    const g = community()
    g.admin('/draw new 双色球 20分x1 外部 双色球 2026133 期')
    for (const name of people) g.says(name, '抽奖')
    expect(g.admin('/draw number 1 5')).toEqual(['抽奖 #1 现在不等外部数。'])
    const closed = g.admin('/draw close 1')
    expect(closed[0]).toContain('等外部数「双色球 2026133 期」出来就开奖')
    expect(closed[1]).toContain('/draw number 1 <数>')
    expect(g.after('1d')).toEqual([])
    expect(g.admin('/draw close 1')[0]).toContain('还差外部数')
    expect(g.admin('/draw number 1 05;12')[0]).toContain('不能做外部数')
    expect(g.admin('/draw number 1 05 12 22')[0]).toContain('外部数：05 12 22')
    expect(verify(proofOf(g, 1))).toMatchObject({ ok: true })
  })

  it('gives the time back when the bot was away at the closing', () => {
    const g = community()
    g.admin('/draw new 周末 20分x1 截止 20:00')
    g.says('小明', '抽奖')
    g.now = Date.parse('2026-11-21T20:30:00+08:00')
    expect(g.after('1s')).toEqual(['⏰ 抽奖「周末」 #1 截止时我正好不在线，时间补给大家：延到 11-21 21:00。'])
    expect(g.says('阿花', '抽奖')[0]).toContain('T0002')
    expect(g.after('1h').join('\n')).toContain('抽奖 #1 开奖：2 人参加')
  })

  it('closes on time when the bot was away for a moment only', () => {
    const g = community()
    g.admin('/draw new 周末 20分x1 截止 20:00')
    g.says('小明', '抽奖')
    g.now = Date.parse('2026-11-21T20:03:00+08:00')
    expect(g.says('阿花', '抽奖')).toEqual(['抽奖「周末」 #1 已经截止了，下次早点来。'])
    expect(g.after('1m')[0]).toContain('抽奖 #1 截止：1 人')
  })

  it('waits after a fresh login until people are recognised', () => {
    const g = community()
    g.admin('/draw new 周末 20分x1 截止 20:00')
    g.says('小明', '抽奖')
    // Nobody of the list is recognised yet.
    const known = g.tables.table<Person>('directory.people')
    const before = [...known.entries()]
    for (const [id, person] of before) known.set(id, { ...person, level: 'weak' })
    g.until(Date.parse('2026-11-21T20:04:00+08:00'))
    expect(g.admin('/draw show 1')[0]).toContain('进行中')
    expect(g.admin('/draw close 1')[0]).toContain('「福利群」的成员还没认全')
    for (const [id, person] of before) known.set(id, person)
    expect(g.after('10m').join('\n')).toContain('抽奖 #1 开奖：1 人参加')
  })

  it('can be taken back and comes out the same again', () => {
    const g = community()
    enrich(g, ...people)
    g.admin('/draw new 福利 10元券x1 20分x2 票价 10分 人人 9折券')
    for (const name of people) g.says(name, '抽奖')
    g.admin('/draw close 1')
    const [first = ''] = g.after('1m')
    const winner = winnersIn(first, '20分')[0] ?? ''
    const payout = g.last('draw.activities').seq
    expect(pointsOf(g, winner)).toBe(110)
    g.admin(`/undo L${payout}`)
    expect(pointsOf(g, winner)).toBe(90)
    expect(people.map((name) => g.says(name, '我的券')[0]).join()).not.toMatch(/10元券|9折券/)
    expect(g.admin('/draw close 1')[0]).toBe(`→福利群 ${first}`)
    expect(pointsOf(g, winner)).toBe(110)
    expect(g.admin('/draw close 1')).toEqual(['抽奖「福利」 #1 已结束，这样做不了。'])
    expect(g.errors).toEqual([])
  })

  it('does not let an opening be undone once somebody has entered', () => {
    const g = community()
    enrich(g, '小明')
    g.admin('/draw new 福利 20分x1 票价 10分')
    const opening = g.last('draw.activities').seq
    g.says('小明', '抽奖')
    g.admin(`/undo L${opening}`)
    expect(g.admin('/draw show 1')[0]).toContain('进行中，1 人')
    expect(g.admin(`/why L${opening}`).join()).not.toContain('noteSeeds')
  })

  it('names nobody for a coupon of which he may have no more, and gives it to the next', () => {
    const kinds = { '10元券': { value: '减 10 元', valid: { days: 30 }, stock: 2, perMember: 1 } }
    const g = community({ config: { coupons: { kinds, welcome: {}, alarmAt: 0 } } })
    g.admin('/draw new 福利 10元券x1')
    for (const name of people) g.says(name, '抽奖')
    g.admin('/coupons give @小明 10元券 先发了')
    g.admin('/draw close 1')
    const drawn = g.after('10m').join('\n')
    const winner = /10元券：@(\S+?)（/.exec(drawn)?.[1] ?? ''
    expect(winner).not.toBe('小明')
    expect(g.says(winner, '我的券')[0]).toContain('10元券')
    expect(drawn).not.toContain('没能自动发给')
  })
})
