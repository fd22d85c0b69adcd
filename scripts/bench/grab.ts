// Decision and commit of 200 members grabbing a lucky packet at once, through the local WeChat, beside bare flushes on the same disk. `npx tsx scripts/bench/grab.ts`
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { grabAll, grabbers } from './grabbing.ts'

const runs = 5

function at(share: number, values: Iterable<number>): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

/** What a flush of a few hundred bytes costs by itself here: milliseconds, median. */
function bareFlush(folder: string): number {
  const file = fs.openSync(path.join(folder, 'bare'), 'w')
  const line = Buffer.alloc(500, 'x')
  const times = Array.from({ length: 200 }, () => {
    const from = performance.now()
    fs.writeSync(file, line)
    fs.fdatasyncSync(file)
    return performance.now() - from
  })
  fs.closeSync(file)
  return at(0.5, times)
}

const results: { p50: number; p99: number; whole: number; flush: number }[] = []
for (let run = 0; run < runs; run++) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quanzi-grab-'))
  try {
    const { saved, wholeMs } = await grabAll(folder)
    const times = [...saved.values()]
    results.push({ p50: at(0.5, times), p99: at(0.99, times), whole: wholeMs, flush: bareFlush(folder) })
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
const median = (of: (result: (typeof results)[number]) => number) => at(0.5, results.map(of))
const [p50, p99, whole, flush] = [
  median((r) => r.p50),
  median((r) => r.p99),
  median((r) => r.whole),
  median((r) => r.flush),
]
console.log(`${grabbers} members grab a packet at once, medians of ${runs} runs:`)
console.log(`decision and commit p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (goal: p99 under 50 ms)`)
console.log(`from the first message said to the last one on disk ${whole.toFixed(0)} ms`)
console.log(`a bare flush takes ${flush.toFixed(2)} ms here: the median grab takes ${(p50 / flush).toFixed(1)} of them`)
