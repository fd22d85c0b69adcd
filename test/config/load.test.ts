// The config folder: what settings come of it, and what is told about what is wrong in it.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { feature } from '../../src/core/feature/feature.ts'
import type { CouponKind } from '../../src/core/money/coupons.ts'
import { Prize } from '../../src/core/money/prize.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { Settings } from '../../src/core/feature/settings.ts'
import { checkin, faq, features, rightFiles, seen, withFolder } from './samples.ts'

type Files = Record<string, string | Uint8Array>

function settingsOf(files: Files, what = features): Settings {
  return withFolder({ ...rightFiles, ...files }, (folder) => {
    const loaded = loadConfig(folder, what)
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 1))
    return loaded.settings
  })
}

function problemsOf(files: Files, what = features): string[] {
  return withFolder({ ...rightFiles, ...files }, (folder) => told(folder, what))
}

function told(folder: string, what = features): string[] {
  const loaded = loadConfig(folder, what)
  const problems = loaded.ok ? loaded.warnings : loaded.problems
  return problems.map(({ file, line, column, text }) => `${file.replace('config/', '')}:${line}:${column} ${text}`)
}

beforeEach(() => {
  seen.prepared = 0
  seen.checked = 0
})

describe('settings', () => {
  it('are read from all files, with defaults for what is not written', () => {
    const settings = settingsOf({})
    expect(settings).toMatchObject({ language: 'zh', timezone: 'Asia/Shanghai', botName: '小鲜' })
    expect(settings.sending).toEqual({
      gap: 1500,
      jitter: 1500,
      perMinute: 15,
      perHour: 200,
      perDay: 600,
      perGroupPerMinute: 8,
      quiet: { from: '22:30', until: '07:30' },
    })
    expect(settings.groups).toEqual([
      { name: '鲜邻 1群', tags: ['福利群'], timezone: 'Asia/Shanghai' },
      { name: '鲜邻 2群', tags: ['福利群'], timezone: 'Asia/Urumqi' },
      { name: '0571', tags: [], timezone: 'Asia/Shanghai' },
    ])
    expect(settings.feature('checkin', null)).toEqual({
      enabled: true,
      config: { points: 5, streakBonus: { 7: 20, 30: 100 }, from: '06:00', secret: '0123' },
      prepared: undefined,
      words: { checkin: ['签到', '打卡'], mine: ['我的签到'] },
      usualWords: { checkin: ['签到'] },
      texts: { done: '好的，+{{points}} 分，{{streak}} 天', again: '今天已经签过啦' },
    })
  })

  it('have no quiet hours when the operator wants none', () => {
    expect(settingsOf({ 'bot.yaml': 'botName: 小鲜\nsending:\n  quiet: false\n' }).sending.quiet).toBeNull()
  })

  it('of a feature without a file are its defaults', () => {
    const { 'faq.yaml': _left, ...files } = rightFiles
    const settings = withFolder(files, (folder) => loadConfig(folder, features))
    expect(settings.ok && settings.settings.feature('faq', null)).toMatchObject({
      enabled: true,
      config: { cooldown: 60, mode: 'near', entries: [] },
    })
  })

  it('of a group lie over those of its tags, and those over the feature’s own', () => {
    const groups = `groups:
  - name: a
    tags: [x, y]
    features: { checkin: { points: 9, streakBonus: { 7: 1 }, texts: { again: 好 } } }
  - name: b
tags:
  x: { features: { checkin: { points: 7, secret: x }, faq: false } }
  y: { features: { checkin: { points: 8 }, faq: true } }
`
    const settings = settingsOf({ 'groups.yaml': groups })
    expect(settings.feature('checkin', 'a').config).toEqual({
      points: 9,
      streakBonus: { 7: 1, 30: 100 },
      from: '06:00',
      secret: 'x',
    })
    expect(settings.feature('checkin', 'a').texts).toEqual({ done: '好的，+{{points}} 分，{{streak}} 天', again: '好' })
    expect(settings.feature('faq', 'a').enabled).toBe(true)
    expect(settings.feature('checkin', 'b').config).toMatchObject({ points: 5, secret: '0123' })
  })

  it('are prepared and checked once, however many groups share them', () => {
    const groups = Array.from(
      { length: 100 },
      (_, i) => `  - name: 群${i}\n    tags: [福利群]\n    features: {checkin: {points: ${i + 1}}}\n`,
    ).join('')
    const tags = 'tags:\n  福利群:\n    features:\n      faq: {cooldown: 120, texts: {none: 没有}}\n'
    const settings = settingsOf({ 'groups.yaml': `groups:\n${groups}${tags}` })
    expect(seen).toEqual({ prepared: 2, checked: 2 })
    expect(settings.feature('faq', '群1')).toBe(settings.feature('faq', '群99'))
    expect(settings.feature('faq', null).prepared).not.toBe(settings.feature('faq', '群1').prepared)
  })

  it('are checked anew where a check looks at the rules, and these differ', () => {
    const rules: string[][] = []
    const greeting = feature({
      name: 'greeting',
      summary: { zh: '欢迎', en: 'Greeting' },
      config: z.strictObject({}),
      texts: { zh: {}, en: {} },
      check(_config, about) {
        rules.push(about.rules)
        return []
      },
    })
    settingsOf({}, [checkin, faq, greeting])
    expect(rules).toEqual([['🏆 奖：签到 +5'], ['🏆 奖：签到 +8']])
  })

  it('cannot be changed', () => {
    const settings = settingsOf({})
    const { config, words } = settings.feature('faq', null)
    expect(() => Object.assign(settings.groups[0] ?? {}, { name: 'x' })).toThrow(TypeError)
    expect(() => Object.assign((config as { entries: object[] }).entries[0] ?? {}, { ask: 'x' })).toThrow(TypeError)
    expect(() => Object.assign(words, { help: [] })).toThrow(TypeError)
  })

  it('are not made up for a feature or group that is not there', () => {
    const settings = settingsOf({})
    expect(() => settings.feature('nothing', null)).toThrow('no settings of nothing')
    expect(() => settings.feature('faq', '别的群')).toThrow('别的群')
  })

  it('have texts in the bot’s language', () => {
    const settings = settingsOf({ 'bot.yaml': 'language: en\nbotName: Fresh\n' })
    expect(settings.feature('faq', null).texts).toEqual({ none: 'Nothing found' })
  })
})

describe('problems', () => {
  it('of all files are told at once, each with its place and what would be right', () => {
    const problems = problemsOf({
      'bot.yaml':
        'langage: zh\ntimezone: Asia/Beijing\nbotName: 小鲜\nsending:\n  quiet: {from: 25:00, until: "07:00"}\n',
      'groups.yaml':
        'groups:\n  - name: a\n    features:\n      chekin: false\n      faq:\n        cooldown: -1\n  - name: A\n',
      'checkin.yaml': 'enabled: 也许\nsecret: 0123\n',
    })
    expect(problems).toEqual([
      'bot.yaml:1:1 「langage」不认识，是不是想写「language」？',
      'bot.yaml:2:11 时区「Asia/Beijing」不认识。中国写 Asia/Shanghai。',
      'bot.yaml:5:17 「from」的写法不对：「25:00」。例如「22:30」。',
      'groups.yaml:4:7 「chekin」不认识，是不是想写「checkin」？',
      'checkin.yaml:1:10 「enabled」应该是 true（是）或 false（否），现在是文字「也许」。',
      "checkin.yaml:2:9 0123 会被当成数字 123。编码请加引号：'0123'；数字请写 123。",
    ])
  })

  it('of what a group changes are told in groups.yaml', () => {
    const groups =
      'groups:\n  - name: a\n    features:\n      faq:\n        mode: exat\n        colour: red\n      checkin: 3\n'
    expect(problemsOf({ 'groups.yaml': groups })).toEqual([
      'groups.yaml:7:16 「checkin」应该是 true（是）或 false（否）或一组「名称: 值」，现在是数字 3。',
    ])
    expect(problemsOf({ 'groups.yaml': groups.replace('checkin: 3', 'checkin: true') })).toEqual(
      [
        'groups.yaml:5:15 「mode」应该是 exact、keyword 或 near，现在是文字「exat」。是不是想写「exact」？',
        'groups.yaml:6:9 「colour」不认识，是不是想写「cooldown」？',
      ].map((line) => (line.includes('colour') ? expect.stringContaining('groups.yaml:6:9 「colour」不认识') : line)),
    )
  })

  it('are told in English to those who read English, also when the file is broken elsewhere', () => {
    expect(problemsOf({ 'bot.yaml': 'language: en\nbotName：x\n' })).toEqual([
      'bot.yaml:2:8 a full-width colon "：". Write a plain colon and a space: botName: x',
    ])
  })

  it('name the files that are missing, and how to get them back', () => {
    const problems = withFolder({}, (folder) => told(folder))
    expect(problems).toEqual([
      expect.stringMatching(/^bot.yaml:1:1 .*npm run quanzi -- init.*missing.*npm run quanzi -- init/),
      expect.stringMatching(/^groups.yaml:1:1 .*npm run quanzi -- init/),
    ])
  })

  it.each([
    [
      'GBK',
      Buffer.from([0x23, 0x20, 0xc4, 0xe3, 0xba, 0xc3, 0x0a]),
      'checkin.yaml:1:3 文件不是 UTF-8 编码（多半是 GBK）',
    ],
    ['UTF-16', Buffer.from('\ufeffpoints: 5', 'utf16le'), 'checkin.yaml:1:1 文件不是 UTF-8 编码（多半是 UTF-16）'],
    ['control characters', 'points: 5 # \u0000', 'checkin.yaml:1:13 这里有看不见的控制字符'],
    ['tabs', 'streakBonus:\n\t7: 20\n', 'checkin.yaml:2:1 行首用了 Tab 键'],
    ['a key twice', 'points: 5\npoints: 6\n', 'checkin.yaml:2:1 「points」在同一层写了两次'],
    ['an alias bomb', `a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n`, 'checkin.yaml:2:8 这里用了引用'],
    ['brackets without end', `points: ${'['.repeat(5000)}`, 'checkin.yaml:1:1 层次嵌套得太深'],
    ['an unclosed quote', `secret: 'abc\npoints: 5\nfrom: "06:00"\n`, 'checkin.yaml:1:9 有一个引号没有配对'],
  ])('%s', (_name, content, text) => {
    expect(problemsOf({ 'checkin.yaml': content })[0]).toContain(text)
  })

  it('a folder in place of a file', () => {
    const { 'faq.yaml': _left, ...files } = rightFiles
    const problems = withFolder(files, (folder) => {
      mkdirSync(join(folder, 'faq.yaml'))
      return told(folder)
    })
    expect(problems).toEqual(['faq.yaml:1:1 这里应该是一个文件，不是文件夹。'])
  })

  it('groups of the same name', () => {
    expect(problemsOf({ 'groups.yaml': 'groups:\n  - name: 鲜邻\n  - name: 鲜鄰\n' })).toEqual([
      'groups.yaml:3:11 群「鲜鄰」和第 2 行的群同名。两个群不能同名，请先在微信里给一个群改名。',
    ])
  })

  it('of a feature’s own check are told where it points', () => {
    const entries = 'entries:\n  - {ask: a, answer: x}\n  - {ask: a, answer: y}\n'
    expect(problemsOf({ 'faq.yaml': entries })).toEqual(['faq.yaml:3:11 「a」写了两次'])
  })
})

describe('words', () => {
  it('claimed by two features are told at the one that is written, naming the other', () => {
    expect(problemsOf({ 'faq.yaml': 'words:\n  help:\n    - 问答\n    - 打卡\n' })).toEqual([
      expect.stringMatching(
        /^faq.yaml:4:7 「打卡」已经是 checkin（每日签到）的口令，写在 config\/checkin.yaml 第 10 行第 17 列。/,
      ),
    ])
    expect(problemsOf({ 'checkin.yaml': 'words:\n  checkin: [問答]\n' })).toEqual([
      expect.stringMatching(/^checkin.yaml:2:13 「.*」已经是 faq（常见问题）的口令，是它自带的。/),
    ])
  })

  it('that settings name are told when they are taken, by whatever feature, alone or with more behind them', () => {
    const raffle = feature({
      name: 'raffle',
      summary: { zh: '抽奖', en: 'A raffle' },
      config: z.strictObject({
        draws: z.record(z.string(), z.strictObject({ word: z.string().optional().meta({ word: true }) })).default({}),
      }),
      words: { enter: ['抽奖'] },
      texts: { zh: {}, en: {} },
      onWord: { enter: () => undefined },
    })
    const problems = (word: string) =>
      problemsOf({ 'raffle.yaml': `draws:\n  周末:\n    word: ${word}\n` }, [...features, raffle])
    expect(problems('车厘子')).toEqual([])
    expect(problems('打卡！')).toEqual([
      expect.stringMatching(
        /^raffle.yaml:3:11 「打卡！」已经是 checkin（每日签到）的口令，写在 config\/checkin.yaml 第 10 行/,
      ),
    ])
    expect(problems('我的签到 3')).toEqual([expect.stringMatching(/^raffle.yaml:3:11 .*是它自带的/)])
    expect(problems('抽獎')).toEqual([expect.stringMatching(/^raffle.yaml:3:11 「抽獎」已经是 raffle（抽奖）的口令/)])
  })

  it('may be the same where only one of the features is on', () => {
    const groups = `groups:
  - name: a
    features: { faq: { enabled: true }, checkin: false }
  - name: b
`
    const files = { 'groups.yaml': groups, 'faq.yaml': 'enabled: false\nwords:\n  help: [签到]\n' }
    expect(settingsOf(files).feature('faq', 'a').words).toEqual({ help: ['签到'] })
  })

  it.each(['', '   ', '/ban', '一二三四五六七八九十一二三四五六七八九十一'])('refuses %j', (word) => {
    expect(problemsOf({ 'faq.yaml': `words:\n  help: ['${word}']\n` })).toEqual([
      expect.stringMatching(/^faq.yaml:2:10 「.*」不能当口令/),
    ])
  })
})

describe('reworded texts', () => {
  it.each([
    ['+{{point}} 分', '这句话里没有变量 {{point}}，是不是想写 {{points}}？'],
    ['{{name}} 好', '这句话里没有变量 {{name}}，可以用：{{points}}、{{streak}}。'],
    ['+{{points} 分', '没有配对'],
    ['+{points} 分', '变量要写成两个半角大括号'],
    ['+｛｛points｝｝ 分', '变量要写成两个半角大括号'],
    ['{{>points}} {{constructor}}', '没有变量 {{constructor}}'],
  ])('%s is refused', (text, problem) => {
    expect(problemsOf({ 'checkin.yaml': `texts:\n  done: '${text}'\n` }).join('\n')).toContain(problem)
  })
})

describe('files that a config names', () => {
  const named = (path: string) => ({ 'faq.yaml': `entries:\n  - ask: a\n    answer:\n      file: '${path}'\n` })

  it.each([
    '../secret.txt',
    '/etc/passwd',
    'C:/a.txt',
    'files/../../secret.txt',
    'files/none.txt',
    'files',
    'files\\menu.txt',
  ])('refuses %s', (path) => {
    expect(problemsOf(named(path))).toEqual([expect.stringMatching(/^faq.yaml:4:13 /)])
  })

  it('offers the file that was probably meant', () => {
    expect(problemsOf(named('files/menu.text'))).toEqual([expect.stringContaining('那里有「menu.txt」，是不是它？')])
  })

  it('refuses a link that leads out of the folder', () => {
    const problems = withFolder({ ...rightFiles, ...named('files/link.txt') }, (folder) => {
      writeFileSync(join(folder, '../secret.txt'), 'secret')
      symlinkSync(join(folder, '../secret.txt'), join(folder, 'files/link.txt'))
      return told(folder)
    })
    expect(problems).toEqual([expect.stringContaining('不在配置文件夹里')])
  })
})

describe('coupons that settings name', () => {
  const kind = (name: string): CouponKind => {
    return { name, value: '10 元', terms: null, valid: { days: 7 }, perMember: null, stock: null, codes: null }
  }
  const coupons = feature({
    name: 'coupons',
    summary: { zh: '优惠券', en: 'Coupons' },
    config: z.strictObject({ kinds: z.record(z.string(), z.string()).default({}) }),
    prepare: ({ kinds }) => Object.keys(kinds),
    coupons: (names) => new Map(names.map((name) => [name, kind(name)])),
    texts: { zh: {}, en: {} },
  })
  const draw = feature({
    name: 'draw',
    summary: { zh: '抽奖', en: 'Draw' },
    config: z.strictObject({ prizes: Prize.array().default([]) }),
    texts: { zh: {}, en: {} },
  })
  const all = [...features, coupons, draw]
  const files = {
    'coupons.yaml': 'kinds:\n  十元券: 10 元\n',
    'draw.yaml': 'prizes:\n  - {coupon: 十元卷}\n  - {points: 5}\n',
  }

  it('must be kinds that there are', () => {
    expect(problemsOf(files, all)).toEqual([
      'draw.yaml:2:14 coupons.yaml 里没有「十元卷」这种券，是不是想写「十元券」？',
    ])
  })

  it('must be on where they are given', () => {
    const right = { ...files, 'draw.yaml': files['draw.yaml'].replace('卷', '券') }
    expect(problemsOf(right, all)).toEqual([])
    const off = { ...right, 'groups.yaml': 'groups:\n  - name: a\n    features: {coupons: false}\n' }
    expect(problemsOf(off, all)).toEqual(['draw.yaml:2:14 这里要发券「十元券」，可是优惠券功能（coupons）在这里关着。'])
  })
})

describe('warnings', () => {
  it('tell of files that nothing reads and tags that no group has', () => {
    expect(problemsOf({ 'fqa.yaml': 'a: 1\n' })).toEqual([
      'fqa.yaml:1:1 机器人不读这个文件，只读 config/faq.yaml。要用它，就把内容放进 config/faq.yaml；不用就删掉。',
    ])
    expect(
      problemsOf({
        'groups.yaml': 'groups:\n  - {name: a, tags: [福利群]}\ntags:\n  福利裙: {features: {faq: false}}\n',
      }),
    ).toEqual(['groups.yaml:4:3 没有群带标签「福利裙」，是不是想写「福利群」？'])
  })
})

it('a feature must not use the keys that every feature’s file has', () => {
  const wrong = feature({
    name: 'wrong',
    summary: { zh: '错', en: 'wrong' },
    config: z.strictObject({ words: z.string().optional() }),
    texts: { zh: {}, en: {} },
  })
  expect(() => withFolder(rightFiles, (folder) => loadConfig(folder, [checkin, faq, wrong]))).toThrow('"words"')
})
