// What admins are told about posts that did not go out, repeated until it has surely reached them; and what became of messages.
import type { Effect } from '../../core/types/effect.ts'
import { GroupId } from '../../core/types/ids.ts'
import type { Resulted } from '../../core/types/event.ts'
import type { RecordOf } from '../../core/feature/tables.ts'
import type { Cx, sopTables, Why } from './state.ts'

/** After an outage results come in a crowd: they are gathered for one report. */
const GATHER = 20_000
/** A report is not given up, but not repeated at once either. */
const AGAIN = 10 * 60_000
const FRESH_FOR = 12 * 3_600_000
const PREFIX = 'report '
/** Marks what is shown to admins only. */
export const PREVIEW = 'preview'
/** More lines than this are told by post, and more groups by number. */
const SHOWN = { lines: 12, groups: 5 }

/** A slot that did not go out as planned. */
export type Trouble = Omit<RecordOf<(typeof sopTables)['noteTroubles']>, 'told'>

/** Notes what is to be told, under the keys of the slots. */
export function report(troubles: ReadonlyMap<string, Trouble>, { tables, wake, now }: Cx, after = 0) {
  for (const [key, trouble] of troubles) tables.noteTroubles.set(key, { ...trouble, told: null })
  if (troubles.size > 0) wake(now + after, 'tell', '')
}

/** Tells all that was not told yet in one message, with the commands that help. */
export function tell(cx: Cx): Effect | undefined {
  const { tables, now, text, say } = cx
  const untold = [...tables.noteTroubles.entries()].filter(([, { told }]) => told === null)
  if (untold.length === 0) return undefined
  for (const [key, trouble] of untold) tables.noteTroubles.set(key, { ...trouble, told: now })
  const troubles = untold.map(([, trouble]) => trouble)
  const inFull = grouped(troubles, ({ post, why, when }) => `${post} ${why} ${when}`)
  const lines = inFull.length <= SHOWN.lines ? inFull : grouped(troubles, ({ post, why }) => `${post} ${why}`)
  const full = [text('notSent'), ...lines.map((same) => line(same, cx))].join('\n')
  return say('control', full, { freshFor: FRESH_FOR, ref: `${PREFIX}${now}` })
}

function grouped(troubles: readonly Trouble[], by: (trouble: Trouble) => string): (readonly [Trouble, ...Trouble[]])[] {
  const found = new Map<string, [Trouble, ...Trouble[]]>()
  for (const trouble of troubles) {
    const same = found.get(by(trouble))
    if (same) same.push(trouble)
    else found.set(by(trouble), [trouble])
  }
  return [...found.values()]
}

function line(same: readonly [Trouble, ...Trouble[]], { text, members }: Cx): string {
  const { post, why } = same[0]
  const groups = [...new Set(same.map(({ group }) => group))]
  const names = groups.map((group) => members.group(group)?.name ?? group)
  const whens = [...new Set(same.map(({ when }) => when))].sort()
  const count = names.length
  const where = count <= SHOWN.groups ? names.join(text('and')) : text('groupCount', { count })
  const span = { first: whens[0] ?? '', last: whens.at(-1) ?? '', count: same.length }
  const when = whens.length === 1 ? span.first : text('whenSpan', span)
  const target = groups.length === 1 ? `${post} ${groups[0]}` : post
  return text('notSentLine', { post, when, where, why: text(why), help: text(helps[why] ?? 'helpNow', { target }) })
}

const helps: Partial<Record<Why, 'helpAsk' | 'helpUncertain' | 'helpAgain'>> = {
  ask: 'helpAsk',
  uncertain: 'helpUncertain',
  sentEarlier: 'helpAgain',
}

/** What became of a message of a post, or of a report. */
export function onResulted({ outcome, detail }: Resulted, cx: Cx, effect: Effect | undefined): Effect | undefined {
  const { tables, now } = cx
  const ref = effect && 'ref' in effect ? effect.ref : undefined
  if (ref === undefined) return undefined
  const isGone = outcome === 'refused' && detail.endsWith('is not there any more')
  if (ref === PREVIEW) return isGone ? cx.say('control', cx.text('noFile'), { priority: 'admin' }) : undefined
  if (ref.startsWith(PREFIX)) {
    for (const [key, trouble] of tables.noteTroubles.entries()) {
      if (`${PREFIX}${trouble.told}` !== ref) continue
      if (outcome === 'sent') tables.noteTroubles.delete(key)
      else tables.noteTroubles.set(key, { ...trouble, told: null })
    }
    if (outcome !== 'sent') cx.wake(now + AGAIN, 'tell', '')
    return undefined
  }
  const slot = tables.noteSlots.get(ref)
  if (!slot) return undefined
  const left = Math.max(0, slot.left - 1)
  const failed = outcome === 'expired' ? 'missed' : outcome
  const state = outcome === 'sent' && left > 0 ? 'sending' : failed
  tables.noteSlots.set(ref, { ...slot, left, state: slot.state === 'sending' ? state : slot.state })
  // One report a post, whatever became of its other messages.
  if (outcome === 'sent' || slot.state !== 'sending') return undefined
  const group = GroupId.parse(ref.slice(0, ref.indexOf('/')))
  report(new Map([[ref, { post: slot.post, group, when: slot.when, why: isGone ? 'noFile' : outcome }]]), cx, GATHER)
  return undefined
}
