// How admins name cases and people: `41 43`, `41-60`, `41 辱骂`, `41 不学`, `@王五 原因`.
import { argument, type Arg } from '../../core/feature/argument.ts'
import type { Directory } from '../../core/feature/directory.ts'
import type { MemberId } from '../../core/types/ids.ts'
import { canonical } from '../../core/lib/text.ts'
import type { Offence } from './records.ts'
import { Refusal } from '../../core/types/refusal.ts'

/** Cases that can be decided in one line. */
const MOST = 60

/** Numbers of cases, and what was typed behind them. */
export interface Cases {
  numbers: number[]
  /** Some came from a range such as `41-60`. */
  isRange: boolean
  offence?: Offence
  /** `不学`: decided without a lesson for the filter. */
  untaught?: true
}

const offenceWords: Readonly<Record<string, Offence>> = {
  ...({ 广告: 'ad', 广告的: 'ad', ad: 'ad', ads: 'ad', spam: 'ad' } as const),
  ...({
    辱骂: 'attack',
    骂人: 'attack',
    攻击: 'attack',
    人身攻击: 'attack',
    attack: 'attack',
    insult: 'attack',
  } as const),
  ...({ 其他: 'other', 其它: 'other', 别的: 'other', other: 'other' } as const),
}
const untaughtWords = new Set(['不学', '不学习', '别学', '不教', 'nolearn', 'no-learn', 'unlearned', 'untaught'])
const number = /^#?(\d{1,9})(?:[-~–—]#?(\d{1,9}))?$/

/** @returns undefined when the text does not begin with a number */
function readCases(typed: string): Cases | Refusal | undefined {
  // As a Chinese keyboard writes them: full width, with a full stop.
  const parts = canonical(typed)
    .split(/[\s,，、。]+/)
    .filter((part) => part !== '')
  if (!/^#?\d/.test(parts[0] ?? '')) return undefined
  const numbers = new Set<number>()
  const read: Cases = { numbers: [], isRange: false }
  for (const part of parts) {
    const [, from, to] = number.exec(part) ?? []
    const offence = Object.hasOwn(offenceWords, part) ? offenceWords[part] : undefined
    if (offence !== undefined) read.offence = offence
    else if (untaughtWords.has(part)) read.untaught = true
    else if (from === undefined)
      return new Refusal(`「${part.slice(0, 20)}」不是案件号`, `“${part.slice(0, 20)}” is not a case number`)
    else {
      const last = Number(to ?? from)
      if (last < Number(from) || last - Number(from) >= MOST) return tooMany
      if (to !== undefined) read.isRange = true
      for (let one = Number(from); one <= last; one++) numbers.add(one)
    }
  }
  if (numbers.size > MOST) return tooMany
  return { ...read, numbers: [...numbers] }
}

const tooMany = new Refusal(`一次最多 ${MOST} 个`, `at most ${MOST} at once`)

/** `41`, `41 43`, `41-60`, with a kind behind. */
export const caseNumbers: Arg<Cases> = argument(
  { zh: '案件号', en: 'case' },
  { zh: '41', en: '41' },
  (typed) => {
    const shown = typed.slice(0, 20)
    return readCases(typed) ?? new Refusal(`「${shown}」不是案件号`, `“${shown}” is not a case number`)
  },
  { rest: true },
)

/** A person, and why. */
export interface Person {
  member: MemberId
  why: string
}

/** `@王五 发广告` @returns what is wrong, when nobody or several bear that name */
function readPerson(typed: string, members: Directory): Person | Refusal {
  const whole = typed.replace(/\u2005/g, ' ').trim()
  // Names may hold spaces: the longest beginning that is somebody's name is meant.
  const ends = [...whole.matchAll(/\s+|$/g)].map((match) => match.index).filter((at) => at > 0)
  const found = ends
    .map((at) => ({ at, who: members.find(whole.slice(0, at)) }))
    .filter(({ who }) => who.length > 0)
    .at(-1)
  const name = whole.split(/\s/)[0]?.slice(0, 20) ?? ''
  if (!found) return new Refusal(`没找到成员「${name}」`, `there is no member “${name}”`)
  const [member, other] = found.who
  if (member === undefined || other !== undefined) {
    const shown = found.who.slice(0, 5).map((id) => {
      const groups = members.groupsOf(id).map((group) => members.group(group)?.name ?? group)
      return `${id}${groups.length > 0 ? `（${groups.join('、')}）` : ''}`
    })
    return new Refusal(
      `有 ${found.who.length} 个成员叫「${whole.slice(0, found.at)}」：${shown.join('、')}。请写编号`,
      `there are ${found.who.length} members of the name “${whole.slice(0, found.at)}”: ${shown.join(', ')}. Please give the id`,
    )
  }
  return { member, why: whole.slice(found.at).trim().slice(0, 100) }
}

/** `41`, or `@王五 发广告`. */
export const casesOrPerson: Arg<Cases | Person> = argument(
  { zh: '案件号 或 @成员 原因', en: 'case, or @member reason' },
  { zh: '41', en: '41' },
  (typed, { members }) => readCases(typed) ?? readPerson(typed, members),
  { rest: true },
)

/** `@王五 在群里吵架`; the reason is needed. */
export const personWithReason: Arg<Person> = argument(
  { zh: '@成员 原因', en: '@member reason' },
  { zh: '@小明 请不要刷屏', en: '@Ming please do not flood' },
  (typed, { members }) => {
    const read = readPerson(typed, members)
    if (read instanceof Refusal || read.why !== '') return read
    return new Refusal('请写上原因，他会在群里看到', 'please add the reason, which he will read in the group')
  },
  { rest: true },
)
