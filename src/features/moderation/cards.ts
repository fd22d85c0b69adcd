// Cases as admins read them: a card each while it is quiet, one line each under load, the whole story on request.
import type { Effect } from '../../core/types/effect.ts'
import { dayAndClock } from '../../core/lib/time.ts'
import { allCases } from './cases.ts'
import { nameOf, partsOf } from './places.ts'
import { DAY, MINUTE, type Case, type Cx } from './records.ts'

/** After cards were shown, the next wait so long, to go out together. */
const TOGETHER = MINUTE
/** More cards than this at once become a line each, so many lines at most. */
const FULL_CARDS = 3
const LINES = 20
const SHOWN_TEXT = 60
const SHOWN_SIGNALS = 4
/** A reason weaker than this is not worth a word. */
const WORTH = 0.3

/** Shows cards and news that wait, at once or together with those of the next minute. */
export function showCards(cx: Cx): Effect[] {
  const { tables, now, wake } = cx
  if (tables.noteCards.size() + tables.noteNews.size() === 0) return []
  const shownAt = tables.noteShown.get('last')?.at ?? 0
  if (now - shownAt < TOGETHER) {
    wake(shownAt + TOGETHER, 'cards', 'all')
    return []
  }
  const waiting = [...tables.noteCards.entries()].map(([key]) => Number(key)).sort((a, b) => a - b)
  for (const number of waiting) tables.noteCards.delete(String(number))
  const cases = waiting.flatMap((number) => {
    const one = tables.cases.get(String(number))
    return one ? [{ number, one }] : []
  })
  const cards = cases.length <= FULL_CARDS ? cases.map(({ number, one }) => card(number, one, cx)) : [digest(cases, cx)]
  const shown = [...cards, ...newsOf('stuck', cx), ...newsOf('gone', cx)]
  if (shown.length === 0) return []
  tables.noteShown.set('last', { at: now })
  return [cx.say('control', shown.join('\n\n'), { merge: 'order', freshFor: DAY })]
}

/** What became of removals: a sentence for one, a line each for several. */
function newsOf(news: 'stuck' | 'gone', cx: Cx): string[] {
  const { tables, text } = cx
  const all = [...tables.noteNews.entries()].filter(([, one]) => one.news === news)
  for (const [key] of all) tables.noteNews.delete(key)
  const people = all.slice(0, LINES).map(([key, one]) => {
    const { group, member } = partsOf(key)
    return { ...nameOf(group, member, cx), number: one.case }
  })
  const [first] = people
  if (!first) return []
  if (people.length === 1) return [text(news, first)]
  const more = all.length > LINES ? [text('digestMore', { count: all.length - LINES })] : []
  const head = text(news === 'stuck' ? 'stuckMany' : 'goneMany', { count: all.length })
  return [[head, ...people.map((one) => text('newsLine', one)), ...more].join('\n')]
}

function digest(cases: readonly { number: number; one: Case }[], cx: Cx): string {
  const asking = cases.filter(({ one }) => isAsking(one)).length
  const shown = cases.slice(0, LINES)
  const lines = shown.map(({ number, one }) => caseLine(number, one, cx))
  const more = cases.length > LINES ? [cx.text('digestMore', { count: cases.length - LINES })] : []
  const waiting = shown.filter(({ one }) => isAsking(one) && one.step === 'remove')
  const decided = shown.filter((found) => !waiting.includes(found))
  const kick = waiting.length > 0 ? [cx.text('digestKick', { numbers: ranges(waiting) })] : []
  const ok = decided.length > 0 ? [cx.text('digestOk', { numbers: ranges(decided) })] : []
  return [cx.text('digest', { count: cases.length, asking }), ...lines, ...more, ...ok, ...kick].join('\n')
}

/** `41-43 47` */
function ranges(cases: readonly { number: number }[]): string {
  const parts: { from: number; to: number }[] = []
  for (const { number } of cases) {
    const last = parts.at(-1)
    if (last?.to === number - 1) last.to = number
    else parts.push({ from: number, to: number })
  }
  return parts.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(' ')
}

/** Whether a human's word is waited for. */
export function isAsking({ state, step, held }: Case): boolean {
  return state === 'open' && (step === 'ask' || held === 'limit' || held === 'human')
}

/** `#41 福利群1 · 王五 · 像广告 0.97 · 警告 2/3` */
function caseLine(number: number, one: Case, cx: Cx): string {
  const isWaiting = isAsking(one) && one.step === 'remove'
  const did = isWaiting ? cx.text('lineWaiting') : done(one, cx)
  const appeal = one.appeal === null ? '' : cx.text('lineAppeal')
  return `#${number} ${[groupName(one, cx), one.name, kind(one, cx), did].filter(Boolean).join(' · ')}${appeal}`
}

/** Five lines: who and where, the words, the reasons, what was done, what to type next. */
function card(number: number, one: Case, cx: Cx): string {
  return [
    ...headLines(number, one, cx),
    reasonLine(one, cx, SHOWN_SIGNALS),
    cx.text('cardDone', { done: done(one, cx) }),
    ...appealLine(one, cx),
    cx.text(isAsking(one) && one.step === 'remove' ? 'cardNextKick' : 'cardNext', { number }),
  ].join('\n')
}

const states = { open: 'open', confirmed: 'stateConfirmed', undone: 'stateUndone' } as const

/** Everything that is known of a case. */
export function story(number: number, one: Case, cx: Cx): string {
  const { timezone, text, tables, members } = cx
  const quarantine = one.member !== null && tables.quarantine.get(one.member)?.case === number
  const lines = [
    ...headLines(number, one, cx),
    text('storyTime', { at: dayAndClock(one.at, timezone), count: one.messages }),
    reasonLine(one, cx, one.signals.length),
    text('cardDone', { done: done(one, cx) }),
    ...(one.fine > 0 ? [text('storyFine', { points: one.fine })] : []),
    ...(quarantine ? [text('storyQuarantine')] : []),
    ...(one.reporters.length > 0
      ? [text('storyReporters', { names: one.reporters.map((member) => members.name(member)).join('、') })]
      : []),
    ...appealLine(one, cx),
    text(states[one.state]),
    ...(one.state === 'undone' ? [] : [text('cardNext', { number })]),
  ]
  return lines.join('\n')
}

/** The cases that wait for a human first, then the newest. */
export function openCases(cx: Cx, most: number): string {
  const open = [...allCases(cx)].filter(({ one }) => one.state === 'open')
  if (open.length === 0) return cx.text('noCases')
  const asking = open.filter(({ one }) => isAsking(one) || one.appeal !== null)
  const others = open.filter((found) => !asking.includes(found))
  const lines = [...asking, ...others].slice(0, most).map(({ number, one }) => caseLine(number, one, cx))
  return [cx.text('cases', { count: open.length, asking: asking.length }), ...lines].join('\n')
}

/** The one or two strongest reasons that can be named, for the person himself. */
export function mainReasons(one: Case, { language, text }: Cx): string {
  const named = one.signals.filter(({ name, weight }) => weight > WORTH && name !== 'model' && name !== 'lesson')
  return (
    named
      .slice(0, 2)
      // The address itself would be one more advertisement.
      .map((signal) => (signal.name === 'link' ? text('aLink') : signal[language]))
      .join(text('and'))
  )
}

/** `像广告 0.97`, with a word when it is only a trial. */
function kind(one: Case, { text }: Cx): string {
  const probability = one.probability === null ? '' : ` ${one.probability.toFixed(2)}`
  const reporters = one.reporters.length > 0 && one.kind !== 'report' ? text('alsoReported') : ''
  return `${text(one.kind)}${probability}${reporters}`
}

function done(one: Case, { text }: Cx): string {
  const { step, held, count, of, dryRun, messages, member } = one
  const stepText = (): string => {
    if (step === 'ask') return text(member === null ? 'askNobody' : 'ask')
    // By hand, a removal can come before the ladder's last step.
    return step === 'remove' && count < of ? text('ruleRemove') : text(step, { count, of })
  }
  const did = held === null ? stepText() : text(held)
  const growing = messages > 1 ? text('messages', { count: messages }) : ''
  return `${dryRun ? text('dryRun', { did }) : did}${growing}`
}

function headLines(number: number, one: Case, cx: Cx): string[] {
  const { member } = one
  const group = one.groups.at(-1)
  const since = member && group ? cx.members.since(member, group) : undefined
  const days = since ? cx.text('sinceDays', { days: Math.floor((cx.now - since) / DAY) }) : ''
  const who = member === null ? one.name : cx.text('who', { name: one.name, id: member, days })
  return [
    `#${number} ${[groupName(one, cx), who, kind(one, cx)].filter(Boolean).join(' · ')}`,
    ...(one.text === '' ? [] : [cx.text('quoted', { text: excerpt(one.text) })]),
  ]
}

function reasonLine(one: Case, { language, text }: Cx, most: number): string {
  const reasons = one.signals
    .filter(({ weight }) => Math.abs(weight) > WORTH)
    .slice(0, most)
    .map((signal) => `${signal[language]} ${signal.weight > 0 ? '+' : ''}${signal.weight.toFixed(1)}`)
  return text('cardWhy', { why: reasons.join(text('and')) || text(one.kind) })
}

function appealLine({ appeal }: Case, { text }: Cx): string[] {
  return appeal === null ? [] : [text('cardAppeal', { text: excerpt(appeal) })]
}

function groupName({ groups }: Case, { members, text }: Cx): string {
  const group = groups.at(-1)
  if (group === undefined) return ''
  const name = members.group(group)?.name ?? group
  return groups.length > 1 ? text('manyGroups', { name, count: groups.length }) : name
}

/** What somebody wrote, safe to show in one line: no line of ours can be forged with it, nobody is mentioned by it. */
export function excerpt(text: string): string {
  const line = text
    .slice(0, 4 * SHOWN_TEXT)
    .replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll('@', '＠')
    .trim()
  const characters = [...line]
  return characters.length > SHOWN_TEXT ? `${characters.slice(0, SHOWN_TEXT).join('')}…` : line
}
