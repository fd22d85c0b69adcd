// The verbs that are the same for all that is opened and settled, by number; and `活动`, which lists what is open here.
import { z } from 'zod'
import { arg } from '../core/feature/arguments.ts'
import { feature } from '../core/feature/feature.ts'
import { houseOf } from '../core/feature/house.ts'
import { canonical } from '../core/lib/text.ts'
import type { Reply } from '../core/types/effect.ts'
import type { Request, Verb } from '../core/feature/activities.ts'
import type { AnyContext } from '../core/feature/context.ts'

const MINUTE = 60_000
const LONGEST = 60 * 86_400_000
/** Activities in the admins' list. */
const SHOWN = 15

const texts = {
  zh: {
    open: '现在可以参加：\n{{lines}}',
    line: '#{{no}} {{name}}：{{how}}',
    none: '现在没有可以参加的活动，开始时会在群里说。',
    onlyInGroup: '活动在群里参加，请到群里发「{{word}}」。',
    leaveHow: '写法：「{{word}} 41」，退出编号是 41 的活动。',
    leaveNone: '这里没有编号 {{no}} 的活动。',
    empty: '还没有活动。例如 /vote new、/signup new、/draw new、/packet',
    noSuch: '没有编号是 {{no}} 的活动。/activities 看全部。',
    cancelConfirm: '取消 #{{no}}，会在群里说明：{{why}}',
    menu: '「{{list}}」看现在能参加什么',
  },
  en: {
    open: 'You can take part in:\n{{lines}}',
    line: '#{{no}} {{name}}: {{how}}',
    none: 'Nothing is open now; I will say so here when something is.',
    onlyInGroup: 'These are for groups; say “{{word}}” there.',
    leaveHow: 'Usage: “{{word}} 41” leaves the activity of that number.',
    leaveNone: 'There is no activity {{no}} here.',
    empty: 'There is no activity yet. Try /vote new, /signup new, /draw new or /packet',
    noSuch: 'There is no activity {{no}}. See /activities.',
    cancelConfirm: 'Cancel #{{no}}; the group will read: {{why}}',
    menu: '“{{list}}” shows what is open',
  },
} as const

const number = arg.number({ zh: '编号', en: 'number' })
const reason = arg.rest({ zh: '原因', en: 'reason' }, { zh: '货没有到', en: 'the goods did not arrive' })

export const activities = feature({
  name: 'activities',
  summary: {
    zh: '活动：投票、接龙、抽奖等，用编号管理',
    en: 'Polls, sign-up lists, draws …: one set of commands by number',
  },
  config: z.strictObject({}),
  words: {
    list: {
      say: ['活动', '有什么活动', '有啥活动', '有哪些活动', '活动列表', '有活动吗', '有没有活动', '在进行的活动'],
      en: ['activities', 'what is on', "what's on", 'what’s on'],
      look: true,
    },
    leave: {
      say: ['退出', '退出活动', '抽奖退出', '接龙退出', '不参加了，退出'],
      en: ['leave', 'quit'],
      rest: 'close',
    },
  },
  texts,
  menu: (words, _config, text) => [text('menu', { list: words.list })],

  onWord: {
    list(_said, cx) {
      const { group, word, text, reply, refuse } = cx
      if (!group) return refuse('onlyInGroup', { word: word('list') })
      const open = houseOf(cx)
        .activities()
        .filter(({ isOpen, groups }) => isOpen && groups.includes(group.id))
      if (open.length === 0) return reply('none')
      const lines = open.map(({ number, name, how }) => text('line', { no: number, name, how }))
      return reply('open', { lines: lines.join('\n') })
    },
    leave({ from, rest, object }, cx) {
      const { group, word, refuse } = cx
      const house = houseOf(cx)
      const [, no] =
        /^(?:the )?(?:#|活动|抽奖|投票|接龙|activity|draw|poll|list)? ?#?(\d{1,9})(?:号(?:的?(?:活动|抽奖|投票|接龙))?)?$/.exec(
          object,
        ) ?? []
      if (!group) return refuse('onlyInGroup', { word: word('list') })
      if (no !== undefined)
        return house.act(Number(no), { verb: 'leave', from, group: group.id }) ?? refuse('leaveNone', { no })
      // By its kind or title, or the only one that there is.
      const open = house.activities().filter(({ isOpen, groups }) => isOpen && groups.includes(group.id))
      const meant = open.filter(({ name }) => canonical(name).includes(object.replace(/^the /, '')))
      const [only, another] = rest === '' ? open : meant
      if (only && !another) return house.act(only.number, { verb: 'leave', from, group: group.id })
      return rest === '' || another ? refuse('leaveHow', { word: word('leave') }) : undefined
    },
  },

  commands: {
    activities: {
      summary: { zh: '现在和最近的活动', en: 'Activities that are open, planned, or over not long ago' },
      role: 'helper',
      args: {},
      run(_args, cx) {
        const all = houseOf(cx).activities().slice(-SHOWN)
        return all.length === 0 ? cx.reply('empty') : cx.replyText(all.map(({ state }) => state).join('\n'))
      },
    },
    show: {
      summary: { zh: '看一个活动的情况', en: 'How an activity stands' },
      role: 'helper',
      args: { number },
      run: ({ number }, cx, { from }) => on(number, { verb: 'show', from }, cx),
    },
    list: {
      summary: { zh: '看一个活动的名单', en: 'Who takes part in an activity' },
      role: 'helper',
      args: { number, page: arg.optional(arg.int({ zh: '第几页', en: 'page' }, { min: 1, max: 999, example: 1 })) },
      run: ({ number, page }, cx, { from }) => on(number, { verb: 'list', from, page: page ?? 1 }, cx),
    },
    export: {
      summary: { zh: '把一个活动的名单导出成表格', en: 'The list of an activity as a table' },
      role: 'admin',
      args: { number },
      run: ({ number }, cx, { from }) => on(number, { verb: 'export', from }, cx),
    },
    close: {
      summary: { zh: '现在就截止一个活动', en: 'Close an activity now' },
      role: 'admin',
      args: { number },
      run: ({ number }, cx, { from }) => on(number, { verb: 'close', from }, cx),
    },
    cancel: {
      summary: { zh: '取消一个活动，花掉的退回', en: 'Cancel an activity; what was spent is given back' },
      role: 'admin',
      args: { number, why: reason },
      // What is not there, or over, is not asked about: the command says why.
      confirm: ({ number, why }, cx) =>
        houseOf(cx)
          .activities()
          .some((activity) => activity.number === number && activity.isRunning)
          ? cx.text('cancelConfirm', { no: number, why })
          : undefined,
      run: ({ number, why }, cx, { from }) => on(number, { verb: 'cancel', from, why }, cx),
    },
    prolong: {
      summary: { zh: '改截止时间', en: 'Move the closing time' },
      role: 'admin',
      args: { number, until: arg.time({ atLeast: MINUTE, atMost: LONGEST }) },
      run: ({ number, until }, cx, { from }) => on(number, { verb: 'prolong', from, until }, cx),
    },
    remind: {
      summary: { zh: '在群里再提醒一次', en: 'Remind the group of an activity' },
      role: 'admin',
      args: { number },
      run: ({ number }, cx, { from }) => on(number, { verb: 'remind', from }, cx),
    },
    remove: {
      summary: { zh: '把一个人从活动里移出', en: 'Take somebody out of an activity' },
      role: 'admin',
      args: { number, member: arg.member() },
      run: ({ number, member }, cx, { from }) => on(number, { verb: 'remove', from, member }, cx),
    },
  },
})

/** Does it with the activity of that number, or says what else the number is. */
function on(
  number: number,
  request: Omit<Request, 'group'> & { verb: Verb },
  cx: Pick<AnyContext, 'now' | 'numbers' | 'replyText'> & { reply: (key: 'noSuch', vars: { no: number }) => Reply },
): Reply {
  const done = houseOf(cx).act(number, { ...request, group: null })
  if (done) return done
  const other = cx.numbers.about(number)
  return other === undefined ? cx.reply('noSuch', { no: number }) : cx.replyText(other)
}
