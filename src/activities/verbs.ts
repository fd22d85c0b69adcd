// What admins do to an activity by its number, whatever its kind; and how activities are listed.
import type { Listed, Request } from '../core/feature/activities.ts'
import type { Effect, Reply } from '../core/types/effect.ts'
import type { MemberId } from '../core/types/ids.ts'
import { csvPages } from '../core/lib/csv.ts'
import { dayAndClock } from '../core/lib/time.ts'
import type { Refusal } from '../core/types/refusal.ts'
import { conditionsLine, groupNames, nameOf } from './conditions.ts'
import type { AnyKind } from './kind.ts'
import { cancel, close, isReady, openingText, prolong, settle, takeOut, tell, wordFor } from './lifecycle.ts'
import { allLives, entriesOf, isRunning, liveOf, placeOf, type Cx, type Live } from './records.ts'
import { backText, leave, notOpen } from './taking.ts'

/** Lines of a list in one message. */
const PAGE = 40

const phases = {
  planned: 'actPhasePlanned',
  open: 'actPhaseOpen',
  closed: 'actPhaseClosed',
  settled: 'actPhaseSettled',
  cancelled: 'actPhaseCancelled',
} as const

/** Does what is asked for with one of the kind's; undefined when the number is none of it. */
export function act(kind: AnyKind, no: number, request: Request, cx: Cx): Reply {
  const live = liveOf(no, cx)
  return live && verbs[request.verb](kind, live, request, cx)
}

const verbs: Record<Request['verb'], (kind: AnyKind, live: Live, request: Request, cx: Cx) => Reply> = {
  show: (kind, live, _request, cx) => cx.replyText(shown(kind, live, cx)),
  list: (kind, live, { page = 1 }, cx) =>
    cx.replyText(kind.page?.(live, page, placeOf(live, cx) as never) ?? list(kind, live, page, cx)),
  export: (kind, live, _request, cx) => table(kind, live, cx).map((page) => cx.replyText(page)),
  close(kind, live, _request, cx) {
    if (live.phase !== 'open' && live.phase !== 'closed') return notNow(kind, live, cx)
    if (!isReady(live, cx)) {
      const waits = live.phase === 'open' ? close(kind, live, cx) : []
      return [...waits, cx.reply('actNotReady', { groups: groupNames(live, cx) })]
    }
    const awaits = live.phase === 'closed' ? kind.awaits?.(live, placeOf(live, cx) as never) : undefined
    if (awaits) return awaits
    const done = cx.reply(live.phase === 'open' && kind.freeze ? 'actClosed' : 'actCloseDone', {
      name: nameOf(kind, live, cx),
      no: live.no,
    })
    return [...(live.phase === 'open' ? close(kind, live, cx) : settle(kind, live, cx)), done]
  },
  cancel(kind, live, { why = '' }, cx) {
    if (!isRunning(live)) return notNow(kind, live, cx)
    const { said, points } = cancel(kind, live, why, cx)
    return [...said, cx.reply('actCancelDone', { no: live.no, back: backText(points, cx) })]
  },
  prolong(kind, live, { until }, cx) {
    if ((live.phase !== 'open' && live.phase !== 'planned') || until === undefined) return notNow(kind, live, cx)
    const done = cx.reply('actProlongDone', { no: live.no, until: dayAndClock(until, cx.timezone) })
    return [...prolong(kind, live, until, cx), done]
  },
  remind: (kind, live, _request, cx) =>
    live.phase === 'open' || (live.phase === 'settled' && kind.remind)
      ? remind(kind, live, cx)
      : notNow(kind, live, cx),
  remove(kind, live, { member }, cx) {
    if (kind.isFinal) return cx.refuse('actFinal', { no: live.no })
    if (member === undefined || (live.phase !== 'open' && live.phase !== 'planned')) return notNow(kind, live, cx)
    const vars = { who: cx.members.name(member), no: live.no }
    const back = takeOut(kind, live, member, cx)
    if (back === undefined) return cx.refuse('actNotIn', vars)
    return cx.reply('actRemoveDone', { ...vars, id: member, back: backText(back, cx) })
  },
  leave(kind, live, { group, from }, cx) {
    if (group === null || !live.groups.includes(group)) return undefined
    const there = cx.inGroup(group)
    if (kind.isFinal) return there.refuse('actFinal', { no: live.no })
    if (live.phase !== 'open') return notOpen(kind, live, cx)
    return leave(kind, live, { member: from, name: cx.members.name(from, group), group }, there)
  },
}

function notNow(kind: AnyKind, live: Live, cx: Cx): Refusal {
  return cx.refuse('actNotNow', { name: nameOf(kind, live, cx), no: live.no, phase: cx.text(phases[live.phase]) })
}

/** One line about an activity. */
function stateLine(kind: AnyKind, live: Live, cx: Cx): string {
  const { no, opensAt, closesAt, phase } = live
  const at = (time: number) => dayAndClock(time, cx.timezone)
  const from = opensAt !== null && phase === 'planned' ? cx.text('actFrom', { at: at(opensAt) }) : ''
  const until = closesAt !== null && isRunning(live) ? cx.text('actUntil', { until: at(closesAt) }) : ''
  return cx.text('actState', {
    no,
    name: nameOf(kind, live, cx),
    groups: groupNames(live, cx),
    phase: cx.text(phases[phase]),
    count: entriesOf(live, cx, kind).length,
    until: from + until,
  })
}

function shown(kind: AnyKind, live: Live, cx: Cx): string {
  const there = placeOf(live, cx)
  const conditions = conditionsLine(kind, live, there)
  const board = kind.board(live, entriesOf(live, cx, kind), there as never)
  return [stateLine(kind, live, cx), conditions ?? '', board].filter((line) => line !== '').join('\n')
}

function list(kind: AnyKind, live: Live, page: number, cx: Cx): string {
  const entries = entriesOf(live, cx, kind)
  const { no } = live
  if (entries.length === 0) return cx.text('actEmpty', { no })
  const lines = entries.map((entry, i) =>
    `${i + 1}. ${entry.name} ${kind.row(entry, live, placeOf(live, cx) as never).join(' ')}`.trim(),
  )
  const vars = { name: nameOf(kind, live, cx), no, count: entries.length, page, pages: Math.ceil(lines.length / PAGE) }
  const of = lines.slice((page - 1) * PAGE, page * PAGE)
  return of.length === 0 ? cx.text('actNoPage', { no }) : [cx.text('actList', vars), ...of].join('\n')
}

/** The list as CSV, in messages of a size that can be copied. */
function table(kind: AnyKind, live: Live, cx: Cx): string[] {
  const there = placeOf(live, cx) as never
  const head = [cx.text('actPerson'), 'id', ...kind.columns(live, there)]
  const rows = entriesOf(live, cx, kind).map((entry) => [
    entry.name,
    entry.member ?? '',
    ...kind.row(entry, live, there),
  ])
  return csvPages([head, ...rows])
}

function remind(kind: AnyKind, live: Live, cx: Cx): Effect[] {
  const own = kind.remind?.(live, entriesOf(live, cx, kind), placeOf(live, cx) as never)
  if (own?.said === '') return [cx.replyText(own.admin ?? '')]
  const done = cx.text('actRemindDone', { no: live.no })
  if (own) return [...tell(live, own.said, cx), cx.replyText(own.admin === undefined ? done : `${done}\n${own.admin}`)]
  const told = live.groups.map((group) =>
    cx.say({ group }, openingText(kind, live, cx.inGroup(group)), { priority: 'reply' }),
  )
  return [...told, cx.replyText(done)]
}

/** What is planned, open, or over since not long. */
export function listed(kind: AnyKind, cx: Cx): Listed[] {
  const shown = allLives(cx).filter((live) => isRunning(live) || !kind.isSmall)
  return shown.map((live) => {
    const there = placeOf(live, cx)
    return {
      number: live.no,
      name: nameOf(kind, live, cx),
      state: stateLine(kind, live, cx),
      isOpen: live.phase === 'open',
      isRunning: isRunning(live),
      groups: live.groups,
      how: kind.how(live, wordFor(kind, live, there), there as never),
    }
  })
}

/** What a member takes part in, in a line for admins. */
export function entered(kind: AnyKind, member: MemberId, cx: Cx): string[] {
  const own = allLives(cx).filter((live) => isRunning(live) && cx.tables.entries.get(`${live.no}/${member}`))
  return own.map((live) => cx.text('actEntered', { no: live.no, name: nameOf(kind, live, cx) }))
}
