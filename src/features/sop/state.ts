// What the calendar remembers: the next look, what became of each slot, rotations, open tasks, and what admins still have to be told.
import { z } from 'zod'
import { featureParts, type ContextOf } from '../../core/feature/feature.ts'
import type { Json } from '../../core/types/json.ts'
import { GroupId, type Millis } from '../../core/types/ids.ts'
import { Refusal } from '../../core/types/refusal.ts'
import { table, type RecordOf } from '../../core/feature/tables.ts'
import { isFor, prepare, type ReadyPost, type Slot, type Where } from './calendar.ts'
import { Config, type Post } from './post.ts'
import { sopTexts } from './texts.ts'

/**
 * What became of a slot. `sending` was claimed before anything went out; of `uncertain` nobody knows whether it arrived; `asked` waits
 * for an admin's word; `resent` had failed and was sent by command; `moved` is a new time of a post that was sent earlier that day.
 */
export const states = [
  'sending',
  'sent',
  'missed',
  'asked',
  'uncertain',
  'refused',
  'skipped',
  'paused',
  'resent',
  'moved',
] as const
export type State = (typeof states)[number]

/** Why a slot was not sent. */
const whys = [
  'stopped',
  'ask',
  'newer',
  'crowded',
  'tooMany',
  'quiet',
  'noControl',
  'expired',
  'refused',
  'noFile',
  'uncertain',
  'sentEarlier',
  'yieldsPlace',
  'yieldsNumber',
  'edited',
] as const
export type Why = (typeof whys)[number]

/** The share of activities kept posts back once; what is still to be told of it is told as the day's cap. */
function withoutShares(old: Json): Json {
  const trouble = old as { why: string }
  return { ...trouble, why: trouble.why === 'tooActive' ? 'tooMany' : trouble.why }
}

const SlotRecord = z.strictObject({
  post: z.string(),
  /** `11-21 08:00` in the group. */
  when: z.string(),
  due: z.int(),
  state: z.enum(states),
  /** Messages of which the result is not known yet. */
  left: z.int().nonnegative(),
  at: z.int(),
})
export type SlotRecord = z.infer<typeof SlotRecord>

// All but the pause are notes, so that an undo never makes the bot forget what it has sent.
export const sopTables = {
  /** The key is `<group>/<day>T<clock>/<post>`, or `<group>/now <ms>/<post>` for what a command sent. */
  noteSlots: table(SlotRecord, { kind: 'note', migrations: [(old) => old] }),
  /** The one record `plan`: when slots are looked at next, and when they were looked at last. */
  notePlan: table(z.strictObject({ next: z.int(), at: z.int() }), { kind: 'note' }),
  /** What was planned for a group's day when it was looked at last, as `08:00/<post>`: what an edit has added or moved is seen by it. */
  notePlanned: table(z.strictObject({ day: z.string(), slots: z.array(z.string()) }), { kind: 'note' }),
  /** Groups that were seen: since which day, and from when on slots were not looked at because the group was not found. */
  noteGroups: table(
    z.strictObject({ managed: z.string(), opened: z.string(), off: z.boolean(), absentFrom: z.int().nullable() }),
    { kind: 'note' },
  ),
  /** What a rotation has used up; the key is `<group>/<post>`. */
  noteRotations: table(z.strictObject({ used: z.array(z.string()) }), { kind: 'note' }),
  /**
   * What did not go out as planned and the control group must still read, by slot; `told` is when it was told, until it is known whether
   * that has arrived.
   */
  noteTroubles: table(
    z.strictObject({ post: z.string(), group: GroupId, when: z.string(), why: z.enum(whys), told: z.int().nullable() }),
    { kind: 'note', migrations: [(old) => old, (old) => old, withoutShares] },
  ),
  /** What a person has to do, until it is marked done; the key is the post. */
  noteTasks: table(
    z.strictObject({
      slot: z.string(),
      when: z.string(),
      at: z.int(),
      groups: z.array(z.string()),
      /** How often it was reminded of, and when it is next. */
      reminded: z.int(),
      next: z.int(),
    }),
    {
      kind: 'note',
      migrations: [(old) => ({ ...(old as { at: number }), reminded: 0, next: (old as { at: number }).at })],
    },
  ),
  /** What became of tasks, and what people say of posts; the key counts. */
  feedback: table(
    z.strictObject({ post: z.string(), when: z.string(), what: z.string(), owner: z.string(), feedback: z.string() }),
  ),
  /** When somebody of the shop last said something in a group; the key is the group. */
  noteStaff: table(z.strictObject({ at: z.int() }), { kind: 'note' }),
  /** Posts that were put in from chat, by id; `groups` are names or tags, none for all. */
  added: table(z.strictObject({ at: z.string(), groups: z.array(z.string()), content: z.string(), since: z.int() })),
  /** What is paused: `all`, `post/<post>`, `group/<group>`, or `both/<group>/<post>` for a post in one group. */
  paused: table(z.strictObject({ since: z.int() })),
}

export const parts = featureParts({
  config: Config,
  prepare: (config, _rows, cron) => prepare(config, cron),
  tables: sopTables,
  texts: sopTexts,
  jobs: ['look', 'tell', 'remind'],
})
export type Cx = ContextOf<typeof parts>

/** Under which key a slot is claimed: by what clocks show, so that no change of clocks makes two of one. */
export function slotKey(group: GroupId, { day, clock, ready }: Slot): string {
  return `${group}/${day}T${clock}/${ready.post.id}`
}

/** Under which key it is claimed when a command sends it. */
export function keyByHand(group: GroupId, id: string, now: Millis): string {
  return `${group}/now ${now}/${id}`
}

export function isByHand(key: string): boolean {
  return key.includes('/now ')
}

/** `11-21 08:00` */
export function whenOf({ day, clock }: Slot): string {
  return `${day.slice(5)} ${clock}`
}

/** What slots depend on in the group of a context. */
export function whereOf(here: Cx): Where {
  const seen = here.group && here.tables.noteGroups.get(here.group.id)?.opened
  return { timezone: here.timezone, opened: here.config.opened ?? seen ?? here.today }
}

/** A post that was put in from chat, as if it stood in the file. */
export function addedPost(
  id: string,
  { at, groups, content }: Omit<RecordOf<(typeof sopTables)['added']>, 'since'>,
): Post {
  return { id, groups, at: [at], content: [content], priority: 'normal', late: 30 }
}

/** All posts there are: those of the file and those from chat. */
function allPosts({ prepared, config, tables }: Cx): readonly ReadyPost[] {
  const inFile = new Set(config.posts.map(({ id }) => id))
  const added = [...tables.added.entries()].flatMap(([id, record]) => {
    const ready = inFile.has(id) ? undefined : prepared.make(addedPost(id, record))
    return ready && !(ready instanceof Refusal) ? [ready] : []
  })
  return added.length > 0 ? [...prepared.posts, ...added] : prepared.posts
}

/** The posts of the group of a context. */
export function postsOf(here: Cx): readonly ReadyPost[] {
  const { group } = here
  if (!group || !here.enabled) return []
  return allPosts(here).filter((ready) => isFor(ready, { name: group.managed, tags: group.tags }))
}

/** Whether a post is paused in a group. */
export function isPaused(post: string, group: GroupId, { tables: { paused } }: Cx): boolean {
  return ['all', `post/${post}`, `group/${group}`, `both/${group}/${post}`].some((key) => paused.get(key) !== undefined)
}

/** Notes what became of a slot that was not sent. */
export function note(
  slot: Slot,
  group: GroupId,
  { tables, now }: Cx,
  state: 'missed' | 'asked' | 'paused' | 'skipped' | 'moved',
): void {
  const { ready, due } = slot
  const record = { post: ready.post.id, when: whenOf(slot), due, state, left: 0, at: now }
  tables.noteSlots.set(slotKey(group, slot), record)
}
