// Member lists without the account itself: a room that never names it, and one that does so no more.
import { expect, it } from 'vitest'
import { Contacts } from '../../src/wechat/contacts.ts'
import { RoomReader } from '../../src/wechat/rooms.ts'

it('takes a room as it is whose list never names the account, whatever other rooms do', () => {
  const contacts = new Contacts()
  const told: string[] = []
  const gone: string[] = []
  const events = {
    room: ({ id }: { id: string }) => told.push(id),
    gone: (id: string) => gone.push(id),
    failed: () => {},
    readable: () => {},
    unread: () => {},
  }
  const reader = new RoomReader(contacts, events, () => Promise.resolve([]))
  reader.start('@bot')
  const list = (id: string, members: string[]) => {
    contacts.keep([{ UserName: id, NickName: id, MemberList: members.map((UserName) => ({ UserName })) }])
    reader.took([id], [id])
  }
  list('@@named', ['@bot', '@ming'])
  list('@@silent', ['@ming'])
  expect(told).toEqual(['@@named', '@@silent'])
  list('@@named', ['@ming'])
  expect(gone).toEqual([])
  list('@@named', ['@ming'])
  expect(gone).toEqual(['@@named'])
  expect(reader.knows('@@silent')).toBe(true)
  reader.stop()
})
