// Reports over days: the weekly one and `/report`, with the same numbers as CSV; newcomers by month, helpers, silent members.
import { csvPages } from '../../core/lib/csv.ts'
import { dateNames } from '../../core/lib/date-names.ts'
import { addDays, daysOf, weekday, type DayKey } from '../../core/lib/time.ts'
import type { GroupId } from '../../core/types/ids.ts'
import { quietLine } from './card.ts'
import { resultsOf } from './results.ts'
import { measures, sumIn, type Cx, type Result } from './state.ts'
import {
  countedDays,
  helpers,
  quietGroups,
  silent,
  speakersIn,
  sumsOf,
  talkers,
  weightOf,
  type Help,
  type Sums,
} from './summary.ts'
import { answersText, callOf, evidenceText, groupName, mean, playText, seenText, whenText } from './wording.ts'

/** Days for which it is known who spoke. */
const KNOWN_DAYS = 28
/** A helper worth asking, by `weightOf`; and how many are shown. */
const HELPFUL = 10
const SHOWN = 5
const NAMED = 10
const bars = '▁▂▃▄▅▆▇█'

/** A report's text and its table. @param to the last day */
export function report(groups: readonly GroupId[], asked: DayKey, to: DayKey, cx: Cx, isWeekly = false): string[] {
  const { text } = cx
  // Days before the first that was counted would make every mean too small.
  const first = groups.map((group) => cx.tables.noteMarks.get(`since/${group}`)?.day ?? cx.today).sort()[0] ?? cx.today
  const from = first > asked && first <= to ? first : asked
  const days = daysOf(from, to)
  const sums = sumsOf(groups, from, to, cx)
  const [only, another] = groups
  const scope = only && !another ? groupName(only, cx) : text('allGroups', { count: groups.length })
  if (measures.every((measure) => sums[measure] === 0)) return [text('reportNothing', { scope, days: days.length })]
  const [begin, end] = [from, to].map((day) => dateNames(day, cx.language).date)
  const head = text('reportHead', {
    scope: isWeekly ? text('weekHead', { scope }) : scope,
    from: begin ?? '',
    to: end ?? '',
  })
  const lines = [
    head,
    ...talkLines(groups, days, sums, cx),
    text('reportPeople', { joins: sums.joins, invited: sums.invited, leaves: sums.leaves }),
    ...(sums.joins > 0 ? [text('funnel', funnelOf(sums))] : []),
    ...(sums.questions > 0
      ? [text('cardQuestions', { questions: sums.questions, parts: answersText(sums, 0, cx), next: '' })]
      : []),
    ...playLine(sums, cx),
    ...postLines(groups, from, to, cx),
    ...peopleLines(groups, to, cx),
    ...quietGroups(groups, to, cx).map((quiet) => quietLine(quiet, cx)),
  ]
  return [lines.join('\n'), ...csvPages(tableOf(groups, days, cx))]
}

function funnelOf(sums: Sums) {
  return {
    joins: sums.joins,
    spoke: sums.cameSpoke,
    back: sums.cameBack,
    earned: sums.cameEarned,
    redeemed: sums.cameRedeemed,
    brought: sums.cameBrought,
    left: sums.cameLeft,
  }
}

function talkLines(groups: readonly GroupId[], days: readonly DayKey[], sums: Sums, cx: Cx): string[] {
  const { text } = cx
  const [from = cx.today, to = cx.today] = [days[0], days.at(-1)]
  const earlier = addDays(from, -days.length)
  // A period before is compared only when it was counted whole in every group.
  const isCounted = groups.every((group) => countedDays(group, from, cx) >= days.length)
  const before = sumsOf(groups, earlier, addDays(from, -1), cx)
  const perDay = mean(sums.speakers / days.length)
  const than = isCounted ? text('beforePart', { days: days.length, perDay: mean(before.speakers / days.length) }) : ''
  const line = text('reportTalk', { perDay, before: than, messages: sums.messages, toBot: sums.toBot })
  const isKnown = from >= addDays(cx.today, -KNOWN_DAYS)
  const different = isKnown ? [text('reportDifferent', { speakers: speakersIn(groups, from, to, cx) })] : []
  return [line, ...(days.length > 1 ? [text('trend', { bars: trend(groups, days, cx) })] : []), ...different]
}

/** Speakers a day as bars, Mondays set apart: `▁▃▅ ▂▂▇█▃▁▁`. */
function trend(groups: readonly GroupId[], days: readonly DayKey[], cx: Cx): string {
  const counts = days.map((day) => sumsOf(groups, day, day, cx).speakers)
  const most = Math.max(1, ...counts)
  return days
    .map((day, i) => {
      const bar = bars[Math.min(bars.length - 1, Math.floor(((counts[i] ?? 0) / most) * (bars.length - 1) + 0.5))] ?? ''
      return i > 0 && weekday(day) === 0 ? ` ${bar}` : bar
    })
    .join('')
}

function playLine(sums: Sums, cx: Cx): string[] {
  const parts = playText(sums, cx)
  return parts === '' ? [] : [cx.text('reportPlay', { parts })]
}

/** Speakers above what is usual, in tenths; where there is nothing to compare, above none. */
function gainOf({ seen, usual }: Result): number {
  return (seen?.speakers ?? 0) * 10 - (usual?.speakers ?? 0)
}

function postLines(groups: readonly GroupId[], from: DayKey, to: DayKey, cx: Cx): string[] {
  const over = resultsOf(groups, from, to, cx).filter(({ seen }) => seen !== null)
  const sorted = [...over].sort((a, b) => gainOf(b) - gainOf(a) || a.at - b.at)
  const [best, worst] = [sorted[0], sorted.at(-1)]
  const line = (result: Result) =>
    cx.text('postLine', {
      title: result.title,
      group: groupName(result.group, cx),
      when: whenText(result, cx),
      seen: seenText(result, cx),
    })
  return [
    ...(best ? [cx.text('reportBest', { line: line(best) })] : []),
    ...(best && worst && gainOf(best) > gainOf(worst) ? [cx.text('reportWorst', { line: line(worst) })] : []),
    ...fatigue(groups, to, cx),
  ]
}

/** Posts whose last three times found less than half of those who answered the first three. */
function fatigue(groups: readonly GroupId[], to: DayKey, cx: Cx): string[] {
  const byPost = new Map<string, Result[]>()
  for (const result of resultsOf(groups, addDays(to, -34), to, cx)) {
    const key = `${result.group}/${result.title}`
    if (result.kind === 'post' && result.seen) byPost.set(key, [...(byPost.get(key) ?? []), result])
  }
  const means = (some: readonly Result[]) =>
    some.reduce((sum, { seen }) => sum + (seen?.speakers ?? 0), 0) / some.length
  return [...byPost.values()].flatMap((all) => {
    const [first] = all
    const [before, now] = [means(all.slice(0, 3)), means(all.slice(-3))]
    if (!first || all.length < 6 || before < 2 || now >= before / 2) return []
    const vars = { title: first.title, of: callOf(first), group: groupName(first.group, cx) }
    return [cx.text('fatigue', { ...vars, before: mean(before), now: mean(now) })]
  })
}

function peopleLines(groups: readonly GroupId[], to: DayKey, cx: Cx): string[] {
  const helpful = helpfulOf(groups, to, cx).slice(0, 3)
  const names = helpful.map(({ member, group }) => cx.members.name(member, group)).join(cx.text('and'))
  const isLong = groups.every((group) => countedDays(group, cx.today, cx) >= KNOWN_DAYS)
  const quiet = isLong ? groups.reduce((count, group) => count + silent(group, cx).all.length, 0) : 0
  return [
    ...(helpful.length > 0 ? [cx.text('reportKoc', { names })] : []),
    ...(quiet > 0 ? [cx.text('reportSilent', { count: quiet })] : []),
  ]
}

function helpfulOf(groups: readonly GroupId[], to: DayKey, cx: Cx): Help[] {
  return helpers(groups, addDays(to, 1 - KNOWN_DAYS), to, cx).filter((help) => weightOf(help) >= HELPFUL)
}

function tableOf(groups: readonly GroupId[], days: readonly DayKey[], cx: Cx): (string | number)[][] {
  const all = days.flatMap((day) =>
    groups.flatMap((group) => {
      const counted = cx.tables.noteDays.get(`${group}/${day}`)
      return counted ? [{ day, group, counted }] : []
    }),
  )
  const titles = cx.text('csvColumns').split(',')
  // A column of zeros would only be scrolled over on a phone.
  const shown = measures
    .map((measure, i) => ({ measure, title: titles[i] ?? measure }))
    .filter(({ measure }) => all.some(({ counted }) => sumIn(counted, measure) !== 0))
  const rows = all.map(({ day, group, counted }) => [
    day,
    groupName(group, cx),
    ...shown.map(({ measure }) => sumIn(counted, measure)),
  ])
  return [[cx.text('csvDay'), cx.text('csvGroup'), ...shown.map(({ title }) => title)], ...rows]
}

/** Newcomers by the month in which they joined. */
export function newcomersText(groups: readonly GroupId[], cx: Cx): string {
  const months = new Set(
    groups.flatMap((group) => cx.tables.noteDays.keys(group).map((key) => key.slice(group.length + 1).slice(0, 7))),
  )
  const lines = [...months].sort().flatMap((month) => {
    const sums = sumsOf(groups, `${month}-01`, addDays(`${addDays(`${month}-28`, 4).slice(0, 7)}-01`, -1), cx)
    return sums.joins > 0 ? [cx.text('newcomersLine', { month, ...funnelOf(sums) })] : []
  })
  return lines.length === 0 ? cx.text('newcomersNone') : [cx.text('newcomersHead'), ...lines].join('\n')
}

/** Who could be asked to help, with what speaks for it. */
export function kocText(groups: readonly GroupId[], cx: Cx): string {
  const lines = helpfulOf(groups, cx.today, cx)
    .slice(0, SHOWN)
    .map((help) =>
      cx.text('kocLine', {
        name: cx.members.name(help.member, help.group),
        group: groupName(help.group, cx),
        id: help.member,
        evidence: evidenceText(help, cx),
      }),
    )
  return lines.length === 0 ? cx.text('kocNone') : [cx.text('kocHead'), ...lines].join('\n')
}

export function silentText(groups: readonly GroupId[], cx: Cx): string {
  return groups.map((group) => silentIn(group, cx)).join('\n')
}

function silentIn(group: GroupId, cx: Cx): string {
  const name = groupName(group, cx)
  const days = countedDays(group, cx.today, cx)
  if (days < KNOWN_DAYS) return cx.text('silentEarly', { group: name, days })
  const { all, once } = silent(group, cx)
  if (all.length === 0) return cx.text('silentNone', { group: name })
  const head = cx.text('silentHead', { group: name, count: all.length, all: cx.members.membersOf(group).length })
  const names = once.slice(0, NAMED).map((member) => cx.members.name(member, group))
  return once.length === 0 ? head : `${head}\n${cx.text('silentOnce', { names: names.join(cx.text('and')) })}`
}

/** The talk board of a group, for members. */
export function boardText(group: GroupId, cx: Cx): string {
  const { today } = cx.inGroup(group)
  const first = talkers(group, addDays(today, -weekday(today)), today, cx).slice(0, NAMED)
  if (first.length === 0) return cx.text('boardNone')
  const lines = first.map(({ member, messages }, i) =>
    cx.text('boardLine', { place: i + 1, name: cx.members.name(member, group), messages }),
  )
  return [cx.text('boardHead', { group: groupName(group, cx) }), ...lines].join('\n')
}

/** The latest results, or those of one post or activity with their mean. */
export function resultsText(of: string | undefined, cx: Cx): string {
  const groups = cx.members.groups().map(({ id }) => id)
  const all = resultsOf(groups, addDays(cx.today, -35), cx.today, cx)
  const own = all.filter((result) => of === undefined || callOf(result) === of || result.title === of)
  if (own.length === 0) return of === undefined ? cx.text('resultsNone') : cx.text('resultsNoSuch', { of })
  const lines = own.slice(-NAMED).map((result) =>
    cx.text('resultLine', {
      title: result.title,
      when: whenText(result, cx),
      group: groupName(result.group, cx),
      seen: seenText(result, cx),
      feedback: result.feedback === null ? '' : cx.text('feedbackPart', { feedback: result.feedback }),
    }),
  )
  if (of === undefined) return [cx.text('resultsHead', { hours: cx.config.windowHours }), ...lines].join('\n')
  return [meanText(own, cx), ...lines].join('\n')
}

function meanText(own: readonly Result[], cx: Cx): string {
  const over = own.filter(({ seen }) => seen)
  const [first] = own
  const speakers = mean(over.reduce((sum, { seen }) => sum + (seen?.speakers ?? 0), 0) / Math.max(1, over.length))
  const compared = over.filter(({ usual }) => usual)
  const vars = { title: first?.title ?? '', times: own.length, speakers }
  if (compared.length === 0) return cx.text('resultMeanAlone', vars)
  const usual = mean(compared.reduce((sum, result) => sum + (result.usual?.speakers ?? 0) / 10, 0) / compared.length)
  return cx.text('resultMean', { ...vars, usual })
}
