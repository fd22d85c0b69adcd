// Whatever is said about a feature can be taken back: random conversations, then an undo of every entry.
import { describe, expect, it } from 'vitest'
import { features } from '../../src/features/index.ts'
import { livelySettings, undoTroubles } from '../support/contract.ts'

const settings = livelySettings(features)

describe('an undo of everything leaves nothing of', () => {
  it.each(features.map((feature) => [feature.name, feature] as const))('%s', (_name, feature) => {
    expect(undoTroubles(feature, features, { runs: 4, settings })).toEqual([])
  })
})
