// What people type behind commands and words, and what they are told when it cannot be taken.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { arg } from '../../../src/core/feature/arguments.ts'
import { feature } from '../../../src/core/feature/feature.ts'
import { coupons } from '../../../src/features/coupons/coupons.ts'
import { admin } from '../../../src/features/admin/admin.ts'
import { Chat, type ChatOptions } from '../../support/chat.ts'

const line = arg.line({
  label: { zh: '名称 奖品x数量 条件', en: 'name prize x count conditions' },
  example: { zh: '周末福利 10元券x3 截止 周日20:00', en: 'Weekend 10元券x3 until sun 20:00' },
  things: 'counted',
  thing: { zh: '奖品', en: 'prizes' },
  keywords: {
    group: { zh: ['群'], en: ['group'], value: arg.groupWith('trial', { zh: '试验', en: 'trials' }) },
    until: { zh: ['截止', '截止时间', '截至'], en: ['until'], value: arg.time() },
    full: {
      zh: ['满'],
      en: ['full'],
      value: arg.int({ zh: '人数', en: 'people' }, { min: 1, max: 500, example: 100 }),
    },
    word: { zh: ['口令'], en: ['word'], value: arg.text({ zh: '口令', en: 'word' }, { zh: '车厘子', en: 'cherry' }) },
    except: { zh: ['排除'], en: ['except'], value: arg.members() },
    hidden: { zh: ['匿名'], en: ['anonymous'], value: arg.flag() },
  },
})
const poll = arg.line({
  label: { zh: '题目 选项', en: 'title choices' },
  example: { zh: '周末吃什么 火锅 烧烤', en: 'Dinner hotpot barbecue' },
  things: 'plain',
  thing: { zh: '选项', en: 'choices' },
  keywords: { until: { zh: ['截止'], en: ['until'], value: arg.time() } },
})
const group = arg.groupWith('trial', { zh: '试验', en: 'trials' })
const rest = arg.rest({ zh: '文字', en: 'text' }, { zh: '好', en: 'fine' })
const run = (values: unknown, cx: { replyText(text: string): never }) => cx.replyText(JSON.stringify(values))
const about = { summary: { zh: '试', en: 'try' }, role: 'admin' as const, run: run as never }
const trial = feature({
  name: 'trial',
  summary: { zh: '试验', en: 'trial' },
  config: z.strictObject({}),
  texts: { zh: {}, en: {} },
  commands: {
    where: { ...about, args: { group } },
    when: { ...about, args: { at: arg.time({ atLeast: 60_000, atMost: 60 * 86_400_000 }) } },
    pay: {
      ...about,
      args: { who: arg.member(), points: arg.int({ zh: '分数', en: 'points' }, { min: 1, max: 500, example: 10 }) },
    },
    all: { ...about, args: { who: arg.members() } },
    prize: { ...about, args: { prize: arg.prize(), why: arg.optional(rest) } },
    line: { ...about, args: { line } },
    poll: { ...about, args: { poll } },
  },
})
const kinds = {
  kinds: { '10元券': { value: '减 10 元', valid: { days: 30 } }, 满15减3: { value: '减 3 元', valid: { days: 7 } } },
}

function chat(options: ChatOptions = {}): Chat {
  return new Chat({ features: [admin, trial, coupons], config: { coupons: kinds, ...options.config }, ...options })
}
const told = (g: Chat, text: string) => g.admin(text)[0] ?? ''
const value = (g: Chat, text: string): unknown => JSON.parse(told(g, text))

describe('a group', () => {
  const two = ['社区福利1群', '社区福利2群', '团长群']
  it('is the only one where the feature is on, or it is asked which', () => {
    expect(value(chat(), '/where')).toMatchObject({ group: { name: '福利群' } })
    expect(told(chat({ groups: two }), '/where')).toMatch(
      /^在哪个群？社区福利1群（g1）、社区福利2群（g2）、团长群（g3）。请写上群名或编号/,
    )
  })

  it.each([
    ['g2', '社区福利2群'],
    ['社区福利2群', '社区福利2群'],
    ['福利2群', '社区福利2群'],
    ['福利２', '社区福利2群'],
    ['福利二群', '社区福利2群'],
    ['社区 福利 2 群', '社区福利2群'],
    ['社区福利群2', '社区福利2群'],
    ['团长', '团长群'],
  ])('is meant by %s', (typed, name) => {
    expect(value(chat({ groups: two }), `/where ${typed}`)).toMatchObject({ group: { name } })
  })

  it('that could be several, or is none, is asked back', () => {
    const g = chat({ groups: two })
    expect(told(g, '/where 福利')).toContain('「福利」可能是 2 个群：社区福利1群（g1）、社区福利2群（g2）')
    expect(told(g, '/where 福利3群')).toContain('没找到群「福利3群」')
    expect(told(chat({ groups: ['福利11群', '福利2群'] }), '/where 福利1')).toContain('没找到群「福利1」')
  })
})

describe('a time', () => {
  it('is asked back when it could be two, and both answers are understood', () => {
    const g = chat({ at: '2026-11-21T20:30:00+08:00' })
    const [question] = told(g, '/when 8点').split('\n')
    expect(question).toBe('「8点」是 11-22 08:00 还是 11-22 20:00？请写清楚是哪一个')
    expect(value(g, '/when 11-22 20:00')).toEqual({ at: Date.parse('2026-11-22T20:00:00+08:00') })
    expect(value(g, '/when 明天 晚上 8 点')).toEqual({ at: Date.parse('2026-11-22T20:00:00+08:00') })
  })

  it.each([
    ['昨天20:00', '「昨天20:00」已经过了，现在是 11-21 10:00'],
    ['周日', '「周日」没写几点，例如「周日 20:00」'],
    ['2-30 20:00', '没有「2-30 20:00」这一天'],
    ['25:00', '「25:00」没有这个钟点'],
    ['下雨', '「下雨」不是时间，可以写 20:00'],
    ['30秒', '「30秒」太近了，至少要在 1 分钟之后'],
    ['2027-3-1 20:00', '「2027-3-1 20:00」太远了，最多到 60 天之后'],
  ])('%s: %s', (typed, expected) => {
    expect(told(chat(), `/when ${typed}`)).toContain(expected)
  })
})

describe('a person', () => {
  it('is named, also with blanks in the name', () => {
    const g = chat({ members: ['小明', 'Tom Lee', '阿花'] })
    expect(value(g, '/pay Tom Lee 10分')).toEqual({ who: g.id('Tom Lee'), points: 10 })
    expect(value(g, '/pay @小明 十')).toEqual({ who: g.id('小明'), points: 10 })
    expect(value(g, '/all @小明 @阿花 小明')).toEqual({ who: [g.id('小明'), g.id('阿花')] })
  })

  it('that nobody is, is told with who may be meant', () => {
    expect(told(chat(), '/pay 小名 10')).toContain('没找到成员「小名」，是不是 小明（m')
    expect(told(chat(), '/pay 小明')).toContain('还没写分数')
    expect(told(chat(), '/pay 小明 10 20')).toContain('「20」是多出来的')
  })
})

describe('a prize', () => {
  it.each([
    ['20分', { points: 20 }],
    ['二十积分', { points: 20 }],
    ['10元券', { coupon: '10元券', count: 1 }],
    ['10元券x3', { coupon: '10元券', count: 3 }],
    ['10元券 3张', { coupon: '10元券', count: 3 }],
    ['10元券 x 3', { coupon: '10元券', count: 3 }],
    ['三张10元券', { coupon: '10元券', count: 3 }],
    ['满15减3', { coupon: '满15减3', count: 1 }],
    ['满15减3 ×2', { coupon: '满15减3', count: 2 }],
  ])('%s', (typed, prize) => {
    expect(value(chat(), `/prize ${typed}`)).toMatchObject({ prize })
  })

  it('that is none is told with what there is', () => {
    expect(told(chat(), '/prize 10块券')).toContain('「10块券」不是券名也不是积分，是不是 10元券？')
    expect(told(chat(), '/prize 车厘子')).toContain('「车厘子」不是券名也不是积分。有：10元券、满15减3。积分写 20分')
    expect(told(chat(), '/prize 10元券x99')).toContain('一次只能 1 到 20 张')
  })
})

describe('a line', () => {
  const read = (typed: string, options: ChatOptions = {}) => value(chat(options), `/line ${typed}`)
  const day = (time: string) => Date.parse(`${time}:00+08:00`)

  it.each([
    '周末福利 10元券x3 车厘子一箱x1 截止 周日20:00 满100人 口令 车厘子',
    '周末福利 满100人 口令车厘子 截止周日20:00 10元券x3 车厘子一箱 x1',
    '「周末福利」 口令 车厘子 10元券 3张 车厘子一箱×1 周日20:00截止 满 100 人',
    '周末福利 截止时间：周日 20:00 10元券*3 "车厘子一箱" x1 满一百人 口令：车厘子',
    '周末福利 until sun 8pm 10元券x3 车厘子一箱x1 full 100 word 车厘子',
    '周末福利 10元券x3 车厘子一箱x1 周日 20:00 截止 口令 车厘子 满100人开奖',
  ])('is read in any order: %s', (typed) => {
    expect(read(typed)).toEqual({
      line: {
        title: '周末福利',
        things: [
          { name: '10元券', count: 3, gives: { coupon: '10元券', count: 1 } },
          { name: '车厘子一箱', count: 1 },
        ],
        said: {
          until: day('2026-11-22T20:00'),
          full: 100,
          word: '车厘子',
          group: expect.objectContaining({ name: '福利群' }) as unknown,
        },
      },
    })
  })

  it('keeps people and flags', () => {
    const g = chat()
    expect(value(g, '/line 福利 20分x2 排除 @小明 排除 阿花 匿名')).toMatchObject({
      line: { things: [{ gives: { points: 20 } }], said: { except: [g.id('小明'), g.id('阿花')], hidden: true } },
    })
  })

  it('does not take a title or a thing for a condition', () => {
    expect(read('满意度调查 群友专享券x3 满15减3x2')).toMatchObject({
      line: {
        title: '满意度调查',
        things: [
          { name: '群友专享券', count: 3 },
          { name: '满15减3', count: 2 },
        ],
      },
    })
  })

  it.each([
    ['', '还没写名称'],
    ['截止 20:00', '「截止」前面还没写名称'],
    ['福利 10元券', '「10元券」没看懂：奖品要写几份', '例如：10元券x1'],
    ['福利 10元券x3 截止', '「截止」后面还没写时间', '写法：截止 周日20:00'],
    ['福利 10元券x3 截止 昨天20:00', '「昨天20:00」已经过了', '写法：截止 周日20:00'],
    ['福利 10元券x3 截止25:00', '「25:00」没有这个钟点', '写法：截止 周日20:00'],
    ['福利 10元券x3 载止 20:00', '「载止」没看懂，是不是想写「截止」？', '写法：截止 周日20:00'],
    ['福利 10元券x3 满 很多人', '「很多人」不是 1 到 500 之间的整数', '写法：满 100'],
    ['福利 10元券x3 满 50 满 60', '「满」写了两次'],
    ['福利 10元券x0', '「10元券」要有 1 到 100 份', '例如：10元券x1'],
    ['福利 10元券x3 排除 @谁', '没找到成员「@谁」', '写法：排除 @小明'],
    ['福利；奖品 10元券x3', '「福利；奖品」不能做名字', '20 个字以内'],
  ])('names the one thing that is wrong: %s', (typed, why, cure = '') => {
    const [first = '', second = '', ...more] = told(chat(), `/line ${typed}`).split('\n')
    expect(first).toContain(why)
    expect(second).toContain(cure)
    expect(more.length).toBeLessThan(2)
  })

  it('of choices takes every other word for one', () => {
    expect(value(chat(), '/poll 周末吃什么？ 火锅 满意 "牛 排" 截止 明天 20:00')).toEqual({
      poll: {
        title: '周末吃什么？',
        things: ['火锅', '满意', '牛 排'].map((name) => ({ name, count: 1 })),
        said: { until: day('2026-11-22T20:00') },
      },
    })
  })

  it('reads times by the clocks of its group', () => {
    const groups = { groups: [{ name: '福利群' }, { name: '伦敦群', timezone: 'Europe/London' }] }
    const g = chat({ groups: ['福利群', '伦敦群'], config: { groups } })
    expect(value(g, '/line 福利 10元券x3 截止 20:00 群 伦敦')).toMatchObject({
      line: { said: { until: Date.parse('2026-11-21T20:00:00Z') } },
    })
  })

  it('never throws, whatever is typed', () => {
    const pieces = fc.constantFrom(
      '截止',
      '满',
      '20:00',
      '10元券',
      'x3',
      '3张',
      '群',
      'g1',
      '「',
      '"',
      '口令',
      '排除',
      '@',
      '小明',
      '匿名',
      ':',
    )
    const g = chat()
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 8 }), (parts) => {
        g.admin(`/line ${parts.join(' ')}`)
        g.admin(`/poll ${parts.join('')}`)
        expect(g.errors).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})
