// Points: what is earned by talking and helping, the caps on what is earned, balances, rankings, and what admins give or take.
import { z } from 'zod'
import { arg } from '../../core/feature/arguments.ts'
import type { Effect } from '../../core/types/effect.ts'
import type { MemberId } from '../../core/types/ids.ts'
import type { Said } from '../../core/types/event.ts'
import { feature, featureParts, type ContextOf } from '../../core/feature/feature.ts'
import { table } from '../../core/feature/tables.ts'
import { csvPages } from '../../core/lib/csv.ts'
import { clock, dayAndClock, dayKey } from '../../core/lib/time.ts'
import { periods, ranked, type Period } from './ranking.ts'
import { pointTexts } from './texts.ts'
import { listen, Questions } from './thanks.ts'

const whole = z.int().nonnegative()
/** What can be exported, by what people call it. */
const exported = { balances: ['余额', '积分', 'balances'], bookings: ['明细', '记录', '流水', 'bookings'] } as const
/** Bookings in a member's statement: a phone's glance. */
const SHOWN = 5

const Config = z.strictObject({
  message: z
    .strictObject({
      points: whole.default(1).describe('说一句话得几分，0 表示不给'),
      minLength: z.int().positive().default(5).describe('至少几个字才算'),
      perDay: whole.default(10).describe('每人每天靠聊天最多得几分'),
    })
    .prefault({})
    .describe('聊天得分'),
  thanked: z
    .strictObject({
      points: whole.default(3).describe('回答了别人的问题、被提问的人道谢，得几分；0 表示不给'),
      perDay: whole.default(9).describe('每人每天这样最多得几分'),
    })
    .prefault({})
    .describe('热心回答得分'),
  dailyCap: whole.default(100).describe('每人每天一共最多得多少分（管理员发的不算在内）'),
  caps: z
    .record(z.string(), whole)
    .default({ dice: 30, quiz: 50 })
    .describe('每人每天从某一项最多得多少分，例如 dice（骰子）: 30'),
  uncapped: z.array(z.string()).default(['draw']).describe('这些项目得的分照发，不算进每日上限，例如 draw（抽奖）'),
  askAbove: whole.default(1000).describe('管理员一次发（或扣）的积分加起来超过多少，要再确认一次'),
  ranking: z.int().min(3).max(20).default(10).describe('排行榜显示几名'),
})
/** 我现在有多少分, 还剩几分: without 我 only where nothing else can be meant. */
const askedPoints = ['我', '我有', '我现在', '我现在有', '我还有', '我还剩', '我一共有', '我总共有']
  .flatMap((who) => [`${who}几分`, `${who}多少分`])
  .concat(['有多少分', '还有多少分', '还剩多少分', '剩多少分', '现在有几分', '现在有多少分'])

/** What a ranking of some time is called: 今日榜, 今日排行榜 … */
const rankingsOf = (...times: readonly string[]) =>
  times.flatMap((time) => ['榜', '排行', '排行榜', '排名', '积分榜'].map((called) => time + called))

const parts = featureParts({
  config: Config,
  tables: {
    /** Questions that may still be answered; the key is the group. */
    noteQuestions: table(Questions, { kind: 'note' }),
  },
  words: {
    balance: {
      say: ['积分', '我的积分', ...askedPoints, ...['我的分数', '查分', '查分数', '积分余额']],
      en: ['points', 'my points', 'balance', 'my balance', 'points balance', 'my score'],
      lookedUp: ['分', '我的分'],
      look: true,
    },
    statement: {
      say: ['积分明细', '我的积分明细', '积分记录', '积分流水'],
      en: ['statement', 'my statement'],
      look: true,
    },
    ranking: {
      say: [
        '排行榜',
        '积分榜',
        '总榜',
        '排行',
        '排名',
        '积分排行',
        '积分排行榜',
        '积分排名',
        '我的名次',
        '我排第几',
        '我第几名',
        '我排第几名',
        '我排名第几',
        ...['我在第几名', '我是第几名', '我第几', '我是第几', '榜单', '我的排名', '我的排行', '积分总榜'],
      ],
      en: ['ranking', 'rankings', 'leaderboard', 'my rank', 'top 10', 'scoreboard'],
      look: true,
    },
    day: {
      say: ['日榜', ...rankingsOf('今日', '今天', '今天的')],
      en: ['day ranking', 'daily ranking', "today's ranking"],
      look: true,
    },
    week: {
      say: ['周榜', ...rankingsOf('本周', '这周', '周', '本周的', '这周的')],
      en: ['week ranking', 'weekly ranking'],
      look: true,
    },
    month: {
      say: ['月榜', ...rankingsOf('本月', '这个月', '月', '本月的', '这个月的')],
      en: ['month ranking', 'monthly ranking'],
      look: true,
    },
  },
  texts: pointTexts,
})
type Cx = ContextOf<typeof parts>

export const points = feature({
  name: 'points',
  summary: { zh: '积分：查询、排行、发放', en: 'Points: balance, ranking, grants' },
  ...parts,

  rules: ({ thanked }, text) => (thanked.points > 0 ? { rewards: [text('rule', { points: thanked.points })] } : {}),
  menu: (words, _config, text) => [text('menu', words)],
  about: (member, { ledger, today, text }) => [
    text('about', { points: ledger.balance(member), today: ledger.gainedOn(today, member) }),
  ],

  capAward({ points, source, today, isPrize }, { config }) {
    const caps: Record<string, number> = {
      ...config.caps,
      points: config.message.perDay,
      thanked: config.thanked.perDay,
    }
    const own = (caps[source] ?? Infinity) - (today[source] ?? 0)
    if (isPrize || config.uncapped.includes(source)) return Math.min(points, own)
    const counted = Object.entries(today).filter(([from]) => !config.uncapped.includes(from))
    const all = counted.reduce((sum, [, gained]) => sum + gained, 0)
    return Math.min(points, own, config.dailyCap - all)
  },

  onWord: {
    balance({ from, group }, { ledger, members, today, text, replyText }) {
      const vars = {
        name: members.name(from, group),
        points: ledger.balance(from),
        today: ledger.gainedOn(today, from),
      }
      const held = members.sure(from) ? [] : [text('held')]
      return replyText([text('balance', vars), ...held].join('\n'))
    },

    statement({ from, group }, { ledger, members, timezone, text, reply, replyText }) {
      const name = members.name(from, group)
      const bookings = ledger.bookings(from).slice(0, SHOWN)
      if (bookings.length === 0) return reply('statementEmpty', { name })
      const lines = bookings.map(({ at, points, why }) =>
        text('statementLine', { when: dayAndClock(at, timezone), change: signed(points), why }),
      )
      return replyText([text('statement', { name, points: ledger.balance(from) }), ...lines].join('\n'))
    },

    ranking: (said, cx) => ranking('total', said, cx),
    day: (said, cx) => ranking('day', said, cx),
    week: (said, cx) => ranking('week', said, cx),
    month: (said, cx) => ranking('month', said, cx),
  },

  observe(said, { config, ledger, members, now, tables, text, reply }) {
    const { group, from } = said
    if (group === null || said.kind !== 'text') return
    if (!said.taken && config.message.points > 0 && [...said.text].length >= config.message.minLength) {
      ledger.award(from, config.message.points, text('message'))
    }
    if (config.thanked.points === 0) return
    const name = (member: typeof from) => members.name(member, group)
    const { after, helper } = listen(said, tables.noteQuestions.get(group), now, name)
    if (after) tables.noteQuestions.set(group, after)
    if (!helper) return
    const points = ledger.award(helper, config.thanked.points, text('thanked', { name: name(from) }), 'thanked')
    return points > 0 ? reply('helped', { helper: name(helper), name: name(from), points }) : undefined
  },

  commands: {
    points: {
      summary: { zh: '查一个人的积分和最近的记录', en: 'Show somebody’s points and latest bookings' },
      role: 'helper',
      args: { who: arg.member() },
      run({ who }, { ledger, members, text, reply }) {
        const list = ledger
          .bookings(who)
          .slice(0, 10)
          .map(({ points, why }) => `\n${text('booking', { change: signed(points), why })}`)
          .join('')
        const held = members.sure(who) ? '' : text('adminHeld')
        return reply('admin', { name: members.name(who), id: who, points: ledger.balance(who), held, list })
      },
    },
    'points add': {
      summary: { zh: '给积分，或用负数扣积分，要写原因', en: 'Give points, or take them with a minus, with a reason' },
      role: 'admin',
      args: {
        who: arg.people(),
        points: arg.int({ zh: '分数', en: 'points' }, { min: -100_000, max: 100_000, example: 10 }),
        why: arg.reason({ zh: '原因', en: 'reason' }, { zh: '晒单', en: 'for the photo' }),
      },
      confirmUnusual: ({ who, points, why }, { config, text }) =>
        Math.abs(points) * who.length > config.askAbove
          ? text('grantConfirm', { count: who.length, change: signed(points), all: signed(points * who.length), why })
          : undefined,
      run({ who, points, why }, cx) {
        const { ledger, members, reply } = cx
        const [only, another] = who
        if (only === undefined) return reply('grantNobody')
        const poor = who.filter((member) => ledger.balance(member) + points < 0)
        const rich = who.filter((member) => !poor.includes(member))
        for (const member of rich) ledger.correct(member, points, why)
        if (another !== undefined) return cx.replyText(grantedAll(rich, poor, signed(points), why, cx))
        const vars = { name: members.name(only), points: ledger.balance(only) }
        return poor.length > 0
          ? reply('notEnough', vars)
          : reply('granted', { ...vars, id: only, change: signed(points), why })
      },
    },
    'points export': {
      summary: {
        zh: '把大家的积分导出成表格；「明细」是每人最近 10 笔',
        en: 'Everybody’s points as a table; bookings: the last 10 of each',
      },
      role: 'admin',
      args: { what: arg.optional(arg.choice({ zh: '余额或明细', en: 'balances or bookings' }, exported)) },
      run({ what = 'balances' }, cx) {
        const rows = what === 'balances' ? balanceRows(cx) : bookingRows(cx)
        return rows.length > 1 ? csvPages(rows).map((page) => cx.replyText(page)) : cx.reply('rankingEmpty')
      },
    },
    'points ranking': {
      summary: { zh: '把积分榜发到一个群里', en: 'Post the ranking to a group' },
      role: 'helper',
      args: {
        group: arg.groupWith('points', { zh: '积分', en: 'points' }),
        period: arg.optional(arg.choice({ zh: '哪段时间', en: 'period' }, periods)),
      },
      run({ group, period = 'week' }, cx) {
        const here = cx.inGroup(group.id)
        const list = rankingText(period, here)
        return list === undefined ? cx.reply('rankingEmpty') : cx.say({ group: group.id }, list)
      },
    },
  },
})

function ranking(period: Period, { from, group }: Said, cx: Cx): Effect {
  const { reply, replyText } = cx
  if (!cx.group || group === null) return reply('onlyInGroup')
  const list = rankingText(period, cx, from)
  return list === undefined ? reply('rankingEmpty') : replyText(list)
}

/** The ranking of the context's group; undefined when nobody has points. @param asker sees his own place, too */
function rankingText(period: Period, { group, config, ledger, members, today, text }: Cx, asker?: MemberId) {
  if (!group) return undefined
  const shown = { today, count: config.ranking, asker }
  const { first, own } = ranked(ledger, members.membersOf(group.id), period, shown)
  if (first.length === 0) return undefined
  const lines = first.map(({ member, points, place, up }) => {
    const change = up > 0 ? text('up', { places: up }) : up < 0 ? text('down', { places: -up }) : ''
    return text('rankingLine', { place, points, change, name: members.name(member, group.id) })
  })
  const mine = own ? [text('mine', { place: own.place, points: own.points })] : []
  return [text(period, { group: group.name }), ...lines, ...mine].join('\n')
}

/** Names in an answer; the rest is counted. */
const NAMED = 10

function grantedAll(
  rich: readonly MemberId[],
  poor: readonly MemberId[],
  change: string,
  why: string,
  { members, text }: Cx,
): string {
  const named = (who: readonly MemberId[]) =>
    who
      .slice(0, NAMED)
      .map((member) => members.name(member))
      .join(text('and')) + (who.length > NAMED ? text('andMore', { count: who.length }) : '')
  const lines = rich.length > 0 ? [text('grantedAll', { count: rich.length, change, why, names: named(rich) })] : []
  if (poor.length > 0) lines.push(text('notEnoughAll', { names: named(poor) }))
  return lines.join('\n')
}

/** Everybody in the groups, by points. */
function everybody({ ledger, members }: Cx): MemberId[] {
  const all = new Set(members.groups().flatMap(({ id }) => members.membersOf(id)))
  return [...all].sort((a, b) => ledger.balance(b) - ledger.balance(a))
}

function balanceRows(cx: Cx): (string | number)[][] {
  const { ledger, members, today, text } = cx
  const rows = everybody(cx).map((member) => [
    members.name(member),
    member,
    ledger.balance(member),
    ledger.gainedOn(today, member),
  ])
  return [[text('colName'), 'id', text('colPoints'), text('colToday')], ...rows]
}

function bookingRows(cx: Cx): (string | number)[][] {
  const { ledger, members, timezone, text } = cx
  const rows = everybody(cx).flatMap((member) =>
    ledger
      .bookings(member)
      .map(({ at, points, why }) => [
        `${dayKey(at, timezone)} ${clock(at, timezone)}`,
        members.name(member),
        member,
        points,
        why,
      ]),
  )
  return [[text('colAt'), text('colName'), 'id', text('colChange'), text('colWhy')], ...rows]
}

function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points)
}
