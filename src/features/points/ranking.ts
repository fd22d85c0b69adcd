// Rankings by day, week, month and in all, and how places have changed since the period before.
import type { MemberId } from '../../core/types/ids.ts'
import type { Ledger } from '../../core/money/ledger.ts'
import type { Rank, Ranking } from '../../core/money/ranking.ts'
import { addDays, periodOf, type DayKey, type Period as CalendarPeriod } from '../../core/lib/time.ts'

/** The periods of a ranking, by what people call them. */
export const periods = {
  day: ['今天', '今日', '日榜', '今日榜', '当天', '每日', 'today', 'day'],
  week: ['本周', '这周', '这个星期', '本星期', '周榜', '本周榜', '每周', 'this week', 'weekly', 'week'],
  month: ['本月', '这个月', '月榜', '本月榜', '每月', 'this month', 'monthly', 'month'],
  total: ['总榜', '全部', '总', '累计', '排行榜', 'all', 'total'],
} as const satisfies Record<CalendarPeriod | 'total', readonly [string, ...string[]]>
export type Period = keyof typeof periods

export interface Ranked extends Rank {
  /** Places won since the period before (for all points: since this morning); 0 for who was not ranked then. */
  up: number
}

/** What of a ranking is shown. */
interface Shown {
  first: Ranked[]
  /** The asker's place, when it is not among the first. */
  own: Ranked | undefined
}

/** @param count how many places are shown */
export function ranked(
  ledger: Ledger,
  among: readonly MemberId[],
  period: Period,
  { today, count, asker }: { today: DayKey; count: number; asker: MemberId | undefined },
): Shown {
  const [now, before] = rankings(ledger, among, period, today)
  const compared = (rank: Rank): Ranked => ({ ...rank, up: (before.of(rank.member)?.place ?? rank.place) - rank.place })
  const first = now.top(count).map(compared)
  const own = asker === undefined || first.some(({ member }) => member === asker) ? undefined : now.of(asker)
  return { first, own: own && compared(own) }
}

function rankings(ledger: Ledger, among: readonly MemberId[], period: Period, today: DayKey): [Ranking, Ranking] {
  if (period === 'total') return [ledger.ranking(among), ledger.rankingBefore(today, among)]
  return [
    ledger.ranking(among, { period, day: today }),
    ledger.ranking(among, { period, day: dayBefore(period, today) }),
  ]
}

/** A day of the period before. */
function dayBefore(period: CalendarPeriod, today: DayKey): DayKey {
  return addDays(periodOf(period, today).from, -1)
}
