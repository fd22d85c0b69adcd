// What members can do about order: report what they see, look at their own record, appeal.
import type { Effect } from '../../core/types/effect.ts'
import type { MemberId } from '../../core/types/ids.ts'
import type { SaidWord } from '../../core/feature/words.ts'
import { dayAndClock } from '../../core/lib/time.ts'
import { keep, latestOf, open } from './cases.ts'
import { authorOf, print } from './recent.ts'
import { strikesOf } from './ladder.ts'
import { DAY, HOUR, type Case, type Cx } from './records.ts'
import { judgement, noCircumstances } from './screen.ts'

/** After so many reports that were found wrong, no more are taken until they have faded. */
const TOO_MANY_WRONG = 3
const KEPT_APPEAL = 500

/** `举报` as a reply that quotes something. It never punishes: a human is asked. */
export function report(said: SaidWord, cx: Cx): Effect | undefined {
  const { tables, now, config, hint, reply, members } = cx
  const { from, group, quote } = said
  if (group === null || quote === null || quote.text.trim() === '')
    return hint('reportHow', { word: cx.word('report') })
  const before = tables.noteReporters.get(from)
  const wrong = (before?.wrong ?? []).filter((time) => now - time < config.fadeDays * DAY)
  const times = (before?.times ?? []).filter((time) => now - time < HOUR)
  if (wrong.length >= TOO_MANY_WRONG) return hint('reportTired')
  if (times.length >= config.reportsPerHour) return hint('reportEnough', { count: config.reportsPerHour })
  tables.noteReporters.set(from, { times: [...times, now], wrong })
  const author = authorOf(quote, group, cx)
  const known = knownCase(author ?? null, quote.text, cx)
  if (known) {
    const { number, one } = known
    const isNew = !one.reporters.includes(from)
    if (isNew) keep(number, { ...one, reporters: [...one.reporters, from] }, cx, one.state === 'open')
    return reply('reported', { number })
  }
  const quoted = { text: quote.text, kind: 'text' as const, from: author ?? from, group }
  const { probability, signals } = judgement(quoted, noCircumstances, cx)
  const { number } = open(
    {
      kind: 'report',
      member: author ?? null,
      name: author === undefined ? cx.text('unknownAuthor') : members.name(author, group),
      groups: [group],
      text: quote.text,
      probability,
      signals: [...signals],
      reporters: [from],
    },
    cx,
  )
  return reply('reported', { number })
}

function knownCase(author: MemberId | null, text: string, cx: Cx): { number: number; one: Case } | undefined {
  const wanted = print(text)
  if (author !== null) return latestOf(author, cx, (one) => cx.now - one.last < HOUR && one.print === wanted)
  return undefined
}

/** A report was found wrong, which counts against who made it. */
export function noteWrongReports({ reporters }: Case, { tables, now }: Cx): void {
  for (const member of reporters) {
    const before = tables.noteReporters.get(member)
    tables.noteReporters.set(member, {
      times: before?.times ?? [],
      wrong: [...(before?.wrong ?? []), now].slice(-TOO_MANY_WRONG),
    })
  }
}

/** `我的记录` */
export function record({ from, group }: SaidWord, cx: Cx): Effect | undefined {
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

/** `申诉 41 …`, in the group or to the bot alone; without a number it is about the latest case. */
export function appeal({ from, rest, asTyped }: SaidWord, cx: Cx): Effect | undefined {
  const { tables, hint, reply } = cx
  const typed = /^#?(\d{1,9})(?!\d)[\s:：,，]*/.exec(rest)
  const number =
    typed?.[1] === undefined ? latestOf(from, cx, ({ state }) => state !== 'undone')?.number : Number(typed[1])
  const one = number === undefined ? undefined : tables.cases.get(String(number))
  // Of others' cases nobody learns anything here, not even that there are any.
  if (number === undefined || one?.member !== from) return hint('appealNone', { word: cx.word('record') })
  if (one.state === 'undone') return reply('appealUndone', { number })
  if (one.appeal !== null) return hint('appealAgain', { number })
  const words = asTyped.replace(/^[\s:：,，#＃]*\p{Nd}*[\s:：,，]*/u, '').slice(0, KEPT_APPEAL)
  keep(number, { ...one, appeal: words }, cx, true)
  return reply('appealed', { number })
}
