// Reports: what members see and put to the admins by quoting it. A report never punishes.
import type { Effect } from '../../core/types/effect.ts'
import type { Found, Quote, Said } from '../../core/types/event.ts'
import type { GroupId } from '../../core/types/ids.ts'
import { canonical } from '../../core/lib/text.ts'
import { caseOf, keep, latestOf, open } from './cases.ts'
import { judgement, noCircumstances } from './judging.ts'
import { print, quoted } from './recent.ts'
import { DAY, HOUR, type Case, type Cx, type Numbered, type Offence } from './records.ts'
import type { Refusal } from '../../core/types/refusal.ts'

/** After this many reports that were found wrong, no more are taken until they have faded. */
const TOO_MANY_WRONG = 3

/** `举报` as a reply that quotes something: words, a picture, a card. */
export function report(said: Said, cx: Cx): Effect | Refusal | readonly Effect[] {
  const { tables, now, config, refuse, reply, members } = cx
  const { from, group, quote } = said
  if (group === null || quote === null || (quote.text.trim() === '' && quote.kind === undefined))
    return refuse('reportHow', { word: cx.word('report') })
  const before = tables.noteReporters.get(from)
  const wrong = (before?.wrong ?? []).filter((time) => now - time < config.fadeDays * DAY)
  const times = (before?.times ?? []).filter((time) => now - time < HOUR)
  if (wrong.length >= TOO_MANY_WRONG) return refuse('reportTired')
  if (times.length >= config.reportsPerHour) return refuse('reportEnough', { count: config.reportsPerHour })
  tables.noteReporters.set(from, { times: [...times, now], wrong })
  const author = quoted(quote, group, cx)
  const isPicture = quote.kind === 'picture' || quote.kind === 'file'
  const picture = isPicture ? (author?.message ?? null) : null
  const known = author && knownCase(author.member, quote.text, picture, cx)
  if (known) {
    const { number, one } = known
    const isNew = !one.reporters.includes(from)
    if (isNew) keep(number, { ...one, reporters: [...one.reporters, from] }, cx, one.state === 'open')
    return reply('reported', { number })
  }
  const content = { text: quote.text, kind: 'text' as const, from: author?.member ?? null, group }
  const { zone, offence, probability, signals } = judgement(content, noCircumstances, cx)
  const what: Offence = zone === 'clean' ? 'other' : offence
  const { number } = open(
    {
      kind: 'report',
      offence: what,
      member: author?.member ?? null,
      name: author === undefined ? cx.text('unknownAuthor') : members.name(author.member, group),
      groups: [group],
      text: quote.text,
      picture,
      probability: what === 'ad' ? probability : null,
      signals: [...signals],
      reporters: [from],
    },
    cx,
  )
  const thanks = reply('reported', { number })
  return author === undefined ? [thanks, askArchive(number, quote, group, cx)] : thanks
}

/** Asks who said this in the last days; the card waits for the answer. */
function askArchive(number: number, { name, text, kind }: Quote, group: GroupId, { tables, lookup }: Cx): Effect {
  tables.noteCards.delete(String(number))
  return lookup({ what: 'said', query: { group, name, text, kind: kind ?? null, for: number } })
}

/** Names who said what was reported, when one person only can have. */
export function authorFound({ query, answer }: Found & { what: 'said' }, cx: Cx): void {
  const one = caseOf(query.for, cx)
  if (one?.state !== 'open' || one.member !== null) return
  const said = answer.filter(({ from }) => canonical(cx.members.name(from, query.group)) === canonical(query.name))
  const authors = new Set(said.map(({ from }) => from))
  const [latest] = said
  if (!latest || authors.size > 1) return keep(query.for, one, cx, true)
  const isPicture = query.kind === 'picture' || query.kind === 'file'
  const picture = isPicture ? latest.message : null
  keep(query.for, { ...one, member: latest.from, name: cx.members.name(latest.from, query.group), picture }, cx, true)
}

function knownCase(
  author: NonNullable<Case['member']>,
  text: string,
  picture: string | null,
  cx: Cx,
): Numbered | undefined {
  const wanted = print(text)
  const isSame = (one: Case) => (picture !== null ? one.picture === picture : one.print === wanted)
  return latestOf(author, cx, (one) => cx.now - one.last < HOUR && isSame(one))
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
