// Opens a community's store: takes the lock, loads and checks what is on disk, and makes ready for the first commit.
import type { Lost, Opened } from './store.ts'
import { codeOf, realDisk, type Disk } from './disk.ts'
import { DurableStore } from './durable.ts'
import { Head } from './head.ts'
import { Journal } from './journal.ts'
import { load } from './load.ts'
import { takeLock, type Lock } from './lock.ts'
import type { Specs } from './migrations.ts'
import { placeOf, refuse } from './refusals.ts'

/** Which store to open, and with what. */
export interface StoreOptions {
  /** Made when it does not exist. */
  folder: string
  /** The community's: the first part of its files' names. Letters, digits, `-` and `_`. */
  name: string
  /** All tables by name. */
  specs: Specs
  /** Milliseconds since 1970. */
  now: () => number
  /** Told what fails without anybody waiting for it. */
  log?: (text: string) => void
  disk?: Disk
  /** Told how each write ended: of the journal (`store`) and of the snapshot. An error is the file system's. */
  wrote?: (what: 'store' | 'snapshot', error?: unknown) => void
  /** Told once, with the reason, when the files on disk are not this process's any more: it must end and write nothing. */
  lost?: (why: Lost) => void
}

/** @throws StoreRefused when the data are in use, damaged, missing in part, or newer than this program */
export async function openStore({
  folder,
  name,
  specs,
  now,
  log = () => {},
  disk = realDisk,
  wrote = () => {},
  lost = () => {},
}: StoreOptions): Promise<Opened> {
  const place = placeOf(folder, name)
  let lock: Lock | undefined
  const opened: { close(): Promise<void> }[] = []
  try {
    await disk.makeFolder(folder)
    lock = takeLock(place.lock, () => lost('lock'))
    const { segments, good, seq, savedSeq, current, repaired, ...loaded } = await load(disk, place, specs, now())
    const head = await Head.open(disk, place.head, seq)
    opened.push(head)
    const journal = new Journal({ disk, folder: place.journal, name, specs }, segments, good)
    opened.push(journal)
    if (good === 0) await journal.begin(seq)
    const parts = {
      ...loaded,
      name,
      journal,
      head,
      lock,
      now,
      log,
      wrote,
      lost,
      seq,
      savedSeq: current ? savedSeq : -1,
    }
    const store = new DurableStore(parts)
    // Old and new records are never mixed in one segment.
    if (!current) await store.compact()
    return { store, repaired }
  } catch (error) {
    for (const part of opened) await part.close().catch(() => undefined)
    lock?.release()
    throw codeOf(error) === undefined ? error : refuse.disk(place, error)
  }
}
