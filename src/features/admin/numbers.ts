// The numbers behind /why and /undo: of the one series that features share, or of an entry of the journal.
import { argument, type Arg } from '../../core/feature/argument.ts'
import type { Effect, Reply } from '../../core/types/effect.ts'
import { canonical } from '../../core/lib/text.ts'
import { houseOf, type Hanging } from '../../core/feature/house.ts'
import type { AdminContext } from './parts.ts'
import { Refusal } from '../../core/types/refusal.ts'

/** Entries of the journal count by themselves, so their numbers look different: `L123`. */
interface Meant {
  number: number
  isEntry: boolean
}

/** Several numbers of the series. */
interface Several {
  numbers: number[]
  /** Numbers that nobody typed: those inside `41-43`. */
  ranged: ReadonlySet<number>
}

/** Numbers in one line. */
const MOST = 60

/** `41`, or `L123` for an entry of `/log`. */
export const numbered: Arg<Meant> = argument({ zh: '编号', en: 'number' }, { zh: '41', en: '41' }, (typed) => {
  const meant = single(typed)
  return meant ?? new Refusal(`「${typed}」不是编号`, `“${typed}” is not a number`)
})

/** The same, or several numbers of the series: `41-43`, `41,45`. */
export const severalNumbered: Arg<Meant | Several> = argument(
  { zh: '编号', en: 'number' },
  { zh: '41', en: '41' },
  (typed) => {
    const meant = single(typed) ?? several(typed)
    return meant ?? new Refusal(`「${typed}」不是编号`, `“${typed}” is not a number`)
  },
)

function single(typed: string): Meant | undefined {
  const [, entry, digits] = /^#?(l?)(\d{1,12})$/.exec(canonical(typed)) ?? []
  return digits === undefined ? undefined : { number: Number(digits), isEntry: entry !== '' }
}

function several(typed: string): Several | Refusal | undefined {
  const numbers = new Set<number>()
  const ranged = new Set<number>()
  for (const part of canonical(typed).split(/[,，、]/)) {
    const [, first, last] = /^#?(\d{1,9})(?:[-~–—]#?(\d{1,9}))?$/.exec(part) ?? []
    if (first === undefined) return undefined
    const [from, to] = [Number(first), Number(last ?? first)]
    if (to < from) return undefined
    if (to - from >= MOST) return new Refusal(`一次最多 ${MOST} 个`, `at most ${MOST} at once`)
    for (let number = from; number <= to; number++) {
      numbers.add(number)
      if (last !== undefined) ranged.add(number)
    }
  }
  return numbers.size > MOST
    ? new Refusal(`一次最多 ${MOST} 个`, `at most ${MOST} at once`)
    : { numbers: [...numbers], ranged }
}

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

/** Takes several cases back. Of a range only those that the admins have been shown: nobody can want to take back what he has not seen. */
export function undoSeveral({ numbers, ranged }: Several, cx: AdminContext): Reply {
  const house = houseOf(cx)
  const lines: string[] = []
  const unseen: number[] = []
  const effects: Effect[] = []
  for (const number of numbers) {
    const wasShown = house.wasShown(number)
    if (wasShown === undefined) {
      const about = cx.numbers.about(number)
      // A range may have gaps, and what stands in them is nobody's wish.
      if (!ranged.has(number)) lines.push(about ?? cx.text('noNumber', { number, command: 'undo' }))
    } else if (!wasShown && ranged.has(number)) unseen.push(number)
    else {
      const done = [house.ofNumber('undo', number) ?? []].flat() as Effect[]
      for (const effect of done)
        if (effect.type === 'say' && effect.to === 'control') lines.push(effect.text)
        else effects.push(effect)
    }
  }
  if (unseen.length > 0) lines.push(cx.text('undoUnseen', { numbers: unseen.map((number) => `#${number}`).join(' ') }))
  return lines.length === 0 ? cx.reply('undoNoCases') : [cx.replyText(lines.join('\n')), ...effects]
}
