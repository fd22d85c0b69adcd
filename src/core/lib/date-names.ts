// Days as people say them.
import { DateTime } from 'luxon'
import type { Localised } from '../types/localised.ts'
import type { DayKey } from './time.ts'

/** `11月21日` and `周六`, or `21 November` and `Saturday`. */
export function dateNames(day: DayKey, language: keyof Localised): { date: string; weekday: string } {
  const at = DateTime.fromISO(day, { zone: 'utc' }).setLocale(language === 'zh' ? 'zh-CN' : 'en-GB')
  return language === 'zh'
    ? { date: at.toFormat('M月d日'), weekday: at.toFormat('ccc') }
    : { date: at.toFormat('d MMMM'), weekday: at.toFormat('cccc') }
}
