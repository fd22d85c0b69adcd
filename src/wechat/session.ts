// The saved session: two files that only their owner can read, so that a restart needs no new QR code.
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { BotData } from './inside.ts'

/** The place of the session inside a Wechaty memory card, so that a card written by any Wechaty bot can be taken along. */
const slot = '\rpuppet\nPUPPET-WECHAT4U'

const record = z.record(z.string(), z.unknown())
const Card = z.looseObject({
  [slot]: z.object({
    PROP: z.looseObject({ uin: z.coerce.string().min(1), sid: z.string().min(1), skey: z.string() }),
    CONF: record,
    COOKIE: record,
    user: record,
  }),
})

export interface SavedSession {
  data: BotData
  /** When WeChat was last heard with it, milliseconds. */
  heardAt: number
}

/** Reads and writes the session of one account. */
export class SessionFile {
  readonly #path: string
  readonly #copy: string

  /** @param folder made with mode 0700 when it is not there; an existing one is narrowed to that */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    this.#path = join(folder, 'quanzi.memory-card.json')
    this.#copy = join(folder, 'quanzi-copy.memory-card.json')
  }

  /** The last session that was saved whole, or null. A damaged file is passed over for the copy. */
  load(): SavedSession | null {
    return read(this.#path) ?? read(this.#copy)
  }

  /** Saves the session as it is now; the file's time tells when WeChat was last heard. */
  save(data: BotData): void {
    write(this.#path, data)
  }

  /** Keeps a second copy, once WeChat has accepted the session. */
  keepCopy(data: BotData): void {
    write(this.#copy, data)
  }

  /** WeChat does not accept this session any more: it is put aside under another name. */
  reject(): void {
    rmSync(this.#copy, { force: true })
    if (read(this.#path) !== null) renameSync(this.#path, `${this.#path}.rejected`)
    else rmSync(this.#path, { force: true })
  }
}

function read(path: string): SavedSession | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  try {
    const data = Card.parse(JSON.parse(text))[slot] as BotData
    chmodSync(path, 0o600)
    return { data, heardAt: statSync(path).mtimeMs }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null
    throw error
  }
}

function write(path: string, data: BotData): void {
  const temporary = `${path}.${process.pid}`
  const file = openSync(temporary, 'w', 0o600)
  try {
    writeSync(file, JSON.stringify({ [slot]: data }))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}
