// Vectors on disk by the hash of their text, in one file that is only appended to, and rewritten at reading when it has grown too long.
import { readFile } from 'node:fs/promises'
import type { DataFolder } from '../data-folder.ts'
import { vectorOf, type Vector } from '../search/vectors.ts'

/** Vectors that are kept; of more, the oldest are forgotten at the next start. 1,536 numbers each make 60 MB of these. */
const mostKept = 30_000

export class VectorCache {
  readonly #data: DataFolder
  readonly #name: string
  readonly #failed: (error: unknown) => void
  #vectors: Promise<Map<string, Vector>> | undefined
  #work: Promise<void> = Promise.resolve()
  #waiting = ''

  /**
   * @param name a file of lines of a key, a blank and the numbers in base 64
   * @param failed told when it could not be read: then texts are asked for again, nothing else happens
   */
  constructor(data: DataFolder, name: string, failed: (error: unknown) => void) {
    this.#data = data
    this.#name = name
    this.#failed = failed
  }

  /** Those of the keys that are known. */
  async get(keys: readonly string[]): Promise<Map<string, Vector>> {
    const vectors = await (this.#vectors ??= this.#read())
    return new Map(
      keys.flatMap((key) => {
        const vector = vectors.get(key)
        return vector ? [[key, vector] as const] : []
      }),
    )
  }

  keep(key: string, vector: Vector): void {
    void this.#vectors?.then((vectors) => vectors.set(key, vector))
    this.#waiting += lineOf(key, vector)
    this.#work = this.#work.then(() => this.#write())
  }

  forget(keys: readonly string[]): void {
    void this.#vectors?.then((vectors) => keys.forEach((key) => vectors.delete(key)))
  }

  /** What is being written is on disk then. */
  close(): Promise<void> {
    return this.#work
  }

  async #write(): Promise<void> {
    const lines = this.#waiting
    this.#waiting = ''
    if (lines !== '') await this.#data.append('vectors', this.#name, lines)
  }

  async #read(): Promise<Map<string, Vector>> {
    const vectors = new Map<string, Vector>()
    try {
      const lines = (await readFile(this.#data.file(this.#name), 'latin1').catch(ifMissing)).split('\n')
      // A crash may leave half a line, which has no key of the right length or no line end.
      const whole = lines.slice(0, -1).filter((line) => /^[\w-]{24} [\w+/]+=*$/.test(line))
      for (const line of whole.slice(-mostKept)) {
        const bytes = Buffer.from(line.slice(25), 'base64')
        vectors.set(line.slice(0, 24), vectorOf(new Int8Array(bytes)))
      }
      if (whole.length > mostKept || whole.length + 1 < lines.length || lines.at(-1) !== '') this.#rewrite(vectors)
    } catch (error) {
      this.#failed(error)
    }
    return vectors
  }

  #rewrite(vectors: ReadonlyMap<string, Vector>): void {
    this.#data.write('vectors', this.#name, [...vectors].map(([key, vector]) => lineOf(key, vector)).join(''))
  }
}

function lineOf(key: string, { numbers }: Vector): string {
  return `${key} ${Buffer.from(numbers).toString('base64')}\n`
}

/** Before the first text there is no file. */
function ifMissing(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
  throw error
}
