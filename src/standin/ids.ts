// WeChat's ids: random, and worth nothing after the next fresh login.
import { randomBytes } from 'node:crypto'
import { type Group, isGroup, type Person } from './people.ts'

/** Ids of one login ("epoch"): the same person or group always has the same, and another in the next login. */
export class Ids {
  #ids = new Map<Person | Group, string>()
  #behind = new Map<string, Person | Group>()

  of(contact: Person | Group): string {
    let id = this.#ids.get(contact)
    if (id === undefined) {
      // Both lengths occur in the real service; friends get the long one here, strangers the short one.
      if (isGroup(contact)) id = `@@${randomBytes(32).toString('hex')}`
      else id = `@${randomBytes(contact.friend ? 32 : 16).toString('hex')}`
      this.#ids.set(contact, id)
      this.#behind.set(id, contact)
    }
    return id
  }

  /** Who or what has this id, undefined when it is unknown or of an earlier login. */
  behind(id: string): Person | Group | undefined {
    return this.#behind.get(id)
  }
}
