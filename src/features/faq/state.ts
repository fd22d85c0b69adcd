// What the answer library keeps in tables, and the view of the world that its handlers share.
import { z } from 'zod'
import { modelTroubles } from '../../core/types/event.ts'
import { featureParts, type ContextOf } from '../../core/feature/feature.ts'
import { GroupId, MemberId } from '../../core/types/ids.ts'
import { table } from '../../core/feature/tables.ts'
import { addDays, type DayKey } from '../../core/lib/time.ts'
import { prepareLibrary } from './care.ts'
import { Config } from './entry.ts'
import { faqTexts } from './texts.ts'

const at = z.int()

const tables = {
  /** Answers that `/faq add` kept, beside the settings' own; the key is the number of the question. */
  learned: table(z.strictObject({ question: z.string(), answer: z.string(), at })),
  /** Wordings that were taught for an entry; the key is how they read. */
  taught: table(z.strictObject({ wording: z.string(), entry: z.string(), number: z.int(), at })),
  /** Questions that are nothing for the library; the key is how they read. */
  dismissed: table(z.strictObject({ wording: z.string(), number: z.int(), at })),
  /** Questions that got no answer; the key is how the first of them reads. */
  noteMissed: table(
    z.strictObject({
      question: z.string(),
      count: z.int(),
      /** The count when it was last shown. */
      told: z.int(),
      at,
      /** Its number, from when it is first shown. */
      number: z.int().nullable(),
      /** The entries that came nearest. */
      nearest: z.array(z.string()),
      /** Entry → how often somebody chose it for this question. */
      chosen: z.record(z.string(), z.int()),
    }),
    { kind: 'note' },
  ),
  /** Questions that were handed to a human, for seven days; the key is their number. */
  handovers: table(
    z.strictObject({
      group: GroupId.nullable(),
      from: MemberId,
      question: z.string(),
      at,
      /** Nobody has answered yet. */
      open: z.boolean(),
      /** What the human wrote last; quick replies (稍等) are no answer to keep. */
      answer: z.string().nullable(),
      /** It was proposed as an entry. */
      proposed: z.boolean().optional(),
    }),
    { migrations: [(old) => old] },
  ),
  /** The one record `handover`: the number that the last question got. */
  noteLast: table(z.strictObject({ number: z.int() }), { kind: 'note' }),
  /** How many questions somebody handed over on a day, and when he was last told that one was not; the key is the member. */
  noteHanded: table(z.strictObject({ day: z.string(), count: z.int(), refused: at.optional() }), { kind: 'note' }),
  /** When an entry was last given in a group; the key is `<group>/<entry>`. */
  noteAnswered: table(z.strictObject({ at }), { kind: 'note' }),
  /** Which entries somebody may choose from; the key is `<group or direct>/<member>`. */
  noteChoices: table(z.strictObject({ ids: z.array(z.string()), question: z.string(), until: z.int() }), {
    kind: 'note',
  }),
  /** What somebody last asked the bot and may want a human for; the key is as above. */
  noteAsked: table(z.strictObject({ question: z.string(), at }), { kind: 'note' }),
  /** The one record `kept`: the levels found from what the groups said in the last days, and of which settings; see levels.ts. */
  noteLevels: table(
    z.strictObject({
      of: z.string(),
      levels: z.strictObject({ answer: z.number(), asked: z.number(), suggest: z.number() }),
      asked: z.int(),
      answered: z.int(),
      chatAnswered: z.number(),
      messages: z.int(),
      days: z.int(),
      at,
    }),
    { kind: 'note' },
  ),
  /** Calls of the language model: `member/<id>`, `group/<id>`, `all/day`, `all/month`, and `failed/<member>`, each of one day or month. */
  noteModelUse: table(z.strictObject({ period: z.string(), count: z.int() }), { kind: 'note' }),
  /** The one record `state`: what came of the last call, how many failed in a row, and when that was told. */
  noteModel: table(
    z.strictObject({
      why: z.enum(modelTroubles).nullable(),
      status: z.int().nullable(),
      inRow: z.int(),
      at,
      toldAt: at.nullable(),
    }),
    { kind: 'note' },
  ),
}

export const parts = featureParts({
  config: Config,
  prepare: prepareLibrary,
  tables,
  words: {
    human: {
      say: ['转人工', '人工客服', '人工', '找人工', '真人客服'],
      en: ['human', 'real person'],
      rest: true,
      look: true,
    },
  },
  texts: faqTexts,
  questions: ['choose'],
  jobs: ['missed', 'calibration'],
})
export type FaqContext = ContextOf<typeof parts>

/** The next number of the admins' series. */
export function nextNumber({ numbers, tables }: FaqContext): number {
  const number = numbers.next()
  tables.noteLast.set('handover', { number })
  return number
}

/** Who asked what, and where. */
export interface Asked {
  /** null: asked the bot directly. */
  group: GroupId | null
  from: MemberId
  question: string
}

interface Count {
  period: string
  count: number
}

/**
 * A count as it stands. Groups in zones where it is tomorrow already begin the next period for all: where two zones take turns, a
 * count must not begin again each time.
 */
export function runningCount(before: Count | undefined, today: DayKey, periodOf = (day: DayKey): string => day): Count {
  const periods = [periodOf(today), periodOf(addDays(today, 1))]
  return before && periods.includes(before.period) ? before : { period: periodOf(today), count: 0 }
}

/** So much of a question is kept and shown. */
const keptLength = 200

/** A question on one line, without what could turn the reader's line around. */
export function kept(text: string): string {
  const line = text
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\s+/gu, ' ')
    .trim()
  const characters = [...line]
  return characters.length <= keptLength ? line : `${characters.slice(0, keptLength - 1).join('')}…`
}
