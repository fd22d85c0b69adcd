// Finds the words of a message, as they were typed, behind something that was found in its squeezed form.
import { squeezed } from '../core/lib/text.ts'

/** A text is looked through in pieces of this length (UTF-16 units), each overlapping the next by half. */
const pieceLength = 256
/** Longest quote, in code points; what is longer is cut. */
const longest = 24

/**
 * The shortest part of a text whose squeezed form holds `needle`.
 * @param text as typed
 * @param needle in squeezed form
 * @returns the range in UTF-16 units, or undefined when no part of 256 units holds it
 */
export function typedRange(text: string, needle: string): { from: number; to: number } | undefined {
  if (needle === '') return undefined
  for (let start = 0; start < text.length; start += pieceLength / 2) {
    const piece = text.slice(start, start + pieceLength)
    if (!squeezed(piece).includes(needle)) continue
    const to = least(1, piece.length, (end) => squeezed(piece.slice(0, end)).includes(needle))
    const head = piece.slice(0, to)
    const cut = least(0, to, (behind) => squeezed(head.slice(to - behind)).includes(needle))
    return { from: start + to - cut, to: start + to }
  }
  return undefined
}

/** The words behind `needle` as typed, on one line and cut to 24 characters; empty when they cannot be found. */
export function typedWords(text: string, needle: string): string {
  const range = typedRange(text, needle)
  return range === undefined ? '' : shortened(text.slice(range.from, range.to))
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
