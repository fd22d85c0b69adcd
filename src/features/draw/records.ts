// What is kept about draws, the settings of the feature, and the context its parts get.
import { z } from 'zod'
import {
  featureParts,
  type CommunityContextOf,
  type ContextOf,
  type GroupContextOf,
} from '../../core/feature/feature.ts'
import { GroupId, MemberId } from '../../core/types/ids.ts'
import { Prize } from '../../core/money/prize.ts'
import { table } from '../../core/feature/tables.ts'
import { drawTexts } from './texts.ts'

/** In milliseconds; also how long an announcement is worth reading. */
export const DAY = 86_400_000

/** Names stand in the rules line that is hashed: nothing that separates its parts, and nothing that WeChat changes when it is copied. */
export const Label = z
  .string()
  .regex(/^[\p{L}\p{N}](?:[\p{L}\p{N} _.%+&()（）《》!！~-]{0,18}[\p{L}\p{N}%)）》!！])?$/u)
  .describe('名字：20 个字以内，只用字、数字和常用标点')

export const DrawPrize = z.strictObject({
  name: Label,
  stock: z.int().min(1).max(100).default(1).describe('几份'),
  gives: Prize.optional().describe('自动发什么：积分或券；不写就由管理员线下给'),
})
export type DrawPrize = z.infer<typeof DrawPrize>

const whole = z.int().nonnegative()
const Outside = z.string().regex(/^[\p{L}\p{N} .-]{1,30}$/u)

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
  word: z.string().trim().min(2).max(20).meta({ word: true }).optional().describe('参加的口令，不写就用「抽奖」'),
  outside: Outside.optional().describe('掺进去的外部数：写「群友」由群友报数，写别的（如某期双色球）由管理员填'),
})

export const Terms = Conditions.extend({
  title: Label,
  closesAt: z.int().nullable(),
  excluded: z.array(MemberId).max(50),
})
export type Terms = z.infer<typeof Terms>

export const Preset = Conditions.extend({
  closes: z.string().optional().describe('什么时候截止，例如「20:00」「周日20:00」「2小时」'),
  opens: z
    .strictObject({
      weekdays: z.array(z.int().min(1).max(7)).min(1).default([1, 2, 3, 4, 5, 6, 7]).describe('星期几，1 是星期一'),
      at: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
        .meta({ examples: ['12:00'] })
        .describe('几点'),
    })
    .optional()
    .describe('自动开始的时间，不写就用 /draw new 开'),
})
export type Preset = z.infer<typeof Preset>

export const Config = z.strictObject({
  revealAfter: z.int().min(5).max(3600).default(30).describe('截止后几秒开奖，先让大家看到名单'),
  numbersFor: z.int().min(1).max(60).default(5).describe('由群友报数时，等几分钟'),
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

const Draw = z.strictObject({
  group: GroupId,
  at: z.int(),
  /** The line that is posted and committed to. */
  rules: z.string(),
  commitment: z.string(),
  terms: Terms,
})

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

const State = z.strictObject({
  phase: z.enum(['open', 'closed', 'drawn', 'cancelled']),
  /** The highest ticket number so far. */
  tickets: z.int(),
  people: z.int(),
  closesAt: z.int().nullable(),
  /** The hash of the frozen list. */
  list: z.string().nullable(),
  outside: z.string(),
  slots: z.array(Slot),
  /** The tickets of the first drawing, in order. */
  winners: z.array(z.int()),
  skipped: z.array(z.strictObject({ ticket: z.int(), why: z.enum(['left', 'unsure', 'limit']) })),
  rerolls: z.array(z.strictObject({ from: z.int(), to: z.int(), why: z.string() })),
})
export type State = z.infer<typeof State>

/** Keys begin with the draw's number. */
const tables = {
  draws: table(Draw),
  /** Apart from `draws`, as it changes with every ticket; so that nobody can undo an opening after somebody has entered. */
  states: table(State, { migrations: [(old) => old] }),
  /** Tickets of a person; the key is `<number>/<member>`. */
  entries: table(z.strictObject({ tickets: z.array(z.int()), paid: z.int() })),
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
  /** The latest number, under `draw`. */
  noteNumber: table(z.strictObject({ no: z.int() }), { kind: 'note' }),
  /** When the list was last shown in the group. */
  noteShown: table(z.strictObject({ at: z.int() }), { kind: 'note' }),
  /** What an admin has answered so far; the key is the admin. */
  noteDrafts: table(z.strictObject({ step: z.int(), line: z.string() }), { kind: 'note' }),
}

export const parts = featureParts({
  config: Config,
  tables,
  words: {
    draw: { say: ['抽奖'], en: ['draw'], rest: 'close' },
    check: { say: ['验证', '验算'], en: ['check', 'verify'], rest: true },
    number: { say: ['幸运数'], en: ['lucky number'], rest: true },
  },
  texts: drawTexts,
  jobs: ['close', 'reveal', 'plan', 'open'],
})
/** What is seen in a group, of the community, and either. */
export type GroupCx = GroupContextOf<typeof parts>
export type CommunityCx = CommunityContextOf<typeof parts>
export type Cx = ContextOf<typeof parts>

/** A draw with all that belongs to it. */
export interface Whole extends z.infer<typeof Draw> {
  no: number
  state: State
}

export function drawOf(cx: Pick<Cx, 'tables'>, no: number): Whole | undefined {
  const draw = cx.tables.draws.get(String(no))
  const state = cx.tables.states.get(String(no))
  return draw && state && { no, ...draw, state }
}

/** Draws in a group (null: anywhere) in a phase, or all; the oldest first. */
export function drawsIn(cx: Pick<Cx, 'tables'>, group: GroupId | null, phase?: State['phase']): Whole[] {
  return [...cx.tables.states.entries()]
    .filter(([, state]) => phase === undefined || state.phase === phase)
    .flatMap(([key]) => drawOf(cx, Number(key)) ?? [])
    .filter((draw) => group === null || draw.group === group)
    .sort((a, b) => a.no - b.no)
}

export function setState(cx: Pick<Cx, 'tables'>, draw: Whole, change: Partial<State>): Whole {
  const state = { ...draw.state, ...change }
  cx.tables.states.set(String(draw.no), state)
  return { ...draw, state }
}

/** Tickets of the frozen list, by its lines. */
export function ticketsOf(lines: readonly string[]): { no: number; member: MemberId }[] {
  return lines.map((line) => {
    const [ticket = '', member] = line.split(' ')
    return { no: Number(ticket.slice(1)), member: MemberId.parse(member) }
  })
}
