// What members read about order in their group: a reproach with a few words and a reason, and the word that takes it back.
import type { Effect } from '../../core/types/effect.ts'
import { nameable, type Signal } from '../../adfilter/judgement.ts'
import { nextRung } from './ladder.ts'
import { callName } from './names.ts'
import { isNewcomer } from './recent.ts'
import { MINUTE, type Case, type Cx } from './records.ts'

/** After this time (ms) nobody knows any more which message is meant by the one just now. */
const JUST_NOW = 10 * MINUTE
/** Graphemes of somebody's words that are quoted to him: enough to know which were meant, too few to advertise once more. */
const FEW_WORDS = 8
/** Reasons that are told. */
const MOST_REASONS = 2

/** What the person reads in the group; several at once go out as one message. */
export function notice(number: number, one: Case, cx: Cx): Effect {
  const group = one.groups.at(-1)
  if (group === undefined || one.member === null) throw new Error(`case ${number} has nobody to tell`)
  const { text } = cx
  const vars = {
    name: callName(one.member, group, cx),
    number,
    count: one.count,
    of: one.of,
    appeal: cx.word('appeal'),
  }
  const isLate = cx.now - one.last >= JUST_NOW
  const why = [...reasonsFor(one, cx), ...quotedWords(one, cx)].join(text('and'))
  const when = { name: vars.name, when: text(isLate ? 'whenEarlier' : 'whenNow'), why: why && text('toldWhy', { why }) }
  const fine = one.fine > 0 ? text('toldFine', { points: one.fine }) : ''
  const then = { then: thenWhat(one, group, cx), fine }
  const body =
    one.count === 0
      ? text('toldUncounted', { appeal: vars.appeal, number })
      : text(one.step === 'warn' ? 'toldWarning' : 'toldReminder', { ...vars, ...then })
  const say = `${headOf(one, when, cx)}\n${body}`
  return cx.say({ group }, say, { priority: 'moderation', merge: 'order' })
}

function headOf(one: Case, vars: { name: string; when: string; why: string }, { text }: Cx): string {
  if (one.kind === 'flood') return text('toldFlood', { name: vars.name })
  if (one.kind === 'hand') return text('toldByHand', { name: vars.name, text: one.text })
  if (one.offence === 'attack') return text('toldAttack', vars)
  return text(one.offence === 'ad' ? 'toldAd' : 'toldOther', vars)
}

/** What comes next, as long as there is something that the ladder would do by itself. */
function thenWhat(one: Case, group: Case['groups'][number], cx: Cx): string {
  if (one.member === null || one.offence !== 'ad') return ''
  const { step } = nextRung(one.member, cx, { isNew: isNewcomer(one.member, group, cx), isTrial: false })
  return cx.text(step === 'remove' ? 'thenRemove' : step === 'warn' ? 'thenWarn' : 'thenRemind')
}

/** The one or two strongest reasons, in words that say what is meant by them. */
export function reasonsFor({ signals, kind, offence }: Case, { language, text }: Cx): string[] {
  if (kind === 'flood' || kind === 'hand' || offence === 'attack') return []
  const told = nameable(signals as readonly Signal[]).filter(({ name }) => name !== 'lesson' && name !== 'first')
  return (
    told
      .slice(0, MOST_REASONS)
      // The address itself would be one more advertisement.
      .map((signal) => (signal.name === 'link' ? text('aLink') : signal[language]))
  )
}

function quotedWords({ kind, text: words, signals }: Case, { text }: Cx): string[] {
  if (kind === 'flood' || kind === 'hand') return []
  if (signals.some(({ name }) => name === 'code')) return [text('yourPicture')]
  const few = tellingWords(words, signals)
  return few === '' ? [] : [text('yourWords', { words: few })]
}

/** The words that were the reason; the beginning of the message when they stand in it, or when no words were. */
function tellingWords(words: string, signals: Case['signals']): string {
  const beginning = fewWords(words)
  const reason = nameable(signals as readonly Signal[]).find(
    ({ name }) => name === 'wording' || name.startsWith('words:'),
  )
  const quote = reason?.quote?.replace(/…$/, '')
  if (quote === undefined || quote === '' || beginning.includes(fewWords(quote).slice(0, 3))) return beginning
  const few = fewWords(quote)
  return few === '' ? beginning : `…${few.replace(/…$/, '')}…`
}

/** The beginning of somebody's words, without anything by which he could be reached. */
export function fewWords(words: string): string {
  const line = words
    .replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/(?:https?:\/\/|www\.)\S+/gi, '…')
    .replace(/[a-z0-9][a-z0-9_.\-]{3,}/gi, (run) => (/^[a-z]+$/i.test(run) ? run : `${run.slice(0, 2)}…`))
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll('@', '＠')
    .replace(/[「」“”"]/g, '')
    .trim()
  const graphemes = [...segmenter.segment(line.slice(0, 200))].map(({ segment }) => segment)
  // Words of an alphabet are shorter to read: about twice as many letters say as much.
  const most = /^[\p{Script=Latin}\s'…,.]*$/u.test(graphemes.slice(0, FEW_WORDS).join('')) ? 3 * FEW_WORDS : FEW_WORDS
  return graphemes.length > most ? `${graphemes.slice(0, most).join('').trim()}…` : line
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** Who was reproached or has appealed, and is there still, reads once that it was wrong. */
export function apology(number: number, one: Case, cx: Cx): Effect[] {
  const { member, groups, told, appeal } = one
  if (member === null || (told === null && appeal === null)) return []
  // Where the reproach was read; nobody else needs to know of it.
  const where = (told === null ? groups : [told]).findLast((group) => cx.members.isIn(member, group))
  if (where === undefined) return []
  const vars = { name: callName(member, where, cx), number }
  return [
    cx.say({ group: where }, cx.text(appeal === null ? 'sorry' : 'appealUpheld', vars), {
      priority: 'moderation',
      merge: 'order',
    }),
  ]
}
