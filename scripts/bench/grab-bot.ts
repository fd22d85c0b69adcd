// The benchmarks' bot that also tells of each message how many milliseconds its decision and its way to the disk took.
import type { Decision } from '../../src/store/store.ts'
import { bot, store } from './quanzi-bot.ts'

const { engine } = bot
const decide = engine.decide.bind(engine)
const commit = store.commit.bind(store)
let begun = 0
/** How often each text was saved. */
const counts = new Map<string, number>()

engine.decide = (...asked) => {
  begun = performance.now()
  return decide(...asked)
}
store.commit = async (decision: Decision) => {
  const since = begun
  await commit(decision)
  const { event } = decision
  const ms = performance.now() - since
  if (event.type !== 'said') return
  const count = (counts.get(event.text) ?? 0) + 1
  counts.set(event.text, count)
  process.stdout.write(`saved ${event.text} ${count} ${event.id} ${ms}\n`)
}
