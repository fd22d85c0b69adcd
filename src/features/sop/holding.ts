// Why a post is held back in a group: the day's cap, what came just before, quiet hours, and what is more important.
// The same rules look at a post that is due and, for `/sop week`, at those to come.
import type { GroupId, Millis } from '../../core/types/ids.ts'
import { dayKey, type DayKey } from '../../core/lib/time.ts'
import { nextSlot, slotsOn, type Slot } from './calendar.ts'
import { contentsOf, speaks } from './content.ts'
import { priorities, type Post } from './post.ts'
import { APART_MINUTES } from './rhythm.ts'
import { isPaused, postsOf, slotKey, whereOf, type Cx, type State, type Why } from './state.ts'

const DAY = 86_400_000
/** Two posts in a group are at least this far apart (ms). */
const APART = APART_MINUTES * 60_000

/** A post that members got, are getting, or will get: when it was planned, and when it is sent. */
interface Heard {
  post: string
  due: Millis
  at: Millis
}

/** What became of the slots of a group, or is foreseen to become of them. */
export interface Facts {
  here: Cx
  group: GroupId
  stateOf(slot: Slot): State | undefined
  heard: readonly Heard[]
}

const arrived: readonly State[] = ['sending', 'sent', 'uncertain']

/** @param foreseen states of slots that are still to come, by key, with the slots themselves */
export function factsOf(
  here: Cx,
  group: GroupId,
  foreseen: ReadonlyMap<string, { slot: Slot; state: State }> = new Map(),
): Facts {
  const { tables, prepared } = here
  const silent = new Set(prepared.posts.flatMap(({ post }) => (speaks(post) ? [] : [post.id])))
  const known = [...tables.noteSlots.entries(group)].flatMap(([, record]) =>
    arrived.includes(record.state) && !silent.has(record.post) ? [record] : [],
  )
  const coming = [...foreseen.values()].flatMap(({ slot: { ready, due }, state }) =>
    arrived.includes(state) && speaks(ready.post) ? [{ post: ready.post.id, due, at: due }] : [],
  )
  return {
    here,
    group,
    heard: [...known, ...coming],
    stateOf(slot) {
      const key = slotKey(group, slot)
      return tables.noteSlots.get(key)?.state ?? foreseen.get(key)?.state
    },
  }
}

/** How important a post is; greater is more. */
export function rankOf({ priority }: Post): number {
  return -priorities.indexOf(priority)
}

/** Why a slot must not be sent at its time, as far as other posts, quiet hours and rights are concerned. @param at when it would be sent */
export function hindranceAt(slot: Slot, at: Millis, facts: Facts): Why | undefined {
  if (!speaks(slot.ready.post)) return undefined
  if (facts.heard.some(({ due }) => due > slot.due - APART && due <= at)) return 'crowded'
  return otherHindrance(slot, at, facts)
}

/** The same but for the distance to other posts, which is measured otherwise for what is late. */
export function otherHindrance(slot: Slot, at: Millis, facts: Facts): Why | undefined {
  const { here } = facts
  const { post } = slot.ready
  if (here.isQuiet(at)) return 'quiet'
  const orders = contentsOf(post).some((parts) => parts.some((part) => typeof part === 'object' && 'do' in part))
  if (orders && here.controlGroup === null) return 'noControl'
  const room = here.config.limits.perDay - sentOn(facts, dayKey(at, here.timezone))
  if (room <= 0) return 'tooMany'
  const rivals = moreImportant(slot, at, facts)
  if (rivals.some(({ due }) => due - slot.due < APART)) return 'yieldsPlace'
  return rivals.length >= room ? 'yieldsNumber' : undefined
}

/** More important posts of the same day that are still to come and will be sent. */
function moreImportant(slot: Slot, at: Millis, facts: Facts): Slot[] {
  const { here, group } = facts
  const rank = rankOf(slot.ready.post)
  const posts = speakingPosts(here).filter(({ post }) => rankOf(post) > rank)
  const found: Slot[] = []
  for (const other of posts.length > 0 ? slotsOn(posts, slot.day, whereOf(here)) : []) {
    const last = found.at(-1)
    const isOpen =
      other.due >= Math.max(slot.due, at - APART) &&
      facts.stateOf(other) === undefined &&
      !isPaused(other.ready.post.id, group, here) &&
      !here.isQuiet(other.due) &&
      !(last && other.due - last.due < APART)
    if (isOpen) found.push(other)
  }
  return found
}

function speakingPosts(here: Cx) {
  return postsOf(here).filter(({ post }) => speaks(post))
}

/** Whether something was posted in a group just now, or will be. */
export function isCrowded({ here, heard }: Facts): boolean {
  const { now } = here
  const next = nextSlot(speakingPosts(here), now, whereOf(here))
  return (next !== undefined && next.due - now < APART) || heard.some(({ at }) => at > now - APART)
}

/** How many posts a group gets on a day. */
export function sentOn({ here, heard }: Facts, day: DayKey): number {
  const near = Date.parse(day)
  return heard.filter(({ at }) => Math.abs(at - near) < 3 * DAY && dayKey(at, here.timezone) === day).length
}
