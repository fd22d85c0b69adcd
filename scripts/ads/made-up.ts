// Fills templates with names, things, times and numbers: lines that nobody wrote, for what the labelled texts do not have.
import { soundGroups } from '../../src/adfilter/sounds.ts'
import { chanceFor } from './rewrites.ts'

export type Parts = Readonly<Record<string, readonly string[]>>

/** Fills in a template: `{d}` a digit, `{n}` some digits, `{phone}`, `{id}`, `{L}` a letter, others from `parts`, which may hold templates. */
export function filler(parts: Parts, salt: number): (template: string) => string {
  const chance = chanceFor('made up', salt)
  const pick = (list: readonly string[]): string => list[Math.floor(chance() * list.length)] ?? ''
  const digits = (n: number): string => Array.from({ length: n }, () => Math.floor(chance() * 10)).join('')
  const characters = (n: number, from: string): string => Array.from({ length: n }, () => pick([...from])).join('')
  const slot = (name: string): string => {
    if (name === 'd') return String(1 + Math.floor(chance() * 9))
    if (name === 'n') return digits(3 + Math.floor(chance() * 5))
    if (name === 'phone') return `1${pick(['3', '5', '7', '8'])}${digits(9)}`
    if (name === 'L') return pick([...'ABCDEF'])
    if (name === 'id') return characters(6, 'abcdefghijkmnpqrstuvwxyzABCDEFGH23456789')
    const list = parts[name]
    if (list === undefined) throw new Error(`no part {${name}}`)
    return filled(pick(list))
  }
  const filled = (template: string): string => template.replace(/\{(\w+)\}/g, (_all, name: string) => slot(name))
  return filled
}

const usualHan = [...soundGroups.replace(/\s/g, '')]
const latin = [...'abcdefghijklmnopqrstuvwxyz']
const capital = latin.map((letter) => letter.toUpperCase())
const digit = [...'0123456789']
const signs = [...'，。！？、；：…（）“”《》,.!?;:-_/()~#@&*+=%$\'"<>|[]{}^`\\']

/** An alphabet of random texts: several sets of characters, each with its share of the text. */
type Alphabet = readonly (readonly [share: number, characters: readonly string[]])[]

/** What random texts are made of. An empty set stands for the whole block of Chinese characters, most of them rare. */
export const noiseKinds = {
  han: [[1, []]],
  usual: [[1, usualHan]],
  'rare with signs': [[5, []], [1, signs]],
  phrases: [[24, usualHan], [1, [...'，。、！？']]],
  'usual with signs': [[5, usualHan], [1, signs]],
  'usual with letters': [[7, usualHan], [3, latin]],
  'usual with digits': [[7, usualHan], [3, digit]],
  'all mixed': [[8, usualHan], [2, []], [2, latin], [2, capital], [3, digit], [3, signs]],
  words: [[2, latin], [0.7, [' ']]],
  capitals: [[2, capital], [0.3, [' ']]],
  letters: [[1, latin]],
  'both cases': [[1, latin], [1, capital]],
  codes: [[26, latin], [10, digit]],
  'upper codes': [[20, capital], [8, digit], [1, ['-']]],
  base64: [[26, latin], [26, capital], [10, digit], [1, ['+', '/']]],
  hex: [[10, digit], [6, latin.slice(0, 6)]],
  'codes with signs': [[4, [...latin, ...capital, ...digit]], [1, signs]],
  printable: [[26, latin], [26, capital], [10, digit], [33, signs]],
  digits: [[1, digit]],
  numbers: [[10, digit], [2, [' ']]],
  'digits with signs': [[4, digit], [1, signs]],
} as const satisfies Record<string, Alphabet> // prettier-ignore
export type NoiseKind = keyof typeof noiseKinds

/** Random texts, which mean nothing, from 2 to 700 characters long. */
export function noiseLines(count: number, salt: number): { text: string; kind: NoiseKind }[] {
  const chance = chanceFor('noise', salt)
  const below = (n: number): number => Math.floor(chance() * n)
  const kinds = Object.keys(noiseKinds) as NoiseKind[]
  return Array.from({ length: count }, (_, i) => {
    const kind = kinds[i % kinds.length] ?? 'han'
    const alphabet: Alphabet = noiseKinds[kind]
    const shares = alphabet.reduce((sum, [share]) => sum + share, 0)
    const draw = (): string => {
      let left = chance() * shares
      const characters = alphabet.find(([share]) => (left -= share) < 0)?.[1] ?? []
      return characters.length === 0
        ? String.fromCharCode(0x4e00 + below(20_902))
        : (characters[below(characters.length)] ?? '')
    }
    const length = Math.ceil(2 ** (1 + chance() * 8.5))
    return { text: Array.from({ length }, draw).join(''), kind }
  })
}
