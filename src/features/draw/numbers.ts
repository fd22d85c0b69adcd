// Numbers that members give after the list was frozen, so that nobody can have known the outcome.
import type { Effect } from '../../core/types/effect.ts'
import type { Millis } from '../../core/types/ids.ts'
import type { SaidWord } from '../../core/feature/words.ts'
import type { GroupCx } from './records.ts'
import { secretOf } from './statement.ts'

/** Members whose numbers a draw takes; with this many it is settled. */
const MOST = 20

/** Members' numbers in the order in which they came: `m3:88 m7:6`. */
export function numbersOf(no: number, { tables }: Pick<GroupCx, 'tables'>): string {
  return [...tables.numbers.entries(String(no))]
    .sort(([, a], [, b]) => a.order - b.order)
    .map(([key, { number }]) => `${key.slice(key.indexOf('/') + 1)}:${number}`)
    .join(' ')
}

/** Takes a member's number for a draw that waits for such. */
export function takeNumber(no: number, { from, rest }: SaidWord, cx: GroupCx): { told: Effect[]; isEnough: boolean } {
  const { members, tables, text, say, group } = cx
  const count = tables.numbers.size(String(no))
  const key = `${no}/${from}`
  const isTaken = /^\d{1,12}$/.test(rest) && secretOf(no, cx).drawnWith === null
  if (!isTaken || tables.numbers.get(key) || count >= MOST) return { told: [], isEnough: false }
  tables.numbers.set(key, { number: rest, order: count })
  const vars = { name: members.name(from, group.id), number: rest, no, count: count + 1, most: MOST }
  const told = say({ group: group.id }, text('tookNumber', vars), { priority: 'reply', merge: `draw-${no}` })
  return { told: [told], isEnough: count + 1 === MOST }
}

/** The bot was away while numbers were gathered, so members get the time once more. */
export function wakeWithNumbers(no: number, cx: GroupCx): { said: string; settlesAt: Millis } {
  const { config, now, text, word } = cx
  const asked = text('giveNumbers', { word: word('number'), minutes: config.numbersFor })
  return { said: text('numbersAgain', { no, asked }), settlesAt: now + config.numbersFor * 60_000 }
}
