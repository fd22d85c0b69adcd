// What happens with a message before anybody else sees it: it is judged, and what is surely an advertisement, an insult or a flood goes no further.
import type { Effect } from '../../core/types/effect.ts'
import type { Said } from '../../core/types/event.ts'
import { isPlea } from './appeals.ts'
import { grown, keep, latestOf } from './cases.ts'
import { askAboutContent } from './contents.ts'
import { ask, hit, whoOf } from './filing.ts'
import { askAboutHidden } from './hidden.ts'
import { judgement, wordsIn } from './judging.ts'
import { noteRole } from './own-posts.ts'
import { hear, unheard } from './recent.ts'
import type { Cx } from './records.ts'

/** @returns what stops the message (nothing is said if it is empty), or undefined when it may go on */
export function screen(said: Said, cx: Cx): readonly Effect[] | undefined {
  const { from, group } = said
  const { tables, roleOf } = cx
  const quarantine = tables.quarantine.get(from)
  if (group === null) return quarantine && !isPlea(said, cx) ? [] : undefined
  if (roleOf(from) !== 'member') {
    noteRole(said, group, cx)
    hear(said, group, cx)
    return undefined
  }
  // A feature's word alone says nothing, however often; what stands behind one is judged by itself.
  if (said.word === 'alone') return quarantine && !isPlea(said, cx) ? [] : undefined
  const before = said.word === 'more' ? unheard(said, group, cx) : hear(said, group, cx)
  const opinion = judgement(said, before, cx)
  const zone = opinion.zone === 'sure' && isFirstPlea(said, cx) ? 'unsure' : opinion.zone
  if (quarantine) {
    const one = tables.cases.get(String(quarantine.case))
    if (one && zone === 'sure') keep(quarantine.case, grown(one, group, cx), cx)
    return isPlea(said, cx) ? undefined : []
  }
  if (zone === 'sure') return hit(opinion.offence === 'attack' ? 'attack' : 'ad', said, group, opinion, cx)
  if (before.flood) return hit('flood', said, group, { ...opinion, dryRun: cx.config.dryRun.includes('flood') }, cx)
  if (zone === 'unsure') ask({ kind: 'ad', ...whoOf(said, group, cx) }, wordsIn(said), opinion, cx)
  else if (!askAboutContent(said, group, before, cx)) askAboutHidden(said, before, group, cx)
  return undefined
}

/** An appeal may repeat what it is about; but only once, or every advertisement would begin with that word. */
function isFirstPlea(said: Said, cx: Cx): boolean {
  return (
    isPlea(said, cx) &&
    latestOf(said.from, cx, ({ state, appeal }) => state !== 'undone' && appeal === null) !== undefined
  )
}
