// Journal entries in an admin's words: one line for /log, the whole story for /why.
import type { Coupon } from '../../core/money/coupons.ts'
import { houseOf } from '../../core/feature/house.ts'
import { Planned } from '../../core/types/effect.ts'
import type { Entry, Event, Found } from '../../core/types/event.ts'
import type { GroupId, MemberId } from '../../core/types/ids.ts'
import type { Json, Change } from '../../core/types/json.ts'
import type { Fill } from '../../core/types/localised.ts'
import { dayAndClock } from '../../core/lib/time.ts'
import type { AdminContext } from './parts.ts'
import type { entryTexts } from './texts.ts'

export interface Reading extends Pick<AdminContext, 'now' | 'members' | 'timezone'> {
  text: Fill<(typeof entryTexts)['zh']>
}

const SHOWN_LENGTH = 40

/** `L123 11-21 10:02 小明（福利1群）：签到 → +5 分` */
export function entryLine(entry: Entry, reading: Reading): string {
  const when = dayAndClock(entry.at, reading.timezone)
  const did = consequences(entry.changes, reading).join(reading.text('and'))
  return `L${entry.seq} ${when} ${cause(entry.event, reading)}${did === '' ? '' : ` → ${shorten(did)}`}`
}

/** The same with everything it led to, a line each. */
export function entryStory(entry: Entry, reading: Reading): string {
  const head = `L${entry.seq} ${dayAndClock(entry.at, reading.timezone)} ${cause(entry.event, reading)}`
  const lines = [...consequences(entry.changes, reading), ...records(entry.changes, reading)]
  return [head, ...(lines.length > 0 ? lines : [reading.text('nothing')]).map((line) => `· ${line}`)].join('\n')
}

function cause(event: Event, { members, text }: Reading): string {
  const where = (group: GroupId | null) =>
    group === null ? text('direct') : (members.group(group)?.name ?? text('control'))
  const who = (member: MemberId, group: GroupId | null = null) => `${members.name(member, group)} ${member}`
  switch (event.type) {
    case 'said':
      return text('said', {
        who: who(event.from, event.group),
        where: where(event.group),
        text: shorten(masked(event.text)) || event.kind,
      })
    case 'joined':
    case 'left':
      return text(event.type, {
        who: event.members.map((member) => who(member, event.group)).join(' '),
        where: where(event.group),
      })
    case 'renamed':
      return text('renamed', { who: who(event.member), before: event.before, after: event.after })
    case 'woke':
      return text('woke', { feature: event.feature, job: event.job })
    case 'resulted':
      return text('resulted', { effect: event.effect, outcome: text(event.outcome) })
    case 'found':
      return foundCause(event)
    default:
      return text('other', { type: event.type })
  }

  // The answer is not in the journal; what it was about is.
  function foundCause(found: Found): string {
    const asked = (member: MemberId, group: GroupId | null, words: string) =>
      text('said', { who: who(member, group), where: where(group), text: shorten(words) })
    if (found.what === 'model') return asked(found.query.member, found.query.group, found.query.question)
    if (found.what === 'meaning') return asked(found.query.member, found.query.group, found.query.texts[0] ?? '')
    if (found.what === 'qr') return asked(found.query.from, found.query.group, text('qr'))
    return found.what === 'entry' ? text('undoWhy', { seq: found.query.seq }) : text('other', { type: found.what })
  }
}

// A code that was not used must not be read out.
function masked(text: string): string {
  return text.replace(/^([/／]claim\s+)\S+/i, '$1***')
}

function consequences(changes: readonly Change[], reading: Reading): string[] {
  const { members, text } = reading
  return changes.flatMap(({ table, key, before, after }) => {
    if (table === 'ledger.coupons') return couponLine(before as Coupon | null, after as Coupon | null, reading)
    if (after === null) return []
    if (table === 'ledger.bookings') {
      const { points, why } = after as { points: number; why: string }
      const member = key.slice(0, key.indexOf('/')) as MemberId
      return text('booked', { who: members.name(member), change: points > 0 ? `+${points}` : points, why })
    }
    if (table !== 'outbox.effects') return []
    const { effect } = Planned.parse(after)
    if (effect.type === 'say') return text('says', { text: effect.text.replaceAll('\n', ' ') })
    if (effect.type === 'file') return text('sends', { path: effect.path })
    return effect.type === 'kick' ? text('kicks', { who: members.name(effect.member, effect.group) }) : []
  })
}

function couponLine(before: Coupon | null, after: Coupon | null, { members, text }: Reading): string[] {
  const coupon = after ?? before
  if (!coupon) return []
  const vars = { who: members.name(coupon.member), kind: coupon.kind }
  if (!after) return [text('couponGone', vars)]
  if (!before) return [text('couponGot', vars)]
  if (after.used && !before.used) return [text('couponUsed', vars)]
  return [text(before.used ? 'couponBack' : 'couponMoved', vars)]
}

function records(changes: readonly Change[], reading: Reading): string[] {
  const { text } = reading
  const house = houseOf(reading)
  const show = (value: Json) => (value === null ? text('none') : JSON.stringify(value))
  return changes
    .filter(({ table }) => house.isRecord(table) && !/^(ledger|outbox|engine|directory)\./.test(table))
    .map(({ table, key, before, after }) =>
      text('record', { place: `${table} ${key}`, before: show(before), after: show(after) }),
    )
}

function shorten(line: string): string {
  const characters = [...line.replaceAll('\n', ' ')]
  return characters.length > SHOWN_LENGTH ? `${characters.slice(0, SHOWN_LENGTH).join('')}…` : characters.join('')
}
