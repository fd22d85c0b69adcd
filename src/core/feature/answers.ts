// Bare answers (`1`, `A`, `50`, `对`): the forms in which a feature may expect one, and how what people type is read as such.
import { z } from 'zod'
import { MemberId, type GroupId } from '../types/ids.ts'
import { hanNumber } from '../lib/numerals.ts'
import { canonical, withoutEnd } from '../lib/text.ts'

/** What an answer looks like. What does not fit is no answer, but ordinary talk. */
export const Form = z.discriminatedUnion('kind', [
  /** A line of a numbered list: `2`, `选2`, `第二个`; not `2个`. Read as that number. */
  z.strictObject({ kind: z.literal('line'), min: z.int(), max: z.int() }),
  /** A number, with or without the unit: `24`, `二十四`, `24个`. Read as that number. */
  z.strictObject({
    kind: z.literal('number'),
    min: z.number().optional(),
    max: z.number().optional(),
    unit: z.string().nullable(),
  }),
  /** One of some options, by its text or by a letter (`B`) or number (`2`, `第二个`). Read as its place from 0. */
  z.strictObject({ kind: z.literal('choice'), options: z.array(z.string()).min(1), by: z.enum(['letter', 'number']) }),
  /** `对` or `错` in any wording. Read as 1 or 0. */
  z.strictObject({ kind: z.literal('truth') }),
  /** One of some wordings; width, case, punctuation and words around an answer make no difference. Read as its place from 0. */
  z.strictObject({ kind: z.literal('wording'), wordings: z.array(z.string()).min(1) }),
  /** Whatever is said next. Read as 0: the words are in `said.text`. */
  z.strictObject({ kind: z.literal('text') }),
])
export type Form = z.infer<typeof Form>

/** Who may answer: anybody in a group, one member there, or one person in direct messages. */
export type Asked = { group: GroupId; member?: MemberId } | { member: MemberId }

/** An open question; the key is `<group or member>/<member or *>/<feature>/<name>/<feature's key>`. */
export const Expected = z.strictObject({
  feature: z.string(),
  /** The handler in the feature's `onAnswer`. */
  name: z.string(),
  /** The feature's own. */
  key: z.string(),
  /** null: anybody. */
  from: MemberId.nullable(),
  form: Form,
  until: z.int(),
  /** Questions of one place in the order in which they were asked. */
  order: z.int(),
})
export type Expected = z.infer<typeof Expected>

/** The key of an open question. */
export function expectedKey(feature: string, name: string, asked: Asked, key: string): string {
  const place = 'group' in asked ? asked.group : asked.member
  return [place, asked.member ?? '*', feature, name, key].join('/')
}

/** An answer is short; what is longer is not looked at. */
const LONGEST = 80

/**
 * What a text says in answer to a question of that form.
 * @returns undefined when it is none
 */
export function readAnswer(form: Form, text: string): number | undefined {
  if (form.kind === 'text') return text.trim() === '' ? undefined : 0
  if (text.length > LONGEST) return undefined
  switch (form.kind) {
    case 'line':
      return lineIn(text, form.min, form.max)
    case 'number': {
      const number = numberIn(text, form.unit)
      if (number === undefined || number < (form.min ?? -Infinity) || number > (form.max ?? Infinity)) return undefined
      return number
    }
    case 'choice':
      return optionIn(text, form.options, form.by)
    case 'truth': {
      const truth = truthOf(text)
      return truth === undefined ? undefined : Number(truth)
    }
    case 'wording': {
      const forms = saidAs(text)
      const found = form.wordings.findIndex((wording) => forms.has(keyOf(wording)))
      return found < 0 ? undefined : found
    }
  }
}

const before =
  /^(?:我?(?:还是|要|想|想要)?(?:改选|改投|改成|改为|改猜|换成)|我?还是(?:选|投)|我(?:选|猜|答|投|觉得是?|认为是?)|答案(?:就?是)?|应该是?|肯定是|就是|选项?|猜|答|投|是(?!不))/u
const after = /(?:选项|[吧呀啊呢哦哈咯啦的])$/u
const ignored = /[\s\p{P}]+/gu

const truths = new Set('对 正确 是 真 没错 √ ✓ ✔ ✅ ⭕ true t yes y'.split(' '))
const untruths = new Set('错 错误 不对 不是 假 否 × ✗ ✘ ❌ false f no n x'.split(' '))

/** Whether two texts are the same answer. */
export function sameAnswer(answer: string, other: string): boolean {
  return keyOf(answer) === keyOf(other)
}

/** What `A`, `Ａ`, `选A`, `A。` or `(a)` means, from 0; undefined when it is no letter of that many options. */
export function letterOf(text: string, options: number): number | undefined {
  for (const form of saidAs(text)) {
    const place = form.length === 1 ? form.charCodeAt(0) - 97 : -1
    if (place >= 0 && place < options) return place
  }
  return undefined
}

function optionIn(text: string, options: readonly string[], by: 'letter' | 'number'): number | undefined {
  const forms = saidAs(text)
  const nameOf = (i: number) => (by === 'letter' ? String.fromCharCode(97 + i) : String(i + 1))
  const named = options.findIndex((option, i) => {
    const key = keyOf(option)
    return forms.has(key) || forms.has(`${nameOf(i)}${key}`)
  })
  if (named >= 0) return named
  if (by === 'letter') return letterOf(text, options.length)
  const line = lineIn(text, 1, options.length)
  return line === undefined ? undefined : line - 1
}

const han = '[零一二三四五六七八九十]{1,3}'
/** `第` makes a line of what would else be an amount: `第2个`, not `2个`. A bare `一` or `十` is talk. */
const line = new RegExp(
  `^(?:(\\d{1,3})|我?[选投](\\d{1,3}|${han})[条项号]?|我?[选投]?第(\\d{1,3}|${han})[个条项号位]?)$`,
  'u',
)

function lineIn(text: string, min: number, max: number): number | undefined {
  const typed = withoutEnd(canonical(text))
    .replace(/\s+/gu, '')
    .replace(/[吧呀啊呢哦哈咯啦]$/u, '')
  const [, bare, chosen, ordinal] = line.exec(typed) ?? []
  const digits = bare ?? chosen ?? ordinal
  if (digits === undefined) return undefined
  const number = /^\d+$/.test(digits) ? Number(digits) : hanNumber(digits)
  return number !== undefined && number >= min && number <= max ? number : undefined
}

/** `对`, `√`, `不对` …: true, false, or undefined for anything else. */
export function truthOf(text: string): boolean | undefined {
  for (const form of saidAs(text)) {
    if (truths.has(form)) return true
    if (untruths.has(form)) return false
  }
  return undefined
}

/** A number and nothing else but the unit: in figures or Chinese, with whatever words may stand around an answer. */
export function numberIn(text: string, unit: string | null): number | undefined {
  const typed = canonical(text).replace(/\s+|[,，](?=\d{3}(?!\d))|[。！？!?~]+$|\.$/gu, '')
  const counted = unit === null ? '' : canonical(unit).replace(/\s+/g, '')
  for (const form of stripped(typed)) {
    const bare = form.replace(/^(?:大约|大概|约)/u, '')
    const number = bare.endsWith(counted) ? bare.slice(0, bare.length - counted.length) : bare
    if (/^[-−]?\d{1,12}(\.\d{1,6})?$/.test(number)) return Number(number.replace('−', '-'))
    const han = hanNumber(number)
    if (han !== undefined) return han
  }
  return undefined
}

/** All that a text may be meant as: whole, and without the words before and after an answer. */
function saidAs(text: string): Set<string> {
  return new Set(stripped(keyOf(text)))
}

function stripped(text: string): string[] {
  const bare = text.replace(before, '')
  return [text, bare, text.replace(after, ''), bare.replace(after, '')]
}

/** In what answers are compared. */
function keyOf(text: string): string {
  return canonical(text).replace(ignored, '')
}
