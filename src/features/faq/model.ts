// The language model when the library has no sure answer: it chooses an entry, and the operator's own text is said. Budgets come first.
import type { Effect } from '../../core/types/effect.ts'
import type { Found, ModelAnswer } from '../../core/types/event.ts'
import type { MemberId } from '../../core/types/ids.ts'
import { canonical } from '../../core/lib/text.ts'
import { give, partsOf, targetOf } from './answers.ts'
import { book, budgetsText, unbook } from './budgets.ts'
import type { Entry } from './entry.ts'
import { fullLibrary } from './learned.ts'
import { isInSeason, type Candidate, type Finding } from './library.ts'
import { otherwise } from './offers.ts'
import { isExcluded } from './rules.ts'
import { noteOutcome, stateText, whyText } from './service-state.ts'
import type { Asked, FaqContext } from './state.ts'

/** A library that takes no more characters is told as a whole, of a longer one the nearest entries. */
const wholeLibrary = 6000
/** Characters of an answer that are told; more are needed only where the model writes its own. */
const toldAnswer = { choose: 160, prose: 600 }

/** The question for the model, its cost booked; undefined when it is off or a budget is used up. */
export function askModel(
  asked: Asked,
  { candidates, finding }: { candidates: readonly Candidate[]; finding: Finding },
  cx: FaqContext,
): Effect | undefined {
  const { config, language } = cx
  if (!config.model.on) return undefined
  const entries = toldEntries(asked, candidates, cx)
  if ((entries.length === 0 && !config.model.prose) || !book('model', asked, cx)) return undefined
  const { question, group, from } = asked
  const { prose } = config.model
  const offered = finding.kind === 'choose' ? finding.entries.map(({ id }) => id) : []
  const about = config.about ?? null
  const query = { language, group, member: from, question, about, entries, offered, prose, test: false }
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
  const query = { language, group: null, member, question, about: null, entries, offered: [], prose: false, test: true }
  return cx.lookup({ what: 'model', query })
}

/** What the control group reads after `/model test`. */
function testResult(answer: ModelAnswer, cx: FaqContext): Effect {
  const { text, reply, replyText } = cx
  const seconds = ((answer.ms ?? 0) / 1000).toFixed(1)
  if (answer.outcome === 'off') return reply('modelOff')
  if (answer.outcome === 'failed') return reply('modelTestFailed', { why: whyText('model', answer, cx) })
  const isRight = answer.outcome === 'chosen' && answer.id === 'A'
  const result = text(isRight ? 'modelTestRight' : 'modelTestWrong', { seconds, budgets: budgetsText('model', cx) })
  return replyText(cx.config.model.on ? result : `${result}\n${text('modelSwitchedOff')}`)
}

/** The entry that the model chose, its own text where that is allowed, or a human. */
export function modelAnswered({ query, answer }: Found & { what: 'model' }, cx: FaqContext): Effect[] {
  const told = noteOutcome(
    'model',
    answer.outcome === 'off' ? null : answer.outcome === 'failed' ? answer : undefined,
    cx,
  )
  if (query.test) return [testResult(answer, cx)]
  const asked = { group: query.group, from: query.member, question: query.question }
  const here = query.group === null ? cx : cx.inGroup(query.group)
  if (answer.outcome === 'off' || answer.outcome === 'failed') unbook('model', asked, answer.outcome === 'failed', here)
  // The group may be gone meanwhile.
  if (query.group !== null && !here.members.group(query.group)) return told
  const given = answerWith(asked, answer, here)
  if (given) return [...told, ...given]
  // Where no model has judged, the library's own guess is offered.
  const isJudged = answer.outcome !== 'off' && answer.outcome !== 'failed'
  const entries = isJudged ? [] : query.offered.flatMap((id) => fullLibrary(here).byId.get(id)?.entry ?? [])
  const finding: Finding = entries.length > 0 ? { kind: 'choose', entries } : { kind: 'nothing' }
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

/** The model's line in `/status`. @param name the model's; null when there is none */
export function modelStatus(name: string | null, cx: FaqContext): string {
  const { config, text } = cx
  if (name === null) return text('modelOff')
  const how = config.model.on ? stateText('model', cx) : text('modelSwitchedOff')
  return text('modelStatusLine', { name, how, budgets: budgetsText('model', cx) })
}
