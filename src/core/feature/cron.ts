// Cron expressions as features see them: read elsewhere, by the one place that knows the library, into plain days and clock times.
import type { Refusal } from '../types/refusal.ts'
import type { DayKey } from '../lib/time.ts'

/** What a cron expression of five fields means, whatever the time zone. */
export interface Cron {
  /** `HH:MM` in order. */
  clocks: readonly string[]
  /** Whether it fires on a day. */
  on(day: DayKey): boolean
}

/** @returns why the expression cannot be used when it cannot */
export type ReadCron = (expression: string) => Cron | Refusal
