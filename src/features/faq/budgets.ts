// Budgets of what costs money: calls of the language model and questions whose meaning is asked for, of each member, each group and all.
import type { DayKey } from '../../core/lib/time.ts'
import { runningCount, type Asked, type FaqContext } from './state.ts'

/** What is asked, each with budgets of its own. */
export type Service = 'model' | 'embeddings'
/** Calls that may fail for one member on a day without using budgets: what answers in vain costs money all the same. */
const mostFailures = 20

interface Budget {
  key: string
  most: number
  /** What is used up, in the day or month that counts. */
  used: { period: string; count: number }
}

/** The keys of the model's were there first. */
const prefixes: Record<Service, string> = { model: '', embeddings: 'embeddings/' }

function budgetsOf(service: Service, { group, from }: Pick<Asked, 'group' | 'from'>, cx: FaqContext): Budget[] {
  const limits = cx.config[service]
  if (!limits) return []
  const { perMemberPerDay, perGroupPerDay, perDay, perMonth } = limits
  const budget = (name: string, most: number, periodOf = (day: DayKey) => day): Budget => {
    const key = `${prefixes[service]}${name}`
    return { key, most, used: runningCount(cx.tables.noteModelUse.get(key), cx.today, periodOf) }
  }
  return [
    budget(`member/${from}`, perMemberPerDay),
    ...(group === null ? [] : [budget(`group/${group}`, perGroupPerDay)]),
    budget('all/day', perDay),
    budget('all/month', perMonth, (day) => day.slice(0, 7)),
  ]
}

/** Failed calls of a member today. */
function failures(service: Service, { from }: Pick<Asked, 'from'>, { tables, today }: FaqContext): Budget {
  const key = `${prefixes[service]}failed/${from}`
  return { key, most: mostFailures, used: runningCount(tables.noteModelUse.get(key), today) }
}

type Who = Pick<Asked, 'group' | 'from'>

/** Books one call, in the same commit as the question; false, and nothing is booked, when any budget is used up. */
export function book(service: Service, asked: Who, cx: FaqContext): boolean {
  const all = budgetsOf(service, asked, cx)
  if ([...all, failures(service, asked, cx)].some(({ used, most }) => used.count >= most)) return false
  for (const { key, used } of all) cx.tables.noteModelUse.set(key, { ...used, count: used.count + 1 })
  return true
}

/** A call that came to nothing uses no budget; failed ones are counted apart. */
export function unbook(service: Service, asked: Who, isFailure: boolean, cx: FaqContext): void {
  for (const { key, used } of budgetsOf(service, asked, cx))
    if (used.count > 0) cx.tables.noteModelUse.set(key, { ...used, count: used.count - 1 })
  if (!isFailure) return
  const { key, used } = failures(service, asked, cx)
  cx.tables.noteModelUse.set(key, { ...used, count: used.count + 1 })
}

/** How many were asked today, and how many more may be. */
export function budgetsText(service: Service, { config, tables, today, text }: FaqContext): string {
  const used = (name: string, periodOf?: (day: DayKey) => string) =>
    runningCount(tables.noteModelUse.get(`${prefixes[service]}${name}`), today, periodOf).count
  const day = used('all/day')
  const month = used('all/month', (of) => of.slice(0, 7))
  const { perDay, perMonth } = config[service] ?? { perDay: 0, perMonth: 0 }
  return text('modelBudgets', { day, left: Math.max(0, Math.min(perDay - day, perMonth - month)) })
}
