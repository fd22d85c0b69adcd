// Answers members' questions from the operator's library; what it does not know goes to a human.
import { arg } from '../../core/feature/arguments.ts'
import { feature } from '../../core/feature/feature.ts'
import { answer, meaningFound, wantHuman } from './asking.ts'
import { careProblems, quickProblems } from './care.ts'
import { aboutHandover, answerHandover, lastNumber } from './handover.ts'
import { forgetTakenIn, keepAnswer } from './learned.ts'
import {
  aboutMiss,
  alsoWording,
  dismissMiss,
  dropLearned,
  listLearned,
  listMissed,
  missedCard,
  planCard,
  undoMiss,
} from './misses.ts'
import { meaningStatus } from './meaning.ts'
import { modelAnswered, modelStatus, testModel } from './model.ts'
import { chosen } from './offers.ts'
import { askCalibration, calibrated, planCalibration } from './recalibration.ts'
import { overview, testText, waitingLine } from './reports.ts'
import { parts } from './state.ts'
import { GroupId } from '../../core/types/ids.ts'

const handoverNumber = arg.number({ zh: '编号', en: 'number' })

export const faq = feature({
  name: 'faq',
  summary: { zh: '答案库：自动答疑、转人工', en: 'Answers from the library, hand over to a human' },
  ...parts,
  counted: [{ label: { zh: '答案库', en: 'answers' }, of: (_config, { placed }) => placed.length }],
  check: (config, { prepared, groups, fileTrouble }) => [
    ...prepared.problems,
    ...quickProblems(config),
    ...careProblems(prepared, { groups, fileTrouble }),
  ],
  counts: {
    noteAnswered: (key, after) =>
      after ? [{ what: 'botAnswers', group: GroupId.parse(key.slice(0, key.indexOf('/'))) }] : [],
    handovers(_key, after, before) {
      if (!after) return []
      const by = { group: after.group ?? undefined, member: after.from }
      if (!before) return [{ what: 'handed', ...by }]
      return before.open && !after.open ? [{ what: 'humanAnswers', ...by }] : []
    },
  },
  numbers: {
    last: lastNumber,
    about: (number, cx) => aboutHandover(number, cx) ?? aboutMiss(number, cx),
    undo: undoMiss,
  },
  waiting: waitingLine,
  statusNote: ({ model }, cx) => [modelStatus(model, cx), meaningStatus(cx) ?? []].flat().join('\n'),
  menu: ({ human }, { staff }, text) => [text('menu', { human, staff })],

  onWord: { human: (said, cx) => wantHuman(said, said.asTyped, cx) },
  onAnswer: { choose: chosen },
  answer,
  answersTalk: true,
  onFound(found, cx) {
    if (found.what === 'model') return modelAnswered(found, cx)
    if (found.what === 'meaning') return meaningFound(found, cx)
    if (found.what === 'calibration') calibrated(found.answer, cx)
    return undefined
  },
  onLoaded(_, cx) {
    planCard(cx)
    forgetTakenIn(cx)
    return planCalibration(cx)
  },
  onJob: {
    missed: (_key, cx) => missedCard(cx),
    calibration(_key, cx) {
      planCalibration(cx)
      return askCalibration(cx)
    },
  },

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
    'faq missed': {
      summary: { zh: '哪些问题没答上，各自最接近的条目', en: 'Questions that got no answer, with the nearest entries' },
      role: 'helper',
      args: {},
      run: (_, cx) => listMissed(cx),
    },
    'faq also': {
      summary: { zh: '教它：这一条问的就是某个条目', en: 'Teach it: this line asks for that entry' },
      role: 'admin',
      args: { number: handoverNumber, id: arg.rest({ zh: '条目编号', en: 'entry' }, { zh: '营业时间', en: 'hours' }) },
      run: ({ number, id }, cx) => alsoWording(number, id, cx),
    },
    'faq no': {
      summary: { zh: '这一条不归答案库管，不再列出', en: 'This line is nothing for the library' },
      role: 'admin',
      args: { number: handoverNumber },
      run: ({ number }, cx) => dismissMiss(number, cx),
    },
    'faq learned': {
      summary: { zh: '教过的问法和收下的答案', en: 'Wordings that were taught and answers that were kept' },
      role: 'helper',
      args: {},
      run: (_, cx) => listLearned(cx),
    },
    'faq drop': {
      summary: { zh: '忘掉教过的一条', en: 'Forget something that was taught' },
      role: 'admin',
      args: { number: handoverNumber },
      run: ({ number }, cx) => dropLearned(number, cx),
    },
    'faq test': {
      summary: { zh: '试一句话：会怎么答，怎样才会答', en: 'Try a text: what it gets, and what would answer it' },
      role: 'helper',
      args: { question: arg.rest({ zh: '文字', en: 'text' }, { zh: '几点开门', en: 'when do you open' }) },
      run: ({ question }, cx) => testText(question, cx),
    },
  },
})
