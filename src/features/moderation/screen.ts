// What happens with a message before anybody else sees it: it is judged, and what is surely an advertisement or a flood goes no further.
import type { Effect } from '../../core/types/effect.ts'
import type { Found, Said } from '../../core/types/event.ts'
import type { GroupId, MemberId } from '../../core/types/ids.ts'
import { canonical } from '../../core/lib/text.ts'
import { isAsking } from './cards.ts'
import { burstOf, keep, latest, latestOf, open, taught, wordsOf } from './cases.ts'
import { hear, isNewcomer, print, wasHeard, welcome, withoutWelcome, type Before } from './recent.ts'
import { punish } from './ladder.ts'
import { HOUR, MINUTE, type Case, type Cx } from './records.ts'
import { judge, signals, type Judgement, type Signal, type Zone } from '../../adfilter/signals.ts'

/** A contact card or mini program from a newcomer: nothing in it can be read, so it can only be asked about. */
const unreadable: Signal = {
  name: 'card',
  weight: 1,
  zh: '新人发名片或小程序',
  en: 'a newcomer shares a card or mini program',
}

/** Doubts about one person within so many milliseconds are one case. */
const ASK_AGAIN = 10 * MINUTE

const inPicture: Signal = { name: 'qr', weight: 0.5, zh: '图片里的二维码', en: 'a QR code in a picture' }
const inPieces: Signal = { name: 'pieces', weight: 0.5, zh: '一句话拆成几条发', en: 'one text in several messages' }
const inQuote: Signal = {
  name: 'quote',
  weight: 0.5,
  zh: '引用的话，最近没见有人说过',
  en: 'a quote of what nobody was seen to say',
}
const inName: Signal = { name: 'nickname', weight: 0.5, zh: '新人的昵称', en: 'the name of a newcomer' }

/** What ends a file's name: letters that nobody wrote, and that advertisements are full of. */
const extension = /\.[a-z0-9]{1,5}$/i

/** For words that are judged by themselves. */
export const noCircumstances = { repeats: 0, newcomer: false }

interface Opinion extends Judgement {
  /** Whether only rules on trial make it what it is. */
  dryRun: boolean
}

/** @returns what stops the message (nothing is said if it is empty), or undefined when it may go on */
export function screen(said: Said, cx: Cx): readonly Effect[] | undefined {
  const { from, group } = said
  const { tables, house } = cx
  const quarantine = tables.quarantine.get(from)
  if (group === null) return quarantine && !isPlea(said, cx) ? [] : undefined
  const before = hear(said, group, cx)
  if (house.rights.roleOf(from) !== 'member') {
    welcome(said, group, cx)
    return undefined
  }
  const opinion = judgement(said, before, cx)
  // Nobody is told off for an advertisement that is none.
  const isOnlyAsked = isFirstPlea(said, cx) || opinion.kind === 'attack'
  const zone = opinion.zone === 'sure' && isOnlyAsked ? 'unsure' : opinion.zone
  if (quarantine) {
    const one = tables.cases.get(String(quarantine.case))
    if (one && zone === 'sure') keep(quarantine.case, grown(one, group, cx), cx)
    return isPlea(said, cx) ? undefined : []
  }
  if (zone === 'sure') return hit('ad', said, group, { ...opinion, zone }, cx)
  if (before.flood) return hit('flood', said, group, { ...opinion, dryRun: cx.config.dryRun.includes('flood') }, cx)
  if (zone === 'unsure') ask(whoOf(from, group, cx), said.text, opinion, cx)
  else askAboutHidden(said, before, group, cx)
  return undefined
}

/** Advertisements that no single message shows. Somebody else may be behind them, or chance: they are only asked about. */
function askAboutHidden({ from, text, quote }: Said, { together, newcomer }: Before, group: GroupId, cx: Cx) {
  const { members, now } = cx
  const who = whoOf(from, group, cx)
  const name = newcomer ? members.name(from, group) : ''
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
      who,
      text: name,
      reason: inName,
      isKnown: () => latestOf(from, cx, (one) => one.print === print(name)) !== undefined,
    },
    {
      // Anybody can type what looks like a quote; but whoever quotes in earnest must not pay for it.
      who: { ...who, member: null, name: cx.text('quotedBy', { name: who.name }) },
      text: quoted,
      reason: inQuote,
      isKnown: () =>
        wasHeard(quoted, group, cx) || latest(cx, (one) => one.print === print(quoted) && !isAsking(one)) !== undefined,
    },
  ]
  for (const { who, text, reason, isKnown } of places) {
    if (text === '') continue
    const opinion = judgement({ text, kind: 'text', from, group }, noCircumstances, cx)
    if (opinion.zone === 'sure' && !isKnown()) ask(who, text, { ...opinion, signals: [reason, ...opinion.signals] }, cx)
  }
}

/** Judges a text as this group's settings and lessons would have it. */
export function judgement(
  said: Pick<Said, 'text' | 'kind' | 'from' | 'group' | 'link'>,
  before: Pick<Before, 'newcomer' | 'repeats'>,
  cx: Cx,
): Opinion {
  const { prepared, config, members } = cx
  const { kind, from, group } = said
  const text = group === null ? said.text : withoutWelcome(said.text, group, cx)
  if (text === '' && said.link === undefined && kind !== 'card' && kind !== 'miniProgram')
    return { zone: 'clean', kind: 'ad', score: 0, probability: 0, signals: [], dryRun: false }
  const message = {
    text: kind === 'text' ? text : '',
    titles: kind === 'text' ? [] : [kind === 'file' ? text.replace(extension, '') : text],
    links: said.link === undefined ? [] : [said.link],
    nickname: members.name(from),
    groupNickname: group === null ? '' : members.name(from, group),
    newcomer: before.newcomer,
    repeats: before.repeats,
  }
  const found = signals(prepared.watch, message, taught(cx))
  const judged = judge(found)
  const proven: Zone = judge(found.filter(({ name }) => !prepared.onTrial.has(name))).zone
  const dryRun = config.dryRun.includes('ads') || (judged.zone === 'sure' && proven !== 'sure')
  const isUnread = before.newcomer && (kind === 'card' || kind === 'miniProgram')
  if (isUnread && judged.zone === 'clean') return { ...judged, zone: 'unsure', signals: [unreadable, ...found], dryRun }
  return { ...judged, dryRun }
}

/** Every picture of somebody without a role is looked into, after it has gone its way. */
export function lookInto({ kind, id, from, group }: Said, { house, lookup }: Cx): Effect | undefined {
  if (kind !== 'picture' || group === null || house.rights.roleOf(from) !== 'member') return undefined
  return lookup({ what: 'qr', query: { message: id, group, from } })
}

/** What a QR code says is judged as if it were written; of newcomers, an address elsewhere is always asked about. */
export function pictureRead({ what, query, answer: codes }: Found, community: Cx): readonly Effect[] | undefined {
  if (what !== 'qr' || codes.length === 0) return undefined
  const answer = codes.join('\n')
  const { from, group } = query
  const cx = community.inGroup(group)
  if (!cx.group || cx.tables.quarantine.get(from)) return undefined
  const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(answer)
  const said = { text: answer, kind: 'text' as const, from, group, ...(isAddress ? { link: answer } : {}) }
  const newcomer = isNewcomer(from, group, cx)
  const opinion = judgement(said, { newcomer, repeats: 0 }, cx)
  const reasons = [inPicture, ...opinion.signals]
  if (opinion.zone === 'sure') return hit('ad', said, group, { ...opinion, signals: reasons }, cx)
  const isElsewhere = opinion.signals.some(({ name }) => name === 'link')
  if (opinion.zone === 'unsure' || (newcomer && isElsewhere))
    ask(whoOf(from, group, cx), answer, { ...opinion, signals: reasons }, cx)
  return undefined
}

function hit(
  kind: 'ad' | 'flood',
  { from, text }: Pick<Said, 'from' | 'text'>,
  group: GroupId,
  opinion: Opinion,
  cx: Cx,
): readonly Effect[] | undefined {
  const burst = burstOf(from, cx)
  // Who is not punished anyway is not told, nor told about, every half minute.
  const same =
    burst ??
    latestOf(
      from,
      cx,
      ({ held, last, state }) =>
        (held === 'trusted' || held === 'identity') && state !== 'undone' && cx.now - last < ASK_AGAIN,
    )
  const isDecided = same !== undefined && (same.one.step !== 'ask' || same.one.held !== null)
  if (isDecided) {
    keep(same.number, grown(same.one, group, cx), cx)
    return same.one.dryRun || same.one.step === 'ask' ? undefined : []
  }
  const facts = factsOf(kind, text, opinion)
  // What was only doubtful a moment ago is the same case, now with a reason to act.
  const { number, one } =
    burst && kind === 'ad'
      ? { number: burst.number, one: { ...grown(burst.one, group, cx), ...facts, ...wordsOf(text) } }
      : open({ ...facts, member: from, name: cx.members.name(from, group), groups: [group] }, cx)
  const done = punish(number, one, cx, 'filter')
  keep(number, done.one, cx, true)
  const isPunished = !one.dryRun && done.one.step !== 'ask'
  return isPunished ? done.effects : undefined
}

function ask(who: Pick<Case, 'member' | 'name'> & { group: GroupId }, text: string, opinion: Opinion, cx: Cx) {
  const { member, name, group } = who
  // A human who has not answered yet is not asked again: neither about this person, nor about the same words of others.
  const words = print(text)
  const isSame = (one: Case): boolean =>
    (member !== null && one.member === member && cx.now - one.last < ASK_AGAIN) ||
    (one.print === words && cx.now - one.last < HOUR)
  const waiting = (member && burstOf(member, cx)) ?? latest(cx, (one) => isAsking(one) && isSame(one))
  if (waiting) keep(waiting.number, grown(waiting.one, group, cx), cx)
  else open({ ...factsOf('ad', text, opinion), member, name, groups: [group] }, cx)
}

function factsOf(kind: Case['kind'], text: string, { probability, signals, dryRun }: Opinion) {
  return kind === 'flood' ? { kind, text, dryRun } : { kind, text, dryRun, probability, signals: [...signals] }
}

function whoOf(member: MemberId, group: GroupId, { members }: Cx) {
  return { member, name: members.name(member, group), group }
}

function grown(one: Case, group: GroupId, { now }: Cx): Case {
  const groups = [...one.groups.filter((other) => other !== group), group]
  return { ...one, last: now, messages: one.messages + 1, groups }
}

/** What somebody in quarantine may still say: his appeal, and the question for his record. */
function isPlea({ text, kind }: Said, { word }: Cx): boolean {
  const typed = canonical(text)
  return kind === 'text' && (typed.startsWith(canonical(word('appeal'))) || typed === canonical(word('record')))
}

/** An appeal may repeat what it is about; but only once, or every advertisement would begin with that word. */
function isFirstPlea(said: Said, cx: Cx): boolean {
  return (
    isPlea(said, cx) &&
    latestOf(said.from, cx, ({ state, appeal }) => state !== 'undone' && appeal === null) !== undefined
  )
}
