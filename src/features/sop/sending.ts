// Looking at the calendar when time has come: what is due is claimed and sent, or kept back and told; never twice, never in silence.
import type { GroupId, Millis } from '../../core/types/ids.ts'
import type { Effect, Order } from '../../core/types/effect.ts'
import { forgetCopied } from './added.ts'
import { HORIZON_DAYS, nextSlot, slotsBetween, type Slot } from './calendar.ts'
import { carrySkips, markMoved, noteOver, planToday } from './edits.ts'
import { messagesOf, speaks, takeContent } from './content.ts'
import { factsOf, hindranceAt, isCrowded, otherHindrance, rankOf } from './holding.ts'
import { report, type Trouble } from './reports.ts'
import { isPaused, note, postsOf, slotKey, whenOf, whereOf, type Cx, type Why } from './state.ts'
import { openTasks, type Task } from './tasks.ts'

const MINUTE = 60_000
const DAY = 86_400_000
/** A block of the program or a short stop is not late yet. */
const GRACE = 5 * MINUTE
/** How long (ms) a post may wait in the queue for its turn, as groups are sent to one after the other. */
const QUEUE = 30 * MINUTE
/** A clock that is so far behind the last look has been set back. */
const SET_BACK = MINUTE
/** What became of slots is remembered so long. */
const KEEP = 45 * DAY

type Reply = (Effect | Order)[]

/** Looks at all groups: what fell due since the last look is dealt with, and the next look is planned. */
export function look(cx: Cx): Reply {
  const { now, tables, members, configuredGroups } = cx
  forgetCopied(cx)
  const plan = tables.notePlan.get('plan')
  const isSetBack = plan !== undefined && now < plan.at - SET_BACK
  // All that was planned before `next` is dealt with; what an edit has put there since is the past.
  const from = plan && !isSetBack && plan.next <= now ? plan.next - 1 : now
  const round: Round = { replies: [], troubles: new Map(), tasks: new Map() }
  let next = now + HORIZON_DAYS * DAY
  const present = new Set<string>()
  for (const { id, managed } of members.groups()) {
    const here = cx.inGroup(id)
    present.add(id)
    const seen = tables.noteGroups.get(id)
    const wasOff = !seen || seen.off
    if (!seen || seen.off === here.enabled || seen.absentFrom !== null) {
      const opened = seen?.opened ?? here.today
      tables.noteGroups.set(id, { managed, opened, off: !here.enabled, absentFrom: null })
    }
    const posts = postsOf(here)
    const where = whereOf(here)
    const start = wasOff ? now : (seen.absentFrom ?? from)
    const plan = planToday(posts, here, id)
    const isEdit = !wasOff && !isSetBack
    if (isEdit) {
      carrySkips(posts, here, id)
      for (const [key, trouble] of markMoved(plan, here, id)) round.troubles.set(key, trouble)
    }
    inGroup(slotsBetween(posts, start, now, where), here, id, round)
    if (isEdit) for (const [key, trouble] of noteOver(plan, here, id)) round.troubles.set(key, trouble)
    next = Math.min(next, nextSlot(posts, now, where)?.due ?? next)
  }
  for (const [id, seen] of tables.noteGroups.entries()) {
    if (present.has(id) || seen.off) continue
    // A group that the settings no longer name is not waited for; one that is only lost is made up for when it is found.
    if (!configuredGroups.includes(seen.managed)) tables.noteGroups.set(id, { ...seen, off: true })
    else if (seen.absentFrom === null) tables.noteGroups.set(id, { ...seen, absentFrom: from })
  }
  tables.notePlan.set('plan', { next, at: now })
  cx.wake(next, 'look', '')
  forget(cx)
  if (isSetBack) round.replies.push(cx.say('control', cx.text('setBack')))
  report(round.troubles, cx)
  return [...round.replies, ...openTasks(round.tasks, cx)]
}

interface Round {
  replies: Reply
  troubles: Map<string, Trouble>
  tasks: Map<string, Task>
}

function inGroup(due: readonly Slot[], here: Cx, group: GroupId, round: Round) {
  const { now, tables } = here
  // After a wrong clock a slot may come twice: only what was not sent is taken up again.
  const open = due.filter((slot) => (tables.noteSlots.get(slotKey(group, slot))?.state ?? 'missed') === 'missed')
  // Of several that could still be made up for, the most important is, and of those the newest.
  const chosen = open
    .filter((slot) => speaks(slot.ready.post) && tooLate(slot, now) === undefined)
    .sort((a, b) => rankOf(b.ready.post) - rankOf(a.ready.post) || b.due - a.due)[0]
  for (const slot of open) {
    const { post } = slot.ready
    if (isPaused(post.id, group, here)) {
      note(slot, group, here, 'paused')
      continue
    }
    const why = tooLate(slot, now) ?? hindrance(slot, slot === chosen, here, group)
    if (why) {
      note(slot, group, here, why === 'ask' ? 'asked' : 'missed')
      round.troubles.set(slotKey(group, slot), { post: post.id, group, when: whenOf(slot), why })
      continue
    }
    round.replies.push(...claim(slot, here, group, slotKey(group, slot), queueTime(slot, now)))
    if (post.human === undefined) continue
    const task = round.tasks.get(post.id) ?? { slot, groups: [] }
    round.tasks.set(post.id, { slot, groups: [...task.groups, here.group?.name ?? group] })
  }
}

function tooLate({ ready: { post }, due }: Slot, now: Millis): Why | undefined {
  if (now - due <= (typeof post.late === 'number' ? Math.max(post.late * MINUTE, GRACE) : GRACE)) return undefined
  return post.late === 'ask' ? 'ask' : 'stopped'
}

/** Why a slot must not be sent now; checked again here, as the day went otherwise than the calendar thought. */
function hindrance(slot: Slot, isChosen: boolean, here: Cx, group: GroupId): Why | undefined {
  const { now } = here
  if (!speaks(slot.ready.post)) return undefined
  const facts = factsOf(here, group)
  if (now - slot.due <= GRACE) return hindranceAt(slot, now, facts)
  return !isChosen || isCrowded(facts) ? 'newer' : otherHindrance(slot, now, facts)
}

function queueTime({ ready: { post }, due }: Slot, now: Millis): Millis {
  const within = typeof post.late === 'number' ? Math.max(post.late * MINUTE, QUEUE) : QUEUE
  return Math.max(due + within - now, GRACE)
}

/** Claims a slot and makes its messages: both are saved together, before anything is sent. */
export function claim(slot: Slot, here: Cx, group: GroupId, key: string, freshFor: Millis, asked = false): Reply {
  const parts = takeContent(slot.ready.post, here, group)
  const priority = asked ? 'reply' : 'post'
  const messages = messagesOf(parts, slot, here, { group }, { priority, freshFor, ref: key })
  const left = messages.filter(({ type }) => type !== 'order').length
  here.tables.noteSlots.set(key, {
    post: slot.ready.post.id,
    when: whenOf(slot),
    due: slot.due,
    state: left > 0 ? 'sending' : 'sent',
    left,
    at: here.now,
  })
  return messages
}

function forget({ tables, now }: Cx) {
  for (const [key, { due, at }] of tables.noteSlots.entries())
    if (Math.max(due, at) < now - KEEP) tables.noteSlots.delete(key)
}
