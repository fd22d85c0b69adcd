// `/rehearse`: what today's rules, or those of a draft, would have made of the messages of the last days.
import type { Effect } from '../../core/types/effect.ts'
import type { RehearsalAnswer, RehearsedMessage } from '../../core/types/event.ts'
import { excerpt } from './cards.ts'
import type { Cx } from './records.ts'

const SHOWN_TEXT = 24
const SHOWN_CHANGES = 10

/** Asks for it; it takes a while, outside. */
export function rehearse(draft: string | null, cx: Cx): Effect[] {
  return [cx.reply('rehearsing', { file: draft ?? 'order.yaml' }), cx.lookup({ what: 'rehearsal', query: { draft } })]
}

/** Tells the admins what came of it. */
export function rehearsed(answer: RehearsalAnswer, cx: Cx): Effect {
  const { text, say } = cx
  const told = (lines: readonly string[]) => say('control', lines.join('\n'), { priority: 'admin' })
  if (answer.outcome === 'refused') return told([text('rehearseRefused', { problems: answer.problems })])
  if (answer.outcome === 'none') return told([text('rehearseNone')])
  const { draft, days, messages, now, then, nearest, changed } = answer
  const counts = then ?? now
  const line = (one: RehearsedMessage) => {
    const vars = { score: one.score.toFixed(2), text: excerpt(one.text, SHOWN_TEXT), name: one.name }
    if (one.before === undefined) return text('rehearseLine', { ...vars, did: text(`did_${one.did}`) })
    return text('rehearseChange', { ...vars, before: text(`did_${one.before}`), did: text(`did_${one.did}`) })
  }
  const difference =
    then === undefined
      ? []
      : changed.length === 0
        ? [text('rehearseSame')]
        : [
            text('rehearseDiffers', { count: changed.length, ...delta(now, then) }),
            ...changed.slice(0, SHOWN_CHANGES).map(line),
            ...(changed.length > SHOWN_CHANGES ? [text('digestMore', { count: changed.length - SHOWN_CHANGES })] : []),
          ]
  return told([
    text(draft === null ? 'rehearsed' : 'rehearsedDraft', { days, messages, file: draft ?? '' }),
    text('rehearseCounts', { ...counts }),
    ...(nearest.length > 0 ? ['', text('rehearseNearest'), ...nearest.map(line)] : []),
    ...(difference.length > 0 ? ['', ...difference] : []),
  ])
}

function delta(now: Record<string, number>, then: Record<string, number>) {
  const signed = (key: string) => {
    const by = (then[key] ?? 0) - (now[key] ?? 0)
    return by > 0 ? `+${by}` : String(by)
  }
  return { cases: signed('cases'), asked: signed('asked'), removed: signed('remove') }
}
