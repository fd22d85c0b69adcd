// What types the contexts of the admins' feature.
import { z } from 'zod'
import { featureParts, type CommunityContextOf } from '../../core/feature/feature.ts'
import { table } from '../../core/feature/tables.ts'
import { adminTexts } from './texts.ts'

export const parts = featureParts({
  config: z.strictObject({}),
  tables: {
    /** When a trouble was last told; the key is what it is about. */
    told: table(z.strictObject({ at: z.int() })),
    /** What cannot be heard, seen or sent now (`now`), and groups whose name another one has too (`ambiguous`). */
    states: table(
      z.strictObject({ states: z.array(z.strictObject({ group: z.string().nullable(), short: z.string() })) }),
      { kind: 'note' },
    ),
    /** How often the bot came on line lately (`now`), of which one notice is made. */
    starts: table(z.strictObject({ first: z.int(), last: z.int(), count: z.int() }), { kind: 'note' }),
    /** The last news of a kind, which is not told twice. */
    news: table(z.strictObject({ text: z.string(), at: z.int() }), { kind: 'note' }),
    /** Names that a member bore before, the latest last; the key is the member. */
    noteNames: table(z.strictObject({ names: z.array(z.string()) }), { kind: 'note' }),
    /** Entries that were taken back; the key is their number. */
    undone: table(z.strictObject({ at: z.int() })),
  },
  jobs: ['restarts'],
  texts: adminTexts,
})
export type AdminContext = CommunityContextOf<typeof parts>
