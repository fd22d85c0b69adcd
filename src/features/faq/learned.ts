// Answers of the staff that `/faq add` keeps: a small second library in a table, until the operator moves them into his own.
import type { Effect } from '../../core/types/effect.ts'
import { testAnswer, type Placed } from './care.ts'
import type { Entry } from './entry.ts'
import { noHandover } from './handover.ts'
import { buildLibrary, type Library } from './library.ts'
import { answerThreshold, search } from '../../search/ranker.ts'
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
  const broken = brokenTest(entry, prepared.library, prepared.placed)
  if (broken) return reply('addedFails', broken)
  const libraries = [prepared.library, learnedLibrary(cx), buildLibrary([entry])]
  const answeredBy = testAnswer(libraries, entry, question) ?? entry.id
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

/** A test question of the library that the new entry would take away. */
function brokenTest(entry: Entry, library: Library, placed: readonly Placed[]) {
  const alone = buildLibrary([entry])
  const index = alone.shelves[0]?.index
  for (const { entry: owner } of placed) {
    for (const test of owner.tests) {
      // Most tests have nothing to do with it, and asking the whole library takes longer.
      if (index && (search(index, test, 1)[0]?.score ?? 0) < answerThreshold / 4) continue
      if (testAnswer([library, alone], owner, test) !== owner.id) return { test, id: owner.id }
    }
  }
  return undefined
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

const learnedLibraries = new WeakMap<object, { records: readonly object[]; library: Library }>()

/** What `/faq add` kept, made ready. The last one made for a table is kept as long as its records are the same. */
export function learnedLibrary({ tables, prepared }: FaqContext): Library {
  const all = [...tables.learned.entries()].filter(([number]) => !prepared.library.byId.has(learnedId(number)))
  const records = all.map(([, record]) => record)
  const before = learnedLibraries.get(tables.learned)
  if (before?.records.length === records.length && records.every((record, i) => before.records[i] === record))
    return before.library
  const library = buildLibrary(all.map(([number, { question, answer }]) => learnedEntry(number, question, answer)))
  learnedLibraries.set(tables.learned, { records, library })
  return library
}
