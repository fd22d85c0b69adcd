// A question of the quiz: what an operator may write, and what it becomes once it is checked.
import { z } from 'zod'
import { Refusal } from '../../core/types/refusal.ts'
import { letterOf, sameAnswer, truthOf } from '../../core/feature/answers.ts'

const label = { text: z.string(), explain: z.string().nullable() }

/** A checked question, as it also lies in the record of a running round. */
export const Question = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), ...label, options: z.array(z.string()), right: z.int() }),
  z.strictObject({ kind: z.literal('truth'), ...label, right: z.boolean() }),
  z.strictObject({
    kind: z.literal('number'),
    ...label,
    right: z.number(),
    within: z.number(),
    unit: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('wording'), ...label, answers: z.array(z.string()).min(1) }),
])
export type Question = z.infer<typeof Question>

const short = z.string().trim().min(1).max(60)

/** A question as it is written in a YAML file, or put together from a row of a table. */
const Written = z.strictObject({
  question: z.string().trim().min(1).max(200).describe('题目'),
  options: z
    .array(z.union([short, z.number().transform(String)]))
    .min(2)
    .max(8)
    .optional()
    .describe('单选题的选项，2 到 8 个'),
  answer: z
    .union([
      z.boolean(),
      z.number(),
      short,
      z
        .array(z.union([short, z.number().transform(String)]))
        .min(1)
        .max(20),
    ])
    .describe('答案：选项的字母或原文，true/false，数字，或一种、几种说法'),
  within: z.number().nonnegative().optional().describe('数字题差多少以内也算对'),
  unit: z.string().trim().min(1).max(6).optional().describe('数字题的单位，例如 天'),
  explain: z.string().trim().min(1).max(150).optional().describe('公布答案时的一句说明'),
})
type Written = z.infer<typeof Written>

/** A question as an operator writes it, checked. The issues of what no schema can say are in both languages. */
export const QuestionIn = Written.transform((written, about): Question => {
  const question = made(written)
  if ('kind' in question) return question
  about.issues.push({ code: 'custom', input: written, path: [question.at], params: { ...question.refusal.message } })
  return z.NEVER
})

/** A YAML file of questions. */
export const QuestionFile = z.array(QuestionIn).min(1).max(5000)

/** Why a question cannot be taken, and at which of its keys. */
interface Misfit {
  at: keyof Written
  refusal: Refusal
}

function made(written: Written): Question | Misfit {
  const { question: text, answer } = written
  const explain = written.explain ?? null
  if (written.options) return choice(written, written.options)
  const truth = typeof answer === 'boolean' ? answer : typeof answer === 'string' ? truthOf(answer) : undefined
  if (typeof answer !== 'number' && (written.within !== undefined || written.unit !== undefined)) {
    return wrong(
      written.within === undefined ? 'unit' : 'within',
      '只有答案是数字的题才写 within 和 unit。',
      'only questions whose answer is a number have within and unit.',
    )
  }
  if (truth !== undefined) return { kind: 'truth', text, explain, right: truth }
  if (typeof answer === 'number') {
    return { kind: 'number', text, explain, right: answer, within: written.within ?? 0, unit: written.unit ?? null }
  }
  const answers = [answer].flat().map(String)
  const empty = answers.find((one) => sameAnswer(one, ''))
  if (empty !== undefined) {
    return wrong('answer', `答案「${empty}」里没有字。`, `the answer "${empty}" has no letters or digits.`)
  }
  return { kind: 'wording', text, explain, answers }
}

function choice(written: Written, options: readonly string[]): Question | Misfit {
  const { question: text, answer, within, unit } = written
  if (within !== undefined || unit !== undefined) {
    return wrong(
      within === undefined ? 'unit' : 'within',
      '单选题不写 within 和 unit。',
      'a single choice has no within or unit.',
    )
  }
  const empty = options.find((one) => sameAnswer(one, ''))
  if (empty !== undefined) {
    return wrong('options', `选项「${empty}」里没有字。`, `the option "${empty}" has no letters or digits.`)
  }
  const twice = options.find((one, i) => options.some((other, j) => j < i && sameAnswer(one, other)))
  if (twice !== undefined) {
    return wrong('options', `选项「${twice}」写了两次。`, `the option "${twice}" is there twice.`)
  }
  const letter = options.find((one, i) => (letterOf(one, options.length) ?? i) !== i)
  if (letter !== undefined) {
    return wrong(
      'options',
      `选项「${letter}」会和选项字母弄混，请写长一点，例如「维生素${letter}」。`,
      `the option "${letter}" could be taken for the letter of another one; write more than a letter.`,
    )
  }
  const typed = typeof answer === 'string' || typeof answer === 'number' ? String(answer) : undefined
  const literal = options.findIndex((one) => typed !== undefined && sameAnswer(one, typed))
  const right = literal >= 0 ? literal : letterOf(typed ?? '', options.length)
  if (right === undefined) {
    const last = String.fromCharCode(64 + options.length)
    return wrong(
      'answer',
      `单选题的答案要写一个选项的字母（A 到 ${last}）或原文。`,
      `the answer of a single choice is the letter of an option (A to ${last}) or its text.`,
    )
  }
  return { kind: 'choice', text, explain: written.explain ?? null, options: [...options], right }
}

function wrong(at: keyof Written, zh: string, en: string): Misfit {
  return { at, refusal: new Refusal(zh, en) }
}
