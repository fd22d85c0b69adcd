// Prizes that must be claimed: who does not say so in time loses his prize to the next in the order of luck.
import type { Effect, Reply } from '../../core/types/effect.ts'
import type { MemberId } from '../../core/types/ids.ts'
import type { Draw, GroupCx, Slot } from './records.ts'

const HOUR = 3_600_000

/** How long the winners have, when the settings say so. */
export function claimLine({ config, text, word }: GroupCx): string[] {
  const { claimWithin: hours } = config
  return hours === undefined ? [] : [text('claimIt', { hours, word: word('claim') })]
}

/** Looks at the end of that time who has not come. */
export function awaitClaims(no: number, { config, now, wake }: GroupCx): void {
  if (config.claimWithin !== undefined) wake(now + config.claimWithin * HOUR, 'claim', String(no))
}

/** Somebody claims what he has won in some draws. */
export function claim(from: MemberId, draws: readonly Draw[], cx: GroupCx): Reply {
  const { config, members, tables, now, text, refuse, say, group } = cx
  const won = draws.flatMap((draw) =>
    draw.content.slots.filter(({ member }) => member === from).map((slot) => ({ draw, slot })),
  )
  const fresh = won.filter(({ draw }) => !tables.claims.get(`${draw.no}/${from}`))
  if (fresh.length === 0) return won.length > 0 ? refuse('claimedAlready') : undefined
  for (const { draw } of fresh) tables.claims.set(`${draw.no}/${from}`, { at: now })
  const prizes = fresh.map(({ draw, slot }) => draw.content.prizes[slot.prize]?.name ?? '').join(text('and'))
  const byHand = fresh.some(({ draw, slot }) => draw.content.prizes[slot.prize]?.gives === undefined)
  const where = byHand ? text('claimFrom', { who: config.handOver || text('admins') }) : ''
  const vars = { name: members.name(from, group.id), prizes, where }
  const told: Effect[] = [say({ group: group.id }, text('claimed', vars), { priority: 'reply' })]
  return byHand ? [...told, say('control', text('claimedAdmin', { ...vars, id: from }))] : told
}

/** The prizes that nobody has claimed; a coupon that is used was. */
export function unclaimed({ no, content }: Draw, { tables, ledger }: GroupCx): Slot[] {
  const isUsed = (code: string) => ledger.coupons.find(code)?.used !== null
  return content.slots.filter(({ member, codes }) => !tables.claims.get(`${no}/${member}`) && !codes.some(isUsed))
}
