// What people in the playground know when they speak, and no script can: the claim code, a coupon's code, the answer to a question.
import { existsSync, readFileSync } from 'node:fs'
import type { Settings } from '../core/feature/settings.ts'
import { letter } from '../features/quiz/round.ts'
import type { Library } from '../features/quiz/library.ts'
import type { Question } from '../features/quiz/question.ts'
import type { Sent } from '../standin/sent.ts'

/** Letters and figures as the bot makes codes of them. */
const couponCode = /(?<![A-Za-z0-9])[A-HJ-NP-Z2-9]{8}(?![A-Za-z0-9])/

export interface Known {
  /** Where the bot writes the code for `/claim CODE`. */
  claimFile: string
  settings: Settings
  /** What the bot sent to groups and to people. */
  inGroups: readonly Sent[]
  toPeople: readonly Sent[]
}

/**
 * Puts in what was meant: `/claim CODE` by who reads the console, `核销 CODE` by staff to whom a member holds out the phone (the first
 * code that the bot showed to somebody privately at last), `ANSWER` by a member who knows it. What nobody can know stays as typed.
 */
export function filledIn(typed: string, { claimFile, settings, inGroups, toPeople }: Known): string {
  if (typed === 'ANSWER') return answerTo(inGroups, settings) ?? typed
  const [, word] = /^(.+) CODE$/.exec(typed) ?? []
  if (word === undefined) return typed
  const claim = word === '/claim' && existsSync(claimFile) ? readFileSync(claimFile, 'utf8').trim() : undefined
  const code = word === '/claim' ? claim : latest(toPeople, (text) => couponCode.exec(text)?.[0])
  return `${word} ${code ?? 'CODE'}`
}

function answerTo(sent: readonly Sent[], settings: Settings): string | undefined {
  // The settings of a feature are what its own schema and `prepare` made.
  const { questions } = settings.feature('quiz', null).prepared as Library
  const asked = latest(sent, (text) => [...questions.values()].find((question) => text.includes(question.text)))
  return asked && answerOf(asked)
}

function answerOf(question: Question): string {
  switch (question.kind) {
    case 'choice':
      return letter(question.right)
    case 'truth':
      return question.right ? '对' : '错'
    case 'number':
      return String(question.right)
    case 'wording':
      return question.answers[0] ?? ''
  }
}

/** What is found in the latest text that has it. */
function latest<T>(sent: readonly Sent[], find: (text: string) => T | undefined): T | undefined {
  for (const effect of sent.toReversed()) {
    const found = effect.kind === 'text' ? find(effect.text) : undefined
    if (found !== undefined) return found
  }
  return undefined
}
