// The shop's own things: known however they are written, passed on in any group; and what is added to them is judged.
import { describe, expect, it } from 'vitest'
import { ownPost, withoutPosts } from '../../src/adfilter/own.ts'
import { prepare, signals } from '../../src/adfilter/signals.ts'
import { judge } from '../../src/adfilter/judgement.ts'

const watch = prepare({
  keywords: [],
  patterns: [],
  domains: [],
  own: ['微信 xianlin2026', '客服电话 138-0013-8000', 'https://weidian.example.com/s/123'],
})
const names = (text: string, posts: readonly string[] = []): string[] =>
  signals(watch, { text, posts }).map(({ name }) => name)

describe('own contacts and links', () => {
  it.each([
    ['客服微信号：xianlin2026', 'wechat'],
    ['加店长 V信 xian lin 2026 下单', 'wechat'],
    ['有事打 138 0013 8000', 'phone'],
    ['下单点 http://weidian.example.com/s/123?from=group', 'link'],
    ['看 weidian.example.com/s/123/item/9', 'link'],
  ])('%j shows no %s', (text, name) => {
    expect(names(text)).not.toContain(name)
  })

  it.each([
    ['微信 xianlin20266', 'wechat'],
    ['电话 13800138001', 'phone'],
    ['https://weidian.example.com/s/1234', 'link'],
    ['客服微信号：xianlin2026，或加微信 abc12345', 'wechat'],
  ])('%j shows %s', (text, name) => {
    expect(names(text)).toContain(name)
  })
})

describe('own posts', () => {
  const post = '今晚 8 点车厘子开团！下单加微信 shop8888，或扫海报上的码，先到先得'
  const posts = [ownPost(post) ?? '']

  it.each([post, `转发：${post}`, `【转发】「${post}」`, `群主让转\n${post}`, post.replaceAll('，', ' ')])(
    'are nothing of the sharer: %j',
    (text) => {
      expect(judge(signals(watch, { text, posts })).zone).toBe('clean')
      expect(names(text, posts)).not.toContain('wechat')
    },
  )

  it('leave what is added', () => {
    expect(withoutPosts(`转发：${post}\n也可以加微信 abc12345`, posts)).toContain('abc12345')
    expect(names(`${post}\n加微信 abc12345 更便宜`, posts)).toContain('wechat')
  })

  it('are known when they are longer than what is searched at once', () => {
    const long = Array.from({ length: 40 }, (_, i) => `${i + 1}. 第${i * 7 + 3}样好吃的，${i + 5}元一份`).join('\n')
    expect(withoutPosts(`转：${long}`, [ownPost(long) ?? ''])).toBe('')
  })

  it('are not what anybody says', () => {
    expect(ownPost('大家晚上好')).toBeUndefined()
  })
})
