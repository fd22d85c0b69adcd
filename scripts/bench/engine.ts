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
  const took = { rankings: [] as number[], others: [] as number[] }
  for (let n = 0; n < messages; n++) {
    const at = now + run * 3_600_000 + n * 50
    const begun = performance.now()
    const text = house.hear(run * messages + n, at)
    took[text === '排行榜' ? 'rankings' : 'others'].push(performance.now() - begun)
    house.forgetEffects()
  }
  const heap = Math.round(process.memoryUsage().heapUsed / 1e6)
  console.log(
    `run ${run + 1}: ${spread(took.others)}; a ranking of ${members}: ${spread(took.rankings)}; heap ${heap} MB`,
  )
}

function spread(times: number[]): string {
  times.sort((a, b) => a - b)
  const [p50, p99] = [0.5, 0.99].map((share) => (times[Math.floor(share * times.length)] ?? NaN).toFixed(3))
  return `p50 ${p50} ms, p99 ${p99} ms`
}
