// Judges what members answer: width, case, traditional characters, spaces, punctuation and the words around an answer make no difference.
import { readAnswer, type Form } from '../../core/feature/answers.ts'
import type { Question } from './question.ts'

/** `none`: not an answer to this kind of question at all, but ordinary talk. */
type Judgement = 'right' | 'wrong' | 'none'

/** The form in which a question is answered. Of one that asks for a wording only the right ones are answers: the rest may be chat, and one may try again. */
export function formOf(question: Question): Form {
  switch (question.kind) {
    case 'choice':
      return { kind: 'choice', options: question.options, by: 'letter' }
    case 'truth':
      return { kind: 'truth' }
    case 'number':
      return { kind: 'number', unit: question.unit }
    case 'wording':
      return { kind: 'wording', wordings: question.answers }
  }
}

/** @param value of an answer, as it was read by the question's form */
export function isRight(question: Question, value: number): boolean {
  switch (question.kind) {
    case 'choice':
      return value === question.right
    case 'truth':
      return value === Number(question.right)
    case 'number':
      // A little more than asked, as 0.1 + 0.2 is not 0.3.
      return Math.abs(value - question.right) <= question.within + 1e-9
    case 'wording':
      return true
  }
}

/** @param text as it was said */
export function judge(question: Question, text: string): Judgement {
  const value = readAnswer(formOf(question), text)
  return value === undefined ? 'none' : isRight(question, value) ? 'right' : 'wrong'
}
