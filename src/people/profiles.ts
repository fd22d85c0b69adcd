// What WeChat shows of people beside member lists (avatar, region, signature, remark): read a few at a time, and weighed as evidence after a login.
import type { GroupId } from '../core/types/ids.ts'
import { allows } from '../core/feature/levels.ts'
import { sha256 } from '../core/lib/hash.ts'
import type { WxId, WxProfile } from '../wechat/account.ts'
import type { Register } from './register.ts'

/** While nobody is left to be read, newcomers are looked for so often, milliseconds. */
const LOOK_AGAIN = 10 * 60_000

interface Wanted {
  id: WxId
  room: WxId
}

export class Profiles {
  readonly #register: Register
  /** Whose profile was asked for in this login. */
  readonly #asked = new Set<WxId>()
  #queue: Wanted[] = []
  #lookAt = -Infinity

  constructor(register: Register) {
    this.#register = register
  }

  /** A fresh login: everybody has another id, and is asked for again. */
  clear(): void {
    this.#asked.clear()
    this.#queue = []
    this.#lookAt = -Infinity
  }

  /** Who is to be read next: first who was recognised by too little, then who has no avatar on record. */
  next(most: number, at: number): Wanted[] {
    if (this.#queue.length === 0 && at >= this.#lookAt) {
      this.#lookAt = at + LOOK_AGAIN
      this.#queue = this.#wanted()
    }
    const next = this.#queue.splice(0, most)
    for (const { id } of next) this.#asked.add(id)
    return next
  }

  /** Their profiles could not be read: they are the next again. */
  again(people: readonly Wanted[]): void {
    const isHere = ({ id }: Wanted) => this.#asked.has(id)
    this.#queue.unshift(...people.filter(isHere))
  }

  #wanted(): Wanted[] {
    const register = this.#register
    const doubtful: Wanted[] = []
    const others: Wanted[] = []
    const seen = new Set<WxId>(this.#asked)
    for (const [key, { wx: room, epoch }] of register.groups.entries()) {
      const group = key as GroupId
      if (epoch !== register.epoch || !register.watched(group)) continue
      for (const { person } of register.membersOf(group)) {
        if (person?.epoch !== register.epoch || seen.has(person.wx)) continue
        seen.add(person.wx)
        if (!allows(person.level, 'spend')) doubtful.push({ id: person.wx, room })
        else if (person.face?.epoch !== register.epoch) others.push({ id: person.wx, room })
      }
    }
    return [...doubtful, ...others]
  }

  /**
   * Notes profiles. An avatar that nobody else has, the same as at the login before, speaks for who was recognised. A profile is saved only
   * of those who are surely themselves, so that nobody who was mistaken for another is proved by his own picture later.
   * @returns whether anything changed
   */
  read(profiles: readonly WxProfile[]): boolean {
    const register = this.#register
    const shared = sharedAvatars(register, profiles)
    let isChanged = false
    for (const profile of profiles) {
      const member = register.member(profile.id)
      const person = member && register.people.get(member)
      if (member === undefined || !person || profile.avatar === '') continue
      const face = { avatar: profile.avatar, about: aboutOf(profile), epoch: register.epoch }
      if (allows(person.level, 'spend')) {
        if (person.face?.epoch === face.epoch && person.face.avatar === face.avatar) continue
        register.people.set(member, { ...person, face })
      } else if (person.level === 'likely' && person.face && person.face.epoch < register.epoch) {
        const isSame = person.face.avatar === face.avatar && !shared.has(face.avatar)
        const evidence = person.evidence ?? []
        if (!isSame || evidence.includes('avatar')) continue
        const isAbout = face.about !== '' && face.about === person.face.about
        register.people.set(member, {
          ...person,
          evidence: [...evidence, 'avatar', ...(isAbout ? (['about'] as const) : [])],
        })
      } else continue
      isChanged = true
    }
    return isChanged
  }
}

/** Avatars of these profiles that two people have, now or at the login before: they prove nothing. */
function sharedAvatars(register: Register, profiles: readonly WxProfile[]): ReadonlySet<string> {
  const count = new Map<string, Set<string>>()
  for (const { id, avatar } of profiles) {
    const member = register.member(id)
    if (member !== undefined && avatar !== '') count.set(avatar, (count.get(avatar) ?? new Set()).add(member))
  }
  for (const [id, { face, wx }] of register.people.entries()) if (face && wx !== '') count.get(face.avatar)?.add(id)
  return new Set([...count].filter(([, people]) => people.size > 1).map(([avatar]) => avatar))
}

/** Region, signature and the account's own remark in short; '' when there is next to nothing. */
function aboutOf({ region, signature, remark }: WxProfile): string {
  return signature === '' && remark === '' ? '' : sha256(`${region}\n${signature}\n${remark}`).slice(0, 12)
}
