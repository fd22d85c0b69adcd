// Order: advertisers are warned, then out; nobody is punished wrongly; every decision can be seen and taken back.
import type { Effect, Reply } from '../../core/types/effect.ts'
import type { Said } from '../../core/types/event.ts'
import { feature } from '../../core/feature/feature.ts'
import { appeal, readAppeal, record } from './appeals.ts'
import { lastNumber } from './cases.ts'
import { commands } from './commands.ts'
import { lookInto, pictureRead } from './contents.ts'
import { aboutCase, undoCase, wasShown, whyCase } from './decisions.ts'
import { daily, planDaily, showCards, waitingCases } from './digest.ts'
import { lookAtNames, lookAtRename } from './names.ts'
import { remindOfNicknames, watchNickname } from './nickname-reminders.ts'
import { strikesOf } from './ladder.ts'
import { notePosted } from './own-posts.ts'
import { forgetTexts } from './recent.ts'
import { parts, type Cx } from './records.ts'
import { rehearsed } from './rehearsal.ts'
import { askAgainJob, onKicked, onLeft } from './removals.ts'
import { authorFound, report } from './reports.ts'
import { greeting, onJoined } from './returning.ts'
import { screen } from './screen.ts'
import { check, type Config } from './settings.ts'
import { Refusal } from '../../core/types/refusal.ts'

/** What is done, and the cards that wait. */
function withCards(
  done: Effect | Refusal | readonly Effect[] | undefined | void,
  cx: Cx,
): Refusal | readonly Effect[] | undefined {
  if (done instanceof Refusal) return done
  const first: readonly Effect[] = !done ? [] : 'type' in done ? [done] : done
  const all = [...first, ...showCards(cx)]
  return all.length > 0 ? all : undefined
}

export const order = feature({
  name: 'order',
  summary: {
    zh: '群秩序：广告、刷屏、举报、案件、请离',
    en: 'Order: advertisements, floods, reports, cases, removals',
  },
  ...parts,
  retired: {
    texts: ['toldAdLater', 'toldReport', 'ruleRemind', 'ruleWarn', 'ruleRemove', 'rules'],
    variables: { remind: ['count', 'of'], warn: ['count', 'of'], remove: ['count', 'of'] },
  },
  check,
  counted: [
    {
      label: { zh: '自己的违规词', en: 'own words' },
      of: ({ lists }) => lists.reduce((sum, { words }) => sum + words.length, 0),
    },
    { label: { zh: '自己的正则规则', en: 'own patterns' }, of: ({ patterns }) => patterns.length },
    { label: { zh: '放行的网址', en: 'allowed domains' }, of: ({ domains }) => domains.length },
  ],

  rules({ steps, fadeDays, dryRun, newcomer }, text, isOn) {
    const shown = (some: Config['steps']) =>
      some
        .map((step) => {
          const fine = step.points > 0 && isOn('points') ? text('rulePoints', { points: step.points }) : ''
          return fine === '' ? text(step.do) : `${text(step.do)}${text('ruleFine', { fine })}`
        })
        .join(text('then'))
    // Nobody is removed for talking much: the last step is repeated as a warning.
    const mild = steps.filter((step) => step.do !== 'remove')
    const flood = mild.length > 0 ? mild : [{ do: 'warn' as const, points: 0 }]
    // A newcomer's second advertisement counts twice: of three steps it leads to the last.
    const isSooner = (newcomer.days > 0 || newcomer.messages > 0) && steps.length === 3
    const forNewcomers = isSooner ? text('ruleNewcomer') : ''
    const penalties = [
      ...(dryRun.includes('ads') ? [] : [text('ruleAds', { steps: `${shown(steps)}${forNewcomers}` })]),
      ...(dryRun.includes('flood') ? [] : [text('ruleFlood', { steps: shown(flood) })]),
      ...(dryRun.includes('ads') ? [] : [text('ruleAttack')]),
    ]
    return penalties.length === 0 ? {} : { penalties: [...penalties, text('ruleFades', { days: fadeDays })] }
  },
  menu: (words, _config, text) => [text('menu', words)],

  screen(said, cx) {
    const stopped = screen(said, cx)
    return stopped && [...stopped, ...showCards(cx)]
  },
  // A message that went on may have opened a case all the same.
  observe(said, cx) {
    watchNickname(said, cx)
    return withCards(lookInto(said, cx), cx)
  },
  onFound(found, cx) {
    if (found.what === 'rehearsal') return rehearsed(found.answer, cx)
    if (found.what === 'said') return withCards(authorFound(found, cx), cx)
    return withCards(pictureRead(found, cx), cx)
  },
  onWord: {
    report: (said, cx) => withCards(report(said, cx), cx),
    record,
    appeal: (said, cx) => withCards(appeal(said, cx), cx),
  },
  /** Appeals in other words than the one that is asked for. */
  answer: (said: Said, cx: Cx): Reply => readAppeal(said, cx.word('appeal')) && withCards(appeal(said, cx), cx),
  commands,
  numbers: { last: lastNumber, about: aboutCase, undo: undoCase, why: whyCase, wasShown },
  waiting: waitingCases,
  counts: {
    cases: (_number, after, before) =>
      after && !before && !after.dryRun
        ? [{ what: 'cases', group: after.groups[0], member: after.member ?? undefined }]
        : [],
  },
  groupNote({ group, tables: { kicks }, text }) {
    const learned = group && kicks.get(group.id)
    return learned ? text(learned.can ? 'canKick' : 'cannotKick') : undefined
  },
  about(member, cx) {
    const count = strikesOf(member, cx).length
    return count > 0 ? [cx.text('aboutStrikes', { count, id: member })] : []
  },
  joinRecords(from, to, { tables }) {
    for (const table of [tables.strikes, tables.noteTrial])
      for (const [key, strike] of [...table.entries(from)]) {
        table.delete(key)
        table.set(`${to}${key.slice(from.length)}`, strike)
      }
    const trusted = tables.trusted.get(from)
    if (trusted && !tables.trusted.get(to)) tables.trusted.set(to, trusted)
  },
  greeting,
  isWarned: (member, cx) => strikesOf(member, cx).length > 0,
  onPosted: notePosted,
  onJoined(joined, cx) {
    lookAtNames(joined, cx)
    return withCards(onJoined(joined, cx), cx)
  },
  onRenamed(renamed, cx) {
    lookAtRename(renamed, cx)
    return withCards(undefined, cx)
  },
  onLeft: (left, cx) => withCards(onLeft(left, cx), cx),
  onLoaded: (_loaded, cx) => planDaily(cx),
  onResulted(result, cx, effect) {
    return effect?.type === 'kick' ? withCards(onKicked(result, effect, cx), cx) : undefined
  },
  onJob: {
    cards: (_key, cx) => withCards(undefined, cx),
    ask: (key, cx) => withCards(askAgainJob(key, cx), cx),
    forget: (_key, cx) => forgetTexts(cx),
    nicknames: (key, cx) => remindOfNicknames(key, cx),
    daily: (_key, cx) => withCards(daily(cx), cx),
  },
})
