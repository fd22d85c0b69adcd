// What is kept about an activity of any kind, and the context in which the mechanism works.
import { z } from 'zod'
import type { Context, Declared, GroupContext } from '../core/feature/context.ts'
import type { Count } from '../core/feature/counts.ts'
import { table, type RecordOf, type TableSpec } from '../core/feature/tables.ts'
import { GroupId, MemberId } from '../core/types/ids.ts'
import type { activityTexts } from './texts.ts'

/** Conditions that are the same for all kinds. */
export const Terms = z.strictObject({
  /** Closes when so many have entered; null: never by that. */
  full: z.int().nullable(),
  /** How much one person may take; what that counts is the kind's. */
  each: z.int().nullable(),
  /** Days in the group. */
  days: z.int(),
  /** Points that one must have. */
  points: z.int(),
  /** A word of its own by which to enter. */
  word: z.string().nullable(),
  excluded: z.array(MemberId),
})
export type Terms = z.infer<typeof Terms>

/** One activity, beside what its kind holds of it. */
const Common = z.strictObject({
  title: z.string(),
  groups: z.array(GroupId).min(1),
  phase: z.enum(['planned', 'open', 'closed', 'settled', 'cancelled']),
  at: z.int(),
  opensAt: z.int().nullable(),
  closesAt: z.int().nullable(),
  terms: Terms,
  /** The last call was said. */
  called: z.boolean(),
  /** Somebody has entered, so that the opening alone cannot be undone any more. */
  entered: z.boolean(),
})

type Step = TableSpec<object>['migrations'][number]
const wasEntered: Step = (old) => ({ ...(old as object), entered: true })
const wasFree: Step = (old) => ({ ...(old as object), paid: 0 })

/**
 * The tables of a kind.
 * @param content of one activity
 * @param entry of one person in it
 * @param adopt the first migration of entries, for a kind that had such a table of its own
 */
export function activityTables<C, E>(content: z.ZodType<C>, entry: z.ZodType<E>, adopt: Step = wasFree) {
  const entered = {
    group: GroupId,
    at: z.int(),
    order: z.int(),
    name: z.string().nullable(),
    /** Points that were paid for it, and go back when it is taken back. */
    paid: z.int(),
    value: entry,
  }
  return {
    /** The key is the number. */
    activities: table(Common.extend({ content }), { migrations: [wasEntered] }),
    /** The key is `<number>/<member>`, or `<number>/=<name>` for somebody who is known by a name only. */
    entries: table(z.strictObject(entered), { migrations: [adopt] }),
    /** The latest number, under `last`. */
    noteNumbers: table(z.strictObject({ no: z.int() }), { kind: 'note' }),
    /** When the live board of an activity is due next, and when it was last shown. */
    noteBoards: table(z.strictObject({ due: z.int(), at: z.int() }), { kind: 'note' }),
    /** What an admin has answered so far; the key is the admin. */
    noteDrafts: table(z.strictObject({ step: z.int(), line: z.string() }), { kind: 'note' }),
  }
}
type Tables = ReturnType<typeof activityTables<unknown, unknown>>

/** What is counted of any kind: that it opened, and who entered. @param called what one is called */
export function activityCounts(called: string) {
  return {
    activities: (no: string, after?: z.infer<typeof Common>, before?: z.infer<typeof Common>): readonly Count[] =>
      after?.phase === 'open' && before?.phase !== 'open'
        ? after.groups.map((group) => ({ what: 'activity', group, title: `${called}「${after.title}」`, key: no }))
        : [],
    entries(key: string, after?: RecordOf<Tables['entries']>, before?: RecordOf<Tables['entries']>): readonly Count[] {
      const { data: member } = MemberId.safeParse(key.slice(key.indexOf('/') + 1))
      return after && !before ? [{ what: 'entries', group: after.group, member }] : []
    },
  }
}

/** What any kind declares, as far as the mechanism knows it. */
interface Own extends Declared {
  tables: Tables
  texts: (typeof activityTexts)['zh']
}
/** What the mechanism sees: anywhere, and in a group. */
export type Cx = Context<Own>
export type GroupCx = GroupContext<Own>

/** An activity with its number. */
export type Live<C = unknown> = z.infer<typeof Common> & { no: number; content: C }

/** What is asked for, before it has a number. */
export type Wanted = Omit<Live, 'no' | 'phase' | 'at' | 'called' | 'entered'>

/** Somebody in an activity. */
export interface Entered<E = unknown> {
  /** The last part of the entry's key. */
  who: string
  /** null: known by a name only. */
  member: MemberId | null
  /** As it can be shown. */
  name: string
  group: GroupId
  at: number
  order: number
  paid: number
  value: E
}

type Tabled = Pick<Cx, 'tables'>

export function liveOf(no: number, { tables }: Tabled): Live | undefined {
  const record = tables.activities.get(String(no))
  return record && { ...record, no }
}

/** All that are kept, the oldest first. */
export function allLives(cx: Tabled): Live[] {
  return [...cx.tables.activities.entries()]
    .map(([key, record]) => ({ ...record, no: Number(key) }))
    .sort((a, b) => a.no - b.no)
}

export function isRunning({ phase }: Pick<Live, 'phase'>): boolean {
  return phase === 'planned' || phase === 'open' || phase === 'closed'
}

/** Whether it can be entered now. */
export function isOpen({ phase, closesAt }: Live, { now }: Pick<Cx, 'now'>): boolean {
  return phase === 'open' && (closesAt === null || now < closesAt)
}

/** What can be entered in a group, the latest first. */
export function openIn(group: GroupId, cx: Pick<Cx, 'tables' | 'now'>): Live[] {
  return allLives(cx)
    .filter((live) => isOpen(live, cx) && live.groups.includes(group))
    .reverse()
}

/** The context of the first of an activity's groups: its settings, language and time zone count for what is said to all. */
export function placeOf({ groups: [group] }: Pick<Live, 'groups'>, cx: Cx): GroupCx {
  if (!group) throw new Error('an activity is in no group')
  return cx.inGroup(group)
}

export function change(live: Live, changes: Partial<Live>, { tables }: Tabled): Live {
  const changed = { ...live, ...changes }
  const { no, ...record } = changed
  tables.activities.set(String(no), record)
  return changed
}

/** Who takes part, in order; who has left all groups of the activity is left out, unless it is final, and back in when he returns. */
export function entriesOf(
  { no, groups }: Pick<Live, 'no' | 'groups'>,
  { tables, members }: Pick<Cx, 'tables' | 'members'>,
  { isFinal }: { isFinal?: true } = {},
): Entered[] {
  return [...tables.entries.entries(String(no))]
    .map(([key, entry]) => {
      const who = key.slice(key.indexOf('/') + 1)
      const member = who.startsWith('=') ? null : MemberId.parse(who)
      const group =
        member &&
        (groups.find((one) => one === entry.group && members.isIn(member, one)) ??
          groups.find((one) => members.isIn(member, one)))
      return {
        ...entry,
        who,
        member,
        name: member ? members.name(member, group) : (entry.name ?? ''),
        isThere: isFinal || member === null || group !== undefined,
      }
    })
    .filter(({ isThere }) => isThere)
    .map(({ isThere: _, ...entered }) => entered)
    .sort((a, b) => a.order - b.order)
}
