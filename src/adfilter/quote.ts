// Finds the words of a message, as they were typed, behind something that was found in its squeezed form.
import { squeezed } from '../core/lib/text.ts'

/** A text is looked through in pieces of these lengths (UTF-16 units), each overlapping the next by half: short ones cost less. */
const pieceLengths = [80, 320] as const
/** Longest quote, in code points; what is longer is cut. */
const longest = 24

/** Looks for squeezed words in one text as it was typed. */
export interface Quoter {
  /**
   * The shortest part of the text whose squeezed form holds `needle`.
   * @returns the range in UTF-16 units, or undefined when no part of 160 units holds it
   */
  range(needle: string): { from: number; to: number } | undefined
  /** The words behind `needle` as typed, on one line and cut to 24 characters; empty when they cannot be found. */
  words(needle: string): string
}

/** Makes a text ready for quoting from it; what was squeezed for one needle is kept for the next. */
export function quoter(text: string): Quoter {
  const known = new Map<number, string>()
  const pieceAt = (start: number, length: number): string => {
    const key = start * 2 + (length === pieceLengths[0] ? 0 : 1)
    let piece = known.get(key)
    if (piece === undefined) known.set(key, (piece = squeezed(text.slice(start, start + length))))
    return piece
  }
  const range: Quoter['range'] = (needle) => {
    if (needle === '') return undefined
    for (const length of pieceLengths) {
      for (let start = 0; start < text.length; start += length / 2) {
        if (!pieceAt(start, length).includes(needle)) continue
        const piece = text.slice(start, start + length)
        const to = least(1, piece.length, (end) => squeezed(piece.slice(0, end)).includes(needle))
        const head = piece.slice(0, to)
        const cut = least(0, to, (behind) => squeezed(head.slice(to - behind)).includes(needle))
        return { from: start + to - cut, to: start + to }
      }
      if (text.length <= length) return undefined
    }
    return undefined
  }
  return {
    range,
    words(needle) {
      const found = range(needle)
      return found === undefined ? '' : shortened(text.slice(found.from, found.to))
    },
  }
}

/** Words on one line, cut to 24 characters. */
export function shortened(words: string): string {
  const line = [...words.replace(/\s+/g, ' ').trim()]
  return line.length > longest ? `${line.slice(0, longest - 1).join('')}…` : line.join('')
}

/** The least whole number in the range for which `holds`; it must hold for all above. */
function least(from: number, to: number, holds: (value: number) => boolean): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
