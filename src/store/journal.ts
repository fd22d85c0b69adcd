// The append-only truth: decisions in segments of lines, `journal/<name>.<number before the first>.jsonl`, the last one growing.
import path from 'node:path'
import { z } from 'zod'
import type { Entry } from '../core/types/event.ts'
import { codeOf, diskFull, replaceFile, type Disk, type DiskFile } from './disk.ts'
import { isCurrent, currentVersions, migrateChanges, Versions, type Specs } from './migrations.ts'
import { seal, unseal } from './seal.ts'
import { formatVersion } from './snapshot.ts'
import { inBoth } from './wording.ts'

/** One file of the journal. */
export interface Segment {
  file: string
  /** The number of the decision before its first. */
  after: number
}

/** A segment's first line. Its versions are those of all records in it. */
export const SegmentHead = z.object({
  format: z.int(),
  name: z.string(),
  after: z.int().nonnegative(),
  versions: Versions,
})
export type SegmentHead = z.infer<typeof SegmentHead>

/** A decision as a line of the journal, its end included. */
export function encodeEntry(entry: Entry): string {
  return seal(JSON.stringify(entry))
}

/** undefined when the line is damaged. A whole checksum vouches for its form. */
export function decodeEntry(line: Buffer): Entry | undefined {
  return unseal(line) as Entry | undefined
}

/** The journal folder's segments of one community, oldest first. */
export async function listSegments(disk: Disk, folder: string, name: string): Promise<Segment[]> {
  const segments: Segment[] = []
  for (const file of await disk.list(folder)) {
    const [community, after, end, more] = file.split('.')
    if (community !== name || after === undefined || end !== 'jsonl' || more !== undefined) continue
    segments.push({ file: path.join(folder, file), after: Number(after) })
  }
  return segments.sort((a, b) => a.after - b.after)
}

/** Where a journal lies, and whose it is. */
export interface JournalOptions {
  disk: Disk
  folder: string
  name: string
  specs: Specs
}

/** Somebody else cut the journal: what it lost was acknowledged. */
export class Shortened extends Error {
  override name = 'Shortened'
}

/** The journal of one community. */
export class Journal {
  readonly #options: JournalOptions
  #segments: Segment[]
  #file: DiskFile | undefined
  /** Bytes of the growing segment that are flushed and whole. */
  #good: number
  /** The segment may hold more than the good bytes, as a write failed. */
  #suspect = false

  /** @param segments as listed, the last one `good` bytes long; none for a new journal, which begins with `begin` */
  constructor(options: JournalOptions, segments: readonly Segment[], good: number) {
    this.#options = options
    this.#segments = [...segments]
    this.#good = good
  }

  /** Bytes in the growing segment. */
  get size(): number {
    return this.#good
  }

  /** Resolves when the lines are flushed. After a rejection none of them is in the journal, or will be. */
  async append(lines: string): Promise<void> {
    const bytes = Buffer.from(lines)
    this.#file ??= await this.#options.disk.open(this.#last().file, 'edit')
    if (this.#suspect) await this.#mend()
    try {
      const written = await this.#file.write(bytes, this.#good)
      if (written < bytes.length) throw diskFull()
      await this.#file.flush()
    } catch (error) {
      this.#suspect = true
      // Now if possible, so that a crash does not bring back what was refused; else before the next write.
      await this.#mend().catch(() => undefined)
      throw error
    }
    this.#good += bytes.length
  }

  /** Begins a new segment, with today's versions; the ones before it are history from then on. */
  async begin(after: number): Promise<void> {
    const { disk, folder, name, specs } = this.#options
    const file = path.join(folder, `${name}.${String(after).padStart(12, '0')}.jsonl`)
    const head = Buffer.from(
      seal(JSON.stringify({ quanzi: 'journal', format: formatVersion, name, after, versions: currentVersions(specs) })),
    )
    if (this.#suspect) await this.#mend()
    await this.close()
    // When this fails half way, an empty segment may lie about; loading sees that the one before it went on.
    await replaceFile(disk, file, [head])
    this.#segments = [...this.#segments.filter((segment) => segment.file !== file), { file, after }]
    this.#good = head.length
  }

  /** Removes segments that hold nothing after `seq`. */
  async forget(seq: number): Promise<void> {
    while ((this.#segments[1]?.after ?? Infinity) <= seq) {
      const [oldest] = this.#segments.splice(0, 1)
      if (oldest) await this.#options.disk.remove(oldest.file)
    }
  }

  /** Flushed entries numbered `from` or less, newest first, with their records in today's form. */
  async *backward(from: number, isWanted: (line: Buffer) => boolean = () => true): AsyncGenerator<Entry> {
    const last = { segment: this.#last(), end: this.#good }
    for (const segment of this.#segments.toReversed()) {
      if (segment.after >= from) continue
      const file = await this.#openPast(segment)
      if (!file) return
      try {
        const end = segment === last.segment ? last.end : await file.size()
        yield* this.#entriesBackward(file, segment, end, isWanted)
      } finally {
        await file.close()
      }
    }
  }

  /** Closes the growing segment; the next `append` opens it again. */
  async close(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    await file?.close()
  }

  async *#entriesBackward(file: DiskFile, segment: Segment, end: number, isWanted: (line: Buffer) => boolean) {
    const { specs } = this.#options
    const head = await readHeadOf(file, segment)
    for await (const line of linesBackward(file, head.length, end)) {
      if (!isWanted(line)) continue
      const entry = decodeEntry(line)
      if (!entry) throw damage(segment)
      yield isCurrent(head.versions, specs)
        ? entry
        : { ...entry, changes: migrateChanges(entry.changes, head.versions, specs) }
    }
  }

  /** undefined when compaction has just removed it, and so all before it. */
  async #openPast(segment: Segment): Promise<DiskFile | undefined> {
    try {
      return await this.#options.disk.open(segment.file, 'read')
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    }
  }

  #last(): Segment {
    const last = this.#segments.at(-1)
    if (!last) throw new Error('the journal has not begun')
    return last
  }

  /** Cuts what a failed write left. A new handle, as the old one may be to a disk that was taken away. */
  async #mend(): Promise<void> {
    await this.#file?.close().catch(() => undefined)
    this.#file = undefined
    const file = await this.#options.disk.open(this.#last().file, 'edit')
    this.#file = file
    if ((await file.size()) < this.#good) throw new Shortened(`${this.#last().file} became shorter`)
    await file.truncate(this.#good)
    await file.flush()
    this.#suspect = false
  }
}

function damage(segment: Segment): Error {
  return new Error(
    inBoth(`日志 ${segment.file} 里有损坏的记录`, `There is a damaged record in the journal ${segment.file}`),
  )
}

async function readHeadOf(file: DiskFile, segment: Segment): Promise<{ versions: Versions; length: number }> {
  const start = await file.read(1 << 16, 0)
  const length = start.indexOf(10) + 1
  const head = SegmentHead.safeParse(unseal(start.subarray(0, length)))
  if (!head.success) throw damage(segment)
  return { versions: head.data.versions, length }
}

/** Lines with their ends between two byte positions, last first, reading no more than is asked for. */
async function* linesBackward(file: DiskFile, start: number, end: number): AsyncGenerator<Buffer> {
  let tail = Buffer.alloc(0)
  for (let position = end; position > start;) {
    const length = Math.min(1 << 16, position - start)
    position -= length
    const bytes = Buffer.concat([await file.read(length, position), tail])
    let lineEnd = bytes.length
    while (lineEnd > 0) {
      const lineStart = lineEnd < 2 ? 0 : bytes.lastIndexOf(10, lineEnd - 2) + 1
      if (lineStart === 0 && position > start) break
      yield bytes.subarray(lineStart, lineEnd)
      lineEnd = lineStart
    }
    tail = bytes.subarray(0, lineEnd)
  }
}
