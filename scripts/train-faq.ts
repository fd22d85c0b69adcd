// Learns the figures of the answer library's ranking from labelled texts and writes them into src/search:
//   tsx scripts/train-faq.ts table    background-table.ts: how common characters and their neighbours are
//   tsx scripts/train-faq.ts weights  weights.ts: the weights of the facts about a pair (needs the table)
//   tsx scripts/train-faq.ts check    trains without one set, and without the first 500 entries of each, and measures there
// A folder with the texts may follow; it is laid out as scripts/bench/faq.ts expects.
import { readdirSync, writeFileSync } from 'node:fs'
import { format } from 'prettier'
import { factNames, factsOf } from '../src/search/closeness.ts'
import { buildIndex, candidates } from '../src/search/ranker.ts'
import { read } from '../src/search/reading.ts'
import { chance, part, readChat, readLibrary, readPairTexts, type Library } from './bench/faq-data.ts'
import { measure } from './bench/faq-measure.ts'

const [task, folder = '../shared/data'] = process.argv.slice(2)
const files = (form: RegExp) =>
  readdirSync(`${folder}/faq`)
    .filter((name) => form.test(name))
    .sort()
const libraries = files(/\.retrieval\.dev\.json$/).map((name) => readLibrary(`${folder}/faq/${name}`))
const chat = readChat(`${folder}/ads/chat_zh.dev.tsv`)
/** Every second message is learned from; the others measure. */
const chatLearned = chat.filter((_text, i) => i % 2 === 0)
const chatKept = chat.filter((_text, i) => i % 2 === 1)
const random = chance(1)
const provenance = `Written by scripts/train-faq.ts from the development parts of BQ, LCQMC, AFQMC, BUSTM and a set of group chat messages.`

/** A linear model over the facts about a pair. */
interface Model {
  bias: number
  weights: number[]
}
/** The facts about the nearest wordings of a text, and which of them is right: -1 for none. */
interface Group {
  facts: number[][]
  right: number
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

/** Questions and chat against libraries of 200 to 1,000 entries drawn from the sets. */
function groupsOf(sets: readonly Library[]): Group[] {
  const groups: Group[] = []
  for (const set of sets) {
    const asked = new Set(set.queries.map((query) => query.id))
    const answerable = set.kb.filter((entry) => asked.has(entry.id))
    const others = set.kb.filter((entry) => !asked.has(entry.id))
    const foreign = sets.filter((other) => other !== set).flatMap((other) => other.queries.map((query) => query.q))
    // The large set must not drown the small ones.
    const rounds = answerable.length > 3000 ? 2 : 6
    for (let round = 0; round < rounds; round += 1) {
      const drawn = shuffled(answerable)
      for (let from = 0; from < Math.min(drawn.length, 1500); from += 500) {
        const size = [500, 500, 200, 1000][Math.floor(random() * 4)] ?? 500
        const entries = drawn.slice(from, from + Math.min(size, 500))
        const kb = [...entries, ...shuffled(others).slice(0, size - entries.length)]
        const index = buildIndex(kb.map(({ id, q }) => ({ id, phrasings: [q] })))
        const add = (text: string, id: string | null, limit: number) => {
          const reading = read(text)
          const near = candidates(index, reading, limit).flatMap((at) => index.wordings[at] ?? [])
          if (near.length === 0) return
          groups.push({
            facts: near.map((wording) => factsOf(reading, wording.reading)),
            right: id === null ? -1 : near.findIndex((wording) => wording.id === id),
          })
        }
        const ids = new Set(kb.map((entry) => entry.id))
        for (const query of set.queries) if (ids.has(query.id)) add(query.q, query.id, 8)
        for (let i = 0; i < entries.length; i += 1) {
          add(chatLearned[Math.floor(random() * chatLearned.length)] ?? '', null, 3)
          if (i % 2 === 0) add(foreign[Math.floor(random() * foreign.length)] ?? '', null, 3)
        }
      }
    }
  }
  return groups
}

/**
 * Logistic regression by Adam on two losses at once: is this wording right (chat counts twice, so that silence is learned), and
 * which of the wordings is right (softmax).
 */
function learn(groups: Group[]): Model {
  const size = factNames.length
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
          let error = (group.right < 0 ? 2 : 1) * (1 / (1 + Math.exp(-value)) - right)
          if (group.right >= 0) error += Math.exp(value - highest) / total - right
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

function writeWeights(model: Model) {
  const rounded = model.weights.map((weight) => Number(weight.toFixed(3)))
  const lines = [
    `// Weights of the facts about a pair of texts (see closeness.ts), of a logistic regression.`,
    `// ${provenance}`,
    `export const bias = ${model.bias.toFixed(3)}`,
    `export const factWeights: readonly number[] = [`,
    ...rounded.map((weight, i) => `  ${weight}, // ${factNames[i] ?? ''}`),
    `]`,
  ]
  return save('weights.ts', lines.join('\n'))
}

async function save(name: string, source: string) {
  const options = { parser: 'typescript', semi: false, singleQuote: true, printWidth: 120 }
  writeFileSync(`src/search/${name}`, await format(source, options))
}

/** The figures of a model for the first 500 entries of a set, with chat and other sets' questions that it has not seen. */
function measured(model: Model, set: Library): string {
  const library = part(set, 500)
  const index = buildIndex(library.kb.map(({ q }, at) => ({ id: String(at), phrasings: [q] })))
  const rank = (text: string) => {
    const reading = read(text)
    let best: { at: number; score: number } | undefined
    for (const at of candidates(index, reading, 12)) {
      const wording = index.wordings[at]
      if (!wording) continue
      const score = 1 / (1 + Math.exp(-logit(model, factsOf(reading, wording.reading))))
      if (!best || score > best.score) best = { at: Number(wording.id), score }
    }
    return best
  }
  const foreign = libraries
    .filter((other) => other !== set)
    .flatMap((other) => other.queries.slice(-600).map(({ q }) => q))
  const figures = [chatKept, foreign, [...chatKept.slice(0, 1800), ...foreign]].map((texts) =>
    measure(library, texts, rank),
  )
  const percent = (share: number | undefined) => (100 * (share ?? 0)).toFixed(1)
  return `${set.name} top ${percent(figures[0]?.top)} at 1 % chat / other questions / both ${figures
    .map((figure) => `${percent(figure.atOnePercent)} (${figure.threshold.toFixed(2)})`)
    .join(' ')}`
}

/** A set without its first 500 entries and what is asked about them. */
function later(set: Library): Library {
  return part(set, set.kb.length, 500)
}

if (task === 'table') await writeTable(2, 8)
else if (task === 'weights') await writeWeights(learn(groupsOf(libraries)))
else if (task === 'check') {
  for (const set of libraries) {
    console.log(
      `trained on the other sets: ${measured(learn(groupsOf(libraries.filter((other) => other !== set))), set)}`,
    )
  }
  const model = learn(groupsOf(libraries.map(later)))
  for (const set of libraries) console.log(`trained on later entries: ${measured(model, set)}`)
  console.log(factNames.map((name, k) => `${name} ${(model.weights[k] ?? 0).toFixed(2)}`).join(', '))
} else throw new Error('which task: table, weights or check')
