// Signals by name, the three zones, and what an operator may set.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shippedGroups } from '../../src/features/moderation/groups.ts'
import { lesson, teach } from '../../src/adfilter/lessons.ts'
import { prepare, signals, type Message, type Rules } from '../../src/adfilter/signals.ts'
import { judge } from '../../src/adfilter/judgement.ts'
import { groupWeights } from '../../src/adfilter/weights.ts'

const rules: Rules = {
  keywords: shippedGroups.map((group) => ({ ...group, weight: groupWeights[group.name] ?? 0 })),
  patterns: [{ name: '暗号', pattern: '天王盖地虎\\d+', weight: 3 }],
  domains: ['shop.example.com', '*.example.org'],
  own: ['微信 kefu12345'],
}
const watch = prepare(rules)
const names = (message: Message): string[] => signals(watch, message).map(({ name }) => name)
const zone = (message: Message): string => judge(signals(watch, message)).zone

/** Text of any code points, halves of surrogate pairs included. */
const anything = fc.array(fc.integer({ min: 0, max: 0x10ffff })).map((points) => String.fromCodePoint(...points))

describe('signals', () => {
  it.each([
    ['加V芯 abc12345', 'wechat'],
    ['➕薇❤ a b c 1 2 3 4 5', 'wechat'],
    ['扣扣 1.2.3.4.5.6.7.8', 'qq'],
    ['电话 一三八 零零零零 一二三四', 'phone'],
    ['看这里 https://bad.example.net/x?a=1', 'link'],
    ['上 b a d.top 看看 bad.top/abc', 'link'],
    ['诚 招 代*理', 'words:agency'],
    ['天王盖地虎123', 'pattern:暗号'],
  ])('%j shows %s', (text, name) => {
    expect(names({ text })).toContain(name)
  })

  it.each([
    ['我们的店 https://shop.example.com/a', 'link'],
    ['看 http://a.b.example.org', 'link'],
    ['客服微信 kefu12345', 'wechat'],
    ['订单号 20251121000123456789', 'phone'],
    ['微信支付可以吗', 'wechat'],
    ['我的企鹅玩偶', 'qq'],
  ])('%j does not show %s', (text, name) => {
    expect(names({ text })).not.toContain(name)
  })

  it('is not fooled by a welcome domain inside a foreign link', () => {
    for (const text of [
      'https://shop.example.com.bad.top/',
      'https://shop.example.com@bad.top',
      'https://bad.top/shop.example.com',
    ])
      expect(names({ text })).toContain('link')
  })

  it('reads cards, codes and names beside the text', () => {
    expect(names({ text: '', links: ['https://bad.top'] })).toContain('link')
    expect(names({ text: '看图', titles: ['招代理'] })).toContain('words:agency')
    expect(names({ text: '大家好', nickname: '薇信abc12345' })).toContain('nickname')
    expect(names({ text: '加微信 abc12345', newcomer: true })).toContain('newcomer')
    expect(names({ text: '今晚八点直播间见，不见不散呀', repeats: 2 })).toContain('repeat')
    expect(names({ text: '收到', repeats: 50 })).not.toContain('repeat')
  })

  it('has words for every signal in both languages, and cannot be made to print more than a name', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const judged = judge(signals(watch, { text, nickname: text, links: [text], repeats: 3, newcomer: true }))
        const words = judged.signals.flatMap(({ zh, en }) => [zh, en])
        expect(words.every((one) => one.length > 0 && one.length < 80)).toBe(true)
        expect(words.join('')).not.toMatch(/[\n\r@]/)
        expect(judged.probability).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 50 },
    )
  })

  it('refuses a pattern that is none', () => {
    expect(() => prepare({ ...rules, patterns: [{ name: 'x', pattern: '(', weight: 1 }] })).toThrow()
  })
})

describe('zones', () => {
  it('are sure of plain advertisements', () => {
    expect(zone({ text: '诚招代理，日入500，加微信 abc12345' })).toBe('sure')
    expect(zone({ text: '诚·招·代·理，日·入500，加 薇❤ ａｂｃ12345' })).toBe('sure')
  })

  it('leave ordinary talk alone', () => {
    for (const text of ['今天几点送货', '好的', '微信支付可以吗', '谢谢大家的红包', '', '😀😀😀', '周末去不去爬山'])
      expect(zone({ text })).toBe('clean')
  })

  it('are never sure of harmless words because of the sender', () => {
    const message = {
      text: '大家早上好，今天天气真不错呀，出去走走',
      nickname: '微信abc12345',
      newcomer: true,
      repeats: 30,
      links: [],
    }
    expect(zone(message)).not.toBe('sure')
  })

  it('follow what the admins taught, at once and back again', () => {
    const text = '楼下新开的早餐店，豆浆油条都不错'
    const judged = (lessons: ReturnType<typeof lesson>[]): string =>
      judge(signals(watch, { text }, teach(lessons))).zone
    const before = judged([])
    expect(before).toBe('clean')
    expect(judged([lesson(text, true)])).not.toBe('clean')
    expect(judged([])).toBe(before)
  })

  it('let an operator’s word decide, unless a human has cleared nearly this text', () => {
    const text = '周末去公园野餐，一起唱天王盖地虎77'
    const judged = judge(signals(watch, { text }))
    expect(judged.zone).toBe('sure')
    expect(judged.signals.find(({ name }) => name === 'pattern:暗号')?.weight).toBe(3)
    expect(judge(signals(watch, { text }, teach([lesson(text, false)]))).zone).toBe('clean')
    const listed = prepare({
      ...rules,
      keywords: [{ name: '拉人头', zh: '拉人头', en: 'x', weight: 3, words: ['助力链接'] }],
    })
    const found = judge(signals(listed, { text: '谁有空帮我点一下助 力-链接呀谢谢大家' }))
    expect(found.zone).toBe('sure')
    expect(found.signals.find(({ name }) => name === 'words:拉人头')?.quote).toBe('助 力-链接')
  })

  it('ask at most about a contact alone, and about words that are only a little like advertisements', () => {
    for (const text of ['微信 abc12345', '店长微信 abc12345', '13812345678', '你微信多少，我加你'])
      expect(zone({ text }), text).not.toBe('sure')
  })

  it('tell insults from advertisements, and leave reports of insults alone', () => {
    for (const text of ['你就是个傻逼', '滚你妈的', '楼上真是脑残']) {
      expect(judge(signals(watch, { text })).kind, text).toBe('attack')
      expect(zone({ text }), text).not.toBe('clean')
    }
    for (const text of [
      '他骂我傻逼，我该怎么办',
      '大家别骂人，什么傻逼脑残的',
      '我真是个傻瓜',
      '草泥马是什么意思',
      '我爱你你这个神经病',
      '腰疼死了妈的',
    ])
      expect(zone({ text }), text).toBe('clean')
    expect(judge(signals(watch, { text: '你是傻逼才不做，兼职日结三百加微信 abc12345' })).kind).toBe('ad')
  })

  it('spare warnings of fraud, but no advertisement that borrows their words', () => {
    expect(zone({ text: '提醒大家：兼职刷单日结都是骗局，先垫付再返利的千万别信', newcomer: true })).toBe('clean')
    expect(zone({ text: '兼职刷单日结三百，不是骗局，加微信 abc12345' })).toBe('sure')
  })

  it('take a link to a large site for no reason', () => {
    for (const link of ['https://m.tb.cn/h.abc', 'https://meeting.tencent.com/dm/x', 'https://mp.weixin.qq.com/s/x'])
      expect(names({ text: `看看 ${link}` }), link).not.toContain('link')
    expect(names({ text: 'https://m.tb.cn.bad.top/x' })).toContain('link')
  })

  it('quote the words as typed', () => {
    const found = signals(watch, { text: '诚 招·代 理，日入500，加 薇❤ ａｂｃ12345' }, undefined, 'always')
    expect(found.find(({ name }) => name === 'wechat')?.quote).toBe('薇❤ ａｂｃ12345')
    expect(found.find(({ name }) => name === 'words:agency')?.quote).toMatch(/诚 招/)
  })
})
