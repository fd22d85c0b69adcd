// What this login has shown of rooms and friends, and no more of it than is used: at 100 rooms of 500 people it counts.
import type { WxId, WxMember, WxRoom } from './account.ts'
import { RawContact } from './internals.ts'

export interface Friend {
  name: string
  /** An official account or a service, not a person. */
  official: boolean
}

const officialFlag = 8
const friendFlag = 1

export function isRoom(id: string): boolean {
  return id.startsWith('@@')
}

/** A person's id; WeChat's own services are called by words such as `filehelper`. */
export function isPerson(id: string): boolean {
  return /^@[^@:\s]+$/.test(id)
}

export class Contacts {
  readonly rooms = new Map<WxId, WxRoom>()
  readonly friends = new Map<WxId, Friend>()
  /** How many members a list had that was shorter than it said, where that came last. */
  readonly #short = new Map<WxId, number>()

  /**
   * Takes contacts in as WeChat sent them.
   * @param friends the list is the address book, so everybody in it is a friend
   * @returns rooms whose whole member list was among them, and rooms that were only named
   */
  keep(list: unknown[], friends = false): { complete: WxId[]; unread: WxId[] } {
    const complete: WxId[] = []
    const unread: WxId[] = []
    for (const contact of list) {
      const { success, data } = RawContact.safeParse(contact)
      if (!success) continue
      const { UserName: id, MemberList, MemberCount } = data
      if (!isRoom(id)) this.#keepFriend(data, friends)
      else if (this.#isWhole(id, MemberList.length, MemberCount)) {
        this.rooms.set(id, this.#room(data))
        complete.push(id)
      } else unread.push(id)
    }
    return { complete, unread }
  }

  /** A list that stays shorter than WeChat's own count when it is read again is all there is. */
  #isWhole(id: WxId, length: number, count: number): boolean {
    const whole = length > 0 && (length >= count || this.#short.get(id) === length)
    if (whole || length === 0) this.#short.delete(id)
    else this.#short.set(id, length)
    return whole
  }

  /** @returns whether it was a room that was known */
  forget(id: WxId): boolean {
    this.friends.delete(id)
    return this.rooms.delete(id)
  }

  member(room: WxId, id: WxId): WxMember | undefined {
    return this.rooms.get(room)?.members.find((member) => member.id === id)
  }

  /** In the form in which the puppet hands it to Wechaty. */
  rawRoom(id: WxId): RawContact | undefined {
    const room = this.rooms.get(id)
    if (room === undefined) return undefined
    const MemberList = room.members.map((member) => ({
      UserName: member.id,
      NickName: member.name,
      DisplayName: member.nick,
      AttrStatus: member.attrStatus,
      KeyWord: member.keyWord ?? '',
    }))
    return {
      UserName: id,
      NickName: room.topic,
      VerifyFlag: 0,
      ContactFlag: 0,
      MemberCount: MemberList.length,
      MemberList,
    }
  }

  /** In the form in which the puppet hands it to Wechaty: a friend, or a member of some room. */
  rawPerson(id: WxId): RawContact | undefined {
    const friend = this.friends.get(id)
    const name = friend?.name ?? [...this.rooms.keys()].map((room) => this.member(room, id)?.name).find(Boolean)
    if (name === undefined) return undefined
    const VerifyFlag = friend?.official === true ? officialFlag : 0
    return {
      UserName: id,
      NickName: name,
      VerifyFlag,
      ContactFlag: friend ? friendFlag : 0,
      MemberCount: 0,
      MemberList: [],
    }
  }

  #keepFriend({ UserName, NickName, VerifyFlag, ContactFlag }: RawContact, friend: boolean): void {
    // Strangers come along too when a list was asked for; people who are no friends are known by their rooms.
    if (!isPerson(UserName) || (!friend && (ContactFlag & friendFlag) === 0)) return
    this.friends.set(UserName, { name: NickName, official: (VerifyFlag & officialFlag) !== 0 })
  }

  /** Members that did not change keep their old object, so that reading again costs no lasting memory. */
  #room({ UserName, NickName, MemberList }: RawContact): WxRoom {
    const before = new Map(this.rooms.get(UserName)?.members.map((member) => [member.id, member]))
    const members = MemberList.map((raw): WxMember => {
      const old = before.get(raw.UserName)
      if (old?.name === raw.NickName && old.nick === raw.DisplayName && old.attrStatus === raw.AttrStatus) return old
      const keyWord = /^[a-z][\w-]{0,2}$/i.test(raw.KeyWord) ? { keyWord: raw.KeyWord } : {}
      return { id: raw.UserName, name: raw.NickName, nick: raw.DisplayName, attrStatus: raw.AttrStatus, ...keyWord }
    })
    return { id: UserName, topic: NickName, members }
  }
}
