// Questions as rows of a table, as people keep them in a spreadsheet.
import type { z } from 'zod'
import type { Localised } from '../../core/types/localised.ts'
import type { Row } from '../../core/feature/settings-check.ts'
import { letterOf, truthOf } from '../../core/feature/answers.ts'
import { columnsIn, shownTitles } from '../../core/lib/titles.ts'
import { QuestionIn, type Question } from './question.ts'

const columns = {
  question: ['题目', '问题', 'question', '题干', '试题', '考题'],
  answer: ['答案', '正确答案', 'answer', '正确选项', '标准答案', '回答'],
  within: ['误差', 'within', '允许误差'],
  unit: ['单位', 'unit'],
  explain: ['解析', '说明', 'explain', '解释', '讲解', '备注'],
} as const
type Column = keyof typeof columns
/** `A`, `选项B`, `option c` head a column of options. */
const optionTitle = /^(?:选项|答案|option)?\s*([a-h])\s*(?:选项|项)?[.、:]?$/iu
const number = /^[-+]?\d+(\.\d+)?$/

/** Something wrong with a row, or (in the first) with the titles. */
interface RowTrouble {
  line: number
  message: Localised
}

/** Reads a table whose first row has the titles. Rows without anything are passed over. */
export function questionsOf(rows: readonly Row[]): {
  questions: { line: number; question: Question }[]
  troubles: RowTrouble[]
} {
  const [titles, ...rest] = rows
  const { at, options } = placesOf(titles?.cells ?? [])
  const missing = (['question', 'answer'] as const).find((column) => !at.has(column))
  if (missing) {
    const shown = shownTitles(titles?.cells ?? [])
    const message = {
      zh: `第一行要写列名，缺少「${columns[missing][0]}」${shown === '' ? '' : `，现在是：${shown}`}。写法：题目,A,B,C,D,答案,解析`,
      en: `the first row needs titles; "${missing}" is missing${shown === '' ? '' : `, there is: ${shown}`}. Such as: question,A,B,C,D,answer,explain`,
    }
    return { questions: [], troubles: [{ line: titles?.line ?? 1, message }] }
  }
  const questions: { line: number; question: Question }[] = []
  const troubles: RowTrouble[] = []
  for (const { line, cells } of rest) {
    const cell = (column: Column) => (cells[at.get(column) ?? -1] ?? '').trim()
    if (cells.every((one) => one.trim() === '')) continue
    const written = Object.fromEntries(
      [
        ['question', cell('question')],
        ['options', optionsIn(options.map((place) => (cells[place] ?? '').trim()))],
        ['answer', answerIn(cell('answer'), options.length > 0)],
        ['within', cell('within') === '' ? undefined : Number(cell('within'))],
        ['unit', cell('unit') || undefined],
        ['explain', cell('explain') || undefined],
      ].filter(([, value]) => value !== undefined),
    )
    const parsed = QuestionIn.safeParse(written)
    if (parsed.success) questions.push({ line, question: parsed.data })
    else for (const issue of parsed.error.issues.slice(0, 1)) troubles.push({ line, message: told(issue) })
  }
  if (rest.length === 0) {
    troubles.push({ line: 1, message: { zh: '表里没有题目。', en: 'the table has no questions.' } })
  }
  return { questions, troubles }
}

function placesOf(titles: readonly string[]) {
  const options = titles.flatMap((title, place) => (optionTitle.test(title.normalize('NFKC').trim()) ? [place] : []))
  return { at: columnsIn(titles, columns), options }
}

/** A hole between two options would give them other letters than in the table, so it stays and is refused. */
function optionsIn(cells: readonly string[]): string[] | undefined {
  const last = cells.findLastIndex((cell) => cell !== '')
  return last < 0 ? undefined : cells.slice(0, last + 1)
}

function answerIn(cell: string, hasOptions: boolean): number | string | string[] {
  if (hasOptions && letterOf(cell, 8) !== undefined) return cell
  if (number.test(cell)) return Number(cell)
  if (truthOf(cell) !== undefined || !/[;；|\n]/.test(cell)) return cell
  return cell
    .split(/[;；|\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

function told(issue: z.core.$ZodIssue): Localised {
  const own = issue.code === 'custom' ? issue.params : undefined
  if (own && typeof own['zh'] === 'string' && typeof own['en'] === 'string') return { zh: own['zh'], en: own['en'] }
  const column = String(issue.path[0]) as Column | 'options'
  const titles: Localised =
    column === 'options' ? { zh: '选项', en: 'options' } : { zh: columns[column][0], en: column }
  if (issue.code === 'too_big') {
    return {
      zh: `「${titles.zh}」太长或太大，最多 ${issue.maximum}。`,
      en: `"${titles.en}" is too long or too large, at most ${issue.maximum}.`,
    }
  }
  return column === 'within'
    ? { zh: '「误差」要写一个数字，例如 0.5。', en: '"within" must be a number such as 0.5.' }
    : { zh: `「${titles.zh}」空着或写得不对。`, en: `"${titles.en}" is empty or not written right.` }
}
