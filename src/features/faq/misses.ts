// Near misses: what looked like a question to the library and got no answer is collected, grouped and shown once a day, and can be
// taught in one line.
import type { Effect } from '../../core/types/effect.ts'
import { nextAt } from '../../core/lib/time.ts'
import { buildIndex, search, type Index } from '../../search/ranker.ts'
import { fullLibrary, levelsOf, taughtTrouble } from './learned.ts'
import { wordingKey, type Candidate } from './library.ts'
import { kept, nextNumber, type FaqContext } from './state.ts'

/** Questions that are kept in mind, and shown at once. */
const mostKept = 300
const shown = 10
/** Most other answers that are shown beside a proposed one. */
const shownAnswers = 3
/** Of what was said in ordinary chat, what comes nearer than this was meant for the library. */
const nearEnough = 0.15
/** Two questions as near as this are the same one. */
const sameQuestion = 0.8
/** Times a choice must be made before it is proposed as a wording. */
const chosenOften = 3
/** Questions that nobody asked again are forgotten after this time, in milliseconds. */
const keptFor = 30 * 86_400_000
const cardAt = '20:00'

/** Notes a question that got no answer. */
export function noteMiss(text: string, candidates: readonly Candidate[], addressed: boolean, cx: FaqContext): void {
  if (!addressed && (candidates[0]?.score ?? 0) < nearEnough) return
  const key = missKey(text, cx)
  if (key === '' || cx.tables.dismissed.get(key)) return
  const before = cx.tables.noteMissed.get(key)
  const nearest = candidates.slice(0, 2).map(({ entry }) => entry.id)
  if (!before && cx.tables.noteMissed.size() >= mostKept) forgetOne(cx)
  cx.tables.noteMissed.set(key, {
    question: before?.question ?? kept(text),
    count: (before?.count ?? 0) + 1,
    told: before?.told ?? 0,
    at: cx.now,
    number: before?.number ?? null,
    nearest,
    chosen: before?.chosen ?? {},
  })
}

/** Somebody chose an entry for what he had asked. */
export function noteChoice(question: string, entry: string, cx: FaqContext): void {
  const key = missKey(question, cx)
  const before = cx.tables.noteMissed.get(key)
  if (!before) return
  const chosen = { ...before.chosen, [entry]: (before.chosen[entry] ?? 0) + 1 }
  cx.tables.noteMissed.set(key, { ...before, chosen })
}

/** The record that a question belongs to: its own, or that of one which asks the same. */
function missKey(text: string, { tables }: FaqContext): string {
  const own = wordingKey(text).slice(0, 200)
  if (tables.noteMissed.get(own)) return own
  const [hit] = search(missIndex(tables.noteMissed), text, 1)
  return hit && hit.score >= sameQuestion ? hit.id : own
}

const indexes = new WeakMap<object, { size: number; keys: string; index: Index }>()

/** The kept questions as a library of their own; rebuilt when they have changed. */
function missIndex(missed: FaqContext['tables']['noteMissed']): Index {
  const entries = [...missed.entries()]
  const keys = entries.map(([key]) => key).join('\n')
  const before = indexes.get(missed)
  if (before?.keys === keys) return before.index
  const index = buildIndex(entries.map(([id, { question }]) => ({ id, phrasings: [question] })))
  indexes.set(missed, { size: entries.length, keys, index })
  return index
}

function forgetOne({ tables, now }: FaqContext) {
  const all = [...tables.noteMissed.entries()]
  for (const [key, { at }] of all) if (now - at > keptFor) tables.noteMissed.delete(key)
  if (tables.noteMissed.size() < mostKept) return
  const [least] = all.sort(([, a], [, b]) => a.count - b.count || a.at - b.at)
  if (least) tables.noteMissed.delete(least[0])
}

/** The next card is due. */
export function planCard({ now, timezone, wake }: FaqContext): void {
  wake(nextAt(now, cardAt, timezone), 'missed', 'daily')
}

/** The daily card; nothing when nobody has missed an answer since the last. */
export function missedCard(cx: FaqContext): Effect[] {
  planCard(cx)
  const isNew = openMisses(cx).some(([, { count, told }]) => count > told) || openAnswers(cx).length > 0
  if (!isNew || cx.controlGroup === null) return []
  const lines = missedLines(cx)
  return lines.length === 0 ? [] : [cx.say('control', lines.join('\n'))]
}

/** `/faq missed` */
export function listMissed(cx: FaqContext): Effect {
  const lines = missedLines(cx)
  return lines.length === 0 ? cx.reply('missedNone') : cx.replyText(lines.join('\n'))
}

function openMisses({ tables }: FaqContext) {
  return [...tables.noteMissed.entries()]
    .filter(([key]) => !tables.taught.get(key) && !tables.dismissed.get(key))
    .sort(([, a], [, b]) => b.count - a.count || b.at - a.at)
}

/** Answers of the staff that are not kept yet, the latest first. */
function openAnswers({ tables }: FaqContext) {
  return [...tables.handovers.entries()]
    .filter(([number, { answer, proposed }]) => answer !== null && !proposed && !tables.learned.get(number))
    .sort(([, a], [, b]) => b.at - a.at)
    .slice(0, shownAnswers)
}

function missedLines(cx: FaqContext): string[] {
  const { tables, text } = cx
  const lines: string[] = []
  const misses = openMisses(cx).slice(0, shown)
  for (const [key, miss] of misses) {
    const number = miss.number ?? nextNumber(cx)
    tables.noteMissed.set(key, { ...miss, number, told: miss.count })
    const [often] = Object.entries(miss.chosen).sort(([, a], [, b]) => b - a)
    const chosen = often && often[1] >= chosenOften ? often : undefined
    const nearest = chosen ? [chosen[0]] : miss.nearest.filter((id) => fullLibrary(cx).byId.has(id))
    const near = chosen
      ? text('missedChosen', { id: chosen[0], count: chosen[1] })
      : nearest.length > 0
        ? text('missedNear', { ids: nearest.join('、') })
        : text('missedFar')
    lines.push(text('missedLine', { number, question: miss.question, count: miss.count, near }))
  }
  const [first] = misses
  if (first) {
    const number = tables.noteMissed.get(first[0])?.number ?? 0
    const id = first[1].nearest[0] ?? text('missedAnyId')
    lines.unshift(text('missedTitle', { count: misses.length }))
    lines.push(text('missedHow', { number, id }))
  }
  const answers = openAnswers(cx)
  if (answers.length > 0) lines.push(text('proposeTitle'))
  for (const [number, asked] of answers) {
    lines.push(text('proposeLine', { number, question: asked.question, answer: kept(asked.answer ?? '') }))
    tables.handovers.set(number, { ...asked, proposed: true })
  }
  return lines
}

function missOf(number: number, { tables }: FaqContext) {
  return [...tables.noteMissed.entries()].find(([, miss]) => miss.number === number)
}

/** `/faq also 12 营业时间`: line 12 is a wording of that entry from now on. */
export function alsoWording(number: number, typed: string, cx: FaqContext): Effect {
  const found = missOf(number, cx)
  const handed = cx.tables.handovers.get(String(number))
  const question = found?.[1].question ?? handed?.question
  if (question === undefined) return cx.reply('missedUnknown', { number })
  return teach(question, typed, number, cx)
}

/** Keeps a wording for an entry, unless that breaks a test question. */
export function teach(question: string, typed: string, number: number, cx: FaqContext): Effect {
  const { tables, now, reply } = cx
  const id = typed.trim().replace(/^[@＠]/, '')
  const library = fullLibrary(cx)
  if (!library.byId.has(id)) {
    const [near] = search(buildIndex([...library.byId.keys()].map((one) => ({ id: one, phrasings: [one] }))), id, 1)
    return near ? reply('noEntryLike', { id, like: near.id }) : reply('noEntry', { id })
  }
  const trouble = taughtTrouble(question, id, cx)
  if (trouble) return reply('addedFails', trouble)
  tables.taught.set(wordingKey(question).slice(0, 200), { wording: question, entry: id, number, at: now })
  return reply('taught', { id, question, number })
}

/** `/faq no 12`: line 12 is nothing for the library. */
export function dismissMiss(number: number, cx: FaqContext): Effect {
  const found = missOf(number, cx)
  if (!found) return cx.reply('missedUnknown', { number })
  const [key, { question }] = found
  cx.tables.dismissed.set(key, { wording: question, number, at: cx.now })
  return cx.reply('dismissed', { question, number })
}

/** `/undo 12`: forgets what was taught or put aside under a number; undefined when nothing was. */
export function undoMiss(number: number, cx: FaqContext): Effect | undefined {
  const { tables, reply } = cx
  for (const table of [tables.taught, tables.dismissed]) {
    const found = [...table.entries()].find(([, record]) => record.number === number)
    if (!found) continue
    table.delete(found[0])
    return reply('untaught', { question: found[1].wording })
  }
  return undefined
}

/** For an admin who typed the number of such a line behind another command. */
export function aboutMiss(number: number, cx: FaqContext): string | undefined {
  const found = missOf(number, cx)
  return found && cx.text('aboutMiss', { number, question: found[1].question })
}

/** `/faq learned`: what was taught and kept, with what drops it. */
export function listLearned(cx: FaqContext): Effect {
  const { tables, text, reply, replyText } = cx
  const taught = [...tables.taught.entries()].map(([, { number, wording, entry }]) =>
    text('learnedWording', { number, question: wording, id: entry }),
  )
  const kept = [...tables.learned.entries()].map(([number, { question, answer }]) =>
    text('learnedAnswer', { number, question, answer }),
  )
  if (taught.length + kept.length === 0) return reply('learnedNone')
  const lines = [...taught, ...kept]
  const more = lines.length > 30 ? [text('learnedMore', { count: lines.length - 30 })] : []
  return replyText([text('learnedTitle', { count: lines.length }), ...lines.slice(0, 30), ...more].join('\n'))
}

/** `/faq drop 12` */
export function dropLearned(number: number, cx: FaqContext): Effect {
  const learned = cx.tables.learned.get(String(number))
  if (!learned) return undoMiss(number, cx) ?? cx.reply('learnedUnknown', { number })
  cx.tables.learned.delete(String(number))
  return cx.reply('untaught', { question: learned.question })
}

/** Where the two levels are, for `/faq test`. */
export function levelsText(cx: FaqContext): string {
  const { answer, asked, suggest } = levelsOf(cx)
  return cx.text('testLevels', { answer: percent(answer), asked: percent(asked), suggest: percent(suggest) })
}

function percent(score: number): string {
  return `${Math.round(score * 100)}`
}
