// How the answer library reads a text: its units and their weights, what they mean, and what kind of sentence it is.
import { pairWeight, unitWeight } from './background.ts'
import { sensesOf, shippedThesaurus, type Sense, type Thesaurus } from './synonyms.ts'
import { readLength, unitsOf } from './units.ts'

/** Bits of `Reading.asks`. */
const asking: readonly RegExp[] = [
  /什么|哪个|哪些|哪种|哪款|\bwhat (?!time)|\bwhich\b/,
  /怎么|流程|步骤|\bhow (?!much|many|long|late|early)/,
  /为什么|原因|\bwhy\b/,
  /哪里|哪|地址|位置|\bwhere\b|\baddress\b|\blocat|\bhow (?:do|can) (?:i|we) (?:get|find)\b/,
  /多少钱|多钱|[啥什]么?价|几块|贵[不吗么]|收费|价[格钱位]|费用|怎么卖|怎么算|\bhow (?:much|expensive)\b|\bprices?\b|\bcosts?\b|\bfees?\b|\bcharge/,
  /谁|\bwho(?:se)?\b/,
  /何时|几点|几号|哪天|\bwhen\b|\bwhat time\b|\bhow (?:late|early)\b|\bopening\b/,
  /吗|么$|没$|不$|是不|有没|能[^吗]{0,30}吗|好不好|行不行|(.)[不没]\1|(?:^|, |\b(?:and|so|hey|hi) )(?:can|could|do|does|is|are|am|will|may|have|should|any|got) /,
  /多久|多长|几[天周年月]|几个?(?:月|小时|星期)|多少天|\bhow long\b/,
  /多少(?!钱|天)|几(?![点号天周年月块]|个?(?:月|小时))|多[大高重远]|\bhow many\b/,
]
const asksHow = 1 << 1
const asksWhy = 1 << 2

const negation = /[不没无别莫非]|\b(?:not|no|never|without|cannot)\b|n't\b/g
/** 是不是, 有没有, 好不好 ask and do not deny. */
const notDenying = /是不|有没|(.)[不没]\1/g

/** Words that change nothing in what is asked. */
const little = new Set('的了吗呢呀啊吧哦嘛么这那个要你我请一下就都也呗啦哈'.split(''))

const spaceInChinese = /(?<=[^\p{Script=Latin}]) | (?=[^\p{Script=Latin}])/gu

/** What is kept of a text in the library. Weights grow with rarity; see background.ts. */
export interface Wording {
  /** The units joined; two texts with the same key say the same. */
  readonly key: string
  /** The same without the little words; what reads the same but for these and asks the same is the same question. */
  readonly core: string
  readonly units: readonly string[]
  /** The weights of `units`, each at its first place; 0 where one stands again. */
  readonly firstWeights: readonly number[]
  /** The words in it that can be said otherwise. */
  readonly senses: readonly Sense[]
  /** The groups of `senses`. */
  readonly groups: ReadonlySet<number>
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

/** `Wording.key` of a text, in less time than reading it takes. */
export function keyOf(text: string): string {
  return unitsOf(text).units.join(' ')
}

/** Reads a text of any length in linear time. */
export function read(text: string, thesaurus: Thesaurus = shippedThesaurus): Reading {
  const { worded, units } = unitsOf(text)
  const words = new Map<string, number>()
  const wordWeights: number[] = []
  const firstWeights: number[] = []
  const sequence: number[] = []
  const pairs: Pair[] = []
  const pairPlaces = new Map<number, number>()
  let squares = 0
  let total = 0
  let distinct = 0
  let before: { unit: string; number: number } | undefined
  for (const unit of units) {
    const number = words.get(unit) ?? words.size
    const isFirst = number === words.size
    if (isFirst) {
      const weight = unitWeight(unit)
      words.set(unit, number)
      wordWeights.push(weight)
      distinct += weight
      squares += weight * weight
    }
    const weight = wordWeights[number] ?? 0
    firstWeights.push(isFirst ? weight : 0)
    total += weight
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
  const senses = sensesOf(units, thesaurus)
  return {
    key: units.join(' '),
    core: units.filter((unit) => !little.has(unit)).join(' '),
    units,
    firstWeights,
    senses,
    groups: new Set(senses.flatMap(({ groups }) => groups)),
    total,
    distinct,
    norm,
    ...kindOf(worded),
    words,
    wordWeights,
    sequence,
    pairs,
    pairPlaces,
  }
}

function kindOf(text: string): Pick<Reading, 'asks' | 'denies'> {
  const joined = text.replace(spaceInChinese, '')
  let asks = 0
  for (const [bit, form] of asking.entries()) if (form.test(joined)) asks |= 1 << bit
  if ((asks & asksWhy) !== 0) asks &= ~asksHow
  const denials = (joined.match(negation)?.length ?? 0) - (joined.match(notDenying)?.length ?? 0)
  return { asks, denies: Math.abs(denials) % 2 === 1 }
}
