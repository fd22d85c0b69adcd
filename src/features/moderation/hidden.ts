// Advertisements that no single message shows: one text in pieces, a quote that nobody said, a newcomer's name. They are only asked about.
import type { Said } from '../../core/types/event.ts'
import type { GroupId } from '../../core/types/ids.ts'
import type { Signal } from '../../adfilter/judgement.ts'
import { canonical } from '../../core/lib/text.ts'
import { isAsking, latest, latestOf } from './cases.ts'
import { judgement, noCircumstances } from './judging.ts'
import { ownPosts } from './posts.ts'
import { withoutPosts } from '../../adfilter/own.ts'
import { print, wasHeard, type Before } from './recent.ts'
import { MINUTE, type Cx } from './records.ts'
import { ask, whoOf } from './filing.ts'

const inPieces: Signal = { name: 'pieces', weight: 0.5, zh: '一句话拆成几条发', en: 'one text in several messages' }
const inQuote: Signal = {
  name: 'quote',
  weight: 0.5,
  zh: '引用的话，最近没见有人说过',
  en: 'a quote of what nobody was seen to say',
}

/** Somebody else may be behind these, or chance. */
export function askAboutHidden(said: Said, { together }: Before, group: GroupId, cx: Cx): void {
  const { from, text, quote } = said
  const { now } = cx
  const who = whoOf(said, group, cx)
  const quoted = canonical(text).startsWith(canonical(cx.word('report'))) ? '' : (quote?.text ?? '')
  const places = [
    {
      who,
      text: together,
      reason: inPieces,
      // Who was just told off may say that he is sorry.
      isKnown: () => latestOf(from, cx, ({ last }) => now - last < 2 * MINUTE) !== undefined,
    },
    {
      // Anybody can type what looks like a quote; but a member who really quotes must not be punished for it.
      who: { ...who, member: null, name: cx.text('quotedBy', { name: who.name }) },
      text: quoted,
      reason: inQuote,
      isKnown: () =>
        wasHeard(quoted, group, cx) ||
        withoutPosts(quoted, ownPosts(cx)) === '' ||
        latest(cx, (one) => one.print === print(quoted) && !isAsking(one)) !== undefined,
    },
  ]
  for (const { who, text, reason, isKnown } of places) {
    if (text === '') continue
    const opinion = judgement({ text, kind: 'text', from, group }, noCircumstances, cx)
    const isAd = opinion.zone === 'sure' && opinion.offence === 'ad'
    if (isAd && !isKnown()) ask({ kind: 'ad', ...who }, text, { ...opinion, signals: [reason, ...opinion.signals] }, cx)
  }
}
