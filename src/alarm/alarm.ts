// Words to the operator outside WeChat: each trouble once, again after hours while it lasts, and that it is over.
import { setTimeout as pause } from 'node:timers/promises'
import { nameOf, type Channel } from './channels.ts'

/** What is sent: a title, and the text that the operator reads elsewhere too. */
export interface AlarmText {
  title: string
  text: string
}

export interface AlarmParts {
  channels: () => readonly Channel[]
  /** Milliseconds after which a trouble that lasts is told again. */
  again: () => number
  now: () => number
  /** Calls `run` once after this delay (ms). @returns a function that cancels it */
  later: (ms: number, run: () => void) => () => void
  botName: () => string
  language: () => 'zh' | 'en'
  /** What an earlier run told of and did not see the end of, and how to keep it for the next. */
  kept: Raised
  keep: (raised: Raised) => void
  /** Told when an alarm could not be delivered after some tries. */
  failed: (channel: string, error: unknown) => void
}

/** What was told and is not over, by what it is about: the text, and when it was last told (ms). */
export type Raised = Readonly<Record<string, { text: string; at: number }>>

/** Pauses before further tries of one delivery, milliseconds. */
const tries = [0, 5_000, 30_000, 120_000]
/** Most alarms in an hour, recoveries included: nobody reads a flood. */
const mostPerHour = 20
const hour = 3_600_000

const words = {
  zh: {
    trouble: '出状况了',
    still: '还没好',
    well: '恢复了',
    test: '测试',
    testText: '这是一条测试，收到就说明告警通了。',
  },
  en: {
    trouble: 'trouble',
    still: 'still in trouble',
    well: 'well again',
    test: 'test',
    testText: 'This is a test: alarms reach you.',
  },
}

export class Alarm {
  readonly #parts: AlarmParts
  readonly #raised = new Map<string, { text: string; at: number; cancel: () => void }>()
  #sentAt: number[] = []
  #under = new Set<Promise<void>>()

  constructor(parts: AlarmParts) {
    this.#parts = parts
    for (const [key, { text, at }] of Object.entries(parts.kept)) this.#repeat(key, text, at)
  }

  /** What was told and is not over. */
  get raised(): string[] {
    return [...this.#raised.keys()]
  }

  /** Tells of a trouble, once until it is over. @param key what it is about */
  raise(key: string, text: string): void {
    if (this.#raised.has(key)) return
    this.#say('trouble', text)
    this.#repeat(key, text, this.#parts.now())
    this.#keep()
  }

  /** Tells that it is over, if it was told. */
  well(key: string, text?: string): void {
    const raised = this.#raised.get(key)
    if (raised === undefined) return
    raised.cancel()
    this.#raised.delete(key)
    this.#keep()
    this.#say('well', text ?? raised.text)
  }

  /** Sends a test. @returns what came of it, a channel each: null is well */
  async test(): Promise<{ channel: string; error: string | null }[]> {
    const message = this.#message('test', words[this.#parts.language()].testText)
    return Promise.all(
      this.#parts.channels().map(async (channel) => ({
        channel: nameOf(channel),
        error: await channel.send(message).then(
          () => null,
          (error: unknown) => (error instanceof Error ? error.message : String(error)),
        ),
      })),
    )
  }

  /** Resolves when pending deliveries have ended, or after a timeout (ms): for the end of the process. */
  async settle(within: number): Promise<void> {
    if (this.#under.size > 0) await Promise.race([Promise.all(this.#under), pause(within, undefined, { ref: false })])
  }

  stop(): void {
    for (const { cancel } of this.#raised.values()) cancel()
  }

  #keep(): void {
    this.#parts.keep(Object.fromEntries([...this.#raised].map(([key, { text, at }]) => [key, { text, at }])))
  }

  #repeat(key: string, text: string, at: number): void {
    const { later, now, again } = this.#parts
    const cancel = later(Math.max(0, at + again() - now()), () => {
      this.#say('still', text)
      this.#repeat(key, text, now())
      this.#keep()
    })
    this.#raised.set(key, { text, at, cancel })
  }

  #message(kind: 'trouble' | 'still' | 'well' | 'test', text: string): AlarmText {
    return { title: `${this.#parts.botName()}：${words[this.#parts.language()][kind]}`, text }
  }

  #say(kind: 'trouble' | 'still' | 'well', text: string): void {
    const now = this.#parts.now()
    this.#sentAt = this.#sentAt.filter((at) => at > now - hour)
    const channels = this.#parts.channels()
    if (channels.length === 0 || this.#sentAt.length >= mostPerHour) return
    this.#sentAt.push(now)
    const message = this.#message(kind, text)
    for (const channel of channels) {
      const sending = this.#deliver(channel, message).finally(() => this.#under.delete(sending))
      this.#under.add(sending)
    }
  }

  async #deliver(channel: Channel, message: AlarmText): Promise<void> {
    let last: unknown
    for (const wait of tries) {
      if (wait > 0) await new Promise<void>((resolve) => this.#parts.later(wait, resolve))
      try {
        return await channel.send(message)
      } catch (error) {
        last = error
      }
    }
    this.#parts.failed(nameOf(channel), last)
  }
}
