// What a person has to do at a time: told in the control group with the person's name, and again until somebody marks it done.
import type { Effect } from '../../core/effect.ts'
import type { Slot } from './calendar.ts'
import { whenOf, type Cx } from './state.ts'

/** Reminders are worth sending for so long. */
const FRESH_FOR = 3_600_000

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
    const all = open?.slot === name ? [...open.groups, ...groups.filter((one) => !open.groups.includes(one))] : groups
    tables.noteTasks.set(id, { slot: name, when: whenOf(slot), at: now, groups: [...all] })
    remindLater(id, now, cx)
    const owner = post.owner ?? cx.config.owner
    const vars = { owner, post: id, when: whenOf(slot), what: post.human ?? '', groups: all.join('、') }
    const before = open && open.slot !== name ? [text('taskNotDone', { owner, post: id, when: open.when })] : []
    return say('control', [...before, text('task', vars)].join('\n'), { freshFor: FRESH_FOR })
  })
}

/** Reminds of a task that is still open; at night only in the morning. */
export function remind(id: string, cx: Cx): Effect | undefined {
  const { tables, prepared, config, text, say, house, now } = cx
  const open = tables.noteTasks.get(id)
  if (!open) return undefined
  const post = prepared.posts.find((one) => one.post.id === id)?.post
  if (post?.human === undefined) {
    tables.noteTasks.delete(id)
    return undefined
  }
  remindLater(id, open.at, cx)
  if (house.isQuiet(now)) return undefined
  const vars = { owner: post.owner ?? config.owner, post: id, when: open.when, what: post.human }
  return say('control', text('taskAgain', vars), { freshFor: FRESH_FOR })
}

/** @returns whether there was something to mark */
export function markDone(id: string, { tables, sleep }: Cx): boolean {
  if (!tables.noteTasks.get(id)) return false
  tables.noteTasks.delete(id)
  sleep('remind', id)
  return true
}

/** Each wait is as long as all before together, so that a task left open all day is told a handful of times. */
function remindLater(id: string, since: number, { wake, now, config }: Cx) {
  wake(now + Math.max(config.remindMinutes * 60_000, now - since), 'remind', id)
}
