// The one door out: everything the bot does to WeChat waits here for its turn, goes out once, and its result is told.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { priorities, targetKey, type Planned, type Priority, type Spent, type Target } from '../core/types/effect.ts'
import type { GroupId, MemberId, Millis } from '../core/types/ids.ts'
import type { Outcome, SendingLevel, SendingStatus, WaitReason } from '../core/types/event.ts'
import type { Sending } from '../core/feature/settings.ts'
import { quietUntil } from '../core/lib/time.ts'
import { NotSaved } from '../store/store.ts'
import type { Account, WxId, WxResult } from '../wechat/account.ts'
import { Budget, limitsFor } from './budget.ts'
import { LevelControl, isEssential, type LevelWhy } from './level.ts'
import { Setbacks } from './setbacks.ts'
import { Queue, type Outgoing, type Waiting } from './queue.ts'

/** Delays (ms) after a kick at which the member list is read again; the third only when none could be read. */
const looks = [5_000, 30_000, 120_000]
/** Milliseconds between two looks whether a place can be reached by now. */
const reachAgain = 5_000
/** Milliseconds to wait after "off line" or "not saved" before the next try. */
const tryAgain = 10_000
/** A timer this long at most (ms): clocks get set, and Node's timers overflow. */
const longestWait = 60 * 60_000
/** Milliseconds after a fresh login in which less is sent. */
const warmUp = 2 * 60 * 60_000
/** Milliseconds within which a volatile answer still makes sense. */
const volatileFor = 60_000

export interface OutboxParts {
  account: Pick<Account, 'sendText' | 'sendFile' | 'forwardPicture' | 'kick' | 'refreshRoom'>
  /** WeChat's id of a target in the login that is on now; undefined when it cannot be reached (yet). */
  address: (to: Target) => WxId | undefined
  /** Whether the group's newest member list has him. It must know what `account.refreshRoom` brought when that resolves. */
  isMember: (group: GroupId, member: MemberId) => boolean
  sending: () => Sending
  /** In which quiet hours are counted for a place. */
  timezone: (to: Target) => string
  configFolder: string
  now: () => Millis
  /** Calls `run` once after this delay (ms). @returns a function that cancels it */
  later: (ms: number, run: () => void) => () => void
  /** A new random number in 0..1 at each call. */
  jitter: () => number
  /** Durable mark before something is done; resolves when flushed, rejects with `NotSaved`. */
  markSending: (id: string) => Promise<void>
  /** Takes the mark back: it was surely not done and goes on waiting. Never rejects; a mark that stays costs only a doubt after a crash. */
  markWaiting: (id: string) => Promise<void>
  /** What became of it, once for each effect that was added. */
  result: (id: string, outcome: Outcome, detail: string) => void
  level: (level: SendingLevel, why: LevelWhy) => void
  /** A group takes no messages, with what WeChat said, or takes them again (null). */
  refuses: (group: GroupId, cause: string | null) => void
}

export interface OutboxStatus {
  /** null: on line; else why not. */
  offline: string | null
  level: SendingLevel
  /** null when there is no pause. */
  pausedUntil: Millis | null
  waiting: Record<Priority, number>
  /** Kicks that WeChat accepted and the member list has not shown yet. */
  unconfirmedKicks: number
  sending: SendingStatus
}

/** A kick that was ordered; the member list will tell whether it is true. */
interface Kicked {
  id: string
  group: GroupId
  member: MemberId
  at: Millis
  /** How often it was looked for already. */
  looked: number
  /** What it is when he is still there in the end. */
  otherwise: { outcome: Outcome; detail: string }
}

/** One queue, one thing on its way at a time. Starts off line; `online()` sets it going. */
export class Outbox {
  readonly #parts: OutboxParts
  readonly #queue = new Queue()
  readonly #budget = new Budget()
  readonly #levelControl: LevelControl
  readonly #kicked: Kicked[] = []
  readonly #setbacks = new Setbacks()
  #freshAt: Millis = -Infinity
  #offline: string | null = 'not logged in yet'
  #holdUntil: Millis = 0
  #unsavedUntil: Millis = 0
  #cancelTimer: () => void = () => {}
  #working = false
  #stopped = false
  #work: Promise<void> = Promise.resolve()

  constructor(parts: OutboxParts) {
    this.#parts = parts
    this.#levelControl = new LevelControl(parts.level)
  }

  /**
   * What an earlier run of the program left, told before `online()`, so that a restart does not double the budgets or end a pause.
   * @param last the last level and when it was reached
   */
  sentBefore(sends: readonly Spent[], last: { level: SendingLevel; at: Millis } = { level: 'normal', at: 0 }): void {
    this.#budget.recall(sends)
    this.#levelControl.resume(last.level, last.at)
  }

  /** When the login was new, also in an earlier run: for some hours less is sent. */
  loggedIn(freshAt: Millis): void {
    this.#freshAt = freshAt
  }

  /** Whether a group is left alone because it took no messages. */
  isRefusedBy(group: GroupId): boolean {
    return this.#setbacks.isRefusedBy(group)
  }

  /** Takes an effect whose plan is saved; `parts.result` tells what became of it. After `stop` it stays for the next run. */
  add(id: string, planned: Planned): void {
    if (this.#stopped) return
    this.#queue.add(id, planned)
    this.#wakeIn(0)
  }

  /** Says something that is not journaled, for answers like "could not save that"; soon or never, and each text once. */
  reply(to: Target, text: string): void {
    if (this.#stopped) return
    const effect: Outgoing = { type: 'say', to, text, priority: 'reply', freshFor: volatileFor }
    for (const { id, effect: other } of this.#queue.all()) {
      if (id === null && other.type === 'say' && other.text === text && targetKey(other.to) === targetKey(to)) return
    }
    this.#queue.add(null, { feature: 'engine', effect, plannedAt: this.#parts.now() })
    this.#wakeIn(0)
  }

  online(): void {
    this.#offline = null
    this.#holdUntil = 0
    this.#wakeIn(0)
  }

  /** Nothing is sent until `online()`; what waits goes on waiting. */
  offline(why: string): void {
    this.#offline = why
  }

  get status(): OutboxStatus {
    const now = this.#parts.now()
    const { perMinute, perHour, perDay } = this.#limits().essential
    const { level, pausedUntil } = this.#levelControl
    const waiting = Object.fromEntries(priorities.map((priority) => [priority, this.#queue.count(priority)]))
    return {
      offline: this.#offline,
      level,
      pausedUntil: pausedUntil > now ? pausedUntil : null,
      waiting: waiting as Record<Priority, number>,
      unconfirmedKicks: this.#kicked.length,
      sending: {
        sent: this.#budget.counts(now),
        limits: { minute: perMinute, hour: perHour, day: perDay },
        pausedUntil: pausedUntil > now ? pausedUntil : null,
        warmUntil: now < this.#freshAt + warmUp ? this.#freshAt + warmUp : null,
        waits: this.#waits(now),
      },
    }
  }

  /** Takes no more and resolves when what is on its way has ended. Kicks that are not confirmed keep their mark. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancelTimer()
    await this.#work
  }

  #limits() {
    const isWarmingUp = this.#parts.now() < this.#freshAt + warmUp
    return limitsFor(this.#parts.sending(), this.#levelControl.level !== 'normal', isWarmingUp)
  }

  #waits(now: Millis): SendingStatus['waits'] {
    return [...this.#queue.oldest()].map(([priority, item]) => ({
      priority,
      count: this.#queue.count(priority),
      since: item.plannedAt,
      why: this.#whyWaits(item, now),
    }))
  }

  #whyWaits(item: Waiting, now: Millis): WaitReason {
    const { effect, id } = item
    if (this.#offline !== null) return 'offline'
    if (this.#levelControl.pausedUntil > now) return 'paused'
    if (!this.#levelControl.allows(effect.priority)) return 'level'
    if (id !== null && this.#unsavedUntil > now) return 'disk'
    if (!this.#reaches(effect)) return 'unreached'
    if (effect.type === 'kick') return this.#budget.kickFreeAt > now ? 'kick' : 'gap'
    if (this.#setbacks.openAt(targetKey(effect.to)) > now) return 'refusing'
    if (this.#holdUntil > now) return 'held'
    const { essential, others } = this.#limits()
    const limits = isEssential(effect.priority) ? essential : others
    if (this.#openAt(item, now, limits) > now) {
      const isPost = effect.priority === 'post' || effect.priority === 'game'
      return isPost && this.#budget.freeAtFor(targetKey(effect.to), now, limits) <= now ? 'quiet' : 'place'
    }
    const sent = this.#budget.counts(now)
    if (sent.day >= limits.perDay) return 'day'
    if (sent.hour >= limits.perHour) return 'hour'
    return sent.minute >= limits.perMinute ? 'minute' : 'gap'
  }

  // Work always begins from a timer: what is added together is sorted first, and nobody is called back from inside `add`.
  #wakeIn(ms: number) {
    if (this.#working || this.#stopped) return
    this.#cancelTimer()
    this.#cancelTimer = this.#parts.later(Math.min(ms, longestWait), () => {
      this.#work = this.#run()
    })
  }

  async #run() {
    this.#working = true
    let wakeAt = this.#parts.now()
    while (!this.#stopped && this.#offline === null && wakeAt <= this.#parts.now()) wakeAt = await this.#step()
    this.#working = false
    // Off line there is nothing to wait for but `online()`, which wakes us.
    if (this.#offline === null) this.#wakeIn(wakeAt - this.#parts.now())
  }

  /** Does one thing that is due. @returns when to come again */
  async #step(): Promise<Millis> {
    const now = this.#parts.now()
    this.#levelControl.passTime(now)
    let wakeAt = this.#levelControl.nextStep
    for (const item of [...this.#queue.all()]) {
      if (staleAfter(item) < now) this.#finish(item, 'expired', '')
      else wakeAt = Math.min(wakeAt, staleAfter(item) + 1)
    }
    for (const kicked of this.#kicked) {
      const lookAt = kicked.at + (looks[kicked.looked] ?? 0)
      if (lookAt <= now) {
        await this.#look(kicked)
        return now
      }
      wakeAt = Math.min(wakeAt, lookAt)
    }
    const { essential, others } = this.#limits()
    const freeAt = Math.max(this.#holdUntil, this.#levelControl.pausedUntil, this.#budget.freeAt(now, essential))
    if (freeAt > now) return Math.min(wakeAt, freeAt)
    const othersFreeAt = this.#budget.freeAt(now, others)
    const next = this.#queue.next(now, (item) => {
      const isHeld = othersFreeAt > now && !isEssential(item.effect.priority)
      return isHeld ? othersFreeAt : this.#openAt(item, now, essential)
    })
    if ('at' in next) return Math.min(wakeAt, next.at)
    await this.#send(this.#queue.mergedWith(next.item))
    return now
  }

  #openAt({ id, effect }: Waiting, now: Millis, limits: Sending): Millis {
    if (!this.#levelControl.allows(effect.priority)) return Infinity
    if (id !== null && this.#unsavedUntil > now) return this.#unsavedUntil
    if (!this.#reaches(effect)) return now + reachAgain
    if (effect.type === 'kick') return this.#budget.kickFreeAt
    const refusedUntil = this.#setbacks.openAt(targetKey(effect.to))
    if (refusedUntil > now) return refusedUntil
    if (effect.priority === 'post' || effect.priority === 'game') {
      const quietEnd = quietUntil(now, limits.quiet, this.#parts.timezone(effect.to))
      if (quietEnd !== undefined) return quietEnd
    }
    // The control group has no budget of its own: the admins asked for what they get.
    return effect.to === 'control' ? now : this.#budget.freeAtFor(targetKey(effect.to), now, limits)
  }

  #reaches(effect: Outgoing): boolean {
    const { address, isMember } = this.#parts
    if (effect.type !== 'kick') return address(effect.to) !== undefined
    const { group, member } = effect
    return address({ group }) !== undefined && (!isMember(group, member) || address({ member }) !== undefined)
  }

  /** Sends one, or several as one text: mark, order, result. */
  async #send(batch: Waiting[]) {
    const [first] = batch
    if (!first) return
    const { effect } = first
    if (effect.type === 'kick' && !this.#parts.isMember(effect.group, effect.member)) {
      return this.#finish(first, 'sent', 'was not in the group any more')
    }
    if (!(await this.#mark(batch))) return
    const text = batch.length > 1 ? batch.map((item) => item.parts[0]).join('\n\n') : (first.parts[0] ?? '')
    const answer = this.#maySend(batch) ? await this.#order(effect, text) : undefined
    if (answer === undefined) return this.#unmark(batch)
    const now = this.#parts.now()
    this.#budget.spend(now, effect.type === 'kick' ? undefined : targetKey(effect.to), this.#parts.jitter())
    if (answer.ok) this.#levelControl.succeeded()
    else if (answer.why === 'tooFast') this.#levelControl.tooFast(now)
    else if (answer.why === 'offline') this.#holdUntil = now + tryAgain
    this.#noteSetback(effect, answer, now)
    if (!answer.ok && (answer.why === 'tooFast' || answer.why === 'offline')) return this.#unmark(batch)
    if (effect.type === 'kick' && (answer.ok || answer.why === 'unknown')) return this.#expectGone(first, answer, now)
    if (answer.ok && first.parts.length > 1) {
      first.parts.shift()
      first.said++
      return
    }
    const outcome: Outcome = answer.ok ? 'sent' : answer.why === 'unknown' ? 'uncertain' : 'refused'
    for (const item of batch) this.#finish(item, outcome, answer.ok ? '' : answer.detail)
  }

  #noteSetback(effect: Outgoing, answer: WxResult, now: Millis) {
    const pause = this.#setbacks.doubt(answer)
    if (pause > 0) this.#holdUntil = now + pause
    if (effect.type === 'kick') return
    const turn = this.#setbacks.note(targetKey(effect.to), answer, now)
    if (turn === undefined || typeof effect.to === 'string' || !('group' in effect.to)) return
    this.#parts.refuses(effect.to.group, turn === 'takes' || answer.ok ? null : answer.detail)
  }

  // The mark takes a flush to disk, time enough to lose the line, to be stopped or to grow stale.
  #maySend(batch: readonly Waiting[]): boolean {
    const now = this.#parts.now()
    return this.#offline === null && !this.#stopped && batch.every((item) => now <= staleAfter(item))
  }

  /** @returns undefined when nothing was ordered because the place cannot be reached any more */
  async #order(effect: Outgoing, text: string): Promise<WxResult | undefined> {
    const { account, address, configFolder } = this.#parts
    const to = address(effect.type === 'kick' ? { group: effect.group } : effect.to)
    if (to === undefined) return undefined
    if (effect.type === 'say') return account.sendText(to, text)
    if (effect.type === 'kick') {
      const member = address({ member: effect.member })
      return member === undefined ? undefined : account.kick(to, member)
    }
    if (effect.type === 'picture') return account.forwardPicture(to, effect.message)
    const path = resolve(configFolder, effect.path)
    if (!existsSync(path)) return { ok: false, why: 'refused', detail: `${effect.path} is not there any more` }
    return account.sendFile(to, path)
  }

  /** @returns false when it could not be saved, so nothing may be done */
  async #mark(batch: readonly Waiting[]): Promise<boolean> {
    const marks = await Promise.allSettled(markable(batch).map((id) => this.#parts.markSending(id)))
    const failed = marks.filter((mark) => mark.status === 'rejected')
    if (failed.length === 0) return true
    for (const { reason } of failed) if (!(reason instanceof NotSaved)) throw reason
    this.#unsavedUntil = this.#parts.now() + tryAgain
    await this.#unmark(batch)
    return false
  }

  async #unmark(batch: readonly Waiting[]) {
    await Promise.all(markable(batch).map((id) => this.#parts.markWaiting(id)))
  }

  #finish(item: Waiting, outcome: Outcome, detail: string) {
    this.#queue.remove(item)
    if (item.id === null) return
    const all = item.said + item.parts.length
    const cut = item.said > 0 && outcome !== 'sent' ? `${item.said} of ${all} parts were sent` : ''
    this.#parts.result(item.id, outcome, [detail, cut].filter(Boolean).join('; '))
  }

  #expectGone(item: Waiting, answer: WxResult, at: Millis) {
    this.#queue.remove(item)
    if (item.id === null || item.effect.type !== 'kick') return
    const { group, member } = item.effect
    const otherwise = answer.ok
      ? { outcome: 'refused' as const, detail: 'still in the group' }
      : { outcome: 'uncertain' as const, detail: answer.detail }
    this.#kicked.push({ id: item.id, group, member, at, looked: 0, otherwise })
  }

  /** A kick is true only when the member list says so. */
  async #look(kicked: Kicked) {
    const { account, address, isMember, result } = this.#parts
    const room = address({ group: kicked.group })
    const read = room === undefined ? undefined : await account.refreshRoom(room)
    if (read && !read.ok && read.why === 'tooFast') this.#levelControl.tooFast(this.#parts.now())
    kicked.looked++
    const isGone = read?.ok === true && !isMember(kicked.group, kicked.member)
    const isLast = kicked.looked >= (read?.ok ? 2 : looks.length)
    if (!isGone && !isLast) return
    this.#kicked.splice(this.#kicked.indexOf(kicked), 1)
    if (isGone) result(kicked.id, 'sent', '')
    else if (read?.ok) result(kicked.id, kicked.otherwise.outcome, kicked.otherwise.detail)
    else result(kicked.id, 'uncertain', 'the member list could not be read')
  }
}

// A text of which a part is out keeps its mark: after a crash it must not start again from the beginning.
function markable(batch: readonly Waiting[]): string[] {
  return batch.flatMap(({ id, said }) => (id === null || said > 0 ? [] : [id]))
}

function staleAfter({ plannedAt, effect }: Waiting): Millis {
  return plannedAt + effect.freshFor
}
