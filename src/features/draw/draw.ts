// Lucky draw: opened by admins or the settings, entered by a word, drawn so that anybody can check it.
import { arg } from '../../core/feature/arguments.ts'
import type { Effect } from '../../core/types/effect.ts'
import { GroupId, type MemberId } from '../../core/types/ids.ts'
import { feature } from '../../core/feature/feature.ts'
import { nextAt } from '../../core/lib/time.ts'
import { readTime } from '../../core/lib/when.ts'
import { act, entrants, list } from './by-number.ts'
import { cancel, closeOnTime, freeze, isReady, numbersOf, revealOnTime, takeNumber } from './closing.ts'
import { enterByOwnWord, enterByWord, noteGuests, noteLeavers } from './entry.ts'
import { answered, armPresets, askFirst, lastNumber, openFromLine, openPreset, previewOf } from './opening.ts'
import { reroll, reveal } from './payout.ts'
import { drawOf, drawsIn, parts, type CommunityCx, type Cx, type GroupCx, type Whole } from './records.ts'
import { check, statement } from './statement.ts'
import { outsideOf } from './terms.ts'

/** Draws in the admins' list. */
const SHOWN = 10

const number = arg.number({ zh: '编号', en: 'number' })
const written = arg.rest(
  { zh: '名称 奖品x数量 …', en: 'name prize x count …' },
  { zh: '周末福利 10元券x3 截止 周日20:00', en: 'Weekend 10元券x3 until sun 20:00' },
)

export const draw = feature({
  name: 'draw',
  summary: { zh: '抽奖，人人可以验算', en: 'Lucky draw that anybody can check' },
  ...parts,
  retired: { variables: { wrongTime: ['typed'] } },
  counted: [{ label: { zh: '写好的抽奖', en: 'prepared draws' }, of: ({ draws }) => Object.keys(draws).length }],

  numbers: {
    last: lastNumber,
    about(no, { tables, text }) {
      const one = tables.draws.get(String(no))
      return one && text('aboutDraw', { no, title: one.terms.title })
    },
  },
  activities: { act, list: (cx) => list(cx, (one) => stateLine(one, cx)) },
  menu: (words, _config, text) => [text('menu', { draw: words.draw })],

  check({ draws, levels }) {
    return Object.entries(draws).flatMap(([name, { closes, level }]) => [
      ...(closes !== undefined && !isTime(closes)
        ? [
            {
              path: ['draws', name, 'closes'],
              message: {
                zh: `没看懂时间「${closes}」。可以写 20:00、周日20:00、11-30 20:00、2小时`,
                en: `“${closes}” is no time; write 20:00, sun 20:00, 11-30 20:00 or 2h`,
              },
            },
          ]
        : []),
      ...(level !== undefined && !levels[level]
        ? [
            {
              path: ['draws', name, 'level'],
              message: { zh: `levels 里没有「${level}」`, en: `there is no “${level}” in levels` },
            },
          ]
        : []),
    ])
  },

  onWord: {
    draw: (said, cx) => enterByOwnWord(said, cx) ?? enterByWord(said, said.object, cx),
    check: ({ rest, from }, cx) => check(rest, from, cx),
    number: (said, cx) => takeNumber(said, said.rest, cx),
  },

  answer: (said, cx) => enterByOwnWord(said, cx),
  onJoined: (joined, cx) => noteGuests(joined, cx),
  onLeft: (left, cx) => noteLeavers(left, cx),
  // By a timer that is due now: what fell due before opens first, before its alarm is set anew.
  onLoaded: (_loaded, { now, wake }) => wake(now, 'plan', 'daily'),

  onJob: {
    close: (key, cx, due) => inItsGroup(key, cx, (one, there) => closeOnTime(one, due, there)),
    reveal: (key, cx, due) => inItsGroup(key, cx, (one, there) => revealOnTime(one, due, there)),
    plan(_key, cx) {
      armPresets(cx)
      cx.wake(nextAt(cx.now, '00:00', cx.timezone), 'plan', 'daily')
    },
    open(key, cx, due) {
      const slash = key.indexOf('/')
      const group = GroupId.parse(key.slice(0, slash))
      return openPreset(group, key.slice(slash + 1), cx.now - due, cx.inGroup(group))
    },
  },

  commands: {
    'draw new': {
      summary: { zh: '开一个抽奖；不写内容就一步一步问', en: 'Open a draw; without anything more, step by step' },
      role: 'admin',
      args: { line: arg.optional(written) },
      run: ({ line }, cx, { from }) => (line === undefined ? askFirst(from, cx) : openFromLine(line, cx)),
    },
    'draw next': {
      summary: { zh: '回答 /draw new 的下一步', en: 'Answer the next question of /draw new' },
      role: 'admin',
      args: { answer: arg.rest({ zh: '回答', en: 'answer' }, { zh: '周末福利', en: 'Weekend' }) },
      run: ({ answer }, cx, { from }) => answered(from, answer, cx),
    },
    'draw preview': {
      summary: { zh: '先看看抽奖的样子，只发在这里', en: 'Show a draw here before members see it' },
      role: 'helper',
      args: { line: written },
      run: ({ line }, cx) => cx.replyText(previewOf(line, cx)),
    },
    'draw list': {
      summary: { zh: '看最近的抽奖，或一个抽奖的票号名单', en: 'Latest draws, or the tickets of one' },
      role: 'helper',
      args: {
        number: arg.optional(number),
        page: arg.optional(arg.int({ zh: '第几页', en: 'page' }, { min: 1, max: 999, example: 1 })),
      },
      run: (args, cx) => (args.number === undefined ? latest(cx) : tickets(args.number, args.page ?? 1, cx)),
    },
    'draw show': {
      summary: { zh: '看一个抽奖的情况和验算数据', en: 'How a draw stands, with its figures for checking' },
      role: 'helper',
      args: { number },
      run: (args, cx) =>
        withDraw(args.number, cx, (one, there) => cx.replyText(`${stateLine(one, there)}\n${statement(one, there)}`)),
    },
    'draw close': {
      summary: { zh: '现在就截止；已截止的现在就开奖', en: 'Close now; draw now when it is closed already' },
      role: 'admin',
      args: { number },
      run: (args, cx) => withDraw(args.number, cx, (one, there) => closeByHand(one, there, cx)),
    },
    'draw number': {
      summary: { zh: '填外部数，然后开奖', en: 'Give the outside number, then draw' },
      role: 'admin',
      args: { number, value: arg.rest({ zh: '数', en: 'value' }, { zh: '05 12 22 33 08', en: '05 12 22 33 08' }) },
      run: (args, cx) => withDraw(args.number, cx, (one, there) => drawWith(one, args.value, there, cx)),
    },
    'draw cancel': {
      summary: { zh: '取消抽奖，积分退回', en: 'Cancel a draw, points are given back' },
      role: 'admin',
      args: {
        number,
        why: arg.rest({ zh: '原因', en: 'reason' }, { zh: '奖品没到货', en: 'the prize did not arrive' }),
      },
      confirm(args, cx) {
        const one = drawOf(cx, args.number)
        return one?.state.phase === 'open' || one?.state.phase === 'closed'
          ? cx.text('cancelConfirm', { no: one.no, title: one.terms.title, people: one.state.people })
          : cx.text('cancelGone', { no: args.number })
      },
      run: (args, cx) =>
        withDraw(args.number, cx, (one, there) => {
          if (one.state.phase !== 'open' && one.state.phase !== 'closed') return notNow(one, cx)
          const { people, points, effect } = cancel(one, plain(args.why), there)
          return [effect, cx.reply('cancelDone', { no: one.no, people, points })]
        }),
    },
    'draw reroll': {
      summary: {
        zh: '把退群的中奖人（或一位中奖人）的奖给下一位',
        en: 'Give the prizes of winners who left, or of one, to the next',
      },
      role: 'admin',
      args: {
        number,
        who: arg.optional(arg.member()),
        why: arg.optional(
          arg.rest({ zh: '原因', en: 'reason' }, { zh: '三天没来领', en: 'not collected in three days' }),
        ),
      },
      confirm(args, cx) {
        const title = drawOf(cx, args.number)?.terms.title ?? ''
        const who = args.who ? `${cx.members.name(args.who)} ${args.who}` : cx.text('rerollGone')
        return cx.text('rerollConfirm', { no: args.number, title, who })
      },
      run: (args, cx) => withDraw(args.number, cx, (one, there) => again(one, args.who, args.why, there, cx)),
    },
  },
})

function inItsGroup(key: string, cx: CommunityCx, run: (draw: Whole, cx: GroupCx) => Effect[]): Effect[] {
  const one = drawOf(cx, Number(key))
  return one ? run(one, cx.inGroup(one.group)) : []
}

function withDraw(
  no: number,
  cx: CommunityCx,
  run: (draw: Whole, there: GroupCx) => Effect | Effect[],
): Effect | Effect[] {
  const one = drawOf(cx, no)
  if (one) return run(one, cx.inGroup(one.group))
  const other = cx.numbers.about(no)
  return other === undefined ? cx.reply('noDraw', { no }) : cx.replyText(other)
}

function latest(cx: CommunityCx): Effect {
  const all = drawsIn(cx, null).slice(-SHOWN)
  return all.length === 0 ? cx.reply('none') : cx.replyText(all.map((one) => stateLine(one, cx)).join('\n'))
}

function tickets(no: number, page: number, cx: CommunityCx): Effect | Effect[] {
  return withDraw(no, cx, (one, there) => cx.replyText(entrants(one, page, there)))
}

function stateLine(one: Whole, cx: Cx): string {
  const { no, terms, group, state } = one
  const vars = { no, title: terms.title, people: state.people, tickets: state.tickets }
  return cx.text('line', { ...vars, group: cx.members.group(group)?.name ?? group, phase: phaseText(one, cx) })
}

function phaseText({ state: { phase } }: Whole, { text }: Cx): string {
  return text(phase === 'open' ? phase : `${phase}Phase`)
}

function notNow(one: Whole, cx: CommunityCx): Effect {
  return cx.reply('notOpen', { no: one.no, phase: phaseText(one, cx) })
}

function notReady(one: Whole, cx: CommunityCx): Effect {
  return cx.reply('notReady', { group: cx.members.group(one.group)?.name ?? one.group })
}

function closeByHand(one: Whole, there: GroupCx, cx: CommunityCx): Effect | Effect[] {
  const { no, state, terms } = one
  if (state.phase !== 'open' && state.phase !== 'closed') return notNow(one, cx)
  if (!isReady(there)) return notReady(one, cx)
  if (state.phase === 'open') return [...freeze(one, there), cx.reply('closeDone', { no })]
  const outside = outsideOf(terms)
  if (outside === 'beacon') return cx.reply('needsNumber', { no, what: terms.outside ?? '' })
  return [...reveal(one, outside === 'members' ? numbersOf(no, there) : '', there), cx.reply('drawDone', { no })]
}

function drawWith(one: Whole, typed: string, there: GroupCx, cx: CommunityCx): Effect | Effect[] {
  const { no, state, terms } = one
  const value = typed.replace(/\s+/g, ' ').trim()
  if (state.phase !== 'closed' || outsideOf(terms) !== 'beacon') return cx.reply('noNumberNeeded', { no })
  if (!/^[\p{L}\p{N} ,.-]{1,40}$/u.test(value)) return cx.reply('wrongOutside', { typed: value.slice(0, 40) })
  if (!isReady(there)) return notReady(one, cx)
  return [...reveal(one, value, there), cx.reply('drawDone', { no })]
}

function again(
  one: Whole,
  who: MemberId | undefined,
  why: string | undefined,
  there: GroupCx,
  cx: CommunityCx,
): Effect | Effect[] {
  if (one.state.phase !== 'drawn') return notNow(one, cx)
  if (!isReady(there)) return notReady(one, cx)
  if (who && why === undefined) return cx.reply('rerollWhy', { no: one.no })
  return reroll(one, who, why === undefined ? cx.text('rerollLeft') : plain(why), there)
}

/** A reason as it can stand in one line of a statement. */
function plain(why: string): string {
  return why
    .replace(/[\s;；>]+/g, ' ')
    .trim()
    .slice(0, 40)
}

/** Whether a text names a time, on whatever day it is read. */
function isTime(text: string): boolean {
  const when = readTime(text, Date.parse('2026-06-13T00:00:00Z'), 'Asia/Shanghai', { literal: true })
  return when !== undefined && ('at' in when || 'past' in when)
}
