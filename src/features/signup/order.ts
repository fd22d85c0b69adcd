// What somebody orders in one line: items and quantities where they stand plainly, and what is doubtful about it.
import { withDigits } from '../../core/lib/numerals.ts'
import { canonical } from '../../core/lib/text.ts'

/** What a text orders. */
export interface Order {
  /** Pieces by item, those that are said to be none (0) included. */
  counts: Map<string, number>
  /** The pick-up point that is named. */
  point: string | null
  /** Parts that look like an order, but of what or how much is not clear. */
  doubts: string[]
  /** Nothing but items, quantities and points was said. */
  isWhole: boolean
}

const measure = '(?:份|盒|斤|箱|袋|个|只|瓶|把|包|件|单|串|条|板|桶|颗|提|套|罐|筐|打|枚|支|张|位|人|kg|公斤)'
const filler =
  /^(?:我|要|想要|来|订|定|买|拿|加|和|跟|还有|以及|另外|再|一共|共|麻烦|谢谢|的|了|哦|哈|呀|啦|吧|呢|人|报名|参加|各)+$/u
const separators = /[\s,，、;；。.!！~～:：+＋&/|()（）【】[\]\-—–_*×]+/gu
/** Numbers that are no quantity: prices, times, dates, houses, telephones. */
const otherNumbers =
  /\d+(?:\.\d+)?(?:元|块|毛)(?:钱)?(?:(?:一|1|每|\/)?(?:份|盒|斤|箱|袋|个))?|\d{1,2}[:：点]\d{0,2}分?半?|\d{1,2}月\d{1,2}[日号]?|\d{1,2}号?(?:楼|栋|幢|单元|室|弄|座|期)|[a-z]?\d{1,4}(?:[-—–]\d{1,4})+[a-z]?|1\d{10}|\d{5,}/giu
const emoji = /[\p{Extended_Pictographic}\u{1f3fb}-\u{1f3ff}\ufe0f\u200d]/gu
const unsure = /[?？]|还是|或者|待定|不确定|不一定|看情况|再说|大概|左右|几(?:份|盒|斤|箱|袋|个)/u

/** @param items the names of what can be ordered; none: people are counted @param points where it can be picked up */
export function readOrder(text: string, items: readonly string[], points: readonly string[] = []): Order {
  const typed = withDigits(
    canonical(text)
      .replace(emoji, ' ')
      .replace(/两(?=份|盒|斤|箱|袋|个)/gu, '2'),
  )
  const order: Order = { counts: new Map(), point: null, doubts: [], isWhole: false }
  let rest = typed
  const point = [...points].sort((a, b) => b.length - a.length).find((one) => rest.includes(canonical(one)))
  if (point !== undefined) {
    order.point = point
    rest = rest.replace(canonical(point), ' ')
  }
  if (unsure.test(typed) && /\d|份/.test(typed)) order.doubts.push(text.trim())
  if (items.length === 0) return people(rest, order)
  rest = rest.replace(otherNumbers, ' ').replace(/ +/g, ' ')
  const names = namesIn(rest, items)
  const ahead =
    names.length > 0 &&
    /^[^\p{L}\p{N}]*(?:我?(?:要|来|订|买)?)?\d/u.test(rest) &&
    !new RegExp(`\\d ?${measure}?[^\\p{L}\\p{N}]*$`, 'u').test(rest)
  const each = new RegExp(`(?:各|都(?:要|来)?|每样|每种)(?:要|来)? ?(\\d{1,3}) ?${measure}?`, 'u').exec(rest)
  if (each) rest = rest.replace(each[0], ' ')
  for (const { item, name } of names) {
    const at = rest.indexOf(name)
    if (at < 0) continue
    const found = quantityAt(rest, at, name, ahead)
    const count = found.count ?? (each ? Number(each[1]) : 1)
    const total = (order.counts.get(item) ?? 0) + count
    if (count > 999 || total > 999) order.doubts.push(text.trim())
    else order.counts.set(item, total)
    rest = `${rest.slice(0, found.from)} ${rest.slice(found.to)}`
  }
  if (order.counts.size === 0 && items.length === 1) bare(rest, items[0] ?? '', order)
  const left = rest.replace(separators, ' ').trim()
  for (const [, doubt] of left.matchAll(
    new RegExp(`(?:^| )(\\p{Script=Han}{1,8} ?\\d{1,3} ?${measure}?)(?= |$)`, 'gu'),
  ))
    if (doubt !== undefined && !/[月日号点楼栋]/u.test(doubt) && order.doubts.length === 0) order.doubts.push(doubt)
  order.isWhole = left.split(' ').every((word) => word === '' || filler.test(word))
  return order
}

/** Only one thing can be meant: `2`, `+2`, `2份`, `要2箱`. */
function bare(rest: string, item: string, order: Order): void {
  const [whole, count] =
    new RegExp(`(?:^|[^\\p{N}.])[+x×*]? ?(\\d{1,3}) ?${measure}?(?![\\p{N}])`, 'u').exec(rest) ?? []
  if (whole !== undefined && count !== undefined) order.counts.set(item, Number(count))
}

const absent = /请假|不来|来不了|去不了|不去|缺席|退出|取消/u

function people(text: string, order: Order): Order {
  if (absent.test(text)) {
    order.counts.set('', 0)
    return order
  }
  const rest = text.replace(otherNumbers, ' ')
  const [, plus, count] =
    /(?:带|加|\+|＋) ?(\d{1,2}) ?(?:个|位|人|名|大|小)*|(?:^|\s)(\d{1,2}) ?(?:个|位|人|名)/u.exec(rest) ?? []
  // `带1人` comes on top of who writes it.
  if (plus !== undefined) order.counts.set('', Number(plus) + (/带/u.test(rest) ? 1 : 0))
  else if (count !== undefined) order.counts.set('', Number(count))
  order.isWhole = rest
    .replace(/[+＋]? ?\d{1,2} ?(?:个|位|人|名)*/u, ' ')
    .replace(separators, ' ')
    .trim()
    .split(' ')
    .every((word) => word === '' || filler.test(word))
  return order
}

/** The names of items as they stand in a text, in its order: whole, or a part of two letters that only one item has. */
function namesIn(text: string, items: readonly string[]): { item: string; name: string }[] {
  const found: { item: string; name: string; at: number }[] = []
  let left = text
  const take = (item: string, name: string) => {
    for (let at = left.indexOf(name); at >= 0; at = left.indexOf(name, at + name.length)) {
      found.push({ item, name, at })
      left = left.slice(0, at) + '\u0000'.repeat(name.length) + left.slice(at + name.length)
    }
  }
  for (const item of [...items].sort((a, b) => b.length - a.length)) take(item, canonical(item))
  for (const item of items) {
    if (found.some((one) => one.item === item)) continue
    const name = canonical(item)
    for (let length = name.length - 1; length >= 2; length--) {
      const parts = Array.from({ length: name.length - length + 1 }, (_, i) => name.slice(i, i + length))
      const part = parts.find(
        (one) => left.includes(one) && items.every((other) => other === item || !canonical(other).includes(one)),
      )
      if (part === undefined) continue
      take(item, part)
      break
    }
  }
  return found.sort((a, b) => a.at - b.at)
}

/** How many of the item whose name stands at a place: the number behind it, or before it. */
function quantityAt(
  text: string,
  at: number,
  name: string,
  ahead: boolean,
): { count: number | undefined; from: number; to: number } {
  const before = text.slice(0, at)
  const after = text.slice(at + name.length)
  const not = /^ ?(?:不要了?|取消|不用了?|退掉?|0)/u.exec(after)
  const notBefore = /(?:不要|取消|去掉|退掉?) ?$/u.exec(before)
  if (not) return { count: 0, from: at, to: at + name.length + not[0].length }
  if (notBefore) return { count: 0, from: at - notBefore[0].length, to: at + name.length }
  const behind = new RegExp(
    `^(?: ?[x×*✕:：=+＋-]| ?(?:再?(?:要|来|订|买|加)|改成?|改为))? ?(\\d{1,3})(?!\\d|[.点:：]\\d) ?${measure}?`,
    'iu',
  ).exec(after)
  const front = new RegExp(`(\\d{1,3}) ?${measure}?(?:的)? ?$`, 'u').exec(before)
  if (behind && !(ahead && front))
    return { count: Number(behind[1]), from: at, to: at + name.length + behind[0].length }
  if (front) return { count: Number(front[1]), from: at - front[0].length, to: at + name.length }
  return { count: undefined, from: at, to: at + name.length }
}
