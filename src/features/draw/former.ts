// Draws of version 0.1.0, which had tables of their own, in the form of any activity.
import type { Former } from '../../activities/kind.ts'
import type { TableSpec } from '../../core/feature/tables.ts'
import type { CommunityContextOf } from '../../core/feature/feature.ts'
import { unopened, type Content, type Tickets, type parts } from './records.ts'

/** `{ tickets, paid }` as an entry of any activity. The group is found by where the person is. */
export const withTickets: TableSpec<object>['migrations'][number] = (old) => {
  const { tickets, paid } = old as { tickets: number[]; paid: number }
  return { group: 'g0', at: 0, order: tickets[0] ?? 0, name: null, paid, value: { tickets } }
}

const phases = { open: 'open', closed: 'closed', drawn: 'settled', cancelled: 'cancelled' } as const

/** Takes them out of the tables in which they were; their entries are where they belong. */
export function formerDraws({ tables }: CommunityContextOf<typeof parts>): Former<Content, Tickets>[] {
  const former = [...tables.draws.entries()].flatMap(([key, { group, at, rules, commitment, terms }]) => {
    const state = tables.states.get(key)
    if (!state) return []
    const { full = null, each, days, points, word = null, excluded, closesAt: _, title, everyone, ...more } = terms
    const { prizes, cost, friends, level = null, outside = null } = more
    const { list, slots, winners, skipped, rerolls } = state
    const content = {
      ...unopened({ prizes, cost, friends, level, outside, everyone: everyone ?? null, isClean: false }),
      ...{ rules, commitment, list, mixed: state.outside, slots, winners, skipped, rerolls },
    }
    const common = { title, groups: [group], phase: phases[state.phase], at, opensAt: null, closesAt: state.closesAt }
    return [
      {
        live: { ...common, terms: { full, each, days, points, word, excluded }, content, no: Number(key) },
        entries: [],
      },
    ]
  })
  for (const table of [tables.draws, tables.states, tables.noteNumber])
    for (const key of table.keys()) table.delete(key)
  return former
}
