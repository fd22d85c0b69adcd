// Finds a community's state on disk: snapshot, then journal; anything that is not as it was written is refused, or mended aloud.
import { Low } from 'lowdb'
import type { Json } from '../core/types/json.ts'
import { Tables } from '../core/feature/tables.ts'
import { removeTemporaries, replaceFile, type Disk } from './disk.ts'
import { Generations } from './generations.ts'
import { Handled } from './handled.ts'
import { readHead, writeHead } from './head.ts'
import { listSegments, type Segment } from './journal.ts'
import { currentVersions, isCurrent, migrate, type Specs, type Versions } from './migrations.ts'
import { refuse, type Place } from './refusals.ts'
import { replay, type Break } from './replay.ts'
import { SnapshotFile, Unreadable, type Snapshot } from './snapshot.ts'
import { inBoth } from './wording.ts'

/** A community's state as it lies on disk, mended where that was safe. */
export interface Loaded {
  tables: Tables
  handled: Handled
  database: Low<Snapshot>
  generations: Generations
  segments: Segment[]
  /** Bytes of the last segment; 0: no segment to go on with. */
  good: number
  /** The last decision, and the last one that the snapshot holds. */
  seq: number
  savedSeq: number
  /** Whether all that lies on disk has today's versions. */
  current: boolean
  repaired: string[]
}

/** @throws StoreRefused */
export async function load(disk: Disk, place: Place, specs: Specs, now: number): Promise<Loaded> {
  for (const folder of [place.folder, place.journal, place.backup]) {
    await disk.makeFolder(folder)
    await removeTemporaries(disk, folder, place.name)
  }
  const generations = new Generations(disk, place)
  const segments = await listSegments(disk, place.journal, place.name)
  const file = new SnapshotFile(disk, place.snapshot)
  let head = await readHead(disk, place.head)
  const isNew = (head === 'missing' || head === 0) && segments.length === 0 && (await generations.list()).length === 0
  if (isNew && !(await disk.read(place.snapshot))) {
    head = 0
    // First, so that none of the files to come is ever there without it.
    await writeHead(disk, place.head, head)
    const empty = emptySnapshot(place, specs, now)
    await file.write(empty)
    await generations.keep(empty)
  }
  const database = await readDatabase(file, place, specs, generations, segments[0]?.after ?? 0)
  const snapshot = database.data

  const records = new Records(specs, place)
  for (const [table, rows] of snapshot.tables) {
    for (const [key, record] of rows) records.put(place.snapshot, table, key, record, snapshot.versions)
  }
  const handled = new Handled(snapshot.handled)
  const replayed = await replay(disk, place.name, segments, snapshot.seq, (entry, versions) => {
    for (const { table, key, after } of entry.changes) records.put(place.journal, table, key, after, versions)
    handled.note(entry)
  })
  const { reached, broken, versions } = replayed

  // Nothing on disk is changed before it is sure that the rest can be used.
  const tables = records.parsed()
  const repaired: string[] = []
  if (broken) repaired.push(await mend(disk, place, segments, broken, head, reached, now))
  if (typeof head === 'number' && head > reached) throw refuse.linesMissing(place, reached, head)
  // Written when a store is first made, before anything else.
  if (typeof head !== 'number') repaired.push(headLost(place, head, reached))
  if (replayed.end < reached && reached > 0) repaired.push(historyLost(place, replayed.end, reached))
  for (const segment of replayed.unused) await disk.remove(segment.file)
  const left = segments.slice(0, broken ? broken.segment + (broken.position > 0 ? 1 : 0) : undefined)
  return {
    tables,
    handled,
    database,
    generations,
    segments: left.filter((segment) => !replayed.unused.includes(segment)),
    good: broken?.position === 0 || replayed.end < reached ? 0 : replayed.good,
    seq: reached,
    savedSeq: snapshot.seq,
    current: isCurrent(snapshot.versions, specs) && (versions === undefined || isCurrent(versions, specs)),
    repaired,
  }
}

function emptySnapshot(place: Place, specs: Specs, now: number): Snapshot {
  return { name: place.name, seq: 0, savedAt: now, versions: currentVersions(specs), tables: new Map(), handled: [] }
}

/** @param begin the number after which the journal begins */
async function readDatabase(
  file: SnapshotFile,
  place: Place,
  specs: Specs,
  generations: Generations,
  begin: number,
): Promise<Low<Snapshot>> {
  const empty = emptySnapshot(place, specs, 0)
  const database = new Low<Snapshot>(file, empty)
  try {
    await database.read()
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    if (error.why === 'newer') throw refuse.newer(place.snapshot)
    throw refuse.snapshot(place, 'damaged', await generations.newestGood(begin))
  }
  // lowdb leaves its default data when there was no file.
  if (database.data === empty) throw refuse.snapshot(place, 'missing', await generations.newestGood(begin))
  if (database.data.name !== place.name) throw refuse.otherName(place, database.data.name)
  return database
}

/** Records by table as they are read; parsed only in their last form, as most changes are overwritten by later ones. */
class Records {
  readonly #specs: Specs
  readonly #place: Place
  readonly #tables = new Map<string, Map<string, Json>>()

  constructor(specs: Specs, place: Place) {
    this.#specs = specs
    this.#place = place
  }

  put(file: string, table: string, key: string, record: Json, versions: Versions): void {
    const spec = this.#specs.get(table)
    const version = versions[table]
    if (!spec || version === undefined || version > spec.migrations.length) throw refuse.newerTable(file, table)
    let rows = this.#tables.get(table)
    if (!rows) this.#tables.set(table, (rows = new Map()))
    if (record === null) rows.delete(key)
    else rows.set(key, migrate(spec, record, version))
  }

  parsed(): Tables {
    const tables = new Tables(this.#specs)
    for (const [table, rows] of this.#tables) {
      for (const [key, record] of rows) {
        const parsed = this.#specs.get(table)?.schema.safeParse(record)
        if (!parsed?.success) throw refuse.badRecord(this.#place.folder, table, key, parsed?.error.issues[0])
        tables.load(table, key, parsed.data)
      }
    }
    return tables
  }
}

/**
 * Cuts the journal at a break when that is safe: nothing after it was acknowledged, or the operator agreed by deleting the head file.
 * What is cut is kept aside.
 */
async function mend(
  disk: Disk,
  place: Place,
  segments: readonly Segment[],
  broken: Break,
  head: number | 'missing' | 'damaged',
  reached: number,
  now: number,
): Promise<string> {
  const file = segments[broken.segment]?.file ?? place.journal
  if (broken.why === 'newer') throw refuse.newer(file)
  const torn = broken.atEnd && (head === 'damaged' || (typeof head === 'number' && head <= reached))
  if (!torn && head !== 'missing') throw refuse.journalBroken(place, file, broken, reached, head)
  const asideEnd = `.cut-${now}`
  if (broken.position > 0) {
    const bytes = (await disk.read(file)) ?? Buffer.alloc(0)
    await replaceFile(disk, file + asideEnd, [bytes.subarray(broken.position)])
    const handle = await disk.open(file, 'edit')
    await handle.truncate(broken.position)
    await handle.flush()
    await handle.close()
  }
  const whole = segments.slice(broken.position > 0 ? broken.segment + 1 : broken.segment)
  for (const segment of whole) await disk.rename(segment.file, segment.file + asideEnd)
  await disk.flushFolder(place.journal)
  return inBoth(
    `日志 ${file} 从第 ${broken.line} 行起不完整，已剪掉，剪下的部分存为 ${file}${asideEnd}。已恢复到第 ${reached} 条记录。`,
    `The journal ${file} was not whole from line ${broken.line} on. That part is cut off and kept as ${file}${asideEnd}. Restored up to record ${reached}.`,
  )
}

function headLost(place: Place, head: 'missing' | 'damaged', reached: number): string {
  const [zh, en] = head === 'missing' ? ['不见了', 'was missing'] : ['损坏', 'was damaged']
  return inBoth(
    `${place.head} ${zh}，已重写。从第 ${reached} 条记录之后继续；无法确认后面是否还有过记录。`,
    `${place.head} ${en} and is rewritten. Going on after record ${reached}; whether there were later ones cannot be told.`,
  )
}

function historyLost(place: Place, end: number, reached: number): string {
  return inBoth(
    `${place.journal} 里的日志只到第 ${end} 条，数据文件到第 ${reached} 条：数据是完整的，但这中间的记录查不到，也不能撤销。`,
    `The journal in ${place.journal} ends at record ${end}, the data file at ${reached}: the data are whole, but records in between cannot be looked up or undone.`,
  )
}
