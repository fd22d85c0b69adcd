// What a person has to do at a time: told in the control group with the person's name, and again until somebody marks it done.
import type { Effect } from '../../core/types/effect.ts'
import type { Slot } from './calendar.ts'
import type { Post } from './post.ts'
import type { GroupId } from '../../core/types/ids.ts'
import type { RecordOf } from '../../core/feature/tables.ts'
import { speaks } from './content.ts'
import { whenOf, type Cx, type sopTables, type State } from './state.ts'

/** What came up in the night is read in the morning. */
const FRESH_FOR = 12 * 3_600_000
const DAY = 86_400_000
/** A task is reminded of so often, then it is left to who has to do it. */
const REMINDERS = 3
/** Reminders that are due within this time (ms) go out as one. */
const TOGETHER = 45 * 60_000
/** What was posted shortly before a task was due is the task done (ms). */
const BEFORE = 60 * 60_000
/** Feedback on a post is accepted within this time after it (ms). */
const LOOK_BACK = 3 * 86_400_000
/** Rows of the table of feedback that are kept, and that one message holds. */
const KEPT = 500
const TABLE_PAGE = 40
/** Members got it, or may have. */
const arrived: readonly State[] = ['sending', 'sent', 'uncertain', 'resent']

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
    const reminded = open?.slot === name ? open.reminded : 0
    const task = { slot: name, when: whenOf(slot), at: now, groups: [...all], reminded, next: now }
    remindLater(id, task, cx)
    const before = open && open.slot !== name ? [text('taskNotDone', { post: id, when: open.when })] : []
    const vars = { ...varsOf(id, post, whenOf(slot), cx), groups: all.join(text('and')) }
    return say('control', [...before, text('task', vars)].join('\n'), { freshFor: FRESH_FOR, merge: 'task' })
  })
}

/** Reminds of a task that is still open, and in the same message of others that would be reminded of soon. */
export function remind(id: string, cx: Cx): Effect | undefined {
  const { tables, prepared, text, say, now } = cx
  const due = [...tables.noteTasks.entries()].filter(
    ([key, { reminded, next }]) => reminded < REMINDERS && (key === id || next <= now + TOGETHER),
  )
  const open = due.flatMap(([key, task]) => {
    const post = prepared.posts.find((ready) => ready.post.id === key)?.post
    if (post?.human === undefined) {
      endTask(key, cx)
      return []
    }
    remindLater(key, { ...task, reminded: task.reminded + 1 }, cx)
    return [varsOf(key, post, task.when, cx)]
  })
  const [first, another] = open
  if (!first) return undefined
  const told = another
    ? [
        text('tasksAgain', { count: open.length }),
        ...open.map((vars) => text('tasksAgainLine', vars)),
        text('tasksHow'),
      ].join('\n')
    : text('taskAgain', first)
  return say('control', told, { freshFor: FRESH_FOR, merge: 'task' })
}

function varsOf(id: string, post: Post, when: string, { config }: Cx) {
  return { owner: post.owner ?? config.owner, post: id, when, what: post.human ?? '' }
}

function endTask(id: string, { tables, sleep }: Cx): void {
  tables.noteTasks.delete(id)
  sleep('remind', id)
}

/** Each wait is three times all before together, a day at most: after 30 minutes, 2 hours and 8 hours, then no more. */
function remindLater(id: string, task: RecordOf<(typeof sopTables)['noteTasks']>, cx: Cx): void {
  const { tables, wake, sleep, now, config, awakeFrom } = cx
  const first = config.remindMinutes * 60_000
  const wait = Math.min(DAY, Math.max(first, 3 * (now - task.at)))
  const next = awakeFrom(awakeFrom(now) + wait)
  tables.noteTasks.set(id, { ...task, next })
  if (task.reminded < REMINDERS) wake(next, 'remind', id)
  else sleep('remind', id)
}

/** The tasks that nobody has marked done, in a line. */
export function openTaskLine({ tables, text }: Cx): string[] {
  const [first, ...others] = tables.noteTasks.keys().sort()
  return first === undefined ? [] : [text('taskWaits', { posts: [first, ...others].join(text('and')), first })]
}

/** `/sop done`: the task is over, with what is said of it kept beside the post. */
export function done(id: string, said: string, cx: Cx): Effect {
  const { tables, prepared, members, text, now } = cx
  const task = tables.noteTasks.get(id)
  const post = prepared.posts.find((ready) => ready.post.id === id)?.post
  const last = [...tables.noteSlots.entries()]
    .filter(([, slot]) => slot.post === id && arrived.includes(slot.state) && slot.at > now - LOOK_BACK)
    .sort(([, a], [, b]) => b.at - a.at)[0]?.[1]
  if (!task && (said === '' || !last)) {
    const open = tables.noteTasks.keys().sort().join(text('and'))
    return cx.reply('noTask', { post: id, open: open || text('none') })
  }
  const isDropped = task !== undefined && givesUp.test(said)
  const owner = post?.owner ?? cx.config.owner
  const when = task?.when ?? last?.when ?? ''
  const number = 1 + Math.max(0, ...tables.feedback.keys().map(Number))
  tables.feedback.set(String(number), { post: id, when, what: post?.human ?? '', owner, feedback: said })
  forgetOld(cx)
  if (task) endTask(id, cx)
  if (isDropped) return cx.reply('taskDropped', { post: id, when })
  if (!task) return cx.reply('feedbackNoted', { post: id, when })
  const silent = members.groups().filter(({ id: group, name }) => {
    if (!task.groups.includes(name) || !post || !speaks(post)) return false
    return (tables.noteStaff.get(group)?.at ?? 0) < task.at - BEFORE
  })
  const names = silent.map(({ name }) => name).join(text('and'))
  const head = text(said === '' ? 'taskDone' : 'taskDoneNoted', { post: id })
  return cx.replyText(names === '' ? head : `${head}\n${text('taskSilent', { groups: names })}`)
}

/** What ends a task that nobody does. */
const givesUp =
  /^(?:这次|今天)?(?:不做|不弄|不发|取消|算|作罢)(?:了)?[。.!！]?$|^(?:not done|skip(?:ped)?|cancel(?:led)?)$/i

/** `/sop feedback`: the table 时间/内容/负责人/反馈, the newest last, in messages of a size that can be copied. */
export function feedbackTable({ tables, text, replyText }: Cx): Effect[] {
  const all = [...tables.feedback.entries()].sort(([a], [b]) => Number(a) - Number(b))
  if (all.length === 0) return [replyText(text('feedbackNone'))]
  const rows = all.map(([, { when, post, what, owner, feedback }]) =>
    [when, what === '' ? post : `${post}：${what}`, owner, feedback].map(cell).join(','),
  )
  return Array.from({ length: Math.ceil(rows.length / TABLE_PAGE) }, (_, i) =>
    replyText([text('feedbackHead'), ...rows.slice(i * TABLE_PAGE, (i + 1) * TABLE_PAGE)].join('\n')),
  )
}

/** A cell of a table. What a spreadsheet would take for a formula is kept text by a quote in front. */
function cell(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

function forgetOld({ tables }: Cx): void {
  const keys = tables.feedback.keys().sort((a, b) => Number(a) - Number(b))
  for (const key of keys.slice(0, Math.max(0, keys.length - KEPT))) tables.feedback.delete(key)
}

/** Notes that somebody of the shop has said something in a group, at most once a minute. */
export function noteStaff(group: GroupId, { tables, now }: Cx): void {
  if (now - (tables.noteStaff.get(group)?.at ?? 0) > 60_000) tables.noteStaff.set(group, { at: now })
}
