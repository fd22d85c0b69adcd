// The sentences about wrong values in config files, in both languages.
import type { Localised } from '../core/types/localised.ts'
import type { Path } from './yaml.ts'

/** A value as it is quoted in a sentence. */
export function show(value: unknown): string {
  if (typeof value === 'string') return value.length > 30 ? `${value.slice(0, 29)}…` : value
  return JSON.stringify(value) ?? String(value)
}

const types: Record<string, Localised> = {
  string: { zh: '文字', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: 'true（是）或 false（否）', en: 'true or false' },
  array: { zh: '一个列表（每项一行，减号开头）', en: 'a list (an item a line, starting with a dash)' },
  tuple: { zh: '一个列表', en: 'a list' },
  object: { zh: '一组「名称: 值」', en: 'a set of "key: value" lines' },
  record: { zh: '一组「名称: 值」', en: 'a set of "key: value" lines' },
  null: { zh: '空', en: 'nothing' },
  never: { zh: '不写', en: 'left out' },
}

/** A sentence for each kind of mistake. `path` leads to the value, `wanted` says what would be right in the same language. */
export const say = {
  type: (expected: string): Localised => types[expected] ?? { zh: expected, en: expected },

  either(options: readonly string[]): Localised {
    const last = options.at(-1) ?? ''
    const rest = options.slice(0, -1)
    if (rest.length === 0) return { zh: last, en: last }
    return {
      zh: `${rest.join('、')}${/[\x20-\x7e]$/.test(rest.at(-1) ?? '') ? ' ' : ''}或${apart(last)}${last}`,
      en: `${rest.join(', ')} or ${last}`,
    }
  },

  unknownKey(key: string, near: string | undefined, known: readonly string[]): Localised {
    if (near !== undefined) {
      return {
        zh: `「${show(key)}」不认识，是不是想写「${near}」？`,
        en: `"${show(key)}" is not known; did you mean "${near}"?`,
      }
    }
    if (known.length === 0)
      return { zh: `「${show(key)}」不认识，请删掉。`, en: `"${show(key)}" is not known; delete it.` }
    const some = known.slice(0, 12)
    const more = known.length > some.length
    return {
      zh: `「${show(key)}」不认识。这里可以写：${some.join('、')}${more ? ' 等' : ''}。`,
      en: `"${show(key)}" is not known. Possible here: ${some.join(', ')}${more ? ', …' : ''}.`,
    }
  },

  badKey: (key: string, examples: readonly unknown[] | undefined): Localised => ({
    zh: `名称「${show(key)}」的写法不对。${examples?.[0] === undefined ? '' : `例如「${show(examples[0])}」。`}`,
    en: `the key "${show(key)}" is not written right.${examples?.[0] === undefined ? '' : ` For example: "${show(examples[0])}".`}`,
  }),

  missing: (path: Path, wanted: string): Localised => ({
    zh: `缺少${about(path).zh}，应该是${apart(wanted)}${wanted}。`,
    en: `${about(path).en} is missing; it should be ${wanted}.`,
  }),

  outdented: (path: Path, parent: Path): Localised => ({
    zh: `「${show(path.at(-1))}」不在这一层，多半属于上面的「${show(parent.at(-1))}」：请在前面多缩进两格。`,
    en: `"${show(path.at(-1))}" does not belong on this level; most likely it is part of "${show(parent.at(-1))}" above: indent it by two more spaces.`,
  }),

  glued: (key: string, { name, value }: { name: string; value: string }): Localised => ({
    zh: `「${show(key)}」少了英文冒号和后面的空格，请写成 ${name}: ${show(value)}`,
    en: `"${show(key)}" lacks a plain colon and a space behind it; write ${name}: ${show(value)}`,
  }),

  wrong(
    path: Path,
    wanted: string,
    input: unknown,
    expected: readonly string[],
    { near, shapes }: { near: string | undefined; shapes: readonly (readonly string[])[] },
  ): Localised {
    if (input === null) {
      return {
        zh: `${about(path).zh}后面没有内容，应该是${apart(wanted)}${wanted}。不需要就删掉这一行。`,
        en: `${about(path).en} has no value; it should be ${wanted}. Delete the line if it is not needed.`,
      }
    }
    const hint =
      near === undefined
        ? (expected.flatMap((type) => slip(type, input, path) ?? [])[0] ?? shaped(shapes))
        : didYouMean(near)
    const now = seen(input)
    return {
      zh: `${about(path).zh}应该是${apart(wanted)}${wanted}，现在是${now.zh}。${hint?.zh ?? ''}`,
      en: `${about(path).en} should be ${wanted}, but is ${now.en}.${hint ? ` ${hint.en}` : ''}`,
    }
  },

  size(path: Path, issue: Size, input: unknown): Localised {
    const unit = units[issue.origin] ?? { zh: '', en: '' }
    const min = issue.code === 'too_small'
    const limit = String(min ? issue.minimum : issue.maximum)
    const edge = issue.exact ? exactly : issue.inclusive === false ? (min ? above : below) : min ? atLeast : atMost
    const now = typeof input === 'number' ? String(input) : String(length(input))
    if (min && issue.minimum === 1 && issue.inclusive !== false && length(input) === 0) {
      return { zh: `${about(path).zh}不能是空的。`, en: `${about(path).en} must not be empty.` }
    }
    return {
      zh: `${about(path).zh}${edge.zh} ${limit}${unit.zh}，现在是 ${now}${unit.zh}。`,
      en: `${about(path).en} must be ${edge.en} ${limit}${unit.en}, but is ${now}.`,
    }
  },

  multiple: (path: Path, divisor: number | bigint, input: unknown): Localised => ({
    zh: `${about(path).zh}应该是 ${divisor} 的倍数，现在是 ${show(input)}。`,
    en: `${about(path).en} must be a multiple of ${divisor}, but is ${show(input)}.`,
  }),

  format(path: Path, issue: Format, examples: readonly unknown[] | undefined, input: unknown): Localised {
    const [example] = examples ?? [formats[issue.format]]
    if (issue.prefix !== undefined) {
      const right = show(`${issue.prefix}${String(input)}`)
      return {
        zh: `${about(path).zh}要以 ${issue.prefix} 开头：${right}`,
        en: `${about(path).en} must begin with ${issue.prefix}: ${right}`,
      }
    }
    if (issue.format === 'date' && /^\d{4}-\d\d-\d\d$/.test(String(input))) {
      return {
        zh: `${about(path).zh}写的是 ${show(input)}，没有这一天，请看看月份和日子。`,
        en: `${about(path).en} is ${show(input)}, and there is no such day; look at the month and the day.`,
      }
    }
    return {
      zh: `${about(path).zh}的写法不对：「${show(input)}」。${example === undefined ? '' : `例如「${show(example)}」。`}`,
      en: `${about(path).en} is not written right: "${show(input)}".${example === undefined ? '' : ` For example: "${show(example)}".`}`,
    }
  },

  custom: (path: Path, input: unknown): Localised => ({
    zh: `${about(path).zh}不对：${seen(input).zh}。`,
    en: `${about(path).en} is not right: ${seen(input).en}.`,
  }),
}

interface Format {
  format: string
  /** What it must begin with. */
  prefix?: string
}

interface Size {
  code: 'too_small' | 'too_big'
  origin: string
  minimum?: number | bigint
  maximum?: number | bigint
  inclusive?: boolean
  exact?: boolean
}

const exactly: Localised = { zh: '要正好是', en: 'exactly' }
const above: Localised = { zh: '要大于', en: 'more than' }
const below: Localised = { zh: '要小于', en: 'less than' }
const atLeast: Localised = { zh: '最少是', en: 'at least' }
const atMost: Localised = { zh: '最多是', en: 'at most' }

const units: Record<string, Localised> = {
  string: { zh: ' 个字', en: ' characters' },
  array: { zh: ' 项', en: ' items' },
  object: { zh: ' 项', en: ' entries' },
  record: { zh: ' 项', en: ' entries' },
}

/** An example of each written form that zod knows and a config may ask for. */
const formats: Record<string, string> = {
  url: 'https://example.com/a',
  email: 'name@example.com',
  date: '2026-11-30',
  time: '20:00:00',
  datetime: '2026-11-30T20:00:00Z',
  ipv4: '192.168.1.2',
}

/** Chinese and Latin letters have a space between them. */
function apart(words: string): string {
  return /^[\x20-\x7e]/.test(words) ? ' ' : ''
}

/** `「points」`, `「words」的第 2 项`, or the file. */
function about(path: Path): Localised {
  const last = path.at(-1)
  if (last === undefined) return { zh: '这里', en: 'this' }
  if (typeof last === 'string') return { zh: `「${show(last)}」`, en: `"${show(last)}"` }
  const list = path.findLast((part) => typeof part === 'string')
  return list === undefined
    ? { zh: `第 ${last + 1} 项`, en: `item ${last + 1}` }
    : { zh: `「${show(list)}」的第 ${last + 1} 项`, en: `item ${last + 1} of "${show(list)}"` }
}

function seen(input: unknown): Localised {
  if (Array.isArray(input)) return { zh: '一个列表', en: 'a list' }
  if (typeof input === 'object') return { zh: '一组「名称: 值」', en: 'a set of "key: value" lines' }
  if (typeof input === 'string') return { zh: `文字「${show(input)}」`, en: `the text "${show(input)}"` }
  if (typeof input === 'boolean') return { zh: ` ${input}`, en: `${input}` }
  return { zh: `数字 ${show(input)}`, en: `the number ${show(input)}` }
}

function didYouMean(near: string): Localised {
  return { zh: `是不是想写「${near}」？`, en: `Did you mean "${near}"?` }
}

/** What slipped, when it is one of the usual slips. */
function slip(expected: string, input: unknown, path: Path): Localised | undefined {
  if (typeof input !== 'string') {
    if (expected === 'string' && typeof input !== 'object') {
      return { zh: `请加引号：'${show(input)}'`, en: `Put it in quotes: '${show(input)}'` }
    }
    return expected === 'array' ? { zh: `每项前面加减号「- 」。`, en: 'Put "- " before each item.' } : undefined
  }
  const plain = input.normalize('NFKC').trim()
  switch (expected) {
    case 'number':
    case 'int': {
      const comma = /^(\d+),(\d{1,2})$/.exec(plain)
      if (comma)
        return { zh: `小数点用英文句点：${comma[1]}.${comma[2]}`, en: `Write a decimal point: ${comma[1]}.${comma[2]}` }
      const unit = unitOf(path)
      if (unit && /\d/.test(plain) && !Number.isFinite(Number(plain)))
        return { zh: `这里的单位是${unit.zh}，只写数字。`, en: `It is counted in ${unit.en}; write the number only.` }
      return plain !== '' && Number.isFinite(Number(plain))
        ? { zh: `请直接写 ${Number(plain)}，不加引号，用半角数字。`, en: `Write ${Number(plain)} without quotes.` }
        : undefined
    }
    case 'boolean': {
      const meant = yes.has(plain.toLowerCase()) ? 'true' : no.has(plain.toLowerCase()) ? 'false' : undefined
      return meant ? { zh: `请写 ${meant}，不加引号。`, en: `Write ${meant} without quotes.` } : undefined
    }
    case 'object':
    case 'record':
      return /^[^\s\d:：][^\s:：]*[:：]/.test(input)
        ? {
            zh: `冒号要用英文冒号，后面加一个空格：${show(input.replace(/[:：]\s*/, ': '))}`,
            en: `Write a plain colon and a space: ${show(input.replace(/[:：]\s*/, ': '))}`,
          }
        : undefined
    case 'array': {
      const items = input.replace(/^[【［[]|[】］\]]$/g, '').split(/[，,、]/)
      const list = `[${items.map((item) => item.trim()).join(', ')}]`
      return { zh: `请写成：${show(list)}`, en: `Write ${show(list)}` }
    }
    default:
      return undefined
  }
}

/** In what a setting of time is counted, by its name. */
function unitOf(path: Path): Localised | undefined {
  const key = String(path.findLast((part) => typeof part === 'string'))
  const found = timeUnits.find(([name]) => name.test(key))
  return /^per|PerDay$/i.test(key) ? undefined : found?.[1]
}

const timeUnits: readonly [RegExp, Localised][] = [
  [/seconds?$/i, { zh: '秒', en: 'seconds' }],
  [/minutes?$|^late$/i, { zh: '分钟', en: 'minutes' }],
  [/hours?$/i, { zh: '小时', en: 'hours' }],
  [/days?$/i, { zh: '天', en: 'days' }],
]

/** How the sets that would be right are written. */
function shaped(shapes: readonly (readonly string[])[]): Localised | undefined {
  if (shapes.length === 0) return undefined
  const some = shapes.slice(0, 3).map(
    (keys) =>
      `{ ${keys
        .slice(0, 3)
        .map((key) => `${key}: …`)
        .join(', ')}${keys.length > 3 ? ', …' : ''} }`,
  )
  return { zh: `写成 ${some.join(' 或 ')}。`, en: `Write ${some.join(' or ')}.` }
}

const yes = new Set(['是', '对', '开', '开启', 'yes', 'y', 'on', 'true'])
const no = new Set(['否', '不', '不是', '关', '关闭', 'no', 'n', 'off', 'false'])

function length(input: unknown): number | undefined {
  if (typeof input === 'string' || Array.isArray(input)) return input.length
  return typeof input === 'object' && input !== null ? Object.keys(input).length : undefined
}
