// A member's own passphrase: set while he is known, it gives him his record back, and nobody else's.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/core/lib/hash.ts'
import { Chat } from '../support/chat.ts'

const neighbours = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛']
const SECRET = '外婆家的黄狗叫豆豆'

/** 小明 has 300 points and may have set a passphrase; after a login 明明 is there, whom nobody knows. */
function afterLogin(set: (g: Chat) => void): Chat {
  const g = new Chat({ members: ['小明', '阿花', ...neighbours] })
  g.admin('/points add @小明 300 晒单')
  set(g)
  g.leaves('小明')
  g.relogin()
  g.joins('明明')
  return g
}

describe('我的口令', () => {
  it('gives somebody his record back, tells the admins, and is in no record in plain', () => {
    const g = afterLogin((g) => {
      expect(g.tells('小明', `我的口令 ${SECRET}`)[0]).toContain('口令设好了')
    })
    const heard = g.tells('明明', `我的口令：${SECRET}`)
    expect(heard.join('\n')).toContain('现在有 300 分')
    expect(heard.join('\n')).toContain('/member split m1')
    expect(g.id('明明')).toBe('m1')
    expect(g.engine.members.sure('m1')).toBe(true)
    expect(JSON.stringify(g.entries)).not.toContain(SECRET)
  })

  it('takes what somebody earned meanwhile along, strikes too', () => {
    const g = afterLogin((g) => g.tells('小明', `我的口令 ${SECRET}`))
    g.admin('/points add @明明 7 帮忙')
    g.tells('明明', `我的口令${SECRET}`)
    expect(g.says('明明', '积分')[0]).toContain('307')
  })

  it('is void once it was said in a group, also by who claims with it', () => {
    const g = afterLogin((g) => g.tells('小明', `我的口令 ${SECRET}`))
    expect(g.says('明明', `我的口令 ${SECRET}`)[0]).toContain('已经作废')
    expect(g.id('明明')).toBe('m1')
    g.leaves('明明')
    g.relogin()
    g.joins('骗子')
    expect(g.tells('骗子', `我的口令 ${SECRET}`).join()).not.toContain('300')
    expect(JSON.stringify(g.entries)).not.toContain(SECRET)
  })

  it('is not set in a group, but for its one-way code', () => {
    const plain = afterLogin((g) => {
      expect(g.says('小明', `我的口令 ${SECRET}`)[0]).toContain('别发在群里')
    })
    plain.tells('明明', `我的口令 ${SECRET}`)
    expect(plain.id('明明')).not.toBe('m1')
    const coded = afterLogin((g) => {
      expect(g.says('小明', `我的口令 ${sha256(SECRET)}`)[0]).toContain('口令设好了')
    })
    expect(coded.tells('明明', `我的口令 ${sha256(SECRET)}`).join()).not.toContain('300')
    expect(coded.tells('明明', `我的口令 ${SECRET}`).join()).toContain('现在有 300 分')
  })

  it('looks at five a day, and tells the admins', () => {
    const g = afterLogin((g) => g.tells('小明', `我的口令 ${SECRET}`))
    g.doubt('明明')
    for (const n of [1, 2, 3, 4]) expect(g.tells('明明', `我的口令 外婆家的黄狗叫豆豆${n}`)[0]).toContain(`${5 - n} 次`)
    expect(g.tells('明明', '我的口令 外婆家的黄狗叫花花啊').join('\n')).toContain('→管理群')
    expect(g.tells('明明', `我的口令 ${SECRET}`).join()).toContain('今天试得太多')
    g.tomorrow()
    expect(g.tells('明明', `我的口令 ${SECRET}`).join()).toContain('现在有 300 分')
  })

  it('moves nobody who is known himself, and cannot be set by who is not yet', () => {
    const g = afterLogin((g) => g.tells('小明', `我的口令 ${SECRET}`))
    const before = g.id('阿花')
    const member = g.tables.table<{ level: string; evidence: string[] }>('directory.people')
    const person = member.get(before)
    if (person) member.set(before, { ...person, level: 'strong', evidence: ['name'] })
    expect(g.tells('阿花', `我的口令 ${SECRET}`).join('\n')).toContain('没有动')
    expect(g.id('阿花')).toBe(before)
    if (person) member.set(before, { ...person, level: 'likely', evidence: ['name'] })
    expect(g.tells('阿花', '我的口令 河边第三棵柳树底下')[0]).toContain('过几天')
  })

  it('gives who was taken for somebody else his own record, and leaves the other one', () => {
    const g = afterLogin((g) => g.tells('小明', `我的口令 ${SECRET}`))
    const wrong = g.id('阿花')
    const people = g.tables.table<{ level: string; evidence: string[] }>('directory.people')
    const person = people.get(wrong)
    if (person) people.set(wrong, { ...person, level: 'likely', evidence: ['name'] })
    expect(g.tells('阿花', `我的口令 ${SECRET}`).join()).toContain('现在有 300 分')
    expect(g.id('阿花')).toBe('m1')
    expect(people.get(wrong)).toBeDefined()
  })

  it.each(['我的口令', '我的口令怎么设置', '我的口令忘了', '我的暗号是什么', '我的口令 在哪设呢'])(
    'says how to those who ask: %s',
    (asked) => {
      expect(new Chat().tells('小明', asked)[0]).toContain('私聊我')
    },
  )

  it('is understood in English as well', () => {
    const g = new Chat({ config: { bot: { botName: 'Quanzi', language: 'en' } } })
    expect(g.tells('小明', 'my passphrase')[0]).toContain('directly')
    expect(g.tells('小明', 'My passphrase is purple ham over Leeds')[0]).toContain('is set')
  })

  it.each([
    '我的口令 123456',
    '我的口令 13812345678',
    '我的口令 aaaaaaaaaaaa',
    '我的口令 豆豆',
    '我的口令 2001年10月20日',
  ])('refuses what is easy to guess, and keeps none of it: %s', (typed) => {
    const g = new Chat()
    expect(g.tells('小明', typed)[0]).toContain('太好猜')
    expect(JSON.stringify(g.entries)).not.toContain(typed.slice(5))
  })

  it.each(['我的口令红包谁抢到了', '大家我的口令红包忘记领了', '你的口令 是天王盖地虎宝塔镇河妖'])(
    'leaves talk in a group alone: %s',
    (talk) => {
      const g = new Chat()
      expect(g.says('小明', talk)).toEqual([])
      expect(JSON.stringify(g.entries.at(-1))).toContain(talk)
    },
  )
})
