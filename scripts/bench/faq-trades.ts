// Reads the small libraries of several trades, each as an operator first writes it, with what members ask and what has no answer in it.
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { Entry } from '../../src/features/faq/entry.ts'
import { phrased } from '../../src/features/faq/library.ts'

const File = z.strictObject({
  entries: z.array(Entry),
  ask: z.record(z.string(), z.array(z.string())),
  cannot: z.array(z.string()),
})

/** One library and its questions. */
export interface Trade {
  name: string
  own: Entry[]
  entries: ReturnType<typeof phrased>[]
  questions: { id: string; text: string }[]
  /** Statements, traps, and questions that the library does not answer. */
  cannot: string[]
}

/** @param part `tuning`: looked at while tuning; `kept`: measured once, at the end */
export function readTrades(part: 'tuning' | 'kept'): Trade[] {
  const folder = `test/features/faq/libraries/${part}`
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const { entries, ask, cannot } = File.parse(parse(readFileSync(`${folder}/${name}`, 'utf8')))
      const questions = Object.entries(ask).flatMap(([id, texts]) => texts.map((text) => ({ id, text })))
      return { name: name.replace('.yaml', ''), own: entries, entries: entries.map(phrased), questions, cannot }
    })
}
