// Typed arguments of commands and words: the kinds there are, how a line is read by them, and its usage line.
import { distance } from 'fastest-levenshtein'
import { groupArg, groupWithArg } from './argument-group.ts'
import { lineArg } from './argument-line.ts'
import { couponArg, prizeArg } from './argument-prize.ts'
import { timeArg } from './argument-time.ts'
import {
  argument,
  quoted,
  same,
  words,
  type Arg,
  type Args,
  type ArgValues,
  type Scene,
  type TypedWord,
} from './argument.ts'
import type { Directory, GroupView } from './directory.ts'
import type { MemberId } from '../types/ids.ts'
import type { Localised } from '../types/localised.ts'
import { withDigits } from '../lib/numerals.ts'
import { canonical } from '../lib/text.ts'
import { Refusal } from '../types/refusal.ts'

const memberLabel: Localised = { zh: '@成员', en: '@member' }
const memberExample: Localised = { zh: '@小明', en: '@Ming' }
const peopleLabel: Localised = { zh: '@成员', en: '@member' }
/** Most people named in one line, and most words of one name. */
const MOST_NAMED = 50
const NAME_WORDS = 3
/** A quantity at the beginning of a text. */
const quantity = /^(?:[x×*✕] ?)?\d{1,9} ?(?:分|积分|张|份|个|次|元|points?|pts?|coupons?)?(?=\s|$)/u
/** What may stand behind a number: what it counts. */
const measures =
  /^([+-]?\d{1,15}) ?(?:分|积分|个|人|位|名|份|张|次|天|题|道|轮|points?|people|tickets?|parts?|times?|days?|questions?)?(?:开奖|截止|为止)?$/

/** The kinds of arguments. `label` stands in the usage line, `example` in the line that shows how. */
export const arg = {
  /** A person: `@name`, `name` or `m12`; refused when several have the name. */
  member: (): Arg<MemberId> =>
    argument(memberLabel, memberExample, (typed, { members }) => memberCalled(typed, members), {
      words: 3,
      isShort: true,
    }),

  /** Several people, each once. */
  members: (): Arg<MemberId[]> =>
    argument<MemberId[]>(
      memberLabel,
      memberExample,
      (typed, { members }) => {
        const found = words(typed).map(({ text }) => memberCalled(text, members))
        const wrong = found.find((member) => member instanceof Refusal)
        return wrong ?? [...new Set(found.filter((member): member is MemberId => !(member instanceof Refusal)))]
      },
      { words: MOST_NAMED },
    ),

  /** One or several people, or those whom some words mean together: `@小明 @阿花`, `小明、阿花`, `今天签到的`. */
  people: (): Arg<MemberId[]> =>
    argument<MemberId[]>(peopleLabel, memberExample, peopleCalled, { words: MOST_NAMED, isGreedy: true }),

  /** A managed group: its name or `g3`; roughly is enough when only one can be meant. */
  group: (): Arg<GroupView> => groupArg(),

  /** A group in which a feature is on: the one that is named, or the only one. */
  groupWith: groupWithArg,

  /** A time after now. */
  time: timeArg,

  /** Points or coupons. */
  prize: prizeArg,

  /** Coupons of one kind. */
  coupon: couponArg,

  /** A title, things and conditions in any order. */
  line: lineArg,

  /** A whole number between two bounds, both included. */
  int: (label: Localised, bounds: { min: number; max: number; example: number }): Arg<number> =>
    argument(
      label,
      same(String(bounds.example)),
      (typed) => {
        const [, digits] = measures.exec(withDigits(canonical(typed))) ?? []
        const value = Number(digits)
        if (digits !== undefined && value >= bounds.min && value <= bounds.max) return value
        return new Refusal(
          `「${quoted(typed)}」不是 ${bounds.min} 到 ${bounds.max} 之间的整数`,
          `“${quoted(typed)}” is not a whole number from ${bounds.min} to ${bounds.max}`,
        )
      },
      { words: 2 },
    ),

  /** The number of a case, a question, a draw: `41` or `#41`. */
  number: (label: Localised): Arg<number> =>
    argument(label, same('41'), (typed) => {
      const match = /^(?:#|第|no\.?)? ?(\d{1,12})号?$/.exec(canonical(typed))
      return match
        ? Number(match[1])
        : new Refusal(`「${quoted(typed)}」不是编号`, `“${quoted(typed)}” is not a number`)
    }),

  /** One of some words. */
  oneOf: <const W extends string>(label: Localised, choices: readonly [W, ...W[]]): Arg<W> =>
    arg.choice(
      label,
      Object.fromEntries(choices.map((choice) => [choice, [choice]])) as unknown as Record<W, [string]>,
    ),

  /** One of some things, by any of its names; the first is shown in Chinese, the last in English. */
  choice: <const W extends string>(
    label: Localised,
    choices: Readonly<Record<W, readonly [string, ...string[]]>>,
  ): Arg<W> => {
    const all = Object.entries(choices) as [W, readonly [string, ...string[]]][]
    const shown = { zh: all.map(([, [first]]) => first), en: all.map(([, names]) => names.at(-1) ?? '') }
    return argument(label, { zh: shown.zh[0] ?? '', en: shown.en[0] ?? '' }, (typed) => {
      const found = all.find(([, names]) => names.some((name) => canonical(name) === canonical(typed)))
      return (
        found?.[0] ??
        new Refusal(
          `「${quoted(typed)}」不认识，可以写：${shown.zh.join('、')}`,
          `“${quoted(typed)}” is not one of ${shown.en.join(', ')}`,
        )
      )
    })
  },

  /** One word, or several in quotes. */
  text: (label: Localised, example: Localised): Arg<string> => argument(label, example, (typed) => typed),

  /** All that is left of the line. */
  rest: (label: Localised, example: Localised): Arg<string> =>
    argument(label, example, (typed) => typed, { rest: true }),

  /** The same, but a quantity at its beginning is refused, as it would be passed over in silence. */
  reason: (label: Localised, example: Localised): Arg<string> =>
    argument(
      label,
      example,
      (typed) => {
        const [amount] = quantity.exec(withDigits(canonical(typed))) ?? []
        if (amount === undefined) return typed
        return new Refusal(
          `「${amount.trim()}」放在这里读不成数量，数量要和前面写在一起，例如 10元券x3；如果是${label.zh}，请换个开头`,
          `“${amount.trim()}” is no quantity here; write it with the thing, such as 10元券x3, or begin the ${label.en} otherwise`,
        )
      },
      { rest: true },
    ),

  /** A keyword of a line that needs nothing behind it. */
  flag: (): Arg<true> => argument(same(''), same(''), () => true, { words: 0 }),

  /** The same, but it may be left out. */
  optional: <V>(inner: Arg<V>): Arg<V | undefined> => ({ ...inner, optional: true }),
}

function peopleCalled(typed: string, scene: Scene): MemberId[] | Refusal {
  const all = words(typed)
  const found = new Set<MemberId>()
  for (let at = 0; at < all.length;) {
    const read = namesAt(typed, all, at, scene)
    if (read instanceof Refusal) return read
    for (const member of read.members) found.add(member)
    at += read.count
  }
  return [...found]
}

/** Those whom the words from a place on mean: together, or the one with a name of as few words as possible. */
function namesAt(line: string, all: readonly TypedWord[], at: number, scene: Scene) {
  const counts = Array.from({ length: Math.min(NAME_WORDS, all.length - at) }, (_, i) => i + 1)
  const text = (count: number) => wordsOf(line, all.slice(at), count)
  for (const count of [...counts].reverse()) {
    const members = scene.crowd(text(count))
    if (members) return { members, count }
  }
  let wrong: Refusal | undefined
  for (const count of counts) {
    const member = memberCalled(text(count), scene.members)
    if (!(member instanceof Refusal)) return { members: [member], count }
    wrong ??= member
  }
  const parts = text(1)
    .split(/[、,，;；+＋&和]/u)
    .filter((part) => part.trim() !== '')
  if (parts.length < 2) return wrong ?? missing({ label: peopleLabel })
  const members = parts.map((part) => memberCalled(part.trim(), scene.members))
  const stranger = members.find((member) => member instanceof Refusal)
  return stranger ?? { members: members.filter((member): member is MemberId => !(member instanceof Refusal)), count: 1 }
}

function memberCalled(typed: string, members: Directory): MemberId | Refusal {
  const found = members.find(typed)
  const [only, another] = found
  if (only !== undefined && another === undefined) return only
  const shown = quoted(typed)
  if (only === undefined) {
    const near = nearNames(typed, members)
    return new Refusal(
      `没找到成员「${shown}」${near.length > 0 ? `，是不是 ${near.join('、')}？` : ''}`,
      `there is no member “${shown}”${near.length > 0 ? `; did you mean ${near.join(', ')}?` : ''}`,
    )
  }
  const list = found.slice(0, 5).map((id) => {
    const groups = members.groupsOf(id).map((group) => members.group(group)?.name ?? group)
    return `${id}${groups.length > 0 ? `（${groups.join('、')}）` : ''}`
  })
  return new Refusal(
    `有 ${found.length} 个成员叫「${shown}」：${list.join('、')}。请写编号`,
    `there are ${found.length} of the name “${shown}”: ${list.join('、')}. Please give the id`,
  )
}

/** Members with a name one slip away, with their ids. */
function nearNames(typed: string, members: Directory): string[] {
  const wanted = canonical(typed.replace(/^[@＠]/, ''))
  if ([...wanted].length < 2) return []
  const near = new Map<MemberId, string>()
  for (const { id: group } of members.groups()) {
    for (const id of members.membersOf(group)) {
      const name = members.name(id, group)
      if (near.size < 3 && distance(canonical(name), wanted) === 1) near.set(id, `${name}（${id}）`)
    }
  }
  return [...near.values()]
}

/** The values of arguments on a typed line, or what is wrong with it. */
export function readArgs<A extends Args>(spec: A, line: string, scene: Scene): ArgValues<A> | Refusal {
  const there = placeOf(spec, line, scene)
  const values = readIn(spec, line, there)
  // The arguments themselves made these values.
  return values as ArgValues<A> | Refusal
}

/** Where a line is about, when it names a group: times and coupons are read there. */
function placeOf(spec: Args, line: string, scene: Scene): Scene {
  const [name] = Object.entries(spec).find(([, arg]) => arg.isPlace) ?? []
  const found = name === undefined ? undefined : readIn(spec, line, scene)
  const group =
    found === undefined || found instanceof Refusal ? undefined : (found[name ?? ''] as GroupView | undefined)
  return group ? { ...scene.inGroup(group.id), here: group.id } : scene
}

function readIn(spec: Args, line: string, scene: Scene): Record<string, unknown> | Refusal {
  const typed = words(line)
  const values: Record<string, unknown> = {}
  const all = Object.entries(spec)
  let next = 0
  for (const [i, [name, argument]] of all.entries()) {
    const word = typed[next]
    if (!word) {
      const value = argument.absent ? argument.absent(scene) : argument.optional ? undefined : missing(argument)
      if (value instanceof Refusal) return value
      values[name] = value
      continue
    }
    const needed = all.slice(i + 1).filter(([, { optional }]) => !optional).length
    const found = argument.rest
      ? { value: argument.parse(line.slice(word.at).trim(), scene), count: typed.length }
      : longest(
          argument,
          line,
          argument.isGreedy ? typed.slice(next) : typed.slice(next, Math.max(next + 1, typed.length - needed)),
          scene,
        )
    const [, following] = all[i + 1] ?? []
    const isSkipped =
      found.value instanceof Refusal && following && !(following.parse(word.text, scene) instanceof Refusal)
    const value = isSkipped && argument.absent ? argument.absent(scene) : found.value
    // Behind names a word without digits may be a name with a slip.
    const before = all[i - 1]?.[1]
    const slip =
      value instanceof Refusal && before?.isGreedy && !/\d/.test(word.text) ? before.parse(word.text, scene) : undefined
    if (slip instanceof Refusal && nearNames(word.text, scene.members).length > 0) return slip
    if (value instanceof Refusal) return value
    values[name] = value
    if (value === found.value) next += found.count
  }
  const extra = typed[next]
  if (!extra) return values
  return new Refusal(`「${quoted(extra.text)}」是多出来的`, `“${quoted(extra.text)}” is too much`)
}

function missing({ label }: Pick<Arg<unknown>, 'label'>): Refusal {
  return new Refusal(`还没写${label.zh}`, `the ${label.en} is missing`)
}

/** As many words as can be taken. */
function longest(argument: Arg<unknown>, line: string, typed: ReturnType<typeof words>, scene: Scene) {
  const counts = Array.from({ length: Math.min(argument.words, typed.length) }, (_, i) => i + 1)
  let wrong: unknown
  for (const count of argument.isShort ? counts : counts.reverse()) {
    const value = argument.parse(wordsOf(line, typed, count), scene)
    // What is understood and cannot be done is not read as less: 25张 of at most 20 is not one.
    if (!(value instanceof Refusal) || (value.isClear && count > 1)) return { value, count }
    // Of times and names the whole is told, of others the word that is wrong.
    if (count === 1 && (argument.words < 4 || wrong === undefined)) wrong = value
    else if (argument.words >= 4) wrong ??= value
  }
  return { value: wrong, count: 1 }
}

/** The first words of some, as they were typed; a single one without its quotes. */
function wordsOf(line: string, typed: ReturnType<typeof words>, count: number): string {
  const [first, last] = [typed[0], typed[count - 1]]
  return count === 1 ? (first?.text ?? '') : line.slice(first?.at, last?.end)
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
