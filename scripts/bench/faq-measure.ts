// What is measured of a ranking over a library of questions.
import type { Library } from './faq-data.ts'

/** Finds the best entry for a text: its place in the library and a score that grows with certainty. */
export type Ranking = (text: string) => { at: number; score: number } | undefined

export interface Figures {
  /** Share of the questions whose best entry is the right one. */
  top: number
  /** The same at the score that 1 % of the chat exceeds. */
  atOnePercent: number
  /** That score. */
  threshold: number
}

export function measure(library: Library, chat: readonly string[], rank: Ranking): Figures {
  const answers = library.queries.map((query) => {
    const found = rank(query.q)
    return { score: found?.score ?? -Infinity, right: found !== undefined && library.kb[found.at]?.id === query.id }
  })
  const chatScores = chat.map((text) => rank(text)?.score ?? -Infinity).sort((a, b) => b - a)
  const threshold = chatScores[Math.floor(chat.length / 100)] ?? -Infinity
  const share = (matching: (answer: { score: number; right: boolean }) => boolean) =>
    answers.filter(matching).length / (answers.length || 1)
  return {
    top: share((answer) => answer.right),
    atOnePercent: share((answer) => answer.right && answer.score > threshold),
    threshold,
  }
}
