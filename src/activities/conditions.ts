// Conditions that are the same for all kinds: how a line says them, how they are shown, and who may enter under them.
import { arg } from '../core/feature/arguments.ts'
import { argument, type FilledArg } from '../core/feature/argument.ts'
import type { Keyword } from '../core/feature/argument-line.ts'
import type { GroupView } from '../core/feature/directory.ts'
import type { MemberId, Millis } from '../core/types/ids.ts'
import type { Localised } from '../core/types/localised.ts'
import { canonical } from '../core/lib/text.ts'
import { dayAndClock } from '../core/lib/time.ts'
import type { AnyKind } from './kind.ts'
import type { Cx, GroupCx, Live, Terms } from './records.ts'
import type { Refusal } from '../core/types/refusal.ts'

const MINUTE = 60_000
export const DAY = 86_400_000
const LONGEST = 60 * DAY

/** The groups that a line means: several by their tag or `所有群`; the view is that of the first. */
export type Places = GroupView & { all: readonly GroupView[] }

const everywhere = ['全部', '所有群', '全部群', '所有', 'all']

function placesArg(feature: string, called: Localised): FilledArg<Places> {
  const one = arg.groupWith(feature, called)
  const alone = (view: GroupView): Places => ({ ...view, all: [view] })
  const placed = argument<Places>(
    one.label,
    one.example,
    (typed, scene) => {
      const wanted = canonical(typed)
      const able = scene.groupsWith(feature)
      const tagged = able.filter(
        ({ tags }) => everywhere.includes(wanted) || tags.some((tag) => canonical(tag) === wanted),
      )
      const [first] = tagged
      if (first) return { ...first, all: tagged }
      const found = one.parse(typed, scene)
      return 'message' in found ? found : alone(found)
    },
    { words: one.words, optional: true, isPlace: true },
  )
  return {
    ...placed,
    absent(scene) {
      const only = one.absent(scene)
      return 'message' in only ? only : alone(only)
    },
  }
}

const count = (zh: string, en: string, example: number) => arg.int({ zh, en }, { min: 1, max: 100_000, example })

/** The keywords of every kind's line. */
export function commonKeywords(feature: string, called: Localised) {
  return {
    group: { zh: ['群'], en: ['group'], value: placesArg(feature, called) },
    until: { zh: ['截止', '截至'], en: ['until'], value: arg.time({ atLeast: MINUTE, atMost: LONGEST }) },
    from: { zh: ['开始'], en: ['from'], value: arg.time({ atLeast: MINUTE, atMost: LONGEST }) },
    full: { zh: ['满'], en: ['full'], value: count('人数', 'people', 20) },
    days: { zh: ['入群'], en: ['days'], value: count('天数', 'days', 7) },
    points: { zh: ['积分'], en: ['points'], value: count('积分', 'points', 50) },
    word: { zh: ['口令'], en: ['word'], value: arg.text({ zh: '口令', en: 'word' }, { zh: '火锅', en: 'hotpot' }) },
    except: { zh: ['排除'], en: ['except'], value: arg.members() },
  } as const
}

/** 每人, for kinds in which one may take several. */
export function eachKeyword(each: Localised): { each: Keyword<number> } {
  return { each: { zh: ['每人'], en: ['each'], value: arg.int(each, { min: 1, max: 999, example: 3 }) } }
}

/** What a line says of the common conditions. */
export interface SaidCommon {
  group: Places
  until?: Millis
  from?: Millis
  full?: number
  each?: number
  days?: number
  points?: number
  word?: string
  except?: MemberId[]
}

export function termsOf(said: SaidCommon): Terms {
  return {
    full: said.full ?? null,
    each: said.each ?? null,
    days: said.days ?? 0,
    points: said.points ?? 0,
    word: said.word ?? null,
    excluded: said.except ?? [],
  }
}

/** The conditions on one line; undefined when there are none. */
export function conditionsLine(
  kind: AnyKind,
  { terms, closesAt }: Live,
  { text, timezone, language }: GroupCx,
): string | undefined {
  if (kind.saysConditions) return undefined
  const parts = [
    closesAt === null ? '' : text('actOn', { at: dayAndClock(closesAt, timezone) }),
    terms.full === null ? '' : text('actFull', { count: terms.full }),
    terms.each === null ? '' : text('actEach', { count: terms.each, what: kind.each?.[language] ?? '' }),
    terms.days === 0 ? '' : text('actDays', { days: terms.days }),
    terms.points === 0 ? '' : text('actPoints', { points: terms.points }),
    terms.word === null ? '' : text('actWord', { word: terms.word }),
  ].filter((part) => part !== '')
  return parts.length === 0 ? undefined : text('actConditions', { conditions: parts.join(' · ') })
}

/** Why somebody may not enter; undefined when he may. */
export function refusalOf(kind: AnyKind, live: Live, who: MemberId, cx: GroupCx): Refusal | undefined {
  const { members, ledger, now, group, refuse } = cx
  const { terms, no } = live
  const name = members.name(who, group.id)
  if (terms.excluded.includes(who)) return refuse('actExcluded', { who: name, no })
  if (kind.isGuarded && !members.sure(who)) return refuse('actUnsure', { who: name })
  const since = members.since(who, group.id) ?? now
  if (now - since < terms.days * DAY) return refuse('actTooNew', { days: terms.days, who: name })
  const points = ledger.balance(who)
  if (points < terms.points) return refuse('actTooFew', { needed: terms.points, who: name, points })
  return undefined
}

/** `投票「周末吃什么」` */
export function nameOf(
  kind: AnyKind,
  { title }: Pick<Live, 'title'>,
  { text, language }: Pick<Cx, 'text' | 'language'>,
): string {
  return text('actName', { called: kind.called[language], title })
}

export function groupNames({ groups }: Pick<Live, 'groups'>, { members }: Pick<Cx, 'members'>): string {
  return groups.map((id) => members.group(id)?.name ?? id).join('、')
}
