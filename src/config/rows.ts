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
    const records = parse(decoded(bytes), {
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

/** Spreadsheets in China save GBK unless told otherwise. */
function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
