// Counts the starts of the last hour, so that a bot that ends again and again is noticed.
import { readFileSync } from 'node:fs'
import type { Clock } from './clock.ts'
import { clock as clockTime } from './core/lib/time.ts'
import type { DataFolder } from './data-folder.ts'
import type { Operations } from './operations.ts'

const fileName = 'starts.json'
const hour = 3_600_000
/** Starts within an hour that are too many. */
const tooMany = 5

/** Notes this start; tells when there were too many within an hour, and when the bot has been running for one since. */
export function countStart(data: DataFolder, operations: Operations, clock: Clock): void {
  const now = clock.now()
  const starts = [...before(data).filter((at) => at > now - hour && at <= now), now]
  data.write('health', fileName, JSON.stringify(starts))
  if (starts.length < tooMany) return
  operations.states.begin('crashLoop', null, { count: starts.length, last: clockTime(now, operations.timezone) })
  clock.later(hour, () => operations.states.end('crashLoop', null))
}

function before(data: DataFolder): number[] {
  try {
    const read: unknown = JSON.parse(readFileSync(data.file(fileName), 'utf8'))
    return Array.isArray(read) ? read.filter((at) => typeof at === 'number') : []
  } catch {
    return []
  }
}
