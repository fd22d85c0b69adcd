// The engine with small features of its own: chance, coupons and handlers that throw, within one event.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { CouponKind } from '../../../src/core/money/coupons.ts'
import { feature } from '../../../src/core/feature/feature.ts'
import { table } from '../../../src/core/feature/tables.ts'
import { Chat } from '../../support/chat.ts'

const nothing = { config: z.strictObject({}), texts: { zh: {}, en: {} } }
const bare = { ...nothing, summary: { zh: '试', en: 'A try' } }

describe('chance', () => {
  it('goes on within one event, however often a handler looks into a group', () => {
    const thrown: number[] = []
    const thrower = feature({
      ...bare,
      name: 'thrower',
      commands: {
        throw: {
          summary: bare.summary,
          role: 'admin',
          args: {},
          run(_args, cx) {
            for (const { id } of cx.members.groups()) {
              for (let i = 0; i < 2; i++) thrown.push(cx.inGroup(id).random.below(2 ** 32))
            }
          },
        },
      },
    })
    const orders = feature({
      ...bare,
      name: 'orders',
      words: { twice: ['两次'] },
      onWord: { twice: () => [1, 2].map(() => ({ type: 'order' as const, line: '/throw', from: '' })) },
    })
    const chat = new Chat({ features: [thrower, orders], groups: ['一群', '二群'] })
    chat.says('小明', '两次')
    expect(chat.errors).toEqual([])
    expect(thrown).toHaveLength(8)
    expect(new Set(thrown).size).toBe(8)
  })
})

describe('what would keep the store from being opened again', () => {
  const clumsy = feature({
    ...bare,
    name: 'clumsy',
    tables: { counts: table(z.strictObject({ count: z.int() })) },
    words: { half: ['一半'], nothing: ['没话'] },
    onWord: {
      half: (_said, { tables, say }) => {
        tables.counts.set('half', { count: 0.5 })
        return say('control', '一半')
      },
      nothing({ group }, { tables, replyText, say }) {
        tables.counts.set('whole', { count: 1 })
        return group ? [say({ group }, '有话'), replyText('')] : undefined
      },
    },
  })

  it.each([
    ['a record that its table does not take', '一半', 'half does not fit table clumsy.counts'],
    ['a message of nothing', '没话', '"text"'],
  ])('is the error of its feature: %s', (_what, word, error) => {
    const chat = new Chat({ features: [clumsy] }).mayThrow('clumsy')
    expect(chat.says('小明', word)).toEqual([])
    expect(chat.errors.splice(0)).toEqual([
      { feature: 'clumsy', error: expect.objectContaining({ message: expect.stringContaining(error) }) },
    ])
    expect(chat.tables.table('clumsy.counts').size()).toBe(0)
    expect(chat.tables.table('outbox.effects').size()).toBe(0)
  })
})

describe('coupons that were issued', () => {
  const kind: CouponKind = {
    name: '茶券',
    value: '一杯茶',
    terms: null,
    valid: { days: 3 },
    perMember: null,
    stock: null,
    codes: null,
  }
  const heard: string[] = []
  const keeper = feature({
    ...bare,
    name: 'keeper',
    coupons: () => new Map([[kind.name, kind]]),
    onIssued: (name) => void heard.push(name),
  })
  const giver = feature({
    ...bare,
    name: 'giver',
    words: { give: ['来一张'], fail: ['出错'] },
    onWord: {
      give: ({ from }, { ledger }) => void ledger.give(from, { coupon: kind.name, count: 2 }, 'test'),
      fail({ from }, { ledger }) {
        ledger.give(from, { coupon: kind.name, count: 1 }, 'test')
        throw new Error('after the giving')
      },
    },
  })

  it('are told once for an event, and not when they were taken back', () => {
    const chat = new Chat({ features: [keeper, giver] }).mayThrow('giver')
    chat.says('小明', '来一张')
    expect(heard.splice(0)).toEqual(['茶券'])
    chat.says('小明', '出错')
    expect(chat.errors.splice(0).map(({ feature: name }) => name)).toEqual(['giver'])
    expect(chat.tables.table('ledger.coupons').size()).toBe(2)
    expect(heard).toEqual([])
    chat.says('小明', '今天天气真好')
    expect(heard).toEqual([])
  })
})
