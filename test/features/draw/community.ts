// A community for the tests of the lucky draw, and what its posts say.
import { Chat, type ChatOptions } from '../../support/chat.ts'

export const people = ['小明', '阿花', '陈晨', 'Momo', '大刘', '可可']

const config = {
  draw: { revealAfter: 30, numbersFor: 5, levels: { 老朋友: { points: 20 } } },
  coupons: {
    kinds: {
      '10元券': { value: '减 10 元', valid: { days: 30 }, stock: 8 },
      '9折券': { value: '打 9 折', valid: { days: 30 } },
    },
    welcome: {},
    alarmAt: 0,
  },
  points: { message: { points: 0 }, thanked: { points: 0 } },
}

export function community(options: ChatOptions = {}): Chat {
  const { config: more, ...rest } = options
  return new Chat({ config: { ...config, ...more }, members: people, ...rest })
}

/** Everybody named gets 100 points. */
export function enrich(g: Chat, ...names: string[]): void {
  for (const name of names) g.admin(`/points add @${name} 100 测试`)
}

/** `有 90 分` as a number. */
export function pointsOf(g: Chat, name: string): number {
  return Number(/有 (\d+) 分/.exec(g.says(name, '积分')[0] ?? '')?.[1])
}

/** All that is posted for checking a draw. */
export function proofOf(g: Chat, no: number): string {
  return [...g.admin(`/draw show ${no}`), ...g.admin(`/draw list ${no}`)].join('\n')
}

/** Winners of a result, by the line's prize: names without the `@`. */
export function winnersIn(post: string, prize: string): string[] {
  const line = post.split('\n').find((one) => one.includes(` ${prize}：`)) ?? ''
  return [...line.matchAll(/@([^（]+)（T\d+）/g)].map(([, name]) => name ?? '')
}
