// Reads the journal from where a snapshot ends, and finds the first place that is not as it was written.
import type { Entry } from '../core/types/event.ts'
import type { Disk } from './disk.ts'
import { decodeEntry, SegmentHead, type Segment } from './journal.ts'
import { unseal } from './seal.ts'
import { formatVersion } from './snapshot.ts'
import type { Versions } from './migrations.ts'

/** The first place in the journal that cannot be used. */
export interface Break {
  /** Index into the segments. */
  segment: number
  /** Byte position of what cannot be used; 0: the whole segment. */
  position: number
  /** Line, counted from 1. */
  line: number
  why: 'damaged' | 'gap' | 'newer'
  /** Nothing whole follows it, as when the power failed in the middle of a write. */
  atEnd: boolean
}

/** How far the journal leads. */
export interface Replayed {
  /** The last number that was reached. */
  reached: number
  /** The last number in the journal, which is less than `reached` when the snapshot holds more. */
  end: number
  /** Bytes of the last segment that are whole. */
  good: number
  /** The versions of the last segment; undefined without one. */
  versions: Versions | undefined
  broken: Break | undefined
  /** Segments that were begun and never used, which a failing disk leaves. */
  unused: Segment[]
}

/**
 * Hands every entry after number `from` to `apply`, in order, and stops at the first break.
 * @param segments all of them, oldest first
 */
export async function replay(
  disk: Disk,
  name: string,
  segments: readonly Segment[],
  from: number,
  apply: (entry: Entry, versions: Versions) => void,
): Promise<Replayed> {
  const result: Replayed = { reached: from, end: 0, good: 0, versions: undefined, broken: undefined, unused: [] }
  let next: number | undefined
  for (const [index, segment] of segments.entries()) {
    // History before the snapshot is not read.
    if (index < segments.length - 1 && (segments[index + 1]?.after ?? 0) <= from) continue
    const bytes = (await disk.read(segment.file)) ?? Buffer.alloc(0)
    const lines = linesOf(bytes)
    const stop = (position: number, line: number, why: Break['why']) => {
      const atEnd = why === 'damaged' && index === segments.length - 1 && !hasWholeLine(bytes, position)
      result.broken = { segment: index, position, line, why, atEnd }
      return result
    }
    const first = lines.next().value
    const head = first && SegmentHead.safeParse(unseal(first.bytes))
    if (!head?.success) return stop(0, 1, 'damaged')
    if (head.data.format > formatVersion) return stop(0, 1, 'newer')
    if (head.data.name !== name || head.data.after !== segment.after) return stop(0, 1, 'damaged')
    if (next !== undefined && segment.after < next - 1 && bytes.length === first?.bytes.length) {
      result.unused.push(segment)
      continue
    }
    if (segment.after > (next ?? from + 1) - 1 || (next !== undefined && segment.after < next - 1))
      return stop(0, 1, 'gap')
    next = segment.after + 1
    result.end = segment.after
    result.good = first?.bytes.length ?? 0
    result.versions = head.data.versions
    for (const { bytes: line, position, number } of lines) {
      const entry = decodeEntry(line)
      if (!entry) return stop(position, number, 'damaged')
      if (entry.seq !== next) return stop(position, number, 'gap')
      if (entry.seq > from) apply(entry, head.data.versions)
      next += 1
      result.good += line.length
      result.end = entry.seq
      result.reached = Math.max(from, entry.seq)
    }
  }
  return result
}

interface Line {
  bytes: Buffer
  position: number
  number: number
}

/** Lines with their ends; the last one may lack it. */
function* linesOf(bytes: Buffer, start = 0): Generator<Line, undefined> {
  let number = 0
  for (let position = start; position < bytes.length;) {
    const found = bytes.indexOf(10, position)
    const end = found < 0 ? bytes.length : found + 1
    number += 1
    yield { bytes: bytes.subarray(position, end), position, number }
    position = end
  }
  return undefined
}

function hasWholeLine(bytes: Buffer, start: number): boolean {
  for (const line of linesOf(bytes, start)) if (decodeEntry(line.bytes)) return true
  return false
}
