// Coupons: the welcome pack, everybody's wallet, redemption by staff, reminders, stock alarms and the report of what is owed.
import { arg } from '../../core/feature/arguments.ts'
import { keyOf } from '../../core/money/coupons.ts'
import type { MemberId } from '../../core/types/ids.ts'
import { feature, type ContextOf } from '../../core/feature/feature.ts'
import { dayAndClock, nextAt } from '../../core/lib/time.ts'
import { packProblems } from './kinds.ts'
import { parts, remind, remindElsewhere, shown, SHOWN } from './reminders.ts'

export const coupons = feature({
  name: 'coupons',
  summary: { zh: '优惠券：券包、核销、到期提醒', en: 'Coupons: wallet, redemption, reminders' },
  ...parts,
  retired: { texts: ['unknown'] },
  check: (config, { prepared }) => [...prepared.problems, ...packProblems(config)],
  coupons: (prepared) => prepared.byName,
  counted: [
    { label: { zh: '券', en: 'coupons' }, of: (_config, { byName }) => byName.size },
    {
      label: { zh: '券码', en: 'coupon codes' },
      of: (_config, { byName }) => [...byName.values()].reduce((sum, { codes }) => sum + (codes?.length ?? 0), 0),
    },
  ],

  rules({ kinds, welcome }, text) {
    const values = [welcome.large, welcome.small].flatMap((name) =>
      name === undefined ? [] : (kinds[name]?.value ?? []),
    )
    return values.length > 0 ? { rewards: [text('rule', { prizes: values.join(text('and')) })] } : {}
  },
  menu: ({ mine }, _config, text) => [text('menu', { mine })],

  onWord: {
    mine({ from, group }, { ledger, members, text, word, reply, replyText }) {
      const name = members.name(from, group)
      if (!members.sure(from)) return reply('unsure', { name })
      const open = ledger.coupons.open(from)
      if (open.length === 0) return reply('none', { name })
      const lines = open.slice(0, SHOWN).map((coupon) => {
        const terms = group === null ? ledger.coupons.kinds.get(coupon.kind)?.terms : null
        const code = group === null ? coupon.code : masked(coupon.code)
        return text('line', { ...shown(coupon), code }) + (terms ? `\n${text('terms', { terms })}` : '')
      })
      const more = open.length > SHOWN ? [text('more', { count: open.length - SHOWN })] : []
      const whole = group === null ? [] : [text('whole', { word: word('mine') })]
      return replyText([text('title', { name, count: open.length }), ...lines, ...more, ...whole].join('\n'))
    },

    redeem({ from, group, rest, asTyped }, cx) {
      const { config, ledger, word, refuse, reply, replyText } = cx
      // Said in the control group it got here only from somebody with a role, and there is no group.
      const isStaff = group !== null && (!cx.group || cx.group.tags.some((tag) => config.staffTags.includes(tag)))
      if (!isStaff) return []
      if (rest === '') return refuse('redeemHow', { word: word('redeem') })
      const codes = codesIn(asTyped, (code) => ledger.coupons.find(code) !== undefined)
      if (codes.length === 0) return reply('noCode', { code: asTyped.slice(0, 60) })
      return replyText(codes.map((code) => redeemed(code, from, cx)).join('\n\n'))
    },

    transfer({ from, group, rest }, { config, ledger, members, word, refuse, reply }) {
      if (group === null) return
      if (!config.transfer) return refuse('transferOff')
      const [, who = '', what = ''] = /^(.+)\s+(\S+)$/.exec(rest) ?? []
      const [to, another] = who === '' ? [] : members.find(who, group)
      if (to === undefined || another !== undefined || to === from)
        return refuse('transferHow', { word: word('transfer') })
      const name = members.name(from, group)
      const other = members.name(to, group)
      const wanted = ledger.coupons.open(from).find(({ kind, code }) => same(kind, what) || same(code, what))
      if (!wanted || !members.sure(from)) return reply('transferNone', { name })
      const { kind, code, until } = wanted
      const most = ledger.coupons.kinds.get(kind)?.perMember ?? Infinity
      if (ledger.coupons.countOf(to, kind) >= most) return reply('transferLimit', { other, kind })
      ledger.coupons.transfer(code, to)
      return reply('transferred', { name, other, kind, until: until.slice(5) })
    },
  },

  onJoined({ members: newcomers }, { config, ledger, members, now, tables, text }) {
    const pack = [config.welcome.large, config.welcome.small].filter((name) => name !== undefined)
    if (pack.length === 0) return
    for (const member of newcomers) {
      if (tables.packs.get(member) || members.groupsOf(member).length > 1) continue
      tables.packs.set(member, { at: now })
      for (const coupon of pack) ledger.give(member, { coupon, count: 1 }, text('welcomeWhy'))
    }
  },

  observe({ from, group }, { tables, now }) {
    if (group === null && !tables.noteFriends.get(from)) tables.noteFriends.set(from, { at: now })
  },

  onLoggedIn(_login, { config, now, timezone, wake }) {
    wake(nextAt(now, config.remind.at, timezone), 'remind', 'daily')
  },

  onIssued(kind, { config, ledger, tables, text, say }) {
    const left = ledger.coupons.left(kind, config.alarmAt + 1)
    const level = left === 0 ? 'out' : left !== null && left <= config.alarmAt ? 'low' : undefined
    const told = tables.noteAlarms.get(kind)?.level
    if (level === told) return
    if (level) tables.noteAlarms.set(kind, { level })
    else tables.noteAlarms.delete(kind)
    return level && say('control', text(level, { kind, left: left ?? 0 }))
  },

  onResulted: ({ outcome }, cx, effect) => (outcome === 'refused' && effect ? remindElsewhere(effect, cx) : undefined),

  onJob: {
    remind(_key, cx) {
      const { config, now, timezone, wake } = cx
      wake(nextAt(now, config.remind.at, timezone), 'remind', 'daily')
      return config.remind.daysBefore > 0 ? remind(cx) : undefined
    },
  },

  commands: {
    coupons: {
      summary: {
        zh: '各种券发了多少、用了多少、还欠多少',
        en: 'How many coupons were issued, used, and are still open',
      },
      role: 'helper',
      args: {},
      run(_, { ledger, text, reply, replyText }) {
        const { kinds } = ledger.coupons
        const lines = [...ledger.coupons.tally()].map(([kind, tally]) => {
          const left = ledger.coupons.left(kind)
          return text('reportLine', { kind, ...tally, left: left === null ? text('leftAny') : text('left', { left }) })
        })
        return lines.length === 0
          ? reply('reportNone', { count: kinds.size })
          : replyText([text('report'), ...lines].join('\n'))
      },
    },
    'coupons give': {
      summary: { zh: '发一张券给一个人，要写原因', en: 'Give somebody a coupon, with a reason' },
      role: 'admin',
      args: {
        who: arg.member(),
        prize: arg.coupon(),
        why: arg.rest({ zh: '原因', en: 'reason' }, { zh: '上次送错补一张', en: 'wrong delivery last time' }),
      },
      run({ who, prize, why }, { ledger, members, prizeText, reply }) {
        const name = members.name(who)
        const refusal = ledger.coupons.refusal(who, prize.coupon, prize.count)
        if (refusal && refusal !== 'unknown') return reply(refusal, { kind: prize.coupon, name })
        const given = prizeText(ledger.give(who, prize, why))
        return reply('gaveOne', { name, id: who, prize: given, why })
      },
    },
  },
})

/** Codes of one line at the till, at most. */
const MOST_CODES = 10

/** The codes that staff typed: the whole line, or its words, with what is said beside them (谢谢) left out. */
function codesIn(typed: string, isKnown: (code: string) => boolean): string[] {
  const whole = typed.trim().slice(0, 60)
  const bare = whole.replace(/[\p{P}\s]+$/u, '')
  for (const one of [whole, bare]) if (isKnown(one)) return [one]
  const parts = [...new Set(typed.split(/[\s,，、;；。]+/u).map((part) => part.replace(/^[\p{P}]+|[\p{P}]+$/gu, '')))]
  // What looks like a code is told as unknown, so that none is passed over in silence.
  return parts.filter((part) => isKnown(part) || /^(?=.*\d)[a-z0-9-]{5,}$/i.test(part)).slice(0, MOST_CODES)
}

function redeemed(code: string, staff: MemberId, { ledger, members, timezone, text }: ContextOf<typeof parts>): string {
  const result = ledger.coupons.redeem(code, staff)
  if (result.outcome === 'unknown') return text('noCode', { code })
  const { kind, value, member, until, used } = result.coupon
  const vars = { kind, name: members.name(member), id: member, until }
  if (result.outcome === 'redeemed') return text('redeemed', { ...vars, value })
  if (result.outcome === 'expired' || !used) return text('expired', vars)
  return text('used', { ...vars, when: dayAndClock(used.at, timezone), by: members.name(used.by) })
}

/** Enough to tell one's own coupons apart, not enough to use somebody else's. */
function masked(code: string): string {
  const letters = [...code]
  return letters.length < 6 ? '••••' : `${letters.slice(0, 2).join('')}••••${letters.slice(-2).join('')}`
}

function same(a: string, b: string): boolean {
  return keyOf(a) === keyOf(b)
}
