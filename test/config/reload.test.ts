// Taking up edits: what has changed is told in numbers, and what looks like lost content is held back and asked about.
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DataFolder } from '../../src/data-folder.ts'
import { loadConfig } from '../../src/config/load.ts'
import { HOLD, Reloader } from '../../src/config/reload.ts'
import { readSeen, writeSeen } from '../../src/config/seen.ts'
import type { Settings } from '../../src/core/feature/settings.ts'
import { render } from '../../src/core/lib/render.ts'
import { features } from '../../src/features/index.ts'
import { botTexts } from '../../src/locales/bot.ts'
import { withFolder } from './samples.ts'

const entries = (count: number) =>
  `entries:\n${Array.from({ length: count }, (_, i) => `  - { id: 第${i}, question: 第${i}栋在哪里, answer: 往里走 ${i} 步 }\n`).join('')}`
const posts = (count: number) =>
  `posts:\n${Array.from({ length: count }, (_, i) => `  - { id: 第${i}, at: '0 ${9 + i} * * *', content: 第${i} }\n`).join('')}`
const files = {
  'bot.yaml': 'botName: 小鲜\n',
  'groups.yaml': 'groups:\n  - name: 甲\n  - name: 乙\n',
  'faq.yaml': entries(8),
  'sop.yaml': posts(4),
}

/** A folder with a bot's settings in use, edited and looked at; time goes by in steps. */
function desk(folder: string) {
  const loaded = loadConfig(folder, features)
  if (!loaded.ok) throw new Error('refused')
  const told: string[] = []
  let settings: Settings = loaded.settings
  let waiting: { at: number; run: () => void } | undefined
  let now = 0
  const reloader = new Reloader(loaded.inventory, {
    load: () => loadConfig(folder, features),
    apply: (next) => (settings = next.settings),
    later(ms, run) {
      const timer = { at: now + ms, run }
      waiting = timer
      return () => {
        if (waiting === timer) waiting = undefined
      }
    },
    text: (key, vars) => render(botTexts.zh[key], vars),
    since: () => '18:02',
  })
  const tell = (text: string) => void told.push(text)
  return {
    reloader,
    told,
    count: () => (settings.feature('faq', null).config as { entries: unknown[] }).entries.length,
    save(name: string, text: string) {
      writeFileSync(join(folder, name), text)
      reloader.changed(tell)
    },
    changed: () => reloader.changed(tell),
    after(ms: number) {
      now += ms
      const due = waiting && waiting.at <= now ? waiting : undefined
      if (due) waiting = undefined
      due?.run()
    },
  }
}

const inFolder = (use: (folder: string, at: ReturnType<typeof desk>) => void) =>
  withFolder(files, (folder) => use(folder, desk(folder)))

it('tells an ordinary edit in numbers', () =>
  inFolder((_folder, at) => {
    at.save('faq.yaml', entries(7))
    at.save('sop.yaml', posts(3))
    at.save('bot.yaml', 'botName: 小鲜鲜\n')
    expect(at.told).toEqual(['配置已更新。\n答案库 8 → 7 条', '配置已更新。\n定时 4 → 3 条', '配置已更新。'])
    expect(at.count()).toBe(7)
  }))

it('tells every list that has become more or less, also those in tables', () =>
  withFolder(
    {
      ...files,
      'quiz.yaml': 'files: [题.csv]\n',
      '题.csv': '题干,正确答案\n一,1\n二,2\n三,3\n四,4\n',
      'coupons.yaml':
        'kinds:\n  甲: { value: 1 元, valid: { days: 7 }, codes: 码.csv }\n  乙: { value: 1 元, valid: { days: 7 } }\n',
      '码.csv': '序号,优惠券码\n1,A1\n2,A2\n3,A3\n',
      'shop.yaml': 'items:\n  - { coupon: 甲, points: 5 }\n  - { coupon: 乙, points: 5 }\n',
      'order.yaml': 'lists:\n  - { name: 词, words: [一一, 二二] }\n',
    },
    (folder) => {
      const at = desk(folder)
      writeFileSync(join(folder, '题.csv'), '题干,正确答案\n一,1\n二,2\n三,3\n')
      writeFileSync(join(folder, '码.csv'), '序号,优惠券码\n1,A1\n2,A2\n3,A3\n4,A4\n')
      writeFileSync(join(folder, 'shop.yaml'), 'items:\n  - { coupon: 甲, points: 5 }\n')
      writeFileSync(join(folder, 'order.yaml'), 'lists:\n  - { name: 词, words: [一一, 二二, 三三] }\n')
      at.changed()
      expect(at.told).toEqual(['配置已更新。\n自己的违规词 2 → 3 条，题目 4 → 3 条，券码 3 → 4 条，兑换 2 → 1 条'])
      writeFileSync(join(folder, '题.csv'), '题干,正确答案\n一,1\n')
      at.changed()
      expect(at.told).toHaveLength(1)
      at.after(HOLD)
      expect(at.told[1]).toContain('· 题目 3 → 1 条')
    },
  ))

it.each([
  ['empty', '', '· config/faq.yaml 空了\n· 答案库 8 → 0 条'],
  ['only comments', '# 答案库\n', '· config/faq.yaml 空了\n· 答案库 8 → 0 条'],
  ['less than half', entries(3), '· config/faq.yaml 少了一大半（24 → 9 项）\n· 答案库 8 → 3 条'],
  ['the half that is no list', 'staff: 小李\n', '· config/faq.yaml 少了一大半（24 → 1 项）\n· 答案库 8 → 0 条'],
])('holds back a file that is %s, asks, and goes on with the last good one', (_what, text, losses) =>
  inFolder((_folder, at) => {
    at.save('faq.yaml', text)
    at.after(HOLD - 1)
    expect(at.told).toEqual([])
    at.after(1)
    expect(at.told).toEqual([
      `⚠️ 配置里的内容少了很多，先没有换上，机器人继续用 18:02 的配置：\n${losses}\n不是有意的就把文件找回来；真要这样，在管理群发 /reload yes`,
    ])
    expect(at.count()).toBe(8)
    expect(at.reloader.reload('careful').ok).toBe(false)
    expect(at.count()).toBe(8)
    const { ok, text: said } = at.reloader.reload('anyway')
    expect([ok, said]).toEqual([true, expect.stringMatching(/^配置已更新。\n答案库 8 → /)])
    expect(at.count()).toBeLessThan(4)
  }),
)

it('says nothing of a file that was empty for a moment only', () =>
  inFolder((_folder, at) => {
    at.save('faq.yaml', '')
    at.after(1000)
    at.save('faq.yaml', entries(9))
    at.after(HOLD)
    expect(at.told).toEqual(['配置已更新。\n答案库 8 → 9 条'])
  }))

it('holds back a file that is gone, names what it may be called now, and the last group file too', () =>
  inFolder((folder, at) => {
    renameSync(join(folder, 'faq.yaml'), join(folder, 'faq.yaml.txt'))
    at.changed()
    at.after(HOLD)
    expect(at.told[0]).toContain('· config/faq.yaml 不见了，旁边有「faq.yaml.txt」，是不是改错了名字？')
    expect(at.count()).toBe(8)
    renameSync(join(folder, 'faq.yaml.txt'), join(folder, 'faq.yaml'))
    at.changed()
    expect(at.told[1]).toBe('配置已更新。')
    rmSync(join(folder, 'groups.yaml'))
    at.changed()
    expect(at.told).toHaveLength(2)
    at.after(HOLD)
    expect(at.told[2]).toContain('config/groups.yaml 第 1 行第 1 列：找不到这个文件')
  }))

it('tells a mistake at once', () =>
  inFolder((_folder, at) => {
    at.save('faq.yaml', `${entries(8)}colour: red\n`)
    expect(at.told).toEqual([expect.stringMatching(/colour.*\n本次修改没有生效，机器人继续用 18:02 的配置。$/)])
    expect(at.count()).toBe(8)
  }))

it('remembers what there was beyond a restart', () =>
  inFolder((folder, at) => {
    const loaded = loadConfig(folder, features)
    expect(readSeen(new DataFolder(folder))).toBeUndefined()
    writeSeen(new DataFolder(folder), loaded.inventory)
    expect(readSeen(new DataFolder(folder))).toEqual(loaded.inventory)
    writeFileSync(join(folder, 'config-seen.json'), '{')
    expect(readSeen(new DataFolder(folder))).toBeUndefined()
    expect(at.told).toEqual([])
  }))
