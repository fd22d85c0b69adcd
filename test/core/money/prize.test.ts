// Prizes: what any feature may give by its settings, in words, as far as there is something to give.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { feature } from '../../../src/core/feature/feature.ts'
import { Prize } from '../../../src/core/money/prize.ts'
import { features } from '../../../src/features/index.ts'
import { Chat, settingsFrom } from '../../support/chat.ts'

const gift = feature({
  name: 'gift',
  summary: { zh: '礼物', en: 'gift' },
  config: z.strictObject({ prizes: z.array(Prize).default([]).describe('奖品') }),
  words: { gift: ['礼物'] },
  texts: { zh: { why: '礼物', got: '{{wanted}}：{{got}}' }, en: { why: 'gift', got: '{{wanted}}: {{got}}' } },
  onWord: {
    gift: ({ from }, { config, ledger, prizeText, text, replyText }) =>
      replyText(
        config.prizes
          .map((prize) =>
            text('got', { wanted: prizeText(prize), got: prizeText(ledger.give(from, prize, text('why'))) }),
          )
          .join('；'),
      ),
  },
})
const coupons = { kinds: { 小券: { value: '减3', valid: { days: 7 }, perMember: 2 } } }

function settings(prizes: unknown[], more: Record<string, unknown> = {}) {
  return { coupons, points: { dailyCap: 30, message: { points: 0 } }, gift: { prizes }, ...more }
}

describe('a prize', () => {
  it('is points, paid whole whatever the caps for chat say, or coupons as far as limits allow', () => {
    const config = settings([{ points: 20 }, { coupon: '小券' }, { coupon: '小券', count: 3 }, { points: 20 }])
    const g = new Chat({ features: [...features, gift], config })
    expect(g.says('小明', '礼物')).toEqual([
      '20 分：20 分；「小券」一张：「小券」一张；「小券」3 张：「小券」一张；20 分：20 分',
    ])
    expect(g.says('小明', '我的券')[0]).toContain('2 张')
    expect(g.says('小明', '积分')[0]).toContain('有 40 分')
  })

  it('leaves what may be earned by chat as it was', () => {
    const config = settings([{ points: 100 }], { points: { dailyCap: 30, message: { points: 1 } } })
    const g = new Chat({ features: [...features, gift], config })
    expect(g.says('小明', '礼物')).toEqual(['100 分：100 分'])
    g.says('小明', '今天运气真不错')
    expect(g.says('小明', '积分')).toEqual(['小明 现在有 101 分，今天得了 101 分。'])
  })

  it('names a coupon that exists, or the file is refused at that place', () => {
    const load = (prizes: unknown[]) => () =>
      settingsFrom([...features, gift], {
        bot: { botName: '圈子' },
        groups: { groups: [{ name: '群' }] },
        ...settings(prizes),
      })
    expect(load([{ coupon: '小券' }])).not.toThrow()
    expect(load([{ points: 5 }, { coupon: '小圈' }])).toThrow(
      /gift.yaml",\s+"line": 3,\s+"column": 13,\s+"text": "coupons.yaml 里没有「小圈」这种券，是不是想写「小券」/,
    )
    expect(load([{ coupon: '小券', count: 0 }])).toThrow(/count/)
  })
})
