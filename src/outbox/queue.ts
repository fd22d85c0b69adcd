// What waits to go out: most urgent first, oldest first within; merging of short texts, cutting of long ones.
import { priorities, targetKey, type Effect, type Planned, type Priority } from '../core/types/effect.ts'
import type { Millis } from '../core/types/ids.ts'

/** Characters up to which waiting texts are merged into one message. */
const mergedLength = 1_500
/** WeChat's practical limit for the characters of one text message. */
const textLength = 2_000

export type Outgoing = Exclude<Effect, { type: 'lookup' }>

export interface Waiting {
  /** The effect's id; null: volatile, nobody waits for its result. */
  id: string | null
  effect: Outgoing
  plannedAt: Millis
  /** A text's parts that are still to be said, and how many are said already. */
  parts: string[]
  said: number
}

export class Queue {
  readonly #waiting = new Map<Priority, Waiting[]>(priorities.map((priority) => [priority, []]))
  readonly #ids = new Set<string>()

  /** @throws when the id is waiting already, which would send it twice */
  add(id: string | null, { effect, plannedAt }: Planned): void {
    if (effect.type === 'lookup') throw new Error(`lookup ${id} does not go to WeChat`)
    if (id !== null && this.#ids.has(id)) throw new Error(`effect ${id} is waiting already`)
    if (id !== null) this.#ids.add(id)
    const parts = effect.type === 'say' ? cutText(effect.text) : []
    this.#waiting.get(effect.priority)?.push({ id, effect, plannedAt, parts, said: 0 })
  }

  remove(item: Waiting): void {
    const line = this.#waiting.get(item.effect.priority) ?? []
    const index = line.indexOf(item)
    if (index >= 0) line.splice(index, 1)
    if (item.id !== null) this.#ids.delete(item.id)
  }

  *all(): Generator<Waiting> {
    for (const line of this.#waiting.values()) yield* line
  }

  /** The one that waits longest, by priority. */
  oldest(): Map<Priority, Waiting> {
    const oldest = new Map<Priority, Waiting>()
    for (const item of this.all()) {
      const first = oldest.get(item.effect.priority)
      if (first === undefined || item.plannedAt < first.plannedAt) oldest.set(item.effect.priority, item)
    }
    return oldest
  }

  count(priority: Priority): number {
    return this.#waiting.get(priority)?.length ?? 0
  }

  /**
   * The one whose turn it is, or when to look again. One that may not go yet holds back only what is behind it to the same place with the
   * same priority.
   * @param openAt when this one may go; not after `now` when it may now, Infinity when time alone does not help
   */
  next(now: Millis, openAt: (item: Waiting) => Millis): { item: Waiting } | { at: Millis } {
    let at = Infinity
    for (const line of this.#waiting.values()) {
      const held = new Set<string>()
      for (const item of line) {
        const place = placeOf(item)
        if (held.has(place)) continue
        const open = openAt(item)
        if (open <= now) return { item }
        held.add(place)
        at = Math.min(at, open)
      }
    }
    return { at }
  }

  /** `first` and what waits right behind it for the same place with the same merge key, as far as it fits into one message. */
  mergedWith(first: Waiting): Waiting[] {
    const { effect } = first
    if (effect.type !== 'say' || effect.merge === undefined || first.said > 0) return [first]
    const batch = [first]
    let length = effect.text.length
    const line = this.#waiting.get(effect.priority) ?? []
    for (const item of line.slice(line.indexOf(first) + 1)) {
      if (placeOf(item) !== placeOf(first)) continue
      // Skipping one to reach the next would change their order.
      if (item.effect.type !== 'say' || item.effect.merge !== effect.merge) break
      length += 2 + item.effect.text.length
      if (length > mergedLength) break
      batch.push(item)
    }
    return batch
  }
}

/**
 * A name for where something goes. Kicks are apart, as their slow pace must not hold up a group's messages; so is what is volatile, which
 * speaks up just when the others cannot be saved.
 */
function placeOf({ id, effect }: Waiting): string {
  if (effect.type === 'kick') return `kick ${effect.group}`
  return id === null ? `volatile ${targetKey(effect.to)}` : targetKey(effect.to)
}

/** Parts of at most 2,000 characters, cut at line ends where there are any, never inside a character. */
export function cutText(text: string): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > textLength) {
    const lineEnd = rest.lastIndexOf('\n', textLength)
    const splitsPair = /[\uD800-\uDBFF]/.test(rest.charAt(textLength - 1))
    const end = lineEnd > 0 ? lineEnd : splitsPair ? textLength - 1 : textLength
    parts.push(rest.slice(0, end))
    rest = rest.slice(lineEnd > 0 ? end + 1 : end)
  }
  return rest === '' ? parts : [...parts, rest]
}
