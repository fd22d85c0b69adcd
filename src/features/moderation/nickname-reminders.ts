// Reminds members once whose group nickname lacks the form that the group asks for; several people share a reminder.
import type { Effect } from '../../core/types/effect.ts'
import type { Said } from '../../core/types/event.ts'
import { GroupId } from '../../core/types/ids.ts'
import { callName } from './names.ts'
import { patternSign } from './nicknames.ts'
import { partsOf } from './places.ts'
import { MINUTE, type Cx } from './records.ts'

/** A newcomer is given time to read the greeting first. */
const SETTLED = 10 * MINUTE
/** Reminders wait for others of the same group. */
const TOGETHER = { first: MINUTE, again: 10 * MINUTE }
const NAMED = 10

/** Reminds a member once who talks without the nickname form of his group, together with others. */
export function watchNickname({ from, group }: Said, cx: Cx): void {
  const { config, prepared, tables, members, roleOf, now } = cx
  if (group === null || !config.nickname || !prepared.hasForm || roleOf(from) !== 'member') return
  const key = `${group}/${from}`
  if (tables.noteNicknames.get(key) || now - (members.since(from, group) ?? now) < SETTLED) return
  if (prepared.hasForm(members.name(from, group))) return
  const isFirst = ![...tables.noteNicknames.entries(group)].some(([, { told }]) => told === 0)
  tables.noteNicknames.set(key, { at: now, told: 0 })
  if (isFirst) cx.wake(now + TOGETHER.first, 'nicknames', group)
}

/** Reminds those who wait for it. */
export function remindOfNicknames(key: string, community: Cx): Effect | undefined {
  const group = GroupId.parse(key)
  const cx = community.inGroup(group)
  const { tables, members, config, prepared, now, text } = cx
  const waiting = [...tables.noteNicknames.entries(group)]
    .filter(([, { told }]) => told === 0)
    .sort(([, a], [, b]) => a.at - b.at)
  const people = waiting.slice(0, NAMED)
  for (const [one] of people) tables.noteNicknames.set(one, { at: now, told: now })
  if (waiting.length > NAMED) cx.wake(now + TOGETHER.again, 'nicknames', group)
  const { nickname } = config
  const there = people
    .map(([one]) => partsOf(one).member)
    .filter((member) => members.isIn(member, group) && prepared.hasForm?.(members.name(member, group)) === false)
  if (!nickname || there.length === 0 || !cx.members.group(group)) return undefined
  const names = there.map((member) => `@${callName(member, group, cx)}`).join(' ')
  const words = nickname.remind ?? text('nickname', { form: shownForm(nickname.form, text) })
  return cx.say({ group }, `${names} ${words}`, { priority: 'reply' })
}

/** A pattern says nothing to a member. */
function shownForm(form: string, text: Cx['text']): string {
  return patternSign.test(form) ? text('nicknameRules') : text('nicknameForm', { form })
}
