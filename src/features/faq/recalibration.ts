// When the library is calibrated again with what the groups said: after its settings changed, and every night. Until the answer is
// there, and where too little is kept, the levels found with the shipped background of ordinary chat hold.
import type { Effect } from '../../core/types/effect.ts'
import type { CalibrationAnswer } from '../../core/types/event.ts'
import { nextAt } from '../../core/lib/time.ts'
import type { Calibration } from './levels.ts'
import type { FaqContext } from './state.ts'

const nightly = '04:10'

/** What the levels rest on; undefined: on the shipped background. */
interface Basis {
  readonly messages: number
  readonly days: number
}

/** The levels that hold, and what they were found from. */
export function calibrationOf(cx: FaqContext): Calibration & { basis?: Basis } {
  const found = cx.tables.noteLevels.get('kept')
  if (found?.of !== settingsKey(cx)) return cx.prepared.calibration
  const { messages, days } = found
  return { ...found, basis: { messages, days } }
}

/** The next night's calibration, and one now when the settings are others than the last were found for. */
export function planCalibration(cx: FaqContext): Effect | undefined {
  const { now, timezone, wake, tables } = cx
  wake(nextAt(now, nightly, timezone), 'calibration', 'nightly')
  return tables.noteLevels.get('kept')?.of === settingsKey(cx) ? undefined : askCalibration(cx)
}

export function askCalibration(cx: FaqContext): Effect {
  return cx.lookup({ what: 'calibration', query: null })
}

export function calibrated(answer: CalibrationAnswer, cx: FaqContext): void {
  if (answer.outcome === 'none') return void cx.tables.noteLevels.delete('kept')
  const { outcome: _, ...found } = answer
  cx.tables.noteLevels.set('kept', { ...found, of: settingsKey(cx), at: cx.now })
}

/** Differs when the library or what is asked of it does: the figures of its own calibration change with every wording. */
function settingsKey({ prepared, config }: FaqContext): string {
  const { levels, asked, answered } = prepared.calibration
  return [config.eager, prepared.placed.length, asked, answered, levels.answer.toFixed(6)].join(' ')
}
