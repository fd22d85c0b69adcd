// The numbers behind /why and /undo: of the one series that features share, or of an entry of the journal.
import { argument, type Arg } from '../../core/feature/argument.ts'
import type { Reply } from '../../core/types/effect.ts'
import { canonical } from '../../core/lib/text.ts'
import { houseOf, type Hanging } from '../../core/feature/house.ts'
import type { AdminContext } from './parts.ts'
import { Refusal } from '../../core/types/refusal.ts'

/** Entries of the journal count by themselves, so their numbers look different: `L123`. */
interface Meant {
  number: number
  isEntry: boolean
}

/** `41`, or `L123` for an entry of `/log`. */
export const numbered: Arg<Meant> = argument({ zh: '编号', en: 'number' }, { zh: '41', en: '41' }, (typed) => {
  const [, entry, digits] = /^#?(l?)(\d{1,12})$/.exec(canonical(typed)) ?? []
  if (digits === undefined) return new Refusal(`「${typed}」不是编号`, `“${typed}” is not a number`)
  return { number: Number(digits), isEntry: entry !== '' }
})

/** What becomes of what hangs on what is taken back. */
export const hangingWords = {
  all: ['一起', '一起收回', '全部', '都收回', '一并', 'all'],
  keep: ['只这条', '只撤这条', '保留', '其他保留', '只', 'keep'],
} as const satisfies Record<Hanging, readonly [string, ...string[]]>

/** Does it; of a number that does not allow it, says what it is. */
export function lookAt(act: 'why' | 'undo', { number, isEntry }: Meant, cx: AdminContext, hanging?: Hanging): Reply {
  const { numbers, lookup, reply, replyText } = cx
  if (isEntry) return lookup({ what: 'entry', query: { seq: number, for: act, ...(hanging ? { hanging } : {}) } })
  const done = houseOf(cx).ofNumber(act, number)
  if (done) return done
  const other = numbers.about(number)
  return other === undefined ? reply('noNumber', { number, command: act }) : replyText(other)
}
