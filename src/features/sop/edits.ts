// What an edit of the calendar means for slots near it: a post that was sent and is moved is not sent again, a skip moves along with its post,
// and what has got a time that is over is told.
import { addDays, instantOf } from '../../core/lib/time.ts'
import type { GroupId, Millis } from '../../core/types/ids.ts'
import { HORIZON_DAYS, slotsOn, type ReadyPost, type Slot } from './calendar.ts'
import type { Trouble } from './reports.ts'
import { isByHand, isPaused, note, slotKey, whenOf, whereOf, type Cx, type State } from './state.ts'

/** Members got it, or may have. */
const arrived: readonly State[] = ['sending', 'sent', 'uncertain', 'resent']

/** Slots of today with what was planned for today at the last look. */
export interface Plan {
  slots: readonly Slot[]
  /** What was in the calendar for today when it was looked at last, as `08:00/<post>`; undefined when that is not known. */
  earlier: ReadonlySet<string> | undefined
}

/** Notes what is planned for today in a group. @returns it beside what was planned before */
export function planToday(posts: readonly ReadyPost[], here: Cx, group: GroupId): Plan {
  const { tables, today } = here
  const slots = slotsOn(posts, today, whereOf(here))
  const names = slots.map(nameOf)
  const before = tables.notePlanned.get(group)
  if (before?.day !== today || before.slots.join() !== names.join())
    tables.notePlanned.set(group, { day: today, slots: names })
  return { slots, earlier: before && new Set(before.day === today ? before.slots : []) }
}

function nameOf({ clock, ready }: Slot): string {
  return `${clock}/${ready.post.id}`
}

/** Marks slots of today that posts were moved to after they had been sent. @returns what is to be told of them, by slot */
export function markMoved({ slots, earlier }: Plan, here: Cx, group: GroupId): Map<string, Trouble> {
  const { tables, today, timezone } = here
  const troubles = new Map<string, Trouble>()
  if (!earlier) return troubles
  const keys = new Set(slots.map((slot) => slotKey(group, slot)))
  /** Times of today that a post had and has no more. */
  const left: { post: string; due: Millis; isSent: boolean }[] = []
  const marks: string[] = []
  for (const [key, { post, due, state }] of tables.noteSlots.entries(group)) {
    if (isByHand(key) || !key.startsWith(`${group}/${today}T`) || keys.has(key)) continue
    if (state === 'moved') marks.push(key)
    else if (arrived.includes(state)) left.push({ post, due, isSent: true })
  }
  for (const name of earlier) {
    const clock = name.slice(0, 5)
    const post = name.slice(6)
    const key = `${group}/${today}T${name}`
    if (keys.has(key) || tables.noteSlots.get(key)) continue
    left.push({ post, due: instantOf(today, clock, timezone), isSent: false })
  }
  // The time at which it was sent counts, not the one that it was moved to meanwhile.
  for (const key of marks) tables.noteSlots.delete(key)
  // One that has moved already uses up the time at which it was sent.
  for (const slot of slots) {
    if (tables.noteSlots.get(slotKey(group, slot))?.state !== 'moved') continue
    const used = left.findIndex(({ post, isSent }) => isSent && post === slot.ready.post.id)
    if (used >= 0) left.splice(used, 1)
  }
  const added = slots.filter((slot) => !earlier.has(nameOf(slot)) && !tables.noteSlots.get(slotKey(group, slot)))
  for (const { from, to } of nearestPairs(left, added)) {
    if (!from.isSent) continue
    note(to, group, here, 'moved')
    // What was moved to a time that is over would not come anyway.
    if (to.due <= here.now) continue
    troubles.set(slotKey(group, to), { post: from.post, group, when: whenOf(to), why: 'sentEarlier' })
  }
  return troubles
}

/** Of each post, which of its old times has become which of its new ones: those that are nearest to each other. */
function nearestPairs<T extends { post: string; due: Millis }>(left: readonly T[], added: readonly Slot[]) {
  const distance = (from: T, to: Slot) => Math.abs(from.due - to.due)
  const pairs = left
    .flatMap((from) => added.flatMap((to) => (to.ready.post.id === from.post ? [{ from, to }] : [])))
    .sort((a, b) => distance(a.from, a.to) - distance(b.from, b.to))
  const taken = new Set<T | Slot>()
  return pairs.filter(({ from, to }) => {
    if (taken.has(from) || taken.has(to)) return false
    taken.add(from).add(to)
    return true
  })
}

/** Lets skips of times that posts no longer have hold for the times that they have got instead. */
export function carrySkips(posts: readonly ReadyPost[], here: Cx, group: GroupId): void {
  const { tables, now } = here
  const where = whereOf(here)
  for (const [key, { post, due, state }] of tables.noteSlots.entries(group)) {
    if (state !== 'skipped' || due <= now || isByHand(key)) continue
    const day = key.slice(group.length + 1, group.length + 11)
    const own = posts.filter((ready) => ready.post.id === post)
    const isFree = (slot: Slot) => slot.due > now && !tables.noteSlots.get(slotKey(group, slot))
    const sameDay = slotsOn(own, day, where)
    // Of a post that is not there now it is kept: it may come back.
    if (own.length === 0 || sameDay.some((slot) => slotKey(group, slot) === key)) continue
    let target = nearestPairs([{ post, due }], sameDay.filter(isFree))[0]?.to
    for (let ahead = 0; !target && ahead < HORIZON_DAYS; ahead += 1)
      target = slotsOn(own, addDays(here.today, ahead), where).find(isFree)
    tables.noteSlots.delete(key)
    if (target) note(target, group, here, 'skipped')
  }
}

/** Notes slots of today that are over and were not in the calendar when they were due. @returns what is to be told of them, by slot */
export function noteOver({ slots, earlier }: Plan, here: Cx, group: GroupId): Map<string, Trouble> {
  const troubles = new Map<string, Trouble>()
  for (const slot of slots) {
    const key = slotKey(group, slot)
    if (slot.due > here.now || !earlier || earlier.has(nameOf(slot)) || here.tables.noteSlots.get(key)) continue
    const paused = isPaused(slot.ready.post.id, group, here)
    note(slot, group, here, paused ? 'paused' : 'missed')
    if (!paused) troubles.set(key, { post: slot.ready.post.id, group, when: whenOf(slot), why: 'edited' })
  }
  return troubles
}
