// The normaliser: what counts as the same text, and which names can be shown.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, cleanName, comparedLength, squeezed, withoutEnd } from '../../../src/core/lib/text.ts'

/** Text of any code points, halves of surrogate pairs included. */
const anything = fc.array(fc.integer({ min: 0, max: 0x10ffff })).map((points) => String.fromCodePoint(...points))

describe('canonical', () => {
  it.each([
    ['签\u200b到', '签到'],
    ['　签到\n', '签到'],
    ['Ｃａｆé', 'café'],
    ['cafe\u0301', 'café'],
    ['臺灣的電話', '台湾的电话'],
    ['看著妳', '看着你'],
    ['<span class="emoji emoji1f431"></span>猫', '🐱猫'],
    ['<span class="emoji emoji1f1e81f1f3"></span>', '🇨🇳'],
    ['❤️', '❤'],
    ['\u202e到签\u2066', '到签'],
    ['A  B\t\tC', 'a b c'],
    ['加\u0336我\u0335', '加我'],
    ['1️⃣2️⃣', '12'],
    ['\ud800半', '半'],
    ['半\ud83d', '半'],
    ['か\u3099ｶﾞㄱㅏ', 'がガ가'],
    [' 👍🏽\ufe0f ok\u3000\n', '👍🏽 ok'],
    ['🄰ｘ🈶', 'ax有'],
  ])('reads %j as %j', (typed, read) => {
    expect(canonical(typed)).toBe(read)
  })

  it('keeps emoji and punctuation, which words may contain', () => {
    expect(canonical('好的👌!')).toBe('好的👌!')
  })

  it('changes nothing when applied again', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'aA é漢汉１⑩ⅣβΣ㎆\u200b\u0301\u20e3🐱\ufe0f 　\n<>') }),
        (text) => {
          expect(canonical(canonical(text))).toBe(canonical(text))
        },
      ),
    )
  })

  it('cannot be blown up', () => {
    expect(canonical('\ufdfa'.repeat(5000)).length).toBeLessThanOrEqual(comparedLength)
    expect(canonical('签'.repeat(100_000)).length).toBe(comparedLength)
    expect(canonical(`e${'\u0301\u0316'.repeat(5000)}`).length).toBeLessThan(5)
  })
})

describe('squeezed', () => {
  it.each([
    ['加 薇❤ ａｂｃ１２３', '加微信abc123'],
    ['V.信：abc', '微信abc'],
    ['➕扣扣 1 3 8-0013.8000', '加qq13800138000'],
    ['一三八零零一三八〇〇〇', '13800138000'],
    ['招 . 代 * 理😀日🔥结', '招代理日结'],
    ['威芯 abc', '微信abc'],
    ['Ｖ❌ 123', '微信123'],
    ['加我 w x 9527', '加我微信9527'],
    ['+v abc', '加微信abc'],
    ['скидка', 'ckидka'],
  ])('reads %j as %j', (typed, read) => {
    expect(squeezed(typed)).toBe(read)
  })

  it('leaves ordinary words alone', () => {
    expect(squeezed('hello world, see you')).toBe('hello world see you')
    expect(squeezed('企鹅好可爱，一二三')).toBe('企鹅好可爱一二三')
    expect(squeezed('the next express')).toBe('the next express')
  })
})

describe('cleanName', () => {
  it.each([
    ['小明', '小明'],
    ['小\n明', '小 明'],
    ['\u202e明小', '明小'],
    ['@所有人\u2005', '＠所有人'],
    ['a\u200b\u2060b', 'ab'],
    ['<span class="emoji emoji1f431"></span>', '🐱'],
    ['👨‍👩‍👧一家', '👨‍👩‍👧一家'],
    ['一二三四五六七八九十一二三四五六七八九十一', '一二三四五六七八九十一二三四五六七八九…'],
  ])('shows %j as %j', (name, shown) => {
    expect(cleanName(name)).toBe(shown)
  })

  it('says so when nothing is visible', () => {
    expect(cleanName('\u3164\u200b ')).toBe('（无名）')
    expect(cleanName('', '(no name)')).toBe('(no name)')
  })

  it('never breaks a line, mentions anybody or grows', () => {
    fc.assert(
      fc.property(anything, (name) => {
        const shown = cleanName(name)
        expect(shown).not.toMatch(/[\n\r\u2028\u2029@\u2005\u202a-\u202e\u2066-\u2069]/)
        expect(shown.length).toBeLessThan(260)
      }),
    )
  })
})

describe('withoutEnd', () => {
  it.each([
    ['签到！', '签到'],
    ['签到 👍🏽 ~', '签到'],
    ['（签到）a', '（签到）a'],
    ['！？', ''],
    ['', ''],
    ['𠮷', '𠮷'],
  ])('makes %j %j', (typed, meant) => {
    expect(withoutEnd(typed)).toBe(meant)
  })

  it('takes away all signs at the end and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a签𠮷👍！。 ~') }), (text) => {
        expect(withoutEnd(text)).toBe(text.replace(/[\p{P}\p{S}\s]+$/u, ''))
      }),
    )
  })
})
