// What order remembers: cases, strikes, quarantine, removals, lessons, and for a while what was said.
import { z } from 'zod'
import { featureParts, type ContextOf } from '../../core/feature/feature.ts'
import { GroupId, MemberId } from '../../core/types/ids.ts'
import { kinds } from '../../core/types/event.ts'
import type { Json } from '../../core/types/json.ts'
import { table } from '../../core/feature/tables.ts'
import { Config, prepare } from './settings.ts'
import { orderTexts } from './texts.ts'

const at = z.int()

/** What somebody is thought to have done: each has its own words for him and its own lessons for the filter. */
export const offences = ['ad', 'attack', 'other'] as const
export type Offence = (typeof offences)[number]

/** One decision that people can look at and take back; the key is its number. */
export const Case = z.strictObject({
  /**
   * How it came up: the filter's opinion of a message (`ad`, `attack`) or of a name, a flood, something that cannot be read (`content`), a
   * report, an advertisement that an admin points out (`missed`), a word of an admin's (`hand`).
   */
  kind: z.enum(['ad', 'attack', 'name', 'flood', 'content', 'report', 'missed', 'hand']),
  offence: z.enum(offences),
  at,
  /** When it last grew. */
  last: at,
  /** Who it is about; null when a report did not say. */
  member: MemberId.nullable(),
  /** How he was called then. */
  name: z.string(),
  /** Where it happened, the latest last; none for a text that an admin gave. */
  groups: z.array(GroupId),
  text: z.string(),
  /** Tells equal texts. */
  print: z.string(),
  messages: z.int(),
  probability: z.number().nullable(),
  signals: z.array(
    z.strictObject({
      name: z.string(),
      weight: z.number(),
      zh: z.string(),
      en: z.string(),
      quote: z.string().optional(),
    }),
  ),
  /** The message whose picture the admins have not been shown yet. */
  picture: z.string().nullable(),
  /** What was done; in a dry run, what would have been. `ask`: nothing, a human is asked. */
  step: z.enum(['ask', 'remind', 'warn', 'remove']),
  /** Which step of how many that was; 0 without a strike. */
  count: z.int(),
  of: z.int(),
  /** The earlier cases whose strikes the step rests on. */
  rests: z.array(z.int()),
  /** Where he was reproached in public. */
  told: GroupId.nullable(),
  /** Points that were taken. */
  fine: z.int(),
  /** Why less was done than the ladder says. */
  held: z.enum(['identity', 'role', 'trusted', 'limit', 'human', 'appeal', 'raid', 'attack']).nullable(),
  dryRun: z.boolean(),
  /** `settled`: nobody has objected for some days. */
  state: z.enum(['open', 'confirmed', 'settled', 'undone']),
  reporters: z.array(MemberId),
  appeal: z.string().nullable(),
})
export type Case = z.infer<typeof Case>

/** A case with its number. */
export interface Numbered {
  number: number
  one: Case
}

/** Cases as they were before they had an offence, and did not tell what they rest on. */
function withOffence(old: Json): Json {
  if (old === null || typeof old !== 'object' || !('kind' in old)) return old
  const { kind, probability } = old as unknown as Pick<Case, 'kind' | 'probability'>
  const isUnclear = kind === 'flood' || (kind === 'report' && (probability ?? 0) < 0.5)
  return { ...old, offence: isUnclear ? 'other' : 'ad', picture: null, rests: [], told: null }
}

export const Ticket = z.strictObject({
  case: z.int(),
  at,
  /** `waiting` for its turn, `kicking`: ordered, `human`: somebody has to do it on the phone. */
  state: z.enum(['waiting', 'kicking', 'human']),
  /** Without a human's word. */
  auto: z.boolean(),
  /** How often a human was asked. */
  asked: z.int(),
})
export type Ticket = z.infer<typeof Ticket>

export const Heard = z.strictObject({
  from: MemberId,
  at,
  print: z.string(),
  /** Of what is no text. */
  kind: z.enum(kinds).optional(),
})

/** One strike; a newcomer's second counts twice. */
const Strike = z.strictObject({ at, weight: z.int() })

const tables = {
  cases: table(Case, { migrations: [withOffence] }),
  /** The one record `case`: the number that the last case got. */
  noteLast: table(z.strictObject({ number: z.int() }), { kind: 'note' }),
  /** The one record `next`: one more than the last number of before numbers were shared with other features. Only read. */
  numbers: table(z.strictObject({ next: z.int() })),
  /** The key is `<member>/<case>`. */
  strikes: table(Strike),
  /** The same of dry runs, so that these climb the ladder as well. */
  noteTrial: table(Strike, { kind: 'note' }),
  /** Who gets no points, answers and entries until he is gone; the key is the member. */
  quarantine: table(z.strictObject({ case: z.int(), at })),
  /** Removals that are not done yet; the key is `<group>/<member>`. */
  tickets: table(Ticket),
  /** The black list: who was removed; the key is the member. */
  removed: table(z.strictObject({ case: z.int(), at })),
  /** The one record `auto`: when somebody was removed without a human's word, in the last hour. */
  removals: table(z.strictObject({ times: z.array(at) })),
  /** Whether the account can remove people; the key is the group. */
  kicks: table(z.strictObject({ can: z.boolean(), at })),
  /** Who is never punished without a human's word; the key is the member. */
  trusted: table(z.strictObject({ at })),
  /** What admins taught; the key is the case's number. `ad`: whether the text was what the offence says. */
  lessons: table(z.strictObject({ offence: z.enum(offences), ad: z.boolean(), sketch: z.array(z.int()) }), {
    migrations: [(old) => ({ ...(old as object), offence: 'ad' })],
  }),
  /** The single record `all`, replaced with every change of the lessons. */
  taught: table(z.strictObject({ changes: z.int() })),
  /** The first of two people; the key is `<act>/<case or member>`. */
  seconds: table(z.strictObject({ by: MemberId, until: at })),
  /** What was said lately; the key is `<group>/<message>`, the index `<group>/<member>`. */
  noteHeard: table(Heard, {
    kind: 'note',
    migrations: [(old) => old],
    index: ({ from }, key) => `${key.slice(0, key.indexOf('/'))}/${from}`,
  }),
  /** What people with a role, the bot and its owner said in a group, in the form for comparing; the key is `<group>/<message>`. */
  noteWelcome: table(z.strictObject({ at, text: z.string(), by: MemberId.optional() }), {
    kind: 'note',
    migrations: [(old) => old],
  }),
  /** How often a longer text came lately, anywhere, and to which groups the last who said it took it; the key is its print. */
  noteTexts: table(
    z.strictObject({ count: z.int(), at, from: MemberId.optional(), groups: z.array(GroupId).optional() }),
    { kind: 'note', migrations: [(old) => old] },
  ),
  /** How much newcomers have said, up to what makes them none; the key is `<group>/<member>`. */
  noteTalk: table(z.strictObject({ count: z.int() }), { kind: 'note' }),
  /** The last newcomers of a group, for join waves; the key is the group. */
  noteJoins: table(z.strictObject({ times: z.array(at), told: at }), { kind: 'note' }),
  /** Who was reminded of the form of nicknames, or waits to be (`told` is 0); the key is `<group>/<member>`. */
  noteNicknames: table(z.strictObject({ at, told: at }), { kind: 'note' }),
  /** Cards that wait to be shown; the key is the case's number. */
  noteCards: table(z.strictObject({ at }), { kind: 'note' }),
  /** Cases that the admins were shown; the key is the case's number. */
  noteSeen: table(z.strictObject({ at }), { kind: 'note' }),
  /** What became of removals and waits to be told; the key is `<group>/<member>`. */
  noteNews: table(z.strictObject({ case: z.int(), news: z.enum(['gone', 'stuck']) }), { kind: 'note' }),
  /** The one record `last`: when cards were last shown. */
  noteShown: table(z.strictObject({ at }), { kind: 'note' }),
  /** When a member reported, and when a report of his was found wrong. */
  noteReporters: table(z.strictObject({ times: z.array(at), wrong: z.array(at) }), { kind: 'note' }),
}

export const parts = featureParts({
  config: Config,
  prepare,
  tables,
  words: {
    report: { say: ['举报'], en: ['report'], rest: true },
    record: { say: ['我的记录'], en: ['my record'], look: true },
    appeal: { say: ['申诉', '申述', '我要申诉'], en: ['appeal'], rest: true },
  },
  texts: orderTexts,
  jobs: ['cards', 'ask', 'forget', 'nicknames', 'daily'],
})
export type Cx = ContextOf<typeof parts>

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
