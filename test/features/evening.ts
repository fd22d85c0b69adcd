// What happens on the evening that is killed again and again, told by number so that both sides know it.
import { admin } from '../../src/features/admin/admin.ts'
import { coupons } from '../../src/features/coupons/coupons.ts'
import { draw } from '../../src/features/draw/draw.ts'
import { packet } from '../../src/features/packet.ts'
import { points } from '../../src/features/points/points.ts'
import { shop } from '../../src/features/shop.ts'

export const features = [admin, coupons, shop, packet, draw, points]
export const members = Array.from({ length: 10 }, (_, i) => `邻居${i}`)
/** Points that everybody begins with, and the price of a coupon. */
export const stake = 100_000
export const price = 3
/** Coupons drawn in a round, and who gets a point instead. */
export const winners = 2
export const losers = 2

/** The messages whose loss or doubling would cost somebody something; and what the answer to each says in the group (in the control group). */
export const answers = {
  grab: /抢到 \d+ 分/,
  buy: /🛍/,
  redeem: /已核销/,
  reveal: /🎲 抽奖 #\d+ 开奖/,
} as const
export type Step = keyof typeof answers

/** The settings, by the names of their files. */
export const config = {
  bot: { botName: '圈子' },
  groups: { groups: [{ name: '福利群' }] },
  points: { message: { points: 0 }, thanked: { points: 0 }, askAbove: stake },
  coupons: { kinds: { 小券: { value: '减3', valid: { days: 7 } } } },
  shop: { items: [{ coupon: '小券', points: price }] },
}

export interface Message {
  id: string
  does: Step | 'open' | 'lot' | 'enter' | 'close'
  who: string
}

/**
 * One round: a packet of a point for everybody is opened and drawn, three buy a coupon, two of these use theirs, four enter a draw that
 * two of them win.
 */
export function roundOf(n: number): Message[] {
  const some = (count: number) => Array.from({ length: count }, (_, i) => members[(n * 3 + i) % members.length] ?? '')
  const all = (does: Message['does'], people: string[]) =>
    people.map((who, i) => ({ id: `${n}/${does}${i}`, does, who }))
  const boss = ['老板']
  return [
    ...all('open', boss),
    ...all('grab', members),
    ...all('buy', some(3)),
    ...all('redeem', some(2)),
    ...all('lot', boss),
    ...all('enter', some(winners + losers)),
    ...all('close', boss),
    ...all('reveal', boss),
  ]
}

/** Where a process kills itself: when a round's decisions go to the disk, or when an answer of a kind goes to WeChat. */
export type Moment =
  | 'before write'
  | 'half write'
  | 'after write'
  | 'after flush'
  | `before send ${keyof typeof answers}`
  | `after send ${keyof typeof answers}`
