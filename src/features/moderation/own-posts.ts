// What the shop itself says: a member who forwards it, or signs up below it, does not advertise. An advertisement that a role shows as a warning is not the shop's own.
import type { GroupId, MemberId } from '../../core/types/ids.ts'
import type { Posted, Said } from '../../core/types/event.ts'
import { canonical } from '../../core/lib/text.ts'
import { latest } from './cases.ts'
import { judgement, noCircumstances } from './judging.ts'
import { keepPost, SHORTEST_POST } from './posts.ts'
import { print, wasHeard } from './recent.ts'
import { MINUTE, type Cx } from './records.ts'

/** A warning is about what the same person posts within this time (ms) of it. */
const WARNED_WITHIN = 3 * MINUTE

/** How people speak of an advertisement that they show as a warning. */
const warning =
  /骗子|骗局|诈骗|被骗|别信|不要信|勿信|别加|不要加|勿加|别上当|上当|当心|小心|警惕|提防|举报|(?:这种|这类|此类|类似|这样)(?:的)?(?:都?是)?(?:广告|消息|信息)|(?:禁止|不要|不许|不准|别)(?:再)?发|scam|fraud|beware|watch out|do not (?:add|trust|post)/

/** Groups of words that no shop needs for its own posts, with what shows that a text is known to be none of its own. */
const foreign = /^(?:lesson|words:(?!contact$|agency$)|pattern:)/

/** Keeps what somebody with a role says in a group. Call it before the message is noted as heard. */
export function noteRole(said: Said, group: GroupId, cx: Cx): void {
  const { id, from, text, kind } = said
  if (kind !== 'text') return
  if (warning.test(canonical(text))) {
    forgetShown(from, group, cx)
    cx.tables.noteWelcome.set(`${group}/${warningKey(from)}`, { at: cx.now, text: '', by: from })
    return
  }
  const warnedAt = cx.tables.noteWelcome.get(`${group}/${warningKey(from)}`)?.at
  if (warnedAt !== undefined && cx.now - warnedAt < WARNED_WITHIN) return
  if (isShown(text, group, from, cx)) return
  keepPost(id, text, group, cx, from)
}

/** Keeps what the bot itself, or its owner on the phone, has said in a group. */
export function notePosted({ text, kind, at, group }: Posted, cx: Cx): void {
  if (kind !== 'text' || text.length < SHORTEST_POST) return
  // Nearly all that the bot says nobody would take for an advertisement, so it needs no remembering.
  const isInnocent = judgement({ text, kind: 'text', from: null, group }, noCircumstances, cx).zone === 'clean'
  if (!isInnocent || canonical(text).startsWith('#接龙')) keepPost(`posted@${at}`, text, group, cx)
}

const warningKey = (from: MemberId) => `warning ${from}`

/** What he posted just before a warning was what he warns of. */
function forgetShown(from: MemberId, group: GroupId, { tables, now }: Cx) {
  for (const [key, { by, at }] of tables.noteWelcome.entries(group))
    if (by === from && now - at < WARNED_WITHIN) tables.noteWelcome.delete(key)
}

/** Whether a text is somebody else's advertisement: of a trade that is none of a shop's, known from a case, or said here before by a member. */
function isShown(text: string, group: GroupId, from: MemberId, cx: Cx): boolean {
  const { zone, signals } = judgement({ text, kind: 'text', from, group }, noCircumstances, cx)
  if (zone === 'clean') return false
  const isForeign = zone === 'sure' && signals.some(({ name, weight }) => weight > 0 && foreign.test(name))
  const wanted = print(text)
  return (
    isForeign ||
    wasHeard(text, group, cx) ||
    latest(cx, (one) => one.print === wanted && one.state !== 'undone') !== undefined
  )
}
