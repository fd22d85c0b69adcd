// Answers members' questions from the operator's library; what it does not know goes to a human.
import { arg } from '../../core/feature/arguments.ts'
import type { Effect } from '../../core/types/effect.ts'
import type { Said } from '../../core/types/event.ts'
import { feature, type Answer } from '../../core/feature/feature.ts'
import type { Asked } from '../../core/feature/answers.ts'
import { give } from './answers.ts'
import { careProblems, prepareLibrary, quickProblems } from './care.ts'
import { Config } from './entry.ts'
import { aboutHandover, answerHandover, handOver, lastNumber } from './handover.ts'
import { keepAnswer, learnedLibrary } from './learned.ts'
import { decide, rank, type Where } from './library.ts'
import { askModel, modelAnswered, modelStatus, testModel } from './model.ts'
import { overview, testText } from './reports.ts'
import { read } from '../../search/reading.ts'
import { faqTables, kept, type FaqContext } from './state.ts'
import { faqTexts } from './texts.ts'

/** Ordinary chat that is longer is not looked at: a question is short. */
const longestQuestion = 300
/** So long a number answers "did you mean". */
const chooseWithin = 3 * 60_000
/** So long after a question `转人工` alone is about it. */
const meantWithin = 60 * 60_000
/** Fewer different words are a greeting or a joke, which no human needs to see, unless they ask something. */
const fewestWords = 4

const handoverNumber = arg.number({ zh: '编号', en: 'number' })

export const faq = feature({
  name: 'faq',
  summary: { zh: '答案库：自动答疑、转人工', en: 'Answers from the library, hand over to a human' },
  config: Config,
  prepare: prepareLibrary,
  counted: { label: { zh: '答案库', en: 'answers' }, of: (_config, { placed }) => placed.length },
  check: (config, { prepared, groups, fileTrouble }) => [
    ...prepared.problems,
    ...quickProblems(config),
    ...careProblems(prepared, { groups, fileTrouble }),
  ],
  tables: faqTables,
  words: { human: { say: ['转人工', '人工客服'], rest: true } },
  texts: faqTexts,
  numbers: { last: lastNumber, about: aboutHandover },
  statusNote: ({ model }, cx) => modelStatus(model, cx),
  menu: ({ human }, { staff }, text) => [text('menu', { human, staff })],

  onWord: {
    human(said, cx) {
      const { group, from, rest, asTyped } = said
      const before = cx.tables.noteAsked.get(placeOf(said))
      const last = before && cx.now - before.at < meantWithin ? before.question : undefined
      const question = rest === '' ? last : asTyped
      if (question === undefined) return cx.hint('humanHow', { word: cx.word('human'), staff: cx.config.staff })
      cx.tables.noteAsked.delete(placeOf(said))
      return handOver({ group, from, question }, cx)
    },
  },

  onAnswer: { choose: (answer, cx) => chosen(answer, cx) },

  answer(said, cx) {
    if (said.kind !== 'text' || said.text.trim() === '') return
    if (!said.addressed && said.text.length > longestQuestion) return
    const libraries = [cx.prepared.library, learnedLibrary(cx)]
    const candidates = rank(libraries, said.text, whereOf(said, cx))
    const finding = decide(candidates, said.addressed)
    if (finding.kind === 'answer') return give(finding.entry, said, cx)
    if (!said.addressed) return
    const asked = { group: said.group, from: said.from, question: kept(said.text) }
    cx.tables.noteAsked.set(placeOf(said), { question: asked.question, at: cx.now })
    if (finding.kind === 'choose') return offer(finding.entries, said, cx)
    return isQuestion(said.text) ? (askModel(asked, candidates, cx) ?? handOver(asked, cx)) : undefined
  },

  onFound: (found, cx) => (found.what === 'model' ? modelAnswered(found, cx) : undefined),

  commands: {
    r: {
      summary: { zh: '回复群友的问题，@名称 用快捷回复', en: 'Answer a member’s question; @name sends a quick reply' },
      role: 'helper',
      args: {
        number: handoverNumber,
        answer: arg.rest({ zh: '答案', en: 'text' }, { zh: '周日照常营业', en: 'open on Sundays too' }),
      },
      run: ({ number, answer }, cx) => answerHandover(number, answer, cx),
    },
    faq: {
      summary: { zh: '答案库有多少条，哪些问题等回复', en: 'Size of the library, and the questions that wait' },
      role: 'helper',
      args: {},
      run: (_, cx) => overview(cx),
    },
    'model test': {
      summary: { zh: '试一下语言模型通不通', en: 'See whether the language model works' },
      role: 'admin',
      args: {},
      run: (_, cx, { from }) => testModel(from, cx),
    },
    'faq add': {
      summary: { zh: '把 /r 的回复收进答案库，以后自动回答', en: 'Keep an answer given with /r for the next who asks' },
      role: 'admin',
      args: { number: arg.optional(handoverNumber) },
      run: ({ number }, cx) => keepAnswer(number, cx),
    },
    'faq test': {
      summary: { zh: '试一句话，看最接近的条目和分数', en: 'Try a text: the nearest entries with their scores' },
      role: 'helper',
      args: { question: arg.rest({ zh: '文字', en: 'text' }, { zh: '几点开门', en: 'when do you open' }) },
      run: ({ question }, cx) => testText(question, cx),
    },
  },
})

/** What was meant, of what the bot offered; 0 for none of it. */
function chosen(answer: Answer, cx: FaqContext): Effect[] | undefined {
  const key = placeOf(answer)
  const open = cx.tables.noteChoices.get(key)
  if (!open || answer.value > open.ids.length) return undefined
  cx.tables.noteChoices.delete(key)
  cx.expectsNoMore('choose', askedOf(answer))
  const { group, from } = answer
  if (answer.value === 0) return handOver({ group, from, question: open.question }, cx)
  const id = open.ids[answer.value - 1] ?? ''
  const entry = (cx.prepared.library.byId.get(id) ?? learnedLibrary(cx).byId.get(id))?.entry
  // The library may have changed meanwhile.
  return entry && give(entry, { ...answer, addressed: true }, cx)
}

function offer(entries: readonly { id: string; question: string }[], said: Said, cx: FaqContext): Effect {
  const { tables, members, now, config, text, replyText, expects } = cx
  const ids = entries.map(({ id }) => id)
  const until = now + chooseWithin
  tables.noteChoices.set(placeOf(said), { ids, question: kept(said.text), until })
  expects('choose', askedOf(said), { kind: 'line', min: 0, max: ids.length }, until)
  const lines = entries.map(({ question }, i) => text('chooseLine', { number: i + 1, question }))
  const title = text('choose', { name: members.name(said.from, said.group) })
  return replyText([title, ...lines, text('chooseNone', { staff: config.staff })].join('\n'))
}

function askedOf({ group, from }: Said): Asked {
  return group === null ? { member: from } : { group, member: from }
}

/** Somebody in one place: what he asked in a group is nothing to go on elsewhere. */
function placeOf({ group, from }: Said): string {
  return `${group ?? 'direct'}/${from}`
}

/** In a direct message the entries of all the groups count that somebody is in. */
function whereOf({ group, from, addressed }: Said, { members, today }: FaqContext): Where {
  const ids = group === null ? members.groupsOf(from) : [group]
  const groups = ids.flatMap((id) => members.group(id) ?? []).flatMap(({ managed, tags }) => [managed, ...tags])
  return { groups: new Set(groups), today, addressed }
}

/** Whether a text that nobody understood is worth a human's time. */
function isQuestion(text: string): boolean {
  const { asks, words } = read(text)
  return words.size > 0 && (asks !== 0 || /[?？]/.test(text) || words.size >= fewestWords)
}
