// Rights that come back after a login, in one confirmed step, and the group that stands by for the control group.
import { houseOf } from '../../core/feature/house.ts'
import type { Role } from '../../core/feature/rights.ts'
import type { Reply } from '../../core/types/effect.ts'
import type { GroupId, MemberId } from '../../core/types/ids.ts'
import { canonical } from '../../core/lib/text.ts'
import type { Said } from '../../core/types/event.ts'
import type { AdminContext } from './parts.ts'

/** Those who had a role before, are recognised, and are in the control group now. Who owned it then becomes an admin. */
function returning(cx: AdminContext): { member: MemberId; role: Role }[] {
  const { members } = cx
  const { rights } = houseOf(cx)
  const { control } = rights
  if (control === null) return []
  return rights
    .former()
    .filter(({ member }) => members.isIn(member, control) && members.allows(member, 'earn'))
    .map(({ member, role }) => ({ member, role: role === 'owner' ? 'admin' : role }))
}

function listed(cx: AdminContext, of: ReturnType<typeof returning>): string {
  const { members, text } = cx
  const { control } = houseOf(cx).rights
  return of
    .map(({ member, role }) => text('roleLine', { role: text(role), name: members.name(member, control), id: member }))
    .join('\n')
}

/** Who could have his role back, once the control group's people are known. */
export function offerRoles(group: GroupId, cx: AdminContext): Reply {
  if (group !== houseOf(cx).rights.control) return undefined
  const back = returning(cx)
  return back.length === 0 ? undefined : cx.reply('rolesOffered', { list: listed(cx, back) })
}

/** `/roles back`: all of them at once. */
export const rolesBack = {
  summary: {
    zh: '重新登录后，把认出来的管理员和助手一次恢复',
    en: 'After a new login, give all recognised admins and helpers their roles back',
  },
  role: 'owner' as const,
  args: {},
  confirm(_: object, cx: AdminContext): string | undefined {
    const back = returning(cx)
    return back.length === 0 ? undefined : cx.text('rolesConfirm', { list: listed(cx, back) })
  },
  run(_: object, cx: AdminContext, { from }: Said): Reply {
    const back = returning(cx).filter(({ member }) => member !== from)
    for (const { member, role } of back) houseOf(cx).rights.grant(member, role)
    return back.length === 0 ? cx.reply('rolesNone') : cx.reply('rolesAreBack', { list: listed(cx, back) })
  },
}

/** Whether `/claim` is meant for the spare control group. */
export function isSpare(code: string): boolean {
  return ['spare', '备用'].includes(canonical(code))
}

/** The owner, known by his id in this login, names the group in which he says so. */
export function bindSpare(group: GroupId, cx: AdminContext): Reply {
  const { say, text } = cx
  const { rights } = houseOf(cx)
  rights.setSpare(group)
  return rights.spare === group
    ? [say({ group }, text('spareSet'), { priority: 'admin' }), say('control', text('spareTold'))]
    : say('control', text('spareOff'), { priority: 'admin' })
}
