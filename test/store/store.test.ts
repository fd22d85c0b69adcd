// What is committed is there after a restart: tables, handled messages, single entries, folded or not.
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { award, balances, bankSpecs, ledger, monday, openBank, points, said, specs } from './bank.ts'
import { temporaryFolder } from './folder.ts'
import { messageId } from '../../src/core/types/ids.ts'
import { Handled } from '../../src/store/handled.ts'
import { openStore } from '../../src/store/open.ts'

describe('a store', () => {
  it('begins empty, and says nothing about it', async () => {
    const { store, repaired } = await openBank(temporaryFolder())
    expect(repaired).toEqual([])
    expect(store.nextSeq).toBe(1)
    expect(ledger(store)).toEqual({})
    await store.close()
  })

  it('has after a restart what was committed before', async () => {
    const folder = temporaryFolder()
    const first = await openBank(folder)
    await award(first.store, 'm1', 5)
    await Promise.all([award(first.store, 'm2', 3), award(first.store, 'm1', 2)])
    balances(first.store).delete('m2')
    await first.store.commit({
      at: monday,
      event: { type: 'left', at: monday, group: 'g1', members: ['m2'] },
      changes: first.store.tables.take(),
    })
    await first.store.close()
    const { store, repaired } = await openBank(folder)
    expect(repaired).toEqual([])
    expect(ledger(store)).toEqual({ m1: 7 })
    expect(store.nextSeq).toBe(5)
    await store.close()
  })

  it('has it also when the journal was folded in between', async () => {
    const folder = temporaryFolder()
    const { store } = await openBank(folder)
    await award(store, 'm1', 5)
    const waiting = award(store, 'm2', 3)
    await Promise.all([store.compact(), waiting])
    await award(store, 'm1', 1)
    await store.close()
    const again = await openBank(folder)
    expect(again.repaired).toEqual([])
    expect(ledger(again.store)).toEqual({ m1: 6, m2: 3 })
    expect(again.store.nextSeq).toBe(4)
    await again.store.close()
  })

  it('writes a snapshot that contains exactly what its number says, while others wait', async () => {
    const folder = temporaryFolder()
    const { store } = await openBank(folder)
    await award(store, 'm1', 5)
    const folding = store.compact()
    const awards = Array.from({ length: 50 }, (_, i) => award(store, `m${i}`, 1))
    await Promise.all([folding, ...awards])
    const snapshot = JSON.parse(fs.readFileSync(path.join(folder, 'main.json'), 'utf8')) as {
      seq: number
      tables: Record<string, object>
    }
    const inSnapshot = Object.values(snapshot.tables['points.balances'] ?? {}) as { points: number }[]
    expect(inSnapshot.reduce((sum, { points }) => sum + points, 0)).toBe(4 + snapshot.seq)
    await store.close()
    const again = await openBank(folder)
    expect(Object.values(ledger(again.store)).reduce((sum, points) => sum + points, 0)).toBe(55)
    await again.store.close()
  })

  it('knows handled messages for seven days, also after folding and restarting', async () => {
    const folder = temporaryFolder()
    let now = monday
    const first = await openBank(folder, undefined, bankSpecs, () => now)
    const waiting = award(first.store, 'm1', 1, 'before')
    expect(first.store.handled('before')).toBe(true)
    await waiting
    await first.store.compact()
    await award(first.store, 'm1', 1, 'after')
    await first.store.close()
    const { store } = await openBank(folder, undefined, bankSpecs, () => now)
    expect([store.handled('before'), store.handled('after'), store.handled('other')]).toEqual([true, true, false])
    now += 7 * 24 * 3_600_000
    expect([store.handled('before'), store.handled('after')]).toEqual([false, false])
    await store.close()
  })

  it('tells a message from an earlier one with the same number, but not from itself in an older store', async () => {
    const folder = temporaryFolder()
    const { store } = await openBank(folder)
    await award(store, 'm1', 1, messageId('7', monday))
    await award(store, 'm1', 1, '8')
    await store.compact()
    await store.close()
    const again = await openBank(folder)
    const days = [monday, monday + 3 * 24 * 3_600_000]
    expect(days.map((at) => again.store.handled(messageId('7', at)))).toEqual([true, false])
    expect(again.store.handled(messageId('8', monday))).toBe(true)
    await again.store.close()
  })

  it('forgets the oldest of very many handled messages', () => {
    const handled = new Handled([])
    const note = (id: string) => handled.note({ at: monday, event: said(id) })
    for (let i = 0; i < 120_000; i += 1) note(`${i}`)
    const kept = handled.list(new Set())
    expect(kept.length).toBeGreaterThanOrEqual(50_000)
    expect(kept.length).toBeLessThanOrEqual(55_000)
    expect(kept.at(-1)?.[0]).toBe('119999')
    expect(note('119999')).toBeUndefined()
  })

  it('gives entries by number and the newest first, with the values before, from journal and history', async () => {
    const folder = temporaryFolder()
    const { store } = await openBank(folder)
    for (let i = 1; i <= 10; i += 1) {
      await award(store, `m${i % 3}`, i)
      if (i % 4 === 0) await store.compact()
    }
    const all = await store.recent(100, () => true)
    expect(all.map(({ seq }) => seq)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    for (const entry of all) expect(await store.entry(entry.seq)).toEqual(entry)
    expect((await store.entry(6))?.changes).toEqual([
      { table: 'points.balances', key: 'm0', before: { points: 3 }, after: { points: 9 } },
    ])
    expect(await store.entry(11)).toBeUndefined()
    expect(await store.entry(0)).toBeUndefined()
    expect((await store.recent(2, ({ changes }) => changes[0]?.key === 'm1')).map(({ seq }) => seq)).toEqual([10, 7])
    expect(await store.recent(0, () => true)).toEqual([])
    await store.close()
  })

  it('finds entries that lie across the edges of what is read at once', async () => {
    const { store } = await openBank(temporaryFolder())
    const commits = Array.from({ length: 1500 }, () => award(store, 'm1', 1, 'x'.repeat(50) + store.nextSeq))
    await Promise.all(commits)
    expect((await store.recent(2000, () => true)).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 1500 }, (_, i) => 1500 - i),
    )
    expect((await store.entry(1))?.changes[0]?.after).toEqual({ points: 1 })
    await store.close()
  })

  it('keeps odd texts, names and keys as they are', async () => {
    const folder = temporaryFolder()
    const { store } = await openBank(folder)
    const odd = ['__proto__', 'constructor', 'a\nb', '"},"crc":"', '🌱', '\ud800', '\u2028']
    for (const key of odd) await award(store, key, 1, key)
    await store.compact()
    for (const key of odd) await award(store, key, 1, `${key}2`)
    await store.close()
    const again = await openBank(folder)
    for (const key of odd) {
      expect(points(again.store, key)).toBe(2)
      expect(again.store.handled(key)).toBe(true)
    }
    await again.store.close()
  })

  it('does not fold what is folded', async () => {
    const folder = temporaryFolder()
    const { store } = await openBank(folder)
    await award(store)
    await store.compact()
    const before = fs.readdirSync(path.join(folder, 'journal'))
    await store.compact()
    expect(fs.readdirSync(path.join(folder, 'journal'))).toEqual(before)
    await store.close()
  })

  it('writes whatever NODE_ENV says', async () => {
    // vitest sets it, and lowdb's own files are never written then.
    expect(process.env['NODE_ENV']).toBe('test')
    const folder = temporaryFolder()
    const { store } = await openBank(folder)
    await award(store, 'm1', 7)
    await store.compact()
    expect(fs.readFileSync(path.join(folder, 'main.json'), 'utf8')).toContain('"m1":{"points":7}')
    await store.close()
  })

  it.skipIf(process.platform === 'win32')('lets only its owner read', async () => {
    const folder = path.join(temporaryFolder(), 'new', 'data')
    const { store } = await openBank(folder)
    await award(store)
    await store.compact()
    for (const place of [
      folder,
      ...fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
    ]) {
      const stat = fs.statSync(place)
      expect([place, stat.mode & 0o777]).toEqual([place, stat.isDirectory() ? 0o700 : 0o600])
    }
    await store.close()
  })

  it('keeps several communities in one folder apart', async () => {
    const folder = temporaryFolder()
    const open = (name: string) => openStore({ folder, name, specs: bankSpecs, now: () => monday })
    const [east, west] = [await open('east'), await open('west')]
    await award(east.store, 'm1', 1)
    await award(west.store, 'm1', 2)
    await Promise.all([east.store.compact(), west.store.compact()])
    await Promise.all([east.store.close(), west.store.close()])
    const again = [await open('east'), await open('west')]
    expect(again.map(({ store }) => points(store))).toEqual([1, 2])
    for (const { store } of again) await store.close()
  })

  it('refuses to commit after closing, as that is a fault of the caller', async () => {
    const { store } = await openBank(temporaryFolder(), undefined, specs({}))
    await store.close()
    expect(() =>
      store.commit({ at: monday, event: { type: 'left', at: monday, group: 'g1', members: [] }, changes: [] }),
    ).toThrow('closed')
  })
})
