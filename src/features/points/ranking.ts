// Rankings by day, week, month and in all, and how places have changed since the period before.
import type { MemberId } from '../../core/types/ids.ts'
import type { Ledger, Rank } from '../../core/money/ledger.ts'
import { addDays, weekday, type DayKey } from '../../core/lib/time.ts'

export const periods = ['day', 'week', 'month', 'total'] as const
export type Period = (typeof periods)[number]

export interface Ranked extends Rank {
  /** Places won since the period before (for all points: since this morning); 0 for who was not ranked then. */
  up: number
}

export function ranked(ledger: Ledger, among: readonly MemberId[], period: Period, today: DayKey): Ranked[] {
  const [now, before] =
    period === 'total'
      ? [ledger.ranking(among), ledger.rankingBefore(today, among)]
      : spans(period, today).map((days) => ledger.ranking(among, days))
  const places = new Map(before?.map(({ member, place }) => [member, place]))
  return (now ?? []).map((rank) => ({ ...rank, up: (places.get(rank.member) ?? rank.place) - rank.place }))
}

/** This period so far, and the whole one before. Weeks begin on Monday. */
function spans(period: 'day' | 'week' | 'month', today: DayKey): { from: DayKey; to: DayKey }[] {
  const from = {
    day: today,
    week: addDays(today, -weekday(today)),
    month: `${today.slice(0, 8)}01`,
  }[period]
  const to = addDays(from, -1)
  const before = { day: to, week: addDays(from, -7), month: `${to.slice(0, 8)}01` }[period]
  return [
    { from, to: today },
    { from: before, to },
  ]
}
