// Taking part: by the kind's word, by a bare answer, by an activity's own word, or by whatever else a kind listens to.
import type { Effect, Reply } from '../core/types/effect.ts'
import type { Said } from '../core/types/event.ts'
import type { SaidWord } from '../core/feature/words.ts'
import { canonical, withoutEnd } from '../core/lib/text.ts'
import { dayAndClock } from '../core/lib/time.ts'
import type { Refusal } from '../core/types/refusal.ts'
import { nameOf, refusalOf } from './conditions.ts'
import type { AnyKind, By, Taken } from './kind.ts'
import { close, openQuietly, showBoardSoon, takeOut, wordFor } from './lifecycle.ts'
import { allLives, change, entriesOf, isOpen, liveOf, openIn, type Cx, type GroupCx, type Live } from './records.ts'

/** A text behind a word that is longer and means nothing to an activity is talk. */
const LONGEST_TRY = 8

/** `41`, `#41 2`, `第1号`: a number, and what stands behind it. */
const numbered = /^[#＃]?(?:第 ?)?(\d{1,9})(?:(?:号|(?<=第 ?\d{1,9})个)[\s:：,，]*|[\s:：,，]+|$)(.*)$/su

/** `投票`, `投票 2`, `投票 41 2`, `抽奖 1号`: the one that is named, else the latest that it means something to. */
export function byWord(kind: AnyKind, said: SaidWord, cx: Cx): Reply {
  const called = kind.called[cx.language]
  if (!cx.group) return cx.hint('actOnlyInGroup', { called })
  const { group } = cx
  const [, digits, behind] = numbered.exec(said.asTyped.trim()) ?? numbered.exec(said.object) ?? []
  const named = digits === undefined ? undefined : liveOf(Number(digits), cx)
  if (named?.groups.includes(cx.group.id)) {
    if (!isOpen(named, cx)) return notOpen(kind, named, cx)
    return takeIn(kind, [named], said, behind ?? '', cx) ?? how(kind, [named], cx)
  }
  const open = openIn(cx.group.id, cx)
  const late = allLives(cx).find(({ phase, groups }) => phase === 'open' && groups.includes(group.id))
  if (open.length === 0 && late && said.rest === '') return notOpen(kind, late, cx)
  if (open.length === 0) return said.isSure && !kind.isCommonWord ? cx.hint('actNone', { called }) : undefined
  const common = open.filter(({ terms }) => terms.word === null)
  if (said.rest === '' && open.length > 1) return how(kind, open, cx)
  const taken = takeIn(kind, common, said, said.asTyped, cx) ?? takeIn(kind, common, said, said.object, cx)
  if (taken || !said.isSure) return taken
  const isTry = kind.line?.things === 'plain' && [...said.asTyped].length <= LONGEST_TRY
  return isTry || said.rest === '' ? how(kind, open, cx) : undefined
}

/** Why nobody can take part in one. */
export function notOpen(kind: AnyKind, live: Live, cx: Cx): Refusal {
  const vars = { name: nameOf(kind, live, cx), no: live.no }
  return live.phase === 'planned' && live.opensAt !== null
    ? cx.refuse('actNotYet', { ...vars, at: dayAndClock(live.opensAt, cx.timezone) })
    : cx.refuse('actOver', vars)
}

/** How to take part in what is open, for who typed the word alone or something that fits none of it. */
function how(kind: AnyKind, open: readonly Live[], cx: GroupCx): Effect {
  const lines = open.map((live) =>
    cx.text('actHow', {
      name: nameOf(kind, live, cx),
      no: live.no,
      how: kind.how(live, wordFor(kind, live, cx), cx as never),
    }),
  )
  return cx.replyText(lines.join('\n'))
}

/** A bare answer to an activity. */
export function byAnswer(kind: AnyKind, said: Said & { key: string }, cx: Cx): Reply {
  const live = liveOf(Number(said.key), cx)
  return cx.group && live && isOpen(live, cx) ? takeIn(kind, [live], said, said.text, cx) : undefined
}

/** What is said in the group besides: an activity's own word, or what the kind listens to. */
export function byHearing(kind: AnyKind, said: Said, cx: Cx): Reply {
  if (!cx.group || said.kind !== 'text') return
  const there = cx
  const typed = withoutEnd(canonical(said.text))
  for (const live of openIn(there.group.id, there)) {
    const word = live.terms.word === null ? undefined : canonical(live.terms.word)
    const own =
      word !== undefined && typed.startsWith(word)
        ? takeIn(kind, [live], said, typed.slice(word.length).trim(), there)
        : undefined
    const reply = own ?? (kind.hear && hear(kind, said, live, there))
    if (reply) return reply
  }
  const begun = kind.begun?.(said, there as never)
  return begun && hear(kind, said, openQuietly(begun, there), there)
}

function hear(kind: AnyKind, said: Said, live: Live, cx: GroupCx): Reply {
  const by = byOf(live, said, cx)
  const taken = kind.hear?.(said, by, live, cx as never, () => entriesOf(live, cx, kind))
  return settle(kind, live, by, taken, cx)
}

/** The first of some activities to which a text means something takes it. */
function takeIn(kind: AnyKind, lives: readonly Live[], said: Said, typed: string, cx: GroupCx): Reply {
  for (const live of lives) {
    const by = byOf(live, said, cx)
    const taken = kind.take(typed, by, live, cx as never, () => entriesOf(live, cx, kind))
    const reply = settle(kind, live, by, taken, cx)
    if (reply) return reply
  }
  return undefined
}

function byOf(live: Live, { from }: Said, cx: GroupCx): By<unknown> {
  const before = cx.tables.entries.get(`${live.no}/${from}`)
  return { member: from, name: cx.members.name(from, cx.group.id), group: cx.group.id, before: before?.value }
}

function settle(kind: AnyKind, live: Live, by: By<unknown>, taken: Taken<unknown> | undefined, cx: GroupCx): Reply {
  if (!taken) return undefined
  if ('refused' in taken) return taken.refused ?? []
  if ('leaves' in taken) return leave(kind, live, by, cx)
  if ('entries' in taken) {
    for (const { who, name, value } of taken.entries) {
      if (value === null) takeOut(kind, live, who, cx as never)
      else enter(live, who, value, cx, { name })
    }
    return taken.told
  }
  const refusal = refusalOf(kind, live, by.member, cx)
  if (refusal) return refusal
  const { cost = 0, value, said } = taken
  const why = cx.text('actWhyEntry', { called: kind.called[cx.language], no: live.no })
  if (cost > 0 && !cx.ledger.spend(by.member, cost, why))
    return cx.reply('actPoor', { who: by.name, cost, points: cx.ledger.balance(by.member) })
  const entered = live.entered ? live : change(live, { entered: true }, cx)
  enter(entered, by.member, value, cx, { paid: kind.isFinal ? 0 : cost })
  showBoardSoon(kind, entered, cx as never)
  const told = cx.say({ group: by.group }, typeof said === 'string' ? said : said(), {
    priority: 'reply',
    merge: `${kind.name}-${live.no}`,
  })
  return isFull(kind, entered, by, cx) ? [told, ...close(kind, entered, cx as never)] : [told]
}

function isFull(kind: AnyKind, live: Live, { before }: By<unknown>, cx: GroupCx): boolean {
  const isCounted = live.terms.full !== null && before === undefined
  if (!isCounted && !kind.isFull) return false
  const entries = entriesOf(live, cx, kind)
  return (isCounted && entries.length >= (live.terms.full ?? 0)) || kind.isFull?.(live, entries) === true
}

/** Writes an entry down. @param who a member, or `=` and a name @param more a name to show, and points that were paid now */
export function enter(
  live: Live,
  who: string,
  value: unknown,
  cx: GroupCx,
  more: { name?: string | null; paid?: number } = {},
): void {
  const { tables, now, group } = cx
  const key = `${live.no}/${who}`
  const before = tables.entries.get(key)
  const orders = [...tables.entries.entries(String(live.no))].map(([, { order }]) => order)
  tables.entries.set(key, {
    group: before?.group ?? group.id,
    at: before?.at ?? now,
    order: before?.order ?? Math.max(0, ...orders) + 1,
    name: more.name ?? null,
    paid: (before?.paid ?? 0) + (more.paid ?? 0),
    value,
  })
}

/** Somebody does not take part any more. */
export function leave(
  kind: AnyKind,
  live: Live,
  { member, name, group }: Pick<By<unknown>, 'member' | 'name' | 'group'>,
  cx: GroupCx,
): Reply {
  const back = takeOut(kind, live, member, cx as never)
  if (back === undefined) return cx.refuse('actNotIn', { who: name, no: live.no })
  showBoardSoon(kind, live, cx as never)
  const vars = { who: name, name: nameOf(kind, live, cx), no: live.no, back: backText(back, cx) }
  return cx.say({ group }, cx.text('actLeft', vars), { priority: 'reply', merge: `${kind.name}-${live.no}` })
}

/** `，退回 10 分` */
export function backText(points: number, { text }: Pick<Cx, 'text'>): string {
  return points > 0 ? text('actBack', { points }) : ''
}
