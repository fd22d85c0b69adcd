// Questions for a human: handed to the control group with a number, and answered from there.
import type { Effect } from '../../core/types/effect.ts'
import { fillAnswer, partsOf, sent, targetOf } from './answers.ts'
import type { Part } from './entry.ts'
import { wordingKey } from './library.ts'
import { teach } from './misses.ts'
import { kept, nextNumber, runningCount, type Asked, type FaqContext } from './state.ts'

/** Questions are forgotten after this time. */
const keptFor = 7 * 86_400_000
/** Shortest time (ms) between two notices to one member that his question was not passed on. */
const refuseAgain = 60_000
/** Most quick replies that are named. */
const quickShown = 6

/** Passes a question on. @param here the context of the group it was asked in */
export function handOver(asked: Asked, here: FaqContext): Effect[] {
  const { config, tables, controlGroup, members, now, today, text, say } = here
  const name = members.name(asked.from, asked.group)
  const handed = tables.noteHanded.get(asked.from)
  const { period, count } = runningCount(handed && { period: handed.day, count: handed.count }, today)
  const tell = (key: 'handed' | 'handedAlready' | 'handedEnough' | 'noHuman') =>
    say(targetOf(asked), text(key, { name, staff: config.staff }), { priority: 'reply' })
  const refuse = (key: Parameters<typeof tell>[0]) => {
    if (now - (handed?.refused ?? 0) < refuseAgain) return []
    tables.noteHanded.set(asked.from, { day: period, count, refused: now })
    return [tell(key)]
  }
  if (controlGroup === null || config.handoversPerDay === 0) return refuse('noHuman')
  const question = kept(asked.question)
  forget(here)
  const key = wordingKey(question)
  for (const [, before] of tables.handovers.entries()) {
    if (before.open && before.group === asked.group && wordingKey(before.question) === key)
      return refuse('handedAlready')
  }
  if (count >= config.handoversPerDay) return refuse('handedEnough')
  tables.noteHanded.set(asked.from, { ...handed, day: period, count: count + 1 })
  const number = nextNumber(here)
  tables.handovers.set(String(number), {
    group: asked.group,
    from: asked.from,
    question,
    at: now,
    open: true,
    answer: null,
  })
  const names = Object.keys(config.quick).slice(0, quickShown)
  const quick = names.length > 0 ? text('quickHint', { number, names: names.map((one) => `@${one}`).join(' ') }) : ''
  const place = here.group?.name ?? text('inDirect')
  return [tell('handed'), say('control', text('asked', { number, place, name, question, quick }))]
}

function forget({ tables, now }: FaqContext) {
  for (const [number, { at }] of tables.handovers.entries()) {
    if (now - at > keptFor) tables.handovers.delete(number)
  }
}

/** The number that the last question got. */
export function lastNumber({ tables }: FaqContext): number {
  return tables.noteLast.get('handover')?.number ?? 0
}

/** For an admin who typed the number of a question behind a command for something else. */
export function aboutHandover(number: number, { tables, members, text }: FaqContext): string | undefined {
  const asked = tables.handovers.get(String(number))
  return asked && text('aboutHandover', { number, name: members.name(asked.from, asked.group) })
}

/** What to say of a number that is no question. */
export function noHandover(number: number, { numbers, reply, replyText }: FaqContext): Effect {
  const other = numbers.about(number)
  return other === undefined ? reply('noHandover', { number }) : replyText(other)
}

/** `/r 12 text` and `/r 12 @quick`: the answer goes where the question was asked. */
export function answerHandover(number: number, typed: string, cx: FaqContext): Effect | Effect[] {
  const asked = cx.tables.handovers.get(String(number))
  if (!asked) return noHandover(number, cx)
  const { group, from } = asked
  const here = group === null ? cx : cx.inGroup(group)
  const { config, members, tables, text, reply } = here
  const name = members.name(from, group)
  if (group !== null && (!members.group(group) || !members.isIn(from, group))) return reply('gone', { name })
  const quick = /^[@＠](\S+)$/u.exec(typed.trim())?.[1]
  const isEntry = quick !== undefined && !Object.hasOwn(config.quick, quick) && here.prepared.library.byId.has(quick)
  const parts = quick === undefined ? [typed] : quickParts(quick, name, here)
  if (parts === undefined) {
    const names = Object.keys(config.quick)
      .map((one) => `@${one}`)
      .join(' ')
    return names === '' ? reply('noQuickAtAll', { quick: typed }) : reply('noQuick', { quick: typed, names })
  }
  tables.handovers.set(String(number), { ...asked, open: false, answer: quick === undefined ? typed : asked.answer })
  const place = here.group?.name ?? text('inDirect')
  const [first, ...more] = parts
  const [answer, rest] = typeof first === 'string' ? [first, more] : ['', parts]
  const head = text('humanAnswer', { name, staff: config.staff, answer }).trim()
  return [
    ...sent([head, ...rest], targetOf(asked), here),
    reply(quick === undefined ? 'answered' : 'answeredQuick', { number, place }),
    // Who answers with an entry says what the question meant.
    ...(isEntry ? [teach(asked.question, quick, number, cx)] : []),
  ]
}

/** A quick reply by its name, or the answer of an entry by its id. */
function quickParts(name: string, asker: string, here: FaqContext): Part[] | undefined {
  const quick = new Map(Object.entries(here.config.quick)).get(name)
  if (quick !== undefined) return [fillAnswer(quick, asker, here)]
  const entry = here.prepared.library.byId.get(name)?.entry
  return entry && partsOf(entry, asker, here)
}
