// Quiz: rounds of questions out of the operator's files; who answers right in time wins.
import { letterOf } from '../../core/feature/answers.ts'
import { arg } from '../../core/feature/arguments.ts'
import { GroupId } from '../../core/types/ids.ts'
import { feature } from '../../core/feature/feature.ts'
import { isRight, judge } from './judge.ts'
import { drop, freshOf, letter, look, openRound, parts, questionSent, take } from './round.ts'

export const quiz = feature({
  name: 'quiz',
  summary: { zh: '抢答', en: 'Quiz' },
  ...parts,
  retired: { texts: ['whichGroup', 'disabled'] },
  check: (_config, { prepared }) => [...prepared.problems],
  counted: [{ label: { zh: '题目', en: 'questions' }, of: (_config, { questions }) => questions.size }],

  rules({ files, prize }, text, isOn) {
    if (files.length === 0 || !prize || ('points' in prize && !isOn('points'))) return {}
    const shown = 'points' in prize ? text('points', { points: prize.points }) : prize.coupon
    return { rewards: [text('rule', { prize: shown })] }
  },
  menu: ({ start }, { files, membersRounds }, text) =>
    files.length > 0 && membersRounds > 0 ? [text('menu', { start })] : [],

  onWord: {
    start({ from }, cx) {
      const { config, prepared, tables, today, members, refuse } = cx
      if (!cx.group) return refuse('onlyInGroup')
      const group = cx.group.id
      const running = tables.noteRounds.get(group)
      if (running) return refuse('running', { no: running.no, of: running.of })
      if (prepared.questions.size === 0) return refuse('empty')
      if (config.membersRounds === 0) return refuse('adminsOnly')
      const last = tables.noteStarts.get(group)
      const count = last?.day === today ? last.count : 0
      if (count >= config.membersRounds) return refuse('enough', { count })
      tables.noteStarts.set(group, { day: today, count: count + 1 })
      return openRound(group, members.name(from, group), cx)
    },
  },

  onAnswer: {
    question({ from, value }, cx) {
      if (!cx.group) return
      const group = cx.group.id
      const round = cx.tables.noteRounds.get(group)
      // Who has answered already may mean a question asked earlier.
      if (!round || round.tried.includes(from)) return
      return take(group, round, from, isRight(round.question, value), cx)
    },
  },

  // What looks like an answer, but does not count and was no answer to anything else.
  answer({ from, kind, text }, cx) {
    const round = cx.group ? cx.tables.noteRounds.get(cx.group.id) : undefined
    if (!cx.group || !round || kind !== 'text') return
    const { question, tried } = round
    if (judge(question, text) !== 'none')
      return tried.includes(from) ? cx.refuse('once', { name: cx.members.name(from, cx.group.id) }) : undefined
    const beyond = question.kind === 'choice' && letterOf(text, 26) !== undefined
    return beyond ? cx.refuse('letters', { last: letter(question.options.length - 1) }) : undefined
  },

  onResulted({ outcome }, community, effect) {
    if (effect?.type !== 'say' || typeof effect.to === 'string' || !('group' in effect.to)) return
    const cx = community.inGroup(effect.to.group)
    const round = cx.tables.noteRounds.get(effect.to.group)
    if (!round || !effect.text.endsWith(round.shown)) return
    return questionSent(effect.to.group, round, outcome === 'sent' || outcome === 'uncertain', cx)
  },

  onJob: {
    look(key, community, due) {
      const group = GroupId.parse(key)
      const cx = community.inGroup(group)
      const round = cx.tables.noteRounds.get(group)
      if (round && cx.enabled) return look(group, round, due, cx)
      drop(group, cx)
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
          const round = there.tables.noteRounds.get(group.id)
          const state = round ? text('stateRunning', { no: round.no, of: round.of }) : ''
          const total = there.prepared.questions.size
          return [text('overviewLine', { group: group.name, total, fresh: freshOf(group.id, there).length, state })]
        })
        return lines.length > 0 ? replyText([text('overview'), ...lines].join('\n')) : reply('noGroup')
      },
    },
    'quiz start': {
      summary: { zh: '在一个群里开始一轮答题', en: 'Start a quiz in a group' },
      role: 'admin',
      args: { group: arg.groupWith('quiz', { zh: '答题', en: 'quizzes' }) },
      run({ group: { id, name } }, cx) {
        const there = cx.inGroup(id)
        const running = there.tables.noteRounds.get(id)
        if (running) return cx.reply('busy', { group: name, no: running.no, of: running.of })
        if (there.prepared.questions.size === 0) return cx.reply('noQuestions', { group: name })
        return [openRound(id, null, there), cx.reply('started', { group: name })]
      },
    },
    'quiz stop': {
      summary: { zh: '结束一个群里的答题', en: 'End the quiz in a group' },
      role: 'admin',
      args: { group: arg.groupWith('quiz', { zh: '答题', en: 'quizzes' }) },
      run({ group: { id, name } }, cx) {
        const there = cx.inGroup(id)
        if (!there.tables.noteRounds.get(id)) return cx.reply('idle', { group: name })
        drop(id, there)
        const stopped = there.say({ group: id }, there.text('stopped'), { priority: 'reply' })
        return [stopped, cx.reply('ended', { group: name })]
      },
    },
  },
})
