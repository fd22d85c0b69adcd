// The answer library's ranking: what is found, what is passed over in silence, and that no text is costly.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderedLength } from '../../src/search/closeness.ts'
import { buildIndex, candidates, postingsRead, search } from '../../src/search/ranker.ts'
import { read } from '../../src/search/reading.ts'
import { readLength } from '../../src/search/units.ts'

const shop = buildIndex([
  { id: 'hours', phrasings: ['你们几点开门？', '营业时间是什么时候'] },
  { id: 'refund', phrasings: ['收到的水果坏了怎么退款', '坏果怎么赔'] },
  { id: 'address', phrasings: ['自提点在哪里'] },
  { id: 'invoice', phrasings: ['可以开发票吗'] },
  { id: 'no-invoice', phrasings: ['为什么不可以开发票'] },
  { id: 'coupon', phrasings: ['优惠券怎么用'] },
  { id: 'wifi', phrasings: ['How do I get the wifi password?'] },
])
const best = (text: string) => search(shop, text, 1)[0]

/** Levels of a small library; see calibration.ts. */
const answerLevel = 0.75
const askedLevel = 0.5

describe('what is found', () => {
  it('scores 1 for the same text in another width, script, case or punctuation', () => {
    for (const text of ['自提点在哪里', '自提點在哪裡？？', '  自提点，在哪里！', 'how do i get the WIFI password']) {
      expect(best(text)?.score, text).toBe(1)
    }
  })

  it.each([
    ['几点开门呀', 'hours'],
    ['请问营业时间', 'hours'],
    ['水果坏了怎么退款啊', 'refund'],
    ['自提点在什么地方', 'address'],
    ['自提点在哪儿呢', 'address'],
    ['能不能开发票', 'invoice'],
    ['这个优惠券要咋用', 'coupon'],
    ['你好，请问自提点在哪？谢谢', 'address'],
    ['wifi password please', 'wifi'],
  ])('answers %s with %s when asked', (text, id) => {
    const hit = best(text)
    expect(hit?.id).toBe(id)
    expect(hit?.score).toBeGreaterThanOrEqual(askedLevel)
  })

  it.each([
    ['代金券咋用', 'coupon', '优惠券怎么用'],
    ['提货点在哪', 'address', '自提点在哪里'],
    ['烂果子咋赔偿', 'refund', '坏果怎么赔'],
  ])('answers %s, which says %s in other words', (text, id, phrasing) => {
    expect(best(text)).toMatchObject({ id, phrasing })
    expect(best(text)?.score).toBeGreaterThanOrEqual(askedLevel)
  })

  it('finds an entry by what only its answer says', () => {
    const florist = buildIndex([
      { id: 'delivery', phrasings: ['可以送花上门吗'], answer: '市区都送' },
      { id: 'invoice', phrasings: ['能开发票吗'], answer: '可以开电子普票' },
      { id: 'plants', phrasings: ['卖不卖绿植'], answer: '有绿萝、龟背竹、发财树' },
    ])
    expect(search(florist, '龟背竹有吗', 1)[0]?.id).toBe('plants')
  })

  it('finds an entry by a word of its answer beside one that shares only the question word', () => {
    const cafe = buildIndex([
      { id: 'price', phrasings: ['How much is a cake?'], answer: 'From 35 pounds.' },
      { id: 'coffee', phrasings: ['Do you serve coffee?'], answer: 'Cappuccino 3.20, tea 2.' },
    ])
    expect(search(cafe, 'any cappuccino', 1)[0]?.id).toBe('coffee')
  })

  it('reads the forms of an English word, and how it is typed in a chat, as the same', () => {
    expect(best('hows the wifi passwords')?.id).toBe('wifi')
    const bakery = buildIndex([{ id: 'deliver', phrasings: ['Do you deliver cakes?'] }])
    expect(search(bakery, 'do u deliver cake', 1)[0]?.score).toBe(1)
  })

  it('prefers the word itself to a synonym', () => {
    const both = buildIndex(['运费多少', '邮费多少'].map((phrasing) => ({ id: phrasing, phrasings: [phrasing] })))
    expect(search(both, '邮费要多少', 2).map(({ id }) => id)).toEqual(['邮费多少', '运费多少'])
  })

  it('finds an entry that shares nothing but synonyms', () => {
    expect(search(buildIndex([{ id: 'due', phrasings: ['保质期'] }]), '过期', 1)).toHaveLength(1)
  })

  it('tells a question from its denial', () => {
    expect(best('为啥不能开发票')?.id).toBe('no-invoice')
    expect(best('能开发票吗')?.id).toBe('invoice')
  })

  it('takes the nearest wording of an entry, and each entry once', () => {
    const hits = search(shop, '坏果怎么退款', 5)
    expect(hits[0]?.id).toBe('refund')
    expect(new Set(hits.map((hit) => hit.id)).size).toBe(hits.length)
    expect(best('坏果怎么赔呀')?.phrasing).toBe('坏果怎么赔')
  })

  it('keeps the order of the library among equals', () => {
    const twins = buildIndex(['b', 'a', 'c'].map((id) => ({ id, phrasings: ['快递几天到', '快递几天到'] })))
    expect(search(twins, '快递几天到', 3).map((hit) => hit.id)).toEqual(['b', 'a', 'c'])
    expect(search(twins, '快递要几天才到', 2).map((hit) => hit.id)).toEqual(['b', 'a'])
  })

  it('counts less what all entries of a library share', () => {
    const rent = buildIndex(
      ['租车要多少押金', '租车带什么证件', '租车一天多少钱', '租车可以异地还吗'].map((phrasing) => ({
        id: phrasing,
        phrasings: [phrasing],
      })),
    )
    expect(search(rent, '租个车一天啥价', 1)[0]?.id).toBe('租车一天多少钱')
  })
})

describe('silence', () => {
  it.each(['哈哈哈哈', '晚上吃什么', '好的', '我到了', '今天好冷啊', '谢谢老板', '怎么了', '为什么', '😂😂', '1'])(
    'leaves %s alone',
    (text) => {
      expect(best(text)?.score ?? 0).toBeLessThan(answerLevel)
    },
  )

  it('leaves a long story alone that mentions a topic', () => {
    const story =
      '昨天去爬山，路上遇到老同学，聊了好久，后来一起吃了火锅，优惠券也没用上，回来累得不行，今天腿还疼着呢，'
    expect(best(story.repeat(40))?.score ?? 0).toBeLessThan(answerLevel)
  })

  it('finds nothing where nothing is shared, and in an empty library', () => {
    expect(search(shop, '🎉', 3)).toEqual([])
    expect(search(shop, '', 3)).toEqual([])
    expect(search(buildIndex([]), '几点开门', 3)).toEqual([])
    expect(search(buildIndex([{ id: 'x', phrasings: ['？？', ''] }]), '？？', 3)).toEqual([])
  })

  it('still answers an entry that is nothing but a courtesy', () => {
    const greeting = buildIndex([{ id: 'hello', phrasings: ['请问'] }])
    expect(search(greeting, '请问', 1)).toEqual([{ id: 'hello', score: 1, phrasing: '请问' }])
  })
})

describe('any text', () => {
  it('is searched without an error, with scores from 0 to 1 in falling order, and twice the same', () => {
    const odd = fc.oneof(
      fc.array(fc.nat(0xffff), { maxLength: 300 }).map((units) => String.fromCharCode(...units)),
      fc.string({
        unit: fc.constantFrom('开', '发', '票', '吗', '不', '能', ' ', '\u200b', '\ud83d', 'a', '0', '?'),
        maxLength: 60,
      }),
    )
    fc.assert(
      fc.property(odd, fc.integer({ min: 1, max: 5 }), (text, limit) => {
        const hits = search(shop, text, limit)
        expect(hits.length).toBeLessThanOrEqual(limit)
        let last = 1
        for (const { score } of hits) {
          expect(score).toBeGreaterThanOrEqual(0)
          expect(score).toBeLessThanOrEqual(last)
          last = score
        }
        expect(search(shop, text, limit)).toEqual(hits)
      }),
      { numRuns: 100, seed: 7 },
    )
  })

  it('costs a bounded amount of work, however long it is', () => {
    const longest = Array.from({ length: 4096 }, (_, i) => String.fromCharCode(0x4e00 + i)).join('')
    for (const text of [
      longest,
      '能'.repeat(4096),
      '你好 '.repeat(1400),
      '?'.repeat(4096),
      'a '.repeat(2048),
      '\u0301'.repeat(4096),
    ]) {
      const { units, words, pairs } = read(text)
      expect(units.length).toBeLessThanOrEqual(readLength)
      expect(words.size + pairs.length).toBeLessThan(2 * readLength)
      expect(search(shop, text, 3).length).toBeLessThanOrEqual(3)
    }
    expect(orderedLength).toBeLessThanOrEqual(readLength)
  })

  it('reads a bounded number of postings in a library where all entries share their words', () => {
    let seen = 0
    const countedList = (list: Uint32Array) =>
      new Proxy(list, {
        get(target, key) {
          if (key === Symbol.iterator) seen += target.length
          const value: unknown = Reflect.get(target, key, target)
          return typeof value === 'function' ? (value as () => unknown).bind(target) : value
        },
      })
    const same = buildIndex(
      Array.from({ length: 9000 }, (_, i) => ({ id: String(i), phrasings: [`怎么开通会员服务${i}`] })),
    )
    const postings = [...same.postings].map(([unit, { all, before }]) => {
      const lists = [...before].map(([next, list]) => [next, countedList(list)] as const)
      return [unit, { all: countedList(all), before: new Map(lists) }] as const
    })
    const meanings = [...same.meanings].map(([group, list]) => [group, countedList(list)] as const)
    const counted = { ...same, postings: new Map(postings), meanings: new Map(meanings) }
    const found = candidates(counted, read('怎么开通会员服务8999'), 12)
    expect(found[0]).toBe(8999)
    expect(seen).toBeGreaterThan(0)
    expect(seen).toBeLessThanOrEqual(2 * postingsRead)
  })
})
