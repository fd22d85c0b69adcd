// The last days' messages of the managed groups, one file a day outside the journal: for rehearsals, reports and calibration.
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { DataFolder } from '../data-folder.ts'
import { kinds, type Kind, type Said } from '../core/types/event.ts'
import { GroupId, MemberId, type Millis } from '../core/types/ids.ts'
import { squeezed } from '../core/lib/text.ts'
import { dayKey } from '../core/lib/time.ts'

/** A message as it is kept: what was said, by whom, and since when he had been in the group (ms; 0: before the bot). */
export const KeptMessage = z.object({
  id: z.string(),
  at: z.int(),
  group: GroupId,
  from: MemberId,
  since: z.int(),
  kind: z.enum(kinds),
  text: z.string(),
  /** It was said to the bot. */
  addressed: z.literal(true).optional(),
  description: z.string().optional(),
  link: z.string().optional(),
  quote: z.object({ name: z.string(), text: z.string(), kind: z.enum(kinds).optional() }).nullable(),
})
export type KeptMessage = z.infer<typeof KeptMessage>

export interface ArchiveOptions {
  /** Holds a folder `messages` with one file a day (`2026-11-28.jsonl`, days in UTC), readable by the owner only. */
  data: DataFolder
  /** Days to keep, today included; 0: nothing is kept and what was kept is deleted. */
  days: () => number
  now: () => Millis
  /** Calls `run` once after that many milliseconds. @returns what cancels it */
  later: (ms: number, run: () => void) => () => void
  /** Told when a file could not be read or deleted. What cannot be written is lost, and nothing else is; the data folder tells of it. */
  failed: (error: unknown) => void
}

/** Messages are written together after this time (ms), or when this many wait: a crash may lose these, nothing waits for them. */
const WRITE_AFTER = 5_000
const MOST_WAITING = 500
/** Characters of a text that are kept. */
const KEPT_TEXT = 4096
/** Characters by which lines are picked before they are parsed. */
const COMPARED = 4
const FOLDER = 'messages'
const fileName = /^\d{4}-\d{2}-\d{2}\.jsonl$/
const DAY = 86_400_000

export class MessageArchive {
  readonly #options: ArchiveOptions
  #waiting: KeptMessage[] = []
  #cancelTimer: (() => void) | undefined
  #work: Promise<void> = Promise.resolve()
  #tidiedOn = ''

  constructor(options: ArchiveOptions) {
    this.#options = options
  }

  get #folder(): string {
    return this.#options.data.file(FOLDER)
  }

  /** Takes note of a message in a group; it is on disk some seconds later. @param since see `KeptMessage` */
  keep(said: Said, since: Millis): void {
    if (said.group === null || this.#options.days() === 0) return
    const { id, at, group, from, kind, text, addressed, description, link, quote } = said
    this.#waiting.push({
      ...{ id, at, group, from, since, kind, text: text.slice(0, KEPT_TEXT), quote },
      ...(addressed ? { addressed } : {}),
      ...(description === undefined ? {} : { description: description.slice(0, KEPT_TEXT) }),
      ...(link === undefined ? {} : { link }),
    })
    if (this.#waiting.length >= MOST_WAITING) void this.flush()
    else this.#cancelTimer ??= this.#options.later(WRITE_AFTER, () => void this.flush())
  }

  /** Writes what waits, and deletes what is too old. Never rejects. */
  flush(): Promise<void> {
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    const messages = this.#waiting
    this.#waiting = []
    this.#work = this.#work.then(() => this.#write(messages)).catch(this.#options.failed)
    return this.#work
  }

  /**
   * The messages since a time, a day at a time, oldest day first; within a day in the order of arrival. What cannot be read is left out.
   * @param from milliseconds since 1970
   */
  async *read(from: Millis = 0): AsyncGenerator<readonly KeptMessage[]> {
    await this.flush()
    for (const name of await this.#files()) {
      if (Date.parse(name.slice(0, 10)) + DAY <= from) continue
      const text = await this.#textOf(name)
      const kept = text.split('\n').flatMap((line) => parsed(line) ?? [])
      yield kept.filter(({ at }) => at >= from)
    }
  }

  /**
   * Messages of a group with these words, the latest first; of what has no words, those of that kind. Lines that cannot hold them are not parsed.
   * @param most the most messages returned
   */
  async find(
    { group, text, kind }: { group: GroupId; text: string; kind: Kind | null },
    most: number,
  ): Promise<readonly KeptMessage[]> {
    await this.flush()
    const found: KeptMessage[] = []
    const wanted = squeezed(text)
    const [beginning = ''] = text.trim().slice(0, COMPARED).split(/\s/)
    const marks = [`"group":"${group}"`, JSON.stringify(beginning).slice(1, -1)]
    const isMeant = (message: KeptMessage) =>
      message.group === group && (wanted === '' ? message.kind === kind : squeezed(message.text) === wanted)
    for (const name of (await this.#files()).reverse()) {
      const lines = (await this.#textOf(name)).split('\n').filter((line) => marks.every((mark) => line.includes(mark)))
      for (const line of lines.reverse()) {
        const message = parsed(line)
        if (message === undefined || !isMeant(message)) continue
        found.push(message)
        if (found.length === most) return found
      }
    }
    return found
  }

  async #textOf(name: string): Promise<string> {
    return readFile(join(this.#folder, name), 'utf8').catch((error: unknown) => {
      this.#options.failed(error)
      return ''
    })
  }

  /** Writes what waits. */
  async close(): Promise<void> {
    await this.flush()
  }

  async #write(messages: readonly KeptMessage[]): Promise<void> {
    const { data, now, days } = this.#options
    const today = dayKey(now(), 'UTC')
    if (today !== this.#tidiedOn || days() === 0) await this.#tidy()
    this.#tidiedOn = today
    if (messages.length === 0) return
    const lines = new Map<string, string>()
    for (const message of messages) {
      const day = dayKey(message.at, 'UTC')
      lines.set(day, `${lines.get(day) ?? ''}${JSON.stringify(message)}\n`)
    }
    for (const [day, text] of lines) await data.append('messages', join(FOLDER, `${day}.jsonl`), text)
  }

  async #tidy(): Promise<void> {
    const { now, days } = this.#options
    const first = dayKey(now() - (days() - 1) * DAY, 'UTC')
    const old = (await this.#files()).filter((name) => days() === 0 || name.slice(0, 10) < first)
    for (const name of old) await rm(join(this.#folder, name), { force: true })
  }

  async #files(): Promise<string[]> {
    // Before the first message there is no folder.
    const names = await readdir(this.#folder).catch(() => [])
    return names.filter((name) => fileName.test(name)).sort()
  }
}

/** A line as it was written; undefined for the half line that a crash leaves. */
function parsed(line: string): KeptMessage | undefined {
  if (line === '') return undefined
  try {
    return KeptMessage.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
