// The ad filter's figures by zone, as its goals are set: chat, questions, long clean texts, texts of chance, our own two sets.
import { prepare, signals, type Message, type Watch } from '../../src/adfilter/signals.ts'
import { judge, type Zone } from '../../src/adfilter/judgement.ts'
import { logit, pieces, type Model } from '../../src/adfilter/model.ts'
import { groupWeights } from '../../src/adfilter/weights.ts'
import { shippedGroups } from '../../src/features/moderation/groups.ts'
import { readClean, readFixtures, type Example } from '../ads/data.ts'
import { noiseKinds, noiseLines } from '../ads/made-up.ts'
import { crossValidate } from '../ads/validate.ts'

/** The shipped rules, around the shipped weights or others. */
export function watchWith(model?: Model): Watch {
  const keywords = shippedGroups.map((group) => ({ ...group, weight: groupWeights[group.name] ?? 0 }))
  return prepare({ keywords, patterns: [], domains: [], own: [] }, model)
}

type Row = (title: string, figures: Readonly<Record<string, number>>) => void
const shipped = watchWith()
const zoneOf = (message: Message, watch = shipped): Zone => judge(signals(watch, message)).zone

/** Prints all of them. @param examples what the filter is trained on */
export function figures(folder: string, examples: readonly Example[], row: Row): void {
  for (const by of ['family', 'text'] as const) chat(examples, by, row)
  longTexts(folder, row)
  chance(row)
  ownSets(row)
}

/** Every text judged by a model that has seen neither it nor, by family, its campaign. */
function chat(examples: readonly Example[], by: 'family' | 'text', row: Row): void {
  const watches = new Map<Model, Watch>()
  const judged = crossValidate(examples, by).map(({ example, model }) => {
    const watch = watches.get(model) ?? watchWith(model)
    watches.set(model, watch)
    return { example, zone: zoneOf({ text: example.text }, watch) }
  })
  const of = (source: string, ad: boolean): Zone[] =>
    judged.filter(({ example }) => example.source === source && example.ad === ad).map(({ zone }) => zone)
  const [ads, clean, questions] = [of('chat', true), of('chat', false), of('question', false)]
  const hits = flagged(ads)
  row(`chat and questions, dealt by ${by}`, {
    F1: (200 * hits) / (hits + ads.length + flagged(clean)),
    precision: (100 * hits) / (hits + flagged(clean)),
    recall: (100 * hits) / ads.length,
    'sure recall': percent(sure(ads), ads),
    'clean chat sure': percent(sure(clean), clean),
    'questions sure': percent(sure(questions), questions),
    'questions asked': percent(flagged(questions), questions),
  })
}

function longTexts(folder: string, row: Row): void {
  const texts = readClean(folder, 'measured')
  for (const category of new Set(texts.map((text) => text.category)))
    for (const [from, to] of [
      [150, 250],
      [250, 400],
      [400, Infinity],
    ] as const) {
      const found = texts.filter(
        ({ text, category: its }) => its === category && text.length >= from && text.length < to,
      )
      const zones = found.map(({ text }) => zoneOf({ text }))
      if (zones.length > 0)
        row(`clean ${category}, ${from} to ${to} characters`, {
          texts: zones.length,
          'sure %': percent(sure(zones), zones),
          'asked %': percent(flagged(zones) - sure(zones), zones),
        })
    }
}

function chance(row: Row): void {
  const lines = noiseLines(10_000, 77).map(({ text, kind }) => ({ kind, value: logit(shipped.model, pieces(text)) }))
  for (const kind of Object.keys(noiseKinds)) {
    const values = lines.filter((line) => line.kind === kind).map(({ value }) => value)
    row(`texts of chance, ${kind}`, {
      'highest logit': Math.max(...values),
      'above 0 %': percent(values.filter((value) => value >= 0).length, values),
    })
  }
}

function ownSets(row: Row): void {
  for (const set of ['ads', 'innocents', 'long'] as const)
    for (const half of ['tuned', 'kept'] as const) {
      const texts = readFixtures(set, half)
      const [old, newcomer] = [false, true].map((newcomer) => texts.map(({ text }) => zoneOf({ text, newcomer })))
      row(`our own ${set}, ${half} half`, {
        texts: texts.length,
        'sure, old member': sure(old ?? []),
        'newcomer ': sure(newcomer ?? []),
        'sure or asked, old member': flagged(old ?? []),
        newcomer: flagged(newcomer ?? []),
      })
    }
}

function sure(zones: readonly Zone[]): number {
  return zones.filter((zone) => zone === 'sure').length
}

function flagged(zones: readonly Zone[]): number {
  return zones.filter((zone) => zone !== 'clean').length
}

function percent(count: number, of: readonly unknown[]): number {
  return (100 * count) / of.length
}
