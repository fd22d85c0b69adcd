// Who may steer: the control group, its spare and the roles, all bound to one login and proved by a one-time code.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { BOT, GroupId, type MemberId, type Millis } from '../types/ids.ts'
import type { Group, Membership } from './directory.ts'
import type { ControlSettings } from './settings.ts'
import { table, type Table, type Tables } from './tables.ts'

/** From least to most. */
export const roles = ['member', 'helper', 'admin', 'owner'] as const
/** How much somebody may do; each command says which role it wants. */
export type Role = (typeof roles)[number]

const Granted = z.strictObject({ role: z.enum(['helper', 'admin', 'owner']), epoch: z.int() })
const Control = z.strictObject({ group: GroupId, epoch: z.int() })
/** The SHA-256 (hex) of the code that is expected; the record is gone once the code was used. */
const Claim = z.strictObject({ hash: z.string() })
/** Wrong codes from one person, or in one group, since the first of them (ms); the key is its id. */
const Tries = z.strictObject({ count: z.int(), since: z.int() })

/** After this many wrong codes within this time (ms) no code is accepted from that person and in that group for as long. */
const TRIES = 5
const TRIES_WITHIN = 3_600_000
/** Under this key stands when a wrong code was last answered. */
const ANSWERED = 'answered'

/** Written by `Rights` alone. */
export const rightsTables = {
  'rights.roles': table(Granted),
  'rights.control': table(Control),
  'rights.claim': table(Claim),
  'rights.tries': table(Tries, { kind: 'note' }),
}

/** SHA-256 of a claim code, hex; letters' case and spaces around do not matter. */
export function hashClaim(code: string): string {
  return createHash('sha256').update(code.trim().toUpperCase()).digest('hex')
}

const none: ControlSettings = { spare: false, phone: false }

/** What became of a code that somebody typed. */
export type Claimed = 'claimed' | 'wrong' | 'locked'

/** Rights of the login that is on now. What was granted in an earlier login is void. */
export class Rights {
  readonly #roles: Table<z.infer<typeof Granted>>
  readonly #control: Table<z.infer<typeof Control>>
  readonly #claim: Table<z.infer<typeof Claim>>
  readonly #tries: Table<z.infer<typeof Tries>>
  readonly #groups: Table<Group>
  readonly #memberships: Table<Membership>
  readonly #epoch: () => number
  readonly #settings: () => ControlSettings

  /**
   * @param epoch the number of the login that is on now
   * @param settings whether there may be a spare, and whether the account's own phone counts as the owner
   */
  constructor(tables: Tables, epoch: () => number, settings: () => ControlSettings = () => none) {
    this.#roles = tables.table('rights.roles')
    this.#control = tables.table('rights.control')
    this.#claim = tables.table('rights.claim')
    this.#tries = tables.table('rights.tries')
    this.#groups = tables.table('directory.groups')
    this.#memberships = tables.table('directory.memberships')
    this.#epoch = epoch
    this.#settings = settings
  }

  /** The role in this login; `member` for everybody without one. */
  roleOf(member: MemberId): Role {
    if (member === BOT) return this.#settings().phone ? 'owner' : 'member'
    const granted = this.#roles.get(member)
    return granted?.epoch === this.#epoch() ? granted.role : 'member'
  }

  /** Whether somebody has that role or a higher one. */
  may(member: MemberId, role: Role): boolean {
    return roles.indexOf(this.roleOf(member)) >= roles.indexOf(role)
  }

  /** Everybody with a role, the highest first. */
  holders(): { member: MemberId; role: Role }[] {
    return this.#granted((epoch) => epoch === this.#epoch())
  }

  /** Everybody who had a role before rights were voided, the highest first. */
  former(): { member: MemberId; role: Role }[] {
    return this.#granted((epoch) => epoch !== this.#epoch())
  }

  #granted(isMeant: (epoch: number) => boolean): { member: MemberId; role: Role }[] {
    return [...this.#roles.entries()]
      .filter(([, { epoch }]) => isMeant(epoch))
      .map(([member, granted]) => ({ member: member as MemberId, role: granted.role }))
      .sort((a, b) => roles.indexOf(b.role) - roles.indexOf(a.role) || a.member.localeCompare(b.member))
  }

  /** The control group of this login, or null while nobody has claimed one. */
  get control(): GroupId | null {
    return this.#bound('control')
  }

  /** The group that takes the control group's place when that is lost, as its owner has said in this login. */
  get spare(): GroupId | null {
    return this.#settings().spare ? this.#bound('spare') : null
  }

  #bound(as: 'control' | 'spare'): GroupId | null {
    const bound = this.#control.get(as)
    return bound?.epoch === this.#epoch() ? bound.group : null
  }

  /** Whether a code is expected. */
  get isClaimable(): boolean {
    return this.#claim.get('claim') !== undefined
  }

  /** Whether the control group can steer no more: it is gone, or its owner has left it. */
  get isLost(): boolean {
    const { control } = this
    return control !== null && !this.#isSteered(control)
  }

  /** Whether a group is there, with the owner in it as far as its list is known. */
  #isSteered(id: GroupId): boolean {
    const group = this.#groups.get(id)
    if (group?.epoch !== this.#epoch()) return false
    if (group.unlisted) return true
    for (const [member, { role, epoch }] of this.#roles.entries()) {
      if (role !== 'owner' || epoch !== group.epoch) continue
      return member === BOT ? this.#settings().phone : this.#memberships.get(`${id}/${member}`) !== undefined
    }
    return false
  }

  /** Gives a role for this login, in place of the one before; `member` takes it away. */
  grant(member: MemberId, role: Role): void {
    if (role === 'member') this.#roles.delete(member)
    else this.#roles.set(member, { role, epoch: this.#epoch() })
  }

  /** The owner makes somebody else the owner and stays an admin. */
  handOn(owner: MemberId, to: MemberId): void {
    this.grant(owner, owner === BOT ? 'member' : 'admin')
    this.grant(to, 'owner')
  }

  /** Somebody's record turns out to be another's: his role goes with him. */
  move(from: MemberId, to: MemberId): void {
    const granted = this.#roles.get(from)
    if (granted?.epoch !== this.#epoch()) return
    this.#roles.delete(from)
    this.#roles.set(to, granted)
  }

  /** Binds the spare of the control group, or none. */
  setSpare(group: GroupId | null): void {
    if (group === null) this.#control.delete('spare')
    else this.#control.set('spare', { group, epoch: this.#epoch() })
  }

  /**
   * The control group is lost: its spare takes its place, if the owner is there, with those who are in it; else nobody has any right until a
   * new code is typed.
   */
  release(): void {
    const { spare } = this
    this.#control.delete('spare')
    const next = spare !== null && this.#isSteered(spare) ? spare : null
    for (const { member, role } of this.holders()) {
      const stays = next !== null && (member === BOT || this.#memberships.get(`${next}/${member}`) !== undefined)
      if (!stays) this.#roles.set(member, { role: role as 'owner', epoch: 0 })
    }
    if (next === null) this.#control.delete('control')
    else this.#control.set('control', { group: next, epoch: this.#epoch() })
  }

  /** A new code was shown on the console; older ones are void. */
  expectClaim(hash: string): void {
    this.#claim.set('claim', { hash })
  }

  /** Binds group and sender when the code is right; a code works once, and only a few tries are looked at. */
  claim(code: string, group: GroupId, member: MemberId, now: Millis): Claimed {
    if (this.#isLocked(group, now) || this.#isLocked(member, now)) return 'locked'
    const claim = this.#claim.get('claim')
    // Hashes are compared, so the time it takes tells nothing about the code.
    if (!claim || hashClaim(code) !== claim.hash) {
      this.noteWrong(group, member, now)
      return 'wrong'
    }
    this.#claim.delete('claim')
    for (const holder of this.holders()) this.#roles.set(holder.member, { role: holder.role as 'owner', epoch: 0 })
    this.#control.set('control', { group, epoch: this.#epoch() })
    this.grant(member, 'owner')
    this.#isThere(member, group, now)
    return 'claimed'
  }

  /** Nobody looked at the list of a group that was not watched, but who speaks there is in it. */
  #isThere(member: MemberId, group: GroupId, now: Millis): void {
    const key = `${group}/${member}`
    if (member === BOT || this.#groups.get(group)?.unlisted || this.#memberships.get(key)) return
    this.#memberships.set(key, { nick: '', since: now, talked: true })
  }

  /** Counts a wrong code against who typed it and where. */
  noteWrong(group: GroupId, member: MemberId, now: Millis): void {
    for (const [key, { since }] of this.#tries.entries()) if (since <= now - TRIES_WITHIN) this.#tries.delete(key)
    for (const key of [group, member]) {
      const { count, since } = this.#tries.get(key) ?? { count: 0, since: now }
      this.#tries.set(key, { count: count + 1, since })
    }
  }

  #isLocked(key: GroupId | MemberId, now: Millis): boolean {
    const tries = this.#tries.get(key)
    return tries !== undefined && tries.count >= TRIES && tries.since > now - TRIES_WITHIN
  }

  /** Whether a wrong code may be answered: once an hour, wherever it was typed. Notes that it is. */
  mayAnswerWrong(now: Millis): boolean {
    const answered = this.#tries.get(ANSWERED)
    if (answered !== undefined && answered.since > now - TRIES_WITHIN) return false
    this.#tries.set(ANSWERED, { count: 1, since: now })
    return true
  }

  /** Makes the code void if it is the right one, as it was seen by others. @returns whether it was. */
  burnClaim(code: string): boolean {
    if (this.#claim.get('claim')?.hash !== hashClaim(code)) return false
    this.#claim.delete('claim')
    return true
  }
}
