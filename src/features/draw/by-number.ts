// Draws among all that is opened and settled: what members and admins do with one by its number, and how it is listed.
import type { Listed, Request } from '../../core/feature/activities.ts'
import type { Effect, Reply } from '../../core/types/effect.ts'
import type { MemberId } from '../../core/types/ids.ts'
import { dayAndClock } from '../../core/lib/time.ts'
import { ticketName } from './proof.ts'
import { drawOf, drawsIn, setState, type CommunityCx, type GroupCx, type Whole } from './records.ts'
import { listPage } from './statement.ts'

/** Entrants on one page. */
const PAGE = 40

/** Does what is asked for by number, as far as it is the same for all activities; other verbs have commands of their own. */
export function act(no: number, { verb, group, from, member, page, until }: Request, cx: CommunityCx): Reply {
  const draw = drawOf(cx, no)
  if (!draw) return undefined
  const there = cx.inGroup(draw.group)
  const isOpen = draw.state.phase === 'open'
  switch (verb) {
    case 'leave':
      if (group !== draw.group) return undefined
      return isOpen ? left(draw, from, there) : there.refuse('closedAlready', { no })
    case 'remove':
      return isOpen && member !== undefined ? cx.replyText(removed(draw, member, there)) : undefined
    case 'list':
      return cx.replyText(entrants(draw, page ?? 1, there))
    case 'prolong':
      return isOpen && until !== undefined ? prolonged(draw, until, there, cx) : undefined
    default:
      return undefined
  }
}

/** All draws that are not forgotten. @param stateLine how one stands, for admins */
export function list(cx: CommunityCx, stateLine: (draw: Whole) => string): Listed[] {
  return drawsIn(cx, null).map((draw) => ({
    number: draw.no,
    name: cx.text('named', { title: draw.terms.title }),
    state: stateLine(draw),
    isOpen: draw.state.phase === 'open',
    groups: [draw.group],
    how: cx.text('howEnter', { word: draw.terms.word ?? `${cx.inGroup(draw.group).word('draw')} ${draw.no}` }),
  }))
}

/** Takes somebody out of an open draw and gives back what he paid. @returns whether he was in it */
function takeOut(draw: Whole, member: MemberId, { tables, ledger, text }: GroupCx): { paid: number } | undefined {
  const key = `${draw.no}/${member}`
  const entry = tables.entries.get(key)
  if (!entry) return undefined
  if (entry.paid > 0) ledger.correct(member, entry.paid, text('whyRefund', { no: draw.no }))
  tables.entries.delete(key)
  setState({ tables }, draw, { people: draw.state.people - 1 })
  return { paid: entry.paid }
}

function left(draw: Whole, member: MemberId, cx: GroupCx): Reply {
  const { members, text, refuse, say } = cx
  const { no, group } = draw
  const name = members.name(member, group)
  const out = takeOut(draw, member, cx)
  if (!out) return refuse('notIn', { name, no })
  const back = out.paid > 0 ? text('refunded', { points: out.paid }) : ''
  return say({ group }, text('leftDraw', { name, no, back }), { priority: 'reply', merge: `draw-${no}` })
}

function removed(draw: Whole, member: MemberId, cx: GroupCx): string {
  const out = takeOut(draw, member, cx)
  const vars = { name: cx.members.name(member), no: draw.no }
  return out
    ? cx.text('leftDraw', { ...vars, back: out.paid > 0 ? cx.text('refunded', { points: out.paid }) : '' })
    : cx.text('notIn', vars)
}

/** Who is in it: the frozen list, or while it is open those who have entered so far. */
export function entrants({ no, state }: Whole, page: number, cx: GroupCx): string {
  const { tables, members, text, group } = cx
  if (state.phase !== 'open') return listPage(no, page, cx) ?? text('noList', { no })
  const lines = [...tables.entries.entries(String(no))]
    .sort(([, a], [, b]) => (a.tickets[0] ?? 0) - (b.tickets[0] ?? 0))
    .map(([key, { tickets }]) => {
      const member = key.slice(key.indexOf('/') + 1) as MemberId
      return `${members.name(member, group.id)} ${member} ${tickets.map(ticketName).join(' ')}`
    })
  if (lines.length === 0) return text('nobodyYet', { no })
  const shown = lines.slice((page - 1) * PAGE, page * PAGE)
  if (shown.length === 0) return text('noList', { no })
  return [text('entrants', { no, count: lines.length, page, pages: Math.ceil(lines.length / PAGE) }), ...shown].join(
    '\n',
  )
}

function prolonged(draw: Whole, until: number, there: GroupCx, cx: CommunityCx): Effect[] {
  const { no, group } = draw
  setState(there, draw, { closesAt: until })
  there.wake(until, 'close', String(no))
  const vars = { no, until: dayAndClock(until, there.timezone) }
  return [there.say({ group }, there.text('prolonged', vars), { priority: 'reply' }), cx.reply('prolonged', vars)]
}
