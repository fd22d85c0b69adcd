// A disk in memory that can be filled, broken at any operation, damaged by the bit, and lose its power.
import type { Disk, DiskFile } from '../../src/store/disk.ts'

interface Content {
  now: Buffer
  flushed: Buffer
}

type Operation = 'open' | 'write' | 'truncate' | 'flush' | 'rename' | 'remove' | 'flushFolder'

function failure(code: string): Error {
  return Object.assign(new Error(code), { code })
}

export class MemoryDisk implements Disk {
  names = new Map<string, Content>()
  flushedNames = new Map<string, Content>()
  /** Bytes that all files together may have. */
  capacity = Infinity
  /** Called before every operation that changes something; may throw. */
  before: (operation: Operation, file: string) => void = () => {}

  open(file: string, mode: 'create' | 'edit' | 'read'): Promise<DiskFile> {
    return attempt(() => {
      if (mode !== 'read') this.before('open', file)
      let content = this.names.get(file)
      if (mode === 'create') {
        if (content) throw failure('EEXIST')
        content = { now: Buffer.alloc(0), flushed: Buffer.alloc(0) }
        this.names.set(file, content)
      }
      if (!content) throw failure('ENOENT')
      return this.#handle(file, content)
    })
  }

  read(file: string) {
    return attempt(() => this.names.get(file)?.now)
  }

  list(folder: string) {
    return attempt(() =>
      [...this.names.keys()].filter((file) => inFolder(file, folder)).map((file) => file.slice(folder.length + 1)),
    )
  }

  rename(from: string, to: string) {
    return attempt(() => {
      this.before('rename', to)
      const content = this.names.get(from)
      if (!content) throw failure('ENOENT')
      this.names.set(to, content)
      this.names.delete(from)
    })
  }

  remove(file: string) {
    return attempt(() => {
      this.before('remove', file)
      this.names.delete(file)
    })
  }

  makeFolder() {
    return Promise.resolve()
  }

  flushFolder(folder: string) {
    return attempt(() => {
      this.before('flushFolder', folder)
      for (const file of this.flushedNames.keys()) if (inFolder(file, folder)) this.flushedNames.delete(file)
      for (const [file, content] of this.names) if (inFolder(file, folder)) this.flushedNames.set(file, content)
    })
  }

  /** What is found after the power was cut: whatever was not flushed is there, or not, or in part. @param chance from 0 to 1 */
  afterPowerCut(chance: () => number): MemoryDisk {
    const disk = new MemoryDisk()
    const files = new Set([...this.names.keys(), ...this.flushedNames.keys()])
    for (const file of files) {
      const content = chance() < 0.5 ? this.names.get(file) : this.flushedNames.get(file)
      if (content) disk.put(file, remains(content, chance))
    }
    return disk
  }

  /** The same files, all flushed. */
  copy(): MemoryDisk {
    const disk = new MemoryDisk()
    for (const [file, { now }] of this.names) disk.put(file, Buffer.from(now))
    return disk
  }

  put(file: string, bytes: Buffer): void {
    const content = { now: bytes, flushed: bytes }
    this.names.set(file, content)
    this.flushedNames.set(file, content)
  }

  bytes(file: string): Buffer {
    const content = this.names.get(file)
    if (!content) throw failure('ENOENT')
    return content.now
  }

  /** The one file whose path contains that text. */
  find(part: string): string {
    const found = [...this.names.keys()].filter((file) => file.includes(part))
    if (found.length !== 1 || found[0] === undefined) throw new Error(`${part}: ${found.join(', ') || 'none'}`)
    return found[0]
  }

  #used(): number {
    return [...this.names.values()].reduce((sum, { now }) => sum + now.length, 0)
  }

  #handle(file: string, content: Content): DiskFile {
    return {
      write: (bytes, position) =>
        attempt(() => {
          this.before('write', file)
          const grows = Math.max(0, position + bytes.length - content.now.length)
          const room = Math.max(0, this.capacity - this.#used())
          const part = bytes.subarray(0, bytes.length - Math.max(0, grows - room))
          if (part.length === 0 && bytes.length > 0) throw failure('ENOSPC')
          const size = Math.max(content.now.length, position + part.length)
          const now = Buffer.alloc(size)
          content.now.copy(now)
          part.copy(now, position)
          content.now = now
          return part.length
        }),
      read: (length, position) => attempt(() => content.now.subarray(position, position + length)),
      truncate: (size) =>
        attempt(() => {
          this.before('truncate', file)
          content.now = content.now.subarray(0, size)
        }),
      flush: () =>
        attempt(() => {
          this.before('flush', file)
          content.flushed = content.now
        }),
      size: () => attempt(() => content.now.length),
      close: () => Promise.resolve(),
    }
  }
}

/** Runs at once, as a system call would, and answers later. */
async function attempt<T>(operation: () => T): Promise<T> {
  const result = operation()
  await Promise.resolve()
  return result
}

function inFolder(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/`) && !file.includes('/', folder.length + 1)
}

/** A file that grew since its flush has some of the new bytes, or zeros in their place. */
function remains({ now, flushed }: Content, chance: () => number): Buffer {
  if (chance() < 0.3) return Buffer.from(now)
  if (chance() < 0.3 || now.length <= flushed.length) return Buffer.from(flushed)
  const kept = flushed.length + Math.floor(chance() * (now.length - flushed.length))
  const zeros = chance() < 0.3 ? now.length - kept : 0
  return Buffer.concat([now.subarray(0, kept), Buffer.alloc(zeros)])
}
