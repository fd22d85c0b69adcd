// Takes one decision's part out of a record to which others have added theirs since.
import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../types/json.ts'

/**
 * What a record of sums and lists is without what a decision made of it.
 * @param before null: there was none
 * @param now as it is; null: it is gone
 * @returns null when nothing is left of it; `now` when the decision has no part in it any more, as with the sums of another day
 */
export function withoutPart(before: Json, after: Json, now: Json): Json {
  if (now === null || after === null || hasTurned(after, now)) return now
  const left = subtract(before, after, now)
  return before === null && isEmpty(left) ? null : left
}

function subtract(before: Json, after: Json, now: Json): Json {
  if (isDeepStrictEqual(now, after) && before !== null) return before
  if (typeof now === 'number' && typeof after === 'number')
    return now - (after - (typeof before === 'number' ? before : 0))
  if (Array.isArray(now) && Array.isArray(after)) {
    const earlier: readonly Json[] = Array.isArray(before) ? before : []
    const has = (list: readonly Json[], value: Json) => list.some((other) => isDeepStrictEqual(value, other))
    const added = after.filter((value: Json) => !has(earlier, value))
    const gone = earlier.filter((value) => !has(after, value))
    return [...gone, ...now.filter((value: Json) => !has(added, value))]
  }
  if (!isObject(now) || !isObject(after)) return now
  const earlier = isObject(before) ? before : {}
  return Object.fromEntries(
    Object.entries(now).map(([key, value]) => [
      key,
      key in after ? subtract(earlier[key] ?? null, after[key] ?? null, value) : value,
    ]),
  )
}

/** A text in it is another: it counts something else by now. */
function hasTurned(after: Json, now: Json): boolean {
  if (!isObject(after) || !isObject(now)) return false
  return Object.entries(after).some(([key, value]) => typeof value === 'string' && now[key] !== value)
}

/** Nothing but zeros, empty lists and names of what was counted. */
function isEmpty(value: Json): boolean {
  if (typeof value === 'number') return value === 0
  if (Array.isArray(value)) return value.length === 0
  return isObject(value) ? Object.values(value).every(isEmpty) : true
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
