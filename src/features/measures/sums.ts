// The sums themselves: of a group's day and half hour, of a person, and how far a newcomer has come.
import type { DayKey } from '../../core/lib/time.ts'
import type { MemberId } from '../../core/types/ids.ts'
import {
  dayNumber,
  HELP,
  isHourly,
  isPersonal,
  slotAt,
  TALK_DAYS,
  withSums,
  type GroupCx,
  type Hourly,
  type Measure,
  type Person,
  type Step,
} from './state.ts'

/** Adds to the day of a group, and to the half hour where that is kept. */
export function add(measure: Measure, by: number, here: GroupCx, day: DayKey = here.today): void {
  const { tables, group } = here
  const key = `${group.id}/${day}`
  const sums = tables.noteDays.get(key)
  if (!sums && !tables.noteMarks.get(`since/${group.id}`)) tables.noteMarks.set(`since/${group.id}`, { day })
  tables.noteDays.set(key, withSums(sums, { [measure]: by }))
  if (isHourly(measure)) addHour(measure, by, here)
}

/** Adds to the half hour. */
export function addHour(measure: Hourly, by: number, { tables, group, today, now, timezone }: GroupCx) {
  const key = `${group.id}/${today}T${slotAt(now, timezone)}`
  const sums = tables.noteHours.get(key)
  tables.noteHours.set(key, { ...sums, [measure]: (sums?.[measure] ?? 0) + by })
}

/** What is known of somebody in a group. */
export function personOf(member: MemberId, { tables, group }: GroupCx): Person {
  return tables.notePeople.get(`${group.id}/${member}`) ?? { sums: {}, talk: [] }
}

export function keep(member: MemberId, person: Person, { tables, group }: GroupCx): void {
  tables.notePeople.set(`${group.id}/${member}`, person)
}

/** Notes how far a newcomer has come; people who were there before have no steps. */
export function stepped(person: Person, reached: readonly Step[]): Person {
  const fresh = person.joined === undefined ? [] : reached.filter((step) => !person.steps?.includes(step))
  return fresh.length === 0 ? person : { ...person, steps: [...(person.steps ?? []), ...fresh] }
}

/** Counts new steps on the day on which the newcomer joined. */
export function countSteps(before: Person, after: Person, here: GroupCx): void {
  const { joined } = after
  if (joined === undefined || after.steps === before.steps) return
  for (const step of after.steps ?? []) if (!before.steps?.includes(step)) add(step, 1, here, joined)
}

/** Somebody has done something for the first time since joining. */
export function reach(member: MemberId, step: Step, here: GroupCx): void {
  const before = personOf(member, here)
  const after = stepped(before, [step])
  if (after === before) return
  keep(member, after, here)
  countSteps(before, after, here)
}

/** Adds to what is known of a person, as far as that is kept. */
export function addPersonal(member: MemberId, measure: string, by: number, here: GroupCx): void {
  if (!isPersonal(measure)) return
  const person = personOf(member, here)
  keep(member, { ...person, sums: { ...person.sums, [measure]: (person.sums[measure] ?? 0) + by } }, here)
}

/** Notes help in the flat list of days. @param at 1: answered, 2: was thanked, 3: was asked by name */
export function addHelp(member: MemberId, at: 1 | 2 | 3, here: GroupCx): void {
  const person = personOf(member, here)
  const number = dayNumber(here.today)
  const old = person.help ?? []
  const from = old.findIndex((value, i) => i % HELP === 0 && value > number - TALK_DAYS)
  const kept = from < 0 ? [] : old.slice(from)
  const help = kept.at(-HELP) === number ? kept : [...kept, number, 0, 0, 0]
  const place = help.length - HELP + at
  keep(member, { ...person, help: help.map((value, i) => (i === place ? value + 1 : value)) }, here)
}
