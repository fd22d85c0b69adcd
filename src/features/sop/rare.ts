// Cron expressions that are right and fire on fewer days than their writer most likely means.
import type { Localised } from '../../core/types/localised.ts'

/** What is told of a rare expression; undefined when it is none. @param text minute hour day month weekday */
export function rareTrouble(text: string): Localised | undefined {
  const fields = text.normalize('NFKC').trim().split(/\s+/)
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields
  const isAny = (field: string) => field === '*' || field === '?' || field === '*/1'
  if (fields.length !== 5 || isAny(day)) return undefined
  const clock = `${minute} ${hour}`
  if (!isAny(weekday)) {
    const [byDay, byWeekday] = [`'${clock} ${day} ${month} *'`, `'${clock} * ${month} ${weekday}'`]
    return {
      zh: `「${text}」里日期和星期都写了，两样都对上的日子才发，一年没几天。只按日期写 ${byDay}，只按星期写 ${byWeekday}，两种都要就写成列表。`,
      en: `"${text}" has both a day and a weekday, so it fires only where both fit, on few days a year. By the day write ${byDay}, by the weekday ${byWeekday}, for both a list of the two.`,
    }
  }
  const days = day.split(',').map(Number)
  if (days.every((number) => number === 29) && month === '2') {
    return {
      zh: `「${text}」只在 2 月 29 日发，四年一次。每年 2 月最后一天写 '${clock} L 2 *'。`,
      en: `"${text}" fires on 29 February only, once in four years. For the last day of February write '${clock} L 2 *'.`,
    }
  }
  if (!days.some((number) => number > 28) || !isAny(month)) return undefined
  const last = Math.max(...days.filter((number) => number > 28))
  return {
    zh: `「${text}」在没有 ${last} 号的月份不发${last === 31 ? '（2、4、6、9、11 月）' : '（2 月）'}。每月最后一天写 '${clock} L * *'。`,
    en: `"${text}" leaves out the months without a day ${last}${last === 31 ? ' (February, April, June, September, November)' : ' (February)'}. For the last day of every month write '${clock} L * *'.`,
  }
}
