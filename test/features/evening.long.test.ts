// 250 kills of a real process while packets are drawn and coupons issued and redeemed: nothing lost, nothing twice.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { tablesOf } from '../../src/core/engine.ts'
import { Random } from '../../src/core/random.ts'
import { admin } from '../../src/features/admin/admin.ts'
import { coupons } from '../../src/features/coupons/coupons.ts'
import { packet } from '../../src/features/packet.ts'
import { points } from '../../src/features/points/points.ts'
import { shop } from '../../src/features/shop.ts'
import { openStore } from '../../src/store/open.ts'
import { temporaryFolder } from '../store/folder.ts'
import { members, price, roundOf, stake } from './evening.ts'

const kills = 250

/** One life, ended after so many acknowledgements and a moment more. @returns the messages that were acknowledged */
async function live(folder: string, from: number, acknowledgements: number): Promise<string[]> {
  const file = path.join(import.meta.dirname, 'evening-child.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', file, folder, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  const acknowledged: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== 'ready') acknowledged.push(line)
    if (acknowledged.length >= acknowledgements) child.kill('SIGKILL')
  }
  const [, signal] = (await closed) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  return acknowledged
}

it(`${kills} kills pay nothing twice and lose nothing`, async () => {
  const folder = temporaryFolder()
  const random = new Random('evening')
  const done = new Set<string>()
  let round = 1
  for (let i = 0; i < kills; i += 1) {
    // What was said again after a start is acknowledged again; what was acknowledged before must still be there.
    for (const id of await live(folder, round, random.between(1, 60))) done.add(id)
    while (roundOf(round).every(({ id }) => done.has(id))) round += 1
  }

  const { store } = await openStore({
    folder,
    name: 'main',
    specs: tablesOf([admin, coupons, shop, packet, points]),
    now: Date.now,
  })
  // The last life may have saved more than it could acknowledge.
  const saved = [...Array(round + 100).keys()].flatMap(roundOf).filter(({ id }) => store.handled(id))
  expect([...done].filter((id) => !store.handled(id))).toEqual([])
  const count = (does: string) => saved.filter((message) => message.does === does).length
  const sum = (numbers: Iterable<number>) => [...numbers].reduce((all, one) => all + one, 0)
  const table = <R>(name: string) => [...store.tables.table<R>(name).entries()].map(([, record]) => record)
  expect(sum(table<{ points: number }>('ledger.balances').map((one) => one.points))).toBe(
    members.length * stake + count('draw') - price * count('buy'),
  )
  const issued = table<{ used: object | null }>('ledger.coupons')
  expect(issued).toHaveLength(count('buy'))
  expect(issued.filter(({ used }) => used !== null)).toHaveLength(count('redeem'))
  expect(done.size).toBeGreaterThan(kills)
  await store.close()
})
