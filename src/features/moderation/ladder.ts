// The ladder: remind, warn, remove. Strikes fade, follow only sure identities, and are taken back with everything that hangs on them.
import type { Effect } from '../../core/types/effect.ts'
import type { MemberId } from '../../core/types/ids.ts'
import { learn } from './cases.ts'
import { mainReasons } from './cards.ts'
import { mayRemoveByItself, release, remove } from './removals.ts'
import { isNewcomer } from './recent.ts'
import { DAY, MINUTE, type Case, type Cx } from './records.ts'

/** After so long nobody knows any more which message is meant by the one just now. */
const JUST_NOW = 10 * MINUTE

/** Strikes that have not faded, the oldest first. */
export function strikesOf(
  member: MemberId,
  { tables, config, now }: Cx,
): { number: number; at: number; weight: number }[] {
  return [...tables.strikes.entries(member)]
    .map(([key, strike]) => ({ number: Number(key.slice(member.length + 1)), ...strike }))
    .filter(({ at }) => now - at < config.fadeDays * DAY)
    .sort((a, b) => a.number - b.number)
}

/**
 * Takes the next step with the person of a case, in the group where it happened last.
 * @param by `human`: an admin has said that it is right
 * @returns the case with what was done, and what is to be said
 */
export function punish(
  number: number,
  before: Case,
  community: Cx,
  by: 'filter' | 'human',
): { one: Case; effects: Effect[] } {
  const { member } = before
  const group = before.groups.at(-1)
  if (member === null || group === undefined) return { one: before, effects: [] }
  const cx = community.inGroup(group)
  const { tables, members, config, now, house } = cx
  const spared = (held: NonNullable<Case['held']>, step: Case['step'] = 'ask'): Case => ({ ...before, held, step })
  if (house.rights.roleOf(member) !== 'member') return { one: spared('role'), effects: [] }
  if (by === 'filter' && tables.trusted.get(member)) return { one: spared('trusted'), effects: [] }
  if (!members.sure(member)) {
    const one = spared('identity', 'remind')
    return { one, effects: one.dryRun ? [] : [notice(number, one, cx)] }
  }
  const weight = by === 'filter' && isNewcomer(member, group, cx) ? 2 : 1
  const earlier = strikesOf(member, cx).reduce((sum, strike) => sum + strike.weight, 0)
  const count = Math.min(earlier + weight, config.steps.length)
  const { do: wanted, points } = config.steps[count - 1] ?? { do: 'remind' as const, points: 0 }
  // Nobody is removed for talking much.
  const step = before.kind === 'flood' && wanted === 'remove' ? 'warn' : wanted
  const one: Case = { ...before, step, count, of: config.steps.length, held: null }
  if (one.dryRun) return { one, effects: [] }
  for (const [key, strike] of tables.strikes.entries(member))
    if (now - strike.at >= config.fadeDays * DAY) tables.strikes.delete(key)
  tables.strikes.set(`${member}/${number}`, { at: now, weight })
  const fine = points === 0 ? 0 : -cx.ledger.correct(member, -points, cx.text('fineWhy', { number }))
  const fined = { ...one, fine }
  if (step !== 'remove') return { one: fined, effects: [notice(number, fined, cx)] }
  const held = by === 'human' ? 'human' : mayRemoveByItself(cx) ? null : 'limit'
  if (held === null) return { one: fined, effects: remove(number, fined, cx, { auto: true }) }
  tables.quarantine.set(member, { case: number, at: now })
  return { one: { ...fined, held }, effects: [] }
}

/** Takes everything back that hangs on a case, and teaches that it was none. @returns what was taken back */
export function takeBack(
  number: number,
  one: Case,
  cx: Cx,
): { strike: boolean; points: number; freed: boolean; taught: boolean } {
  const { member } = one
  const taught = learn(number, one, false, cx)
  if (member === null) return { strike: false, points: 0, freed: false, taught }
  const strike = cx.tables.strikes.get(`${member}/${number}`) !== undefined
  cx.tables.strikes.delete(`${member}/${number}`)
  const points = one.fine > 0 ? cx.ledger.correct(member, one.fine, cx.text('undoWhy', { number })) : 0
  if (cx.tables.removed.get(member)?.case === number) cx.tables.removed.delete(member)
  return { strike, points, freed: release(member, cx, number), taught }
}

/** What the person reads in the group; several at once go out as one message. */
function notice(number: number, one: Case, cx: Cx): Effect {
  const group = one.groups.at(-1)
  if (group === undefined || one.member === null) throw new Error(`case ${number} has nobody to tell`)
  const { config, text } = cx
  const next =
    config.steps[Math.min(one.count + (isNewcomer(one.member, group, cx) ? 2 : 1), config.steps.length) - 1]?.do
  const vars = { name: one.name, number, count: one.count, of: one.of, appeal: cx.word('appeal') }
  const why = mainReasons(one, cx)
  const said = one.kind === 'report' ? 'toldReport' : cx.now - one.last < JUST_NOW ? 'toldAd' : 'toldAdLater'
  const head =
    one.kind === 'flood' ? text('toldFlood', vars) : text(said, { ...vars, why: why && text('toldWhy', { why }) })
  const key = one.count === 0 ? 'toldUncounted' : one.step === 'warn' ? 'toldWarning' : 'toldReminder'
  const then =
    next === undefined ? '' : text(next === 'remove' ? 'thenRemove' : next === 'warn' ? 'thenWarn' : 'thenRemind')
  const fine = one.fine > 0 ? text('toldFine', { points: one.fine }) : ''
  const body = text(key, { ...vars, then: one.kind === 'flood' && next === 'remove' ? '' : then, fine })
  return cx.say({ group }, `${head}\n${body}`, { priority: 'moderation', merge: 'order' })
}
