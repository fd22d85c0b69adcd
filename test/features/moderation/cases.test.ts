// Cases in conversation: what admins read and decide, taking back, teaching, two people, reports, records and appeals.
import { describe, expect, it } from 'vitest'
import { ads, advertises, doubtful, grant, orderChat } from './order-chat.ts'

describe('undo of a case', () => {
  it('says sorry only where the reproach was read', () => {
    const g = orderChat({ groups: ['一群', '二群'] })
    g.says('王五', ads[0], { group: '一群' })
    g.leaves('王五', '一群')
    expect(g.admin('/undo 1')).toEqual([expect.stringContaining('已撤销 #1（王五）') as string])
  })

  it('takes back strike, points, quarantine and ticket together, and teaches', () => {
    const steps = [{ do: 'remind', points: 3 }, { do: 'remove' }]
    const g = orderChat({ config: { order: { steps } } })
    g.kicks = 'fail'
    g.admin('/points add 王五 10 晒单')
    g.says('王五', ads[0])
    expect(g.admin('/undo 1')).toEqual([
      '已撤销 #1（王五）：去掉一次记录，退回 3 分，过滤器记住了',
      '→福利群 @王五 前面提醒你的 #1 是我弄错了，记录已撤销，不好意思打扰啦 🌷',
    ])
    expect(g.admin('/points 王五')[0]).toContain(' 10 分')
    g.after('2m')
    expect(g.says('王五', ads[0])).toEqual([])
    for (const ad of [ads[1], ads[2]]) {
      g.after('15m')
      g.says('王五', ad)
    }
    expect(g.says('王五', '我的记录')).toEqual([expect.stringContaining('有 2 条记录') as string])
    expect(g.says('王五', '积分')).toEqual([])
    expect(g.admin('/undo 3')[0]).toMatch(/^已撤销 #3（王五）：去掉一次记录，解除隔离，不再请离，过滤器记住了$/)
    expect(g.says('王五', '积分')[0]).toContain('分')
    expect(g.after('2d').filter((line) => line.includes('没能把'))).toEqual([])
    expect(g.admin('/undo 3')).toEqual(['#3 已经撤销过了。'])
  })

  it('never gives a number again, also when the message that opened the case is taken back', () => {
    const g = orderChat()
    g.says('王五', ads[0])
    g.admin(`/undo L${g.last('order.cases').seq}`)
    expect(g.admin('/case 1')[0]).toContain('没有案件 #1')
    g.after('2m')
    expect(g.says('王五', ads[1]).join()).toContain('申诉 2')
  })
})

describe('decisions', () => {
  it('/ok teaches at once, and acts where a human was asked', () => {
    const g = orderChat()
    g.says('王五', doubtful)
    expect(g.admin('/ok 1')).toEqual([
      '#1 已确认：提醒（1/3），过滤器记住了',
      expect.stringMatching(
        /^→福利群 @王五 刚才那条像是广告(?:（[^）]*）)?，本群不发广告哦。\n这是提醒（1\/3），再有会警告。误会了就回复「申诉 1」。$/u,
      ) as string,
    ])
    g.after('2m')
    expect(g.says('阿花', doubtful)[0]).toContain('本群不发广告')
    expect(g.admin('/ok 1 2 77')).toEqual(['#1 已经确认过了。\n#2 已确认，过滤器记住了\n没有案件 #77，/cases 看全部。'])
  })

  it('/ok hours later does not speak of a message just now', () => {
    const g = orderChat()
    g.says('王五', doubtful)
    g.after('3h')
    expect(g.admin('/ok 1')[1]).toContain('@王五 前面有一条消息像是广告')
  })

  it('/kick after an /undo teaches again', () => {
    const g = orderChat()
    g.says('王五', ads[0])
    g.admin('/undo 1')
    g.admin('/kick 1')
    g.admin('/yes')
    g.after('2m')
    expect(g.says('阿花', ads[0])[0]).toContain('本群不发广告')
  })

  it('/ok never removes: it says what to type', () => {
    const g = orderChat()
    advertises(g, '王五', 2)
    g.after('2m')
    g.says('王五', doubtful)
    expect(g.admin('/ok 3')).toEqual(['#3 已确认：到了请离这一步，要请离就发 /kick 3，过滤器记住了'])
    expect(g.admin('/kick 3')[0]).toContain(`要请出：\n#3 王五（${g.id('王五')}，在 福利群）`)
    expect(g.admin('/yes')).toContain(`→福利群 [kick ${g.id('王五')}]`)
  })

  it('what was taught survives a restart', () => {
    const g = orderChat()
    g.says('王五', ads[0])
    g.admin('/undo 1')
    for (const [key, lesson] of [...g.tables.table<object>('order.lessons').entries()])
      g.tables.load('order.lessons', key, { ...lesson })
    g.tables.load('order.taught', 'all', { changes: 1 })
    g.after('2m')
    expect(g.says('王五', ads[0])).toEqual([])
  })

  it('/ad teaches what was missed, quoted in the group or written in the control group', () => {
    const g = orderChat()
    const missed = '楼下新开的店今天全场半价，来就送'
    expect(g.says('王五', missed)).toEqual([])
    g.after('1m')
    expect(g.says('老板', '/ad', { quote: { name: '王五', text: missed } })).toEqual([
      '→管理群 #1 已确认：提醒（1/3），过滤器记住了',
      expect.stringContaining('@王五 刚才那条像是广告') as string,
    ])
    g.after('2m')
    expect(g.says('阿花', missed)[0]).toContain('本群不发广告')
    expect(g.admin('/ad 楼上的店明天关门甩卖最后一天')).toEqual(['#3 已确认，过滤器记住了'])
    expect(g.admin('/ad')).toEqual(['写法：引用那条广告回复 /ad，或者 /ad <原文>'])
    expect(g.says('小明', '/ad', { quote: { name: '阿花', text: '早上好' } })).toEqual([])
  })

  it('/pardon clears the record, /cases lists what is open, the doubtful first', () => {
    const g = orderChat()
    advertises(g, '王五', 2)
    g.after('2m')
    g.says('阿花', doubtful)
    expect(
      g
        .admin('/cases')[0]
        ?.split('\n')
        .map((line) => line.slice(0, 2)),
    ).toEqual(['没定', '#3', '#2', '#1'])
    expect(g.admin('/pardon 王五')).toEqual([`王五（${g.id('王五')}）的 2 次记录已清掉。`])
    expect(g.admin('/warns 王五')[0]).toContain('没有记录')
  })

  it('takes two people where the operator wants it', () => {
    const g = orderChat({ config: { order: { twoPeople: ['trust', 'kick'] } } })
    grant(g, '小李', 'admin')
    g.says('王五', ads[0])
    const wait = '这一步要两个人：请另一位管理员在 10 分钟内也发 /trust 1'
    expect(g.admin('/trust 1')).toEqual([wait])
    expect(g.admin('/trust 1')).toEqual([wait])
    expect(g.says('小李', '/trust 1', { group: '管理群' })[0]).toContain('没有人点头就不处罚')
    g.admin('/kick 1')
    expect(g.admin('/yes')[0]).toContain('这一步要两个人')
    g.after('11m')
    g.says('小李', '/kick 1', { group: '管理群' })
    expect(g.says('小李', '/yes', { group: '管理群' })[0]).toContain('这一步要两个人')
  })

  it('refuses what is no number, and nobody but those with a role decides', () => {
    const g = orderChat()
    g.says('王五', ads[0])
    expect(g.admin('/ok 王五')[0]).toContain('不是案件号')
    expect(g.admin('/ok 。')[0]).toContain('不是案件号')
    expect(g.admin('/ok １。')).toEqual(['#1 已确认，过滤器记住了'])
    expect(g.admin('/ok 1-999')[0]).toContain('一次最多 60 个')
    expect(g.admin('/case 9')).toEqual(['没有案件 #9，/cases 看全部。'])
    expect(g.says('王五', '/undo 1')).toEqual([])
    expect(g.admin('/warns 王五')[0]).toContain('有 1 次记录')
  })
})

describe('reports', () => {
  it('ask the admins, name who reported, and punish nobody', () => {
    const g = orderChat()
    const words = '你们这里卖的都是假货'
    g.says('王五', words)
    const quote = { name: '王五', text: words }
    expect(g.says('小明', '举报', { quote })).toEqual([
      '收到，已交给管理员看（#1）。谢谢提醒。',
      expect.stringMatching(/^→管理群 #1 福利群 · 王五（m\d+） · 被举报/) as string,
    ])
    expect(g.says('阿花', '举报', { quote })[0]).toBe('收到，已交给管理员看（#1）。谢谢提醒。')
    expect(g.admin('/case 1')[0]).toContain('举报人：小明、阿花')
    expect(g.admin('/warns 王五')[0]).toContain('没有记录')
    // What is no advertisement is not called one.
    expect(g.admin('/ok 1')[1]).toContain(
      '@王五 刚才那条被举报（原话「你们这里卖的都是…」），管理员看过了，不适合发在群里。\n这是提醒',
    )
  })

  it('blame nobody for words that he did not say', () => {
    const g = orderChat()
    g.says('王五', '早上好')
    expect(g.says('小明', '举报', { quote: { name: '王五', text: ads[0] } })[1]).toContain('不知道是谁')
    expect(g.admin('/ok 1')).toEqual(['#1 已确认，过滤器记住了'])
    expect(g.admin('/kick 1')[0]).toContain('案件 #1 不知道是谁')
  })

  it('find who said it days ago, when one person only can have', () => {
    const g = orderChat({ members: ['小明', '阿花', '王五', '王五#2'] })
    const words = '二楼那家人真不讲道理'
    g.says('阿花', words)
    g.after('3d')
    expect(g.says('小明', '举报', { quote: { name: '阿花', text: words } })).toEqual([
      '收到，已交给管理员看（#1）。谢谢提醒。',
      expect.stringMatching(/^→管理群 #1 福利群 · 阿花（m\d+） · 被举报/) as string,
    ])
    const twins = '楼道里的东西请搬走'
    for (const name of ['王五', '王五#2']) g.says(name, twins)
    g.after('2d')
    expect(g.says('小明', '举报', { quote: { name: '王五', text: twins } }).join()).toContain('不知道是谁')
    g.says('阿花', '', { kind: 'picture', id: 'old' })
    g.after('1d')
    const picture = { name: '阿花', text: '', kind: 'picture' as const }
    expect(g.says('小明', '举报', { quote: picture })).toContain('→管理群 [picture old]')
  })

  it('are limited, and wrong ones count', () => {
    const g = orderChat()
    const reports = (text: string) => {
      g.says('王五', text)
      g.after('2m')
      return g.says('小明', '举报', { quote: { name: '王五', text } })[0]
    }
    for (const n of [1, 2, 3]) expect(reports(`今天吃第 ${n} 顿饭`)).toBe(`收到，已交给管理员看（#${n}）。谢谢提醒。`)
    expect(reports('今天吃第四顿饭')).toBe('一小时最多举报 3 次，先到这里，急事请直接找管理员。')
    for (const n of [1, 2, 3]) g.admin(`/undo ${n}`)
    g.after('2h')
    expect(reports('今天吃第五顿饭')).toBe('你最近几次举报都不成立，先歇一歇，急事请直接找管理员。')
    expect(g.says('阿花', '举报')).toEqual(['想举报哪条，就引用那条消息，回复「举报」。'])
  })
})

describe('members', () => {
  it('learn their own record', () => {
    const g = orderChat()
    expect(g.says('王五', '我的记录')).toEqual(['王五 没有任何记录 👍'])
    g.says('王五', ads[0])
    expect(g.tells('王五', '我的记录')).toEqual([
      '王五 有 1 条记录：\n#1　11-21 10:00，12-21 消失\n误会了就回复「申诉 编号」。',
    ])
  })

  it('appeal once a case, about their own only, in the group or directly, also from quarantine', () => {
    const g = orderChat()
    g.kicks = 'fail'
    advertises(g, '王五', 3)
    expect(g.says('王五', '你好')).toEqual([])
    expect(g.says('阿花', '申诉 1 他是好人')).toEqual(['没找到可以申诉的记录。回复「我的记录」看自己的记录。'])
    g.after('2m')
    expect(g.tells('王五', '申诉 1 那是我家的店，加微信 abc12345 可查')).toEqual([
      '收到，#1 的申诉已交给管理员。',
      expect.stringContaining('申诉：「那是我家的店，加微信 abc12345 可查」') as string,
    ])
    expect(g.says('王五', '申诉 1')).toEqual(['#1 的申诉管理员已经收到了，请等一等。'])
    expect(g.says('王五', '申诉 搞错了')).toEqual(['收到，#3 的申诉已交给管理员。'])
    g.admin('/undo 1')
    g.after('2m')
    expect(g.says('王五', '申诉 1')).toEqual(['#1 已经撤销，没有记录了。'])
  })

  it('are told when their appeal was heard, as long as they are there', () => {
    const g = orderChat()
    g.says('王五', ads[0])
    g.after('2m')
    g.says('王五', '申诉 1 那是我家的店')
    expect(g.admin('/undo 1')).toEqual([
      '已撤销 #1（王五）：去掉一次记录，过滤器记住了',
      '→福利群 @王五 #1 的申诉通过了，记录已撤销，不好意思打扰啦。',
    ])
    expect(g.admin('/trust 1')).toHaveLength(1)
    g.after('2m')
    g.says('阿花', ads[1])
    expect(g.admin('/undo 2')[1]).toContain('@阿花 前面提醒你的 #2 是我弄错了')
  })

  it('cannot hide every advertisement behind an appeal', () => {
    const g = orderChat()
    expect(g.says('王五', `申诉 1 ${ads[0]}`)[0]).toContain('本群不发广告')
    g.after('2m')
    expect(g.says('王五', `申诉 1 ${ads[1]}`)[0]).toContain('收到，#1 的申诉')
    g.after('2m')
    expect(g.says('王五', `申诉 2 ${ads[2]}`)[0]).not.toContain('收到，#1')
    g.after('2m')
    expect(g.says('王五', `申诉 2 ${ads[3]}`).join()).not.toContain('收到')
  })

  it('read the penalties in the rules, from the live settings', () => {
    const g = orderChat({ config: { order: { steps: [{ do: 'warn', points: 5 }, { do: 'remove' }], fadeDays: 7 } } })
    const settings = g.engine.settings.feature('order', null)
    expect(settings.enabled).toBe(true)
    expect(g.says('小明', '菜单')[0]).toContain('「我的记录」看自己的提醒')
  })
})
