// Dice: against the bot, against another member who takes up the challenge, all against all, or guessing a sum. Nothing is staked.
import type { Reply } from '../../core/types/effect.ts'
import { GroupId, type MemberId } from '../../core/types/ids.ts'
import { gameStickers } from '../../core/types/event.ts'
import { arg } from '../../core/feature/arguments.ts'
import { feature } from '../../core/feature/feature.ts'
import type { PrizeOrNone } from '../../core/money/prize.ts'
import {
  closeGame,
  countRound,
  end,
  HIGHEST,
  isFull,
  LOWEST,
  offer,
  open,
  parts,
  reward,
  roll,
  settle,
  shown,
  throwDice,
  type Cx,
  type GroupCx,
  type Game,
} from './games.ts'
import type { Refusal } from '../../core/types/refusal.ts'

export const dice = feature({
  name: 'dice',
  summary: { zh: '掷骰子，赢了有奖', en: 'Dice, with prizes for winners' },
  ...parts,

  rules({ prize, duelPrize }, text, isOn) {
    const isPaid = (one: PrizeOrNone) => one && (!('points' in one) || isOn('points'))
    if (!isPaid(prize) && !isPaid(duelPrize)) return {}
    const shownPrize = (one: PrizeOrNone) =>
      !one ? text('nothing') : 'points' in one ? text('points', { points: one.points }) : one.coupon
    return { rewards: [text('rule', { prize: shownPrize(prize), duelPrize: shownPrize(duelPrize) })] }
  },
  menu: ({ roll, round, sum }, _config, text) => [text('menu', { roll, round, sum })],

  onWord: {
    roll({ from, group, rest }, cx) {
      const { config, members, random, word, reply, refuse } = cx
      const name = members.name(from, group)
      if (rest === '' || group === null || !cx.group) {
        // What is out of stock is no prize to play for.
        const isGone =
          config.prize &&
          'coupon' in config.prize &&
          cx.ledger.coupons.refusal(from, config.prize.coupon, config.prize.count)
        const prize = isGone && isGone !== 'limit' ? false : config.prize
        if (isFull(from, prize, cx)) return refuse('full', { name })
        if (!countRound(from, cx)) return refuse('enough', { name, count: config.roundsADay })
        const mine = roll(random)
        const bots = roll(random)
        const rolls = { name, mine: shown([mine]), bots: shown([bots]) }
        if (mine === bots) return reply('drawn', { ...rolls, roll: word('roll') })
        if (mine < bots) return reply('lost', rolls)
        return reply('won', { ...rolls, prize: reward(from, prize, cx) })
      }
      const [to, another] = members.find(rest, group)
      // Who is not there may be a slip, or talk: 骰子 坏了.
      if (to === undefined && !rest.startsWith('@')) return
      if (to === undefined || another !== undefined) return refuse('who', { roll: word('roll') })
      if (to === from) return refuse('self')
      const refused = mayNotOpen(cx)
      if (refused) return refused
      if (!countRound(from, cx)) return refuse('enough', { name, count: config.roundsADay })
      const prize = offer(config.duelPrize, cx)
      open({ game: 'duel', from, to, prize }, cx)
      const other = `@${members.name(to, group)}`
      const note = promised(prize, config.duelPrize, from, cx, 'promisedDuel')
      return reply('challenge', { name, other, seconds: config.answerWithin, accept: word('accept'), prize: note })
    },

    accept({ from, group }, cx) {
      const { config, tables, members, random, reply } = cx
      const game = group === null ? undefined : tables.games.get(group)
      if (!cx.group || group === null || game?.game !== 'duel' || game.to !== from) return
      const oneRoll = roll(random)
      const otherRoll = roll(random)
      const rolls = {
        one: members.name(game.from, group),
        oneRolls: shown([oneRoll]),
        other: members.name(from, group),
        otherRolls: shown([otherRoll]),
      }
      const winner = oneRoll > otherRoll ? game.from : from
      const prize = oneRoll === otherRoll ? '' : settle(winner, game, config.duelPrize, cx)
      closeGame(cx)
      if (oneRoll === otherRoll) return reply('duelDrawn', rolls)
      return reply('duel', { ...rolls, winner: members.name(winner, group), prize })
    },

    round({ from, group }, cx) {
      if (!cx.group) return cx.refuse('onlyInGroup')
      const { config, members, random, word, reply, refuse } = cx
      const name = members.name(from, group)
      const refused = mayNotOpen(cx)
      if (refused) return refused
      if (!countRound(from, cx)) return refuse('enough', { name, count: config.roundsADay })
      const rolls = throwDice(random)
      const prize = offer(config.roundPrize, cx)
      open({ game: 'round', throws: [{ member: from, rolls }], prize }, cx)
      return reply('roundOpened', {
        name,
        rolls: shown(rolls),
        seconds: config.roundSeconds,
        throw: word('throw'),
        prize: promised(prize, config.roundPrize, from, cx),
      })
    },

    throw: ({ from }, cx) => (cx.group ? throwIn(from, cx) : undefined),

    sum({ from, group }, cx) {
      if (!cx.group) return cx.refuse('onlyInGroup')
      const { config, members, word, reply, refuse } = cx
      const name = members.name(from, group)
      const refused = mayNotOpen(cx)
      if (refused) return refused
      if (!countRound(from, cx)) return refuse('enough', { name, count: config.roundsADay })
      const prize = offer(config.sumPrize, cx)
      open({ game: 'sum', guesses: [], prize }, cx)
      const vars = { name, seconds: config.roundSeconds, guess: word('guess') }
      return reply('sumOpened', { ...vars, prize: promised(prize, config.sumPrize, from, cx) })
    },

    guess({ from, group, object, isSure }, cx) {
      const { tables, members, word, refuse } = cx
      const game = group === null ? undefined : tables.games.get(group)
      if (!cx.group || game?.game !== 'sum') return
      const [, digits = '0'] = /^(\d{1,2}) ?[点分]?$/.exec(object) ?? []
      const sum = Number(digits)
      if (sum === 0 && !isSure) return
      if (sum < LOWEST || sum > HIGHEST) return refuse('guessHow', { guess: word('guess') })
      const before = game.guesses.find(({ member }) => member === from)
      if (before) return refuse('guessedOnce', { name: members.name(from, group), sum: before.sum })
      return guess(game, from, sum, cx)
    },
  },

  /** WeChat's own dice and rock-paper-scissors are a throw in an open round, though not of what they show: that can be chosen. */
  answer: ({ kind, text, from }, cx) =>
    cx.group && kind === 'sticker' && Object.values(gameStickers).includes(text) ? throwIn(from, cx) : undefined,

  onAnswer: {
    sum({ from, group, value }, cx) {
      const game = group === null ? undefined : cx.tables.games.get(group)
      // Who has guessed already may mean a question asked earlier, or just chat.
      if (!cx.group || game?.game !== 'sum' || game.guesses.some(({ member }) => member === from)) return
      return guess(game, from, value, cx)
    },
  },

  commands: {
    'dice round': {
      summary: { zh: '在一个群里开一局比大小', en: 'Open a round of dice in a group' },
      role: 'admin',
      args: { group: arg.groupWith('dice', { zh: '骰子', en: 'dice' }) },
      run: ({ group: { id, name } }, cx) => startedByBot('round', name, cx.inGroup(id)),
    },
    'dice sum': {
      summary: { zh: '在一个群里开一局猜点数', en: 'Open a guessing of the sum in a group' },
      role: 'admin',
      args: { group: arg.groupWith('dice', { zh: '骰子', en: 'dice' }) },
      run: ({ group: { id, name } }, cx) => startedByBot('sum', name, cx.inGroup(id)),
    },
  },

  onJob: {
    end(key, community) {
      const group = GroupId.parse(key)
      const cx = community.inGroup(group)
      const game = cx.tables.games.get(group)
      if (!game) return
      const told = cx.enabled ? end(game, cx) : undefined
      closeGame(cx)
      return told
    },
  },
})

/** A game that admins or the calendar open: nobody has thrown yet. */
function startedByBot(game: 'round' | 'sum', name: string, cx: GroupCx): Reply {
  const { group, config, tables, text, word, say, scene, prizeText } = cx
  if (tables.games.get(group.id)) return say('control', text('busyThere', { group: name }))
  const usual = game === 'round' ? config.roundPrize : config.sumPrize
  const prize = offer(usual, cx)
  open(game === 'round' ? { game, throws: [], prize } : { game, guesses: [], prize }, cx)
  const note = prize ? text('promised', { prize: prizeText(prize) }) : usual ? text('potEmpty') : ''
  const seconds = config.roundSeconds
  const opened =
    game === 'round'
      ? text('roundOpenedByBot', { seconds, throw: word('throw'), prize: note })
      : text('sumOpenedByBot', { seconds, guess: word('guess'), prize: note })
  const told = scene.canAsk ? [say('control', text('started', { group: name }))] : []
  return [say({ group: group.id }, opened, { priority: 'reply' }), ...told]
}

function throwIn(from: MemberId, cx: GroupCx): Reply {
  const { group, tables, members, random, text, refuse, say } = cx
  const game = tables.games.get(group.id)
  if (game?.game !== 'round') return undefined
  const name = members.name(from, group.id)
  if (game.throws.some(({ member }) => member === from)) return refuse('thrownOnce', { name })
  const rolls = throwDice(random)
  tables.games.set(group.id, { ...game, throws: [...game.throws, { member: from, rolls }] })
  return say({ group: group.id }, text('thrown', { name, rolls: shown(rolls) }) + noteFull(from, game, cx), {
    priority: 'reply',
    merge: 'dice',
  })
}

const busy = { duel: 'busyDuel', round: 'busyRound', sum: 'busySum' } as const satisfies Record<Game['game'], string>

/** There is one game at a time in a group. */
function mayNotOpen({ group, tables, word, refuse }: GroupCx): Refusal | undefined {
  const game = tables.games.get(group.id)
  return game && refuse(busy[game.game], { throw: word('throw'), guess: word('guess') })
}

function guess(game: Extract<Game, { game: 'sum' }>, from: MemberId, sum: number, cx: GroupCx): Reply {
  const { group, tables, members, text, refuse, say } = cx
  if (game.guesses.some((one) => one.sum === sum)) return refuse('guessTaken', { sum })
  tables.games.set(group.id, { ...game, guesses: [...game.guesses, { member: from, sum }] })
  return say(
    { group: group.id },
    text('guessed', { name: members.name(from, group.id), sum }) + noteFull(from, game, cx),
    {
      priority: 'reply',
      merge: 'dice',
    },
  )
}

/** What there is to win, as it is said when a game opens. @param usual what there would be on a day on which nothing has run out */
function promised(
  prize: PrizeOrNone,
  usual: PrizeOrNone,
  opener: MemberId,
  cx: GroupCx,
  key: 'promised' | 'promisedDuel' = 'promised',
): string {
  const { text, prizeText } = cx
  if (!prize) return usual ? text('potEmpty') : ''
  return text(key, { prize: prizeText(prize) }) + (isFull(opener, prize, cx) ? text('playsOnly') : '')
}

/** Who can win nothing more today knows it before the end. */
function noteFull(member: MemberId, { prize }: Game, cx: Cx): string {
  return prize && isFull(member, prize, cx) ? cx.text('playsOnly') : ''
}
