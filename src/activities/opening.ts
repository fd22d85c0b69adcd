// Opening an activity: from a typed line, or step by step by plain answers of the admin who was asked.
import { arg } from '../core/feature/arguments.ts'
import type { LineSpec } from '../core/feature/argument-line.ts'
import type { Effect, Reply } from '../core/types/effect.ts'
import type { Said } from '../core/types/event.ts'
import { canonical, withoutEnd } from '../core/lib/text.ts'
import { commonKeywords, eachKeyword, termsOf, type SaidCommon } from './conditions.ts'
import type { AnyKind } from './kind.ts'
import { begin, openingText } from './lifecycle.ts'
import { allLives, type Cx, type Live } from './records.ts'
import { Refusal } from '../core/types/refusal.ts'

/** A question of the steps waits so long for its answer. */
const ANSWER_WITHIN = 30 * 60_000

/** A line that was read. */
export interface ReadLine {
  title: string
  things: { name: string; count: number }[]
  said: SaidCommon & Record<string, unknown>
}

/** The argument that reads a kind's line. */
export function lineOf(kind: AnyKind) {
  const { example, things, thing, most, keywords } = kind.line
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
export function wantedBy(
  kind: AnyKind,
  line: ReadLine,
  cx: Cx,
): Omit<Live, 'no' | 'phase' | 'at' | 'called'> | Refusal {
  const { group, until = null, from = null } = line.said
  const content = kind.read(line as never, cx.inGroup(group.id) as never)
  if (content instanceof Refusal) return content
  const terms = termsOf(line.said)
  for (const { id } of group.all) {
    const what = terms.word === null ? undefined : wordTaken(terms.word, id, cx)
    if (what !== undefined && terms.word !== null) {
      const typed = terms.word.slice(0, 20)
      return new Refusal(cx.text('actTaken', { typed, what }), cx.text('actTaken', { typed, what }))
    }
  }
  return { title: line.title, groups: group.all.map(({ id }) => id), opensAt: from, closesAt: until, terms, content }
}

function wordTaken(word: string, group: string, cx: Cx): string | undefined {
  const other = allLives(cx).find(
    ({ phase, groups, terms }) =>
      (phase === 'open' || phase === 'planned') &&
      groups.some((one) => one === group) &&
      terms.word !== null &&
      canonical(terms.word) === canonical(word),
  )
  return other ? `#${other.no}` : cx.house.wordOf(word, group as never)
}

/** Opens what was typed, or says what is wrong with it. */
export function openLine(kind: AnyKind, line: ReadLine, cx: Cx): Effect[] {
  const wanted = wantedBy(kind, line, cx)
  return wanted instanceof Refusal ? [cx.replyText(wanted.in(cx.language))] : begin(kind, wanted, cx)
}

/** What members would see. */
export function preview(kind: AnyKind, line: ReadLine, cx: Cx): Effect {
  const wanted = wantedBy(kind, line, cx)
  if (wanted instanceof Refusal) return cx.replyText(wanted.in(cx.language))
  const live: Live = { ...wanted, no: cx.house.nextNumber(), phase: 'planned', at: cx.now, called: false }
  return cx.replyText(openingText(kind, live, cx.inGroup(line.said.group.id)))
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
  const vars = {
    called: kind.called[language],
    thing: kind.line.thing[language],
    example: kind.line.example[language].split(' ').slice(1, 4).join(' '),
    groups: cx.scene
      .groupsWith(kind.name)
      .map(({ id, name }) => `${id}（${name}）`)
      .join('、'),
  }
  if (step !== 'Go') return text(`actAsk${step}`, vars as never)
  const read = lineOf(kind).parse(line, cx.scene)
  if (read instanceof Refusal) return read.in(cx.language)
  const shown = preview(kind, read as never, cx)
  return `${shown.type === 'say' ? shown.text : ''}\n\n${text('actAskGo')}`
}

/** Takes the plain answer to the question that is open, and asks the next one. */
export function answered(kind: AnyKind, said: Said, cx: Cx): Reply {
  const draft = cx.tables.noteDrafts.get(said.from)
  const step = draft && steps[draft.step]
  if (!draft || !step || said.group === null) return
  const typed = withoutEnd(canonical(said.text))
  const done = () => {
    cx.tables.noteDrafts.delete(said.from)
    if (said.group !== null) cx.expectsNoMore('step', { group: said.group, member: said.from })
  }
  if (dropped.includes(typed)) {
    done()
    return cx.replyText(cx.text('actDropped'))
  }
  const line = `${draft.line} ${added(step, said.text.trim(), typed)}`.trim()
  if (step === 'Go' && !yes.includes(typed)) return ask(kind, said, draft.step, draft.line, cx)
  const wrong = step === 'Title' ? titleWrong(kind, line, cx) : judge(kind, step, line, cx)
  if (wrong) return ask(kind, said, draft.step, draft.line, cx, `${wrong.in(cx.language)}\n`)
  if (step === 'Go') {
    done()
    return openLine(kind, lineOf(kind).parse(draft.line, cx.scene) as never, cx)
  }
  const isOneGroup = cx.scene.groupsWith(kind.name).length < 2
  const skips = (name: Step) => (name === 'Things' && kind.line.things === 'none') || (name === 'Group' && isOneGroup)
  let next = draft.step + 1
  while (skips(steps[next] ?? 'Go')) next++
  return ask(kind, said, next, line, cx)
}

function added(step: Step, text: string, typed: string): string {
  if (step === 'Go') return ''
  if (step === 'Title') return `「${text.replace(/[「」"“”]/gu, '')}」`
  if (step === 'Group') return `群 ${text}`
  if (none.includes(typed)) return ''
  return step === 'Until' && !/^(?:截止|满|until|full)/iu.test(text) ? `截止 ${text}` : text
}

function titleWrong(kind: AnyKind, line: string, cx: Cx): Refusal | undefined {
  const read = lineOf(kind).parse(line, cx.scene)
  return read instanceof Refusal && !read.isQuestion ? read : undefined
}

function judge(kind: AnyKind, step: Step, line: string, cx: Cx): Refusal | undefined {
  const read = lineOf(kind).parse(line, cx.scene)
  if (read instanceof Refusal) return step === 'Things' && read.isQuestion ? undefined : read
  const wanted = wantedBy(kind, read as never, cx)
  return wanted instanceof Refusal ? wanted : undefined
}
