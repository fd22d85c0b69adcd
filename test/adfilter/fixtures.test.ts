// Our own two sets: nobody innocent is punished, and most of today's advertisements are seen. The kept halves were never learned from.
import { describe, expect, it } from 'vitest'
import { readFixtures } from '../../scripts/ads/data.ts'
import { noiseKinds, noiseLines } from '../../scripts/ads/made-up.ts'
import { logit, pieces } from '../../src/adfilter/model.ts'
import { prepare, signals } from '../../src/adfilter/signals.ts'
import { judge } from '../../src/adfilter/judgement.ts'
import { groupWeights } from '../../src/adfilter/weights.ts'
import { shippedGroups } from '../../src/features/moderation/groups.ts'

const watch = prepare({
  keywords: shippedGroups.map((group) => ({ ...group, weight: groupWeights[group.name] ?? 0 })),
  patterns: [],
  domains: [],
  own: [],
})
const halves = ['tuned', 'kept'] as const
const cases = halves.flatMap((half) => [false, true].map((newcomer) => [half, newcomer] as const))

describe.each(cases)('the %s half, newcomer: %s', (half, newcomer) => {
  const judged = (set: 'ads' | 'innocents' | 'long') =>
    readFixtures(set, half).map(({ text }) => ({ text, ...judge(signals(watch, { text, newcomer })) }))

  it('punishes no innocent', () => {
    expect(judged('innocents').filter(({ zone }) => zone === 'sure')).toEqual([])
  })

  it('leaves long clean texts alone', () => {
    expect(judged('long').filter(({ zone }) => zone !== 'clean')).toEqual([])
  })

  it('sees most advertisements of today, and of a newcomer more', () => {
    const ads = judged('ads')
    const seen = ads.filter(({ zone }) => zone !== 'clean').length
    expect(seen / ads.length).toBeGreaterThanOrEqual(newcomer ? 0.88 : 0.8)
  })

  it('punishes only with a reason that quotes the text', () => {
    for (const { text, zone, signals: found } of judged('ads')) {
      if (zone !== 'sure') continue
      const quotes = found.flatMap(({ quote }) => quote ?? [])
      expect(quotes.length, text).toBeGreaterThan(0)
    }
  })
})

describe('unknown wording', () => {
  it.each(Object.keys(noiseKinds))('says nothing: %s of chance', (kind) => {
    const texts = noiseLines(3000, 5).filter((one) => one.kind === kind)
    const wrong = texts.filter(({ text }) => logit(watch.model, pieces(text)) >= 0)
    // Two or three characters by chance may be a word.
    expect(wrong.length, wrong.map(({ text }) => text).join('\n')).toBeLessThanOrEqual(texts.length / 50)
    expect(texts.filter(({ text }) => judge(signals(watch, { text })).zone === 'sure')).toEqual([])
  })

  it.each(['d837943418df01723660e02165ed0927a', 'XCG732PPK2H2', 'woe767ko', 'fba853', 'nqq3104'])(
    'one code and nothing else is never sure: %s',
    (text) => expect(judge(signals(watch, { text, newcomer: true })).zone).not.toBe('sure'),
  )

  it.each(['cdn', 'cmd', 'npm run build', 'AirPods Pro 2'])('%j is no advertisement', (text) => {
    expect(judge(signals(watch, { text, newcomer: true })).zone).toBe('clean')
  })
})
