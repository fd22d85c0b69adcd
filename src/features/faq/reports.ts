// What the control group reads about the library: its size, open questions, and how a text would be answered.
import type { Effect } from '../../core/types/effect.ts'
import { learnedLibrary } from './learned.ts'
import { decide, isInSeason, rank } from './library.ts'
import { kept, type FaqContext } from './state.ts'

/** So many entries and open questions are shown. */
const shownTests = 5
const shownOpen = 10

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
  const title = text('overview', { count: prepared.library.byId.size, learned: tables.learned.size() })
  const second = open.length > 0 ? text('overviewOpen', { count: open.length }) : text('overviewNone')
  return replyText([title, second, ...lines].join('\n'))
}

/** `/faq test`: the entries that come near, whatever their groups and days, and what is done today in a group that they are for. */
export function testText(typed: string, cx: FaqContext): Effect {
  const { prepared, today, text, reply, replyText } = cx
  const question = kept(typed)
  const libraries = [prepared.library, learnedLibrary(cx)]
  const candidates = rank(libraries, typed, { groups: null, today: null, addressed: true })
  if (candidates.length === 0) return reply('testNone', { question })
  const lines = candidates.slice(0, shownTests).map(({ entry, score, by }, i) => {
    const groups = entry.groups.length > 0 ? text('testGroups', { groups: entry.groups.join('、') }) : ''
    const notes = `${groups}${isInSeason(entry, today) ? '' : text('testOut')}`
    return text('testLine', { number: i + 1, id: entry.id, score: score.toFixed(2), by: text(by), notes })
  })
  const outcome = (addressed: boolean) => {
    const finding = decide(rank(libraries, typed, { groups: null, today, addressed }), addressed)
    if (finding.kind === 'answer') return text('willAnswer', { id: finding.entry.id })
    if (finding.kind === 'nothing') return text(addressed ? 'willHandOver' : 'willBeSilent')
    return text('willChoose', { ids: finding.entries.map(({ id }) => id).join('、') })
  }
  return replyText(
    [
      text('testTitle', { question }),
      ...lines,
      text('testPlain', { outcome: outcome(false) }),
      text('testAddressed', { outcome: outcome(true) }),
    ].join('\n'),
  )
}
