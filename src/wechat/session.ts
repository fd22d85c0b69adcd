// The saved session: two files that only their owner can read, so that a restart needs no new QR code.
import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { fileCodeOf, type DataFolder } from '../data-folder.ts'
import type { BotData } from './internals.ts'

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

const main = 'quanzi.memory-card.json'
const copy = 'quanzi-copy.memory-card.json'

export interface SavedSession {
  data: BotData
  /** When WeChat was last heard with it, milliseconds. */
  heardAt: number
}

/** Reads and writes the session of one account. A disk that cannot be written costs a QR code after the next start at most. */
export class SessionFile {
  readonly #folder: DataFolder

  /** @param folder made with mode 0700 when it is not there; an existing one is narrowed to that */
  constructor(folder: DataFolder) {
    folder.make()
    this.#folder = folder
  }

  /**
   * The last session that was saved whole, or null. A damaged file, or one that the disk does not give, is passed over for the copy.
   * @throws when the disk gives neither: a scan would make everybody a stranger
   */
  load(): SavedSession | null {
    const [first, second] = [this.#read(main), this.#read(copy)]
    for (const found of [first, second]) if (found !== null && !(found instanceof Error)) return found
    for (const found of [first, second]) if (found instanceof Error) throw found
    return null
  }

  /** Saves the session as it is now; the file's time tells when WeChat was last heard. */
  save(data: BotData): void {
    this.#folder.write('session', main, JSON.stringify({ [slot]: data }))
  }

  /** Keeps a second copy, once WeChat has accepted the session. */
  keepCopy(data: BotData): void {
    this.#folder.write('session', copy, JSON.stringify({ [slot]: data }))
  }

  /** WeChat does not accept this session any more: it is put aside under another name until the next start. */
  reject(): void {
    this.#folder.remove('session', copy)
    const found = this.#read(main)
    if (found !== null && !(found instanceof Error)) this.#folder.rename('session', main, `${main}.rejected`)
    else this.#folder.remove('session', main)
  }

  #read(name: string): SavedSession | Error | null {
    const file = this.#folder.file(name)
    try {
      const data = Card.parse(JSON.parse(readFileSync(file, 'utf8')))[slot] as BotData
      const heardAt = statSync(file).mtimeMs
      this.#folder.narrow('session', name)
      return { data, heardAt }
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof z.ZodError) return null
      const code = fileCodeOf(error)
      if (code === undefined) throw error
      return code === 'ENOENT' ? null : (error as Error)
    }
  }
}
