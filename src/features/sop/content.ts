// What a post says: choosing from a rotation, filling in its variables, and turning it into messages for a group.
import type { Effect, Order } from '../../core/types/effect.ts'
import type { GroupId, Millis } from '../../core/types/ids.ts'
import type { Localised, Vars } from '../../core/types/localised.ts'
import { sha256 } from '../../core/lib/hash.ts'
import { dateNames } from '../../core/lib/date-names.ts'
import { render } from '../../core/lib/render.ts'
import type { Slot } from './calendar.ts'
import type { Part, Post } from './post.ts'
import type { Cx } from './state.ts'

/** Variables that every text may use, beside the operator's own and those of how a post is timed. */
export const givenNames = ['group', 'date', 'weekday', 'time'] as const
/** Variables of commands: a group's name is free to be changed, so commands know it by number only. */
export const orderNames = ['groupId', 'date', 'time'] as const

/** Names to fill in for a slot in a group. */
export function varsOf(slot: Slot, here: Cx): Vars {
  return {
    ...here.config.variables,
    ...slot.gives,
    ...('minutes' in slot.gives ? { left: spanText(Number(slot.gives['minutes']), here.language) } : {}),
    group: here.group?.name ?? '',
    groupId: here.group?.id ?? '',
    time: slot.clock,
    ...dateNames(slot.day, here.language),
  }
}

/** `2 小时`, `30 分钟`, `1 天 4 小时`, however it is signed. */
function spanText(signed: number, language: keyof Localised): string {
  const minutes = Math.abs(signed)
  const parts = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  const units = language === 'zh' ? [' 天', ' 小时', ' 分钟'] : [' days', ' hours', ' minutes']
  const shown = parts.flatMap((count, i) => (count > 0 ? [`${count}${units[i]}`] : []))
  return shown.length > 0 ? shown.join(' ') : `0${units[2]}`
}

/** All contents of a post: its one, or those of its rotation. */
export function contentsOf(post: Post): readonly (readonly Part[])[] {
  return post.rotate ?? (post.content ? [post.content] : [])
}

/** Whether members hear of a post; what is only for a person to do takes nobody's attention in the group. */
export function speaks(post: Post): boolean {
  return contentsOf(post).length > 0
}

/** What may come next of a post in a group, and what is used of this round. Known by what it says, as lists get edited. */
export function roundOf(post: Post, here: Cx, group: GroupId): { fresh: (readonly Part[])[]; used: readonly string[] } {
  const contents = contentsOf(post)
  const names = contents.map(nameOf)
  const used = (here.tables.noteRotations.get(`${group}/${post.id}`)?.used ?? []).filter((name) => names.includes(name))
  const fresh = contents.filter((_, i) => !used.includes(names[i] ?? ''))
  if (fresh.length > 0 || !post.rotate) return { fresh, used }
  // A new round does not begin with what ended the last one.
  return { fresh: contents.filter((_, i) => names[i] !== used.at(-1)), used: [] }
}

/** The content whose turn it is in a group, and notes that it is used. */
export function takeContent(post: Post, here: Cx, group: GroupId): readonly Part[] {
  const { fresh, used } = roundOf(post, here, group)
  const [only = []] = fresh
  if (!post.rotate) return only
  const choice = here.random.pick(fresh)
  here.tables.noteRotations.set(`${group}/${post.id}`, { used: [...used, nameOf(choice)] })
  return choice
}

function nameOf(content: readonly Part[]): string {
  return sha256(JSON.stringify(content)).slice(0, 12)
}

/** @param options how urgent it is, how long it is worth sending, and the mark by which its results are known. */
export function messagesOf(
  parts: readonly Part[],
  slot: Slot,
  here: Cx,
  to: Exclude<(Effect & { type: 'say' })['to'], { member: unknown }>,
  options: { priority: 'post' | 'reply' | 'admin'; freshFor: Millis; ref?: string },
): (Effect | Order)[] {
  const vars = varsOf(slot, here)
  const post = slot.ready.post.id
  // What a command says to the group is a reply, which would overtake the words that introduce it.
  const starts = parts.some((part) => typeof part === 'object' && 'do' in part)
  const { priority, ...others } = options
  const urgency = { ...others, priority: starts && priority === 'post' ? ('reply' as const) : priority }
  return parts.map((part): Effect | Order => {
    if (typeof part === 'string') return here.say(to, render(part, vars), urgency)
    if ('do' in part)
      return {
        type: 'order',
        line: render(part.do, vars),
        ...(here.group && { group: here.group.id }),
        from: here.text('orderFrom', { post, group: vars.group ?? '' }),
      }
    return {
      type: 'file',
      to,
      path: 'picture' in part ? part.picture : 'video' in part ? part.video : part.file,
      ...urgency,
    }
  })
}
