// Random evenings in a group, and an oracle that reads only what was said in public and the books: it knows nothing of how things are decided.
import { Random } from '../../src/core/lib/random.ts'
import { features as all } from '../../src/features/index.ts'
import type { Settings } from '../../src/core/feature/settings.ts'
import { Chat, settingsFrom } from '../support/chat.ts'

const people = ['小明', '阿花', '陈晨', '大刘', '小美', '老周']
const GROUP = '福利群'
const kinds = {
  大券: { value: '减10', size: 'large', valid: { days: 7 }, stock: 6, perMember: 3 },
  小券: { value: '减3', valid: { days: 7 }, stock: 12 },
}
const config = {
  bot: { botName: '圈子' },
  groups: { groups: [{ name: GROUP, tags: ['员工群'] }] },
  coupons: { kinds, welcome: { small: '小券' } },
  shop: { items: [{ coupon: '小券', points: 6 }] },
  packet: { members: true, hours: 2 },
  checkin: { points: 8, makeUp: { cost: 2 } },
  points: { dailyCap: 40, message: { points: 1, minLength: 4 } },
  // Playing this fast would look like a flood.
  order: { enabled: false },
}

/** What was told of one member in a line: points that he got or gave, or a coupon. */
interface Claim {
  name: string
  points?: number
  coupon?: string
  line: string
}

let settings: Settings | undefined

/** Plays one evening and the days behind it. @returns what is wrong: empty when every word was kept */
export function evening(seed: string): string[] {
  const chance = new Random(seed)
  settings ??= settingsFrom(all, config)
  const at = `2026-11-21T${chance.between(18, 23)}:00:00+08:00`
  const chat = new Chat({ settings, groups: [GROUP], members: people, seed, at })
  const wrong: string[] = []
  const heard: string[] = []
  const gone = new Set<string>()
  const step = (play: () => string[], isCheck = true) => {
    const before = chat.entries.length
    const told = play()
    const lines = told.filter((line) => !line.startsWith('→'))
    heard.push(...lines)
    if (isCheck) wrong.push(...unpaid(lines, before, chat))
  }
  chat.admin('/points add 小明 阿花 陈晨 大刘 小美 老周 50 开场')
  for (let i = 0; i < 70; i += 1) {
    const present = people.filter((name) => !gone.has(name))
    const who = chance.pick(present)
    const n = chance.between(1, 9)
    const admin = (line: string) => () =>
      [...chat.admin(line), ...(chance.below(2) ? chat.admin('/yes') : [])].flatMap((told) =>
        told.startsWith(`→${GROUP} `) ? [told.slice(GROUP.length + 2)] : [],
      )
    const open = [
      ...chat
        .admin('/activities')
        .join('\n')
        .matchAll(/^#(\d+) .*进行中/gmu),
    ].map(([, no = '']) => no)
    const no = open.length > 0 ? chance.pick(open) : '1'
    const plays: readonly (readonly [weight: number, play: () => void])[] = [
      [
        6,
        () =>
          step(() =>
            chat.says(who, chance.pick(['签到', '骰子', '补签', '抽奖', '我的券', '大家晚上好呀', '抽奖 0张'])),
          ),
      ],
      [
        9,
        () =>
          step(() =>
            chat.says(
              who,
              chance.pick([
                '抢',
                '抢红包',
                '兑换 小券',
                '换两张小券',
                '刮刮乐',
                '退出抽奖',
                `抽奖 ${no}`,
                `抽奖 ${no}`,
                `抽奖 ${no}`,
                `投票 ${no} 1`,
              ]),
            ),
          ),
      ],
      [2, () => step(() => chat.says(who, chance.pick(['比大小', '猜点数', '掷', '猜 10', `发红包 ${n * 2} ${n}`])))],
      [
        2,
        () =>
          step(
            admin(
              `/draw new 夜场${i} ${chance.pick(['大券x2', '5分x3', '小券x2', '水果一份x1'])} 截止 ${chance.pick(['23:50', '明天10:00', '满 3', '满 2'])}`,
            ),
          ),
      ],
      [2, () => step(admin(`/packet ${n * 5} ${n}`))],
      [1, () => step(admin(`/vote new 吃什么${i} 火锅 烧烤 截止 明天9:00`))],
      [1, () => step(admin(`/cancel ${no} 今晚先不办了`))],
      [1, () => step(admin(`/close ${no}`))],
      [1, () => step(admin(`/prolong ${no} 明天12:00`))],
      [1, () => step(admin(`/remove ${no} @${who}`))],
      [
        1,
        () =>
          step(
            admin(`/undo L${chance.between(1, chat.entries.length)}${chance.pick(['', ' 一起', ' 只这条'])}`),
            false,
          ),
      ],
      [1, () => step(() => chat.renames(who, chance.pick([who, `${who}酱`])), false)],
      [1, () => step(() => chat.after(chance.pick(['2m', '20m', '1h'])))],
      [
        1,
        () => {
          if (present.length < 4) return
          gone.add(who)
          step(() => chat.leaves(who, GROUP))
        },
      ],
      [
        1,
        () => {
          const back = [...gone][0]
          if (back === undefined) return
          gone.delete(back)
          step(() => chat.joins(back, GROUP))
        },
      ],
    ]
    pickWeighted(plays, chance)()
  }
  for (let day = 0; day < 3; day += 1) step(() => chat.after('1d'))
  return [...wrong, ...unfinished(heard), ...unbalanced(chat), ...chat.errors.map(({ error }) => String(error))]
}

function pickWeighted(plays: readonly (readonly [number, () => void])[], chance: Random): () => void {
  let left = chance.below(plays.reduce((sum, [weight]) => sum + weight, 0))
  for (const [weight, play] of plays) {
    if (left < weight) return play
    left -= weight
  }
  throw new Error('no play was picked')
}

/** Claims of a message that no booking and no coupon stands behind. */
function unpaid(lines: readonly string[], before: number, chat: Chat): string[] {
  const changes = chat.entries.slice(before).flatMap((entry) => entry.changes)
  const booked = changes.flatMap(({ table, key, after }) =>
    table === 'ledger.bookings' && after ? [{ member: key.split('/')[0], ...(after as { points: number }) }] : [],
  )
  const issued = changes.flatMap(({ table, before: was, after }) =>
    table === 'ledger.coupons' && after && !was ? [after as { member: string; kind: string }] : [],
  )
  return lines.flatMap(claimsIn).flatMap(({ name, points, coupon, line }) => {
    const member = memberOf(name, chat)
    const place =
      points === undefined
        ? issued.findIndex((one) => one.member === member && one.kind === coupon)
        : booked.findIndex((one) => one.member === member && one.points === points)
    if (place < 0) return [`not given: ${name} ${points ?? coupon} “${line}”`]
    ;(points === undefined ? issued : booked).splice(place, 1)
    return []
  })
}

function memberOf(name: string, chat: Chat): string {
  const own = people.find((one) => name === one || name === `${one}酱`)
  return own === undefined ? '' : chat.id(own)
}

const said: readonly (readonly [pattern: RegExp, claim: (found: RegExpExecArray) => Omit<Claim, 'line'>[]])[] = [
  [/^✅ (\S+) 签到成功，\+(\d+) 分/, ([, name = '', n]) => [{ name, points: Number(n) }]],
  [/^🧧 (\S+) 抢到 (\d+) 分/, ([, name = '', n]) => [{ name, points: Number(n) }]],
  [/^📌 (\S+) 补签了 \S+，花了 (\d+) 分/, ([, name = '', n]) => [{ name, points: -Number(n) }]],
  [/^(\S+) \S+ 比我 .*\+(\d+) 分/, ([, name = '', n]) => [{ name, points: Number(n) }]],
  [/^🥇 @(\S+) 赢了 \+(\d+) 分/, ([, name = '', n]) => [{ name, points: Number(n) }]],
  [
    /^🛍 (\S+) 用 (\d+) 分换了「([^」]+)」(?:一张|(\d+) 张)/,
    ([, name = '', n, coupon = '', count = '1']) => [
      { name, points: -Number(n) },
      ...Array.from({ length: Number(count) }, () => ({ name, coupon })),
    ],
  ],
  [
    /^(?:🥇|🥈|🥉|🏅|🎁) ?(大券|小券|\d+ ?分)：(@.*)$/u,
    ([, prize = '', winners = '']) =>
      [...winners.matchAll(/@(.+?)（/gu)].map(([, name = '']) =>
        prize.endsWith('券') ? { name, coupon: prize } : { name, points: parseInt(prize, 10) },
      ),
  ],
]

function claimsIn(text: string): Claim[] {
  return text
    .split('\n')
    .flatMap((line) => said.flatMap(([pattern, claim]) => claimsOf(pattern.exec(line.trim()), claim, line)))
}

function claimsOf(
  found: RegExpExecArray | null,
  claim: (found: RegExpExecArray) => Omit<Claim, 'line'>[],
  line: string,
): Claim[] {
  return found ? claim(found).map((one) => ({ ...one, line })) : []
}

/** What was opened in public and neither settled nor taken back in public. */
function unfinished(heard: readonly string[]): string[] {
  const text = heard.join('\n')
  const numbers = [...text.matchAll(/^(?:🎲 抽奖|🎁 抽奖|🗳 投票|.{0,3}抽奖) #(\d+)(?: 开始|：)/gmu)].map(
    ([, no = '']) => no,
  )
  const lost = [...new Set(numbers)].filter(
    (no) =>
      !new RegExp(
        `#${no}(?!\\d).*(?:开奖|结束|取消|收回|撤销|没有人|不办)|(?:取消|收回|撤销).*#${no}(?!\\d)`,
        'u',
      ).test(text),
  )
  const packets = [...text.matchAll(/^🧧 \S+ 发了积分红包/gmu)].length
  const ended = [...text.matchAll(/份抢完了|红包结束了|红包「[^」]*」.*取消|红包.*(?:取消|收回|撤销)/gu)].length
  return [
    ...lost.map((no) => `#${no} was opened in public and never ended`),
    ...(packets > ended ? [`${packets} packets were opened, ${ended} ended`] : []),
  ]
}

function unbalanced(chat: Chat): string[] {
  const sums = new Map<string, number>()
  for (const { changes } of chat.entries)
    for (const { table, key, after } of changes) {
      if (table !== 'ledger.bookings' || !after) continue
      const [member = ''] = key.split('/')
      const { points } = after as { points: number }
      sums.set(member, (sums.get(member) ?? 0) + points)
    }
  const wrong: string[] = []
  for (const [member, { points }] of chat.tables.table<{ points: number }>('ledger.balances').entries()) {
    if (points !== (sums.get(member) ?? 0)) wrong.push(`${member} has ${points}, booked are ${sums.get(member)}`)
    if (points < 0) wrong.push(`${member} owes ${-points}`)
  }
  for (const [key, held] of chat.tables.table<object>('ledger.reserved').entries())
    if (!key.startsWith('welcome') && !key.startsWith('scratch'))
      wrong.push(`still held: ${key} ${JSON.stringify(held)}`)
  return wrong
}
