// 接龙: a sign-up list or group purchase. Members order by a line; WeChat's own #接龙 texts are read too. Money stays outside.
import { z } from 'zod'
import { activity } from '../../activities/activity.ts'
import type { By, Taken } from '../../activities/kind.ts'
import { Scheduled } from '../../activities/presets.ts'
import { entriesOf, liveOf, type Cx as AnyCx, type Entered, type Live } from '../../activities/records.ts'
import { arg } from '../../core/feature/arguments.ts'
import { featureParts, type ContextOf, type GroupContextOf } from '../../core/feature/feature.ts'
import { table } from '../../core/feature/tables.ts'
import { canonical } from '../../core/lib/text.ts'
import { Content, Entry, itemsOf, orderText, piecesOf, sumOf, totalOf } from './items.ts'
import { fromThread, threadBegun, Thread } from './native.ts'
import { readOrder } from './order.ts'
import { signupTexts } from './texts.ts'
import { Refusal } from '../../core/types/refusal.ts'

/** Lines of the list in one message. */
const SHOWN = 40

export const signupParts = featureParts({
  config: z.strictObject({
    scheduled: Scheduled,
    native: z.boolean().default(true).describe('群友自己发的 #接龙 也记下来：补上掉了的行，算合计'),
  }),
  tables: {
    /** What is known of a list that members copy on; the key is its number. */
    noteThreads: table(Thread, { kind: 'note' }),
  },
  words: { signup: { say: ['接龙'], en: ['sign up', 'order'], rest: 'close' } },
  texts: signupTexts,
})
export type SignupCx = ContextOf<typeof signupParts>
export type SignupGroupCx = GroupContextOf<typeof signupParts>
export type List = Live<Content>
type Entries = Entered<Entry>[]

const drops = /^(?:我)?(?:取消|不要了|退出|不参加了|不去了|不来了|来不了了?|cancel|leave)(?:接龙)?$/u
const more = /再|多(?:加|来|要)|^[+＋]|加 ?\d|[+＋] ?\d/u
const changes = /改(?:成|为)|换成/u

/** An order in words: alone it counts for its items, with 再 or + on top of what is there. */
function takeOrder(
  typed: string,
  by: By<Entry>,
  live: List,
  cx: SignupGroupCx,
  entries: () => Entries,
): Taken<Entry> | undefined {
  const { items, points } = live.content
  const text = canonical(typed)
  if (drops.test(text)) return by.before ? { leaves: true } : undefined
  const names = items.map(({ name }) => name)
  const order = readOrder(text, names, points)
  const had = Object.entries(by.before?.counts ?? {}).map(([name]) => name)
  const example = exampleOf(live.content)
  const { counts } = order
  if (items.length === 0 && counts.size === 0) counts.set('', 1)
  const alone = /(?:^|[^\d.])(\d{1,3})(?:份|盒|斤|箱|袋|个|板)?(?:吧|了)?$/u.exec(text)?.[1]
  if (counts.size === 0 && alone !== undefined && (more.test(text) || changes.test(text))) {
    const [item, another] = had
    if (item === undefined || another !== undefined)
      return {
        refused: cx.reply(item === undefined ? 'whichNew' : 'which', { name: by.name, item: item ?? names[0] ?? '' }),
      }
    counts.set(item, Number(alone))
    order.doubts = []
  }
  const [doubt] = order.doubts
  if (doubt !== undefined) return { refused: cx.reply('doubt', { name: by.name, typed: doubt.slice(0, 20), example }) }
  if (counts.size === 0 && order.point === null) return undefined
  const before: Record<string, number> = { ...by.before?.counts }
  for (const [item, count] of counts)
    before[item] = (more.test(text) && by.before && items.length > 0 ? (before[item] ?? 0) : 0) + count
  const value: Entry = {
    counts: Object.fromEntries(Object.entries(before).filter(([, count]) => count > 0)),
    point: order.point ?? by.before?.point ?? null,
    paid: by.before?.paid ?? false,
  }
  if (Object.keys(value.counts).length === 0) return by.before ? { leaves: true } : undefined
  const all = entries()
  const others = all.filter(({ member }) => member !== by.member).map((one) => one.value)
  const refused = tooMany(value, others, by.name, live, cx)
  return refused ?? { value, said: tookText(value, others, by, live, piecesOf(all.map((one) => one.value)), cx) }
}

function tooMany(
  value: Entry,
  others: readonly Entry[],
  name: string,
  { content, terms }: List,
  cx: SignupGroupCx,
): Taken<Entry> | undefined {
  const ordered = totalOf(others)
  for (const { name: item, limit, stock } of content.items) {
    const count = value.counts[item] ?? 0
    if (limit !== null && count > limit) return { refused: cx.reply('over', { item, count: limit, name }) }
    const left = (stock ?? Infinity) - (ordered[item] ?? 0)
    if (count > left) return { refused: cx.reply('soldOut', { item, count: Math.max(0, left), name }) }
  }
  const tooMuch = terms.each !== null && piecesOf([value]) > terms.each
  return tooMuch ? { refused: cx.reply('overEach', { count: terms.each ?? 0, name }) } : undefined
}

function tookText(
  value: Entry,
  others: readonly Entry[],
  { name }: By<Entry>,
  { content }: List,
  before: number,
  cx: SignupGroupCx,
): string {
  const { text, word } = cx
  const { target, points } = content
  const isReached = target !== null && before < target && piecesOf([...others, value]) >= target
  const asks =
    points.length > 1 && value.point === null
      ? text('whichPoint', { word: word('signup'), point: points[0] ?? '' })
      : ''
  const extra = asks + (isReached ? text('reached', { count: target }) : '')
  if (content.items.length === 0) return text('tookPerson', { name, count: piecesOf([value]), more: extra })
  const sum = sumOf([value], content)
  const point = value.point === null ? '' : `（${value.point}）`
  return text('took', {
    name,
    order: orderText(value, '、') + point,
    sum: sum === null ? '' : text('sum', { sum }),
    more: extra,
  })
}

function exampleOf({ items }: Content): string {
  return items.length === 0
    ? '2人'
    : items
        .slice(0, 2)
        .map(({ name }, i) => `${name}${i === 0 ? 2 : 1}`)
        .join(' ')
}

/** What may be an order although the word does not stand before it. */
const bareOrder =
  /^(?:[+＋] ?\d{1,2}(?:份|盒|斤|箱|袋|个|板|人|位)?|(?:我)?(?:取消|不要了|不参加了|不来了|cancel)(?:接龙)?|(?:我)?(?:报名|参加)(?: ?\d{1,2} ?[人位个])?|.{0,12}(?:再(?:加|来|要)|改成|改为).{1,12})[!。~～]*$/u

/** The list as it stands. */
function boardText(live: List, entries: Entries, { text }: Pick<SignupCx, 'text'>): string {
  const { content, title, no } = live
  const lines = entries.slice(0, SHOWN).map(({ name, value }, i) => `${i + 1}. ${name} ${lineText(value)}`.trim())
  if (entries.length > SHOWN) lines.push(text('more', { count: entries.length }))
  const count = piecesOf(entries.map(({ value }) => value))
  const shown = lines.join('\n')
  if (content.items.length === 0) return text('boardPeople', { title, no, count, lines: shown })
  const missing = content.target === null ? 0 : content.target - count
  const short = missing > 0 ? text('short', { count: missing }) : ''
  return text('board', {
    title,
    no,
    people: entries.length,
    count,
    short,
    lines: shown,
    totals: totalsText(live, entries, { text }),
  })
}

function lineText({ counts, point }: Entry): string {
  const order =
    Object.keys(counts).join('') === ''
      ? (counts[''] ?? 1) > 1
        ? `+${(counts[''] ?? 1) - 1}`
        : ''
      : orderText({ counts }, ' ')
  return point === null ? order : `${order} ${point}`
}

function totalsText({ content }: List, entries: Entries, { text }: Pick<SignupCx, 'text'>): string {
  const of = (some: Entries) => orderText({ counts: totalOf(some.map(({ value }) => value)) }, '、')
  const points = content.points.length > 1 ? [...content.points, null] : []
  const parts = points.flatMap((point) => {
    const here = entries.filter(({ value }) => value.point === point)
    return here.length === 0 ? [] : [text('atPoint', { point: point ?? text('noPoint'), totals: of(here) })]
  })
  return [text('totals', { totals: of(entries) }), ...parts].join('\n')
}

const called = { zh: '接龙', en: 'sign-up list' }
const number = arg.number({ zh: '编号', en: 'number' })

export const signup = activity(
  signupParts,
  {
    name: 'signup',
    summary: { zh: '接龙：报名、团购', en: 'Sign-up lists and group purchases' },
    called,
    word: 'signup',
    content: Content,
    entry: Entry,
    each: { zh: '份', en: 'pieces' },
    showsBoard: true,
    openings: ({ scheduled }) => scheduled,
    line: {
      command: 'signup',
      example: {
        zh: '周五团购 草莓 25元 限2 鸡蛋 18元 共30 成团 10 自提 东门 截止 周五18:00',
        en: '"Friday order" 草莓 25元 鸡蛋 18元 target 10 until fri 18:00',
      },
      things: 'plain',
      thing: { zh: '东西和价钱', en: 'items with prices' },
      most: { things: 60, each: 999 },
      keywords: {
        target: {
          zh: ['成团'],
          en: ['target'],
          value: arg.int({ zh: '份数', en: 'pieces' }, { min: 1, max: 9999, example: 10 }),
        },
        pickUp: {
          zh: ['自提', '自提点'],
          en: ['pickup'],
          value: arg.text({ zh: '地点', en: 'place' }, { zh: '东门、西门', en: '东门,西门' }),
        },
      },
    },

    read({ things, said }) {
      const items = itemsOf(things.map(({ name }) => name))
      if (items instanceof Refusal) return items
      if (items.length > 20) return new Refusal('最多 20 样', 'there can be 20 items at most')
      const points = (said.pickUp ?? '')
        .split(/[、,，/]/u)
        .map((point) => point.trim())
        .filter((point) => point !== '')
      return { items, target: said.target ?? null, points, isNative: false }
    },
    opening({ no, title, content }, word, { text }) {
      const items = content.items.map(({ name, price, limit, stock }) => {
        const bounds = [
          limit === null ? '' : text('limit', { count: limit }),
          stock === null ? '' : text('stock', { count: stock }),
        ].filter((one) => one !== '')
        return text('item', {
          name,
          price: price === null ? '' : text('price', { price }),
          bounds: bounds.length === 0 ? '' : text('bounds', { bounds: bounds.join(text('listComma')) }),
        })
      })
      const { target, points } = content
      return text('opened', {
        no,
        title,
        items: items.join(''),
        how: items.length === 0 ? text('howPeople', { word }) : text('howItems', { word, example: exampleOf(content) }),
        target: target === null ? '' : text('target', { count: target }),
        points: points.length === 0 ? '' : text('pickUp', { points: points.join('、') }),
      })
    },
    how: ({ content }, word, { text }) => text('how', { word, example: exampleOf(content) }),
    take(typed, by, live, cx, entries) {
      if (typed.trim() === '' && live.content.items.length > 0)
        return { refused: cx.replyText(boardText(live, entries(), cx)) }
      return takeOrder(typed, by, live, cx, entries)
    },
    hear(said, by, live, cx, entries) {
      const native = fromThread(said, live, cx, entries)
      if (native) return native
      const text = canonical(said.text)
      if (text.length > 60 || live.content.isNative) return undefined
      // `5栋-陈晨 草莓x2`: who orders and where he lives, as in a copied list.
      const ordered = text
        .replace(/^\S*\d+ ?(?:栋|幢|号楼|单元|室|期|弄|座)\S*\s+/u, '')
        .replace(canonical(by.name), ' ')
      const order = readOrder(
        ordered,
        live.content.items.map(({ name }) => name),
        live.content.points,
      )
      const isOrder =
        order.isWhole &&
        order.counts.size > 0 &&
        (/\d/.test(ordered) || (by.before !== undefined && [...order.counts.values()].includes(0))) &&
        live.content.items.some(({ name }) => text.includes(canonical(name)))
      return bareOrder.test(text) || isOrder ? takeOrder(ordered, by, live, cx, entries) : undefined
    },
    begun: (said, cx) => (cx.config.native ? threadBegun(said) : undefined),
    board: boardText,
    settle(live, entries, { text }) {
      const { no, title, content } = live
      const values = entries.map(({ value }) => value)
      const count = piecesOf(values)
      const outcome =
        content.target === null
          ? ''
          : count >= content.target
            ? text('done')
            : text('failed', { count: content.target })
      const sum = sumOf(values, content)
      const unpaid = values.filter(({ paid }) => !paid).length
      const money = sum === null ? [] : [text('money', { sum, paid: values.length - unpaid, unpaid, no })]
      const head =
        content.items.length === 0
          ? text('resultPeople', { no, title, count })
          : text('result', { no, title, people: entries.length, count, outcome })
      return {
        said: `${head}\n${boardText(live, entries, { text }).split('\n').slice(1).join('\n')}`,
        admin: [totalsText(live, entries, { text }), ...money].join('\n'),
      }
    },
    columns: (_live, { text }) => [text('columnOrder'), text('columnSum'), text('columnPoint'), text('columnPaid')],
    row: ({ value }, { content }, { text }) => [
      orderText(value, ' '),
      sumOf([value], content) ?? '',
      value.point ?? '',
      text(value.paid ? 'paidYes' : 'paidNo'),
    ],
    remind(live, entries, { text }) {
      const { no, title, phase } = live
      if (phase === 'open') return { said: boardText(live, entries, { text }) }
      const unpaid = entries.filter(({ value }) => !value.paid)
      if (unpaid.length === 0) return { said: '', admin: text('allPaid', { no }) }
      return {
        said: text('unpaid', { no, title, count: unpaid.length }),
        admin: text('unpaidNames', { names: unpaid.map(({ name }) => name).join('、') }),
      }
    },
  },
  {
    commands: {
      paid: {
        summary: { zh: '记下谁付了款：名字，或「全部」', en: 'Note who has paid: names, or all' },
        role: 'helper',
        args: {
          number,
          who: arg.rest({ zh: '名字或「全部」', en: 'names or all' }, { zh: '小明 阿花', en: 'Ming Hua' }),
        },
        run({ number: no, who }, cx) {
          const live = liveOf(no, cx as unknown as AnyCx)
          if (!live) return cx.reply('noSuch', { no })
          const entries = entriesOf(live, cx as unknown as AnyCx) as Entries
          const isAll = ['全部', '所有人', '都付了', 'all'].includes(canonical(who))
          const names = who
            .split(/[\s,，、]+/u)
            .map((name) => canonical(name.replace(/^[@＠]/u, '')))
            .filter((name) => name !== '')
          const isMeant = ({ name, member }: Entries[number], typed: string) =>
            canonical(name) === typed || member === typed
          const found = isAll ? entries : entries.filter((entry) => names.some((name) => isMeant(entry, name)))
          const table = (cx as unknown as AnyCx).tables.entries
          for (const { who: key, value } of found) {
            const before = table.get(`${no}/${key}`)
            if (before) table.set(`${no}/${key}`, { ...before, value: { ...value, paid: true } })
          }
          const strangers = isAll ? [] : names.filter((name) => !entries.some((entry) => isMeant(entry, name)))
          const left = entries.filter((entry) => !entry.value.paid && !found.includes(entry)).length
          const told =
            found.length === 0
              ? []
              : [cx.text('markedPaid', { no, names: found.map(({ name }) => name).join('、'), left })]
          return cx.replyText(
            [...told, ...(strangers.length > 0 ? [cx.text('notFound', { no, names: strangers.join('、') })] : [])].join(
              '\n',
            ),
          )
        },
      },
    },
  },
)
