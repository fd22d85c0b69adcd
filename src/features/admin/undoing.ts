// Taking an entry of the journal back: what hangs on it is shown first, what cannot be taken back is named, and who read it in public reads that it was.
import { houseOf, type Hanging, type Undone } from '../../core/feature/house.ts'
import { Planned, type Effect, type Reply } from '../../core/types/effect.ts'
import type { Entry } from '../../core/types/event.ts'
import type { GroupId } from '../../core/types/ids.ts'
import { clock } from '../../core/lib/time.ts'
import { entryLine } from './entries.ts'
import type { AdminContext } from './parts.ts'

/** Most dependent entries that are shown. */
const SHOWN = 8

type Answer = Entry & { later?: readonly Entry[] }

/** Takes an entry back, or asks what becomes of what hangs on it. */
export function takenBack(entry: Answer, hanging: Hanging | undefined, cx: AdminContext): Reply {
  const { text, replyText, tables, now } = cx
  const house = houseOf(cx)
  const { seq } = entry
  const undone = house.undo(entry, text('undoWhy', { seq }), hanging)
  const activity = activityOf(entry)
  if (!undone.isDone && hanging === 'keep' && activity !== undefined) {
    const done = house.ofNumber('undo', activity)
    if (done) return done
  }
  if (!undone.isDone)
    return replyText(undone.hanging.length > 0 ? asked(entry, undone, cx) : refused(entry, undone, cx))
  const did = [...pointLines(undone, cx), ...recordLines(undone, cx), ...usedLines(undone, entry, cx)]
  if (undone.points.length === 0 && undone.restored === 0) return replyText(text('undoNothing', { seq }))
  const all = [entry, ...undone.hanging]
  for (const entry of all) tables.undone.set(String(entry.seq), { at: now })
  const others = undone.hanging.map((entry) => `L${entry.seq}`).join(text('comma'))
  const also = others === '' ? '' : text('undoneAlso', { others })
  return [replyText(text('undone', { seq, what: did.join(text('and')) }) + also), ...inPublic(all, undone, cx)]
}

/** What would be taken back with it, and how to say so. */
function asked(entry: Entry, undone: Undone, cx: AdminContext): string {
  const { text } = cx
  const { seq } = entry
  // What others have changed since can only stay where the feature itself can end what it opened.
  const isHeld = undone.conflicts.length > 0 || undone.orphans.length > 0
  const canKeep = !isHeld || activityOf(entry) !== undefined
  const lines = undone.hanging.slice(0, SHOWN).map((entry) => entryLine(entry, cx))
  const more = undone.hanging.length > SHOWN ? [text('undoAskMore', { count: undone.hanging.length - SHOWN })] : []
  return [text('undoAsk', { seq }), ...lines, ...more, text(canKeep ? 'undoAskHow' : 'undoAskAll', { seq })].join('\n')
}

function refused(entry: Answer, undone: Undone, cx: AdminContext): string {
  const used = usedLines(undone, entry, cx)
  if (used.length > 0) return cx.text('undoUsed', { seq: entry.seq, what: used.join(cx.text('and')) })
  const blocked = new Set(undone.conflicts.map(({ table, key }) => `${table} ${key}`))
  const [last] = (entry.later ?? []).filter(({ changes }) =>
    changes.some(({ table, key }) => blocked.has(`${table} ${key}`)),
  )
  return last
    ? cx.text('undoConflict', { seq: entry.seq, later: `L${last.seq}` })
    : cx.text('undoTooOld', { seq: entry.seq })
}

function pointLines({ points }: Undone, { members, text }: AdminContext): string[] {
  return points.flatMap(({ member, booked, short }) => {
    const name = members.name(member)
    const change = booked === 0 ? [] : [text('undonePoints', { name, change: signed(booked) })]
    return short > 0 ? [...change, text('undoneShort', { name, short })] : change
  })
}

function recordLines({ restored, taken }: Undone, { members, text }: AdminContext): string[] {
  const coupons = taken.map(({ member, kind }) => text('couponGone', { who: members.name(member), kind }))
  return restored > 0 ? [...coupons, text('undoneRecords', { count: restored })] : coupons
}

/** Coupons that are used, with the entry in which they were. */
function usedLines({ used }: Undone, { later = [] }: Answer, { members, text }: AdminContext): string[] {
  return used.map(({ code, member, kind }) => {
    const redemption = later.find(({ changes }) =>
      changes.some(({ table, before, after }) => {
        const [was, is] = [before, after] as ({ code: string; used: unknown } | null)[]
        return table === 'ledger.coupons' && is?.code === code && was?.used === null && is.used !== null
      }),
    )
    const by = redemption ? text('undoneUsedBy', { seq: redemption.seq }) : ''
    return text('undoneUsed', { name: members.name(member), kind, by })
  })
}

/** Where the beginning of a line ends that is quoted back. */
const clauseEnd = /[，。：；！？\n「]|[,:;!?.](?= )/u
const LINE_SHOWN = 24

/** One line to each group that had read of it. */
function inPublic(entries: readonly Entry[], { points, taken }: Undone, cx: AdminContext): Effect[] {
  const { members, text, timezone, say } = cx
  const [first] = entries
  const what = (group: GroupId) => [
    ...points
      .filter(({ booked }) => booked !== 0)
      .map(({ member, booked }) => text('undonePoints', { name: members.name(member, group), change: signed(booked) })),
    ...taken.map(({ member, kind }) => text('couponGone', { who: members.name(member, group), kind })),
  ]
  const told = new Map(entries.flatMap(groupsTold).reverse())
  return [...told]
    .filter(([group]) => members.group(group))
    .map(([group, line]) => {
      const did = what(group).slice(0, SHOWN).join(text('and'))
      const when = clock(first?.at ?? cx.now, timezone)
      const said = did === '' ? text('publicVoid', { when, line }) : text('publicUndone', { when, what: did })
      return say({ group }, said, { priority: 'reply' })
    })
}

/** The groups in which an entry had the bot say something, and how that began: `🎲 抽奖 #1 开始`. */
function groupsTold({ changes }: Entry): [group: GroupId, line: string][] {
  return changes.flatMap(({ table, after }) => {
    const effect = table === 'outbox.effects' && after !== null ? Planned.parse(after).effect : undefined
    return effect?.type === 'say' && effect.to !== 'control' && 'group' in effect.to
      ? [[effect.to.group, [...(effect.text.split(clauseEnd)[0] ?? '')].slice(0, LINE_SHOWN).join('').trim()]]
      : []
  })
}

/** The number of the activity that an entry opened. */
function activityOf({ changes }: Entry): number | undefined {
  const opened = changes.find(({ table, before }) => table.endsWith('.activities') && before === null)
  return opened && Number(opened.key)
}

function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points)
}
