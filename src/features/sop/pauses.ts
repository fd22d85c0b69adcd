// Pausing: all posts, one post, one group, or one post in one group; and going on with what was left out told.
import { arg } from '../../core/feature/arguments.ts'
import { Refusal } from '../../core/types/refusal.ts'
import type { Effect } from '../../core/types/effect.ts'
import { GroupId } from '../../core/types/ids.ts'
import { postsOf, isByHand, type Cx } from './state.ts'

/** What is, or may be, paused; its key in the table says the same. */
interface Scope {
  post?: string
  group?: GroupId
}

const all = 'all'

function keyOf({ post, group }: Scope): string {
  if (post !== undefined) return group === undefined ? `post/${post}` : `both/${group}/${post}`
  return group === undefined ? all : `group/${group}`
}

function scopeOf(key: string): Scope {
  const [kind = '', first = '', post = ''] = key.split('/')
  if (kind === 'post') return { post: first }
  if (kind === 'group') return { group: GroupId.parse(first) }
  return kind === 'both' ? { group: GroupId.parse(first), post } : {}
}

/** What an admin means by `早安`, `福利群` or `早安 福利群`; nothing typed means all. */
function readScope(typed: string, cx: Cx): Scope | string {
  const { tables, members, language } = cx
  if (typed === '') return {}
  const paused = tables.paused.keys().flatMap((key) => scopeOf(key).post ?? [])
  const ids = new Set([
    ...paused,
    ...members.groups().flatMap(({ id }) => postsOf(cx.inGroup(id)).map(({ post }) => post.id)),
  ])
  if (ids.has(typed)) return { post: typed }
  const post = [...ids].find((id) => typed.startsWith(`${id} `))
  const place = post === undefined ? typed : typed.slice(post.length).trim()
  const read = cx.read({ group: arg.group() }, place)
  if (!(read instanceof Refusal)) return { group: read.group.id, ...(post !== undefined && { post }) }
  if (post !== undefined) return read.message[language]
  return cx.text('noPostOrGroup', { typed, known: [...ids].join(cx.text('and')) || cx.text('none') })
}

/** `「早安」`, `「早安」（福利群）`, `福利群` */
function nameOf({ post, group }: Scope, { text, members }: Cx): string {
  const name = group && (members.group(group)?.name ?? group)
  if (post === undefined) return name === undefined ? text('pausedAll') : text('pausedGroup', { group: name })
  return name === undefined ? text('pausedPost', { post }) : text('pausedBoth', { post, group: name })
}

/** What is paused, for the heads of lists; nothing when nothing is. */
export function pausedLines(cx: Cx): string[] {
  const keys = cx.tables.paused.keys().sort()
  if (keys.includes(all)) return [cx.text('pausedNow')]
  return keys.length === 0
    ? []
    : [cx.text('pausedSome', { what: keys.map((key) => nameOf(scopeOf(key), cx)).join(cx.text('and')) })]
}

/** `/sop pause` */
export function pause(typed: string, cx: Cx): Effect {
  const scope = readScope(typed, cx)
  if (typeof scope === 'string') return cx.replyText(scope)
  const key = keyOf(scope)
  const { tables, now } = cx
  if (tables.paused.get(key))
    return key === all ? cx.reply('pausedAlready') : cx.reply('pausedAlreadyOne', { what: nameOf(scope, cx), typed })
  tables.paused.set(key, { since: now })
  return key === all ? cx.reply('pausedDone') : cx.reply('pausedOne', { what: nameOf(scope, cx), typed })
}

/** `/sop resume`: what was named, all when all is paused, else the only thing that is. */
export function resume(typed: string, cx: Cx): Effect {
  const { tables, text } = cx
  const read = readScope(typed, cx)
  if (typeof read === 'string') return cx.replyText(read)
  const keys = tables.paused.keys()
  const [only, another] = keys
  const key = typed === '' && !keys.includes(all) && another === undefined ? (only ?? all) : keyOf(read)
  const paused = tables.paused.get(key)
  if (!paused) {
    if (keys.length === 0) return cx.reply('notPaused')
    return cx.reply(typed === '' ? 'resumeWhich' : 'notPausedThat', {
      what: keys.map((other) => nameOf(scopeOf(other), cx)).join(text('and')),
    })
  }
  tables.paused.delete(key)
  const scope = scopeOf(key)
  const missed = [...tables.noteSlots.entries()].filter(
    ([slot, { state, due, post }]) =>
      state === 'paused' &&
      due >= paused.since &&
      !isByHand(slot) &&
      (scope.post === undefined || scope.post === post) &&
      (scope.group === undefined || slot.startsWith(`${scope.group}/`)),
  )
  const posts = [...new Set(missed.map(([, { post }]) => post))].join(text('and'))
  const told = missed.length === 0 ? text('resumed') : text('resumedMissed', { count: missed.length, posts })
  const what = key === all ? [] : [text('resumedWhat', { what: nameOf(scope, cx) })]
  return cx.replyText([...what, told, ...pausedLines(cx)].join('\n'))
}
