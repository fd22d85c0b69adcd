// A prize as an argument: `20分`, `10元券x3`, `10元券 3张`, `满15减3`; and things with a count, as `车厘子一箱x1`.
import { distance } from 'fastest-levenshtein'
import { argument, quoted, type Arg, type Scene } from './argument.ts'
import { keyOf } from '../money/coupons.ts'
import type { Prize } from '../money/prize.ts'
import { withDigits } from '../lib/numerals.ts'
import { canonical } from '../lib/text.ts'
import { Refusal } from '../types/refusal.ts'

const MOST_COUPONS = 20
const MOST_POINTS = 1_000_000
/** Names of coupons in an answer. */
const SHOWN = 8

/** Points or coupons that the ledger can give. */
export function prizeArg(): Arg<Prize> {
  return argument(
    { zh: '奖品', en: 'prize' },
    { zh: '10元券x3', en: '10元券x3' },
    (typed, scene) => prizeOf(typed, scene),
    { words: 3 },
  )
}

/** Coupons of one kind that the ledger can give. */
export function couponArg(): Arg<Extract<Prize, { coupon: string }>> {
  return argument(
    { zh: '券名', en: 'coupon' },
    { zh: '10元券', en: '10元券' },
    (typed, scene) => {
      const prize = prizeOf(typed, scene, false)
      return prize instanceof Refusal || 'coupon' in prize ? prize : noPrize(typed, scene, false)
    },
    { words: 3 },
  )
}

/** The prize that a text names, or why there is none. @param points whether these may be one */
export function prizeOf(typed: string, scene: Pick<Scene, 'coupons'>, points = true): Prize | Refusal {
  const whole = prizeCalled(typed, scene)
  if (whole) return whole
  const { name, count } = counted(typed) ?? closeBehind(typed, scene) ?? { name: typed, count: 1 }
  const prize = prizeCalled(name, scene)
  const shown = quoted(typed)
  if (!prize) return noPrize(name, scene, points)
  if ('points' in prize)
    return new Refusal(`「${shown}」写一个总分就好，例如 20分`, `write “${shown}” as one sum, such as 20分`)
  if (count >= 1 && count <= MOST_COUPONS) return { ...prize, count }
  return new Refusal(`「${shown}」一次只能 1 到 ${MOST_COUPONS} 张`, `“${shown}”: 1 to ${MOST_COUPONS} at a time`, {
    isClear: true,
  })
}

/** `10元券三张`: a count close behind the name of a coupon that there is. */
function closeBehind(typed: string, scene: Pick<Scene, 'coupons'>): { name: string; count: number } | undefined {
  const [, name, count] = /^(.+?)(\d{1,4}) ?(?:张|份|个)$/u.exec(withDigits(canonical(typed))) ?? []
  return name !== undefined && prizeCalled(name, scene) ? { name, count: Number(count) } : undefined
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

function noPrize(name: string, { coupons }: Pick<Scene, 'coupons'>, points: boolean): Refusal {
  const typed = keyOf(name)
  const isNear = (kind: string) =>
    keyOf(kind).includes(typed) || distance(keyOf(kind), typed) < Math.max(2, typed.length / 3)
  const near = coupons.filter(isNear)
  const shown = (near.length > 0 ? near : coupons).slice(0, SHOWN)
  const [zh, en] = [shown.join('、'), shown.join(', ')]
  const offered =
    near.length > 0
      ? { zh: `，是不是 ${zh}？`, en: `; did you mean ${en}?` }
      : { zh: `。有：${zh || '（还没有券）'}。`, en: `. There is: ${en || '(no coupon yet)'}.` }
  return points
    ? new Refusal(
        `「${quoted(name)}」不是券名也不是积分${offered.zh}积分写 20分`,
        `“${quoted(name)}” is neither a coupon nor points${offered.en} Points are written 20分`,
      )
    : new Refusal(`没有「${quoted(name)}」这种券${offered.zh}`, `there is no coupon “${quoted(name)}”${offered.en}`)
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
