// Counting: what was said, who came and went, and what features report of their changes, in the commit in which it happens.
import type { Count, Counted } from '../../core/feature/counts.ts'
import type { Joined, Left, Said } from '../../core/types/event.ts'
import { BOT, type GroupId } from '../../core/types/ids.ts'
import { addDays } from '../../core/lib/time.ts'
import { hearQuestion, noteAnswer, noteHanded } from './questions.ts'
import { beginResult, noteFeedback } from './results.ts'
import { dayNumber, hasSlot, slotAt, TALK, TALK_DAYS, withSums, type Cx, type GroupCx } from './state.ts'
import { add, addHelp, addHour, addPersonal, countSteps, keep, personOf, reach, stepped } from './sums.ts'

export function onCounted({ event, said, counts }: Counted, cx: Cx): void {
  if (cx.group && said && said.from !== BOT) countSaid(said, cx)
  if (cx.group && event.type === 'joined') countJoined(event, cx)
  if (cx.group && event.type === 'left') countLeft(event, cx)
  for (const count of counts) countOne(count, cx)
}

function countSaid(said: Said, here: GroupCx): void {
  const { from } = said
  const { tables, group, today, now, timezone } = here
  const before = personOf(from, here)
  const number = dayNumber(today)
  const isFirstToday = before.talk.at(-TALK) !== number
  const person = stepped(before, [
    'cameSpoke',
    ...(before.joined !== undefined && before.joined < today ? (['cameBack'] as const) : []),
  ])
  const sums = { ...person.sums, messages: (person.sums.messages ?? 0) + 1 }
  keep(from, { ...person, sums, talk: talked(before.talk, number, slotAt(now, timezone)) }, here)
  countSteps(before, person, here)
  const isFirst = person.steps !== before.steps && before.steps === undefined
  const key = `${group.id}/${today}`
  const day = tables.noteDays.get(key)
  if (!day && !tables.noteMarks.get(`since/${group.id}`)) tables.noteMarks.set(`since/${group.id}`, { day: today })
  tables.noteDays.set(
    key,
    withSums(day, {
      messages: 1,
      ...(isFirstToday && { speakers: 1 }),
      ...((said.addressed || said.word) && { toBot: 1 }),
      ...(isFirst && { firstWords: 1 }),
    }),
  )
  addHour('messages', 1, here)
  hearQuestion(said, here)
}

/** Notes a message in the flat list of days. */
function talked(talk: readonly number[], day: number, slot: number): number[] {
  if (talk.at(-TALK) !== day) {
    const from = talk.findIndex((value, i) => i % TALK === 0 && value > day - TALK_DAYS)
    return [...(from < 0 ? [] : talk.slice(from)), day, 2 ** slot, 1]
  }
  const mask = talk.at(-2) ?? 0
  return [...talk.slice(0, -2), hasSlot(mask, slot) ? mask : mask + 2 ** slot, (talk.at(-1) ?? 0) + 1]
}

function countJoined({ members, by }: Joined, here: GroupCx): void {
  add('joins', members.length, here)
  if (by !== null) add('invited', members.length, here)
  for (const member of members) keep(member, { joined: here.today, ...(by && { by }), sums: {}, talk: [] }, here)
  if (by === null || !here.members.isIn(by, here.group.id)) return
  addPersonal(by, 'brought', members.length, here)
  reach(by, 'cameBrought', here)
}

/** Who leaves is folded away: what is known of him stays in the days of his group. */
function countLeft({ members }: Left, here: GroupCx): void {
  const { tables, group, today } = here
  add('leaves', members.length, here)
  for (const member of members) {
    const person = tables.notePeople.get(`${group.id}/${member}`)
    // Who leaves within four weeks counts among the newcomers of his day.
    if (person?.joined !== undefined && person.joined >= addDays(today, -28)) add('cameLeft', 1, here, person.joined)
    tables.notePeople.delete(`${group.id}/${member}`)
  }
}

function countOne(count: Count, cx: Cx): void {
  const { what, member, by = 1 } = count
  if (what === 'feedback') return noteFeedback(count, cx)
  const here = placeOf(count, cx)
  if (!here?.enabled) return
  switch (what) {
    case 'post':
    case 'activity':
      add('posts', 1, here)
      return beginResult(what, count, here)
    case 'botAnswers':
      return noteAnswer('byBot', member, here)
    case 'humanAnswers':
      return noteAnswer('byHuman', member, here)
    case 'handed':
      return noteHanded(member, here)
    case 'thanked':
      add('thanked', by, here)
      if (member && here.members.isIn(member, here.group.id)) addHelp(member, 2, here)
      return
    default:
      add(what, by, here)
      if (!member || !here.members.isIn(member, here.group.id)) return
      addPersonal(member, what, by, here)
      if (what === 'given' && by > 0) reach(member, 'cameEarned', here)
      if (what === 'redeemed' && by > 0) reach(member, 'cameRedeemed', here)
  }
}

/** Where it is counted: where it says, else in the group of the event, else in the first group of the person. */
function placeOf({ group, member }: Count, cx: Cx): GroupCx | undefined {
  const first: GroupId | undefined = group ?? cx.group?.id ?? (member && cx.members.groupsOf(member)[0])
  return first !== undefined && cx.members.group(first) ? cx.inGroup(first) : undefined
}
