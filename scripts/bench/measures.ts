// What counting costs: microseconds a message at 100 groups x 500 members, and the heap that a year of counts takes.
// `node --expose-gc --import tsx scripts/bench/measures.ts`
import { tablesOf } from '../../src/core/engine/engine.ts'
import { Tables } from '../../src/core/feature/tables.ts'
import { addDays } from '../../src/core/lib/time.ts'
import { measures } from '../../src/features/measures/measures.ts'
import { measures as kinds } from '../../src/features/measures/state.ts'
import { crowds, FullHouse, groups, members } from './full-house.ts'

const collectGarbage = globalThis.gc
if (!collectGarbage) throw new Error('start with node --expose-gc')
const start = Date.parse('2026-11-21T10:00:00+08:00')

/** The share of one handler in every message. */
function timeMessages(): void {
  const count = measures.onCounted
  if (!count) throw new Error('nothing counts')
  const times: number[] = []
  measures.onCounted = (counted, cx) => {
    const begin = performance.now()
    count(counted, cx)
    if (counted.event.type === 'said') times.push(performance.now() - begin)
  }
  const house = new FullHouse()
  house.logIn(start, crowds())
  const messages = 40_000
  for (let n = 0; n < messages; n++) {
    house.hear(n, start + n * 20)
    house.forgetEffects()
  }
  measures.onCounted = count
  const warm = times.slice(messages / 4).sort((a, b) => a - b)
  const mean = warm.reduce((sum, time) => sum + time, 0) / warm.length
  const at = (share: number) => ((warm[Math.floor(warm.length * share)] ?? 0) * 1000).toFixed(1)
  console.log(`a message: mean ${(mean * 1000).toFixed(1)} µs, p50 ${at(0.5)} µs, p99 ${at(0.99)} µs (goal: 10)`)
}

/** A year of 100 groups x 500 members: one in ten speaks every day, three in ten once a week, the others have spoken once. */
function weighYear(): void {
  const tables = new Tables(tablesOf([measures]))
  collectGarbage?.()
  const before = process.memoryUsage().heapUsed
  const today = '2026-11-21'
  for (let g = 1; g <= groups; g++) {
    for (let back = 0; back < 400; back++) {
      const sums = kinds.map((_, i) => (back * (i + 1)) % 300)
      tables.load('measures.noteDays', `g${g}/${addDays(today, -back)}`, { sums })
    }
    for (let back = 0; back < 3; back++) {
      const day = addDays(today, -back)
      for (let half = 16; half < 46; half++)
        tables.load('measures.noteHours', `g${g}/${day}T${half}`, { messages: 4, entries: 1, joins: 1 })
    }
    for (let m = 0; m < members; m++) {
      const spoke = m % 10 === 0 ? 30 : m % 10 < 4 ? 4 : 1
      const talk = Array.from({ length: spoke }, (_, i) => [20_778 - spoke + i, 2 ** 24 + 2 ** 40, 3]).flat()
      const sums = { messages: 100 + m, checkins: 10, given: 50, spent: 5 }
      tables.load('measures.notePeople', `g${g}/m${g * members + m}`, { sums, talk })
    }
    for (let n = 0; n < 35 * 4; n++) {
      const day = addDays(today, -Math.floor(n / 4))
      const seen = { speakers: 9, messages: 20, entries: 1, redeemed: 0, joins: 0, leaves: 0 }
      tables.load('measures.noteResults', `g${g}/post/${n}/早安`, {
        ...{ group: `g${g}`, kind: 'post', title: '早安', of: `g${g}/${day}T08:00/早安`, at: start - n, day, slot: 16 },
        ...{ slots: 4, seen, usual: { days: 4, speakers: 85 }, feedback: null },
      })
    }
  }
  collectGarbage?.()
  console.log(`a year: ${((process.memoryUsage().heapUsed - before) / 1e6).toFixed(1)} MB of heap (goal: 60)`)
  // Kept alive until it was weighed.
  console.log(`${tables.table('measures.noteDays').size()} days, ${tables.table('measures.notePeople').size()} people`)
}

weighYear()
timeMessages()
