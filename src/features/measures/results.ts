// What a post or an activity did: what happened in its window, against the same hours of the last weeks.
import type { Count } from '../../core/feature/counts.ts'
import { addDays, clock, instantOf, type DayKey } from '../../core/lib/time.ts'
import type { GroupId, Millis } from '../../core/types/ids.ts'
import { dayNumber, hourly, slotAt, TALK, type Cx, type GroupCx, type Result, type Seen } from './state.ts'

const HALF_HOUR = 30 * 60_000
/** A post in the first minutes of a half hour has that half hour in its window. */
const EARLY = 10
/** Weeks whose same weekday is compared with; when fewer than two of these were counted, the days before are taken. */
const WEEKS = 4
const DAYS = 7

export function beginResult(kind: Result['kind'], { title = '', key = '' }: Count, here: GroupCx): void {
  const { tables, group, now, today, timezone, config, wake } = here
  const minute = Number(clock(now, timezone).slice(3, 5)) % 30
  const slot = slotAt(now, timezone) + (minute < EARLY ? 0 : 1)
  const slots = config.windowHours * 2
  const id = `${group.id}/${kind}/${now}/${key}`
  tables.noteResults.set(id, {
    ...{ group: group.id, kind, title, of: key, at: now, day: today, slot, slots },
    ...{ seen: null, usual: null, feedback: null },
  })
  wake(endOf(now, minute, slots), 'result', id)
}

function endOf(now: Millis, minute: number, slots: number): Millis {
  const begin = now - (now % 60_000) - minute * 60_000
  return begin + (minute < EARLY ? 0 : HALF_HOUR) + slots * HALF_HOUR
}

/** The window is over: what was seen in it is kept. */
export function settleResult(id: string, cx: Cx): void {
  const result = cx.tables.noteResults.get(id)
  if (!result || !cx.members.group(result.group)) return
  const here = cx.inGroup(result.group)
  cx.tables.noteResults.set(id, { ...result, ...measured(result, here) })
}

/** What is seen so far; of a window that is over, what was kept. */
export function measured(result: Result, here: Pick<Cx, 'tables'>): Pick<Result, 'usual'> & { seen: Seen } {
  if (result.seen) return { seen: result.seen, usual: result.usual }
  const { group, day, slot, slots } = result
  return { seen: seenAt(group, day, slot, slots, here), usual: usualAt(group, day, slot, slots, here) }
}

/** What is seen of some half hours of the last day, which may go over midnight. @param slot the first, from midnight of the day */
function seenAt(group: GroupId, day: DayKey, slot: number, slots: number, cx: Pick<Cx, 'tables'>): Seen {
  const seen = {
    speakers: speakersAt(group, day, slot, slots, cx),
    messages: 0,
    entries: 0,
    redeemed: 0,
    joins: 0,
    leaves: 0,
  }
  const spans = spansOf(day, slot, slots)
  for (const { day: on, from, to } of spans) {
    for (let half = from; half < to; half++) {
      const hour = cx.tables.noteHours.get(`${group}/${on}T${half}`)
      for (const measure of hourly) seen[measure] += hour?.[measure] ?? 0
    }
  }
  return seen
}

/** How many people spoke in some half hours of the last four weeks. */
export function speakersAt(group: GroupId, day: DayKey, slot: number, slots: number, { tables }: Pick<Cx, 'tables'>) {
  const spans = spansOf(day, slot, slots)
  let speakers = 0
  for (const [, { talk }] of tables.notePeople.entries(group)) if (spokeIn(talk, spans)) speakers++
  return speakers
}

interface Span {
  day: DayKey
  number: number
  from: number
  to: number
}

/** The half hours by days. */
function spansOf(day: DayKey, slot: number, slots: number): Span[] {
  const spans: Span[] = []
  for (let begin = slot; begin < slot + slots;) {
    const on = addDays(day, Math.floor(begin / 48))
    const from = begin % 48
    const to = Math.min(48, from + slot + slots - begin)
    spans.push({ day: on, number: dayNumber(on), from, to })
    begin += to - from
  }
  return spans
}

function spokeIn(talk: readonly number[], spans: readonly Span[]): boolean {
  for (let i = talk.length - TALK; i >= 0; i -= TALK)
    for (const { number, from, to } of spans)
      if (talk[i] === number && Math.floor((talk[i + 1] ?? 0) / 2 ** from) % 2 ** (to - from) > 0) return true
  return false
}

/** Means of the same hours on earlier days, in tenths. */
export function usualAt(
  group: GroupId,
  day: DayKey,
  slot: number,
  slots: number,
  cx: Pick<Cx, 'tables'>,
): Result['usual'] {
  const since = cx.tables.noteMarks.get(`since/${group}`)?.day
  if (since === undefined) return null
  // The first day was not counted whole.
  const counted = (back: number) => addDays(day, -back) > since
  const weeks = Array.from({ length: WEEKS }, (_, i) => 7 * (i + 1)).filter(counted)
  const days = Array.from({ length: DAYS }, (_, i) => i + 1).filter(counted)
  const chosen = weeks.length >= 2 ? weeks : days
  if (chosen.length < 2) return null
  const spoke = chosen.map((back) => speakersAt(group, addDays(day, -back), slot, slots, cx))
  const speakers = Math.round((10 * spoke.reduce((sum, count) => sum + count, 0)) / spoke.length)
  return { days: chosen.length, speakers }
}

/** Feedback is kept beside the latest results of the post, in all groups that got it then. */
export function noteFeedback({ title, key = '' }: Count, { tables }: Cx): void {
  const own = [...tables.noteResults.entries()].filter(([, { kind, title: of }]) => kind === 'post' && of === title)
  const latest = Math.max(...own.map(([, result]) => result.at))
  for (const [id, result] of own)
    if (result.at > latest - 12 * 3_600_000) tables.noteResults.set(id, { ...result, feedback: key })
}

/** The results of some days, the oldest first. */
export function resultsOf(groups: readonly GroupId[], from: DayKey, to: DayKey, { tables }: Cx): Result[] {
  return groups
    .flatMap((group) => [...tables.noteResults.entries(group)].map(([, result]) => result))
    .filter(({ day }) => from <= day && day <= to)
    .sort((a, b) => a.at - b.at)
}

/** Whether its window is over. */
export function isOver({ day, slot, slots }: Result, { now, timezone }: Pick<Cx, 'now' | 'timezone'>): boolean {
  const end = instantOf(addDays(day, Math.floor((slot + slots) / 48)), clockOf((slot + slots) % 48), timezone)
  return now >= end
}

function clockOf(slot: number): string {
  return `${String(Math.floor(slot / 2)).padStart(2, '0')}:${slot % 2 === 0 ? '00' : '30'}`
}
