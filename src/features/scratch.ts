// Scratch cards: won or lost at once. Every group has a secret seed a day, committed to with its first card and shown when the day is over.
import { z } from 'zod'
import { hmacSha256, newSecret, sha256 } from '../core/lib/hash.ts'
import { MemberId } from '../core/types/ids.ts'
import { feature, featureParts, type ContextOf, type GroupContextOf } from '../core/feature/feature.ts'
import { Prize } from '../core/money/prize.ts'
import { table } from '../core/feature/tables.ts'
import { addDays, type DayKey } from '../core/lib/time.ts'
import { readPastDay } from '../core/lib/when-days.ts'

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
})

/** What a group's cards of a day can win; the key is `<group>/<day>`. */
const Day = z.strictObject({
  cost: z.int(),
  prizes: z.array(z.strictObject({ name: z.string(), below: z.int(), gives: Prize })),
  /** The line that is posted and committed to. */
  table: z.string(),
  commitment: z.string(),
})
type Day = z.infer<typeof Day>

const tables = {
  days: table(Day),
  /** The key is `<group> <day>/<card>`. */
  cards: table(z.strictObject({ member: MemberId, number: z.int(), prize: z.string() })),
  /** Cards of a member; the key is `<day>/<member>`. */
  counts: table(z.strictObject({ count: z.int() })),
  /** Secret while the day lasts; `cards` counts them. The key is that of the day. */
  noteSeeds: table(z.strictObject({ seed: z.string(), cards: z.int() }), { kind: 'note' }),
}

const texts = {
  zh: {
    won: '🎉 {{name}} 刮中「{{prize}}」，得 {{given}}（第 {{no}} 张）{{left}}',
    lost: '{{name}} 这张没中（第 {{no}} 张）{{left}}',
    left: '，今天还能刮 {{count}} 张',
    single: '一次刮一张，想再刮就再发「{{word}}」。',
    enough: '{{name}} 今天的 {{count}} 张刮完了，明天再来。',
    out: '{{name}}，「{{prize}}」现在给不出来了（发完或你已经拿满），先不刮，积分没有动。',
    poor: '刮一张要 {{cost}} 分，{{name}} 现在有 {{points}} 分，还不够。',
    unsure: '{{name}} 的身份还在核对，暂时不能刮，请找管理员。',
    onlyInGroup: '刮刮乐要在群里玩。',
    off: '这里没有刮刮乐。',
    first: '今天的奖表和承诺先放这里，明天回复「{{word}} 验证」看种子：',
    nothing: '其余没中',
    noCards: '那天没有刮刮乐。',
    later: '种子明天公布。',
    how: '粘贴给 scripts/verify-draw.mjs 就能重算。',
    whyCard: '刮刮乐一张',
    whyPrize: '刮刮乐：{{prize}}',
    menu: '「{{scratch}}」刮一张，当场开奖',
  },
  en: {
    won: '🎉 {{name}} scratched “{{prize}}” and gets {{given}} (card {{no}}){{left}}',
    lost: '{{name}}: nothing this time (card {{no}}){{left}}',
    left: ', {{count}} more today',
    single: 'One card at a time; say “{{word}}” again for the next.',
    enough: '{{name}} has scratched all {{count}} cards of today. See you tomorrow.',
    out: '{{name}}, “{{prize}}” cannot be given now (none is left, or you have as many as one may), so no card is sold and no points are taken.',
    poor: 'A card costs {{cost}} points; {{name}} has {{points}}.',
    unsure: 'We are still making sure who {{name}} is, so cards must wait. Please ask an admin.',
    onlyInGroup: 'Cards are scratched in the group.',
    off: 'There are no scratch cards here.',
    first: 'Today’s table and commitment; tomorrow reply “{{word}} check” for the seed:',
    nothing: 'else nothing',
    noCards: 'There were no scratch cards on that day.',
    later: 'The seed is published tomorrow.',
    how: 'Paste this into scripts/verify-draw.mjs and it is computed once more.',
    whyCard: 'scratch card',
    whyPrize: 'scratch card: {{prize}}',
    menu: '“{{scratch}}” scratches a card, won or lost at once',
  },
} as const
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
  texts,
})
type Cx = ContextOf<typeof parts>
type GroupCx = GroupContextOf<typeof parts>

// Not rewordable: the script that checks finds the lines by these.
const labels = {
  zh: { head: '刮刮乐 ', table: '奖表：', commitment: '承诺：', seed: '种子：', semicolon: '；' },
  en: { head: 'Scratch cards ', table: 'Table: ', commitment: 'Commitment: ', seed: 'Seed: ', semicolon: '; ' },
} as const

export const scratch = feature({
  name: 'scratch',
  summary: { zh: '刮刮乐，当场开奖', en: 'Scratch cards, won or lost at once' },
  ...parts,
  retired: { texts: ['returned', 'whyReturn'] },

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
    scratch({ from, rest, object }, cx) {
      if (rest === '' || /^1 ?(?:张|次|card)$/u.test(object)) return play(from, cx)
      if (/^\d+ ?(?:张|次|cards?)?$/u.test(object)) return cx.refuse('single', { word: cx.word('scratch') })
      const [asked, date] = /^(?:验证|验算|check)(?: ?(.+))?$/.exec(rest) ?? []
      const day = date === undefined ? undefined : readPastDay(date, cx.today)
      return asked === undefined || (date !== undefined && !day) ? undefined : check(from, day, cx)
    },
  },
})

function play(from: MemberId, cx: Cx) {
  if (!cx.group) return cx.refuse('onlyInGroup')
  const { config, group, ledger, members, tables, today, text, refuse, reply, replyText } = cx
  if (config.prizes.length === 0) return refuse('off')
  const name = members.name(from, group.id)
  const count = (tables.counts.get(`${today}/${from}`)?.count ?? 0) + 1
  if (count > config.perDay) return reply('enough', { name, count: config.perDay })
  if (!members.sure(from)) return reply('unsure', { name })
  const { day, secret } = dayOf(cx)
  // What a card may win must be there before it is paid for.
  const missing = day.prizes.find(({ gives }) =>
    'coupon' in gives ? ledger.coupons.refusal(from, gives.coupon, gives.count) : gives.points > ledger.room(from),
  )
  if (missing) return reply('out', { name, prize: missing.name })
  if (!ledger.spend(from, day.cost, text('whyCard')))
    return reply('poor', { name, cost: day.cost, points: ledger.balance(from) })
  const no = secret.cards + 1
  const number = cardNumber(secret.seed, `${group.id} ${today}`, no, from)
  const prize = day.prizes.find(({ below }) => number < below)
  tables.noteSeeds.set(`${group.id}/${today}`, { ...secret, cards: no })
  tables.counts.set(`${today}/${from}`, { count })
  tables.cards.set(`${group.id} ${today}/${no}`, { member: from, number, prize: prize?.name ?? '' })
  const left = config.perDay > count ? text('left', { count: config.perDay - count }) : ''
  const said = prize ? won(from, prize, { name, no, left }, cx) : text('lost', { name, no, left })
  return replyText(
    [said, ...(no === 1 ? [text('first', { word: cx.word('scratch') }), ...posted(day, cx)] : [])].join('\n'),
  )
}

function won(
  from: MemberId,
  prize: Day['prizes'][number],
  vars: { name: string; no: number; left: string },
  { ledger, text, prizeText }: Cx,
): string {
  const given = prizeText(ledger.give(from, prize.gives, text('whyPrize', { prize: prize.name })))
  // Checked before the card was paid for, so this is a bug; throwing takes all of it back.
  if (given === '') throw new Error(`no ${prize.name} for ${from}`)
  return text('won', { ...vars, prize: prize.name, given })
}

/** The group's day, begun with its first card: what can be won stays as it is until midnight. */
function dayOf({ group, config, tables, today, random, text, language }: GroupCx) {
  const key = `${group.id}/${today}`
  const before = tables.days.get(key)
  const known = tables.noteSeeds.get(key)
  if (before && known) return { day: before, secret: known }
  const secret = known ?? { seed: newSecret(random), cards: 0 }
  let below = 0
  const prizes = config.prizes.map(({ name, chance, gives }) => ({ name, below: (below += chance), gives }))
  const ranges = prizes.map((prize, i) => `${prize.name} ${prizes[i - 1]?.below ?? 0}-${prize.below - 1}`)
  const line = [...ranges, text('nothing')].join(labels[language].semicolon)
  const commitment = sha256([version, `${group.id} ${today}`, line, secret.seed].join('\n'))
  const day = { cost: config.cost, prizes, table: line, commitment }
  tables.days.set(key, day)
  forget(addDays(today, -KEPT_DAYS), tables)
  return { day, secret }
}

function forget(oldest: DayKey, { days, cards, counts, noteSeeds }: Cx['tables']) {
  const dayIn = (key: string) => /\d{4}-\d\d-\d\d/.exec(key)?.[0] ?? ''
  for (const one of [days, cards, counts, noteSeeds])
    for (const [key] of one.entries()) if (dayIn(key) < oldest) one.delete(key)
}

/** A card's number, 0 to 9999; of 2³² numbers the last 7,296 make the first ones likelier by less than 3 in a million. */
function cardNumber(seed: string, place: string, no: number, member: MemberId): number {
  return Number.parseInt(hmacSha256(seed, [version, place, no, member].join('\n')).slice(0, 8), 16) % CARDS
}

function posted({ table: line, commitment }: Day, { language }: Cx): string[] {
  return [`${labels[language].table}${line}`, `${labels[language].commitment}${commitment}`]
}

/** What is needed to check the member's own cards of a day: of the last one that is over, unless told. */
function check(from: MemberId, asked: DayKey | undefined, cx: Cx) {
  const { group, language, tables, today, text, refuse, replyText } = cx
  if (!group) return refuse('onlyInGroup')
  const yesterday = addDays(today, -1)
  const day = asked ?? (tables.days.get(`${group.id}/${yesterday}`) ? yesterday : today)
  const record = tables.days.get(`${group.id}/${day}`)
  const secret = tables.noteSeeds.get(`${group.id}/${day}`)
  if (!record || !secret) return refuse('noCards')
  const place = `${group.id} ${day}`
  const own = [...tables.cards.entries(place)]
    .filter(([, { member }]) => member === from)
    .map(([key, card]) => ({ no: Number(key.slice(place.length + 1)), ...card }))
    .sort((a, b) => a.no - b.no)
    .slice(-SHOWN)
    .map(({ no, member, number, prize }) => `${no}. ${member} → ${number} ${prize}`.trim())
  const seed = day < today ? [`${labels[language].seed}${secret.seed}`] : []
  const how = text(day < today ? 'how' : 'later')
  return replyText([`${labels[language].head}${place}`, ...posted(record, cx), ...seed, ...own, how].join('\n'))
}
