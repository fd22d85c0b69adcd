// Coupons: the welcome pack, everybody's wallet, redemption by staff, reminders, stock alarms and the report of what is owed.
import { arg } from '../../core/feature/arguments.ts'
import { csvPages } from '../../core/lib/csv.ts'
import { keyOf, type Coupon } from '../../core/money/coupons.ts'
import type { Prize } from '../../core/money/prize.ts'
import type { MemberId } from '../../core/types/ids.ts'
import { feature, type ContextOf } from '../../core/feature/feature.ts'
import { dayAndClock, nextAt } from '../../core/lib/time.ts'
import { packProblems } from './kinds.ts'
import { parts, remind, remindElsewhere, shown, SHOWN } from './reminders.ts'

type Cx = ContextOf<typeof parts>

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
  about(member, { ledger, text }) {
    const [open, all] = [ledger.coupons.open(member).length, ledger.coupons.all(member).length]
    return all > 0 ? [text('about', { open, all, id: member })] : []
  },

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
        zh: '各种券发了多少、用了多少、还欠多少；写上名字就看这个人的券',
        en: 'How many coupons were issued, used, and are still open; with a name, the coupons of that member',
      },
      role: 'helper',
      args: { who: arg.optional(arg.member()) },
      run({ who }, cx) {
        if (who !== undefined) return cx.replyText(walletText(who, cx))
        const { ledger, text, reply, replyText } = cx
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
      summary: { zh: '发券给一个人或几个人，要写原因', en: 'Give coupons to one or several people, with a reason' },
      role: 'admin',
      args: {
        who: arg.people(),
        prize: arg.coupon(),
        why: arg.reason({ zh: '原因', en: 'reason' }, { zh: '上次送错补一张', en: 'wrong delivery last time' }),
      },
      confirmUnusual: ({ who, prize, why }, { config, text, prizeText }) =>
        who.length * prize.count > config.askAbove
          ? text('giveConfirm', { count: who.length, prize: prizeText(prize), all: who.length * prize.count, why })
          : undefined,
      run: ({ who, prize, why }, cx) => cx.replyText(giveAll(who, prize, why, cx)),
    },
    'coupons void': {
      summary: { zh: '作废一张券', en: 'Declare a coupon void' },
      role: 'admin',
      args: { code: arg.text({ zh: '券码', en: 'code' }, { zh: '7F3KM9RT', en: '7F3KM9RT' }) },
      confirm({ code }, { ledger, members, text }) {
        const coupon = ledger.coupons.find(code)
        if (!coupon || coupon.used || coupon.voided) return undefined
        const { kind, member, until } = coupon
        return text('voidConfirm', { kind, name: members.name(member), id: member, until })
      },
      run({ code }, { ledger, members, timezone, text, reply }, { from }) {
        const coupon = ledger.coupons.find(code)
        if (!coupon) return reply('noCode', { code })
        const { kind, member } = coupon
        const vars = { kind, name: members.name(member), id: member }
        return ledger.coupons.void(code, from)
          ? reply('voided', vars)
          : reply('voidNot', { ...vars, state: stateOf(coupon, timezone, text) })
      },
    },
    'coupons export': {
      summary: { zh: '把所有的券导出成表格', en: 'All coupons as a table' },
      role: 'admin',
      args: {},
      run(_, cx) {
        const { ledger, members, timezone, text, reply, replyText } = cx
        const all = ledger.coupons.all()
        if (all.length === 0) return reply('reportNone', { count: ledger.coupons.kinds.size })
        const rows = all.map((coupon) => {
          const { code, kind, value, member, day, until, why } = coupon
          return [code, kind, value, members.name(member), member, day, until, stateOf(coupon, timezone, text), why]
        })
        const head = ['colCode', 'colKind', 'colValue', 'colName', 'colId', 'colDay', 'colUntil', 'colState', 'colWhy']
        return csvPages([head.map((key) => text(key as 'colCode')), ...rows]).map((page) => replyText(page))
      },
    },
  },
})

/** Coupons of one member in an answer, and names. */
const LISTED = 15
const NAMED = 10

/** What somebody has, had, and what became of it. */
function walletText(who: MemberId, { ledger, members, timezone, text }: Cx): string {
  const all = ledger.coupons.all(who)
  const vars = { name: members.name(who), id: who }
  if (all.length === 0) return text('walletNone', vars)
  const lines = all
    .slice(0, LISTED)
    .map((coupon) => text('walletLine', { ...coupon, state: stateOf(coupon, timezone, text) }))
  const more = all.length > LISTED ? [text('walletMore', { count: all.length - LISTED })] : []
  const open = ledger.coupons.open(who).length
  return [text('wallet', { ...vars, count: all.length, open }), ...lines, ...more].join('\n')
}

function stateOf({ used, voided, until }: Coupon, timezone: string, text: Cx['text']): string {
  if (used) return text('stateUsed', { when: dayAndClock(used.at, timezone) })
  return voided ? text('stateVoid', { when: dayAndClock(voided.at, timezone) }) : text('stateOpen', { until })
}

/** Gives to each as far as he may have it; who got nothing is named with the reason. */
function giveAll(who: readonly MemberId[], prize: Extract<Prize, { coupon: string }>, why: string, cx: Cx): string {
  const { ledger, members, text, prizeText } = cx
  const got: MemberId[] = []
  const lines: string[] = []
  for (const member of who) {
    const name = members.name(member)
    const refusal = ledger.coupons.refusal(member, prize.coupon, prize.count)
    if (refusal && refusal !== 'unknown') lines.push(text(refusal, { kind: prize.coupon, name }))
    else {
      ledger.give(member, prize, why)
      got.push(member)
    }
  }
  const [first] = got
  const vars = { prize: prizeText(prize), why }
  if (first !== undefined && got.length === 1)
    return [text('gaveOne', { ...vars, name: members.name(first), id: first }), ...new Set(lines)].join('\n')
  const names = got
    .slice(0, NAMED)
    .map((member) => members.name(member))
    .join(text('and'))
  const more = got.length > NAMED ? text('andMore', { count: got.length }) : ''
  const gave = got.length > 0 ? [text('gaveAll', { ...vars, count: got.length, names: names + more })] : []
  if (who.length === 0) return text('gaveNobody')
  return [...gave, ...new Set(lines)].join('\n')
}

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

function redeemed(code: string, staff: MemberId, { ledger, members, timezone, text }: Cx): string {
  const result = ledger.coupons.redeem(code, staff)
  if (result.outcome === 'unknown') return text('noCode', { code })
  const { kind, value, member, until, used } = result.coupon
  const vars = { kind, name: members.name(member), id: member, until }
  if (result.outcome === 'voided') return text('voidedCode', vars)
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
