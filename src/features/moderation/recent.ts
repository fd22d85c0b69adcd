// What was said lately: who floods, what is repeated, who is new, and whose words are quoted.
import type { GroupId, MemberId } from '../../core/types/ids.ts'
import type { Quote, Said } from '../../core/types/event.ts'
import { canonical, squeezed } from '../../core/lib/text.ts'
import { DAY, HOUR, MINUTE, type Cx } from './records.ts'

/** What is remembered of a group: enough for a quote of what is still on the screen. */
const KEPT = { messages: 50, time: HOUR }
/** Messages above that number which are forgotten at once. */
const FORGOTTEN = 14
/** A text shorter than this is said by many (`收到`, a game's word) and its repetition means nothing. */
const LONG = 6
const SAME_WITHIN = 5 * MINUTE
/** Texts that are remembered at once, at most; under a raid the oldest are let go. */
const KEPT_TEXTS = 2000
/** Characters of each text by which it is known again. */
const PRINTED = 40
/** Short messages in a row that may be one text in pieces. */
const PIECES = 5

/** What came before a message. */
export interface Before {
  /** How often the same longer text came in the last hour, in any group. */
  repeats: number
  flood: boolean
  newcomer: boolean
  /** With the short messages of the same person in the minute before, if this is a short one too; else empty. */
  together: string
}

/** Tells equal texts: the beginning of what is meant, and how long that is. */
export function print(text: string): string {
  const meant = squeezed(text)
  return `${meant.slice(0, PRINTED)} ${meant.length}`
}

/** Takes note of a message in a group. */
export function hear(said: Said, group: GroupId, cx: Cx): Before {
  const { tables, now, config } = cx
  const { from, kind } = said
  const own = { from, at: now, print: print(said.text), ...(kind === 'text' ? {} : { kind }) }
  const long = lengthOf(own.print) >= LONG
  const earlier = tables.noteHeard.by(`${group}/${from}`).flatMap(([, one]) => (now - one.at < KEPT.time ? one : []))
  const justNow = earlier.filter(({ at }) => now - at < MINUTE)
  const many = justNow.length + 1
  const same = earlier.filter(({ at, print }) => long && print === own.print && now - at < SAME_WITHIN).length + 1
  remember(group, said.id, own, cx)
  const newcomer = isNewcomer(from, group, cx)
  if (newcomer) {
    const key = `${group}/${from}`
    tables.noteTalk.set(key, { count: (tables.noteTalk.get(key)?.count ?? 0) + 1 })
  }
  const { count, groups } = long ? repeated(own.print, from, group, cx) : { count: 0, groups: 1 }
  return {
    repeats: count,
    flood: many >= config.flood.messages || Math.max(same, groups) >= config.flood.same,
    newcomer,
    together: kind === 'text' ? together([...justNow, own]) : '',
  }
}

/** What came before a message that is no talk: it is neither counted nor remembered. */
export function unheard({ from }: Said, group: GroupId, cx: Cx): Before {
  return { repeats: 0, flood: false, newcomer: isNewcomer(from, group, cx), together: '' }
}

function together(messages: readonly { at: number; print: string }[]): string {
  const short = messages.filter(({ print }) => lengthOf(print) > 0 && lengthOf(print) <= PRINTED)
  if (short.length < 2 || short.at(-1) !== messages.at(-1)) return ''
  return short
    .sort((a, b) => a.at - b.at)
    .slice(-PIECES)
    .map(({ print }) => print.slice(0, print.lastIndexOf(' ')))
    .join('\n')
}

/** Whether these words were said in the group lately, by anybody. */
export function wasHeard(text: string, group: GroupId, { tables }: Cx): boolean {
  const wanted = print(text)
  return [...tables.noteHeard.entries(group)].some(([, one]) => one.print === wanted)
}

interface Heard {
  from: MemberId
  at: number
  print: string
}

function remember(group: GroupId, message: string, own: Heard, { tables: { noteHeard }, now }: Cx) {
  // Many at a time, as the oldest are found by walking through all.
  if (noteHeard.size(group) >= KEPT.messages + FORGOTTEN) {
    const heard = [...noteHeard.entries(group)].sort(([, a], [, b]) => b.at - a.at)
    const isOld = (at: number, place: number) => now - at >= KEPT.time || place >= KEPT.messages
    for (const [place, [key, { at }]] of heard.entries()) if (isOld(at, place)) noteHeard.delete(key)
  }
  noteHeard.set(`${group}/${message}`, own)
}

/** How often a text came in the last hour before this, and to how many groups the same person has just taken it. */
function repeated(text: string, from: MemberId, group: GroupId, { tables, now, wake }: Cx) {
  const known = tables.noteTexts.get(text)
  const count = known && now - known.at < HOUR ? known.count : 0
  const isSpreading = known?.from === from && now - known.at < SAME_WITHIN
  const groups = [...new Set([...(isSpreading ? (known.groups ?? []) : []), group])]
  if (known || tables.noteTexts.size() < KEPT_TEXTS)
    tables.noteTexts.set(text, { count: count + 1, at: now, from, groups })
  if (!known && tables.noteTexts.size() === 1) wake(now + HOUR, 'forget', 'texts')
  return { count, groups: groups.length }
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

/** What is quoted, as far as it is known: whose it is, and the message when it is a picture or the like. */
export interface Quoted {
  member: MemberId
  message: string
}

/**
 * Whose words are quoted: the text must be one that was heard, and one person only can have said it under that name. Of pictures and
 * the like, which have no words, the last under that name is meant.
 */
export function quoted({ name, text, kind }: Quote, group: GroupId, cx: Cx): Quoted | undefined {
  const wanted = print(text)
  const isWordless = lengthOf(wanted) === 0
  if (isWordless && kind === undefined) return undefined
  const said = [...cx.tables.noteHeard.entries(group)]
    .filter(([, one]) => (isWordless ? one.kind === kind : one.print === wanted))
    .filter(([, { from }]) => canonical(cx.members.name(from, group)) === canonical(name))
    .sort(([, a], [, b]) => b.at - a.at)
  const [first] = said
  const authors = new Set(said.map(([, { from }]) => from))
  return first && authors.size === 1 ? { member: first[1].from, message: first[0].slice(group.length + 1) } : undefined
}

/** A join wave is over after this time (ms) without another. */
const WAVE = 30 * MINUTE

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

/** Whether a wave of newcomers came into the group a short while ago, and he came with it. */
export function cameWithWave(member: MemberId, group: GroupId, { tables, members, now }: Cx): boolean {
  const told = tables.noteJoins.get(group)?.told ?? 0
  const since = members.since(member, group) ?? 0
  return told > 0 && now - told < WAVE && since >= told - MINUTE
}

function lengthOf(text: string): number {
  return Number(text.slice(text.lastIndexOf(' ') + 1))
}
