// Terms of a draw: what a line and the settings say of it, and the rules line that everybody sees.
import type { Keyword, Line } from '../../core/feature/argument-line.ts'
import { argument } from '../../core/feature/argument.ts'
import { arg } from '../../core/feature/arguments.ts'
import { timeOf } from '../../core/feature/argument-time.ts'
import { canonical } from '../../core/lib/text.ts'
import { clock, dayKey } from '../../core/lib/time.ts'
import type { Prize } from '../../core/money/prize.ts'
import type { Localised } from '../../core/types/localised.ts'
import { Refusal } from '../../core/types/refusal.ts'
import type { SaidCommon } from '../../activities/conditions.ts'
import { Outside, unopened, type Content, type Cx, type Draw, type GroupCx } from './records.ts'

const count = (zh: string, en: string, example: number) => arg.int({ zh, en }, { min: 0, max: 100_000, example })
const outside = argument(
  { zh: '外部数', en: 'outside number' },
  { zh: '群友', en: 'members' },
  (typed) =>
    Outside.safeParse(typed).success
      ? typed
      : new Refusal(
          `「${typed.slice(0, 30)}」不能做外部数：30 个字以内，只用字、数字、空格、点和横线`,
          `“${typed.slice(0, 30)}” cannot be an outside number: at most 30 letters, digits, blanks, dots and dashes`,
        ),
  { words: 5 },
)

/** What the line of a draw says beside the conditions of all activities. */
export const keywords = {
  cost: { zh: ['票价'], en: ['cost'], value: count('积分', 'points', 10) },
  level: {
    zh: ['等级'],
    en: ['level'],
    value: arg.text({ zh: '等级名', en: 'level' }, { zh: '老朋友', en: 'friend' }),
  },
  friends: { zh: ['拉新'], en: ['friends'], value: count('张数', 'tickets', 2) },
  everyone: { zh: ['人人'], en: ['everyone'], value: arg.prize() },
  outside: { zh: ['外部'], en: ['outside'], value: outside },
  clean: { zh: ['无警告'], en: ['unwarned'], value: arg.flag() },
} satisfies Record<string, Keyword<unknown>>
type DrawLine = Pick<Line<typeof keywords>, 'title' | 'things'> & { said: Line<typeof keywords>['said'] & SaidCommon }

/** A line with the conditions of the settings' draw of that title, and those of its level. */
export function completed(line: DrawLine, cx: GroupCx): DrawLine | Refusal {
  const preset = cx.config.draws[line.title]
  const { closes, prizes = [], opens: _, clean, ...more } = preset ?? {}
  // The settings mean the same whoever opens the draw, so nobody is asked.
  const until = closes === undefined ? undefined : timeOf(closes, { ...cx.scene, canAsk: false })
  if (until instanceof Refusal && line.said.until === undefined) return until
  const closesAt = until === undefined || until instanceof Refusal ? {} : { until }
  const said = { ...more, ...(clean ? { clean: true as const } : {}), ...closesAt, ...line.said } as DrawLine['said']
  const things =
    line.things.length > 0 ? line.things : prizes.map(({ stock, ...prize }) => ({ ...prize, count: stock }) as never)
  if (said.level === undefined) return { ...line, things, said }
  const { levels } = cx.config
  const level = Object.entries(levels).find(([name]) => canonical(name) === canonical(said.level ?? ''))?.[1]
  if (!level) return cx.refuse('wrongLevel', { typed: said.level, levels: Object.keys(levels).join('、') || '—' })
  const days = Math.max(said.days ?? 0, level.days)
  const points = Math.max(said.points ?? 0, level.points)
  return { ...line, things, said: { ...said, days, points } }
}

/** What a draw holds by its line, or why it cannot be. */
export function contentOf({ things, said }: DrawLine, cx: GroupCx): Content | Refusal {
  const { cost = 0, friends = 0, everyone = null, level = null, outside = null, clean = false } = said
  const prizes = things.map(({ name, count: stock, gives }) => ({ name, stock, ...(gives ? { gives } : {}) }))
  if (prizes.length === 0) return cx.refuse('wrongPrizes')
  const content = unopened({ prizes, cost, friends, everyone, level, outside, isClean: clean })
  const gives = [...prizes.map((prize) => prize.gives), everyone]
  const isAboutPoints = cost > 0 || (said.points ?? 0) > 0 || gives.some((prize) => prize && 'points' in prize)
  if (isAboutPoints && !cx.scene.groupsWith('points').some(({ id }) => id === cx.group.id))
    return cx.refuse('wrongNoPoints', { group: cx.group.name })
  const { coupons } = cx.ledger
  const end = said.until === undefined ? cx.today : dayKey(said.until, cx.timezone)
  for (const prize of gives) {
    const kind = prize && 'coupon' in prize ? coupons.kinds.get(prize.coupon) : undefined
    if (kind && 'until' in kind.valid && kind.valid.until < end)
      return cx.refuse('wrongOver', { coupon: kind.name, until: kind.valid.until })
  }
  if (everyone && 'coupon' in everyone && said.full === undefined) {
    const left = coupons.left(everyone.coupon)
    if (left !== null) return cx.refuse('wrongOpenEnd', { coupon: everyone.coupon, left })
  }
  return content
}

/** The coupons that a draw promises, by kind: what is set aside while it is open. */
export function promisedCoupons({ content: { prizes, everyone }, terms: { full } }: Pick<Draw, 'content' | 'terms'>) {
  const wanted = new Map<string, number>()
  const add = (prize: Prize | null | undefined, times: number) => {
    if (prize && 'coupon' in prize && times > 0)
      wanted.set(prize.coupon, (wanted.get(prize.coupon) ?? 0) + prize.count * times)
  }
  for (const { gives, stock } of prizes) add(gives, stock)
  const winners = prizes.reduce((sum, { stock }) => sum + stock, 0)
  add(everyone, (full ?? 0) - winners)
  return wanted
}

/** Whether and from where a number from outside is mixed in. */
export function outsideOf({ outside }: Pick<Content, 'outside'>): 'none' | 'members' | 'beacon' {
  return outside === null ? 'none' : ['群友', 'members'].includes(canonical(outside)) ? 'members' : 'beacon'
}

const phrases: Record<keyof Localised, Record<string, (value: string) => string>> = {
  zh: {
    prizes: (list) => `奖品 ${list}`,
    everyone: (prize) => `其余每人 ${prize}`.replace(' 「', '「'),
    closesAt: (at) => `${at} 截止`,
    full: (count) => `满 ${count} 人截止`,
    cost: (points) => `每张票 ${points} 分`,
    each: (count) => `每人最多 ${count} 张票`,
    level: (name) => `等级 ${name}`,
    days: (days) => `入群满 ${days} 天`,
    points: (points) => `积分满 ${points}`,
    friends: (count) => `带来一位新朋友多 1 张票，最多 ${count} 张`,
    clean: () => '有警告的不能中奖',
    excluded: (ids) => `不参加：${ids}`,
    outside: (what) => `掺入外部数：${what}`,
  },
  en: {
    prizes: (list) => `prizes ${list}`,
    everyone: (prize) => `everybody else ${prize}`,
    closesAt: (at) => `closes ${at}`,
    full: (count) => `closes at ${count} people`,
    cost: (points) => `${points} points a ticket`,
    each: (count) => `at most ${count} tickets each`,
    level: (name) => `level ${name}`,
    days: (days) => `in the group for ${days} days`,
    points: (points) => `at least ${points} points`,
    friends: (count) => `one more ticket for a friend brought in, at most ${count}`,
    clean: () => 'nobody who is under a warning can win',
    excluded: (ids) => `without ${ids}`,
    outside: (what) => `outside number: ${what}`,
  },
}

/** The one line that is posted, and that the commitment binds. Its second part names the prizes: `奖品 车厘子一箱×1、10元券×2`. */
export function rulesLine(
  { title, content, terms, closesAt }: Pick<Draw, 'title' | 'content' | 'terms' | 'closesAt'>,
  cx: Pick<Cx, 'language' | 'timezone' | 'prizeText'>,
): string {
  const { language, timezone } = cx
  const { prizes, everyone, cost, level, friends, outside, isClean } = content
  const values: Record<string, string | number | false | null> = {
    prizes: prizes.map(({ name, stock }) => `${name}×${stock}`).join(language === 'zh' ? '、' : ', '),
    everyone: everyone && cx.prizeText(everyone),
    closesAt: closesAt !== null && `${dayKey(closesAt, timezone)} ${clock(closesAt, timezone)}`,
    full: terms.full,
    cost: cost > 0 && cost,
    each: (terms.each ?? 1) > 1 && terms.each,
    level,
    days: terms.days > 0 && terms.days,
    points: terms.points > 0 && terms.points,
    friends: friends > 0 && friends,
    clean: isClean && '',
    excluded: terms.excluded.length > 0 && terms.excluded.join(' '),
    outside,
  }
  const parts = Object.entries(values).flatMap(([key, value]) =>
    value === null || value === false ? [] : (phrases[language][key]?.(String(value)) ?? []),
  )
  return [title, ...parts].join(language === 'zh' ? '；' : '; ')
}
