// What a sign-up list offers, as an admin types it: `草莓 25元 限2 共30 鸡蛋18元`; and an order of it in words and figures.
import { z } from 'zod'
import { Label } from '../../core/feature/argument-line.ts'
import { sameAnswer } from '../../core/feature/answers.ts'
import { Refusal } from '../../core/types/refusal.ts'

export const Item = z.strictObject({
  name: z.string(),
  /** In yuan; null: not said. */
  price: z.number().nullable(),
  /** Pieces for one person, and in all; null: any number. */
  limit: z.int().nullable(),
  stock: z.int().nullable(),
})
export type Item = z.infer<typeof Item>

export const Content = z.strictObject({
  items: z.array(Item).max(20),
  /** Pieces (people, without items) from which it goes ahead. */
  target: z.int().nullable(),
  points: z.array(z.string()),
  /** Begun by a member's own `#接龙`. */
  isNative: z.boolean(),
})
export type Content = z.infer<typeof Content>

export const Entry = z.strictObject({
  /** Pieces by item; people by the empty name. */
  counts: z.record(z.string(), z.int()),
  point: z.string().nullable(),
  paid: z.boolean(),
})
export type Entry = z.infer<typeof Entry>

const token =
  /^([^\d:=：（(]*?)[:=：（(]?(?:(\d+(?:\.\d{1,2})?)(?:元|块|yuan)?(?:[/每一]\p{L}{1,2})?[)）]?)?(?:限(?!量)(?:每人)?(\d{1,3})\p{L}?)?(?:(?:共|库存|限量|仅)(\d{1,4})\p{L}?)?$/u

/** The items of a line's words: a price, `限2` and `共30` belong to the name before them. */
export function itemsOf(words: readonly string[]): Item[] | Refusal {
  const items: Item[] = []
  for (const word of words) {
    const [whole, name = '', price, limit, stock] = token.exec(word) ?? []
    const last = items.at(-1)
    if (whole === undefined || (name !== '' && !Label.safeParse(name).success))
      return new Refusal(
        `没看懂「${word.slice(0, 20)}」，例如：草莓 25元 限2 共30`,
        `“${word.slice(0, 20)}” is not clear; write for example 草莓 25元 限2 共30`,
      )
    if (name === '' && !last)
      return new Refusal(`「${word.slice(0, 20)}」前面还没写是什么`, `“${word.slice(0, 20)}” stands before any item`)
    const said = {
      ...(price && { price: Number(price) }),
      ...(limit && { limit: Number(limit) }),
      ...(stock && { stock: Number(stock) }),
    }
    if (name === '' && last) items.splice(-1, 1, { ...last, ...said })
    else items.push({ name, price: null, limit: null, stock: null, ...said })
  }
  const twice = items.find((item, i) => items.some((other, j) => j < i && sameAnswer(item.name, other.name)))
  return twice ? new Refusal(`「${twice.name}」写了两次`, `“${twice.name}” is there twice`) : items
}

/** `草莓2、鸡蛋1` */
export function orderText({ counts }: Pick<Entry, 'counts'>, comma: string): string {
  return Object.entries(counts)
    .map(([item, count]) => `${item}${count}`)
    .join(comma)
}

export function piecesOf(entries: readonly Pick<Entry, 'counts'>[]): number {
  return entries.reduce((sum, { counts }) => Object.values(counts).reduce((all, count) => all + count, sum), 0)
}

/** Pieces by item, of some entries together. */
export function totalOf(entries: readonly Pick<Entry, 'counts'>[]): Record<string, number> {
  const totals: Record<string, number> = {}
  for (const { counts } of entries)
    for (const [item, count] of Object.entries(counts)) totals[item] = (totals[item] ?? 0) + count
  return totals
}

/** What is to be paid, in yuan; null when no ordered item has a price. */
export function sumOf(entries: readonly Pick<Entry, 'counts'>[], { items }: Content): number | null {
  const totals = totalOf(entries)
  const priced = items.flatMap(({ name, price }) => (price === null || !totals[name] ? [] : [price * totals[name]]))
  return priced.length === 0 ? null : Math.round(priced.reduce((sum, one) => sum + one, 0) * 100) / 100
}
