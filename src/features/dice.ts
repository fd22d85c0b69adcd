// Dice: against the bot, or against another member who takes up the challenge. Nothing is staked; winners get points.
import { z } from 'zod'
import { GroupId, MemberId } from '../core/event.ts'
import { feature } from '../core/feature.ts'
import { table } from '../core/tables.ts'

const faces = ['⚀', '⚁', '⚂', '⚃', '⚄', '⚅'] as const

export const dice = feature({
  name: 'dice',
  summary: { zh: '掷骰子，赢了有积分', en: 'Dice, with points for winners' },
  config: z.strictObject({
    prize: z.int().nonnegative().default(2).describe('赢机器人一次得几分'),
    duelPrize: z.int().nonnegative().default(5).describe('两人对战，赢的人得几分'),
    roundsADay: z.int().positive().default(10).describe('每人每天最多和机器人玩几次'),
    answerWithin: z.int().min(30).max(3600).default(180).describe('挑战发出后几秒内可以应战'),
  }),
  words: { roll: { say: ['骰子', '掷骰子'], rest: true }, accept: ['应战'] },
  tables: {
    /** How often a member played the bot on the day he last did; the key is the member. */
    rounds: table(z.strictObject({ day: z.string(), count: z.int() })),
    /** The challenge that is open in a group; the key is the group. */
    challenges: table(z.strictObject({ from: MemberId, to: MemberId, until: z.int() })),
  },
  texts: {
    zh: {
      won: '{{name}} {{mine}} 比我 {{bots}}，你赢啦 +{{points}} 分',
      wonNothing: '{{name}} {{mine}} 比我 {{bots}}，你赢啦！今天的积分已经拿满了。',
      lost: '{{name}} {{mine}} 比我 {{bots}}，这次我赢了，再来？',
      drawn: '{{name}} {{mine}} 和我 {{bots}} 打平了，再来一次「骰子」？',
      enough: '{{name}} 今天的 {{count}} 次玩完了，明天再来。',
      challenge: '🎲 {{name}} 向 {{other}} 挑战！{{seconds}} 秒内回复「应战」开掷。',
      who: '没找到要挑战的人。写「骰子 @昵称」试试。',
      self: '和自己掷不算数，换个人挑战吧。',
      busy: '这里已经有一场挑战在等人应战，稍等一下。',
      duel: '🎲 {{one}} {{oneRolls}} 对 {{other}} {{otherRolls}}\n{{winner}} 赢了，+{{points}} 分',
      duelDrawn: '🎲 {{one}} {{oneRolls}} 对 {{other}} {{otherRolls}}，平手，握手言和。',
      nobody: '{{other}} 没有应战，{{name}} 的挑战先收回啦。',
      reason: '骰子',
      rule: '🎲 骰子赢机器人 +{{prize}} 分，赢群友 +{{duelPrize}} 分',
      menu: '「{{roll}}」和我掷骰子 · 「{{roll}} @昵称」向人挑战',
    },
    en: {
      won: '{{name}} {{mine}} against my {{bots}}: you win, +{{points}} points',
      wonNothing: '{{name}} {{mine}} against my {{bots}}: you win! You already have all of today’s points.',
      lost: '{{name}} {{mine}} against my {{bots}}: mine this time. Again?',
      drawn: '{{name}} {{mine}} and my {{bots}}: a draw. Once more?',
      enough: '{{name}} has played all {{count}} rounds of today. See you tomorrow.',
      challenge: '🎲 {{name}} challenges {{other}}! Reply “应战” within {{seconds}} seconds.',
      who: 'I do not see whom you mean. Try “骰子 @name”.',
      self: 'Rolling against yourself does not count. Pick somebody else.',
      busy: 'A challenge is waiting here already, one moment please.',
      duel: '🎲 {{one}} {{oneRolls}} against {{other}} {{otherRolls}}\n{{winner}} wins, +{{points}} points',
      duelDrawn: '🎲 {{one}} {{oneRolls}} against {{other}} {{otherRolls}}: a draw, shake hands.',
      nobody: '{{other}} did not take it up, so the challenge of {{name}} is withdrawn.',
      reason: 'dice',
      rule: '🎲 Dice: beat the bot +{{prize}}, beat a member +{{duelPrize}} points',
      menu: '“{{roll}}” rolls against me · “{{roll}} @name” challenges somebody',
    },
  },

  rules: ({ prize, duelPrize }, text) => (prize + duelPrize > 0 ? [text('rule', { prize, duelPrize })] : []),
  menu: ({ roll }, _config, text) => [text('menu', { roll })],

  onWord: {
    roll({ from, group, rest }, { config, tables, today, now, members, random, ledger, text, reply, wake }) {
      const name = members.name(from, group)
      if (rest !== '' && group !== null) {
        const [to, another] = members.find(rest, group)
        if (to === undefined || another !== undefined) return reply('who')
        if (to === from) return reply('self')
        if (tables.challenges.get(group)) return reply('busy')
        const until = now + config.answerWithin * 1000
        tables.challenges.set(group, { from, to, until })
        wake(until, 'withdraw', group)
        return reply('challenge', { name, other: `@${members.name(to, group)}`, seconds: config.answerWithin })
      }
      const last = tables.rounds.get(from)
      const played = last?.day === today ? last.count : 0
      if (played >= config.roundsADay) return reply('enough', { name, count: config.roundsADay })
      tables.rounds.set(from, { day: today, count: played + 1 })
      const mine = random.below(6)
      const bots = random.below(6)
      const rolls = { name, mine: face(mine), bots: face(bots) }
      if (mine === bots) return reply('drawn', rolls)
      if (mine < bots) return reply('lost', rolls)
      const points = ledger.award(from, config.prize, text('reason'))
      return points > 0 ? reply('won', { ...rolls, points }) : reply('wonNothing', rolls)
    },

    accept({ from, group }, { config, tables, members, random, ledger, text, reply, sleep }) {
      const open = group === null ? undefined : tables.challenges.get(group)
      if (group === null || open?.to !== from) return
      tables.challenges.delete(group)
      sleep('withdraw', group)
      const oneRoll = random.below(6)
      const otherRoll = random.below(6)
      const rolls = {
        one: members.name(open.from, group),
        oneRolls: face(oneRoll),
        other: members.name(from, group),
        otherRolls: face(otherRoll),
      }
      if (oneRoll === otherRoll) return reply('duelDrawn', rolls)
      const winner = oneRoll > otherRoll ? open.from : from
      const points = ledger.award(winner, config.duelPrize, text('reason'))
      return reply('duel', { ...rolls, winner: members.name(winner, group), points })
    },
  },

  jobs: {
    withdraw(key, community) {
      const group = GroupId.parse(key)
      const { tables, members, text, say } = community.inGroup(group)
      const open = tables.challenges.get(group)
      if (!open) return
      tables.challenges.delete(group)
      const vars = { name: members.name(open.from, group), other: members.name(open.to, group) }
      return say({ group }, text('nobody', vars), { priority: 'game' })
    },
  },
})

function face(roll: number): string {
  return `${faces[roll] ?? ''}${roll + 1}`
}
