// A word is found by its lengths as it would be by trying every word on the text.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { feature, type AnyFeature } from '../../../src/core/feature/feature.ts'
import { opened } from '../../../src/core/feature/frames.ts'
import { WordList, type FoundWord } from '../../../src/core/feature/words.ts'
import { canonical, withoutEnd } from '../../../src/core/lib/text.ts'
import { z } from 'zod'

interface Typed {
  say: string
  rest: boolean
}

/** A feature with a word for each of these. */
function featureOf(words: readonly Typed[]): AnyFeature {
  const declared = words.map(
    ({ say, rest }, i) => [`word${i}`, rest ? { say: [say], rest: true as const } : [say]] as const,
  )
  return feature({
    name: 'sample',
    summary: { zh: '', en: '' },
    config: z.strictObject({}),
    words: Object.fromEntries(declared),
    texts: { zh: {}, en: {} },
    onWord: Object.fromEntries(declared.map(([name]) => [name, () => undefined])),
  } as never)
}

/** What may be typed for the words, with the place of its word; what is written wins over what is made of it (签签到). */
function spellings(words: readonly Typed[]): Map<string, number> {
  const made = [...words.entries()].flatMap(([i, { say }]) =>
    opened(canonical(say)).map((spelling) => [spelling, i] as const),
  )
  return new Map([...made, ...[...words.entries()].map(([i, { say }]) => [canonical(say), i] as const)])
}

/** The word by trying them all: the whole text, else the longest that begins it with a boundary behind. */
function walked(words: readonly Typed[], text: string): Pick<FoundWord, 'word' | 'rest'> | undefined {
  const typed = canonical(text)
  const known = spellings(words)
  const whole = known.get(typed) ?? known.get(withoutEnd(typed))
  if (whole !== undefined) return { word: `word${whole}`, rest: '' }
  const [longest] = [...known]
    .filter(([spelling, i]) => words[i]?.rest && spelling !== '' && typed.startsWith(spelling))
    .filter(([spelling]) => /^(?:[\s:：,，、@]|(?=[#a-z0-9]))/u.test(typed.slice(spelling.length)))
    // A Latin word does not end inside another.
    .filter(([spelling]) => !/[a-z0-9]$/.test(spelling) || !/^[a-z0-9]/.test(typed.slice(spelling.length)))
    .sort(([a], [b]) => b.length - a.length)
  if (!longest) return undefined
  const [spelling, place] = longest
  return { word: `word${place}`, rest: typed.slice(spelling.length).replace(/^[\s:：,，、]+/, '') }
}

const text = fc.string({ unit: fc.constantFrom('举', '报', '送', 'a', 'B', '1', ' ', '：', '@', '！'), maxLength: 7 })

test('the word that a text is, or begins with', () => {
  const words = fc.array(fc.record({ say: text, rest: fc.boolean() }), { maxLength: 12 })
  fc.assert(
    fc.property(words, fc.array(text, { maxLength: 12 }), (declared, texts) => {
      const sample = featureOf(declared)
      const typed = Object.fromEntries(declared.map(({ say }, i) => [`word${i}`, [say]]))
      const settings = { enabled: true, config: {}, prepared: undefined, words: typed, texts: {} }
      const list = new WordList([sample], { feature: () => settings })
      for (const said of [...texts, ...declared.flatMap(({ say }) => [say, `${say} 1`, `${say}a`])]) {
        const found = list.find(said, null)
        expect(found && { word: found.word, rest: found.rest }).toEqual(walked(declared, said))
      }
    }),
  )
})
