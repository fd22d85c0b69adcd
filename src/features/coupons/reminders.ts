// Reminders of coupons that end soon: directly to those who have written to the bot, together in a group to the others.
import { z } from 'zod'
import { featureParts, type CommunityContextOf } from '../../core/feature/feature.ts'
import type { Coupon } from '../../core/money/coupons.ts'
import type { Effect } from '../../core/types/effect.ts'
import type { GroupId, MemberId } from '../../core/types/ids.ts'
import { table } from '../../core/feature/tables.ts'
import { addDays } from '../../core/lib/time.ts'
import { Config, readKinds } from './kinds.ts'
import { couponTexts } from './texts.ts'

/** Most coupons in one message. */
export const SHOWN = 5
/** Most people named in one reminder; the rest is counted. */
const NAMED = 10
const HALF_A_DAY = 12 * 3_600_000

export const parts = featureParts({
  config: Config,
  prepare: (config, rows) => readKinds(config, rows),
  tables: {
    /** Who got the welcome pack; the key is the member. */
    packs: table(z.strictObject({ at: z.int() })),
    /** Of which kinds the admins know that they run out; the key is the kind. */
    noteAlarms: table(z.strictObject({ level: z.enum(['low', 'out']) }), { kind: 'note' }),
    /** Who has written to the bot alone, so that it can write back; the key is the member. */
    noteFriends: table(z.strictObject({ at: z.int() }), { kind: 'note' }),
    /** The one record `until`: coupons that end up to that day are reminded of. */
    noteReminded: table(z.strictObject({ day: z.string() }), { kind: 'note' }),
  },
  words: {
    mine: {
      say: [
        '我的券',
        '我的优惠券',
        '券包',
        '我的卷',
        '我的优惠卷',
        '优惠券',
        '优惠卷',
        '我的卡券',
        '卡券',
        '卡包',
        '代金券',
        '我的代金券',
        '我券',
      ],
      en: ['my coupons', 'coupons', 'my coupon', 'my vouchers', 'vouchers'],
      lookedUp: ['券', '卷', 'coupons'],
      look: true,
    },
    redeem: { say: ['核销', '核销码', '核消', '核销券码'], en: ['redeem'], rest: true, staff: true },
    transfer: { say: ['转赠'], en: ['transfer coupon'], rest: true },
  },
  texts: couponTexts,
  jobs: ['remind'],
})
type Cx = CommunityContextOf<typeof parts>
type Owner = readonly [MemberId, readonly Coupon[]]

/** Reminds of every coupon once, `daysBefore` days before its last one. */
export function remind(cx: Cx): Effect[] {
  const { config, ledger, members, today, tables } = cx
  const until = addDays(today, config.remind.daysBefore)
  const done = tables.noteReminded.get('until')?.day ?? addDays(today, -1)
  tables.noteReminded.set('until', { day: until })
  const from = done >= today ? addDays(done, 1) : today
  const owners = byOwner(ledger.coupons.expiring(from, until)).filter(([member]) => members.sure(member))
  const friends = owners.filter(([member]) => tables.noteFriends.get(member))
  const others = owners.filter((owner) => !friends.includes(owner))
  return [...friends.map((owner) => directly(owner, cx)), ...together(others, cx)]
}

/** A direct reminder did not arrive, so that person is a friend no longer and is told in a group. */
export function remindElsewhere(refused: Effect, cx: Cx): Effect[] {
  if (refused.type !== 'say' || refused.merge !== 'reminder' || refused.to === 'control') return []
  if (!('member' in refused.to)) return []
  const { member } = refused.to
  cx.tables.noteFriends.delete(member)
  const soon = cx.ledger.coupons
    .open(member)
    .filter(({ until }) => until <= addDays(cx.today, cx.config.remind.daysBefore))
  return soon.length > 0 ? together([[member, soon]], cx) : []
}

function directly([member, own]: Owner, { text, say }: Cx): Effect {
  const lines = own.slice(0, SHOWN).map((coupon) => text('line', shown(coupon)))
  const whole = text('soonOne', { count: own.length, lines: lines.join('\n') })
  return say({ member }, whole, { freshFor: HALF_A_DAY, merge: 'reminder' })
}

function together(owners: readonly Owner[], cx: Cx): Effect[] {
  const { members, text, word, say } = cx
  const byGroup = new Map<GroupId, Owner[]>()
  for (const owner of owners) {
    const group = members.groupsOf(owner[0]).find((id) => cx.inGroup(id).enabled)
    if (group) byGroup.set(group, [...(byGroup.get(group) ?? []), owner])
  }
  return [...byGroup].map(([group, those]) => {
    const names = those
      .slice(0, NAMED)
      .map(([member, own]) => text('soonName', { name: members.name(member, group), count: own.length }))
    const more = those.length > NAMED ? text('soonMore', { count: those.length }) : ''
    const all = text('soonMany', { names: names.join(text('and')) + more, word: word('mine') })
    return say({ group }, all, { freshFor: HALF_A_DAY })
  })
}

function byOwner(all: readonly Coupon[]): Owner[] {
  const owners = new Map<MemberId, Coupon[]>()
  for (const coupon of all) owners.set(coupon.member, [...(owners.get(coupon.member) ?? []), coupon])
  return [...owners]
}

/** A coupon's part of a list; its last day as `11-28`. */
export function shown({ kind, value, code, until }: Coupon) {
  return { kind, value, code, until: until.slice(5) }
}
