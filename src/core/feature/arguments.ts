// Typed arguments of commands and words: the kinds there are, how a line is read by them, and its usage line.
import { distance } from 'fastest-levenshtein'
import { groupArg, groupWithArg } from './argument-group.ts'
import { lineArg } from './argument-line.ts'
import { couponArg, prizeArg } from './argument-prize.ts'
import { timeArg } from './argument-time.ts'
import { argument, quoted, same, words, type Arg, type Args, type ArgValues, type Scene } from './argument.ts'
import type { Directory, GroupView } from './directory.ts'
import type { MemberId } from '../types/ids.ts'
import type { Localised } from '../types/localised.ts'
import { withDigits } from '../lib/numerals.ts'
import { canonical } from '../lib/text.ts'
import { Refusal } from '../types/refusal.ts'

const memberLabel: Localised = { zh: '@成员', en: '@member' }
const memberExample: Localised = { zh: '@小明', en: '@Ming' }
/** What may stand behind a number: what it counts. */
const measures =
  /^([+-]?\d{1,15}) ?(?:分|积分|个|人|位|名|份|张|次|天|题|道|轮|points?|people|tickets?|parts?|times?|days?|questions?)?(?:开奖|截止|为止)?$/

/** The kinds of arguments. `label` stands in the usage line, `example` in the line that shows how. */
export const arg = {
  /** A person: `@name`, `name` or `m12`; refused when several bear the name. */
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
        const wrong = found.find((one) => one instanceof Refusal)
        return wrong ?? [...new Set(found.filter((one): one is MemberId => !(one instanceof Refusal)))]
      },
      { words: 50 },
    ),

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
      const match = /^#?(\d{1,12})$/.exec(canonical(typed))
      return match
        ? Number(match[1])
        : new Refusal(`「${quoted(typed)}」不是编号`, `“${quoted(typed)}” is not a number`)
    }),

  /** One of some words. */
  oneOf: <const W extends string>(label: Localised, choices: readonly [W, ...W[]]): Arg<W> =>
    argument(label, same(choices[0]), (typed) => {
      const found = choices.find((word) => canonical(word) === canonical(typed))
      const shown = quoted(typed)
      return (
        found ??
        new Refusal(
          `「${shown}」不认识，可以写：${choices.join('、')}`,
          `“${shown}” is not one of ${choices.join(', ')}`,
        )
      )
    }),

  /** One word, or several in quotes. */
  text: (label: Localised, example: Localised): Arg<string> => argument(label, example, (typed) => typed),

  /** All that is left of the line. */
  rest: (label: Localised, example: Localised): Arg<string> =>
    argument(label, example, (typed) => typed, { rest: true }),

  /** A keyword of a line that needs nothing behind it. */
  flag: (): Arg<true> => argument(same(''), same(''), () => true, { words: 0 }),

  /** The same, but it may be left out. */
  optional: <V>(inner: Arg<V>): Arg<V | undefined> => ({ ...inner, optional: true }),
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
  const [name] = Object.entries(spec).find(([, one]) => one.isPlace) ?? []
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
      : longest(argument, line, typed.slice(next, Math.max(next + 1, typed.length - needed)), scene)
    const [, following] = all[i + 1] ?? []
    const isSkipped =
      found.value instanceof Refusal && following && !(following.parse(word.text, scene) instanceof Refusal)
    const value = isSkipped && argument.absent ? argument.absent(scene) : found.value
    if (value instanceof Refusal) return value
    values[name] = value
    if (value === found.value) next += found.count
  }
  const extra = typed[next]
  if (!extra) return values
  return new Refusal(`「${quoted(extra.text)}」是多出来的`, `“${quoted(extra.text)}” is too much`)
}

function missing({ label }: Arg<unknown>): Refusal {
  return new Refusal(`还没写${label.zh}`, `the ${label.en} is missing`)
}

/** As many words as can be taken. */
function longest(argument: Arg<unknown>, line: string, typed: ReturnType<typeof words>, scene: Scene) {
  const counts = Array.from({ length: Math.min(argument.words, typed.length) }, (_, i) => i + 1)
  let wrong: unknown
  for (const count of argument.isShort ? counts : counts.reverse()) {
    const value = argument.parse(wordsOf(line, typed, count), scene)
    if (!(value instanceof Refusal)) return { value, count }
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
