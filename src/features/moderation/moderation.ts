// Order: advertisers are warned, then out; nobody is punished wrongly; every decision can be seen and taken back.
import type { Effect } from '../../core/types/effect.ts'
import { feature } from '../../core/feature/feature.ts'
import { showCards } from './cards.ts'
import { lastNumber } from './cases.ts'
import { aboutCase, commands, undoCase, whyCase } from './commands.ts'
import { askAgainJob, onJoined, onKicked, onLeft } from './removals.ts'
import { forgetTexts } from './recent.ts'
import { tables, type Cx } from './records.ts'
import { lookInto, pictureRead, screen } from './screen.ts'
import { Config, check, prepare } from './settings.ts'
import { orderTexts } from './texts.ts'
import { appeal, record, report } from './reports.ts'

/** What is done, and the cards that wait. */
function withCards(done: Effect | readonly Effect[] | undefined | void, cx: Cx): readonly Effect[] | undefined {
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
  config: Config,
  prepare,
  check,
  tables,
  words: {
    report: { say: ['举报'], rest: true },
    record: ['我的记录'],
    appeal: { say: ['申诉'], rest: true },
  },
  texts: orderTexts,

  rules({ steps, fadeDays }, text) {
    const shown = steps.map((step) => {
      const what = text(step.do === 'remind' ? 'ruleRemind' : step.do === 'warn' ? 'ruleWarn' : 'ruleRemove')
      return step.points > 0 ? `${what}${text('and')}${text('rulePoints', { points: step.points })}` : what
    })
    return [text('rules', { steps: shown.join(text('then')), days: fadeDays })]
  },
  menu: (words, _config, text) => [text('menu', words)],

  screen(said, cx) {
    const stopped = screen(said, cx)
    return stopped && [...stopped, ...showCards(cx)]
  },
  // A message that went on may have opened a case all the same.
  observe: (said, cx) => withCards(lookInto(said, cx), cx),
  onFound: (found, cx) => withCards(pictureRead(found, cx), cx),
  onWord: {
    report: (said, cx) => withCards(report(said, cx), cx),
    record,
    appeal: (said, cx) => withCards(appeal(said, cx), cx),
  },
  commands,
  numbers: { last: lastNumber, about: aboutCase, undo: undoCase, why: whyCase },
  groupNote({ group, tables: { kicks }, text }) {
    const learned = group && kicks.get(group.id)
    return learned ? text(learned.can ? 'canKick' : 'cannotKick') : undefined
  },
  onJoined,
  onLeft: (left, cx) => withCards(onLeft(left, cx), cx),
  onResulted(result, cx, effect) {
    return effect?.type === 'kick' ? withCards(onKicked(result, effect, cx), cx) : undefined
  },
  jobs: {
    cards: (_key, cx) => withCards(undefined, cx),
    ask: (key, cx) => withCards(askAgainJob(key, cx), cx),
    forget: (_key, cx) => forgetTexts(cx),
  },
})
