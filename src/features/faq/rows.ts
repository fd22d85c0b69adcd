// Entries of the answer library as rows of a table, as people keep them in a spreadsheet: reading with the row named, and writing.
import type { z } from 'zod'
import type { Localised } from '../../core/types/localised.ts'
import type { Row } from '../../core/feature/settings-check.ts'
import { columnsIn, shownTitles } from '../../core/lib/titles.ts'
import { Entry, type Part } from './entry.ts'
import { hoursCell, hoursFromCell } from './hours.ts'

/** Column → its titles: in Chinese, in English, and other usual ones. */
const columns = {
  id: ['编号', 'id'],
  question: ['问题', 'question', '标准问题', '标准问', '客户问题', '用户问题', '常见问题', '提问'],
  also: ['别的问法', 'also', '其他问法', '相似问', '相似问法', '相似问题', '扩展问', '同义问法'],
  answer: ['答案', 'answer', '回复', '回答', '标准回答', '标准答案', '标准回复', '答复', '话术', '回复内容'],
  keywords: ['关键词', 'keywords', '关键字'],
  all: ['同时包含', 'all'],
  any: ['包含其一', 'any'],
  none: ['排除词', 'none'],
  patterns: ['正则', 'patterns'],
  groups: ['群', 'groups', '群或标签'],
  onlyAsked: ['只在@时', 'onlyAsked'],
  from: ['开始', 'from', '开始日期'],
  until: ['结束', 'until', '结束日期'],
  hours: ['营业时段', 'hours', '开放时间'],
  cooldownMinutes: ['冷却分钟', 'cooldownMinutes'],
  tests: ['自测', 'tests'],
} as const satisfies Record<keyof Entry, readonly string[]>
type Column = keyof typeof columns

/** An entry and the line of its row; a line counts from 1. */
export interface RowEntry {
  line: number
  entry: Entry
}

/** Something wrong in a table; line 1 is the row of titles. */
export interface RowTrouble {
  line: number
  message: Localised
}

/** Between two answers in a cell stands a line of dashes. */
const betweenParts = /\n\s*-{3,}\s*\n/
const media = /^(图片|picture|文件|file)\s*[:：]\s*(.+)$/iu
/** Items of a list stand in lines of a cell, or between semicolons. */
const betweenItems = /[\n;；]/
/** Patterns may hold anything else. */
const betweenPatterns = /\n/

const yes = new Set(['是', '对', '√', '✓', '1', 'true', 'yes', 'y'])
const no = new Set(['', '否', '不', '不是', '×', '0', 'false', 'no', 'n'])

/** Reads a table whose first row has the titles. Rows without anything in a known column are passed over. */
export function entriesOf(rows: readonly Row[]): { entries: RowEntry[]; troubles: RowTrouble[] } {
  const [titles, ...rest] = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  const at = columnsIn(titles?.cells ?? [], columns)
  const missing = (['question', 'answer'] as const).filter((column) => !at.has(column))
  if (missing.length > 0) {
    const names = missing.map((column) => `「${columns[column][0]}」`).join('')
    const shown = shownTitles(titles?.cells ?? [])
    const zh = `第一行要写列名，缺少${names}${shown === '' ? '' : `，现在是：${shown}`}。`
    const en = `the first row needs titles; missing: ${missing.join(', ')}${shown === '' ? '' : `; there is: ${shown}`}.`
    return { entries: [], troubles: [{ line: titles?.line ?? 1, message: { zh, en } }] }
  }
  const entries: RowEntry[] = []
  const troubles: RowTrouble[] = []
  for (const { line, cells } of rest) {
    const cell = (column: Column) => plain(cells[at.get(column) ?? -1] ?? '')
    if ([...at.keys()].every((column) => cell(column) === '')) continue
    const parsed = Entry.safeParse(rawEntry(cell))
    if (parsed.success) entries.push({ line, entry: parsed.data })
    else {
      const told = new Set<unknown>()
      for (const issue of parsed.error.issues) {
        const column = issue.path[0] as Column
        // Without an id of its own a row is called by its question.
        const isMadeUp = column === 'id' && cell('id') === '' && cell('question') === ''
        if (told.has(column) || isMadeUp) continue
        told.add(column)
        troubles.push({ line, message: cellTrouble(column, cell(column), issue) })
      }
    }
  }
  return { entries, troubles }
}

/** A column's title in a language. */
export function titleOf(column: Column, language: keyof Localised): string {
  const [zh, en] = columns[column]
  return { zh, en }[language]
}

/** The first row and one for each entry, as `entriesOf` reads them. */
export function rowsFrom(entries: readonly Entry[], language: keyof Localised): string[][] {
  const names = Object.keys(columns) as Column[]
  return [
    names.map((name) => titleOf(name, language)),
    ...entries.map((entry) => names.map((name) => cellOf(entry, name, language))),
  ]
}

function cellOf(entry: Entry, column: Column, language: keyof Localised): string {
  const value = entry[column]
  if (value === undefined) return ''
  if (column === 'onlyAsked') return entry.onlyAsked ? { zh: '是', en: 'yes' }[language] : ''
  if (column === 'hours') return entry.hours === undefined ? '' : hoursCell(entry.hours)
  if (column === 'answer') return entry.answer.map((part) => partText(part, language)).join('\n---\n')
  return Array.isArray(value) ? value.join('\n') : String(value)
}

function partText(part: Part, language: keyof Localised): string {
  if (typeof part === 'string') return part
  const kind = 'picture' in part ? { zh: '图片', en: 'picture' } : { zh: '文件', en: 'file' }
  return `${kind[language]}: ${'picture' in part ? part.picture : part.file}`
}

function rawEntry(cell: (column: Column) => string) {
  const list = (column: Column, between = betweenItems) =>
    cell(column)
      .split(between)
      .map((item) => item.trim())
      .filter((item) => item !== '')
  const question = cell('question')
  const minutes = cell('cooldownMinutes')
  const asked = cell('onlyAsked').toLowerCase()
  const filled = (column: 'from' | 'until') => (cell(column) === '' ? {} : { [column]: isoDay(cell(column)) })
  return {
    id: cell('id') || question.replace(/[\s/@#「」]/gu, '').slice(0, 30),
    question,
    answer: cell('answer')
      .replaceAll('\r\n', '\n')
      .split(betweenParts)
      .map((text) => partFrom(text.trim())),
    also: list('also'),
    keywords: list('keywords'),
    all: list('all'),
    any: list('any'),
    none: list('none'),
    patterns: list('patterns', betweenPatterns),
    groups: list('groups'),
    onlyAsked: yes.has(asked) || (no.has(asked) ? false : asked),
    tests: list('tests'),
    ...(cell('hours') === '' ? {} : { hours: hoursFromCell(cell('hours')) }),
    ...filled('from'),
    ...filled('until'),
    ...(minutes === '' ? {} : { cooldownMinutes: Number(minutes) }),
  }
}

function partFrom(text: string): Part {
  const [, kind = '', name = ''] = media.exec(text) ?? []
  if (name === '') return text
  return /图片|picture/i.test(kind) ? { picture: name.trim() } : { file: name.trim() }
}

/** Spreadsheets like to write `2026/11/1`. */
function isoDay(text: string): string {
  const [, year = '', month = '', day = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? []
  return year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** An apostrophe keeps a spreadsheet from running a text as a formula; see where CSV is written. */
function plain(cell: string): string {
  return cell.trim().replace(/^'(?=[=+\-@])/, '')
}

function cellTrouble(column: Column, cell: string, issue: z.core.$ZodIssue): Localised {
  const title = { zh: `「${titleOf(column, 'zh')}」`, en: `“${titleOf(column, 'en')}”` }
  const shown = cell.length > 30 ? `${cell.slice(0, 29)}…` : cell
  if (cell === '') return { zh: `${title.zh}不能空着。`, en: `${title.en} must not be empty.` }
  if (issue.code === 'too_big') {
    const most = String(issue.maximum)
    const isList = issue.origin === 'array'
    return {
      zh: `${title.zh}${isList ? `最多 ${most} 项` : `太大或太长，最多 ${most}`}：${shown}`,
      en: `${title.en} is too ${isList ? 'many' : 'long or large'}, at most ${most}: ${shown}`,
    }
  }
  if (column === 'from' || column === 'until') {
    return {
      zh: `${title.zh}要写日期，例如 2026-11-30：${shown}`,
      en: `${title.en} must be a date such as 2026-11-30: ${shown}`,
    }
  }
  if (column === 'onlyAsked') {
    return { zh: `${title.zh}要写「是」或「否」：${shown}`, en: `${title.en} must be yes or no: ${shown}` }
  }
  if (column === 'id') {
    return {
      zh: `${title.zh}要短（30 字以内）、没有空格和 / @ #：${shown}`,
      en: `${title.en} must be short (30 characters) without spaces and / @ #: ${shown}`,
    }
  }
  return { zh: `${title.zh}写得不对：${shown}`, en: `${title.en} is not written right: ${shown}` }
}
