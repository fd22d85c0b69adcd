// Scratch cards: cost, prizes, the daily commitment, and checking them the next day.
import { describe, expect, it } from 'vitest'
import { cardNumber, verify } from '../../scripts/verify-draw.mjs'
import { Chat } from '../support/chat.ts'

const prizes = [
  { name: '10元券', chance: 2000, gives: { coupon: '10元券' } },
  { name: '2分', chance: 3000, gives: { points: 2 } },
]
const config = {
  scratch: { cost: 5, perDay: 20, prizes },
  coupons: { kinds: { '10元券': { value: '减 10 元', valid: { days: 30 } } }, welcome: {}, alarmAt: 0 },
  points: { message: { points: 0 } },
}

function chat(more: Record<string, unknown> = {}): Chat {
  const g = new Chat({ config: { ...config, ...more } })
  g.admin('/points add @小明 1000 测试')
  return g
}

const pointsOf = (g: Chat) => Number(/有 (\d+) 分/.exec(g.says('小明', '积分')[0] ?? '')?.[1])

describe('scratch cards', () => {
  it('cost points, win by the table that the day began with, and can be checked the day after', () => {
    const g = chat()
    const [first = ''] = g.says('小明', '刮刮乐')
    expect(first).toMatch(
      /（第 1 张），今天还能刮 19 张\n今天的奖表和承诺.*\n奖表：10元券 0-1999；2分 2000-4999；其余没中\n承诺：[0-9a-f]{64}$/,
    )
    g.configure({ scratch: { cost: 5, perDay: 20, prizes: [{ name: '1分', chance: 10_000, gives: { points: 1 } }] } })
    for (let i = 0; i < 19; i++) {
      g.after('1m')
      g.says('小明', '刮刮乐')
    }
    expect(g.says('小明', '刮刮乐')).toEqual(['小明 今天的 20 张刮完了，明天再来。'])
    expect(g.says('小明', '刮刮乐 验证')[0]).not.toContain('种子：')
    g.tomorrow()
    const [proof = ''] = g.says('小明', '刮刮乐 验证')
    expect(verify(`${first}\n${proof}`).lines[0]).toBe('刮刮乐 g1 2026-11-21：承诺和 20 张卡都对得上')
    expect(verify(proof.replace('2分 2000', '2分 2001'))).toMatchObject({ ok: false })
    expect(verify(proof.replace(/^1\. m1 → \d/m, '1. m1 → 77'))).toMatchObject({ ok: false })
    const won = (prize: string) => proof.split('\n').filter((line) => line.includes('→') && line.endsWith(prize)).length
    expect(pointsOf(g)).toBe(1000 - 20 * 5 + won(' 2分') * 2)
    expect(g.says('小明', '我的券')[0]).toContain(`${won('10元券')} 张`)
    expect(g.errors).toEqual([])
  })

  it('are refused to those who cannot pay or are not sure, and outside groups', () => {
    const g = chat()
    expect(g.says('阿花', '刮刮乐')).toEqual(['参加要 5 分，阿花 现在有 0 分，还不够。'])
    g.doubt('小明')
    expect(g.says('小明', '刮刮乐')[0]).toContain('身份还在核对')
    g.after('1m')
    expect(g.tells('小明', '刮刮乐')).toEqual(['刮刮乐要在群里玩。'])
    expect(g.says('小明', '刮刮乐真好玩')).toEqual([])
    expect(g.says('小明', '刮刮乐 手气不错')).toEqual([])
  })

  it('are not sold, and take nothing, once a prize has run out', () => {
    const kinds = { '10元券': { value: '减 10 元', valid: { days: 30 }, stock: 1 } }
    const g = chat({
      coupons: { kinds, welcome: {}, alarmAt: 0 },
      scratch: { cost: 5, prizes: [{ name: '10元券', chance: 10_000, gives: { coupon: '10元券' } }] },
    })
    expect(g.says('小明', '刮刮乐')[0]).toContain('刮中「10元券」')
    expect(g.says('小明', '刮刮乐').at(-1)).toContain('先不刮，积分没有动')
    expect(pointsOf(g)).toBe(995)
    g.admin(`/undo L${g.last('scratch.cards').seq}`)
    expect(g.says('小明', '刮刮乐').at(-1)).toContain('（第 2 张）')
  })

  it('have a table of their own that is opened by a line, with its own cost, number and seed', () => {
    const g = chat()
    g.says('小明', '刮刮乐')
    expect(g.admin('/scratch preview 国庆刮刮乐 票价 3')[0]).toMatch(/\n奖表：10元券 0-1999；2分 2000-4999；其余没中$/)
    const [opened = '', told] = g.admin('/scratch new 国庆刮刮乐 票价 3 每人 2 截止 22:00')
    expect(opened).toMatch(
      /^→福利群 🎰 国庆刮刮乐 #2 开始，3 分一张，当场开奖。\n回复「刮刮乐」刮一张。\n奖表：10元券 0-1999；2分 2000-4999；其余没中\n承诺：[0-9a-f]{64}\n⏰ 11-21 22:00 截止 · 每人最多 2 张$/,
    )
    expect(told).toContain('刮刮乐「国庆刮刮乐」 #2 已在「福利群」开始')
    expect(g.says('小明', '刮刮乐')[0]).toMatch(/（第 1 张），还能刮 1 张$/)
    expect(g.says('小明', '刮刮乐')[0]).toMatch(/（第 2 张）$/)
    expect(g.says('小明', '刮刮乐')).toEqual(['小明 的 2 张刮完了。'])
    expect(g.admin('/list 2')[0]).toContain('1. 小明 2')
    expect(g.says('小明', '刮刮乐 验证 2')[0]).toContain('种子结束以后公布')
    const ended = g.until(Date.parse('2026-11-21T22:00:01+08:00')).join('\n')
    expect(ended).toMatch(/🎰 国庆刮刮乐 #2 结束，刮了 2 张，中了 \d 张。\n回复「刮刮乐 验证 2」看种子。/)
    const [proof = ''] = g.says('小明', '刮刮乐 验证 2')
    expect(verify(`${opened}\n${proof}`)).toMatchObject({ ok: true })
    expect(verify(`${opened}\n${proof}`).lines[0]).toBe('刮刮乐 #2：承诺和 2 张卡都对得上')
    // The day's own cards go on where they were.
    expect(g.says('小明', '刮刮乐')[0]).toContain('（第 2 张）')
    expect(g.errors).toEqual([])
  })

  it('set the coupon that the next card may win aside, so no card is paid for that could not be honoured', () => {
    const kinds = { '10元券': { value: '减 10 元', valid: { days: 30 }, stock: 2 } }
    const g = chat({ coupons: { kinds, welcome: {}, alarmAt: 0 } })
    g.says('小明', '刮刮乐')
    expect(g.admin('/draw new 周末 10元券x2 群 福利群')[0]).toMatch(
      /只剩 1 张，不够 2 张。刮刮乐 #1 占了 1 张|只剩 [01] 张/,
    )
    expect(g.admin('/cancel 1 奖品有误')[0]).toContain('取消 #1')
    expect(g.admin('/yes').join('\n')).toContain('取消：奖品有误。刮过的算数')
    expect(pointsOf(g)).toBeLessThanOrEqual(997)
  })

  it('are not there where there are no points', () => {
    const g = chat({ groups: { groups: [{ name: '福利群', features: { points: false } }] } })
    expect(g.says('小明', '刮刮乐')).toEqual(['这里没有刮刮乐。'])
    expect(g.admin('/scratch new 国庆')[0]).toBe('「福利群」没有打开积分，开不了要花积分或发积分的刮刮乐。')
  })

  it('end quietly at midnight, and are a new table the day after', () => {
    const g = chat()
    g.says('小明', '刮刮乐')
    expect(g.tomorrow().join('')).not.toContain('刮')
    expect(g.says('小明', '刮刮乐')[0]).toContain('（第 1 张），今天还能刮 19 张\n今天的奖表')
    expect(g.admin('/activities')[0]).not.toContain('#1 ')
  })

  it('refuse a table that wins more often than there are cards', () => {
    expect(() =>
      chat({ scratch: { prizes: [...prizes, { name: '大奖', chance: 6000, gives: { points: 1 } }] } }),
    ).toThrow(/11000/)
  })

  it('win as often as the table says', () => {
    const counts = [0, 0, 0]
    const seed = 'ab'.repeat(32)
    for (let no = 1; no <= 10_000; no++) {
      const number = cardNumber({ day: 'g1 2026-11-21', seed }, no, `m${no % 50}`)
      const which = number < 2000 ? 0 : number < 5000 ? 1 : 2
      counts[which] = (counts[which] ?? 0) + 1
    }
    const chiSquare = [2000, 3000, 5000].reduce(
      (sum, expected, i) => sum + ((counts[i] ?? 0) - expected) ** 2 / expected,
      0,
    )
    // p = 0.001 with 2 degrees of freedom.
    expect(chiSquare).toBeLessThan(13.82)
  })
})
