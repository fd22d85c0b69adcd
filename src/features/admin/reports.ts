// Longer answers to admins: how the bot is, what went wrong, what an undo did.
import { houseOf } from '../../core/feature/house.ts'
import type { Notice, Status } from '../../core/types/event.ts'
import type { Fill } from '../../core/types/localised.ts'
import type { MemberId } from '../../core/types/ids.ts'
import { cleanName } from '../../core/lib/text.ts'
import { clock, dayKey } from '../../core/lib/time.ts'
import type { AdminContext } from './parts.ts'
import type { adminTexts } from './texts.ts'

interface Reporting extends Pick<AdminContext, 'now' | 'members' | 'timezone'> {
  text: Fill<(typeof adminTexts)['zh']>
}

export function statusText(status: Status, cx: Reporting): string {
  const { now, members, text } = cx
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
  return [told, ...lines].join('\n')
}

export function noticeText(notice: Notice, { timezone, text }: Reporting): string {
  switch (notice.about) {
    case 'groups': {
      const named = (key: 'missing' | 'ambiguous') =>
        notice[key].length === 0 ? '' : text(key, { names: notice[key].map((name) => `「${name}」`).join('') })
      return text('groupsNotice', {
        found: notice.found.length,
        missing: named('missing'),
        ambiguous: named('ambiguous'),
      })
    }
    case 'gap':
      return text('gap', { from: clock(notice.from, timezone), until: clock(notice.until, timezone) })
    case 'sending':
      return text('sending', { level: text(notice.level), why: text(notice.why) })
    case 'effect':
      return text(notice.outcome === 'uncertain' ? 'uncertainSend' : 'refusedSend', {
        text: notice.text,
        detail: detailText(notice.detail, text),
      })
    case 'store':
    case 'config':
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
