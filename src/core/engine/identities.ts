// Identities as an admin settles them: link a new record with an earlier one, split them again, vouch for somebody.
import type { Group, Login, Membership, Person } from '../feature/directory.ts'
import type { Identities } from '../feature/house.ts'
import type { GroupId, MemberId } from '../types/ids.ts'
import type { EngineState } from './state.ts'

/** The records of people and groups in an admin's hands, for one engine. */
export function identitiesOf({ tables, members, rights }: EngineState): Identities {
  const people = tables.table<Person>('directory.people')
  const groups = tables.table<Group>('directory.groups')
  const memberships = tables.table<Membership>('directory.memberships')
  const isHere = (person: Person | undefined) => person?.epoch === members.epoch

  /** The person whom WeChat shows now is `to` from now on, in every group. */
  const handOver = (from: MemberId, to: MemberId) => {
    for (const group of groups.keys()) {
      const membership = memberships.get(`${group}/${from}`)
      if (!membership) continue
      memberships.delete(`${group}/${from}`)
      memberships.set(`${group}/${to}`, membership)
    }
  }

  return {
    absent: () =>
      [...people.entries()].flatMap(([id, person]) => (!isHere(person) && person.wx !== '' ? [id as MemberId] : [])),
    link(from, to, proof) {
      const [here, before] = [people.get(from), people.get(to)]
      if (!here || !before || !isHere(here) || isHere(before) || from === to) return false
      const { gone: _gone, could: _could, from: _from, days: _days, lastDay: _lastDay, ...kept } = before
      const { wx, epoch, name, attrStatus } = here
      people.set(to, { ...kept, wx, epoch, name, attrStatus, level: 'proven', evidence: [proof] })
      people.set(from, { ...here, wx: '', epoch: 0 })
      handOver(from, to)
      rights.move(from, to)
      return true
    },
    split(member) {
      const person = people.get(member)
      const login = tables.table<Login>('directory.login').get('login')
      if (!person || !login || !isHere(person)) return undefined
      const id: MemberId = `m${login.nextMember}`
      tables.table<Login>('directory.login').set('login', { ...login, nextMember: login.nextMember + 1 })
      const { wx, epoch, name, attrStatus } = person
      people.set(id, { wx, epoch, name, attrStatus, level: 'proven', evidence: ['admin'] })
      // Ids of an earlier login mean nothing: the record waits until its person is recognised.
      const { passphrase, ...old } = person
      // A passphrase that was set since the wrong link is the other one's.
      const kept = passphrase !== undefined && passphrase.epoch < members.epoch ? { passphrase } : {}
      people.set(member, { ...old, ...kept, wx: `split ${wx}`, epoch: -1 })
      handOver(member, id)
      rights.grant(member, 'member')
      return id
    },
    trust(member) {
      const person = people.get(member)
      if (!person || !isHere(person)) return false
      const { could: _could, ...kept } = person
      people.set(member, { ...kept, level: 'proven', evidence: ['admin'] })
      return true
    },
    ofPassphrase(codes) {
      const owners = [...people.entries()].filter(([, { passphrase }]) => passphrase && codes.includes(passphrase.code))
      const ids = (of: typeof owners) => of.map(([id]) => id as MemberId)
      return {
        here: ids(owners.filter(([, person]) => isHere(person))),
        absent: ids(owners.filter(([, person]) => !isHere(person))),
      }
    },
    setPassphrase(member, code) {
      const person = people.get(member)
      if (!person) return
      const { passphrase: _, ...rest } = person
      people.set(member, code === null ? rest : { ...rest, passphrase: { code, epoch: members.epoch } })
    },
    similarRooms: () =>
      [...groups.entries()].flatMap(([id, { like, linked, epoch, topic }]) =>
        like !== undefined && !linked && epoch === members.epoch ? [{ id: id as GroupId, topic, like }] : [],
      ),
    linkRoom(id) {
      const group = groups.get(id)
      if (group?.like === undefined || group.epoch !== members.epoch) return false
      groups.set(id, { ...group, linked: true })
      return true
    },
  }
}
