// The line to WeChat: takes up the saved session or asks for a scan, then listens, through outages, until it is logged out.
// Replaces wechat4u's own start, restart, stop and polling, which log a live session out when the network stumbles, run
// hot on nonsense, and fall deaf (see `README.md`).
import { CallFailed } from './guard.ts'
import type { SyncData, Wechat4u } from './internals.ts'
import type { SessionFile } from './session.ts'

export interface LineEvents {
  /** A QR code waits to be scanned. @param url what it says */
  qrCode(url: string): void
  /** It was scanned; the phone asks whether to log in. */
  scanned(): void
  /** WeChat cannot be reached or does not answer sensibly; the next try is after this delay (ms). */
  waiting(why: string, ms: number): void
  /** WeChat refused a login that was confirmed on the phone. */
  loginRefused(): void
  /** On line, also again after an outage. @param contacts as `webwxinit` sent them, none after an outage */
  online(contacts: unknown[]): void
  /** Changed contacts and new messages of one delivery. */
  heard(data: SyncData): void
  /** Nothing can be sent. @param ended the session is over for good */
  offline(ended: boolean, why: string): void
  /** Nothing was heard between these times, milliseconds. */
  gap(from: number, until: number): void
  failed(what: string, error: unknown): void
}

const seconds = 1000
const minutes = 60 * seconds
/** Pauses between tries to get on line. */
const firstPause = 5 * seconds
const longestPause = 5 * minutes
/** The longest pause between polls in an outage: what is said meanwhile waits at WeChat's and must not wait long. */
const longestPollPause = 15 * seconds
/** A poll that brings nothing sooner than this is no long poll; many of them are slowed down. */
const quickPoll = 500
const quickPollsAllowed = 3
const longestQuickPause = 2 * seconds
/** Failures in a row after which the outbox is told to wait. */
const failuresUntilOffline = 3
/** A silence worth telling. A long poll alone takes 25 s. */
const reportedGap = 60 * seconds
const heartbeat = 5 * minutes
const saveEvery = minutes
/** Interval (ms) of the watchdog, and the checks without a finished poll after which it cuts the connection, then gives up. */
const watchEvery = 15 * seconds
const looksUntilCut = 6
const looksUntilDeaf = 12

export class Connection {
  readonly #wechat4u: Wechat4u
  readonly #session: SessionFile
  readonly #events: LineEvents
  readonly #cut: () => void
  readonly #timers = new Set<NodeJS.Timeout>()
  #release: (() => void) | undefined
  #stopped = false
  #heardAt = 0
  #savedAt = 0
  #silentLooks = 0

  /** @param cut aborts every request that is under way */
  constructor(wechat4u: Wechat4u, session: SessionFile, events: LineEvents, cut: () => void) {
    this.#wechat4u = wechat4u
    this.#session = session
    this.#events = events
    this.#cut = cut
  }

  /** Runs until the session ends or `stop`. @param heardAt when the saved session was last heard, or null without one */
  async run(heardAt: number | null): Promise<void> {
    let contacts = heardAt === null ? null : await this.#signOn()
    if (contacts === null && heardAt !== null && !this.#stopped) this.#session.reject()
    for (let tries = 0; contacts === null && !this.#stopped; tries += 1) {
      await this.#scan()
      if (!this.#stopped) contacts = await this.#signOn()
      if (contacts !== null || this.#stopped) break
      this.#events.loginRefused()
      await this.#wait(pauseAfter(tries))
    }
    if (contacts === null) return
    this.#wechat4u.state = this.#wechat4u.CONF.STATE.login
    this.#session.keepCopy(this.#wechat4u.botData)
    this.#events.online(contacts)
    this.#heard(heardAt ?? Date.now())
    this.#every(watchEvery, () => this.#watch())
    this.#every(heartbeat, () => this.#beat())
    this.#beat()
    await this.#listen()
  }

  /** Ends everything at once and saves the session, which stays valid. */
  stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    if (this.#wechat4u.state === this.#wechat4u.CONF.STATE.login) this.#session.save(this.#wechat4u.botData)
    this.#end()
  }

  /** Some call found out that the session is over. */
  ended(why: string): void {
    if (this.#stopped) return
    this.#stopped = true
    this.#wechat4u.state = this.#wechat4u.CONF.STATE.logout
    this.#end()
    this.#events.offline(true, why)
  }

  #end(): void {
    for (const timer of this.#timers) clearInterval(timer)
    this.#timers.clear()
    this.#release?.()
    this.#cut()
  }

  /** `webwxinit`, until it is answered. @returns the contacts, or null when the session is not accepted */
  async #signOn(): Promise<unknown[] | null> {
    let refusals = 0
    for (let tries = 0; !this.#stopped; tries += 1) {
      try {
        const { ContactList } = await this.#wechat4u.init()
        return ContactList ?? []
      } catch (error) {
        if (this.#stopped) break
        if (error instanceof CallFailed && error.why === 'ret' && (error.ended || ++refusals === 3)) return null
        await this.#pause(error, tries)
      }
    }
    return null
  }

  /** Shows QR codes until one is confirmed. */
  async #scan(): Promise<void> {
    for (let tries = 0; !this.#stopped; tries += 1) {
      try {
        const uuid = await this.#wechat4u.getUUID()
        this.#wechat4u.state = this.#wechat4u.CONF.STATE.uuid
        this.#events.qrCode(`https://login.weixin.qq.com/l/${uuid}`)
        const shownAt = Date.now()
        if (await this.#confirmed()) return
        // A code that lived its usual minutes is replaced at once, one that dies young only after a pause.
        if (Date.now() - shownAt > minutes) tries = -1
        else await this.#wait(pauseAfter(tries))
      } catch (error) {
        if (!this.#stopped) await this.#pause(error, tries)
      }
    }
  }

  /** @returns false when the code has expired */
  async #confirmed(): Promise<boolean> {
    let scanned = false
    for (let quick = 0; !this.#stopped;) {
      const askedAt = Date.now()
      const { code } = await this.#wechat4u.checkLogin().catch((error: unknown) => {
        // wechat4u reports code 400, an expired QR code, as a failed assertion.
        if ((error as Error).name === 'AssertionError') return { code: 400 }
        throw error
      })
      if (code === 400) return false
      if (code === 200) {
        this.#wechat4u.PROP.sid = ''
        await this.#wechat4u.login()
        if (this.#wechat4u.PROP.sid !== '') return true
        this.#events.loginRefused()
        return false
      }
      if (code === 201 && !scanned) {
        scanned = true
        this.#events.scanned()
      }
      quick = Date.now() - askedAt < quickPoll ? quick + 1 : 0
      if (quick > quickPollsAllowed) await this.#wait(longestQuickPause)
    }
    return false
  }

  async #listen(): Promise<void> {
    let failures = 0
    /** Failed long polls since the last good one: the short call may work where the long poll does not. */
    let strikes = 0
    let quick = 0
    while (!this.#stopped) {
      const askedAt = Date.now()
      const patiently = failures === 0
      const { data, error } = await this.#poll(patiently)
      if (this.#stopped) return
      this.#silentLooks = 0
      if (error !== undefined) {
        if (error instanceof CallFailed && error.ended) return this.ended(`WeChat ${error.ret}`)
        this.#events.failed('poll', error)
        failures += 1
        strikes += 1
        if (failures === failuresUntilOffline) this.#events.offline(false, shortly(error))
        await this.#wait(Math.min(longestPollPause, seconds * 2 ** Math.min(strikes - 1, 10)))
        continue
      }
      if (failures >= failuresUntilOffline) this.#events.online([])
      failures = 0
      if (patiently) strikes = 0
      this.#heard(this.#heardAt)
      if (data !== undefined) this.#events.heard(data)
      const idle = !((data?.AddMsgList?.length ?? 0) + (data?.ModContactList?.length ?? 0))
      quick = patiently && idle && Date.now() - askedAt < quickPoll ? quick + 1 : 0
      if (quick > quickPollsAllowed) {
        await this.#wait(Math.min(longestQuickPause, 125 * 2 ** (quick - quickPollsAllowed)))
      }
    }
  }

  /** Errors are handed back, so that what `heard` throws, a bug, is never taken for a failed poll. */
  async #poll(patiently: boolean): Promise<{ data?: SyncData; error?: unknown }> {
    try {
      // After a failure the short call asks instead of the long poll: it is known sooner whether WeChat is back.
      const waiting = patiently ? Number(await this.#wechat4u.syncCheck()) !== 0 : true
      return waiting ? { data: await this.#wechat4u.sync() } : {}
    } catch (error) {
      return { error }
    }
  }

  #heard(before: number): void {
    const now = Date.now()
    this.#heardAt = now
    if (now - before > reportedGap) this.#events.gap(before, now)
    if (now - this.#savedAt < saveEvery) return
    this.#savedAt = now
    this.#session.save(this.#wechat4u.botData)
  }

  /** Counts looks, not time: a computer that slept was not deaf. */
  #watch(): void {
    this.#silentLooks += 1
    if (this.#silentLooks === looksUntilCut) this.#cut()
    if (this.#silentLooks >= looksUntilDeaf) {
      throw new Error('No poll has ended for three minutes, though every request has a limit: ending for a clean start')
    }
  }

  #beat(): void {
    this.#wechat4u.notifyMobile().catch((error: unknown) => {
      if (!this.#stopped) this.#events.failed('heartbeat', error)
    })
  }

  #pause(error: unknown, tries: number): Promise<void> {
    const ms = pauseAfter(tries)
    this.#events.waiting(shortly(error), ms)
    return this.#wait(ms)
  }

  #wait(ms: number): Promise<void> {
    if (this.#stopped) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#release?.(), ms)
      this.#release = () => {
        clearTimeout(timer)
        this.#release = undefined
        resolve()
      }
    })
  }

  #every(ms: number, act: () => void): void {
    this.#timers.add(setInterval(act, ms))
  }
}

function pauseAfter(tries: number): number {
  return Math.min(longestPause, firstPause * 2 ** Math.min(tries, 10))
}

/** For people: only our own errors are known to hold no secret. */
function shortly(error: unknown): string {
  return error instanceof CallFailed ? error.message : ((error as Error | undefined)?.name ?? 'Error')
}
