// The readable picture of all tables at one moment: lowdb's data, written by an adapter that survives a loss of power.
import type { Adapter } from 'lowdb'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import type { Json } from '../core/types/json.ts'
import { replaceFile, type Disk } from './disk.ts'
import { Versions } from './migrations.ts'
import { sealEnd, unseal } from './seal.ts'

/** Counts up when the files' form changes in a way that an older program cannot read. */
export const formatVersion = 1

/** All tables as they were after one decision. */
export interface Snapshot {
  name: string
  /** The last decision that is contained. */
  seq: number
  /** Milliseconds since 1970. */
  savedAt: number
  versions: Versions
  tables: ReadonlyMap<string, ReadonlyMap<string, Json>>
  /** Ids of messages that were decided upon, oldest first, and when. */
  handled: readonly (readonly [id: string, at: number])[]
}

/** The file cannot be used: not as it was written, or written by a newer program. */
export class Unreadable extends Error {
  readonly why: 'damaged' | 'newer'

  constructor(why: 'damaged' | 'newer') {
    super(why)
    this.why = why
  }
}

const Stored = z.object({
  name: z.string(),
  seq: z.int().nonnegative(),
  savedAt: z.int(),
  versions: Versions,
  tables: z.record(
    z.string(),
    z.custom<Record<string, Json>>((value) => typeof value === 'object' && value !== null),
  ),
  handled: z.array(z.tuple([z.string(), z.int()])),
})

/** lowdb's own file adapter neither flushes nor tells a missing file from an empty one. */
export class SnapshotFile implements Adapter<Snapshot> {
  readonly file: string
  readonly #disk: Disk

  constructor(disk: Disk, file: string) {
    this.#disk = disk
    this.file = file
  }

  /** null when there is no file. @throws Unreadable */
  async read(): Promise<Snapshot | null> {
    const bytes = await this.#disk.read(this.file)
    return bytes === undefined ? null : readSnapshot(bytes)
  }

  /** Replaces the file, flushed. */
  write(snapshot: Snapshot): Promise<void> {
    return replaceFile(this.#disk, this.file, parts(snapshot))
  }
}

/** @throws Unreadable */
export function readSnapshot(bytes: Buffer): Snapshot {
  const sealed = unseal(bytes)
  if (sealed === undefined) throw new Unreadable('damaged')
  if (z.object({ format: z.int() }).parse(sealed).format > formatVersion) throw new Unreadable('newer')
  const stored = Stored.parse(sealed)
  const tables = Object.entries(stored.tables).map(
    ([name, records]) => [name, new Map(Object.entries(records))] as const,
  )
  return { ...stored, tables: new Map(tables) }
}

/** About how many characters are turned into JSON in one go. */
const partLength = 1 << 16

function* parts(snapshot: Snapshot): Generator<Buffer> {
  let crc = 0
  let text = ''
  for (const piece of pieces(snapshot)) {
    text += piece
    if (text.length < partLength) continue
    crc = crc32(text, crc)
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text + sealEnd(crc32(text, crc)))
}

/** One record a line: a person can read it, and compare two generations with `diff`. */
function* pieces({ tables, handled, ...head }: Snapshot): Generator<string> {
  yield `${JSON.stringify({ quanzi: 'snapshot', format: formatVersion, ...head }).slice(0, -1)},\n"tables":{`
  yield* separated(tables, function* ([name, records]) {
    yield `${JSON.stringify(name)}:{`
    yield* separated(records, function* ([key, record]) {
      yield `${JSON.stringify(key)}:${JSON.stringify(record)}`
    })
    yield '}'
  })
  yield '},\n"handled":['
  yield* separated(handled, function* (item) {
    yield JSON.stringify(item)
  })
  yield ']'
}

function* separated<T>(items: Iterable<T>, write: (item: T) => Iterable<string>): Generator<string> {
  let first = true
  for (const item of items) {
    yield first ? '\n' : ',\n'
    yield* write(item)
    first = false
  }
}
