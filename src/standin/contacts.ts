// Contacts, rooms and member lists in the form in which WeChat's web service sends them.
// Shapes: the recorded answers in wechat4u's test/response.
import type { Ids } from './ids.ts'
import type { Group, Person } from './people.ts'
import { wireName } from './raw-text.ts'

/** The number of the bot's own account, the only `Uin` the service ever tells. */
export const botUin = 155217200

function contact(fields: Record<string, unknown>): Record<string, unknown> {
  return {
    Uin: 0,
    UserName: '',
    NickName: '',
    HeadImgUrl: '',
    ContactFlag: 0,
    MemberCount: 0,
    MemberList: [],
    RemarkName: '',
    HideInputBarFlag: 0,
    Sex: 0,
    Signature: '',
    VerifyFlag: 0,
    OwnerUin: 0,
    PYInitial: '',
    PYQuanPin: '',
    RemarkPYInitial: '',
    RemarkPYQuanPin: '',
    StarFriend: 0,
    AppAccountFlag: 0,
    Statues: 0,
    AttrStatus: 0,
    Province: '',
    City: '',
    Alias: '',
    SnsFlag: 0,
    UniFriend: 0,
    DisplayName: '',
    ChatRoomId: 0,
    KeyWord: '',
    EncryChatRoomId: '',
    IsOwner: 0,
    ...fields,
  }
}

/** One of the service's own accounts, whose id is a word. */
export function specialContact(userName: 'filehelper' | 'fmessage'): Record<string, unknown> {
  const NickName = userName === 'filehelper' ? '文件传输助手' : '朋友推荐消息'
  return contact({ UserName: userName, NickName, ContactFlag: 1, KeyWord: userName.slice(0, 3) })
}

/**
 * HeadImgUrl as the service writes it: `seq` belongs to the picture and stays over logins, `username` is the id of this
 * login, so the whole address never compares equal over logins.
 */
function avatarUrl(person: Person, id: string): string {
  return `/cgi-bin/mmwebwx-bin/webwxgeticon?seq=${person.avatar}&username=${id}&skey=`
}

/** A person as a contact. `inRoom` is the id of the group through which he was asked for, empty when none. */
export function personContact(person: Person, ids: Ids, inRoom = ''): Record<string, unknown> {
  const id = ids.of(person)
  return contact({
    UserName: id,
    NickName: wireName(person.nickname),
    HeadImgUrl: avatarUrl(person, id),
    ContactFlag: person.friend ? 3 : 0,
    RemarkName: wireName(person.remark),
    Sex: person.sex,
    Signature: wireName(person.signature),
    VerifyFlag: person.verifyFlag,
    AttrStatus: person.attrStatus,
    Province: person.province,
    City: person.city,
    EncryChatRoomId: inRoom,
  })
}

/** The bot's own entry: `User` of webwxinit. */
export function ownContact(bot: Person, ids: Ids): Record<string, unknown> {
  const id = ids.of(bot)
  return {
    Uin: botUin,
    UserName: id,
    NickName: wireName(bot.nickname),
    HeadImgUrl: avatarUrl(bot, id),
    RemarkName: '',
    PYInitial: '',
    PYQuanPin: '',
    RemarkPYInitial: '',
    RemarkPYQuanPin: '',
    HideInputBarFlag: 0,
    StarFriend: 0,
    Sex: bot.sex,
    Signature: wireName(bot.signature),
    AppAccountFlag: 0,
    VerifyFlag: 0,
    ContactFlag: 0,
    WebWxPluginSwitch: 0,
    HeadImgFlag: 1,
    SnsFlag: 17,
  }
}

function memberList(group: Group, ids: Ids): string {
  if (group.cachedList === '') {
    const members = [...group.members].map(([person, nickname]) => ({
      Uin: 0,
      UserName: ids.of(person),
      NickName: wireName(person.nickname),
      AttrStatus: person.attrStatus,
      PYInitial: '',
      PYQuanPin: '',
      RemarkPYInitial: '',
      RemarkPYQuanPin: '',
      MemberStatus: 0,
      DisplayName: wireName(nickname),
      KeyWord: '',
    }))
    group.cachedList = `"MemberCount":${members.length},"MemberList":${JSON.stringify(members)}`
  }
  return group.cachedList
}

/**
 * A group as a contact, already as JSON text, because the lists are long and asked for again and again.
 * @param members `true` with the members as they are; `'asked'` with what a request for them gets (it may be stale, and
 * each call counts as one request); `false` without any, as in the address book.
 */
export function groupContact(group: Group, ids: Ids, bot: Person, members: boolean | 'asked'): string {
  const inside = group.members.has(bot)
  const owns = group.owner === bot
  const head = JSON.stringify(
    contact({
      UserName: ids.of(group),
      NickName: wireName(group.topic),
      HeadImgUrl: `/cgi-bin/mmwebwx-bin/webwxgetheadimg?seq=0&username=${ids.of(group)}&skey=`,
      ContactFlag: group.listed === 'saved' ? 3 : 2,
      Statues: 1,
      OwnerUin: owns ? botUin : 0,
      IsOwner: owns ? 1 : 0,
      EncryChatRoomId: ids.of(group).slice(1, 34),
      MemberCount: undefined,
      MemberList: undefined,
    }),
  )
  let list = '"MemberCount":0,"MemberList":[]'
  if (members === 'asked' && group.staleFor > 0) {
    group.staleFor--
    list = group.staleList
  } else if (members !== false && inside) list = memberList(group, ids)
  return `${head.slice(0, -1)},${list}}`
}

/** From now on a number of requests still get the member list as it is at this moment. */
export function keepStale(group: Group, ids: Ids, requests: number): void {
  group.staleList = memberList(group, ids)
  group.staleFor = requests
}
