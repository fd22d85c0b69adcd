// An activity's life: planned, open, closed, settled or cancelled; what is said at each turn, and the live board between.
import type { Effect } from '../core/types/effect.ts'
import type { Millis } from '../core/types/ids.ts'
import { dayAndClock } from '../core/lib/time.ts'
import { conditionsLine, DAY, groupNames, nameOf } from './conditions.ts'
import type { AnyKind } from './kind.ts'
import { change, entriesOf, liveOf, openIn, type Cx, type GroupCx, type Live } from './records.ts'

const MINUTE = 60_000
/** The live board is shown at most so often, and first when so long has passed since somebody entered. */
const BOARD_EVERY = 3 * MINUTE
const BOARD_FIRST = 30_000
/** The last call comes so long before the closing, of what is open four times as long at least. */
const LAST_CALL = 10 * MINUTE
/** Later than this means that the bot was away while members still expected to take part. */
const OUTAGE = 5 * MINUTE
/** When people cannot be recognised yet after a login, look again after this. */
const LOOK_AGAIN = 5 * MINUTE
/** An activity without a closing time takes part in the reading of bare answers for so long. */
const OPEN_MOST = 60 * DAY
/** Older activities that are over are forgotten. */
const KEPT = 100

/** The number that the last activity of a kind got. */
export function lastNumber({ tables }: Pick<Cx, 'tables'>): number {
  return tables.noteNumbers.get('last')?.no ?? 0
}

/** A message to all groups of an activity. What was opened is also ended and told, in quiet hours too. */
export function tell({ no, groups }: Live, text: string, { say }: Cx, merge?: string): Effect[] {
  const options = { priority: 'reply', freshFor: DAY, ...(merge ? { merge: `${merge}-${no}` } : {}) } as const
  return groups.map((group) => say({ group }, text, options))
}

/** What members type to take part: with its number when another of the kind is open there. */
export function wordFor(kind: AnyKind, live: Live, cx: GroupCx): string {
  if (live.terms.word !== null) return live.terms.word
  const others = openIn(cx.group.id, cx).filter(({ no, terms }) => no !== live.no && terms.word === null)
  return others.length > 0 ? `${cx.word(kind.word)} ${live.no}` : cx.word(kind.word)
}

/** What members read when it opens. */
export function openingText(kind: AnyKind, live: Live, cx: GroupCx): string {
  const conditions = conditionsLine(kind, live, cx)
  const opening = kind.opening(live, wordFor(kind, live, cx), cx as never)
  return conditions === undefined ? opening : `${opening}\n${conditions}`
}

/** Opens what was asked for now, or plans it; in quiet hours it waits for their end. @returns also what the admins read */
export function begin(kind: AnyKind, wanted: Omit<Live, 'no' | 'phase' | 'at' | 'called'>, cx: Cx): Effect[] {
  const { tables, house, now, text, wake, say } = cx
  const { timezone } = cx.inGroup(wanted.groups[0] as never)
  const no = house.nextNumber()
  const isQuiet = wanted.opensAt === null && house.isQuiet(now, timezone)
  const opensAt = wanted.opensAt ?? (isQuiet ? house.awakeFrom(now, timezone) : null)
  tables.noteNumbers.set('last', { no })
  forget(no - KEPT, cx)
  const live = change({ ...wanted, no, at: now, opensAt, called: false, phase: 'planned' }, {}, cx)
  const vars = { name: nameOf(kind, live, cx), no, groups: groupNames(live, cx) }
  if (opensAt === null) {
    const byHand = live.closesAt === null ? [text('actByHand', { no })] : []
    return [...open(kind, live, cx), say('control', [text('actOpened', vars), ...byHand].join('\n'))]
  }
  wake(opensAt, 'open', String(no))
  const planned = text('actPlanned', { ...vars, at: dayAndClock(opensAt, timezone) })
  return [say('control', isQuiet ? text('actQuiet', { planned }) : planned)]
}

/** Opens what somebody has begun in a group by a text of his own. */
export function openQuietly(begun: { title: string; content: unknown }, cx: GroupCx): Live {
  const no = cx.house.nextNumber()
  cx.tables.noteNumbers.set('last', { no })
  const terms = { full: null, each: null, days: 0, points: 0, word: null, excluded: [] }
  const live = {
    ...begun,
    no,
    groups: [cx.group.id],
    at: cx.now,
    opensAt: null,
    closesAt: null,
    terms,
    called: false,
  } as const
  return change({ ...live, groups: [...live.groups], terms: { ...terms }, phase: 'open' }, {}, cx)
}

function open(kind: AnyKind, planned: Live, cx: Cx): Effect[] {
  const live = change(planned, { phase: 'open' }, cx)
  arm(kind, live, cx)
  return live.groups.flatMap((group) => {
    const there = cx.inGroup(group)
    return cx.say({ group }, openingText(kind, live, there), { priority: 'reply', freshFor: DAY })
  })
}

/** Sets the timers of an open activity and what it expects to hear. */
function arm(kind: AnyKind, live: Live, cx: Cx): void {
  const { now, wake, expects } = cx
  const { no, closesAt, groups, terms, called } = live
  const key = String(no)
  if (closesAt !== null) wake(closesAt, 'close', key)
  if (closesAt !== null && !called && closesAt - now >= 4 * LAST_CALL) wake(closesAt - LAST_CALL, 'last', key)
  const until = closesAt ?? now + OPEN_MOST
  const form = kind.form?.(live)
  for (const group of groups) {
    if (form) expects('entry', { group }, form, until, key)
    if (terms.word !== null) expects('word', { group }, { kind: 'wording', wordings: [terms.word] }, until, key)
  }
}

/** Takes the timers of an activity off, and what it expected. */
function disarm({ no, groups }: Live, { sleep, expectsNoMore }: Cx): void {
  for (const job of ['open', 'close', 'last', 'board'] as const) sleep(job, String(no))
  for (const group of groups) for (const name of ['entry', 'word'] as const) expectsNoMore(name, { group }, String(no))
}

function forget(upTo: number, cx: Cx): void {
  const { tables } = cx
  for (const [key, { phase }] of tables.activities.entries()) {
    if (Number(key) > upTo || phase === 'open' || phase === 'planned' || phase === 'closed') continue
    tables.activities.delete(key)
    tables.noteBoards.delete(key)
    for (const entry of tables.entries.keys(key)) tables.entries.delete(entry)
  }
}

/** Closes and settles at once; after a fresh login when people are recognised again. */
export function close(kind: AnyKind, live: Live, cx: Cx): Effect[] {
  const { members, now, wake, text, say } = cx
  disarm(live, cx)
  const closed = change(live, { phase: 'closed' }, cx)
  const isReady = live.groups.some((group) => members.membersOf(group).some((member) => members.sure(member)))
  if (!isReady) {
    wake(now + LOOK_AGAIN, 'close', String(live.no))
    return []
  }
  const entries = entriesOf(closed, cx)
  const name = nameOf(kind, live, cx)
  change(closed, { phase: 'settled' }, cx)
  if (entries.length === 0)
    return [
      ...tell(live, text('actNobody', { name, no: live.no }), cx),
      say('control', text('actNobody', { name, no: live.no })),
    ]
  const { said, admin } = kind.settle(closed, entries, cx as never)
  const report = text('actSettledAdmin', { name, no: live.no, count: entries.length })
  return [
    ...tell(live, said, cx),
    say('control', admin === undefined ? report : `${report}\n${admin}`, { freshFor: DAY }),
  ]
}

/** Takes an activity back, in public. */
export function cancel(kind: AnyKind, live: Live, why: string, cx: Cx): Effect[] {
  disarm(live, cx)
  change(live, { phase: 'cancelled' }, cx)
  const wasSeen = live.phase !== 'planned'
  return wasSeen ? tell(live, cx.text('actCancelled', { name: nameOf(kind, live, cx), no: live.no, why }), cx) : []
}

/** Moves the closing time. @param late the bot was away when it should have closed */
export function prolong(kind: AnyKind, live: Live, until: Millis, cx: Cx, late = false): Effect[] {
  const moved = change(live, { closesAt: until }, cx)
  if (moved.phase === 'open') arm(kind, moved, cx)
  if (moved.phase !== 'open') return []
  const { timezone } = cx.inGroup(live.groups[0] as never)
  return tell(
    live,
    cx.text(late ? 'actLate' : 'actProlonged', {
      name: nameOf(kind, live, cx),
      no: live.no,
      until: dayAndClock(until, timezone),
    }),
    cx,
  )
}

/** Shows the board soon, unless that is planned already. */
export function showBoardSoon({ no }: Live, { tables, now, wake }: Pick<Cx, 'tables' | 'now' | 'wake'>): void {
  const board = tables.noteBoards.get(String(no)) ?? { due: 0, at: 0 }
  if (board.due > now) return
  const due = Math.max(now + BOARD_FIRST, board.at + BOARD_EVERY)
  tables.noteBoards.set(String(no), { ...board, due })
  wake(due, 'board', String(no))
}

/** What the timers of an activity do. */
export const jobs = {
  open(kind: AnyKind, live: Live, _late: Millis, cx: Cx): Effect[] {
    if (live.phase !== 'planned') return []
    if (live.closesAt === null || live.closesAt > cx.now + MINUTE) return open(kind, live, cx)
    change(live, { phase: 'cancelled' }, cx)
    return [cx.say('control', cx.text('actMissed', { name: nameOf(kind, live, cx), no: live.no }))]
  },
  close(kind: AnyKind, live: Live, late: Millis, cx: Cx): Effect[] {
    if (live.phase !== 'open') return live.phase === 'closed' ? close(kind, live, cx) : []
    return late > OUTAGE ? prolong(kind, live, cx.now + Math.min(late, DAY), cx, true) : close(kind, live, cx)
  },
  last(kind: AnyKind, live: Live, late: Millis, cx: Cx): Effect[] {
    if (live.phase !== 'open' || live.closesAt === null || late > OUTAGE) return []
    change(live, { called: true }, cx)
    const minutes = Math.round((live.closesAt - cx.now) / MINUTE)
    const count = entriesOf(live, cx).length
    return live.groups.map((group) => {
      const there = cx.inGroup(group)
      const how = kind.how(live, wordFor(kind, live, there), cx as never)
      return cx.say({ group }, cx.text('actLast', { minutes, name: nameOf(kind, live, cx), no: live.no, count, how }), {
        priority: 'reply',
      })
    })
  },
  board(kind: AnyKind, live: Live, late: Millis, cx: Cx): Effect[] {
    if (live.phase !== 'open' || late > OUTAGE) return []
    cx.tables.noteBoards.set(String(live.no), { due: 0, at: cx.now })
    return tell(live, kind.board(live, entriesOf(live, cx), cx as never), cx, 'board')
  },
} as const

/** The activity of a timer's key, unless it was taken back. */
export function onTimer(kind: AnyKind, job: keyof typeof jobs, key: string, due: Millis, cx: Cx): Effect[] {
  const live = liveOf(Number(key), cx)
  return live ? jobs[job](kind, live, cx.now - due, cx) : []
}

/** Takes somebody out. @returns false when he was not in it */
export function takeOut(live: Live, who: string, { tables }: Pick<Cx, 'tables'>): boolean {
  const key = `${live.no}/${who}`
  if (!tables.entries.get(key)) return false
  tables.entries.delete(key)
  return true
}
