// The community's money under random play: nothing appears, vanishes or is used twice, and everything can be taken back.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Coupon } from '../../src/core/money/coupons.ts'
import { Chat } from '../support/chat.ts'

const members = ['小明', '阿花', '大刘']
const codes = Array.from({ length: 12 }, (_, i) => `POOL-${i}`)
const options = {
  members,
  config: {
    groups: { groups: [{ name: '福利群', tags: ['员工群'] }] },
    coupons: {
      kinds: {
        小券: { value: '减3', valid: { days: 2 }, perMember: 4 },
        码券: { value: '减5', size: 'large', valid: { days: 3 }, codes: 'codes.csv' },
      },
      welcome: { large: '码券', small: '小券' },
      transfer: true,
    },
    shop: {
      items: [
        { coupon: '小券', points: 6 },
        { coupon: '码券', points: 9, perDay: 3 },
      ],
    },
    packet: { members: true, hours: 1 },
    checkin: { points: 8, makeUp: { cost: 2 } },
    points: { dailyCap: 40, message: { points: 2, minLength: 2 } },
    dice: { prize: { points: 3 } },
    // Playing this fast would look like a flood.
    order: { enabled: false },
  },
  files: { 'codes.csv': codes.join('\n') },
}

const member = fc.constantFrom(...members)
const small = fc.integer({ min: 1, max: 12 })
type Step = (g: Chat) => void
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(
      member,
      fc.constantFrom('签到', '骰子', '补签', '兑换 小券', '兑换 码券', '大家早上好', '有人知道几点关门吗？'),
    )
    .map(
      ([name, text]) =>
        (g: Chat) =>
          void g.says(name, text),
    ),
  { weight: 2, arbitrary: member.map((name) => (g: Chat) => void g.says(name, '抢')) },
  fc.tuple(member, small, small).map(
    ([name, points, parts]) =>
      (g: Chat) =>
        void g.says(name, `发红包 ${points} ${parts}`),
  ),
  fc.tuple(small, small).map(
    ([points, parts]) =>
      (g: Chat) =>
        void g.admin(`/packet ${points} ${parts}`),
  ),
  fc.tuple(member, fc.integer({ min: -20, max: 30 })).map(
    ([name, n]) =>
      (g: Chat) =>
        void g.admin(`/points add @${name} ${n} 试试`),
  ),
  fc.tuple(member, member).map(
    ([giver, other]) =>
      (g: Chat) =>
        void g.says(giver, `转赠 @${other} 小券`),
  ),
  fc.tuple(member, member).map(
    ([thankful, other]) =>
      (g: Chat) =>
        void g.says(thankful, `谢谢 @${other}`),
  ),
  fc.tuple(member, fc.nat()).map(([name, n]) => (g: Chat) => {
    const all = coupons(g)
    const coupon = all[n % Math.max(1, all.length)]
    if (coupon) g.says(name, `核销 ${coupon.code}`)
  }),
  fc.tuple(fc.nat(), fc.constantFrom('', ' 一起', ' 只这条')).map(
    ([n, how]) =>
      (g: Chat) =>
        void g.admin(`/undo L${(n % g.entries.length) + 1}${how}`),
  ),
  fc.constantFrom('90s', '2h', '1d').map((time) => (g: Chat) => void g.after(time as '2h')),
)

function coupons(g: Chat): Coupon[] {
  return [...g.tables.table<Coupon>('ledger.coupons').entries()].map(([, coupon]) => coupon)
}

function balances(g: Chat): number {
  const all = [...g.tables.table<{ points: number }>('ledger.balances').entries()]
  return all.reduce((sum, [, { points }]) => sum + points, 0)
}

/** Granted minus spent by every booking that was ever made, and what must hold at each step. */
function booked(g: Chat): number {
  let sum = 0
  const redeemed = new Set<string>()
  for (const { changes } of g.entries) {
    for (const { table, key, before, after } of changes) {
      if (table === 'ledger.bookings' && after) sum += (after as { points: number }).points
      if (table === 'ledger.balances') expect((after as { points: number }).points).toBeGreaterThanOrEqual(0)
      if (table !== 'ledger.coupons') continue
      const [was, is] = [before, after] as [Coupon | null, Coupon | null]
      if (is?.used && !was?.used) {
        expect(redeemed.has(key), `${key} was redeemed twice`).toBe(false)
        redeemed.add(key)
      } else if (was?.used && !is?.used) redeemed.delete(key)
      if (was?.used && is?.used) expect(is, `${key} was redeemed twice`).toEqual(was)
      if (was && is) expect(is).toMatchObject({ code: was.code, kind: was.kind, until: was.until })
    }
  }
  return sum
}

/** Wallets and totals are what one would count from the coupons. */
function countsAgree(g: Chat) {
  const all = coupons(g)
  const count = (of: (coupon: Coupon) => boolean) => all.filter(of).length
  expect(new Set(all.map(({ code }) => code)).size).toBe(all.length)
  expect(g.tables.table('ledger.wallets').size()).toBe(all.length)
  for (const [key, { member }] of g.tables.table<Coupon>('ledger.coupons').entries())
    expect(g.tables.table('ledger.wallets').get(`${member}/${key}`)).toBeDefined()
  for (const [kind, total] of g.tables.table<{ issued: number; used: number }>('ledger.kinds').entries())
    expect(total).toEqual({
      issued: count((coupon) => coupon.kind === kind),
      used: count((coupon) => coupon.kind === kind && coupon.used !== null),
    })
}

describe('money', () => {
  it('adds up after whatever was played, and all of it can be taken back', () => {
    fc.assert(
      fc.property(fc.array(steps, { minLength: 20, maxLength: 60 }), fc.string({ maxLength: 5 }), (play, seed) => {
        const g = new Chat({ ...options, seed })
        g.joins('小红')
        for (const step of play) step(g)
        expect(g.errors).toEqual([])
        expect(booked(g)).toBe(balances(g))
        countsAgree(g)
        for (let seq = g.entries.length; seq > 0; seq--) g.admin(`/undo L${seq}`)
        expect(g.errors).toEqual([])
        expect(booked(g)).toBe(balances(g))
        expect(balances(g)).toBe(0)
        expect(coupons(g)).toEqual([])
        countsAgree(g)
      }),
      { numRuns: 15 },
    )
  })
})
