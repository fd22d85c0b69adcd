// The arithmetic of the calendar: on which days and at which instants a post is due in a group. Pure; no clock but what is passed in.
import { DateTime } from 'luxon'
import type { ReadCron } from '../../core/feature/cron.ts'
import type { Millis } from '../../core/types/ids.ts'
import type { Vars } from '../../core/types/localised.ts'
import type { Problem } from '../../core/feature/settings-check.ts'
import { writtenClock, writtenDay } from '../../core/lib/written-time.ts'
import { addDays, dayKey, instantOf, weekday, type DayKey } from '../../core/lib/time.ts'
import { aroundEvent, readEvent, type ReadyEvent } from './events.ts'
import type { Config, Post, Time } from './post.ts'
import { Refusal } from '../../core/types/refusal.ts'

/** The next slot is looked for within this many days. */
export const HORIZON_DAYS = 40
const DAY = 86_400_000
/** No holiday is longer; a slip of the pen must not fill the memory. */
export const MOST_DAYS = 366
/** More often no limit allows, and who wrote it meant something else. */
const MOST_A_DAY = 50

/** What a post's days depend on in a group. */
export interface Where {
  timezone: string
  /** The day the group opened. */
  opened: DayKey
}

/** One way a post is timed. */
export interface Timing {
  clocks: readonly string[]
  on(day: DayKey, opened: DayKey): boolean
  /** What a text may say of that day. */
  vars(day: DayKey, opened: DayKey): Vars
  /** Names that `vars` gives values for. */
  gives: readonly string[]
  /** Days that are written out, which a look at any one year could miss. */
  days(opened: DayKey): readonly DayKey[]
  /** It depends on when the group opened. */
  byOpening: boolean
}

/** A post made ready for counting. */
export interface ReadyPost {
  post: Post
  /** Its place in `posts`. */
  index: number
  timings: readonly Timing[]
  /** Variables for its texts that come from how it is timed. */
  gives: readonly string[]
  isOn(day: DayKey): boolean
}

export interface Prepared {
  posts: readonly ReadyPost[]
  troubles: readonly Problem[]
  /** Makes a post ready that does not stand in the file. */
  make(post: Post): ReadyPost | Refusal
}

/** A post that is due in a group at an instant. */
export interface Slot {
  ready: ReadyPost
  day: DayKey
  /** `HH:MM`, as clocks in the group show. */
  clock: string
  due: Millis
  gives: Vars
}

/** Reads the times of all posts; what is wrong with them is kept for `check`. */
export function prepare(config: Config, cron: ReadCron): Prepared {
  const troubles: Problem[] = []
  const holidays = new Set(
    config.holidays.flatMap((holiday) => (typeof holiday === 'string' ? [holiday] : daysFrom(holiday))),
  )
  const events = new Map<string, ReadyEvent>()
  for (const [name, written] of Object.entries(config.events)) {
    const event = readEvent(written, cron)
    if (event instanceof Refusal) troubles.push({ path: ['events', name], message: event.message })
    else events.set(name, event)
  }
  const make = (post: Post, index: number, onTrouble: (why: Refusal, i: number) => void): ReadyPost => {
    const timings = post.at.flatMap((time, i) => {
      const timing = readTime(time, events, cron)
      if (!(timing instanceof Refusal)) return timing
      onTrouble(timing, i)
      return []
    })
    const gives = (timings[0]?.gives ?? []).filter((name) => timings.every((timing) => timing.gives.includes(name)))
    const isOn = (day: DayKey) =>
      (post.weekdays?.includes(weekday(day)) ?? true) &&
      (post.holidays === undefined || (post.holidays === 'only') === holidays.has(day))
    return { post, index, timings, gives, isOn }
  }
  const posts = config.posts.map((post, index) =>
    make(post, index, ({ message }, i) => {
      troubles.push({ path: ['posts', index, 'at', ...(post.at.length > 1 ? [i] : [])], message })
    }),
  )
  return {
    posts,
    troubles,
    make(post) {
      let trouble: Refusal | undefined
      const ready = make(post, posts.length, (why) => (trouble ??= why))
      return trouble ?? ready
    },
  }
}

function daysFrom({ from, until }: { from: DayKey; until: DayKey }): DayKey[] {
  const days: DayKey[] = []
  for (let day = from; day <= until && days.length < MOST_DAYS; day = addDays(day, 1)) days.push(day)
  return days
}

function readTime(time: Time, events: ReadonlyMap<string, ReadyEvent>, cron: ReadCron): Timing | Timing[] | Refusal {
  if (typeof time === 'string') return readWritten(time) ?? readRegular(time, cron)
  if ('opened' in time) {
    return {
      clocks: [time.time],
      on: (day, opened) => time.opened.includes(daysBetween(opened, day) + 1),
      vars: (day, opened) => ({ day: daysBetween(opened, day) + 1 }),
      gives: ['day'],
      days: (opened) => time.opened.map((number) => addDays(opened, number - 1)),
      byOpening: true,
    }
  }
  const event = events.get(time.event)
  if (event === undefined) {
    const known = [...events.keys()].join('、')
    return new Refusal(
      `events 里没有「${time.event}」${known ? `，有：${known}。` : '，请先在 events 里写上它的日期。'}`,
      `events has no "${time.event}"${known ? `; it has ${known}.` : '; write its date there first.'}`,
    )
  }
  return aroundEvent(time, event)
}

export function readRegular(text: string, cron: ReadCron): Timing | Refusal {
  const read = cron(text)
  if (read instanceof Refusal) return read
  if (read.clocks.length > MOST_A_DAY) {
    return new Refusal(
      `「${text}」一天要发 ${read.clocks.length} 次，最多 ${MOST_A_DAY} 次。每天 8 点整一次是 '0 8 * * *'。`,
      `"${text}" fires ${read.clocks.length} times a day; ${MOST_A_DAY} at most. Once a day at eight is '0 8 * * *'.`,
    )
  }
  return { ...read, vars: noVars, gives: [], days: () => [], byOpening: false }
}

/** A date with a clock time, or days of the week with one: what people write instead of a cron expression. */
const dated = /^(\d{4}\D+\d{1,2}\D+\d{1,2}\s*[日号]?)(?:\s+|(?<=[日号]))(\S.*)$/
const weekly =
  /^(每天|每日|天天|daily|工作日|周末|每?(?:周|星期|礼拜)[一二三四五六日天](?:[、,，和到至-]?(?:周|星期|礼拜)?[一二三四五六日天])*)?\s*(\S.*)$/iu

/** A time as people write it; undefined when it is none, which most likely is a cron expression. */
export function readWritten(text: string): Timing | Refusal | undefined {
  const plain = text.normalize('NFKC').trim()
  if (/^\d{4}\D/.test(plain)) {
    const [, day = '', clock = ''] = dated.exec(plain) ?? []
    const date = writtenDay(day)
    const at = writtenClock(clock)
    if (date === undefined || at === undefined || !DateTime.fromISO(date).isValid) {
      return new Refusal(
        `「${text}」不是一个时间，要写成 '2026-12-24 18:00'。`,
        `"${text}" is not a time; write '2026-12-24 18:00'.`,
      )
    }
    const on = (day: DayKey) => day === date
    return { clocks: [at], on, vars: noVars, gives: [], days: () => [date], byOpening: false }
  }
  const [, days = '', clock = ''] = weekly.exec(plain) ?? []
  const at = writtenClock(clock)
  if (at === undefined) return undefined
  const numbers = weekdaysIn(days)
  return {
    clocks: [at],
    on: (day) => numbers === undefined || numbers.has(weekday(day)),
    vars: noVars,
    gives: [],
    days: () => [],
    byOpening: false,
  }
}

/** 周一到周五, 周六、周日, 周一三五, 工作日, 周末; undefined: every day. Monday is 0. */
export function weekdaysIn(text: string): ReadonlySet<number> | undefined {
  if (/^工作日$/.test(text)) return new Set([0, 1, 2, 3, 4])
  if (/^周末$/.test(text)) return new Set([5, 6])
  if (text === '' || /天天|每天|每日|daily/i.test(text)) return undefined
  const days = text.split(/[、,，和]/).flatMap((part) => {
    const names = [...part.replaceAll(/周|星期|礼拜|每/g, '').replaceAll('天', '日')]
    const numbers = names.flatMap((name) => ('一二三四五六日'.includes(name) ? ['一二三四五六日'.indexOf(name)] : []))
    const [first, last] = numbers
    if (!/[到至-]/.test(part) || first === undefined || last === undefined) return numbers
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, i) => (first + i) % 7)
  })
  return new Set(days)
}

function noVars(): Vars {
  return {}
}

/** All slots of a local day, in order. */
export function slotsOn(posts: readonly ReadyPost[], day: DayKey, { timezone, opened }: Where): Slot[] {
  const slots = posts.flatMap((ready) => {
    if (!ready.isOn(day)) return []
    // Two times may mean the same minute: it is one slot.
    const clocks = new Map<string, Vars>()
    for (const timing of ready.timings) {
      if (!timing.on(day, opened)) continue
      for (const clock of timing.clocks) clocks.set(clock, timing.vars(day, opened))
    }
    return [...clocks].map(([clock, gives]): Slot => ({
      ready,
      day,
      clock,
      gives,
      due: instantOf(day, clock, timezone),
    }))
  })
  return slots.sort((a, b) => a.due - b.due || a.ready.index - b.ready.index)
}

/** The slots after one instant and until another, the latter included. */
export function slotsBetween(posts: readonly ReadyPost[], after: Millis, until: Millis, where: Where): Slot[] {
  if (until <= after) return []
  const found: Slot[] = []
  const last = dayKey(until, where.timezone)
  // A clock time that a change of clocks leaves out comes later, at worst on the next day.
  for (let day = addDays(dayKey(after, where.timezone), -1); day <= last; day = addDays(day, 1))
    found.push(...slotsOn(posts, day, where).filter(({ due }) => due > after && due <= until))
  return found
}

/** The first slot after an instant, within `HORIZON_DAYS`. */
export function nextSlot(posts: readonly ReadyPost[], after: Millis, where: Where): Slot | undefined {
  const last = dayKey(after + HORIZON_DAYS * DAY, where.timezone)
  for (let day = addDays(dayKey(after, where.timezone), -1); day <= last; day = addDays(day, 1)) {
    const found = slotsOn(posts, day, where).find(({ due }) => due > after)
    if (found) return found
  }
  return undefined
}

/** Whether a post is for a group, by its name or tags. */
export function isFor({ post }: ReadyPost, group: { name: string; tags: readonly string[] }): boolean {
  return post.groups.length === 0 || post.groups.some((name) => name === group.name || group.tags.includes(name))
}

/** Days from one to the other; negative when the other is earlier. */
function daysBetween(from: DayKey, to: DayKey): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY)
}
