// What an operator sets about order, and what it is turned into once: the filter made ready, and the rules on trial.
import { RE2JS } from 're2js'
import { z } from 'zod'
import type { Problem } from '../../core/feature/settings-check.ts'
import { patternTrouble } from '../../core/lib/pattern.ts'
import { shippedGroups } from './groups.ts'
import { prepare as prepareFilter, type KeywordGroup, type Watch } from '../../adfilter/signals.ts'
import { groupWeights } from '../../adfilter/weights.ts'
import { nicknameForm } from './nicknames.ts'

const name = z.string().trim().min(1).max(20)
const weight = z.number().min(0.5).max(8).default(3).describe('多可疑：1 有一点，3 很可疑，6 几乎一定是广告')
const phrase = z.string().trim().min(2).max(100)

const List = z.strictObject({
  name: name.describe('词表的名字，案件里会写出来'),
  words: z.array(phrase).min(1).describe('词；写法变一变（加空格、换谐音字形）也认得'),
  weight,
})
const Pattern = z.strictObject({
  name: name.describe('规则的名字，案件里会写出来'),
  pattern: z.string().min(1).max(300).describe('正则（RE2 写法），对照的是转成小写、半角、简体之后的文字'),
  weight,
})
const Step = z.strictObject({
  do: z.enum(['remind', 'warn', 'remove']).describe('remind 提醒，warn 警告，remove 请离'),
  points: z.int().min(0).max(100_000).default(0).describe('同时扣几分'),
})

/** What cannot be read, or hardly, and can be asked about when a newcomer sends it for the first time. */
export const contents = ['picture', 'code', 'video', 'record', 'card', 'miniProgram', 'link', 'file'] as const

/** What two people may have to agree on. */
export const acts = ['ok', 'kick', 'trust', 'pardon'] as const

export const Config = z.strictObject({
  lists: z.array(List).default([]).describe('自己的词表'),
  patterns: z.array(Pattern).default([]).describe('自己的正则规则'),
  domains: z
    .array(
      z
        .string()
        .regex(/^(\*\.)?([\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]+$/u)
        .meta({ examples: ['shop.example.com'] }),
    )
    .default([])
    .describe('放行的网址域名，下级域名一起放行'),
  own: z.array(phrase).default([]).describe('自己的联系方式和常用语，不算广告'),
  steps: z
    .array(Step)
    .min(1)
    .max(9)
    .default([
      { do: 'remind', points: 0 },
      { do: 'warn', points: 0 },
      { do: 'remove', points: 0 },
    ])
    .describe('第 1 次、第 2 次……怎么处理'),
  fadeDays: z.int().min(1).max(3650).default(30).describe('一次记录几天后消失'),
  newcomer: z
    .strictObject({
      days: z.int().min(0).max(365).default(3).describe('进群几天内算新人'),
      messages: z.int().min(0).max(100).default(5).describe('说满几句话之前也算新人'),
    })
    .prefault({})
    .describe('新人也从第一步开始，但从第二次起，一次当两次算'),
  askAbout: z
    .array(z.enum(contents))
    .default(['code', 'video', 'record', 'card', 'miniProgram'])
    .describe(
      '新人第一次发什么要问管理员（不处罚）：picture 图片，code 二维码，video 视频，record 聊天记录，card 名片（老群友第一次发也问），miniProgram 小程序，link 链接，file 文件',
    ),
  nickname: z
    .strictObject({
      form: z
        .string()
        .trim()
        .min(1)
        .max(100)
        .meta({ examples: ['楼栋-昵称'] })
        .describe('群昵称的格式，照样子写，例如 楼栋-昵称；也可以写正则（RE2）'),
      remind: z.string().trim().min(1).max(200).optional().describe('提醒的话；不写就用现成的'),
    })
    .optional()
    .describe('群昵称要按格式改：没改的人说话后提醒一次'),
  flood: z
    .strictObject({
      messages: z.int().min(3).max(45).default(15).describe('一分钟内几条算刷屏'),
      same: z.int().min(2).max(20).default(4).describe('五分钟内同样的话几遍算刷屏；发到几个群也算几遍'),
      joins: z
        .int()
        .min(3)
        .max(500)
        .default(12)
        .describe('一分钟内进来几人要报告管理员；之后半小时，一起进来的人发的广告先拦下，一次问完'),
    })
    .prefault({})
    .describe('刷屏；最多到警告，不会因此请离'),
  removalsPerHour: z.int().min(0).max(3).default(3).describe('没有人点头时，一小时最多自动请离几人；0 表示每次都问'),
  returning: z
    .enum(['ask', 'remove'])
    .default('ask')
    .describe('请离过的人回来：ask 告诉管理员，remove 再请出去（一小时的人数照样有限）'),
  settleDays: z.int().min(0).max(30).default(3).describe('自动处理的案件，几天没有人改就算定了；0 表示一直等'),
  reportsPerHour: z.int().min(1).max(20).default(3).describe('一个群友一小时最多举报几次'),
  twoPeople: z.array(z.enum(acts)).default([]).describe('这些命令要两位管理员都发一遍才算：ok、kick、trust、pardon'),
  dryRun: z
    .array(name)
    .default([])
    .describe('先试运行、只报告不处罚的规则：ads（广告）、flood（刷屏），或词表、规则的名字'),
})
export type Config = z.infer<typeof Config>

export interface Prepared {
  watch: Watch
  /** Signals that only rules on trial give, by name. */
  onTrial: ReadonlySet<string>
  /** Whether a nickname has the form that is asked for; undefined when none is. */
  hasForm: ((name: string) => boolean) | undefined
}

/** Patterns that are none are left out here; `check` tells the operator. */
export function prepare({ lists, patterns, domains, own, dryRun, nickname }: Config): Prepared {
  const keywords: KeywordGroup[] = [
    ...shippedGroups.map((group) => ({ ...group, weight: groupWeights[group.name] ?? 0 })),
    ...lists.map((list) => ({ ...list, zh: list.name, en: list.name })),
  ]
  const sound = patterns.filter(({ pattern }) => patternError(pattern) === undefined)
  return {
    watch: prepareFilter({ keywords, patterns: sound, domains, own }),
    onTrial: new Set(dryRun.flatMap((rule) => [`words:${rule}`, `pattern:${rule}`])),
    hasForm: nickname && nicknameError(nickname.form) === undefined ? nicknameForm(nickname.form) : undefined,
  }
}

export function check({ lists, patterns, steps, dryRun, nickname }: Config): Problem[] {
  const names = [...lists, ...patterns].map((rule) => rule.name)
  const known = ['ads', 'flood', ...names]
  const twice = names.find((one, i) => names.indexOf(one) < i || shippedGroups.some((group) => group.name === one))
  const wrongPatterns = patterns.flatMap(({ pattern }, i) => {
    const error = patternError(pattern)
    if (error === undefined) return []
    return {
      path: ['patterns', i, 'pattern'],
      message: { zh: `这个正则写错了，${error.zh}。`, en: `this pattern is wrong, ${error.en}.` },
    }
  })
  const unknown = dryRun.flatMap((rule, i) =>
    known.includes(rule)
      ? []
      : {
          path: ['dryRun', i],
          message: {
            zh: `没有叫「${rule}」的规则，可以写：${known.join('、')}`,
            en: `there is no rule “${rule}”; possible: ${known.join(', ')}`,
          },
        },
  )
  const wrongForm = nickname && nicknameError(nickname.form)
  const after = steps.findIndex((step, i) => step.do === 'remove' && i < steps.length - 1)
  return [
    ...wrongPatterns,
    ...unknown,
    ...(wrongForm === undefined
      ? []
      : [
          {
            path: ['nickname', 'form'],
            message: { zh: `这个格式写错了，${wrongForm.zh}。`, en: `this form is wrong, ${wrongForm.en}.` },
          },
        ]),
    ...(twice === undefined
      ? []
      : [
          {
            path: ['lists'],
            message: {
              zh: `名字「${twice}」用了两次，请换一个`,
              en: `the name “${twice}” is used twice; take another`,
            },
          },
        ]),
    ...(after < 0
      ? []
      : [
          {
            path: ['steps', after],
            message: { zh: '请离之后不会再有下一步，请把它放在最后', en: 'nothing follows a removal; put it last' },
          },
        ]),
  ]
}

const patternError = (pattern: string) => patternTrouble(() => RE2JS.compile(pattern))
const nicknameError = (form: string) => patternTrouble(() => nicknameForm(form))
