// What the bot can do: plain data, planned in a commit and carried out later, once, by one place.
import { z } from 'zod'
import { kinds } from './event.ts'
import { GroupId, MemberId } from './ids.ts'
import type { Refusal } from './refusal.ts'

/** Where something goes: a group, a person (friends only), or the admins' control group. */
export const Target = z.union([
  z.strictObject({ group: GroupId }),
  z.strictObject({ member: MemberId }),
  z.literal('control'),
])
export type Target = z.infer<typeof Target>
/** A target as one word, for keeping a count by it. */
export function targetKey(to: Target): string {
  if (to === 'control') return to
  return 'group' in to ? to.group : to.member
}

/** Most urgent first. */
export const priorities = ['safety', 'admin', 'moderation', 'greeting', 'reply', 'news', 'post', 'game'] as const
/** How urgent an effect is. `greeting`: newcomers, before answers. `news`: what the bot tells the admins of itself, after answers. */
export type Priority = (typeof priorities)[number]

/** A question for the language model, with all that it may know. Nobody is named. */
export const ModelQuery = z.strictObject({
  language: z.enum(['zh', 'en']),
  /** Where the answer goes. */
  group: GroupId.nullable(),
  member: MemberId,
  question: z.string(),
  /** What the group is for, in the operator's words. */
  about: z.string().nullable(),
  /** The entries of the answer library that it may choose from: all of a short library, of a long one the nearest. */
  entries: z.array(z.strictObject({ id: z.string().default(''), question: z.string(), answer: z.string() })),
  /** Ids of the entries that are offered when it gives no answer. */
  offered: z.array(z.string()).default([]),
  /** Whether it may also answer in its own words. */
  prose: z.boolean().default(false),
  /** Asked by an admin to see whether the model works: nobody waits for the answer, and no budget is used. */
  test: z.boolean().default(false),
})
export type ModelQuery = z.infer<typeof ModelQuery>

/** Texts of which it is asked what they mean: a message as a whole, then its questions one by one. */
export const MeaningQuery = z.strictObject({
  language: z.enum(['zh', 'en']),
  group: GroupId.nullable(),
  member: MemberId,
  addressed: z.boolean(),
  texts: z.array(z.string()).min(1),
})
export type MeaningQuery = z.infer<typeof MeaningQuery>

/** Ten minutes, in milliseconds: after that nobody waits for an answer any more. */
export const FRESH_FOR = 10 * 60_000

/** A feature's own mark on what it sends. The feature then tells the admins itself when it fails; nothing else does. */
const ref = z.string().optional()

const common = {
  priority: z.enum(priorities),
  /** Milliseconds after planning within which it is still worth doing. */
  freshFor: z.int().positive(),
}

/** Something to be done, once. */
export const Effect = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('say'),
    to: Target,
    text: z.string().min(1),
    /** Waiting messages to the same place with the same key go out as one, a blank line between them. */
    merge: z.string().optional(),
    ref,
    ...common,
  }),
  z.strictObject({
    type: z.literal('file'),
    to: Target,
    /** A file inside the config folder, relative to it, checked when the config was loaded. */
    path: z.string().min(1),
    ref,
    ...common,
  }),
  /** Sends a picture on that somebody sent. */
  z.strictObject({
    type: z.literal('picture'),
    to: Target,
    /** The id of the message that it came as; see `messageId`. */
    message: z.string().min(1),
    ref,
    ...common,
  }),
  z.strictObject({ type: z.literal('kick'), group: GroupId, member: MemberId, ...common }),
  z.strictObject({
    type: z.literal('lookup'),
    /** What is asked, and of which part of the program; the answer comes back as a `found` event. */
    ask: z.discriminatedUnion('what', [
      z.strictObject({ what: z.literal('log'), query: z.strictObject({ limit: z.int().positive() }) }),
      z.strictObject({
        what: z.literal('entry'),
        query: z.strictObject({
          seq: z.int(),
          for: z.enum(['why', 'undo']),
          /** What is done with what hangs on it: taken back as well, or left. */
          hanging: z.enum(['all', 'keep']).optional(),
        }),
      }),
      z.strictObject({ what: z.literal('rehearsal'), query: z.strictObject({ draft: z.string().nullable() }) }),
      z.strictObject({ what: z.literal('calibration'), query: z.null() }),
      z.strictObject({
        what: z.literal('said'),
        query: z.strictObject({
          group: GroupId,
          name: z.string(),
          text: z.string(),
          kind: z.enum(kinds).nullable(),
          for: z.int(),
        }),
      }),
      z.strictObject({ what: z.literal('status'), query: z.literal('sending').nullable() }),
      z.strictObject({ what: z.literal('alarm'), query: z.null() }),
      z.strictObject({ what: z.literal('reload'), query: z.enum(['careful', 'anyway']).nullable() }),
      z.strictObject({
        what: z.literal('qr'),
        query: z.strictObject({ message: z.string(), group: GroupId, from: MemberId }),
      }),
      z.strictObject({ what: z.literal('model'), query: ModelQuery }),
      z.strictObject({ what: z.literal('meaning'), query: MeaningQuery }),
    ]),
    ...common,
  }),
])
export type Effect = z.infer<typeof Effect>

/** What can be looked up; see `Lookups` for the answers. */
export type Ask = (Effect & { type: 'lookup' })['ask']

/**
 * A command line that the bot gives itself, as if an admin had typed it in the control group. It is carried out at its place among the
 * effects and is saved with them, so exactly once. What needs an owner or a `/yes` is refused.
 */
export interface Order {
  type: 'order'
  line: string
  /** The group that it is about where the line names none. */
  group?: GroupId
  /** What the control group reads before the answer, as nobody there has asked. */
  from: string
}
/**
 * What a handler gives back; nothing means that it has not answered. With a refusal what it staged is taken back; it counts as an answer
 * even when the member is not told again.
 */
export type Reply = Effect | Order | Refusal | readonly (Effect | Order)[] | undefined | void

/** An effect on its way, as it is kept in the table `outbox.effects` under its id `<seq>.<n>` until its result is known. */
export const Planned = z.strictObject({
  feature: z.string(),
  effect: Effect,
  plannedAt: z.int(),
})
export type Planned = z.infer<typeof Planned>

/** One send of the last 24 hours, as the budgets of the outbox count it. */
export const Spent = z.strictObject({
  at: z.int(),
  /** Where it went, by `targetKey`; nowhere for a removal. Older stores do not tell. */
  to: z.string().optional(),
})
export type Spent = z.infer<typeof Spent>
