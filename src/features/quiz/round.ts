// A running round: asking, closing a question, the end. A question's time counts from when it was really sent.
import { z } from 'zod'
import { FRESH_FOR, type Effect } from '../../core/types/effect.ts'
import { MemberId, type GroupId, type Millis } from '../../core/types/ids.ts'
import { PrizeOrNone } from '../../core/money/prize.ts'
import { featureParts, type GroupContextOf } from '../../core/feature/feature.ts'
import { table } from '../../core/feature/tables.ts'
import { Files, readLibrary } from './library.ts'
import { formOf } from './judge.ts'
import { Question } from './question.ts'
import { quizTexts } from './texts.ts'

const Config = z.strictObject({
  files: Files.default([]).describe('题库文件（YAML 或 CSV），路径从配置文件夹写起'),
  questions: z.int().min(1).max(30).default(5).describe('一轮几题'),
  seconds: z.int().min(10).max(600).default(30).describe('一题几秒'),
  winners: z
    .union([z.int().min(1).max(100), z.literal('all')])
    .default(1)
    .describe('一题算几个人答对：1 是最先答对的一个，3 是最先的三个，all 是时间内答对的都算'),
  prize: PrizeOrNone.default({ points: 5 }).describe('答对一题得什么：积分或券；false 没有奖'),
  best: PrizeOrNone.default(false).describe('一轮答对最多的人另外得什么；false 没有'),
  membersRounds: z.int().min(0).max(50).default(5).describe('一个群里，群友一天一共能开几轮；0 只有管理员能开'),
})

const Round = z.strictObject({
  /** From 1. */
  no: z.int(),
  of: z.int(),
  /** Keys of the questions of this round so far. */
  asked: z.array(z.string()),
  question: Question,
  /** How the question was posted. */
  shown: z.string(),
  until: z.int(),
  /** Who has answered this question, and of these the right ones, in order. */
  tried: z.array(MemberId),
  right: z.array(MemberId),
  /** Right answers in this round; of equal scores, the one that was reached first stands first. */
  scores: z.array(z.strictObject({ member: MemberId, right: z.int() })),
  /** Questions in a row that nobody answered. */
  silent: z.int(),
})
export type Round = z.infer<typeof Round>

// A round is what the bot has in mind: taking a prize back must not bring a question back.
const tables = {
  /** The running round of a group; the key is the group. */
  noteRounds: table(Round, { kind: 'note' }),
  /** What was asked in a group since all were used last; the key is `<group>/<question>`. */
  noteUsed: table(z.strictObject({ at: z.int() }), { kind: 'note' }),
  /** Rounds that members started in a group on the day of the last one; the key is the group. */
  noteStarts: table(z.strictObject({ day: z.string(), count: z.int() }), { kind: 'note' }),
}

export const parts = featureParts({
  config: Config,
  prepare: ({ files }, rows, _cron, yaml) => readLibrary(files, rows, yaml),
  tables,
  words: { start: { say: ['答题', '抢答', '开始答题'], en: ['quiz', 'start quiz'] } },
  texts: quizTexts,
  jobs: ['look'],
  questions: ['question'],
})
export type GroupCx = GroupContextOf<typeof parts>

/** While a question is open, it is looked at so often how late it is: being late means that the bot was down for so long. */
const TICK = 5000
/** A loaded machine is late too, which is no outage. */
const LATE = 2000
/** A question whose time was lost to an outage stays open longer than planned, at most by this (ms). */
const OPEN_MOST = 86_400_000
/** After so many questions without any answer a round ends by itself. */
const SILENT_MOST = 3
/** Names in one message. */
const SHOWN = 8
const medals = ['🥇', '🥈', '🥉'] as const

/** Opens a round. @param by who started it; null: the admins */
export function openRound(group: GroupId, by: string | null, cx: GroupCx): Effect {
  const { config, prepared, text, prizeText } = cx
  const { winners, prize } = config
  const of = Math.min(config.questions, prepared.questions.size)
  const mode =
    winners === 'all' ? text('modeAll') : winners === 1 ? text('modeFirst') : text('modeSome', { count: winners })
  const vars = { of, mode, prize: prize ? text('promised', { prize: prizeText(prize) }) : text('noPrize') }
  const title = by === null ? text('openedByAdmins', vars) : text('opened', { ...vars, name: by })
  return ask(group, { no: 0, of, asked: [], scores: [], silent: 0 }, title, cx)
}

/** Someone's answer to the open question counts; closes it when there are enough. */
export function take(group: GroupId, round: Round, from: MemberId, isRight: boolean, cx: GroupCx): Effect[] {
  const right = isRight ? [...round.right, from] : round.right
  const next = { ...round, tried: [...round.tried, from], right }
  const { winners } = cx.config
  if (winners !== 'all' && right.length >= winners) return [close(group, next, cx)]
  cx.tables.noteRounds.set(group, next)
  return []
}

/** A question was sent, or never will be. */
export function questionSent(group: GroupId, round: Round, isOut: boolean, cx: GroupCx): Effect | undefined {
  if (!isOut) return finish(group, round, [], cx)
  const until = cx.now + cx.config.seconds * 1000
  cx.tables.noteRounds.set(group, { ...round, until })
  watch(group, until, cx)
  return undefined
}

/** Looks at the open question: is its time over, or was the bot down meanwhile? @param due when this should have been */
export function look(group: GroupId, round: Round, due: Millis, cx: GroupCx): Effect | undefined {
  const late = cx.now - due
  const until = late > LATE ? round.until + late : round.until
  if (cx.now >= until) return close(group, round, cx)
  if (until !== round.until) cx.tables.noteRounds.set(group, { ...round, until })
  watch(group, until, cx)
  return undefined
}

/** Ends a round at once. */
export function drop(group: GroupId, { tables, sleep, expectsNoMore }: GroupCx): void {
  tables.noteRounds.delete(group)
  expectsNoMore('question', { group })
  sleep('look', group)
}

/** Questions that were not asked yet in this turn of all questions. */
export function freshOf(group: GroupId, { prepared, tables }: GroupCx): string[] {
  return [...prepared.questions.keys()].filter((key) => !tables.noteUsed.get(`${group}/${key}`))
}

function watch(group: GroupId, until: Millis, { now, wake }: GroupCx) {
  wake(Math.min(until, now + TICK), 'look', group)
}

type Standing = Pick<Round, 'no' | 'of' | 'asked' | 'scores' | 'silent'>

/** @param before what is said first in the same message */
function ask(group: GroupId, standing: Standing, before: string, cx: GroupCx): Effect {
  const { config, prepared, tables, now, random, text, say, wake, expects } = cx
  const key = random.pick(freshFor(group, standing, cx))
  const question = prepared.questions.get(key)
  if (!question) throw new Error(`no question ${key}`)
  tables.noteUsed.set(`${group}/${key}`, { at: now })
  const no = standing.no + 1
  const how = howTo(question, cx)
  const head = text('question', { no, of: standing.of, seconds: config.seconds, how, question: question.text })
  const shown = question.kind === 'choice' ? `${head}\n${optionsText(question.options)}` : head
  // Should nobody ever hear what became of the question, the round still goes on.
  const until = now + FRESH_FOR + config.seconds * 1000
  const asked = [...standing.asked, key]
  tables.noteRounds.set(group, { ...standing, no, asked, question, shown, until, tried: [], right: [] })
  wake(until, 'look', group)
  // When its time is over is found out by looking, later than this only after an outage that ends the question.
  expects('question', { group }, formOf(question), until + OPEN_MOST)
  return say({ group }, `${before}\n\n${shown}`, { priority: 'reply' })
}

/** Questions that may come next: none twice before all were used, and never twice in one round. */
function freshFor(group: GroupId, { asked }: Standing, cx: GroupCx): string[] {
  const fresh = freshOf(group, cx).filter((key) => !asked.includes(key))
  if (fresh.length > 0) return fresh
  for (const [place] of cx.tables.noteUsed.entries(group))
    if (!asked.includes(place.slice(group.length + 1))) cx.tables.noteUsed.delete(place)
  return [...cx.prepared.questions.keys()].filter((key) => !asked.includes(key))
}

function close(group: GroupId, round: Round, cx: GroupCx): Effect {
  const { prepared, text } = cx
  const { question, right } = round
  const result = right.length > 0 ? rewarded(group, round, cx) : text('nobody', { answer: answerText(question, cx) })
  const lines = [result, ...(question.explain === null ? [] : [question.explain])]
  const risen = right.map((member) => ({
    member,
    right: (round.scores.find((one) => one.member === member)?.right ?? 0) + 1,
  }))
  const scores = [...round.scores.filter(({ member }) => !right.includes(member)), ...risen]
  const silent = round.tried.length > 0 ? 0 : round.silent + 1
  const standing = { no: round.no, of: round.of, asked: round.asked, scores, silent }
  // The files may have become fewer meanwhile.
  const isLast = round.no >= round.of || [...prepared.questions.keys()].every((key) => round.asked.includes(key))
  if (isLast || silent >= SILENT_MOST) return finish(group, standing, lines, cx)
  return ask(group, standing, lines.join('\n'), cx)
}

/** Gives the prizes for a question, and says so. */
function rewarded(group: GroupId, { question, right }: Round, cx: GroupCx): string {
  const { config, ledger, members, text, prizeText } = cx
  const { prize } = config
  const names = namesText(
    right.map((member) => members.name(member, group)),
    cx,
  )
  let won = ''
  if (prize) {
    const why = text('whyRight', { question: cut(question.text) })
    const promised = prizeText(prize)
    const given = right.map((member) => prizeText(ledger.give(member, prize, why)))
    const [first = ''] = given
    if (right.length === 1) won = first === '' ? text('wonNothing') : text('won', { prize: first })
    else won = text(given.every((one) => one === promised) ? 'wonEach' : 'wonSome', { prize: promised })
  }
  return text('right', { names, answer: answerText(question, cx), won })
}

function finish(group: GroupId, standing: Standing, before: string[], cx: GroupCx): Effect {
  const { config, ledger, members, text, word, say, prizeText } = cx
  drop(group, cx)
  const ranked = [...standing.scores].sort((a, b) => b.right - a.right)
  const board = ranked.slice(0, medals.length).map(({ member, right }, i) => {
    const name = members.name(member, group)
    return text('place', { medal: medals[i] ?? '', name: i === 0 ? `@${name}` : name, count: right })
  })
  const [best] = ranked
  const given = best && config.best ? prizeText(ledger.give(best.member, config.best, text('whyBest'))) : ''
  const bonus = best && given !== '' ? [text('best', { name: members.name(best.member, group), prize: given })] : []
  const end =
    board.length > 0
      ? [text('finished'), ...board, ...bonus]
      : [standing.silent >= SILENT_MOST ? text('finishedSilent', { start: word('start') }) : text('finishedNobody')]
  return say({ group }, [...before, ...(before.length > 0 ? [''] : []), ...end].join('\n'), { priority: 'reply' })
}

function howTo(question: Question, { text }: GroupCx): string {
  switch (question.kind) {
    case 'choice':
      return text('howChoice')
    case 'truth':
      return text('howTruth')
    case 'number':
      return question.unit === null ? text('howNumber') : text('howUnit', { unit: question.unit })
    case 'wording':
      return text('howWording')
  }
}

function answerText(question: Question, { text }: Pick<GroupCx, 'text'>): string {
  switch (question.kind) {
    case 'choice':
      return `${letter(question.right)} ${question.options[question.right] ?? ''}`
    case 'truth':
      return text(question.right ? 'yes' : 'no')
    case 'number':
      return question.unit === null ? String(question.right) : `${question.right} ${question.unit}`
    case 'wording':
      return question.answers[0] ?? ''
  }
}

export function letter(place: number): string {
  return String.fromCharCode(65 + place)
}

/** Short options share a line, so that a question stays small on a phone. */
function optionsText(options: readonly string[]): string {
  const lines = options.map((option, i) => `${letter(i)} ${option}`)
  return lines.join('').length <= 26 ? lines.join('　') : lines.join('\n')
}

function namesText(names: readonly string[], { text }: GroupCx): string {
  const shown = names.slice(0, SHOWN).join(text('comma'))
  return names.length > SHOWN ? shown + text('andMore', { count: names.length }) : shown
}

function cut(question: string): string {
  const letters = [...question]
  return letters.length > 20 ? `${letters.slice(0, 19).join('')}…` : question
}
