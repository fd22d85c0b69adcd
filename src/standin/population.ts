// Who there is in the world of the local WeChat, and who sits in which group.
import { type Group, makeGroup, makePerson, type Person, type PersonTraits } from './people.ts'

/** How a newcomer enters. */
export interface Entry {
  /** Handle of who invites; the bot's own handle is allowed. Without `by` and `qr`, no line appears in the chat. */
  by?: string
  /** Handle of whose QR code is scanned. */
  qr?: string
  /** Handles of those who come in the same line. */
  together?: string[]
  /** `true`: the new member list is not pushed, but returned on request. A number: that many requests still get the old one. */
  staleList?: boolean | number
}

/**
 * People and groups by handle. Where people are introduced a new handle makes a new person; elsewhere an unknown one throws,
 * as it is likely a slip of the pen.
 */
export class Population {
  readonly people = new Map<string, Person>()
  readonly groups = new Map<string, Group>()
  /** The bot's own account. */
  readonly bot: Person

  /** @param bot handle and name of the bot's own account */
  constructor(bot: string) {
    this.bot = this.person(bot)
  }

  /** Introduces somebody, or changes the traits of somebody known. */
  person(handle: string, traits: PersonTraits = {}): Person {
    const known = this.people.get(handle)
    if (known !== undefined) {
      Object.assign(known, traits)
      this.#renewLists(known)
      return known
    }
    const person = makePerson(handle, traits)
    this.people.set(handle, person)
    return person
  }

  /** Introduces somebody who is in the bot's contact list. */
  friend(handle: string, traits: PersonTraits = {}): Person {
    return this.person(handle, { ...traits, friend: true })
  }

  /** Introduces `count` people and returns their handles, `prefix` and a number. */
  crowd(count: number, prefix = '群友'): string[] {
    return Array.from({ length: count }, (_, i) => this.person(`${prefix}${i + 1}`).handle)
  }

  /**
   * Introduces a group. The bot is in it unless `botIn` says no, and everybody named is made if he is new.
   * @param owner handle; `botOwner` makes the bot the owner, which in WeChat is the right to kick
   */
  group(
    handle: string,
    {
      owner,
      members = [],
      botOwner = false,
      botIn = true,
      topic = handle,
      listed = 'recent',
    }: {
      owner?: string
      members?: string[]
      botOwner?: boolean
      botIn?: boolean
      topic?: string
      listed?: Group['listed']
    } = {},
  ): Group {
    if (this.groups.has(handle)) throw new Error(`there is already a group ${handle}`)
    const group = makeGroup(handle, topic, listed)
    this.groups.set(handle, group)
    if (owner !== undefined) group.owner = this.person(owner)
    if (botOwner) group.owner = this.bot
    if (group.owner !== null) this.enter(group.owner, group)
    if (botIn) this.enter(this.bot, group)
    for (const member of members) this.enter(this.person(member), group)
    return group
  }

  /** The person of this handle, who must be known. */
  who(handle: string): Person {
    const person = this.people.get(handle)
    if (person === undefined) throw new Error(`there is no person ${handle}`)
    return person
  }

  /** The group of this handle, which must be known. */
  groupOf(handle: string): Group {
    const group = this.groups.get(handle)
    if (group === undefined) throw new Error(`there is no group ${handle}`)
    return group
  }

  protected enter(person: Person, group: Group): void {
    group.members.set(person, '')
    person.groups.add(group)
    group.cachedList = ''
  }

  protected exit(person: Person, group: Group): void {
    group.members.delete(person)
    person.groups.delete(group)
    group.cachedList = ''
  }

  #renewLists(person: Person): void {
    for (const group of person.groups) group.cachedList = ''
  }
}
