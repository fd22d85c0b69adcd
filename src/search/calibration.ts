// Levels of one library, found from what it holds and what people say around it: how sure an entry must be to be given unasked, and to
// be offered. Source of the idea: split conformal prediction, Vovk et al. (2005), Algorithmic Learning in a Random World.

/** Scores from 0 to 1. */
export interface Levels {
  /** A text scoring this is answered in ordinary chat. */
  readonly answer: number
  /** When the bot is asked, one that is clearly first is answered from here. */
  readonly asked: number
  /** An entry scoring this may be offered. */
  readonly suggest: number
}

/** What was tried to find the levels. */
export interface Trials {
  /** Best score of each line of ordinary chat. */
  readonly chat: readonly number[]
  /** For each wording, the best score of an entry that it does not belong to, with its own entry left out. */
  readonly strangers: readonly number[]
}

/** Below this the shipped weights are wrong more often than they should be, whatever the library. */
const least = 0.75
/** Nothing but the same wording is answered above this. */
const most = 0.95
/** Of questions that no entry answers, at most this share may be answered by another. */
const strangersAnswered = 0.1
/** How far below the level for ordinary chat, in logits, who asks the bot is answered and offered something. */
const askedBelow = 0.6
const leastSuggest = 0.05

/** @param eager the share of ordinary chat that may be answered, from 0 to 1 */
export function levelsFrom({ chat, strangers }: Trials, eager: number): Levels {
  const answer = Math.min(most, Math.max(least, above(chat, eager), above(strangers, strangersAnswered)))
  return { answer, asked: shifted(answer, -askedBelow), suggest: leastSuggest }
}

/** The lowest score that at most a share of the others exceed or reach. */
function above(scores: readonly number[], share: number): number {
  if (scores.length === 0) return 0
  const falling = [...scores].sort((a, b) => b - a)
  return (falling[Math.floor(share * falling.length)] ?? 0) + 1e-6
}

function shifted(score: number, by: number): number {
  return 1 / (1 + Math.exp(-(Math.log(score / (1 - score)) + by)))
}
