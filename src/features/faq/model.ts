// Asking the language model when the library has nothing: budgets first, then what comes back.
import type { Effect } from '../../core/types/effect.ts'
import type { Found } from '../../core/types/event.ts'
import { partsOf, targetOf } from './answers.ts'
import type { DayKey } from '../../core/lib/time.ts'
import { handOver } from './handover.ts'
import type { Candidate } from './library.ts'
import { runningCount, type Asked, type FaqContext } from './state.ts'

/** So many entries the model may know. */
const nearest = 6

/** The question for the model, its cost booked; undefined when it is off or a budget is used up. */
export function askModel(asked: Asked, near: readonly Candidate[], cx: FaqContext): Effect | undefined {
  if (!cx.config.model.on || !book(asked, cx)) return undefined
  const entries = near.slice(0, nearest).flatMap(({ entry }) => {
    const answer = partsOf(entry, '', cx).filter((part) => typeof part === 'string')
    return answer.length > 0 ? [{ question: entry.question, answer: answer.join('\n') }] : []
  })
  const { question, group, from } = asked
  const query = { language: cx.language, group, member: from, question, about: cx.config.about ?? null, entries }
  return cx.lookup({ what: 'model', query })
}

interface Budget {
  key: string
  most: number
  /** What is used up, in the day or month that counts. */
  used: { period: string; count: number }
}

function budgets({ group, from }: Asked, { config, tables, today }: FaqContext): Budget[] {
  const { perMemberPerDay, perGroupPerDay, perDay, perMonth } = config.model
  const budget = (key: string, most: number, periodOf = (day: DayKey) => day): Budget => {
    const before = tables.noteModelUse.get(key)
    return { key, most, used: runningCount(before, today, periodOf) }
  }
  return [
    budget(`member/${from}`, perMemberPerDay),
    ...(group === null ? [] : [budget(`group/${group}`, perGroupPerDay)]),
    budget('all/day', perDay),
    budget('all/month', perMonth, (day) => day.slice(0, 7)),
  ]
}

/** Books one call, in the same commit as the question; false, and nothing is booked, when any budget is used up. */
function book(asked: Asked, cx: FaqContext): boolean {
  const all = budgets(asked, cx)
  if (all.some(({ used, most }) => used.count >= most)) return false
  for (const { key, used } of all) cx.tables.noteModelUse.set(key, { ...used, count: used.count + 1 })
  return true
}

/** No call was made after all. */
function unbook(asked: Asked, cx: FaqContext) {
  for (const { key, used } of budgets(asked, cx))
    if (used.count > 0) cx.tables.noteModelUse.set(key, { ...used, count: used.count - 1 })
}

/** The model's answer, or a human. */
export function modelAnswered({ query, answer }: Found & { what: 'model' }, cx: FaqContext): Effect[] {
  const asked = { group: query.group, from: query.member, question: query.question }
  const here = query.group === null ? cx : cx.inGroup(query.group)
  if (answer.outcome === 'off') unbook(asked, here)
  // The group may be gone meanwhile.
  if (query.group !== null && !here.group) return []
  if (answer.outcome !== 'answered') return handOver(asked, here)
  const name = here.members.name(asked.from, asked.group)
  const vars = { name, answer: answer.text, word: here.word('human') }
  return [here.say(targetOf(asked), here.text('modelAnswer', vars), { priority: 'reply' })]
}
