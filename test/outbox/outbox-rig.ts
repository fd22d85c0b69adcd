// An outbox on a clock that the test drives, in front of an account that the test answers for.
import { targetKey, type Effect, type Target } from '../../src/core/types/effect.ts'
import type { GroupId, MemberId } from '../../src/core/types/ids.ts'
import type { SendingLevel } from '../../src/core/types/event.ts'
import type { Sending } from '../../src/core/feature/settings.ts'
import { NotSaved } from '../../src/store/store.ts'
import type { WxResult } from '../../src/wechat/account.ts'
import { Outbox } from '../../src/outbox/outbox.ts'

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
/** 10:00 in Shanghai, far from the quiet hours. */
export const morning = Date.parse('2026-11-21T02:00:00Z')

export const ok: WxResult = { ok: true }
export const no = (why: Exclude<WxResult, { ok: true }>['why'], detail = ''): WxResult => ({ ok: false, why, detail })

/** An order that reached the account. */
export interface Order {
  what: 'say' | 'file' | 'kick' | 'read'
  to: string
  /** The text, the path, or the member. */
  body: string
  at: number
  /** When it was answered; undefined while it is on its way. */
  end?: number
  answer?: WxResult
}

export class Rig {
  now: number
  sending: Sending = {
    gap: 1_500,
    jitter: 1_500,
    perMinute: 20,
    perHour: 200,
    perDay: 600,
    perGroupPerMinute: 6,
    quiet: { from: '22:30', until: '07:30' },
  }
  readonly orders: Order[] = []
  readonly results = new Map<string, { outcome: string; detail: string; at: number }[]>()
  readonly levels: { level: SendingLevel; why: string; at: number }[] = []
  readonly refusing: string[] = []
  readonly marked = new Set<string>()
  readonly members = new Set<string>()
  readonly unreachable = new Set<string>()
  diskFull = false
  /** What the account answers, and after how many milliseconds. */
  answer: (order: Order) => WxResult | [WxResult, number] = () => ok
  /** Called as each order arrives. */
  onOrder: (order: Order) => void = () => {}
  chance: () => number = () => 0
  readonly outbox: Outbox
  #timers: { at: number; run: () => void }[] = []
  #seq = 0

  constructor(now = morning) {
    this.now = now
    const order = (what: Order['what'], to: string, body: string) => this.#order({ what, to, body, at: this.now })
    this.outbox = new Outbox({
      account: {
        sendText: (to, text) => order('say', to, text),
        sendFile: (to, path) => order('file', to, path),
        forwardPicture: (to, id) => order('file', to, id),
        kick: (room, member) => order('kick', room, member),
        refreshRoom: (room) => order('read', room, ''),
      },
      address: (to: Target) => (this.unreachable.has(targetKey(to)) ? undefined : `wx-${targetKey(to)}`),
      isMember: (group, member) => this.members.has(`${group}/${member}`),
      sending: () => this.sending,
      timezone: (to) => (targetKey(to) === 'g9' ? 'Europe/London' : 'Asia/Shanghai'),
      configFolder: import.meta.dirname,
      now: () => this.now,
      later: (ms, run) => this.#later(ms, run),
      jitter: () => this.chance(),
      markSending: async (id) => {
        await Promise.resolve()
        if (this.diskFull) throw new NotSaved('disk full')
        this.marked.add(id)
      },
      markWaiting: async (id) => {
        await Promise.resolve()
        this.marked.delete(id)
      },
      result: (id, outcome, detail) => {
        this.marked.delete(id)
        this.results.set(id, [...(this.results.get(id) ?? []), { outcome, detail, at: this.now }])
      },
      level: (level, why) => this.levels.push({ level, why, at: this.now }),
      refuses: (group, cause) => this.refusing.push(`${group} ${cause ?? 'over'}`),
    })
  }

  /** Adds an effect planned now. @returns its id */
  add(effect: Effect): string {
    const id = `${++this.#seq}.0`
    this.outbox.add(id, { feature: 'test', effect, plannedAt: this.now })
    return id
  }

  say(to: Target, text: string, more: Partial<Extract<Effect, { type: 'say' }>> = {}): string {
    return this.add({ type: 'say', to, text, priority: 'reply', freshFor: 10 * minute, ...more })
  }

  kick(group: GroupId, member: MemberId): string {
    this.members.add(`${group}/${member}`)
    return this.add({ type: 'kick', group, member, priority: 'moderation', freshFor: hour })
  }

  /** Lets time pass; everything that falls due happens at its time. */
  async advance(ms: number): Promise<void> {
    const until = this.now + ms
    await settle()
    for (;;) {
      const next = this.#timers.reduce<{ at: number; run: () => void } | undefined>(
        (first, timer) => (timer.at <= until && (!first || timer.at < first.at) ? timer : first),
        undefined,
      )
      if (!next) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.now = Math.max(this.now, next.at)
      next.run()
      await settle()
    }
    this.now = until
  }

  /** What was said, sent and kicked so far (not what was only read). */
  get sent(): Order[] {
    return this.orders.filter(({ what }) => what !== 'read')
  }

  get texts(): string[] {
    return this.orders.filter(({ what }) => what === 'say').map(({ body }) => body)
  }

  outcome(id: string): string {
    return (this.results.get(id) ?? []).map(({ outcome }) => outcome).join(',')
  }

  detail(id: string): string {
    return (this.results.get(id) ?? []).map(({ detail }) => detail).join(',')
  }

  get timers(): number {
    return this.#timers.length
  }

  #later(ms: number, run: () => void): () => void {
    const timer = { at: this.now + ms, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  #order(order: Order): Promise<WxResult> {
    this.onOrder(order)
    this.orders.push(order)
    const answer = this.answer(order)
    const [result, takes] = Array.isArray(answer) ? answer : [answer, 100]
    return new Promise((resolve) => {
      this.#later(takes, () => {
        Object.assign(order, { end: this.now, answer: result })
        resolve(result)
      })
    })
  }
}

// A macrotask comes after every promise that can go on by itself.
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
