// The learned model: what pieces see through, and that the shipped weights tell advertisements from talk.
import { describe, expect, it } from 'vitest'
import { squeezed } from '../../src/core/lib/text.ts'
import { bucketCount, logit, pieces, unpackModel } from '../../src/adfilter/model.ts'
import { lesson, sketchSize, teach } from '../../src/adfilter/lessons.ts'
import { packedModel } from '../../src/adfilter/weights.ts'

const model = unpackModel(packedModel)
const rate = (text: string): number => logit(model, pieces(text))

describe('pieces', () => {
  it('are distinct buckets', () => {
    const found = pieces('加微信abc123，日入500')
    expect(new Set(found).size).toBe(found.length)
    expect([...found].every((bucket) => bucket >= 0 && bucket < bucketCount)).toBe(true)
  })

  it('are the same in full width, traditional characters and with invisible ones between', () => {
    expect(pieces('招\u200b代\u2060理，電話１２３')).toEqual(pieces('招代理，电话123'))
  })

  it('share the sound when characters are misspelled', () => {
    const right = new Set(pieces('招代理'))
    const shared = (text: string): number => [...pieces(text)].filter((bucket) => right.has(bucket)).length
    expect(shared('找待里')).toBeGreaterThan(shared('看电影'))
  })

  it('stay bounded for texts of any length', () => {
    expect(pieces('广'.repeat(1_000_000)).length).toBeLessThan(100)
    expect(pieces('').length).toBeGreaterThan(0)
  })
})

describe('the shipped weights', () => {
  it.each([
    '诚招代理日入过千，加薇❤ abc123',
    '跑分车队长期稳定，接一道二道，联系电报',
    '澳门百家乐首充送88，上分秒到账，网址 abc888点com',
  ])('think that %j is an advertisement', (text) => {
    expect(rate(text)).toBeGreaterThan(1)
  })

  it.each([
    '今天几点送货呀',
    '我的快递到了吗',
    '好的谢谢',
    '签到',
    '明天下午三点在小区门口集合',
    '这个苹果多少钱一斤',
    'ok see you tomorrow',
  ])('think that %j is talk', (text) => {
    expect(rate(text)).toBeLessThan(-1)
  })

  it('refuse to be cut short', () => {
    expect(() => unpackModel({ ...packedModel, base64: packedModel.base64.slice(0, 1000) })).toThrow(/weights/)
  })
})

describe('lessons', () => {
  const ad = '本店周年庆全场五折，到店报我名字再送小礼物'
  const talk = '晚上一起去公园跑步吗，老地方见'

  it('move the taught text most, its near copies less, others not at all', () => {
    const taught = teach([lesson(ad, true)])
    const copy = taught.shift(squeezed(`${ad}哦，欢迎`))
    expect(taught.shift(squeezed(ad))).toBeGreaterThan(copy)
    expect(copy).toBeGreaterThan(2)
    expect(taught.shift(squeezed(talk))).toBe(0)
  })

  it('move down what was cleared, and balance when both were said', () => {
    expect(teach([lesson(ad, false)]).shift(squeezed(ad))).toBeLessThan(-5)
    expect(teach([lesson(ad, false), lesson(ad, true)]).shift(squeezed(ad))).toBe(0)
  })

  it('leave nothing behind when taken away, whatever their order', () => {
    const others = [lesson(talk, false), lesson('转让闲置婴儿车九成新', true)]
    const probe = `${ad}！`
    expect(teach([lesson(ad, true), ...others].filter((one) => one.sketch.length > 0)).shift(squeezed(probe))).not.toBe(
      teach(others).shift(squeezed(probe)),
    )
    expect(teach([...others].reverse()).shift(squeezed(talk))).toBe(teach(others).shift(squeezed(talk)))
    expect(teach(others).shift(squeezed(probe))).toBe(teach(others.slice()).shift(squeezed(probe)))
  })

  it('are plain data without the words, and survive a restart', () => {
    const one = lesson(ad.repeat(20), true)
    expect(one.sketch.length).toBe(sketchSize)
    const restored = JSON.parse(JSON.stringify(one)) as typeof one
    expect(restored).toEqual(one)
    expect(JSON.stringify(one)).not.toMatch(/\p{Script=Han}/u)
  })

  it('see through the usual tricks', () => {
    expect(teach([lesson(ad, true)]).shift(squeezed([...ad].join('·')))).toBeGreaterThan(8)
  })
})
