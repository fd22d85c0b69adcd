// Tables as files: CSV (UTF-8 or GBK) and XLSX, read as rows with the numbers that a spreadsheet shows, and written.
import { renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname } from 'node:path'
import { readBytes } from '../config/file.ts'
import { MOST_BYTES, rowsOf } from '../config/rows.ts'
import type { Localised } from '../core/types/localised.ts'
import type { Row } from '../core/feature/settings-check.ts'

export type Sheet = { rows: Row[] } | { trouble: Localised }

/** The first sheet of an XLSX file, or a CSV file. */
export async function readSheet(path: string): Promise<Sheet> {
  const [folder, name] = [dirname(path), basename(path)]
  const bytes = readBytes(folder, name)
  if (bytes === 'missing') return { trouble: { zh: `找不到文件「${path}」。`, en: `there is no file “${path}”.` } }
  if (!Buffer.isBuffer(bytes)) return { trouble: bytes }
  if (!isXlsx(path)) return rowsOf(folder, name)
  if (bytes.length > MOST_BYTES) {
    return { trouble: { zh: '文件超过 5 MB，多半不是要用的表。', en: 'the file is larger than 5 MB.' } }
  }
  const { read, utils } = await import('@e965/xlsx')
  let sheet
  try {
    const book = read(bytes, { type: 'buffer', dense: true, cellDates: true })
    sheet = book.Sheets[book.SheetNames[0] ?? '']
  } catch {
    return { trouble: { zh: '这不是能读的 XLSX 文件。', en: 'this is no readable XLSX file.' } }
  }
  if (!sheet?.['!ref']) return { rows: [] }
  // However a day is shown (11/1/26, 11月1日), it is read as the day that it is.
  for (const cell of (sheet['!data'] ?? []).flat())
    if (cell?.t === 'd' && cell.v instanceof Date) cell.w = shown(cell.v, cell.w)
  const first = utils.decode_range(sheet['!ref']).s.r
  const lines = utils.sheet_to_json<unknown[]>(sheet, {
    header: 1,
    raw: false,
    defval: '',
    blankrows: true,
  })
  return { rows: lines.map((cells, i) => ({ line: first + i + 1, cells: cells.map((cell) => String(cell).trim()) })) }
}

/** Days are midnights in UTC, whatever the zone here; times of day lie in 1899. */
function shown(date: Date, asFormatted = ''): string {
  const [day = '', time = ''] = date.toISOString().split('T')
  return time.startsWith('00:00:00') && date.getUTCFullYear() >= 1900 ? day : asFormatted
}

/** Writes a table beside the old one and puts it in its place at once. */
export async function writeSheet(path: string, rows: readonly (readonly string[])[]): Promise<void> {
  replaceFile(path, isXlsx(path) ? await xlsx(rows) : csv(rows))
}

export function replaceFile(path: string, content: string | Buffer): void {
  const next = `${path}.${process.pid}.tmp`
  writeFileSync(next, content)
  renameSync(next, path)
}

function isXlsx(path: string): boolean {
  return extname(path).toLowerCase() === '.xlsx'
}

/** With a byte order mark: without one spreadsheets in China take it for GBK. */
function csv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`
}

/** A text that begins like a formula would be run as one when a spreadsheet opens the file. */
function csvCell(text: string): string {
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

async function xlsx(rows: readonly (readonly string[])[]): Promise<Buffer> {
  const { utils, write } = await import('@e965/xlsx')
  const sheet = utils.aoa_to_sheet(rows.map((cells) => [...cells]))
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, 'FAQ')
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer
}
