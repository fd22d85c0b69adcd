// Activities that the settings open by themselves at fixed hours.
import { z } from 'zod'
import type { Effect } from '../core/types/effect.ts'
import { GroupId, type Millis } from '../core/types/ids.ts'
import { nextAt, weekday } from '../core/lib/time.ts'
import { Refusal } from '../core/types/refusal.ts'
import type { AnyKind } from './kind.ts'
import { lineOf, openLine, type ReadLine } from './opening.ts'
import type { Cx } from './records.ts'

/** An hour late, it is better left to the next time than opened when nobody expects it. */
const LATEST = 3_600_000

/** When the settings open something. */
export const Hours = z.strictObject({
  weekdays: z.array(z.int().min(1).max(7)).min(1).default([1, 2, 3, 4, 5, 6, 7]).describe('星期几，1 是星期一'),
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .meta({ examples: ['12:00'] })
    .describe('几点'),
})

/** What is opened by itself: a line as `/vote new` takes it. */
export const Scheduled = z
  .array(z.strictObject({ line: z.string().min(1).max(500).describe('和 /… new 后面写的一样'), ...Hours.shape }))
  .max(20)
  .default([])
  .describe('到点自动开，例如 line: 周末吃什么 火锅 烧烤 截止 20:00，weekdays: [5]，at: "12:00"')

/** One line and when it is opened. */
export type Opening = z.infer<typeof Hours> & { line: string }

/** Sets the alarm for all that the settings open within a day. */
export function armOpenings(kind: AnyKind, cx: Cx): void {
  for (const { id } of cx.scene.groupsWith(kind.name)) {
    const { config, now, timezone, wake } = cx.inGroup(id)
    for (const { at, line } of kind.openings?.(config) ?? []) wake(nextAt(now, at, timezone), 'preset', `${id}/${line}`)
  }
  cx.wake(nextAt(cx.now, '00:00', cx.timezone), 'plan', 'daily')
}

/** Opens what is due. A line that names other groups is opened once, by the first group that it means. */
export function openDue(kind: AnyKind, key: string, due: Millis, cx: Cx): Effect[] {
  const slash = key.indexOf('/')
  const [group, line] = [GroupId.parse(key.slice(0, slash)), key.slice(slash + 1)]
  const there = cx.inGroup(group)
  const opening = kind.openings?.(there.config).find((one) => one.line === line)
  if (!opening?.weekdays.includes(weekday(there.today) + 1) || cx.now - due > LATEST) return []
  const own = lineOf(kind).parse(line, there.scene)
  const read = own instanceof Refusal ? lineOf(kind).parse(`${line} 群 ${group}`, there.scene) : own
  if (!(read instanceof Refusal) && (read as unknown as ReadLine).said.group.all[0]?.id !== group) return []
  const opened = read instanceof Refusal ? read : openLine(kind, read as never, cx)
  if (!(opened instanceof Refusal)) return opened
  return [cx.say('control', cx.text('actPresetFailed', { name: line, why: opened.in(cx.language) }))]
}
