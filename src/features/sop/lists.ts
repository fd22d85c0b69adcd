// The calendar as admins read it: today with what became of each post, the coming week, and one post as members would see it.
import type { Effect, Order } from '../../core/types/effect.ts'
import type { GroupId } from '../../core/types/ids.ts'
import { clock } from '../../core/lib/time.ts'
import { nextSlot, slotsOn, type ReadyPost, type Slot } from './calendar.ts'
import { dateNames } from '../../core/lib/date-names.ts'
import { messagesOf, roundOf } from './content.ts'
import { pausedLines } from './pauses.ts'
import { PREVIEW } from './reports.ts'
import { isByHand, postsOf, slotKey, whenOf, whereOf, type Cx, type State } from './state.ts'

/** A post in one of its groups. */
export interface Place {
  ready: ReadyPost
  here: Cx
  group: GroupId
}

/** Where a post is for, by its id: every group that has it, or those of them that are asked for. */
export function placesOf(id: string, cx: Cx, only?: GroupId): Place[] {
  return cx.members.groups().flatMap(({ id: group }) => {
    if (only !== undefined && group !== only) return []
    const here = cx.inGroup(group)
    const ready = postsOf(here).find(({ post }) => post.id === id)
    return ready ? [{ ready, here, group }] : []
  })
}

/** A slot that is made at this moment, by command. */
export function slotNow({ ready, here }: Place): Slot {
  const { today, now, timezone } = here
  const gives = ready.timings[0]?.vars(today, whereOf(here).opened) ?? {}
  return { ready, day: today, clock: clock(now, timezone), due: now, gives }
}

/** `/sop today` */
export function todayText(cx: Cx): string {
  const { text, tables, now } = cx
  const rows = new Map<string, { slot: Slot; states: (State | 'coming' | 'unplanned')[] }>()
  for (const { id } of cx.members.groups()) {
    const here = cx.inGroup(id)
    for (const slot of slotsOn(postsOf(here), here.today, whereOf(here))) {
      const key = `${slot.clock} ${slot.ready.post.id}`
      const row = rows.get(key) ?? { slot, states: [] }
      row.states.push(tables.noteSlots.get(slotKey(id, slot))?.state ?? (slot.due > now ? 'coming' : 'unplanned'))
      rows.set(key, row)
    }
  }
  const byHand = [...tables.noteSlots.entries()].flatMap(([key, { post, when, state }]) => {
    const [group = ''] = key.split('/')
    if (!isByHand(key) || !when.startsWith(cx.today.slice(5))) return []
    const name = cx.members.groups().find(({ id }) => id === group)?.name ?? group
    return [text('byHandLine', { clock: when.slice(6), post, state: text(state), group: name })]
  })
  const lines = [...rows].map(([, { slot, states }]) => {
    const counts = [...new Set(states)].map((state) => {
      const count = states.filter((other) => other === state).length
      return states.length > 1 ? text('stateCount', { state: text(state), count }) : text(state)
    })
    const { post } = slot.ready
    const open = tables.noteTasks.get(post.id)
    const task = open ? text('taskOpen', { owner: post.owner ?? cx.config.owner, when: open.when }) : ''
    return text('todayLine', { clock: slot.clock, post: post.id, states: counts.join(text('and')), task })
  })
  const { date, weekday } = dateNames(cx.today, cx.language)
  const empty = lines.length + byHand.length === 0 ? [text('nothing')] : []
  return [text('today', { date, weekday }), ...pausedLines(cx), ...[...lines, ...byHand].sort(), ...empty].join('\n')
}

/** `/sop preview`: what is to be known about a post, then its messages, of a rotation one that may come next. */
export function preview(places: readonly [Place, ...Place[]], cx: Cx): (Effect | Order)[] {
  const [first] = places
  const { ready, here, group } = first
  const { post } = ready
  const next = nextSlot([ready], cx.now, whereOf(here))
  const { fresh, used } = roundOf(post, here, group)
  const { text } = cx
  const lines = [
    text('preview', {
      post: post.id,
      when: next ? whenOf(next) : text('noNext'),
      groups: places.map((place) => place.here.group?.name ?? place.group).join(text('and')),
    }),
    text('previewOwner', { owner: post.owner ?? cx.config.owner, category: post.category ?? text('none') }),
    ...(post.note === undefined ? [] : [text('previewNote', { note: post.note })]),
    ...(post.rotate ? [text('previewRotation', { count: post.rotate.length, used: used.length })] : []),
    ...(post.human === undefined ? [] : [text('previewTask', { what: post.human })]),
  ]
  const messages = messagesOf(fresh[0] ?? [], next ?? slotNow(first), here, 'control', {
    priority: 'admin',
    freshFor: 600_000,
    ref: PREVIEW,
  }).map((message) => (message.type === 'order' ? cx.replyText(text('previewOrder', { line: message.line })) : message))
  return [cx.replyText(lines.join('\n')), ...messages]
}
