// Longer answers to admins: how the bot is, what went wrong, what an undo did.
import { houseOf } from '../../core/feature/house.ts'
import type { Lookups, Notice, Status } from '../../core/types/event.ts'
import type { Fill } from '../../core/types/localised.ts'
import type { GroupId, MemberId } from '../../core/types/ids.ts'
import type { Priority } from '../../core/types/effect.ts'
import { cleanName } from '../../core/lib/text.ts'
import { clock, dayKey } from '../../core/lib/time.ts'
import type { AdminContext } from './parts.ts'
import type { adminTexts } from './texts.ts'

interface Reporting extends Pick<AdminContext, 'now' | 'members' | 'timezone' | 'tables'> {
  text: Fill<(typeof adminTexts)['zh']>
}

export function statusText(status: Status, cx: Reporting): string {
  const { now, members, tables, text } = cx
  const house = houseOf(cx)
  const { count, last } = house.ignoredCommands()
  const stray = last && text('strays', { count, name: members.name(last.member), id: last.member, text: last.text })
  const lines = house.statusNotes(status)
  const told = text('status', {
    online: text(status.online ? 'online' : 'offline'),
    hours: ((now - status.since) / 3_600_000).toFixed(1),
    level: text(status.level),
    waiting: status.waiting,
    sent: status.sentToday,
    perDay: status.perDay,
    memory: status.memoryMb,
    strays: stray ?? '',
  })
  const states = (tables.states.get('now')?.states ?? []).flatMap(({ group, short }) =>
    group === null ? [`⚠️ ${short}`] : [],
  )
  const refusing = new Set((tables.states.get('now')?.states ?? []).flatMap(({ group }) => group ?? []))
  const groups = refusing.size === 0 ? [] : [text('statesInGroups', { count: refusing.size })]
  return [told, ...states, ...groups, ...lines].join('\n')
}

/** What a group's states are in short. */
export function statesOf(group: GroupId, { tables }: Pick<AdminContext, 'tables'>): string[] {
  return (tables.states.get('now')?.states ?? []).flatMap((state) =>
    state.group === group ? [`⚠️ ${state.short}`] : [],
  )
}

export function sendingText({ online, level, sending }: Status, { now, timezone, text }: AdminContext): string {
  const { sent, limits, pausedUntil, warmUntil, waits } = sending
  const lines = waits.map(({ priority, count, since, why }) =>
    text('sendingWaits', {
      what: text(`priority_${priority as Priority}`),
      count,
      minutes: Math.max(0, Math.round((now - since) / 60_000)),
      why: text(`wait_${why}`),
    }),
  )
  return [
    text('sendingNow', { state: text(online ? level : 'offline') }),
    text('sendingSent', {
      ...{ minute: sent.minute, perMinute: limits.minute, hour: sent.hour, perHour: limits.hour },
      ...{ day: sent.day, perDay: limits.day },
    }),
    ...(pausedUntil === null ? [] : [text('sendingPaused', { until: clock(pausedUntil, timezone) })]),
    ...(warmUntil === null ? [] : [text('sendingWarm', { until: clock(warmUntil, timezone) })]),
    ...(lines.length === 0 ? [text('sendingNone')] : lines),
  ].join('\n')
}

export function alarmText(tried: Lookups['alarm']['answer'], { text }: AdminContext): string {
  if (tried.length === 0) return text('alarmNone')
  const named = (channel: string) => text(channel === 'mail' ? 'alarmMail' : 'alarmWebhook')
  return tried
    .map(({ channel, error }) =>
      error === null
        ? text('alarmSent', { channel: named(channel) })
        : text('alarmFailed', { channel: named(channel), error }),
    )
    .join('\n')
}

export function noticeText(notice: Notice, { members, timezone, text }: Reporting): string {
  switch (notice.about) {
    case 'groups': {
      const list = (names: readonly string[]) => names.map((name) => `「${name}」`).join('')
      const isManaged = (name: string) => members.groups().some(({ managed }) => managed === name)
      const twins = notice.ambiguous.filter((name) => isManaged(name))
      const unmanaged = notice.ambiguous.filter((name) => !isManaged(name))
      return [
        // News of one group says nothing of how many there are.
        ...(notice.found.length > 0 ? [text('groupsFound', { found: notice.found.length })] : []),
        ...(notice.missing.length > 0 ? [text('groupsUnseen', { names: list(notice.missing) })] : []),
        ...(twins.length > 0 ? [text('groupsTwin', { names: list(twins) })] : []),
        ...(unmanaged.length > 0 ? [text('groupsTwins', { names: list(unmanaged) })] : []),
      ].join('\n')
    }
    case 'gap':
      return text('gap', { from: clock(notice.from, timezone), until: clock(notice.until, timezone) })
    case 'sending':
      return text('sending', { level: text(notice.level), why: text(notice.why) })
    case 'effect':
      return text(notice.outcome === 'uncertain' ? 'uncertainSend' : 'refusedSend', {
        text: notice.text,
        where:
          notice.group === undefined
            ? ''
            : text('inGroup', { group: members.group(notice.group)?.name ?? notice.group }),
        detail: detailText(notice.detail, text),
      })
    case 'store':
    case 'config':
    case 'account':
    case 'states':
      return notice.text
    case 'feature':
      return text('featureFailed', { feature: notice.feature, error: notice.error })
  }
}

const details = {
  'still in the group': 'stillThere',
  'the member list could not be read': 'listUnread',
  'this puppet cannot do it': 'unsupported',
} as const

/** The outbox's detail in the admin's language, where it is one of its own; else what WeChat said, as it is. */
function detailText(detail: string, text: Reporting['text']): string {
  const known = Object.entries(details).find(([code]) => detail.startsWith(code))
  return known ? text(known[1]) : detail
}

/** All that there is to know about a member, for an admin who decides about him. */
export function whoText(who: MemberId, cx: AdminContext): string {
  const { members, roleOf, timezone, tables, text } = cx
  const groups = members.groupsOf(who).map((group) => {
    const since = members.since(who, group) ?? 0
    const name = members.name(who, group)
    const vars = { group: members.group(group)?.name ?? group, name }
    return since === 0 ? text('whoBefore', vars) : text('whoSince', { ...vars, since: dayKey(since, timezone) })
  })
  const names = (tables.noteNames.get(who)?.names ?? []).map((name) => `「${cleanName(name, '')}」`)
  const role = roleOf(who)
  const lines = [
    ...(members.sure(who) ? [] : [text('whoUnsure')]),
    ...(role === 'member' ? [] : [text(role)]),
    ...(groups.length > 0 ? groups : [text('whoNowhere')]),
    ...(names.length > 0 ? [text('whoNames', { names: names.join('') })] : []),
    ...houseOf(cx).about(who),
  ]
  return [`${members.name(who)}（${who}）`, ...lines.map((line) => `· ${line}`)].join('\n')
}
