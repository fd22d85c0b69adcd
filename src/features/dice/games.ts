// The games of several people: a duel, a round of all, and guessing a sum. One at a time in a group, each with a deadline.
import { z } from 'zod'
import type { Effect } from '../../core/types/effect.ts'
import { MemberId } from '../../core/types/ids.ts'
import { PrizeOrNone } from '../../core/money/prize.ts'
import type { Random } from '../../core/lib/random.ts'
import { featureParts, type ContextOf, type GroupContextOf } from '../../core/feature/feature.ts'
import { table } from '../../core/feature/tables.ts'
import { diceTexts } from './texts.ts'

export const Config = z.strictObject({
  prize: PrizeOrNone.default({ points: 2 }).describe('赢机器人一次得什么：积分或券；false 没有奖'),
  duelPrize: PrizeOrNone.default({ points: 5 }).describe('两人对战，赢的人得什么'),
  roundPrize: PrizeOrNone.default({ points: 5 }).describe('大家比大小，点数最大的人得什么'),
  sumPrize: PrizeOrNone.default({ points: 5 }).describe('猜点数，最接近的人得什么'),
  roundsADay: z.int().positive().default(10).describe('每人每天最多开几局：和机器人玩、挑战、比大小、猜点数都算'),
  prizesADay: z.int().positive().default(10).describe('每人每天最多得几次奖'),
  potADay: z
    .int()
    .nonnegative()
    .default(60)
    .describe('一个群一天里，群友之间的对战、比大小、猜点数一共最多送出几分；送完照样能玩，只是没有奖'),
  answerWithin: z.int().min(30).max(3600).default(180).describe('挑战发出后几秒内可以应战'),
  roundSeconds: z.int().min(20).max(3600).default(60).describe('比大小和猜点数几秒后开奖'),
})

/** What a game promised when it was opened; games of earlier versions promised what the settings say. */
const prize = PrizeOrNone.optional()
const Game = z.discriminatedUnion('game', [
  z.strictObject({ game: z.literal('duel'), from: MemberId, to: MemberId, prize }),
  z.strictObject({
    game: z.literal('round'),
    throws: z.array(z.strictObject({ member: MemberId, rolls: z.array(z.int()) })),
    prize,
  }),
  z.strictObject({
    game: z.literal('sum'),
    guesses: z.array(z.strictObject({ member: MemberId, sum: z.int() })),
    prize,
  }),
])
export type Game = z.infer<typeof Game>
type Round = Extract<Game, { game: 'round' }>
type Sum = Extract<Game, { game: 'sum' }>

const Count = z.strictObject({ day: z.string(), count: z.int() })

const tables = {
  /** How many games a member opened on the day of the last one; the key is the member. */
  rounds: table(Count, { parts: true }),
  /** How many prizes a member won on the day of the last one; the key is the member. */
  prizes: table(Count, { parts: true }),
  /** The game that is open in a group; the key is the group. */
  games: table(Game, { migrations: [(old) => old] }),
  /** Points that games between members have given in a group on the day of the last one; the key is the group. */
  pots: table(Count, { parts: true }),
}

export const parts = featureParts({
  config: Config,
  tables,
  words: {
    roll: {
      say: ['骰子', '掷骰子', '色子', '🎲'],
      en: ['dice', 'roll', 'roll dice', 'roll the dice', 'roll a die', 'roll a dice', 'die'],
      rest: true,
    },
    accept: { say: ['应战', '接受挑战'], en: ['accept'] },
    round: { say: ['比大小', '群骰子'], en: ['round', 'dice round'] },
    throw: { say: ['掷', '我掷'], en: ['throw'] },
    sum: { say: ['猜点数'], en: ['guess the sum'] },
    guess: { say: ['猜', '我猜'], en: ['guess'], rest: 'close' },
  },
  texts: diceTexts,
  jobs: ['end'],
  questions: ['sum'],
})
export type Cx = ContextOf<typeof parts>
export type GroupCx = GroupContextOf<typeof parts>

/** Dice in a round and for a sum. */
const DICE = 3
export const LOWEST = DICE
export const HIGHEST = 6 * DICE
/** Players shown in a result. */
const SHOWN = 5
const faces = ['⚀', '⚁', '⚂', '⚃', '⚄', '⚅'] as const

/** Opens a game for a group; the opener has to be allowed another one. */
export function open(game: Game, { group, config, tables, now, wake, expects }: GroupCx): void {
  const until = now + (game.game === 'duel' ? config.answerWithin : config.roundSeconds) * 1000
  tables.games.set(group.id, game)
  wake(until, 'end', group.id)
  if (game.game === 'sum')
    expects('sum', { group: group.id }, { kind: 'number', min: LOWEST, max: HIGHEST, unit: null }, until)
}

/** Counts a game that a member opens. @returns whether he may, today */
export function countRound(member: MemberId, { config, tables, today }: Cx): boolean {
  const count = countOn(today, tables.rounds.get(member))
  if (count >= config.roundsADay) return false
  tables.rounds.set(member, { day: today, count: count + 1 })
  return true
}

function countOn(today: string, last: z.infer<typeof Count> | undefined): number {
  return last?.day === today ? last.count : 0
}

/** What a game between members can promise now: what the pot of the day and the stock still have is set aside. */
export function offer(prize: PrizeOrNone, cx: GroupCx): PrizeOrNone {
  const { config, group, ledger, tables, today, text } = cx
  if (!prize) return false
  if ('points' in prize)
    return countOn(today, tables.pots.get(group.id)) + prize.points <= config.potADay ? prize : false
  const short = ledger.coupons.reserve(promiseOf(group.id), text('reason'), new Map([[prize.coupon, prize.count]]))
  return short ? false : prize
}

/** Whether a member can get no more of this today, or no more of it at all; who plays for it is told before. */
export function isFull(member: MemberId, prize: PrizeOrNone, { config, tables, today, ledger }: Cx): boolean {
  if (!prize) return false
  if (countOn(today, tables.prizes.get(member)) >= config.prizesADay) return true
  return 'points' in prize
    ? prize.points > ledger.room(member)
    : ledger.coupons.isFull(member, prize.coupon, prize.count)
}

/** Gives a prize, and says so in the words that follow "wins". */
export function reward(member: MemberId, prize: PrizeOrNone, cx: Cx, promise?: string): string {
  if (!prize) return cx.text('prizeOff')
  const { tables, today, ledger, text, prizeText } = cx
  if (isFull(member, prize, cx)) return text('prizeFull')
  const given = prizeText(ledger.give(member, prize, text('reason'), promise))
  if (given === '') return text('prizeNone')
  tables.prizes.set(member, { day: today, count: countOn(today, tables.prizes.get(member)) + 1 })
  return text('prize', { prize: given })
}

/** Gives what a game between members promised. */
export function settle(winner: MemberId, { prize }: Game, usual: PrizeOrNone, cx: GroupCx): string {
  const { group, tables, today } = cx
  const promised = prize ?? usual
  const before = cx.ledger.balance(winner)
  const won = reward(winner, promised, cx, promiseOf(group.id))
  const points = cx.ledger.balance(winner) - before
  if (points > 0) tables.pots.set(group.id, { day: today, count: countOn(today, tables.pots.get(group.id)) + points })
  return won
}

/** A game is over: it promises nothing any more. */
export function closeGame({ group, tables, ledger, sleep, expectsNoMore }: GroupCx): void {
  tables.games.delete(group.id)
  sleep('end', group.id)
  expectsNoMore('sum', { group: group.id })
  ledger.coupons.release(promiseOf(group.id))
}

function promiseOf(group: string): string {
  return `dice-${group}`
}

/** The time of a game is over. */
export function end(game: Game, cx: GroupCx): Effect {
  const { group, members, text } = cx
  const nameOf = (member: MemberId) => members.name(member, group.id)
  switch (game.game) {
    case 'duel':
      return tell(text('nobody', { name: nameOf(game.from), other: nameOf(game.to) }), cx)
    case 'round':
      return tell(roundResult(game, nameOf, cx), cx)
    case 'sum':
      return tell(sumResult(game, nameOf, cx), cx)
  }
}

function tell(text: string, { group, say }: GroupCx): Effect {
  return say({ group: group.id }, text, { priority: 'reply' })
}

type NameOf = (member: MemberId) => string

function roundResult(round: Round, nameOf: NameOf, cx: GroupCx): string {
  const { throws } = round
  const { config, random, text } = cx
  const ranked = [...throws].sort((a, b) => total(b.rolls) - total(a.rolls))
  const [first, second] = ranked
  if (!first) return text('roundNobody')
  if (!second) return text('alone', { name: nameOf(first.member) })
  const lines = ranked
    .slice(0, SHOWN)
    .map(({ member, rolls }, i) => text('roundLine', { place: i + 1, name: nameOf(member), rolls: shown(rolls) }))
  let best = ranked.filter(({ rolls }) => total(rolls) === total(first.rolls))
  while (best.length > 1) {
    const again = best.map(({ member }) => ({ member, rolls: [roll(random)] }))
    lines.push(
      text('again', {
        rolls: again.map(({ member, rolls }) => `${nameOf(member)} ${shown(rolls)}`).join(text('comma')),
      }),
    )
    const most = Math.max(...again.map(({ rolls }) => total(rolls)))
    best = again.filter(({ rolls }) => total(rolls) === most)
  }
  const winner = best[0]?.member ?? first.member
  const won = text('winner', { name: `@${nameOf(winner)}`, prize: settle(winner, round, config.roundPrize, cx) })
  return [text('roundOver', { count: throws.length }), ...lines, won].join('\n')
}

function sumResult(game: Sum, nameOf: NameOf, cx: GroupCx): string {
  const { guesses } = game
  const { config, random, text } = cx
  const rolls = throwDice(random)
  const off = ({ sum }: Sum['guesses'][number]) => Math.abs(sum - total(rolls))
  // Of two that are as near, the earlier wins: sorting keeps their order.
  const [first, second] = [...guesses].sort((a, b) => off(a) - off(b))
  if (!first) return text('sumNobody', { rolls: shown(rolls) })
  const opened = text('sumOver', { rolls: shown(rolls) })
  if (!second) return `${opened}\n${text('sumAlone', { name: nameOf(first.member) })}`
  const how = text(off(first) === 0 ? 'exact' : 'nearest')
  const prize = settle(first.member, game, config.sumPrize, cx)
  return `${opened}\n${text('sumWinner', { name: `@${nameOf(first.member)}`, sum: first.sum, how, prize })}`
}

export function throwDice(random: Random): number[] {
  return Array.from({ length: DICE }, () => roll(random))
}

/** 1 to 6. */
export function roll(random: Random): number {
  return random.between(1, 6)
}

function total(rolls: readonly number[]): number {
  return rolls.reduce((sum, one) => sum + one, 0)
}

/** `⚂3`, or `⚀⚃⚅ 11`. */
export function shown(rolls: readonly number[]): string {
  const pictures = rolls.map((one) => faces[one - 1] ?? '').join('')
  return `${pictures}${rolls.length > 1 ? ' ' : ''}${total(rolls)}`
}
