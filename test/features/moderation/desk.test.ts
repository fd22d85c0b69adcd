// The removal desk in conversation: removals that work, that fail, that people take back, and people who return.
import { describe, expect, it } from 'vitest'
import { ads, advertises, grant, orderChat } from './order-chat.ts'

describe('a removal', () => {
  it('is told when the list shows it, and is learned for /groups', () => {
    const g = orderChat()
    expect(g.admin('/groups')[0]).not.toContain('移出')
    const id = g.id('王五')
    expect(advertises(g, '王五', 3)[0]).toBe(`[kick ${id}]`)
    expect(g.after('1m')).toEqual([`→管理群 王五（${id}）已不在「福利群」（案件 #3）。`])
    expect(g.admin('/groups')[0]).toContain(' · 能移出成员')
  })

  it('that fails becomes a ticket, asked for gently until the list says that he is gone', () => {
    const g = orderChat()
    g.kicks = 'fail'
    const id = g.id('王五')
    advertises(g, '王五', 3)
    expect(g.after('1m')).toEqual([
      `→管理群 我没能把 王五（${id}）移出「福利群」，请在手机上移出（案件 #3）。\n移出后我会自己看到；不用移了就发 /undo 3`,
    ])
    expect(g.admin('/groups')[0]).toContain(' · 不能移出成员，要请群主动手')
    expect(g.after('58m')).toEqual([])
    const asked = (time: `${number}h`) => g.after(time).filter((line) => line.includes('我没能把')).length
    expect([asked('2h'), asked('5h'), asked('24h'), asked('24h')]).toEqual([1, 1, 1, 1])
    expect(g.leaves('王五')).toEqual([`→管理群 王五（${id}）已不在「福利群」（案件 #3）。`])
    expect(asked('48h')).toBe(0)
  })

  it('of several people is told in one message', () => {
    const names = ['甲', '乙', '丙']
    const g = orderChat({ members: names })
    g.kicks = 'fail'
    for (const name of names) g.says(name, ads[0])
    g.after('1m')
    g.admin('/kick 1-3')
    g.admin('/yes')
    expect(g.after('1m').join()).toMatch(
      /^→管理群 有 3 位我没能移出，请在手机上移出，移出后我会自己看到：\n#1 甲（m\d+）「福利群」\n#2 乙（m\d+）「福利群」\n#3 丙/u,
    )
  })

  it('by hand is not given the number of a step on its card', () => {
    const g = orderChat()
    g.says('王五', ads[0])
    g.says('小明', ads[1])
    g.admin('/kick 2')
    g.admin('/yes')
    expect(g.after('1m').join()).toContain('已做：已请离\n')
    expect(g.admin('/case 1')[0]).toContain('已做：提醒（1/3）')
  })

  it('that waits puts him in quarantine: new advertisements extend the case, nothing is answered', () => {
    const g = orderChat()
    g.kicks = 'fail'
    advertises(g, '王五', 3)
    g.after('10m')
    expect(g.says('王五', ads[4])).toEqual([])
    expect(g.says('王五', '积分')).toEqual([])
    expect(g.tells('王五', '菜单')).toEqual([])
    expect(g.admin('/case 3')[0]).toMatch(/共 2 条[^]*隔离中：不得分、不回应/)
    expect(g.admin('/points 王五')[0]).toContain(' 0 分')
  })

  it('is not tried again for a day where it did not work', () => {
    const g = orderChat({ members: ['小明', '王五', '赵六'] })
    g.kicks = 'fail'
    advertises(g, '王五', 3)
    expect(advertises(g, '赵六', 3).filter((line) => line.startsWith('[kick'))).toEqual([])
    g.after('25h')
    expect(advertises(g, '小明', 3)[0]).toMatch(/^\[kick/)
  })

  it('happens three times an hour without a human’s word; the others wait in quarantine', () => {
    const names = ['甲', '乙', '丙', '丁']
    const g = orderChat({ members: names })
    for (const name of names) advertises(g, name, 2)
    const removed = names.map((name) => advertises(g, name, 1).some((line) => line.startsWith('[kick')))
    expect(removed).toEqual([true, true, true, false])
    expect(g.says('丁', '积分')).toEqual([])
    const last = g.admin('/cases')[0]?.split('\n')[1] ?? ''
    expect(last).toContain('该请离，等你点头')
    const number = /#(\d+)/.exec(last)?.[1] ?? ''
    g.admin(`/kick ${number}`)
    expect(g.admin('/yes').join()).toContain(`[kick ${g.id('丁')}]`)
  })

  it('goes through all groups of the case', () => {
    const g = orderChat({ groups: ['一群', '二群'] })
    advertises(g, '王五', 2)
    g.after('2m')
    const id = g.id('王五')
    g.kicks = 'fail'
    g.says('王五', ads[2])
    g.kicks = 'work'
    g.after('25h')
    g.says('王五', ads[3], { group: '二群' })
    g.admin('/kick 3')
    expect(g.admin('/yes').filter((line) => line.includes('[kick'))).toEqual([
      `→一群 [kick ${id}]`,
      `→二群 [kick ${id}]`,
    ])
    expect(g.admin('/kick 3')[0]).toContain('，已经不在群里）')
    expect(g.admin('/yes')).toEqual(['王五 已经不在群里了。'])
  })

  it('never befalls somebody with a role, nor a trial', () => {
    const g = orderChat()
    g.says('王五', ads[0])
    grant(g, '王五', 'helper')
    g.admin('/kick 1')
    expect(g.admin('/yes')).toEqual(['王五 有角色，不能请出；先用 /role 收回。'])
    const trial = orderChat({ config: { order: { dryRun: ['ads'] } } })
    expect(advertises(trial, '王五', 5).join()).not.toContain('[kick')
  })

  it('waits for a human when he is not surely known any more', () => {
    const g = orderChat()
    g.kicks = 'fail'
    advertises(g, '王五', 3)
    g.relogin()
    g.doubt('王五')
    g.kicks = 'work'
    expect(advertises(g, '王五', 3).join()).not.toContain('[kick')
  })

  it('that is on its way cannot be stopped, and the admins are told so; those behind it can', () => {
    const g = orderChat({ members: ['甲', '乙'] })
    g.kicks = 'wait'
    for (const name of ['甲', '乙']) g.says(name, ads[0])
    g.admin('/kick 1 2')
    expect(g.admin('/yes').filter((line) => line.includes('[kick'))).toEqual([`→福利群 [kick ${g.id('甲')}]`])
    expect(g.admin('/undo 1')[0]).toContain('请离已经发出，拦不住了')
    expect(g.admin('/undo 2')[0]).toContain('解除隔离，不再请离')
    const [id = ''] = [...g.tables.table<{ effect: { type: string } }>('outbox.effects').entries()]
      .filter(([, { effect }]) => effect.type === 'kick')
      .map(([key]) => key)
    g.handle({ type: 'resulted', at: g.now, effect: id, feature: 'order', outcome: 'uncertain', detail: '' })
    expect(g.after('3h').filter((line) => line.includes('没能把') || line.includes('[kick'))).toEqual([])
    expect(g.admin('/cases')).toEqual(['没有没定的案件。'])
  })

  it('that is followed by a return is reported, and nothing else', () => {
    const g = orderChat()
    advertises(g, '王五', 3)
    const id = g.id('王五')
    g.after('1h')
    expect(g.joins('王五')).toEqual([
      `→管理群 请离过的 王五（${id}）回到了「福利群」，我没有动他。\n下一步：/kick 3 · /trust 3 · /case 3`,
    ])
    expect(g.says('王五', '积分')[0]).toContain('王五')
    expect(g.admin('/undo 3')[0]).toContain('去掉一次记录')
    expect(g.errors).toEqual([])
  })
})
