// Grey lines that WeChat writes into a group: what they say about its members. They only prompt a look at the member list.

export interface SystemLine {
  /**
   * `members`: somebody came or went, or the group was renamed. `removed`: the bot itself was taken out. `owner`: the group has a new
   * owner. `inviteWaits`: somebody wants to bring people in, which the owner has to confirm. `patted`: somebody patted the account (拍一拍).
   */
  about: 'members' | 'removed' | 'owner' | 'inviteWaits' | 'patted' | 'other'
  /** The new owner ('': the account itself), or who wants to bring people in. */
  name?: string
  /** How many people wait. */
  count?: number
  /** Who brought the newcomers, in the form of the member list. */
  invitedBy: string | null
}

/** A name may hold almost anything, so a line in which the words stand twice is not understood rather than guessed. */
interface Form {
  line: RegExp
  once: string
}

/** Wordings as the puppet knows them (`event-room-join.ts`). The group in brackets is the inviter. */
const invitations: Form[] = [
  { line: /^"([^]+)"邀请(?:你和)?"[^]+"加入了群聊/, once: '"邀请' },
  { line: /^" ?[^]+"通过扫描"([^]+)"分享的二维码加入群聊/, once: '"通过扫描"' },
  { line: /^"?([^]+?)"? invited [^]+ to (?:the|a) group chat/, once: ' invited ' },
  {
    line: /^" ?[^]+" joined (?:the )?group chat via the QR code shared by "([^]+)"/i,
    once: '" joined ',
  },
]
const removed = /^你被"[^]+"移出群聊|^You were removed from the group chat by /
const membership = /加入(?:了)?群聊|移出了?群聊|修改群名为|group chat|changed the group name|sysmsgtemplate/i

/** Wordings as clients write them; a patted person may have put words of his own behind. */
const patted = /^"[^]+" ?拍了拍 ?我|^"[^]+" (?:tickled|nudged|patted) me/
const owner = /^"?([^"]*?)"?\s*已?成为了?新的?群主|^"?([^"]*?)"? (?:is|are) now the (?:new )?(?:group )?owner/i
const inviteWaits =
  /^"?([^"]*)"?\s*想邀请\s*(\d+)\s*位?(?:朋友|人|好友)?加入群聊|^"?([^"]*?)"? wants to invite (\d+|a) /i

/** What the owner of the group has to know or do. */
function ownersLine(line: string): SystemLine | undefined {
  const [isOwner, zhOwner, enOwner] = owner.exec(line) ?? []
  if (isOwner !== undefined) {
    const name = zhOwner ?? enOwner ?? ''
    return { about: 'owner', invitedBy: null, name: /^(?:你|You)$/i.test(name) ? '' : name }
  }
  const [waits, zhName, zhCount, enName, enCount] = inviteWaits.exec(line) ?? []
  if (waits === undefined) return undefined
  const count = Number(zhCount ?? enCount)
  return { about: 'inviteWaits', invitedBy: null, name: zhName ?? enName ?? '', count: Number.isNaN(count) ? 1 : count }
}

/** @param wire as it came, still escaped, as the names in member lists are */
export function readSystemLine(wire: string): SystemLine {
  const line = wire.slice(0, 600)
  if (removed.test(line)) return { about: 'removed', invitedBy: null }
  const forOwner = ownersLine(line)
  if (forOwner !== undefined) return forOwner
  for (const { line: form, once } of invitations) {
    const invitedBy = form.exec(line)?.[1]
    if (invitedBy === undefined) continue
    const understood = line.split(once).length === 2 && invitedBy !== 'You'
    return { about: 'members', invitedBy: understood ? invitedBy : null }
  }
  if (patted.test(line)) return { about: 'patted', invitedBy: null }
  return { about: membership.test(line) ? 'members' : 'other', invitedBy: null }
}
