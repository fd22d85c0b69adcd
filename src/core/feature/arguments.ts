// Typed arguments of slash-commands: what each may be, how it is written, and what to say when it is not.
import { canonical } from '../lib/text.ts'
import type { Directory, GroupView } from './directory.ts'
import type { MemberId } from '../types/ids.ts'
import type { Localised } from '../types/localised.ts'

/** Why a typed argument cannot be taken, in the admin's words. */
export class Wrong {
  readonly message: Localised
  constructor(zh: string, en: string) {
    this.message = { zh, en }
  }
}

/** One argument: its name in the usage line, an example, and how the typed text becomes a value. */
export interface Arg<V> {
  label: Localised
  example: Localised
  optional: boolean
  /** Takes all that is left of the line. */
  rest: boolean
  parse(typed: string, members: Directory): V | Wrong
}

/** Arguments of a command by name, in the order in which they are typed. */
export type Args = Readonly<Record<string, Arg<unknown>>>
/** What a command gets of its arguments. */
export type ArgValues<A> = { [K in keyof A]: A[K] extends Arg<infer V> ? V : never }

const same = (text: string): Localised => ({ zh: text, en: text })

function one<V>(label: Localised, example: Localised, parse: Arg<V>['parse']): Arg<V> {
  return { label, example, optional: false, rest: false, parse }
}

function unique<V>(typed: string, found: readonly V[], what: Localised, show: (one: V) => string): V | Wrong {
  const [first] = found
  if (first === undefined) return new Wrong(`没找到${what.zh}「${typed}」`, `there is no ${what.en} “${typed}”`)
  if (found.length === 1) return first
  const shown = found.slice(0, 5).map(show).join('、')
  return new Wrong(
    `有 ${found.length} 个${what.zh}叫「${typed}」：${shown}。请写编号`,
    `there are ${found.length} of the name “${typed}”: ${shown}. Please give the id`,
  )
}

/** The kinds of arguments. `label` stands in the usage line, `example` in the line that shows how. */
export const arg = {
  /** A person: `@name`, `name` or `m12`; refused when several bear the name. */
  member: (): Arg<MemberId> =>
    one({ zh: '@成员', en: '@member' }, { zh: '@小明', en: '@Ming' }, (typed, members) =>
      unique(typed, members.find(typed), { zh: '成员', en: 'member' }, (id) => {
        const groups = members.groupsOf(id).map((group) => members.group(group)?.name ?? group)
        return `${id}${groups.length > 0 ? `（${groups.join('、')}）` : ''}`
      }),
    ),

  /** A managed group: its name or `g3`. */
  group: (): Arg<GroupView> =>
    one({ zh: '群', en: 'group' }, { zh: 'g1', en: 'g1' }, (typed, members) =>
      unique(typed, members.findGroups(typed), { zh: '群', en: 'group' }, (group) => `${group.id}（${group.name}）`),
    ),

  /** A whole number between two bounds, both included. */
  int: (label: Localised, bounds: { min: number; max: number; example: number }): Arg<number> =>
    one(label, same(String(bounds.example)), (typed) => {
      const text = canonical(typed)
      const value = Number(text)
      if (/^[+-]?\d{1,15}$/.test(text) && value >= bounds.min && value <= bounds.max) return value
      return new Wrong(
        `「${typed}」不是 ${bounds.min} 到 ${bounds.max} 之间的整数`,
        `“${typed}” is not a whole number from ${bounds.min} to ${bounds.max}`,
      )
    }),

  /** The number of a case, a question, a draw: `41` or `#41`. */
  number: (label: Localised): Arg<number> =>
    one(label, same('41'), (typed) => {
      const match = /^#?(\d{1,12})$/.exec(canonical(typed))
      return match ? Number(match[1]) : new Wrong(`「${typed}」不是编号`, `“${typed}” is not a number`)
    }),

  /** One of some words. */
  oneOf: <const W extends string>(label: Localised, words: readonly [W, ...W[]]): Arg<W> =>
    one(label, same(words[0]), (typed) => {
      const found = words.find((word) => canonical(word) === canonical(typed))
      return (
        found ??
        new Wrong(`「${typed}」不认识，可以写：${words.join('、')}`, `“${typed}” is not one of ${words.join(', ')}`)
      )
    }),

  /** One word, or several in quotes. */
  text: (label: Localised, example: Localised): Arg<string> => one(label, example, (typed) => typed),

  /** All that is left of the line. */
  rest: (label: Localised, example: Localised): Arg<string> => ({
    ...one(label, example, (typed) => typed),
    rest: true,
  }),

  /** The same, but it may be left out. */
  optional: <V>(inner: Arg<V>): Arg<V | undefined> => ({ ...inner, optional: true }),
}

const opening = '"“「'
const closing: Record<string, string> = { '"': '"', '“': '”', '「': '」' }

/** Cuts a line into words: quotes hold words together, a mention runs to its closing U+2005 if it has one. */
export function words(line: string): { text: string; at: number }[] {
  const found: { text: string; at: number }[] = []
  let at = 0
  while (at < line.length) {
    const char = line[at] ?? ''
    if (/\s/.test(char)) {
      at++
      continue
    }
    const start = at
    const end = opening.includes(char) ? line.indexOf(closing[char] ?? '', at + 1) : -1
    const mention = char === '@' ? mentionEnd(line, at) : -1
    if (end > 0) {
      found.push({ text: line.slice(at + 1, end), at: start })
      at = end + 1
    } else if (mention > 0) {
      found.push({ text: line.slice(at, mention), at: start })
      at = mention + 1
    } else {
      while (at < line.length && !/\s/.test(line[at] ?? '')) at++
      found.push({ text: line.slice(start, at), at: start })
    }
  }
  return found
}

// Names may hold spaces: WeChat closes a mention with U+2005, unless the next mention begins before that.
function mentionEnd(line: string, at: number): number {
  const end = line.indexOf('\u2005', at)
  const next = line.indexOf('@', at + 1)
  return next >= 0 && next < end ? -1 : end
}

/** The values of a command's arguments, or what is wrong with the line; null when something is missing or too much. */
export function parseArgs(
  spec: Args,
  line: string,
  members: Directory,
): { values: Record<string, unknown> } | { wrong: Localised | null } {
  const typed = words(line)
  const values: Record<string, unknown> = {}
  let next = 0
  for (const [name, argument] of Object.entries(spec)) {
    const word = typed[next]
    if (!word) {
      if (!argument.optional) return { wrong: null }
      values[name] = undefined
      continue
    }
    const value = argument.parse(argument.rest ? line.slice(word.at).trim() : word.text, members)
    if (value instanceof Wrong) return { wrong: value.message }
    values[name] = value
    next = argument.rest ? typed.length : next + 1
  }
  return next < typed.length ? { wrong: null } : { values }
}

/** `/points add <@成员> <分数> [原因]` */
export function usage(name: string, spec: Args, language: keyof Localised): string {
  const parts = Object.values(spec).map((a) => (a.optional ? `[${a.label[language]}]` : `<${a.label[language]}>`))
  return [`/${name}`, ...parts].join(' ')
}

/** `/points add @小明 10 晒单` */
export function example(name: string, spec: Args, language: keyof Localised): string {
  return [`/${name}`, ...Object.values(spec).map((a) => a.example[language])].join(' ')
}
