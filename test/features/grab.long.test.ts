// 200 members grab a lucky packet within a second, through the local WeChat; right after the last is saved the process is killed.
import path from 'node:path'
import { expect, it } from 'vitest'
import { grabAll, grabbers, packetPoints } from '../../scripts/bench/grabbing.ts'
import { tablesOf } from '../../src/core/engine/engine.ts'
import { features } from '../../src/features/index.ts'
import { openStore } from '../../src/store/open.ts'
import { temporaryFolder } from '../store/folder.ts'

it('is decided for each, sums exactly, and outlives a kill', async () => {
  const folder = temporaryFolder()
  const { saved } = await grabAll(folder)
  expect(saved.size).toBe(grabbers)

  const { store } = await openStore({
    folder: path.join(folder, 'data'),
    name: 'main',
    specs: tablesOf(features),
    now: Date.now,
  })
  expect([...saved.keys()].filter((id) => !store.handled(id))).toEqual([])
  const balances = [...store.tables.table<{ points: number }>('ledger.balances').entries()].map(
    ([, balance]) => balance.points,
  )
  const drawn = balances.filter((points) => points > 0)
  // Who sent the packet gave all he had.
  expect(drawn).toHaveLength(grabbers)
  expect(drawn.reduce((sum, points) => sum + points, 0)).toBe(packetPoints)
  expect([...store.tables.table('packet.packets').entries()]).toEqual([])
  await store.close()
})
