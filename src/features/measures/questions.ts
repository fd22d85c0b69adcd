// Questions that members ask in a group, and who answered them: the bot, a person, or nobody.
import type { Said } from '../../core/types/event.ts'
import type { MemberId, Millis } from '../../core/types/ids.ts'
import { canonical } from '../../core/lib/text.ts'
import { utteranceOf } from '../../search/utterance.ts'
import type { GroupCx } from './state.ts'
import { add, addHelp } from './sums.ts'

/** A question waits this long for an answer (ms); one that was handed to the control group waits a day. */
const WAITS = 3_600_000
const HANDED_WAITS = 24 * 3_600_000
/** What an admin says within this time after a question (ms) is taken for its answer; members must name or quote who asked. */
const SOON = 3 * 60_000
/** In a busy group the oldest are given up. */
const MOST_OPEN = 10
const SHORTEST = 4
const LONGEST = 300

/** A cheap look before the whole one. */
const mayAsk =
  /[?？吗嘛么呢啥哪谁几]|什|怎|多少|多久|如何|请问|求|\b(?:what|which|how|why|where|who|when|can|is|are|do|does)\b/i

/** Asked of the other members, which is nothing for the answer library. */
const asksMembers = /(?:有没?有?人|有谁|谁|哪位)(?:知道|会|懂|用过|买过|去过|认识|能|有|可以|推荐)|求助|求推荐/

/** A message may ask something, or answer what another asked. */
export function hearQuestion(said: Said, here: GroupCx): void {
  const open = expire(here)
  const asks = said.kind === 'text' && isQuestion(said) && here.roleOf(said.from) === 'member'
  const isTalk = !said.addressed && !said.word && !said.taken
  if (open.length > 0 && isTalk) {
    const answered = answeredBy(said, open, asks, here)
    if (answered) {
      settle(open, answered, 'byHuman', here)
      if (here.roleOf(said.from) === 'member') addHelp(said.from, 1, here)
      return
    }
  }
  if (!asks) return
  for (const member of askedByName(said, here)) addHelp(member, 3, here)
  ask(said.from, false, here)
}

function isQuestion({ text, word }: Said): boolean {
  if (word || text.length < SHORTEST || text.length > LONGEST || !mayAsk.test(text)) return false
  if (asksMembers.test(text)) return true
  const utterance = utteranceOf(text)
  return utterance === 'question' || utterance === 'request'
}

type Open = NonNullable<ReturnType<GroupCx['tables']['noteQuestions']['get']>>['open'][number]

/** The question that a message answers: of whom it quotes or names, or the latest when staff speaks soon after it. */
function answeredBy(said: Said, open: readonly Open[], asks: boolean, here: GroupCx): Open | undefined {
  const { members, group, now } = here
  const others = open.filter(({ from }) => from !== said.from)
  const latest = others.at(-1)
  if (!latest) return undefined
  const text = canonical(said.text)
  const quoted = said.quote && canonical(said.quote.name)
  const named = others.findLast(({ from }) => {
    const name = canonical(members.name(from, group.id))
    return quoted === name || text.includes(`@${name}`)
  })
  if (named) return named
  if (asks || said.quote || /[@＠]/.test(said.text)) return undefined
  return here.roleOf(said.from) !== 'member' && now - latest.at <= SOON ? latest : undefined
}

/** Who is asked by name: 「@阿花 怎么做的？」. */
function askedByName(said: Said, { members, group }: GroupCx): MemberId[] {
  const names = /[@＠]([^\s@＠]{1,30})/.exec(said.text)?.[1]
  return names === undefined ? [] : members.find(names, group.id).filter((member) => member !== said.from)
}

function ask(from: MemberId, handed: boolean, here: GroupCx): void {
  const open = here.tables.noteQuestions.get(here.group.id)?.open ?? []
  add('questions', 1, here)
  const asked = [...open, { from, at: here.now, day: here.today, handed }]
  const given = asked.slice(0, Math.max(0, asked.length - MOST_OPEN))
  for (const { day } of given) add('unanswered', 1, here, day)
  here.tables.noteQuestions.set(here.group.id, { open: asked.slice(given.length) })
}

function settle(open: readonly Open[], question: Open, by: 'byBot' | 'byHuman', here: GroupCx): void {
  here.tables.noteQuestions.set(here.group.id, { open: open.filter((other) => other !== question) })
  add(by, 1, here, question.day)
  if (by === 'byHuman') add('waited', Math.round((here.now - question.at) / 1000), here, question.day)
}

/** The library or the model has answered in a group, or a person by the control group. @param member who had asked, where that is known */
export function noteAnswer(by: 'byBot' | 'byHuman', member: MemberId | undefined, here: GroupCx): void {
  const open = here.tables.noteQuestions.get(here.group.id)?.open ?? []
  const question =
    member === undefined
      ? open.findLast(({ handed }) => !handed)
      : (open.find(({ from, handed }) => from === member && handed) ?? open.findLast(({ from }) => from === member))
  if (question) return settle(open, question, by, here)
  // It was no question by its form, or was given up: an answer of the bot counts with its question.
  if (by === 'byHuman') return
  add('questions', 1, here)
  add(by, 1, here)
}

/** A question was handed to the control group: it waits for a day. */
export function noteHanded(member: MemberId | undefined, here: GroupCx): void {
  if (member === undefined) return
  const open = here.tables.noteQuestions.get(here.group.id)?.open ?? []
  const own = open.findLast(({ from, handed }) => from === member && !handed)
  if (!own) return ask(member, true, here)
  const handed = open.map((question) => (question === own ? { ...own, handed: true } : question))
  here.tables.noteQuestions.set(here.group.id, { open: handed })
}

/** Gives up what nobody has answered in time. @returns what is still open */
export function expire(here: GroupCx): readonly Open[] {
  const { tables, group, now } = here
  const open = tables.noteQuestions.get(group.id)?.open ?? []
  const isLate = ({ at, handed }: Open): boolean => now - at > waits(handed)
  const late = open.filter(isLate)
  if (late.length === 0) return open
  const left = open.filter((question) => !isLate(question))
  for (const { day } of late) add('unanswered', 1, here, day)
  tables.noteQuestions.set(group.id, { open: left })
  return left
}

function waits(handed: boolean): Millis {
  return handed ? HANDED_WAITS : WAITS
}
