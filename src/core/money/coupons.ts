// Coupons: what was issued to whom, what was used, how many are left. One place writes them, so no code exists twice or is used twice.
import { z } from 'zod'
import { MemberId, type Millis } from '../types/ids.ts'
import type { Random } from '../lib/random.ts'
import { freshCodes, newCode } from './codes.ts'
import { tallies, type Tally } from './tally.ts'
import { table, type Table, type Tables } from '../feature/tables.ts'
import type { Change } from '../types/json.ts'
import { canonical } from '../lib/text.ts'
import { addDays, type DayKey } from '../lib/time.ts'

/** Terms under which coupons of a kind are issued; `config/coupons.yaml` says them. */
export interface CouponKind {
  name: string
  /** What it is worth, in the operator's words. */
  value: string
  terms: string | null
  /** How many days it is valid beside the day of issue, or its last day. */
  valid: { days: number } | { until: DayKey }
  /** How many one member may get in all; null: any number. */
  perMember: number | null
  /** How many may be issued in all; null: any number, or as many as there are codes. */
  stock: number | null
  /** The codes to hand out, in order, each with its `keyOf`; null: codes are made. */
  codes: readonly PoolCode[] | null
}

/** A code of the operator's list, and its form for comparing. */
export interface PoolCode {
  key: string
  code: string
}

const Coupon = z.strictObject({
  /** As it is shown; the key is its form for comparing. */
  code: z.string(),
  kind: z.string(),
  /** What was promised when it was issued. */
  value: z.string(),
  member: MemberId,
  at: z.int(),
  day: z.string(),
  /** The last day on which it can be used. */
  until: z.string(),
  source: z.string(),
  why: z.string(),
  /** The code comes from the operator's list, not from us. */
  pooled: z.boolean(),
  used: z.strictObject({ at: z.int(), by: MemberId }).nullable(),
  /** It was declared void, and by whom. */
  voided: z.strictObject({ at: z.int(), by: MemberId }).optional(),
})
export type Coupon = z.infer<typeof Coupon>

/** Written by `CouponBook` alone. */
export const couponTables = {
  'ledger.coupons': table(Coupon, { migrations: [(old) => old] }),
  /** Which coupons a member got; the key is `<member>/<key of the coupon>`. */
  'ledger.wallets': table(z.strictObject({ kind: z.string(), source: z.string() })),
  /** Totals of a kind, also of coupons that are forgotten by now. */
  'ledger.kinds': table(z.strictObject({ issued: z.int(), used: z.int() })),
  /** How many of a kind a member was ever issued, whatever became of them; the key is `<member>/<source>/<kind>`. */
  'ledger.got': table(z.strictObject({ count: z.int() })),
  /** What is set aside for a promise that is open; the key is `<promise>/<kind>`. `by` names the promise to people. */
  'ledger.reserved': table(z.strictObject({ kind: z.string(), count: z.int(), by: z.string() })),
  /** How many were issued on a day; the key is `<day>/<source>/<kind>`. */
  'ledger.issued': table(z.strictObject({ count: z.int() })),
}

/** Why no coupon was issued: there is no such kind, its last day is over, none is left, or the member has got as many as one may. */
export type CouponTrouble = 'unknown' | 'over' | 'soldOut' | 'limit'
/** Why coupons could not be set aside: how many are left, and who holds the others. */
export interface Shortage {
  kind: string
  wanted: number
  left: number
  /** Open promises that hold some of the kind, with how many: `抽奖 #1` → 3. */
  held: ReadonlyMap<string, number>
}
/** What came of using a coupon: done now, used before, over, declared void, or there is no such code. */
export type Redeemed = { outcome: 'redeemed' | 'used' | 'expired' | 'voided'; coupon: Coupon } | { outcome: 'unknown' }

/** What a feature may do with coupons. */
export interface Coupons {
  readonly kinds: ReadonlyMap<string, CouponKind>
  /** Why `count` coupons of a kind could not be issued to a member now; undefined when they can. */
  refusal(member: MemberId, kind: string, count?: number): CouponTrouble | undefined
  /** Whether `count` more of a kind would exceed what a member may have. */
  isFull(member: MemberId, kind: string, count?: number): boolean
  /**
   * Sets coupons aside for a promise, in place of what was set aside for it before; they are given with `Ledger.give`.
   * @param promise what a feature calls it, such as `draw-12` @param by the same in people's words, such as `抽奖 #12`
   * @returns what there is too little of; then nothing has changed
   */
  reserve(promise: string, by: string, counts: ReadonlyMap<string, number>): Shortage | undefined
  /** Releases what is still set aside for a promise. */
  release(promise: string): void
  /** How many of a kind are left that nothing was promised of; null: any number. @param enough codes are counted up to there only */
  left(kind: string, enough?: number): number | null
  /** Coupons that a member can still use, the first to expire first. */
  open(member: MemberId): Coupon[]
  /** All that were issued and are not forgotten, the newest first; of one member, or of all. */
  all(member?: MemberId): Coupon[]
  /** Declares a coupon void: it stays issued and can never be used. @returns false when it cannot be used any more as it is */
  void(code: string, by: MemberId): boolean
  /** How many of a kind a member was ever given, in all or from one feature. */
  countOf(member: MemberId, kind: string, source?: string): number
  issuedOn(day: DayKey, kind: string, source: string): number
  find(code: string): Coupon | undefined
  redeem(code: string, by: MemberId): Redeemed
  /** @returns false when the coupon cannot be used any more. */
  transfer(code: string, to: MemberId): boolean
  /** Open coupons whose last day lies between two days, both included. */
  expiring(from: DayKey, to: DayKey): Coupon[]
  /** Every kind of which coupons were ever issued. */
  tally(): Map<string, Tally>
}

/** Days after its last one for which a coupon is remembered. */
const KEPT_DAYS = 180

interface IssueContext {
  source: string
  now: Millis
  today: DayKey
  kinds: ReadonlyMap<string, CouponKind>
  codeChance: Random
}

/** Where coupons are issued, used and passed on. Features get it by `forFeature`. */
export class CouponBook {
  readonly #coupons: Table<Coupon>
  readonly #wallets: Table<{ kind: string; source: string }>
  readonly #kinds: Table<{ issued: number; used: number }>
  readonly #issued: Table<{ count: number }>
  readonly #received: Table<{ count: number }>
  readonly #reserved: Table<{ kind: string; count: number; by: string }>

  constructor(tables: Tables) {
    this.#coupons = tables.table('ledger.coupons')
    this.#wallets = tables.table('ledger.wallets')
    this.#kinds = tables.table('ledger.kinds')
    this.#issued = tables.table('ledger.issued')
    this.#received = tables.table('ledger.got')
    this.#reserved = tables.table('ledger.reserved')
  }

  /** Issues one coupon, of those set aside for a promise when there are any. @returns undefined when there is a refusal. */
  issue(member: MemberId, name: string, why: string, by: IssueContext, promise = ''): Coupon | undefined {
    const kind = by.kinds.get(name)
    const held = this.#reserved.get(`${promise}/${name}`)
    if (held) this.setReserved(`${promise}/${name}`, { ...held, count: held.count - 1 })
    if (!kind || this.#refusal(member, name, 1, by)) {
      if (held) this.setReserved(`${promise}/${name}`, held)
      return undefined
    }
    const { value, valid, codes } = kind
    const code = codes
      ? this.#freshCodes(codes, name).next().value
      : newCode(by.codeChance, (made) => this.#coupons.get(keyOf(made)) !== undefined)
    if (code === undefined) return undefined
    const until = 'until' in valid ? valid.until : addDays(by.today, valid.days)
    const { source, now: at, today: day } = by
    const coupon = { code, kind: name, value, member, at, day, until, source, why, pooled: codes !== null, used: null }
    this.put(keyOf(code), coupon)
    return coupon
  }

  /** What features get to see. */
  forFeature(by: IssueContext): Coupons {
    const { kinds, now, today } = by
    const usable = (coupon: Coupon | undefined) => coupon !== undefined && isOpen(coupon, today)
    return {
      kinds,
      refusal: (member, kind, count = 1) => this.#refusal(member, kind, count, by),
      isFull: (member, kind, count = 1) => this.#isFull(member, kinds.get(kind), count),
      reserve: (promise, name, counts) => this.#reserve(promise, name, counts, by),
      release: (promise) => {
        for (const key of this.#reserved.keys(promise)) this.#reserved.delete(key)
      },
      left: (kind, enough) => this.#left(kinds.get(kind), today, enough),
      open: (member) => this.#of(member).filter(usable).sort(soonest),
      all: (member) =>
        (member === undefined ? this.#all() : this.#of(member)).sort(
          (a, b) => b.at - a.at || (a.code < b.code ? -1 : 1),
        ),
      void: (code, by) => {
        const coupon = this.#coupons.get(keyOf(code))
        if (!coupon || !usable(coupon)) return false
        this.put(keyOf(code), { ...coupon, voided: { at: now, by } })
        return true
      },
      countOf: (member, kind, source) => this.#countOf(member, kind, source),
      issuedOn: (day, kind, source) => this.#issued.get(`${day}/${source}/${kind}`)?.count ?? 0,
      find: (code) => this.#coupons.get(keyOf(code)),
      redeem: (code, staff) => {
        const coupon = this.#coupons.get(keyOf(code))
        if (!coupon) return { outcome: 'unknown' }
        if (coupon.used) return { outcome: 'used', coupon }
        if (coupon.voided) return { outcome: 'voided', coupon }
        if (coupon.until < today) return { outcome: 'expired', coupon }
        const used = { ...coupon, used: { at: now, by: staff } }
        this.put(keyOf(code), used)
        return { outcome: 'redeemed', coupon: used }
      },
      transfer: (code, to) => {
        const coupon = this.#coupons.get(keyOf(code))
        if (!coupon || !usable(coupon)) return false
        this.put(keyOf(code), { ...coupon, member: to })
        return true
      },
      expiring: (from, to) =>
        this.#all()
          .filter((coupon) => isOpen(coupon, from) && coupon.until <= to)
          .sort(soonest),
      tally: () =>
        tallies(
          this.#kinds.entries(),
          this.#all().filter((coupon) => isOpen(coupon, today)),
        ),
    }
  }

  /** Sets or deletes a coupon, and everything that is derived from coupons. An undo sets what was there before. */
  put(key: string, after: Coupon | undefined): void {
    const before = this.#coupons.get(key)
    const issued = before ? (after ? undefined : before) : after
    if (issued) {
      const { member, source, kind } = issued
      const count = this.#receivedFrom(member, kind, source) + (before ? -1 : 1)
      this.#received.set(`${member}/${source}/${kind}`, { count: Math.max(0, count) })
    }
    if (before) this.#wallets.delete(`${before.member}/${key}`)
    if (after) {
      this.#coupons.set(key, after)
      this.#wallets.set(`${after.member}/${key}`, { kind: after.kind, source: after.source })
    } else this.#coupons.delete(key)
    this.#count(before, -1)
    this.#count(after, 1)
  }

  /** Sets what is held for a promise, under its key; nothing of it, and the record goes. An undo gives back what it held before. */
  setReserved(key: string, held: { kind: string; count: number; by: string }): void {
    if (held.count > 0) this.#reserved.set(key, held)
    else this.#reserved.delete(key)
  }

  /** What is held under a key of `ledger.reserved`. */
  reservedAt(key: string): { kind: string; count: number; by: string } | undefined {
    return this.#reserved.get(key)
  }

  /** Kinds of which somebody still holds coupons or was promised some. */
  owed(today: DayKey): ReadonlyMap<string, { open: number; promised: readonly string[] }> {
    const owed = new Map<string, { open: number; promised: string[] }>()
    const of = (kind: string) => {
      const promise = owed.get(kind) ?? { open: 0, promised: [] }
      owed.set(kind, promise)
      return promise
    }
    for (const coupon of this.#all()) if (isOpen(coupon, today)) of(coupon.kind).open += 1
    for (const [, { kind, by }] of this.#reserved.entries()) of(kind).promised.push(by)
    return owed
  }

  /** Forgets coupons that nobody can use for half a year; totals remain. */
  forget(today: DayKey): void {
    const oldest = addDays(today, -KEPT_DAYS)
    for (const [key, { member, until, pooled }] of this.#coupons.entries()) {
      // A code of the operator's list must never look new again.
      if (pooled || until >= oldest) continue
      this.#coupons.delete(key)
      this.#wallets.delete(`${member}/${key}`)
    }
    for (const [key] of this.#issued.entries()) if (key.slice(0, 10) < oldest) this.#issued.delete(key)
  }

  #of(member: MemberId): Coupon[] {
    return [...this.#wallets.entries(member)]
      .map(([key]) => this.#coupons.get(key.slice(member.length + 1)))
      .filter((coupon) => coupon !== undefined)
  }

  #all(): Coupon[] {
    return [...this.#coupons.entries()].map(([, coupon]) => coupon)
  }

  #count(coupon: Coupon | undefined, by: 1 | -1) {
    if (!coupon) return
    const total = this.#kinds.get(coupon.kind) ?? { issued: 0, used: 0 }
    this.#kinds.set(coupon.kind, { issued: total.issued + by, used: total.used + (coupon.used ? by : 0) })
    const key = `${coupon.day}/${coupon.source}/${coupon.kind}`
    this.#issued.set(key, { count: (this.#issued.get(key)?.count ?? 0) + by })
  }

  #refusal(member: MemberId, name: string, count: number, { kinds, today }: IssueContext): CouponTrouble | undefined {
    const kind = kinds.get(name)
    if (!kind) return 'unknown'
    if (isOver(kind, today)) return 'over'
    if ((this.#left(kind, today, count) ?? count) < count) return 'soldOut'
    return this.#isFull(member, kind, count) ? 'limit' : undefined
  }

  #isFull(member: MemberId, kind: CouponKind | undefined, count: number): boolean {
    return kind !== undefined && this.#countOf(member, kind.name) + count > (kind.perMember ?? Infinity)
  }

  #countOf(member: MemberId, kind: string, source?: string): number {
    if (source !== undefined) return this.#receivedFrom(member, kind, source)
    const counted = this.#received.keys(member).map((key) => key.split('/'))
    const sources = counted.filter(([, , ...name]) => name.join('/') === kind).map(([, from = '']) => from)
    const held = [...this.#wallets.entries(member)]
      .filter(([, coupon]) => coupon.kind === kind)
      .map(([, coupon]) => coupon.source)
    return [...new Set([...sources, ...held])].reduce((sum, from) => sum + this.#receivedFrom(member, kind, from), 0)
  }

  // Stores of earlier versions did not count: then it is what the member still has.
  #receivedFrom(member: MemberId, kind: string, source: string): number {
    const counted = this.#received.get(`${member}/${source}/${kind}`)
    if (counted) return counted.count
    return [...this.#wallets.entries(member)].filter(([, coupon]) => coupon.kind === kind && coupon.source === source)
      .length
  }

  #reserve(
    promise: string,
    by: string,
    counts: ReadonlyMap<string, number>,
    { kinds, today }: IssueContext,
  ): Shortage | undefined {
    for (const [kind, wanted] of counts) {
      const own = this.#reserved.get(`${promise}/${kind}`)?.count ?? 0
      const free = this.#left(kinds.get(kind), today, wanted)
      const left = free === null ? Infinity : free + own
      if (left >= wanted) continue
      const others = [...this.#reserved.entries()].filter(
        ([key, held]) => held.kind === kind && !key.startsWith(`${promise}/`),
      )
      return { kind, wanted, left, held: new Map(others.map(([, held]) => [held.by, held.count])) }
    }
    for (const key of this.#reserved.keys(promise)) this.#reserved.delete(key)
    for (const [kind, count] of counts) this.setReserved(`${promise}/${kind}`, { kind, count, by })
    return undefined
  }

  /** @param enough stop counting codes there. */
  #left(kind: CouponKind | undefined, today: DayKey, enough = Infinity): number | null {
    if (!kind || isOver(kind, today)) return 0
    const held = [...this.#reserved.entries()].reduce(
      (sum, [, reserved]) => sum + (reserved.kind === kind.name ? reserved.count : 0),
      0,
    )
    let left = kind.stock === null ? Infinity : kind.stock - this.#issuedOf(kind.name)
    if (kind.codes) {
      const fresh = this.#freshCodes(kind.codes, kind.name)
      let codes = 0
      while (codes < Math.min(left, enough + held) && !fresh.next().done) codes++
      left = Math.min(left, codes)
    }
    return left === Infinity ? null : Math.max(0, left - held)
  }

  #issuedOf(kind: string): number {
    return this.#kinds.get(kind)?.issued ?? 0
  }

  // Codes go out in their order, so the next one most likely stands where as many were issued; a list that was edited is searched.
  #freshCodes(codes: readonly PoolCode[], kind: string): Generator<string, undefined> {
    return freshCodes(codes, this.#issuedOf(kind), (key) => this.#coupons.get(key) !== undefined)
  }
}

/** The kinds of which changes have issued coupons. */
export function issuedKinds(changes: readonly Change[]): Set<string> {
  const issued = changes.filter(({ table, before, after }) => table === 'ledger.coupons' && before === null && after)
  return new Set(issued.map(({ after }) => (after as Coupon).kind))
}

/** The form in which codes are compared: width, case, spaces and dashes make no difference. */
export function keyOf(code: string): string {
  return canonical(code).replace(/[\s-]/g, '')
}

function isOpen({ used, voided, until }: Coupon, today: DayKey): boolean {
  return used === null && voided === undefined && until >= today
}

function isOver({ valid }: CouponKind, today: DayKey): boolean {
  return 'until' in valid && valid.until < today
}

function soonest(a: Coupon, b: Coupon): number {
  return a.until < b.until ? -1 : a.until > b.until ? 1 : a.at - b.at || (a.code < b.code ? -1 : 1)
}
