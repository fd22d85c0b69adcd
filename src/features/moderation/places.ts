// Who is meant where: keys of a person in a group, and how they are named to admins.
import { GroupId, MemberId } from '../../core/types/ids.ts'
import type { Cx } from './records.ts'

/** `g1/m7` */
export function partsOf(key: string): { group: GroupId; member: MemberId } {
  const slash = key.indexOf('/')
  return { group: GroupId.parse(key.slice(0, slash)), member: MemberId.parse(key.slice(slash + 1)) }
}

export function nameOf(group: GroupId, member: MemberId, { members }: Cx): { name: string; id: string; group: string } {
  return { name: members.name(member, group), id: member, group: members.group(group)?.name ?? group }
}
