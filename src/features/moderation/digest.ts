// Cases together: what waits to be shown, pages of what is open, what settles by itself, and one line a day when something waits.
import type { Effect } from '../../core/types/effect.ts'
import { dayKey } from '../../core/lib/time.ts'
import { card, done, excerpt, groupName, kindOf, pictureOf } from './cards.ts'
import { allCases, asksToRemove, caseOf, isAsking, keep } from './cases.ts'
import { nameOf, partsOf } from './places.ts'
import { DAY, HOUR, MINUTE, type Case, type Cx, type Numbered } from './records.ts'

/** After cards were shown, the next wait this long (ms), to go out together. */
const TOGETHER = MINUTE
/** More cards than this at once become a line each, of which this many are shown. */
const FULL_CARDS = 3
const LINES = 20
/** Characters of a message in a line: as much as ten words. */
const LINE_TEXT = 20
/** The hour of the day (local) at which cases settle, and the admins are told what waits. */
const DAILY_HOUR = 9

/** Shows cards and news that wait, at once or together with those of the next minute. */
export function showCards(cx: Cx): Effect[] {
  const { tables, now, wake } = cx
  if (tables.noteCards.size() + tables.noteNews.size() === 0) return []
  const shownAt = tables.noteShown.get('last')?.at ?? 0
  const waiting = [...tables.noteCards.entries()].map(([key, { at }]) => ({ number: Number(key), at }))
  const firstRaid = waiting.find(({ number }) => caseOf(number, cx)?.held === 'raid')
  // In a raid the next ones come within seconds, and are decided about together.
  const showAt = Math.max(shownAt + TOGETHER, firstRaid ? firstRaid.at + TOGETHER : 0)
  if (now < showAt) {
    wake(showAt, 'cards', 'all')
    return []
  }
  const cases = waiting
    .sort((a, b) => a.number - b.number)
    .flatMap(({ number }) => {
      tables.noteCards.delete(String(number))
      const one = caseOf(number, cx)
      return one ? [{ number, one }] : []
    })
  const isFew = cases.length <= FULL_CARDS && !firstRaid
  const cards = isFew ? cases.map(({ number, one }) => card(number, one, cx)) : [digest(cases, cx)]
  markSeen(isFew ? cases : cases.slice(0, LINES), cx)
  const shown = [...cards, ...newsOf('stuck', cx), ...newsOf('gone', cx)]
  if (shown.length === 0) return []
  tables.noteShown.set('last', { at: now })
  const pictures = isFew ? cases.flatMap(({ number, one }) => pictureOf(number, one, cx)) : []
  return [cx.say('control', shown.join('\n\n'), { merge: 'order', freshFor: DAY }), ...pictures]
}

/** Notes that the admins have seen these: a range may decide about them from now on. */
export function markSeen(cases: readonly { number: number }[], { tables, now }: Cx): void {
  for (const { number } of cases)
    if (!tables.noteSeen.get(String(number))) tables.noteSeen.set(String(number), { at: now })
}

/** Whether the admins were shown a case. */
export function isSeen(number: number, { tables }: Cx): boolean {
  return tables.noteSeen.get(String(number)) !== undefined
}

/** What became of removals: a sentence for one, a line each for several. */
function newsOf(news: 'stuck' | 'gone', cx: Cx): string[] {
  const { tables, text } = cx
  const all = [...tables.noteNews.entries()].filter(([, one]) => one.news === news)
  for (const [key] of all) tables.noteNews.delete(key)
  const people = all.slice(0, LINES).map(([key, one]) => {
    const { group, member } = partsOf(key)
    return { ...nameOf(group, member, cx), number: one.case }
  })
  const [first] = people
  if (!first) return []
  if (people.length === 1) return [text(news, first)]
  const more = all.length > LINES ? [text('digestMore', { count: all.length - LINES })] : []
  const head = text(news === 'stuck' ? 'stuckMany' : 'goneMany', { count: all.length })
  return [[head, ...people.map((one) => text('newsLine', one)), ...more].join('\n')]
}

function digest(cases: readonly Numbered[], cx: Cx): string {
  const asking = cases.filter(({ one }) => isAsking(one)).length
  const shown = cases.slice(0, LINES)
  const lines = shown.map(({ number, one }) => caseLine(number, one, cx))
  const more = cases.length > LINES ? [cx.text('digestMore', { count: cases.length - LINES })] : []
  const isRaid = cases.some(({ one }) => one.held === 'raid')
  const head = cx.text(isRaid ? 'digestRaid' : 'digest', { count: cases.length, asking })
  return [head, ...lines, ...more, ...nextLines(shown, cx)].join('\n')
}

function nextLines(shown: readonly Numbered[], cx: Cx): string[] {
  const open = shown.filter(({ one }) => one.state === 'open')
  const waiting = open.filter(({ one }) => asksToRemove(one))
  const decided = open.filter((found) => !waiting.includes(found))
  return [
    ...(decided.length > 0 ? [cx.text('digestOk', { numbers: ranges(decided) })] : []),
    ...(waiting.length > 0 ? [cx.text('digestKick', { numbers: ranges(waiting) })] : []),
  ]
}

/** `41-43 47` */
export function ranges(cases: readonly { number: number }[]): string {
  const parts: { from: number; to: number }[] = []
  for (const { number } of [...cases].sort((a, b) => a.number - b.number)) {
    const last = parts.at(-1)
    if (last?.to === number - 1) last.to = number
    else parts.push({ from: number, to: number })
  }
  return parts.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(' ')
}

/** `#41 福利群1 · 王五 · 像广告 0.97 · 警告（2/3）「诚招代理…」` */
function caseLine(number: number, one: Case, cx: Cx): string {
  const did = asksToRemove(one) ? cx.text('lineWaiting') : done(number, one, cx)
  const words = one.text === '' ? '' : cx.text('quoted', { text: excerpt(one.text, LINE_TEXT) })
  const appeal = one.appeal === null ? '' : cx.text('lineAppeal')
  return `#${number} ${[groupName(one, cx), one.name, kindOf(one, cx), did].filter(Boolean).join(' · ')}${words}${appeal}`
}

/** A page of open cases: those that wait for a human first, then the newest. */
export function openCases(page: number, perPage: number, cx: Cx): string {
  const { text } = cx
  const open = [...allCases(cx)].filter(({ one }) => one.state === 'open')
  if (open.length === 0) return text('noCases')
  const asking = open.filter(({ one }) => isAsking(one) || one.appeal !== null)
  const sorted = [...asking, ...open.filter((found) => !asking.includes(found))]
  const pages = Math.ceil(sorted.length / perPage)
  if (page > pages) return text('noPage', { pages })
  const shown = sorted.slice((page - 1) * perPage, page * perPage)
  markSeen(shown, cx)
  const lines = shown.map(({ number, one }) => caseLine(number, one, cx))
  const more = page < pages ? [text('casesMore', { page, pages, next: page + 1 })] : []
  return [text('cases', { count: open.length, asking: asking.length }), ...lines, ...more].join('\n')
}

/** Plans the next day's look at what waits. */
export function planDaily({ now, timezone, wake }: Cx): void {
  const midnight = (at: number) => at - ((at - startOf(at, timezone)) % DAY)
  const today = midnight(now) + DAILY_HOUR * HOUR
  wake(today > now ? today : midnight(now + DAY) + DAILY_HOUR * HOUR, 'daily', 'all')
}

/** Midnight of a day in a time zone, to the hour: the first of 26 before it that begins the same day. */
function startOf(at: number, timezone: string): number {
  const day = dayKey(at, timezone)
  let start = at - (at % HOUR)
  for (let n = 0; n < 26 && dayKey(start - HOUR, timezone) === day; n++) start -= HOUR
  return start
}

/** What waits for a human's word, in a line. */
export function waitingCases(cx: Cx): string[] {
  const waiting = [...allCases(cx)].filter(({ one }) => one.state === 'open' && (isAsking(one) || one.appeal !== null))
  if (waiting.length === 0) return []
  return [cx.text('waitingLine', { count: waiting.length, numbers: ranges(waiting.slice(0, LINES)) })]
}

/** Once a day: automatic cases that nobody has objected to settle, and what waits for a human is named in one line. */
export function daily(cx: Cx): Effect | undefined {
  const { config, now, text, say } = cx
  planDaily(cx)
  const open = [...allCases(cx)].filter(({ one }) => one.state === 'open').reverse()
  const old = open.filter(
    ({ one }) =>
      config.settleDays > 0 && !isAsking(one) && one.appeal === null && now - one.last >= config.settleDays * DAY,
  )
  for (const { number, one } of old) keep(number, { ...one, state: 'settled' }, cx)
  const waiting = open.filter(({ one }) => isAsking(one) || one.appeal !== null)
  const lines = [
    ...(old.length > 0 ? [text('settled', { days: config.settleDays, count: old.length, numbers: ranges(old) })] : []),
    ...(waiting.length > 0
      ? [text('stillWaiting', { count: waiting.length, numbers: ranges(waiting.slice(0, LINES)) })]
      : []),
  ]
  return lines.length === 0 ? undefined : say('control', lines.join('\n'), { merge: 'order', freshFor: DAY })
}
