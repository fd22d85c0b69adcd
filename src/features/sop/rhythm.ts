// How much comes when, counted over a sample year: too many posts a day, quiet hours, clashes, too much advertising of activities.
import type { Localised } from '../../core/feature.ts'
import type { About, Problem } from '../../core/settings-check.ts'
import type { GroupSettings } from '../../core/settings.ts'
import { addDays, clock, isQuiet, weekday, type DayKey } from '../../core/time.ts'
import { isFor, slotsOn, type Prepared, type ReadyPost, type Slot } from './calendar.ts'
import { contentsOf } from './content.ts'
import type { Config } from './post.ts'

/** Two posts in a group are at least so many minutes apart. */
export const APART_MINUTES = 10
/** Whole weeks around a year with every date there is; weekdays and dates meet again in the same way every 28 years. */
const sampleYear = { from: '2027-12-27', days: 53 * 7 }
const cycle = { from: '2024-01-01', days: 28 * 366 }
/** Posts that hang on the opening of a group are left out of the sample: each group has its own days. */
const neverOpened = '0001-01-01'

/** Whether there is no day at all on which a post is due. */
export function neverFires(ready: ReadyPost, config: Config): boolean {
  if (ready.timings.some(({ byOpening }) => byOpening)) return false
  const written = [...ready.timings.flatMap(({ days }) => days), ...holidaysOf(config)]
  const fires = (day: DayKey) => ready.isOn(day) && ready.timings.some((timing) => timing.on(day, neverOpened))
  if (written.some(fires) || daysOf(sampleYear).some(fires)) return false
  // Only a regular time can still fire in another year.
  return ready.timings.every(({ days }) => days.length > 0) || !daysOf(cycle).some(fires)
}

function holidaysOf({ holidays }: Config): DayKey[] {
  return holidays.map((one) => (typeof one === 'string' ? one : one.from))
}

function daysOf({ from, days }: { from: DayKey; days: number }): DayKey[] {
  return Array.from({ length: days }, (_, i) => addDays(from, i))
}

/** Warnings about the groups that have these settings; each is told once, with the first group and day where it shows. */
export function rhythmProblems(config: Config, about: About<Prepared>): Problem[] {
  const done = new Set<string>()
  const found = new Map<string, Problem>()
  for (const group of about.usedIn) {
    // What is only for a person to do takes nobody's attention in the group.
    const posts = about.prepared.posts.filter((ready) => isFor(ready, group) && contentsOf(ready.post).length > 0)
    const isFlash = group.tags.some((tag) => config.flashTags.includes(tag))
    const key = JSON.stringify([posts.map(({ index }) => index), isFlash, group.timezone])
    if (done.has(key)) continue
    done.add(key)
    // What one group shows needs no telling for the next.
    for (const [kind, problem] of findIn(posts, group, isFlash, config, about))
      if (!found.has(kind)) found.set(kind, problem)
  }
  return [...found.values()]
}

function findIn(
  posts: readonly ReadyPost[],
  group: GroupSettings,
  isFlash: boolean,
  config: Config,
  { timezone, quiet }: About<Prepared>,
): Map<string, Problem> {
  const found = new Map<string, Problem>()
  const tell = (key: string, { ready }: Slot, message: Localised) => {
    if (!found.has(key)) found.set(key, { path: ['posts', ready.index, 'at'], message, level: 'warning' })
  }
  const share = isFlash ? config.limits.flashShare : config.limits.activityShare
  let week: Slot[] = []
  const extra = posts.flatMap(({ timings }) => timings.flatMap(({ days }) => days))
  const days = [...new Set([...daysOf(sampleYear), ...extra])]
  for (const [number, day] of days.entries()) {
    const slots = slotsOn(posts, day, { timezone: group.timezone, opened: neverOpened })
    const over = slots[config.limits.perDay]
    if (over) tell(`perDay ${over.ready.index}`, over, tooMany(group.name, day, slots, config.limits.perDay))
    for (const [i, slot] of slots.entries()) {
      const before = slots[i - 1]
      if (before && slot.due - before.due < APART_MINUTES * 60_000)
        tell(`${before.ready.index} ${slot.ready.index}`, slot, clash(group.name, before, slot))
      if (quiet && isQuiet(clock(slot.due, timezone), quiet))
        tell(`quiet ${slot.ready.index}`, slot, inQuiet(slot, quiet))
    }
    // Written days follow after the sample, without the weeks around them.
    if (number >= sampleYear.days) continue
    if (weekday(day) === 0) week = []
    week.push(...slots)
    const activities = week.filter(({ ready: { post } }) => post.category && config.activities.includes(post.category))
    const [first] = activities
    const percent = Math.round((100 * activities.length) / week.length)
    if (weekday(day) === 6 && first && week.length > 1 && percent > share)
      tell(`share ${group.name}`, first, tooActive(group.name, day, percent, share))
  }
  return found
}

function tooMany(group: string, day: DayKey, slots: readonly Slot[], most: number): Localised {
  const list = slots.map(({ ready, clock: at }) => `${at} ${ready.post.id}`)
  return {
    zh: `「${group}」一天最多发 ${most} 条，像 ${day} 这样的日子有 ${slots.length} 条：${list.join('、')}。`,
    en: `"${group}" gets at most ${most} posts a day, but on days like ${day} there are ${slots.length}: ${list.join(', ')}.`,
  }
}

function clash(group: string, before: Slot, slot: Slot): Localised {
  const [a, b] = [`${before.clock} ${before.ready.post.id}`, `${slot.clock} ${slot.ready.post.id}`]
  return {
    zh: `「${group}」里「${a}」和「${b}」隔得太近，至少要隔 ${APART_MINUTES} 分钟。`,
    en: `in "${group}" "${a}" and "${b}" are too close; leave at least ${APART_MINUTES} minutes.`,
  }
}

function inQuiet({ ready, clock: at }: Slot, { from, until }: NonNullable<About<Prepared>['quiet']>): Localised {
  return {
    zh: `「${ready.post.id}」在 ${at} 发，落在安静时段（${from} 到 ${until}，见 bot.yaml）里，到时候不会发出去。`,
    en: `"${ready.post.id}" at ${at} falls into the quiet hours (${from} to ${until}, see bot.yaml) and will not go out.`,
  }
}

function tooActive(group: string, day: DayKey, percent: number, most: number): Localised {
  const monday = addDays(day, -6)
  return {
    zh: `「${group}」的活动太多：像 ${monday} 这样的一周里活动占 ${percent}%，最多 ${most}%。加些问候、知识、话题，或减少活动。`,
    en: `"${group}" has too many activities: ${percent}% in a week like ${monday}, at most ${most}%. Add other posts or drop some.`,
  }
}
