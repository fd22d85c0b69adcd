// The shop: points for coupons.
import { z } from 'zod'
import type { Effect } from '../core/types/effect.ts'
import type { MemberId } from '../core/types/ids.ts'
import { feature, featureParts, type ContextOf } from '../core/feature/feature.ts'
import { CouponName } from '../core/money/prize.ts'
import { withDigits } from '../core/lib/numerals.ts'
import { canonical } from '../core/lib/text.ts'
import type { Refusal } from '../core/types/refusal.ts'

const Item = z.strictObject({
  coupon: CouponName.describe('换哪种券，coupons.yaml 里的券名'),
  points: z.int().positive().describe('要几分'),
  perMember: z.int().positive().optional().describe('每人一共最多换几张，不写就不限'),
  perDay: z.int().positive().optional().describe('所有人一天最多换几张，不写就不限'),
})
type Item = z.infer<typeof Item>
const Config = z.strictObject({
  items: z.array(Item).max(20).default([]).describe('能换什么'),
})

/** Most items in one message. */
const SHOWN = 10
/** Coupons in one purchase. */
const MOST = 10
/** From this stock on, the number left is not shown. */
const MANY = 100

const texts = {
  zh: {
    title: '🛍 积分兑换，{{name}} 现在有 {{points}} 分',
    item: '{{coupon}}（{{value}}）　{{points}} 分{{note}}',
    left: '，剩 {{left}} 张',
    gone: '，暂时没有',
    how: '回复「{{word}} {{coupon}}」兑换。',
    empty: '现在没有可以兑换的东西。',
    done: '🛍 {{name}} 用 {{points}} 分换了{{prize}}，有效到 {{until}}，还剩 {{left}} 分。\n券码私聊我发「我的券」看。',
    reason: '兑换 {{coupon}}',
    noSuch: '没有这样东西可以换，回复「{{word}}」看有什么。',
    poor: '换「{{coupon}}」要 {{points}} 分，{{name}} 现在有 {{balance}} 分，还差 {{short}} 分。',
    howMany: '一次可以换 1 到 {{most}} 张。',
    held: '{{name}} 的积分还在核对身份，一般再聊几天就能花。急用请找管理员。',
    soldOut: '「{{coupon}}」暂时没有了。',
    today: '「{{coupon}}」今天的 {{count}} 张换完了，明天再来。',
    enough: '「{{coupon}}」每人最多 {{count}} 张，{{name}} 已经换满了。',
    menu: '「{{shop}}」用积分换券',
  },
  en: {
    title: '🛍 Points for coupons; {{name}} has {{points}} points',
    item: '{{coupon}} ({{value}})  {{points}} points{{note}}',
    left: ', {{left}} left',
    gone: ', none left',
    how: 'Reply “{{word}} {{coupon}}” for one.',
    empty: 'There is nothing to get for points now.',
    done: '🛍 {{name}} got {{prize}} for {{points}} points, valid until {{until}}; {{left}} points left.\nSend me “my coupons” directly for the code.',
    reason: 'got {{coupon}}',
    noSuch: 'There is no such thing here; reply “{{word}}” for what there is.',
    poor: '“{{coupon}}” costs {{points}} points; {{name}} has {{balance}}, {{short}} too few.',
    howMany: 'You can get 1 to {{most}} at a time.',
    held: 'The points of {{name}} cannot be spent until we know who is who, mostly after some days of chat. In a hurry, ask an admin.',
    soldOut: 'No “{{coupon}}” is left.',
    today: 'The {{count}} “{{coupon}}” of today are gone. See you tomorrow.',
    enough: 'Everybody may get {{count}} “{{coupon}}”; {{name}} has them.',
    menu: '“{{shop}}” points for coupons',
  },
} as const
/** 积分能换什么, 可以兑换啥: what there is for points. */
const exchangeable = ['能', '可以', '积分能', '积分可以', '我的积分能'].flatMap((may) =>
  ['换什么', '换啥', '兑换什么', '兑换啥', '换些什么'].map((asked) => may + asked),
)

const parts = featureParts({
  config: Config,
  words: {
    shop: {
      say: [
        '兑换',
        '积分兑换',
        '积分商城',
        '商城',
        '积分商店',
        '兑换商城',
        '换券',
        '积分换券',
        '积分换礼品',
        '积分换礼物',
        '积分换奖品',
        '积分换东西',
        ...exchangeable,
      ],
      en: ['shop', 'points shop', 'redeem points', 'what can i get for my points'],
      before: ['换', '积分换', '用积分换', '用积分兑换', '兑', 'get', 'buy'],
      rest: 'close',
    },
  },
  texts,
})
type Cx = ContextOf<typeof parts>

export const shop = feature({
  name: 'shop',
  summary: { zh: '积分换券', en: 'Points for coupons' },
  ...parts,
  counted: [{ label: { zh: '兑换', en: 'items to redeem' }, of: ({ items }) => items.length }],

  check: ({ items }) =>
    items.flatMap(({ coupon }, i) => {
      if (items.findIndex((one) => one.coupon === coupon) === i) return []
      const message = { zh: `「${coupon}」写了两次。`, en: `“${coupon}” is there twice.` }
      return [{ path: ['items', i, 'coupon'], message }]
    }),
  menu: ({ shop }, { items }, text) => (items.length > 0 ? [text('menu', { shop })] : []),

  onWord: {
    shop({ from, group, rest, object, isSure }, cx) {
      const { config, members, word, refuse } = cx
      const name = members.name(from, group)
      if (rest === '') return list(from, name, cx)
      const asked = readItem(config.items, rest) ?? readItem(config.items, object)
      if (asked) return buy(asked.item, asked.count, from, name, cx)
      return isSure ? refuse('noSuch', { word: word('shop') }) : undefined
    },
  },
})

function list(from: MemberId, name: string, { config, ledger, today, text, word, reply, replyText }: Cx): Effect {
  const lines = config.items.slice(0, SHOWN).flatMap(({ coupon, points, perDay }) => {
    const kind = ledger.coupons.kinds.get(coupon)
    if (!kind) return []
    const ofToday = (perDay ?? Infinity) - ledger.coupons.issuedOn(today, coupon, 'shop')
    const left = Math.max(0, Math.min(ofToday, ledger.coupons.left(coupon, MANY) ?? Infinity))
    const note = left === 0 ? text('gone') : left >= MANY ? '' : text('left', { left })
    return [text('item', { coupon, value: kind.value, points, note })]
  })
  const [first] = config.items
  if (!first || lines.length === 0) return reply('empty')
  const title = text('title', { name, points: ledger.balance(from) })
  return replyText([title, ...lines, text('how', { word: word('shop'), coupon: first.coupon })].join('\n'))
}

/** Which item is meant and how many of it: `10元券`, `一张10元券`, `10元券 2张`, `10元券x2`. */
function readItem(items: readonly Item[], typed: string): { item: Item; count: number } | undefined {
  // A slip so common that it is no slip any more.
  const plain = withDigits(typed.replaceAll('劵', '券'))
  const exact = (name: string) => items.find(({ coupon }) => withDigits(canonical(coupon)) === name.trim())
  const [, before, named] = /^(\d{1,3}) ?张 ?(.+)$/u.exec(plain) ?? []
  const [, first, behind] = /^(.+?) ?(?:[x×*] ?(?=\d+$)|(?=\d+ ?张$))(\d{1,3})(?: ?张)?$/u.exec(plain) ?? []
  for (const [name, count] of [
    [plain, 1],
    [named, Number(before)],
    [first, Number(behind)],
  ] as const) {
    const item = name === undefined ? undefined : exact(name)
    if (item) return { item, count }
  }
  return undefined
}

function buy(item: Item, count: number, from: MemberId, name: string, cx: Cx): Effect | Refusal {
  const { ledger, members, today, text, prizeText, refuse, reply } = cx
  const { coupon, perMember, perDay } = item
  const points = item.points * count
  if (count < 1 || count > MOST) return refuse('howMany', { most: MOST })
  if (!members.sure(from)) return reply('held', { name })
  const balance = ledger.balance(from)
  if (balance < points)
    return reply('poor', {
      coupon: count > 1 ? `${coupon} x${count}` : coupon,
      points,
      name,
      balance,
      short: points - balance,
    })
  if (ledger.coupons.issuedOn(today, coupon, 'shop') + count > (perDay ?? Infinity))
    return reply('today', { coupon, count: perDay ?? 0 })
  const most = Math.min(perMember ?? Infinity, ledger.coupons.kinds.get(coupon)?.perMember ?? Infinity)
  const refusal = ledger.coupons.refusal(from, coupon, count)
  if (refusal === 'limit' || ledger.coupons.countOf(from, coupon, 'shop') + count > most)
    return reply('enough', { coupon, count: most, name })
  if (refusal) return reply('soldOut', { coupon })
  const reason = text('reason', { coupon })
  const given = ledger.give(from, { coupon, count }, reason)
  const [issued] = given.coupons
  // Checked above, so this is a bug; throwing takes all of it back.
  if (!issued || !ledger.spend(from, points, reason)) throw new Error(`no ${coupon} for ${from}`)
  const vars = { name, points, prize: prizeText(given), until: issued.until, left: balance - points }
  return reply('done', vars)
}
