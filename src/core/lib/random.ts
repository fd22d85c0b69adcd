// Seeded chance: the same seed gives the same throws, on every machine.
import { createHash } from 'node:crypto'

/** A stream of chance: SHA-256 over seed and a counter, 32 bits at a time. */
export class Random {
  readonly #seed: string
  readonly #onUse: () => void
  #block: Buffer = Buffer.alloc(0)
  #counter = 0
  #at = 0

  /** @param onUse called once, at the first throw, so that seeds which nobody needed are not kept. */
  constructor(seed: string, onUse: () => void = () => {}) {
    this.#seed = seed
    this.#onUse = onUse
  }

  /** A whole number from 0 up to but not including `n`, each equally likely (rejection sampling, no modulo bias). */
  below(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) throw new RangeError(`below(${n})`)
    const limit = 2 ** 32 - (2 ** 32 % n)
    for (;;) {
      const word = this.#next()
      if (word < limit) return word % n
    }
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1)
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    const index = this.below(list.length)
    return list[index] as T
  }

  /** A new list in random order (Fisher-Yates). */
  shuffle<T>(list: readonly T[]): T[] {
    const result = [...list]
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const picked = result[i] as T
      result[i] = result[j] as T
      result[j] = picked
    }
    return result
  }

  /**
   * Cuts a sum into parts of at least 1: each is drawn evenly between 1 and twice the mean of what is left, as WeChat's own lucky packets
   * are known to be cut, then all are shuffled so that no place in the queue is better.
   */
  parts(total: number, count: number): number[] {
    const parts: number[] = []
    let left = total
    for (let still = count; still > 1; still--) {
      const most = Math.min(left - (still - 1), Math.max(1, Math.floor((2 * left) / still) - 1))
      const part = this.between(1, most)
      parts.push(part)
      left -= part
    }
    return this.shuffle([...parts, left])
  }

  #next(): number {
    if (this.#at >= this.#block.length) {
      if (this.#counter === 0) this.#onUse()
      this.#block = createHash('sha256').update(`${this.#seed} ${this.#counter++}`).digest()
      this.#at = 0
    }
    const word = this.#block.readUInt32BE(this.#at)
    this.#at += 4
    return word
  }
}
