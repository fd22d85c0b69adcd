// Durable commits: latency at a given load and most per second, beside plain lowdb and one flush per commit. `npx tsx scripts/bench/store.ts`
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { JSONFilePreset } from 'lowdb/node'
import { z } from 'zod'
import type { Event } from '../../src/core/event.ts'
import { table } from '../../src/core/tables.ts'
import { openStore } from '../../src/store/open.ts'

const members = 5_000
const runs = 3
const seconds = 2
/** Commits that wait when a peer counts as unable to bear a load. */
const tooMany = 3_000

interface Peer {
  name: string
  /** Gives the n-th award; resolves when it is as safe as this peer makes it. */
  award: (n: number) => Promise<unknown>
  close: () => Promise<unknown>
}

function said(n: number): Event {
  return {
    type: 'said',
    id: `message-${n}`,
    at: n,
    group: 'g1',
    from: 'm1',
    kind: 'text',
    text: '签到',
    quote: null,
    addressed: false,
  }
}

async function quanzi(folder: string): Promise<Peer> {
  const specs = new Map([['points.balances', table(z.strictObject({ points: z.int() }))]])
  const { store } = await openStore({ folder, name: 'bench', specs, now: Date.now, log: console.error })
  const balances = store.tables.table<{ points: number }>('points.balances')
  const award = (n: number) => {
    const member = `m${n % members}`
    balances.set(member, { points: (balances.get(member)?.points ?? 0) + 1 })
    return store.commit({ at: Date.now(), event: said(n), changes: store.tables.take() })
  }
  await Promise.all(Array.from({ length: members }, (_, n) => award(n)))
  return { name: 'quanzi', award, close: () => store.close() }
}

async function flushEach(folder: string): Promise<Peer> {
  const file = await fs.open(path.join(folder, 'flush-each.jsonl'), 'a')
  let last: Promise<unknown> = Promise.resolve()
  const award = (n: number) => {
    const line = `${JSON.stringify({ seq: n, event: said(n), member: n % members })}\n`
    last = last.then(() => file.write(line)).then(() => file.datasync())
    return last
  }
  return { name: 'one fdatasync per commit', award, close: () => file.close() }
}

async function plainLowdb(folder: string): Promise<Peer> {
  const points = Object.fromEntries(Array.from({ length: members }, (_, n) => [`m${n}`, { points: 0 }]))
  const database = await JSONFilePreset<Record<string, { points: number }>>(path.join(folder, 'lowdb.json'), points)
  const award = (n: number) => {
    const record = database.data[`m${n % members}`]
    if (record) record.points += 1
    return database.write()
  }
  return { name: 'plain lowdb (not flushed)', award, close: () => Promise.resolve() }
}

/** Milliseconds from when each commit was due until it was acknowledged, at a steady load; none when it was too much. */
async function latencies(peer: Peer, perSecond: number): Promise<number[]> {
  const count = perSecond * seconds
  const taken: number[] = []
  const all: Promise<unknown>[] = []
  const begin = performance.now()
  while (all.length < count && all.length - taken.length <= tooMany) {
    const due = Math.min(count, Math.floor(((performance.now() - begin) / 1000) * perSecond) + 1)
    while (all.length < due) {
      const at = begin + (all.length / perSecond) * 1000
      all.push(peer.award(members + all.length).then(() => taken.push(performance.now() - at)))
    }
    await new Promise((resolve) => (perSecond > 1000 ? setImmediate(resolve) : setTimeout(resolve, 1)))
  }
  const behind = all.length - taken.length > tooMany
  await Promise.all(all)
  if (behind) return []
  return taken.sort((a, b) => a - b)
}

/** Acknowledged commits per second when `together` of them always wait. */
async function throughput(peer: Peer, together: number): Promise<number> {
  const begin = performance.now()
  let done = 0
  const worker = async () => {
    while (performance.now() - begin < 1000) {
      await peer.award(done)
      done += 1
    }
  }
  await Promise.all(Array.from({ length: together }, worker))
  return done / ((performance.now() - begin) / 1000)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN
}

async function measured(open: (folder: string) => Promise<Peer>) {
  const results: { name: string; rate: number; alone: number; p50: number[]; p99: number[] }[] = []
  for (let run = 0; run < runs; run += 1) {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'quanzi-bench-'))
    const peer = await open(folder)
    const [p50, p99]: [number[], number[]] = [[], []]
    for (const load of [100, 10_000]) {
      const taken = await latencies(peer, load)
      p50.push(taken[taken.length >> 1] ?? NaN)
      p99.push(taken[Math.floor(taken.length * 0.99)] ?? NaN)
    }
    results.push({ name: peer.name, alone: await throughput(peer, 1), rate: await throughput(peer, 500), p50, p99 })
    await peer.close()
    await fs.rm(folder, { recursive: true })
  }
  const middle = (pick: (result: (typeof results)[number]) => number | undefined) =>
    median(results.map((result) => pick(result) ?? NaN))
  return {
    name: results[0]?.name ?? '',
    alone: middle(({ alone }) => alone),
    rate: middle(({ rate }) => rate),
    loads: [0, 1].map((i) => ({ p50: middle(({ p50 }) => p50[i]), p99: middle(({ p99 }) => p99[i]) })),
  }
}

const results = []
for (const open of [quanzi, flushEach, plainLowdb]) results.push(await measured(open))
const own = results[0]
const milliseconds = (value = NaN) => (Number.isNaN(value) ? 'falls behind' : `${value.toFixed(2)} ms`)
console.log(`Medians of ${runs} runs of ${seconds} s a load; ${members} records.`)
console.table(
  Object.fromEntries(
    results.map(({ name, alone, rate, loads: [slow, fast] }) => [
      name,
      {
        'one at a time': `${Math.round(alone)}/s`,
        '500 waiting': `${Math.round(rate)}/s`,
        'quanzi is': `${((own?.rate ?? NaN) / rate).toFixed(1)} x`,
        '100/s p50': milliseconds(slow?.p50),
        '100/s p99': milliseconds(slow?.p99),
        '10,000/s p50': milliseconds(fast?.p50),
        '10,000/s p99': milliseconds(fast?.p99),
      },
    ]),
  ),
)
