// Opening a draw: from a typed line, step by step, or at the hour that the settings name.
import { newSecret } from '../../core/lib/hash.ts'
import type { Effect, Reply } from '../../core/types/effect.ts'
import type { GroupId, MemberId } from '../../core/types/ids.ts'
import { canonical } from '../../core/lib/text.ts'
import { nextAt, weekday } from '../../core/lib/time.ts'
import { commitmentOf } from './proof.ts'
import { DAY, drawsIn, type CommunityCx, type Cx, type GroupCx, type Terms } from './records.ts'
import { labelled } from './statement.ts'
import { outsideOf, promisedCoupons, promiseOf, readLine, rulesLine, termsOf, type Line } from './terms.ts'
import { Refusal } from '../../core/types/refusal.ts'
import { same } from '../../core/feature/argument.ts'

/** Older draws are forgotten. */
const KEPT = 100

export interface Wanted {
  group: GroupId
  terms: Terms
}

/** What a typed line asks for. */
export function wantedBy(typed: string, cx: CommunityCx): Wanted | Refusal {
  const line = readLine(typed, cx)
  if (line instanceof Refusal) return line
  const group = groupOf(line, cx)
  if (group instanceof Refusal) return group
  const terms = termsOf(line, cx.inGroup(group))
  return terms instanceof Refusal ? terms : { group, terms }
}

/** The group that a line names, or the only one with draws. */
function groupOf(line: Line, cx: CommunityCx): GroupId | Refusal {
  const typed = line.said.get('group')?.join(' ')
  const groups = groupsWithDraws(cx)
  const found =
    typed === undefined ? groups : cx.members.findGroups(typed).filter(({ id }) => groups.some((g) => g.id === id))
  const [first, another] = found
  if (first && !another) return first.id
  if (groups.length === 0) return cx.refuse('wrongOff')
  return cx.refuse('wrongGroup', { groups: groups.map(({ id, name }) => `${id}（${name}）`).join('、') })
}

/** Where the feature is on. */
export function groupsWithDraws(cx: Cx) {
  return cx.members.groups().filter(({ id }) => cx.inGroup(id).enabled)
}

/** What members see when a draw opens; its commitment is in the statement that 验证 shows. */
export function openingText(no: number, { terms, group }: Wanted, cx: GroupCx): string {
  const own = drawsIn(cx, group, 'open').filter((draw) => draw.no !== no && draw.terms.word === undefined)
  const word = terms.word ?? (own.length > 0 ? `${cx.word('draw')} ${no}` : cx.word('draw'))
  return [cx.text('opened', { no, word }), labelled('rules', rulesLine(terms, cx), cx)].join('\n')
}

/** The number that the last draw got. */
export function lastNumber({ tables }: Cx): number {
  return tables.noteNumber.get('draw')?.no ?? 0
}

/** Opens a draw. @param cx in the draw's group */
export function open(wanted: Wanted, cx: GroupCx): { no: number; effect: Effect } {
  const { tables, numbers, now, random, say, wake } = cx
  const { group, terms } = wanted
  const no = numbers.next()
  const key = String(no)
  const seed = newSecret(random)
  const rules = rulesLine(terms, cx)
  const commitment = commitmentOf({ no, rules, seed })
  cx.ledger.coupons.reserve(promiseOf(no), cx.text('promise', { no }), promisedCoupons(terms))
  tables.noteNumber.set('draw', { no })
  tables.noteSeeds.set(key, { seed, drawnWith: null })
  tables.draws.set(key, { group, at: now, rules, commitment, terms })
  tables.states.set(key, {
    phase: 'open',
    tickets: 0,
    people: 0,
    closesAt: terms.closesAt,
    list: null,
    outside: '',
    slots: [],
    winners: [],
    skipped: [],
    rerolls: [],
  })
  if (terms.closesAt !== null) wake(terms.closesAt, 'close', key)
  forget(no - KEPT, cx)
  return { no, effect: say({ group }, openingText(no, wanted, cx), { priority: 'reply', freshFor: DAY }) }
}

function forget(upTo: number, cx: Cx) {
  const { tables } = cx
  for (const { no, state } of drawsIn(cx, null)) {
    if (no > upTo || state.phase === 'open' || state.phase === 'closed') continue
    for (const one of [tables.draws, tables.states, tables.lists, tables.noteSeeds]) one.delete(String(no))
    for (const many of [tables.entries, tables.guests, tables.numbers, tables.noteShown])
      for (const [key] of many.entries(String(no))) many.delete(key)
  }
}

/** What an admin is told about a draw that was opened. */
export function openedReport(no: number, { group, terms }: Wanted, cx: Cx): string {
  const byHand = terms.prizes.filter(({ gives }) => gives === undefined).map(({ name }) => name)
  return [
    cx.text('openedAdmin', { no, group: cx.members.group(group)?.name ?? group }),
    ...(byHand.length > 0 ? [cx.text('byHand', { prizes: byHand.join('、') })] : []),
    ...(outsideOf(terms) === 'beacon' ? [cx.text('beaconLater', { no, what: terms.outside ?? '' })] : []),
  ].join('\n')
}

/** Sets the alarm for every draw that the settings open by themselves within a day. */
export function armPresets(cx: CommunityCx): void {
  for (const { id } of groupsWithDraws(cx)) {
    const { config, now, timezone, wake } = cx.inGroup(id)
    for (const [name, { opens }] of Object.entries(config.draws))
      if (opens) wake(nextAt(now, opens.at, timezone), 'open', `${id}/${name}`)
  }
}

/** Opens a draw of the settings at its hour. @param late in milliseconds @param cx in the group */
export function openPreset(group: GroupId, name: string, late: number, cx: GroupCx): Effect[] {
  const opens = cx.config.draws[name]?.opens
  if (!opens) return []
  // An hour late, it is better left to the next time than opened when nobody expects it.
  if (!opens.weekdays.includes(weekday(cx.today) + 1) || late > 3_600_000) return []
  const terms = termsOf({ title: name, prizes: [], said: new Map() }, cx)
  if (terms instanceof Refusal)
    return [cx.say('control', cx.text('presetFailed', { name, why: terms.in(cx.language) }))]
  const { no, effect } = open({ group, terms }, cx)
  return [effect, cx.say('control', openedReport(no, { group, terms }, cx))]
}

const steps = ['title', 'group', 'prizes', 'until', 'more', 'go'] as const
type Step = (typeof steps)[number]
const none = ['无', '没有', '手动', 'no', 'none']
const yes = ['开始', '好', 'ok', 'yes', 'go']

/** Begins to ask step by step. */
export function askFirst(from: MemberId, cx: CommunityCx): Effect {
  cx.tables.noteDrafts.set(from, { step: 0, line: '' })
  return cx.replyText(question('title', cx))
}

/** Takes the answer to the question that is open, and asks the next one. */
export function answered(from: MemberId, answer: string, cx: CommunityCx): Reply {
  const draft = cx.tables.noteDrafts.get(from)
  const step = draft && steps[draft.step]
  if (!draft || !step) return cx.reply('noDraft')
  if (step === 'go')
    return yes.includes(canonical(answer)) ? finish(from, draft.line, cx) : cx.replyText(question('go', cx))
  const line = `${draft.line} ${added(step, answer)}`.trim()
  const wrong = judge(step, line, cx)
  if (wrong) return cx.replyText(`${wrong.in(cx.language)}\n${question(step, cx)}`)
  const next = draft.step + (step === 'title' && groupsWithDraws(cx).length < 2 ? 2 : 1)
  cx.tables.noteDrafts.set(from, { step: next, line })
  const following = steps[next] ?? 'go'
  return cx.replyText(following === 'go' ? `${previewOf(line, cx)}\n${question('go', cx)}` : question(following, cx))
}

function added(step: Step, answer: string): string {
  if (step === 'title') return `「${answer}」`
  if (step === 'group') return `群 ${answer}`
  if (none.includes(canonical(answer))) return ''
  return step === 'until' && !/^(?:截止|满|until|full)/iu.test(answer) ? `截止 ${answer}` : answer
}

function judge(step: Step, line: string, cx: CommunityCx): Refusal | undefined {
  const read = readLine(line, cx)
  if (read instanceof Refusal) return read
  const result = step === 'title' ? undefined : step === 'group' ? groupOf(read, cx) : wantedBy(line, cx)
  return result instanceof Refusal ? result : undefined
}

function question(step: Step, cx: CommunityCx): string {
  if (step !== 'group') return cx.text(`ask_${step}`)
  return cx.text('ask_group', {
    groups: groupsWithDraws(cx)
      .map(({ id, name }) => `${id}（${name}）`)
      .join('、'),
  })
}

/** What members would see. */
export function previewOf(typed: string, cx: CommunityCx): string {
  const wanted = wantedBy(typed, cx)
  if (wanted instanceof Refusal) return wanted.in(cx.language)
  return openingText(cx.numbers.next(), wanted, cx.inGroup(wanted.group))
}

function finish(from: MemberId, line: string, cx: CommunityCx): Reply {
  cx.tables.noteDrafts.delete(from)
  return openFromLine(line, cx)
}

/** Opens what a line asks for, or says what is wrong with it. */
export function openFromLine(line: string, cx: CommunityCx): Reply {
  const wanted = wantedBy(line, cx)
  if (wanted instanceof Refusal) return wanted.withCure(same(cx.text('how')))
  const { no, effect } = open(wanted, cx.inGroup(wanted.group))
  return [effect, cx.replyText(openedReport(no, wanted, cx))]
}
