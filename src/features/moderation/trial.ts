// `/ad test`: what the filter thinks of a text, why, and what would happen to whom.
import { nameable } from '../../adfilter/judgement.ts'
import { zones } from '../../adfilter/weights.ts'
import { judgement, noCircumstances } from './judging.ts'
import type { Cx } from './records.ts'

/** Everything about one text: zone, score, every reason with its weight, and what a newcomer and an old member would get. */
export function tryOut(words: string, cx: Cx): string {
  const { text, language, config } = cx
  const content = { text: words, kind: 'text' as const, from: null, group: cx.group?.id ?? null }
  const opinion = judgement(content, noCircumstances, cx, 'always')
  const asNewcomer = judgement(content, { repeats: 0, newcomer: true }, cx, 'always')
  const reasons = opinion.signals.map((signal) =>
    text('tryReason', {
      reason: signal[language],
      quote: signal.quote === undefined ? '' : text('quoted', { text: signal.quote }),
      weight: `${signal.weight >= 0 ? '+' : ''}${signal.weight.toFixed(1)}`,
    }),
  )
  const would = ({ zone, offence, dryRun }: typeof opinion, isNew: boolean): string => {
    if (zone === 'clean') return text('tryNothing')
    if (zone === 'unsure') return text('tryAsk')
    if (offence === 'attack') return text('tryAttack')
    const step = config.steps[0]?.do ?? 'remind'
    const did = text('tryStep', { did: text(step), count: 1, of: config.steps.length })
    const next = isNew
      ? (config.steps[Math.min(3, config.steps.length) - 1]?.do ?? step)
      : (config.steps[1]?.do ?? step)
    return `${dryRun ? text('dryRun', { did }) : did}${text('tryNext', { next: text(next) })}`
  }
  const isNamed = opinion.zone === 'sure' || nameable(opinion.signals).length > 0
  return [
    text('try', {
      zone: text(`zone_${opinion.zone}`),
      score: opinion.score.toFixed(2),
      unsure: zones.unsure.toFixed(2),
      sure: zones.sure.toFixed(2),
    }),
    ...reasons,
    ...(opinion.score >= zones.sure && !isNamed ? [text('tryNameless')] : []),
    text('tryOld', { would: would(opinion, false) }),
    text('tryNew', { would: would(asNewcomer, true) }),
  ].join('\n')
}
