// The engine's own share of a message, apart from the flush: decide and stage, at 100 groups x 500 members. `npx tsx scripts/bench/engine.ts`
import { chat, crowds, FullHouse, groups, keyword, members, ranking } from './full-house.ts'
import { openPeers } from './peers/peers.ts'

const messages = 20_000
const runs = 5

const now = Date.parse('2026-11-21T10:00:00+08:00')
const keywords = 1000
const house = new FullHouse(keywords)
house.logIn(now, crowds())
console.log(
  `${groups} groups x ${members} members, ${messages} messages a run, every text through roster, engine and all features, ${keywords} keywords`,
)
for (let run = 0; run < runs; run++) {
  const took = { idle: [] as number[], rankings: [] as number[], answered: [] as number[] }
  for (let n = 0; n < messages; n++) {
    const at = now + run * 3_600_000 + n * 50
    const begun = performance.now()
    const text = house.hear(run * messages + n, at)
    const ms = performance.now() - begun
    const isIdle = house.forgetEffects() === 0 && chat.includes(text)
    took[isIdle ? 'idle' : text === ranking ? 'rankings' : 'answered'].push(ms)
  }
  const heap = Math.round(process.memoryUsage().heapUsed / 1e6)
  console.log(
    `run ${run + 1}: nobody reacts: ${spread(took.idle)}; answered: ${spread(took.answered)}; a ranking of ${members}: ${spread(took.rankings)}; heap ${heap} MB`,
  )
}

for (const timers of [100, 100_000]) {
  const waiting = new FullHouse()
  waiting.setTimers(timers, now)
  const took = Array.from({ length: 1000 }, (_, n) => {
    const begun = performance.now()
    waiting.moveTimer(n % timers, now + n)
    return performance.now() - begun
  })
  console.log(`${timers} timers: one moved and the first found: ${spread(took)}`)
}

/** Of ten messages one is a keyword. */
const said = Array.from({ length: 10_000 }, (_, n) =>
  n % 10 === 0 ? keyword(n % keywords) : (chat[n % chat.length] ?? ''),
)

async function perSecond(texts: readonly string[], hear: (text: string, n: number) => unknown): Promise<number> {
  const begun = performance.now()
  for (const [n, text] of texts.entries()) await hear(text, n)
  return Math.round((texts.length / (performance.now() - begun)) * 1000)
}

const own = await perSecond(said, (text, n) => {
  house.hear(n, now + runs * 3_600_000 + n * 50, text)
  house.forgetEffects()
})
const peers = await openPeers(Array.from({ length: keywords }, (_, n) => keyword(n)))
const others: string[] = []
for (const peer of peers ?? []) {
  others.push(`${peer.name} ${await perSecond(said.slice(0, 2000), (text) => peer.hear(text))}`)
  peer.stop()
}
const beside = peers ? others.join(', ') : 'peers not measured: npm install --prefix scripts/bench/peers'
console.log(`messages a second with ${keywords} keywords: quanzi with all features ${own}; ${beside}`)
process.exit()

function spread(times: number[]): string {
  times.sort((a, b) => a - b)
  const [p50, p99] = [0.5, 0.99].map((share) => (times[Math.floor(share * times.length)] ?? NaN).toFixed(3))
  return `p50 ${p50} ms, p99 ${p99} ms`
}
