// Names: an advertisement as a name is asked about when it comes up, and not repeated by the bot.
import type { Joined, Renamed } from '../../core/types/event.ts'
import type { GroupId, MemberId } from '../../core/types/ids.ts'
import type { Signal } from '../../adfilter/judgement.ts'
import { latestOf } from './cases.ts'
import { ask } from './filing.ts'
import { judgement, noCircumstances, type Opinion } from './judging.ts'
import { print } from './recent.ts'
import type { Cx } from './records.ts'

const inName: Signal = { name: 'nickname', weight: 0.5, zh: '新人的昵称', en: 'the name of a newcomer' }
const inNewName: Signal = { name: 'nickname', weight: 0.5, zh: '新改的名字', en: 'a new name' }
const reachable = /^(?:wechat|qq|phone|link|telegram)/
/** Graphemes of an advertising name by which its bearer is called. */
const CALLED = 2

/** What the filter thinks of a name, when it looks like an advertisement. */
function adName(name: string, cx: Cx): Opinion | undefined {
  const opinion = judgement({ text: name, kind: 'text', from: null, group: null }, noCircumstances, cx)
  const isReachable = opinion.signals.some((signal) => signal.weight > 0 && reachable.test(signal.name))
  const isAd = opinion.offence === 'ad' && (opinion.zone === 'sure' || (opinion.zone === 'unsure' && isReachable))
  return isAd ? opinion : undefined
}

/** Whether a person's name would advertise if the bot said it. */
export function isAdName(member: MemberId, group: GroupId | null, cx: Cx): boolean {
  return adName(cx.members.name(member, group), cx) !== undefined
}

/** How somebody is called in public: an advertising name by its beginning only. */
export function callName(member: MemberId, group: GroupId, cx: Cx): string {
  const name = cx.members.name(member, group)
  return adName(name, cx) === undefined ? name : `${[...name].slice(0, CALLED).join('')}…`
}

function askAboutName(member: MemberId, group: GroupId, name: string, reason: Signal, cx: Cx) {
  const opinion = cx.roleOf(member) === 'member' ? adName(name, cx) : undefined
  if (!opinion || cx.tables.trusted.get(member)) return
  const words = print(name)
  if (latestOf(member, cx, (one) => one.kind === 'name' && one.print === words)) return
  const signals = [reason, ...opinion.signals]
  ask({ kind: 'name', member, name, groups: [group] }, name, { ...opinion, signals }, cx)
}

/** Newcomers' names are looked at when they come. */
export function lookAtNames({ group, members: joined }: Joined, cx: Cx): void {
  for (const member of joined) askAboutName(member, group, cx.members.name(member, group), inName, cx)
}

/** A new name is looked at as well. A person's own name shows in all his groups. */
export function lookAtRename({ member, group, after }: Renamed, cx: Cx): void {
  const where = group ?? cx.members.groupsOf(member)[0]
  if (where !== undefined && after !== '') askAboutName(member, where, after, inNewName, cx)
  if (group !== null) cx.tables.noteNicknames.delete(`${group}/${member}`)
}
