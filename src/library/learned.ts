// What `/faq add` kept, out of a data folder that a running bot may be using: read from a copy.
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tablesOf } from '../core/engine/engine.ts'
import { Entry } from '../features/faq/entry.ts'
import { features } from '../features/index.ts'
import { openStore } from '../store/open.ts'

/** What staff wrote may be longer than one part of an entry. */
function partsOf(answer: string): string[] {
  return (answer.match(/[^]{1,1000}/gu) ?? []).map((part) => part.trim()).filter((part) => part !== '')
}

/** @throws StoreRefused when the data are damaged, or were just being folded: then it works at the second try */
export async function learnedEntries(dataFolder: string): Promise<Entry[]> {
  if (!existsSync(join(dataFolder, 'main.head'))) return []
  const copy = mkdtempSync(join(tmpdir(), 'quanzi-export-'))
  try {
    // In this order a copy is never older than what it says about itself.
    for (const part of ['main.head', 'main.json', 'journal'])
      if (existsSync(join(dataFolder, part))) cpSync(join(dataFolder, part), join(copy, part), { recursive: true })
    const { store } = await openStore({ folder: copy, name: 'main', specs: tablesOf(features), now: Date.now })
    const learned = [...store.tables.table<{ question: string; answer: string }>('faq.learned').entries()]
    await store.close()
    return learned
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([number, { question, answer }]) => Entry.parse({ id: `r${number}`, question, answer: partsOf(answer) }))
  } finally {
    rmSync(copy, { recursive: true })
  }
}
