// Giving an answer of the library: its parts as messages, and not again while it still stands in the group.
import { FRESH_FOR, type Effect, type Target } from '../../core/types/effect.ts'
import type { Said } from '../../core/types/event.ts'
import { addDays, clock, weekday, type DayKey } from '../../core/lib/time.ts'
import { render } from '../../core/lib/render.ts'
import type { Entry, Part } from './entry.ts'
import { asksNow, openNow, weekOf } from './hours.ts'
import type { Asked, FaqContext } from './state.ts'

/** When an answer was given is forgotten after this time; no cooldown is longer. */
const remembered = 7 * 86_400_000

/** The answer as effects; in a group that has it already nothing, or a hint for who asked the bot. */
export function give(
  entry: Entry,
  said: Pick<Said, 'group' | 'from' | 'addressed' | 'text'>,
  cx: FaqContext,
): Effect[] {
  const { config, tables, now, members, hint } = cx
  if (said.group !== null) {
    const key = `${said.group}/${entry.id}`
    const before = tables.noteAnswered.get(key)
    const cooldown = (entry.cooldownMinutes ?? config.cooldownMinutes) * 60_000
    if (before && now - before.at < cooldown) return said.addressed ? [hint('justAnswered') ?? []].flat() : []
    for (const [old, { at }] of tables.noteAnswered.entries(said.group)) {
      if (now - at > remembered) tables.noteAnswered.delete(old)
    }
    tables.noteAnswered.set(key, { at: now })
  }
  const parts = partsOf(entry, members.name(said.from, said.group), cx)
  return sent([...nowPart(entry, said, cx), ...parts], targetOf(said), cx)
}

/** For who asks what the hours mean now: open until when, or closed until when. */
function nowPart({ hours }: Entry, said: Pick<Said, 'text'>, { now, today, timezone, text }: FaqContext): string[] {
  const week = hours && weekOf(hours)
  if (!week || !asksNow(said.text)) return []
  const state = openNow(week, today, clock(now, timezone))
  if (!state) return []
  if (state.open) return [text('openUntil', { until: state.until })]
  const { next, inDays } = state
  if (inDays > 1) return [text('closedDays', { next, weekday: weekdayName(today, inDays, text('weekdays')) })]
  return [text(inDays === 0 ? 'closedToday' : 'closedTomorrow', { next })]
}

function weekdayName(today: DayKey, inDays: number, names: string): string {
  return names.split(' ')[weekday(addDays(today, inDays))] ?? ''
}

/** A message for each part. */
export function sent(parts: readonly Part[], to: Target, { say }: FaqContext): Effect[] {
  return parts.map((part): Effect => {
    if (typeof part === 'string') return say(to, part, { priority: 'reply' })
    const path = 'picture' in part ? part.picture : part.file
    return { type: 'file', to, path, priority: 'reply', freshFor: FRESH_FOR }
  })
}

/** The answer's parts with variables filled in. What staff wrote in the chat is taken as it stands. */
export function partsOf(entry: Entry, asker: string, cx: FaqContext): Part[] {
  const isOwn = cx.prepared.library.byId.get(entry.id)?.entry === entry
  return entry.answer.map((part) => (typeof part === 'string' && isOwn ? fillAnswer(part, asker, cx) : part))
}

/** A text of the settings with its variables filled in. */
export function fillAnswer(part: string, asker: string, { config, group, text }: FaqContext): string {
  return render(part, { ...config.variables, name: asker, group: group?.name ?? text('direct') })
}

/** Where an answer goes. */
export function targetOf({ group, from }: Pick<Asked, 'group' | 'from'>): Target {
  return group === null ? { member: from } : { group }
}
