// The features as a whole, for those that speak about the others: rights, help, menus, rules and undo. The walls let no other feature import it.
import type { Listed, Request } from './activities.ts'
import type { AnyContext } from './context.ts'
import type { Reply } from '../types/effect.ts'
import type { Coupon } from '../money/coupons.ts'
import type { Entry, Status } from '../types/event.ts'
import type { GroupId, MemberId } from '../types/ids.ts'
import type { Rights, Role } from './rights.ts'

/** What becomes of what hangs on a decision that is taken back. */
export type Hanging = 'all' | 'keep'

/** What an undo did, or why it did nothing. */
export interface Undone {
  isDone: boolean
  /** How many records were set back. */
  restored: number
  /** Points booked back; `short` of them could not be taken back, as they are spent. */
  points: { member: MemberId; booked: number; short: number }[]
  /** Coupons taken back, and those that are used and stay. */
  taken: Coupon[]
  used: Coupon[]
  /** What has moved on since, so that nothing was done. */
  conflicts: { table: string; key: string }[]
  /** What others have made since that belongs to what was taken back. */
  orphans: { table: string; key: string }[]
  /** Later entries that depend on it, the newest first: when nothing was done they must be asked about, else they were taken back as well. */
  hanging: readonly Entry[]
}

/** The series of numbers by which admins call a case, a draw, a question. */
export interface Numbers {
  /** The number for what a feature shows to admins next: none that any feature gave before. */
  next(): number
  /** What a number is and which commands take it; undefined when nothing has that number. */
  about(number: number): string | undefined
}

/** Who is who, as admins say it. */
export interface Identities {
  /** Earlier records that are not in this login, or were not recognised in it. */
  absent(): MemberId[]
  /** Links somebody who is here with an earlier record. @returns false when one is not here or the other is */
  link(from: MemberId, to: MemberId, proof: 'admin' | 'word'): boolean
  /** Somebody who is here is not who the record says. @returns his new one */
  split(member: MemberId): MemberId | undefined
  /** Vouches for somebody who is here. */
  trust(member: MemberId): boolean
  /** Records with the passphrase of these codes: who are here, and who are not. */
  ofPassphrase(codes: readonly string[]): { here: MemberId[]; absent: MemberId[] }
  /** Lets somebody claim his record by a passphrase in later logins; null: by none any more. */
  setPassphrase(member: MemberId, code: string | null): void
  /** Rooms that seem to be a group of an earlier login. */
  similarRooms(): { id: GroupId; topic: string; like: GroupId }[]
  /** Such a room is that group. */
  linkRoom(id: GroupId): boolean
}

/** What the features of the admins may ask and do beyond their own matters. */
export interface House {
  readonly rights: Rights
  readonly identities: Identities
  /** Lines of the member menu from the features that are on in a group (null: in a direct message). */
  menu(group: GroupId | null): string[]
  /** Penalties and rewards from the live settings of a group, in a line each. */
  rules(group: GroupId): string[]
  /** The commands that a role may use, by feature: what it is about, and `/names`. */
  help(role: Role): { summary: string; names: string }[]
  /** How a command is written, with an example; or all commands that begin with a word, as far as a role may use them. */
  helpFor(name: string, role: Role): string | undefined
  /** Commands that counted for nothing because of where or by whom they were typed. */
  ignoredCommands(): { count: number; last: { member: MemberId; text: string } | undefined }
  /** Takes back what has that number, or tells all about it; undefined when nothing has it, or cannot do that. */
  ofNumber(act: 'undo' | 'why', number: number): Reply
  /** Whether the admins have been shown what bears that number; undefined when a range cannot take it back. */
  wasShown(number: number): boolean | undefined
  /** All activities of all features, by their numbers. */
  activities(): Listed[]
  /** Does something with the activity of that number; undefined when there is none. */
  act(number: number, request: Request): Reply
  /** What members may type in a group (null: in a direct message), in canonical form. */
  spellings(group: GroupId | null): readonly string[]
  /**
   * Somebody who is here is an earlier person: the new record and what belongs to it (points, coupons, what features keep) move to the earlier.
   * @returns false when one is not here or the other is
   */
  join(from: MemberId, to: MemberId, proof: 'admin' | 'word', why: string): boolean
  /** What features tell an admin of a member, a line each. */
  about(member: MemberId): string[]
  /** What features add to a group's line in `/groups`. */
  notes(group: GroupId): string[]
  /** What waits for a human in any feature, a line each. */
  waiting(): string[]
  /** What features add to `/status`, a line each. */
  statusNotes(status: Status): string[]
  /** Whether a table holds what was decided, not what the bot keeps in mind. */
  isRecord(table: string): boolean
  /** Stages the reverse of a decision. @param hanging what becomes of what hangs on it; undefined: nothing is done then */
  undo(entry: Entry & { later?: readonly Entry[] }, why: string, hanging?: Hanging): Undone
  /** How a newcomer may be greeted: `no` for who is not welcome, else by which name. */
  greeting(member: MemberId, group: GroupId): 'no' | { name: string }
}

/** Where a context keeps it. */
export const HOUSE = Symbol('house')

/** The house, from the context of a feature that speaks about the others. */
export function houseOf(cx: Pick<AnyContext, 'now'>): House {
  // The engine makes every context with it.
  return (cx as unknown as Record<typeof HOUSE, House>)[HOUSE]
}
