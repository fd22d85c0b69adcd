// A library of 10,000 entries: how long the config takes to load with it, and an answer to find in it, beside minisearch:
//   tsx scripts/bench/faq-library.ts [entries]
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import MiniSearch from 'minisearch'
import { loadConfig } from '../../src/config/load.ts'
import { prepareLibrary } from '../../src/features/faq/care.ts'
import { Config, type Entry } from '../../src/features/faq/entry.ts'
import { rank } from '../../src/features/faq/library.ts'
import { rowsFrom } from '../../src/features/faq/rows.ts'
import { features } from '../../src/features/index.ts'
import { writeSheet } from '../../src/library/sheet.ts'

const rounds = 3
const count = Number(process.argv[2] ?? 10_000)

/** Made up of parts, so that neighbours are as alike as in a shop's real list. */
const things =
  '苹果 香蕉 橙子 草莓 葡萄 西瓜 芒果 荔枝 樱桃 石榴 青菜 菠菜 萝卜 土豆 番茄 茄子 黄瓜 南瓜 冬瓜 莲藕 猪肉 牛肉 羊肉 鸡腿 排骨'.split(
    ' ',
  )
const places =
  '一号店 二号店 三号店 南门店 北门店 东门店 西门店 河边店 学校店 车站店 公园店 医院店 广场店 老街店 新城店 湖畔店 桥头店 市场店 小区店 总店'.split(
    ' ',
  )
const asks =
  '今天多少钱一斤 什么时候到货 新鲜吗 可以送货吗 怎么保存 坏了怎么赔 有没有优惠 能开发票吗 产地在哪里 能不能挑 怎么退 还有多少 可以预订吗 几点卖完 甜不甜 有礼盒吗 一箱几斤 能便宜点吗 放冰箱吗 谁负责'.split(
    ' ',
  )

function made(withTests: boolean): Entry[] {
  return Array.from({ length: count }, (_, i) => {
    const thing = things[i % things.length] ?? ''
    const place = places[Math.floor(i / things.length) % places.length] ?? ''
    const ask = asks[Math.floor(i / things.length / places.length) % asks.length] ?? ''
    const question = `${place}的${thing}${ask}`
    const none = { keywords: [], all: [], patterns: [], groups: [], onlyAsked: false }
    const rules = i % 10 === 0 ? { any: [`${place}${thing}${i}`], none: ['别回答'] } : { any: [], none: [] }
    const tests = withTests ? [question] : []
    return {
      id: `e${i}`,
      question,
      also: [`请问${thing}${ask}，${place}`],
      answer: [`答案 ${i}`],
      ...none,
      ...rules,
      tests,
    }
  })
}

const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
const show = (name: string, ms: number) =>
  console.log(`${name.padEnd(58)} ${ms.toFixed(ms < 10 ? 3 : 0).padStart(8)} ms`)

async function load(withTests: boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'quanzi-bench-'))
  try {
    cpSync('config', folder, { recursive: true })
    mkdirSync(join(folder, 'faq'))
    rmSync(join(folder, 'faq.yaml'))
    await writeSheet(join(folder, 'faq/library.csv'), rowsFrom(made(withTests), 'zh'))
    await writeSheet(join(folder, 'faq.yaml'), [['tables: [faq/library.csv]']])
    const times = []
    for (let round = 0; round < rounds; round++) {
      const start = performance.now()
      const loaded = loadConfig(folder, features)
      times.push(performance.now() - start)
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems.slice(0, 3)))
    }
    show(`config with ${count} entries${withTests ? `, ${count} test questions` : ''}`, median(times))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

await load(false)
await load(true)

const entries = made(false)
const { library } = prepareLibrary(Config.parse({ entries }), () => [])
const texts = [
  ...entries.filter((_, i) => i % 200 === 0).map(({ question }) => `你好，想问一下${question}呀`),
  ...things.map((thing) => `我昨天在老街店买的${thing}不错，大家可以试试`),
  ...['哈哈哈', '收到', '今天好冷', '有人拼单吗', '晚上吃什么呢各位'],
]
const where = { groups: new Set<string>(), today: '2026-11-21', addressed: false }
const mini = new MiniSearch({
  fields: ['question'],
  tokenize: (text) => [...text].flatMap((c, i, all) => [c, c + (all[i + 1] ?? '')]),
})
mini.addAll(entries)
for (const [name, search] of [
  ['answer found in it (quanzi)', (text: string) => rank(library, text, where)],
  ['answer found in it (minisearch, characters and bigrams)', (text: string) => mini.search(text)],
] as const) {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    for (const text of texts) {
      const start = performance.now()
      search(text)
      times.push(performance.now() - start)
    }
  }
  show(`${name}, median`, median(times))
  show(`${name}, p99`, times[Math.floor(times.length * 0.99)] ?? 0)
}
