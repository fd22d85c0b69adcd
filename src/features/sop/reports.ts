// What admins are told about posts that did not go out, repeated until it has surely reached them; and what became of messages.
import type { Effect } from '../../core/effect.ts'
import { GroupId, type Resulted } from '../../core/event.ts'
import type { Cx, Why } from './state.ts'

/** A report is not given up, but not repeated at once either. */
const AGAIN = 10 * 60_000
const FRESH_FOR = 12 * 3_600_000
const PREFIX = 'report '
/** More slots than this are told by post. */
const SHOWN = 12

/** A slot that did not go out as planned. */
export interface Trouble {
  post: string
  group: GroupId
  when: string
  why: Why
}

/** Tells all of them in one message, with the commands that help. */
export function report(troubles: readonly Trouble[], cx: Cx): Effect[] {
  if (troubles.length === 0) return []
  const { text } = cx
  const inFull = troubles.length <= SHOWN
  const byPost = new Map<string, Trouble[]>()
  for (const trouble of troubles) {
    const key = `${trouble.post} ${trouble.why} ${inFull ? trouble.when : ''}`
    byPost.set(key, [...(byPost.get(key) ?? []), trouble])
  }
  const lines = [...byPost.values()].map((same) => line(same, inFull, cx))
  const first = troubles[0]
  const id = `${first?.group} ${first?.post} ${first?.when} ${first?.why} ${cx.now}`
  const full = [text('notSent'), ...lines].join('\n')
  cx.tables.noteReports.set(id, { text: full })
  return [tell(id, full, cx)]
}

function line(same: readonly Trouble[], inFull: boolean, { text, members }: Cx): string {
  const [first] = same
  if (!first) return ''
  const { post, why } = first
  const groups = [...new Set(same.map(({ group }) => group))]
  const names = groups.map((group) => members.group(group)?.name ?? group)
  const whens = [...new Set(same.map(({ when }) => when))]
  const where = inFull || names.length <= 3 ? names.join('、') : text('groupCount', { count: names.length })
  const when =
    whens.length === 1
      ? whens.join('')
      : text('whenSpan', { first: whens[0] ?? '', last: whens.at(-1) ?? '', count: same.length })
  const target = groups.length === 1 ? ` ${groups[0]}` : ''
  return text('notSentLine', { post, when, where, why: text(why), help: help(why, `${post}${target}`, text) })
}

function help(why: Why, target: string, text: Cx['text']): string {
  return text(why === 'ask' ? 'helpAsk' : why === 'uncertain' ? 'helpUncertain' : 'helpNow', { target })
}

function tell(id: string, text: string, { say }: Cx): Effect {
  return say('control', text, { freshFor: FRESH_FOR, ref: `${PREFIX}${id}` })
}

/** Tells a report once more, unless it has arrived. */
export function tellAgain(id: string, cx: Cx): Effect | undefined {
  const waiting = cx.tables.noteReports.get(id)
  return waiting && tell(id, waiting.text, cx)
}

/** What became of a message of a post, or of a report. */
export function onResulted({ outcome, detail }: Resulted, cx: Cx, effect: Effect | undefined): Effect[] {
  const { tables, now } = cx
  const ref = effect && 'ref' in effect ? effect.ref : undefined
  if (ref === undefined) return []
  if (ref.startsWith(PREFIX)) {
    const id = ref.slice(PREFIX.length)
    if (outcome === 'sent') tables.noteReports.delete(id)
    else cx.wake(now + AGAIN, 'tell', id)
    return []
  }
  const slot = tables.noteSlots.get(ref)
  if (!slot) return []
  const left = Math.max(0, slot.left - 1)
  if (outcome === 'sent') {
    tables.noteSlots.set(ref, { ...slot, left, state: slot.state === 'sending' && left === 0 ? 'sent' : slot.state })
    return []
  }
  const state = outcome === 'expired' ? 'missed' : outcome
  tables.noteSlots.set(ref, { ...slot, left, state: slot.state === 'sending' ? state : slot.state })
  // One report a post, whatever became of its other messages.
  if (slot.state !== 'sending') return []
  const isGone = outcome === 'refused' && detail.endsWith('is not there any more')
  const group = GroupId.parse(ref.slice(0, ref.indexOf('/')))
  return report([{ post: slot.post, group, when: slot.when, why: isGone ? 'noFile' : outcome }], cx)
}
