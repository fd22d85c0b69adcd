// How the language model and the embeddings are: what came of the last call, told to the control group when one begins or ceases to fail.
import type { Effect } from '../../core/types/effect.ts'
import type { ModelTrouble } from '../../core/types/event.ts'
import type { Service } from './budgets.ts'
import type { FaqContext } from './state.ts'

/** Troubles that pass by themselves are told when they have come this often in a row. */
const troublesInRow = 3
/** The same trouble is told again after this time (ms). */
const tellAgainAfter = 86_400_000

const lasting: ReadonlySet<ModelTrouble> = new Set(['key', 'money', 'name', 'denied', 'address', 'request'])
/** Troubles whose cure is another one for embeddings. */
const ofItsOwn = {
  name: 'meaning_name',
  request: 'meaning_name',
  garbage: 'meaning_name',
  late: 'meaning_late',
} as const

/** Keys of `noteModel`. */
const records: Record<Service, string> = { model: 'state', embeddings: 'embeddings' }

export interface Trouble {
  why: ModelTrouble
  status: number | null
}

/** @param trouble undefined: it worked; null: there is none */
export function noteOutcome(service: Service, trouble: Trouble | undefined | null, cx: FaqContext): Effect[] {
  const { tables, now, say, text } = cx
  const key = records[service]
  const before = tables.noteModel.get(key)
  if (trouble === null) {
    if (before) tables.noteModel.delete(key)
    return []
  }
  if (trouble === undefined) {
    // A note that says the same is not written again for each question.
    if (service === 'model' || !before || before.why !== null)
      tables.noteModel.set(key, { why: null, status: null, inRow: 0, at: now, toldAt: null })
    return (before?.toldAt ?? null) === null
      ? []
      : [say('control', text(service === 'model' ? 'modelWorksAgain' : 'meaningWorksAgain'))]
  }
  const { why, status } = trouble
  const isSame = before?.why === why
  const inRow = before === undefined || before.why === null ? 1 : before.inRow + 1
  const toldAt = isSame || !lasting.has(why) ? (before?.toldAt ?? null) : null
  const isTime = toldAt === null ? lasting.has(why) || inRow >= troublesInRow : now - toldAt >= tellAgainAfter
  tables.noteModel.set(key, { why, status, inRow, at: now, toldAt: isTime ? now : toldAt })
  if (!isTime) return []
  return [
    say('control', text(service === 'model' ? 'modelFails' : 'meaningFails', { why: whyText(service, trouble, cx) })),
  ]
}

export function whyText(service: Service, { why, status }: Trouble, { text }: FaqContext): string {
  const own: Partial<Record<ModelTrouble, 'meaning_name' | 'meaning_late'>> = service === 'embeddings' ? ofItsOwn : {}
  return text(own[why] ?? `model_${why}`, { status: status === null ? '' : text('modelStatus', { status }) })
}

/** In a few words. */
export function stateText(service: Service, cx: FaqContext): string {
  const state = cx.tables.noteModel.get(records[service])
  if (!state) return cx.text(service === 'model' ? 'modelNotAsked' : 'meaningNotAsked')
  return state.why === null ? cx.text('modelWorks') : whyText(service, { why: state.why, status: state.status }, cx)
}
