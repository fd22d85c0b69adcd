// A group as an argument: named by its id or name, roughly is enough, or the only one where a feature is on.
import { distance } from 'fastest-levenshtein'
import { argument, quoted, same, type Arg, type FilledArg, type Scene } from './argument.ts'
import type { GroupView } from './directory.ts'
import type { Localised } from '../types/localised.ts'
import { withDigits } from '../lib/numerals.ts'
import { canonical } from '../lib/text.ts'
import { Refusal } from '../types/refusal.ts'

const SHOWN = 8
const label: Localised = { zh: '群', en: 'group' }

/** A managed group: its name, roughly, or `g3`. */
export function groupArg(): Arg<GroupView> {
  return argument(label, same('g1'), (typed, { members }) => groupCalled(typed, members.groups()), {
    words: 4,
    isPlace: true,
  })
}

/** A group in which a feature is on: the one that is named, or the only one. @param called the feature in the reader's words */
export function groupWithArg(feature: string, called: Localised): FilledArg<GroupView> {
  const named = argument<GroupView>(
    label,
    same('g1'),
    (typed, scene) => {
      const able = scene.groupsWith(feature)
      const found = groupCalled(typed, scene.members.groups(), able)
      if (found instanceof Refusal || able.some(({ id }) => id === found.id)) return found
      return new Refusal(
        `「${found.name}」没有打开${called.zh}${able.length > 0 ? `，打开了的有：${list(able).zh}` : ''}`,
        `${called.en} are switched off in “${found.name}”${able.length > 0 ? `; they are on in ${list(able).en}` : ''}`,
        { isClear: true, cure: howToSwitchOn(feature, found.name) },
      )
    },
    { words: 4, optional: true, isPlace: true },
  )
  return { ...named, absent: (scene) => onlyGroup(feature, called, scene) }
}

function onlyGroup(feature: string, called: Localised, { members, groupsWith, here }: Scene): GroupView | Refusal {
  const able = groupsWith(feature)
  const planned = able.find(({ id }) => id === here)
  if (planned) return planned
  const [only, another] = able
  if (only && !another) return only
  if (only) {
    return new Refusal(
      `在哪个群？${list(able).zh}。请写上群名或编号`,
      `in which group? ${list(able).en}. Please add its name or id`,
      {
        isQuestion: true,
      },
    )
  }
  if (members.groups().length > 0) {
    return new Refusal(`还没有一个群打开了${called.zh}`, `${called.en} are not switched on in any group`, {
      isClear: true,
      cure: howToSwitchOn(feature),
    })
  }
  return new Refusal('还没有找到要管的群', 'no managed group was found yet', {
    isClear: true,
    cure: { zh: '发 /groups 看看', en: 'See /groups' },
  })
}

function howToSwitchOn(feature: string, group?: string): Localised {
  if (group === undefined)
    return {
      zh: `打开：在 config/${feature}.yaml 里写 enabled: true`,
      en: `To switch it on: enabled: true in config/${feature}.yaml`,
    }
  return {
    zh: `打开：在 config/groups.yaml 里「${group}」的 features 下写 ${feature}: true`,
    en: `To switch it on: ${feature}: true under features of “${group}” in config/groups.yaml`,
  }
}

/** The one group that is meant: by id or whole name, else by its letters in another order or a part of its name. */
function groupCalled(typed: string, groups: readonly GroupView[], preferred = groups): GroupView | Refusal {
  const wanted = canonical(typed)
  const exact = groups.filter(
    ({ id, name, managed }) => id === wanted || canonical(name) === wanted || canonical(managed) === wanted,
  )
  const rough = plain(typed)
  const tiers = [
    exact,
    rough === '' ? [] : groups.filter((group) => namesOf(group).includes(rough)),
    [...rough].length < 2
      ? []
      : groups.filter((group) => namesOf(group).some((name) => sorted(name) === sorted(rough))),
    [...rough].length < 2 ? [] : groups.filter((group) => namesOf(group).some((name) => holds(name, rough))),
  ]
  const found = tiers.find((tier) => tier.length > 0) ?? []
  const [first, another] = found
  if (first && !another) return first
  if (first) {
    const able = found.filter(({ id }) => preferred.some((group) => group.id === id))
    if (able[0] && able.length === 1) return able[0]
    return new Refusal(
      `「${quoted(typed)}」可能是 ${found.length} 个群：${list(found).zh}。请写编号`,
      `“${quoted(typed)}” could be ${found.length} groups: ${list(found).en}. Please give the id`,
      { isQuestion: true },
    )
  }
  const near = preferred.filter((group) =>
    namesOf(group).some((name) => distance(name, rough) <= Math.max(1, rough.length / 3)),
  )
  const offered = near.length > 0 ? near : preferred
  const shown = list(offered)
  const [zh, en] =
    near.length > 0
      ? [`，是不是 ${shown.zh}？`, `; did you mean ${shown.en}?`]
      : [`。有：${shown.zh}`, `. There is ${shown.en}`]
  return new Refusal(
    `没找到群「${quoted(typed)}」${offered.length > 0 ? zh : ''}`,
    `there is no group “${quoted(typed)}”${offered.length > 0 ? en : ''}`,
  )
}

function namesOf({ name, managed }: GroupView): string[] {
  return [plain(name), plain(managed)]
}

/** Without blanks, signs, and the „群“ at the end; numbers as digits. */
function plain(name: string): string {
  const letters = withDigits(canonical(name)).replace(/[^\p{L}\p{N}]/gu, '')
  return letters.replace(/(?<=.)群$/u, '')
}

/** The letters in order, numbers whole: `福利群1` and `福利1群` are alike, groups 12 and 21 are not. */
function sorted(name: string): string {
  return (name.replace('群', '').match(/\d+|\D/gu) ?? []).sort().join(' ')
}

/** Whether a name holds a part of it, numbers whole: `福利1` is no part of `福利11`. */
function holds(name: string, part: string): boolean {
  for (let at = name.indexOf(part); at >= 0; at = name.indexOf(part, at + 1)) {
    const [before = '', after = ''] = [name[at - 1], name[at + part.length]]
    const cutsNumber = (/\d$/.test(before) && /^\d/.test(part)) || (/\d$/.test(part) && /^\d/.test(after))
    if (!cutsNumber) return true
  }
  return false
}

function list(groups: readonly GroupView[]): Localised {
  const shown = groups.slice(0, SHOWN)
  const rest = groups.length - shown.length
  return {
    zh: shown.map(({ id, name }) => `${name}（${id}）`).join('、') + (rest > 0 ? ` 等 ${groups.length} 个` : ''),
    en: shown.map(({ id, name }) => `${name} (${id})`).join(', ') + (rest > 0 ? ` and ${rest} more` : ''),
  }
}
