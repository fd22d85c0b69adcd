// A few small features and a folder of config files for the tests of the loader.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { feature } from '../../src/core/feature/feature.ts'

export const checkin = feature({
  name: 'checkin',
  summary: { zh: '每日签到', en: 'Daily check-in' },
  config: z.strictObject({
    points: z.int().positive().max(1000).default(5).describe('签到一次得几分'),
    streakBonus: z.record(z.string().regex(/^\d+$/), z.int()).default({ 7: 20 }).describe('连续第 N 天的额外积分'),
    from: z
      .string()
      .regex(/^\d\d:\d\d$/)
      .meta({ examples: ['06:00'] })
      .optional()
      .describe('几点开始'),
    secret: z.string().optional().describe('暗号'),
  }),
  words: { checkin: ['签到'], mine: { say: ['我的签到'], rest: true } },
  texts: {
    zh: { done: '签到成功，+{{points}} 分，连续 {{streak}} 天', again: '今天已经签过啦' },
    en: { done: 'Checked in, +{{points}} points, {{streak}} days in a row', again: 'Already checked in today' },
  },
  onWord: { checkin: () => undefined, mine: () => undefined },
  rules: (config) => ({ rewards: [`签到 +${config.points}`] }),
})

/** How often `prepare` and `check` of `faq` ran. */
export const seen = { prepared: 0, checked: 0 }

export const faq = feature({
  name: 'faq',
  summary: { zh: '常见问题', en: 'Questions and answers' },
  config: z.strictObject({
    cooldown: z.number().min(0).default(60).describe('几秒内不重复'),
    mode: z.enum(['exact', 'keyword', 'near']).default('near').describe('怎么匹配'),
    entries: z
      .array(
        z.strictObject({
          ask: z.string().min(1).describe('问题'),
          answer: z
            .union([
              z.string().min(1),
              z.strictObject({ file: z.string().min(1).meta({ file: true }).describe('文件') }),
            ])
            .describe('回答'),
        }),
      )
      .default([])
      .describe('问题和回答'),
  }),
  prepare(config) {
    seen.prepared += 1
    return new Set(config.entries.map(({ ask }) => ask))
  },
  check(config) {
    seen.checked += 1
    const asked = new Set<string>()
    return config.entries.flatMap(({ ask }, i) => {
      if (!asked.has(ask)) {
        asked.add(ask)
        return []
      }
      return [{ path: ['entries', i, 'ask'], message: { zh: `「${ask}」写了两次`, en: `"${ask}" is there twice` } }]
    })
  },
  words: { help: ['问答'] },
  texts: { zh: { none: '没找到' }, en: { none: 'Nothing found' } },
  onWord: { help: () => undefined },
})

export const features = [checkin, faq]

/** Files that are complete and right. */
export const rightFiles: Readonly<Record<string, string>> = {
  'bot.yaml': `# 机器人
language: zh
timezone: Asia/Shanghai
botName: 小鲜
sending:
  perMinute: 15
  quiet:
    from: '22:30'
    until: '07:30'
`,
  'groups.yaml': `# 群
groups:
  - name: 鲜邻 1群
    tags: [福利群]
    features:
      checkin:
        points: 8
  - name: 鲜邻 2群
    tags:
      - 福利群
    timezone: Asia/Urumqi
  - name: '0571'
    features:
      faq: false
tags:
  福利群:
    features:
      faq:
        cooldown: 120
`,
  'checkin.yaml': `# 签到
enabled: true
points: 5
streakBonus:
  7: 20
  30: 100
from: '06:00'
secret: '0123'
words:
  checkin: [签到, 打卡]
texts:
  done: '好的，+{{points}} 分，{{streak}} 天'
`,
  'faq.yaml': `# 问答
cooldown: 60
mode: keyword
entries:
  - ask: 几点开门
    answer: "早上 7 点：开门"
  - ask: 菜单
    answer:
      file: files/menu.txt
`,
  'files/menu.txt': '今日菜单',
}

/** Writes a config folder, hands it to `use`, and removes it. */
export function withFolder<T>(files: Readonly<Record<string, string | Uint8Array>>, use: (folder: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'quanzi-config-'))
  const folder = join(root, 'config')
  mkdirSync(folder)
  const clean = () => rmSync(root, { recursive: true, force: true })
  let result: T
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), content)
    }
    result = use(folder)
  } catch (error) {
    clean()
    throw error
  }
  if (result instanceof Promise) return result.finally(clean) as T
  clean()
  return result
}
