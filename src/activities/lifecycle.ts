// An activity's life: planned, open, closed, settled or cancelled; what is said and what is paid back at each turn.
import type { Effect } from '../core/types/effect.ts'
import type { Millis } from '../core/types/ids.ts'
import { dayAndClock } from '../core/lib/time.ts'
import { conditionsLine, DAY, groupNames, nameOf } from './conditions.ts'
import type { AnyKind } from './kind.ts'
import { allLives, change, entriesOf, isRunning, liveOf, openIn, placeOf, type Cx, type GroupCx } from './records.ts'
import type { Live, Wanted } from './records.ts'

const MINUTE = 60_000
/** The last call comes so long before the closing, of what is open four times as long at least. */
const LAST_CALL = 10 * MINUTE
/** Later than this means that the bot was away while members still expected to take part. */
const OUTAGE = 5 * MINUTE
/** When people cannot be recognised yet after a login, look again after this. */
const LOOK_AGAIN = 5 * MINUTE
/** An activity without a closing time takes part in the reading of bare answers for so long. */
const OPEN_MOST = 60 * DAY
/** The live board is shown at most so often, and first when so long has passed since somebody entered. */
const BOARD_EVERY = 3 * MINUTE
const BOARD_FIRST = 30_000
/** So many activities of a kind that are over are remembered. */
const KEPT = 100

/** The number that the last activity of a kind got. */
export function lastNumber({ tables }: Pick<Cx, 'tables'>): number {
  return tables.noteNumbers.get('last')?.no ?? 0
}

/** A message to all groups of an activity, none when it is empty. What was opened is also ended and told, in quiet hours too. */
export function tell({ no, groups }: Live, text: string, { say }: Cx, merge?: string): Effect[] {
  const options = { priority: 'reply', freshFor: DAY, ...(merge ? { merge: `${merge}-${no}` } : {}) } as const
  return text === '' ? [] : groups.map((group) => say({ group }, text, options))
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

/** For what coupons of an activity are set aside. */
export function promiseOf(kind: AnyKind, no: number): string {
  return `${kind.name}-${no}`
}

/**
 * Opens what was asked for now, or plans it; in quiet hours it waits for their end, unless it would be over by then.
 * @param atOnce in quiet hours too
 * @returns what is said in the groups, and what the admins read
 */
export function begin(kind: AnyKind, wanted: Wanted, cx: Cx, atOnce = false): { said: Effect[]; report: string } {
  const { tables, numbers, now, text, wake } = cx
  const there = placeOf(wanted, cx)
  const { timezone } = there
  const awake = there.awakeFrom(now)
  const waits =
    !atOnce && wanted.opensAt === null && awake > now && (wanted.closesAt === null || wanted.closesAt > awake + MINUTE)
  const opensAt = wanted.opensAt ?? (waits ? awake : null)
  const no = numbers.next()
  tables.noteNumbers.set('last', { no })
  forget(cx)
  const given: Live = { ...wanted, no, at: now, opensAt, called: false, entered: false, phase: 'planned' }
  const content = kind.numbered?.(given, there as never) ?? given.content
  const live = change(given, { content }, cx)
  const promised = kind.promises?.(live)
  if (promised) there.ledger.coupons.reserve(promiseOf(kind, no), `${kind.called[cx.language]} #${no}`, promised)
  const vars = { name: nameOf(kind, live, cx), no, groups: groupNames(live, cx) }
  if (opensAt === null) {
    const byHand = live.closesAt === null && !kind.isSmall ? [text('actByHand', { no })] : []
    const note = kind.openedNote?.(live, there as never) ?? []
    return { said: open(kind, live, cx), report: [text('actOpened', vars), ...note, ...byHand].join('\n') }
  }
  wake(opensAt, 'open', String(no))
  const planned = text('actPlanned', { ...vars, at: dayAndClock(opensAt, timezone) })
  return { said: [], report: waits ? text('actQuiet', { planned }) : planned }
}

/** Opens what somebody has begun in a group by a text of his own. */
export function openQuietly(begun: { title: string; content: unknown }, cx: GroupCx): Live {
  const no = cx.numbers.next()
  cx.tables.noteNumbers.set('last', { no })
  const terms = { full: null, each: null, days: 0, points: 0, word: null, excluded: [] }
  const live = { ...begun, no, groups: [cx.group.id], at: cx.now, opensAt: null, closesAt: null, terms }
  return change({ ...live, called: false, entered: false, phase: 'open' }, {}, cx)
}

/** Goes on with what an earlier version left. */
export function takeOver(kind: AnyKind, cx: Cx): void {
  for (const { live: former, entries } of kind.takenOver?.(cx as never) ?? []) {
    const no = former.no ?? cx.numbers.next()
    cx.tables.noteNumbers.set('last', { no: Math.max(no, lastNumber(cx)) })
    const live = change({ ...former, no, called: false, entered: entries.length > 0 }, {}, cx)
    for (const [i, { member, paid, value }] of entries.entries()) {
      const entry = { group: live.groups[0] as never, at: live.at, order: i + 1, name: null, paid, value }
      cx.tables.entries.set(`${no}/${member}`, entry)
    }
    if (live.phase === 'open') arm(kind, live, cx)
    if (live.phase === 'closed') cx.wake(cx.now + MINUTE, 'settle', String(no))
  }
}

function open(kind: AnyKind, planned: Live, cx: Cx): Effect[] {
  const live = change(planned, { phase: 'open' }, cx)
  arm(kind, live, cx)
  const begun = kind.begins?.(live, placeOf(live, cx) as never)
  return live.groups.map((group) => {
    const opening = openingText(kind, live, cx.inGroup(group))
    const text = begun === undefined || begun === '' ? opening : `${opening}\n\n${begun}`
    return cx.say({ group }, text, { priority: 'reply', freshFor: DAY })
  })
}

/** Sets the timers of an open activity and what it expects to hear. */
function arm(kind: AnyKind, live: Live, cx: Cx): void {
  const { now, wake, expects } = cx
  const { no, closesAt, groups, called } = live
  const key = String(no)
  if (closesAt !== null) wake(closesAt, 'close', key)
  if (closesAt !== null && !called && !kind.isSmall && closesAt - now >= 4 * LAST_CALL)
    wake(closesAt - LAST_CALL, 'last', key)
  const form = kind.form?.(live)
  for (const group of groups) if (form) expects('entry', { group }, form, closesAt ?? now + OPEN_MOST, key)
}

/** Takes the timers of an activity off, and what it expected. */
function disarm({ no, groups }: Live, { sleep, expectsNoMore }: Cx): void {
  // Those of closing and settling stay: they do nothing now, but an undo may bring back what they belong to.
  for (const job of ['open', 'last', 'board'] as const) sleep(job, String(no))
  for (const group of groups) expectsNoMore('entry', { group }, String(no))
}

/** Deletes what was over long ago, with all that the kind keeps under its number. */
function forget(cx: Cx): void {
  const over = allLives(cx).filter((live) => !isRunning(live))
  for (const { no } of over.slice(0, -KEPT)) {
    const key = String(no)
    for (const table of Object.values(cx.tables)) for (const one of [key, ...table.keys(key)]) table.delete(one)
  }
}

/** Closes, and settles at once unless the list is frozen first; after a fresh login when people are recognised again. */
export function close(kind: AnyKind, live: Live, cx: Cx): Effect[] {
  const { now, wake, text, say } = cx
  const key = String(live.no)
  disarm(live, cx)
  if (!isReady(live, cx)) {
    change(live, { closesAt: Math.min(live.closesAt ?? now, now) }, cx)
    wake(now + LOOK_AGAIN, 'close', key)
    return []
  }
  const entries = entriesOf(live, cx, kind)
  for (const who of left(live, entries, cx)) takeOut(kind, live, who, cx)
  if (entries.length === 0 && !kind.settlesEmpty) {
    change(live, { phase: 'cancelled' }, cx)
    release(kind, live, cx)
    const nobody = text('actNobody', { name: nameOf(kind, live, cx), no: live.no })
    return [...tell(live, nobody, cx), say('control', nobody)]
  }
  if (!kind.freeze) return settle(kind, live, cx)
  const { said, admin, content, settlesAt } = kind.freeze(live, entries, placeOf(live, cx) as never)
  if (settlesAt !== null) wake(settlesAt, 'settle', key)
  change(live, { phase: 'closed', content }, cx)
  return [...tell(live, said, cx), ...(admin === undefined ? [] : [say('control', admin, { freshFor: DAY })])]
}

/** Pays and tells the result. */
export function settle(kind: AnyKind, live: Live, cx: Cx): Effect[] {
  const { now, wake, text, say } = cx
  if (!isReady(live, cx)) {
    wake(now + LOOK_AGAIN, 'settle', String(live.no))
    return []
  }
  const entries = entriesOf(live, cx, kind)
  const result = kind.settle(live, entries, placeOf(live, cx) as never)
  const { said, admin, content = live.content, told = [] } = result
  change(live, { phase: 'settled', content }, cx)
  release(kind, live, cx)
  const vars = { name: nameOf(kind, live, cx), no: live.no, count: entries.length }
  const report = [
    ...(kind.isSmall || kind.isPublic ? [] : [text('actSettledAdmin', vars)]),
    ...(admin === undefined ? [] : [admin]),
  ]
  return [
    ...tell(live, said, cx),
    ...told,
    ...(report.length === 0 ? [] : [say('control', report.join('\n'), { freshFor: DAY })]),
  ]
}

/** Whether people are recognised: right after a fresh login they are not. */
export function isReady({ groups }: Live, { members }: Pick<Cx, 'members'>): boolean {
  return groups.some((group) => members.membersOf(group).some((member) => members.sure(member)))
}

/** Who is in it but has left all of its groups. */
function left({ no }: Live, entries: readonly { who: string }[], { tables }: Cx): string[] {
  const there = new Set(entries.map(({ who }) => who))
  return tables.entries
    .keys(String(no))
    .map((key) => key.slice(key.indexOf('/') + 1))
    .filter((who) => !there.has(who))
}

function release(kind: AnyKind, live: Live, { ledger }: Cx): void {
  if (kind.promises) ledger.coupons.release(promiseOf(kind, live.no))
}

/** Takes an activity back, in public; what was paid for it goes back. @returns also how many got back how many points */
export function cancel(kind: AnyKind, live: Live, why: string, cx: Cx): { said: Effect[]; points: number } {
  const { text } = cx
  disarm(live, cx)
  const own = kind.cancelled?.(live, entriesOf(live, cx, kind), placeOf(live, cx) as never) ?? ''
  const paid = [...cx.tables.entries.entries(String(live.no))].map(([key, entry]) => refund(kind, live, key, entry, cx))
  const points = paid.reduce((sum, one) => sum + one, 0)
  change(live, { phase: 'cancelled' }, cx)
  release(kind, live, cx)
  const back = points > 0 ? text('actAllBack') : ''
  const vars = { name: nameOf(kind, live, cx), no: live.no, why, back: own + back }
  return { said: live.phase === 'planned' ? [] : tell(live, text('actCancelled', vars), cx), points }
}

function refund(kind: AnyKind, { no }: Live, key: string, entry: { paid: number }, cx: Cx): number {
  const member = key.slice(key.indexOf('/') + 1)
  if (entry.paid === 0 || !member.startsWith('m')) return 0
  return cx.ledger.correct(member as never, entry.paid, cx.text('actWhyBack', { called: kind.called[cx.language], no }))
}

/** Takes somebody out and gives back what was paid. @returns the points; undefined when he was not in it */
export function takeOut(kind: AnyKind, live: Live, who: string, cx: Cx): number | undefined {
  const key = `${live.no}/${who}`
  const entry = cx.tables.entries.get(key)
  if (!entry) return undefined
  const back = refund(kind, live, key, entry, cx)
  cx.tables.entries.delete(key)
  return back
}

/** Moves the closing time. @param late the bot was away when it should have closed */
export function prolong(kind: AnyKind, live: Live, until: Millis, cx: Cx, late = false): Effect[] {
  const moved = change(live, { closesAt: until }, cx)
  if (moved.phase !== 'open') return []
  arm(kind, moved, cx)
  const { timezone } = placeOf(live, cx)
  const vars = { name: nameOf(kind, live, cx), no: live.no, until: dayAndClock(until, timezone) }
  return tell(live, cx.text(late ? 'actLate' : 'actProlonged', vars), cx)
}

/** Shows the board soon, unless that is planned already. */
export function showBoardSoon(kind: AnyKind, { no }: Live, { tables, now, wake }: Cx): void {
  const board = tables.noteBoards.get(String(no)) ?? { due: 0, at: 0 }
  if (!kind.showsBoard || board.due > now) return
  const due = Math.max(now + BOARD_FIRST, board.at + BOARD_EVERY)
  tables.noteBoards.set(String(no), { ...board, due })
  wake(due, 'board', String(no))
}

/** What the timers of an activity do. */
export const jobs = {
  open(kind: AnyKind, live: Live, _late: Millis, cx: Cx): Effect[] {
    if (live.phase !== 'planned') return []
    if (live.closesAt === null || live.closesAt > cx.now + MINUTE) return open(kind, live, cx)
    cancel(kind, live, '', cx)
    return [cx.say('control', cx.text('actMissed', { name: nameOf(kind, live, cx), no: live.no }))]
  },
  close(kind: AnyKind, live: Live, late: Millis, cx: Cx): Effect[] {
    if (live.phase !== 'open') return []
    const isAway = late > OUTAGE && !kind.isSmall
    return isAway ? prolong(kind, live, cx.now + Math.min(late, DAY), cx, true) : close(kind, live, cx)
  },
  settle(kind: AnyKind, live: Live, late: Millis, cx: Cx): Effect[] {
    if (live.phase !== 'closed') return []
    const again = late > OUTAGE ? kind.settlesLate?.(live, placeOf(live, cx) as never) : undefined
    if (!again) return settle(kind, live, cx)
    cx.wake(again.settlesAt, 'settle', String(live.no))
    return tell(live, again.said, cx)
  },
  last(kind: AnyKind, live: Live, late: Millis, cx: Cx): Effect[] {
    if (live.phase !== 'open' || live.closesAt === null || late > OUTAGE) return []
    change(live, { called: true }, cx)
    const minutes = Math.round((live.closesAt - cx.now) / MINUTE)
    const vars = { minutes, name: nameOf(kind, live, cx), no: live.no, count: entriesOf(live, cx, kind).length }
    return live.groups.map((group) => {
      const there = cx.inGroup(group)
      const how = kind.how(live, wordFor(kind, live, there), there as never)
      return cx.say({ group }, cx.text('actLast', { ...vars, how }), { priority: 'reply' })
    })
  },
  board(kind: AnyKind, live: Live, late: Millis, cx: Cx): Effect[] {
    if (live.phase !== 'open' || late > OUTAGE) return []
    cx.tables.noteBoards.set(String(live.no), { due: 0, at: cx.now })
    return tell(live, kind.board(live, entriesOf(live, cx, kind), placeOf(live, cx) as never), cx, 'board')
  },
} as const

/** The activity of a timer's key, unless it was taken back. */
export function onTimer(kind: AnyKind, job: keyof typeof jobs, key: string, due: Millis, cx: Cx): Effect[] {
  const live = liveOf(Number(key), cx)
  return live ? jobs[job](kind, live, cx.now - due, cx) : []
}
