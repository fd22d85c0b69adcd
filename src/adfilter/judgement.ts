// From reasons to a decision: the reasons' weights are added up, and a reproach needs a reason that can be named.
import { calibration, zones } from './weights.ts'

/** One reason. Weights are logits: 0.7 doubles the odds, 2.3 makes them ten times as high. */
export interface Signal {
  readonly name: string
  readonly weight: number
  readonly zh: string
  readonly en: string
  /** The words of the message behind it, as typed, at most 24 characters; none where no words can be named, and in clean messages. */
  readonly quote?: string
}

/** `clean`: do nothing; `unsure`: ask a human, never punish; `sure`: act. */
export type Zone = 'clean' | 'unsure' | 'sure'

export interface Judgement {
  readonly zone: Zone
  /** What it is if it is something: an advertisement, or an insult, which is reproached in other words and never removed for by itself. */
  readonly kind: 'ad' | 'attack'
  /** Sum of the weights; the limits of the zones are `zones`. A listed word or a missing reason can decide otherwise than the sum. */
  readonly score: number
  /** 0 to 1: the share of advertisements among messages of this score, in the chats the model was measured on. */
  readonly probability: number
  readonly signals: readonly Signal[]
}

/** No data tells the weights of insults: a direct one is asked about at least, a loose one unless the wording is ordinary. */
export const directInsult = 4
export const looseInsult = 1.5

/** They make sure only what is nearly so by its words: whoever asks an unlucky question again is not punished for asking. */
const nearlySure = (zones.unsure + zones.sure) / 2

const circumstanceNames: ReadonlySet<string> = new Set(['nickname', 'newcomer', 'repeat'])

/** A word or pattern that an operator lists with this weight decides by itself; with the lower one it is asked about. */
const listed = { sure: 3, asked: 2 }
/** A human's word on nearly this text decides, also against the operator's lists. */
const overruled = -8

/** Reasons that cannot be told to somebody in plain words. */
const nameless: ReadonlySet<string> = new Set(['model', 'newcomer', 'attack'])
/** Words are not enough beside wording that is only just like advertisements; from this weight on an operator has listed them. */
const isWeak = ({ name, weight }: Signal): boolean =>
  name === 'wording' || (name.startsWith('words:') && weight < listed.asked)
/** A lesson is a reason when the text is nearly the one that was decided. */
const nearCopy = 4
/** However much speaks for it: the wording as a whole must weigh so much, or nobody is punished. */
const leastWording = 0.3
/** What a text must be sure by when nothing but its words speak against it. */
const byWordsAlone = zones.sure + 0.05
/** What it must be sure by when it also asks to be contacted and names no way, as neighbours with kittens to give away do. */
const besideCall = zones.sure + 1.5
/** Neighbours leave their contacts too: beside one the wording must weigh more, and be known by other words. */
const besideContact = 1.5
const personal: ReadonlySet<string> = new Set(['wechat', 'qq', 'phone'])

/** The reasons for reproaching somebody that can be named to him, strongest first. */
export function nameable(found: readonly Signal[]): Signal[] {
  return found.filter(
    ({ name, weight }) => !nameless.has(name) && (name === 'lesson' ? weight >= nearCopy : weight > 0),
  )
}

/** Whether the reasons that can be named are enough for a reproach. */
function isReason(reasons: readonly Signal[], found: readonly Signal[], said: number): boolean {
  if (reasons.some(({ name }) => name === 'lesson')) return true
  const isKin = found.some(({ name }) => name === 'kin')
  if (isKin && !reasons.some((reason) => !isWeak(reason) && !personal.has(reason.name))) return false
  const wording = totalOf(found.filter(({ name }) => name === 'model' || name === 'wording'))
  const hasWords = reasons.some(({ name }) => name === 'wording')
  const hasTrade = reasons.some(({ name }) => name.startsWith('words:') && name !== 'words:contact')
  if (reasons.some(({ name }) => personal.has(name))) return (hasWords || hasTrade) && wording >= besideContact
  if (wording < leastWording) return false
  const isBacked = reasons.some((reason) => !isWeak(reason))
  const isCall = found.some(({ name }) => name === 'call')
  return isBacked || (said >= byWordsAlone && hasWords && (hasTrade || !isCall || said >= besideCall))
}

/**
 * Adds the reasons up. Without a reason that can be named nobody is punished, and circumstances alone never make a message sure.
 */
export function judge(found: readonly Signal[]): Judgement {
  const score = totalOf(found)
  const probability = 1 / (1 + Math.exp(-(calibration.slope * score + calibration.offset)))
  const reasons = nameable(found)
  const isAttack = found.some(({ name }) => name === 'attack') && reasons.length === 0
  const isDirect = isAttack && found.some(({ name, weight }) => name === 'attack' && weight >= directInsult)
  const base = { score, probability, signals: found, kind: isAttack ? ('attack' as const) : ('ad' as const) }
  if (found.some(({ name, weight }) => name === 'lesson' && weight <= overruled)) return { ...base, zone: 'clean' }
  const own = found.filter(({ name }) => name.startsWith('words:') || name.startsWith('pattern:'))
  const heaviest = Math.max(0, ...own.map(({ weight }) => weight))
  if (heaviest >= listed.sure) return { ...base, zone: 'sure' }
  const said = totalOf(found.filter(({ name }) => !circumstanceNames.has(name)))
  const isSure = score >= zones.sure && said >= nearlySure && (isAttack || isReason(reasons, found, said))
  if (isSure) return { ...base, zone: 'sure' }
  const isAsked = score >= zones.unsure || heaviest >= listed.asked || isDirect
  return { ...base, zone: isAsked ? 'unsure' : 'clean' }
}

export function totalOf(found: readonly Signal[]): number {
  return found.reduce((total, { weight }) => total + weight, 0)
}
