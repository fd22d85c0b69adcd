// Kinds of coupons as the operator writes them, and their codes out of CSV files.
import { z } from 'zod'
import { keyOf, type CouponKind, type PoolCode } from '../../core/money/coupons.ts'
import type { Localised } from '../../core/types/localised.ts'
import { CouponName } from '../../core/money/prize.ts'
import type { Problem, Row } from '../../core/feature/settings-check.ts'
import { columnsIn } from '../../core/lib/titles.ts'

const Kind = z.strictObject({
  value: z.string().trim().min(1).max(40).describe('值多少，写给群友看，例如「满 30 减 10」'),
  size: z.enum(['large', 'small']).default('small').describe('large 大券，small 小券'),
  terms: z.string().trim().min(1).max(100).optional().describe('使用说明，例如「不与其他优惠同用」'),
  valid: z
    .union([
      z.strictObject({ days: z.int().min(1).max(3650).describe('发放后几天内有效') }),
      z.strictObject({ until: z.iso.date().describe('有效到哪一天') }),
    ])
    .describe('有效期：days: 7 或者 until: 2026-12-31'),
  perMember: z.int().positive().optional().describe('每人一共最多得几张，不写就不限'),
  stock: z.int().positive().optional().describe('一共最多发几张，不写就不限'),
  codes: z
    .string()
    .min(1)
    .meta({ file: 'csv' })
    .optional()
    .describe('券码文件（CSV，一行一个）；不写就由机器人生成券码'),
})

export const Config = z.strictObject({
  kinds: z.record(z.string().min(1).max(30), Kind).default({}).describe('有哪些券，前面写券名'),
  welcome: z
    .strictObject({
      large: CouponName.optional().describe('新人礼里的大券'),
      small: CouponName.optional().describe('新人礼里的小券'),
    })
    .default({})
    .describe('新人进群送的券'),
  staffTags: z.array(z.string().min(1)).default(['员工群']).describe('带这些标签的群里，人人可以核销'),
  alarmAt: z.int().nonnegative().default(5).describe('一种券只剩几张时在管理群提醒'),
  remind: z
    .strictObject({
      daysBefore: z.int().min(0).max(30).default(2).describe('到期前几天提醒，0 表示不提醒'),
      at: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
        .meta({ examples: ['10:00'] })
        .default('10:00')
        .describe('几点提醒'),
    })
    .prefault({})
    .describe('快到期的提醒'),
  askAbove: z.int().nonnegative().default(20).describe('管理员一次发的券超过几张，要再确认一次'),
  transfer: z.boolean().default(false).describe('能不能转赠给群友'),
})
type Config = z.infer<typeof Config>

/** The kinds by name, and what is wrong with their codes. */
export interface Kinds {
  byName: ReadonlyMap<string, CouponKind>
  problems: readonly Problem[]
}

const titles = {
  code: ['券码', 'code', 'codes', '兑换码', '优惠码', '卡密', '优惠券码', '券号', '卡号', '激活码', '核销码', '序列号'],
}
const LONGEST_CODE = 40

export function readKinds({ kinds }: Config, rows: (file: string) => readonly Row[]): Kinds {
  const problems: Problem[] = []
  const seen = new Map<string, string>()
  const byName = new Map<string, CouponKind>()
  for (const [name, { value, terms = null, valid, perMember = null, stock = null, codes: file }] of Object.entries(
    kinds,
  )) {
    const found = file === undefined ? undefined : readCodes(file, rows(file), seen)
    for (const message of found?.troubles ?? []) problems.push({ path: ['kinds', name, 'codes'], message })
    byName.set(name, { name, value, terms, valid, perMember, stock, codes: found?.codes ?? null })
  }
  return { byName, problems }
}

function readCodes(file: string, rows: readonly Row[], seen: Map<string, string>) {
  const codes: PoolCode[] = []
  const troubles: Localised[] = []
  const titled = columnsIn(rows[0]?.cells ?? [], titles).get('code') ?? -1
  const column = Math.max(0, titled)
  for (const { line, cells } of titled >= 0 ? rows.slice(1) : rows) {
    const code = cells[column] ?? ''
    const key = keyOf(code)
    const place = `${file} ${line}`
    const trouble = codeTrouble(code, seen.get(key))
    if (trouble) {
      troubles.push({
        zh: `${file} 第 ${line} 行：${trouble.zh}`,
        en: `${file} line ${line}: ${trouble.en}`,
      })
    } else {
      seen.set(key, place)
      codes.push({ key, code })
    }
  }
  if (rows.length === 0) troubles.push({ zh: `${file} 里没有券码。`, en: `${file} has no codes.` })
  return { codes, troubles }
}

function codeTrouble(code: string, before: string | undefined): Localised | undefined {
  if (keyOf(code) === '') return { zh: '这一行没有券码。', en: 'there is no code in this row.' }
  if (before !== undefined)
    return { zh: `券码「${code}」和 ${before} 重复。`, en: `the code “${code}” is there already, in ${before}.` }
  if (/^\d(\.\d+)?E\+\d+$/i.test(code)) {
    return {
      zh: `「${code}」被表格软件变成了科学计数。请先把这一列设为文本，再填券码。`,
      en: `“${code}” was turned into a number by the spreadsheet. Set the column to text first.`,
    }
  }
  if ([...code].length > LONGEST_CODE || /\p{Cc}/u.test(code))
    return { zh: `券码太长，最多 ${LONGEST_CODE} 个字。`, en: `the code is longer than ${LONGEST_CODE} characters.` }
  return undefined
}

/** The welcome pack is one large and one small coupon. */
export function packProblems({ kinds, welcome }: Config): Problem[] {
  return (['large', 'small'] as const).flatMap((size): Problem[] => {
    const name = welcome[size]
    const kind = name === undefined ? undefined : kinds[name]
    if (!kind || kind.size === size) return []
    return [
      {
        path: ['welcome', size],
        message: {
          zh: `「${name}」在 kinds 里写的是${kind.size === 'large' ? '大券' : '小券'}，这里要一张${size === 'large' ? '大券' : '小券'}。`,
          en: `“${name}” is a ${kind.size} coupon in kinds; a ${size} one is wanted here.`,
        },
      },
    ]
  })
}
