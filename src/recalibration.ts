// Finds the answer library's levels from what the groups really said in the last days, a few texts at a time, so that nobody waits for it.
import type { Settings } from './core/feature/settings.ts'
import type { CalibrationAnswer } from './core/types/event.ts'
import type { Prepared } from './features/faq/care.ts'
import { shareOf, type Config } from './features/faq/entry.ts'
import { calibratingOn } from './features/faq/levels.ts'
import type { KeptMessage } from './messages/archive.ts'

/** Fewer messages say less about ordinary chat than the shipped background does. */
const fewest = 300
/** Only the newest are looked at. */
const most = 20_000
/** Longer messages are no questions, and the library does not look at them. */
const longest = 300
/** Texts between two rests: a few milliseconds, also in a large library. */
const TURN = 10
/** Said to somebody: no ordinary chat. */
const toSomebody = /^\s*[@＠]/

/**
 * @param days kept messages, oldest day first
 * @param settings those of the moment: what is found for others is of no use
 * @param rest lets others have their turn
 */
export async function recalibrate(
  days: AsyncIterable<readonly KeptMessage[]>,
  settings: () => Settings,
  rest: () => Promise<void>,
): Promise<CalibrationAnswer> {
  let said: string[] = []
  let counted = 0
  for await (const day of days) {
    const texts = day.flatMap(({ kind, text, addressed = false }) =>
      kind === 'text' && !addressed && text.length <= longest && !toSomebody.test(text) ? text : [],
    )
    counted += Number(texts.length > 0)
    said = [...said, ...texts].slice(-most)
  }
  const { config, prepared } = settings().feature('faq', null)
  if (said.length < fewest || prepared === undefined) return { outcome: 'none' }
  // The feature's own schema and `prepare` made them.
  const { eager } = config as Config
  const steps = calibratingOn((prepared as Prepared).library, said, shareOf(eager))
  for (let n = 1; ; n += 1) {
    const step = steps.next()
    if (settings().feature('faq', null).prepared !== prepared) return { outcome: 'none' }
    if (step.done) return { outcome: 'done', ...step.value, messages: said.length, days: counted }
    if (n % TURN === 0) await rest()
  }
}
