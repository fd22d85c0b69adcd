// The calendar after an edit: what was sent and is moved is not sent again, a skip moves along, and what has got a time that is over is told.
import { expect, it } from 'vitest'
import { Chat } from '../../support/chat.ts'

const post = (id: string, at: unknown, more: object = {}) => ({ id, at, content: `${id}！`, ...more })

function chat(posts: object[], groups: object[] = [{ name: '福利群' }]) {
  return new Chat({
    at: '2026-11-21T07:00:00+08:00',
    groups: groups.map((group) => (group as { name: string }).name),
    config: { bot: { botName: '圈子', sending: { quiet: false } }, groups: { groups }, sop: { posts } },
  })
}

const at = (g: Chat, clock: string) => g.until(Date.parse(`2026-11-21T${clock}:00+08:00`))
const edit = (g: Chat, ...posts: object[]) => {
  g.configure({ sop: { posts } })
  return g.after('1s')
}
const report = (line: string) => `→管理群 📮 有内容没有按时发：\n· ${line}`

it('does not send again what was sent at eight and is moved to half past, and says so with the command', () => {
  const g = chat([post('早安', '8:00')])
  expect(at(g, '08:05')).toEqual(['早安！'])
  expect(edit(g, post('早安', '8:30'))).toEqual([
    report('早安 11-21 08:30（福利群）：今天已经发过，改了时间也不再发一次。今天还要发：/sop now 早安 g1'),
  ])
  expect(g.admin('/sop today')[0]).toContain('08:30 早安　今天发过了')
  expect(at(g, '23:00')).toEqual([])
  expect(g.after('10h')).toEqual(['早安！'])
  expect(g.admin('/sop now 早安')[0]).toBe('→福利群 早安！')
})

it('does so also when it is moved twice, taken out and put back, or moved to a time that is over', () => {
  const g = chat([post('早安', '8:00')])
  at(g, '08:05')
  edit(g, post('早安', '8:30'))
  expect(edit(g, post('早安', '9:00'))[0]).toContain('早安 11-21 09:00')
  expect(edit(g)).toEqual([])
  expect(edit(g, post('早安', '9:30'))[0]).toContain('早安 11-21 09:30')
  expect(edit(g, post('早安', '8:02'))).toEqual([])
  expect(edit(g, post('早安', '8:00'))).toEqual([])
  expect(at(g, '23:00')).toEqual([])
})

it('sends a further time of the same post, and takes the nearest old time for the one that was moved', () => {
  const g = chat([post('菜单', ['8:00', '12:00'])])
  at(g, '08:05')
  expect(edit(g, post('菜单', ['8:00', '9:00', '13:00']))).toEqual([])
  expect(at(g, '10:00')).toEqual(['菜单！'])
  expect(edit(g, post('菜单', ['8:00', '10:30', '13:00']))).toHaveLength(1)
  expect(edit(g, post('菜单', ['8:00', '10:30', '11:00', '13:00']))).toEqual([])
  expect(at(g, '14:00')).toEqual(['菜单！', '菜单！'])
})

it('sends at its new time what was not sent yet, and what could not be sent', () => {
  const g = chat([post('晚', '20:00'), post('早', '8:00'), post('又早', '8:05')])
  at(g, '08:10')
  expect(edit(g, post('晚', '9:00'), post('早', '8:00'), post('又早', '8:30'))).toEqual([])
  expect(at(g, '10:00')).toEqual(['又早！', '晚！'])
})

it('tells what was moved into the past, what was missing when it was due, and tells it once', () => {
  const g = chat([post('晚', '20:00')], [{ name: '甲' }, { name: '乙' }])
  at(g, '09:00')
  expect(edit(g, post('晚', '8:30'), post('新', '8:00'))).toEqual([
    report(
      '新 11-21 08:00（甲、乙）：改好的时候，这个时间已经过了。要补发：/sop now 新\n· 晚 11-21 08:30（甲、乙）：改好的时候，这个时间已经过了。要补发：/sop now 晚',
    ),
  ])
  expect(edit(g, post('晚', '8:30'), post('新', '8:00'))).toEqual([])
  expect(g.admin('/sop now 晚')).toEqual(['→甲 晚！', '→乙 晚！', '好，「晚」发到：甲、乙'])
  expect(g.after('1d').filter((line) => line.includes('📮'))).toEqual([])
})

it('knows it also of an edit that was made while the program was down', () => {
  const g = chat([post('早安', '8:00'), post('别的', '8:20')])
  at(g, '08:05')
  g.now = Date.parse('2026-11-21T08:40:00+08:00')
  edit(g, post('早安', '8:30'), post('新', '8:10', { late: 'skip' }), post('别的', '8:20', { late: 60 }))
  expect(g.after('1h').filter((line) => line.includes('早安'))).toEqual([])
  expect(g.admin('/sop today')[0]).toBe('📅 11月21日 周六\n08:10 新　没发\n08:20 别的　已发\n08:30 早安　今天发过了')
})

it('tells nothing of a group that was off until now', () => {
  const groups = [{ name: '甲' }, { name: '乙', features: { sop: false } }]
  const g = chat([post('早安', '8:00')], groups)
  at(g, '09:00')
  g.configure({ groups: { groups: [{ name: '甲' }, { name: '乙' }] } })
  expect(g.after('1h')).toEqual([])
})

it('lets a skip move along with its post', () => {
  const g = chat([post('早安', '8:00')])
  at(g, '09:00')
  expect(g.admin('/sop skip 早安')[0]).toContain('11-22 08:00 这一次不发')
  expect(edit(g, post('早安', '8:30'))).toEqual([])
  expect(edit(g, post('早安', '周一 9:00'))).toEqual([])
  expect(edit(g)).toEqual([])
  expect(edit(g, post('早安', ['周一 9:30', '周二 9:30']))).toEqual([])
  expect(g.until(Date.parse('2026-11-23T23:00:00+08:00'))).toEqual([])
  expect(g.after('1d')).toEqual(['早安！'])
})
