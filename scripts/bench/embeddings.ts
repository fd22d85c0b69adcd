// What the small libraries answer when embeddings join in, with made-up vectors in place of a service's:
//   tsx scripts/bench/embeddings.ts [tuning|kept]
// A text's vector leans to what it asks, as strongly as chance will, to what it does not ask, and to its field. How well real vectors do
// cannot be seen from this; that good, middling and worthless ones are made good use of, and how far wrong answers stay away, can.
import { Config } from '../../src/features/faq/entry.ts'
import { prepareLibrary } from '../../src/features/faq/care.ts'
import { find } from '../../src/features/faq/library.ts'
import { backgroundTried } from '../../src/features/faq/levels.ts'
import { Meanings } from '../../src/meaning.ts'
import { quantised, type Vector } from '../../src/search/vectors.ts'
import { chance } from './faq-data.ts'
import { readTrades, type Trade } from './faq-trades.ts'

const [part = 'tuning'] = process.argv.slice(2)
const size = 128
const percent = (count: number, of: number) => `${((100 * count) / (of || 1)).toFixed(1)} %`

for (const [name, least] of [
  ['good', 0.65],
  ['middling', 0.45],
  ['worthless', 0],
] as const) {
  const counts = { questions: 0, nearest: 0, right: 0, wrong: 0, askedRight: 0, offered: 0, askedWrong: 0 }
  const traps = { lines: 0, answered: 0, askedAnswered: 0, chat: 0, chatAnswered: 0 }
  for (const trade of readTrades(part === 'kept' ? 'kept' : 'tuning')) {
    const vectorOf = madeUp(trade, least)
    const config = Config.parse({ entries: trade.own, embeddings: { model: 'made-up' } })
    const prepared = prepareLibrary(config, () => [])
    const settings = { language: 'zh', feature: () => ({ config, prepared, enabled: true }) }
    const meanings = new Meanings({
      embeddings: { of: (texts) => Promise.resolve({ outcome: 'done', vectors: texts.map(vectorOf) }) },
      settings: () => settings as never,
      now: () => 0,
      rest: () => Promise.resolve(),
    })
    const say = async (text: string, addressed: boolean) => {
      const where = { groups: null, today: null, addressed }
      const plain = find(prepared.library, prepared.calibration.levels, text, where)
      if (plain.finding.kind === 'answer' || !['question', 'request', 'bare', 'report'].includes(plain.utterance))
        return { finding: plain.finding, first: undefined }
      const found = await meanings.ask({ language: 'zh', group: null, member: 'm1' as never, addressed, texts: [text] })
      if (found.outcome !== 'done') throw new Error(found.outcome)
      const {
        levels,
        meanings: [meaning = { odds: [], least: 0 }],
      } = found
      const { finding } = find(prepared.library, levels, text, where, {
        odds: new Map(meaning.odds),
        least: meaning.least,
      })
      return { finding, first: meaning.odds[0]?.[0] }
    }
    for (const { id, text } of trade.questions) {
      const [plain, asked] = [await say(text, false), await say(text, true)]
      counts.questions += 1
      counts.nearest += Number(plain.first === undefined || plain.first === id)
      if (plain.finding.kind === 'answer') counts[plain.finding.entry.id === id ? 'right' : 'wrong'] += 1
      if (asked.finding.kind === 'answer') counts[asked.finding.entry.id === id ? 'askedRight' : 'askedWrong'] += 1
      else if (asked.finding.kind === 'choose' && asked.finding.entries.some((entry) => entry.id === id))
        counts.offered += 1
    }
    for (const text of trade.cannot) {
      traps.lines += 1
      traps.answered += Number((await say(text, false)).finding.kind === 'answer')
      traps.askedAnswered += Number((await say(text, true)).finding.kind === 'answer')
    }
    for (const text of backgroundTried) {
      traps.chat += 1
      traps.chatAnswered += Number((await say(text, false)).finding.kind === 'answer')
    }
  }
  const { questions } = counts
  console.log(`${name} vectors (nearest is right, where asked: ${percent(counts.nearest, questions)})`)
  console.log(`  said plainly: right ${percent(counts.right, questions)}, wrong ${percent(counts.wrong, questions)}`)
  console.log(
    `  to the bot: right or offered ${percent(counts.askedRight + counts.offered, questions)}, wrong ${percent(counts.askedWrong, questions)}`,
  )
  console.log(
    `  not answerable: plainly ${percent(traps.answered, traps.lines)}, to the bot ${percent(traps.askedAnswered, traps.lines)}; ordinary chat ${percent(traps.chatAnswered, traps.chat)}`,
  )
}

/** @param least how strongly texts lean to what they ask at least; 0: not at all */
function madeUp(trade: Trade, least: number): (text: string) => Vector {
  const known = new Map<string, string>()
  for (const { id, phrasings } of trade.entries) for (const phrasing of phrasings) known.set(phrasing, id)
  for (const { id, text } of trade.questions) known.set(text, id)
  const ids = trade.entries.map(({ id }) => id)
  const isOurs = new Set([...known.keys(), ...trade.cannot])
  return (text) => {
    const random = chance(hash(text))
    const id = known.get(text)
    const sum = new Float64Array(size)
    const add = (seed: string, weight: number) => {
      const of = chance(hash(seed))
      for (let i = 0; i < size; i += 1) sum[i] = (sum[i] ?? 0) + weight * normal(of)
    }
    add('any text', 0.6)
    if (isOurs.has(text)) add(trade.name, 0.5)
    if (id !== undefined && least > 0) add(`${trade.name} ${id}`, least + 0.4 * random())
    for (let n = 0; n < 2; n += 1)
      add(`${trade.name} ${ids[Math.floor(random() * ids.length)] ?? ''}`, (isOurs.has(text) ? 0.5 : 0.3) * random())
    add(text, 0.6)
    return quantised([...sum]) as Vector
  }
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

function hash(text: string): number {
  let sum = 7
  for (let i = 0; i < text.length; i += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) | 0
  return sum
}
