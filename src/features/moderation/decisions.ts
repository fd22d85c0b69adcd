// Decisions of admins about cases: confirming, taking back, removing, with all that hangs on them.
import type { Effect, Reply } from '../../core/types/effect.ts'
import type { GroupId, MemberId } from '../../core/types/ids.ts'
import { caseOf, keep } from './cases.ts'
import { rungOf, story } from './cards.ts'
import { isSeen, markSeen } from './digest.ts'
import { disputed, punish, takeBack } from './ladder.ts'
import { learn } from './lessons.ts'
import { apology } from './notices.ts'
import { remove } from './removals.ts'
import { noteWrongReports } from './reports.ts'
import type { Case, Cx, Offence } from './records.ts'

/** What an admin reads about one case, and what is to be done. */
export interface Decided {
  line: string
  effects: Effect[]
}

const only = (line: string): Decided => ({ line, effects: [] })

/** Confirms one case; never removes anybody. @param offence what it is, when the admin says so */
export function confirm(number: number, before: Case, offence: Offence | undefined, cx: Cx): Decided {
  const { text } = cx
  if (before.state === 'undone') return only(text('isUndone', { number }))
  if (before.state === 'confirmed' && (offence === undefined || offence === before.offence))
    return only(text('isConfirmed', { number }))
  const one: Case = { ...before, offence: offence ?? before.offence }
  const taught = learn(number, one, true, cx) ? text('taught', { offence: text(`taught_${one.offence}`) }) : ''
  const wasAsking = one.state === 'open' && one.held !== 'role' && (one.step === 'ask' || one.held === 'attack')
  const { one: done, effects } = wasAsking ? punish(number, { ...one, held: null }, cx, 'human') : { one, effects: [] }
  const decided: Case = { ...done, state: 'confirmed' }
  keep(number, decided, cx)
  const { held } = decided
  const isDue = held === 'human' || held === 'limit' || held === 'appeal' || before.held === 'raid'
  const did = isDue
    ? text('okKick', { number })
    : wasAsking && decided.member !== null && !decided.dryRun
      ? text('okDid', { did: `${text(held ?? decided.step)}${held === null ? rungOf(decided, cx) : ''}` })
      : ''
  const due = one.appeal === null ? '' : dueNow(number, one, cx)
  return { line: `${text('confirmed', { number, did, taught })}${due}`, effects }
}

/** An appeal was found wrong: what waited for that can go on. */
function dueNow(number: number, { member }: Case, cx: Cx): string {
  if (member === null) return ''
  for (const [key, one] of cx.tables.cases.entries())
    if (one.member === member && one.held === 'appeal' && one.rests.includes(number) && disputed(one, cx) === undefined)
      return `\n${cx.text('dueNow', { number: key })}`
  return ''
}

/** Takes a case back with all that hangs on it. */
export function undoCase(number: number, cx: Cx): Reply {
  const one = caseOf(number, cx)
  if (!one) return undefined
  if (one.state === 'undone') return cx.reply('isUndone', { number })
  const what = undo(number, one, cx)
  return [cx.reply('undone', { number, name: one.name, what }), ...apology(number, one, cx)]
}

/** Takes a case back. @returns what was given back, in the admin's words */
export function undo(number: number, one: Case, cx: Cx): string {
  const { text, tables, members } = cx
  const { strike, points, freed, taught, resting } = takeBack(number, one, cx)
  keep(number, { ...one, state: 'undone' }, cx)
  if (one.state !== 'confirmed') noteWrongReports(one, cx)
  const { member } = one
  const isLeaving =
    member !== null && one.groups.some((group) => tables.tickets.get(`${group}/${member}`)?.state === 'kicking')
  const isGone = member !== null && one.step === 'remove' && one.groups.some((group) => !members.isIn(member, group))
  const done = [
    ...(strike ? [text('undoneStrike')] : []),
    ...(points > 0 ? [text('undonePoints', { points })] : []),
    ...(freed ? [text('undoneFreed')] : []),
    ...(isLeaving ? [text('undoneLeaving')] : isGone ? [text('undoneGone')] : []),
    ...(taught ? [text('undoneTaught')] : []),
  ]
  const what = done.length > 0 ? done.join(text('and')) : text('undoneNothing')
  const rests = resting.map((other) => {
    const vars = { number: other.number, did: `${text(other.one.step)}${rungOf(other.one, cx)}` }
    return `\n${text(other.isStopped ? 'restStopped' : 'restsOnIt', vars)}`
  })
  return `${what}${rests.join('')}`
}

/** Removes the person of a case from all managed groups that he is in. @param teaches whether the filter learns from it */
export function removeEverywhere(number: number, one: Case, teaches: boolean, cx: Cx): Decided {
  const { text, roleOf, members } = cx
  const { member } = one
  if (member === null) return only(text('nobody', { number }))
  if (roleOf(member) !== 'member') return only(text('kickRole', { name: one.name }))
  const groups = members.groupsOf(member)
  if (groups.length === 0) return only(text('kickGone', { name: one.name }))
  const decided: Case = {
    ...one,
    groups: withAll(one.groups, groups),
    step: 'remove',
    held: null,
    dryRun: false,
    state: 'confirmed',
  }
  keep(number, decided, cx)
  const taught = teaches && one.state !== 'confirmed' && learn(number, one, true, cx)
  const vars = {
    number,
    name: one.name,
    id: member,
    groups: groups.length,
    taught: taught ? text('taught', { offence: text(`taught_${one.offence}`) }) : '',
  }
  return {
    line: text(groups.length > 1 ? 'kickingAll' : 'kicking', vars),
    effects: remove(number, decided, groups, cx, { auto: false }),
  }
}

function withAll(before: readonly GroupId[], groups: readonly GroupId[]): GroupId[] {
  return [...groups.filter((group) => !before.includes(group)), ...before]
}

/** Who would be removed from where, a line each. */
export function whoAndWhere(member: MemberId, name: string, number: number | undefined, cx: Cx): string {
  const { members, text } = cx
  const groups = members.groupsOf(member).map((group) => members.group(group)?.name ?? group)
  const where = groups.length === 0 ? text('nowhere') : text('isIn', { groups: groups.join(text('list')) })
  return text('kickWho', { number: number === undefined ? '' : `#${number} `, name, id: member, where })
}

/** Whether the admins were shown a case; undefined when there is none of that number. */
export function wasShown(number: number, cx: Cx): boolean | undefined {
  return caseOf(number, cx) && isSeen(number, cx)
}

/** For an admin who typed the number of a case behind a command for something else. */
export function aboutCase(number: number, cx: Cx): string | undefined {
  const one = caseOf(number, cx)
  return one && cx.text('aboutCase', { number, name: one.name })
}

/** What to say of a number that is no case. */
export function noCase(number: number, { numbers, text }: Cx): string {
  return numbers.about(number) ?? text('noCase', { number })
}

/** The whole of a case; undefined when there is none of that number. */
export function whyCase(number: number, cx: Cx): Effect | undefined {
  const one = caseOf(number, cx)
  if (!one) return undefined
  markSeen([{ number }], cx)
  return cx.replyText(story(number, one, cx))
}

/** Which of a range may be decided about: cases that the admins were shown. What was not is named, so that nobody thinks it was. */
export function seenOf(numbers: readonly number[], cx: Cx): { seen: number[]; unseen: number[] } {
  const cases = numbers.filter((number) => caseOf(number, cx) !== undefined)
  return {
    seen: cases.filter((number) => isSeen(number, cx)),
    unseen: cases.filter((number) => !isSeen(number, cx)),
  }
}
