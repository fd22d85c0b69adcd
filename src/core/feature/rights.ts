// Who may steer: the control group and the roles, both bound to one login and proved by a one-time code.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { GroupId, type MemberId } from '../types/ids.ts'
import { table, type Table, type Tables } from './tables.ts'

/** From least to most. */
export const roles = ['member', 'helper', 'admin', 'owner'] as const
/** How much somebody may do; each command says which role it wants. */
export type Role = (typeof roles)[number]

const Granted = z.strictObject({ role: z.enum(['helper', 'admin', 'owner']), epoch: z.int() })
const Control = z.strictObject({ group: GroupId, epoch: z.int() })
/** The SHA-256 (hex) of the code that is expected; the record is gone once the code was used. */
const Claim = z.strictObject({ hash: z.string() })

/** Written by `Rights` alone. */
export const rightsTables = {
  'rights.roles': table(Granted),
  'rights.control': table(Control),
  'rights.claim': table(Claim),
}

/** SHA-256 of a claim code, hex; letters' case and spaces around do not matter. */
export function hashClaim(code: string): string {
  return createHash('sha256').update(code.trim().toUpperCase()).digest('hex')
}

/** Rights of the login that is on now. What was granted in an earlier login is void. */
export class Rights {
  readonly #roles: Table<z.infer<typeof Granted>>
  readonly #control: Table<z.infer<typeof Control>>
  readonly #claim: Table<z.infer<typeof Claim>>
  readonly #epoch: () => number

  /** @param epoch the number of the login that is on now. */
  constructor(tables: Tables, epoch: () => number) {
    this.#roles = tables.table('rights.roles')
    this.#control = tables.table('rights.control')
    this.#claim = tables.table('rights.claim')
    this.#epoch = epoch
  }

  /** The role in this login; `member` for everybody without one. */
  roleOf(member: MemberId): Role {
    const granted = this.#roles.get(member)
    return granted?.epoch === this.#epoch() ? granted.role : 'member'
  }

  /** Whether somebody has that role or a higher one. */
  may(member: MemberId, role: Role): boolean {
    return roles.indexOf(this.roleOf(member)) >= roles.indexOf(role)
  }

  /** Everybody with a role, the highest first. */
  holders(): { member: MemberId; role: Role }[] {
    return [...this.#roles.entries()]
      .filter(([, granted]) => granted.epoch === this.#epoch())
      .map(([member, granted]) => ({ member: member as MemberId, role: granted.role }))
      .sort((a, b) => roles.indexOf(b.role) - roles.indexOf(a.role) || a.member.localeCompare(b.member))
  }

  /** The control group of this login, or null while nobody has claimed one. */
  get control(): GroupId | null {
    const control = this.#control.get('control')
    return control?.epoch === this.#epoch() ? control.group : null
  }

  /** Gives a role for this login, in place of the one before; `member` takes it away. */
  grant(member: MemberId, role: Role): void {
    if (role === 'member') this.#roles.delete(member)
    else this.#roles.set(member, { role, epoch: this.#epoch() })
  }

  /** Somebody's record turns out to be another's: his role goes with him. */
  move(from: MemberId, to: MemberId): void {
    const granted = this.#roles.get(from)
    if (granted?.epoch !== this.#epoch()) return
    this.#roles.delete(from)
    this.#roles.set(to, granted)
  }

  /** A new code was shown on the console; older ones are void. */
  expectClaim(hash: string): void {
    this.#claim.set('claim', { hash })
  }

  /**
   * Binds group and sender when the code is right; a code works once. Wrong tries need no limit: a code has 50 bits, a group some
   * twenty messages a minute.
   */
  claim(code: string, group: GroupId, member: MemberId): boolean {
    const claim = this.#claim.get('claim')
    // Hashes are compared, so the time it takes tells nothing about the code.
    if (!claim || hashClaim(code) !== claim.hash) return false
    this.#claim.delete('claim')
    this.#control.set('control', { group, epoch: this.#epoch() })
    this.grant(member, 'owner')
    return true
  }

  /** Makes the code void if it is the right one, as it was seen by others. @returns whether it was. */
  burnClaim(code: string): boolean {
    if (this.#claim.get('claim')?.hash !== hashClaim(code)) return false
    this.#claim.delete('claim')
    return true
  }
}
