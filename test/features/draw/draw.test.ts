// Lucky draw: opening in one line, step by step or from the settings; entering by word or points; limits.
import { describe, expect, it } from 'vitest'
import { community, enrich, people, pointsOf, winnersIn } from './community.ts'
import { verify } from '../../../scripts/verify-draw.mjs'

const HASH = /[0-9a-f]{64}/g

describe('lucky draw', () => {
  it('opens, is entered by the word, closes on time, is drawn and can be checked from what was posted', () => {
    const g = community()
    const [opened = '', told] = g.admin('/draw new 周末福利 车厘子一箱x1 10元券x2 人人 9折券 截止 20:00')
    expect(opened.replace(HASH, '…')).toBe(
      '→福利群 🎲 抽奖 #1 开始，回复「抽奖」参加\n规则：周末福利；奖品 车厘子一箱×1、10元券×2；其余每人「9折券」一张；2026-11-21 20:00 截止',
    )
    expect(told).toContain('亲手给的奖品：车厘子一箱')
    for (const [i, name] of people.entries())
      expect(g.says(name, '抽奖')).toEqual([`🎟 ${name} 参加了抽奖 #1，票号 T000${i + 1}`])
    expect(g.says('小明', '抽奖')).toEqual(['小明 已经参加抽奖 #1 了，票号 T0001。'])
    expect(g.says('阿花', '抽奖什么时候开')).toEqual([])
    expect(g.says('阿花', '抽奖 什么时候开')).toEqual([])
    expect(g.says('阿花', '验证 1')[0]).toContain('种子开奖时公布')
    const [called, closed = '', drawn = '', todo] = g.after('11h')
    expect(called).toBe('⏰ 还有 10 分钟截止：抽奖「周末福利」 #1，现在 6 人。回复「抽奖」')
    expect(closed).toBe('⏳ 抽奖 #1 截止：6 人、6 张票，名单已锁定。30 秒后开奖。')
    expect(drawn).toContain('🎲 抽奖 #1 开奖：6 人参加\n🥇 车厘子一箱：@')
    expect(drawn).toContain('其他人都有「9折券」一张。')
    expect(drawn).toMatch(/券在「我的券」，\d\d-\d\d 前有效。\n🎁 实物奖品找管理员领。\n想验算？回复「验证 1」$/)
    expect(drawn).not.toMatch(/[0-9a-f]{64}/)
    expect(todo).toContain('→管理群 抽奖 #1 请你们来办：\n· 车厘子一箱 给 ')
    const tenOff = winnersIn(drawn, '10元券')
    expect(tenOff).toHaveLength(2)
    for (const name of tenOff) expect(g.says(name, '我的券')[0]).toContain('10元券')
    const posted = [opened, closed, drawn, ...g.says('小明', '验证 1'), ...g.says('小明', '验证 1 名单')].join('\n')
    expect(verify(posted.replaceAll('→福利群 ', ''))).toMatchObject({ ok: true })
    expect(g.says('阿花', '验证 1 名单')).toEqual(['抽奖 #1 的名单刚发过，往上翻翻。'])
    expect(g.tells('小明', '验证 1 名单')[0]).toContain('T0001 m1 小明')
    expect(g.says('小明', '抽奖')).toEqual(['现在没有抽奖，开始时会在群里说。'])
    expect(g.errors).toEqual([])
  })

  it('says what is wrong with a line, and how it is written', () => {
    const g = community()
    const wrong = (line: string) => g.admin(`/draw new ${line}`)[0]
    expect(wrong('周末 3')).toContain('「3」没看懂：奖品要写几份')
    expect(wrong('周末 截止 20:00')).toBe('还没有写奖品，例如 10元券x3。')
    expect(wrong('周末 10元券x9')).toBe('「10元券」只剩 8 张，不够 9 张。')
    expect(wrong('周末 10元券x1 截止 下雨天')).toContain('「下雨天」不是时间')
    expect(wrong('周末 10元券x1 截止 2026-11-20 20:00')).toContain('已经过了')
    expect(wrong('周末；奖品 10元券x1')).toContain('不能做名字')
    expect(wrong('周末 10元券x1 人人 手机')).toContain('不是券名也不是积分')
    expect(wrong('周末 10元券x1 等级 新手')).toBe('没有等级「新手」。draw.yaml 的 levels 里有：老朋友')
    expect(wrong('周末 10元券x1 口令 签到！')).toBe('「签到！」在那个群已经是口令了（每日签到得积分），请换一个')
    expect(wrong('周末 10元券x1 口令 抽奖')).toContain('已经是口令了')
    expect(wrong('周末 10元券x1 排除 @没有这个人')).toContain('没找到')
    expect(wrong('周末 10元券x1 群 别的群')).toContain('别的群')
    expect(wrong('周末 10元券x1 每人')).toContain('「每人」后面还没写')
    expect(g.admin('/draw list')).toEqual(['还没有抽奖。/draw new 开一个。'])
    expect(g.admin('/draw preview 周末 20分x2 满3人')[0]).toContain('规则：周末；奖品 20分×2；满 3 人截止')
    expect(g.says('小明', '抽奖')[0]).toContain('现在没有抽奖')
  })

  it('can be written step by step', () => {
    const g = community({ groups: ['福利群', '新人群'] })
    expect(g.admin('/draw new')[0]).toContain('先起个名字')
    expect(g.admin('周末 福利')[0]).toContain('奖品有哪些？')
    expect(g.admin('车厘子')[0]).toContain('奖品要写几份')
    expect(g.admin('车厘子x1 20分x2')[0]).toContain('发到哪个群？')
    expect(g.admin('g9')[0]).toContain('g9')
    expect(g.admin('/draw next 新人群')[0]).toContain('什么时候截止？')
    expect(g.admin('/draw next 周日20:00')[0]).toContain('还有别的要求吗？')
    expect(g.admin('/draw next 口令 车厘子 每人 2张')[0]).toBe(
      '🎲 抽奖 #1 开始，回复「车厘子」参加\n规则：周末 福利；奖品 车厘子×1、20分×2；2026-11-22 20:00 截止；每人最多 2 张票\n\n这样发可以吗？可以就回复「好」，不要了回复「算了」。',
    )
    expect(g.admin('好')[0]).toContain('→新人群 🎲 抽奖 #1 开始')
    expect(g.admin('/draw next 开始')[0]).toContain('没有正在写的')
    expect(g.says('小明', '车厘子', { group: '新人群' })[0]).toContain('票号 T0001')
    expect(g.says('小明', '车厘子')).toEqual([])
  })

  it('opens what the settings name, by name or at its hour', () => {
    const draws = {
      周五福利: {
        prizes: [{ name: '大奖', gives: { coupon: '10元券' } }],
        closes: '20:00',
        each: 2,
        opens: { weekdays: [7], at: '12:00' },
      },
    }
    const g = community({ config: { draw: { draws } } })
    expect(g.admin('/draw new 周五福利 每人 3张')[0]).toContain(
      '周五福利；奖品 大奖×1；2026-11-21 20:00 截止；每人最多 3 张票',
    )
    const evening = g.after('1d')
    expect(evening.join('\n')).toContain('抽奖「周五福利」 #1 没有人参加，先收回啦。')
    g.after('3h')
    expect(g.admin('/draw list')[0]).toBe(
      '#1 抽奖「周五福利」（福利群）已取消，0 人参加\n#2 抽奖「周五福利」（福利群）进行中，0 人参加，11-22 20:00 截止',
    )
    expect(() =>
      community({ config: { draw: { draws: { a: { prizes: [{ name: '奖' }], closes: '雨天' } } } } }),
    ).toThrow(/没看懂时间/)
    expect(() =>
      community({ config: { draw: { draws: { a: { prizes: [{ name: '奖', gives: { coupon: '没有的券' } }] } } } } }),
    ).toThrow(/没有的券/)
  })

  it('opens at its hour also what an edit of the same day has named, and moves what an edit has moved', () => {
    const g = community()
    const at = (time: string) => ({
      draw: { draws: { 周末福利: { prizes: [{ name: '大奖' }], opens: { weekdays: [6], at: time } } } },
    })
    g.configure(at('15:00'))
    g.after('1h')
    g.configure(at('12:00'))
    g.after('1h')
    expect(g.admin('/draw list')).toEqual(['#1 抽奖「周末福利」（福利群）进行中，0 人参加'])
    g.after('6h')
    expect(g.admin('/draw list')[0]?.split('\n')).toHaveLength(1)
  })

  it('opens late by some minutes what fell due while nothing ran, though settings are loaded first', () => {
    const draws = { 周末福利: { prizes: [{ name: '大奖' }], opens: { weekdays: [6], at: '12:00' } } }
    const g = community({ config: { draw: { draws } } })
    g.after('1h')
    g.now += 90 * 60_000
    g.handle({ type: 'loaded', at: g.now })
    g.after('1m')
    expect(g.admin('/draw list')).toEqual(['#1 抽奖「周末福利」（福利群）进行中，0 人参加'])
  })

  it('takes points as tickets, as many as one may have', () => {
    const g = community()
    enrich(g, '小明')
    g.admin('/draw new 积分抽奖 20分x1 票价 10分 每人 3张')
    expect(g.says('小明', '抽奖 2张')).toEqual(['🎟 小明 参加了抽奖 #1，票号 T0001 T0002，花了 20 分'])
    expect(g.says('小明', '抽奖 1 9张')).toEqual(['🎟 小明 参加了抽奖 #1，票号 T0003，花了 10 分'])
    expect(g.says('小明', '抽奖')[0]).toContain('已经参加')
    expect(g.says('阿花', '抽奖')).toEqual(['参加要 10 分，阿花 现在有 0 分，还不够。'])
    expect(g.says('阿花', '抽奖')).toHaveLength(1)
    expect(pointsOf(g, '小明')).toBe(70)
  })

  it('keeps its limits: days, points, level, excluded people, people who are not sure', () => {
    const g = community()
    g.joins('新人')
    g.admin('/draw new 老友 20分x1 入群 7天 排除 @可可')
    expect(g.says('新人', '抽奖')).toEqual(['这次要入群满 7 天，新人 下次再来。'])
    expect(g.says('可可', '抽奖')[0]).toContain('可可 不在 #1 的参加名单里')
    g.doubt('阿花')
    expect(g.says('阿花', '抽奖')[0]).toContain('身份还在核对')
    expect(g.says('小明', '抽奖')[0]).toContain('T0001')
    g.admin('/draw new 级别 20分x1 等级 老朋友 口令 老友来')
    g.after('1m')
    expect(g.says('陈晨', '老友来')).toEqual(['这次要积分满 20，陈晨 现在有 0 分。'])
    enrich(g, '陈晨')
    expect(g.says('陈晨', '老友来！')[0]).toContain('参加了抽奖 #2')
    expect(pointsOf(g, '陈晨')).toBe(100)
  })

  it('gives a ticket for every friend who was brought in and is still there, once', () => {
    const g = community()
    g.admin('/draw new 带新 20分x1 拉新 2')
    g.says('小明', '抽奖')
    for (const guest of ['客一', '客二', '客三', '客四']) {
      g.joins(guest)
      g.handle({ type: 'joined', at: g.now, group: g.group('福利群'), members: [g.id(guest)], by: g.id('小明') })
    }
    expect(g.says('阿花', '抽奖')).toContain('🎟 阿花 参加了抽奖 #1，票号 T0002')
    g.leaves('客四')
    g.handle({ type: 'joined', at: g.now, group: g.group('福利群'), members: [g.id('客三')], by: g.id('阿花') })
    // Who has left before is no new friend.
    g.joins('客四')
    g.handle({ type: 'joined', at: g.now, group: g.group('福利群'), members: [g.id('客四')], by: g.id('阿花') })
    g.admin('/draw close 1')
    expect(g.admin('/draw list 1')[0]?.split('\n').slice(1)).toEqual([
      'T0001 m1 小明',
      'T0002 m2 阿花',
      'T0003 m1 小明',
      'T0004 m1 小明',
    ])
  })

  it('runs several draws at once in a group, and dice beside them', () => {
    const g = community()
    g.admin('/draw new 甲 20分x1 满2人')
    expect(g.admin('/draw new 乙 30分x1')[0]).toContain('回复「抽奖 2」参加')
    g.admin('/draw new 丙 40分x1 口令 我要丙')
    expect(g.says('小明', '抽奖')).toEqual([
      '抽奖「丙」 #3：回复「我要丙」\n抽奖「乙」 #2：回复「抽奖 2」\n抽奖「甲」 #1：回复「抽奖 1」',
    ])
    expect(g.says('小明', '骰子 @阿花')[0]).toContain('挑战')
    expect(g.says('小明', '抽奖 1')[0]).toContain('#1，票号 T0001')
    expect(g.says('小明', '抽奖2')[0]).toContain('#2，票号 T0001')
    expect(g.says('小明', '我要丙')[0]).toContain('#3，票号 T0001')
    expect(g.says('小明', '我要丙的樱桃')).toEqual([])
    expect(g.says('阿花', '应战')[0]).toContain('🎲')
    const [entered, closed] = g.says('阿花', '抽奖 1')
    expect(entered).toContain('T0002')
    expect(closed).toContain('抽奖 #1 截止：2 人')
    expect(g.says('陈晨', '抽奖 1')).toEqual(['抽奖「甲」 #1 已经截止了，下次早点来。'])
    expect(g.says('陈晨', '抽奖 9')).toEqual([])
    expect(g.after('1m')[0]).toContain('抽奖 #1 开奖')
    g.admin('/draw close 2')
    g.admin('/draw close 3')
    const results = g.after('1m').join('\n')
    expect(results).toContain('抽奖 #2 开奖')
    expect(results).toContain('抽奖 #3 开奖')
    expect(g.errors).toEqual([])
  })
})
