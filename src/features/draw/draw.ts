// Lucky draw: entered by a word, drawn so that anybody can check it. Its life is that of any activity.
import { activity, kindOf } from '../../activities/activity.ts'
import { arg } from '../../core/feature/arguments.ts'
import { newSecret } from '../../core/lib/hash.ts'
import { readTime } from '../../core/lib/when.ts'
import type { Reply } from '../../core/types/effect.ts'
import type { MemberId } from '../../core/types/ids.ts'
import type { Entered } from '../../activities/records.ts'
import { awaitClaims, claim, unclaimed } from './claims.ts'
import { numbersOf, takeNumber, wakeWithNumbers } from './numbers.ts'
import { reroll, reveal } from './payout.ts'
import { commitmentOf, listHash, listLine, ticketName } from './proof.ts'
import { Content, Entry, parts, type CommunityCx, type Draw, type GroupCx, type Tickets } from './records.ts'
import { formerDraws, withTickets } from './former.ts'
import { check, labelled, listPage, statement } from './statement.ts'
import { completed, contentOf, keywords, outsideOf, promisedCoupons, rulesLine } from './terms.ts'

const { kind, act, liveOf, change, livesIn, settle } = kindOf(parts, {
  name: 'draw',
  summary: { zh: '抽奖，人人可以验算', en: 'Lucky draw that anybody can check' },
  called: { zh: '抽奖', en: 'draw' },
  word: 'draw',
  content: Content,
  entry: Entry,
  adopt: withTickets,
  takenOver: formerDraws,
  each: { zh: '张票', en: 'tickets' },
  isGuarded: true,
  isPublic: true,
  line: {
    command: 'draw',
    isOld: true,
    example: { zh: '周末福利 10元券x3 截止 周日20:00', en: 'Weekend 10元券x3 until sun 20:00' },
    things: 'counted',
    thing: { zh: '奖品', en: 'prizes' },
    keywords,
  },
  completed: (line, cx) => completed(line as never, cx) as never,
  read: (line, cx) => contentOf(line as never, cx),
  openings: ({ draws }) =>
    Object.entries(draws).flatMap(([name, { opens }]) => (opens ? [{ ...opens, line: name }] : [])),
  promises: promisedCoupons,
  numbered(draw, cx) {
    const seed = newSecret(cx.random)
    const rules = rulesLine(draw, cx)
    cx.tables.noteSeeds.set(String(draw.no), { seed, drawnWith: null })
    return { ...draw.content, rules, commitment: commitmentOf({ no: draw.no, rules, seed }) }
  },
  opening: (draw, word, cx) =>
    [cx.text('opened', { no: draw.no, word }), labelled('rules', rulesLine(draw, cx), cx)].join('\n'),
  saysConditions: true,
  openedNote({ no, content }, { text }) {
    const byHand = content.prizes.filter(({ gives }) => gives === undefined).map(({ name }) => name)
    const isLater = outsideOf(content) === 'beacon'
    return [
      ...(byHand.length > 0 ? [text('byHand', { prizes: byHand.join('、') })] : []),
      ...(isLater ? [text('beaconLater', { no, what: content.outside ?? '' })] : []),
    ]
  },
  how: (_draw, word, { text }) => text('howEnter', { word }),

  take(typed, { name, before }, { no, terms, content }, { text, refuse }, entries) {
    const [whole, count = '1'] = /^(?:(\d{1,3}) ?(?:张票?|次|票|x))?$/u.exec(typed.trim()) ?? []
    if (whole === undefined) return undefined
    if (Number(count) === 0) return { refused: refuse('noTicket') }
    const held = before?.tickets ?? []
    const more = Math.min(Number(count), (terms.each ?? 1) - held.length)
    if (more <= 0) return { refused: refuse('enteredAlready', { name, no, tickets: held.map(ticketName).join(' ') }) }
    const last = Math.max(0, ...entries().flatMap(({ value }) => value.tickets))
    const fresh = Array.from({ length: more }, (_, i) => last + 1 + i)
    const cost = content.cost * more
    const paid = cost > 0 ? text('paid', { cost }) : ''
    const said = text('entered', { name, no, tickets: fresh.map(ticketName).join(' '), paid })
    return { value: { tickets: [...held, ...fresh] }, said, cost }
  },

  freeze(draw, entries, cx) {
    const { config, tables, now, text } = cx
    const { no, content } = draw
    const lines = frozenLines(draw, entries, cx)
    const list = listHash(lines)
    tables.lists.set(String(no), { lines })
    const outside = outsideOf(content)
    const what = content.outside ?? ''
    const next = {
      none: () => text('soon', { seconds: config.revealAfter }),
      members: () => text('giveNumbers', { word: cx.word('number'), minutes: config.numbersFor }),
      beacon: () => text('awaits', { what }),
    }[outside]()
    const wait = outside === 'none' ? config.revealAfter * 1000 : config.numbersFor * 60_000
    return {
      said: text('closed', { no, people: entries.length, tickets: lines.length, next }),
      ...(outside === 'beacon' ? { admin: text('awaitsAdmin', { no, group: cx.group.name, what }) } : {}),
      content: { ...content, list },
      settlesAt: outside === 'beacon' ? null : now + wait,
    }
  },
  settlesLate: (draw, cx) => (outsideOf(draw.content) === 'members' ? wakeWithNumbers(draw.no, cx) : undefined),
  awaits: ({ no, content }, { refuse }) =>
    outsideOf(content) === 'beacon' && content.mixed === ''
      ? refuse('needsNumber', { no, what: content.outside ?? '' })
      : undefined,
  settle(draw, entries, cx) {
    const { no, content } = draw
    const number = outsideOf(content) === 'members' ? numbersOf(no, cx) : content.mixed
    return reveal(draw, number, peopleIn(no, entries, cx), cx)
  },
  board: (draw, _entries, cx) => statement(draw, cx),
  columns: (_draw, { text }) => [text('tickets')],
  row: ({ value }) => [value.tickets.map(ticketName).join(' ')],
  page: ({ no }, page, cx) =>
    cx.tables.lists.get(String(no)) ? (listPage(no, page, cx) ?? cx.text('noList', { no })) : undefined,
})

/** How many people the frozen list has. */
function peopleIn(no: number, entries: readonly unknown[], { tables }: GroupCx): number {
  const lines = tables.lists.get(String(no))?.lines
  return lines ? new Set(lines.map((line) => line.split(' ')[1])).size : entries.length
}

/** The numbered list: who is still here, with a ticket for every friend who is. */
function frozenLines(
  { no, groups, content }: Draw,
  entries: readonly Entered<Tickets>[],
  { members, tables }: GroupCx,
): string[] {
  const isHere = (member: MemberId) => groups.some((group) => members.isIn(member, group))
  const guests = [...tables.guests.entries(String(no))].filter(([key]) => isHere(ofMember(key)))
  let last = Math.max(0, ...entries.flatMap(({ value }) => value.tickets))
  const tickets = [...entries]
    .sort((a, b) => (a.value.tickets[0] ?? 0) - (b.value.tickets[0] ?? 0))
    .flatMap(({ member, name, value }) => {
      const brought = Math.min(content.friends, guests.filter(([, { by }]) => by === member).length)
      const extra = Array.from({ length: brought }, () => ++last)
      return member === null ? [] : [...value.tickets, ...extra].map((ticket) => ({ no: ticket, member, name }))
    })
  return tickets.sort((a, b) => a.no - b.no).map((ticket) => listLine(ticket, ticket.name))
}

const ofMember = (key: string) => key.slice(key.indexOf('/') + 1) as MemberId

/** Texts that are now those of any activity. */
const gone =
  'closedAlready aboutDraw noneOpen onlyInGroup openDraws openLine openUntil excluded tooNew tooFewPoints poor nobodyCame extended wrongSameWord paidBack named leftDraw refunded notIn nobodyYet entrants prolonged whyTicket whyRefund openedAdmin presetFailed how wrongTitle wrongWord wrongEmpty wrongNumber wrongTime wrongTimeFar wrongEveryone wrongMember wrongTaken wrongValue wrongStock heldBy promise wrongGroup wrongOff ask_title ask_group ask_prizes ask_until ask_more ask_go noDraft line closedPhase drawnPhase cancelledPhase previewHead notReady closeDone drawDone notOpen cancelConfirm cancelGone cancelDone'.split(
    ' ',
  )

const number = arg.number({ zh: '编号', en: 'number' })

export const draw = activity(parts, kind, {
  retired: { texts: gone },
  counted: [{ label: { zh: '写好的抽奖', en: 'prepared draws' }, of: ({ draws }) => Object.keys(draws).length }],
  menu: (words, _config, text) => [text('menu', { draw: words.draw })],

  check({ draws, levels }) {
    return Object.entries(draws).flatMap(([name, { closes, level }]) => {
      const path = ['draws', name]
      const noTime = {
        zh: `没看懂时间「${closes}」。可以写 20:00、周日20:00、11-30 20:00、2小时`,
        en: `“${closes}” is no time; write 20:00, sun 20:00, 11-30 20:00 or 2h`,
      }
      const noLevel = { zh: `levels 里没有「${level}」`, en: `there is no “${level}” in levels` }
      return [
        ...(closes !== undefined && !isTime(closes) ? [{ path: [...path, 'closes'], message: noTime }] : []),
        ...(level !== undefined && !levels[level] ? [{ path: [...path, 'level'], message: noLevel }] : []),
      ]
    })
  },

  onWord: {
    check: ({ rest, from }, cx) => check(rest, from, (no) => liveOf(no, cx), cx),
    claim: ({ from }, cx) => (cx.group ? claim(from, livesIn(cx.group.id, 'settled', cx), cx) : undefined),
    number(said, cx) {
      if (!cx.group) return
      const waiting = livesIn(cx.group.id, 'closed', cx).filter(({ content }) => outsideOf(content) === 'members')
      return waiting.flatMap((one) => {
        const { told, isEnough } = takeNumber(one.no, said, cx as GroupCx)
        return isEnough ? [...told, ...settle(one, cx)] : told
      })
    },
  },

  /** Notes who was brought in by whom, for the extra ticket that is given at the closing. */
  onJoined({ group, members: newcomers, by }, cx) {
    const { members, now, tables, text, say } = cx
    const draws = livesIn(group, 'open', cx).filter(({ content }) => content.friends > 0)
    if (by === null || draws.length === 0) return
    const isNew = (guest: MemberId) =>
      guest !== by && !tables.noteKnown.get(guest) && members.groupsOf(guest).length <= 1
    const guests = newcomers.filter(isNew)
    if (guests.length === 0) return
    for (const guest of guests) {
      tables.noteKnown.set(guest, { at: now })
      for (const { no } of draws) tables.guests.set(`${no}/${guest}`, { by })
    }
    const vars = { name: members.name(by, group), draws: draws.map(({ no }) => `#${no}`).join('、') }
    return say({ group }, text('brought', { ...vars, count: guests.length }), {
      priority: 'reply',
      merge: 'draw-guests',
    })
  },
  observe({ from, group }, { now, tables }) {
    if (group === null && !tables.noteFriends.get(from)) tables.noteFriends.set(from, { at: now })
  },
  // Nobody is brought in twice.
  onLeft({ members: leavers }, { now, tables }) {
    for (const member of leavers) tables.noteKnown.set(member, { at: now })
  },

  onJob: {
    // Of version 0.1.0.
    reveal() {},
    claim(key, cx) {
      const draw = liveOf(Number(key), cx)
      const [group] = draw?.groups ?? []
      if (!group || draw?.phase !== 'settled') return
      const there = cx.inGroup(group)
      const slots = unclaimed(draw, there)
      if (slots.length === 0) return
      const said = reroll(draw, slots, cx.text('notClaimed'), there)
      if (!said.content) return said
      change(draw, { content: said.content }, cx)
      awaitClaims(draw.no, there)
      return said
    },
  },

  commands: {
    'draw number': {
      summary: { zh: '填外部数，然后开奖', en: 'Give the outside number, then draw' },
      role: 'admin',
      args: { number, value: arg.rest({ zh: '数', en: 'value' }, { zh: '05 12 22 33 08', en: '05 12 22 33 08' }) },
      run(args, cx, { from }) {
        const draw = liveOf(args.number, cx)
        const value = args.value.replace(/\s+/g, ' ').trim()
        if (!draw) return cx.refuse('noDraw', { no: args.number })
        if (draw.phase !== 'closed' || outsideOf(draw.content) !== 'beacon')
          return cx.refuse('noNumberNeeded', { no: draw.no })
        if (!/^[\p{L}\p{N} ,.-]{1,40}$/u.test(value)) return cx.refuse('wrongOutside', { typed: value.slice(0, 40) })
        change(draw, { content: { ...draw.content, mixed: value } }, cx)
        return act(draw.no, { verb: 'close', from, group: null }, cx)
      },
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
        const draw = liveOf(args.number, cx)
        // Nothing could be given on: the command says why.
        if (draw?.phase !== 'settled' || (args.who && args.why === undefined)) return undefined
        if (slotsOf(draw, args.who, cx).length === 0) return undefined
        const who = args.who ? `${cx.members.name(args.who)} ${args.who}` : cx.text('rerollGone')
        return cx.text('rerollConfirm', { no: args.number, title: draw.title, who })
      },
      run: ({ number: no, who, why }, cx) => again(no, who, why, cx),
    },
  },
})

type LiveDraw = NonNullable<ReturnType<typeof liveOf>>

function again(no: number, who: MemberId | undefined, why: string | undefined, cx: CommunityCx): Reply {
  const draw = liveOf(no, cx)
  const [group] = draw?.groups ?? []
  if (!draw || !group) return cx.refuse('noDraw', { no })
  if (draw.phase !== 'settled') return cx.refuse('notDrawn', { no })
  if (who && why === undefined) return cx.refuse('rerollWhy', { no })
  const there = cx.inGroup(group)
  const slots = slotsOf(draw, who, cx)
  if (slots.length === 0) return cx.refuse(who ? 'rerollNotWinner' : 'rerollNobodyLeft', { no })
  const said = reroll(draw, slots, why === undefined ? cx.text('rerollLeft') : plain(why), there)
  if (said.content) change(draw, { content: said.content }, cx)
  return said
}

/** The prizes that are given on: one winner's, or those of winners who are in none of the draw's groups any more. */
function slotsOf({ groups, content }: LiveDraw, who: MemberId | undefined, { members }: CommunityCx) {
  const isGone = (member: MemberId) => !groups.some((group) => members.isIn(member, group))
  return content.slots.filter(({ member }) => (who ? member === who : isGone(member)))
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
