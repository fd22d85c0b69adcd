// Takes back what somebody said about who is who (an admin, or a member by his passphrase): the directory's part of an undo.
import type { Group, Login, Membership, Person } from '../feature/directory.ts'
import type { Tables } from '../feature/tables.ts'
import type { Change, Json } from '../types/json.ts'

interface Place {
  table: string
  key: string
}

/** What a decision about somebody's identity sets; the rest of a record (names, days) lives on. */
const identity = ['wx', 'epoch', 'level', 'evidence', 'could', 'from', 'days', 'lastDay', 'passphrase'] as const

/** Whether a change of a person's record was said by somebody, and not found by the roster. */
function isSaid({ table, before, after }: Change): boolean {
  if (table !== 'directory.people' || after === null) return false
  const said = (person: Json) => (person as Person | null)?.evidence?.find((one) => one === 'admin' || one === 'word')
  return said(after) !== undefined && (said(before) === undefined || !isSameBearer(before, after))
}

function isSameBearer(before: Json, after: Json): boolean {
  const [was, is] = [before, after] as (Person | null)[]
  return was?.wx === is?.wx && was?.epoch === is?.epoch
}

/**
 * Stages the reverse of what an entry said about who is who. @returns how many records were set back, and what stands in the way: a later
 * login, or another word about the same people, after which nothing is staged
 */
export function undoIdentity(changes: readonly Change[], tables: Tables): { restored: number; conflicts: Place[] } {
  const rooms = changes.filter(
    ({ table, before, after }) =>
      table === 'directory.groups' && before !== null && (after as Group | null)?.linked && !(before as Group).linked,
  )
  const isAboutPeople = changes.some(isSaid)
  const own = isAboutPeople
    ? changes.filter((change) => {
        if (change.table === 'directory.memberships') return true
        return change.table === 'directory.people' && (isSaid(change) || !isSameBearer(change.before, change.after))
      })
    : []
  const epoch = tables.table<Login>('directory.login').get('login')?.epoch
  const conflicts = [...own, ...rooms].filter((change) => !isAsLeft(change, tables, epoch))
  if (conflicts.length > 0) return { restored: 0, conflicts }
  for (const change of [...own, ...rooms]) setBack(change, tables)
  return { restored: [...own, ...rooms].filter(({ table }) => table !== 'directory.memberships').length, conflicts }
}

/** Whether somebody still is who the entry said, in the same login. */
function isAsLeft({ table, key, after, before }: Change, tables: Tables, epoch: number | undefined): boolean {
  const now = tables.table<object>(table).get(key) as Json | undefined
  if (table === 'directory.memberships') return true
  if (table === 'directory.groups') return (now as Group | undefined)?.linked === true
  const here = [before, after].map((person) => (person as Person | null)?.epoch)
  return now !== undefined && isSameBearer(now, after) && here.includes(epoch)
}

function setBack({ table, key, before, after }: Change, tables: Tables): void {
  if (table === 'directory.groups') return tables.table<object>(table).set(key, before as object)
  if (table === 'directory.memberships') {
    const memberships = tables.table<Membership>(table)
    if (before === null) memberships.delete(key)
    else if (after === null) memberships.set(key, before as unknown as Membership)
    return
  }
  const people = tables.table<Person>(table)
  const now = people.get(key)
  if (!now) return
  // A record that the entry made stays, as points may hang on it, and is nobody's.
  if (before === null) return people.set(key, { ...now, wx: '', epoch: 0 })
  const was = before as unknown as Person
  const kept = Object.fromEntries(Object.entries(now).filter(([name]) => !identity.some((one) => one === name)))
  const back = Object.fromEntries(identity.flatMap((name) => (was[name] === undefined ? [] : [[name, was[name]]])))
  people.set(key, { ...kept, ...back } as Person)
}
