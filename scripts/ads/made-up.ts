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
const latin = 'abcdefghijklmnopqrstuvwxyz'
const digit = '0123456789'

/** What texts of chance are made of; each is a character drawn by chance. */
export const noiseKinds = {
  /** Of the whole block, most of them rare. */
  han: [],
  usual: usualHan,
  phrases: [...usualHan.join(''), ...'，。、！？'.repeat(usualHan.length / 25)],
  words: [...latin.repeat(2), ...' '.repeat(9)],
  capitals: [...latin.toUpperCase().repeat(2), ...' '.repeat(4)],
  letters: [...latin],
  codes: [...latin, ...digit],
  digits: [...digit],
  numbers: [...digit, ...'  '],
} as const satisfies Record<string, readonly string[]>
export type NoiseKind = keyof typeof noiseKinds

/** Texts of chance that mean nothing, from 2 to 700 characters long. */
export function noiseLines(count: number, salt: number): { text: string; kind: NoiseKind }[] {
  const chance = chanceFor('noise', salt)
  const below = (n: number): number => Math.floor(chance() * n)
  const kinds = Object.keys(noiseKinds) as NoiseKind[]
  return Array.from({ length: count }, (_, i) => {
    const kind = kinds[i % kinds.length] ?? 'han'
    const from: readonly string[] = noiseKinds[kind]
    const drawn = () =>
      kind === 'han' ? String.fromCharCode(0x4e00 + below(20_902)) : (from[below(from.length)] ?? '')
    const length = Math.ceil(2 ** (1 + chance() * 8.5))
    return { text: Array.from({ length }, drawn).join(''), kind }
  })
}
