// Words that people use for the same thing, so that a question finds its answer in other words. They only count for words that the
// other text does not have.
import { synonymGroups } from './synonym-groups.ts'
import { unitsOf } from './units.ts'

/** A word of a text, and the groups it is in. */
export interface Sense {
  readonly groups: readonly number[]
  /** Its units: from this place to before that. */
  readonly from: number
  readonly to: number
}

/** A tree of words by their units; `groups` where a word ends. */
interface Branch {
  readonly next: Map<string, Branch>
  groups: number[] | undefined
}

/** Groups of words made ready for finding them in texts. */
export interface Thesaurus {
  readonly root: Branch
}

/** @param own the operator's groups beside the shipped ones, each a list of words */
export function thesaurusOf(own: readonly (readonly string[])[]): Thesaurus {
  const root: Branch = { next: new Map(), groups: undefined }
  const shipped = synonymGroups.flatMap((line) => line.split(' | ')).map((listed) => listed.split(' '))
  for (const [group, words] of [...shipped, ...own].entries()) {
    for (const word of words) {
      let branch = root
      for (const unit of unitsOf(word).units) {
        let next = branch.next.get(unit)
        if (!next) branch.next.set(unit, (next = { next: new Map(), groups: undefined }))
        branch = next
      }
      if (branch === root) continue
      branch.groups ??= []
      if (!branch.groups.includes(group)) branch.groups.push(group)
    }
  }
  return { root }
}

export const shippedThesaurus = thesaurusOf([])

/** The words of a text that are in a group. They may overlap, but a word of one unit does not count inside a longer one. */
export function sensesOf(units: readonly string[], { root }: Thesaurus): Sense[] {
  const senses: Sense[] = []
  let covered = 0
  for (let from = 0; from < units.length; from += 1) {
    let branch = root.next.get(units[from] ?? '')
    let single: readonly number[] | undefined
    for (let to = from + 1; branch; to += 1) {
      if (branch.groups) {
        if (to === from + 1) single = branch.groups
        else {
          senses.push({ groups: branch.groups, from, to })
          covered = Math.max(covered, to)
        }
      }
      branch = branch.next.get(units[to] ?? '')
    }
    if (single && from >= covered) senses.push({ groups: single, from, to: from + 1 })
  }
  return senses
}
