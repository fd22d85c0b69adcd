// Learns the figures of the answer library's ranking from labelled texts and writes them into src/search:
//   tsx scripts/train-faq.ts table       background-table.ts: how common characters and their neighbours are
//   tsx scripts/train-faq.ts pairs       weights.ts: the weights of the facts about a pair of texts (needs the table)
//   tsx scripts/train-faq.ts rank        weights.ts: the weights of the facts by which entries are ranked (needs pairs)
//   tsx scripts/train-faq.ts confidence  weights.ts: the weights by which it is judged whether to speak at all (needs rank)
// Learned from the labelled sets and from the small libraries in test/features/faq/libraries/tuning. Without some of them, for measuring on
// what was not learned from: --without bustm,gym. A folder with the texts may follow; it is laid out as scripts/bench/faq.ts expects.
import { readdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { format } from 'prettier'
import { factNames, factsOf } from '../src/search/closeness.ts'
import { askedIn, confidenceFactNames, confidenceFacts, rankFactNames } from '../src/search/confidence.ts'
import { backgroundChat } from '../src/search/background-chat.ts'
import { buildIndex, candidates, judge, type Index, type Phrased } from '../src/search/ranker.ts'
import { read } from '../src/search/reading.ts'
import { utteranceOf } from '../src/search/utterance.ts'
import * as shipped from '../src/search/weights.ts'
import { chance, readChat, readLibrary, readPairTexts, type Library } from './bench/faq-data.ts'
import { readTrades, type Trade } from './bench/faq-trades.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { without: { type: 'string', default: '' } },
})
const [task, folder = '../shared/data'] = positionals
const without = new Set(values.without.split(','))
const files = (form: RegExp) =>
  readdirSync(`${folder}/faq`)
    .filter((name) => form.test(name))
    .sort()
const libraries = files(/\.retrieval\.dev\.json$/)
  .map((name) => readLibrary(`${folder}/faq/${name}`))
  .filter(({ name }) => !without.has(name))
const trades = readTrades('tuning').filter(({ name }) => !without.has(name))
const chat = readChat(`${folder}/ads/chat_zh.dev.tsv`)
/** Every second message is learned from; the others measure, or find the levels of a library. */
const chatLearned = chat.filter((_text, i) => i % 2 === 0)
const backgroundLearned = backgroundChat.filter((_text, i) => i % 2 === 0)
const random = chance(1)
const provenance = `Written by scripts/train-faq.ts from the development parts of BQ, LCQMC, AFQMC, BUSTM, a set of group chat messages and own libraries.`

const anySize = [6, 6, 12, 12, 25, 25, 25, 50, 50, 100, 200, 500, 500, 500, 1000]
/** Units of the hidden layer; twice as many did no better. */
const hiddenUnits = 12

/** A linear model over facts. */
interface Model {
  bias: number
  weights: number[]
}
/** The facts about what may be right for a text, and which is: -1 for none. */
interface Group {
  facts: number[][]
  right: number
  weight: number
}
/** A text said where a library is: the entry that answers it, null for none. */
interface Occasion {
  index: Index
  text: string
  right: string | null
  weight: number
}

/** Counts of units and pairs in all texts, as levels of log(1 + texts / texts with it) in steps of 0.25. */
function writeTable(leastCharacter: number, leastPair: number) {
  const texts = [...files(/\.pairs\.dev\.tsv$/).flatMap((name) => readPairTexts(`${folder}/faq/${name}`)), ...chat]
  const counts = new Map<string, number>()
  for (const text of texts) {
    const { words, pairs } = read(text)
    for (const gram of [...words.keys(), ...pairs.map(({ left, right }) => `${left} ${right}`)])
      counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  const level = (count: number) => Math.round(Math.log(1 + texts.length / (count + 1.5)) / 0.25)
  const tableOf = (form: RegExp, least: number) => {
    const levels: string[] = []
    for (const [gram, count] of [...counts].sort()) {
      if (count < least || !form.test(gram)) continue
      const at = level(count)
      while (levels.length <= at) levels.push('')
      levels[at] = `${levels[at] ?? ''}${gram.replace(' ', '')}`
    }
    return levels
  }
  const table = [
    `// How common characters and neighbours are in everyday Chinese: at place n, those whose log(1 + texts / texts with it) is n / 4.`,
    `// ${provenance}`,
    `// ${texts.length} texts; characters in at least ${leastCharacter}, neighbours in at least ${leastPair} of them.`,
    `export const characterLevels: readonly string[] = ${JSON.stringify(tableOf(/^\p{Script=Han}$/u, leastCharacter))}`,
    `export const pairLevels: readonly string[] = ${JSON.stringify(tableOf(/^\p{Script=Han} \p{Script=Han}$/u, leastPair))}`,
    `/** For what is not listed. */`,
    `export const rarestLevel = ${level(leastCharacter / 2)}`,
    `export const rarestPairLevel = ${level(leastPair / 2)}`,
  ]
  return save('background-table.ts', table.join('\n'))
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

/** Questions, chat and questions about something else, in libraries of 25 to 1,000 entries. */
function occasions(sizes: readonly number[]): Occasion[] {
  return [...libraries.flatMap((set) => ofSet(set, sizes)), ...trades.flatMap(ofTrade)]
}

function ofSet(set: Library, sizes: readonly number[]): Occasion[] {
  const found: Occasion[] = []
  const byId = new Map<string, string[]>()
  for (const { id, q } of set.queries) byId.set(id, [...(byId.get(id) ?? []), q])
  const asked = set.kb.filter(({ id }) => byId.has(id))
  const others = set.kb.filter(({ id }) => !byId.has(id))
  const foreign = libraries.filter((other) => other !== set).flatMap(({ queries }) => queries.map(({ q }) => q))
  for (const size of sizes) {
    // As many questions for each size, so that the large set does not drown the small ones.
    for (let questions = 0; questions < 500;) {
      const answerable = shuffled(asked).slice(0, Math.ceil(size * 0.8))
      const kb = [...answerable, ...shuffled(others).slice(0, size - answerable.length)]
      const index = buildIndex(kb.map(({ id, q }) => ({ id, phrasings: [q] })))
      const ids = new Set(kb.map(({ id }) => id))
      for (const { id } of answerable)
        for (const text of byId.get(id) ?? []) {
          found.push({ index, text, right: id, weight: 1 })
          questions += 1
        }
      // As many that nothing here answers: about the same field, about others, and chat.
      for (let i = 0; i < answerable.length; i += 1) {
        const away = set.queries[Math.floor(random() * set.queries.length)]
        if (away && !ids.has(away.id)) found.push({ index, text: away.q, right: null, weight: 1 })
        const line = chatLearned[Math.floor(random() * chatLearned.length)] ?? ''
        found.push({ index, text: line, right: null, weight: 2 })
        const short = backgroundLearned[Math.floor(random() * backgroundLearned.length)] ?? ''
        if (i % 4 === 0) found.push({ index, text: short, right: null, weight: 2 })
        const strange = foreign[Math.floor(random() * foreign.length)]
        if (i % 2 === 0 && strange !== undefined) found.push({ index, text: strange, right: null, weight: 1 })
      }
    }
  }
  return found
}

/** With entries left out in turn, whose questions then have no answer; sometimes several trades in one library. */
function ofTrade(trade: Trade): Occasion[] {
  const found: Occasion[] = []
  for (let round = 0; round < 16; round += 1) {
    const share = [0.25, 0.5, 0.8, 0.95][round % 4] ?? 1
    const also = round % 8 === 3 ? trades : [trade]
    const entries = also.flatMap(({ name, entries }) =>
      entries.filter(() => random() < share).map((entry) => ({ ...entry, id: `${name}/${entry.id}` })),
    )
    const bare = round % 3 === 2
    const index = buildIndex(
      entries.map(({ id, phrasings, labels, answer }): Phrased =>
        bare ? { id, phrasings } : { id, phrasings, labels, answer },
      ),
    )
    const ids = new Set(entries.map(({ id }) => id))
    for (const { id, text } of trade.questions) {
      const right = ids.has(`${trade.name}/${id}`) ? `${trade.name}/${id}` : null
      found.push({ index, text, right, weight: 2 })
    }
    for (const text of trade.cannot) found.push({ index, text, right: null, weight: 2 })
    for (const other of trades)
      if (!also.includes(other)) {
        for (const { text } of shuffled(other.questions).slice(0, 8))
          found.push({ index, text, right: null, weight: 1 })
        for (const text of shuffled(other.cannot).slice(0, 8)) found.push({ index, text, right: null, weight: 1 })
      }
    for (const text of shuffled(backgroundLearned).slice(0, 60)) found.push({ index, text, right: null, weight: 2 })
    for (let i = 0; i < 60; i += 1)
      found.push({ index, text: chatLearned[Math.floor(random() * chatLearned.length)] ?? '', right: null, weight: 2 })
  }
  return found
}

/** For the weights of the facts about a pair. */
function pairGroups(): Group[] {
  return occasions([50, 200, 500, 500, 500, 1000]).flatMap(({ index, text, right, weight }) => {
    const reading = read(text)
    const near = candidates(index, reading, right === null ? 3 : 8).flatMap((at) => index.wordings[at] ?? [])
    if (near.length === 0) return []
    const facts = near.map((wording) => factsOf(reading, wording.reading))
    return { facts, right: near.findIndex(({ id }) => id === right), weight }
  })
}

/** For the weights by which entries are ranked. */
function rankGroups(): Group[] {
  return occasions(anySize).flatMap(({ index, text, right, weight }) => {
    if (right === null) return []
    const found = judge(index, askedIn(index.spread, read(text)), 8)
    const place = found.findIndex(({ id }) => id === right)
    return place < 0 ? [] : { facts: found.map(({ facts }) => [...facts]), right: place, weight }
  })
}

/** For the weights by which it is judged whether to speak: the first entry, right or not. */
function confidenceGroups(): Group[] {
  return occasions(anySize).flatMap(({ index, text, right, weight }) => {
    const asked = askedIn(index.spread, read(text))
    const found = judge(index, asked, 8)
    const utterance = utteranceOf(text)
    return found.slice(0, right === null ? 1 : 3).flatMap(({ id, facts, rank, same }, i) => {
      if (same > 0) return []
      const others = found.filter((_, j) => j !== i).map((other) => other.rank)
      const all = confidenceFacts(facts, rank, others, asked, index.spread, utterance)
      return { facts: [all], right: id === right ? 0 : -1, weight: i === 0 ? weight : weight / 4 }
    })
  })
}

/**
 * Logistic regression by Adam on two losses at once: is this right, and which of them is right (softmax).
 * @param losses how much each counts
 */
function learn(groups: Group[], size: number, losses: { each: number; which: number }): Model {
  const model: Model = { bias: 0, weights: new Array<number>(size).fill(0) }
  const gradient = new Float64Array(size + 1)
  const mean = new Float64Array(size + 1)
  const square = new Float64Array(size + 1)
  const epochs = 16
  const batch = 64
  let steps = 0
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const order = shuffled(groups)
    const rate = 0.1 * (1 - epoch / epochs)
    for (let from = 0; from < order.length; from += batch) {
      gradient.fill(0)
      for (const group of order.slice(from, from + batch)) {
        const logits = group.facts.map((facts) => logit(model, facts))
        const highest = Math.max(...logits)
        const total = logits.reduce((so, value) => so + Math.exp(value - highest), 0)
        for (const [i, facts] of group.facts.entries()) {
          const value = logits[i] ?? 0
          const right = Number(i === group.right)
          let error = losses.each * (1 / (1 + Math.exp(-value)) - right)
          if (group.right >= 0) error += losses.which * (Math.exp(value - highest) / total - right)
          error *= group.weight
          for (const [k, fact] of facts.entries()) gradient[k] = (gradient[k] ?? 0) + (error * fact) / batch
          gradient[size] = (gradient[size] ?? 0) + error / batch
        }
      }
      steps += 1
      for (let k = 0; k <= size; k += 1) {
        const slope = (gradient[k] ?? 0) + (k < size ? 1e-3 * (model.weights[k] ?? 0) : 0)
        const drift = 0.9 * (mean[k] ?? 0) + 0.1 * slope
        const spread = 0.999 * (square[k] ?? 0) + 0.001 * slope * slope
        mean[k] = drift
        square[k] = spread
        const change = (rate * (drift / (1 - 0.9 ** steps))) / (Math.sqrt(spread / (1 - 0.999 ** steps)) + 1e-8)
        if (k < size) model.weights[k] = (model.weights[k] ?? 0) - change
        else model.bias -= change
      }
    }
  }
  return model
}

function logit(model: Model, facts: readonly number[]): number {
  return facts.reduce((so, fact, k) => so + fact * (model.weights[k] ?? 0), model.bias)
}

/** A network of one hidden layer of tanh units; the last weights of each unit and of the output are biases. */
interface Network {
  hidden: number[][]
  out: number[]
}

/** Learns the chance that what the facts are about is right, by Adam on the log loss. */
function learnNetwork(groups: Group[], size: number, units: number): Network {
  const stride = size + 1
  const parameters = new Float64Array(units * stride + units + 1)
  for (let i = 0; i < parameters.length; i += 1) parameters[i] = (random() - 0.5) * 0.4
  const gradient = new Float64Array(parameters.length)
  const mean = new Float64Array(parameters.length)
  const square = new Float64Array(parameters.length)
  const active = new Float64Array(units)
  const epochs = 14
  const batch = 64
  let steps = 0
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const order = shuffled(groups)
    const rate = 0.01 * (1 - epoch / epochs)
    for (let from = 0; from < order.length; from += batch) {
      gradient.fill(0)
      for (const { facts: all, right, weight } of order.slice(from, from + batch)) {
        const facts = all[0] ?? []
        let logit = parameters[parameters.length - 1] ?? 0
        for (let unit = 0; unit < units; unit += 1) {
          let sum = parameters[unit * stride + size] ?? 0
          for (let i = 0; i < size; i += 1) sum += (facts[i] ?? 0) * (parameters[unit * stride + i] ?? 0)
          active[unit] = Math.tanh(sum)
          logit += (active[unit] ?? 0) * (parameters[units * stride + unit] ?? 0)
        }
        const error = ((1 / (1 + Math.exp(-logit)) - Number(right === 0)) * weight) / batch
        gradient[parameters.length - 1] = (gradient[parameters.length - 1] ?? 0) + error
        for (let unit = 0; unit < units; unit += 1) {
          const value = active[unit] ?? 0
          const out = units * stride + unit
          gradient[out] = (gradient[out] ?? 0) + error * value
          const inner = error * (parameters[out] ?? 0) * (1 - value * value)
          for (let i = 0; i < size; i += 1) {
            const at = unit * stride + i
            gradient[at] = (gradient[at] ?? 0) + inner * (facts[i] ?? 0)
          }
          gradient[unit * stride + size] = (gradient[unit * stride + size] ?? 0) + inner
        }
      }
      steps += 1
      for (let k = 0; k < parameters.length; k += 1) {
        const slope = (gradient[k] ?? 0) + 2e-4 * (parameters[k] ?? 0)
        const drift = 0.9 * (mean[k] ?? 0) + 0.1 * slope
        const spread = 0.999 * (square[k] ?? 0) + 0.001 * slope * slope
        mean[k] = drift
        square[k] = spread
        const change = (rate * (drift / (1 - 0.9 ** steps))) / (Math.sqrt(spread / (1 - 0.999 ** steps)) + 1e-8)
        parameters[k] = (parameters[k] ?? 0) - change
      }
    }
  }
  const hidden = Array.from({ length: units }, (_, unit) => [...parameters.slice(unit * stride, (unit + 1) * stride)])
  return { hidden, out: [...parameters.slice(units * stride)] }
}

/** @param learned what takes the place of the weights that ship */
function writeWeights(learned: { pair?: Model; rank?: Model; network?: Network }) {
  const rounded = (weights: readonly number[]) => weights.map((weight) => Number(weight.toFixed(3)))
  const listed = (weights: readonly number[], names: readonly string[]) =>
    rounded(weights)
      .map((weight, i) => `  ${weight}, // ${names[i] ?? ''}`)
      .join('\n')
  const bias = learned.pair?.bias ?? shipped.bias
  const hidden = learned.network?.hidden ?? shipped.hiddenWeights
  return save(
    'weights.ts',
    `// Weights of the facts about a pair of texts (closeness.ts) and about an entry (confidence.ts).
// ${provenance}
export const bias = ${bias.toFixed(3)}
export const factWeights: readonly number[] = [
${listed(learned.pair?.weights ?? shipped.factWeights, factNames)}
]
export const rankWeights: readonly number[] = [
${listed(learned.rank?.weights ?? shipped.rankWeights, rankFactNames)}
]
/** For each hidden unit the weights of ${confidenceFactNames.join(', ')}, and its bias. */
export const hiddenWeights: readonly (readonly number[])[] = ${JSON.stringify(hidden.map(rounded))}
export const outWeights: readonly number[] = ${JSON.stringify(rounded(learned.network?.out ?? shipped.outWeights))}`,
  )
}

async function save(name: string, source: string) {
  const options = { parser: 'typescript', semi: false, singleQuote: true, printWidth: 120 }
  writeFileSync(`src/search/${name}`, await format(source, options))
}

if (task === 'table') await writeTable(2, 8)
else if (task === 'pairs') await writeWeights({ pair: learn(pairGroups(), factNames.length, { each: 1, which: 1 }) })
else if (task === 'rank') await writeWeights({ rank: learn(rankGroups(), rankFactNames.length, { each: 0, which: 1 }) })
else if (task === 'confidence')
  await writeWeights({ network: learnNetwork(confidenceGroups(), confidenceFactNames.length, hiddenUnits) })
else throw new Error('which task: table, pairs, rank or confidence')
