// Opening an activity: from a typed line, or step by step by plain answers of the admin who was asked.
import { arg } from '../core/feature/arguments.ts'
import type { LineSpec } from '../core/feature/argument-line.ts'
import type { Effect, Reply } from '../core/types/effect.ts'
import type { Said } from '../core/types/event.ts'
import { canonical, withoutEnd } from '../core/lib/text.ts'
import { commonKeywords, eachKeyword, termsOf, type SaidCommon } from './conditions.ts'
import type { AnyKind } from './kind.ts'
import { begin, openingText, promiseOf } from './lifecycle.ts'
import { allLives, type Cx, type GroupCx, type Live, type Wanted } from './records.ts'
import { Refusal } from '../core/types/refusal.ts'

/** A question of the steps waits so long for its answer. */
const ANSWER_WITHIN = 30 * 60_000

/** A line that was read. */
export interface ReadLine {
  title: string
  things: { name: string; count: number }[]
  said: SaidCommon & Record<string, unknown>
}

/** What a kind's line is made of. @throws for a kind that has none */
function lineIn(kind: AnyKind) {
  if (!kind.line) throw new Error(`${kind.name} has no line`)
  return kind.line
}

/** The argument that reads a kind's line. */
export function lineOf(kind: AnyKind) {
  const { example, things, thing, most, keywords } = lineIn(kind)
  const spec: LineSpec<Record<string, never>> = {
    label: { zh: `名称 ${thing.zh} …`, en: `title ${thing.en} …` },
    example,
    things,
    thing,
    ...(most ? { most } : {}),
    keywords: {
      ...keywords,
      ...commonKeywords(kind.name, kind.called),
      ...(kind.each ? eachKeyword(kind.each) : {}),
    } as never,
  }
  return arg.line(spec)
}

/** What a line asks for, or why it cannot be. */
function wantedBy(kind: AnyKind, typed: ReadLine, cx: Cx): Wanted | Refusal {
  const there = cx.inGroup(typed.said.group.id)
  const line = kind.completed ? kind.completed(typed as never, there as never) : (typed as never)
  if (line instanceof Refusal) return line
  const said: SaidCommon = line.said
  const content = kind.read?.(line, there as never)
  if (content instanceof Refusal) return content
  const terms = termsOf(said)
  const groups = said.group.all.map(({ id }) => id)
  for (const id of groups) {
    const what = terms.word === null ? undefined : wordTaken(terms.word, id, cx)
    if (what !== undefined) return cx.refuse('actTaken', { typed: (terms.word ?? '').slice(0, 20), what })
  }
  const { until: closesAt = null, from: opensAt = null } = said
  return tooFew(kind, { content, terms }, there) ?? { title: line.title, groups, opensAt, closesAt, terms, content }
}

function wordTaken(word: string, group: string, cx: Cx): string | undefined {
  const other = allLives(cx).find(
    ({ phase, groups, terms }) =>
      (phase === 'open' || phase === 'planned') &&
      groups.some((one) => one === group) &&
      terms.word !== null &&
      canonical(terms.word) === canonical(word),
  )
  return other ? `#${other.no}` : cx.inGroup(group as never).wordOf(word)
}

/** Coupons that it would promise although they are not there, or are promised already. */
export function tooFew(kind: AnyKind, live: Pick<Live, 'content' | 'terms'>, cx: GroupCx) {
  const promised = kind.promises?.(live)
  if (!promised) return undefined
  const trial = promiseOf(kind, 0)
  const short = cx.ledger.coupons.reserve(trial, '', promised)
  cx.ledger.coupons.release(trial)
  if (!short) return undefined
  const holders = [...short.held].map(([by, count]) => cx.text('actHeld', { by, count })).join('')
  return cx.refuse('actStock', { coupon: short.kind, left: short.left, count: short.wanted, holders })
}

/** Opens what was typed. @returns why not, when something is wrong with it */
export function openLine(kind: AnyKind, line: ReadLine, cx: Cx): Effect[] | Refusal {
  const wanted = wantedBy(kind, line, cx)
  if (wanted instanceof Refusal) return wanted
  const { said, report } = begin(kind, wanted, cx)
  return [...said, cx.say('control', report)]
}

/** What members would see. */
export function preview(kind: AnyKind, line: ReadLine, cx: Cx): string | Refusal {
  const wanted = wantedBy(kind, line, cx)
  if (wanted instanceof Refusal) return wanted
  const no = cx.numbers.next()
  const live: Live = { ...wanted, no, phase: 'planned', at: cx.now, called: false, entered: false }
  return openingText(kind, live, cx.inGroup(line.said.group.id))
}

const steps = ['Title', 'Things', 'Group', 'Until', 'More', 'Go'] as const
type Step = (typeof steps)[number]
const none = ['无', '没有', '没了', '不用', '手动', 'no', 'none']
const yes = ['好', '好的', '可以', '行', '发', '开始', '确认', 'ok', 'yes', 'go']
const dropped = ['算了', '取消', '不要了', '不开了', 'never mind', 'cancel']

/** Begins to ask step by step. */
export function askFirst(kind: AnyKind, said: Said, cx: Cx): Effect {
  return ask(kind, said, 0, '', cx)
}

function ask(kind: AnyKind, { from, group }: Said, step: number, line: string, cx: Cx, before = ''): Effect {
  cx.tables.noteDrafts.set(from, { step, line })
  if (group !== null) cx.expects('step', { group, member: from }, { kind: 'text' }, cx.now + ANSWER_WITHIN)
  return cx.replyText(before + question(kind, steps[step] ?? 'Go', line, cx))
}

function question(kind: AnyKind, step: Step, line: string, cx: Cx): string {
  const { language, text } = cx
  const { thing, example } = lineIn(kind)
  if (step === 'Go') {
    const read = lineOf(kind).parse(line, cx.scene)
    const shown = read instanceof Refusal ? read : preview(kind, read as never, cx)
    return shown instanceof Refusal ? shown.in(language) : `${shown}\n\n${text('actAskGo')}`
  }
  const groups = cx.scene.groupsWith(kind.name).map(({ id, name }) => `${id}（${name}）`)
  const vars = {
    called: kind.called[language],
    thing: thing[language],
    example: example[language].split(' ').slice(1, 4).join(' '),
    groups: groups.join('、'),
  }
  return text(`actAsk${step}`, vars as never)
}

/** Takes the plain answer to the question that is open, and asks the next one. */
export function answered(kind: AnyKind, said: Said, answer: string, cx: Cx): Reply {
  const draft = cx.tables.noteDrafts.get(said.from)
  const step = draft && steps[draft.step]
  if (!draft || !step || said.group === null) return cx.reply('actNoDraft')
  const typed = withoutEnd(canonical(answer))
  const group = said.group
  const done = () => {
    cx.tables.noteDrafts.delete(said.from)
    cx.expectsNoMore('step', { group, member: said.from })
  }
  if (dropped.includes(typed)) {
    done()
    return cx.reply('actDropped')
  }
  if (step === 'Go' && !yes.includes(typed)) return ask(kind, said, draft.step, draft.line, cx)
  if (step === 'Go') {
    done()
    return openLine(kind, lineOf(kind).parse(draft.line, cx.scene) as never, cx)
  }
  const line = `${draft.line} ${added(step, answer.trim(), typed)}`.trim()
  const wrong = wrongBy(kind, step, line, cx)
  if (wrong) return ask(kind, said, draft.step, draft.line, cx, `${wrong.in(cx.language)}\n`)
  const isOneGroup = cx.scene.groupsWith(kind.name).length < 2
  const skips = (name: Step) => (name === 'Things' && kind.line?.things === 'none') || (name === 'Group' && isOneGroup)
  let next = draft.step + 1
  while (skips(steps[next] ?? 'Go')) next++
  return ask(kind, said, next, line, cx)
}

function added(step: Step, text: string, typed: string): string {
  if (step === 'Title') return `「${text.replace(/[「」"“”]/gu, '')}」`
  if (step === 'Group') return `群 ${text}`
  if (none.includes(typed)) return ''
  return step === 'Until' && !/^(?:截止|满|until|full)/iu.test(text) ? `截止 ${text}` : text
}

/** What is wrong with a line so far; what is missing yet, such as the group, is asked later. */
function wrongBy(kind: AnyKind, step: Step, line: string, cx: Cx): Refusal | undefined {
  const read = lineOf(kind).parse(line, cx.scene)
  if (read instanceof Refusal) return (step === 'Title' || step === 'Things') && read.isQuestion ? undefined : read
  const wanted = step === 'Title' ? undefined : wantedBy(kind, read as never, cx)
  return wanted instanceof Refusal ? wanted : undefined
}
