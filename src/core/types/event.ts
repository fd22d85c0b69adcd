// What can happen: the plain events that come in through the engine's one door.
import type { MeaningQuery, ModelQuery } from './effect.ts'
import type { GroupId, MemberId, Millis } from './ids.ts'
import type { Change } from './json.ts'

/**
 * What kind of message was said; `text` of the others is a title or file name, or empty. `record`: a merged chat record,
 * `card`: somebody's contact card, `video`: also a post of a channel (视频号).
 */
export const kinds = [
  ...(['text', 'picture', 'file', 'link', 'miniProgram', 'card'] as const),
  ...(['record', 'sticker', 'video', 'voice', 'other'] as const),
] as const
export type Kind = (typeof kinds)[number]

/** The texts of stickers that are WeChat's own dice and rock-paper-scissors, by the type that their XML gives. */
export const gameStickers: Readonly<Record<string, string>> = { 1: '[猜拳]', 2: '[骰子]' }

/** What a message quotes. A quoted message that is not a text has its `kind`, and its title as `text`, if it has one. */
export interface Quote {
  name: string
  text: string
  kind?: Kind
}

/**
 * A member's own passphrase, of which only one-way codes are left. `word`: he typed it; `hash`: its SHA-256, made elsewhere; `weak`: too easy
 * to guess, so not looked at; `spent`: too many were typed lately.
 */
export interface Passphrase {
  kind: 'word' | 'hash' | 'weak' | 'spent'
  /** Codes that it may have been saved as, in hex. */
  codes: readonly string[]
}

/** Somebody said something, in a group or to the bot alone. */
export interface Said {
  type: 'said'
  /** See `messageId`; an id is decided upon once, also across restarts. */
  id: string
  at: Millis
  /** null: said to the bot directly. */
  group: GroupId | null
  from: MemberId
  kind: Kind
  /** The speaker's own words, whole; a quoted part is apart. */
  text: string
  quote: Quote | null
  /** What a shared card says below its title, or the lines of a chat record, as far as the protocol gives them. */
  description?: string
  /** The address behind a shared card. */
  link?: string
  /** He typed his own passphrase behind the text, which is the bare word for it then. */
  passphrase?: Passphrase
  /** The bot was mentioned by name, or spoken to directly. The mention is already cut from `text`. */
  addressed: boolean
  /** The engine has heard a feature's word in it: with nothing more than particles, or with something behind. For `screen` and `observe`. */
  word?: 'alone' | 'more'
  /** A feature has taken it as its own, so it is no talk. For `observe`. */
  taken?: boolean
}

/** The account itself said something in a group: the bot, or its owner on the phone. */
export interface Posted {
  type: 'posted'
  at: Millis
  group: GroupId
  kind: Kind
  text: string
}

/** People are newly in a group, as its member list shows. */
export interface Joined {
  type: 'joined'
  at: Millis
  group: GroupId
  members: MemberId[]
  /** Who invited them, when the system line says so and only one member has the name. */
  by: MemberId | null
}

/** People are no longer in a group, as its member list shows. */
export interface Left {
  type: 'left'
  at: Millis
  group: GroupId
  members: MemberId[]
}

/** A person's name, or a nickname in one group, changed. */
export interface Renamed {
  type: 'renamed'
  at: Millis
  member: MemberId
  group: GroupId | null
  before: string
  after: string
}

/** Somebody in a group patted the account (拍一拍). WeChat gives only a name, so nobody knows who. */
export interface Patted {
  type: 'patted'
  at: Millis
  group: GroupId
}

/** A group's member list was taken over as it is, without greetings: the first time in a login. */
export interface Rostered {
  type: 'rostered'
  at: Millis
  group: GroupId
  members: number
  /** How many of them were recognised from an earlier login. */
  known: number
}

/** Profiles of people came, as evidence of who is who; nothing is to be done about it. */
export interface Profiled {
  type: 'profiled'
  at: Millis
}

/** Somebody asks to become the account's friend. */
export interface FriendAsked {
  type: 'friendAsked'
  at: Millis
  from: MemberId
  hello: string
}

/** The account is on line. `fresh`: a new scan, so every WeChat id is new and every right is void. */
export interface LoggedIn {
  type: 'loggedIn'
  at: Millis
  fresh: boolean
  /** SHA-256 (hex) of the one-time code with which an owner binds the control group; null: it is bound already. */
  claim: string | null
}

/** Nobody can steer: the control group is lost, or its code was seen by others. A new code was shown to the operator. */
export interface Unclaimed {
  type: 'unclaimed'
  at: Millis
  /** SHA-256 (hex) of the code. */
  claim: string
}

/** Something the operator should know: missing groups, a gap in time, damage that was repaired. */
export interface Noticed {
  type: 'noticed'
  at: Millis
  notice: Notice
}
/** How careful sending is: all goes out, less at a time, only what cannot wait, nothing. */
export type SendingLevel = 'normal' | 'careful' | 'essential' | 'silent'
/** What the operator is told of, by what it is about. */
export type Notice =
  | { about: 'groups'; found: string[]; missing: string[]; ambiguous: string[] }
  | { about: 'gap'; from: Millis; until: Millis }
  | { about: 'sending'; level: SendingLevel; why: 'tooFast' | 'pauseOver' | 'quiet' }
  /** `group`: where it was to go. */
  | { about: 'effect'; outcome: 'refused' | 'uncertain'; text: string; detail: string; group?: GroupId }
  | { about: 'store' | 'config' | 'account'; text: string }
  /** The states in which something cannot be heard, seen or sent, all of them; and what is told of the change, '' for nothing. */
  | { about: 'states'; states: { group: GroupId | null; short: string }[]; text: string }
  | { about: 'feature'; feature: string; error: string }

/** Settings were loaded, or the clock was set back: what is planned by the clock has to be planned again. */
export interface Loaded {
  type: 'loaded'
  at: Millis
}

/** A timer that a feature set has come due; late when the bot was down. */
export interface Woke {
  type: 'woke'
  at: Millis
  feature: string
  job: string
  key: string
  due: Millis
}

/** What became of an effect. */
export type Outcome = 'sent' | 'refused' | 'uncertain' | 'expired'
export interface Resulted {
  type: 'resulted'
  at: Millis
  effect: string
  feature: string
  outcome: Outcome
  detail: string
}

/** An effect is just being carried out (or, not done after all, goes on waiting); noted so that a crash leaves no doubt unspoken. */
export interface Sending {
  type: 'sending'
  at: Millis
  effect: string
  begun: boolean
}

/** A decision as the journal holds it; numbers count up by one without a gap. */
export interface Entry {
  seq: number
  at: Millis
  event: Event
  /** The seed of chance, when chance was used. */
  seed?: string
  changes: readonly Change[]
}

/** Why something waits to be sent. */
export const waitReasons = [
  ...(['offline', 'paused', 'level', 'disk', 'unreached', 'refusing', 'held', 'quiet'] as const),
  ...(['kick', 'place', 'gap', 'minute', 'hour', 'day'] as const),
] as const
export type WaitReason = (typeof waitReasons)[number]

/** What went out, what may, and what waits, for `/sending`. */
export interface SendingStatus {
  sent: { minute: number; hour: number; day: number }
  limits: { minute: number; hour: number; day: number }
  /** null: no pause. */
  pausedUntil: Millis | null
  /** After a fresh login less is sent at first; null when that is over. */
  warmUntil: Millis | null
  /** By priority, those that wait: how many, since when the oldest, and why it does. */
  waits: readonly { priority: string; count: number; since: Millis; why: WaitReason }[]
}

/** How the bot is. */
export interface Status {
  since: Millis
  online: boolean
  level: SendingLevel
  /** Messages that wait to be sent, and how many went out today of how many at most. */
  waiting: number
  sentToday: number
  perDay: number
  memoryMb: number
  sending: SendingStatus
  /** The name of the language model; null when there is none. */
  model: string | null
}

/** What can be looked up outside the engine: the question, and the answer that comes back. */
export interface Lookups {
  log: { query: { limit: number }; answer: readonly Entry[] }
  /** `later`: entries after it that have changed what it changed, the newest first; only for an undo. */
  entry: {
    query: { seq: number; for: 'why' | 'undo'; hanging?: 'all' | 'keep' | undefined }
    answer: (Entry & { later?: readonly Entry[] }) | null
  }
  status: { query: 'sending' | null; answer: Status }
  /** Sends a test by each way out of WeChat; an error in short, or null. */
  alarm: { query: null; answer: readonly { channel: string; error: string | null }[] }
  /** What the QR codes in a picture say; none: there are none, or they could not be read within the limits. */
  qr: { query: { message: string; group: GroupId; from: MemberId }; answer: readonly string[] }
  /** `anyway`: also when much of the settings is lost. Older stores ask with null. */
  /**
   * Who said these words in a group in the last days, the latest first; of what has no words, who sent something of that kind. For the
   * asker: `name`, whom the words are ascribed to; `for`, the number of the case that asks.
   */
  said: {
    query: { group: GroupId; name: string; text: string; kind: Kind | null; for: number }
    answer: readonly { from: MemberId; message: string }[]
  }
  reload: { query: 'careful' | 'anyway' | null; answer: { ok: boolean; text: string } }
  rehearsal: { query: { draft: string | null }; answer: RehearsalAnswer }
  calibration: { query: null; answer: CalibrationAnswer }
  model: { query: ModelQuery; answer: ModelAnswer }
  meaning: { query: MeaningQuery; answer: MeaningAnswer }
}

/** How near each text comes to the entries (see search/meaning.ts) and the levels found with that; `off`: not known, by the words alone then. */
export type MeaningAnswer =
  | { outcome: 'off' }
  | { outcome: 'failed'; why: ModelTrouble; status: number | null }
  | {
      outcome: 'done'
      levels: { answer: number; asked: number; suggest: number }
      meanings: readonly { odds: readonly (readonly [id: string, odds: number])[]; least: number }[]
    }

/**
 * Why a call of the language model came to nothing: a wrong key, no money left, no such model, asked too often, not allowed, a wrong
 * address, a broken line, no answer in time, trouble of the server, a request that it does not take, an answer that cannot be read.
 */
export const modelTroubles = [
  'key',
  'money',
  'name',
  'tooOften',
  'denied',
  'address',
  'line',
  'late',
  'server',
  'request',
  'garbage',
] as const
export type ModelTrouble = (typeof modelTroubles)[number]

/**
 * The answer library's levels by what the groups really said: found, with the number of messages and days they
 * rest on, or not, as too few are kept or the settings changed meanwhile. See `Calibration` in features/faq/levels.ts.
 */
export type CalibrationAnswer =
  | { outcome: 'none' }
  | {
      outcome: 'done'
      levels: { answer: number; asked: number; suggest: number }
      asked: number
      answered: number
      chatAnswered: number
      messages: number
      days: number
    }

/** What a rehearsal makes of one message: nothing, a question, or a step of the ladder. */
export type Rehearsed = 'none' | 'ask' | 'remind' | 'warn' | 'remove'
export interface RehearsedMessage {
  name: string
  text: string
  /** Sum of the reasons' weights; the limits of the filter's zones are on the same scale. */
  score: number
  did: Rehearsed
  /** By the settings of today, where a draft would do something else. */
  before?: Rehearsed
}
/** Cases of a rehearsal, by what was done. */
export interface RehearsedCounts extends Record<string, number> {
  cases: number
  asked: number
  remind: number
  warn: number
  remove: number
  flood: number
}
/** What came of a rehearsal: that there is nothing to try it on, what is wrong with the draft, or what would have been. */
export type RehearsalAnswer =
  | { outcome: 'none' }
  | { outcome: 'refused'; problems: string }
  | {
      outcome: 'done'
      draft: string | null
      days: number
      messages: number
      /** By the settings of today, and by the draft. */
      now: RehearsedCounts
      then?: RehearsedCounts
      nearest: readonly RehearsedMessage[]
      changed: readonly RehearsedMessage[]
    }

/**
 * What the language model decided: an entry of the library by its id, a text of its own that was checked, that nothing fits, something
 * that must not be said, nothing (with the cause, and the HTTP status if there was one), or that there is no model. `ms`: how long it took.
 */
export type ModelAnswer = (
  | { outcome: 'chosen'; id: string }
  | { outcome: 'answered'; text: string }
  | { outcome: 'unknown' | 'refused' | 'off' }
  | { outcome: 'failed'; why: ModelTrouble; status: number | null }
) & { ms?: Millis }

/** The answer to a lookup. In the journal it stands without its answer. */
export type Found = {
  [W in keyof Lookups]: { type: 'found'; at: Millis; effect: string; feature: string; what: W } & Lookups[W]
}[keyof Lookups]

/** Whatever can happen. */
export type Event =
  | Said
  | Posted
  | Joined
  | Left
  | Renamed
  | FriendAsked
  | LoggedIn
  | Unclaimed
  | Patted
  | Rostered
  | Profiled
  | Noticed
  | Loaded
  | Woke
  | Resulted
  | Sending
  | Found
