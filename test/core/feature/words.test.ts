// A word is found by its lengths as it would be by trying every word on the text.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { feature, type AnyFeature } from '../../../src/core/feature/feature.ts'
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

/** The word by trying them all: the whole text, else the longest that begins it with a boundary behind. */
function walked(words: readonly Typed[], text: string): Pick<FoundWord, 'word' | 'rest'> | undefined {
  const typed = canonical(text)
  const places = [...words.entries()].reverse()
  const exact = (wanted: string) => places.find(([, { say }]) => canonical(say) === wanted)
  const whole = exact(typed) ?? exact(withoutEnd(typed))
  if (whole) return { word: `word${whole[0]}`, rest: '' }
  const [longest] = places
    .filter(([i, { say, rest }]) => rest && exact(canonical(say))?.[0] === i && canonical(say) !== '')
    .filter(([, { say }]) => typed.startsWith(canonical(say)))
    .filter(([, { say }]) => /^(?:[\s:：,，、@]|(?=[#a-z0-9]))/u.test(typed.slice(canonical(say).length)))
    // A Latin word does not end inside another.
    .filter(([, { say }]) => !/[a-z0-9]$/.test(canonical(say)) || !/^[a-z0-9]/.test(typed.slice(canonical(say).length)))
    .sort(([, a], [, b]) => canonical(b.say).length - canonical(a.say).length)
  if (!longest) return undefined
  const rest = typed.slice(canonical(longest[1].say).length)
  return { word: `word${longest[0]}`, rest: rest.replace(/^[\s:：,，、]+/, '') }
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
