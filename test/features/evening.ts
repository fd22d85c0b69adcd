// What happens on the evening that is killed again and again, told by number so that both sides know it.
export const members = Array.from({ length: 10 }, (_, i) => `邻居${i}`)
/** Points that everybody begins with, and the price of a coupon. */
export const stake = 100_000
export const price = 3

export interface Message {
  id: string
  does: 'open' | 'draw' | 'buy' | 'redeem'
  who: string
}

/** One round: a packet of a point for everybody is opened and drawn, three buy a coupon, two of these use theirs. */
export function roundOf(n: number): Message[] {
  const three = [0, 1, 2].map((i) => members[(n * 3 + i) % members.length] ?? '')
  const of = (does: Message['does'], who: string, i: number) => ({ id: `${n}/${does}${i}`, does, who })
  return [
    of('open', '老板', 0),
    ...members.map((who, i) => of('draw', who, i)),
    ...three.map((who, i) => of('buy', who, i)),
    ...three.slice(0, 2).map((who, i) => of('redeem', who, i)),
  ]
}
