// Every kind of zod issue, told in both languages and in no words of zod's own.
import { expect, it } from 'vitest'
import { z } from 'zod'
import { parse } from '../../src/config/wording.ts'

const letter = z.string().regex(/^[a-z]$/)

it.each([
  [
    'a missing value',
    z.strictObject({ a: z.int() }),
    {},
    '缺少「a」，应该是数字。',
    '"a" is missing; it should be a number.',
  ],
  ['nothing', z.strictObject({ a: z.boolean() }), { a: null }, '「a」后面没有内容', '"a" has no value'],
  [
    'a fraction',
    z.strictObject({ a: z.int() }),
    { a: 1.5 },
    '「a」应该是整数，现在是数字 1.5。',
    'should be a whole number, but is the number 1.5',
  ],
  ['a number', z.strictObject({ a: z.string() }), { a: 8 }, "请加引号：'8'", "Put it in quotes: '8'"],
  ['no list', z.strictObject({ a: z.string().array() }), { a: '【甲，乙】' }, '请写成：[甲, 乙]', 'Write [甲, 乙]'],
  ['no map', z.strictObject({ a: z.record(z.string(), z.int()) }), { a: 'b：1' }, 'b: 1', 'b: 1'],
  [
    'too small',
    z.strictObject({ a: z.int().min(3) }),
    { a: 2 },
    '「a」最少是 3，现在是 2。',
    '"a" must be at least 3, but is 2.',
  ],
  ['not positive', z.strictObject({ a: z.int().positive() }), { a: 0 }, '要大于 0', 'more than 0'],
  [
    'too big',
    z.strictObject({ a: z.string().max(3) }),
    { a: 'abcd' },
    '最多是 3 个字，现在是 4 个字',
    'at most 3 characters, but is 4',
  ],
  ['not below', z.strictObject({ a: z.number().lt(3) }), { a: 3 }, '要小于 3', 'less than 3'],
  ['not exactly', z.strictObject({ a: z.int().array().length(2) }), { a: [1] }, '要正好是 2 项', 'exactly 2 items'],
  ['empty', z.strictObject({ a: z.string().min(1) }), { a: '' }, '「a」不能是空的。', '"a" must not be empty.'],
  ['no multiple', z.strictObject({ a: z.int().multipleOf(5) }), { a: 7 }, '5 的倍数', 'a multiple of 5'],
  [
    'no url',
    z.strictObject({ a: z.url() }),
    { a: 'x' },
    '例如「https://example.com/a」',
    'For example: "https://example.com/a"',
  ],
  [
    'no form',
    z.strictObject({ a: letter.meta({ examples: ['b'] }) }),
    { a: '1' },
    '「1」。例如「b」。',
    '"1". For example: "b".',
  ],
  [
    'unknown keys',
    z.strictObject({ points: z.int().optional() }),
    { point: 1 },
    '是不是想写「points」？',
    'did you mean "points"?',
  ],
  [
    'alien keys',
    z.strictObject({ points: z.int().optional() }),
    { xyz: 1 },
    '这里可以写：points。',
    'Possible here: points.',
  ],
  ['keys of nothing', z.strictObject({}), { x: 1 }, '请删掉', 'delete it'],
  [
    'an enum',
    z.strictObject({ a: z.enum(['near', 'exact']) }),
    { a: 'nera' },
    '应该是 near 或 exact，现在是文字「nera」。是不是想写「near」？',
    'should be near or exact',
  ],
  [
    'no form at all',
    z.strictObject({ a: z.union([z.literal(false), z.strictObject({ b: z.int() })]) }),
    { a: 3 },
    '应该是 false 或一组',
    'false or a set of',
  ],
  [
    'inside a form',
    z.strictObject({ a: z.union([z.literal(false), z.strictObject({ b: z.int() })]) }),
    { a: { b: 'x' } },
    '「b」应该是数字',
    '"b" should be a number',
  ],
  [
    'a kind',
    z.strictObject({
      a: z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('text') }),
        z.strictObject({ type: z.literal('file') }),
      ]),
    }),
    { a: { type: 'fiel' } },
    '「type」应该是 text 或 file',
    'Did you mean "file"?',
  ],
  [
    'a key',
    z.record(letter.meta({ examples: ['b'] }), z.int()),
    { 七: 1 },
    '名称「七」的写法不对。例如「b」。',
    'the key "七" is not written right. For example: "b".',
  ],
  [
    'a list item',
    z.strictObject({ a: z.int().array() }),
    { a: [1, 'x'] },
    '「a」的第 2 项应该是数字',
    'item 2 of "a" should be a number',
  ],
  [
    'a set item',
    z.strictObject({ a: z.preprocess((list) => new Set(Array.isArray(list) ? list : []), z.set(z.int())) }),
    { a: ['x'] },
    '应该是数字',
    'should be a number',
  ],
  [
    'an own sentence in both languages',
    z.strictObject({ a: z.int().refine(() => false, { params: { zh: '不行', en: 'no' } }) }),
    { a: 1 },
    '不行',
    'no',
  ],
  ['an own sentence', z.strictObject({ a: z.int().refine(() => false, '就是不行') }), { a: 1 }, '就是不行', '就是不行'],
  [
    'no sentence',
    z.strictObject({ a: z.int().refine(() => false) }),
    { a: 1 },
    '「a」不对：数字 1。',
    '"a" is not right: the number 1.',
  ],
] as [string, z.ZodType, unknown, string, string][])('%s', (_name, schema, value, zh, en) => {
  for (const [language, sentence] of [
    ['zh', zh],
    ['en', en],
  ] as const) {
    const parsed = parse(schema, value, language)
    if (parsed.ok) throw new Error('taken')
    expect(parsed.issues.map(({ text }) => text).join('\n')).toContain(sentence)
    expect(parsed.issues.every(({ text }) => text !== '' && !/Invalid|expected|received/.test(text))).toBe(true)
  }
})

const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .meta({ examples: ['18:00'] })
const day = z.iso.date()

it.each([
  ['a wide number', z.int(), '５', 5],
  ['a number in quotes with a comma behind', z.int(), '5，', 5],
  ['a Chinese number', z.int(), '一百张', 100],
  ['a count', z.int(), '4条', 4],
  ['no', z.boolean(), '否', false],
  ['a wide colon', clock, '18：00', '18:00'],
  ['an hour of one digit', clock, '8:00', '08:00'],
  ['an hour in words', clock, '下午3点半', '15:30'],
  ['a day with slashes', day, '2026/12/24', '2026-12-24'],
  ['a day in words', day, '2026年1月5日', '2026-01-05'],
  ['a weekday by another name', z.enum(['周一', '周日', 'Mon']), '星期天', '周日'],
  ['a word in capitals', z.enum(['skip', 'only']), 'Skip', 'skip'],
  ['one form of several', z.union([z.enum(['skip']), z.int()]), '20', 20],
  [
    'within one form of several',
    z.union([day, z.strictObject({ from: day })]),
    { from: '2026.1.5' },
    { from: '2026-01-05' },
  ],
] as [string, z.ZodType, unknown, unknown][])('takes what is clear: %s', (_name, schema, value, meant) => {
  expect(parse(z.strictObject({ a: schema }), { a: value }, 'zh')).toEqual({ ok: true, data: { a: meant } })
})

it('takes a number with a word of time where the setting counts time, converted, and a percentage where it is a share', () => {
  const meant = (key: string, typed: string) => {
    const parsed = parse(z.strictObject({ [key]: z.int() }), { [key]: typed }, 'zh')
    return parsed.ok ? parsed.data[key] : undefined
  }
  expect(meant('gapSeconds', '2 秒')).toBe(2)
  expect(meant('gapSeconds', '2分钟')).toBe(120)
  expect(meant('days', '2周')).toBe(14)
  expect(meant('days', '36小时')).toBeUndefined()
  expect(meant('perDay', '2天')).toBeUndefined()
  expect(meant('activityShare', '50%')).toBe(50)
  expect(meant('chance', '1%')).toBeUndefined()
  expect(parse(z.strictObject({ a: day }), { a: '2026/13/40' }, 'zh').ok).toBe(false)
})
