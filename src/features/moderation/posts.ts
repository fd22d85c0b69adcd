// The shop's own posts of the last days, in all groups of the community.
import type { GroupId, MemberId } from '../../core/types/ids.ts'
import { ownPost } from '../../adfilter/own.ts'
import { canonical } from '../../core/lib/text.ts'
import { DAY, type Cx } from './records.ts'

/** What is kept of each group: enough for the sign-up lists that go round there. */
const KEPT = { posts: 20, time: 3 * DAY, longest: 1500 }
/** Shorter posts (characters) are said by anybody. */
export const SHORTEST_POST = 12

/** Keeps a post. @param by who has said it; undefined for the account itself */
export function keepPost(id: string, text: string, group: GroupId, { tables, now }: Cx, by?: MemberId) {
  const { noteWelcome } = tables
  if (canonical(text).length < SHORTEST_POST) return
  noteWelcome.set(`${group}/${id}`, { at: now, text: text.slice(0, KEPT.longest), ...(by === undefined ? {} : { by }) })
  const all = [...noteWelcome.entries(group)].sort(([, a], [, b]) => b.at - a.at)
  for (const [i, [key, { at }]] of all.entries()) if (i >= KEPT.posts || now - at >= KEPT.time) noteWelcome.delete(key)
}

/** The posts of the shop in all groups of the community, as the filter knows them. */
export function ownPosts({ tables, now }: Cx): string[] {
  return [...tables.noteWelcome.entries()].flatMap(([, { at, text }]) =>
    text !== '' && now - at < KEPT.time ? (ownPost(text) ?? []) : [],
  )
}
