// What is counted, in records that roll: per group and day, per group and half hour, per person in a group, and per post.
import { z } from 'zod'
import type { ContextOf, GroupContextOf } from '../../core/feature/feature.ts'
import { featureParts } from '../../core/feature/feature.ts'
import { table } from '../../core/feature/tables.ts'
import { clock, type DayKey } from '../../core/lib/time.ts'
import { GroupId, MemberId, type Millis } from '../../core/types/ids.ts'
import { measuresTexts } from './texts.ts'

/** Sums of which most are absent: an object of optional numbers is checked several times as fast as a record by keys. */
function sparse<K extends string>(names: readonly K[]) {
  const shape = Object.fromEntries(names.map((name) => [name, z.int().optional()]))
  return z.strictObject(shape as Record<K, z.ZodOptional<z.ZodInt>>)
}

/** What is counted per group and day. */
export const measures = [
  ...(['messages', 'speakers', 'toBot', 'joins', 'invited', 'leaves', 'firstWords', 'checkins', 'entries'] as const),
  ...(['given', 'spent', 'issued', 'redeemed', 'questions', 'byBot', 'byHuman', 'unanswered', 'cases'] as const),
  // Seconds until a human answered, all of that day's together; posts and activities.
  ...(['waited', 'posts', 'thanked'] as const),
  // What became, up to today, of those who joined on that day.
  ...(['cameSpoke', 'cameBack', 'cameEarned', 'cameRedeemed', 'cameBrought', 'cameLeft'] as const),
] as const
export type Measure = (typeof measures)[number]
/** In the order of `measures`: an array takes a third of the memory of an object with these names. */
const Day = z.strictObject({ sums: z.array(z.int()) })
export type Day = z.infer<typeof Day>
const places = new Map<Measure, number>(measures.map((measure, i) => [measure, i]))

export function sumIn(day: Day | undefined, measure: Measure): number {
  return day?.sums[places.get(measure) ?? 0] ?? 0
}

export function withSums(day: Day | undefined, added: Partial<Record<Measure, number>>): Day {
  const sums = measures.map((_, i) => day?.sums[i] ?? 0)
  for (const [measure, by] of Object.entries(added)) {
    const place = places.get(measure as Measure) ?? 0
    sums[place] = (sums[place] ?? 0) + by
  }
  return { sums }
}

/** Kept per half hour, too. */
export const hourly = ['messages', 'joins', 'leaves', 'entries', 'redeemed'] as const
export type Hourly = (typeof hourly)[number]
export function isHourly(measure: Measure): measure is Hourly {
  return (hourly as readonly Measure[]).includes(measure)
}

const personal = [
  'messages',
  'checkins',
  'entries',
  'given',
  'spent',
  'issued',
  'redeemed',
  'cases',
  'brought',
] as const
export type Personal = (typeof personal)[number]
export function isPersonal(measure: string): measure is Personal {
  return (personal as readonly string[]).includes(measure)
}
/** How far somebody who was seen to join has come. */
export const steps = ['cameSpoke', 'cameBack', 'cameEarned', 'cameRedeemed', 'cameBrought'] as const
export type Step = (typeof steps)[number]

const Person = z.strictObject({
  /** The day of joining; absent for who was there before. */
  joined: z.string().optional(),
  by: MemberId.optional(),
  steps: z.array(z.enum(steps)).optional(),
  sums: sparse(personal),
  /** Day number, a bit for each half hour in which something was said, and the number of messages; of the last days, flat. */
  talk: z.array(z.int()),
  /** Day number, questions answered, times thanked, times asked by name; of the last days, flat. */
  help: z.array(z.int()).optional(),
})
export type Person = z.infer<typeof Person>
export const TALK = 3
/** Days of which it is kept when somebody spoke: four weeks, and what a window of today may reach back to. */
export const TALK_DAYS = 30
export const HELP = 4

/** What is seen of a post in its window, and what was usual at these hours. */
const Seen = z.strictObject({
  speakers: z.int(),
  messages: z.int(),
  entries: z.int(),
  redeemed: z.int(),
  joins: z.int(),
  leaves: z.int(),
})
export type Seen = z.infer<typeof Seen>
const Result = z.strictObject({
  group: GroupId,
  kind: z.enum(['post', 'activity']),
  title: z.string(),
  /** The slot of a post, the number of an activity. */
  of: z.string(),
  at: z.int(),
  day: z.string(),
  /** The first half hour of its window, from midnight of that day; 48 is the next day's first. */
  slot: z.int(),
  /** Half hours of its window. */
  slots: z.int(),
  seen: Seen.nullable(),
  /** Means of the same hours on the earlier days, in tenths; null: nothing to compare with. */
  usual: z.strictObject({ days: z.int(), speakers: z.int() }).nullable(),
  feedback: z.string().nullable(),
})
export type Result = z.infer<typeof Result>

export const Config = z.strictObject({
  daily: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .meta({ examples: ['21:30'] })
    .nullable()
    .default(null)
    .describe('每天几点把日报发到管理群，例如 "21:30"；null 不发'),
  weekly: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .meta({ examples: ['09:00'] })
    .nullable()
    .default(null)
    .describe('每周一几点把上周的周报发到管理群，例如 "09:00"；null 不发'),
  windowHours: z.int().min(1).max(12).default(2).describe('内容和活动发出后，看几小时内的效果'),
  board: z.boolean().default(false).describe('群友能不能看「发言榜」'),
})

const at = z.int()

export const parts = featureParts({
  config: Config,
  tables: {
    /** The key is `<group>/<day>`; kept for 400 days. */
    noteDays: table(Day, {
      kind: 'note',
      migrations: [
        (old) => ({ sums: measures.map((measure) => (old as Partial<Record<Measure, number>>)[measure] ?? 0) }),
      ],
    }),
    /** The key is `<group>/<day>T<half hour, 0 to 47>`; kept for the windows of posts, for two days. */
    noteHours: table(sparse(hourly), { kind: 'note' }),
    /** The key is `<group>/<member>`; who leaves is folded into the days. */
    notePeople: table(Person, { kind: 'note' }),
    /** Questions of members that nobody has answered yet, the oldest first; the key is the group. */
    noteQuestions: table(
      z.strictObject({ open: z.array(z.strictObject({ from: MemberId, at, day: z.string(), handed: z.boolean() })) }),
      { kind: 'note' },
    ),
    /** The key is `<group>/<post>/<ms>`; kept for 35 days. */
    noteResults: table(Result, { kind: 'note' }),
    /** `since/<group>`: the first day on which a group was counted; `alarm/<group>`: when it was last called quiet. */
    noteMarks: table(z.strictObject({ day: z.string() }), { kind: 'note' }),
  },
  words: { board: { say: ['发言榜', '话痨榜', '谁最能聊'], en: ['talk board', 'top talkers'] } },
  texts: measuresTexts,
  jobs: ['result', 'daily', 'weekly', 'forget'],
})
export type Cx = ContextOf<typeof parts>
export type GroupCx = GroupContextOf<typeof parts>

const DAY = 86_400_000

/** Days since 1970, of a calendar day. */
export function dayNumber(day: DayKey): number {
  return Math.floor(Date.parse(day) / DAY)
}

/** The half hour of the day, 0 to 47, by the clocks of the group. */
export function slotAt(now: Millis, timezone: string): number {
  const time = clock(now, timezone)
  return Number(time.slice(0, 2)) * 2 + (time[3] !== undefined && time[3] >= '3' ? 1 : 0)
}

/** Whether something was said in a half hour. A mask has 48 bits, more than the bitwise operators take. */
export function hasSlot(mask: number, slot: number): boolean {
  return Math.floor(mask / 2 ** slot) % 2 === 1
}
