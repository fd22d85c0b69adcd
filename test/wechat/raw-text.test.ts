// What people typed, out of what WeChat's web service writes; and the bot's own mentions and quotes taken apart.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wireText } from '../../src/standin/raw-text.ts'
import { quoting, typed, withoutMention } from '../../src/wechat/raw-text.ts'

describe('typed', () => {
  it.each([
    ['a&lt;b&gt; &amp;&quot;&#39;<br/>c', `a<b> &"'\nc`],
    ['&amp;lt;script&amp;gt;', '&lt;script&gt;'],
    ['早<span class="emoji emoji1f431"></span>', '早🐱'],
    ['<span class="emoji emoji1f1e81f1f3"></span><span class="emoji emoji002320e3"></span>', '🇨🇳#⃣'],
    ['&lt;span class="emoji emoji1f431"&gt;&lt;/span&gt;', '<span class="emoji emoji1f431"></span>'],
    ['&#0;&#1114112;&unknown; &', '&unknown; &'],
  ])('%s', (wire, text) => {
    expect(typed(wire)).toBe(text)
  })

  it('gives back whatever somebody typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => typed(wireText(text)) === text))
    const nasty = fc
      .array(fc.constantFrom('&', 'lt;', '<', 'br/', '>', '#38;', '\n', 'amp;', '<span ', ':'))
      .map((parts) => parts.join(''))
    fc.assert(fc.property(nasty, (text) => typed(wireText(text)) === text))
  })
})

const line = '- - - - - - - - - - - - - - -'

describe('quoting', () => {
  it.each([
    [`「小明：几点开门？」\n${line}\n八点`, { name: '小明', text: '几点开门？' }, '八点'],
    [`「小明：第一行\n第二行」\n${line}\n好\n的`, { name: '小明', text: '第一行\n第二行' }, '好\n的'],
    [`「A：「B：x」\n${line}\ny」\n${line}\nz`, { name: 'A', text: `「B：x」\n${line}\ny` }, 'z'],
    [`「A：他说「好」\n${line}\nz`, { name: 'A', text: '他说「好' }, 'z'],
    [`「没有名字」\n${line}\nz`, { name: '', text: '没有名字' }, 'z'],
    ['「只是引号」', null, '「只是引号」'],
    [`前面有字「A：x」\n${line}\nz`, null, `前面有字「A：x」\n${line}\nz`],
  ])('%j', (text, quote, reply) => {
    expect(quoting(text)).toEqual({ quote, reply })
  })

  it('loses nothing of a text that is only brackets', () => {
    const text = '「'.repeat(2000) + '」\n'.repeat(1000)
    expect(quoting(text)).toEqual({ quote: null, reply: text })
  })
})

describe('withoutMention', () => {
  const names = ['圈子助手', '小助手🐱', '助手 一号']
  it.each([
    ['@圈子助手\u2005积分', '积分', true],
    ['@圈子助手 积分', '积分', true],
    ['积分 @圈子助手', '积分', true],
    ['请问@小助手🐱\u2005几点开门', '请问几点开门', true],
    ['@助手 一号\u2005@圈子助手\u2005积分', '积分', true],
    ['@圈子助手的朋友 积分', '@圈子助手的朋友 积分', false],
    ['@小明\u2005积分', '@小明\u2005积分', false],
    ['@所有人 积分', '@所有人 积分', false],
    ['@圈子助手', '', true],
    ['a@圈子助手.com', 'a@圈子助手.com', false],
  ])('%j', (text, rest, addressed) => {
    expect(withoutMention(text, names)).toEqual({ text: rest, addressed })
  })

  it('knows a name in another width or emoji form', () => {
    expect(withoutMention('@ＢＯＴ❤\u2005hi', ['bot❤️'])).toEqual({ text: 'hi', addressed: true })
  })

  it('is not called by an empty name', () => {
    expect(withoutMention('@ 积分', ['', ''])).toEqual({ text: '@ 积分', addressed: false })
  })

  it('looks at a bomb of mentions without searching for each', () => {
    const bomb = '@'.repeat(4096)
    expect(withoutMention(bomb, names)).toEqual({ text: bomb, addressed: false })
    const spaced = '@\u2005'.repeat(2048)
    expect(withoutMention(spaced, names)).toEqual({ text: spaced, addressed: false })
  })
})
