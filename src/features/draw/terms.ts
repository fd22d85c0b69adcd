// Terms of a draw: read from one typed line or from the settings, and written as the rules line that everybody sees.
import { words, type Scene } from '../../core/feature/argument.ts'
import { timeOf } from '../../core/feature/argument-time.ts'
import { keyOf } from '../../core/money/coupons.ts'
import type { Localised } from '../../core/types/localised.ts'
import type { Prize } from '../../core/money/prize.ts'
import { canonical } from '../../core/lib/text.ts'
import { clock, dayKey } from '../../core/lib/time.ts'
import { drawsIn, Label, Terms, type Config, type Cx, type GroupCx, type DrawPrize, type Preset } from './records.ts'
import { Refusal } from '../../core/types/refusal.ts'

const MINUTE = 60_000
const LONGEST = 60 * 24 * 60 * MINUTE

const keywords = {
  group: ['群', 'group'],
  until: ['截止', 'until'],
  full: ['满', 'full'],
  cost: ['票价', 'cost'],
  each: ['每人', 'each'],
  days: ['入群', 'days'],
  points: ['积分', 'points'],
  level: ['等级', 'level'],
  friends: ['拉新', 'friends'],
  word: ['口令', 'word'],
  everyone: ['人人', 'everyone'],
  outside: ['外部', 'outside'],
  except: ['排除', 'except'],
} as const
type Keyword = keyof typeof keywords
/** `10元券x3` */
const prizeForm = /^(.+?) ?[x×*✕] ?(\d{1,3})$/iu

/** A line cut into its parts: the title, prizes, and what follows each keyword. */
export interface Line {
  title: string
  prizes: { name: string; stock: number }[]
  said: Map<Keyword, string[]>
}

export function readLine(text: string, { refuse }: Cx): Line | Refusal {
  // `Cherries x1` is `Cherriesx1`.
  const [first, ...rest] = words(text.replace(/ +([x×*✕]\d{1,3})(?=\s|$)/giu, '$1')).map((one) => one.text)
  if (first === undefined) return refuse('wrongTitle', { typed: '' })
  if (!Label.safeParse(first).success) return refuse('wrongTitle', { typed: first.slice(0, 30) })
  const line: Line = { title: first, prizes: [], said: new Map() }
  let open: Keyword | undefined
  for (const word of rest) {
    const found = keywordOf(word)
    const [, name, stock] = prizeForm.exec(word) ?? []
    const wantsMore = open !== undefined && (line.said.get(open)?.length ?? 0) === 0
    if (wantsMore && open) line.said.set(open, [word])
    else if (name !== undefined && Number(stock) > 0) {
      if (!Label.safeParse(name).success) return refuse('wrongTitle', { typed: name.slice(0, 30) })
      line.prizes.push({ name, stock: Number(stock) })
      open = undefined
    } else if (found) {
      open = found.keyword
      line.said.set(open, [...(open === 'except' ? (line.said.get(open) ?? []) : []), ...found.rest])
    } else if (open === 'until' || open === 'outside' || open === 'except') {
      line.said.set(open, [...(line.said.get(open) ?? []), word])
    } else return refuse('wrongWord', { typed: word.slice(0, 30) })
  }
  const empty = [...line.said].find(([, values]) => values.length === 0)
  return empty ? refuse('wrongEmpty', { keyword: keywords[empty[0]].join('/') }) : line
}

// `满100人` as well as `满 100`; English keywords stand alone.
function keywordOf(word: string): { keyword: Keyword; rest: string[] } | undefined {
  for (const [keyword, [han, english]] of Object.entries(keywords) as [Keyword, readonly [string, string]][]) {
    if (word === han || canonical(word) === english) return { keyword, rest: [] }
    if (word.startsWith(han)) return { keyword, rest: [word.slice(han.length)] }
  }
  return undefined
}

/** The terms that a line means in a group; a title from the settings brings the conditions written there. */
export function termsOf(line: Line, cx: GroupCx): Terms | Refusal {
  const preset = cx.config.draws[line.title]
  const prizes: DrawPrize[] = line.prizes.map((prize) => {
    const gives = prizeCalled(prize.name, cx)
    return gives ? { ...prize, gives } : prize
  })
  const base = preset ?? { prizes: [], cost: 0, each: 1, days: 0, points: 0, friends: 0 }
  const { closes, opens: _, ...conditions }: Preset = { ...base, ...(prizes.length > 0 ? { prizes } : {}) }
  const terms: Terms = { ...conditions, title: line.title, closesAt: null, excluded: [] }
  if (terms.prizes.length === 0) return cx.refuse('wrongPrizes')
  const said = new Map(line.said)
  if (closes !== undefined && !said.has('until')) {
    // The settings mean the same whoever opens the draw, so nobody is asked.
    const wrong = setClosing(terms, closes, cx, { ...cx.scene, canAsk: false })
    if (wrong) return wrong
  }
  for (const [keyword, values] of said) {
    const wrong = setters[keyword]?.(terms, values.join(' '), cx, values)
    if (wrong) return wrong
  }
  const level = terms.level === undefined ? undefined : levelOf(terms.level, cx.config)
  if (terms.level !== undefined && !level) {
    return cx.refuse('wrongLevel', { typed: terms.level, levels: Object.keys(cx.config.levels).join('、') || '—' })
  }
  terms.days = Math.max(terms.days, level?.days ?? 0)
  terms.points = Math.max(terms.points, level?.points ?? 0)
  // The schema's bounds count for what is typed as well.
  const parsed = Terms.safeParse(terms)
  if (!parsed.success) return cx.refuse('wrongValue', { typed: parsed.error.issues[0]?.path.join('.') ?? '' })
  return pointless(parsed.data, cx) ?? outdated(parsed.data, cx) ?? shortOf(parsed.data, cx) ?? parsed.data
}

function setClosing(terms: Terms, typed: string, cx: Cx, scene: Scene): Refusal | undefined {
  const { now, language } = cx
  const at = timeOf(typed, scene)
  if (at instanceof Refusal) return cx.refuse('wrongTime', { why: at.message[language] })
  if (at < now + MINUTE || at > now + LONGEST) return cx.refuse('wrongTimeFar', { typed: typed.slice(0, 30) })
  terms.closesAt = at
  return undefined
}

type Setter = (terms: Terms, typed: string, cx: GroupCx, values: readonly string[]) => Refusal | undefined
const number =
  (field: 'full' | 'cost' | 'each' | 'days' | 'points' | 'friends'): Setter =>
  (terms, typed, cx) => {
    const [, digits] = /^(\d{1,6}) ?\p{L}*$/u.exec(canonical(typed)) ?? []
    if (digits === undefined) return cx.refuse('wrongNumber', { typed: typed.slice(0, 30) })
    terms[field] = Number(digits)
    return undefined
  }
const setters: Partial<Record<Keyword, Setter>> = {
  until: (terms, typed, cx) => setClosing(terms, typed, cx, cx.scene),
  full: number('full'),
  cost: number('cost'),
  each: number('each'),
  days: number('days'),
  points: number('points'),
  friends: number('friends'),
  level(terms, typed) {
    terms.level = typed
    return undefined
  },
  word(terms, typed, cx) {
    const { group } = cx
    const other = drawsIn(cx, group.id, 'open').find(
      ({ terms: { word } }) => word !== undefined && canonical(word) === canonical(typed),
    )
    if (other) return cx.refuse('wrongSameWord', { word: typed.slice(0, 30), no: other.no })
    const what = cx.wordOf(typed)
    if (what !== undefined) return cx.refuse('wrongTaken', { typed: typed.slice(0, 30), what })
    terms.word = typed
    return undefined
  },
  outside(terms, typed) {
    terms.outside = typed
    return undefined
  },
  everyone(terms, typed, cx) {
    const prize = prizeCalled(typed, cx)
    if (!prize) return cx.refuse('wrongEveryone', { typed: typed.slice(0, 30) })
    terms.everyone = prize
    return undefined
  },
  except(terms, _typed, cx, values) {
    const { members } = cx
    for (const typed of values) {
      const [member, another] = members.find(typed)
      if (member === undefined || another !== undefined) return cx.refuse('wrongMember', { typed: typed.slice(0, 30) })
      terms.excluded.push(member)
    }
    return undefined
  },
}

/** `10元券` by the name of a coupon, `20分` as points. */
function prizeCalled(name: string, { ledger }: Cx): Prize | undefined {
  const coupon = [...ledger.coupons.kinds.keys()].find((kind) => keyOf(kind) === keyOf(name))
  if (coupon !== undefined) return { coupon, count: 1 }
  const [, points] = /^(\d{1,6}) ?(?:分|积分|points?)$/.exec(canonical(name)) ?? []
  return points !== undefined && Number(points) > 0 ? { points: Number(points) } : undefined
}

function levelOf(name: string, config: Config) {
  return Object.entries(config.levels).find(([one]) => canonical(one) === canonical(name))?.[1]
}

/** Points in a group where there are none. */
function pointless({ prizes, everyone, cost, points }: Terms, cx: GroupCx): Refusal | undefined {
  const { group, scene } = cx
  const gives = [...prizes.map((prize) => prize.gives), everyone].some((prize) => prize && 'points' in prize)
  if (!gives && cost === 0 && points === 0) return undefined
  return scene.groupsWith('points').some(({ id }) => id === group.id)
    ? undefined
    : cx.refuse('wrongNoPoints', { group: group.name })
}

/** A coupon that is over before the draw is. */
function outdated({ prizes, everyone, closesAt }: Terms, cx: GroupCx): Refusal | undefined {
  const { ledger, today, timezone } = cx
  const end = closesAt === null ? today : dayKey(closesAt, timezone)
  for (const prize of [...prizes.map(({ gives }) => gives), everyone]) {
    const kind = prize && 'coupon' in prize ? ledger.coupons.kinds.get(prize.coupon) : undefined
    if (kind && 'until' in kind.valid && kind.valid.until < end)
      return cx.refuse('wrongOver', { coupon: kind.name, until: kind.valid.until })
  }
  return undefined
}

/** A coupon of which there are not enough for all prizes. */
function shortOf(terms: Terms, cx: Cx): Refusal | undefined {
  const { ledger, text } = cx
  const { everyone, full } = terms
  if (everyone && 'coupon' in everyone && full === undefined) {
    const left = ledger.coupons.left(everyone.coupon)
    if (left !== null) return cx.refuse('wrongOpenEnd', { coupon: everyone.coupon, left })
  }
  const short = ledger.coupons.reserve('draw-new', '', promisedCoupons(terms))
  ledger.coupons.release('draw-new')
  if (!short) return undefined
  const { kind: coupon, left, wanted: count, held } = short
  const holders = [...held].map(([by, holds]) => text('heldBy', { by, count: holds })).join('')
  return cx.refuse('wrongStock', { coupon, left, count, holders })
}

/** The coupons that a draw promises, by kind: what is set aside while it is open. */
export function promisedCoupons({ prizes, everyone, full }: Terms): Map<string, number> {
  const wanted = new Map<string, number>()
  const add = (prize: Prize | undefined, times: number) => {
    if (prize && 'coupon' in prize && times > 0)
      wanted.set(prize.coupon, (wanted.get(prize.coupon) ?? 0) + prize.count * times)
  }
  for (const { gives, stock } of prizes) add(gives, stock)
  const winners = prizes.reduce((sum, { stock }) => sum + stock, 0)
  // Without a number of people only coupons without end are promised to everybody, and those need not be set aside.
  if (full !== undefined) add(everyone, full - winners)
  return wanted
}

/** By what name the ledger knows the promise of a draw. */
export function promiseOf(no: number): string {
  return `draw-${no}`
}

const isMembers = (outside: string) => ['群友', 'members'].includes(canonical(outside))
/** Whether and from where a number from outside is mixed in. */
export function outsideOf({ outside }: Terms): 'none' | 'members' | 'beacon' {
  return outside === undefined ? 'none' : isMembers(outside) ? 'members' : 'beacon'
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
    excluded: (ids) => `without ${ids}`,
    outside: (what) => `outside number: ${what}`,
  },
}

/** The one line that is posted, and that the commitment binds. Its second part names the prizes: `奖品 车厘子一箱×1、10元券×2`. */
export function rulesLine(terms: Terms, cx: Pick<Cx, 'language' | 'timezone' | 'prizeText'>): string {
  const { language, timezone } = cx
  const closes = terms.closesAt
  const values: Record<string, string | number | false | undefined> = {
    prizes: terms.prizes.map(({ name, stock }) => `${name}×${stock}`).join(language === 'zh' ? '、' : ', '),
    everyone: terms.everyone && cx.prizeText(terms.everyone),
    closesAt: closes !== null && `${dayKey(closes, timezone)} ${clock(closes, timezone)}`,
    full: terms.full,
    cost: terms.cost > 0 && terms.cost,
    each: terms.each > 1 && terms.each,
    level: terms.level,
    days: terms.days > 0 && terms.days,
    points: terms.points > 0 && terms.points,
    friends: terms.friends > 0 && terms.friends,
    excluded: terms.excluded.join(' '),
    outside: terms.outside,
  }
  const parts = Object.entries(values).flatMap(([key, value]) =>
    value === undefined || value === false || value === '' ? [] : (phrases[language][key]?.(String(value)) ?? []),
  )
  return [terms.title, ...parts].join(language === 'zh' ? '；' : '; ')
}
