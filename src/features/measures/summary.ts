// Sums over groups and days, as cards and reports need them.
import { addDays, daysOf, type DayKey } from '../../core/lib/time.ts'
import type { GroupId, MemberId } from '../../core/types/ids.ts'
import { usualAt } from './results.ts'
import { dayNumber, HELP, measures, slotAt, sumIn, TALK, type Cx, type Measure } from './state.ts'

export type Sums = Readonly<Record<Measure, number>>

/** All measures of some groups over some days, both ends included. */
export function sumsOf(groups: readonly GroupId[], from: DayKey, to: DayKey, { tables }: Cx): Sums {
  const sums = Object.fromEntries(measures.map((measure) => [measure, 0])) as Record<Measure, number>
  for (const day of daysOf(from, to))
    for (const group of groups) {
      const counted = tables.noteDays.get(`${group}/${day}`)
      if (counted) for (const measure of measures) sums[measure] += sumIn(counted, measure)
    }
  return sums
}

/** Different people who spoke in the days, at most 30 back; somebody in two groups is one. */
export function speakersIn(groups: readonly GroupId[], from: DayKey, to: DayKey, { tables }: Cx): number {
  const [first, last] = [dayNumber(from), dayNumber(to)]
  const spoke = new Set<string>()
  for (const group of groups)
    for (const [key, { talk }] of tables.notePeople.entries(group))
      for (let i = 0; i < talk.length; i += TALK)
        if ((talk[i] ?? 0) >= first && (talk[i] ?? 0) <= last) spoke.add(key.slice(group.length + 1))
  return spoke.size
}

/** How many people usually have spoken by the last full half hour of today, in tenths; null: nothing to compare with. */
export function usualByNow(group: GroupId, cx: Cx): number | null {
  const here = cx.inGroup(group)
  const until = Math.max(1, slotAt(cx.now, here.timezone))
  return usualAt(group, here.today, 0, until, cx)?.speakers ?? null
}

/** What somebody did for others in some days. */
export interface Help {
  member: MemberId
  group: GroupId
  answers: number
  thanked: number
  asked: number
}

/** Who has helped, the most helpful first. */
export function helpers(groups: readonly GroupId[], from: DayKey, to: DayKey, { tables, members, roleOf }: Cx): Help[] {
  const [first, last] = [dayNumber(from), dayNumber(to)]
  const found: Help[] = []
  for (const group of groups)
    for (const [key, { help = [] }] of tables.notePeople.entries(group)) {
      const member = key.slice(group.length + 1) as MemberId
      const sum = { member, group, answers: 0, thanked: 0, asked: 0 }
      for (let i = 0; i < help.length; i += HELP) {
        if ((help[i] ?? 0) < first || (help[i] ?? 0) > last) continue
        sum.answers += help[i + 1] ?? 0
        sum.thanked += help[i + 2] ?? 0
        sum.asked += help[i + 3] ?? 0
      }
      const isMember = members.isIn(member, group) && roleOf(member) === 'member'
      if (isMember && weightOf(sum) > 0) found.push(sum)
    }
  return found.sort((a, b) => weightOf(b) - weightOf(a) || Number(a.member.slice(1)) - Number(b.member.slice(1)))
}

/** Being thanked tells more than having answered, that more than having been asked. */
export function weightOf({ answers, thanked, asked }: Help): number {
  return 3 * thanked + 2 * answers + asked
}

/** Who wrote most in some days. */
export function talkers(group: GroupId, from: DayKey, to: DayKey, { tables, members }: Cx) {
  const [first, last] = [dayNumber(from), dayNumber(to)]
  return [...tables.notePeople.entries(group)]
    .map(([key, { talk }]) => {
      const member = key.slice(group.length + 1) as MemberId
      let messages = 0
      for (let i = 0; i < talk.length; i += TALK)
        if ((talk[i] ?? 0) >= first && (talk[i] ?? 0) <= last) messages += talk[i + 2] ?? 0
      return { member, messages }
    })
    .filter(({ member, messages }) => messages > 0 && members.isIn(member, group))
    .sort((a, b) => b.messages - a.messages || Number(a.member.slice(1)) - Number(b.member.slice(1)))
}

/** Members who have said nothing in 28 days and were there before; `once` have spoken earlier. */
export function silent(group: GroupId, cx: Cx): { all: MemberId[]; once: MemberId[] } {
  const { tables, members, roleOf } = cx
  const { today } = cx.inGroup(group)
  const border = dayNumber(addDays(today, -28))
  const all = members.membersOf(group).filter((member) => {
    const person = tables.notePeople.get(`${group}/${member}`)
    const isNew = person?.joined !== undefined && person.joined > addDays(today, -28)
    return !isNew && roleOf(member) === 'member' && (person?.talk.at(-TALK) ?? 0) <= border
  })
  return { all, once: all.filter((member) => tables.notePeople.get(`${group}/${member}`)?.sums.messages) }
}

/** How many days of a group were counted whole before a day. */
export function countedDays(group: GroupId, before: DayKey, { tables }: Cx): number {
  const since = tables.noteMarks.get(`since/${group}`)?.day
  return since === undefined ? 0 : Math.max(0, dayNumber(before) - dayNumber(since) - 1)
}

/** Groups that have gone quiet: fewer than three in ten of those who spoke a day in the three weeks before. */
export interface Quiet {
  group: GroupId
  now: number
  before: number
  /** Sums of the week, and a third of those of the three weeks. */
  week: Sums
  usual: Sums
}

/** @param day the last of the week */
export function quietGroups(groups: readonly GroupId[], day: DayKey, cx: Cx): Quiet[] {
  return groups.flatMap((group) => {
    if (countedDays(group, addDays(day, 1), cx) < 28) return []
    const week = sumsOf([group], addDays(day, -6), day, cx)
    const three = sumsOf([group], addDays(day, -27), addDays(day, -7), cx)
    const usual = Object.fromEntries(measures.map((measure) => [measure, three[measure] / 3])) as unknown as Sums
    const [now, before] = [week.speakers / 7, usual.speakers / 7]
    return before >= 3 && now < before * 0.3 ? [{ group, now, before, week, usual }] : []
  })
}
