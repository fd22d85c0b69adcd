// Cases: numbered decisions that grow with what follows within seconds, can be looked at and taken back.
import type { MemberId } from '../../core/types/ids.ts'
import { print } from './recent.ts'
import type { Case, Cx, Numbered } from './records.ts'

/** Messages of one person within this time (ms) of each other are one case. */
export const BURST = 30_000
/** Cases this many numbers ago are forgotten. */
const KEPT_NUMBERS = 1000
/** Characters of a text that are kept: enough to teach it and to judge it by. */
const KEPT_TEXT = 2000

const emptyCase = {
  offence: 'ad',
  messages: 1,
  probability: null,
  signals: [],
  picture: null,
  step: 'ask',
  count: 0,
  of: 0,
  rests: [],
  told: null,
  fine: 0,
  held: null,
  dryRun: false,
  state: 'open',
  reporters: [],
  appeal: null,
} as const satisfies Partial<Case>

/** Opens a case. Its card is shown with the next ones. */
export function open(
  what: Pick<Case, 'kind' | 'member' | 'name' | 'groups' | 'text'> & Partial<Case>,
  cx: Cx,
): Numbered {
  const { tables, now, numbers } = cx
  const number = numbers.next()
  for (let old = lastNumber(cx) + 1 - KEPT_NUMBERS; old <= number - KEPT_NUMBERS; old++) {
    tables.cases.delete(String(old))
    tables.noteSeen.delete(String(old))
  }
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

/** The case of that number. */
export function caseOf(number: number, { tables }: Cx): Case | undefined {
  return tables.cases.get(String(number))
}

/** All cases, the newest first. */
export function* allCases(cx: Cx): Generator<Numbered> {
  const last = lastNumber(cx)
  for (let number = last; number > 0 && number > last - KEPT_NUMBERS; number--) {
    const one = caseOf(number, cx)
    if (one) yield { number, one }
  }
}

/** The newest case that `wanted` accepts. */
export function latest(cx: Cx, wanted: (one: Case) => boolean): Numbered | undefined {
  for (const found of allCases(cx)) if (wanted(found.one)) return found
  return undefined
}

/** The newest case of a member that `wanted` accepts. */
export function latestOf(who: MemberId, cx: Cx, wanted: (one: Case) => boolean): Numbered | undefined {
  return latest(cx, (one) => one.member === who && wanted(one))
}

/** The case that a member's message belongs to when it comes seconds after the last one. */
export function burstOf(member: MemberId, cx: Cx): Numbered | undefined {
  return latestOf(member, cx, ({ state, last }) => state !== 'undone' && cx.now - last < BURST)
}

/** Whether a human's word is waited for. */
export function isAsking({ state, step, held }: Case): boolean {
  return state === 'open' && (step === 'ask' || (held !== null && held !== 'identity'))
}

/** Whether a human has to say that somebody is to be removed. */
export function asksToRemove(one: Case): boolean {
  return isAsking(one) && (one.step === 'remove' || one.held === 'raid')
}

/** A case that goes on in a group. */
export function grown(one: Case, group: Case['groups'][number], { now }: Cx): Case {
  const groups = [...one.groups.filter((other) => other !== group), group]
  return { ...one, last: now, messages: one.messages + 1, groups }
}
