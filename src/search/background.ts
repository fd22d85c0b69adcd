// How much a unit of text says: rare in ordinary Chinese weighs much. Independent of any library, so that adding entries
// never moves the score of others and a phrase that is common in chat stays light in a library where it is rare.
import { characterLevels, pairLevels, rarestLevel, rarestPairLevel } from './background-table.ts'
import { stemOf } from './units.ts'

/** Weight of one level of the tables: they hold log(1 + texts / texts with it), in steps. */
const step = 0.25
/** A pair of neighbours says less than its two members, which count as well. Tried 0.5 to 1 on four sets. */
const pairShare = 0.6

/** English words that carry grammar rather than content. */
const grammar = new Set(
  (
    'a an the i me my you your we our us he she it its they them their this that these those is are was were be been am ' +
    'do does did have has had can could will would shall should may might must to of in on at for from with by as and or but ' +
    'if so not no what which how why where when who there here please just any some s t m re ve ll d get got need want ' +
    'like much many more one out up go been ok hi hey guys anything something also still now then than too very really'
  )
    .split(' ')
    .map(stemOf),
)

const characters = new Map<string, number>()
for (const [level, listed] of characterLevels.entries()) for (const one of listed) characters.set(one, level)

const pairs = new Map<number, number>()
for (const [level, listed] of pairLevels.entries()) {
  for (let i = 0; i < listed.length; i += 2) pairs.set(together(listed.charCodeAt(i), listed.charCodeAt(i + 1)), level)
}

/** Weight of a Chinese character, a word of an alphabet or a number, about 1 (的) to 11. */
export function unitWeight(unit: string): number {
  const level = characters.get(unit)
  if (level !== undefined) return level * step
  if (/^\p{Script=Latin}/u.test(unit)) return grammar.has(unit) ? 1.5 : 4 + Math.min(unit.length, 8) / 2
  return (/^\p{Nd}/u.test(unit) ? 20 : rarestLevel) * step
}

/** Weight of two neighbouring units. */
export function pairWeight(left: string, right: string): number {
  const isListed = left.length === 1 && right.length === 1
  const level = isListed ? pairs.get(together(left.charCodeAt(0), right.charCodeAt(0))) : undefined
  return (level ?? rarestPairLevel) * step * pairShare
}

/** Two UTF-16 units as one whole number of 32 bits, which is found faster than a string. */
function together(left: number, right: number): number {
  return (left << 16) | right
}
