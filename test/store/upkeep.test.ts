// What time brings: new table versions, and generations of backups that all lead to the present.
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { table } from '../../src/core/feature/tables.ts'
import { StoreRefused } from '../../src/store/store.ts'
import { award, balances, bankSpecs, ledger, monday, openBank, points, specs } from './bank.ts'
import { temporaryFolder } from './folder.ts'
import { MemoryDisk } from './memory-disk.ts'

/** Version 1 counts in hundredths and adds a note. */
const newSpecs = specs({
  'points.balances': table(z.strictObject({ cents: z.int(), note: z.string() }), {
    migrations: [(old) => ({ cents: (old as { points: number }).points * 100, note: '' })],
  }),
  'points.extra': table(z.strictObject({})),
})

describe('a newer program', () => {
  it('migrates records from snapshot and journal, and folds them at once', async () => {
    const folder = temporaryFolder()
    const old = await openBank(folder)
    await award(old.store, 'm1', 1)
    await old.store.compact()
    await award(old.store, 'm2', 2)
    await award(old.store, 'm1', 3)
    await old.store.close()
    const { store, repaired } = await openBank(folder, undefined, newSpecs)
    expect(repaired).toEqual([])
    const records = () => Object.fromEntries(store.tables.table('points.balances').entries())
    expect(records()).toEqual({ m1: { cents: 400, note: '' }, m2: { cents: 200, note: '' } })
    expect(fs.readFileSync(path.join(folder, 'main.json'), 'utf8')).toContain('"m1":{"cents":400,"note":""}')
    // Undo reads values as today's program knows them.
    expect((await store.entry(3))?.changes).toEqual([
      { table: 'points.balances', key: 'm1', before: { cents: 100, note: '' }, after: { cents: 400, note: '' } },
    ])
    await store.close()
    await expect(openBank(folder)).rejects.toThrow(StoreRefused)
    await expect(openBank(folder)).rejects.toThrow('更新版本')
    // Refusing changed nothing.
    const again = await openBank(folder, undefined, newSpecs)
    expect(again.repaired).toEqual([])
    await again.store.close()
  })

  it('that adds a table goes on without further ado', async () => {
    const folder = temporaryFolder()
    const old = await openBank(folder)
    await award(old.store)
    await old.store.close()
    const more = new Map([...bankSpecs, ...specs({ 'new.table': table(z.strictObject({ a: z.int() })) })])
    const { store } = await openBank(folder, undefined, more)
    store.tables.table<{ a: number }>('new.table').set('k', { a: 1 })
    await award(store)
    await store.close()
    await expect(openBank(folder)).rejects.toThrow('new.table')
    const again = await openBank(folder, undefined, more)
    expect(again.store.tables.table('new.table').get('k')).toEqual({ a: 1 })
    await again.store.close()
  })

  it('refuses records that do not fit, and names one', async () => {
    const folder = temporaryFolder()
    const old = await openBank(folder)
    await award(old.store, 'm7', 3)
    await old.store.close()
    const stricter = specs({ 'points.balances': table(z.strictObject({ points: z.int().min(5) })) })
    await expect(openBank(folder, undefined, stricter)).rejects.toThrow('m7 → points')
    const { store } = await openBank(folder)
    expect(points(store, 'm7')).toBe(3)
    await store.close()
  })
})

describe('generations', () => {
  it('are one for each of the last 24 hours and 7 days, and each leads to the present', async () => {
    const folder = temporaryFolder()
    const disk = new MemoryDisk()
    let now = monday
    const { store } = await openBank(folder, disk, bankSpecs, () => now)
    for (let hour = 0; hour < 10 * 24; hour += 1) {
      await award(store, `m${hour % 5}`, 1)
      await store.compact()
      now += 3_600_000
    }
    const present = ledger(store)
    await store.close()
    const backups = [...disk.names.keys()].filter((name) => name.includes('backup/')).sort()
    expect(backups).toHaveLength(24 + 5)
    for (const backup of backups) {
      const restored = disk.copy()
      restored.put(restored.find('/main.json'), restored.bytes(backup))
      const again = await openBank(folder, restored)
      expect([backup, ledger(again.store), again.repaired]).toEqual([backup, present, []])
      await again.store.close()
    }
    // History that no generation needs is gone.
    const segments = [...disk.names.keys()].filter((name) => name.includes('jsonl'))
    expect(segments.length).toBeLessThan(8 * 24)
    expect(segments.length).toBeGreaterThan(5 * 24)
  })

  it('are made when the journal grows long, without being asked', async () => {
    const folder = temporaryFolder()
    const disk = new MemoryDisk()
    const { store } = await openBank(folder, disk)
    const long = 'x'.repeat(3_000_000)
    for (let i = 0; i < 7; i += 1) await award(store, 'm1', 1, `${i}${long}`)
    balances(store).set('m2', { points: 1 })
    await store.close()
    const segments = [...disk.names.keys()].filter((name) => name.includes('jsonl'))
    expect(segments).toHaveLength(2)
    const again = await openBank(folder, disk)
    expect(ledger(again.store)).toEqual({ m1: 7 })
    await again.store.close()
  })
})
