// The bot's account at WeChat: its session, the ids of this login, and the messages that wait for it.
import { randomBytes } from 'node:crypto'
import { botUin } from './contacts.ts'
import { Ids } from './ids.ts'
import type { WireMessage } from './messages.ts'

/** How long synccheck holds a request when nothing waits, as the real service does. Milliseconds. */
const pollMs = 25_000

/** The only text of a sync key that matters here: `1_<position>`, the rest is decoration. */
function position(formatted: string): number {
  return Number(/^1_(\d+)/.exec(formatted)?.[1] ?? 0)
}

interface Waiting {
  seq: number
  message?: WireMessage
  /** Makes the changed contact at the moment of delivery, as JSON text. */
  contact?: () => string
}

/** The account as the service sees it. Its messages are kept until the client has shown that it got them. */
export class Account {
  readonly uin = String(botUin)
  /** How many logins by QR code there were. */
  logins = 0
  ids = new Ids()
  sid = ''
  skey = ''
  passTicket = ''
  dataTicket = ''
  /** What a client of this session is told: 0 fine, else WeChat's code such as 1101. */
  ret = 1101
  #waiting: Waiting[] = []
  #seq = 700_000_000
  #confirmed = this.#seq
  #polls = new Set<() => void>()

  /** A confirmed QR code: a new session, new ids for everybody, and nothing of what waited before. */
  login(): void {
    this.logins++
    this.ids = new Ids()
    this.sid = randomBytes(12).toString('base64url')
    this.skey = `@crypt_${randomBytes(4).toString('hex')}_${randomBytes(16).toString('hex')}`
    this.passTicket = randomBytes(24).toString('base64url')
    this.dataTicket = randomBytes(18).toString('base64url')
    this.ret = 0
    this.#waiting = []
    this.#confirmed = this.#seq
    this.#wake()
  }

  /** The session ends; every request gets this code: 1100 and 1101 logged out, 1102 login refused. */
  end(ret: number): void {
    this.ret = ret
    this.#wake()
  }

  /** The code for a client that shows this session id. */
  check(sid: string): number {
    return sid === this.sid ? this.ret : 1101
  }

  push(message: WireMessage): void {
    this.#waiting.push({ seq: ++this.#seq, message })
    this.#wake()
  }

  pushContact(contact: () => string): void {
    this.#waiting.push({ seq: ++this.#seq, contact })
    this.#wake()
  }

  #wake(): void {
    for (const release of [...this.#polls]) release()
  }

  /** Does a client of this session wait for messages at this moment? */
  get online(): boolean {
    return this.#polls.size > 0
  }

  /** The key with which a restored session goes on: what was not confirmed comes again. */
  get syncKey(): string {
    return this.#key(this.#confirmed)
  }

  #key(seq: number): string {
    const list = [
      { Key: 1, Val: seq },
      { Key: 2, Val: seq },
      { Key: 3, Val: 700000000 },
      { Key: 1000, Val: 1463754301 },
    ]
    return JSON.stringify({ Count: list.length, List: list })
  }

  #confirm(seq: number): void {
    if (seq <= this.#confirmed || seq > this.#seq) return
    this.#confirmed = seq
    const first = this.#waiting.findIndex((entry) => entry.seq > seq)
    this.#waiting = first === -1 ? [] : this.#waiting.slice(first)
  }

  /**
   * synccheck: answers at once when something waits or the session is over, else after {@link pollMs}.
   * @param gone tells that the client went away while it waited
   */
  async poll(sid: string, formattedKey: string, gone: AbortSignal): Promise<{ retcode: number; selector: number }> {
    if (this.check(sid) === 0) {
      this.#confirm(position(formattedKey))
      if (this.#waiting.length === 0) await this.#hold(gone)
    }
    const retcode = this.check(sid)
    return { retcode, selector: retcode === 0 && this.#waiting.length > 0 ? 2 : 0 }
  }

  #hold(gone: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const release = () => {
        clearTimeout(timer)
        gone.removeEventListener('abort', release)
        this.#polls.delete(release)
        resolve()
      }
      const timer = setTimeout(release, pollMs)
      gone.addEventListener('abort', release)
      this.#polls.add(release)
    })
  }

  /** webwxsync: everything after the client's key, as JSON text. */
  sync(after: number): string {
    this.#confirm(after)
    const messages = this.#waiting.flatMap((entry) => entry.message ?? [])
    const contacts = this.#waiting.flatMap((entry) => entry.contact ?? []).map((make) => make())
    const key = this.#key(this.#seq)
    return [
      '{"BaseResponse":{"Ret":0,"ErrMsg":""}',
      `"AddMsgCount":${messages.length},"AddMsgList":${JSON.stringify(messages)}`,
      `"ModContactCount":${contacts.length},"ModContactList":[${contacts.join(',')}]`,
      '"DelContactCount":0,"DelContactList":[],"ModChatRoomMemberCount":0,"ModChatRoomMemberList":[]',
      '"Profile":{"BitFlag":0},"ContinueFlag":0',
      `"SyncKey":${key},"SKey":"","SyncCheckKey":${key}}`,
    ].join(',')
  }

  /** Ends every waiting request, so that no timer outlives the server. */
  close(): void {
    this.end(1101)
  }
}
