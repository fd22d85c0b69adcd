// What admins are told unasked: restarts in a row as one notice, the same news once, states when they begin and end.
import type { FriendAsked, LoggedIn, Notice } from '../../core/types/event.ts'
import type { Effect } from '../../core/types/effect.ts'
import { cleanName } from '../../core/lib/text.ts'
import { clock } from '../../core/lib/time.ts'
import type { AdminContext } from './parts.ts'
import { noticeText } from './reports.ts'

const HOUR = 3_600_000
/** Coming on line again within this time (ms) is one story, told when it has been quiet for as long as `CALM`. */
const IN_A_ROW = HOUR
const CALM = 2 * 60_000
/** A gap that ends within this time (ms) after coming on line again is part of that story. */
const WITH_RESTART = 5 * 60_000

const news = (text: string, cx: AdminContext, merge?: string): Effect =>
  cx.say('control', text, { priority: 'news', freshFor: 12 * HOUR, ...(merge === undefined ? {} : { merge }) })

/** The bot came on line: it says hello, or counts it as a restart. */
export function cameOnline({ claim }: LoggedIn, cx: AdminContext): Effect | undefined {
  const { now, tables, wake, text } = cx
  const before = tables.starts.get('now')
  const goesOn = before !== undefined && now - before.last < IN_A_ROW && now >= before.last
  tables.starts.set('now', { first: goesOn ? before.first : now, last: now, count: goesOn ? before.count + 1 : 0 })
  if (claim !== null) return undefined
  if (!goesOn) return news(text('hello'), cx)
  const toldAt = tables.news.get('restarts')?.at ?? -Infinity
  wake(Math.max(now + CALM, toldAt + HOUR), 'restarts', '')
  return undefined
}

/** Restarts in a row are one notice. */
export function tellRestarts(cx: AdminContext): Effect | undefined {
  const { now, tables, text, timezone } = cx
  const starts = tables.starts.get('now')
  if (!starts || starts.count === 0) return undefined
  const told = text('restarts', {
    count: starts.count,
    since: clock(starts.first, timezone),
    last: clock(starts.last, timezone),
  })
  if (tables.news.get('restarts')?.text === told) return undefined
  tables.news.set('restarts', { text: told, at: now })
  return news(told, cx)
}

/** The account accepts nobody by itself: a person has to, on the phone. Many in a row are one message. */
export function friendAsked({ from, hello }: FriendAsked, cx: AdminContext): Effect {
  const name = cx.members.name(from)
  return news(cx.text('friendAsked', { name, hello: cleanName(hello).slice(0, 60) }), cx, 'friends')
}

/** Something that the operator should know. */
export function noticed(notice: Notice, cx: AdminContext): Effect | undefined {
  const { now, tables } = cx
  const told = (): Effect => news(noticeText(notice, cx), cx)
  switch (notice.about) {
    case 'states':
      tables.states.set('now', { states: notice.states })
      return notice.text === '' ? undefined : cx.replyText(notice.text)
    case 'sending':
      return cx.say('control', noticeText(notice, cx), { priority: 'safety' })
    case 'feature': {
      const about = `${notice.feature} ${notice.error}`
      if (now - (tables.told.get(about)?.at ?? -Infinity) < HOUR) return undefined
      tables.told.set(about, { at: now })
      return told()
    }
    case 'groups': {
      tables.states.set('ambiguous', { states: notice.ambiguous.map((short) => ({ group: null, short })) })
      if ([...notice.found, ...notice.missing, ...notice.ambiguous].length === 0) return undefined
      const text = noticeText(notice, cx)
      const before = tables.news.get('groups')
      if (before?.text === text && now - before.at < 24 * HOUR && notice.found.length > 0) return undefined
      tables.news.set('groups', { text, at: now })
      return told()
    }
    case 'gap': {
      const starts = tables.starts.get('now')
      return starts && starts.count > 0 && now - starts.last < WITH_RESTART ? undefined : told()
    }
    case 'effect':
      return news(noticeText(notice, cx), cx, 'effects')
    case 'store':
    case 'config':
    case 'account':
      return told()
  }
}
