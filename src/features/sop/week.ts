// `/sop week`: by group, a line for each post of the coming seven days, with what is skipped or paused and what will be held back.
import type { GroupId } from '../../core/types/ids.ts'
import { addDays, type DayKey } from '../../core/lib/time.ts'
import { slotsOn, type Slot } from './calendar.ts'
import { dateNames } from '../../core/lib/date-names.ts'
import { speaks } from './content.ts'
import { factsOf, hindranceAt } from './holding.ts'
import { pausedLines } from './pauses.ts'
import { isActivity } from './rhythm.ts'
import { shareOf, sideOf } from './share.ts'
import { isPaused, postsOf, slotKey, whereOf, type Cx, type State, type Why } from './state.ts'

const DAYS = 7
/** More groups with the same week than this are told by number. */
const NAMED = 5

/** What became, or will become, of a slot: its state, or why it will be held back. */
interface Outlook {
  slot: Slot
  state: State
  why?: Why
}

/** All slots of a group on some days, in order, with what is to be expected of each if all goes as planned. */
export function outlookOf(days: readonly DayKey[], here: Cx, group: GroupId): Outlook[] {
  const foreseen = new Map<string, Outlook>()
  for (const slot of days.flatMap((day) => slotsOn(postsOf(here), day, whereOf(here)))) {
    const key = slotKey(group, slot)
    foreseen.set(key, { slot, ...expected(slot, here, group, foreseen) })
  }
  return [...foreseen.values()]
}

function expected(slot: Slot, here: Cx, group: GroupId, foreseen: ReadonlyMap<string, Outlook>): Omit<Outlook, 'slot'> {
  const facts = factsOf(here, group, foreseen)
  const known = facts.stateOf(slot)
  if (known !== undefined) return { state: known }
  if (slot.due <= here.now) return { state: 'missed' }
  if (isPaused(slot.ready.post.id, group, here)) return { state: 'paused' }
  const why = hindranceAt(slot, slot.due, facts)
  return why ? { state: 'missed', why } : { state: 'sent' }
}

export function weekText(cx: Cx, only?: GroupId): string {
  const { text } = cx
  const days = Array.from({ length: DAYS }, (_, i) => addDays(cx.today, i))
  const groupsByWeek = new Map<string, string[]>()
  for (const { id, name } of cx.members.groups()) {
    if (only !== undefined && id !== only) continue
    const here = cx.inGroup(id)
    const outlooks = outlookOf(days, here, id)
    const lines = [...linesOf(outlooks, days, cx), ...shareLine(outlooks, here)]
    if (lines.length > 0) groupsByWeek.set(lines.join('\n'), [...(groupsByWeek.get(lines.join('\n')) ?? []), name])
  }
  const [first, last] = [cx.today, days.at(-1) ?? cx.today].map((day) => dateNames(day, cx.language))
  const head = text('weekHead', {
    first: `${first?.date} ${first?.weekday}`,
    last: `${last?.date} ${last?.weekday}`,
  })
  const parts = [...groupsByWeek].map(([lines, names]) => {
    const some = names.slice(0, NAMED).join(text('and'))
    const groups = names.length > NAMED ? text('weekManyGroups', { some, count: names.length }) : some
    return `${text('weekGroup', { groups })}\n${lines}`
  })
  return [[head, ...pausedLines(cx)].join('\n'), ...(parts.length > 0 ? parts : [text('nothing')])].join('\n\n')
}

/** How much of the week is activities, where the group's purpose says how much it should be. */
function shareLine(outlooks: readonly Outlook[], { text, config, group }: Cx): string[] {
  const share = shareOf(group?.tags ?? [], config)
  const posts = outlooks.flatMap(({ slot, state }) =>
    arrived.includes(state) && speaks(slot.ready.post) ? [slot.ready.post] : [],
  )
  if (posts.length < 2 || (share.atLeast ?? share.atMost) === undefined) return []
  const count = posts.filter((post) => isActivity(post, config)).length
  const limits = [
    ...(share.atLeast === undefined ? [] : [text('shareLeast', { percent: share.atLeast })]),
    ...(share.atMost === undefined ? [] : [text('shareMost', { percent: share.atMost })]),
  ].join(text('comma'))
  const side = sideOf(count, posts.length, share)
  const percent = Math.round((100 * count) / posts.length)
  const line = text('weekShare', { count, all: posts.length, percent, limits })
  return [side ? line + text(side === 'under' ? 'shareUnder' : 'shareOver') : line]
}

const arrived: readonly State[] = ['sending', 'sent', 'uncertain', 'resent']

/** A line for each post, in the order of their first times. */
function linesOf(outlooks: readonly Outlook[], days: readonly DayKey[], cx: Cx): string[] {
  const byPost = new Map<string, Outlook[]>()
  const inOrder = [...outlooks].sort((a, b) => (a.slot.clock < b.slot.clock ? -1 : a.slot.clock > b.slot.clock ? 1 : 0))
  for (const outlook of inOrder) {
    const { id } = outlook.slot.ready.post
    byPost.set(id, [...(byPost.get(id) ?? []), outlook])
  }
  return [...byPost].map(([post, own]) => {
    const when = timesText(own, days, cx)
    const exceptions = exceptionsText(own, days, cx)
    return cx.text(exceptions === '' ? 'weekLine' : 'weekLineBut', { post, when, exceptions })
  })
}

/** `08:00、12:00 每天，20:00 周二、周六` */
function timesText(own: readonly Outlook[], days: readonly DayKey[], cx: Cx): string {
  const daysByClock = grouped(own, ({ slot }) => slot.clock)
  const clocksByDays = grouped([...daysByClock], ([, some]) => daysText(some, days, cx))
  return [...clocksByDays]
    .map(([when, clocks]) => `${clocks.map(([clock]) => clock).join(cx.text('and'))} ${when}`)
    .join(cx.text('comma'))
}

/** `周二跳过，周六不会发：当天条数满了` */
function exceptionsText(own: readonly Outlook[], days: readonly DayKey[], cx: Cx): string {
  const hasClocks = new Set(own.map(({ slot }) => slot.clock)).size > 1
  const odd = own.filter(({ state }) => state !== 'sent' && state !== 'sending' && state !== 'resent')
  const byFate = grouped(odd, ({ state, why, slot }) => `${state} ${why ?? ''} ${hasClocks ? slot.clock : ''}`)
  return [...byFate.values()]
    .flatMap((same) => {
      const [first] = same
      if (!first) return []
      const at = `${daysText(same, days, cx)}${hasClocks ? ` ${first.slot.clock}` : ''}`
      const fate = fateText(first, cx)
      return [cx.text('weekFate', { days: at, fate })]
    })
    .join(cx.text('comma'))
}

function fateText({ slot, state, why }: Outlook, cx: Cx): string {
  if (why)
    return cx.text('weekHeld', { why: cx.text(why in shortWhys ? shortWhys[why as keyof typeof shortWhys] : why) })
  return cx.text(state === 'paused' && slot.due > cx.now ? 'heldPaused' : state)
}

const shortWhys = {
  tooMany: 'heldMany',
  crowded: 'heldCrowded',
  yieldsPlace: 'heldPlace',
  yieldsNumber: 'heldNumber',
  quiet: 'heldQuiet',
  noControl: 'heldControl',
} as const satisfies Partial<Record<Why, string>>

function daysText(own: readonly Outlook[], days: readonly DayKey[], cx: Cx): string {
  const own7 = new Set(own.map(({ slot }) => slot.day))
  if (own7.size === days.length) return cx.text('everyDay')
  return days
    .filter((day) => own7.has(day))
    .map((day) => dateNames(day, cx.language).weekday)
    .join(cx.text('and'))
}

function grouped<T>(items: readonly T[], by: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>()
  for (const item of items) found.set(by(item), [...(found.get(by(item)) ?? []), item])
  return found
}
