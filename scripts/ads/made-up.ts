// Fills templates with names, things, times and numbers: lines that nobody wrote, for what the labelled texts do not have.
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

/** Texts of chance that mean nothing: runs of Chinese characters, letters, digits, letters with spaces, from 2 to 700 long. */
export function noiseLines(
  count: number,
  salt: number,
): { text: string; kind: 'han' | 'words' | 'digits' | 'letters' }[] {
  const chance = chanceFor('noise', salt)
  const below = (n: number): number => Math.floor(chance() * n)
  const kinds = ['han', 'words', 'digits', 'letters'] as const
  const unit = {
    han: () => 0x4e00 + below(20_902),
    words: () => (chance() < 0.15 ? 32 : 97 + below(26)),
    digits: () => 48 + below(10),
    letters: () => 97 + below(26),
  }
  return Array.from({ length: count }, (_, i) => {
    const kind = kinds[i % kinds.length] ?? 'han'
    const length = Math.ceil(2 ** (1 + chance() * 8.5))
    return { text: String.fromCharCode(...Array.from({ length }, unit[kind])), kind }
  })
}
