// What a person has to do at a time: told in the control group with the person's name, and again until somebody marks it done.
import type { Effect } from '../../core/types/effect.ts'
import type { Slot } from './calendar.ts'
import type { Post } from './post.ts'
import { whenOf, type Cx } from './state.ts'

/** What came up in the night is read in the morning. */
const FRESH_FOR = 12 * 3_600_000
const DAY = 86_400_000

/** A task that falls due, in the groups by their names. */
export interface Task {
  slot: Slot
  groups: readonly string[]
}

/** Opens tasks by their posts' ids. One that is still open from before is told as not done. */
export function openTasks(tasks: ReadonlyMap<string, Task>, cx: Cx): Effect[] {
  const { tables, text, say, now } = cx
  return [...tasks].flatMap(([id, { slot, groups }]) => {
    const { post } = slot.ready
    const name = `${slot.day}T${slot.clock}`
    const open = tables.noteTasks.get(id)
    // Groups in other time zones have the same task hours later: it is one as long as it is open.
    const all =
      open?.slot === name ? [...open.groups, ...groups.filter((group) => !open.groups.includes(group))] : groups
    tables.noteTasks.set(id, { slot: name, when: whenOf(slot), at: now, groups: [...all] })
    remindLater(id, now, cx)
    const before = open && open.slot !== name ? [text('taskNotDone', { post: id, when: open.when })] : []
    const vars = { ...varsOf(id, post, whenOf(slot), cx), groups: all.join(text('and')) }
    return say('control', [...before, text('task', vars)].join('\n'), { freshFor: FRESH_FOR, merge: 'task' })
  })
}

/** Reminds of a task that is still open. */
export function remind(id: string, cx: Cx): Effect | undefined {
  const { tables, prepared, text, say } = cx
  const open = tables.noteTasks.get(id)
  if (!open) return undefined
  const post = prepared.posts.find((ready) => ready.post.id === id)?.post
  if (post?.human === undefined) {
    tables.noteTasks.delete(id)
    return undefined
  }
  remindLater(id, open.at, cx)
  return say('control', text('taskAgain', varsOf(id, post, open.when, cx)), { freshFor: FRESH_FOR, merge: 'task' })
}

function varsOf(id: string, post: Post, when: string, { config }: Cx) {
  return { owner: post.owner ?? config.owner, post: id, when, what: post.human ?? '' }
}

/** @returns whether there was something to mark */
export function markDone(id: string, { tables, sleep }: Cx): boolean {
  if (!tables.noteTasks.get(id)) return false
  tables.noteTasks.delete(id)
  sleep('remind', id)
  return true
}

/** Each wait is three times all before together, a day at most, so that a task left open is told three times the first day. */
function remindLater(id: string, since: number, { wake, now, config, awakeFrom }: Cx) {
  const wait = Math.min(DAY, Math.max(config.remindMinutes * 60_000, 3 * (now - since)))
  wake(awakeFrom(awakeFrom(now) + wait), 'remind', id)
}
