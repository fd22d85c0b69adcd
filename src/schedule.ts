// The one place that knows node-cron: regular housekeeping by the clock.
import cron from 'node-cron'

/** Runs something at every full hour. @returns what ends it */
export function everyHour(run: () => void): () => void {
  const task = cron.schedule('0 * * * *', run)
  return () => void task.destroy()
}
