// Care of the library: what is refused, what is warned of, test questions, and tables of entries.
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { loadConfig } from '../../../src/config/load.ts'
import { faq } from '../../../src/features/faq/faq.ts'
import { Chat } from '../../support/chat.ts'

/** The problems, else the warnings, of a library. */
function told(config: Record<string, unknown>, files: Record<string, string | Buffer> = {}, language = 'zh'): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'quanzi-care-'))
  try {
    writeFileSync(join(folder, 'bot.yaml'), stringify({ botName: '圈子', language }))
    writeFileSync(join(folder, 'groups.yaml'), stringify({ groups: [{ name: '一群', tags: ['福利群'] }] }))
    writeFileSync(join(folder, 'faq.yaml'), stringify(config, { aliasDuplicateObjects: false }))
    mkdirSync(join(folder, 'faq'))
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    const loaded = loadConfig(folder, [faq])
    return (loaded.ok ? loaded.warnings : loaded.problems).map(({ line, text }) => `${line}: ${text}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
const entry = (more: Record<string, unknown> = {}) => ({ id: '营业', question: '几点开门', answer: '8 点', ...more })

describe('an entry', () => {
  it.each([
    ['an unknown variable', { answer: '{{电话}}' }, /没有变量 \{\{电话\}\}，可以用：\{\{name\}\}、\{\{group\}\}/],
    ['half a variable', { answer: '{{name' }, /没有配对/],
    ['a pattern that is none', { patterns: ['几点('] }, /正则「几点\(」写错了/],
    ['days the wrong way round', { from: '2026-12-01', until: '2026-11-01' }, /结束日期比开始日期还早/],
    ['a picture that is not there', { answer: { picture: 'no.jpg' } }, /找不到文件「no\.jpg」/],
    ['a file from elsewhere', { answer: { file: '../bot.yaml' } }, /不在配置文件夹里/],
    ['a group that is none', { groups: ['二群'] }, /没有群或标签叫「二群」，群名和标签写在/],
    ['an id with a space', { id: 'a b' }, /写法不对/],
  ])('is refused with %s', (_what, more, message) => {
    const problems = told({ entries: [entry(more)] })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(message)
  })

  it('is refused when its id is taken, at its own line', () => {
    expect(told({ entries: [entry(), entry({ question: '在哪' })] })).toEqual([
      '5: 编号「营业」已经有了（问题「几点开门」），请换一个。',
    ])
  })

  it('says it in English to who reads English', () => {
    expect(told({ entries: [entry({ tests: ['怎么退货'] })] }, {}, 'en')[0]).toContain(
      'Add “怎么退货” to “also” of “营业”',
    )
  })

  it('is refused when another takes its test question, and fine again with a wording more', () => {
    const other = { id: '关门', question: '周末几点关门', answer: '9 点' }
    const tested = entry({ tests: ['周末几点关门呀'] })
    expect(told({ entries: [tested, other] })[0]).toContain('现在由「关门」回答')
    expect(
      told({
        entries: [
          { ...tested, also: ['周末几点关门呀'] },
          { ...other, question: '周末关门时间' },
        ],
      }),
    ).toEqual([])
  })

  it('is warned of when nothing answers its test question, with what to write, and answers it then', () => {
    const tests = ['@能寄存行李吗']
    expect(told({ entries: [entry({ tests })] })).toEqual([
      '6: 自测「@能寄存行李吗」现在没有答案，还不够像。在「营业」的 also 里加上「能寄存行李吗」就会答。',
    ])
    expect(told({ entries: [entry({ also: ['能寄存行李吗'], tests })] })).toEqual([])
  })

  it('is tried where and when it is meant', () => {
    const tests = { tests: ['几点开门'] }
    const entries = [
      entry(tests),
      entry({ ...tests, id: '一', groups: ['福利群'] }),
      entry({ ...tests, id: '二', from: '2026-10-01' }),
    ]
    expect(told({ entries })).toEqual([])
  })
})

it('refuses patterns that would make every message slow, and says which is worst', () => {
  const cheap = Array.from({ length: 50 }, (_, i) =>
    entry({ id: `e${i}`, question: `问题${i}`, patterns: [`第${i}个.*问题`] }),
  )
  expect(told({ entries: cheap })).toEqual([])
  const costly = entry({ patterns: ['x', 'y', 'z'].map((end) => `(a|b|c.){1,400}${end}`) })
  expect(told({ entries: [...cheap, costly] })[0]).toMatch(/^\d+: 正则一共太多或太复杂/)
})

describe('two entries', () => {
  it('are called a double when they ask and answer the same', () => {
    expect(told({ entries: [entry(), entry({ id: 'b', question: '请问几点开门？' })] })[0]).toContain('可以合并成一条')
  })

  it('are called a contradiction when the answers differ', () => {
    expect(told({ entries: [entry(), entry({ id: 'b', answer: '9 点' })] })[0]).toContain('答案却不一样')
    const keywords = { keywords: ['地址'] }
    expect(
      told({ entries: [entry(keywords), { id: 'b', question: '店在哪', answer: '南门', ...keywords }] }),
    ).toHaveLength(1)
  })

  it('are told once when they are only much alike', () => {
    const [question, other] = ['小区南门自提点晚上几点关门', '小区南门的自提点晚上几点关门']
    expect(told({ entries: [entry({ question }), entry({ id: 'b', question: other, answer: '9 点' })] })).toEqual([
      expect.stringContaining(`「${question}」和「b」问的很像，答案却不一样`),
    ])
  })

  it('are fine when one is an exception for a group or some days, or they never meet', () => {
    const ours = entry({ id: 'b', answer: '9 点', groups: ['一群'] })
    const later = entry({ id: 'c', answer: '10 点', from: '2026-12-01', until: '2026-12-31' })
    const latest = entry({ id: 'd', answer: '11 点', from: '2027-01-01' })
    expect(told({ entries: [entry(), ours, later, latest] })).toEqual([])
  })
})

describe('a table', () => {
  const csv = '编号,问题,别的问法,答案,群,开始,只在@时\n停车,能停车吗,有车位吗；停哪儿,门口停半小时,,2026/1/5,\n'

  it('adds its entries, also one that a spreadsheet saved as GBK', () => {
    const gbk = Buffer.from([
      0xce, 0xca, 0xcc, 0xe2, 0x2c, 0xb4, 0xf0, 0xb0, 0xb8, 0x0a, 0xc4, 0xe3, 0x2c, 0xba, 0xc3, 0x0a,
    ])
    expect(told({ tables: ['faq/a.csv', 'faq/b.csv'] }, { 'faq/a.csv': csv, 'faq/b.csv': gbk })).toEqual([])
    const g = new Chat({ features: [faq], config: { faq: { tables: ['faq/a.csv'] } }, files: { 'faq/a.csv': csv } })
    expect(g.says('小明', '停哪儿')).toEqual(['门口停半小时'])
  })

  it('tells the row of what is wrong, as a spreadsheet counts rows', () => {
    const wrong =
      '问题,答案,开始,群,别的问法\n"几点\n开门",8 点,,,\n,没问题,,,\n开到几点,,,,\n\n休息吗,不,明天,,\n在吗,在,,二群,\n送吗,图片: a.jpg,,,\n'
    expect(told({ tables: ['faq/a.csv'] }, { 'faq/a.csv': wrong })).toEqual([
      '2: faq/a.csv 第 3 行：「问题」不能空着。',
      '2: faq/a.csv 第 4 行：「答案」不能空着。',
      '2: faq/a.csv 第 6 行：「开始」要写日期，例如 2026-11-30：明天',
      '2: faq/a.csv 第 7 行：没有群或标签叫「二群」，群名和标签写在 groups.yaml 里。',
      '2: faq/a.csv 第 8 行：找不到文件「a.jpg」。请放进配置文件夹，再检查文件名和后缀。',
    ])
  })

  it.each([
    ['是', true],
    ['√', true],
    ['否', false],
    ['', false],
  ])('takes %j for whether it must be asked', (cell, onlyAsked) => {
    const table = { 'faq/a.csv': `问题,答案,只在@时\n停车,能,${cell}\n` }
    const g = new Chat({ features: [faq], config: { faq: { tables: ['faq/a.csv'] } }, files: table })
    expect(g.says('小明', '停车')).toHaveLength(onlyAsked ? 0 : 1)
  })

  it('does not guess what else may stand there', () => {
    expect(told({ tables: ['faq/a.csv'] }, { 'faq/a.csv': '问题,答案,只在@时\n停车,能,随便\n' })).toEqual([
      '2: faq/a.csv 第 2 行：「只在@时」要写「是」或「否」：随便',
    ])
  })

  it('needs titles', () => {
    expect(told({ tables: ['faq/a.csv'] }, { 'faq/a.csv': '几点开门,8 点\n' })[0]).toContain('缺少「问题」「答案」')
  })
})
