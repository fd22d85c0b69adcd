// Kicks through the outbox: slow, and true only when the member list says so.
import { describe, expect, it } from 'vitest'
import type { GroupId } from '../../src/core/types/ids.ts'
import { Rig, minute, no, ok, second } from './outbox-rig.ts'

const g1 = { group: 'g1' } as const

function online(): Rig {
  const rig = new Rig()
  rig.outbox.online()
  return rig
}

describe('kicks', () => {
  const group: GroupId = 'g1'

  it('is true only when the member list says so', async () => {
    const rig = online()
    const id = rig.kick(group, 'm7')
    await rig.advance(6 * second)
    expect(rig.orders.map(({ what, to, body }) => [what, to, body])).toEqual([
      ['kick', 'wx-g1', 'wx-m7'],
      ['read', 'wx-g1', ''],
    ])
    expect([rig.outcome(id), rig.marked.has(id)]).toEqual(['', true])
    rig.members.clear()
    await rig.advance(30 * second)
    expect(rig.outcome(id)).toBe('sent')
  })

  it('says so when he is still in the group', async () => {
    const rig = online()
    const id = rig.kick(group, 'm7')
    await rig.advance(minute)
    expect([rig.outcome(id), rig.detail(id)]).toEqual(['refused', 'still in the group'])
    expect(rig.orders.map(({ what }) => what)).toEqual(['kick', 'read', 'read'])
  })

  it('kicks nobody who left by himself, and sends no order for it', async () => {
    const rig = online()
    const id = rig.kick(group, 'm7')
    rig.members.clear()
    await rig.advance(second)
    expect([rig.outcome(id), rig.orders.length]).toEqual(['sent', 0])
  })

  it('waits 20 seconds between two, while messages go on', async () => {
    const rig = online()
    for (const member of ['m1', 'm2', 'm3'] as const) rig.kick(group, member)
    rig.answer = (order) => {
      if (order.what === 'kick') rig.members.delete(`g1/${order.body.slice(3)}`)
      return ok
    }
    const said = rig.say(g1, '已移出', { priority: 'moderation' })
    await rig.advance(5 * second)
    expect(rig.outcome(said)).toBe('sent')
    await rig.advance(2 * minute)
    const kicks = rig.orders.filter(({ what }) => what === 'kick')
    expect(kicks).toHaveLength(3)
    expect(kicks.slice(1).map(({ at }, n) => at - (kicks[n]?.end ?? 0) >= 20 * second)).toEqual([true, true])
  })

  it('asks the list also when nobody answered the kick, and is uncertain when the list does not settle it', async () => {
    const rig = online()
    rig.answer = ({ what }) => (what === 'kick' ? no('unknown', 'no answer') : ok)
    const gone = rig.kick(group, 'm1')
    await rig.advance(second)
    rig.members.clear()
    await rig.advance(minute)
    const there = rig.kick(group, 'm2')
    await rig.advance(minute)
    rig.answer = ({ what }) => (what === 'read' ? no('refused') : ok)
    const unread = rig.kick(group, 'm3')
    await rig.advance(3 * minute)
    expect([gone, there, unread].map((id) => rig.outcome(id))).toEqual(['sent', 'uncertain', 'uncertain'])
    expect(rig.detail(unread)).toBe('the member list could not be read')
  })

  it('reads the list only when it is on line again', async () => {
    const rig = online()
    const id = rig.kick(group, 'm7')
    await rig.advance(second)
    rig.outbox.offline('network')
    rig.members.clear()
    await rig.advance(10 * minute)
    expect(rig.outcome(id)).toBe('')
    rig.outbox.online()
    await rig.advance(second)
    expect(rig.outcome(id)).toBe('sent')
  })
})
