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
  answerWithin: z.int().min(30).max(3600).default(180).describe('挑战发出后几秒内可以应战'),
  roundSeconds: z.int().min(20).max(3600).default(60).describe('比大小和猜点数几秒后开奖'),
})

const Game = z.discriminatedUnion('game', [
  z.strictObject({ game: z.literal('duel'), from: MemberId, to: MemberId }),
  z.strictObject({
    game: z.literal('round'),
    throws: z.array(z.strictObject({ member: MemberId, rolls: z.array(z.int()) })),
  }),
  z.strictObject({
    game: z.literal('sum'),
    guesses: z.array(z.strictObject({ member: MemberId, sum: z.int() })),
  }),
])
export type Game = z.infer<typeof Game>
type Round = Extract<Game, { game: 'round' }>
type Sum = Extract<Game, { game: 'sum' }>

const Count = z.strictObject({ day: z.string(), count: z.int() })

const tables = {
  /** How many games a member opened on the day of the last one; the key is the member. */
  rounds: table(Count),
  /** How many prizes a member won on the day of the last one; the key is the member. */
  prizes: table(Count),
  /** The game that is open in a group; the key is the group. */
  games: table(Game),
}

export const parts = featureParts({
  config: Config,
  tables,
  words: {
    roll: { say: ['骰子', '掷骰子', '色子'], en: ['dice', 'roll', 'roll dice', 'roll the dice'], rest: true },
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

/** Gives a prize, and says so in the words that follow "wins". */
export function reward(member: MemberId, prize: PrizeOrNone, cx: Cx): string {
  if (!prize) return cx.text('prizeOff')
  const { config, tables, today, ledger, text, prizeText } = cx
  const count = countOn(today, tables.prizes.get(member))
  if (count >= config.prizesADay) return text('prizeNone')
  const given = prizeText(ledger.give(member, prize, text('reason')))
  if (given === '') return text('prizeNone')
  tables.prizes.set(member, { day: today, count: count + 1 })
  return text('prize', { prize: given })
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

function roundResult({ throws }: Round, nameOf: NameOf, cx: Cx): string {
  const { config, random, text } = cx
  const ranked = [...throws].sort((a, b) => total(b.rolls) - total(a.rolls))
  const [first, second] = ranked
  if (!first) throw new Error('a round was open without its opener')
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
  const won = text('winner', { name: `@${nameOf(winner)}`, prize: reward(winner, config.roundPrize, cx) })
  return [text('roundOver', { count: throws.length }), ...lines, won].join('\n')
}

function sumResult({ guesses }: Sum, nameOf: NameOf, cx: Cx): string {
  const { config, random, text } = cx
  const rolls = throwDice(random)
  const off = ({ sum }: Sum['guesses'][number]) => Math.abs(sum - total(rolls))
  // Of two that are as near, the earlier wins: sorting keeps their order.
  const [first, second] = [...guesses].sort((a, b) => off(a) - off(b))
  if (!first) return text('sumNobody', { rolls: shown(rolls) })
  const opened = text('sumOver', { rolls: shown(rolls) })
  if (!second) return `${opened}\n${text('sumAlone', { name: nameOf(first.member) })}`
  const how = text(off(first) === 0 ? 'exact' : 'nearest')
  const prize = reward(first.member, config.sumPrize, cx)
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
