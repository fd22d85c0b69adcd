// Measures: what happens is counted once, in the commit in which it happens; cards, reports and results read these counts.
import { arg } from '../../core/feature/arguments.ts'
import { feature } from '../../core/feature/feature.ts'
import { addDays, instantOf, nextAt, weekday } from '../../core/lib/time.ts'
import { Refusal } from '../../core/types/refusal.ts'
import type { GroupId } from '../../core/types/ids.ts'
import { dailyCard } from './card.ts'
import { onCounted } from './counting.ts'
import { boardText, kocText, newcomersText, report, resultsText, silentText } from './report.ts'
import { settleResult } from './results.ts'
import { parts, type Cx } from './state.ts'

const DAY = 86_400_000
/** Days of which the sums of a group are kept, and those of results. */
const KEPT_DAYS = 400
const RESULT_DAYS = 35
/** Days of which half hours are kept: the longest window of a post may begin yesterday. */
const HOUR_DAYS = 2
/** Old counts go when it is quiet. */
const FORGET_AT = '04:30'
/** Days in a report unless told. */
const REPORT_DAYS = 7
/** A card is worth reading for so long. */
const FRESH_FOR = 12 * 3_600_000

const group = arg.optional(arg.group())
const scope = arg.optional(
  arg.rest({ zh: '群和天数', en: 'group and days' }, { zh: '福利群 30天', en: 'Welfare 30 days' }),
)

export const measures = feature({
  name: 'measures',
  summary: { zh: '数据：日报、周报、内容效果、新人去向', en: 'Measures: daily card, weekly report, results of posts' },
  ...parts,
  onCounted,

  onLoaded: (_event, cx) => plan(cx),
  onJob: {
    result: (id, cx) => settleResult(id, cx),
    forget(_key, cx) {
      forget(cx)
      plan(cx)
    },
    daily(_key, cx) {
      plan(cx)
      const card = cx.config.daily === null ? undefined : dailyCard(cx)
      return card === undefined ? undefined : cx.say('control', card, { freshFor: FRESH_FOR })
    },
    weekly(_key, cx) {
      plan(cx)
      if (cx.config.weekly === null) return undefined
      const to = addDays(cx.today, -1 - weekday(cx.today))
      const told = report(counted(cx), addDays(to, -6), to, cx, true)
      return told.map((page) => cx.say('control', page, { freshFor: FRESH_FOR }))
    },
  },
  onWord: {
    board(_said, cx) {
      if (!cx.config.board) return undefined
      return cx.group
        ? cx.replyText(boardText(cx.group.id, cx))
        : cx.refuse('boardOnlyInGroup', { word: cx.word('board') })
    },
  },

  commands: {
    'sop result': {
      summary: { zh: '内容和活动发出后的效果，和平时比', en: 'What posts and activities did, beside what is usual' },
      role: 'helper',
      args: { of: arg.optional(arg.rest({ zh: '编号', en: 'id' }, { zh: '早安', en: 'morning' })) },
      run: ({ of }, cx) => cx.replyText(resultsText(of?.replace(/^#/, ''), cx)),
    },
    report: {
      summary: {
        zh: '一段时间的数据和表格，不写就是全部群 7 天',
        en: 'Numbers of some days with a table; all groups, 7 days unless told',
      },
      role: 'helper',
      args: { scope },
      run({ scope = '' }, cx) {
        const [, name = '', digits] =
          /^(.*?)\s*(?:最近|近|过去|last)?\s*(?:(\d{1,3})\s*(?:天|日|d|days?)?)?$/su.exec(scope.trim()) ?? []
        const read = cx.read({ group }, name)
        if (read instanceof Refusal) return read
        const days = Math.min(KEPT_DAYS, Math.max(1, Number(digits ?? REPORT_DAYS)))
        const groups = read.group ? [read.group.id] : counted(cx)
        return report(groups, addDays(cx.today, 1 - days), cx.today, cx).map((page) => cx.replyText(page))
      },
    },
    'report day': {
      summary: { zh: '现在就看今天的日报', en: 'Show the daily card now' },
      role: 'helper',
      args: {},
      run: (_, cx) => cx.replyText(dailyCard(cx) ?? cx.text('newcomersNone')),
    },
    newcomers: {
      summary: { zh: '新人按进群月份走到了哪一步', en: 'How far newcomers have come, by month' },
      role: 'helper',
      args: { group },
      run: ({ group }, cx) => cx.replyText(newcomersText(group ? [group.id] : counted(cx), cx)),
    },
    koc: {
      summary: { zh: '谁最帮人，可以请来当志愿者', en: 'Who helps most and could be asked to volunteer' },
      role: 'helper',
      args: { group },
      run: ({ group }, cx) => cx.replyText(kocText(group ? [group.id] : counted(cx), cx)),
    },
    silent: {
      summary: { zh: '谁 28 天没说话', en: 'Who has said nothing for 28 days' },
      role: 'helper',
      args: { group },
      run: ({ group }, cx) => cx.replyText(silentText(group ? [group.id] : counted(cx), cx)),
    },
  },
})

/** The groups in which it is counted. */
function counted(cx: Cx): GroupId[] {
  return cx.members.groups().flatMap(({ id }) => (cx.inGroup(id).enabled ? [id] : []))
}

function plan(cx: Cx): void {
  const { config, now, today, timezone, wake, sleep } = cx
  wake(nextAt(now, FORGET_AT, timezone), 'forget', '')
  if (config.daily === null) sleep('daily', '')
  else wake(nextAt(now, config.daily, timezone), 'daily', '')
  if (config.weekly === null) return sleep('weekly', '')
  const monday = addDays(today, -weekday(today))
  const thisWeek = instantOf(monday, config.weekly, timezone)
  wake(thisWeek > now ? thisWeek : instantOf(addDays(monday, 7), config.weekly, timezone), 'weekly', '')
}

/** Drops what is older than it is kept. */
function forget(cx: Cx): void {
  const { tables, members, today, now } = cx
  const oldest = { days: addDays(today, -KEPT_DAYS), hours: addDays(today, -HOUR_DAYS) }
  for (const { id } of members.groups()) {
    for (const key of tables.noteDays.keys(id)) if (dayIn(key) < oldest.days) tables.noteDays.delete(key)
    for (const key of tables.noteHours.keys(id)) if (dayIn(key) < oldest.hours) tables.noteHours.delete(key)
    for (const [key, { at }] of tables.noteResults.entries(id))
      if (at < now - RESULT_DAYS * DAY) tables.noteResults.delete(key)
  }
}

function dayIn(key: string): string {
  return key.slice(key.indexOf('/') + 1, key.indexOf('/') + 11)
}
