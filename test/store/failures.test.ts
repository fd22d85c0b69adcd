// A disk that is full, read-only or broken: nothing is half saved, nothing is kept that was refused, and it goes on by itself.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { NotSaved, StoreRefused } from '../../src/store/store.ts'
import { award, balances, ledger, openBank, points } from './bank.ts'
import { temporaryFolder } from './folder.ts'
import { MemoryDisk } from './memory-disk.ts'

type Refusal = (operation: string, file: string) => void

function refusing(operations: readonly string[], part: string, code: string): Refusal {
  return (operation, file) => {
    if (operations.includes(operation) && file.includes(part)) throw Object.assign(new Error(code), { code })
  }
}

async function bank() {
  const folder = temporaryFolder()
  const disk = new MemoryDisk()
  const { store } = await openBank(folder, disk)
  await award(store, 'm1', 10)
  return { folder, disk, store }
}

/** The state that a start right now would find. */
async function afterCrash(folder: string, disk: MemoryDisk) {
  const lock = path.join(folder, 'main.lock')
  // As if this process were dead; a new name keeps the file that its owner knows.
  fs.renameSync(lock, `${lock}.kept`)
  const { store, repaired } = await openBank(folder, disk.copy())
  const found = { ledger: ledger(store), nextSeq: store.nextSeq, repaired }
  await store.close()
  fs.renameSync(`${lock}.kept`, lock)
  return found
}

describe('a commit that cannot be saved', () => {
  it.each([
    ['write fails', refusing(['write'], 'jsonl', 'EIO')],
    ['flush fails', refusing(['flush'], 'jsonl', 'EIO')],
    ['write and mending fail', refusing(['write', 'truncate'], 'jsonl', 'EROFS')],
    ['flush and mending fail', refusing(['flush', 'open'], 'jsonl', 'EIO')],
  ])('is taken back when the %s, and the next one works once the disk does', async (_what, refusal) => {
    const { folder, disk, store } = await bank()
    disk.before = refusal
    const results = await Promise.allSettled([
      award(store, 'm1', 1, 'lost'),
      award(store, 'm2', 2),
      award(store, 'm1', 3),
    ])
    for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: { name: 'NotSaved' } })
    expect(ledger(store)).toEqual({ m1: 10 })
    expect(store.nextSeq).toBe(2)
    expect(store.handled('lost')).toBe(false)
    disk.before = () => {}
    await award(store, 'm2', 5)
    expect(await afterCrash(folder, disk)).toEqual({ ledger: { m1: 10, m2: 5 }, nextSeq: 3, repaired: [] })
    await store.close()
  })

  it('is taken back together with those that were decided upon it, newest first', async () => {
    const { disk, store } = await bank()
    let written = (): void => {}
    disk.before = (operation, file) => {
      if (operation !== 'flush' || !file.includes('jsonl')) return
      disk.before = () => {}
      written()
      throw new Error('EIO')
    }
    // The second decision comes while the first is being flushed.
    const second = new Promise<void>((resolve, reject) => {
      written = () => void award(store, 'm1', 5).then(resolve, reject)
    })
    await expect(award(store, 'm1', 1)).rejects.toThrow(NotSaved)
    expect(points(store)).toBe(10)
    await expect(second).rejects.toThrow(NotSaved)
    await award(store, 'm1', 2)
    expect(points(store)).toBe(12)
    await store.close()
  })

  it('brings back a record that it deleted', async () => {
    const { disk, store } = await bank()
    disk.before = refusing(['write'], 'jsonl', 'EIO')
    balances(store).delete('m1')
    await expect(award(store, 'm2', 1)).rejects.toThrow(NotSaved)
    expect(ledger(store)).toEqual({ m1: 10 })
    disk.before = () => {}
    await store.close()
  })
})

describe('a full disk', () => {
  it('never leaves a phantom point, wherever the space ends, and needs no restart', async () => {
    const { folder, disk, store } = await bank()
    const journal = disk.find('.jsonl')
    await award(store, 'm1', 1)
    const used = () => [...disk.names.values()].reduce((sum, { now }) => sum + now.length, 0)
    const lineLength = disk.bytes(journal).toString().trimEnd().split('\n').at(-1)?.length ?? 0
    for (let room = 0; room <= lineLength; room += 7) {
      disk.capacity = used() + room
      const before = { ledger: ledger(store), nextSeq: store.nextSeq }
      await expect(award(store, 'm1', 100)).rejects.toThrow(NotSaved)
      expect({ ledger: ledger(store), nextSeq: store.nextSeq }).toEqual(before)
      disk.capacity = Infinity
      expect(await afterCrash(folder, disk)).toEqual({ ...before, repaired: [] })
      await award(store, 'm1', 1)
      expect(await afterCrash(folder, disk)).toEqual({
        ledger: { m1: (before.ledger['m1'] ?? 0) + 1 },
        nextSeq: before.nextSeq + 1,
        repaired: [],
      })
    }
    await store.close()
  })

  it('leaves the snapshot and the journal as they are when there is no room to fold', async () => {
    const { folder, disk, store } = await bank()
    disk.capacity = 0
    await expect(store.compact()).rejects.toThrow('ENOSPC')
    expect(await afterCrash(folder, disk)).toEqual({ ledger: { m1: 10 }, nextSeq: 2, repaired: [] })
    disk.capacity = Infinity
    await award(store, 'm1', 1)
    await store.compact()
    expect(await afterCrash(folder, disk)).toEqual({ ledger: { m1: 11 }, nextSeq: 3, repaired: [] })
    await store.close()
  })

  it('tells an operator who starts on one', async () => {
    const folder = temporaryFolder()
    const disk = new MemoryDisk()
    disk.capacity = 10
    await expect(openBank(folder, disk)).rejects.toThrow(StoreRefused)
    await expect(openBank(folder, disk)).rejects.toThrow('磁盘是否已满')
  })
})

describe('a folder that cannot be used', () => {
  it.each([
    ['a read-only one', refusing(['open'], 'main', 'EROFS')],
    ['one of another user', refusing(['open'], 'main', 'EACCES')],
  ])('is named at the start: %s', async (_what, refusal) => {
    const folder = temporaryFolder()
    const disk = new MemoryDisk()
    disk.before = refusal
    await expect(openBank(folder, disk)).rejects.toThrow(StoreRefused)
    await expect(openBank(folder, disk)).rejects.toThrow(folder)
    disk.before = () => {}
    const { store } = await openBank(folder, disk)
    await store.close()
  })

  it('is named when it is not even a folder', async () => {
    const file = path.join(temporaryFolder(), 'file')
    fs.writeFileSync(file, '')
    await expect(openBank(file)).rejects.toThrow(StoreRefused)
  })
})

describe.skipIf(process.platform !== 'linux')('a real disk', () => {
  it('that refuses to grow (a limit on file size) costs nothing that was acknowledged', async () => {
    const folder = temporaryFolder()
    const child = path.join(import.meta.dirname, 'full-disk-child.ts')
    const script = `ulimit -f 8; exec "$0" --import tsx "$1" "$2"`
    const output = execFileSync('/bin/bash', ['-c', script, process.execPath, child, folder], { encoding: 'utf8' })
    const { acknowledged, refused } = JSON.parse(output) as { acknowledged: number; refused: number }
    expect(acknowledged).toBeGreaterThan(5)
    expect(refused).toBeGreaterThan(5)
    const { store, repaired } = await openBank(folder)
    expect(repaired).toEqual([])
    expect(points(store)).toBe(acknowledged)
    await store.close()
  })
})
