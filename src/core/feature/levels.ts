// How sure it is who somebody is, and what each level allows: the one place that says so.

/**
 * From least to most. `proven`: known since this login began for him, by an id that lasts, by his own word or by an admin. `strong`: recognised,
 * and later days have agreed. `likely`: recognised once. `weak`: a new record of somebody who could have an earlier one. `none`: seen
 * talking only, no member list has shown him.
 */
export const levels = ['none', 'weak', 'likely', 'strong', 'proven'] as const
/** How sure it is who somebody is. */
export type Level = (typeof levels)[number]

/**
 * What a level allows. `strikes`: old strikes count and new ones are counted. `remove`: the bot may remove him by itself. What somebody
 * earns on a `weak` record is surely his own, as that record begins with him; what he may not do is spend, as it might be joined yet.
 */
const allowed = {
  none: { greet: true, play: false, earn: false, spend: false, strikes: false, remove: false },
  weak: { greet: true, play: true, earn: true, spend: false, strikes: false, remove: false },
  likely: { greet: true, play: true, earn: true, spend: false, strikes: false, remove: false },
  strong: { greet: true, play: true, earn: true, spend: true, strikes: true, remove: true },
  proven: { greet: true, play: true, earn: true, spend: true, strikes: true, remove: true },
} as const satisfies Record<Level, Record<string, boolean>>

/** What may depend on who somebody is. */
export type Right = keyof (typeof allowed)['none']

/** Whether somebody of that level may do that. */
export function allows(level: Level, right: Right): boolean {
  return allowed[level][right]
}

/** The lower of two levels. */
export function lowerLevel(level: Level, other: Level): Level {
  return levels.indexOf(level) < levels.indexOf(other) ? level : other
}

/**
 * What can speak for a link. `id`: WeChat's own, with a puppet whose ids last. `name`: used by nobody else in 90 days. `common`: the name agrees,
 * but others use it too. `alone`: only this one of them has the status bits. `former`: an earlier name. `nick`: the nickname in a group. `bits`: Tencent's status bits. `place`: where
 * he stands in the member list, whose order is that of joining. `rooms`: several groups. `keyWord`: the first letters of his
 * WeChat id. `otherNick` speaks against. `unordered`: the lists are
 * too short for their order to tell anything. `avatar`: the same picture, which nobody else has. `about`: the same region, signature and remark.
 */
export const evidences = [
  ...(['id', 'name', 'common', 'former', 'nick', 'bits', 'place', 'rooms', 'keyWord'] as const),
  ...(['alone', 'otherNick', 'unordered', 'word', 'admin', 'avatar', 'about'] as const),
] as const
export type Evidence = (typeof evidences)[number]

const weights: Partial<Record<Evidence, number>> = {
  name: 2,
  former: 1,
  nick: 2,
  bits: 1,
  alone: 1,
  place: 2,
  rooms: 1,
  keyWord: 2,
  avatar: 2,
  about: 1,
  otherNick: -1,
}

/** How much speaks for a link, in points; two are enough to call it likely. */
export function weigh(evidence: readonly Evidence[]): number {
  return evidence.reduce((sum, item) => sum + (weights[item] ?? 0), 0)
}

/** What must follow a link until it is strong: a number of days with messages, the last of them this long (ms) after the link. */
export interface Proof {
  days: number
  after: number
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Evidence that a stranger cannot copy on purpose, as names, nicknames and status bits can be. */
const hardToCopy: readonly Evidence[] = ['place', 'keyWord', 'avatar']

/** The proof that a likely link still needs; undefined: only a person can vouch for it, as nothing but a name speaks for it. */
export function proofFor(evidence: readonly Evidence[]): Proof | undefined {
  const weight = weigh(evidence)
  const isHard = hardToCopy.some((kind) => evidence.includes(kind))
  if (isHard && weight >= 3) return { days: 1, after: 20 * HOUR }
  if ((isHard && weight >= 2) || (evidence.includes('unordered') && weight >= 3)) return { days: 3, after: 4 * DAY }
  return undefined
}

/** When a weak record becomes its own person: days with messages, and time (ms) from its beginning to the last. */
export const ownProof: Proof = { days: 3, after: 6 * DAY }

/** Whether one proof is reached later than another. */
export function needsLonger(proof: Proof | undefined, other: Proof | undefined): boolean {
  if (proof === undefined || other === undefined) return proof === undefined && other !== undefined
  return proof.after > other.after
}
