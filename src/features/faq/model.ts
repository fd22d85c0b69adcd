// The language model when the library has no sure answer: it chooses an entry, and the operator's own text is said. Budgets come first.
import type { Effect } from '../../core/types/effect.ts'
import type { Found, ModelAnswer, ModelTrouble } from '../../core/types/event.ts'
import type { MemberId } from '../../core/types/ids.ts'
import { canonical } from '../../core/lib/text.ts'
import type { DayKey } from '../../core/lib/time.ts'
import { give, partsOf, targetOf } from './answers.ts'
import type { Entry } from './entry.ts'
import { fullLibrary, levelsOf } from './learned.ts'
import { find, isInSeason, type Candidate, type Finding } from './library.ts'
import { otherwise, whereOf } from './offers.ts'
import { isExcluded } from './rules.ts'
import { runningCount, type Asked, type FaqContext } from './state.ts'

/** A library that takes no more characters is told as a whole, of a longer one the nearest entries. */
const wholeLibrary = 6000
/** Characters of an answer that are told; more are needed only where the model writes its own. */
const toldAnswer = { choose: 160, prose: 600 }
/** Calls a day that may fail for one member without using budgets: a model that answers in vain costs money all the same. */
const mostFailures = 20
/** Troubles that pass by themselves are told when they have come this often in a row. */
const troublesInRow = 3
/** The same trouble is told again after this time (ms). */
const tellAgainAfter = 86_400_000

/** The question for the model, its cost booked; undefined when it is off or a budget is used up. */
export function askModel(asked: Asked, near: readonly Candidate[], cx: FaqContext): Effect | undefined {
  const { config, language } = cx
  if (!config.model.on) return undefined
  const entries = toldEntries(asked, near, cx)
  if ((entries.length === 0 && !config.model.prose) || !book(asked, cx)) return undefined
  const { question, group, from } = asked
  const { prose } = config.model
  const query = { language, group, member: from, question, about: config.about ?? null, entries, prose, test: false }
  return cx.lookup({ what: 'model', query })
}

/** What the model may choose from: what could answer in that place today, in so far as it fits. */
function toldEntries(asked: Asked, near: readonly Candidate[], cx: FaqContext) {
  const told = (entry: Entry) => {
    const answer = partsOf(entry, '', cx)
      .map((part) => (typeof part === 'string' ? part : Object.values(part)[0]))
      .join('\n')
    const most = cx.config.model.prose ? toldAnswer.prose : toldAnswer.choose
    return { id: entry.id, question: entry.question, answer: [...answer].slice(0, most).join('') }
  }
  const size = (entries: readonly ReturnType<typeof told>[]) =>
    entries.reduce((sum, { id, question, answer }) => sum + id.length + question.length + answer.length, 0)
  const whole = possibleEntries(asked, cx)
  if (whole.length <= wholeLibrary / 20) {
    const entries = whole.map(told)
    if (size(entries) <= wholeLibrary) return entries
  }
  const nearest = near.map(({ entry }) => told(entry))
  while (size(nearest) > wholeLibrary) nearest.pop()
  return nearest
}

function possibleEntries({ group, from, question }: Asked, cx: FaqContext): Entry[] {
  const ids = group === null ? cx.members.groupsOf(from) : [group]
  const names = new Set(
    ids.flatMap((id) => cx.members.group(id) ?? []).flatMap(({ managed, tags }) => [managed, ...tags]),
  )
  const said = canonical(question)
  return [...fullLibrary(cx).byId.values()]
    .filter(({ entry, rules }) => isInSeason(entry, cx.today) && !isExcluded(rules, said))
    .map(({ entry }) => entry)
    .filter(({ groups }) => groups.length === 0 || groups.some((name) => names.has(name)))
}

/** `/model test`: a question whose answer is known, to see whether and how the model answers. */
export function testModel(member: MemberId, cx: FaqContext): Effect {
  const { language, text } = cx
  const entries = [
    { id: 'A', question: text('modelTestHours'), answer: text('modelTestHoursAnswer') },
    { id: 'B', question: text('modelTestPlace'), answer: text('modelTestPlaceAnswer') },
  ]
  const question = text('modelTestQuestion')
  const query = { language, group: null, member, question, about: null, entries, prose: false, test: true }
  return cx.lookup({ what: 'model', query })
}

interface Budget {
  key: string
  most: number
  /** What is used up, in the day or month that counts. */
  used: { period: string; count: number }
}

function budgets({ group, from }: Asked, { config, tables, today }: FaqContext): Budget[] {
  const { perMemberPerDay, perGroupPerDay, perDay, perMonth } = config.model
  const budget = (key: string, most: number, periodOf = (day: DayKey) => day): Budget => {
    const before = tables.noteModelUse.get(key)
    return { key, most, used: runningCount(before, today, periodOf) }
  }
  return [
    budget(`member/${from}`, perMemberPerDay),
    ...(group === null ? [] : [budget(`group/${group}`, perGroupPerDay)]),
    budget('all/day', perDay),
    budget('all/month', perMonth, (day) => day.slice(0, 7)),
  ]
}

/** Books one call, in the same commit as the question; false, and nothing is booked, when any budget is used up. */
function book(asked: Asked, cx: FaqContext): boolean {
  const all = budgets(asked, cx)
  if ([...all, failures(asked, cx)].some(({ used, most }) => used.count >= most)) return false
  for (const { key, used } of all) cx.tables.noteModelUse.set(key, { ...used, count: used.count + 1 })
  return true
}

/** Failed calls of a member today. */
function failures({ from }: Asked, { tables, today }: FaqContext): Budget {
  const key = `failed/${from}`
  return { key, most: mostFailures, used: runningCount(tables.noteModelUse.get(key), today) }
}

/** A call that came to nothing uses no budget. */
function unbook(asked: Asked, cx: FaqContext) {
  for (const { key, used } of budgets(asked, cx))
    if (used.count > 0) cx.tables.noteModelUse.set(key, { ...used, count: used.count - 1 })
}

/** What the control group reads after `/model test`. */
function testResult(answer: ModelAnswer, cx: FaqContext): Effect {
  const { text, reply, replyText } = cx
  const seconds = ((answer.ms ?? 0) / 1000).toFixed(1)
  if (answer.outcome === 'off') return reply('modelOff')
  if (answer.outcome === 'failed') return reply('modelTestFailed', { why: whyText(answer, cx) })
  const isRight = answer.outcome === 'chosen' && answer.id === 'A'
  const result = text(isRight ? 'modelTestRight' : 'modelTestWrong', { seconds, budgets: budgetsText(cx) })
  return replyText(cx.config.model.on ? result : `${result}\n${text('modelSwitchedOff')}`)
}

/** The entry that the model chose, its own text where that is allowed, or a human. */
export function modelAnswered({ query, answer }: Found & { what: 'model' }, cx: FaqContext): Effect[] {
  const told = noteOutcome(answer, cx)
  if (query.test) return [testResult(answer, cx)]
  const asked = { group: query.group, from: query.member, question: query.question }
  const here = query.group === null ? cx : cx.inGroup(query.group)
  if (answer.outcome === 'off' || answer.outcome === 'failed') unbook(asked, here)
  if (answer.outcome === 'failed') {
    const { key, used } = failures(asked, here)
    here.tables.noteModelUse.set(key, { ...used, count: used.count + 1 })
  }
  // The group may be gone meanwhile.
  if (query.group !== null && !here.members.group(query.group)) return told
  const given = answerWith(asked, answer, here)
  if (given) return [...told, ...given]
  // Where no model has judged, the library's own guess is offered.
  const isJudged = answer.outcome !== 'off' && answer.outcome !== 'failed'
  const where = whereOf({ ...asked, addressed: true }, here)
  const finding: Finding = isJudged
    ? { kind: 'nothing' }
    : find(fullLibrary(here), levelsOf(here), asked.question, where).finding
  return [...told, otherwise(asked, finding, here)].flat()
}

function answerWith(asked: Asked, answer: ModelAnswer, here: FaqContext): Effect[] | undefined {
  const say = (text: string) => here.say(targetOf(asked), text, { priority: 'reply' })
  if (answer.outcome === 'answered') {
    const name = here.members.name(asked.from, asked.group)
    return [say(here.text('modelAnswer', { name, answer: answer.text, word: here.word('human') }))]
  }
  if (answer.outcome !== 'chosen') return undefined
  // The library may have changed meanwhile.
  const entry = fullLibrary(here).byId.get(answer.id)?.entry
  if (!entry) return undefined
  const given = give(entry, { ...asked, text: asked.question, addressed: false }, here)
  return given.length > 0 ? given : [say(here.text('justAnswered'))]
}

const lasting: ReadonlySet<ModelTrouble> = new Set(['key', 'money', 'name', 'denied', 'address', 'request'])

/** Remembers how the model is, and tells the control group in one line when it begins or ceases to fail. */
function noteOutcome(answer: ModelAnswer, cx: FaqContext): Effect[] {
  const { tables, now, say, text } = cx
  const before = tables.noteModel.get('state')
  if (answer.outcome === 'off') {
    tables.noteModel.delete('state')
    return []
  }
  if (answer.outcome !== 'failed') {
    tables.noteModel.set('state', { why: null, status: null, inRow: 0, at: now, toldAt: null })
    return (before?.toldAt ?? null) === null ? [] : [say('control', text('modelWorksAgain'))]
  }
  const { why, status } = answer
  const isSame = before?.why === why
  const inRow = before === undefined || before.why === null ? 1 : before.inRow + 1
  const toldAt = isSame || !lasting.has(why) ? (before?.toldAt ?? null) : null
  const isTime = toldAt === null ? lasting.has(why) || inRow >= troublesInRow : now - toldAt >= tellAgainAfter
  tables.noteModel.set('state', { why, status, inRow, at: now, toldAt: isTime ? now : toldAt })
  return isTime ? [say('control', text('modelFails', { why: whyText(answer, cx) }))] : []
}

function whyText({ why, status }: { why: ModelTrouble; status: number | null }, { text }: FaqContext): string {
  return text(`model_${why}`, { status: status === null ? '' : text('modelStatus', { status }) })
}

function budgetsText({ config, tables, today, text }: FaqContext): string {
  const used = (key: string, periodOf?: (day: DayKey) => string) =>
    runningCount(tables.noteModelUse.get(key), today, periodOf).count
  const day = used('all/day')
  const month = used('all/month', (of) => of.slice(0, 7))
  const { perDay, perMonth } = config.model
  return text('modelBudgets', { day, left: Math.max(0, Math.min(perDay - day, perMonth - month)) })
}

/** The model's line in `/status`. @param name the model's; null when there is none */
export function modelStatus(name: string | null, cx: FaqContext): string {
  const { config, tables, text } = cx
  if (name === null) return text('modelOff')
  const state = tables.noteModel.get('state')
  const { why } = state ?? { why: undefined }
  const how =
    why === undefined
      ? text('modelNotAsked')
      : why === null
        ? text('modelWorks')
        : whyText({ why, status: state?.status ?? null }, cx)
  return text('modelStatusLine', {
    name,
    how: config.model.on ? how : text('modelSwitchedOff'),
    budgets: budgetsText(cx),
  })
}
