// What the control group reads about the library: its size, open questions, and how a text would be answered.
import type { Effect } from '../../core/types/effect.ts'
import { fullLibrary, levelsOf } from './learned.ts'
import { find, isInSeason, rank } from './library.ts'
import { levelsText } from './misses.ts'
import { calibrationOf } from './recalibration.ts'
import type { Utterance } from '../../search/utterance.ts'
import { kept, type FaqContext } from './state.ts'

/** Most entries and open questions that are shown. */
const shownTests = 5
const shownOpen = 10
/** Characters of a question in the daily card. */
const WAITING_LENGTH = 20

/** `/faq` */
export function overview(cx: FaqContext): Effect {
  const { tables, prepared, members, text, replyText } = cx
  const open = [...tables.handovers.entries()]
    .filter(([, handover]) => handover.open)
    .sort(([, a], [, b]) => b.at - a.at)
  const lines = open.slice(0, shownOpen).map(([number, { group, from, question }]) => {
    const place = (group && members.group(group)?.name) ?? text('inDirect')
    return text('overviewLine', { number, place, name: members.name(from, group), question })
  })
  const title = text('overview', {
    count: prepared.library.byId.size,
    learned: tables.learned.size(),
    taught: tables.taught.size(),
  })
  const { asked, answered, chatAnswered, basis } = calibrationOf(cx)
  const heard = asked > 0 ? text('overviewHeard', { answered, asked }) : text('overviewOneWording')
  const silent = text(chatAnswered === 0 ? 'overviewSilent' : 'overviewChat', { share: percent(chatAnswered) })
  const missed = [...tables.noteMissed.entries()].filter(
    ([key]) => !tables.taught.get(key) && !tables.dismissed.get(key),
  )
  const third = missed.length > 0 ? [text('overviewMissed', { count: missed.length })] : []
  const second = open.length > 0 ? text('overviewOpen', { count: open.length }) : text('overviewNone')
  const ground = basis ? text('overviewBasis', { ...basis }) : text('overviewBackground')
  return replyText([title, `${heard}${silent}${ground}`, ...third, second, ...lines].join('\n'))
}

/** The questions that wait for a human, in a line; the oldest is shown. */
export function waitingLine({ tables, members, text }: FaqContext): string[] {
  const open = [...tables.handovers.entries()]
    .filter(([, handover]) => handover.open)
    .sort(([, a], [, b]) => a.at - b.at)
  const [first] = open
  if (!first) return []
  const [number, { group, from, question }] = first
  const vars = { name: members.name(from, group), question: [...question].slice(0, WAITING_LENGTH).join('') }
  return [text('waitingLine', { count: open.length, number, ...vars })]
}

function isAsking(utterance: Utterance): boolean {
  return utterance === 'question' || utterance === 'request' || utterance === 'bare' || utterance === 'report'
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/** `/faq test`: the entries that come near, whatever their groups and days, and what is done today in a group that they are for. */
export function testText(typed: string, cx: FaqContext): Effect {
  const { today, text, reply, replyText } = cx
  const question = kept(typed)
  const library = fullLibrary(cx)
  const levels = levelsOf(cx)
  const candidates = rank(library, typed, { groups: null, today: null, addressed: true })
  if (candidates.length === 0) return reply('testNone', { question })
  const lines = candidates.slice(0, shownTests).map(({ entry, score, by }, i) => {
    const groups = entry.groups.length > 0 ? text('testGroups', { groups: entry.groups.join('、') }) : ''
    const notes = `${groups}${isInSeason(entry, today) ? '' : text('testOut')}`
    return text('testLine', { number: i + 1, id: entry.id, score: Math.round(score * 100), by: text(by), notes })
  })
  const outcome = (addressed: boolean) => {
    const { finding, utterance } = find(library, levels, typed, { groups: null, today, addressed })
    if (finding.kind === 'answer') return text('willAnswer', { id: finding.entry.id })
    if (finding.kind === 'nothing') return text(addressed && isAsking(utterance) ? 'willHandOver' : 'willBeSilent')
    return text('willChoose', { ids: finding.entries.map(({ id }) => id).join('、') })
  }
  const plain = find(library, levels, typed, { groups: null, today, addressed: false })
  const [first] = candidates
  const advice =
    plain.finding.kind === 'answer' || !first
      ? []
      : [text(isAsking(plain.utterance) ? 'testAdvice' : 'testNoQuestion', { id: first.entry.id, question })]
  return replyText(
    [
      text('testTitle', { question }),
      ...lines,
      text('testPlain', { outcome: outcome(false) }),
      text('testAddressed', { outcome: outcome(true) }),
      levelsText(cx),
      ...advice,
    ].join('\n'),
  )
}
