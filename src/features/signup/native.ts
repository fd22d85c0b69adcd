// WeChat's own 接龙 as a sign-up list: a text begins one or is its next version; lost lines are kept and told, doubtful ones asked about once.
import { z } from 'zod'
import type { Taken } from '../../activities/kind.ts'
import type { Entered } from '../../activities/records.ts'
import { sameAnswer } from '../../core/feature/answers.ts'
import type { Said } from '../../core/types/event.ts'
import { canonical, cleanName } from '../../core/lib/text.ts'
import type { Content, Entry } from './items.ts'
import { readOrder } from './order.ts'
import type { List, SignupGroupCx } from './signup.ts'
import { merge, readThread, same, type ThreadLine } from './thread.ts'

/** Versions that may still be copied. */
const KEPT = 12
/** Lines that are quoted in one message. */
const QUOTED = 5

/** What is known of a list that members copy on. */
export const Thread = z.strictObject({
  title: z.string(),
  lines: z.array(z.string()),
  versions: z.array(z.array(z.string())),
  /** Lines that were told to be kept, or asked about. */
  told: z.array(z.string()),
})

/** A list that a member's own text begins; its title names no items, so quantities are read where they stand plainly. */
export function threadBegun({ text }: Said): { title: string; content: Content } | undefined {
  const thread = readThread(text)
  if (!thread || thread.lines.length === 0) return undefined
  const names = itemNames(thread.lines)
  const items = names.map((name) => ({ name, price: null, limit: null, stock: null }))
  return { title: cleanName(thread.title).slice(0, 30), content: { items, target: null, points: [], isNative: true } }
}

/** Words that stand before a quantity in some lines: what is ordered, as nobody has said it. */
function itemNames(lines: readonly ThreadLine[]): string[] {
  const found = new Map<string, number>()
  for (const { rest } of lines)
    for (const [, name] of rest.matchAll(
      /(\p{Script=Han}{2,6}?) ?[x×*]?[0-9一二两三四五六七八九十](?=份|盒|斤|箱|袋|个|只|瓶|把|包|件|板|$|[\s,，、])/gu,
    ))
      if (name !== undefined && !/^(?:再加|一共|电话|号楼|单元|手机|大约|带)/u.test(name))
        found.set(name, (found.get(name) ?? 0) + 1)
  return [...found.keys()].slice(0, 20)
}

/** The next version of a list; undefined when a text is none. */
export function fromThread(
  said: Said,
  live: List,
  cx: SignupGroupCx,
  entries: () => Entered<Entry>[],
): Taken<Entry> | undefined {
  const thread = readThread(said.text)
  if (!thread || !cx.config.native) return undefined
  const known = cx.tables.noteThreads.get(String(live.no)) ?? { title: '', lines: [], versions: [], told: [] }
  const version = thread.lines.map(({ text }) => text)
  const isSame =
    sameAnswer(thread.title, known.title) || sameAnswer(thread.title, live.title) || sharesMost(version, known.lines)
  if (!isSame) return undefined
  const isFirst = known.versions.length === 0
  const lineOf = new Map(thread.lines.map((line) => [same(line.text), line]))
  for (const text of known.lines)
    if (!lineOf.has(same(text)))
      for (const line of readThread(`#接龙\nx\n1. ${text}`)?.lines ?? []) lineOf.set(same(text), line)
  const whoIn = (text: string) => whoOf(lineOf.get(same(text))?.name ?? text, cx)
  const writers = { ownerOf: whoIn, isOwn: (text: string) => whoIn(text) === said.from }
  const { lines, kept } = merge(known, version, writers)
  const before = new Set(known.lines.map(same))
  const after = new Set(lines.map(same))
  const touched = new Set(
    [...lines.filter((line) => !before.has(same(line))), ...known.lines.filter((line) => !after.has(same(line)))].map(
      whoIn,
    ),
  )
  const doubtful: string[] = []
  const had = new Map(entries().map(({ who, value }) => [who, value]))
  const items = live.content.items.map(({ name }) => name)
  const changed = [...touched].map((who) => {
    const own = lines.filter((line) => whoIn(line) === who)
    if (own.length === 0) return { who, name: null, value: null }
    const counts: Record<string, number> = {}
    let point: string | null = null
    for (const line of own) {
      const order = readOrder(lineOf.get(same(line))?.rest ?? '', items, live.content.points)
      if (order.doubts.length > 0 && !before.has(same(line))) doubtful.push(line)
      const found = order.counts.size === 0 && items.length === 0 ? new Map([['', 1]]) : order.counts
      for (const [item, count] of found) if (count > 0) counts[item] = (counts[item] ?? 0) + count
      point ??= order.point
    }
    const name = who.startsWith('=') ? cleanName(lineOf.get(same(own[0] ?? ''))?.name ?? '') : null
    return { who, name, value: { counts, point, paid: had.get(who)?.paid ?? false } }
  })
  const lost = kept.filter((line) => !known.told.includes(same(line)))
  const told = [...known.told, ...[...lost, ...doubtful].map(same)].slice(-500)
  cx.tables.noteThreads.set(String(live.no), {
    title: thread.title,
    lines,
    versions: [...known.versions, version].slice(-KEPT),
    told,
  })
  const text = [
    ...(isFirst && live.content.isNative
      ? [cx.text('begun', { no: live.no, title: live.title, word: cx.word('signup') })]
      : []),
    ...(lost.length > 0 ? [cx.text('kept', { lines: quoted(lost), thread: threadText(thread.title, lines) })] : []),
    ...(doubtful.length > 0 ? [cx.text('doubtful', { lines: quoted(doubtful) })] : []),
  ].join('\n')
  return { entries: changed, told: text === '' ? [] : [cx.say({ group: cx.group.id }, text, { priority: 'reply' })] }
}

/** A member of the group by the name in a line, else the name itself. */
function whoOf(name: string, { members, group }: SignupGroupCx): string {
  const [only, another] = members.find(name, group.id)
  return only !== undefined && another === undefined ? only : `=${canonical(name).replaceAll('/', '')}`
}

function sharesMost(version: readonly string[], lines: readonly string[]): boolean {
  const here = new Set(version.map(same))
  const common = lines.filter((line) => here.has(same(line))).length
  return common >= 2 && common * 2 >= lines.length
}

function quoted(lines: readonly string[]): string {
  return lines
    .slice(0, QUOTED)
    .map((line) => `「${[...line].slice(0, 20).join('')}」`)
    .join('')
}

/** A version to go on from. */
function threadText(title: string, lines: readonly string[]): string {
  return ['#接龙', title, '', ...lines.map((line, i) => `${i + 1}. ${line}`)].join('\n')
}
