// What admins do to an activity by its number, whatever its kind; and how activities are listed.
import type { Listed, Request } from '../core/feature/activities.ts'
import type { Effect, Reply } from '../core/types/effect.ts'
import { dayAndClock } from '../core/lib/time.ts'
import { conditionsLine, groupNames, nameOf } from './conditions.ts'
import type { AnyKind } from './kind.ts'
import { cancel, close, openingText, prolong, takeOut, tell, wordFor } from './lifecycle.ts'
import { allLives, entriesOf, liveOf, type Cx, type GroupCx, type Live } from './records.ts'
import { leave } from './taking.ts'

/** Lines of a list in one message. */
const PAGE = 40
/** Rows of a table in one message. */
const TABLE_PAGE = 60

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
  if (!live) return undefined
  switch (request.verb) {
    case 'show':
      return cx.replyText(shown(kind, live, cx))
    case 'list':
      return cx.replyText(list(kind, live, request.page ?? 1, cx))
    case 'export':
      return table(kind, live, cx).map((page) => cx.replyText(page))
    case 'close':
      return live.phase === 'open' ? closeByHand(kind, live, cx) : notNow(kind, live, cx)
    case 'cancel':
      return isRunning(live)
        ? [...cancel(kind, live, request.why ?? '', cx), cx.replyText(cx.text('actCancelDone', { no }))]
        : notNow(kind, live, cx)
    case 'prolong':
      return (live.phase === 'open' || live.phase === 'planned') && request.until !== undefined
        ? [
            ...prolong(kind, live, request.until, cx),
            cx.replyText(cx.text('actProlongDone', { no, until: dayAndClock(request.until, cx.timezone) })),
          ]
        : notNow(kind, live, cx)
    case 'remind':
      return live.phase === 'open' || (live.phase === 'settled' && kind.remind)
        ? remind(kind, live, cx)
        : notNow(kind, live, cx)
    case 'remove': {
      if (request.member === undefined || !isRunning(live)) return notNow(kind, live, cx)
      const vars = { who: cx.members.name(request.member), no }
      const isOut = takeOut(live, request.member, cx)
      return cx.replyText(isOut ? cx.text('actRemoveDone', { ...vars, id: request.member }) : cx.text('actNotIn', vars))
    }
    case 'leave': {
      if (request.group === null || !live.groups.includes(request.group)) return undefined
      const there = cx.inGroup(request.group)
      if (live.phase !== 'open') return there.refuse('actOver', { name: nameOf(kind, live, cx), no })
      return leave(
        kind,
        live,
        { member: request.from, name: cx.members.name(request.from, request.group), group: request.group },
        there,
      )
    }
  }
}

function isRunning({ phase }: Live): boolean {
  return phase === 'planned' || phase === 'open' || phase === 'closed'
}

function notNow(kind: AnyKind, live: Live, cx: Cx): Effect {
  return cx.replyText(
    cx.text('actNotNow', { name: nameOf(kind, live, cx), no: live.no, phase: cx.text(phases[live.phase]) }),
  )
}

function closeByHand(kind: AnyKind, live: Live, cx: Cx): Effect[] {
  const effects = close(kind, live, cx)
  const isReady = effects.length > 0
  const vars = { name: nameOf(kind, live, cx), no: live.no, groups: groupNames(live, cx) }
  return isReady
    ? [...effects, cx.replyText(cx.text('actCloseDone', vars))]
    : [cx.replyText(cx.text('actNotReady', vars))]
}

/** One line about an activity. */
function stateLine(kind: AnyKind, live: Live, cx: Cx): string {
  const { no, title, closesAt, phase } = live
  const until =
    closesAt !== null && isRunning(live) ? cx.text('actUntil', { until: dayAndClock(closesAt, cx.timezone) }) : ''
  const name = cx.text('actName', { called: kind.called[cx.language], title })
  return cx.text('actState', {
    no,
    name,
    groups: groupNames(live, cx),
    phase: cx.text(phases[phase]),
    count: entriesOf(live, cx).length,
    until,
  })
}

function shown(kind: AnyKind, live: Live, cx: Cx): string {
  const conditions = conditionsLine(kind, live, firstOf(live, cx))
  return [
    stateLine(kind, live, cx),
    ...(conditions === undefined ? [] : [conditions]),
    kind.board(live, entriesOf(live, cx), cx as never),
  ].join('\n')
}

function firstOf({ groups }: Live, cx: Cx): GroupCx {
  const [group] = groups
  if (!group) throw new Error('an activity is in no group')
  return cx.inGroup(group)
}

function list(kind: AnyKind, live: Live, page: number, cx: Cx): string {
  const entries = entriesOf(live, cx)
  const { no } = live
  if (entries.length === 0) return cx.text('actEmpty', { no })
  const of = entries.slice((page - 1) * PAGE, page * PAGE)
  if (of.length === 0) return cx.text('actNoPage', { no })
  const head = cx.text('actList', {
    name: nameOf(kind, live, cx),
    no,
    count: entries.length,
    page,
    pages: Math.ceil(entries.length / PAGE),
  })
  const lines = of.map((entry, i) =>
    `${(page - 1) * PAGE + i + 1}. ${entry.name} ${kind.row(entry, live, cx as never).join(' ')}`.trim(),
  )
  return [head, ...lines].join('\n')
}

/** The list as CSV, in messages of a size that can be copied. */
function table(kind: AnyKind, live: Live, cx: Cx): string[] {
  const head = [cx.text('actPerson'), 'id', ...kind.columns(live, cx as never)]
  const rows = entriesOf(live, cx).map((entry) => [
    entry.name,
    entry.member ?? '',
    ...kind.row(entry, live, cx as never),
  ])
  const lines = [head, ...rows].map((row) => row.map(cell).join(','))
  return Array.from({ length: Math.ceil(lines.length / TABLE_PAGE) }, (_, i) =>
    lines.slice(i * TABLE_PAGE, (i + 1) * TABLE_PAGE).join('\n'),
  )
}

/** A cell of a table. What a spreadsheet would take for a formula is kept text by a quote in front. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

function remind(kind: AnyKind, live: Live, cx: Cx): Effect[] {
  const entries = entriesOf(live, cx)
  const own = kind.remind?.(live, entries, cx as never)
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
  return allLives(cx).map((live) => ({
    number: live.no,
    name: nameOf(kind, live, cx),
    state: stateLine(kind, live, cx),
    isOpen: live.phase === 'open',
    groups: live.groups,
    how: kind.how(live, wordFor(kind, live, firstOf(live, cx)), cx as never),
  }))
}
