// The questions of all question files, each once.
import { z } from 'zod'
import { sha256 } from '../../core/lib/hash.ts'
import type { Localised } from '../../core/types/localised.ts'
import type { Problem, ReadYaml, Row } from '../../core/feature/settings-check.ts'
import { canonical } from '../../core/lib/text.ts'
import { QuestionFile, type Question } from './question.ts'
import { questionsOf } from './rows.ts'

const Csv = z
  .string()
  .regex(/\.csv$/i)
  .meta({ file: 'csv', examples: ['quiz/题库.csv'] })
const Yaml = z
  .string()
  .regex(/\.ya?ml$/i)
  .meta({ file: 'yaml', examples: ['quiz/题库.yaml'] })

/** Question files, named from the config folder on. */
export const Files = z.array(z.union([Csv, Yaml])).max(50)

export interface Library {
  /** By a key that stays the same as long as the question's text does. */
  questions: ReadonlyMap<string, Question>
  problems: readonly Problem[]
}

/** What is wrong is kept for `check`; what is wrong in YAML files is told by their reader. */
export function readLibrary(files: readonly string[], rows: (file: string) => readonly Row[], yaml: ReadYaml): Library {
  const questions = new Map<string, Question>()
  const places = new Map<string, Localised>()
  const problems: Problem[] = []
  for (const [i, file] of files.entries()) {
    const complain = (where: Localised, why: Localised) =>
      problems.push({
        path: ['files', i],
        message: { zh: `${where.zh}：${why.zh}`, en: `${where.en}: ${why.en}` },
      })
    const add = (question: Question, where: Localised) => {
      const key = sha256(canonical(question.text)).slice(0, 16)
      const first = places.get(key)
      if (first) {
        const shown = question.text.length > 30 ? `${question.text.slice(0, 29)}…` : question.text
        complain(where, {
          zh: `「${shown}」和 ${first.zh} 是同一题，请删掉一处。`,
          en: `"${shown}" is there already, in ${first.en}; delete one.`,
        })
        return
      }
      places.set(key, where)
      questions.set(key, question)
    }
    if (/\.csv$/i.test(file)) {
      const read = questionsOf(rows(file))
      for (const { line, message } of read.troubles) complain(lineOf(file, line), message)
      for (const { line, question } of read.questions) add(question, lineOf(file, line))
    } else {
      const list = yaml(file, QuestionFile) ?? []
      for (const [n, question] of list.entries())
        add(question, { zh: `${file} 第 ${n + 1} 题`, en: `${file} question ${n + 1}` })
    }
  }
  return { questions, problems }
}

function lineOf(file: string, line: number): Localised {
  return { zh: `${file} 第 ${line} 行`, en: `${file} line ${line}` }
}
