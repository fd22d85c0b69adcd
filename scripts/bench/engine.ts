// The engine's own share of a message, apart from the flush: decide and stage, at 100 groups x 500 members. `npx tsx scripts/bench/engine.ts`
import { crowds, FullHouse, groups, members } from './full-house.ts'

const messages = 20_000
const runs = 5

const house = new FullHouse()
const now = Date.parse('2026-11-21T10:00:00+08:00')
house.logIn(now, crowds())
console.log(
  `${groups} groups x ${members} members, ${messages} messages a run, every text through roster, engine and all features`,
)
for (let run = 0; run < runs; run++) {
  const took: number[] = []
  for (let n = 0; n < messages; n++) {
    const at = now + run * 3_600_000 + n * 50
    const begun = performance.now()
    house.hear(run * messages + n, at)
    took.push(performance.now() - begun)
    house.forgetEffects()
  }
  took.sort((a, b) => a - b)
  const [p50, p99, max] = [0.5, 0.99, 1].map((share) =>
    (took[Math.min(took.length - 1, Math.floor(share * took.length))] ?? 0).toFixed(3),
  )
  console.log(
    `run ${run + 1}: p50 ${p50} ms, p99 ${p99} ms, max ${max} ms; heap ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB`,
  )
}
