// Killed or without power at any operation on the disk: what was acknowledged is there, once.
import { describe, expect, it } from 'vitest'
import { award, bankSpecs, monday, openBank, points } from './bank.ts'
import { temporaryFolder } from './folder.ts'
import { MemoryDisk } from './memory-disk.ts'

/** Small and seeded (mulberry32, public domain). */
function chanceFrom(seed: number): () => number {
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

describe.each(['a kill', 'a loss of power'])('%s', (how) => {
  it('at any operation loses nothing that was acknowledged and repeats nothing', async () => {
    const folder = temporaryFolder()
    for (let dieAt = 1, finished = false; !finished; dieAt += 1) {
      const chance = chanceFrom(dieAt)
      for (let round = 0; round < (how === 'a kill' ? 1 : 3); round += 1) {
        let disk = new MemoryDisk()
        let least = 0
        let most = 0
        // Three lives, the later ones on what the earlier left.
        for (let life = 0; life < 3; life += 1) {
          const done = await lifeUntil(
            folder,
            disk,
            life === 0 ? dieAt : Math.floor(dieAt * chance()),
            monday + life * 3_600_000,
          )
          finished ||= life === 0 && done.finished
          least += done.acknowledged
          most += done.asked
          disk = how === 'a kill' ? disk.copy() : disk.afterPowerCut(chance)
          const { store } = await openBank(folder, disk)
          const found = points(store)
          expect([dieAt, round, life, found >= least && found <= most, store.nextSeq]).toEqual([
            dieAt,
            round,
            life,
            true,
            found + 1,
          ])
          expect(await store.recent(100, () => true)).toHaveLength(found)
          await store.close()
          least = most = found
        }
      }
    }
  })
})
