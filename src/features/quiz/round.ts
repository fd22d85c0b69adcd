// A running round: asking, closing a question, the end. A question's time counts from when it was really sent.
import { z } from 'zod'
import { Scheduled } from '../../activities/presets.ts'
import type { Entered, Live } from '../../activities/records.ts'
import { FRESH_FOR } from '../../core/types/effect.ts'
import { MemberId, type GroupId, type Millis } from '../../core/types/ids.ts'
import { PrizeOrNone } from '../../core/money/prize.ts'
import { featureParts, type GroupContextOf } from '../../core/feature/feature.ts'
import type { Json } from '../../core/types/json.ts'
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
  scheduled: Scheduled,
  membersRounds: z.int().min(0).max(50).default(5).describe('一个群里，群友一天一共能开几轮；0 只有管理员能开'),
})

const Content = z.strictObject({
  /** Who started it; null: the admins. */
  by: MemberId.nullable(),
  questions: z.int(),
  /** How many right answers to a question count. */
  winners: z.union([z.int(), z.literal('all')]),
  prize: PrizeOrNone,
  best: PrizeOrNone,
})
export type Content = z.infer<typeof Content>
/** Right answers of a person in a round, and after how many questions and answers there were so many: of equal scores the earlier wins. */
const Score = z.strictObject({ right: z.int(), reached: z.int() })
export const schemas = { content: Content, entry: Score }
export type Quiz = Live<Content>
export type Scores = Entered<z.infer<typeof Score>>[]

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
  /** Questions in a row that nobody answered. */
  silent: z.int(),
  /** What its end begins with: the answer to the last question; null while a question is open. */
  before: z.array(z.string()).nullable(),
})
export type Round = z.infer<typeof Round>

// The open question is what the bot has in mind: taking a prize back must not bring a question back.
const tables = {
  /** The open question of a round; the key is its number. Version 0.1.0 kept the scores with it, under the group. */
  noteRounds: table(Round, {
    kind: 'note',
    migrations: [withoutScores],
  }),
  /** What was asked in a group since all were used last; the key is `<group>/<question>`. */
  noteUsed: table(z.strictObject({ at: z.int() }), { kind: 'note' }),
  /** Rounds that members started in a group on the day of the last one; the key is the group. */
  noteStarts: table(z.strictObject({ day: z.string(), count: z.int() }), { kind: 'note' }),
}

function withoutScores(old: Json): Json {
  const { scores: _, ...round } = old as Record<string, Json>
  return { ...round, before: null }
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
/** Questions in a row without any answer after which a round ends by itself. */
const SILENT_MOST = 3
/** Names in one message. */
const SHOWN = 8
const medals = ['🥇', '🥈', '🥉'] as const

/** What comes of an answer or of the end of a question: what is said next, and who scored; nothing more follows when the round is over. */
export interface Turn {
  said: string
  scored: readonly { member: MemberId; reached: number }[]
  isOver: boolean
}

/** The prizes of a round as the settings have them; where there are no points, none of points. */
export function prizesFor({ config, scene, group }: GroupCx): Pick<Content, 'prize' | 'best'> {
  const hasPoints = scene.groupsWith('points').some(({ id }) => id === group.id)
  const given = (prize: PrizeOrNone) => (prize && 'points' in prize && !hasPoints ? false : prize)
  return { prize: given(config.prize), best: given(config.best) }
}

/** The coupons that a round may have to give, by kind; where every right answer wins, there are enough of them. */
export function promisedCoupons({ questions, winners, prize, best }: Content): Map<string, number> {
  const wanted = new Map<string, number>()
  for (const [each, times] of [
    [prize, winners === 'all' ? 0 : questions * winners],
    [best, 1],
  ] as const)
    if (each && 'coupon' in each && times > 0)
      wanted.set(each.coupon, (wanted.get(each.coupon) ?? 0) + each.count * times)
  return wanted
}

/** What members read when a round opens, before its first question. */
export function openingText(
  { title, groups: [group], content: { by, questions, winners, prize } }: Quiz,
  cx: GroupCx,
): string {
  const { members, text, prizeText } = cx
  const mode =
    winners === 'all' ? text('modeAll') : winners === 1 ? text('modeFirst') : text('modeSome', { count: winners })
  const vars = {
    of: questions,
    mode,
    prize: prize ? text('promised', { prize: prizeText(prize) }) : text('noPrize'),
  }
  return by === null
    ? text('openedByAdmins', { ...vars, title })
    : text('opened', { ...vars, name: members.name(by, group) })
}

/** Someone's answer to the open question counts; closes it when there are enough. */
export function take(live: Quiz, round: Round, from: MemberId, isRight: boolean, cx: GroupCx): Turn | undefined {
  const right = isRight ? [...round.right, from] : round.right
  const next = { ...round, tried: [...round.tried, from], right }
  const { winners } = live.content
  if (winners !== 'all' && right.length >= winners) return close(live, next, cx)
  cx.tables.noteRounds.set(String(live.no), next)
  return undefined
}

/** A question was sent to a group: its time begins. */
export function questionSent({ no }: Quiz, round: Round, cx: GroupCx): void {
  const until = cx.now + cx.config.seconds * 1000
  cx.tables.noteRounds.set(String(no), { ...round, until })
  watch(no, until, cx)
}

/** Looks at the open question: is its time over, or was the bot down meanwhile? @param due when this should have been */
export function look(live: Quiz, round: Round, due: Millis, cx: GroupCx): Turn | undefined {
  const late = cx.now - due
  const until = late > LATE ? round.until + late : round.until
  if (cx.now >= until) return close(live, round, cx)
  if (until !== round.until) cx.tables.noteRounds.set(String(live.no), { ...round, until })
  watch(live.no, until, cx)
  return undefined
}

/** Questions that were not asked yet in this turn of all questions. */
export function freshOf(group: GroupId, { prepared, tables }: GroupCx): string[] {
  return [...prepared.questions.keys()].filter((key) => !tables.noteUsed.get(`${group}/${key}`))
}

function watch(no: number, until: Millis, { now, wake }: GroupCx) {
  wake(Math.min(until, now + TICK), 'look', String(no))
}

/** Asks the first question of a round, or the next one. */
export function ask(live: Quiz, standing: Pick<Round, 'no' | 'asked' | 'silent'>, cx: GroupCx): string {
  const { config, prepared, tables, now, random, text, wake, expects, group } = cx
  const key = random.pick(freshFor(group.id, standing, cx))
  const question = prepared.questions.get(key)
  if (!question) throw new Error(`no question ${key}`)
  for (const place of live.groups) tables.noteUsed.set(`${place}/${key}`, { at: now })
  const no = standing.no + 1
  const of = Math.min(live.content.questions, prepared.questions.size)
  const how = howTo(question, cx)
  const head = text('question', { no, of, seconds: config.seconds, how, question: question.text })
  const shown = question.kind === 'choice' ? `${head}\n${optionsText(question.options)}` : head
  // Should nobody ever hear what became of the question, the round still goes on.
  const until = now + FRESH_FOR + config.seconds * 1000
  const asked = [...standing.asked, key]
  const round = { ...standing, no, of, asked, question, shown, until, tried: [], right: [], before: null }
  tables.noteRounds.set(String(live.no), round)
  wake(until, 'look', String(live.no))
  // When its time is over is found out by looking, later than this only after an outage that ends the question.
  for (const place of live.groups)
    expects('question', { group: place }, formOf(question), until + OPEN_MOST, String(live.no))
  return shown
}

/** Questions that may come next: none twice before all were used, and never twice in one round. */
function freshFor(group: GroupId, { asked }: Pick<Round, 'asked'>, cx: GroupCx): string[] {
  const fresh = freshOf(group, cx).filter((key) => !asked.includes(key))
  if (fresh.length > 0) return fresh
  for (const [place] of cx.tables.noteUsed.entries(group))
    if (!asked.includes(place.slice(group.length + 1))) cx.tables.noteUsed.delete(place)
  return [...cx.prepared.questions.keys()].filter((key) => !asked.includes(key))
}

function close(live: Quiz, round: Round, cx: GroupCx): Turn {
  const { prepared, text } = cx
  const { question, right } = round
  const result = right.length > 0 ? rewarded(live, round, cx) : text('nobody', { answer: answerText(question, cx) })
  const lines = [result, ...(question.explain === null ? [] : [question.explain])]
  const scored = right.map((member, i) => ({ member, reached: round.no * 1000 + i }))
  const silent = round.tried.length > 0 ? 0 : round.silent + 1
  // The files may have become fewer meanwhile.
  const isLast = round.no >= round.of || [...prepared.questions.keys()].every((key) => round.asked.includes(key))
  if (isLast || silent >= SILENT_MOST) {
    cx.tables.noteRounds.set(String(live.no), { ...round, silent, before: lines })
    return { said: '', scored, isOver: true }
  }
  return { said: [...lines, '', ask(live, { ...round, silent }, cx)].join('\n'), scored, isOver: false }
}

/** Gives the prizes for a question, and says so; who cannot have more coupons of a kind is not named behind one. */
function rewarded({ no, groups, content: { prize } }: Quiz, { question, right }: Round, cx: GroupCx): string {
  const { ledger, members, text, prizeText } = cx
  const namesOf = (some: readonly MemberId[]) =>
    namesText(
      some.map((member) => members.name(member, groups.find((group) => members.isIn(member, group)) ?? groups[0])),
      cx,
    )
  let won = ''
  if (prize) {
    const why = text('whyRight', { question: cut(question.text) })
    const got = right.filter((member) => {
      if ('coupon' in prize && ledger.coupons.isFull(member, prize.coupon, prize.count)) return false
      const { points, coupons } = ledger.give(member, prize, why, promiseOf(no))
      return points > 0 || coupons.length > 0
    })
    const vars = { prize: prizeText(prize), names: namesOf(got) }
    won =
      got.length === 0
        ? text('wonNothing')
        : text(got.length < right.length ? 'wonSome' : right.length === 1 ? 'won' : 'wonEach', vars)
  }
  return text('right', { names: namesOf(right), answer: answerText(question, cx), won })
}

/** The end of a round: what its last question came to, the board, and the prize of the best. */
export function ending({ no, groups, content: { best } }: Quiz, scores: Scores, cx: GroupCx): string {
  const { ledger, tables, text, word, prizeText } = cx
  const { before = null, silent = 0 } = tables.noteRounds.get(String(no)) ?? {}
  forgetQuestion(no, groups, cx)
  const ranked = [...scores].sort((a, b) => b.value.right - a.value.right || a.value.reached - b.value.reached)
  const board = ranked
    .slice(0, medals.length)
    .map(({ name, value }, i) =>
      text('place', { medal: medals[i] ?? '', name: i === 0 ? `@${name}` : name, count: value.right }),
    )
  const [first] = ranked
  const given = first?.member && best ? ledger.give(first.member, best, text('whyBest'), promiseOf(no)) : undefined
  const bonus =
    first && given && prizeText(given) !== '' ? [text('best', { name: first.name, prize: prizeText(given) })] : []
  const ended = text(before === null ? 'stopped' : 'finished')
  const none = silent >= SILENT_MOST ? text('finishedSilent', { start: word('start') }) : text('finishedNobody')
  const end = board.length > 0 ? [ended, ...board, ...bonus] : [before === null ? ended : none]
  return [...(before === null ? [] : [...before, '']), ...end].join('\n')
}

/** No question of a round is open any more. */
export function forgetQuestion(
  no: number,
  groups: readonly GroupId[],
  { tables, sleep, expectsNoMore }: GroupCx,
): void {
  tables.noteRounds.delete(String(no))
  sleep('look', String(no))
  for (const group of groups) expectsNoMore('question', { group }, String(no))
}

/** By what name the ledger knows what a round promises. */
const promiseOf = (no: number) => `quiz-${no}`

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
