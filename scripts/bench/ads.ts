// How well the ad filter finds advertisements, and how fast. `npx tsx scripts/bench/ads.ts <data folder> [more files]`.
// Each text of the folder is judged by a model trained without it and its kin; files of the same form (label, category,
// text) are judged by the weights that ship.
import { shippedGroups } from '../../src/features/moderation/groups.ts'
import { logit, pieces, type Model } from '../../src/adfilter/model.ts'
import { signals, type Watch } from '../../src/adfilter/signals.ts'
import { judge } from '../../src/adfilter/judgement.ts'
import { zones } from '../../src/adfilter/weights.ts'
import { families, foldOf, readExamples, type Example } from '../ads/data.ts'
import { trainingTexts } from '../ads/texts.ts'
import { chanceFor, rewrites } from '../ads/rewrites.ts'
import { pack, train } from '../ads/trainer.ts'
import { crossValidate, f1At, share } from '../ads/validate.ts'
import { figures, watchWith } from './ads-figures.ts'
import { keywordAndPatternScore, keywordScore, naiveBayes } from './ads-peers.ts'

const watch = watchWith()
const watches = new Map<Model, Watch>()
const [folder, ...files] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: npx tsx scripts/bench/ads.ts <data folder> [more files]')

const examples = trainingTexts(folder)
const unseen = crossValidate(examples)
const isChat = ({ source }: Example): boolean => source === 'chat'
const chat = unseen.filter(({ example }) => isChat(example))
const questions = unseen.filter(({ example }) => example.source === 'question')

console.log(`${examples.length} texts, cross-validated by family; zones: unsure ${zones.unsure}, sure ${zones.sure}`)
figures(folder, examples, row)
report('chat, score unsure or more', zones.unsure)
report('chat, score sure or more', zones.sure)
zonesMean()
evasions()
newFamilies()
peers()
speed()
for (const file of files) shipped(file)

/** The score of the shipped rules around another model's weights. */
function scoreWith(model: Model, text: string): number {
  const around = watches.get(model) ?? watchWith(model)
  watches.set(model, around)
  return judge(signals(around, { text })).score
}

function scoresOf(list: typeof unseen, wanted: (example: Example) => boolean): number[] {
  return list.filter(({ example }) => wanted(example)).map(({ example, model }) => scoreWith(model, example.text))
}

function report(title: string, threshold: number): void {
  const clean = scoresOf(chat, ({ ad }) => !ad)
  const found = f1At(
    scoresOf(chat, ({ ad }) => ad),
    clean,
    threshold,
  )
  const flagged = share(
    scoresOf(questions, () => true),
    threshold,
  )
  const sms = scoresOf(unseen, ({ source, ad }) => source === 'sms' && ad)
  const fake = scoresOf(unseen, ({ source }) => source === 'fbs')
  row(title, {
    precision: found.precision,
    recall: found.recall,
    F1: found.f1,
    'clean chat flagged': share(clean, threshold),
    'questions flagged': flagged,
    'sms recall': share(sms, threshold),
    'base station recall': share(fake, threshold),
  })
}

/** Of what falls into each zone, how much is labelled an advertisement. */
function zonesMean(): void {
  const judged = chat.map(({ example, model }) => ({ ad: example.ad, score: scoreWith(model, example.text) }))
  const part = (from: number, to: number): number => {
    const inside = judged.filter(({ score }) => score >= from && score < to)
    return (inside.filter(({ ad }) => ad).length / inside.length) * 100
  }
  row('advertisements in each zone', {
    clean: part(-Infinity, zones.unsure),
    unsure: part(zones.unsure, zones.sure),
    sure: part(zones.sure, Infinity),
  })
}

function evasions(): void {
  const ads = chat.filter(({ example }) => example.ad)
  const recall = (rewritten: (text: string) => string, threshold: number): number =>
    share(
      ads.map(({ example, model }) => scoreWith(model, rewritten(example.text))),
      threshold,
    )
  for (const [name, rewrite] of [['as written', (text: string) => text] as const, ...Object.entries(rewrites)])
    row(`recall, ${name}`, {
      'unsure or sure': recall((text) => rewrite(text, chanceFor(text, 5)), zones.unsure),
      sure: recall((text) => rewrite(text, chanceFor(text, 5)), zones.sure),
    })
}

/** Leaves out a whole trade, trains on the rest, and looks for what was left out. */
function newFamilies(): void {
  const trades: readonly (readonly [string, (example: Example) => boolean])[] = [
    ...['IL:Gambling', 'AD:Loan', 'FR:Phishing(Bank)', 'IL:Fake_ID_and_invoice'].map(
      (category) => [category, (example: Example) => example.category === category] as const,
    ),
    ...shippedGroups
      .filter(({ name }) => ['job', 'gambling', 'adult', 'laundering', 'traffic'].includes(name))
      .map(
        ({ name, words }) =>
          [
            `chat:${name}`,
            (example: Example) => example.ad && words.some((word) => example.text.toLowerCase().includes(word)),
          ] as const,
      ),
  ]
  const recalls: number[] = []
  for (const [name, belongs] of trades) {
    const left = examples.filter((example) => belongs(example) && (!name.startsWith('chat:') || isChat(example)))
    const model = pack(train(examples.filter((example) => !belongs(example))))
    const bayes = naiveBayes(examples.filter((example) => !belongs(example) && isChat(example)))
    // Without the trade's words: an unseen family has no group of words either.
    const scores = left.map(({ text }) => logit(model, pieces(text)))
    recalls.push(share(scores, zones.unsure))
    row(`unseen ${name} (${left.length})`, {
      'unsure or sure': share(scores, zones.unsure),
      sure: share(scores, zones.sure),
      'naive Bayes': share(
        left.map(({ text }) => bayes(text)),
        0,
      ),
    })
  }
  row('unseen families, median', { 'unsure or sure': recalls.sort((a, b) => a - b)[recalls.length >> 1] ?? 0 })
}

function peers(): void {
  const family = families(examples.filter(isChat))
  const texts = examples.filter(isChat)
  const bayes = [0, 1, 2, 3].map((k) => naiveBayes(texts.filter((_, i) => foldOf(family[i] ?? i, 4) !== k)))
  const bayesScores = texts.map(({ text }, i) => bayes[foldOf(family[i] ?? i, 4)]?.(text) ?? 0)
  const asked = examples.filter(({ source }) => source === 'question')
  const compare = (name: string, scores: readonly number[], ask: (text: string) => number, threshold: number): void => {
    const of = (ad: boolean): number[] => scores.filter((_, i) => texts[i]?.ad === ad)
    row(name, {
      ...f1At(of(true), of(false), threshold),
      'questions flagged': share(
        asked.map(({ text }) => ask(text)),
        threshold,
      ),
    })
  }
  const list = (score: (text: string) => number): number[] => texts.map(({ text }) => score(text))
  compare('peer: keyword list', list(keywordScore), keywordScore, 1)
  compare('peer: keywords and patterns', list(keywordAndPatternScore), keywordAndPatternScore, 1)
  compare('peer: naive Bayes', bayesScores, bayes[0] ?? keywordScore, 0)
}

/** Microseconds a message, the whole way from text to zone. */
function speed(): void {
  const texts = examples.filter(isChat).map(({ text }) => text)
  const bayes = naiveBayes(examples.filter(isChat))
  const worst: Readonly<Record<string, string>> = {
    漢字: '漢字加薇信'.repeat(820),
    dots: '微.'.repeat(2048),
    'one letter': 'v '.repeat(2048),
    ligature: '\ufdfa'.repeat(4096),
    link: 'a.'.repeat(2048),
    emoji: '😀'.repeat(2048),
    digits: '一三八'.repeat(1365),
  }
  const rate = (text: string): unknown => judge(signals(watch, { text }))
  row('µs a message', timed(texts, rate))
  row('µs a message, naive Bayes', timed(texts, bayes))
  row('µs a message, keywords', timed(texts, keywordScore))
  for (const [name, text] of Object.entries(worst))
    row(`ms for 4 KB, ${name}`, { p50: timed(Array(25).fill(text), rate).p50 / 1000 })
}

/** Each text is timed five times and counts with its median, so that a busy machine does not pass for a slow filter. */
function timed(texts: readonly string[], work: (text: string) => unknown): { p50: number; p99: number } {
  const runs = Array.from({ length: 5 }, () =>
    texts.map((text) => {
      const start = performance.now()
      work(text)
      return (performance.now() - start) * 1000
    }),
  )
  const medians = texts
    .map((_, i) => runs.map((run) => run[i] ?? 0).sort((a, b) => a - b)[2] ?? 0)
    .sort((a, b) => a - b)
  return { p50: medians[medians.length >> 1] ?? 0, p99: medians[Math.floor(medians.length * 0.99)] ?? 0 }
}

/** The shipped weights on a file they have not seen. */
function shipped(file: string): void {
  const texts = readExamples(file, 'file')
  const score = ({ text }: Example): number => signals(watch, { text }).reduce((sum, { weight }) => sum + weight, 0)
  const of = (ad: boolean): number[] => texts.filter((text) => text.ad === ad).map(score)
  const [ads, clean] = [of(true), of(false)]
  for (const [zone, threshold] of Object.entries(zones))
    row(`${file}, from ${zone}`, { ...f1At(ads, clean, threshold), 'clean flagged': share(clean, threshold) })
}

function row(title: string, figures: Readonly<Record<string, number>>): void {
  const cells = Object.entries(figures).map(
    ([name, value]) => `${name} ${Number.isInteger(value) ? value : value.toFixed(value < 1 ? 3 : 1)}`,
  )
  console.log(`${title.padEnd(36)} ${cells.join(' · ')}`)
}
