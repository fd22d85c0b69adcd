// An entry of the answer library and the feature's settings, as an operator writes them, and what a schema cannot say about them.
import { z } from 'zod'
import type { Localised } from '../../core/types/localised.ts'
import { patternTrouble } from '../../core/lib/pattern.ts'
import { namesIn } from '../../core/lib/render.ts'
import { nearest } from '../../core/lib/spelling.ts'
import { Hours } from './hours.ts'
import { readyRules } from './rules.ts'

const line = z.string().trim().min(1).max(200)
const words = z.array(z.string().trim().min(1).max(50)).max(50)
const file = z.string().trim().min(1).meta({ file: true })
const minutes = z.int().min(0).max(10_080)

/** Shares of ordinary chat by their names. */
const eagerness: Readonly<Record<string, number>> = {
  谨慎: 0.0005,
  适中: 0.002,
  积极: 0.01,
  careful: 0.0005,
  normal: 0.002,
  eager: 0.01,
}
/** A share of ordinary chat: `0.2 %`, or a word. */
const Eager = z
  .string()
  .trim()
  .regex(/^(?:(?:0|[1-4])(?:\.\d{1,3})?\s*[%％]|谨慎|适中|积极|careful|normal|eager)$/)

/** As a share from 0 to 1. */
export function shareOf(eager: string): number {
  return eagerness[eager] ?? Number.parseFloat(eager) / 100
}

const Part = z.union([
  z.string().trim().min(1).max(1000),
  z.strictObject({ picture: file.describe('图片文件，路径从配置文件夹写起') }),
  z.strictObject({ file: file.describe('别的文件，路径从配置文件夹写起') }),
])
/** One message of an answer. */
export type Part = z.infer<typeof Part>

export const Entry = z.strictObject({
  id: z
    .string()
    .trim()
    .regex(/^[^\s/@#「」]{1,30}$/u)
    .meta({ examples: ['营业时间'] })
    .describe('编号：短、不重复、没有空格，例如「营业时间」'),
  question: line.describe('问题，像群友会问的那样写；「你是想问」里显示的就是它'),
  also: z.array(line).max(50).default([]).describe('别的问法'),
  keywords: words.default([]).describe('关键词：只发这个词就回答；@ 机器人时，话里有它就回答'),
  all: words.default([]).describe('话里同时有这些词就回答'),
  any: words.default([]).describe('话里有其中一个词就回答；和 all 一起写时两样都要满足'),
  none: words.default([]).describe('话里有其中一个词就不回答'),
  patterns: z.array(line).max(10).default([]).describe('正则（RE2 写法），话里找得到就回答'),
  answer: z
    .union([Part, z.array(Part).min(1).max(5)])
    .transform((answer): Part[] => (Array.isArray(answer) ? answer : [answer]))
    .describe('答案：一段话，或最多 5 条的列表（文字、picture: 图片、file: 文件）。可以用变量，例如 {{name}}'),
  groups: z.array(z.string().trim().min(1)).default([]).describe('只在这些群回答：群名或标签；不写就是所有群'),
  onlyAsked: z.boolean().default(false).describe('true：只在 @ 机器人或私聊时回答，例如打招呼'),
  from: z.iso.date().optional().describe('从哪一天起有效，例如 2026-11-01'),
  until: z.iso.date().optional().describe('有效到哪一天（当天还算）'),
  cooldownMinutes: minutes.optional().describe('几分钟内同一个群不重复回答；不写就用上面统一的'),
  hours: Hours.optional().describe(
    '几点开着，例如 8:00-21:00；各天不同就写 {周一到周五: 8:00-21:00, 周六: 9:00-18:00}。有人问「现在还开着吗」时，先说现在开没开',
  ),
  tests: z.array(line).max(20).default([]).describe('自测：这样问必须由这一条回答；@ 开头表示 @ 机器人时问'),
})
/** As it stands in `entries`, checked and with its defaults. */
export type Entry = z.infer<typeof Entry>

/** Variables that every answer may use: who asked, and the group. */
export const givenVariables = ['name', 'group'] as const

export const Config = z.strictObject({
  entries: z.array(Entry).default([]).describe('答案库，一条一个问题'),
  tables: z
    .array(z.string().trim().min(1).meta({ file: 'csv' }))
    .max(20)
    .default([])
    .describe('更多条目放在这些表格里（CSV），例如 faq/library.csv；条目很多时比写在这里快'),
  eager: Eager.default('0.2 %').describe(
    '平时聊天里多主动：不是问答案库的话，最多有多大比例会被误答。写 0.2 % 这样的百分比，或者 谨慎（0.05 %）、适中（0.2 %）、积极（1 %）',
  ),
  synonyms: z
    .array(z.array(z.string().trim().min(1).max(20)).min(2).max(30))
    .max(300)
    .default([])
    .describe('自己的同义词，一行一组，例如 [车厘子, 大樱桃]；群友说其中一个，就当说了另外几个'),
  variables: z
    .record(z.string().regex(/^[\p{L}\p{N}_]{1,20}$/u), z.string().max(200))
    .default({})
    .describe('答案里的变量，写成 {{变量名}}；各群不同的，在 groups.yaml 里改'),
  about: z.string().trim().min(1).max(500).optional().describe('这个群是做什么的，给语言模型看'),
  cooldownMinutes: minutes.default(10).describe('同一个问题在同一个群几分钟内不重复回答'),
  staff: z.string().trim().min(1).max(20).default('群主').describe('转人工时怎么称呼负责的人'),
  handoversPerDay: z.int().min(0).max(50).default(5).describe('每人每天最多转几个问题到管理群，0 表示不转'),
  quick: z
    .record(z.string().regex(/^[^\s@]{1,20}$/u), z.string().trim().min(1).max(1000))
    .default({})
    .describe('快捷回复：名称 → 内容（可以用变量），管理群发 /r 编号 @名称'),
  embeddings: z
    .strictObject({
      model: z
        .string()
        .trim()
        .regex(/^\S{1,100}$/)
        .meta({ examples: ['text-embedding-v4', 'text-embedding-3-small'] })
        .describe(
          '向量模型的名称，由 .env 里同一个地址提供，例如 text-embedding-v4（通义千问）、text-embedding-3-small（OpenAI）',
        ),
      perMemberPerDay: z.int().min(0).max(10_000).default(50).describe('每人每天最多查几次'),
      perGroupPerDay: z.int().min(0).max(100_000).default(500).describe('每个群每天最多查几次'),
      perDay: z.int().min(0).max(1_000_000).default(3000).describe('每天一共最多查几次'),
      perMonth: z.int().min(0).max(10_000_000).default(50_000).describe('每个月一共最多查几次'),
    })
    .optional()
    .describe(
      '语义检索：字面找不到时，按意思找，能多答上不少换了说法的问题。要在 .env 里填 OPENAI_API_KEY；不写这一段就不用。同一句话只算一次钱，手机号、证件号不会发出去',
    ),
  model: z
    .strictObject({
      on: z.boolean().default(true).describe('答案库没有把握时请语言模型选一条；没有配 OPENAI_API_KEY 就不会问'),
      prose: z
        .boolean()
        .default(false)
        .describe('true：选不出来时，允许模型用自己的话回答；涉及价格、承诺、医药、政治、人和别家的一律不发'),
      perMemberPerDay: z.int().min(0).max(1000).default(5).describe('每人每天最多问几次'),
      perGroupPerDay: z.int().min(0).max(10_000).default(30).describe('每个群每天最多问几次'),
      perDay: z.int().min(0).max(100_000).default(200).describe('每天一共最多问几次'),
      perMonth: z.int().min(0).max(1_000_000).default(3000).describe('每个月一共最多问几次'),
    })
    .prefault({})
    .describe('语言模型：只在 @ 机器人、答案库又没有把握时才问，它只选条目，说的还是你写的答案'),
})
export type Config = z.infer<typeof Config>

/** What is wrong with an entry by itself; `field` is the key it is about. */
export interface EntryTrouble {
  field: keyof Entry
  message: Localised
}

/** @param variables names that the answers may use */
export function entryTroubles(entry: Entry, variables: readonly string[]): EntryTrouble[] {
  const troubles: EntryTrouble[] = []
  for (const pattern of entry.patterns) {
    const why = patternTrouble(() => readyRules({ patterns: [pattern] }))
    if (why === undefined) continue
    const message = { zh: `正则「${pattern}」写错了，${why.zh}。`, en: `the pattern “${pattern}” is wrong, ${why.en}.` }
    troubles.push({ field: 'patterns', message })
  }
  if (entry.from !== undefined && entry.until !== undefined && entry.from > entry.until) {
    const message = { zh: '结束日期比开始日期还早。', en: 'it ends before it begins.' }
    troubles.push({ field: 'until', message })
  }
  for (const part of entry.answer) {
    if (typeof part !== 'string') continue
    const message = templateTrouble(part, variables)
    if (message) troubles.push({ field: 'answer', message })
  }
  return troubles
}

/** A template that names what nobody gives a value would fail when somebody asks. */
export function templateTrouble(template: string, variables: readonly string[]): Localised | undefined {
  const list = variables.map((name) => `{{${name}}}`)
  let used: string[]
  try {
    used = [...namesIn(template)]
  } catch {
    return { zh: '答案里「{{」和「}}」没有配对。', en: 'a “{{” or “}}” of the answer has no counterpart.' }
  }
  const unknown = used.find((name) => !variables.includes(name))
  if (unknown === undefined) return undefined
  const near = nearest(unknown, variables)
  if (near !== undefined) {
    return {
      zh: `没有变量 {{${unknown}}}，是不是想写 {{${near}}}？`,
      en: `there is no variable {{${unknown}}}; did you mean {{${near}}}?`,
    }
  }
  return {
    zh: `没有变量 {{${unknown}}}，可以用：${list.join('、')}。也可以在 variables 里加一个。`,
    en: `there is no variable {{${unknown}}}; possible: ${list.join(', ')}, or add one under variables.`,
  }
}
