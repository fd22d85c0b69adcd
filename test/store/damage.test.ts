// Damage of any kind is noticed at the start: refused with a way out, or mended aloud; never replaced by defaults.
import { describe, expect, it } from 'vitest'
import { StoreRefused } from '../../src/store/store.ts'
import { award, ledger, openBank } from './bank.ts'
import { temporaryFolder } from './folder.ts'
import { MemoryDisk } from './memory-disk.ts'

/** Six awards in a snapshot, and as many (or so many) in the journal after it. */
async function written(after = 6) {
  const folder = temporaryFolder()
  const disk = new MemoryDisk()
  const { store } = await openBank(folder, disk)
  for (let i = 1; i <= 6; i += 1) await award(store, `m${i % 3}`, i)
  await store.compact()
  for (let i = 7; i <= 6 + after; i += 1) await award(store, `m${i % 3}`, i)
  const whole = ledger(store)
  await store.close()
  return { folder, disk, whole }
}

/** What a start on that disk says: an empty text when it notices nothing. */
async function start(folder: string, disk: MemoryDisk) {
  try {
    const { store, repaired } = await openBank(folder, disk)
    const found = { ledger: ledger(store), said: repaired.join('\n'), refused: false }
    await store.close()
    return found
  } catch (error) {
    if (!(error instanceof StoreRefused)) throw error
    return { ledger: {}, said: error.message, refused: true }
  }
}

const growing = '000006.jsonl'

describe('a journal', () => {
  it('that lost any part of its tail is noticed', async () => {
    const { folder, disk } = await written(2)
    const file = disk.find(growing)
    const bytes = disk.bytes(file)
    for (let length = 0; length < bytes.length; length += 1) {
      const cut = disk.copy()
      cut.put(file, bytes.subarray(0, length))
      const { refused, said } = await start(folder, cut)
      expect([length, refused, said.includes('读不到') || said.includes('缺了')]).toEqual([length, true, true])
    }
  })

  it('with a torn last line is cut when that line was never acknowledged; the cut bytes are kept', async () => {
    const { folder, disk, whole } = await written()
    const file = disk.find(growing)
    const bytes = disk.bytes(file)
    for (const torn of [Buffer.from('{'), bytes.subarray(-200, -1), Buffer.alloc(3000)]) {
      const after = disk.copy()
      after.put(file, Buffer.concat([bytes, torn]))
      const found = await start(folder, after)
      expect(found).toMatchObject({ ledger: whole, refused: false })
      expect(found.said).toContain('已恢复到第 12 条')
      expect(after.bytes(after.find('.cut-'))).toEqual(torn)
      expect(after.bytes(file)).toEqual(bytes)
      expect(await start(folder, after)).toEqual({ ledger: whole, refused: false, said: '' })
    }
  })

  it('with a line missing, doubled or moved is refused', async () => {
    const { folder, disk } = await written()
    const file = disk.find(growing)
    const lines = disk
      .bytes(file)
      .toString()
      .split(/(?<=\n)/)
    const [head = '', a = '', b = '', ...rest] = lines
    for (const changed of [
      [head, b, ...rest],
      [head, a, a, b, ...rest],
      [head, b, a, ...rest],
      [a, b, ...rest],
      [head, ...rest],
    ]) {
      const after = disk.copy()
      after.put(file, Buffer.from(changed.join('')))
      expect((await start(folder, after)).refused).toBe(true)
    }
  })

  it('without its newest or a needed segment is refused', async () => {
    const { folder, disk } = await written()
    const cut = disk.copy()
    await cut.remove(disk.find(growing))
    expect(await start(folder, cut)).toMatchObject({
      refused: true,
      said: expect.stringContaining('缺了 6 条') as string,
    })
    const old = disk.copy()
    old.put(old.find('/main.json'), disk.bytes(disk.find('backup/main.')))
    expect((await start(folder, old.copy())).refused).toBe(false)
    await old.remove(old.find('000000.jsonl'))
    expect((await start(folder, old)).refused).toBe(true)
  })

  it('that is damaged goes on without the damaged part once the operator deletes the head file, and says so', async () => {
    const { folder, disk } = await written()
    const file = disk.find(growing)
    const bytes = disk.bytes(file)
    const middle = bytes.indexOf('"seq":9,')
    bytes[middle + 8] = 0
    const { said } = await start(folder, disk)
    expect(said).toContain('第 4 行损坏，从这里起有 4 条记录读不到')
    expect(said).toContain('main.head')
    await disk.remove(disk.find('main.head'))
    const found = await start(folder, disk)
    expect(found).toMatchObject({ refused: false, ledger: { m0: 9, m1: 5 + 7, m2: 7 + 8 } })
    expect(found.said).toContain('已恢复到第 8 条')
    const { store } = await openBank(folder, disk)
    expect(store.nextSeq).toBe(9)
    await award(store, 'm1', 1)
    await store.close()
    expect(await start(folder, disk)).toMatchObject({ refused: false, said: '' })
  })
})

describe('a single flipped bit', () => {
  it('is noticed wherever it is: 1,000 of them', async () => {
    const { folder, disk, whole } = await written()
    const files = ['/main.json', 'main.head', growing].map((part) => disk.find(part))
    const total = files.reduce((sum, file) => sum + disk.bytes(file).length * 8, 0)
    for (let i = 0; i < 1000; i += 1) {
      // Evenly over all bits; 7919 is prime, so no bit comes twice.
      let bit = (i * 7919) % total
      const after = disk.copy()
      for (const file of files) {
        const bytes = after.bytes(file)
        if (bit >= 0 && bit < bytes.length * 8) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        bit -= bytes.length * 8
      }
      const { said, refused, ledger: found } = await start(folder, after)
      expect([i, said === '']).toEqual([i, false])
      if (!refused) expect([i, found]).toEqual([i, whole])
    }
  })
})

describe('a snapshot', () => {
  it('that is damaged or missing names the backup that leads to the present, and it does', async () => {
    const { folder, disk, whole } = await written()
    const snapshot = disk.find('/main.json')
    for (const harm of ['damaged', 'empty', 'missing']) {
      const after = disk.copy()
      if (harm === 'missing') await after.remove(snapshot)
      else after.put(snapshot, harm === 'empty' ? Buffer.alloc(0) : disk.bytes(snapshot).subarray(5))
      const { said, refused } = await start(folder, after)
      expect(refused).toBe(true)
      const backup = after.find('backup/')
      expect(said).toContain(`请把 ${backup} 复制为 ${snapshot}`)
      after.put(snapshot, after.bytes(backup))
      expect(await start(folder, after)).toEqual({ ledger: whole, refused: false, said: '' })
    }
  })

  it('that is missing with all backups is refused, never made anew', async () => {
    const { folder, disk } = await written()
    for (const file of [disk.find('/main.json'), disk.find('backup/')]) await disk.remove(file)
    const { said } = await start(folder, disk)
    expect(said).toContain('没有可用的备份')
    for (const file of [...disk.names.keys()].filter((name) => name.includes('jsonl'))) await disk.remove(file)
    expect((await start(folder, disk)).refused).toBe(true)
  })

  it('of another community or a newer program is refused', async () => {
    const { folder, disk } = await written()
    const { seal } = await import('../../src/store/seal.ts')
    const text = disk.bytes(disk.find('/main.json')).toString()
    for (const [from, to, said] of [
      ['"name":"main"', '"name":"west"', '另一个圈子「west」'],
      ['"format":1', '"format":2', '更新版本'],
      ['"points.balances":0', '"points.balances":1', '更新版本'],
      ['\n"points.balances"', '\n"points.others"', '更新版本'],
    ] as const) {
      const after = disk.copy()
      after.put(
        after.find('/main.json'),
        Buffer.from(seal(`${text.slice(0, text.lastIndexOf(',"crc"')).replace(from, to)}}`)),
      )
      expect(await start(folder, after)).toMatchObject({ refused: true, said: expect.stringContaining(said) as string })
    }
  })
})

describe('history that is damaged', () => {
  it('is told to who looks there, and hurts nobody else', async () => {
    const { folder, disk, whole } = await written()
    const bytes = disk.bytes(disk.find('000000.jsonl'))
    bytes[bytes.indexOf('"seq":3,') + 40] = 0
    const { store } = await openBank(folder, disk)
    expect(ledger(store)).toEqual(whole)
    expect((await store.recent(5, () => true)).map(({ seq }) => seq)).toEqual([12, 11, 10, 9, 8])
    expect((await store.entry(2))?.seq).toBe(2)
    await expect(store.entry(3)).rejects.toThrow('损坏')
    await store.close()
  })
})
