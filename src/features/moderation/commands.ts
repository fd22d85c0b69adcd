// What admins do with cases: confirm, trust, remove, look, pardon, and teach what the filter missed.
import { argument, Wrong, type Arg } from '../../core/feature/argument.ts'
import { arg } from '../../core/feature/arguments.ts'
import type { Effect, Reply } from '../../core/types/effect.ts'
import type { MemberId } from '../../core/types/ids.ts'
import type { Said } from '../../core/types/event.ts'
import type { Command } from '../../core/feature/feature.ts'
import { canonical } from '../../core/lib/text.ts'
import { dayAndClock } from '../../core/lib/time.ts'
import { keep, learn, open } from './cases.ts'
import { openCases, showCards, story } from './cards.ts'
import { release, remove } from './removals.ts'
import { authorOf } from './recent.ts'
import { punish, strikesOf, takeBack } from './ladder.ts'
import { DAY, MINUTE, type Case, type Cx } from './records.ts'
import { judgement, noCircumstances } from './screen.ts'
import type { acts } from './settings.ts'
import { noteWrongReports } from './reports.ts'

/** The second of two people has so long. */
const SECOND_WITHIN = 10 * MINUTE
const SHOWN_CASES = 12
/** So many cases can be decided in one line. */
const MOST = 60

const caseNumber = arg.number({ zh: '案件号', en: 'case' })

/** `41`, `41 43` or `41-60`. */
const caseNumbers: Arg<number[]> = argument(
  { zh: '案件号', en: 'case' },
  { zh: '41', en: '41' },
  (typed) => {
    const numbers = new Set<number>()
    // As a Chinese keyboard writes them: full width, with a full stop.
    const parts = canonical(typed)
      .split(/[\s,、。]+/)
      .filter((part) => part !== '')
    for (const part of parts) {
      const [, from, to] = /^#?(\d{1,9})(?:[-~]#?(\d{1,9}))?$/.exec(part) ?? []
      if (from === undefined)
        return new Wrong(`「${part.slice(0, 20)}」不是案件号`, `“${part.slice(0, 20)}” is not a case number`)
      const last = Number(to ?? from)
      if (last < Number(from) || last - Number(from) >= MOST)
        return new Wrong(`一次最多 ${MOST} 个`, `at most ${MOST} at once`)
      for (let number = Number(from); number <= last; number++) numbers.add(number)
    }
    if (numbers.size === 0)
      return new Wrong(`「${typed.slice(0, 20)}」不是案件号`, `“${typed.slice(0, 20)}” is not a case number`)
    return numbers.size > MOST ? new Wrong(`一次最多 ${MOST} 个`, `at most ${MOST} at once`) : [...numbers]
  },
  { rest: true },
)

/** Whether an act may go ahead: with the second of two people, or when one is enough; else what the first is told. */
function agreed(act: (typeof acts)[number], about: string, line: string, { from }: Said, cx: Cx): Effect | undefined {
  if (!cx.config.twoPeople.includes(act)) return undefined
  const key = `${act}/${about}`
  const first = cx.tables.seconds.get(key)
  if (first && first.until >= cx.now && first.by !== from) {
    cx.tables.seconds.delete(key)
    return undefined
  }
  cx.tables.seconds.set(key, { by: from, until: cx.now + SECOND_WITHIN })
  return cx.reply('needSecond', { line, minutes: SECOND_WITHIN / MINUTE })
}

function found(number: number, cx: Cx): Case | undefined {
  return cx.tables.cases.get(String(number))
}

/** Confirms one case; never removes anybody. */
function confirm(number: number, one: Case, cx: Cx): { line: string; effects: Effect[] } {
  const { text } = cx
  if (one.state === 'undone') return { line: text('isUndone', { number }), effects: [] }
  if (one.state === 'confirmed') return { line: text('isConfirmed', { number }), effects: [] }
  const taught = learn(number, one, true, cx) ? text('taught') : ''
  const wasAsking = one.step === 'ask' && one.held !== 'role'
  const { one: done, effects } = wasAsking ? punish(number, one, cx, 'human') : { one, effects: [] }
  const decided: Case = { ...done, state: 'confirmed' }
  keep(number, decided, cx)
  const did =
    decided.held === 'human' || decided.held === 'limit'
      ? text('okKick', { number })
      : wasAsking && decided.member !== null && !decided.dryRun
        ? text('okDid', { did: text(decided.held ?? decided.step, { count: decided.count, of: decided.of }) })
        : ''
  return { line: text('confirmed', { number, did, taught }), effects }
}

/** Takes a case back with all that hangs on it. */
export function undoCase(number: number, cx: Cx): Reply {
  const one = found(number, cx)
  if (!one) return undefined
  if (one.state === 'undone') return cx.reply('isUndone', { number })
  const what = undo(number, one, cx)
  return [cx.reply('undone', { number, name: one.name, what }), ...appealUpheld(number, one, cx)]
}

/** Who has appealed, and is there still, is told that it was heard. */
function appealUpheld(number: number, { appeal, member, groups }: Case, cx: Cx): Effect[] {
  const group = member === null ? undefined : groups.findLast((one) => cx.members.isIn(member, one))
  if (appeal === null || member === null || group === undefined) return []
  const told = cx.text('appealUpheld', { name: cx.members.name(member, group), number })
  return [cx.say({ group }, told, { priority: 'moderation', merge: 'order' })]
}

function undo(number: number, one: Case, cx: Cx): string {
  const { text, tables, members } = cx
  const { strike, points, freed, taught } = takeBack(number, one, cx)
  keep(number, { ...one, state: 'undone' }, cx)
  if (one.state !== 'confirmed') noteWrongReports(one, cx)
  const { member } = one
  const isLeaving =
    member !== null && one.groups.some((group) => tables.tickets.get(`${group}/${member}`)?.state === 'kicking')
  const isGone = member !== null && one.step === 'remove' && one.groups.some((group) => !members.isIn(member, group))
  const done = [
    ...(strike ? [text('undoneStrike')] : []),
    ...(points > 0 ? [text('undonePoints', { points })] : []),
    ...(freed ? [text('undoneFreed')] : []),
    ...(isLeaving ? [text('undoneLeaving')] : isGone ? [text('undoneGone')] : []),
    ...(taught ? [text('undoneTaught')] : []),
  ]
  return done.length > 0 ? done.join(text('and')) : text('undoneNothing')
}

/** For an admin who typed the number of a case behind a command for something else. */
export function aboutCase(number: number, cx: Cx): string | undefined {
  const one = found(number, cx)
  return one && cx.text('aboutCase', { number, name: one.name })
}

/** What to say of a number that is no case. */
function noCase(number: number, { house, text }: Cx): string {
  return house.aboutNumber(number) ?? text('noCase', { number })
}

/** The whole of a case; undefined when there is none of that number. */
export function whyCase(number: number, cx: Cx): Reply {
  const one = found(number, cx)
  return one && cx.replyText(story(number, one, cx))
}

const people = (numbers: readonly number[], cx: Cx) =>
  numbers
    .flatMap((number) => {
      const one = found(number, cx)
      if (!one || one.member === null) return []
      const { member } = one
      const groups = one.groups.filter((group) => cx.members.isIn(member, group))
      const names = groups.map((group) => cx.members.group(group)?.name ?? group).join('、')
      const where = names === '' ? cx.text('nowhere') : cx.text('isIn', { groups: names })
      return cx.text('kickWho', { number, name: one.name, id: member, where })
    })
    .join('\n')

function command<A>(spec: Command<A, Cx>): Command<A, Cx> {
  return spec
}

export const commands = {
  ok: command({
    summary: {
      zh: '案件判得对：照办，并教会过滤器。可以一次写几个',
      en: 'A case is right: do it, and teach the filter',
    },
    role: 'helper',
    args: { cases: caseNumbers },
    run({ cases }, cx, said) {
      const wait = agreed('ok', cases.join(','), `/ok ${cases.join(' ')}`, said, cx)
      if (wait) return wait
      const done = cases.map((number) => {
        const one = found(number, cx)
        return one ? confirm(number, one, cx) : { line: noCase(number, cx), effects: [] }
      })
      return [cx.replyText(done.map(({ line }) => line).join('\n')), ...done.flatMap(({ effects }) => effects)]
    },
  }),
  trust: command({
    summary: {
      zh: '撤销案件，并且以后没有人点头就不处罚这个人',
      en: 'Undo a case, and never punish this person again without a human’s word',
    },
    role: 'admin',
    args: { case: caseNumber },
    run({ case: number }, cx, said) {
      const one = found(number, cx)
      if (!one) return cx.replyText(noCase(number, cx))
      if (one.member === null) return cx.reply('nobody', { number })
      const wait = agreed('trust', String(number), `/trust ${number}`, said, cx)
      if (wait) return wait
      const isNew = one.state !== 'undone'
      const what = isNew ? undo(number, one, cx) : ''
      cx.tables.trusted.set(one.member, { at: cx.now })
      const told = isNew ? appealUpheld(number, one, cx) : []
      return [cx.reply('trustedNow', { name: one.name, id: one.member, what }), ...told]
    },
  }),
  untrust: command({
    summary: { zh: '不再特别信任这个人', en: 'Treat somebody like everybody else again' },
    role: 'admin',
    args: { who: arg.member() },
    run({ who }, { tables, members, reply }) {
      const vars = { name: members.name(who), id: who }
      if (!tables.trusted.get(who)) return reply('notTrusted', vars)
      tables.trusted.delete(who)
      return reply('untrusted', vars)
    },
  }),
  kick: command({
    summary: { zh: '把案件里的人请出群，要再确认一次', en: 'Remove the person of a case, after a confirmation' },
    role: 'admin',
    args: { cases: caseNumbers },
    confirm: ({ cases }, cx) => {
      const who = people(cases, cx)
      if (who !== '') return cx.text('kickConfirm', { who })
      return cases.map((number) => (found(number, cx) ? cx.text('nobody', { number }) : noCase(number, cx))).join('\n')
    },
    run({ cases }, cx, said) {
      const wait = agreed('kick', cases.join(','), `/kick ${cases.join(' ')}`, said, cx)
      if (wait) return wait
      const lines: string[] = []
      const effects: Effect[] = []
      for (const number of cases) {
        const one = found(number, cx)
        if (!one) lines.push(noCase(number, cx))
        else if (one.member === null) lines.push(cx.text('nobody', { number }))
        else if (cx.house.rights.roleOf(one.member) !== 'member') lines.push(cx.text('kickRole', { name: one.name }))
        else if (!one.groups.some((group) => isThere(one.member, group, cx)))
          lines.push(cx.text('kickGone', { name: one.name }))
        else {
          keep(number, { ...one, step: 'remove', held: null, dryRun: false, state: 'confirmed' }, cx)
          if (one.state !== 'confirmed') learn(number, one, true, cx)
          effects.push(...remove(number, one, cx, { auto: false }))
          lines.push(cx.text('kicking', { number, name: one.name, id: one.member }))
        }
      }
      return [cx.replyText(lines.join('\n')), ...effects, ...showCards(cx)]
    },
  }),
  case: command({
    summary: { zh: '看一个案件的全部', en: 'Everything about one case' },
    role: 'helper',
    args: { case: caseNumber },
    run: ({ case: number }, cx) => whyCase(number, cx) ?? cx.replyText(noCase(number, cx)),
  }),
  cases: command({
    summary: { zh: '还没定的案件，要人点头的在前', en: 'Open cases, those that wait for you first' },
    role: 'helper',
    args: {},
    run: (_, cx) => cx.replyText(openCases(cx, SHOWN_CASES)),
  }),
  warns: command({
    summary: { zh: '看一个人的记录', en: 'Somebody’s record' },
    role: 'helper',
    args: { who: arg.member() },
    run({ who }, cx) {
      const { members, tables, timezone, config, text } = cx
      const vars = { name: members.name(who), id: who }
      const lines = strikesOf(who, cx).map(({ number, at, weight }) =>
        text(weight > 1 ? 'warnsDouble' : 'warnsLine', {
          number,
          at: dayAndClock(at, timezone),
          until: dayAndClock(at + config.fadeDays * DAY, timezone).slice(0, 5),
        }),
      )
      const notes = [
        ...(tables.trusted.get(who) ? [text('warnsTrusted')] : []),
        ...(tables.quarantine.get(who) ? [text('storyQuarantine')] : []),
        ...(members.sure(who) ? [] : [text('identity')]),
      ]
      const head = lines.length === 0 ? text('warnsNone', vars) : text('warns', { ...vars, count: lines.length })
      return cx.replyText([head, ...lines, ...notes].join('\n'))
    },
  }),
  pardon: command({
    summary: { zh: '清掉一个人的全部记录', en: 'Clear somebody’s record' },
    role: 'admin',
    args: { who: arg.member() },
    run({ who }, cx, said) {
      const name = cx.members.name(who)
      const wait = agreed('pardon', who, `/pardon ${who}`, said, cx)
      if (wait) return wait
      const strikes = [...cx.tables.strikes.entries(who)]
      for (const [key] of strikes) cx.tables.strikes.delete(key)
      const freed = release(who, cx)
      if (strikes.length === 0 && !freed) return cx.reply('warnsNone', { name, id: who })
      return cx.reply('pardoned', { name, id: who, count: strikes.length, freed: freed ? cx.text('pardonFreed') : '' })
    },
  }),
  ad: command({
    summary: {
      zh: '引用一条漏掉的广告发这个，就教会过滤器；也可以把原文写在后面',
      en: 'Sent as a reply to an advertisement that was missed, or followed by its text: teaches the filter',
    },
    role: 'helper',
    anywhere: true,
    args: { text: arg.optional(arg.rest({ zh: '原文', en: 'text' }, { zh: '加微信领红包', en: 'add me for cash' })) },
    run: ({ text }, cx, said) => missed(text ?? said.quote?.text ?? '', said, cx),
  }),
}

function missed(words: string, said: Said, cx: Cx): Reply {
  if (words.trim() === '') return cx.say('control', cx.text('adHow'))
  const group = said.group !== null && cx.members.group(said.group) ? said.group : null
  const author = group && said.quote ? authorOf(said.quote, group, cx) : undefined
  const from: MemberId = author ?? said.from
  const { probability, signals } = judgement({ text: words, kind: 'text', from, group }, noCircumstances, cx)
  const { number, one } = open(
    {
      kind: 'missed',
      member: author ?? null,
      name: author === undefined ? cx.text('unknownAuthor') : cx.members.name(author, group),
      groups: group ? [group] : [],
      text: words,
      probability,
      signals: [...signals],
    },
    cx,
  )
  const { line, effects } = confirm(number, one, cx)
  cx.tables.noteCards.delete(String(number))
  return [cx.say('control', line, { merge: 'order' }), ...effects]
}

function isThere(member: MemberId | null, group: Case['groups'][number], { members }: Cx): boolean {
  return member !== null && members.isIn(member, group)
}
