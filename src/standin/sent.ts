// What the bot did to WeChat, in order, to be awaited and read.

interface Base {
  /** Handle of the group or person it went to; the raw id when nobody has it (any more). */
  to: string
  /** Milliseconds since 1970. */
  at: number
  /** Did anybody get it? False for an unknown receiver, a group the bot is not in, a person who is no friend. */
  arrived: boolean
}

/** A message's content, before it has a receiver. */
export type SentContent =
  { kind: 'text'; text: string } | { kind: 'picture' | 'file' | 'video' | 'emoticon'; name: string; bytes: Buffer }

/** Something the bot sent or asked WeChat to do; requests that WeChat refused are not among them. */
export type Sent = Base &
  (
    | SentContent
    /** Members removed, added or invited by a card, by handle. `to` is the group. */
    | { kind: 'kick' | 'add' | 'invite'; people: string[] }
    /** A group's new name. */
    | { kind: 'topic'; text: string }
    /** A friend request accepted; `to` is the person. */
    | { kind: 'accept' }
  )

interface Watcher {
  met: () => boolean
  done: () => void
}

/** Everything the bot did, with the conditions that tests wait for. */
export class Outgoing {
  /** All of it, in order, until {@link forget}. */
  all: Sent[] = []
  #waiting: Sent[] = []
  #watchers = new Set<Watcher>()

  add(sent: Sent): void {
    this.all.push(sent)
    this.#waiting.push(sent)
    this.look()
  }

  /** Empties the list, for long runs. What is not yet awaited is forgotten too. */
  forget(): void {
    this.all = []
    this.#waiting = []
  }

  /** Looks at the awaited conditions again: call it when something may have changed. */
  look(): void {
    for (const watcher of [...this.#watchers]) if (watcher.met()) watcher.done()
  }

  /** Resolves with the first match that nobody has taken yet, and takes it. Rejects after `withinMs` with what there was. */
  async take(match: (sent: Sent) => boolean, withinMs: number): Promise<Sent> {
    const found: Sent[] = []
    const met = () => {
      const at = this.#waiting.findIndex(match)
      if (at !== -1) found.push(...this.#waiting.splice(at, 1))
      return at !== -1
    }
    await this.until(
      met,
      withinMs,
      () => `no such thing among ${this.#waiting.map(describeSent).join(' | ') || 'nothing'}`,
    )
    const [first] = found
    if (first === undefined) throw new Error('taken, but nothing found')
    return first
  }

  /**
   * Resolves when the condition holds.
   * @param withinMs real milliseconds, after which it rejects with what `otherwise` says
   */
  until(met: () => boolean, withinMs: number, otherwise: () => string): Promise<void> {
    if (met()) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const watcher: Watcher = {
        met,
        done: () => {
          clearTimeout(timer)
          this.#watchers.delete(watcher)
          resolve()
        },
      }
      const timer = setTimeout(() => {
        this.#watchers.delete(watcher)
        reject(new Error(`not within ${withinMs} ms: ${otherwise()}`))
      }, withinMs)
      this.#watchers.add(watcher)
    })
  }
}

/** A short form of what was sent, for messages to people. */
function describeSent(sent: Sent): string {
  const what =
    'text' in sent ? `「${sent.text}」` : 'name' in sent ? sent.name : 'people' in sent ? sent.people.join('、') : ''
  return `${sent.kind} ${sent.to} ${what}`.trim()
}
