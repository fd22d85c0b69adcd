// What is wrong in the operator's files: where it is and how it is told.
import type { Localised } from '../core/types/localised.ts'

/** The languages in which an operator can be spoken to. */
export type Language = keyof Localised

/** A place in a file; line and column count from 1. `file` is as the operator knows it, e.g. `config/groups.yaml`. */
export interface Place {
  file: string
  line: number
  column: number
}

/** Something wrong, or worth a look, with a sentence that says what would be right, in the operator's language. */
export interface Problem extends Place {
  text: string
}

/** Problems shown at most; after that only their number is told. */
const shown = 20

/** `config/groups.yaml 第 12 行第 9 列` */
export function placeText({ file, line, column }: Place, language: Language): string {
  return language === 'zh' ? `${file} 第 ${line} 行第 ${column} 列` : `${file} line ${line}, column ${column}`
}

/** One line per problem, at most 20 of them. */
export function problemsText(problems: readonly Problem[], language: Language): string {
  const colon = language === 'zh' ? '：' : ': '
  const lines = problems.slice(0, shown).map((problem) => `${placeText(problem, language)}${colon}${problem.text}`)
  const more = problems.length - lines.length
  if (more > 0) lines.push(language === 'zh' ? `还有 ${more} 处，改好上面的再看。` : `${more} more; mend these first.`)
  return lines.join('\n')
}

/**
 * Each problem once, in the order of the files and lines; where several say something about one value, `first` is told. What is said of
 * many places in the same words (a variable that was renamed) is one mistake and is told once, with the other lines.
 */
export function inOrder(
  problems: readonly Problem[],
  files: readonly string[],
  language: Language,
  first: readonly Problem[] = [],
): Problem[] {
  const at = (problem: Problem) => placeText(problem, 'en')
  const told = new Set(first.map(at))
  const sorted = [...first, ...problems.filter((problem) => !told.has(at(problem)))].sort(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  )
  const same = new Map<string, [Problem, ...Problem[]]>()
  for (const problem of sorted) {
    const key = `${problem.file} ${problem.text}`
    const alike = same.get(key)
    if (!alike) same.set(key, [problem])
    else if (alike.every((other) => at(other) !== at(problem))) alike.push(problem)
  }
  return [...same.values()].map(([problem, ...others]) => ({
    ...problem,
    text: problem.text + (others.length > 0 ? alsoIn(others, language) : ''),
  }))
}

/** Lines that are named one by one. */
const namedLines = 5

function alsoIn(others: readonly Problem[], language: Language): string {
  const lines = [...new Set(others.map(({ line }) => line))]
  const some = lines.slice(0, namedLines).join(language === 'zh' ? '、' : ', ')
  const isMore = lines.length > namedLines
  return language === 'zh'
    ? `（第 ${some} 行${isMore ? `等共 ${others.length} 处` : ''}也是）`
    : ` (also in line ${some}${isMore ? `, … ${others.length} places in all` : ''})`
}
