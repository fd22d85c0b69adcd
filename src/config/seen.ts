// What the settings held when they were last in use, kept beside the data: what was lost while the bot was off is noticed at the next start.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Inventory } from './inventory.ts'

const fileName = 'config-seen.json'

const Seen = z.object({
  files: z.record(z.string(), z.int()),
  lists: z.record(z.string(), z.object({ label: z.object({ zh: z.string(), en: z.string() }), count: z.int() })),
  names: z.array(z.string()),
})

/** @returns undefined when there is none, or none that can be read: it is only a help */
export function readSeen(dataFolder: string): Inventory | undefined {
  const path = join(dataFolder, fileName)
  if (!existsSync(path)) return undefined
  try {
    return Seen.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data
  } catch {
    return undefined
  }
}

/** Keeps it as far as that is possible: on a full disk the bot has greater worries, which it tells. */
export function writeSeen(dataFolder: string, inventory: Inventory): void {
  try {
    mkdirSync(dataFolder, { recursive: true })
    writeFileSync(join(dataFolder, fileName), JSON.stringify(inventory))
  } catch {
    // Told by the store.
  }
}
