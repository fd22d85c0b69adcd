// Who is who after a login, in the admins' hands: shown with points, joined, parted again, vouched for.
import { describe, expect, it } from 'vitest'
import { Chat } from '../support/chat.ts'

const neighbours = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛']

/** After a login in which 小明, who has points, is called otherwise. */
function renamed(): Chat {
  const g = new Chat({ members: ['小明', '阿花', ...neighbours] })
  g.admin('/points add @小明 300 晒单')
  g.leaves('小明')
  g.relogin()
  g.joins('明明')
  return g
}

describe('/member', () => {
  it('names who is missed with his points, and joins him with his record, points and all', () => {
    const g = renamed()
    expect(g.admin('/member')[0]).toContain('小明　300 分')
    g.admin('/points add @明明 7 帮忙')
    const [now] = [g.id('明明')]
    const [asked] = g.admin(`/member link ${now} m1`)
    expect(asked).toContain('7 分、0 张券')
    expect(asked).toContain('300 分、0 张券')
    expect(g.admin('/yes')[0]).toContain('现在有 307 分')
    expect(g.id('明明')).toBe('m1')
    expect(g.says('明明', '积分')[0]).toContain('307')
  })

  it('parts again what was joined wrongly, and nothing is lost', () => {
    const g = renamed()
    g.admin(`/member link ${g.id('明明')} m1`)
    g.admin('/yes')
    g.admin('/member split m1')
    expect(g.admin('/yes')[0]).toContain('旧记录 m1 留着')
    const now = g.id('明明')
    expect(now).not.toBe('m1')
    expect(g.says('明明', '积分')[0]).not.toContain('300')
    expect(g.admin('/member')[0]).toContain('m1')
    g.admin(`/member link ${now} m1`)
    g.admin('/yes')
    expect(g.says('明明', '积分')[0]).toContain('30')
  })

  it('vouches for somebody, who may spend at once', () => {
    const g = new Chat({ members: ['小明', '阿花', ...neighbours] })
    g.doubt('小明')
    expect(g.engine.members.sure(g.id('小明'))).toBe(false)
    g.admin('/member trust @小明')
    expect(g.admin('/yes')[0]).toContain('已确认')
    expect(g.engine.members.sure(g.id('小明'))).toBe(true)
  })

  it('joins nobody who is here with somebody who is here, or with nobody', () => {
    const g = new Chat()
    for (const to of [g.id('阿花'), 'm999', g.id('小明')]) {
      g.admin(`/member link ${g.id('小明')} ${to}`)
      expect(g.admin('/yes')[0]).toContain('接不上')
    }
    expect(g.says('小明', '/member link m1 m2')).toEqual([])
  })
})

describe('/undo of what was said about who is who', () => {
  /** Undoes the entry that last changed people by the line `said`. */
  const undo = (g: Chat) => {
    const { seq } = g.last('directory.people')
    return g.admin(`/undo L${seq}`).join('\n')
  }

  it('takes a link back, with points, coupons, strikes and check-ins', () => {
    const g = renamed()
    const now = g.id('明明')
    g.admin('/points add @明明 7 帮忙')
    g.says('明明', '签到')
    g.tables.table<object>('order.strikes').set(`${now}/41`, { at: g.now, weight: 1 })
    g.admin(`/member link ${now} m1`)
    g.admin('/yes')
    expect(g.tables.table('order.strikes').get('m1/41')).toBeDefined()
    expect(undo(g)).toContain('撤销')
    expect(g.id('明明')).toBe(now)
    expect(g.engine.members.sure(now)).toBe(true)
    expect(g.says('明明', '积分')[0]).toContain('12')
    expect(g.tables.table('order.strikes').get(`${now}/41`)).toBeDefined()
    expect(g.tables.table('order.strikes').get('m1/41')).toBeUndefined()
    expect(g.admin('/member')[0]).toContain('300 分')
  })

  it('takes a part and a trust back', () => {
    const g = new Chat({ members: ['小明', '阿花', ...neighbours] })
    g.admin('/points add @小明 300 晒单')
    g.admin('/member split @小明')
    g.admin('/yes')
    expect(g.id('小明')).not.toBe('m1')
    undo(g)
    expect(g.id('小明')).toBe('m1')
    expect(g.says('小明', '积分')[0]).toContain('300')
    g.doubt('阿花')
    g.admin('/member trust @阿花')
    g.admin('/yes')
    undo(g)
    expect(g.engine.members.level(g.id('阿花'))).toBe('weak')
  })

  it('takes nothing back after another login', () => {
    const g = renamed()
    g.admin(`/member link ${g.id('明明')} m1`)
    g.admin('/yes')
    const { seq } = g.last('directory.people')
    g.relogin()
    expect(g.admin(`/undo L${seq}`).join('\n')).not.toContain('已撤销')
    expect(g.id('明明')).toBe('m1')
  })
})
