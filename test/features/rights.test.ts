// Rights never end in a lock, and never in wrong hands: control groups lost and found, owners who go, codes tried, the account's own phone.
import { describe, expect, it } from 'vitest'
import { Chat } from '../support/chat.ts'

const control = { group: '管理群' }

/** A control group with a second admin in it. */
function withAdmin(config: Record<string, unknown> = {}): Chat {
  const g = new Chat({ config: { bot: { botName: '圈子', control: config } } })
  g.joins('小李', '管理群')
  g.admin('/role @小李 admin')
  g.admin('/yes')
  return g
}

describe('a control group that is lost', () => {
  it('leaves no right to anybody, and a new code on the console binds another', () => {
    const g = withAdmin()
    const before = g.code
    g.loses('管理群')
    expect(g.engine.rights.control).toBeNull()
    expect(g.engine.rights.holders()).toEqual([])
    expect(g.code).not.toBe(before)
    expect(g.says('小李', '/status', control)).toEqual([])
    expect(g.says('老板', `/claim ${before}`, { group: '新管理群' })).toEqual(['这个认领码不对。'])
    expect(g.says('老板', `/claim ${g.code}`, { group: '新管理群' })[0]).toContain('认领成功')
    expect(g.says('老板', '/status', { group: '新管理群' })[0]).toContain('在线')
    expect(g.says('老板', '/status', control)).toEqual([])
  })

  it('is lost as well when its owner leaves, and not when anybody else does', () => {
    const g = withAdmin()
    g.leaves('小李', '管理群')
    expect(g.admin('/status')[0]).toContain('在线')
    g.joins('小李', '管理群')
    const before = g.code
    g.leaves('老板', '管理群')
    expect(g.code).not.toBe(before)
    expect(g.says('小李', '/status', control)).toEqual([])
    g.joins('老板', '管理群')
    expect(g.says('老板', '/status', control)).toEqual([])
    expect(g.says('老板', `/claim ${g.code}`, control)[0]).toContain('认领成功')
    expect(g.says('小李', '/status', control)).toEqual(['「/status」要助手才能用，请群主用 /role 授权。'])
  })

  it('is replaced by its spare, if a setting allows one and the owner has named it', () => {
    const g = withAdmin({ spare: true })
    const code = g.code
    expect(g.says('小李', '/claim spare', { group: '备用群' })).toEqual(['这个认领码不对。'])
    expect(g.says('老板', '/claim spare', { group: '备用群' })).toEqual([
      '记下了：这里是备用管理群。原来的管理群没了，就由这里接替。',
      '→管理群 备用管理群定好了。哪天这个管理群没了，由它接替；换一个群，就在那个群里再发一次 /claim spare。',
    ])
    g.joins(['老板', '小李', '路人'], '备用群')
    expect(g.says('老板', '/status', { group: '备用群' })).toEqual([])
    g.leaves('小李', '管理群')
    expect(g.loses('管理群')[0]).toContain('从现在起这里是管理群')
    expect(g.code).toBe(code)
    const roles = g.engine.rights.holders().map(({ member, role }) => `${g.engine.members.name(member)} ${role}`)
    expect(roles).toEqual(['老板 owner', '小李 admin'])
    expect(g.engine.rights.control).toBe(g.group('备用群'))
  })

  it('has no spare where the setting does not allow one', () => {
    const g = withAdmin()
    expect(g.says('老板', '/claim spare', { group: '备用群' })[0]).toContain('→管理群 备用管理群没有打开')
    g.loses('管理群')
    expect(g.engine.rights.control).toBeNull()
  })
})

describe('rights', () => {
  it('are handed on with a yes, to somebody in the control group', () => {
    const g = withAdmin()
    expect(g.admin('/role @小明 owner')[0]).toContain('要把主人换成 小明')
    expect(g.admin('/yes')).toEqual(['小明 不在管理群里，请先拉进来，再换主人。'])
    expect(g.says('小李', '/role @小李 owner', control)[0]).toContain('要主人才能用')
    g.admin('/role @小李 owner')
    expect(g.admin('/yes')).toEqual([`小李（${g.id('小李')}）现在是主人。`])
    expect(g.engine.rights.roleOf(g.id('老板'))).toBe('admin')
    g.leaves('老板', '管理群')
    expect(g.says('小李', '/status', control)[0]).toContain('在线')
  })

  it('come back after a login in one confirmed step, for those who are recognised', () => {
    const g = withAdmin()
    for (const name of ['甲', '乙', '丙', '丁', '戊']) g.joins(name, '管理群')
    g.relogin()
    expect(g.says('小李', '/status', control)[0]).toContain('要助手才能用')
    expect(g.admin('/roles back')[0]).toContain(`管理员　小李 ${g.id('小李')}`)
    expect(g.engine.rights.roleOf(g.id('小李'))).toBe('member')
    expect(g.admin('/yes')[0]).toContain('权限已恢复')
    expect(g.says('小李', '/status', control)[0]).toContain('在线')
    expect(g.admin('/roles back')[0]).toContain('没有可以恢复的人')
  })
})

describe('wrong codes', () => {
  it('are answered once an hour, behind all others, with no word on where the code lies', () => {
    const g = new Chat()
    g.loses('管理群')
    const before = g.priorities.length
    const answers = Array.from({ length: 40 }, (_, i) =>
      g.says(`路人${i % 7}`, `/claim K7QM2XW${i}`, { group: '闲聊群' }),
    )
    expect(answers.flat()).toEqual(['这个认领码不对。'])
    expect(g.priorities.slice(before)).toEqual(['game'])
    g.after('61m')
    expect(g.says('路人', '/claim K7QM2XWA9D', { group: '闲聊群' })).toEqual(['这个认领码不对。'])
  })

  it('lock who types them and where, for an hour', () => {
    const g = new Chat()
    g.loses('管理群')
    for (let i = 0; i < 5; i++) g.says('路人', `/claim WRONG${i}`, { group: '闲聊群' })
    expect(g.says('路人', `/claim ${g.code}`, { group: '另一群' })).toEqual([])
    expect(g.says('老板', `/claim ${g.code}`, { group: '闲聊群' })).toEqual([])
    expect(g.engine.rights.control).toBeNull()
    expect(g.says('老板', `/claim ${g.code}`, { group: '新管理群' })[0]).toContain('认领成功')
  })

  it('are void once members have seen the right one, and the console shows another', () => {
    const g = new Chat()
    g.loses('管理群')
    const seen = g.code
    expect(g.says('小明', `/claim ${seen}`)).toEqual(['认领码不能发在成员群里，这个码已经作废。'])
    expect(g.code).not.toBe(seen)
    expect(g.says('小明', `/claim ${seen}`, { group: '小明的群' })).toEqual(['这个认领码不对。'])
  })

  it('leave no trace of their rooms after a day', () => {
    const g = new Chat()
    g.says('路人', '/claim WRONG', { group: '闲聊群' })
    const [room, stranger] = [g.group('闲聊群'), g.id('路人')]
    g.after('25h')
    g.says('小明', '大家好')
    expect(g.tables.table('directory.groups').get(room)).toBeUndefined()
    expect(g.tables.table('directory.people').get(stranger)).toBeUndefined()
    expect(g.admin('/status')[0]).toContain('在线')
  })
})

describe('the account’s own phone', () => {
  it('is told that it does not command, and no code works from it', () => {
    const g = new Chat()
    expect(g.phone('/status', '管理群')[0]).toContain('用机器人自己的手机发的命令不算数')
    expect(g.phone('/status', '管理群')).toEqual([])
    g.loses('管理群')
    const seen = g.code
    expect(g.phone(`/claim ${seen}`, '新管理群')).toEqual(['认领码要由主人用自己的微信发，这个码已经作废。'])
    expect(g.engine.rights.control).toBeNull()
    expect(g.code).not.toBe(seen)
  })

  it('commands like the owner where a setting says so, in the control group only', () => {
    const g = withAdmin({ phone: true })
    expect(g.phone('/points add @小明 10 晒单', '管理群')[0]).toContain('现在 10 分')
    expect(g.phone('/points add @小明 10 晒单')[0]).toContain('没有执行：命令只在管理群里算数')
    g.phone('/role @小明 helper', '管理群')
    expect(g.phone('/yes', '管理群')[0]).toContain('现在是助手')
    g.loses('管理群')
    expect(g.phone(`/claim ${g.code}`, '新管理群')[0]).toContain('认领成功')
    expect(g.phone('/status', '新管理群')[0]).toContain('在线')
  })

  it('does not take the bot’s own words, told again, for its orders', () => {
    const g = withAdmin({ phone: true })
    g.renames('小明', '/yes')
    g.admin('/role @小李 helper')
    // What WeChat might tell again of what the bot has said.
    const said = g.admin('/points @小李')
    for (const text of [...said, '/points add @小李 5 x\n/yes']) g.phone(text, '管理群')
    expect(g.engine.rights.roleOf(g.id('小李'))).toBe('admin')
  })
})
