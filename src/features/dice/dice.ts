// Dice: against the bot, against another member who takes up the challenge, all against all, or guessing a sum. Nothing is staked.
import type { Effect } from '../../core/types/effect.ts'
import { GroupId, type MemberId } from '../../core/types/ids.ts'
import { feature } from '../../core/feature/feature.ts'
import type { PrizeOrNone } from '../../core/money/prize.ts'
import {
  countRound,
  end,
  HIGHEST,
  LOWEST,
  open,
  parts,
  reward,
  roll,
  shown,
  throwDice,
  type GroupCx,
  type Game,
} from './games.ts'

export const dice = feature({
  name: 'dice',
  summary: { zh: '掷骰子，赢了有奖', en: 'Dice, with prizes for winners' },
  ...parts,

  rules({ prize, duelPrize }, text) {
    if (!prize && !duelPrize) return []
    const shownPrize = (one: PrizeOrNone) =>
      !one ? text('nothing') : 'points' in one ? text('points', { points: one.points }) : one.coupon
    return [text('rule', { prize: shownPrize(prize), duelPrize: shownPrize(duelPrize) })]
  },
  menu: ({ roll, round, sum }, _config, text) => [text('menu', { roll, round, sum })],

  onWord: {
    roll({ from, group, rest }, cx) {
      const { config, members, random, word, reply, hint } = cx
      const name = members.name(from, group)
      if (rest === '' || group === null || !cx.group) {
        if (!countRound(from, cx)) return hint('enough', { name, count: config.roundsADay })
        const mine = roll(random)
        const bots = roll(random)
        const rolls = { name, mine: shown([mine]), bots: shown([bots]) }
        if (mine === bots) return reply('drawn', { ...rolls, roll: word('roll') })
        if (mine < bots) return reply('lost', rolls)
        return reply('won', { ...rolls, prize: reward(from, config.prize, cx) })
      }
      const [to, another] = members.find(rest, group)
      // Who is not there may be a slip, or talk: 骰子 坏了.
      if (to === undefined && !rest.startsWith('@')) return
      if (to === undefined || another !== undefined) return hint('who', { roll: word('roll') })
      if (to === from) return hint('self')
      const refused = mayNotOpen(cx)
      if (refused) return refused
      if (!countRound(from, cx)) return hint('enough', { name, count: config.roundsADay })
      open({ game: 'duel', from, to }, cx)
      const other = `@${members.name(to, group)}`
      return reply('challenge', { name, other, seconds: config.answerWithin, accept: word('accept') })
    },

    accept({ from, group }, cx) {
      const { config, tables, members, random, reply, sleep } = cx
      const game = group === null ? undefined : tables.games.get(group)
      if (group === null || game?.game !== 'duel' || game.to !== from) return
      tables.games.delete(group)
      sleep('end', group)
      const oneRoll = roll(random)
      const otherRoll = roll(random)
      const rolls = {
        one: members.name(game.from, group),
        oneRolls: shown([oneRoll]),
        other: members.name(from, group),
        otherRolls: shown([otherRoll]),
      }
      if (oneRoll === otherRoll) return reply('duelDrawn', rolls)
      const winner = oneRoll > otherRoll ? game.from : from
      return reply('duel', {
        ...rolls,
        winner: members.name(winner, group),
        prize: reward(winner, config.duelPrize, cx),
      })
    },

    round({ from, group }, cx) {
      if (!cx.group) return cx.hint('onlyInGroup')
      const { config, members, random, word, reply, hint } = cx
      const name = members.name(from, group)
      const refused = mayNotOpen(cx)
      if (refused) return refused
      if (!countRound(from, cx)) return hint('enough', { name, count: config.roundsADay })
      const rolls = throwDice(random)
      open({ game: 'round', throws: [{ member: from, rolls }] }, cx)
      return reply('roundOpened', {
        name,
        rolls: shown(rolls),
        seconds: config.roundSeconds,
        throw: word('throw'),
        prize: promised(config.roundPrize, cx),
      })
    },

    throw({ from, group }, cx) {
      const { tables, members, random, text, hint, say } = cx
      const game = group === null ? undefined : tables.games.get(group)
      if (group === null || game?.game !== 'round') return
      const name = members.name(from, group)
      if (game.throws.some(({ member }) => member === from)) return hint('thrownOnce', { name })
      const rolls = throwDice(random)
      tables.games.set(group, { ...game, throws: [...game.throws, { member: from, rolls }] })
      return say({ group }, text('thrown', { name, rolls: shown(rolls) }), { priority: 'reply', merge: 'dice' })
    },

    sum({ from, group }, cx) {
      if (!cx.group) return cx.hint('onlyInGroup')
      const { config, members, word, reply, hint } = cx
      const name = members.name(from, group)
      const refused = mayNotOpen(cx)
      if (refused) return refused
      if (!countRound(from, cx)) return hint('enough', { name, count: config.roundsADay })
      open({ game: 'sum', guesses: [] }, cx)
      const prize = promised(config.sumPrize, cx)
      return reply('sumOpened', { name, seconds: config.roundSeconds, guess: word('guess'), prize })
    },

    guess({ from, group, object, isSure }, cx) {
      const { tables, members, word, hint } = cx
      const game = group === null ? undefined : tables.games.get(group)
      if (!cx.group || game?.game !== 'sum') return
      const [, digits = '0'] = /^(\d{1,2}) ?[点分]?$/.exec(object) ?? []
      const sum = Number(digits)
      if (sum === 0 && !isSure) return
      if (sum < LOWEST || sum > HIGHEST) return hint('guessHow', { guess: word('guess') })
      const before = game.guesses.find(({ member }) => member === from)
      if (before) return hint('guessedOnce', { name: members.name(from, group), sum: before.sum })
      return guess(game, from, sum, cx)
    },
  },

  onAnswer: {
    sum({ from, group, value }, cx) {
      const game = group === null ? undefined : cx.tables.games.get(group)
      // Who has guessed already may mean a question asked earlier, or just chat.
      if (!cx.group || game?.game !== 'sum' || game.guesses.some(({ member }) => member === from)) return
      return guess(game, from, value, cx) ?? []
    },
  },

  onJob: {
    end(key, community) {
      const group = GroupId.parse(key)
      const cx = community.inGroup(group)
      const game = cx.tables.games.get(group)
      if (!game) return
      cx.tables.games.delete(group)
      return cx.enabled ? end(game, cx) : undefined
    },
  },
})

const busy = { duel: 'busyDuel', round: 'busyRound', sum: 'busySum' } as const satisfies Record<Game['game'], string>

/** There is one game at a time in a group: a hint which, or nothing said when the member had one just now. */
function mayNotOpen({ group, tables, word, hint }: GroupCx): Effect[] | undefined {
  const game = tables.games.get(group.id)
  if (!game) return undefined
  const told = hint(busy[game.game], { throw: word('throw'), guess: word('guess') })
  return told ? [told] : []
}

function guess(
  game: Extract<Game, { game: 'sum' }>,
  from: MemberId,
  sum: number,
  { group, tables, members, text, hint, say }: GroupCx,
): Effect | undefined {
  if (game.guesses.some((one) => one.sum === sum)) return hint('guessTaken', { sum })
  tables.games.set(group.id, { ...game, guesses: [...game.guesses, { member: from, sum }] })
  return say({ group: group.id }, text('guessed', { name: members.name(from, group.id), sum }), {
    priority: 'reply',
    merge: 'dice',
  })
}

function promised(prize: PrizeOrNone, { text, prizeText }: GroupCx): string {
  return prize ? text('promised', { prize: prizeText(prize) }) : ''
}
