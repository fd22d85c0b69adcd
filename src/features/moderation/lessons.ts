// What admins teach: a decision about a case moves the opinion of similar texts from now on, for its offence only.
import { lesson, teach, type Taught } from '../../adfilter/lessons.ts'
import { squeezed } from '../../core/lib/text.ts'
import type { Case, Cx, Offence } from './records.ts'

/** Lessons this many are kept; the oldest go first. */
const KEPT_LESSONS = 2000

/** The lessons in compiled form; compiled again only when they have changed, as each change sets a new record. */
const made = new WeakMap<object, Readonly<Record<Offence, Taught>>>()

function ready({ tables }: Cx): Readonly<Record<Offence, Taught>> | undefined {
  const version = tables.taught.get('all')
  if (!version) return undefined
  let lessons = made.get(version)
  if (!lessons) {
    const all = [...tables.lessons.entries()].map(([, one]) => one)
    const of = (offence: Offence) => teach(all.filter((one) => one.offence === offence))
    lessons = { ad: of('ad'), attack: of('attack'), other: of('other') }
    made.set(version, lessons)
  }
  return lessons
}

/** The lessons about advertisements. */
export function taught(cx: Cx): Taught | undefined {
  return ready(cx)?.ad
}

/** Titles shorter than this (characters) are names, which mean nothing in another's mouth. */
const SHORTEST_TITLE = 8
/** A text is nearly one that was decided when the lessons move it by this much (logit). */
const NEARLY_THE_SAME = 4

/** What the lessons say of a text: it is nearly one that was found to be (true) or not to be (false) that offence. */
export function recalled(offence: Exclude<Offence, 'ad'>, text: string, cx: Cx): boolean | undefined {
  const shift = ready(cx)?.[offence].shift(squeezed(text)) ?? 0
  return Math.abs(shift) < NEARLY_THE_SAME ? undefined : shift > 0
}

/** Teaches what was decided about a case. @returns whether there was anything to teach */
export function learn(number: number, { kind, offence, text }: Case, isRight: boolean, { tables }: Cx): boolean {
  // How much somebody talks and what an admin says of him tell nothing about words, nor does the short title of what cannot be read.
  const isWordless =
    kind === 'flood' || kind === 'hand' || (kind === 'content' && squeezed(text).length < SHORTEST_TITLE)
  if (isWordless || text.trim() === '') return false
  tables.lessons.set(String(number), { offence, ...lesson(text, isRight), sketch: [...lesson(text, isRight).sketch] })
  const keys = [...tables.lessons.entries()].map(([key]) => Number(key))
  if (keys.length > KEPT_LESSONS) tables.lessons.delete(String(Math.min(...keys)))
  tables.taught.set('all', { changes: (tables.taught.get('all')?.changes ?? 0) + 1 })
  return true
}
