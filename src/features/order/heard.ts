// What was said lately: who floods, what is repeated, who is new, and whose words are quoted.
import type { GroupId, MemberId, Said } from '../../core/event.ts'
import { canonical, squeezed } from '../../core/text.ts'
import { DAY, HOUR, MINUTE, type Cx } from './records.ts'

/** So much of a group is remembered: enough for a quote of what is still on the screen. */
const KEPT = { messages: 50, time: HOUR }
/** A text shorter than this is said by many (`收到`, a game's word) and its repetition means nothing. */
const LONG = 6
const SAME_WITHIN = 5 * MINUTE
/** Texts that are remembered at once, at most; under a raid the oldest are let go. */
const KEPT_TEXTS = 2000

/** What came before a message. */
export interface Before {
  /** How often the same longer text came in the last hour, in any group. */
  repeats: number
  flood: boolean
  newcomer: boolean
}

/** Tells equal texts: the beginning of what is meant, and how long that is. */
export function print(text: string): string {
  const meant = squeezed(text)
  return `${meant.slice(0, 40)} ${meant.length}`
}

/** Takes note of a message in a group. */
export function hear(said: Said, group: GroupId, cx: Cx): Before {
  const { tables, now, config } = cx
  const { from } = said
  const own = { from, at: now, print: print(said.text) }
  const long = lengthOf(own.print) >= LONG
  const kept = [...tables.noteHeard.entries(group)].filter(([, one]) => now - one.at < KEPT.time)
  let many = 1
  let same = 1
  for (const [, one] of kept) {
    if (one.from !== from) continue
    if (now - one.at < MINUTE) many++
    if (long && one.print === own.print && now - one.at < SAME_WITHIN) same++
  }
  remember(said.id, group, own, cx)
  const newcomer = isNewcomer(from, group, cx)
  if (newcomer) {
    const key = `${group}/${from}`
    tables.noteTalk.set(key, { count: (tables.noteTalk.get(key)?.count ?? 0) + 1 })
  }
  return {
    repeats: long ? repeated(own.print, cx) : 0,
    flood: many >= config.flood.messages || same >= config.flood.same,
    newcomer,
  }
}

function remember(id: string, group: GroupId, own: { from: MemberId; at: number; print: string }, cx: Cx) {
  const { noteHeard } = cx.tables
  noteHeard.set(`${group}/${id}`, own)
  const all = [...noteHeard.entries(group)].sort(([, a], [, b]) => b.at - a.at)
  for (const [i, [key, one]] of all.entries())
    if (i >= KEPT.messages || cx.now - one.at >= KEPT.time) noteHeard.delete(key)
}

function repeated(text: string, { tables, now, wake }: Cx): number {
  const known = tables.noteTexts.get(text)
  const count = known && now - known.at < HOUR ? known.count : 0
  if (known || tables.noteTexts.size() < KEPT_TEXTS) tables.noteTexts.set(text, { count: count + 1, at: now })
  if (!known && tables.noteTexts.size() === 1) wake(now + HOUR, 'forget', 'texts')
  return count
}

/** Lets go of texts that did not come again for an hour. */
export function forgetTexts({ tables, now, wake }: Cx): void {
  for (const [text, { at }] of tables.noteTexts.entries()) if (now - at >= HOUR) tables.noteTexts.delete(text)
  if (tables.noteTexts.size() > 0) wake(now + HOUR, 'forget', 'texts')
}

/** New by days or by words. Who was there before the bot is not. */
export function isNewcomer(member: MemberId, group: GroupId, { members, tables, config, now }: Cx): boolean {
  const since = members.since(member, group)
  if (since === 0) return false
  if (since === undefined || now - since < config.newcomer.days * DAY) return true
  return (tables.noteTalk.get(`${group}/${member}`)?.count ?? 0) < config.newcomer.messages
}

/** Whose words are quoted: the text must be one that was heard, and one person only can have said it under that name. */
export function authorOf(quote: { name: string; text: string }, group: GroupId, cx: Cx): MemberId | undefined {
  const wanted = print(quote.text)
  if (lengthOf(wanted) === 0) return undefined
  const said = [...cx.tables.noteHeard.entries(group)].filter(([, one]) => one.print === wanted)
  const authors = [...new Set(said.map(([, { from }]) => from))].filter(
    (member) => canonical(cx.members.name(member, group)) === canonical(quote.name),
  )
  return authors.length === 1 ? authors[0] : undefined
}

/** Newcomers of the last minute when they have become a wave that was not told yet, else 0. */
export function joinWave(group: GroupId, joined: number, { tables, now, config }: Cx): number {
  const before = tables.noteJoins.get(group)
  const arrived = Array.from({ length: Math.min(joined, config.flood.joins) }, () => now)
  const times = [...(before?.times ?? []).filter((time) => now - time < MINUTE), ...arrived]
  const told = before?.told ?? 0
  const isWave = times.length >= config.flood.joins && now - told >= HOUR
  tables.noteJoins.set(group, { times: times.slice(-config.flood.joins), told: isWave ? now : told })
  return isWave ? Math.max(times.length, joined) : 0
}

function lengthOf(text: string): number {
  return Number(text.slice(text.lastIndexOf(' ') + 1))
}
