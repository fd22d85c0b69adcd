// Tables that operators keep as CSV files: read whole when the config is loaded, as a spreadsheet saves them.
import { CsvError, parse } from 'csv-parse/sync'
import type { Localised } from '../core/types/localised.ts'
import type { Row } from '../core/feature/settings-check.ts'
import { readBytes } from './file.ts'
import { missing } from './files.ts'

/** More is most likely the wrong file. */
export const MOST_BYTES = 5_000_000

/** The rows of a file in the config folder, or why there are none. Empty lines are left out. */
export function rowsOf(folder: string, name: string): { rows: Row[] } | { trouble: Localised } {
  const bytes = readBytes(folder, name)
  if (bytes === 'missing') return { trouble: missing(folder, name) }
  if (!Buffer.isBuffer(bytes)) return { trouble: bytes }
  if (bytes.length > MOST_BYTES) {
    return {
      trouble: {
        zh: `「${name}」超过 5 MB，多半不是要用的表。`,
        en: `"${name}" is larger than 5 MB, so it is most likely the wrong file.`,
      },
    }
  }
  try {
    const text = decoded(bytes).replace(/^\ufeff?sep=.\r?\n/i, '')
    const records = parse(text, {
      delimiter: separatorIn(text),
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: string[]; info: { records: number; empty_lines: number } }[]
    // Numbered as a spreadsheet numbers its rows: a cell may hold several lines of text.
    const rows = records.map(({ record, info }) => ({ line: info.records + info.empty_lines, cells: record }))
    return { rows }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number(error['lines'] ?? 1)
    return {
      trouble: {
        zh: `「${name}」第 ${line} 行的引号没有配对，请在表格软件里改好再存。`,
        en: `"${name}": a quote in line ${line} has no counterpart.`,
      },
    }
  }
}

/** What stands between the cells of the first row: a comma, or what other programs and input methods write in its place. */
function separatorIn(text: string): string {
  const titles = /[^\r\n]+/.exec(text.replace(/^\ufeff/, ''))?.[0].replace(/"[^"]*"/g, '') ?? ''
  const count = (separator: string) => titles.split(separator).length
  return [',', '\t', ';', '，', '；'].reduce((best, other) => (count(other) > count(best) ? other : best))
}

/** Spreadsheets in China save GBK unless told otherwise. */
function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
