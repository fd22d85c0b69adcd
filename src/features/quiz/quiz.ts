// Quiz: rounds of questions out of the operator's files; who answers right in time wins. Its life is that of any activity.
import { activity, kindOf } from '../../activities/activity.ts'
import { letterOf } from '../../core/feature/answers.ts'
import { arg } from '../../core/feature/arguments.ts'
import type { Effect } from '../../core/types/effect.ts'
import type { GroupId, MemberId } from '../../core/types/ids.ts'
import { Refusal } from '../../core/types/refusal.ts'
import { isRight, judge } from './judge.ts'
import {
  ask,
  ending,
  forgetQuestion,
  freshOf,
  letter,
  look,
  openingText,
  parts,
  prizesFor,
  promisedCoupons,
  questionSent,
  schemas,
  take,
  type Content,
  type GroupCx,
  type Quiz,
  type Round,
  type Turn,
} from './round.ts'

const beginning = { no: 0, asked: [], silent: 0 }

const { kind, open, openIn, liveOf, entriesOf, enter, refusalOf, tell, close, act } = kindOf(parts, {
  name: 'quiz',
  summary: { zh: '抢答', en: 'Quiz' },
  called: { zh: '答题', en: 'quiz' },
  word: 'start',
  ...schemas,
  isFinal: true,
  isSmall: true,
  isCommonWord: true,
  settlesEmpty: true,
  openings: ({ scheduled }) => scheduled,
  line: {
    command: 'quiz',
    example: { zh: '周五答题 题数 10 截止 21:00', en: '"Friday quiz" questions 10 until 21:00' },
    things: 'none',
    thing: { zh: '', en: '' },
    keywords: {
      questions: {
        zh: ['题数'],
        en: ['questions'],
        value: arg.int({ zh: '题数', en: 'questions' }, { min: 1, max: 30, example: 10 }),
      },
    },
  },
  read({ said }, cx): Content | Refusal {
    if (cx.prepared.questions.size === 0) return cx.refuse('noQuestions', { group: cx.group.name })
    const { live, round } = running(cx.group.id, cx) ?? {}
    if (live && round && said.from === undefined)
      return cx.refuse('busy', { group: cx.group.name, number: live.no, no: round.no, of: round.of })
    return said.full === undefined ? contentFor(null, cx, said.questions) : cx.refuse('notByCount')
  },
  promises: ({ content }) => promisedCoupons(content),
  opening: (live, _word, cx) => openingText(live, cx),
  begins: (live, cx) => ask(live, beginning, cx),
  how: (_live, _word, { text }) => text('howAnswer'),
  take: () => undefined,
  board(_live, scores, { text }) {
    const ranked = [...scores].sort((a, b) => b.value.right - a.value.right)
    return ranked.map(({ name, value }) => text('place', { medal: '·', name, count: value.right })).join('\n')
  },
  settle: (live, scores, cx) => ({ said: ending(live, scores, cx) }),
  cancelled({ no, groups }, scores, cx) {
    forgetQuestion(no, groups, cx)
    return scores.length > 0 ? cx.text('kept') : ''
  },
  columns: (_live, { text }) => [text('score')],
  row: ({ value }) => [value.right],
})

/** What a round holds, or why nobody knows whether its coupons will do. */
function contentFor(by: MemberId | null, cx: GroupCx, questions = cx.config.questions): Content | Refusal {
  const { winners } = cx.config
  const content = { by, questions: Math.min(questions, cx.prepared.questions.size), winners, ...prizesFor(cx) }
  const { prize } = content
  const left = winners === 'all' && prize && 'coupon' in prize ? cx.ledger.coupons.left(prize.coupon) : null
  return left === null ? content : cx.refuse('openEnd', { prize: prize ? cx.prizeText(prize) : '', left })
}

/** Opens a round by a member's word or by `/quiz start`. */
function start(by: MemberId | null, cx: GroupCx): { said: Effect[]; report: string } | Refusal {
  const content = contentFor(by, cx)
  if (content instanceof Refusal) return content
  const terms = { full: null, each: null, days: 0, points: 0, word: null, excluded: [] }
  const title = by === null ? cx.text('title') : cx.text('titleBy', { name: cx.members.name(by, cx.group.id) })
  const wanted = { title, groups: [cx.group.id], opensAt: null, closesAt: null, terms, content }
  return open(wanted, cx, by !== null)
}

/** Writes the scores down, and says what comes next or ends the round. */
function goOn(live: Quiz, turn: Turn | undefined, cx: GroupCx): Effect[] {
  if (turn === undefined) return []
  const scores = new Map(entriesOf(live, cx).map(({ who, value }) => [who, value.right]))
  for (const { member, reached } of turn.scored)
    enter(live, member, { right: (scores.get(member) ?? 0) + 1, reached }, cx)
  return turn.isOver ? close(live, cx) : tell(live, turn.said, cx)
}

/** The round that is running in a group, with its open question. */
function running(group: GroupId, cx: object): { live: Quiz; round: Round } | undefined {
  const live = openIn(group, cx)
  const round = live && questionOf(live, cx as GroupCx)
  return round && { live, round }
}

const questionOf = ({ no }: Quiz, { tables }: Pick<GroupCx, 'tables'>) => tables.noteRounds.get(String(no))

export const quiz = activity(parts, kind, {
  retired: { texts: ['whichGroup', 'disabled', 'started', 'ended'] },
  check: (_config, { prepared }) => [...prepared.problems],
  counted: [{ label: { zh: '题目', en: 'questions' }, of: (_config, { questions }) => questions.size }],

  rules({ files, prize }, text, isOn) {
    if (files.length === 0 || !prize || ('points' in prize && !isOn('points'))) return {}
    const shown = 'points' in prize ? text('points', { points: prize.points }) : prize.coupon
    return { rewards: [text('rule', { prize: shown })] }
  },
  menu: ({ start: word }, { files, membersRounds }, text) =>
    files.length > 0 && membersRounds > 0 ? [text('menu', { start: word })] : [],

  onLoaded(_loaded, { tables }) {
    // Rounds of version 0.1.0 are over: they lay under their group.
    for (const [key] of tables.noteRounds.entries()) if (!/^\d+$/.test(key)) tables.noteRounds.delete(key)
  },

  onWord: {
    start({ from }, cx) {
      const { config, prepared, tables, today, refuse } = cx
      if (!cx.group) return refuse('onlyInGroup')
      const group = cx.group.id
      const { round } = running(group, cx) ?? {}
      if (round) return refuse('running', { no: round.no, of: round.of })
      if (prepared.questions.size === 0) return refuse('empty')
      if (config.membersRounds === 0) return refuse('adminsOnly')
      const last = tables.noteStarts.get(group)
      const count = last?.day === today ? last.count : 0
      if (count >= config.membersRounds) return refuse('enough', { count })
      const opened = start(from, cx as GroupCx)
      if (opened instanceof Refusal) return opened
      tables.noteStarts.set(group, { day: today, count: count + 1 })
      return opened.said
    },
  },

  onAnswer: {
    question({ from, value, key }, cx) {
      const live = liveOf(Number(key), cx)
      const round = live && questionOf(live, cx)
      // Who has answered already may mean a question asked earlier.
      if (!cx.group || live?.phase !== 'open' || !round || round.tried.includes(from)) return
      const there = cx as GroupCx
      return (
        refusalOf(live, from, there) ??
        goOn(live, take(live, round, from, isRight(round.question, value), there), there)
      )
    },
  },

  // What looks like an answer, but does not count and was no answer to anything else.
  answer({ from, kind: type, text }, cx) {
    const { round } = cx.group ? (running(cx.group.id, cx) ?? {}) : {}
    if (!cx.group || !round || type !== 'text') return
    const { question, tried } = round
    if (judge(question, text) !== 'none')
      return tried.includes(from) ? cx.refuse('once', { name: cx.members.name(from, cx.group.id) }) : undefined
    const beyond = question.kind === 'choice' && letterOf(text, 26) !== undefined
    return beyond ? cx.refuse('letters', { last: letter(question.options.length - 1) }) : undefined
  },

  onResulted({ outcome }, community, effect) {
    if (effect?.type !== 'say' || typeof effect.to === 'string' || !('group' in effect.to)) return
    const { live, round } = running(effect.to.group, community) ?? {}
    if (!live || !round || !effect.text.endsWith(round.shown)) return
    const cx = community.inGroup(live.groups[0] ?? effect.to.group)
    const isOut = outcome === 'sent' || outcome === 'uncertain'
    if (isOut) return void questionSent(live, round, cx)
    return live.groups.length === 1 ? close(live, cx) : undefined
  },

  onJob: {
    look(key, community, due) {
      const live = liveOf(Number(key), community)
      const round = live && questionOf(live, community)
      const [group] = live?.groups ?? []
      if (!group || !round || live?.phase !== 'open') return
      const cx = community.inGroup(group)
      return cx.enabled ? goOn(live, look(live, round, due, cx), cx) : close(live, cx)
    },
  },

  commands: {
    quiz: {
      summary: {
        zh: '各群有多少题，还有多少没出过',
        en: 'How many questions there are, and how many were not asked yet',
      },
      role: 'helper',
      args: {},
      run(_, cx) {
        const { members, text, reply, replyText } = cx
        const lines = [...members.groups()].flatMap((group) => {
          const there = cx.inGroup(group.id)
          if (!there.enabled) return []
          const { live, round } = running(group.id, there) ?? {}
          const state = live && round ? text('stateRunning', { number: live.no, no: round.no, of: round.of }) : ''
          const total = there.prepared.questions.size
          return [text('overviewLine', { group: group.name, total, fresh: freshOf(group.id, there).length, state })]
        })
        return lines.length > 0 ? replyText([text('overview'), ...lines].join('\n')) : reply('noGroup')
      },
    },
    'quiz start': {
      summary: { zh: '现在就在一个群里开始一轮答题', en: 'Start a quiz in a group now' },
      role: 'admin',
      args: { group: arg.groupWith('quiz', { zh: '答题', en: 'quizzes' }) },
      run({ group: { id, name } }, cx) {
        const there = cx.inGroup(id)
        const { live, round } = running(id, there) ?? {}
        if (live && round) return cx.refuse('busy', { group: name, number: live.no, no: round.no, of: round.of })
        if (there.prepared.questions.size === 0) return cx.reply('noQuestions', { group: name })
        const opened = start(null, there)
        return opened instanceof Refusal ? opened : [...opened.said, cx.replyText(opened.report)]
      },
    },
    'quiz stop': {
      summary: { zh: '结束一个群里的答题', en: 'End the quiz in a group' },
      role: 'admin',
      args: { group: arg.groupWith('quiz', { zh: '答题', en: 'quizzes' }) },
      run({ group: { id, name } }, cx, { from }) {
        const live = openIn(id, cx)
        return live ? act(live.no, { verb: 'close', from, group: null }, cx) : cx.reply('idle', { group: name })
      },
    },
  },
})
