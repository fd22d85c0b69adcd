// The number of the last flushed decision, apart from the journal: it betrays a journal that lost its last lines.
import { crc32 } from 'node:zlib'
import { replaceFile, type Disk, type DiskFile } from './disk.ts'

const digits = 16

function encode(seq: number): Buffer {
  const number = String(seq).padStart(digits, '0')
  return Buffer.from(`${number} ${crc32(number).toString(16).padStart(8, '0')}\n`)
}

/** `missing`: there is none, by which an operator agrees to lose what the journal cannot give. `damaged`: it says nothing. */
export async function readHead(disk: Disk, file: string): Promise<number | 'missing' | 'damaged'> {
  const bytes = await disk.read(file)
  if (!bytes) return 'missing'
  const seq = Number(bytes.toString('latin1', 0, digits))
  return Number.isSafeInteger(seq) && seq >= 0 && bytes.equals(encode(seq)) ? seq : 'damaged'
}

/** Replaces the file, flushed. */
export function writeHead(disk: Disk, file: string, seq: number): Promise<void> {
  return replaceFile(disk, file, [encode(seq)])
}

/** Kept up after each flush without flushing itself: too low does no harm, too high cannot be. */
export class Head {
  readonly #file: DiskFile
  #wanted = 0
  #writing: Promise<void> | undefined

  private constructor(file: DiskFile) {
    this.#file = file
  }

  static async open(disk: Disk, file: string, seq: number): Promise<Head> {
    await writeHead(disk, file, seq)
    return new Head(await disk.open(file, 'edit'))
  }

  /** To be called after each flush of the journal. */
  note(seq: number): void {
    this.#wanted = seq
    this.#writing ??= this.#write()
  }

  /** Resolves when the last number is written. */
  async close(): Promise<void> {
    await this.#writing
    await this.#file.close()
  }

  async #write(): Promise<void> {
    let written
    while (written !== this.#wanted) {
      written = this.#wanted
      // A head that could not be written is one that is too low.
      await this.#file.write(encode(written), 0).catch(() => undefined)
    }
    this.#writing = undefined
  }
}
