// "Did you mean": entries to choose from by a number, for a question that has no sure answer.
import type { Asked as AskedOf } from '../../core/feature/answers.ts'
import type { Answer } from '../../core/feature/feature.ts'
import type { Effect } from '../../core/types/effect.ts'
import type { Said } from '../../core/types/event.ts'
import { give, targetOf } from './answers.ts'
import { handOver } from './handover.ts'
import { fullLibrary } from './learned.ts'
import type { Finding, Where } from './library.ts'
import { noteChoice } from './misses.ts'
import type { Asked, FaqContext } from './state.ts'

/** So long a number answers "did you mean". */
const chooseWithin = 3 * 60_000

/** What was meant, of what the bot offered; 0 for none of it. */
export function chosen(answered: Answer, cx: FaqContext): Effect[] | undefined {
  const key = placeOf(answered)
  const open = cx.tables.noteChoices.get(key)
  if (!open || answered.value > open.ids.length) return undefined
  cx.tables.noteChoices.delete(key)
  cx.expectsNoMore('choose', askedOf(answered))
  const { group, from } = answered
  if (answered.value === 0) return handOver({ group, from, question: open.question }, cx)
  const id = open.ids[answered.value - 1] ?? ''
  const entry = fullLibrary(cx).byId.get(id)?.entry
  // The library may have changed meanwhile.
  if (!entry) return undefined
  noteChoice(open.question, id, cx)
  return give(entry, { ...answered, text: open.question, addressed: true }, cx)
}

/** What is done with a question that has no sure answer: entries to choose from, or a human. */
export function otherwise(asked: Asked, finding: Finding, cx: FaqContext): Effect | Effect[] {
  return finding.kind === 'choose' ? offer(finding.entries, asked, cx) : handOver(asked, cx)
}

function offer(entries: readonly { id: string; question: string }[], asked: Asked, cx: FaqContext): Effect {
  const { tables, members, now, config, text, say, expects } = cx
  const ids = entries.map(({ id }) => id)
  const until = now + chooseWithin
  tables.noteChoices.set(placeOf(asked), { ids, question: asked.question, until })
  expects('choose', askedOf(asked), { kind: 'line', min: 0, max: ids.length }, until)
  const lines = entries.map(({ question }, i) => text('chooseLine', { number: i + 1, question }))
  const title = text('choose', { name: members.name(asked.from, asked.group) })
  const told = [title, ...lines, text('chooseNone', { staff: config.staff })].join('\n')
  return say(targetOf(asked), told, { priority: 'reply' })
}

function askedOf({ group, from }: Pick<Said, 'group' | 'from'>): AskedOf {
  return group === null ? { member: from } : { group, member: from }
}

/** Somebody in one place: what he asked in a group is nothing to go on elsewhere. */
export function placeOf({ group, from }: Pick<Said, 'group' | 'from'>): string {
  return `${group ?? 'direct'}/${from}`
}

/** In a direct message the entries of all the groups count that somebody is in. */
export function whereOf(
  { group, from, addressed }: Pick<Said, 'group' | 'from' | 'addressed'>,
  { members, today }: FaqContext,
): Where {
  const ids = group === null ? members.groupsOf(from) : [group]
  const groups = ids.flatMap((id) => members.group(id) ?? []).flatMap(({ managed, tags }) => [managed, ...tags])
  return { groups: new Set(groups), today, addressed }
}
