// What admins do with cases: confirm, trust, remove, look, pardon, warn, and teach what the filter missed.
import { arg } from '../../core/feature/arguments.ts'
import type { Effect, Reply } from '../../core/types/effect.ts'
import type { GroupId, MemberId } from '../../core/types/ids.ts'
import type { Said } from '../../core/types/event.ts'
import type { Command } from '../../core/feature/feature.ts'
import { dayAndClock } from '../../core/lib/time.ts'
import { caseNumbers, casesOrPerson, personWithReason, type Cases, type Person } from './arguments.ts'
import { pictureOf, rungOf } from './cards.ts'
import { caseOf, open } from './cases.ts'
import { confirm, noCase, removeEverywhere, seenOf, undo, whoAndWhere, whyCase, type Decided } from './decisions.ts'
import { openCases, ranges, showCards } from './digest.ts'
import { judgement, noCircumstances } from './judging.ts'
import { punish, strikesOf } from './ladder.ts'
import { apology } from './notices.ts'
import { quoted } from './recent.ts'
import { rehearse } from './rehearsal.ts'
import { release } from './removals.ts'
import { blackList } from './returning.ts'
import { DAY, MINUTE, type Cx } from './records.ts'
import type { acts } from './settings.ts'
import { tryOut } from './trial.ts'

/** The second of two people has this long. */
const SECOND_WITHIN = 10 * MINUTE
const PER_PAGE = 12

const caseNumber = arg.number({ zh: '案件号', en: 'case' })
const page = arg.optional(arg.int({ zh: '页', en: 'page' }, { min: 1, max: 999, example: 2 }))

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

/** Decides about each of some cases; of a range, only about those that the admins were shown. */
function each(
  { numbers, isRange }: Cases,
  cx: Cx,
  decide: (number: number) => Decided,
): { lines: string[]; effects: Effect[] } {
  const { seen, unseen } = isRange ? seenOf(numbers, cx) : { seen: numbers, unseen: [] }
  const done = seen.map(decide)
  const left = unseen.map((number) => ({ number }))
  const lines = [
    ...done.map(({ line }) => line),
    ...(left.length > 0 ? [cx.text('unseen', { numbers: ranges(left), count: left.length })] : []),
    ...(seen.length + left.length === 0 ? [cx.text('noneThere')] : []),
  ]
  return { lines, effects: done.flatMap(({ effects }) => effects) }
}

function command<A>(spec: Command<A, Cx>): Command<A, Cx> {
  return spec
}

export const commands = {
  ok: command({
    summary: {
      zh: '案件判得对：照办，并教会过滤器。可以一次写几个；后面可以写是哪一种：广告、辱骂、其他',
      en: 'A case is right: do it, and teach the filter. Several at once; a kind may follow: ad, attack, other',
    },
    role: 'helper',
    args: { cases: caseNumbers },
    run({ cases }, cx, said) {
      const { numbers, offence } = cases
      const wait = agreed('ok', numbers.join(','), `/ok ${numbers.join(' ')}`, said, cx)
      if (wait) return wait
      const { lines, effects } = each(cases, cx, (number) => {
        const one = caseOf(number, cx)
        return one ? confirm(number, one, offence, cx) : { line: noCase(number, cx), effects: [] }
      })
      return [cx.replyText(lines.join('\n')), ...effects]
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
      const one = caseOf(number, cx)
      if (!one) return cx.replyText(noCase(number, cx))
      if (one.member === null) return cx.reply('nobody', { number })
      const wait = agreed('trust', String(number), `/trust ${number}`, said, cx)
      if (wait) return wait
      const isNew = one.state !== 'undone'
      const what = isNew ? undo(number, one, cx) : ''
      cx.tables.trusted.set(one.member, { at: cx.now })
      cx.tables.removed.delete(one.member)
      const told = isNew ? apology(number, one, cx) : []
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
    summary: {
      zh: '把案件里的人（或 @成员）请出他在的所有群，要再确认一次；案件号后面写「不学」就不教过滤器',
      en: 'Remove the person of a case (or @member) from all groups, after a confirmation; “nolearn” behind the case teaches nothing',
    },
    role: 'admin',
    args: { who: casesOrPerson },
    confirm: ({ who }, cx) => {
      if ('member' in who)
        return cx.text('kickConfirm', { who: whoAndWhere(who.member, cx.members.name(who.member), undefined, cx) })
      const { lines } = each(who, cx, (number) => {
        const one = caseOf(number, cx)
        const line = !one
          ? noCase(number, cx)
          : one.member === null
            ? cx.text('nobody', { number })
            : whoAndWhere(one.member, one.name, number, cx)
        return { line, effects: [] }
      })
      const isAny = who.numbers.some((number) => caseOf(number, cx)?.member)
      return isAny ? cx.text('kickConfirm', { who: lines.join('\n') }) : lines.join('\n')
    },
    run({ who }, cx, said) {
      if ('member' in who) return kickPerson(who, said, cx)
      const { numbers, untaught } = who
      const wait = agreed('kick', numbers.join(','), `/kick ${numbers.join(' ')}`, said, cx)
      if (wait) return wait
      const { lines, effects } = each(who, cx, (number) => {
        const one = caseOf(number, cx)
        return one ? removeEverywhere(number, one, untaught !== true, cx) : { line: noCase(number, cx), effects: [] }
      })
      return [cx.replyText(lines.join('\n')), ...effects, ...showCards(cx)]
    },
  }),
  warn: command({
    summary: {
      zh: '在群里警告一个人，他会看到原因；记一次',
      en: 'Warn somebody in his group with a reason; it counts',
    },
    role: 'admin',
    args: { who: personWithReason },
    run({ who: { member, why } }, cx) {
      const name = cx.members.name(member)
      if (cx.roleOf(member) !== 'member') return cx.reply('warnRole', { name })
      const group = groupOf(member, cx)
      if (group === undefined) return cx.reply('kickGone', { name })
      const { number, one } = openByHand(member, [group], why, cx)
      const { one: done, effects } = punish(number, { ...one, offence: 'other' }, cx, 'human')
      cx.tables.cases.set(String(number), { ...done, state: 'confirmed' })
      const line =
        done.held === 'human'
          ? cx.text('warnDue', { name, number })
          : cx.text('warned', { name, number, did: `${cx.text(done.step)}${rungOf(done, cx)}` })
      return [cx.replyText(line), ...effects]
    },
  }),
  case: command({
    summary: { zh: '看一个案件的全部', en: 'Everything about one case' },
    role: 'helper',
    args: { case: caseNumber },
    run({ case: number }, cx) {
      const one = caseOf(number, cx)
      const shown = whyCase(number, cx)
      return shown && one ? [shown, ...pictureOf(number, one, cx)] : cx.replyText(noCase(number, cx))
    },
  }),
  cases: command({
    summary: { zh: '还没定的案件，要人点头的在前', en: 'Open cases, those that wait for you first' },
    role: 'helper',
    args: { page },
    run: ({ page }, cx) => cx.replyText(openCases(page ?? 1, PER_PAGE, cx)),
  }),
  black: command({
    summary: { zh: '请出过的人，回来不欢迎', en: 'Who was removed and is not welcome back' },
    role: 'helper',
    args: { page },
    run: ({ page }, cx) => cx.replyText(blackList(page ?? 1, PER_PAGE, cx)),
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
        ...(tables.removed.get(who) ? [text('warnsBlack')] : []),
        ...(members.sure(who) ? [] : [text('identity')]),
      ]
      const head = lines.length === 0 ? text('warnsNone', vars) : text('warns', { ...vars, count: lines.length })
      return cx.replyText([head, ...lines, ...notes].join('\n'))
    },
  }),
  pardon: command({
    summary: {
      zh: '清掉一个人的全部记录，也不再算请出过',
      en: 'Clear somebody’s record, and take him off the black list',
    },
    role: 'admin',
    args: { who: arg.member() },
    run({ who }, cx, said) {
      const name = cx.members.name(who)
      const wait = agreed('pardon', who, `/pardon ${who}`, said, cx)
      if (wait) return wait
      const strikes = [...cx.tables.strikes.entries(who)]
      for (const [key] of strikes) cx.tables.strikes.delete(key)
      const wasBlack = cx.tables.removed.get(who) !== undefined
      cx.tables.removed.delete(who)
      const freed = release(who, cx)
      if (strikes.length === 0 && !freed && !wasBlack) return cx.reply('warnsNone', { name, id: who })
      const also = `${freed ? cx.text('pardonFreed') : ''}${wasBlack ? cx.text('pardonBlack') : ''}`
      return cx.reply('pardoned', { name, id: who, count: strikes.length, freed: also })
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
  'ad test': command({
    summary: {
      zh: '试一段话：过滤器怎么看，会怎么处理（引用也行）。不记案件',
      en: 'Try a text, or a quote: what the filter thinks and would do. Nothing is noted',
    },
    role: 'helper',
    anywhere: true,
    args: { text: arg.optional(arg.rest({ zh: '原文', en: 'text' }, { zh: '加微信领红包', en: 'add me for cash' })) },
    run({ text }, cx, said) {
      const words = text ?? said.quote?.text ?? ''
      return cx.say('control', words.trim() === '' ? cx.text('tryHow') : tryOut(words, cx))
    },
  }),
  rehearse: command({
    summary: {
      zh: '拿最近几天的真实消息，试现在的（或草稿 order.yaml 的）规则：会有多少案件、差在哪里',
      en: 'Run the rules of today (or of a draft order.yaml) over the messages of the last days: how many cases, what differs',
    },
    role: 'admin',
    args: {
      draft: arg.optional(
        arg.rest({ zh: '草稿文件', en: 'draft file' }, { zh: 'order-draft.yaml', en: 'order-draft.yaml' }),
      ),
    },
    run: ({ draft }, cx) => rehearse(draft ?? null, cx),
  }),
}

/** Where somebody talked last, else the first group that he is in. */
function groupOf(member: MemberId, { tables, members }: Cx): GroupId | undefined {
  const groups = members.groupsOf(member)
  const talked = groups
    .flatMap((group) => [...tables.noteHeard.entries(group)].map(([, { from, at }]) => ({ group, from, at })))
    .filter(({ from }) => from === member)
    .sort((a, b) => b.at - a.at)
  return talked[0]?.group ?? groups[0]
}

function openByHand(member: MemberId, groups: GroupId[], why: string, cx: Cx) {
  const name = cx.members.name(member, groups[0])
  const opened = open({ kind: 'hand', offence: 'other', member, name, groups, text: why }, cx)
  // The admins know: one of them has just said so.
  cx.tables.noteCards.delete(String(opened.number))
  cx.tables.noteSeen.set(String(opened.number), { at: cx.now })
  return opened
}

function kickPerson({ member, why }: Person, said: Said, cx: Cx): Reply {
  const name = cx.members.name(member)
  const groups = cx.members.groupsOf(member)
  if (cx.roleOf(member) !== 'member') return cx.reply('kickRole', { name })
  if (groups.length === 0) return cx.reply('kickGone', { name })
  const wait = agreed('kick', member, `/kick ${member}`, said, cx)
  if (wait) return wait
  const { number, one } = openByHand(member, groups, why, cx)
  const { line, effects } = removeEverywhere(number, one, false, cx)
  return [cx.replyText(line), ...effects]
}

function missed(words: string, said: Said, cx: Cx): Reply {
  if (words.trim() === '') return cx.say('control', cx.text('adHow'))
  const group = said.group !== null && cx.members.group(said.group) ? said.group : null
  const author = group && said.quote ? quoted(said.quote, group, cx)?.member : undefined
  const content = { text: words, kind: 'text' as const, from: author ?? null, group }
  const { probability, signals } = judgement(content, noCircumstances, cx)
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
  const { line, effects } = confirm(number, one, undefined, cx)
  cx.tables.noteCards.delete(String(number))
  return [cx.say('control', line, { merge: 'order' }), ...effects]
}
