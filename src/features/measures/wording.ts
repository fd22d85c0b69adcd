// Parts of lines that cards and reports share: what was seen of a post, what somebody did for others, numbers as people read them.
import type { GroupId } from '../../core/types/ids.ts'
import { dayAndClock } from '../../core/lib/time.ts'
import { isOver, measured } from './results.ts'
import type { Help, Sums } from './summary.ts'
import type { Cx, Result } from './state.ts'

/** Tenths as people write them: 36, 3.5. */
export function tenths(value: number): string {
  const whole = value >= 100 ? Math.round(value / 10) : value / 10
  return String(whole)
}

/** A mean, with one digit where it is small. */
export function mean(value: number): string {
  return value >= 10 ? String(Math.round(value)) : String(Math.round(value * 10) / 10)
}

export function groupName(group: GroupId, { members }: Cx): string {
  return members.lastKnown(group).name
}

/** `2 小时里 8 人说了 30 句，报名 5（平时 3.5 人）` */
export function seenText(result: Result, cx: Cx): string {
  const here = cx.inGroup(result.group)
  const { text } = cx
  const { seen, usual } = measured(result, here)
  const parts = [
    [seen.entries, 'moreEntries'],
    [seen.redeemed, 'moreRedeemed'],
    [seen.joins, 'moreJoins'],
    [seen.leaves, 'moreLeaves'],
  ] as const
  const more = parts.map(([count, key]) => (count > 0 ? text(key, { count }) : '')).join('')
  const vars = { speakers: seen.speakers, messages: seen.messages, more }
  if (!isOver(result, here)) return text('seenSoFar', vars)
  const than = usual ? text('usualSeen', { usual: tenths(usual.speakers) }) : text('noUsual')
  return text('seen', { ...vars, hours: result.slots / 2, usual: than })
}

export function feedbackText({ feedback }: Result, { text }: Cx): string {
  return feedback === null ? '' : text('feedbackPart', { feedback: feedback.slice(0, 40) })
}

export function whenText({ at, group }: Result, cx: Cx): string {
  return dayAndClock(at, cx.inGroup(group).timezone)
}

/** What `/sop result` takes for it: a post's id, an activity's number. */
export function callOf({ kind, title, of }: Result): string {
  return kind === 'post' ? title : of
}

/** `答了 3 个问题、被谢 2 次` */
export function evidenceText({ answers, thanked, asked }: Help, { text }: Cx): string {
  return [
    answers > 0 ? text('helpAnswers', { count: answers }) : '',
    thanked > 0 ? text('helpThanked', { count: thanked }) : '',
    asked > 0 ? text('helpAsked', { count: asked }) : '',
  ]
    .filter((part) => part !== '')
    .join(text('comma'))
}

/** `签到 12 人次，发积分 60`; empty when there was nothing. */
export function playText(sums: Sums, { text }: Cx): string {
  const keys = ['checkins', 'entries', 'given', 'spent', 'issued', 'redeemed'] as const
  return keys.flatMap((key) => (sums[key] === 0 ? [] : [text(key, { count: sums[key] })])).join(text('comma'))
}

/** How questions fared; @param open those that still wait */
export function answersText({ byBot, byHuman, waited, unanswered }: Sums, open: number, { text }: Cx): string {
  const minutes = byHuman > 0 ? Math.max(1, Math.round(waited / byHuman / 60)) : 0
  return [
    byBot > 0 ? text('byBot', { count: byBot }) : '',
    byHuman > 0 ? text('byHuman', { count: byHuman, minutes }) : '',
    unanswered > 0 ? text('unanswered', { count: unanswered }) : '',
    open > 0 ? text('openStill', { count: open }) : '',
  ]
    .filter((part) => part !== '')
    .join(text('comma'))
}
