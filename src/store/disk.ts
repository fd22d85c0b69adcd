// The few things that the store asks of a file system, so that tests can fill it, break it or cut its power.
import { constants } from 'node:fs'
import fs from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import path from 'node:path'

/** An open file. */
export interface DiskFile {
  /** Writes at a byte position; resolves to the number of bytes written, which is short when the disk is full. */
  write(bytes: Buffer, position: number): Promise<number>
  /** At most `length` bytes; fewer at the end of the file. */
  read(length: number, position: number): Promise<Buffer>
  truncate(size: number): Promise<void>
  /** Resolves when what was written would survive a loss of power. */
  flush(): Promise<void>
  /** In bytes. */
  size(): Promise<number>
  close(): Promise<void>
}

/** A file system. What fails rejects with the machine's own error. */
export interface Disk {
  /** `create` makes a file that must not exist, `edit` and `read` open one that must. */
  open(file: string, mode: 'create' | 'edit' | 'read'): Promise<DiskFile>
  /** The whole file; undefined when there is none. */
  read(file: string): Promise<Buffer | undefined>
  /** Names in a folder. */
  list(folder: string): Promise<string[]>
  /** Replaces `to` when it exists. */
  rename(from: string, to: string): Promise<void>
  remove(file: string): Promise<void>
  makeFolder(folder: string): Promise<void>
  /** Makes new, renamed and removed names in a folder survive a loss of power. */
  flushFolder(folder: string): Promise<void>
}

const flags = { create: 'wx+', edit: 'r+', read: 'r' } as const

/** The machine's own file system. Only the owner may read what it makes. */
export const realDisk: Disk = {
  async open(file, mode) {
    const handle = await fs.open(file, flags[mode], 0o600)
    return {
      write: async (bytes, position) => (await handle.write(bytes, 0, bytes.length, position)).bytesWritten,
      async read(length, position) {
        const buffer = Buffer.allocUnsafe(length)
        const { bytesRead } = await handle.read(buffer, 0, length, position)
        return buffer.subarray(0, bytesRead)
      },
      truncate: (size) => handle.truncate(size),
      flush: () => handle.datasync(),
      size: async () => (await handle.stat()).size,
      close: () => handle.close(),
    }
  },
  async read(file) {
    try {
      return await fs.readFile(file)
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    }
  },
  list: (folder) => fs.readdir(folder),
  rename: (from, to) => fs.rename(from, to),
  remove: (file) => fs.rm(file, { force: true }),
  async makeFolder(folder) {
    const first = await fs.mkdir(folder, { recursive: true, mode: 0o700 })
    if (first === undefined) return
    for (let made = folder; made.length >= first.length; made = path.dirname(made))
      await flushFolder(path.dirname(made))
  },
  flushFolder,
}

async function flushFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for flushing, and needs no flush for a name to last.
  if (process.platform === 'win32') return
  const handle = await fs.open(folder, constants.O_RDONLY)
  try {
    await handle.sync()
  } catch (error) {
    // Some network file systems have no such thing.
    if (!['EINVAL', 'ENOTSUP'].includes(codeOf(error) ?? '')) throw error
  } finally {
    await handle.close()
  }
}

/** The file system's word for what went wrong, such as `ENOSPC`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** A full disk reports no error when there was room for a part. */
export function diskFull(): Error {
  return Object.assign(new Error('ENOSPC: no space left on device, only a part was written'), { code: 'ENOSPC' })
}

const temporaryEnd = '.tmp'

/**
 * Writes a whole file so that at any moment, also after a loss of power, either the old or the new one is there, whole.
 * Between parts the event loop goes on.
 */
export async function replaceFile(
  disk: Disk,
  file: string,
  parts: Iterable<Buffer> | AsyncIterable<Buffer>,
): Promise<void> {
  const temporary = `${file}.${randomUUID()}${temporaryEnd}`
  try {
    const handle = await disk.open(temporary, 'create')
    try {
      let position = 0
      for await (const part of parts) {
        if ((await handle.write(part, position)) < part.length) throw diskFull()
        position += part.length
      }
      await handle.flush()
    } finally {
      await handle.close()
    }
    await disk.rename(temporary, file)
  } catch (error) {
    // The first error tells more than one from clearing up; a leftover is removed at the next start.
    await disk.remove(temporary).catch(() => undefined)
    throw error
  }
  await disk.flushFolder(path.dirname(file))
}

/** Removes what a killed process left half written. */
export async function removeTemporaries(disk: Disk, folder: string, name: string): Promise<void> {
  for (const file of await disk.list(folder)) {
    if (file.startsWith(`${name}.`) && file.endsWith(temporaryEnd)) await disk.remove(path.join(folder, file))
  }
}
