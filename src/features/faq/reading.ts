// How the answer library reads a text: its units (Chinese characters, words, numbers), and what kind of sentence it is.
import { canonical } from '../../core/text.ts'
import { pairWeight, unitWeight } from './background.ts'

/** Units of a text that take part in ranking; what follows is cut. A question is rarely longer than 40. */
export const readLength = 128
/** Letters that are looked at to find them. */
const lookedAt = 1024

/** Bits of `Reading.asks`. */
const asking: readonly RegExp[] = [
  /什么|哪个|哪些|哪种|\bwhat\b|\bwhich\b/,
  /怎么|\bhow (?!much|many|long)/,
  /为什么|原因|\bwhy\b/,
  /哪里|哪|\bwhere\b/,
  /多少|几|多大|多高|多长|多久|\bhow (?:much|many|long)\b/,
  /谁|\bwho(?:se)?\b/,
  /何时|几点|几号|多久|\bwhen\b/,
  /吗|么$|没$|不$|是不|有没|能[^吗]{0,30}吗|好不好|行不行|(.)[不没]\1|^(?:can|do|does|is|are|will|may) /,
]
const asksHow = 1 << 1
const asksWhy = 1 << 2

const negation = /[不没无别莫非]|\b(?:not|no|never|without|cannot)\b|n't\b/g
/** 是不是, 有没有, 好不好 ask and do not deny. */
const notDenying = /是不|有没|(.)[不没]\1/g

/** Other wordings of the same question word, pronoun or auxiliary, under the one that is compared; empty for courtesies. */
const wordings: readonly (readonly [RegExp, string])[] = [
  [/^(?:(?:你好|您好|大家好|哈喽|在吗|亲|hello|hi)[呀啊]? )+/, ''],
  [/ (?:(?:谢谢|多谢|感谢|谢啦)[了啦啊呀你您]{0,2}|在线等|thanks|thank you)$/, ''],
  [/为什么|为啥|为何|怎么会|咋会|干嘛|干吗/g, '为什么'],
  [/怎么样|怎样|如何|咋样|咋|怎么/g, '怎么'],
  [/什么时候|啥时候|啥时|几时|什么时间/g, '何时'],
  [/什么|啥|神马/g, '什么'],
  [/哪里|哪儿|何处/g, '哪里'],
  [/可不可以|能不能够|能不能|是否可以|能否|可否|能够|可以/g, '能'],
  [/是不是|是否/g, '是不'],
  [/有没有|有木有/g, '有没'],
  [/没有|木有|未/g, '没'],
  [/您|你们/g, '你'],
  [/咱们|我们|咱|俺/g, '我'],
  [/请问一下|请问|谁知道|想问一下|想问|请教|求问|问一下|告诉我|麻烦|帮我|帮忙|\bplease\b/g, ''],
]
const anyUnit = /\p{Script=Latin}+|\p{Nd}+|[\p{L}\p{N}]/gu
const apart = /[^\p{L}\p{N}']+/gu
const spaceInChinese = /(?<=[^\p{Script=Latin}]) | (?=[^\p{Script=Latin}])/gu

/** What is kept of a text in the library. Weights grow with rarity; see background.ts. */
export interface Wording {
  /** The units joined; two texts with the same key say the same. */
  readonly key: string
  readonly units: readonly string[]
  /** Sum of the weights of `units`, and of those that are distinct. */
  readonly total: number
  readonly distinct: number
  /** Length of the vector of distinct units and neighbours. */
  readonly norm: number
  /** What it asks for, as bits; 0 for what does not look like a question. */
  readonly asks: number
  /** It denies: an odd number of negations. */
  readonly denies: boolean
}

/** A text as the ranking sees it. Its units go by number: comparing strings is what takes the time. */
export interface Reading extends Wording {
  /** Distinct units → their number, from 0 in the order of the text. */
  readonly words: ReadonlyMap<string, number>
  readonly wordWeights: readonly number[]
  /** The numbers of `units`. */
  readonly sequence: readonly number[]
  /** Distinct neighbours, in the order of the text. */
  readonly pairs: readonly Pair[]
  /** `neighbours` → place in `pairs`. */
  readonly pairPlaces: ReadonlyMap<number, number>
}

interface Pair {
  readonly left: string
  readonly right: string
  readonly weight: number
}

/** The numbers of two units side by side, as one number. */
export function neighbours(left: number, right: number): number {
  return left * readLength + right
}

/** Reads a text of any length in linear time. */
export function read(text: string): Reading {
  const said = canonical(text).slice(0, lookedAt).replace(apart, ' ').trim()
  const worded = wordings.reduce((so, [other, one]) => so.replace(other, one), said)
  // A text made of courtesies only (an entry for 你好) is read as it stands.
  const found = unitsOf(worded)
  const units = found.length > 0 ? found : unitsOf(said)
  const words = new Map<string, number>()
  const wordWeights: number[] = []
  const sequence: number[] = []
  const pairs: Pair[] = []
  const pairPlaces = new Map<number, number>()
  let squares = 0
  let total = 0
  let distinct = 0
  let before: { unit: string; number: number } | undefined
  for (const unit of units) {
    const number = words.get(unit) ?? words.size
    if (number === words.size) {
      const weight = unitWeight(unit)
      words.set(unit, number)
      wordWeights.push(weight)
      distinct += weight
      squares += weight * weight
    }
    total += wordWeights[number] ?? 0
    sequence.push(number)
    const both = before && neighbours(before.number, number)
    if (before && both !== undefined && !pairPlaces.has(both)) {
      const weight = pairWeight(before.unit, unit)
      pairPlaces.set(both, pairs.length)
      pairs.push({ left: before.unit, right: unit, weight })
      squares += weight * weight
    }
    before = { unit, number }
  }
  const norm = Math.sqrt(squares) || 1
  const key = units.join(' ')
  return { key, units, total, distinct, norm, ...kindOf(worded), words, wordWeights, sequence, pairs, pairPlaces }
}

function unitsOf(text: string): string[] {
  return (text.match(anyUnit) ?? []).slice(0, readLength)
}

function kindOf(text: string): Pick<Reading, 'asks' | 'denies'> {
  const joined = text.replace(spaceInChinese, '')
  let asks = 0
  for (const [bit, form] of asking.entries()) if (form.test(joined)) asks |= 1 << bit
  if ((asks & asksWhy) !== 0) asks &= ~asksHow
  const denials = (joined.match(negation)?.length ?? 0) - (joined.match(notDenying)?.length ?? 0)
  return { asks, denies: Math.abs(denials) % 2 === 1 }
}
