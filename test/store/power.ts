// Lives on a disk in memory that dies at any operation, by a kill or by a loss of power, and what the next start finds.
import { expect } from 'vitest'
import { award, bankSpecs, monday, openBank, points } from './bank.ts'
import { MemoryDisk } from './memory-disk.ts'

export const ends = ['a kill', 'a loss of power'] as const

/** Small and seeded (mulberry32, public domain). */
export function chanceFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Opens, awards, folds and awards again until the disk dies at its n-th operation. */
async function lifeUntil(folder: string, disk: MemoryDisk, dieAt: number, now: number) {
  let operations = 0
  disk.before = () => {
    operations += 1
    if (operations > dieAt) throw new Error('dead')
  }
  let acknowledged = 0
  let asked = 0
  const one = (store: Parameters<typeof award>[0]) => {
    asked += 1
    return award(store).then(() => (acknowledged += 1))
  }
  try {
    const { store } = await openBank(folder, disk, bankSpecs, () => now)
    try {
      await one(store)
      await Promise.allSettled([one(store), one(store), store.compact(), one(store)])
      await one(store)
      await store.compact()
      await one(store)
    } finally {
      await store.close()
    }
  } catch (error) {
    // The dead disk; everything else is a failure of the test.
    if (!String(error).includes('dead') && !String((error as Error).cause).includes('dead')) throw error
  }
  return { acknowledged, asked, finished: operations <= dieAt }
}

/**
 * Three lives, the later ones on what the earlier left; the first ends at the operation `dieAt`. What was acknowledged must be there, once.
 * @returns whether the first life was at its end before that operation
 */
export async function liveThrice(
  folder: string,
  how: (typeof ends)[number],
  dieAt: number,
  round: number,
  chance: () => number,
): Promise<boolean> {
  let disk = new MemoryDisk()
  let least = 0
  let most = 0
  let isFinished = false
  for (let life = 0; life < 3; life += 1) {
    const until = life === 0 ? dieAt : Math.floor(dieAt * chance())
    const done = await lifeUntil(folder, disk, until, monday + life * 3_600_000)
    isFinished ||= life === 0 && done.finished
    least += done.acknowledged
    most += done.asked
    disk = how === 'a kill' ? disk.copy() : disk.afterPowerCut(chance)
    const { store } = await openBank(folder, disk)
    const found = points(store)
    const isKept = found >= least && found <= most
    expect([dieAt, round, life, isKept, store.nextSeq]).toEqual([dieAt, round, life, true, found + 1])
    expect(await store.recent(100, () => true)).toHaveLength(found)
    await store.close()
    least = most = found
  }
  return isFinished
}
