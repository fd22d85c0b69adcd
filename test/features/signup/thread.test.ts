// WeChat's own 接龙 texts: read as people really write them, and put together when several extend the same version.
import { describe, expect, it } from 'vitest'
import { readOrder } from '../../../src/features/signup/order.ts'
import { merge, readThread, type Known } from '../../../src/features/signup/thread.ts'

function orders(text: string, items: readonly string[], points: readonly string[] = []) {
  return (readThread(text)?.lines ?? []).map(({ name, rest }) => {
    const { counts, point, doubts } = readOrder(rest, items, points)
    return [name, Object.fromEntries(counts), ...(point === null ? [] : [point]), ...(doubts.length > 0 ? ['?'] : [])]
  })
}

describe('a native thread', () => {
  it('1: plain, with an example line', () => {
    const text =
      '#接龙\n周五团购 草莓25/盒 土鸡蛋18/板\n例 小明 草莓2\n\n1. 小明 草莓2 鸡蛋1\n2. 阿花 草莓1\n3. 大刘 鸡蛋2板'
    expect(readThread(text)?.title).toBe('周五团购 草莓25/盒 土鸡蛋18/板')
    expect(orders(text, ['草莓', '土鸡蛋'])).toEqual([
      ['小明', { 草莓: 2, 土鸡蛋: 1 }],
      ['阿花', { 草莓: 1 }],
      ['大刘', { 土鸡蛋: 2 }],
    ])
  })

  it('2: the title behind the sign, other signs behind the numbers, full width', () => {
    const text = '＃接龙：本周牛奶\n１．小明 牛奶２箱\n2、阿花：牛奶 x 1\n(3) 可可，牛奶＊3'
    expect(readThread(text)?.title).toBe('本周牛奶')
    expect(orders(text, ['牛奶'])).toEqual([
      ['小明', { 牛奶: 2 }],
      ['阿花', { 牛奶: 1 }],
      ['可可', { 牛奶: 3 }],
    ])
  })

  it('3: emoji in names, titles and as numbers', () => {
    const text = '#接龙\n🍓草莓🍓团购🎉\n\n1️⃣ 小明🌟 草莓2️⃣盒\n2️⃣ 🍀阿花 🍓草莓1盒❤️\n③ 大刘 草莓三盒💪'
    expect(orders(text, ['草莓'])).toEqual([
      ['小明🌟', { 草莓: 2 }],
      ['🍀阿花', { 草莓: 1 }],
      ['大刘', { 草莓: 3 }],
    ])
  })

  it('4: comments between the lines, and lines that run on', () => {
    const text =
      '#接龙\n车厘子拼团\n2斤一箱 128元\n截止周五18:00\n\n1. 小明 1箱\n（小明说要大果）\n2. 阿花 2箱\n   周六来拿，谢谢\n\n@大刘 你要不要\n3. 大刘 +1'
    expect(orders(text, ['车厘子'])).toEqual([
      ['小明', { 车厘子: 1 }],
      ['阿花', { 车厘子: 2 }],
      ['大刘', { 车厘子: 1 }],
    ])
  })

  it('5: addresses, telephones and times are no quantities', () => {
    const text =
      '#接龙\n东门自提\n1. 3-502 小明 草莓2\n2. 阿花 13800138000 草莓1 18:30拿\n3. 5号楼王姐 草莓3盒 8点后\n4. 大刘 2栋1单元 草莓'
    expect(orders(text, ['草莓']).map(([, counts]) => counts)).toEqual([
      { 草莓: 2 },
      { 草莓: 1 },
      { 草莓: 3 },
      { 草莓: 1 },
    ])
  })

  it('6: quantities ahead, each, none, and Chinese numerals', () => {
    const text =
      '#接龙\n水果\n1. 小明 2盒草莓1份鸡蛋\n2. 阿花 草莓鸡蛋各两份\n3. 可可 一份草莓\n4. 大刘 草莓不要了，鸡蛋十板\n5. 老王 都要'
    expect(orders(text, ['草莓', '鸡蛋'])).toEqual([
      ['小明', { 草莓: 2, 鸡蛋: 1 }],
      ['阿花', { 草莓: 2, 鸡蛋: 2 }],
      ['可可', { 草莓: 1 }],
      ['大刘', { 草莓: 0, 鸡蛋: 10 }],
      ['老王', {}],
    ])
  })

  it('7: pick-up points', () => {
    const text = '#接龙\n周末团\n1. 小明 草莓1 东门\n2. 阿花 西门 草莓2'
    expect(orders(text, ['草莓'], ['东门', '西门'])).toEqual([
      ['小明', { 草莓: 1 }, '东门'],
      ['阿花', { 草莓: 2 }, '西门'],
    ])
  })

  it('8: what is not plain is doubtful', () => {
    const text = '#接龙\n周末团\n1. 小明 草莓2还是3盒\n2. 阿花 苹果2\n3. 大刘 草莓1 苹果3箱\n4. 可可 草莓2？'
    expect(orders(text, ['草莓', '鸡蛋']).map((line) => line.at(-1))).toEqual(['?', '?', '?', '?'])
  })

  it('9: a list of people', () => {
    const text = '#接龙\n周六羽毛球\n1. 小明\n2. 阿花 带2人\n3. 大刘 +1\n4. 可可（请假）'
    expect(orders(text, [])).toEqual([
      ['小明', {}],
      ['阿花', { '': 3 }],
      ['大刘', { '': 1 }],
      ['可可', { '': 0 }],
    ])
  })

  it('10: prices beside the items, and a member without anything', () => {
    const text = '#接龙\n周三菜单\n1. 小明 草莓25元一盒 2盒\n2. 阿花 鸡蛋 18元 1板\n3. 大刘'
    expect(orders(text, ['草莓', '鸡蛋'])).toEqual([
      ['小明', { 草莓: 2 }],
      ['阿花', { 鸡蛋: 1 }],
      ['大刘', {}],
    ])
  })

  it('is not every text with numbers', () => {
    for (const text of ['接龙 草莓2', '1. 小明\n2. 阿花', '#接龙', '今天#接龙', '#接龙活动什么时候开始'])
      expect(readThread(text)?.lines ?? [], text).toEqual([])
  })
})

describe('versions', () => {
  const by = (writer: string) => ({
    ownerOf: (line: string) => line.split(' ')[0] ?? '',
    isOwn: (line: string) => line.startsWith(writer),
  })
  const after = (steps: [writer: string, lines: string[]][]) => {
    let known: Known = { lines: [], versions: [] }
    let kept: string[] = []
    for (const [writer, lines] of steps) {
      const merged = merge(known, lines, by(writer))
      kept = merged.kept
      known = { lines: merged.lines, versions: [...known.versions, lines] }
    }
    return { lines: known.lines, kept }
  }
  const [ming, hua, liu, ke] = ['小明 草莓2', '阿花 鸡蛋1', '大刘 草莓1', '可可 草莓3'] as const

  it('one after the other add up', () => {
    expect(
      after([
        ['小明', [ming]],
        ['阿花', [ming, hua]],
        ['大刘', [ming, hua, liu]],
      ]),
    ).toEqual({ lines: [ming, hua, liu], kept: [] })
  })

  it('of which two extend the same keep both lines', () => {
    const fork = after([
      ['小明', [ming]],
      ['阿花', [ming, hua]],
      ['大刘', [ming, liu]],
    ])
    expect(fork).toEqual({ lines: [ming, hua, liu], kept: [hua] })
  })

  it('take a change or a removal by who stands in the line', () => {
    expect(
      after([
        ['小明', [ming, hua]],
        ['阿花', [ming, '阿花 鸡蛋3']],
      ]).lines,
    ).toEqual([ming, '阿花 鸡蛋3'])
    expect(
      after([
        ['小明', [ming]],
        ['阿花', [ming, hua]],
        ['阿花', [ming]],
      ]),
    ).toEqual({ lines: [ming], kept: [] })
  })

  it('do not bring back what was changed or taken out meanwhile', () => {
    const start: [string, string[]] = ['阿花', [ming, hua]]
    expect(after([start, ['小明', ['小明 草莓5', hua]], ['大刘', [ming, hua, liu]]]).lines).toEqual([
      '小明 草莓5',
      hua,
      liu,
    ])
    expect(after([start, ['小明', [hua]], ['大刘', [ming, hua, liu]]]).lines).toEqual([hua, liu])
  })

  it('keep a line of somebody else that is left out', () => {
    expect(
      after([
        ['阿花', [ming, hua]],
        ['大刘', [hua, liu]],
      ]),
    ).toEqual({ lines: [ming, hua, liu], kept: [ming] })
  })

  it('of an admin who corrects a line count', () => {
    expect(
      after([
        ['阿花', [ming, hua]],
        ['可可', ['小明 草莓9', hua, ke]],
      ]).lines,
    ).toEqual(['小明 草莓9', hua, ke])
  })
})
