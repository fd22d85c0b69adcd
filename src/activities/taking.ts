// Taking part: by the kind's word, by a bare answer, by an activity's own word, or by whatever else a kind listens to.
import type { Reply } from '../core/types/effect.ts'
import type { Said } from '../core/types/event.ts'
import type { SaidWord } from '../core/feature/words.ts'
import { nameOf, refusalOf } from './conditions.ts'
import type { AnyKind, By, Taken } from './kind.ts'
import { close, openQuietly, showBoardSoon, takeOut, wordFor } from './lifecycle.ts'
import { entriesOf, liveOf, openIn, type Cx, type GroupCx, type Live } from './records.ts'

/** A text behind a word that is longer and means nothing to an activity is talk. */
const LONGEST_TRY = 8

/** `投票`, `投票 2`, `投票 41 2`: the one that is named, or the latest that it means something to. */
export function byWord(kind: AnyKind, said: SaidWord, cx: Cx): Reply {
  const called = kind.called[cx.language]
  if (!cx.group) return cx.refuse('actOnlyInGroup', { called })
  const there = cx
  const open = openIn(there.group.id, there)
  const [, digits, behind] = /^[#＃]?(\d{1,9})(?:[\s:：,，]+(.*))?$/su.exec(said.asTyped) ?? []
  const named = digits === undefined ? undefined : liveOf(Number(digits), there)
  if (named?.groups.includes(there.group.id)) {
    if (named.phase !== 'open') return there.refuse('actOver', { name: nameOf(kind, named, there), no: named.no })
    return takeIn(kind, [named], said, behind ?? '', there) ?? how(kind, [named], there)
  }
  if (open.length === 0) return said.isSure ? there.refuse('actNone', { called }) : undefined
  const taken = takeIn(kind, open, said, said.asTyped, there)
  if (taken || !said.isSure) return taken
  return [...said.asTyped].length <= LONGEST_TRY ? how(kind, open, there) : undefined
}

/** How to take part in what is open, for who typed the word alone or something that fits none of it. */
function how(kind: AnyKind, open: readonly Live[], cx: GroupCx): Reply {
  const lines = open.map((live) =>
    cx.text('actHow', {
      name: nameOf(kind, live, cx),
      no: live.no,
      how: kind.how(live, wordFor(kind, live, cx), cx as never),
    }),
  )
  return cx.replyText(lines.join('\n'))
}

/** A bare answer to an activity, or its own word. */
export function byAnswer(kind: AnyKind, said: Said & { key: string }, typed: string, cx: Cx): Reply {
  const live = liveOf(Number(said.key), cx)
  if (!cx.group || live?.phase !== 'open') return
  return takeIn(kind, [live], said, typed, cx)
}

/** What is said in the group besides. */
export function byHearing(kind: AnyKind, said: Said, cx: Cx): Reply {
  if (!cx.group || !kind.hear || said.kind !== 'text') return
  const there = cx
  for (const live of openIn(there.group.id, there)) {
    const reply = byHearingOf(kind, said, live, there)
    if (reply) return reply
  }
  const begun = kind.begun?.(said, there as never)
  return begun && byHearingOf(kind, said, openQuietly(begun, there), there)
}

function byHearingOf(kind: AnyKind, said: Said, live: Live, cx: GroupCx): Reply {
  const by = byOf(live, said, cx)
  return settle(
    kind,
    live,
    by,
    kind.hear?.(said, by, live, cx as never, () => entriesOf(live, cx)),
    cx,
  )
}

/** The first of some activities to which a text means something takes it. */
function takeIn(kind: AnyKind, lives: readonly Live[], said: Said, typed: string, cx: GroupCx): Reply {
  for (const live of lives) {
    const by = byOf(live, said, cx)
    const reply = settle(
      kind,
      live,
      by,
      kind.take(typed, by, live, cx as never, () => entriesOf(live, cx)),
      cx,
    )
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
  if ('refused' in taken) return taken.refused
  if ('leaves' in taken) return leave(kind, live, by, cx)
  if ('entries' in taken) {
    for (const { who, name, value } of taken.entries) {
      if (value === null) takeOut(live, who, cx)
      else enter(live, who, value, cx, name)
    }
    return taken.told
  }
  const refusal = refusalOf(kind, live, by.member, cx)
  if (refusal) return refusal
  enter(live, by.member, taken.value, cx)
  showBoardSoon(live, cx)
  const told = cx.say({ group: by.group }, taken.said, { priority: 'reply', merge: `activity-${live.no}` })
  const isFull = live.terms.full !== null && by.before === undefined && entriesOf(live, cx).length >= live.terms.full
  return isFull ? [told, ...close(kind, live, cx as never)] : [told]
}

/** Writes an entry down. @param who a member, or `=` and a name */
export function enter(live: Live, who: string, value: unknown, cx: GroupCx, name: string | null = null): void {
  const { tables, now, group } = cx
  const key = `${live.no}/${who}`
  const before = tables.entries.get(key)
  const orders = [...tables.entries.entries(String(live.no))].map(([, { order }]) => order)
  const order = before?.order ?? Math.max(0, ...orders) + 1
  tables.entries.set(key, { group: before?.group ?? group.id, at: before?.at ?? now, order, name, value })
}

/** Somebody does not take part any more. */
export function leave(
  kind: AnyKind,
  live: Live,
  { member, name, group }: Pick<By<unknown>, 'member' | 'name' | 'group'>,
  cx: GroupCx,
): Reply {
  if (!takeOut(live, member, cx)) return cx.refuse('actNotIn', { who: name, no: live.no })
  showBoardSoon(live, cx)
  const text = cx.text('actLeft', { who: name, name: nameOf(kind, live, cx), no: live.no })
  return cx.say({ group }, text, { priority: 'reply', merge: `activity-${live.no}` })
}
