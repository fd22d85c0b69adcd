// One series of numbers in the control group: whatever number an admin types, it means one thing, and a wrong command says which is right.
import { describe, expect, it } from 'vitest'
import { admin } from '../../src/features/admin/admin.ts'
import { draw } from '../../src/features/draw/draw.ts'
import { faq } from '../../src/features/faq/faq.ts'
import { order } from '../../src/features/moderation/moderation.ts'
import { points } from '../../src/features/points/points.ts'
import { Chat } from '../support/chat.ts'
import { ads } from './moderation/order-chat.ts'

const quiet = () => new Chat({ features: [order, admin, draw, points, faq], members: ['小明', '阿花', '王五'] })

/** Case 1, question 2, draw 3, case 4. */
function busy(): Chat {
  const g = quiet()
  g.says('王五', ads[0])
  g.says('小明', '店里能充电吗', { addressed: true })
  g.admin('/draw new 周末 雨伞x1')
  g.after('2m')
  g.says('王五', ads[1])
  g.after('2m')
  return g
}

describe('numbers', () => {
  it('are given once, to cases, questions and draws alike', () => {
    const g = busy()
    expect(g.admin('/cases')[0]).toMatch(/^#4 [^]*^#1 /m)
    expect(g.admin('/faq')[0]).toContain('#2 福利群 · 小明：「店里能充电吗」')
    expect(g.admin('/draw show 3')[0]).toContain('#3')
    expect(g.says('王五', '我的记录')[0]).toMatch(/#1　[^]*#4　/)
  })

  it.each([
    ['/r 1 好', '#1 是案件（王五）：看 /case 1，判得对 /ok 1，撤销 /undo 1'],
    ['/faq add 3', '#3 是抽奖「周末」：看 /show 3'],
    ['/ok 2', '#2 是小明问的问题：回复发 /r 2 答案'],
    ['/case 3', '#3 是抽奖「周末」：看 /show 3'],
    ['/trust 2', '#2 是小明问的问题：回复发 /r 2 答案'],
    ['/undo 2', '#2 是小明问的问题：回复发 /r 2 答案'],
    ['/draw close 1', '#1 是案件（王五）：看 /case 1，判得对 /ok 1，撤销 /undo 1'],
    ['/undo 5', '没有 #5。如果是 /log 里的记录，要带上 L：/undo L5'],
    ['/why 5', '没有 #5。如果是 /log 里的记录，要带上 L：/why L5'],
    ['/r 5 好', '没有 #5 这个问题，或者已经过了 7 天。/faq 看还没回复的。'],
    ['/undo 王五', '没看懂「/undo 王五」。「王五」不是编号\n写法：/undo <编号> [一起或只这条]\n例子：/undo 41 一起'],
  ])('%s changes nothing and names the right command', (typed, told) => {
    const g = busy()
    expect(g.admin(typed)).toEqual([told])
    expect(g.entries.findLast(({ event }) => event.type === 'said')?.changes.map(({ table }) => table)).toEqual([
      'outbox.effects',
    ])
  })

  it('asks for nothing to be confirmed as done when the number is no case', () => {
    expect(busy().admin('/kick 2')[0]).toContain('#2 是小明问的问题：回复发 /r 2 答案\n')
  })

  it('of the log have a form of their own, however they are typed', () => {
    const g = busy()
    g.admin('/points add 小明 10 晒单')
    const { seq } = g.last('ledger.bookings')
    expect(g.admin('/log 3')[0]).toContain(`L${seq} 11-21`)
    expect(g.admin(`/why L${seq}`)[0]).toMatch(new RegExp(`^L${seq} .*晒单`))
    expect(g.admin(`/undo ｌ${seq}`)).toEqual([`已撤销 L${seq}：小明 -10 分`])
    expect(g.admin('/undo 1')[0]).toContain('已撤销 #1（王五）')
    expect(g.admin('/why #1')[0]).toContain('依据：')
  })

  it('that were given before they were one series stay as they are, and new ones come after all of them', () => {
    const g = busy()
    const [asked] = [...g.tables.table<object>('faq.handovers').entries()]
    const [found] = [...g.tables.table<object>('order.cases').entries()].filter(([key]) => key === '1')
    const old = quiet()
    old.tables.load('faq.handovers', '1', asked?.[1] ?? {})
    old.tables.load('faq.noteLast', 'handover', { number: 7 })
    old.tables.load('order.cases', '1', found?.[1] ?? {})
    old.tables.load('order.numbers', 'next', { next: 42 })
    old.tables.load('draw.noteNumber', 'draw', { no: 12 })
    expect(old.says('阿花', '可以借把雨伞吗', { addressed: true })[1]).toContain('🙋 #42 ')
    expect(old.admin('/draw new 周末 雨伞x1').join()).toContain('抽奖 #43')
    expect(old.admin('/r 1 门口有')[0]).toContain('→福利群 @小明')
    expect(old.admin('/undo 1')[0]).toContain('已撤销 #1（王五）')
    expect(old.says('王五', ads[2]).join()).toContain('#44')
    expect(old.admin('/cases')[0]).toMatch(/^#44 /m)
  })

  it('let cases be forgotten by age whatever else was numbered in between', () => {
    const g = busy()
    g.tables.load('faq.noteLast', 'handover', { number: 1002 })
    g.says('王五', ads[2])
    expect([...g.tables.table('order.cases').entries()].map(([key]) => key)).toEqual(['4', '1003'])
  })
})
