// Reads people's profiles from the account, slowly and by turns, as WeChat's patience is short.
import type { Millis } from '../core/types/ids.ts'
import type { Account, Incoming } from '../wechat/account.ts'
import type { Profiles } from './profiles.ts'

/** So many in one request, and milliseconds between two requests. */
const BATCH = 40
const EVERY = 30_000
/** After a request that WeChat refused, milliseconds. */
const REFUSED = 15 * 60_000

interface Parts {
  account: Pick<Account, 'readProfiles'>
  profiles: Profiles
  isOnline: () => boolean
  receive: (incoming: Incoming) => void
  now: () => Millis
  later: (ms: number, run: () => void) => () => void
}

export class ProfileReader {
  readonly #parts: Parts
  #cancel: (() => void) | undefined
  #stopped = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Begins to read, if the puppet can. */
  start(): void {
    if (this.#parts.account.readProfiles) this.#wait(EVERY)
  }

  stop(): void {
    this.#stopped = true
    this.#cancel?.()
  }

  #wait(ms: number): void {
    if (!this.#stopped) this.#cancel = this.#parts.later(ms, () => void this.#read())
  }

  async #read(): Promise<void> {
    const { account, profiles, isOnline, receive, now } = this.#parts
    const people = isOnline() ? profiles.next(BATCH, now()) : []
    const came = people.length === 0 ? [] : await account.readProfiles?.(people)
    if (this.#stopped) return
    if (came && came.length > 0) receive({ type: 'profiles', at: now(), profiles: came })
    if (!came) profiles.again(people)
    this.#wait(came ? EVERY : REFUSED)
  }
}
