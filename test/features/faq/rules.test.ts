// The rules of an entry: words that must, may and must not occur, and patterns.
import { describe, expect, it } from 'vitest'
import { canonical } from '../../../src/core/lib/text.ts'
import { isExcluded, matchesRules, readyRules } from '../../../src/features/faq/rules.ts'

const matches = (rules: Parameters<typeof readyRules>[0], text: string) =>
  matchesRules(readyRules(rules), canonical(text))

describe('rules of an entry', () => {
  it('wants every word of all and one of any', () => {
    const rules = { all: ['发票'], any: ['怎么', '哪里'] }
    expect(matches(rules, '發票怎麼開')).toBe(true)
    expect(matches(rules, '发票开好了')).toBe(false)
    expect(matches(rules, '怎么开门')).toBe(false)
  })

  it('never matches with an excluded word, whatever else does', () => {
    const rules = { any: ['退款'], none: ['已退款'], patterns: ['退.*'] }
    expect(matches(rules, '我要退款')).toBe(true)
    expect(matches(rules, '已退款，谢谢')).toBe(false)
    expect(isExcluded(readyRules(rules), '已 退款')).toBe(false)
    expect(isExcluded(readyRules(rules), '已退款')).toBe(true)
  })

  it('finds patterns anywhere, in any case and width', () => {
    expect(matches({ patterns: ['wi-?fi.{0,4}密码'] }, '店里的ＷｉＦｉ的密码是？')).toBe(true)
    expect(matches({ patterns: ['^密码$'] }, 'wifi密码')).toBe(false)
    expect(matches({ patterns: ['開門嗎？'] }, '你们开门吗？')).toBe(true)
    expect(matches({ patterns: ['（急）|\\（快）'] }, '(快)')).toBe(true)
    expect(matches({ patterns: ['[！？]{2}'] }, '人呢！?')).toBe(true)
    expect(matches({ patterns: ['ＷＩＦＩ　密码'] }, 'wifi 密码')).toBe(true)
  })

  it('matches nothing when it asks for nothing', () => {
    expect(matches({}, '你好')).toBe(false)
    expect(matches({ all: [''], any: [], none: ['x'] }, '你好')).toBe(false)
  })

  it('refuses a pattern that is none', () => {
    expect(() => readyRules({ patterns: ['(退款'] })).toThrow()
    expect(() => readyRules({ patterns: ['(?<=a)b'] })).toThrow()
  })

  it('is not stalled by a pattern that would be exponential elsewhere', () => {
    expect(matches({ patterns: ['(a+)+$'] }, `${'a'.repeat(4000)}b`)).toBe(false)
  })
})
