// Tables as spreadsheets save them: encodings, marks, quotes, empty lines.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rowsOf } from '../../src/config/rows.ts'

function read(bytes: string | Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'quanzi-rows-'))
  try {
    writeFileSync(join(folder, 'a.csv'), bytes)
    return rowsOf(folder, 'a.csv')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('rows of a table', () => {
  it.each([';', '\t', '，', '；'])('may be set apart by %j as other programs write it', (mark) => {
    const rows = [
      { line: 1, cells: ['客户问题', '标准回答'] },
      { line: 2, cells: ['几点开门', '8 点,周末 9 点'] },
    ]
    expect(read(rows.map(({ cells }) => cells.join(mark)).join('\n'))).toEqual({ rows })
  })

  it('are numbered as in the file, without empty lines and spaces around', () => {
    expect(read('\ufeff码,说明\r\n\r\n A1 ,"一,二"\r\nB2\r\n')).toEqual({
      rows: [
        { line: 1, cells: ['码', '说明'] },
        { line: 3, cells: ['A1', '一,二'] },
        { line: 4, cells: ['B2'] },
      ],
    })
  })

  it('are read from GBK as well, as Excel in China saves it', () => {
    expect(read(Uint8Array.of(0xc8, 0xaf, 0xc2, 0xeb, 0x0a, 0x41, 0x31))).toEqual({
      rows: [
        { line: 1, cells: ['券码'] },
        { line: 2, cells: ['A1'] },
      ],
    })
  })

  it('are refused with the line when a quote is open, and when the file is far too large', () => {
    expect(read('a\n"b\nc')).toEqual({
      trouble: expect.objectContaining({ zh: expect.stringContaining('行的引号没有配对') }),
    })
    expect(read('x'.repeat(5_000_001))).toEqual({
      trouble: expect.objectContaining({ zh: expect.stringContaining('5 MB') }),
    })
    expect(read('')).toEqual({ rows: [] })
  })

  it('are none, with a word why, when the file has gone or is none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'quanzi-rows-'))
    mkdirSync(join(folder, 'b.csv'))
    expect(rowsOf(folder, 'a.csv')).toMatchObject({ trouble: { zh: expect.stringContaining('找不到文件「a.csv」') } })
    expect(rowsOf(folder, 'b.csv')).toMatchObject({ trouble: { zh: expect.stringContaining('不是文件夹') } })
    rmSync(folder, { recursive: true })
  })
})
