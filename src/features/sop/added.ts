// Posts that admins put in from chat: kept in a table, counted like those of the file, and listed in the form that `sop.yaml` takes.
import { timeOf } from '../../core/feature/argument-time.ts'
import { argument, quoted, words, type Arg, type Scene, type TypedWord } from '../../core/feature/argument.ts'
import { Refusal } from '../../core/types/refusal.ts'
import type { Effect } from '../../core/types/effect.ts'
import { clock, dayKey } from '../../core/lib/time.ts'
import { nextSlot, readWritten, slotsBetween } from './calendar.ts'
import { variableTrouble } from './checks.ts'
import { givenNames } from './content.ts'
import { label } from './post.ts'
import { placesOf } from './lists.ts'
import { addedPost, whenOf, whereOf, type Cx } from './state.ts'

/** More belong into the file. */
const MOST = 50
const LONGEST = 1000
const WEEK = 7 * 86_400_000

/** What was typed behind the id: a time as `sop.yaml` takes it, groups by name or tag (empty: all), and the text. */
interface Typed {
  at: string
  groups: string[] | undefined
  content: string
}

/** `每天8:00 群 福利群 大家早`: a time, perhaps a group, and all that is left is the text. */
export const typedPost: Arg<Typed> = argument<Typed>(
  { zh: '时间 [群 <群名>] 内容', en: 'time [group <name>] text' },
  { zh: '每天8:00 群 福利群 大家早', en: '20:00 group Welfare Good evening' },
  (typed, scene) => {
    const all = words(typed)
    const time = timeIn(typed, all, scene)
    if (time instanceof Refusal) return time
    const place = placeIn(typed, all, time.used, scene)
    if (place instanceof Refusal) return place
    const content = typed.slice(all[place.used]?.at ?? typed.length).trim()
    if (content === '') return new Refusal('还没写要发的内容', 'there is no text to send yet')
    if ([...content].length > LONGEST)
      return new Refusal(`内容最多 ${LONGEST} 字`, `the text has at most ${LONGEST} characters`)
    return { at: time.at, groups: place.groups, content }
  },
  { rest: true },
)

/** What begins a time that comes again and again; any other is a time once, as everywhere in chat. */
const again =
  /^(?:每|天天|工作日|周末|daily)|^(?:周|星期|礼拜)[一二三四五六日天][、,，和到至-]?(?:周|星期|礼拜)?[一二三四五六日天]/i
const cronLike = /^(?:[\d*,/LW#?-]+\s+){4}[\dA-Za-z*,/#?-]+$/

/** The time at the beginning of a line, of as many words as can be one. */
function timeIn(typed: string, all: readonly TypedWord[], scene: Scene): { at: string; used: number } | Refusal {
  let trouble: Refusal | undefined
  for (let count = Math.min(5, all.length); count > 0; count -= 1) {
    const text = typed.slice(all[0]?.at, all[count - 1]?.end)
    if (cronLike.test(text)) return { at: text, used: count }
    const written = readWritten(text)
    if (written && !(written instanceof Refusal) && (again.test(text) || /^\d{4}\D/.test(text)))
      return { at: text, used: count }
    const once = again.test(text) ? undefined : timeOf(text, scene)
    if (typeof once === 'number')
      return { at: `${dayKey(once, scene.timezone)} ${clock(once, scene.timezone)}`, used: count }
    if (once?.isClear) return once
    trouble = once ?? trouble
  }
  return new Refusal(
    `没看懂什么时候发「${quoted(typed)}」，可以写 今晚8点、11-30 20:00、每天8:00、每周五 18:30、工作日 9:00`,
    `it is not clear when “${quoted(typed)}” is; write tonight 8pm, 11-30 20:00, daily 8:00 or a cron expression`,
    trouble?.cure ? { cure: trouble.cure } : {},
  )
}

/** `群 福利群` behind the time. */
function placeIn(typed: string, all: readonly TypedWord[], from: number, scene: Scene) {
  const keyword = /^(?:群|发到|group)[:：]?(.*)$/i.exec(all[from]?.text ?? '')
  const groups = scene.groupsWith('sop')
  const names = new Set(groups.flatMap(({ managed, name, id, tags }) => [managed, name, id, ...tags]))
  const attached = keyword?.[1] ?? ''
  if (!keyword || (attached !== '' && !isPlace(attached, names))) return { groups: undefined, used: from }
  const start = attached === '' ? from + 1 : from
  // A group's name may have blanks.
  for (let count = Math.min(3, all.length - start); count > 0; count -= 1) {
    const text = attached === '' ? typed.slice(all[start]?.at, all[start + count - 1]?.end) : attached
    if (!isPlace(text, names)) continue
    const parts = /^(?:所有群?|全部|all)$/i.test(text) ? [] : text.split(/[、,，]/).map((part) => part.trim())
    const named = parts.map((part) => groups.find(({ id, name }) => id === part || name === part)?.managed ?? part)
    return { groups: named, used: start + (attached === '' ? count : 1) }
  }
  const shown = quoted(all[start]?.text ?? '')
  return new Refusal(
    `没有群或标签叫「${shown}」，有：${[...new Set(groups.flatMap(({ managed, tags }) => [managed, ...tags]))].slice(0, 12).join('、')}；所有群写「群 所有」`,
    `no group or tag is called “${shown}”; for all groups write “group all”`,
    { isClear: true },
  )
}

function isPlace(text: string, names: ReadonlySet<string>): boolean {
  return /^(?:所有群?|全部|all)$/i.test(text) || text.split(/[、,，]/).every((part) => names.has(part.trim()))
}

/** `/sop add` */
export function add(id: string, typed: Typed, cx: Cx): Effect {
  const { tables, config, prepared, members, now, language } = cx
  if (!label.safeParse(id).success) return cx.reply('badId', { typed: quoted(id) })
  if (config.posts.some((post) => post.id === id)) return cx.reply('idInFile', { post: id })
  if (tables.added.get(id)) return cx.reply('idAdded', { post: id })
  if (tables.added.size() >= MOST) return cx.reply('tooManyAdded', { most: MOST })
  const here = cx.scene.groupsWith('sop')
  if (typed.groups === undefined && here.length > 1) return cx.reply('whichGroups', { at: typed.at })
  const groups = typed.groups ?? here.map(({ managed }) => managed)
  const trouble = variableTrouble(typed.content, [...givenNames, ...Object.keys(config.variables)])
  if (trouble) return cx.replyText(trouble[language])
  const record = { at: typed.at, groups, content: typed.content, since: now }
  const ready = prepared.make(addedPost(id, record))
  if (ready instanceof Refusal) return cx.replyText(ready.in(language))
  tables.added.set(id, record)
  const places = placesOf(id, cx)
  const [first] = places
  const next = first && nextSlot([ready], now, whereOf(first.here))
  if (!first || !next) {
    tables.added.delete(id)
    return cx.reply(first ? 'neverDue' : 'nowhere', { at: typed.at })
  }
  const inWeek = slotsBetween([ready], next.due - 1, next.due + WEEK - 1, whereOf(first.here)).length
  const isOnce = nextSlot([ready], next.due, whereOf(first.here)) === undefined
  return cx.reply('added', {
    post: id,
    groups: places.map((place) => members.group(place.group)?.name ?? place.group).join(cx.text('and')),
    when: whenOf(next),
    often: isOnce ? cx.text('once') : cx.text('often', { count: inWeek }),
  })
}

/** `/sop drop` */
export function drop(id: string, cx: Cx): Effect {
  const { tables, config } = cx
  if (!tables.added.get(id)) {
    const known = tables.added.keys().sort().join(cx.text('and')) || cx.text('none')
    return config.posts.some((post) => post.id === id)
      ? cx.reply('dropInFile', { post: id })
      : cx.reply('noAdded', { post: id, known })
  }
  tables.added.delete(id)
  return cx.reply('dropped', { post: id })
}

/** `/sop export`: in the form that `sop.yaml` takes. A JSON text is a YAML text as well. */
export function exportText({ tables, text }: Cx): string {
  const posts = [...tables.added.entries()].sort(([, a], [, b]) => a.since - b.since)
  if (posts.length === 0) return text('nothingAdded')
  const lines = posts.map(([id, { at, groups, content }]) => {
    const place = groups.length > 0 ? [`    groups: [${groups.map((group) => JSON.stringify(group)).join(', ')}]`] : []
    return [`  - id: ${id}`, ...place, `    at: ${JSON.stringify(at)}`, `    content: ${JSON.stringify(content)}`].join(
      '\n',
    )
  })
  return [text('exportHead'), ...lines].join('\n')
}

/** Lets go of posts that the file has now. */
export function forgetCopied({ tables, config }: Cx): void {
  for (const { id } of config.posts) tables.added.delete(id)
}
