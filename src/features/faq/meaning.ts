// Asking what a question means (embeddings) when the words alone find no sure answer.
import type { Effect } from '../../core/types/effect.ts'
import type { Found, Said } from '../../core/types/event.ts'
import type { Meaning } from '../../search/meaning.ts'
import type { Utterance } from '../../search/utterance.ts'
import { book, budgetsText, unbook } from './budgets.ts'
import type { Candidate } from './library.ts'
import { noteOutcome, stateText } from './service-state.ts'
import type { FaqContext } from './state.ts'

/** Who does not ask the bot and only names things means the library when an entry has this chance by the words. */
const leastNamed = 0.05

/** What is asked, its cost booked; undefined when it is off, nothing is asked, or a budget is used up. @param parts questions of the message */
export function askMeaning(
  { group, from, text, addressed }: Pick<Said, 'group' | 'from' | 'text' | 'addressed'>,
  parts: readonly string[],
  { utterance, candidates }: { utterance: Utterance; candidates: readonly Candidate[] },
  cx: FaqContext,
): Effect | undefined {
  const { embeddings } = cx.config
  if (!embeddings) return undefined
  const isNamed = addressed || (candidates[0]?.score ?? 0) >= leastNamed
  const isAsked = utterance === 'question' || utterance === 'request'
  if (!isAsked && !(isNamed && (utterance === 'bare' || utterance === 'report'))) return undefined
  if (!book('embeddings', { group, from }, cx)) return undefined
  const query = { language: cx.language, group, member: from, addressed, texts: [text, ...parts] }
  return cx.lookup({ what: 'meaning', query })
}

/** What came of it: the meaning of each text, or undefined when there is none; and what admins are told of that. */
export function meaningsIn(
  { query, answer }: Found & { what: 'meaning' },
  cx: FaqContext,
): { told: Effect[]; meanings: Meaning[] | undefined } {
  const failed = answer.outcome === 'failed' ? answer : undefined
  if (answer.outcome !== 'done')
    unbook('embeddings', { group: query.group, from: query.member }, failed !== undefined, cx)
  // While the library is being made ready nothing is wrong.
  const told = answer.outcome === 'off' ? [] : noteOutcome('embeddings', failed, cx)
  const meanings =
    answer.outcome === 'done' ? answer.meanings.map(({ odds, least }) => ({ odds: new Map(odds), least })) : undefined
  return { told, meanings }
}

/** Its line in `/status`; undefined when it is off. */
export function meaningStatus(cx: FaqContext): string | undefined {
  const { embeddings } = cx.config
  if (!embeddings) return undefined
  const vars = { name: embeddings.model, how: stateText('embeddings', cx), budgets: budgetsText('embeddings', cx) }
  return cx.text('meaningStatusLine', vars)
}
