// Scratch cards: won or lost at once. Every table of cards has a secret seed, committed to before its first card and shown when it is over.
import { z } from 'zod'
import { activity, kindOf } from '../../activities/activity.ts'
import { Scheduled } from '../../activities/presets.ts'
import type { Live } from '../../activities/records.ts'
import { arg } from '../../core/feature/arguments.ts'
import { hmacSha256, newSecret, sha256 } from '../../core/lib/hash.ts'
import { MemberId, type GroupId } from '../../core/types/ids.ts'
import { featureParts, type ContextOf, type GroupContextOf } from '../../core/feature/feature.ts'
import { Prize } from '../../core/money/prize.ts'
import { table } from '../../core/feature/tables.ts'
import { addDays, nextAt, type DayKey } from '../../core/lib/time.ts'
import { readPastDay } from '../../core/lib/when-days.ts'
import { Refusal } from '../../core/types/refusal.ts'
import { scratchTexts } from './texts.ts'

/** A card has a number from 0 up to this; settings speak of so many cards. */
const CARDS = 10_000
/** Days for which cards can be checked. */
const KEPT_DAYS = 14
/** Own cards in a statement. */
const SHOWN = 20
const version = 'quanzi scratch 1'

const name = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} %.+-]{0,19}$/u)
  .describe('奖的名字：20 个字以内，只用字、数字和 % . + -')
const Config = z.strictObject({
  cost: z.int().nonnegative().default(5).describe('刮一张花几分，0 表示不花'),
  perDay: z.int().min(1).max(20).default(3).describe('每人每天最多刮几张'),
  prizes: z
    .array(
      z.strictObject({
        name,
        chance: z.int().min(1).max(CARDS).describe('一万张里平均中几张'),
        gives: Prize.describe('中了发什么：积分或券'),
      }),
    )
    .max(8)
    .default([
      { name: '50分', chance: 200, gives: { points: 50 } },
      { name: '10分', chance: 2000, gives: { points: 10 } },
    ])
    .describe('有什么奖'),
  scheduled: Scheduled,
})

/** What the cards of a table can win; the key is `<group>/<day>` for a group's own of a day, else the number of the activity. */
const Day = z.strictObject({
  cost: z.int(),
  prizes: z.array(z.strictObject({ name: z.string(), below: z.int(), gives: Prize })),
  /** The line that is posted and committed to. */
  table: z.string(),
  commitment: z.string(),
})
type Day = z.infer<typeof Day>
/** @param place what the cards are drawn for: `g1 2026-11-21`, a group's own table of a day, or `#41`, one that was opened by a line */
const Content = Day.extend({ place: z.string() })
type Scratch = Live<z.infer<typeof Content>>

const tables = {
  days: table(Day),
  /** The key is `<group> <day>/<card>` or `<number>/<card>`. */
  cards: table(z.strictObject({ member: MemberId, number: z.int(), prize: z.string() })),
  /** Cards of a member on a day; the key is `<day>/<member>`. */
  counts: table(z.strictObject({ count: z.int() })),
  /** Secret while the table lasts; `cards` counts them. The key is that of the table. */
  noteSeeds: table(z.strictObject({ seed: z.string(), cards: z.int() }), { kind: 'note' }),
}

const parts = featureParts({
  config: Config,
  tables,
  words: {
    scratch: {
      say: ['刮刮乐', '刮刮卡', '刮奖', '刮一刮', '刮'],
      en: ['scratch', 'scratch card', 'scratch cards'],
      rest: 'close',
    },
  },
  texts: scratchTexts,
})
type Cx = ContextOf<typeof parts>
type GroupCx = GroupContextOf<typeof parts>

// Not rewordable: the script that checks finds the lines by these.
const labels = {
  zh: { head: '刮刮乐 ', table: '奖表：', commitment: '承诺：', seed: '种子：', semicolon: '；' },
  en: { head: 'Scratch cards ', table: 'Table: ', commitment: 'Commitment: ', seed: 'Seed: ', semicolon: '; ' },
} as const

const { kind, open, openIn, liveOf, livesIn, close, byWord } = kindOf(parts, {
  name: 'scratch',
  summary: { zh: '刮刮乐，当场开奖', en: 'Scratch cards, won or lost at once' },
  called: { zh: '刮刮乐', en: 'scratch table' },
  word: 'scratch',
  content: Content,
  entry: z.int(),
  each: { zh: '张', en: 'cards' },
  isGuarded: true,
  isFinal: true,
  isCommonWord: true,
  isSmall: true,
  openings: ({ scheduled }) => scheduled,
  line: {
    command: 'scratch',
    example: { zh: '国庆刮刮乐 票价 3 每人 5 截止 周日20:00', en: '"Holiday cards" cost 3 each 5 until sun 20:00' },
    things: 'none',
    thing: { zh: '', en: '' },
    keywords: {
      cost: {
        zh: ['票价'],
        en: ['cost'],
        value: arg.int({ zh: '积分', en: 'points' }, { min: 0, max: 100_000, example: 3 }),
      },
    },
  },
  read({ said }, cx) {
    if (cx.config.prizes.length === 0) return cx.refuse('off')
    const prizes = prizesOf(cx)
    const table = tableLine(prizes, cx)
    const content = { place: '', cost: said.cost ?? cx.config.cost, prizes, table, commitment: '' }
    return lacksPoints(content, cx) ? cx.refuse('noPoints', { group: cx.group.name }) : content
  },
  promises: ({ content }) => nextCard(content),
  numbered: ({ no, content }, cx) =>
    content.place === '' ? { place: `#${no}`, ...dealt(`#${no}`, content.cost, cx) } : content,
  opening: ({ no, title, content }, word, cx) =>
    [cx.text('opened', { no, title, cost: content.cost, word }), ...posted(content, cx)].join('\n'),
  begins({ no, groups, content }, cx) {
    // A group's own cards of the day rest while there are others.
    if (!isDaily(content)) for (const group of groups) closeDaily(group, no, cx)
    return ''
  },
  how: (_live, word, { text }) => text('how', { word }),
  take(typed, { member, name, before: cards = 0 }, live, cx) {
    const count = /^(?:(\d{1,9}) ?(?:张|次|cards?)?)?$/u.exec(typed.trim())
    if (!count) return undefined
    const { config, tables, today, reply, refuse } = cx
    if (Number(count[1] ?? 1) !== 1) return { refused: refuse('single', { word: cx.word('scratch') }) }
    const { each } = live.terms
    const had = each === null ? (tables.counts.get(`${today}/${member}`)?.count ?? 0) : cards
    const most = each ?? config.perDay
    if (had >= most) return { refused: reply(each === null ? 'enough' : 'enoughAll', { name, count: most }) }
    const missing = missingFor(member, live, cx)
    if (missing !== undefined) return { refused: reply('out', { name, prize: missing }) }
    const left = most > had + 1 ? cx.text(each === null ? 'left' : 'leftAll', { count: most - had - 1 }) : ''
    return { value: cards + 1, cost: live.content.cost, said: () => scratched(member, { name, left }, live, cx) }
  },
  board: ({ content }, _entries, cx) => cx.text('board', tally(content.place, cx)),
  settle: ({ no, title, content }, _entries, cx) => ({
    said: isDaily(content)
      ? ''
      : cx.text('ended', { no, title, word: cx.word('scratch'), ...tally(content.place, cx) }),
  }),
  cancelled: (_live, entries, { text }) => (entries.length > 0 ? text('kept') : ''),
  columns: (_live, { text }) => [text('cards')],
  row: ({ value }) => [value],
})

const isDaily = ({ place }: Pick<Scratch['content'], 'place'>) => !place.startsWith('#')

function closeDaily(group: GroupId, but: number, cx: GroupCx): void {
  const daily = livesIn(group, 'open', cx).find(({ no, content }) => no !== but && isDaily(content))
  if (daily) close(daily, cx)
}

export const scratch = activity(parts, kind, {
  retired: { texts: ['returned', 'whyReturn', 'poor', 'unsure'] },

  counted: [{ label: { zh: '刮刮乐的奖', en: 'scratch prizes' }, of: ({ prizes }) => prizes.length }],

  menu: (words, { prizes }, text) => (prizes.length > 0 ? [text('menu', words)] : []),

  check({ cost, prizes }) {
    const all = prizes.reduce((sum, { chance }) => sum + chance, 0)
    const worth = prizes.reduce((sum, { chance, gives }) => sum + ('points' in gives ? gives.points * chance : 0), 0)
    const back = Math.round(worth / CARDS)
    const path = ['prizes']
    if (all > CARDS) {
      const message = {
        zh: `所有奖的 chance 加起来是 ${all}，不能超过 ${CARDS}`,
        en: `the chances add up to ${all}, which is more than ${CARDS}`,
      }
      return [{ path, message }]
    }
    const generous = {
      zh: `一张卡花 ${cost} 分，平均刮出 ${back} 分，积分会越刮越多。`,
      en: `a card costs ${cost} points and gives back ${back} on average: points come out of nothing.`,
    }
    const everyone = {
      zh: '照这张奖表，每一张都中奖，没有「没中」。',
      en: 'by this table every card wins something.',
    }
    return [
      ...(worth > cost * CARDS ? [{ path, message: generous, level: 'warning' as const }] : []),
      ...(all === CARDS ? [{ path, message: everyone, level: 'warning' as const }] : []),
    ]
  },

  onWord: {
    scratch(said, cx) {
      const { group, refuse, today } = cx
      const [asked, which] = /^(?:验证|验算|check)(?: ?(.+))?$/.exec(said.rest) ?? []
      if (asked !== undefined) {
        const no = /^#?(\d{1,9})号?$/.exec(which ?? '')?.[1]
        const day = which === undefined || no !== undefined ? undefined : readPastDay(which, today)
        return which === undefined || no !== undefined || day ? check(said.from, day, no, cx) : undefined
      }
      if (!group) return said.rest === '' ? refuse('onlyInGroup') : undefined
      const isAsked = said.rest === '' || /^\d+ ?(?:张|次|cards?)?$/u.test(said.object)
      if (!isAsked || openIn(group.id, cx)) return byWord(said, cx)
      const there = cx as GroupCx
      if (there.config.prizes.length === 0) return refuse('off')
      const opened = openDaily(there)
      return opened instanceof Refusal ? opened : byWord(said, cx)
    },
  },
})

/** Opens a group's own cards of the day with the first that is asked for, without a word. @returns why they cannot be */
function openDaily(cx: GroupCx): Refusal | undefined {
  const { config, group, now, timezone, today, text } = cx
  const place = `${group.id} ${today}`
  const content = { place, ...dealt(place, config.cost, cx) }
  if (lacksPoints(content, cx)) return cx.refuse('off')
  const terms = { full: null, each: null, days: 0, points: 0, word: null, excluded: [] }
  const closesAt = nextAt(now, '00:00', timezone)
  const opened = open({ title: text('title'), groups: [group.id], opensAt: null, closesAt, terms, content }, cx, true)
  if (!(opened instanceof Refusal)) return undefined
  const [out] = content.prizes.filter(({ gives }) => 'coupon' in gives)
  return cx.refuse('soldOut', { prize: out?.name ?? '' })
}

/** Where there are no points, no cards that cost or give any. */
function lacksPoints({ cost, prizes }: Pick<Day, 'cost' | 'prizes'>, { scene, group }: GroupCx): boolean {
  const isAboutPoints = cost > 0 || prizes.some(({ gives }) => 'points' in gives)
  return isAboutPoints && !scene.groupsWith('points').some(({ id }) => id === group.id)
}

/** What the next card may win of coupons: so much is set aside as long as cards can be had. */
function nextCard({ prizes }: Pick<Day, 'prizes'>): Map<string, number> {
  const most = new Map<string, number>()
  for (const { gives } of prizes)
    if ('coupon' in gives) most.set(gives.coupon, Math.max(most.get(gives.coupon) ?? 0, gives.count))
  return most
}

/** By what name the ledger knows what the next card may win. */
const promiseOf = (no: number) => `scratch-${no}`

/** Sets aside what the next card may win. @returns the coupon of which there is too little */
function setAside({ no, content }: Scratch, { ledger, text }: GroupCx): string | undefined {
  return ledger.coupons.reserve(promiseOf(no), text('promise', { no }), nextCard(content))?.kind
}

/** A prize that a card of somebody could not give: what a card may win must be there before it is paid for. */
function missingFor(member: MemberId, live: Scratch, cx: GroupCx): string | undefined {
  const short = setAside(live, cx)
  const { coupons } = cx.ledger
  const missing = live.content.prizes.find(({ gives }) =>
    'coupon' in gives
      ? gives.coupon === short || coupons.isFull(member, gives.coupon, gives.count)
      : gives.points > cx.ledger.room(member),
  )
  return missing?.name
}

/** One card, which is paid for: gives what it wins and says so. */
function scratched(from: MemberId, vars: { name: string; left: string }, live: Scratch, cx: GroupCx): string {
  const { ledger, tables, today, text, prizeText } = cx
  const { place, prizes } = live.content
  const secret = tables.noteSeeds.get(keyOf(place))
  if (!secret) throw new Error(`no seed for ${place}`)
  const no = secret.cards + 1
  const number = cardNumber(secret.seed, place, no, from)
  const prize = prizes.find(({ below }) => number < below)
  tables.noteSeeds.set(keyOf(place), { ...secret, cards: no })
  tables.counts.set(`${today}/${from}`, { count: (tables.counts.get(`${today}/${from}`)?.count ?? 0) + 1 })
  tables.cards.set(`${cardsOf(place)}/${no}`, { member: from, number, prize: prize?.name ?? '' })
  const first =
    no === 1 && isDaily(live.content) ? [text('first', { word: cx.word('scratch') }), ...posted(live.content, cx)] : []
  if (!prize) return [text('lost', { ...vars, no }), ...first].join('\n')
  const given = ledger.give(from, prize.gives, text('whyPrize', { prize: prize.name }), promiseOf(live.no))
  // Set aside before the card was paid for, so this is a bug; throwing takes all of it back.
  if (prizeText(given) === '') throw new Error(`no ${prize.name} for ${from}`)
  setAside(live, cx)
  return [text('won', { ...vars, no, prize: prize.name, given: prizeText(given) }), ...first].join('\n')
}

function prizesOf({ config }: Pick<GroupCx, 'config'>): Day['prizes'] {
  let below = 0
  return config.prizes.map(({ name, chance, gives }) => ({ name, below: (below += chance), gives }))
}

/** The line that is posted and committed to. */
function tableLine(prizes: Day['prizes'], { text, language }: GroupCx): string {
  const ranges = prizes.map((prize, i) => `${prize.name} ${prizes[i - 1]?.below ?? 0}-${prize.below - 1}`)
  return [...ranges, text('nothing')].join(labels[language].semicolon)
}

/** A table, committed to: what can be won stays as it is until it is over, and also when it is opened again. */
function dealt(place: string, cost: number, cx: GroupCx): Day {
  const { tables, today, random } = cx
  const key = keyOf(place)
  const before = tables.days.get(key)
  const known = tables.noteSeeds.get(key)
  if (before && known) return before
  const secret = known ?? { seed: newSecret(random), cards: 0 }
  const prizes = prizesOf(cx)
  const line = tableLine(prizes, cx)
  const commitment = sha256([version, place, line, secret.seed].join('\n'))
  const day = { cost, prizes, table: line, commitment }
  tables.days.set(key, day)
  tables.noteSeeds.set(key, secret)
  forget(addDays(today, -KEPT_DAYS), tables)
  return day
}

/** The key of a table in `days` and `noteSeeds`. */
const keyOf = (place: string) => cardsOf(place).replace(' ', '/')
/** What the keys of its cards begin with. */
const cardsOf = (place: string) => place.replace('#', '')

/** Tables of a day go by their day, the others with their activity. */
function forget(oldest: DayKey, { days, cards, counts, noteSeeds }: Cx['tables']) {
  for (const records of [days, cards, counts, noteSeeds])
    for (const [key] of records.entries()) {
      const day = /\d{4}-\d\d-\d\d/.exec(key)?.[0]
      if (day !== undefined && day < oldest) records.delete(key)
    }
}

function tally(place: string, { tables }: GroupCx): { cards: number; won: number } {
  const cards = [...tables.cards.entries(cardsOf(place))]
  return { cards: cards.length, won: cards.filter(([, { prize }]) => prize !== '').length }
}

/** A card's number, 0 to 9999; of 2³² numbers the last 7,296 make the first ones likelier by less than 3 in a million. */
function cardNumber(seed: string, place: string, no: number, member: MemberId): number {
  return Number.parseInt(hmacSha256(seed, [version, place, no, member].join('\n')).slice(0, 8), 16) % CARDS
}

function posted({ table: line, commitment }: Day, { language }: Cx): string[] {
  // Before it has opened, as in a preview, there is no commitment yet.
  const committed = commitment === '' ? [] : [`${labels[language].commitment}${commitment}`]
  return [`${labels[language].table}${line}`, ...committed]
}

/** What is needed to check the member's own cards: of a table by its number, of a day, or of the last one that is over. */
function check(from: MemberId, asked: DayKey | undefined, no: string | undefined, cx: Cx) {
  const { group, language, tables, today, text, refuse, replyText } = cx
  if (!group) return refuse('onlyInGroup')
  const yesterday = addDays(today, -1)
  const day = asked ?? (tables.days.get(`${group.id}/${yesterday}`) ? yesterday : today)
  const place = no === undefined ? `${group.id} ${day}` : `#${no}`
  const record = tables.days.get(keyOf(place))
  const secret = tables.noteSeeds.get(keyOf(place))
  if (!record || !secret) return refuse('noCards')
  const own = [...tables.cards.entries(cardsOf(place))]
    .filter(([, { member }]) => member === from)
    .map(([key, card]) => ({ no: Number(key.slice(cardsOf(place).length + 1)), ...card }))
    .sort((a, b) => a.no - b.no)
    .slice(-SHOWN)
    .map(({ no, member, number, prize }) => `${no}. ${member} → ${number} ${prize}`.trim())
  const live = no === undefined ? undefined : liveOf(Number(no), cx)
  const isOver = no === undefined ? day < today : live?.phase === 'settled' || live?.phase === 'cancelled'
  const seed = isOver ? [`${labels[language].seed}${secret.seed}`] : []
  const how = text(isOver ? 'verify' : 'later')
  return replyText([`${labels[language].head}${place}`, ...posted(record, cx), ...seed, ...own, how].join('\n'))
}
