// A prize as an argument: `20分`, `10元券x3`, `10元券 3张`, `满15减3`; and things with a count, as `车厘子一箱x1`.
import { distance } from 'fastest-levenshtein'
import { argument, quoted, Wrong, type Arg, type Scene } from './argument.ts'
import { keyOf } from '../money/coupons.ts'
import type { Prize } from '../money/prize.ts'
import { withDigits } from '../lib/numerals.ts'
import { canonical } from '../lib/text.ts'

const MOST_COUPONS = 20
const MOST_POINTS = 1_000_000

/** Points or coupons that the ledger can give. */
export function prizeArg(): Arg<Prize> {
  return argument(
    { zh: '奖品', en: 'prize' },
    { zh: '10元券x3', en: '10元券x3' },
    (typed, scene) => prizeOf(typed, scene),
    { words: 3 },
  )
}

/** The prize that a text names, or why there is none. */
export function prizeOf(typed: string, scene: Pick<Scene, 'coupons'>): Prize | Wrong {
  const whole = prizeCalled(typed, scene)
  if (whole) return whole
  const { name, count } = counted(typed) ?? { name: typed, count: 1 }
  const prize = prizeCalled(name, scene)
  const shown = quoted(typed)
  if (!prize) return noPrize(name, scene)
  if ('points' in prize)
    return new Wrong(`「${shown}」写一个总分就好，例如 20分`, `write “${shown}” as one sum, such as 20分`)
  if (count >= 1 && count <= MOST_COUPONS) return { ...prize, count }
  return new Wrong(`「${shown}」一次只能 1 到 ${MOST_COUPONS} 张`, `“${shown}”: 1 to ${MOST_COUPONS} at a time`)
}

/** What the ledger gives for a name: `10元券` by the name of a coupon, `20分` as points. */
export function prizeCalled(name: string, { coupons }: Pick<Scene, 'coupons'>): Prize | undefined {
  const coupon = coupons.find((kind) => keyOf(kind) === keyOf(name))
  if (coupon !== undefined) return { coupon, count: 1 }
  const [, points] = /^(\d{1,7}) ?(?:个?积分|分|points?|pts?)$/.exec(withDigits(canonical(name))) ?? []
  return points !== undefined && Number(points) > 0 && Number(points) <= MOST_POINTS
    ? { points: Number(points) }
    : undefined
}

function noPrize(name: string, { coupons }: Pick<Scene, 'coupons'>): Wrong {
  const typed = keyOf(name)
  const near = coupons.filter(
    (kind) => keyOf(kind).includes(typed) || distance(keyOf(kind), typed) <= Math.max(1, typed.length / 3),
  )
  const shown = near.length > 0 ? near : coupons
  const list = shown.slice(0, 8)
  const names = coupons.length === 0 ? undefined : { zh: list.join('、'), en: list.join(', ') }
  const isQuestion = near.length > 0
  return new Wrong(
    `「${quoted(name)}」不是券名也不是积分${names ? (isQuestion ? `，是不是 ${names.zh}？` : `。券有：${names.zh}；积分写 20分`) : '，积分写 20分'}`,
    `“${quoted(name)}” is neither a coupon nor points${names ? (isQuestion ? `; did you mean ${names.en}?` : `. The coupons are ${names.en}; points are written 20分`) : '; points are written 20分'}`,
  )
}

const measure = '张|份|个|名|位|盒|箱|包|袋'
const behind = new RegExp(String.raw`^(.+?) ?[x×*✕] ?(\d{1,4})(?:${measure})?$`, 'iu')
const spaced = new RegExp(String.raw`^(.+?) (\d{1,4}) ?(?:${measure})$`, 'u')
const ahead = new RegExp(String.raw`^(\d{1,4}) ?(?:张|份) ?(.+)$`, 'u')

/** A thing and how many of it there are: `10元券x3`, `10元券 3张`, `3张10元券`; undefined when no count is written. */
export function counted(typed: string): { name: string; count: number } | undefined {
  const text = typed.trim()
  const [, name, count] = behind.exec(text) ?? spaced.exec(text) ?? spaced.exec(withDigits(text)) ?? []
  if (name !== undefined) return { name: name.trim(), count: Number(count) }
  const [, first, thing] = ahead.exec(text) ?? ahead.exec(withDigits(text)) ?? []
  return thing === undefined ? undefined : { name: thing, count: Number(first) }
}
