// Brings a message before the admins: a case is opened or goes on, and the next step is taken where it is sure.
import type { Effect } from '../../core/types/effect.ts'
import type { Said } from '../../core/types/event.ts'
import type { GroupId } from '../../core/types/ids.ts'
import { burstOf, grown, isAsking, keep, latest, latestOf, open, wordsOf } from './cases.ts'
import { wordsIn, type Opinion } from './judging.ts'
import { punish, remindOfInsult } from './ladder.ts'
import { cameWithWave, isNewcomer, print } from './recent.ts'
import { holdBack } from './removals.ts'
import { HOUR, MINUTE, type Case, type Cx } from './records.ts'

/** Merge doubtful messages of one person within this window (ms) into one case. */
const ASK_AGAIN = 10 * MINUTE

/** Hurtful words of two people within this time (ms) are a quarrel. */
const QUARREL = 10 * MINUTE

/** Somebody has surely done it: the next step with him, or silence where that was just taken. */
export function hit(
  kind: 'ad' | 'attack' | 'flood',
  said: Pick<Said, 'from' | 'text' | 'description'>,
  group: GroupId,
  opinion: Opinion,
  cx: Cx,
  picture: string | null = null,
): readonly Effect[] | undefined {
  const { from } = said
  const burst = burstOf(from, cx)
  // Who is not punished anyway is not told, nor told about, every half minute.
  const same =
    burst ??
    latestOf(from, cx, (one) => isNotPunished(one) && one.offence === offenceOf(kind) && cx.now - one.last < ASK_AGAIN)
  const isDecided = same !== undefined && (same.one.step !== 'ask' || same.one.held !== null)
  // An advertisement among insults is another matter.
  if (isDecided && !(kind === 'ad' && same.one.kind === 'attack')) {
    keep(same.number, grown(same.one, group, cx), cx)
    return same.one.dryRun || same.one.step === 'ask' ? undefined : []
  }
  const facts = factsOf(kind, wordsIn(said), opinion)
  // What was only doubtful a moment ago is the same case, now with a reason to act.
  const { number, one } =
    burst && !isDecided && kind !== 'flood'
      ? { number: burst.number, one: { ...grown(burst.one, group, cx), ...facts, ...wordsOf(facts.text) } }
      : open({ ...facts, picture, ...whoOf(said, group, cx), groups: [group] }, cx)
  const done = act(kind, number, one, group, cx)
  keep(number, done.one, cx, true)
  const isPunished = !one.dryRun && (done.one.step !== 'ask' || done.one.held === 'raid')
  return isPunished ? done.effects : undefined
}

function act(kind: 'ad' | 'attack' | 'flood', number: number, one: Case, group: GroupId, cx: Cx) {
  // Who answers an insult is not told off where who began was not.
  if (kind === 'attack') return isAnswer(one, group, cx) ? { one, effects: [] } : remindOfInsult(number, one, cx)
  const { member } = one
  const isRaid =
    kind === 'ad' && member !== null && cameWithWave(member, group, cx) && isNewcomer(member, group, cx) && !one.dryRun
  return isRaid ? holdBack(number, one, cx) : punish(number, one, cx, 'filter')
}

/** Whether somebody else has just said hurtful words in the group and was not told off for it. */
function isAnswer({ member }: Case, group: GroupId, cx: Cx): boolean {
  const first = latest(
    cx,
    (one) =>
      one.offence === 'attack' && one.member !== member && one.groups.includes(group) && cx.now - one.last < QUARREL,
  )
  return first !== undefined && first.one.told === null
}

const isNotPunished = ({ held, state }: Case): boolean =>
  (held === 'trusted' || held === 'identity' || held === 'attack') && state !== 'undone'

const offenceOf = (kind: 'ad' | 'attack' | 'flood') => (kind === 'flood' ? 'other' : kind)

/** Puts something to the admins, once: a human who has not answered yet is not asked again about the same person or the same words. */
export function ask(
  what: Pick<Case, 'kind' | 'member' | 'name' | 'groups'> & Partial<Case>,
  text: string,
  opinion: Opinion,
  cx: Cx,
): void {
  const { member } = what
  const group = what.groups.at(-1)
  const words = print(text)
  const isSame = (one: Case): boolean =>
    (member !== null && one.member === member && cx.now - one.last < ASK_AGAIN) ||
    (one.print === words && text !== '' && cx.now - one.last < HOUR)
  const waiting = (member && burstOf(member, cx)) ?? latest(cx, (one) => isAsking(one) && isSame(one))
  if (waiting && group !== undefined) keep(waiting.number, grown(waiting.one, group, cx), cx)
  else open({ ...factsOf('ad', text, opinion), ...what }, cx)
}

function factsOf(kind: 'ad' | 'attack' | 'flood', text: string, opinion: Opinion) {
  const { probability, signals, dryRun, offence } = opinion
  if (kind === 'flood') return { kind, offence: 'other' as const, text, dryRun }
  return {
    kind: offence === 'attack' ? ('attack' as const) : kind,
    offence,
    text,
    dryRun,
    probability,
    signals: [...signals],
  }
}

/** Whom a case is about, and where. */
export function whoOf({ from }: Pick<Said, 'from'>, group: GroupId, { members }: Cx) {
  return { member: from, name: members.name(from, group), groups: [group] }
}
