// Check-in: once a day, with a bonus for days in a row, make-up cards for a missed day, and everybody's own month.
import { z } from 'zod'
import { MemberId } from '../core/types/ids.ts'
import { feature } from '../core/feature/feature.ts'
import { table, type Table } from '../core/feature/tables.ts'
import { addDays, weekday, type DayKey } from '../core/lib/time.ts'
import { readPastDay } from '../core/lib/when-days.ts'

/** Days of one month (1 to 31), checked in or made up for. */
const Month = z.strictObject({ days: z.array(z.int()), made: z.array(z.int()) })
type Month = z.infer<typeof Month>
/** Months that are kept; a streak is counted at most that far back. */
const KEPT_MONTHS = 24

const bonusDays = z
  .string()
  .regex(/^[1-9]\d{0,3}$/)
  .meta({ examples: ['7'] })

export const checkin = feature({
  name: 'checkin',
  summary: { zh: '每日签到得积分', en: 'Daily check-in for points' },
  config: z.strictObject({
    points: z.int().nonnegative().default(5).describe('签到一次得几分'),
    streakBonus: z
      .record(bonusDays, z.int().positive())
      .default({ 7: 20, 30: 100 })
      .describe('连续签到到第几天，额外给几分，例如 7: 20'),
    makeUp: z
      .strictObject({
        cost: z.int().nonnegative().default(20).describe('一次补签花几分'),
        withinDays: z.int().min(1).max(31).default(7).describe('最多补几天前的'),
        perMonth: z.int().nonnegative().default(3).describe('每人每月最多补几次，0 表示不能补'),
      })
      .prefault({})
      .describe('补签'),
  }),
  tables: {
    /** The key is `<member>/<month>`, such as `m7/2026-11`. */
    months: table(Month, { parts: true }),
  },
  words: {
    checkin: {
      say: ['签到', '打卡', '报到', '打卡签到', '签到打卡'],
      en: ['check in', 'checkin', 'check-in', 'check me in', 'checking in'],
    },
    makeUp: { say: ['补签', '昨天补签', '补打卡'], en: ['make up'], rest: 'close' },
    month: {
      say: [
        '我的签到',
        '签到日历',
        '签到记录',
        '我的签到记录',
        '签到几天',
        '签到多少天',
        '签到了几天',
        '签到了多少天',
        '签了几天',
        '签了多少天',
        ...[
          '连续签到几天',
          '连续签到多少天',
          '连续签到了几天',
          '连续签到了多少天',
          '连签几天',
          '连签多少天',
          '连签了几天',
          '签到天数',
        ],
      ],
      en: ['my month', 'my check-ins', 'my checkins'],
      look: true,
    },
  },
  texts: {
    zh: {
      done: '✅ {{name}} 签到成功，+{{points}} 分，连续 {{streak}} 天{{next}}',
      bonus: '🎉 {{name}} 连续签到 {{streak}} 天，今天一共 +{{points}} 分{{next}}',
      full: '✅ {{name}} 签到成功，连续 {{streak}} 天。今天不再加分。',
      next: '，再签 {{days}} 天额外 +{{points}} 分',
      again: '{{name}} 今天签过啦，连续 {{streak}} 天，明天见。',
      made: '📌 {{name}} 补签了 {{day}}，花了 {{cost}} 分，现在连续 {{streak}} 天。{{bonus}}',
      madeBonus: '补到连续 {{days}} 天，额外 +{{points}} 分！',
      noPoints: '这个群没有开积分，签到请到别的群。',
      makeUpNone: '{{name}} 最近 {{days}} 天没有漏签，不用补。',
      makeUpHow: '写法：「{{word}}」补最近漏的一天，或「{{word}} 20」补 20 号，最多补 {{days}} 天前的。',
      makeUpEnough: '{{name}} 这个月已经补了 {{count}} 次，下个月再补。',
      makeUpPoor: '补签一次要 {{cost}} 分，{{name}} 现在有 {{points}} 分，还不够。',
      makeUpHeld: '{{name}} 的积分还在核对身份，一般再聊几天就能花。急用请找管理员。',
      makeUpOff: '这里不能补签。',
      reason: '签到',
      reasonBonus: '连续签到 {{streak}} 天',
      reasonMakeUp: '补签 {{day}}',
      month: '📅 {{name}} {{month}} 月签到 {{count}} 天，连续 {{streak}} 天',
      weekdays: '一二三四五六日',
      about: '连续签到 {{streak}} 天，最近一次 {{latest}}',
      legend: '✅ 签到　📌 补签　⬜ 没签',
      rule: '签到 +{{points}} 分',
      menu: '「{{checkin}}」每天领积分 · 「{{month}}」看日历',
      menuMakeUp: ' · 「{{makeUp}}」补一天',
    },
    en: {
      done: '✅ {{name}} checked in, +{{points}} points, day {{streak}} in a row{{next}}',
      bonus: '🎉 {{name}} checked in, day {{streak}} in a row: +{{points}} points today{{next}}',
      full: '✅ {{name}} checked in, day {{streak}} in a row. No more points today.',
      next: ', {{days}} more to go for an extra +{{points}}',
      again: '{{name}} has checked in today, day {{streak}} in a row. See you tomorrow.',
      made: '📌 {{name}} made up for {{day}} with {{cost}} points: day {{streak}} in a row now.{{bonus}}',
      madeBonus: ' That makes {{days}} in a row: an extra +{{points}} points!',
      noPoints: 'There are no points in this group; please check in elsewhere.',
      makeUpNone: '{{name}} missed none of the last {{days}} days.',
      makeUpHow:
        'Usage: “{{word}}” for the last missed day, or “{{word}} 20” for the 20th, at most {{days}} days back.',
      makeUpEnough: '{{name}} has made up {{count}} times this month. Next month again.',
      makeUpPoor: 'Making up costs {{cost}} points; {{name}} has {{points}}.',
      makeUpHeld:
        'The points of {{name}} cannot be spent until we know who is who, mostly after some days of chat. In a hurry, ask an admin.',
      makeUpOff: 'Days cannot be made up here.',
      reason: 'check-in',
      reasonBonus: 'day {{streak}} in a row',
      reasonMakeUp: 'made up for {{day}}',
      month: '📅 {{name}}, month {{month}}: checked in {{count}} times, {{streak}} in a row',
      weekdays: 'ＭＴＷＴＦＳＳ',
      about: 'checked in {{streak}} days in a row, last on {{latest}}',
      legend: '✅ checked in  📌 made up  ⬜ missed',
      rule: 'daily check-in +{{points}}',
      menu: '“{{checkin}}” points every day · “{{month}}” my month',
      menuMakeUp: ' · “{{makeUp}}” make up for a day',
    },
  },

  counts: {
    months(key, after, before) {
      const by = (after?.days.length ?? 0) - (before?.days.length ?? 0)
      return by > 0 ? [{ what: 'checkins', member: MemberId.parse(key.slice(0, key.indexOf('/'))), by }] : []
    },
  },
  rules: ({ points }, text, isOn) => (points > 0 && isOn('points') ? { rewards: [text('rule', { points })] } : {}),
  menu: (words, config, text) => [text('menu', words) + (config.makeUp.perMonth > 0 ? text('menuMakeUp', words) : '')],

  about(member, { tables, today, text }) {
    const latest = latestDay(tables.months, member)
    return latest === undefined ? [] : [text('about', { streak: streakUntil(tables.months, member, today), latest })]
  },
  joinRecords(from, to, { tables }) {
    for (const [key, { days, made }] of [...tables.months.entries(from)]) {
      const target = `${to}${key.slice(from.length)}`
      const before = tables.months.get(target) ?? { days: [], made: [] }
      const added = (its: readonly number[], more: readonly number[]) => [...new Set([...its, ...more])]
      tables.months.set(target, { days: added(before.days, days), made: added(before.made, made) })
      tables.months.delete(key)
    }
  },
  crowd: {
    called: { zh: ['今天签到', '今天签', '签到'], en: ['checked in today', 'checked in', 'check-ins of today'] },
    of: ({ members, tables, today }) => [
      ...new Set(
        members
          .groups()
          .flatMap(({ id }) => members.membersOf(id))
          .filter((member) => tables.months.get(`${member}/${monthOf(today)}`)?.days.includes(dayOf(today)) === true),
      ),
    ],
  },

  onWord: {
    checkin({ from, group }, { config, tables, ledger, members, today, scene, text, reply }) {
      const name = members.name(from, group)
      if (group !== null && !scene.groupsWith('points').some(({ id }) => id === group)) return reply('noPoints')
      // Where the clock was set back or is another, the day may be over already.
      const latest = latestDay(tables.months, from)
      if (latest !== undefined && latest >= today) {
        return reply('again', { name, streak: streakUntil(tables.months, from, latest) })
      }
      mark(tables.months, from, today, 'days')
      const streak = streakUntil(tables.months, from, today)
      const bonus = config.streakBonus[streak] ?? 0
      const extra = bonus > 0 ? ledger.give(from, { points: bonus }, text('reasonBonus', { streak })).points : 0
      const points = ledger.award(from, config.points, text('reason')) + extra
      if (points === 0 && config.points + bonus > 0) return reply('full', { name, streak })
      const next = nextBonus(config.streakBonus, streak)
      const vars = { name, points, streak, next: next && next.days <= 7 ? text('next', next) : '' }
      return reply(extra > 0 ? 'bonus' : 'done', vars)
    },

    makeUp({ from, group, object, isSure }, { config, tables, ledger, members, today, text, word, refuse, reply }) {
      const { cost, withinDays, perMonth } = config.makeUp
      if (!isSure && !readPastDay(object, today)) return
      if (perMonth === 0) return refuse('makeUpOff')
      const name = members.name(from, group)
      const recent = Array.from({ length: withinDays }, (_, i) => addDays(today, -1 - i))
      const missed = recent.filter((day) => !isDone(tables.months, from, day))
      if (missed.length === 0) return reply('makeUpNone', { name, days: withinDays })
      const asked = /^(?:1天|1次)?$/.test(object) ? missed[0] : readPastDay(object, today)
      const day = missed.find((missedDay) => missedDay === asked)
      if (day === undefined) return refuse('makeUpHow', { word: word('makeUp'), days: withinDays })
      const made = tables.months.get(`${from}/${monthOf(day)}`)?.made.length ?? 0
      if (made >= perMonth) return reply('makeUpEnough', { name, count: made })
      if (!members.sure(from)) return reply('makeUpHeld', { name })
      if (!ledger.spend(from, cost, text('reasonMakeUp', { day: day.slice(5) })))
        return reply('makeUpPoor', { name, cost, points: ledger.balance(from) })
      // Bonuses of either run that the day joins are paid already.
      const paid = Math.max(streakUntil(tables.months, from, addDays(day, -1)), streakUntil(tables.months, from, today))
      mark(tables.months, from, day, 'made')
      const streak = streakUntil(tables.months, from, today)
      const reached = Object.entries(config.streakBonus).filter(
        ([days]) => Number(days) > paid && Number(days) <= streak,
      )
      const bonuses = reached.map(([days, points]) => {
        ledger.give(from, { points }, text('reasonBonus', { streak: days }))
        return text('madeBonus', { days, points })
      })
      return reply('made', { name, day: day.slice(5), cost, streak, bonus: bonuses.join('') })
    },

    month({ from, group }, { tables, members, today, text, replyText }) {
      const { days, made } = tables.months.get(`${from}/${monthOf(today)}`) ?? { days: [], made: [] }
      const first = `${monthOf(today)}-01`
      const cells = Array.from({ length: dayOf(today) }, (_, i) =>
        days.includes(i + 1) ? '✅' : made.includes(i + 1) ? '📌' : '⬜',
      )
      const all = [...Array.from({ length: weekday(first) }, () => '　'), ...cells]
      const weeks = Array.from({ length: Math.ceil(all.length / 7) }, (_, i) => all.slice(i * 7, i * 7 + 7).join(''))
      const streak = streakUntil(tables.months, from, today)
      const count = days.length + made.length
      const title = text('month', { name: members.name(from, group), month: Number(today.slice(5, 7)), count, streak })
      return replyText([title, text('weekdays'), ...weeks, text('legend')].join('\n'))
    },
  },
})

function monthOf(day: DayKey): string {
  return day.slice(0, 7)
}

function dayOf(day: DayKey): number {
  return Number(day.slice(8))
}

function isDone(months: Table<Month>, member: MemberId, day: DayKey): boolean {
  const month = months.get(`${member}/${monthOf(day)}`)
  return month !== undefined && (month.days.includes(dayOf(day)) || month.made.includes(dayOf(day)))
}

/** The latest day on which somebody has checked in himself. */
function latestDay(months: Table<Month>, member: MemberId): DayKey | undefined {
  const days = [...months.entries(member)].flatMap(([key, { days }]) =>
    days.map((day) => `${key.slice(member.length + 1)}-${String(day).padStart(2, '0')}`),
  )
  return days.sort().at(-1)
}

function mark(months: Table<Month>, member: MemberId, day: DayKey, how: 'days' | 'made') {
  const month = months.get(`${member}/${monthOf(day)}`) ?? { days: [], made: [] }
  months.set(`${member}/${monthOf(day)}`, { ...month, [how]: [...month[how], dayOf(day)] })
  const oldest = monthOf(addDays(day, -KEPT_MONTHS * 30))
  for (const [key] of months.entries(member)) if (key.slice(member.length + 1) < oldest) months.delete(key)
}

/** Days in a row up to today, or up to yesterday when today is still open. */
function streakUntil(months: Table<Month>, member: MemberId, today: DayKey): number {
  let day = isDone(months, member, today) ? today : addDays(today, -1)
  let streak = 0
  for (; isDone(months, member, day); day = addDays(day, -1)) streak++
  return streak
}

function nextBonus(bonuses: Readonly<Record<string, number>>, streak: number) {
  const ahead = Object.entries(bonuses).map(([day, points]) => ({ days: Number(day) - streak, points }))
  return ahead.filter(({ days }) => days > 0).sort((a, b) => a.days - b.days)[0]
}
