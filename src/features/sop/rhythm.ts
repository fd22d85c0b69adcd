// How much comes when, counted over a sample year: too many posts a day, quiet hours, clashes, too few or too many activities.
import type { Localised } from '../../core/types/localised.ts'
import type { About, Problem } from '../../core/feature/settings-check.ts'
import type { GroupSettings } from '../../core/feature/settings.ts'
import { addDays, clock, isQuiet, weekday, type DayKey } from '../../core/lib/time.ts'
import { isFor, slotsOn, type Prepared, type ReadyPost, type Slot } from './calendar.ts'
import { contentsOf, speaks } from './content.ts'
import type { Config, Post } from './post.ts'
import { shareOf, sideOf, type Share } from './share.ts'

/** The shortest time (minutes) between two posts in a group. */
export const APART_MINUTES = 10
/** Whole weeks around a year with every date there is; weekdays and dates meet again in the same way every 28 years. */
const sampleYear = { from: '2027-12-27', days: 53 * 7 }
const cycle = { from: '2024-01-01', days: 28 * 366 }

/** Whether there is no day at all on which a post is due. */
export function neverFires(ready: ReadyPost): boolean {
  if (ready.timings.some(({ byOpening }) => byOpening)) return false
  const opened = sampleYear.from
  const written = ready.timings.flatMap(({ days }) => days(opened))
  const fires = (day: DayKey) => ready.isOn(day) && ready.timings.some((timing) => timing.on(day, opened))
  if (written.some(fires) || daysOf(sampleYear).some(fires)) return false
  // Only a regular time can still fire in another year.
  return ready.timings.every(({ days }) => days(opened).length > 0) || !daysOf(cycle).some(fires)
}

function daysOf({ from, days }: { from: DayKey; days: number }): DayKey[] {
  return Array.from({ length: days }, (_, i) => addDays(from, i))
}

/** Warnings about the groups that have these settings; each is told once, with the first group and day where it shows. */
export function rhythmProblems(config: Config, about: About<Prepared>): Problem[] {
  const done = new Set<string>()
  const found = new Map<string, Problem>()
  for (const group of about.usedIn) {
    const posts = about.prepared.posts.filter((ready) => isFor(ready, group) && speaks(ready.post))
    const share = shareOf(group.tags, config)
    const key = JSON.stringify([posts.map(({ index }) => index), share, group.timezone])
    if (done.has(key)) continue
    done.add(key)
    // What one group shows needs no telling for the next.
    for (const [kind, problem] of findIn(posts, group, share, config, about))
      if (!found.has(kind)) found.set(kind, problem)
  }
  return [...found.values()]
}

function findIn(
  posts: readonly ReadyPost[],
  group: GroupSettings,
  share: Share,
  config: Config,
  { quiet }: About<Prepared>,
): Map<string, Problem> {
  const found = new Map<string, Problem>()
  const tell = (key: string, { ready }: Slot, message: Localised) => {
    if (!found.has(key)) found.set(key, { path: ['posts', ready.index, 'at'], message, level: 'warning' })
  }
  for (const { opened, days } of samples(posts, config)) {
    let week: Slot[] = []
    const short: { day: DayKey; week: readonly Slot[]; count: number }[] = []
    let weeks = 0
    let before: Slot | undefined
    for (const day of days) {
      const slots = slotsOn(posts, day, { timezone: group.timezone, opened })
      const over = slots[config.limits.perDay]
      if (over) tell(`perDay ${over.ready.index}`, over, tooMany(group.name, day, slots, config.limits.perDay))
      for (const slot of slots) {
        if (before && slot.due - before.due < APART_MINUTES * 60_000)
          tell(`${before.ready.index} ${slot.ready.index}`, slot, clash(group.name, before, slot))
        before = slot
        if (quiet && isQuiet(clock(slot.due, group.timezone), quiet))
          tell(`quiet ${slot.ready.index}`, slot, inQuiet(slot, quiet))
      }
      week = weekday(day) === 0 ? slots : [...week, ...slots]
      const activities = week.filter(({ ready }) => isActivity(ready.post, config))
      const side = weekday(day) === 6 ? sideOf(activities.length, week.length, share) : undefined
      if (weekday(day) === 6 && week.length > 1) weeks += 1
      if (side === 'under') short.push({ day, week, count: activities.length })
      const [first] = activities
      if (side === 'over' && first)
        tell(`share ${group.name}`, first, tooActive(group.name, day, activities.length, week.length, share))
    }
    // A week of holidays may have fewer; the ordinary week counts.
    const [example] = short
    const [slot] = example?.week ?? []
    if (example && slot && 2 * short.length > weeks)
      tell(`share ${group.name}`, slot, tooCalm(group.name, example.day, example.count, example.week.length, share))
  }
  return found
}

/** Whether a post is an activity: by its category, or because it opens one. */
export function isActivity(post: Post, { activities }: Config): boolean {
  if (post.category !== undefined && activities.includes(post.category)) return true
  return contentsOf(post).some((parts) =>
    parts.some((part) => typeof part === 'object' && 'do' in part && opens(part.do)),
  )
}

/** Commands that open something members take part in. */
const opening = /^\/\s*(?:(?:[a-z]+\s+(?:new|start|open)|dice\s+(?:round|sum)|packet))(?:\s|$)/i

function opens(line: string): boolean {
  return opening.test(line)
}

/**
 * Whole weeks to count in, in order: the sample year and the weeks of dates that are written out. Groups open on any weekday, so what hangs
 * on that is counted for each.
 */
function samples(posts: readonly ReadyPost[], config: Config): { opened: DayKey; days: readonly DayKey[] }[] {
  const timings = posts.flatMap((ready) => ready.timings)
  const written = (opened: DayKey, of = timings) => of.flatMap(({ days }) => days(opened)).flatMap(weekOf)
  const opened = config.opened ?? sampleYear.from
  const first = { opened, days: inOrder([...daysOf(sampleYear), ...written(opened)]) }
  const byOpening = timings.filter((timing) => timing.byOpening)
  if (config.opened !== undefined || byOpening.length === 0) return [first]
  const others = weekOf(opened).slice(1)
  return [first, ...others.map((day) => ({ opened: day, days: inOrder(written(day, byOpening)) }))]
}

/** The days from Monday to Sunday around a day. */
export function weekOf(day: DayKey): DayKey[] {
  return daysOf({ from: addDays(day, -weekday(day)), days: 7 })
}

function inOrder(days: readonly DayKey[]): DayKey[] {
  return [...new Set(days)].sort()
}

function tooMany(group: string, day: DayKey, slots: readonly Slot[], most: number): Localised {
  const list = slots.slice(0, most + 1).map(({ ready, clock: at }) => `${at} ${ready.post.id}`)
  return {
    zh: `「${group}」一天最多发 ${most} 条，像 ${day} 这样的日子有 ${slots.length} 条：${list.join('、')}${slots.length > list.length ? '……' : '。'}`,
    en: `"${group}" gets at most ${most} posts a day, but on days like ${day} there are ${slots.length}: ${list.join(', ')}${slots.length > list.length ? '…' : '.'}`,
  }
}

function clash(group: string, before: Slot, slot: Slot): Localised {
  const [a, b] = [`${before.clock} ${before.ready.post.id}`, `${slot.clock} ${slot.ready.post.id}`]
  return {
    zh: `「${group}」里「${a}」和「${b}」隔得太近，至少要隔 ${APART_MINUTES} 分钟，不然后一条不会发出去。`,
    en: `in "${group}" "${a}" and "${b}" are too close; leave at least ${APART_MINUTES} minutes, or the second will not go out.`,
  }
}

function inQuiet({ ready, clock: at }: Slot, { from, until }: NonNullable<About<Prepared>['quiet']>): Localised {
  return {
    zh: `「${ready.post.id}」在 ${at} 发，落在安静时段（${from} 到 ${until}，见 bot.yaml）里，到时候不会发出去。`,
    en: `"${ready.post.id}" at ${at} falls into the quiet hours (${from} to ${until}, see bot.yaml) and will not go out.`,
  }
}

function tooActive(group: string, day: DayKey, count: number, all: number, { atMost = 100 }: Share): Localised {
  const monday = addDays(day, -6)
  const percent = Math.round((100 * count) / all)
  return {
    zh: `「${group}」的活动偏多：像 ${monday} 这样的一周，${all} 条里有 ${count} 条是活动，占 ${percent}%，最多 ${atMost}%。加些问候、知识、话题；照样会发。`,
    en: `"${group}" has many activities: ${count} of ${all} posts (${percent}%) in a week like ${monday}, at most ${atMost}%. Add other posts; they go out all the same.`,
  }
}

function tooCalm(group: string, day: DayKey, count: number, all: number, { atLeast = 0 }: Share): Localised {
  const monday = addDays(day, -6)
  const percent = Math.round((100 * count) / all)
  return {
    zh: `「${group}」的活动偏少：像 ${monday} 这样的一周，${all} 条里有 ${count} 条是活动，占 ${percent}%，至少 ${atLeast}%。加一场抽奖、问答或限时优惠，或少发几条别的。`,
    en: `"${group}" has few activities: ${count} of ${all} posts (${percent}%) in a week like ${monday}, at least ${atLeast}%. Add a draw, a quiz or an offer, or drop other posts.`,
  }
}
