// Tables as CSV text that people paste into a spreadsheet.

/** Rows in one message. */
const PAGE = 60

/** The rows, the first with the titles, as texts of a size that can be copied. */
export function csvPages(rows: readonly (readonly (string | number)[])[]): string[] {
  const lines = rows.map((row) => row.map(cell).join(','))
  return Array.from({ length: Math.ceil(lines.length / PAGE) }, (_, i) =>
    lines.slice(i * PAGE, (i + 1) * PAGE).join('\n'),
  )
}

/** A cell. What a spreadsheet would take for a formula is kept text by a quote in front. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const harmless = /^\s*[=+\-@\t\r＝＋－＠]/u.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
