// Cases: numbered decisions that grow with what follows within seconds, can be looked at and taken back, and teach the filter.
import type { MemberId } from '../../core/types/ids.ts'
import { lesson, teach, type Taught } from '../../adfilter/lessons.ts'
import { print } from './recent.ts'
import type { Case, Cx } from './records.ts'

/** What one person sends within so many milliseconds of each other is one case. */
export const BURST = 30_000
/** Cases this many numbers ago are forgotten; what they taught stays a little longer. */
const KEPT = { numbers: 1000, lessons: 2000 }
/** So much of a text is kept: enough to teach it and to judge it by. */
const KEPT_TEXT = 2000

const emptyCase = {
  messages: 1,
  probability: null,
  signals: [],
  step: 'ask',
  count: 0,
  of: 0,
  fine: 0,
  held: null,
  dryRun: false,
  state: 'open',
  reporters: [],
  appeal: null,
} as const satisfies Partial<Case>

/** Opens a case. Its card is shown with the next ones. @returns its number */
export function open(
  what: Pick<Case, 'kind' | 'member' | 'name' | 'groups' | 'text'> & Partial<Case>,
  cx: Cx,
): { number: number; one: Case } {
  const { tables, now, house } = cx
  const number = house.nextNumber()
  for (let old = lastNumber(cx) + 1 - KEPT.numbers; old <= number - KEPT.numbers; old++)
    tables.cases.delete(String(old))
  tables.noteLast.set('case', { number })
  const one: Case = { ...emptyCase, at: now, last: now, ...what, ...wordsOf(what.text) }
  tables.cases.set(String(number), one)
  tables.noteCards.set(String(number), { at: now })
  return { number, one }
}

/** The number that the last case got. */
export function lastNumber({ tables }: Cx): number {
  return tables.noteLast.get('case')?.number ?? (tables.numbers.get('next')?.next ?? 1) - 1
}

/** What a case keeps of somebody's words. */
export function wordsOf(text: string): Pick<Case, 'text' | 'print'> {
  return { text: text.slice(0, KEPT_TEXT), print: print(text) }
}

/** Keeps what a case has become; `tell`: its card is shown (again). */
export function keep(number: number, one: Case, { tables, now }: Cx, tell = false): void {
  tables.cases.set(String(number), one)
  if (tell) tables.noteCards.set(String(number), { at: now })
}

/** All cases, the newest first. */
export function* allCases(cx: Cx): Generator<{ number: number; one: Case }> {
  const last = lastNumber(cx)
  for (let number = last; number > 0 && number > last - KEPT.numbers; number--) {
    const one = cx.tables.cases.get(String(number))
    if (one) yield { number, one }
  }
}

/** The newest case that `wanted` accepts. */
export function latest(cx: Cx, wanted: (one: Case) => boolean): { number: number; one: Case } | undefined {
  for (const found of allCases(cx)) if (wanted(found.one)) return found
  return undefined
}

/** The newest case of a member that `wanted` accepts. */
export function latestOf(
  who: MemberId,
  cx: Cx,
  wanted: (one: Case) => boolean,
): { number: number; one: Case } | undefined {
  return latest(cx, (one) => one.member === who && wanted(one))
}

/** The case that a member's message belongs to when it comes seconds after the last one. */
export function burstOf(member: MemberId, cx: Cx): { number: number; one: Case } | undefined {
  return latestOf(member, cx, ({ state, last }) => state !== 'undone' && cx.now - last < BURST)
}

/** The lessons made ready; made anew only when they have changed, as each change sets a new record. */
const made = new WeakMap<object, Taught>()

export function taught({ tables }: Cx): Taught | undefined {
  const version = tables.taught.get('all')
  if (!version) return undefined
  let ready = made.get(version)
  if (!ready) {
    ready = teach([...tables.lessons.entries()].map(([, one]) => one))
    made.set(version, ready)
  }
  return ready
}

/** What was decided about a case moves the score of similar texts from now on. */
export function learn(number: number, { kind, text }: Case, ad: boolean, { tables }: Cx): boolean {
  // How much somebody talks says nothing about his words.
  if (kind === 'flood' || text.trim() === '') return false
  tables.lessons.set(String(number), { ...lesson(text, ad), sketch: [...lesson(text, ad).sketch] })
  const keys = [...tables.lessons.entries()].map(([key]) => Number(key))
  if (keys.length > KEPT.lessons) tables.lessons.delete(String(Math.min(...keys)))
  tables.taught.set('all', { changes: (tables.taught.get('all')?.changes ?? 0) + 1 })
  return true
}
