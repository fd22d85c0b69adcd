// Ten thousand random events against the outbox: nothing is ever over budget, out of turn, lost, told twice or done twice.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priorities, type Effect, type Priority, type Target } from '../../src/core/types/effect.ts'
import type { GroupId, MemberId } from '../../src/core/types/ids.ts'
import type { WxResult } from '../../src/wechat/account.ts'
import { Rig, hour, minute, no, ok, second, type Order } from './outbox-rig.ts'

const day = 24 * hour
/** Tight, so that a short storm meets every one of them. */
const sending = {
  gap: 1_500,
  jitter: 1_500,
  perMinute: 8,
  perHour: 20,
  perDay: 60,
  perGroupPerMinute: 3,
  quiet: { from: '22:30', until: '07:30' },
}

type Happening =
  | { do: 'say'; to: Target; priority: Priority; freshFor: number; merge: boolean; long: boolean }
  | { do: 'kick'; group: GroupId; member: MemberId; works: boolean }
  | { do: 'wait'; ms: number }
  | { do: 'offline' }
  | { do: 'online' }
  | { do: 'answers'; next: WxResult; takes: number }
  | { do: 'reach'; group: GroupId; can: boolean }
  | { do: 'disk'; full: boolean }

const group = fc.constantFrom<GroupId>('g1', 'g2', 'g3')
const target = fc.oneof(
  { weight: 6, arbitrary: group.map((id): Target => ({ group: id })) },
  { weight: 1, arbitrary: fc.constantFrom<Target>('control', { member: 'm1' }) },
)
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      to: target,
      priority: fc.constantFrom(...priorities),
      freshFor: fc.constantFrom(20 * second, 5 * minute, 2 * hour, 2 * day),
      merge: fc.boolean(),
      long: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('kick' as const),
      group,
      member: fc.constantFrom<MemberId>('m1', 'm2', 'm3', 'm4'),
      works: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.oneof(
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 5_000, max: 120_000 }),
        fc.integer({ min: minute, max: 30 * minute }),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom<Happening>({ do: 'offline' }, { do: 'online' }, { do: 'online' }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('answers' as const),
      next: fc.constantFrom<WxResult>(
        no('tooFast'),
        no('tooFast'),
        no('refused'),
        no('unsupported'),
        no('unknown'),
        no('offline'),
      ),
      takes: fc.constantFrom(0, 50, 20_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reach' as const), group, can: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Happening>(
      { do: 'disk', full: true },
      { do: 'disk', full: false },
      { do: 'disk', full: false },
    ),
  },
)

/** What the test itself knows about an effect. */
interface Known {
  id: string
  n: number
  effect: Effect
  plannedAt: number
  /** Parts that were ordered and not taken back by "too fast" or "off line". */
  done: number
}

/** Watches every order and holds it against its own, simpler idea of the rules. */
class Watch {
  readonly rig = new Rig()
  readonly known: Known[] = []
  isOnline = false
  #nextAnswers: { next: WxResult; takes: number }[] = []
  #pauseUntil = 0
  /** The first rule that was broken; thrown by the test, not into the outbox. */
  #broken: unknown
  #strikes = 0
  #futileKicks = new Set<string>()

  constructor() {
    this.rig.sending = sending
    this.rig.chance = () => (this.known.length % 7) / 7
    this.rig.onOrder = (order) => {
      try {
        this.#check(order)
      } catch (error) {
        this.#broken ??= error
      }
    }
    this.rig.answer = (order) => this.#answer(order)
  }

  async happen(what: Happening) {
    const { rig } = this
    if (what.do === 'wait') await rig.advance(what.ms)
    else if (what.do === 'online' || what.do === 'offline') {
      this.isOnline = what.do === 'online'
      if (this.isOnline) rig.outbox.online()
      else rig.outbox.offline('storm')
    } else if (what.do === 'answers') this.#nextAnswers.push(what)
    else if (what.do === 'disk') rig.diskFull = what.full
    else if (what.do === 'reach') {
      if (what.can) rig.unreachable.delete(what.group)
      else rig.unreachable.add(what.group)
    } else if (what.do === 'kick') {
      const { group, member } = what
      rig.members.add(`${what.group}/${what.member}`)
      if (what.works) this.#futileKicks.delete(`${what.group}/${what.member}`)
      else this.#futileKicks.add(`${what.group}/${what.member}`)
      this.#add({ type: 'kick', group, member, priority: 'moderation', freshFor: hour })
    } else if (what.do === 'say') {
      const name = `#${this.known.length}#`
      const text = what.long ? `${name}${'长'.repeat(1_500)}\n${name}${'长'.repeat(1_500)}` : name
      const { to, priority, freshFor } = what
      this.#add({ type: 'say', to, priority, freshFor, text, ...(what.merge ? { merge: 'same' } : {}) })
    }
    if (this.#broken !== undefined) throw this.#broken
  }

  async end() {
    this.#nextAnswers = []
    this.rig.unreachable.clear()
    this.rig.diskFull = false
    await this.happen({ do: 'online' })
    await this.happen({ do: 'wait', ms: 8 * day })
    for (const { id } of this.known) {
      expect(this.rig.results.get(id)?.length, `results of ${id}`).toBe(1)
    }
    for (const planned of this.known) {
      const parts = this.#partsOf(planned.effect)
      if (this.rig.outcome(planned.id) === 'sent' && planned.effect.type === 'say') expect(planned.done).toBe(parts)
      if (this.rig.outcome(planned.id) === 'expired') expect(planned.done).toBeLessThan(parts)
    }
    expect(this.rig.marked.size).toBe(0)
    expect(this.rig.outbox.status.waiting).toEqual(Object.fromEntries(priorities.map((priority) => [priority, 0])))
  }

  #add(effect: Effect) {
    const plannedAt = this.rig.now
    this.known.push({ id: this.rig.add(effect), n: this.known.length, effect, plannedAt, done: 0 })
  }

  #partsOf(effect: Effect): number {
    return effect.type === 'say' && effect.text.length > 2_000 ? 2 : 1
  }

  /** Those that an order carries out. */
  #carried(order: Order): Known[] {
    const waiting = this.#waiting()
    if (order.what === 'kick') {
      const found = waiting.find(
        ({ effect }) =>
          effect.type === 'kick' && order.to === `wx-${effect.group}` && order.body === `wx-${effect.member}`,
      )
      return found ? [found] : []
    }
    return [...order.body.matchAll(/#(\d+)#/g)].flatMap((match) => this.known[Number(match[1])] ?? [])
  }

  #waiting(): Known[] {
    return this.known.filter(({ id, effect, done }) => !this.rig.results.has(id) && done < this.#partsOf(effect))
  }

  #place(effect: Effect): string {
    if (effect.type === 'kick' || effect.type === 'lookup') return effect.type
    if (effect.to === 'control') return 'control'
    return 'group' in effect.to ? effect.to.group : effect.to.member
  }

  #check(order: Order) {
    const { rig } = this
    const now = rig.now
    const last = rig.orders.at(-1)
    must(!last || (last.end ?? Infinity) <= now, 'one thing on its way')
    must(this.isOnline, 'nothing while off line')
    if (order.what === 'read') return
    const level = rig.outbox.status.level
    const slow = level === 'normal' ? 1 : 2
    must(now >= this.#pauseUntil, 'nothing during a pause')
    const sent = rig.sent
    must(now - (sent.at(-1)?.end ?? -Infinity) >= sending.gap * slow, 'the gap')
    // An order may have arrived any time between its start and its answer: counting by either must fit.
    const within = (span: number, edge: 'at' | 'end') => sent.filter((message) => (message[edge] ?? now) > now - span)
    for (const edge of ['at', 'end'] as const) {
      must(within(minute, edge).length < Math.floor(sending.perMinute / slow), 'the minute')
      must(within(hour, edge).length < sending.perHour, 'the hour')
      must(within(day, edge).length < sending.perDay, 'the day')
    }
    const carried = this.#carried(order)
    const [first] = carried
    if (!first) throw new Error(`an order that nobody wants: ${JSON.stringify(order)}`)
    const { priority } = first.effect
    // A tenth is kept for what is essential, half of it with care.
    const others = level === 'normal' ? 0.9 : 0.5
    for (const edge of priorities.indexOf(priority) < 3 ? [] : (['at', 'end'] as const)) {
      must(within(hour, edge).length < sending.perHour * others, 'the others’ hour')
      must(within(day, edge).length < sending.perDay * others, 'the others’ day')
    }
    const place = this.#place(first.effect)
    const lastMinute = within(minute, 'end')
    if (order.what === 'kick') must(this.#kickPaceAllows(), 'the pace of kicks')
    else must(place === 'control' || this.#groupHasRoom(place, lastMinute, slow), 'the group’s minute')
    must(level !== 'silent' && (level !== 'essential' || priorities.indexOf(priority) < 3), 'only what is essential')
    must(carried.length === 1 || order.body.length <= 1_500, 'merged texts are short')
    for (const planned of carried) {
      must(rig.marked.has(planned.id), 'marked before')
      must(planned.done < this.#partsOf(planned.effect) && !rig.results.has(planned.id), 'not twice')
      must(now - planned.plannedAt <= planned.effect.freshFor, 'fresh')
      must(this.#place(planned.effect) === place && planned.effect.priority === priority, 'merged with its like')
    }
    for (const other of this.#waiting()) {
      if (carried.includes(other) || now - other.plannedAt > other.effect.freshFor) continue
      const isSame = this.#place(other.effect) === place && other.effect.priority === priority
      const isOlder = isSame && order.what !== 'kick' && carried.some(({ n }) => n > other.n)
      must(!isOlder, `#${other.n} is older than #${first.n}`)
      const isMoreUrgent = priorities.indexOf(other.effect.priority) < priorities.indexOf(priority)
      must(!isMoreUrgent || !this.#couldGo(other, lastMinute, slow), `#${other.n} is more urgent than #${first.n}`)
    }
  }

  #kickPaceAllows(): boolean {
    return this.rig.now - (this.rig.sent.findLast(({ what }) => what === 'kick')?.end ?? -Infinity) >= 20 * second
  }

  #groupHasRoom(place: string, lastMinute: Order[], slow: number): boolean {
    const same = lastMinute.filter(({ what, to }) => what === 'say' && to === `wx-${place}`).length
    return same < Math.floor(sending.perGroupPerMinute / slow)
  }

  #couldGo({ effect }: Known, lastMinute: Order[], slow: number): boolean {
    const { rig } = this
    const place = effect.type === 'kick' ? effect.group : this.#place(effect)
    if (rig.unreachable.has(place)) return false
    if (effect.type === 'kick') return this.#kickPaceAllows()
    if (effect.priority === 'post' || effect.priority === 'game') {
      const time = new Date(rig.now + 8 * hour).toISOString().slice(11, 16)
      if (time >= '22:30' || time < '07:30') return false
    }
    return place === 'control' || this.#groupHasRoom(place, lastMinute, slow)
  }

  #answer(order: Order): [WxResult, number] {
    const { next: answer, takes } = this.#nextAnswers.shift() ?? { next: ok, takes: 100 }
    const tooFast = !answer.ok && answer.why === 'tooFast'
    const taken = tooFast || (!answer.ok && answer.why === 'offline')
    if (order.what !== 'read' && !taken) for (const planned of this.#carried(order)) planned.done++
    if (tooFast) {
      if (this.rig.outbox.status.level === 'normal') this.#strikes = 0
      this.#pauseUntil = this.rig.now + takes + Math.min(60, 5 * 2 ** this.#strikes++) * minute
    }
    const member = `${order.to.slice(3)}/${order.body.slice(3)}`
    if (order.what === 'kick' && answer.ok && !this.#futileKicks.has(member)) this.rig.members.delete(member)
    return [answer, takes]
  }
}

// Lighter than `expect`, which would take most of the time here.
function must(holds: boolean, rule: string): void {
  if (!holds) throw new Error(`broken: ${rule}`)
}

describe('the outbox in a storm', () => {
  it('keeps every rule over 10,000 random events', async () => {
    let orders = 0
    const storm = fc.asyncProperty(
      fc.array(happening, { minLength: 500, maxLength: 500, size: 'max' }),
      async (what) => {
        const watch = new Watch()
        for (const event of what) await watch.happen(event)
        await watch.end()
        orders += watch.rig.sent.length
      },
    )
    await fc.assert(storm, { numRuns: 20, seed: 20261121, endOnFailure: true })
    // A storm in which next to nothing is sent would prove nothing.
    expect(orders).toBeGreaterThan(1_500)
  })
})
