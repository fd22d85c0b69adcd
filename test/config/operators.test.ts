// Mistakes as operators make them in the shipped files, with a plain editor, a phone or a spreadsheet: each gets one message with its file, line
// and column, the cause and the cure, in both languages; what is clear is taken.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { features } from '../../src/features/index.ts'

const shipped = fileURLToPath(new URL('../../config', import.meta.url))

/** What is told when some words of a shipped file are replaced. */
function told(file: string, from: string, to: string, language = 'zh'): string[] {
  const root = mkdtempSync(join(tmpdir(), 'quanzi-operator-'))
  const folder = join(root, 'config')
  try {
    cpSync(shipped, folder, { recursive: true })
    // Getting the answer library and the calendar ready takes longer than all the rest.
    for (const slow of ['faq.yaml', 'sop.yaml']) if (file !== slow && file !== 'groups.yaml') rmSync(join(folder, slow))
    const edit = (name: string, change: (text: string) => string) =>
      writeFileSync(join(folder, name), change(readFileSync(join(folder, name), 'utf8')))
    if (language === 'en') edit('bot.yaml', (text) => text.replace('language: zh', 'language: en'))
    edit(file, (text) => {
      expect(text).toContain(from)
      return text.replace(from, () => to)
    })
    const loaded = loadConfig(folder, features, Date.parse('2026-11-21'))
    const problems = loaded.ok ? loaded.warnings : loaded.problems
    return problems.map(({ file: where, line, column, text }) => `${where}:${line}:${column} ${text}`)
  } finally {
    rmSync(root, { recursive: true })
  }
}

describe('one message with cause and cure', () => {
  it.each([
    ['bot.yaml', 'timezone: Asia/Shanghai', 'timezone: 北京时间', '时区「北京时间」不认识。中国写 Asia/Shanghai'],
    ['bot.yaml', 'botName: 鲜邻', 'botName:鲜邻', '冒号后面要有一个空格：botName: 鲜邻小助手'],
    ['bot.yaml', 'botName: 鲜邻', 'botname: 鲜邻', '「botname」不认识，是不是想写「botName」？'],
    ['bot.yaml', 'botName: 鲜邻', 'botName: @鲜邻', "要整个加上引号：'@鲜邻小助手'"],
    ['bot.yaml', 'perMinute: 20', 'perMinute: 200', '最多是 60，现在是 200'],
    ['bot.yaml', 'gapSeconds: 1.5', 'gapSeconds: 1，5', '小数点用英文句点：1.5'],
    ['bot.yaml', "from: '22:30'", "from: '24:30'", '「from」的写法不对：「24:30」。例如「22:30」'],
    ['bot.yaml', "    until: '07:30'", "   until: '07:30'", '这一行开头有 3 个空格'],
    ['bot.yaml', "quiet:\n    from: '22:30'\n    until: '07:30'", 'quiet: 22:30-07:30', '写成 { from: …, until: … }'],
    ['groups.yaml', '2群\n    tags:', '2群\n    tag:', '「tag」不认识，是不是想写「tags」？'],
    ['groups.yaml', '2群\n    tags: [福利群]', '2群\n    tags: 福利群、内部群', '请写成：[福利群, 内部群]'],
    ['groups.yaml', '  - name: 鲜邻 · 团购福利2群', '  name: 鲜邻 · 团购福利2群', '每项要以「- 」开头：- name:'],
    ['groups.yaml', '      points: false', '      point: false', '是不是想写「points」？'],
    ['groups.yaml', '        dailyCap: 60', '      dailyCap: 60', '多半属于上面的「points」：请在前面多缩进两格'],
    ['groups.yaml', '福利2群', '福利1群', '和第 15 行的群同名'],
    ['groups.yaml', '  内部群:\n', '  内部群：\n', '用了中文冒号「：」'],
    ['checkin.yaml', 'points: 5', 'points: 5.5', '应该是整数，现在是数字 5.5'],
    ['checkin.yaml', 'points: 5', 'points: -5', '最少是 0，现在是 -5'],
    ['checkin.yaml', '  7: 20', '  7天: 20', '名称「7天」的写法不对。例如「7」'],
    ['checkin.yaml', '  7: 20', '  - 7: 20', '如果不是列表，就删掉上一行的减号'],
    ['checkin.yaml', '  7: 20\n', '  7: 20\n  7: 30\n', '「7」在同一层写了两次'],
    ['checkin.yaml', 'points: 5\n', '\u200bpoints: 5\n', '名称「points」里有看不见的字符'],
    ['checkin.yaml', 'points: 5\n', 'points: 5\nenable: true\n', '是不是想写「enabled」？'],
    ['checkin.yaml', 'points: 5\n', 'points: 5\nwords: 签到\n', '写成 { checkin: …'],
    ['checkin.yaml', 'points: 5\n', 'points: 5\nwords: { checkin: [积分] }\n', '「积分」已经是 points'],
    ['points.yaml', 'uncapped: [draw]', 'uncapped: 【draw】', '请写成：[draw]'],
    ['coupons.yaml', 'valid: { days: 30 }', 'valid: 30天', '写成 { days: … } 或 { until: … }'],
    ['coupons.yaml', 'valid: { days: 30 }', 'valid: {days:30}', '「days:30」少了英文冒号和后面的空格，请写成 days: 30'],
    ['coupons.yaml', 'valid: { days: 30 }', 'valid: { until: 2026-02-30 }', '没有这一天'],
    ['coupons.yaml', 'value: 直接减 10 元', 'value: 10', "请加引号：'10'"],
    ['coupons.yaml', 'large: 满30减10', 'large: 满30减l0', '是不是想写「满30减10」？'],
    ['coupons.yaml', 'stock: 100', 'stock: 100\n    codes: codes\\10.csv', '路径里请用 /，不用 \\：codes/10.csv'],
    ['shop.yaml', '    points: 200', '    point: 200', '「point」不认识，是不是想写「points」？'],
    ['scratch.yaml', 'gives: { points: 50 }', 'gives: 50', '写成 { points: … } 或 { coupon: …'],
    ['scratch.yaml', 'gives: { points: 50 }', 'gives: { points：50 }', '请写成 points: 50'],
    ['scratch.yaml', 'chance: 100', 'chance: 1%', '「chance」应该是数字，现在是文字「1%」'],
    ['dice.yaml', 'prize: { points: 2 }', 'prize: { points 2 }', '请写成 points: 2'],
    ['draw.yaml', '      - { name: 车厘子一箱 }', '      - 车厘子一箱', '写成 { name: …'],
    ['draw.yaml', 'gives: { coupon: 10元券 } }', 'gives: { coupon: 10元券 }', '末尾要有 }'],
    ['welcome.yaml', 'greeting: 欢迎 {{names}}', 'greeting: 欢迎 {{name}}', '是不是想写 {{names}}？'],
    ['welcome.yaml', 'greeting: 欢迎 {{names}}', 'greeting: 欢迎 {names}', '变量要写成两个半角大括号：{{names}}'],
    ['welcome.yaml', '  rename: 🪪', '  rename：🪪', '请改成英文冒号加一个空格'],
    ['order.yaml', '  - do: remind', '  - remind', '写成 { do: …'],
    ['order.yaml', '[xianlin.example.com]', '[https://xianlin.example.com/shop]', '例如「shop.example.com」'],
    ['order.yaml', '拼团互砍, 帮我', '拼团互砍，帮我', '方括号里要用英文逗号隔开'],
    ['order.yaml', 'fadeDays: 30', 'fadeDays: 1个月', '这里的单位是天，只写数字'],
    ['order.yaml', 'twoPeople: []', 'twoPeople: [kick, 移出]', '应该是 ok、kick、trust 或 pardon'],
    ['sop.yaml', "at: '0 11 * * *'", "At: '0 11 * * *'", '「At」不认识，是不是想写「at」？'],
    ['sop.yaml', "at: '0 11 * * *'", 'at: 11:00:00', '要写五段'],
    ['sop.yaml', 'category: 菜单', 'category: 菜 单', '「category」的写法不对：「菜 单」。例如「问候」'],
    ['sop.yaml', 'owner: 小王', 'owner: ', '「owner」后面没有内容'],
    ['sop.yaml', '  - id: 晒单', '  id: 晒单', '每项要以「- 」开头：- id: 晒单'],
    ['sop.yaml', '  - id: 晒单', '  -id: 晒单', '减号后面要有一个空格：- id: 晒单'],
    ['sop.yaml', '      - do: /points', '      - do: points', '要以 / 开头：/points ranking'],
    ['sop.yaml', '      - do: /points', '      - /points', '写成 do: /points ranking'],
    ['faq.yaml', '\nentries:', '\nEntries:', '是不是想写「entries」？'],
    ['quiz.yaml', '  - quiz/食材.yaml', '  - 食材.yaml', '找不到文件「食材.yaml」'],
    ['quiz/节气与节日.csv', 'D,答案', 'D,答', '缺少「答案」，现在是：题目、A、B、C、D、答'],
    ['signup.yaml', 'native: true', 'native: ture', '应该是 true（是）或 false（否）'],
    ['packet.yaml', 'members: false', 'members: 10', '应该是 true（是）或 false（否），现在是数字 10'],
  ])('%s: %j → %j', (file, from, to, expected) => {
    const zh = told(file, from, to)
    expect(zh).toEqual([expect.stringContaining(expected)])
    const en = told(file, from, to, 'en')
    expect(en).toHaveLength(1)
    // The same place, and a sentence that is complete without Chinese of our own.
    const placeOf = (line = '') => line.split(' ')[0]
    expect(placeOf(en[0])).toBe(placeOf(zh[0]))
    expect(en[0]).not.toMatch(/应该是|请写|写成|不认识/)
  })
})

describe('what is clear is taken', () => {
  it.each([
    ['bot.yaml', 'language: zh', 'language: 中文'],
    ['bot.yaml', "quiet:\n    from: '22:30'\n    until: '07:30'", 'quiet: 不要'],
    ['groups.yaml', '      points: false', '      points: 不要'],
    ['checkin.yaml', 'points: 5', 'points: 五'],
    ['coupons.yaml', 'stock: 100', 'stock: 一百张'],
    ['coupons.yaml', 'size: small', 'size: 小'],
    ['dice.yaml', 'prize: { points: 2 }', 'prize: 没有'],
    ['dice.yaml', 'roundSeconds: 60', 'roundSeconds: 1分钟'],
    ['order.yaml', '  - do: remind', '  - do: 提醒'],
    ['order.yaml', 'fadeDays: 30', 'fadeDays: 2周'],
    ['quiz.yaml', 'winners: 1', 'winners: 所有'],
    ['sop.yaml', 'late: ask', 'late: 1小时'],
    ['sop.yaml', 'late: ask', 'late: 问我'],
    ['sop.yaml', 'priority: high', 'priority: 高'],
    ['sop.yaml', '福利群: { atLeast: 50 }', '福利群: { atLeast: 50% }'],
    ['signup.yaml', 'native: true', 'native: 开'],
  ])('%s: %j → %j', (file, from, to) => {
    expect(told(file, from, to)).toEqual([])
  })
})
