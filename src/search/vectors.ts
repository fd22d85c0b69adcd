// Vectors of texts as a server of embeddings gives them, held small: one byte a number.

/** A direction. */
export interface Vector {
  readonly numbers: Int8Array
  /** The length of `numbers` as a vector; it says nothing. */
  readonly norm: number
}

/** @returns undefined for what is no direction: all zero, or numbers that are none */
export function quantised(numbers: readonly number[]): Vector | undefined {
  let most = 0
  for (const number of numbers) most = Math.max(most, Math.abs(number))
  if (!Number.isFinite(most) || most === 0) return undefined
  return vectorOf(Int8Array.from(numbers, (number) => Math.round((number / most) * 127)))
}

export function vectorOf(numbers: Int8Array): Vector {
  let squares = 0
  for (const number of numbers) squares += number * number
  return { numbers, norm: Math.sqrt(squares) || 1 }
}

/** -1 to 1. Vectors of another model have another length and nothing in common: 0. */
export function cosine(a: Vector, b: Vector): number {
  const { numbers } = a
  const others = b.numbers
  if (numbers.length !== others.length) return 0
  let dot = 0
  for (let i = 0; i < numbers.length; i += 1) dot += (numbers[i] ?? 0) * (others[i] ?? 0)
  return dot / (a.norm * b.norm)
}
