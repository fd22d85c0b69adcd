// Whether what a language model wrote may be said in a group: short, plain, and with no link, code or number that the library lacks.
import type { ModelQuery } from '../core/types/effect.ts'
import { canonical } from '../core/lib/text.ts'
import { longestAnswer } from './prompt.ts'

/** An address, with or without a protocol. Dots between digits are numbers. */
const link = /[a-z][a-z0-9+.-]*:\/\/\S+|(?:[\p{L}\p{N}-]+\.)+[a-z]{2,}(?:[/:?#]\S*)?/giu
/** How the dot of an address is hidden: evil。com, evil [.] com, evil dot com. */
const hiddenDot = /(?<=[a-z0-9])(?:\s*(?:[。·]|点|[[(]\s*\.\s*[\])])\s*|\s+(?:\.|dot\s)\s*)(?=[a-z])/giu
const digits = '零〇一二两三四五六七八九'
/** A run of letters and digits with a digit in it, also a Chinese one: codes, contacts, telephone numbers, prices, dates. */
const code = new RegExp(
  `[a-z0-9${digits}]*(?:\\d|[a-z][${digits}]|[${digits}][a-z])[a-z0-9${digits}]*|(?!万一|一一|千万)[${digits}十百千万]{2,}`,
  'giu',
)
/** Letters and digits one by one, with something between them: 1 3 8 0, e v i l. */
const spelled = /(?<![a-z0-9])(?:[a-z0-9][^\p{L}\p{N}]+){3,}[a-z0-9](?![a-z0-9])/giu
/** Digits that are no number of things any more, whatever stands between them: 18 20 39 39 18. */
const longNumber = /\d(?:[^\p{L}\p{N}]*\d){4,}/giu
/** In a Chinese sentence, a word of an alphabet that is long enough to be somebody's account. */
const account = /[a-z]{3,}/giu
const markup = /^#{1,6} |\*\*|__|```|^\s*[-*] |!?\[[^\]]*\]\(/m
const mostLines = 6

/**
 * @param flags names of what the ad filter's lists have against a text
 * @returns the text as it may be said, or why not (for the log)
 */
export function sayable(
  written: string,
  { language, question, about, entries }: ModelQuery,
  flags: (text: string) => readonly string[],
): { said: string } | { refused: string } {
  const said = written.trim()
  const length = [...said].length
  if (length === 0) return { refused: 'empty' }
  if (length > longestAnswer || said.split('\n').length > mostLines) return { refused: 'too long' }
  // Line ends are the only control characters that belong into a message.
  if (/[\p{Cc}\p{Bidi_Control}]/u.test(said.replaceAll('\n', ''))) return { refused: 'control characters' }
  if (/[@＠<>]/.test(said)) return { refused: 'a mention' }
  if (markup.test(said)) return { refused: 'markup' }
  // What the member wrote is no ground: he may have been made to write it, or want to hear it from the bot.
  const ground = [about ?? '', ...entries.flatMap((entry) => [entry.question, ...entry.answer.split('\n')])]
  const found = canonical(said).replace(hiddenDot, '.')
  // Piece by piece, as of a long text only the beginning is read.
  const known = ground.map(canonical).join('\n')
  const patterns = [link, code, ...(language === 'zh' ? [account] : [])]
  for (const pattern of patterns) {
    const allowed = new Set(all(pattern, known))
    const foreign = all(pattern, found).some((one) => !allowed.has(one) && !isSmall(one, question))
    if (foreign) return { refused: 'a link, code or account that the library lacks' }
  }
  if ([spelled, longNumber].some((pattern) => all(pattern, found).some((one) => !known.includes(one))))
    return { refused: 'letters or digits one by one that the library lacks' }
  const allowedFlags = new Set(ground.flatMap(flags))
  const flag = flags(said).find((one) => !allowedFlags.has(one))
  return flag === undefined ? { said } : { refused: `the ad filter: ${flag}` }
}

/** A number of the question itself (20 of “can I pay with 20 coins”) may be said again, as long as it can be no contact. */
function isSmall(one: string, question: string): boolean {
  return /^\d{1,3}$/.test(one) && all(code, canonical(question)).includes(one)
}

function all(pattern: RegExp, text: string): string[] {
  return [...text.matchAll(pattern)].map(([one]) => one)
}
