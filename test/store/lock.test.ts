// One process at a time: a living holder is respected and named, a dead one's place is taken.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { takeLock } from '../../src/store/lock.ts'
import { NotSaved, StoreRefused } from '../../src/store/store.ts'
import { award, openBank, points } from './bank.ts'
import { temporaryFolder } from './folder.ts'

const lockIn = (folder: string) => path.join(folder, 'main.lock')

/** The lock file as this process writes it, changed. */
function foreignLock(folder: string, changes: object, beatAgo = 0): void {
  fs.rmSync(lockIn(folder), { force: true })
  const lock = takeLock(lockIn(folder))
  const mine = JSON.parse(fs.readFileSync(lockIn(folder), 'utf8')) as object
  lock.release()
  fs.writeFileSync(lockIn(folder), JSON.stringify({ ...mine, ...changes }))
  const beatAt = new Date(Date.now() - beatAgo)
  fs.utimesSync(lockIn(folder), beatAt, beatAt)
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await once(child, 'close')
  return child.pid ?? 0
}

describe('the lock', () => {
  it('refuses a second instance and says who has it since when', async () => {
    const folder = temporaryFolder()
    const { store } = await openBank(folder)
    const second = openBank(folder)
    await expect(second).rejects.toThrow(StoreRefused)
    await expect(second).rejects.toThrow(
      new RegExp(`进程 ${process.pid}，\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d 启动`),
    )
    await award(store)
    await store.close()
    const third = await openBank(folder)
    expect(points(third.store)).toBe(1)
    await third.store.close()
    expect(fs.existsSync(lockIn(folder))).toBe(false)
  })

  it('of a dead process is taken over at once', async () => {
    const folder = temporaryFolder()
    foreignLock(folder, { pid: await deadPid() })
    const { store } = await openBank(folder)
    await store.close()
  })

  it.skipIf(process.platform !== 'linux')('whose pid now belongs to another process is taken over at once', () => {
    const folder = temporaryFolder()
    foreignLock(folder, { pid: process.ppid, began: '1' })
    takeLock(lockIn(folder)).release()
    foreignLock(folder, { began: '1' })
    takeLock(lockIn(folder)).release()
  })

  it('of another container is respected while it gives signs of life, and taken over after', () => {
    const folder = temporaryFolder()
    foreignLock(folder, { scope: 'elsewhere', pid: 7 }, 10_000)
    expect(() => takeLock(lockIn(folder))).toThrow('进程 7')
    foreignLock(folder, { scope: 'elsewhere', pid: 7 }, 20_000)
    takeLock(lockIn(folder)).release()
  })

  it('that a loss of power emptied is taken over', () => {
    const folder = temporaryFolder()
    fs.writeFileSync(lockIn(folder), '')
    takeLock(lockIn(folder)).release()
  })

  it('that somebody else took stops all writing', async () => {
    const folder = temporaryFolder()
    const { store } = await openBank(folder)
    await award(store)
    fs.rmSync(lockIn(folder))
    const successor = await openBank(folder)
    await expect(award(store)).rejects.toThrow(NotSaved)
    expect(points(store)).toBe(1)
    await store.close()
    await award(successor.store)
    await successor.store.close()
    const { store: last } = await openBank(folder)
    expect([points(last), last.nextSeq]).toEqual([2, 3])
    await last.close()
  })
})
