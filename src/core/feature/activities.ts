// What is opened, entered, closed and settled by number, as the commands and words for all of it see it. Its kinds are made by `src/activities`.
import type { Reply } from '../types/effect.ts'
import type { GroupId, MemberId, Millis } from '../types/ids.ts'

/** What admins do to an activity by its number, and what members do (`leave`). */
export type Verb = 'show' | 'list' | 'close' | 'cancel' | 'prolong' | 'remind' | 'remove' | 'export' | 'leave'

/** A verb, by whom, and what it needs. */
export interface Request {
  verb: Verb
  from: MemberId
  /** Where it was asked for. */
  group: GroupId | null
  /** Who is removed. */
  member?: MemberId
  /** Of a list, from 1. */
  page?: number
  /** The new closing time. */
  until?: Millis
  why?: string
}

/** An activity in a list. */
export interface Listed {
  number: number
  /** Its kind and title: `投票「周末吃什么」`. */
  name: string
  /** How it stands, in the reader's words. */
  state: string
  isOpen: boolean
  /** It can still be cancelled. */
  isRunning: boolean
  groups: readonly GroupId[]
  /** How members take part. */
  how: string
}

/** The activities of one feature. */
export interface Activities<Cx> {
  /** Does what is asked for; undefined when the number is none of its own. */
  act(number: number, request: Request, cx: Cx): Reply
  /** What is planned, open, or over since not long, the oldest first. */
  list(cx: Cx): Listed[]
}
