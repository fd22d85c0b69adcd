// Judges what members answer: width, case, traditional characters, spaces, punctuation and the words around an answer make no difference.
import { canonical } from '../../core/lib/text.ts'
import type { Question } from './question.ts'

/** `none`: not an answer to this kind of question at all, but ordinary talk. */
type Judgement = 'right' | 'wrong' | 'none'

/** An answer is short; what is longer is not looked at. */
const LONGEST = 80

const before = /^(?:我(?:选|猜|答|觉得是?|认为是?)|答案(?:就?是)?|应该是?|肯定是|就是|选项?|猜|答|是(?!不))/u
const after = /(?:选项|[吧呀啊呢哦哈咯啦的])$/u
const ignored = /[\s\p{P}]+/gu

const truths = new Set('对 正确 是 真 没错 √ ✓ ✔ ✅ ⭕ true t yes y'.split(' '))
const untruths = new Set('错 错误 不对 不是 假 否 × ✗ ✘ ❌ false f no n x'.split(' '))

/** @param text as it was said */
export function judge(question: Question, text: string): Judgement {
  if (text.length > LONGEST) return 'none'
  switch (question.kind) {
    case 'choice': {
      const chosen = optionIn(text, question.options)
      return chosen === undefined ? 'none' : verdict(chosen === question.right)
    }
    case 'truth': {
      const truth = truthOf(text)
      return truth === undefined ? 'none' : verdict(truth === question.right)
    }
    case 'number': {
      const number = numberIn(text, question.unit)
      // A little more than asked, as 0.1 + 0.2 is not 0.3.
      return number === undefined ? 'none' : verdict(Math.abs(number - question.right) <= question.within + 1e-9)
    }
    case 'wording':
      // Whatever else is said may be a wrong answer or a chat: it does not count, and one may try again.
      return question.answers.some((answer) => saidAs(text).has(keyOf(answer))) ? 'right' : 'none'
  }
}

function verdict(isRight: boolean): Judgement {
  return isRight ? 'right' : 'wrong'
}

/** Whether two texts are the same answer. */
export function sameAnswer(one: string, other: string): boolean {
  return keyOf(one) === keyOf(other)
}

/** What `A`, `Ａ`, `选A`, `A。` or `(a)` means, from 0; undefined when it is no letter of that many options. */
export function letterOf(text: string, options: number): number | undefined {
  for (const form of saidAs(text)) {
    const place = form.length === 1 ? form.charCodeAt(0) - 97 : -1
    if (place >= 0 && place < options) return place
  }
  return undefined
}

function optionIn(text: string, options: readonly string[]): number | undefined {
  const forms = saidAs(text)
  const named = options.findIndex((option, i) => {
    const key = keyOf(option)
    return forms.has(key) || forms.has(`${String.fromCharCode(97 + i)}${key}`)
  })
  return named >= 0 ? named : letterOf(text, options.length)
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

const hanDigits = '零一二三四五六七八九'
const hanUnits: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }

/** `二十四` → 24, `一百零五` → 105, `一百五` → 150, `两万三千` → 23000, `二〇二六` → 2026; undefined when it is none. */
function hanNumber(text: string): number | undefined {
  const plain = text.replaceAll('两', '二').replaceAll('〇', '零')
  if (/^[零一二三四五六七八九]{1,12}$/u.test(plain)) {
    return Number([...plain].map((digit) => hanDigits.indexOf(digit)).join(''))
  }
  const [high = '', low, ...more] = plain.split('万')
  if (more.length > 0) return undefined
  const above = belowTenThousand(high, 1)
  if (low === undefined || low === '' || above === undefined)
    return above === undefined ? above : above * (low === undefined ? 1 : 10_000)
  const below = belowTenThousand(low, 1000)
  return below === undefined ? below : above * 10_000 + below
}

const belowTenThousandForm =
  /^(?:[一二三四五六七八九]千)?(?:零|[一二三四五六七八九]百)?(?:零|[一二三四五六七八九]?十)?[一二三四五六七八九]?$/u

/** @param worth of a digit with nothing behind it, as after `万`; after `百` and `千` it is the next lower unit */
function belowTenThousand(text: string, worth: number): number | undefined {
  if (text === '' || !belowTenThousandForm.test(text)) return undefined
  let sum = 0
  let digit: number | undefined
  let last = worth
  for (const char of text) {
    const unit = hanUnits[char]
    if (unit !== undefined) {
      sum += (digit ?? 1) * unit
      digit = undefined
      last = unit / 10
    } else if (char === '零') last = 1
    else digit = hanDigits.indexOf(char)
  }
  return sum + (digit ?? 0) * last
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
