// What is kept about draws beside the life of any activity, the settings of the feature, and the context its parts get.
import { z } from 'zod'
import { Hours } from '../../activities/presets.ts'
import type { Live } from '../../activities/records.ts'
import { Label } from '../../core/feature/argument-line.ts'
import {
  featureParts,
  type CommunityContextOf,
  type ContextOf,
  type GroupContextOf,
} from '../../core/feature/feature.ts'
import { table } from '../../core/feature/tables.ts'
import { Prize } from '../../core/money/prize.ts'
import { GroupId, MemberId } from '../../core/types/ids.ts'
import { drawTexts } from './texts.ts'

export const DrawPrize = z.strictObject({
  name: Label,
  stock: z.int().min(1).max(100).default(1).describe('几份'),
  gives: Prize.optional().describe('自动发什么：积分或券；不写就由管理员线下给'),
})
export type DrawPrize = z.infer<typeof DrawPrize>

const whole = z.int().nonnegative()
export const Outside = z.string().regex(/^[\p{L}\p{N} .-]{1,30}$/u)

/** What a draw asks and gives, beside how it is opened and closed; the same in settings and in records. */
const Conditions = z.strictObject({
  prizes: z.array(DrawPrize).min(1).max(8).describe('奖品，先写大奖'),
  everyone: Prize.optional().describe('没抽中的人人都有：券或积分'),
  full: z.int().min(1).max(5000).optional().describe('满几人就截止'),
  cost: whole.max(100_000).default(0).describe('一张票花几分，0 表示不花'),
  each: z.int().min(1).max(50).default(1).describe('每人最多几张票'),
  days: whole.max(3650).default(0).describe('入群满几天才能参加'),
  points: whole.default(0).describe('积分满多少才能参加'),
  level: Label.optional().describe('等级：写在 levels 里的名字'),
  friends: whole.max(50).default(0).describe('带来新朋友多一张票，最多多几张'),
  clean: z.boolean().default(false).describe('有警告的人不能中奖'),
  word: z.string().trim().min(2).max(20).meta({ word: true }).optional().describe('参加的口令，不写就用「抽奖」'),
  outside: Outside.optional().describe('掺进去的外部数：写「群友」由群友报数，写别的（如某期双色球）由管理员填'),
})

const Preset = Conditions.extend({
  closes: z.string().optional().describe('什么时候截止，例如「20:00」「周日20:00」「2小时」'),
  opens: Hours.optional().describe('自动开始的时间，不写就用 /draw new 开'),
})
export type Preset = z.infer<typeof Preset>

const Config = z.strictObject({
  revealAfter: z.int().min(5).max(3600).default(30).describe('截止后几秒开奖，先让大家看到名单'),
  numbersFor: z.int().min(1).max(60).default(5).describe('由群友报数时，等几分钟'),
  claimWithin: z.int().min(1).max(720).optional().describe('中奖后几小时内要发「领奖」，不然补抽；不写就不用领'),
  handOver: z.string().max(20).default('').describe('实物奖品找谁领，例如 店长小李；不写就是管理员'),
  levels: z
    .record(
      Label,
      z.strictObject({
        days: whole.default(0).describe('入群满几天'),
        points: whole.default(0).describe('积分满多少'),
      }),
    )
    .default({})
    .describe('等级：名字和要求'),
  draws: z.record(Label, Preset).default({}).describe('事先写好的抽奖：/draw new 名字 就能开'),
})
export type Config = z.infer<typeof Config>

/** One prize of the draw, and who holds it. */
const Slot = z.strictObject({
  /** Which of the terms' prizes. */
  prize: z.int(),
  ticket: z.int(),
  member: MemberId,
  points: z.int(),
  /** Codes of coupons that were given. */
  codes: z.array(z.string()),
})
export type Slot = z.infer<typeof Slot>

const Outcome = z.strictObject({
  /** The hash of the frozen list. */
  list: z.string().nullable(),
  /** The number from outside that was mixed in. */
  mixed: z.string(),
  slots: z.array(Slot),
  /** The tickets of the first drawing, in order. */
  winners: z.array(z.int()),
  skipped: z.array(z.strictObject({ ticket: z.int(), why: z.enum(['left', 'unsure', 'limit', 'warned']) })),
  rerolls: z.array(z.strictObject({ from: z.int(), to: z.int(), why: z.string() })),
})

export const Content = Conditions.pick({ prizes: true, cost: true, friends: true }).extend({
  everyone: Prize.nullable(),
  level: z.string().nullable(),
  outside: z.string().nullable(),
  /** Who is under a warning cannot win. */
  isClean: z.boolean(),
  /** The line that is posted and committed to. */
  rules: z.string(),
  commitment: z.string(),
  ...Outcome.shape,
})
export type Content = z.infer<typeof Content>
export type Draw = Live<Content>

/** The tickets of a person. */
export const Entry = z.strictObject({ tickets: z.array(z.int()) })
export type Tickets = z.infer<typeof Entry>

const noOutcome = { list: null, mixed: '', slots: [], winners: [], skipped: [], rerolls: [] }
/** What a draw holds when nothing has come of it yet. */
export function unopened(terms: Omit<Content, 'rules' | 'commitment' | keyof z.infer<typeof Outcome>>): Content {
  return { ...terms, rules: '', commitment: '', ...noOutcome }
}

/** What version 0.1.0 kept of a draw, in two tables. */
export const Former = {
  draws: z.strictObject({
    group: GroupId,
    at: z.int(),
    rules: z.string(),
    commitment: z.string(),
    terms: Conditions.extend({ title: Label, closesAt: z.int().nullable(), excluded: z.array(MemberId).max(50) }),
  }),
  states: Outcome.omit({ mixed: true }).extend({
    phase: z.enum(['open', 'closed', 'drawn', 'cancelled']),
    tickets: z.int(),
    people: z.int(),
    closesAt: z.int().nullable(),
    outside: z.string(),
  }),
}

/** Keys begin with the draw's number. */
const tables = {
  draws: table(Former.draws, { migrations: [(old) => old] }),
  states: table(Former.states, { migrations: [(old) => old, (old) => old] }),
  /** Newcomers while a draw was open; the key is `<number>/<newcomer>`. */
  guests: table(z.strictObject({ by: MemberId })),
  /** People who were brought in or have left before: nobody's new friends any more. */
  noteKnown: table(z.strictObject({ at: z.int() }), { kind: 'note' }),
  /** Numbers that members gave after the closing; the key is `<number>/<member>`. */
  numbers: table(z.strictObject({ number: z.string(), order: z.int() })),
  /** The frozen list. */
  lists: table(z.strictObject({ lines: z.array(z.string()) })),
  /** Secret until the drawing: as notes they are not shown by `/why`, and an undone drawing can only be repeated as it was. */
  noteSeeds: table(z.strictObject({ seed: z.string(), drawnWith: z.string().nullable() }), { kind: 'note' }),
  /** The latest number of version 0.1.0, under `draw`. */
  noteNumber: table(z.strictObject({ no: z.int() }), { kind: 'note' }),
  /** Who has claimed his prize; the key is `<number>/<member>`. */
  claims: table(z.strictObject({ at: z.int() })),
  /** Who has spoken to the bot alone: a friend. */
  noteFriends: table(z.strictObject({ at: z.int() }), { kind: 'note' }),
  /** When the list was last shown in the group. */
  noteShown: table(z.strictObject({ at: z.int() }), { kind: 'note' }),
}

export const parts = featureParts({
  config: Config,
  tables,
  words: {
    draw: { say: ['抽奖'], en: ['draw'], rest: 'close' },
    check: { say: ['验证', '验算'], en: ['check', 'verify'], rest: true },
    claim: { say: ['领奖', '我来领奖'], en: ['claim'] },
    number: { say: ['幸运数'], en: ['lucky number'], rest: true },
  },
  texts: drawTexts,
  jobs: ['reveal', 'claim'],
})
export type Cx = ContextOf<typeof parts>
export type GroupCx = GroupContextOf<typeof parts>
export type CommunityCx = CommunityContextOf<typeof parts>

/** Tickets of the frozen list, by its lines. */
export function ticketsOf(lines: readonly string[]): { no: number; member: MemberId }[] {
  return lines.map((line) => {
    const [ticket = '', member] = line.split(' ')
    return { no: Number(ticket.slice(1)), member: MemberId.parse(member) }
  })
}
