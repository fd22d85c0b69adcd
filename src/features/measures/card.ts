// The daily card: what today was, in at most twelve lines, each with the command that does something about it.
import { houseOf } from '../../core/feature/house.ts'
import { dateNames } from '../../core/lib/date-names.ts'
import { addDays, clock } from '../../core/lib/time.ts'
import type { GroupId } from '../../core/types/ids.ts'
import { expire } from './questions.ts'
import { measured, resultsOf } from './results.ts'
import { helpers, usualByNow, quietGroups, sumsOf, type Quiet, type Sums } from './summary.ts'
import { sumIn, type Cx, type Result } from './state.ts'
import {
  answersText,
  callOf,
  evidenceText,
  feedbackText,
  groupName,
  mean,
  playText,
  seenText,
  tenths,
} from './wording.ts'

/** Lines of the card, and of each part that may have several. */
const LINES = 12
const POSTS = 3
const WAITING = 3
/** Thanked publicly is who has done at least so much on one day (see `weightOf`). */
const WORTH = 4
/** Days after which a group that went quiet is named again. */
const QUIET_AGAIN = 7

/** The card's text; undefined when there is no group to speak of. */
export function dailyCard(cx: Cx): string | undefined {
  const groups = cx.members
    .groups()
    .map(({ id }) => id)
    .filter((id) => cx.inGroup(id).enabled)
  if (groups.length === 0) return undefined
  for (const group of groups) expire(cx.inGroup(group))
  const sums = sumsOf(groups, cx.today, cx.today, cx)
  const { text } = cx
  const play = playText(sums, cx)
  const needed = [
    text('cardHead', { ...dateNames(cx.today, cx.language), groups: groups.length }),
    ...quietLines(groups, cx),
    ...houseOf(cx)
      .waiting()
      .slice(0, WAITING)
      .map((line) => text('cardWaiting', { line })),
    ...newcomerLines(sums, cx),
    ...talkLines(groups, sums, cx),
    ...questionLines(groups, sums, cx),
    ...(sums.cases > 0 ? [text('cardCases', { cases: sums.cases })] : []),
  ]
  const thanks = thanksLines(groups, cx)
  const more = [...(play === '' ? [] : [text('cardMoney', { parts: play })]), ...thanks]
  const room = Math.max(0, LINES - needed.length - more.length)
  return [...needed, ...postLines(groups, Math.min(POSTS, room), cx), ...more].slice(0, LINES).join('\n')
}

function newcomerLines(sums: Sums, { text }: Cx): string[] {
  const { joins, invited, leaves, cameSpoke, cameEarned, cameRedeemed, cameLeft } = sums
  const fates = [
    [cameSpoke, 'fateSpoke'],
    [cameEarned, 'fateEarned'],
    [cameRedeemed, 'fateRedeemed'],
    [cameLeft, 'fateLeft'],
  ] as const
  const told = fates.flatMap(([count, key]) => (count > 0 ? [text(key, { count })] : []))
  const fate = told.length > 0 ? told.join(text('comma')) : text('fateNone')
  const by = invited > 0 ? text('invitedPart', { count: invited }) : ''
  return [
    ...(joins > 0 ? [text('cardNewcomers', { joins, invited: by, fate })] : []),
    ...(leaves > 0 ? [text('cardLeaves', { leaves })] : []),
  ]
}

function talkLines(groups: readonly GroupId[], sums: Sums, cx: Cx): string[] {
  const { text, tables } = cx
  if (sums.messages === 0) return [text('cardNoTalk')]
  const usual = groups.map((group) => usualByNow(group, cx))
  // Compared only when every group can be: else the sum would be of other groups.
  const isComparable = usual.every((value) => value !== null)
  const than = isComparable ? usual.reduce<number>((sum, value) => sum + (value ?? 0), 0) : null
  const by = than === null ? '' : text('usualPart', { usual: tenths(than) })
  const line = text('cardTalk', { speakers: sums.speakers, messages: sums.messages, usual: by })
  const spoke = groups
    .map((group) => ({ group, count: sumIn(tables.noteDays.get(`${group}/${cx.inGroup(group).today}`), 'speakers') }))
    .sort((a, b) => b.count - a.count)
  const [best, worst] = [spoke[0], spoke.at(-1)]
  if (!best || !worst || best.count === worst.count) return [line]
  const vars = { best: groupName(best.group, cx), most: best.count }
  return [line, text('cardExtremes', { ...vars, worst: groupName(worst.group, cx), least: worst.count })]
}

function questionLines(groups: readonly GroupId[], sums: Sums, { tables, text, ...cx }: Cx): string[] {
  const open = groups.reduce((count, group) => count + (tables.noteQuestions.get(group)?.open.length ?? 0), 0)
  if (sums.questions === 0) return []
  const next = sums.unanswered + open > 0 ? ' → /faq missed' : ''
  const parts = answersText(sums, open, { tables, text, ...cx } as Cx)
  return [text('cardQuestions', { questions: sums.questions, parts, next })]
}

/** The posts that stand out: with feedback first, then those furthest from what is usual. */
function postLines(groups: readonly GroupId[], most: number, cx: Cx): string[] {
  const distance = (result: Result) => {
    const { seen, usual } = measured(result, cx)
    return usual === null ? seen.speakers : Math.abs(seen.speakers - usual.speakers / 10)
  }
  return resultsOf(groups, cx.today, cx.today, cx)
    .map((result) => ({ result, far: distance(result) + (result.feedback === null ? 0 : 1000) }))
    .sort((a, b) => b.far - a.far)
    .slice(0, most)
    .sort((a, b) => a.result.at - b.result.at)
    .map(({ result }) =>
      cx.text('cardPost', {
        title: result.title,
        time: clock(result.at, cx.inGroup(result.group).timezone),
        group: groupName(result.group, cx),
        seen: seenText(result, cx),
        feedback: feedbackText(result, cx),
        of: callOf(result),
      }),
    )
}

function thanksLines(groups: readonly GroupId[], cx: Cx): string[] {
  const [first] = helpers(groups, cx.today, cx.today, cx)
  if (!first || 3 * first.thanked + 2 * first.answers < WORTH) return []
  const vars = { name: cx.members.name(first.member, first.group), group: groupName(first.group, cx) }
  return [cx.text('cardThanks', { ...vars, evidence: evidenceText(first, cx), called: first.member })]
}

/** Groups that have gone quiet, each once in a week, with what else has changed. */
function quietLines(groups: readonly GroupId[], cx: Cx): string[] {
  const due = quietGroups(groups, addDays(cx.today, -1), cx).filter(({ group }) => {
    const told = cx.tables.noteMarks.get(`alarm/${group}`)?.day
    return told === undefined || told <= addDays(cx.today, -QUIET_AGAIN)
  })
  for (const { group } of due) cx.tables.noteMarks.set(`alarm/${group}`, { day: cx.today })
  return due.map((quiet) => quietLine(quiet, cx))
}

export function quietLine({ group, now, before, week, usual }: Quiet, cx: Cx): string {
  const { text } = cx
  const changed = [
    ['posts', 'changePosts'],
    ['unanswered', 'changeUnanswered'],
    ['leaves', 'changeLeaves'],
    ['cases', 'changeCases'],
  ] as const
  const list = changed.flatMap(([measure, key]) => {
    const [was, is] = [Math.round(usual[measure]), week[measure]]
    const isMuch = Math.max(was, is) >= 3 && (is >= 2 * was || was >= 2 * is)
    return isMuch ? [text(key, { before: was, now: is })] : []
  })
  const changes = list.length > 0 ? text('changes', { list: list.join(text('comma')) }) : ''
  return text('cardQuiet', { group: groupName(group, cx), id: group, now: mean(now), before: mean(before), changes })
}
