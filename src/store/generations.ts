// Older snapshots in `backup/`: one for each of the last 24 hours and 7 days in which there was one.
import path from 'node:path'
import { replaceFile, type Disk } from './disk.ts'
import type { Place } from './refusals.ts'
import { readSnapshot, Unreadable } from './snapshot.ts'

/** A snapshot that is kept. */
export interface Generation {
  file: string
  /** Hour of saving in UTC, as `2026-11-21T14Z`. */
  hour: string
  seq: number
}

const kept = { hours: 24, days: 7 }

/** The kept snapshots of one community. */
export class Generations {
  readonly #disk: Disk
  readonly #folder: string
  readonly #name: string
  readonly #snapshot: string

  constructor(disk: Disk, place: Place) {
    this.#disk = disk
    this.#folder = place.backup
    this.#name = place.name
    this.#snapshot = place.snapshot
  }

  /** Newest first. */
  async list(): Promise<Generation[]> {
    const found: Generation[] = []
    for (const name of await this.#disk.list(this.#folder)) {
      const [community, hour, seq, end, more] = name.split('.')
      if (community !== this.#name || hour === undefined || end !== 'json' || more !== undefined) continue
      found.push({ file: path.join(this.#folder, name), hour, seq: Number(seq) })
    }
    return found.sort((a, b) => (a.hour === b.hour ? b.seq - a.seq : a.hour < b.hour ? 1 : -1))
  }

  /**
   * Copies the snapshot here unless this hour has one, and removes what is no longer needed.
   * @returns the number after which the journal must be kept, so that every generation leads to the present
   */
  async keep({ seq, savedAt }: { seq: number; savedAt: number }): Promise<number> {
    const hour = `${new Date(savedAt).toISOString().slice(0, 13)}Z`
    const before = await this.list()
    if (!before.some((generation) => generation.hour === hour)) {
      const copy = path.join(this.#folder, `${this.#name}.${hour}.${String(seq).padStart(12, '0')}.json`)
      // A copy and not a link: damage to the one must not be damage to the other.
      await replaceFile(this.#disk, copy, copied(this.#disk, this.#snapshot))
    }
    const all = await this.list()
    const wanted = new Set([...newestOf(all, 13, kept.hours), ...newestOf(all, 10, kept.days)])
    for (const generation of all) if (!wanted.has(generation)) await this.#disk.remove(generation.file)
    return Math.min(seq, ...[...wanted].map((generation) => generation.seq))
  }

  /** The newest one that can be read and that the journal, which begins after `from`, leads to the present. */
  async newestGood(from: number): Promise<Generation | undefined> {
    for (const generation of await this.list()) {
      if (generation.seq < from) continue
      try {
        const bytes = await this.#disk.read(generation.file)
        if (bytes && readSnapshot(bytes).seq === generation.seq) return generation
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error
      }
    }
    return undefined
  }
}

/** The newest of each different hour or day (by the first characters of its hour), at most `count`. */
function newestOf(generations: readonly Generation[], characters: number, count: number): Generation[] {
  const newest = new Map<string, Generation>()
  for (const generation of generations) {
    const period = generation.hour.slice(0, characters)
    if (!newest.has(period)) newest.set(period, generation)
  }
  return [...newest.values()].slice(0, count)
}

async function* copied(disk: Disk, file: string): AsyncGenerator<Buffer> {
  const source = await disk.open(file, 'read')
  try {
    for (let position = 0; ;) {
      const part = await source.read(1 << 16, position)
      if (part.length === 0) return
      position += part.length
      yield part
    }
  } finally {
    await source.close()
  }
}
