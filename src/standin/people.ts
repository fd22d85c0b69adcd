// The people and groups behind the ids: what stays the same when a fresh login gives everybody new ones.

/** Somebody in the world. `handle` is how the test's author calls him; WeChat only ever shows the other fields. */
export interface Person {
  readonly handle: string
  nickname: string
  /** Is he in the bot's contact list? Only friends can be written to directly. */
  friend: boolean
  /** What the bot's owner calls him, empty when nothing. */
  remark: string
  attrStatus: number
  /** 0 unknown, 1 male, 2 female. */
  sex: number
  province: string
  city: string
  signature: string
  /** Version number of his avatar: `seq` of HeadImgUrl, stable over logins. */
  avatar: number
  /** 0 for people, 8 or 24 for official accounts. */
  verifyFlag: number
  readonly groups: Set<Group>
}

/** A group chat. `members` keeps the order of joining and maps to the nickname in this group, empty when none. */
export interface Group {
  readonly handle: string
  topic: string
  owner: Person | null
  readonly members: Map<Person, string>
  /**
   * Where a login finds it: among the recent chats with its members (webwxinit), in the address book without them
   * (webwxgetcontact), or nowhere until somebody speaks there.
   */
  listed: 'recent' | 'saved' | 'nowhere'
  /** How many more requests for the member list answer with `staleList`. */
  staleFor: number
  staleList: string
  /** The member list in wire form, kept until somebody joins, leaves or is renamed; empty when it must be rebuilt. */
  cachedList: string
}

/** What a person may be given; everything left out follows from the handle, the same way in each run. */
export type PersonTraits = Partial<Omit<Person, 'handle' | 'groups'>>

const places: readonly (readonly [string, string])[] = [
  ['浙江', '杭州'],
  ['上海', '浦东新区'],
  ['江苏', '苏州'],
  ['广东', '深圳'],
  ['四川', '成都'],
  ['', ''],
]

/** FNV-1a over UTF-16 units (http://www.isthe.com/chongo/tech/comp/fnv/): spreads traits over people, nothing more. */
function hash(text: string): number {
  let sum = 0x811c9dc5
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193)
  return sum >>> 0
}

export function makePerson(handle: string, traits: PersonTraits): Person {
  const seed = hash(handle)
  const [province, city] = places[seed % places.length] ?? ['', '']
  return {
    handle,
    nickname: handle,
    friend: false,
    remark: '',
    // AttrStatus is a set of flags, so strangers may share a value: here one of 4,096.
    attrStatus: 33 + (seed % 4096) * 64,
    sex: (seed >>> 12) % 3,
    province,
    city,
    signature: '',
    avatar: 620_000_000 + (seed % 10_000_000),
    verifyFlag: 0,
    ...traits,
    groups: new Set(),
  }
}

export function makeGroup(handle: string, topic: string, listed: Group['listed']): Group {
  return {
    handle,
    topic,
    owner: null,
    members: new Map(),
    listed,
    staleFor: 0,
    staleList: '',
    cachedList: '',
  }
}

/** Is it a group (and not a person)? */
export function isGroup(contact: Person | Group): contact is Group {
  return 'members' in contact
}
