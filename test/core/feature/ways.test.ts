// Ways to say the words that members may type, and lines that only mention them, with the shipped settings.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { WordList } from '../../../src/core/feature/words.ts'
import { features } from '../../../src/features/index.ts'
import { Chat, settingsFrom } from '../../support/chat.ts'

const linesOf = (name: string) =>
  readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')

/** What the first reading of a text is. */
function heard(words: WordList, text: string): string | undefined {
  const [first] = words.readings(text, '福利群', false)[0] ?? []
  return first && `${first.feature.name}.${first.word}`
}

it.each([
  ['zh', 'ways.tsv', 'mentions.txt'],
  ['en', 'ways.en.tsv', 'mentions.en.txt'],
] as const)('in %s are told apart', (language, ways, mentions) => {
  const groups = { groups: [{ name: '福利群' }] }
  const settings = settingsFrom(features, { bot: { botName: '圈子', language }, groups })
  const words = new WordList(features, settings)
  const missed = linesOf(ways).filter((line) => {
    const [wanted = '', text = ''] = line.split('\t')
    return !wanted.split(' ').includes(heard(words, text) ?? '')
  })
  const triggered = linesOf(mentions).filter(
    (text) =>
      heard(words, text) !== undefined && new Chat({ settings, groups: ['福利群'] }).says('小明', text).length > 0,
  )
  expect({ missed, share: missed.length / linesOf(ways).length <= 0.05 }).toMatchObject({ share: true })
  expect({ triggered, share: triggered.length / linesOf(mentions).length <= 0.02 }).toMatchObject({ share: true })
})
