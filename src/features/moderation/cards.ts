// Cases as admins read them: a card each while it is quiet, the whole story on request.
import { zones } from '../../adfilter/weights.ts'
import type { Effect } from '../../core/types/effect.ts'
import { dayAndClock } from '../../core/lib/time.ts'
import { asksToRemove, keep } from './cases.ts'
import { disputed } from './ladder.ts'
import { removalOf } from './removals.ts'
import { DAY, type Case, type Cx } from './records.ts'

/** Graphemes of a message on a card. */
export const SHOWN_TEXT = 60
const SHOWN_SIGNALS = 4
/** A reason weaker than this is not worth a word. */
const WORTH = 0.3

/** Five lines: who and where, the words, the reasons, what was done, what to type next. */
export function card(number: number, one: Case, cx: Cx): string {
  return [
    ...headLines(number, one, cx),
    reasonLine(one, cx, SHOWN_SIGNALS),
    cx.text('cardDone', { done: done(number, one, cx) }),
    ...elsewhereLine(number, one, cx),
    ...appealLine(one, cx),
    cx.text(nextKey(one), { number }),
  ].join('\n')
}

function nextKey(one: Case): 'cardNextKick' | 'cardNextNobody' | 'cardNextRole' | 'cardNextReport' | 'cardNext' {
  if (one.held === 'role') return 'cardNextRole'
  if (one.member === null) return 'cardNextNobody'
  if (asksToRemove(one)) return 'cardNextKick'
  return one.kind === 'report' || one.offence === 'attack' ? 'cardNextReport' : 'cardNext'
}

const states = { open: 'open', confirmed: 'stateConfirmed', settled: 'stateSettled', undone: 'stateUndone' } as const

/** Everything that is known of a case. */
export function story(number: number, one: Case, cx: Cx): string {
  const { timezone, text, tables, members } = cx
  const quarantine = one.member !== null && tables.quarantine.get(one.member)?.case === number
  const lines = [
    ...headLines(number, one, cx),
    text('storyTime', { at: dayAndClock(one.at, timezone), count: one.messages }),
    reasonLine(one, cx, one.signals.length),
    text('cardDone', { done: done(number, one, cx) }),
    ...elsewhereLine(number, one, cx),
    ...(one.rests.length > 0 ? [text('storyRests', { numbers: one.rests.map((rest) => `#${rest}`).join(' ') })] : []),
    ...(one.fine > 0 ? [text('storyFine', { points: one.fine })] : []),
    ...(quarantine ? [text('storyQuarantine')] : []),
    ...(one.reporters.length > 0
      ? [text('storyReporters', { names: one.reporters.map((member) => members.name(member)).join(text('list')) })]
      : []),
    ...appealLine(one, cx),
    text(states[one.state]),
    ...(one.state === 'undone' ? [] : [text(nextKey(one), { number })]),
  ]
  return lines.join('\n')
}

/** The picture of a case, sent on once. */
export function pictureOf(number: number, one: Case, cx: Cx): Effect[] {
  if (one.picture === null) return []
  keep(number, { ...one, picture: null }, cx)
  return [
    { type: 'picture', to: 'control', message: one.picture, priority: 'admin', freshFor: DAY, ref: `case ${number}` },
  ]
}

/** `像广告 0.97`, with a word when it is only a trial. */
export function kindOf(one: Case, { text }: Cx): string {
  const probability = one.probability === null ? '' : ` ${one.probability.toFixed(2)}`
  const reporters = one.reporters.length > 0 && one.kind !== 'report' ? text('alsoReported') : ''
  const isAttack = one.offence === 'attack' && one.kind === 'report' ? text('alsoAttack') : ''
  // The figure is how likely an advertisement is.
  if (one.offence === 'attack' && (one.kind === 'ad' || one.kind === 'attack'))
    return `${text('likeAttack')}${reporters}`
  return `${text(one.kind)}${isAttack}${probability}${reporters}`
}

/** `（2/3）` */
export function rungOf({ count, of }: Case, { text }: Cx): string {
  return text('rung', { count, of })
}

const removing = { gone: 'removed', going: 'removing', stuck: 'removeStuck' } as const

/** What was done about a case, as far as it is so. */
export function done(number: number, one: Case, cx: Cx): string {
  const { step, held, count, of, dryRun, messages, member } = one
  const { text } = cx
  // By hand, a removal can come before the ladder's last step.
  const rung = step === 'remove' && count < of ? '' : rungOf(one, cx)
  const stepText = (): string => {
    if (step === 'ask') return text(member === null ? 'askNobody' : 'ask')
    if (step !== 'remove' || dryRun) return `${text(step)}${rung}`
    const state = removalOf(number, one, cx)
    return state === undefined ? text('removeEnded') : `${text(removing[state])}${rung}`
  }
  const dispute = held === 'appeal' ? disputed(one, cx) : undefined
  const did =
    held === null
      ? stepText()
      : held === 'appeal'
        ? text('appeal', { did: `${text(step)}${rung}`, number: dispute ?? number })
        : text(held === 'attack' ? 'heldAttack' : held)
  const growing = messages > 1 ? text('messages', { count: messages }) : ''
  return `${dryRun ? text('dryRun', { did }) : did}${growing}`
}

function headLines(number: number, one: Case, cx: Cx): string[] {
  const { member } = one
  const { text } = cx
  const group = one.groups.at(-1)
  const since = member && group ? cx.members.since(member, group) : undefined
  const days = since ? text('sinceDays', { days: Math.floor((cx.now - since) / DAY) }) : ''
  const who = member === null ? one.name : text('who', { name: one.name, id: member, days })
  const words =
    one.text === '' ? (one.kind === 'flood' ? [] : [text('noWords')]) : [text('quoted', { text: excerpt(one.text) })]
  return [`#${number} ${[groupName(one, cx), who, kindOf(one, cx)].filter(Boolean).join(' · ')}`, ...words]
}

function reasonLine(one: Case, { language, text }: Cx, most: number): string {
  const reasons = one.signals
    .filter(({ weight }) => Math.abs(weight) > WORTH)
    .slice(0, most)
    // Wording that is nearly as likely an advertisement as none has a weight below zero, which reads as the contrary.
    .map((signal) =>
      signal.name === 'model' && signal.weight < 0 && signal.weight >= zones.unsure
        ? signal[language]
        : `${signal[language]} ${signal.weight > 0 ? '+' : ''}${signal.weight.toFixed(1)}`,
    )
  return text('cardWhy', { why: reasons.join(text('and')) || text(one.kind) })
}

/** Of a removal: where else he is. */
function elsewhereLine(number: number, { member, groups, step, held, state }: Case, { members, text }: Cx): string[] {
  if (member === null || (step !== 'remove' && held !== 'raid') || state === 'undone') return []
  const others = members.groupsOf(member).filter((group) => !groups.includes(group))
  if (others.length === 0) return []
  const names = others.map((group) => members.group(group)?.name ?? group).join(text('list'))
  return [text('cardElsewhere', { groups: names, number })]
}

function appealLine({ appeal }: Case, { text }: Cx): string[] {
  if (appeal === null) return []
  return [appeal === '' ? text('cardAppealBare') : text('cardAppeal', { text: excerpt(appeal) })]
}

/** The group of a case, and how many more. */
export function groupName({ groups }: Case, { members, text }: Cx): string {
  const group = groups.at(-1)
  if (group === undefined) return ''
  const name = members.group(group)?.name ?? group
  return groups.length > 1 ? text('manyGroups', { name, count: groups.length }) : name
}

/** What somebody wrote, safe to show in one line: no line of ours can be forged with it, nobody is mentioned by it. */
export function excerpt(text: string, most = SHOWN_TEXT): string {
  const line = text
    .slice(0, 4 * most)
    .replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll('@', '＠')
    .trim()
  const characters = [...line]
  return characters.length > most ? `${characters.slice(0, most).join('')}…` : line
}
