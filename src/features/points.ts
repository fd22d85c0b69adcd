// Points: what is earned by talking, the caps on what is earned, balances, rankings, and what admins give or take.
import { z } from 'zod'
import { arg } from '../core/arguments.ts'
import { feature } from '../core/feature.ts'

const whole = z.int().nonnegative()

export const points = feature({
  name: 'points',
  summary: { zh: '积分：查询、排行、发放', en: 'Points: balance, ranking, grants' },
  config: z.strictObject({
    message: z
      .strictObject({
        points: whole.default(1).describe('说一句话得几分，0 表示不给'),
        minLength: z.int().positive().default(5).describe('至少几个字才算'),
      })
      .prefault({})
      .describe('聊天得分'),
    dailyCap: whole.default(100).describe('每人每天最多得多少分（管理员发的不算在内）'),
    caps: z
      .record(z.string(), whole)
      .default({ points: 10 })
      .describe('每人每天从某一项最多得多少分，例如 points（聊天）: 10、dice（骰子）: 30'),
    uncapped: z.array(z.string()).default(['draw']).describe('这些项目得的分照发，不算进每日上限，例如 draw（抽奖）'),
    ranking: z.int().min(3).max(20).default(10).describe('排行榜显示几名'),
  }),
  words: { balance: ['积分', '我的积分'], ranking: ['排行榜', '积分榜'] },
  texts: {
    zh: {
      balance: '{{name}} 现在有 {{points}} 分，今天得了 {{today}} 分。',
      rankingTitle: '🏆 「{{group}}」积分榜',
      rankingLine: '{{place}}. {{name}}　{{points}} 分',
      rankingEmpty: '还没有人有积分，说说话、玩玩游戏就有了。',
      onlyInGroup: '请在群里发「排行榜」，我把那个群的榜单发出来。',
      menu: '「{{balance}}」看我的积分 · 「{{ranking}}」看排行',
      message: '聊天',
      granted: '{{name}}（{{id}}）{{change}} 分，现在 {{points}} 分。原因：{{why}}',
      notEnough: '{{name}} 只有 {{points}} 分，扣不了这么多，没有变动。',
      admin: '{{name}}（{{id}}）现在 {{points}} 分。{{list}}',
      booking: '{{change}}　{{why}}',
    },
    en: {
      balance: '{{name}} has {{points}} points now, {{today}} of them from today.',
      rankingTitle: '🏆 Points in “{{group}}”',
      rankingLine: '{{place}}. {{name}}  {{points}}',
      rankingEmpty: 'Nobody has points yet. Chat and play to earn some.',
      onlyInGroup: 'Please ask in a group; I show the ranking of that group.',
      menu: '“{{balance}}” my points · “{{ranking}}” the ranking',
      message: 'chatting',
      granted: '{{name}} ({{id}}) {{change}} points, now {{points}}. Reason: {{why}}',
      notEnough: '{{name}} has only {{points}} points, so nothing was taken.',
      admin: '{{name}} ({{id}}) has {{points}} points.{{list}}',
      booking: '{{change}}  {{why}}',
    },
  },

  menu: (words, _config, text) => [text('menu', words)],

  capAward({ points, source, today }, { config }) {
    const own = (config.caps[source] ?? Infinity) - (today[source] ?? 0)
    if (config.uncapped.includes(source)) return Math.min(points, own)
    const counted = Object.entries(today).filter(([from]) => !config.uncapped.includes(from))
    const all = counted.reduce((sum, [, gained]) => sum + gained, 0)
    return Math.min(points, own, config.dailyCap - all)
  },

  onWord: {
    balance: ({ from, group }, { ledger, members, today, reply }) =>
      reply('balance', {
        name: members.name(from, group),
        points: ledger.balance(from),
        today: ledger.gainedOn(today, from),
      }),

    ranking({ group }, cx) {
      if (!cx.group || !group) return cx.reply('onlyInGroup')
      const best = cx.ledger.ranking(cx.members.membersOf(group)).slice(0, cx.config.ranking)
      if (best.length === 0) return cx.reply('rankingEmpty')
      const lines = best.map(({ member, points, place }) =>
        cx.text('rankingLine', { place, points, name: cx.members.name(member, group) }),
      )
      return cx.replyText([cx.text('rankingTitle', { group: cx.group.name }), ...lines].join('\n'))
    },
  },

  observe(said, { config, ledger, text }) {
    if (said.group === null || said.kind !== 'text') return
    if (config.message.points > 0 && [...said.text].length >= config.message.minLength) {
      ledger.award(said.from, config.message.points, text('message'))
    }
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
        return reply('admin', { name: members.name(who), id: who, points: ledger.balance(who), list })
      },
    },
    'points add': {
      summary: { zh: '给积分，或用负数扣积分，要写原因', en: 'Give points, or take them with a minus, with a reason' },
      role: 'admin',
      args: {
        who: arg.member(),
        points: arg.int({ zh: '分数', en: 'points' }, { min: -100_000, max: 100_000, example: 10 }),
        why: arg.rest({ zh: '原因', en: 'reason' }, { zh: '晒单', en: 'for the photo' }),
      },
      run({ who, points, why }, { ledger, members, reply }) {
        const vars = { name: members.name(who), id: who, change: signed(points), why }
        if (ledger.balance(who) + points < 0)
          return reply('notEnough', { name: vars.name, points: ledger.balance(who) })
        ledger.correct(who, points, why)
        return reply('granted', { ...vars, points: ledger.balance(who) })
      },
    },
  },
})

function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points)
}
