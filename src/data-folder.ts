// The one door by which small files get into the data folder. A disk that is full, read-only or broken never throws here: it is a state.
import { randomUUID } from 'node:crypto'
import nodeFs from 'node:fs'
import path from 'node:path'

/** Who writes. Each fails and recovers by itself; the folder is well when all are. */
export type Writer = 'store' | 'snapshot' | 'session' | 'messages' | 'claim' | 'settings' | 'health' | 'vectors'

/** What is wrong with the folder. */
export interface DiskTrouble {
  /** The file system's word, such as `ENOSPC`. */
  code: string
  /** Milliseconds since 1970: the first failure. */
  since: number
  /** Writes that failed since then. */
  failures: number
}

/** The calls that change something on disk, so that tests can make each of them fail. */
export type FileCalls = Pick<
  typeof nodeFs,
  'openSync' | 'writeSync' | 'fsyncSync' | 'closeSync' | 'renameSync' | 'rmSync' | 'chmodSync' | 'mkdirSync'
> & { appendFile: typeof nodeFs.promises.appendFile }

export const realFiles: FileCalls = { ...nodeFs, appendFile: nodeFs.promises.appendFile }

export interface DataFolderOptions {
  now?: () => number
  files?: FileCalls
  /** False when the folder belongs to another process by now: nothing is written any more. */
  isOurs?: () => boolean
}

/** The file system's word for what went wrong; undefined for an error that is none of its. */
export function fileCodeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** Troubles of a disk that pass by themselves or by an operator's hand, without a restart. */
export const passingCodes: readonly string[] = [
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'EAGAIN',
]

/** Files of an earlier run that hold secrets or half a file: what a kill left, and a session that WeChat refused. */
const leftover = /\.tmp$|^quanzi(?:-copy)?\.memory-card\.json\.(?:\d+|rejected)$/

export class DataFolder {
  readonly path: string
  readonly #now: () => number
  readonly #files: FileCalls
  #changed: (trouble: DiskTrouble | null) => void = () => {}
  readonly #isOurs: () => boolean
  readonly #failing = new Set<Writer>()
  /** What could not be written, newest of each file. */
  readonly #unwritten = new Map<string, { writer: Writer; text: string }>()
  #trouble: DiskTrouble | null = null

  constructor(folder: string, options: DataFolderOptions = {}) {
    this.path = folder
    this.#now = options.now ?? Date.now
    this.#files = options.files ?? realFiles
    this.#isOurs = options.isOurs ?? (() => true)
  }

  /** null: all is well. */
  get trouble(): Readonly<DiskTrouble> | null {
    return this.#trouble
  }

  /** @param changed told when the first writer fails, also when it failed before, and with null when the last one has recovered */
  watch(changed: (trouble: DiskTrouble | null) => void): void {
    this.#changed = changed
    if (this.#trouble !== null) changed(this.#trouble)
  }

  file(name: string): string {
    return path.join(this.path, name)
  }

  /** Makes the folder, and narrows it to its owner as far as the disk lets us. */
  make(): void {
    this.#files.mkdirSync(this.path, { recursive: true, mode: 0o700 })
    this.#attempt('session', () => this.#files.chmodSync(this.path, 0o700))
  }

  /** Replaces a file that only its owner can read, flushed: the old or the new one is there, whole. @returns whether it was written */
  write(writer: Writer, name: string, text: string): boolean {
    const isWritten = this.#attempt(writer, () => {
      const temporary = this.file(`${name}.${randomUUID()}.tmp`)
      try {
        this.#fill(temporary, text)
        this.#files.renameSync(temporary, this.file(name))
      } catch (error) {
        this.#quietly(() => this.#files.rmSync(temporary, { force: true }))
        throw error
      }
    })
    if (isWritten) this.#unwritten.delete(name)
    else this.#unwritten.set(name, { writer, text })
    return isWritten && this.note(writer)
  }

  /** Adds to the end of a file, whose folder is made when it is missing; not flushed. @returns whether it was written */
  async append(writer: Writer, name: string, text: string): Promise<boolean> {
    if (!this.#isOurs()) return false
    const file = this.file(name)
    try {
      this.#files.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
      await this.#files.appendFile(file, text, { mode: 0o600 })
    } catch (error) {
      return this.#failed(writer, error)
    }
    return this.note(writer)
  }

  remove(writer: Writer, name: string): boolean {
    this.#unwritten.delete(name)
    return this.#attempt(writer, () => this.#files.rmSync(this.file(name), { force: true }))
  }

  rename(writer: Writer, from: string, to: string): boolean {
    return this.#attempt(writer, () => this.#files.renameSync(this.file(from), this.file(to)))
  }

  /** Narrows a file to its owner. */
  narrow(writer: Writer, name: string): boolean {
    return this.#attempt(writer, () => this.#files.chmodSync(this.file(name), 0o600))
  }

  /** Removes what a killed run left: half files, and copies of a session. Only for the process that holds the lock. */
  removeLeftovers(): void {
    for (const name of nodeFs.readdirSync(this.path)) if (leftover.test(name)) this.remove('session', name)
  }

  /** Writes what could not be written, when the disk takes a small file again. @returns whether it does */
  retry(): boolean {
    if (!this.#probe()) return false
    for (const [name, { writer, text }] of [...this.#unwritten]) this.write(writer, name, text)
    // Lines that were to be added are lost; the next ones will be written.
    this.note('messages')
    return this.note('vectors')
  }

  isFailing(writer: Writer): boolean {
    return this.#failing.has(writer)
  }

  #probe(): boolean {
    if (!this.#isOurs()) return false
    const name = this.file(`probe.${randomUUID()}.tmp`)
    try {
      this.#fill(name, ' '.repeat(4096))
      return true
    } catch (error) {
      if (fileCodeOf(error) === undefined) throw error
      return false
    } finally {
      this.#quietly(() => this.#files.rmSync(name, { force: true }))
    }
  }

  /** One writer's outcome, also of writes that were made elsewhere. @returns true when there was no error */
  note(writer: Writer, error?: unknown): boolean {
    if (error !== undefined) return this.#failed(writer, error)
    if (!this.#failing.delete(writer) || this.#failing.size > 0) return true
    this.#trouble = null
    this.#changed(null)
    return true
  }

  /** A removal or a new name that succeeds says nothing about room for the next write, so only writes tell of a recovery. */
  #attempt(writer: Writer, act: () => unknown): boolean {
    if (!this.#isOurs()) return false
    try {
      act()
      return true
    } catch (error) {
      return this.#failed(writer, error)
    }
  }

  #failed(writer: Writer, error: unknown): false {
    const code = fileCodeOf(error)
    if (code === undefined) throw error
    this.#failing.add(writer)
    const isFirst = this.#trouble === null
    this.#trouble ??= { code, since: this.#now(), failures: 0 }
    this.#trouble.failures += 1
    if (isFirst) this.#changed(this.#trouble)
    return false
  }

  #fill(file: string, text: string): void {
    const handle = this.#files.openSync(file, 'wx', 0o600)
    try {
      const bytes = Buffer.from(text)
      for (let at = 0; at < bytes.length;) {
        const written = this.#files.writeSync(handle, bytes, at)
        if (written === 0) throw Object.assign(new Error('ENOSPC: nothing more was written'), { code: 'ENOSPC' })
        at += written
      }
      this.#files.fsyncSync(handle)
    } finally {
      this.#files.closeSync(handle)
    }
  }

  #quietly(act: () => void): void {
    try {
      act()
    } catch (error) {
      if (fileCodeOf(error) === undefined) throw error
    }
  }
}
