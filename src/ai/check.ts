// Whether what a language model wrote may be said in a group: short, plain, out of the library, nothing that binds the operator,
// and with no link, code or number that the library lacks.
import type { ModelQuery } from '../core/types/effect.ts'
import { canonical } from '../core/lib/text.ts'
import { longestAnswer } from './prompt.ts'
import { forbiddenTopic } from './topics.ts'

/** An address, with or without a protocol. Dots between digits are numbers. */
const link = /[a-z][a-z0-9+.-]*:\/\/\S+|(?:[\p{L}\p{N}-]+\.)+[a-z]{2,}(?:[/:?#]\S*)?/giu
/** How the dot of an address is hidden: evil。com, evil [.] com, evil dot com. */
const hiddenDot = /(?<=[a-z0-9])(?:\s*(?:[。·]|点|[[(]\s*\.\s*[\])])\s*|\s+(?:\.|dot\s)\s*)(?=[a-z])/giu
const digits = '零〇一二两三四五六七八九'
/** A run of letters and digits with a digit in it, also a Chinese one: codes, contacts, telephone numbers, dates. */
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
/** Characters that an answer may share with the question in a row, when the library lacks them. */
const mostShared = 6
/** Share of each sentence's pairs of characters that must occur in the library: what does not come from there is made up. */
const leastGrounded = 0.5

/**
 * @param flags names of what the ad filter's lists have against a text
 * @returns the text as it may be said, or why not (for the log)
 */
export function sayable(
  written: string,
  query: ModelQuery,
  flags: (text: string) => readonly string[],
): { said: string } | { refused: string } {
  const { language, question, about, entries } = query
  const said = written.trim()
  const length = [...said].length
  if (length === 0) return { refused: 'empty' }
  if (length > longestAnswer || said.split('\n').length > mostLines) return { refused: 'too long' }
  // Line ends are the only control characters that belong into a message.
  if (/[\p{Cc}\p{Bidi_Control}]/u.test(said.replaceAll('\n', ''))) return { refused: 'control characters' }
  if (/[@＠<>]/.test(said)) return { refused: 'a mention' }
  if (markup.test(said)) return { refused: 'markup' }
  const topic = forbiddenTopic(said)
  if (topic !== undefined) return { refused: `a statement about: ${topic}` }
  // What the member wrote is no ground: he may have been made to write it, or want to hear it from the bot.
  const ground = [about ?? '', ...entries.flatMap((entry) => [entry.question, ...entry.answer.split('\n')])]
  const found = canonical(said).replace(hiddenDot, '.')
  // Piece by piece, as of a long text only the beginning is read.
  const known = ground.map(canonical).join('\n')
  const patterns = [link, code, ...(language === 'zh' ? [account] : [])]
  for (const pattern of patterns) {
    const allowed = new Set(all(pattern, known))
    if (all(pattern, found).some((part) => !allowed.has(part)))
      return { refused: 'a link, code or account that the library lacks' }
  }
  if ([spelled, longNumber].some((pattern) => all(pattern, found).some((part) => !known.includes(part))))
    return { refused: 'letters or digits one by one that the library lacks' }
  if (echoes(said, question, known)) return { refused: 'words of the question that the library lacks' }
  if (sentencesOf(said).some((sentence) => grounded(sentence, known) < leastGrounded))
    return { refused: 'a sentence that does not come from the library' }
  const allowedFlags = new Set(ground.flatMap(flags))
  const flag = flags(said).find((name) => !allowedFlags.has(name))
  return flag === undefined ? { said } : { refused: `the ad filter: ${flag}` }
}

function sentencesOf(text: string): string[] {
  return text.split(/[。！？!?；;\n]|\.\s/).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))
}

/** Letters and digits of a text in canonical form, without what stands between them. */
function letters(text: string): string {
  return canonical(text).replace(/[^\p{L}\p{N}]/gu, '')
}

/** Whether an answer repeats words of the question, one after the other, that the library does not have. */
function echoes(said: string, question: string, known: string): boolean {
  const [answer, asked, ground] = [said, question, known].map(letters) as [string, string, string]
  for (let i = 0; i + mostShared < answer.length + 1; i += 1) {
    const part = answer.slice(i, i + mostShared)
    if (asked.includes(part) && !ground.includes(part)) return true
  }
  return answer.length <= mostShared && asked.includes(answer) && !ground.includes(answer)
}

/** The share (0 to 1) of a sentence's pairs of neighbouring characters that occur in the library. */
function grounded(sentence: string, known: string): number {
  const text = letters(sentence)
  const ground = letters(known)
  if (text.length < 2) return 1
  const pairs = Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2))
  return pairs.filter((pair) => ground.includes(pair)).length / pairs.length
}

function all(pattern: RegExp, text: string): string[] {
  return [...text.matchAll(pattern)].map(([part]) => part)
}
