// The answer library's ranking beside its peers, on labelled questions:
//   tsx scripts/bench/faq.ts [FILE.retrieval.json ...] [--chat FILE] [--from N]
// Every file is read as a library of its first 500 entries (or 500 from the Nth). Beside the share whose best entry is right stands
// the share still answered right at the score that 1 % of what should stay unanswered exceeds: the harmless half of the chat file,
// and the questions of the other files. The shipped weights were learned from the development files; scripts/train-faq.ts check
// has the figures for texts that were kept out.
import { readdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Entry, shareOf } from '../../src/features/faq/entry.ts'
import { buildLibrary, find } from '../../src/features/faq/library.ts'
import { calibrate } from '../../src/features/faq/levels.ts'
import { buildIndex, search } from '../../src/search/ranker.ts'
import { part, readChat, readLibrary, type Library } from './faq-data.ts'
import { measure, type Ranking } from './faq-measure.ts'
import { peers } from './faq-peers.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    chat: { type: 'string', default: '../shared/data/ads/chat_zh.dev.tsv' },
    from: { type: 'string', default: '0' },
  },
})
const folder = '../shared/data/faq'
const files =
  positionals.length > 0
    ? positionals
    : readdirSync(folder)
        .filter((name) => name.endsWith('.retrieval.dev.json'))
        .map((name) => `${folder}/${name}`)
const whole = files.map(readLibrary)
const said = readChat(values.chat)

const quanzi = (library: Library): Ranking => {
  const index = buildIndex(library.kb.map(({ q }, at) => ({ id: String(at), phrasings: [q] })))
  return (text) => {
    const [hit] = search(index, text, 1)
    return hit && { at: Number(hit.id), score: hit.score }
  }
}

for (const library of whole) {
  const kb = part(library, 500, Number(values.from))
  const foreign = whole
    .filter((other) => other !== library)
    .flatMap((other) => other.queries.slice(-600).map(({ q }) => q))
  console.log(
    `\n${library.name}: ${kb.kb.length} entries, ${kb.queries.length} questions, ${said.length} lines of chat`,
  )
  const medians = new Map<string, number>()
  for (const [name, make] of Object.entries({ quanzi, ...peers })) {
    const rank = make(kb)
    const figures = measure(kb, sample(name, said), rank)
    const others = measure(kb, sample(name, foreign), rank)
    const micros = microsPerText(
      rank,
      kb.queries.slice(0, 200).map(({ q }) => q),
    )
    medians.set(name, micros)
    console.log(
      `${name.padEnd(20)} top-1 ${percent(figures.top)}   right at 1 % of chat ${percent(figures.atOnePercent)}, of other questions ${foreign.length > 0 ? percent(others.atOnePercent) : '-'}   ${micros.toFixed(0)} µs a text` +
        ` (${(micros / (medians.get('quanzi') ?? micros)).toFixed(1)} x quanzi)`,
    )
    if (name !== 'quanzi') continue
    const entries = kb.kb.map(({ q }, i) =>
      Entry.parse({ id: String(i), question: q.slice(0, 200) || '-', answer: '-' }),
    )
    const ready = buildLibrary(entries)
    const { levels } = calibrate(ready, shareOf('0.2 %'))
    for (const addressed of [false, true]) {
      const told = (text: string) => {
        const { finding } = find(ready, levels, text, { groups: null, today: null, addressed })
        return finding.kind === 'answer' ? kb.kb[Number(finding.entry.id)]?.id : undefined
      }
      const answers = kb.queries.map(({ id, q }) => ({ id, told: told(q) })).filter(({ told }) => told !== undefined)
      const right = answers.filter(({ id, told }) => told === id).length
      const [all, chat] = [kb.queries.length || 1, addressed ? [] : said]
      console.log(
        `${' '.repeat(20)} ${addressed ? 'the bot asked' : `said plainly at its level ${levels.answer.toFixed(2)}`}: right ${percent(right / all)}, wrong ${percent((answers.length - right) / all)}` +
          (addressed
            ? ''
            : `, chat answered ${percent(chat.filter((text) => told(text) !== undefined).length / chat.length)}`),
      )
    }
  }
}

const largest = whole.reduce((so, library) => (library.kb.length > so.kb.length ? library : so))
const many = part(largest, 10_000)
console.log(`\n${many.kb.length} entries of ${many.name}`)
const loads = repeat(5, () => timed(() => quanzi(many)))
const rankMany = quanzi(many)
console.log(`load ${median(loads).toFixed(0)} ms`)
const asked = many.queries.slice(0, 300).map(({ q }) => q)
console.log(`search ${microsPerText(rankMany, asked).toFixed(0)} µs a text`)
console.log(`top-1 ${percent(measure(many, [], rankMany).top)}`)

/** fuse.js takes milliseconds a text; a tenth of them says the same. */
function sample(name: string, texts: readonly string[]): readonly string[] {
  return name === 'fuse.js' ? texts.filter((_text, i) => i % 10 === 0) : texts
}

/** Median of five passes over the texts, after one to warm up. */
function microsPerText(rank: Ranking, texts: readonly string[]): number {
  const pass = () => timed(() => texts.forEach(rank))
  pass()
  return (median(repeat(5, pass)) * 1000) / (texts.length || 1)
}

/** Milliseconds of processor time, so that what else the machine does is left out. */
function timed(work: () => unknown): number {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

function repeat<T>(times: number, make: () => T): T[] {
  return Array.from({ length: times }, make)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}

function percent(share: number): string {
  return (100 * share).toFixed(1)
}
