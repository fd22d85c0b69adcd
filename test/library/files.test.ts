// The answer library to a spreadsheet and back: round trips, previews, errors by row, and what is written where.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utils, write } from '@e965/xlsx'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { tablesOf } from '../../src/core/engine/engine.ts'
import { rowsFrom } from '../../src/features/faq/rows.ts'
import { features } from '../../src/features/index.ts'
import { carryOut, entriesIn, LibraryRefused, plan, readLibrary, readTable } from '../../src/library/files.ts'
import { learnedEntries } from '../../src/library/learned.ts'
import { planText, writeErrorText } from '../../src/library/report.ts'
import { writeSheet } from '../../src/library/sheet.ts'
import { openStore } from '../../src/store/open.ts'

let folder = ''
const at = (name: string) => join(folder, name)
const yaml = () => readFileSync(at('config/faq.yaml'), 'utf8')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quanzi-library-'))
  mkdirSync(at('config'))
  for (const name of ['bot.yaml', 'groups.yaml', 'faq.yaml']) cpSync(`config/${name}`, at(`config/${name}`))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function take(file: string, replace = false) {
  const library = await readLibrary(at('config'))
  const planned = plan(library, await readTable(at(file), 'zh'), { replace, onProgress: () => {} })
  if (planned.problems.length === 0) await carryOut(planned)
  return planned
}

describe.each(['xlsx', 'csv'])('a round trip over %s', (kind) => {
  it('changes nothing', async () => {
    const before = yaml()
    const entries = entriesIn(await readLibrary(at('config')))
    await writeSheet(at(`all.${kind}`), rowsFrom(entries, 'zh'))
    expect(await readTable(at(`all.${kind}`), 'zh')).toMatchObject(entries.map((entry) => ({ entry })))
    const { added, changed, removed, unchanged, problems } = await take(`all.${kind}`, true)
    expect({ added, changed, removed, unchanged, problems }).toEqual({
      added: [],
      changed: [],
      removed: [],
      unchanged: 40,
      problems: [],
    })
    expect(yaml()).toBe(before)
  })

  it('changes, adds and removes what the table does, where it stands', async () => {
    const rows = rowsFrom(entriesIn(await readLibrary(at('config'))), 'zh')
    const answers = rows[0]?.indexOf('答案') ?? -1
    const edited = rows
      .filter(([id]) => id !== '代取')
      .map(([...cells]) => cells.map((cell, i) => (cells[0] === '营业时间' && i === answers ? '早 7 点起' : cell)))
    edited.push(['停车', '门口能停车吗', '有车位吗', '停半小时\n---\n图片: map.png'])
    writeFileSync(at('config/map.png'), '')
    await writeSheet(at(`new.${kind}`), edited)
    const planned = await take(`new.${kind}`, true)
    expect(planText(planned).split('\n')).toEqual([
      '新增 1 条，修改 1 条，删除 1 条，不变 38 条。',
      '＋ 停车：门口能停车吗',
      '～ 营业时间：你们几点开门？（答案）',
      '－ 代取：可以请别人帮我取货吗？',
    ])
    expect(yaml()).toContain('    answer: 早 7 点起\n')
    expect(yaml()).toContain('# 一条这样写')
    expect(yaml()).toContain('# ---- 售后 ----')
    expect(yaml()).not.toContain('id: 代取')
    expect(yaml()).toContain('tables:\n  - faq/library.csv\n')
    expect(readFileSync(at('config/faq/library.csv'), 'utf8')).toContain(
      '停车,门口能停车吗,有车位吗,"停半小时\n---\n图片: map.png"',
    )
    expect(loadConfig(at('config'), features)).toMatchObject({ ok: true, warnings: [] })
    expect((await take(`new.${kind}`, true)).unchanged).toBe(40)
  })
})

it('is the same in an English table', async () => {
  const entries = entriesIn(await readLibrary(at('config')))
  const rows = rowsFrom(entries, 'en')
  expect(rows[0]?.slice(0, 4)).toEqual(['id', 'question', 'also', 'answer'])
  await writeSheet(at('english.csv'), rows)
  expect((await take('english.csv', true)).unchanged).toBe(40)
})

describe('an import', () => {
  it('keeps what the table lacks unless it is to be replaced', async () => {
    writeFileSync(at('some.csv'), '问题,答案\n门口能停车吗,停半小时\n')
    expect(await take('some.csv')).toMatchObject({ removed: [], added: [{ id: '门口能停车吗' }] })
    expect(entriesIn(await readLibrary(at('config')))).toHaveLength(41)
  })

  it('reads what a Chinese spreadsheet saves', async () => {
    const gbk = [0xce, 0xca, 0xcc, 0xe2, 0x2c, 0xb4, 0xf0, 0xb0, 0xb8, 0x0a, 0xc4, 0xe3, 0x2c, 0xba, 0xc3, 0x0a]
    writeFileSync(at('gbk.csv'), Buffer.from(gbk))
    expect(await readTable(at('gbk.csv'), 'zh')).toMatchObject([{ line: 2, entry: { question: '你', answer: ['好'] } }])
  })

  it('writes nothing when a row is wrong, and names every such row', async () => {
    writeFileSync(at('bad.csv'), '问题,答案,开始\n,没问题,\n停车吗,,明天\n')
    await expect(take('bad.csv')).rejects.toThrow(LibraryRefused)
    await expect(take('bad.csv')).rejects.toThrow(
      /^第 2 行：「问题」不能空着。\n第 3 行：「答案」不能空着。\n第 3 行：「开始」要写日期/,
    )
    writeFileSync(
      at('worse.csv'),
      '编号,问题,答案,自测\na,停车吗,{{车位}},\nb,能停吗,能,几点开门\nb,能停多久,半小时,\n',
    )
    const before = yaml()
    const { problems } = await take('worse.csv')
    expect(problems).toEqual([
      expect.stringMatching(/^第 2 行：没有变量/),
      expect.stringMatching(/^第 3 行：编号「b」已经有了/),
    ])
    expect(yaml()).toBe(before)
    expect(existsSync(at('config/faq'))).toBe(false)
  })

  it('refuses what would take a test question from another entry', async () => {
    writeFileSync(at('thief.csv'), '编号,问题,答案\n晚班,请问几点关门呀,不关门\n')
    expect((await take('thief.csv')).problems).toEqual([
      '现有的库里：自测「请问几点关门呀」应该由「营业时间」回答，现在由「晚班」回答。可以给「营业时间」加一个问法。',
    ])
  })

  it('warns of near doubles', async () => {
    writeFileSync(at('double.csv'), '编号,问题,答案\n袋子,我拿错了别人的袋子了怎么办呀,不管\n')
    expect((await take('double.csv')).warnings[0]).toContain('答案却不一样')
  })

  it('says in words what is wrong with a file', async () => {
    await expect(readTable(at('nowhere.xlsx'), 'zh')).rejects.toThrow(`找不到文件「${at('nowhere.xlsx')}」。`)
    await expect(readTable(at('nowhere.csv'), 'en')).rejects.toThrow('there is no file')
    mkdirSync(at('folder.csv'))
    await expect(readTable(at('folder.csv'), 'zh')).rejects.toThrow('应该是一个文件，不是文件夹')
    const failed = await writeSheet(at('nowhere/a.csv'), []).catch((error: unknown) => error)
    expect(writeErrorText(failed)).toBe('没能写入 / Could not be written: 没有这个文件夹 / there is no such folder')
    expect(writeErrorText(new Error('a bug'))).toBeUndefined()
  })

  it('reads days, numbers and ticks as a spreadsheet keeps them, below empty rows too', async () => {
    const sheet = utils.aoa_to_sheet([
      [],
      ['编号', '问题', '答案', '开始', '结束', '冷却分钟', '只在@时'],
      [],
      [7, '几点开门', 13800138000, null, null, 30, true],
    ])
    // 46327 days after 1899-12-30.
    sheet['D4'] = { t: 'n', v: 46327, z: 'm/d/yy' }
    sheet['E4'] = { t: 'n', v: 46328, z: 'm"月"d"日"' }
    const book = utils.book_new()
    utils.book_append_sheet(book, sheet)
    writeFileSync(at('days.xlsx'), write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
    expect(await readTable(at('days.xlsx'), 'zh')).toMatchObject([
      {
        line: 4,
        entry: {
          id: '7',
          answer: ['13800138000'],
          from: '2026-11-01',
          until: '2026-11-02',
          cooldownMinutes: 30,
          onlyAsked: true,
        },
      },
    ])
  })

  it('is not fooled by files that are no tables', async () => {
    writeFileSync(at('no.xlsx'), 'PK\u0003\u0004 nothing')
    await expect(readTable(at('no.xlsx'), 'zh')).rejects.toThrow(LibraryRefused)
    writeFileSync(at('no.csv'), Buffer.alloc(6_000_000))
    await expect(readTable(at('no.csv'), 'zh')).rejects.toThrow(/5 MB/)
  })
})

it('keeps what members wrote from running as a formula, and reads it back as it was', async () => {
  const entry = {
    ...entriesIn(await readLibrary(at('config')))[0],
    id: 'x',
    question: '=1+1',
    answer: ['+8 "点"'],
    tests: [],
  }
  await writeSheet(
    at('formula.csv'),
    rowsFrom(
      [
        {
          ...entry,
          also: ['@我'],
          keywords: [],
          groups: [],
          all: [],
          any: [],
          none: [],
          patterns: [],
          onlyAsked: false,
        },
      ],
      'zh',
    ),
  )
  expect(readFileSync(at('formula.csv'), 'utf8')).toContain(`x,'=1+1,'@我,"'+8 ""点"""`)
  expect(await readTable(at('formula.csv'), 'zh')).toMatchObject([
    { entry: { question: '=1+1', also: ['@我'], answer: ['+8 "点"'] } },
  ])
})

it('exports what /faq add kept, while a bot is using the data', async () => {
  const { store } = await openStore({ folder: at('data'), name: 'main', specs: tablesOf(features), now: Date.now })
  store.tables.table('faq.learned').set('12', { question: '能停车吗', answer: '半小时', at: 1 })
  store.tables.table('faq.learned').set('13', { question: '怎么走', answer: '左转'.repeat(600), at: 1 })
  const event = { type: 'noticed', at: 1, notice: { about: 'store', text: '' } } as const
  await store.commit({ at: 1, event, changes: store.tables.take() })
  expect(await learnedEntries(at('data'))).toMatchObject([
    { id: 'r12', question: '能停车吗', answer: ['半小时'] },
    { id: 'r13', answer: ['左转'.repeat(500), '左转'.repeat(100)] },
  ])
  await store.close()
  expect(await learnedEntries(at('nowhere'))).toEqual([])
})
