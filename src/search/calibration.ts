// Levels of one library, found from what it holds and what people say around it: how sure an entry must be to be given unasked, and to
// be offered. Source of the idea: split conformal prediction, Vovk et al. (2005), Algorithmic Learning in a Random World.
import { allButSame, sureAtMost } from './ranker.ts'

/** Scores from 0 to 1. */
export interface Levels {
  /** In ordinary chat an entry is given from this chance that it alone is meant. */
  readonly answer: number
  /** When the bot is asked, one that is clearly first is answered from here. */
  readonly asked: number
  /** An entry scoring this may be offered. */
  readonly suggest: number
}

/**
 * The chance that an entry is meant and not the one that comes second: where entries stand close, a wrong one is as likely as the right
 * one. With this and a level lowered by 0.05 as many questions are answered right and half to three quarters as many wrong (libraries of
 * 500 and 25 entries).
 */
export function chanceAlone(first: number, second = 0): number {
  // What reads the same is meant, whatever else comes near.
  return first >= allButSame && second < allButSame ? first : first * Math.max(0, 1 - 1.5 * second)
}

/** What was tried to find the levels. */
export interface Trials {
  /** For each line of ordinary chat the best chance that one entry alone is meant. */
  readonly chat: readonly number[]
  /** The same for each wording, with its own entry left out. */
  readonly strangers: readonly number[]
}

/** Below this the shipped weights are wrong more often than they should be, whatever the library. */
const least = 0.55
/** Nothing but the same wording is answered above this. */
const most = (sureAtMost + allButSame) / 2
/** Of questions that no entry answers, at most this share may be answered by another. */
const strangersAnswered = 0.1
/** How far below the level for ordinary chat, in logits, who asks the bot is answered and offered something. */
const askedBelow = 0.25
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
