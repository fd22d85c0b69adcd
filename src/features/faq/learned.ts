// What the library has learned: answers that `/faq add` keeps and wordings that `/faq also` teaches. They lie in tables beside the
// operator's entries until he takes them into his own.
import type { Effect } from '../../core/types/effect.ts'
import type { Levels } from '../../search/calibration.ts'
import { testAnswer } from './care.ts'
import type { Entry } from './entry.ts'
import { noHandover } from './handover.ts'
import { calibrationOf } from './recalibration.ts'
import { extended, wordingKey, type Library } from './library.ts'
import type { FaqContext } from './state.ts'

/** More answers than this belong into a table. */
const mostLearned = 200

/** `/faq add 12`: keeps the answer for the next who asks. @param number undefined for what was answered last */
export function keepAnswer(number: number | undefined, cx: FaqContext): Effect {
  const { tables, prepared, reply, now } = cx
  const found = number === undefined ? lastAnswered(cx) : number
  if (found === undefined) return reply('nothingAnswered')
  const asked = tables.handovers.get(String(found))
  if (!asked) return noHandover(found, cx)
  if (asked.answer === null) return reply('notAnswered', { number: found })
  if (tables.learned.get(String(found))) return reply('known', { number: found })
  if (tables.learned.size() >= mostLearned) return reply('addedFull', { count: tables.learned.size() })
  const { question, answer } = asked
  const entry = learnedEntry(String(found), question, answer)
  const next = extended(prepared.library, taughtWordings(cx), [...learnedEntries(cx), entry])
  const broken = brokenTest(next, cx)
  if (broken) return reply('addedFails', broken)
  const answeredBy = testAnswer(next, levelsOf(cx), entry, question) ?? entry.id
  const old = /^r(\d+)$/.exec(answeredBy)?.[1] ?? ''
  // What was kept for the same question gives way; an entry of the operator's does not.
  if (tables.learned.get(old)) tables.learned.delete(old)
  else if (answeredBy !== entry.id) return reply('addedHidden', { question, id: answeredBy })
  tables.learned.set(String(found), { question, answer, at: now })
  return reply('added', { id: learnedId(String(found)), question, answer })
}

function lastAnswered({ tables }: FaqContext): number | undefined {
  const numbers = [...tables.handovers.entries()].filter(([, { answer }]) => answer !== null).map(([n]) => Number(n))
  return numbers.length > 0 ? Math.max(...numbers) : undefined
}

/** A test question that its entry answers now, and would not in a library to come. */
function brokenTest(next: Library, cx: FaqContext): { test: string; id: string } | undefined {
  const library = fullLibrary(cx)
  const levels = levelsOf(cx)
  for (const { entry: owner } of cx.prepared.placed) {
    for (const test of owner.tests) {
      if (testAnswer(next, levels, owner, test) === owner.id) continue
      if (testAnswer(library, levels, owner, test) === owner.id) return { test, id: owner.id }
    }
  }
  return undefined
}

/** The test question that a new wording of an entry would break. */
export function taughtTrouble(wording: string, id: string, cx: FaqContext) {
  const wordings = new Map(taughtWordings(cx))
  wordings.set(id, [...(wordings.get(id) ?? []), wording])
  return brokenTest(extended(cx.prepared.library, wordings, learnedEntries(cx)), cx)
}

function learnedId(number: string): string {
  return `r${number}`
}

/** In all groups and seasons, without rules. */
function learnedEntry(number: string, question: string, answer: string): Entry {
  const none = {
    also: [],
    keywords: [],
    all: [],
    any: [],
    none: [],
    patterns: [],
    groups: [],
    tests: [],
    onlyAsked: false,
  }
  return { id: learnedId(number), question, answer: [answer], ...none }
}

function learnedEntries({ tables, prepared }: FaqContext): Entry[] {
  return [...tables.learned.entries()]
    .filter(([number]) => !prepared.library.byId.has(learnedId(number)))
    .map(([number, { question, answer }]) => learnedEntry(number, question, answer))
}

function taughtWordings({ tables }: FaqContext): ReadonlyMap<string, readonly string[]> {
  const wordings = new Map<string, string[]>()
  for (const [, { entry, wording }] of tables.taught.entries())
    wordings.set(entry, [...(wordings.get(entry) ?? []), wording])
  return wordings
}

interface Made {
  records: readonly object[]
  library: Library
}
const made = new WeakMap<Library, Made>()

/** The operator's library with all that was learned. The last one made is kept as long as nothing new was learned. */
export function fullLibrary(cx: FaqContext): Library {
  const { tables, prepared } = cx
  const records = [...tables.learned.entries(), ...tables.taught.entries()].map(([, record]) => record)
  if (records.length === 0) return prepared.library
  const before = made.get(prepared.library)
  if (before?.records.length === records.length && records.every((record, i) => before.records[i] === record))
    return before.library
  const library = extended(prepared.library, taughtWordings(cx), learnedEntries(cx))
  made.set(prepared.library, { records, library })
  return library
}

export function levelsOf(cx: FaqContext): Levels {
  return calibrationOf(cx).levels
}

/** What the operator has taken into his own entries is no longer kept beside them. */
export function forgetTakenIn({ tables, prepared }: FaqContext): void {
  const { library } = prepared
  const own = new Map<string, Set<string>>()
  if (tables.taught.size() > 0)
    for (const { index } of library.shelves)
      for (const { id, reading } of index.wordings) own.set(id, (own.get(id) ?? new Set()).add(reading.key))
  for (const [key, { entry, wording }] of tables.taught.entries())
    if (own.get(entry)?.has(wordingKey(wording))) tables.taught.delete(key)
}
