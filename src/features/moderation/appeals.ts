// Appeals: how people write them, who may, and what stands on record for the one who asks.
import type { Effect } from '../../core/types/effect.ts'
import type { Said } from '../../core/types/event.ts'
import { hanNumber } from '../../core/lib/numerals.ts'
import { canonical } from '../../core/lib/text.ts'
import { dayAndClock } from '../../core/lib/time.ts'
import { caseOf, keep, latestOf } from './cases.ts'
import { strikesOf } from './ladder.ts'
import { DAY, type Cx } from './records.ts'
import type { Refusal } from '../../core/types/refusal.ts'

const KEPT_APPEAL = 500
/** Other ways to write the word, and what people put in front of it. */
const spellings = ['申诉', '申述', '申訴', '上诉', 'appeal']
const before = /^(?:我[要想]|请求|我)?/u
const between = /^[\s:：,，、。#＃]*/u
const ends = /^(?:一下|吧|啊|呀|呢)?[\s!！。.~]*$/u
const han = /^[零一二两三四五六七八九十百千]+(?![\p{L}\p{N}])/u

/** An appeal: the number of its case, if it names one, and what is said for it. */
export interface Appeal {
  number: number | undefined
  words: string
}

/** What a text says as an appeal: `申诉 41 …`, 「我要申诉」, 「申诉一」, 「申述 1」; undefined when it is none. */
export function readAppeal(said: Pick<Said, 'text' | 'kind'>, word: string): Appeal | undefined {
  if (said.kind !== 'text') return undefined
  const text = canonical(said.text).replace(before, '')
  const start = [canonical(word), ...spellings].find((one) => text.startsWith(one))
  if (start === undefined) return undefined
  const rest = text.slice(start.length)
  if (ends.test(rest)) return { number: undefined, words: '' }
  const behind = rest.replace(between, '')
  const digits = /^(\d{1,9})(?!\d)/.exec(behind)?.[1] ?? han.exec(behind)?.[0]
  // 「申诉材料」 goes on with another word; what is said for an appeal stands apart from it.
  if (digits === undefined && behind.length === rest.length) return undefined
  const number = digits === undefined ? undefined : /^\d/.test(digits) ? Number(digits) : hanNumber(digits)
  return { number, words: behind.slice(digits?.length ?? 0).replace(between, '') }
}

/** What somebody in quarantine may still say: his appeal, and the question for his record. */
export function isPlea(said: Said, { word }: Cx): boolean {
  if (said.kind !== 'text') return false
  return readAppeal(said, word('appeal')) !== undefined || canonical(said.text) === canonical(word('record'))
}

/** An appeal, in the group or to the bot alone; without a number it is about the latest case. */
export function appeal(said: Said, cx: Cx): Effect | Refusal {
  const { refuse, reply } = cx
  const { from, text } = said
  const read = readAppeal(said, cx.word('appeal')) ?? { number: undefined, words: '' }
  const number = read.number ?? latestOf(from, cx, ({ state }) => state !== 'undone')?.number
  const one = number === undefined ? undefined : caseOf(number, cx)
  // Of others' cases nobody learns anything here, not even that there are any.
  if (number === undefined || one?.member !== from) return refuse('appealNone', { word: cx.word('record') })
  if (one.state === 'undone') return reply('appealUndone', { number })
  if (one.appeal !== null) return refuse('appealAgain', { number })
  keep(number, { ...one, appeal: asTyped(text, read.words) }, cx, true)
  return reply('appealed', { number })
}

/** The words of an appeal as they were typed: as many characters from the end as the words have, when they are the same. */
function asTyped(text: string, words: string): string {
  for (let length = words.length; length <= text.length && length < words.length + 8; length++) {
    const end = text.slice(text.length - length)
    if (canonical(end) === words) return end.trim().slice(0, KEPT_APPEAL)
  }
  return words.slice(0, KEPT_APPEAL)
}

/** `我的记录` */
export function record({ from, group }: Said, cx: Cx): Effect | undefined {
  const { members, timezone, config, text, reply, replyText } = cx
  const strikes = strikesOf(from, cx)
  const name = members.name(from, group)
  if (strikes.length === 0) return reply('recordClean', { name })
  const lines = strikes.slice(-4).map(({ number, at }) =>
    text('recordLine', {
      number,
      at: dayAndClock(at, timezone),
      until: dayAndClock(at + config.fadeDays * DAY, timezone).slice(0, 5),
    }),
  )
  return replyText(
    [text('record', { name, count: strikes.length }), ...lines, text('recordNext', { word: cx.word('appeal') })].join(
      '\n',
    ),
  )
}
