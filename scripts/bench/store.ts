// Durable commits: latency at a given load and most per second, beside plain lowdb and one flush per commit. `npx tsx scripts/bench/store.ts`
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { JSONFilePreset } from 'lowdb/node'
import { z } from 'zod'
import type { Event } from '../../src/core/types/event.ts'
import { table } from '../../src/core/feature/tables.ts'
import { openStore } from '../../src/store/open.ts'

const members = 5_000
const runs = 3
const seconds = 2
/** Waiting commits at which a peer counts as overloaded. */
const tooMany = 2_000

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
  const bears = () => all.length - taken.length <= tooMany
  while (all.length < count && bears()) {
    const due = Math.min(count, Math.floor(((performance.now() - begin) / 1000) * perSecond) + 1)
    while (all.length < due && bears()) {
      const at = begin + (all.length / perSecond) * 1000
      all.push(peer.award(members + all.length).then(() => taken.push(performance.now() - at)))
    }
    await new Promise((resolve) => (perSecond > 1000 ? setImmediate(resolve) : setTimeout(resolve, 1)))
  }
  const behind = !bears()
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

interface Result {
  name: string
  alone: number
  rate: number
  p50: number[]
  p99: number[]
}

async function measured(open: (folder: string) => Promise<Peer>): Promise<Result> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'quanzi-bench-'))
  const peer = await open(folder)
  const loads: number[][] = []
  for (const load of [100, 10_000]) loads.push(await latencies(peer, load))
  const at = (share: number) => loads.map((taken) => taken[Math.floor(taken.length * share)] ?? Infinity)
  const result = {
    name: peer.name,
    alone: await throughput(peer, 1),
    rate: await throughput(peer, 500),
    p50: at(0.5),
    p99: at(0.99),
  }
  await peer.close()
  await fs.rm(folder, { recursive: true })
  return result
}

// In turns, so that a disk that is busy for a while is so for all.
const rounds: Result[][] = []
for (let run = 0; run < runs; run += 1) {
  const round = []
  for (const open of [quanzi, flushEach, plainLowdb]) round.push(await measured(open))
  rounds.push(round)
}

const milliseconds = (value: number) => (Number.isFinite(value) ? `${value.toFixed(2)} ms` : 'falls behind')
console.log(`Medians of ${runs} runs of ${seconds} s a load; ${members} records.`)
const rows = [0, 1, 2].map((peer) => {
  const middle = (pick: (result: Result, own: Result) => number | undefined) =>
    median(rounds.flatMap((round) => (round[peer] && round[0] ? (pick(round[peer], round[0]) ?? []) : [])))
  const row = {
    'one at a time': `${Math.round(middle(({ alone }) => alone))}/s`,
    '500 waiting': `${Math.round(middle(({ rate }) => rate))}/s`,
    'quanzi does': `${middle(({ rate }, own) => own.rate / rate).toFixed(1)} x`,
    '100/s p50': milliseconds(middle(({ p50 }) => p50[0])),
    '100/s p99': milliseconds(middle(({ p99 }) => p99[0])),
    '10,000/s p50': milliseconds(middle(({ p50 }) => p50[1])),
    '10,000/s p99': milliseconds(middle(({ p99 }) => p99[1])),
  }
  return [rounds[0]?.[peer]?.name ?? '', row] as const
})
console.table(Object.fromEntries(rows))
