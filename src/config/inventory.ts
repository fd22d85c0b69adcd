// What a config folder holds, counted, so that a reload can say what has become more or less, and notice what was lost.
import type { Localised } from '../core/types/localised.ts'
import type { Language } from './problem.ts'

/** Counted by file (as the operator knows it) and by list (`答案库`). */
export interface Inventory {
  /** Values in each file that is there; 0 for an empty one. */
  files: Readonly<Record<string, number>>
  /** Items of each list, with what it is called. */
  lists: Readonly<Record<string, { label: Localised; count: number }>>
  /** Names of all files in the folder. */
  names: readonly string[]
}

/** A file that must have lost this many values before half of it counts as much. */
const fewValues = 3

/** The number of values in the data of a file. */
export function valuesIn(data: unknown): number {
  if (data === null || data === undefined) return 0
  if (typeof data !== 'object') return 1
  return Object.values(data).reduce<number>((sum, part) => sum + valuesIn(part), 0)
}

/** `答案库 40 → 38 条`: what is there more or less than before. */
export function changesText(before: Inventory, after: Inventory, language: Language): string[] {
  return Object.entries({ ...before.lists, ...after.lists }).flatMap(([name, { label }]) => {
    const [old, now] = [before.lists[name]?.count ?? 0, after.lists[name]?.count ?? 0]
    if (old === now) return []
    return { zh: `${label.zh} ${old} → ${now} 条`, en: `${label.en} ${old} → ${now}` }[language]
  })
}

/** Files that are gone, empty, or have lost more than half, and lists that have; empty when nothing was lost that way. */
export function lossesText(before: Inventory, after: Inventory, language: Language): string[] {
  const files = Object.entries(before.files).flatMap(([file, old]) => {
    const now = after.files[file]
    const text = lossText(file, old, now, after.names)
    return text ? [text[language]] : []
  })
  const lists = Object.entries(before.lists).flatMap(([name, { label, count: old }]) => {
    // A list that could not be read is told as a mistake.
    const now = after.lists[name]?.count
    if (now === undefined || now >= old / 2) return []
    return [{ zh: `${label.zh} ${old} → ${now} 条`, en: `${label.en} ${old} → ${now}` }[language]]
  })
  return [...files, ...lists]
}

function lossText(file: string, old: number, now: number | undefined, names: readonly string[]): Localised | undefined {
  if (now === undefined) {
    const [, stem = ''] = /([^/]+)\.[^.]+$/.exec(file) ?? []
    const other = names.find((name) => !file.endsWith(`/${name}`) && name.startsWith(stem) && /ya?ml|csv/i.test(name))
    return {
      zh: `${file} 不见了${other === undefined ? '' : `，旁边有「${other}」，是不是改错了名字？`}`,
      en: `${file} is gone${other === undefined ? '' : `; there is "${other}": was it renamed by mistake?`}`,
    }
  }
  if (old > 0 && now === 0) return { zh: `${file} 空了`, en: `${file} is empty` }
  if (old - now < fewValues || now >= old / 2) return undefined
  return {
    zh: `${file} 少了一大半（${old} → ${now} 项）`,
    en: `${file} has lost more than half (${old} → ${now} values)`,
  }
}
