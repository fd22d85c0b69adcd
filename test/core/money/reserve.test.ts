// Coupons set aside for a promise: nobody else gets them, they are given or let go, and an undo gives them back.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { arg } from '../../../src/core/feature/arguments.ts'
import { feature } from '../../../src/core/feature/feature.ts'
import { features } from '../../../src/features/index.ts'
import { Chat } from '../../support/chat.ts'

const number = arg.int({ zh: '几', en: 'n' }, { min: 1, max: 99, example: 1 })
/** Promises coupons, gives what was promised, or lets go of it. */
const promise = feature({
  name: 'promise',
  summary: { zh: '许诺', en: 'promise' },
  config: z.strictObject({}),
  words: { mine: ['兑现'] },
  texts: { zh: { said: '{{what}}' }, en: { said: '{{what}}' } },
  onWord: {
    mine: ({ from }, { ledger, prizeText, reply }) =>
      reply('said', { what: prizeText(ledger.give(from, { coupon: '小券', count: 1 }, '许诺', 'p-1')) || '没有了' }),
  },
  commands: {
    promise: {
      summary: { zh: '许诺几张', en: 'promise' },
      role: 'admin',
      args: { no: number, count: number },
      run({ no, count }, { ledger, reply }) {
        const short = ledger.coupons.reserve(`p-${no}`, `许诺 #${no}`, new Map([['小券', count]]))
        if (!short) return reply('said', { what: '好' })
        const held = [...short.held].map(([by, n]) => `${by} ${n}`).join('、')
        return reply('said', { what: `只有 ${short.left}，${held}` })
      },
    },
    letgo: {
      summary: { zh: '放开', en: 'let go' },
      role: 'admin',
      args: { no: number },
      run({ no }, { ledger, reply }) {
        ledger.coupons.release(`p-${no}`)
        return reply('said', { what: '放开了' })
      },
    },
  },
})
const coupons = { kinds: { 小券: { value: '减3', valid: { days: 7 }, stock: 3, perMember: 2 } }, transfer: true }
const shop = { items: [{ coupon: '小券', points: 1 }] }
const chat = () => {
  const g = new Chat({ features: [...features, promise], config: { coupons, shop, order: { enabled: false } } })
  g.admin('/points add @小明 10 试')
  g.admin('/points add @阿花 10 试')
  return g
}

describe('a promise', () => {
  it('keeps its coupons from everybody else, and names who holds what is missing', () => {
    const g = chat()
    expect(g.admin('/promise 1 2')).toEqual(['好'])
    expect(g.admin('/promise 2 2')).toEqual(['只有 1，许诺 #1 2'])
    expect(g.admin('/promise 1 3')).toEqual(['好'])
    expect(g.says('小明', '兑换 小券')).toEqual(['「小券」暂时没有了。'])
    expect(g.says('阿花', '兑现')[0]).toBe('「小券」一张')
    g.admin('/letgo 1')
    expect(g.says('小明', '兑换 小券')[0]).toContain('换了「小券」一张')
  })

  it('is whole again when what was given of it is taken back', () => {
    const g = chat()
    g.admin('/promise 1 3')
    g.says('阿花', '兑现')
    g.admin(`/undo L${g.last('ledger.coupons').seq}`)
    expect(g.admin('/promise 2 1')).toEqual(['只有 0，许诺 #1 3'])
    g.admin(`/undo L${g.last('ledger.reserved').seq}`)
    expect(g.errors).toEqual([])
  })

  it('does not lose a coupon to somebody who may have no more', () => {
    const g = chat()
    g.admin('/promise 1 3')
    g.says('阿花', '兑现')
    g.says('阿花', '兑现')
    expect(g.says('阿花', '兑现')).toEqual(['没有了'])
    expect(g.says('小明', '兑现')).toEqual(['「小券」一张'])
  })

  it('counts what a member was given, not what is left in the wallet', () => {
    const g = chat()
    g.says('小明', '兑换 小券')
    g.says('小明', '兑换 小券')
    g.says('小明', '转赠 @阿花 小券')
    expect(g.says('小明', '兑换 小券')[0]).toContain('每人最多 2 张')
  })
})

describe('settings without a kind of coupon', () => {
  it('are refused while members hold some or were promised some', () => {
    const kinds = { 小券: { value: '减3', valid: { days: 7 } }, 大券: { value: '减9', valid: { days: 7 } } }
    const g = new Chat({ config: { coupons: { kinds } } })
    const without = new Chat({ config: { coupons: { kinds: {} } } }).engine.settings
    expect(g.engine.objections(without, g.now)).toEqual([])
    g.admin('/coupons give 小明 小券 谢谢')
    g.admin('/draw new 福利 大券x1')
    expect(g.engine.objections(without, g.now)).toEqual([
      '优惠券「小券」还不能删：群友手里还有 1 张没用。不想再发，就把它的 stock 改成已经发出的张数。',
      '优惠券「大券」还不能删：答应给了抽奖 #1。不想再发，就把它的 stock 改成已经发出的张数。',
    ])
    g.admin('/draw cancel 1 没货')
    g.admin('/yes')
    g.after('8d')
    expect(g.engine.objections(without, g.now)).toEqual([])
  })
})
