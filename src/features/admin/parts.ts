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
    /** Entries that were taken back; the key is their number. */
    /** Names that a member bore before, the latest last; the key is the member. */
    noteNames: table(z.strictObject({ names: z.array(z.string()) }), { kind: 'note' }),
    undone: table(z.strictObject({ at: z.int() })),
  },
  texts: adminTexts,
})
export type AdminContext = CommunityContextOf<typeof parts>
