// Values that are clear though not written as they should be: 18：00, 8:00, 2026/12/24, 星期一, 50%, 4条. They are taken as they are meant.
import type { z } from 'zod'
import { withDigits } from '../core/lib/numerals.ts'
import { writtenClock, writtenDay } from '../core/lib/written-time.ts'
import { isMap } from './layers.ts'
import type { Path } from './yaml.ts'

/** What the schema knows at the place of an issue; see `wording.ts`. */
type Noted = z.core.$ZodIssue & { examples?: readonly unknown[]; input?: unknown }

/** Values that are meant, and where they belong. */
interface Meant {
  path: Path
  value: unknown
}

/** @returns the value with what is clear put right; undefined when nothing was */
export function cleared(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const meant = issues.flatMap((issue) => meantBy(issue, []) ?? [])
  if (meant.length === 0) return undefined
  return meant.reduce((whole, { path, value: right }) => put(whole, path, right), value)
}

/** What the input of an issue means; undefined when that is not clear. */
function meantBy(raw: z.core.$ZodIssue, before: Path): Meant[] | undefined {
  const issue: Noted = raw
  const path: Path = [...before, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))]
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.map((branch) => branch.map((inner) => meantBy(inner, path)))
    return branches
      .find((branch) => branch.length > 0 && branch.every((value) => value !== undefined))
      ?.flatMap((values) => values ?? [])
  }
  if (typeof issue.input !== 'string') return undefined
  const typed = issue.input.normalize('NFKC').trim()
  const right = meaning(issue, typed, path)
  return right === undefined ? undefined : [{ path, value: right }]
}

function meaning(issue: Noted, typed: string, path: Path): unknown {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.expected === 'boolean') return truth(typed)
      return issue.expected === 'number' || issue.expected === 'int' ? number(typed, path) : undefined
    case 'invalid_value':
      return issue.values.length === 1 && issue.values[0] === false
        ? truth(typed) === false
          ? false
          : undefined
        : oneOf(typed, issue.values)
    case 'invalid_format':
      if (issue.format === 'date') return writtenDay(typed)
      return /^\d\d:\d\d$/.test(String(issue.examples?.[0])) ? writtenClock(typed) : undefined
    default:
      return undefined
  }
}

/** Count words that may stand behind a number; a percentage only where a share is meant. */
const counts = /^(?:条|次|个|分|人|名|位|张|份|群|项|件|倍|题|轮)?$/
const share = /share$|percent$|^at(?:least|most)$/i
/** Units of time: the settings that are counted in them, the words, and how long one is (s). */
const times: readonly { key: RegExp; word: RegExp; seconds: number }[] = [
  { key: /seconds?$/i, word: /^(?:秒|秒钟|s|sec|seconds?)$/i, seconds: 1 },
  { key: /minutes?$|^late$/i, word: /^(?:分|分钟|min|minutes?)$/i, seconds: 60 },
  { key: /hours?$/i, word: /^(?:时|小时|个小时|个钟头|h|hours?)$/i, seconds: 3600 },
  { key: /days?$/i, word: /^(?:天|日|d|days?)$/i, seconds: 86_400 },
  { key: /^$/, word: /^(?:周|个星期|星期|weeks?)$/i, seconds: 7 * 86_400 },
]

/** The number that is meant; a time in another unit than the setting's is converted where that is exact. */
function number(typed: string, path: Path): number | undefined {
  const [, digits, word = ''] = /^([-+]?\d{1,12}(?:\.\d{1,6})?)\s*([^\d\s,;。]*)[,;。]?$/u.exec(withDigits(typed)) ?? []
  if (digits === undefined) return undefined
  const key = String(path.findLast((part) => typeof part === 'string'))
  // `perDay` counts things, not days.
  const unit = /^per|PerDay$/i.test(key) ? undefined : times.find((time) => time.key.test(key))
  if (word === '' || (!unit && counts.test(word)) || (word === '%' && share.test(key))) return Number(digits)
  const written = unit && (unit.word.test(word) ? unit : times.find((time) => time.word.test(word)))
  const value = written && (Number(digits) * written.seconds) / unit.seconds
  return value !== undefined && (written === unit || Number.isInteger(value)) ? value : undefined
}

const yes = new Set(['是', '对', '开', '开启', '打开', 'yes', 'y', 'on', 'true'])
const no = new Set([
  '否',
  '不',
  '不是',
  '不要',
  '不用',
  '没有',
  '无',
  '关',
  '关闭',
  '关掉',
  'no',
  'n',
  'off',
  'false',
  'none',
])

function truth(typed: string): boolean | undefined {
  const word = typed.toLowerCase()
  return yes.has(word) ? true : no.has(word) ? false : undefined
}

/** Days of the week in the ways they are called, in the order of the week. */
const weekdays = ['一', '二', '三', '四', '五', '六', '日'].map((name, i) => ({
  zh: new RegExp(`^(?:周|星期|礼拜|每周|每星期)(?:${name}|${i + 1}${i === 6 ? '|天|七|0' : ''})$`),
  en: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'][i] ?? '',
}))

/** Words of choices as Chinese operators write them. */
const choices: Readonly<Record<string, RegExp>> = {
  zh: /^(?:中文|简体中文|汉语)$/,
  en: /^(?:英文|英语)$/,
  remind: /^提醒$/,
  warn: /^警告$/,
  remove: /^(?:移出|请离|踢|踢出|移除)$/,
  large: /^(?:大|大券)$/,
  small: /^(?:小|小券)$/,
  skip: /^(?:跳过|不发|不补)$/,
  only: /^(?:只发|只在|仅)$/,
  ask: /^(?:问|询问|问我)$/,
  all: /^(?:全部|所有|所有人|都算)$/,
  high: /^(?:高|最高)$/,
  normal: /^(?:中|普通|一般)$/,
  low: /^(?:低|最低)$/,
}

function oneOf(typed: string, values: readonly unknown[]): unknown {
  const word = typed.toLowerCase()
  const same = values.find((value) => String(value).normalize('NFKC').toLowerCase() === word)
  if (same !== undefined) return same
  const chosen = values.find((value) => Object.hasOwn(choices, String(value)) && choices[String(value)]?.test(typed))
  if (chosen !== undefined) return chosen
  const named = weekdays.find(({ zh, en }) => zh.test(typed) || (word.length >= 3 && en.startsWith(word)))
  return (
    named && values.find((value) => named.zh.test(String(value)) || named.en.startsWith(String(value).toLowerCase()))
  )
}

function put(whole: unknown, path: Path, value: unknown): unknown {
  const [part, ...rest] = path
  if (part === undefined) return value
  if (Array.isArray(whole)) return whole.map((item: unknown, i) => (i === Number(part) ? put(item, rest, value) : item))
  return isMap(whole) ? { ...whole, [part]: put(whole[part], rest, value) } : whole
}
