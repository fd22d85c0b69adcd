// The ladder: remind, warn, remove. Strikes fade, follow only sure identities, and are taken back with everything that hangs on them.
import type { Effect } from '../../core/types/effect.ts'
import type { MemberId } from '../../core/types/ids.ts'
import { allCases, caseOf, keep } from './cases.ts'
import { learn } from './lessons.ts'
import { notice } from './notices.ts'
import { mayRemoveByItself, release, remove } from './removals.ts'
import { isNewcomer } from './recent.ts'
import { DAY, type Case, type Cx, type Numbered } from './records.ts'

/** Strikes that have not faded, the oldest first. @param table `noteTrial` for those of dry runs */
export function strikesOf(
  member: MemberId,
  { tables, config, now }: Cx,
  table: 'strikes' | 'noteTrial' = 'strikes',
): { number: number; at: number; weight: number }[] {
  return [...tables[table].entries(member)]
    .map(([key, strike]) => ({ number: Number(key.slice(member.length + 1)), ...strike }))
    .filter(({ at }) => now - at < config.fadeDays * DAY)
    .sort((a, b) => a.number - b.number)
}

/** Where a person stands after one more strike. */
export interface Rung {
  step: 'remind' | 'warn' | 'remove'
  count: number
  of: number
  points: number
  weight: number
  /** The earlier cases that it rests on. */
  rests: number[]
}

/**
 * The step that one more strike leads to. A newcomer begins where everybody does, but from his second on each counts twice.
 * @param isTrial strikes of dry runs count as well
 */
export function nextRung(member: MemberId, cx: Cx, { isNew, isTrial }: { isNew: boolean; isTrial: boolean }): Rung {
  const { config } = cx
  const before = [...strikesOf(member, cx), ...(isTrial ? strikesOf(member, cx, 'noteTrial') : [])]
  const earlier = before.reduce((sum, strike) => sum + strike.weight, 0)
  const weight = isNew && earlier > 0 ? 2 : 1
  const count = Math.min(earlier + weight, config.steps.length)
  const { do: step, points } = config.steps[count - 1] ?? { do: 'remind' as const, points: 0 }
  return { step, count, of: config.steps.length, points, weight, rests: before.map(({ number }) => number) }
}

/** What was done about a case, and what is to be said. */
export interface Done {
  one: Case
  effects: Effect[]
}

/**
 * Takes the next step with the person of a case, in the group where it happened last.
 * @param by `human`: an admin has said that it is right
 */
export function punish(number: number, before: Case, community: Cx, by: 'filter' | 'human'): Done {
  const { member } = before
  const group = before.groups.at(-1)
  if (member === null || group === undefined) return { one: before, effects: [] }
  const cx = community.inGroup(group)
  const { tables, members, now, roleOf } = cx
  const spared = (held: NonNullable<Case['held']>, step: Case['step'] = 'ask'): Case => ({ ...before, held, step })
  if (roleOf(member) !== 'member') return { one: spared('role'), effects: [] }
  if (by === 'filter' && tables.trusted.get(member)) return { one: spared('trusted'), effects: [] }
  if (!members.sure(member)) {
    const one = spared('identity', 'remind')
    return one.dryRun ? { one, effects: [] } : tell(number, one, cx)
  }
  const isNew = by === 'filter' && isNewcomer(member, group, cx)
  const { points, weight, ...rung } = nextRung(member, cx, { isNew, isTrial: before.dryRun })
  // Nobody is removed for talking much, nor by the filter for an insult.
  const isMild = before.kind === 'flood' || (before.offence !== 'ad' && by === 'filter')
  const one: Case = { ...before, ...rung, step: isMild && rung.step === 'remove' ? 'warn' : rung.step, held: null }
  forgetFaded(member, cx)
  tables[one.dryRun ? 'noteTrial' : 'strikes'].set(`${member}/${number}`, { at: now, weight })
  if (one.dryRun) return { one, effects: [] }
  const fine = points === 0 ? 0 : -cx.ledger.correct(member, -points, cx.text('fineWhy', { number }))
  const fined = { ...one, fine }
  if (fined.step !== 'remove') return tell(number, fined, cx)
  // What the removal rests on is in dispute: a human decides, and until then it is a warning.
  if (by === 'filter' && disputed(fined, cx) !== undefined)
    return tell(number, { ...fined, step: 'warn', held: 'appeal' }, cx)
  const held = by === 'human' ? 'human' : mayRemoveByItself(cx) ? null : 'limit'
  if (held === null) return { one: fined, effects: remove(number, fined, fined.groups, cx, { auto: true }) }
  tables.quarantine.set(member, { case: number, at: now })
  return { one: { ...fined, held }, effects: [] }
}

/** Reminds of an insult and puts it to a human: no strike without him. */
export function remindOfInsult(number: number, before: Case, community: Cx): Done {
  const group = before.groups.at(-1)
  if (group === undefined || before.member === null) return { one: before, effects: [] }
  const cx = community.inGroup(group)
  if (cx.tables.trusted.get(before.member)) return { one: { ...before, held: 'trusted' }, effects: [] }
  const one: Case = { ...before, step: 'remind', held: 'attack' }
  return one.dryRun ? { one, effects: [] } : tell(number, one, cx)
}

function tell(number: number, one: Case, cx: Cx): Done {
  const told: Case = { ...one, told: one.groups.at(-1) ?? null }
  return { one: told, effects: [notice(number, told, cx)] }
}

/** The earlier case that a step rests on, and against which an appeal is open. */
export function disputed({ rests }: Case, cx: Cx): number | undefined {
  return rests.find((number) => {
    const one = caseOf(number, cx)
    return one !== undefined && one.appeal !== null && one.state === 'open'
  })
}

function forgetFaded(member: MemberId, { tables, config, now }: Cx) {
  for (const table of ['strikes', 'noteTrial'] as const)
    for (const [key, strike] of tables[table].entries(member))
      if (now - strike.at >= config.fadeDays * DAY) tables[table].delete(key)
}

/** What an undo has given back. */
export interface TakenBack {
  strike: boolean
  points: number
  freed: boolean
  taught: boolean
  /** Later steps that rested on this one, and whether a removal among them was stopped by it. */
  resting: { number: number; one: Case; isStopped: boolean }[]
}

/** Takes everything back that hangs on a case, and teaches that it was none. */
export function takeBack(number: number, one: Case, cx: Cx): TakenBack {
  const { member } = one
  const taught = learn(number, one, false, cx)
  if (member === null) return { strike: false, points: 0, freed: false, taught, resting: [] }
  const strike = cx.tables.strikes.get(`${member}/${number}`) !== undefined
  cx.tables.strikes.delete(`${member}/${number}`)
  cx.tables.noteTrial.delete(`${member}/${number}`)
  const points = one.fine > 0 ? cx.ledger.correct(member, one.fine, cx.text('undoWhy', { number })) : 0
  if (cx.tables.removed.get(member)?.case === number) cx.tables.removed.delete(member)
  const freed = release(member, cx, number)
  return { strike, points, freed, taught, resting: strike ? restingOn(number, member, cx) : [] }
}

/** The later steps that rest on a case. A removal that is not under way yet is stopped: without this strike it was a warning. */
function restingOn(number: number, member: MemberId, cx: Cx): TakenBack['resting'] {
  const later: Numbered[] = [...allCases(cx)].filter(
    ({ one }) => one.member === member && one.state !== 'undone' && !one.dryRun && one.rests.includes(number),
  )
  return later.reverse().map((found) => {
    const isStopped = found.one.step === 'remove' && release(member, cx, found.number)
    if (isStopped) keep(found.number, { ...found.one, step: 'warn', held: null }, cx)
    else if (found.one.held === 'appeal') keep(found.number, { ...found.one, held: null }, cx)
    return { ...found, isStopped }
  })
}
