// How much of a group's week is activities: at least, at most, by the group's purpose. It is told, and never keeps a post back.
import { z } from 'zod'
import type { Localised } from '../../core/types/localised.ts'
import type { Problem } from '../../core/feature/settings-check.ts'

const percent = z.int().min(0).max(100)
export const Share = z.strictObject({
  atLeast: percent.optional().describe('至少占百分之几'),
  atMost: percent.optional().describe('最多占百分之几'),
})
export type Share = z.infer<typeof Share>

/** Limits for all groups, and by tag for those with a purpose of their own. Percentages are those of the craft of running communities. */
export const ActivityShare = z
  .object(Share.shape)
  .catchall(Share)
  .refine((shares) => [shares, ...Object.values(shares)].every(isPossible), {
    params: { zh: 'atLeast 不能比 atMost 大。', en: 'atLeast must not be more than atMost.' },
  })
  .default({
    活动群: { atLeast: 50 },
    引流群: { atMost: 80 },
    快闪群: { atMost: 80 },
  })
type ActivityShare = z.infer<typeof ActivityShare>

function isPossible(share: unknown): boolean {
  const read = Share.safeParse(share)
  return !read.success || (read.data.atLeast ?? 0) <= (read.data.atMost ?? 100)
}

/** What holds for a group: by the first of its tags that has limits of its own. */
export function shareOf(tags: readonly string[], { limits }: { limits: { activityShare: ActivityShare } }): Share {
  const shares = limits.activityShare
  const tag = tags.find((one) => one !== 'atLeast' && one !== 'atMost' && Object.hasOwn(shares, one))
  return (tag === undefined ? shares : (shares[tag] as Share | undefined)) ?? {}
}

/** On which side of its limits a week is. One post alone has no share. */
export function sideOf(count: number, all: number, { atLeast = 0, atMost = 100 }: Share): 'under' | 'over' | undefined {
  if (all < 2) return undefined
  if (100 * count < atLeast * all) return 'under'
  return 100 * count > atMost * all ? 'over' : undefined
}

/** `activityShare` was a number, the most of all posts that might be activities, with another for groups with `flashTags`. */
export function withLimitsByPurpose(own: Readonly<Record<string, unknown>>): {
  own: Record<string, unknown>
  told: Problem[]
} {
  const { limits, flashTags, ...others } = own
  const { activityShare, flashShare, ...kept } = isMap(limits) ? limits : {}
  const isOld =
    typeof activityShare === 'number' || /^\d+ ?%?$/.test(typeof activityShare === 'string' ? activityShare : '')
  if (!isOld && flashShare === undefined && flashTags === undefined) return { own: { ...own }, told: [] }
  const atLeast = isOld ? activityShare : 50
  const shares = isMap(activityShare)
    ? activityShare
    : {
        atLeast,
        ...Object.fromEntries(listOf(flashTags ?? '快闪群').map((tag) => [tag, { atMost: flashShare ?? 80 }])),
      }
  const told = [
    ...(isOld ? [['limits', 'activityShare']] : []),
    ...(flashShare === undefined ? [] : [['limits', 'flashShare']]),
    ...(flashTags === undefined ? [] : [['flashTags']]),
  ].map((path): Problem => ({ path, message: moved(path.at(-1) ?? '', String(atLeast)), level: 'warning' }))
  return { own: { ...others, limits: { ...kept, activityShare: shares } }, told }
}

function moved(key: string, atLeast: string): Localised {
  return key === 'activityShare'
    ? {
        zh: `activityShare 现在按群的用途写至少和最多，例如 activityShare: { 福利群: { atLeast: 50 }, 引流群: { atMost: 80 } }。先按 atLeast: ${atLeast}（至少）用，只提醒，不会因此不发。`,
        en: `activityShare now says at least and at most by the purpose of groups: activityShare: { deals: { atLeast: 50 } }. For now it is taken as atLeast: ${atLeast}; it is told only and keeps nothing back.`,
      }
    : {
        zh: `${key} 现在写进 activityShare，例如 activityShare: { 快闪群: { atMost: 80 } }。先照原来的数用。`,
        en: `${key} now belongs into activityShare, as in activityShare: { flash: { atMost: 80 } }. For now its value is used.`,
      }
}

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String)
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
