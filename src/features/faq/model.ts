// Asking the language model when the library has nothing: budgets first, then what comes back.
import type { Effect } from '../../core/effect.ts'
import type { Found } from '../../core/event.ts'
import { fillAnswer, targetOf } from './answers.ts'
import { handOver } from './handover.ts'
import type { Candidate } from './library.ts'
import type { Asked, FaqContext } from './state.ts'

/** So many entries the model may know. */
const nearest = 6

/** The question for the model, its cost booked; undefined when it is off or a budget is used up. */
export function askModel(asked: Asked, near: readonly Candidate[], cx: FaqContext): Effect | undefined {
  if (!cx.config.model.on || !book(asked, cx)) return undefined
  const entries = near.slice(0, nearest).flatMap(({ entry }) => {
    const answer = entry.answer.flatMap((part) => (typeof part === 'string' ? [fillAnswer(part, '', cx)] : []))
    return answer.length > 0 ? [{ question: entry.question, answer: answer.join('\n') }] : []
  })
  const { question, group, from } = asked
  const query = { language: cx.language, group, member: from, question, about: cx.config.about ?? null, entries }
  return cx.lookup({ what: 'model', query })
}

interface Budget {
  key: string
  period: string
  most: number
}

function budgets({ group, from }: Asked, { config, today }: FaqContext): Budget[] {
  const { perMemberPerDay, perGroupPerDay, perDay, perMonth } = config.model
  return [
    { key: `member/${from}`, period: today, most: perMemberPerDay },
    ...(group === null ? [] : [{ key: `group/${group}`, period: today, most: perGroupPerDay }]),
    { key: 'all/day', period: today, most: perDay },
    { key: 'all/month', period: today.slice(0, 7), most: perMonth },
  ]
}

/** Books one call, in the same commit as the question; false, and nothing is booked, when any budget is used up. */
function book(asked: Asked, cx: FaqContext): boolean {
  const used = budgets(asked, cx).map((budget) => {
    const before = cx.tables.noteModelUse.get(budget.key)
    return { ...budget, count: before?.period === budget.period ? before.count : 0 }
  })
  if (used.some(({ count, most }) => count >= most)) return false
  for (const { key, period, count } of used) cx.tables.noteModelUse.set(key, { period, count: count + 1 })
  return true
}

/** No call was made after all. */
function unbook(asked: Asked, cx: FaqContext) {
  for (const { key, period } of budgets(asked, cx)) {
    const before = cx.tables.noteModelUse.get(key)
    if (before?.period === period) cx.tables.noteModelUse.set(key, { period, count: before.count - 1 })
  }
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
