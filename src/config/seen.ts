// What the settings held when they were last in use, kept beside the data: what was lost while the bot was off is noticed at the next start.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { DataFolder } from '../data-folder.ts'
import type { Inventory } from './inventory.ts'

const fileName = 'config-seen.json'

const Seen = z.object({
  files: z.record(z.string(), z.int()),
  lists: z.record(z.string(), z.object({ label: z.object({ zh: z.string(), en: z.string() }), count: z.int() })),
  names: z.array(z.string()),
})

/** @returns undefined when there is none, or none that can be read: it is only a help */
export function readSeen(folder: DataFolder): Inventory | undefined {
  try {
    return Seen.safeParse(JSON.parse(readFileSync(folder.file(fileName), 'utf8'))).data
  } catch {
    return undefined
  }
}

/** Keeps it, when the disk lets us. */
export function writeSeen(folder: DataFolder, inventory: Inventory): void {
  folder.write('settings', fileName, JSON.stringify(inventory))
}
