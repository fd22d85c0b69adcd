// Nobody is reproached without a reason, words are quoted, and what was wrong is taken back: the conversations of an evening.
import { describe, expect, it } from 'vitest'
import { ads, advertises, grant, orderChat } from './order-chat.ts'

describe('appeals', () => {
  it('hold the removal that rests on them, and go on when they are decided', () => {
    const g = orderChat()
    advertises(g, '王五', 2)
    g.after('2m')
    expect(g.says('王五', '我要申诉').join()).toContain('#2 的申诉已交给管理员')
    g.after('2m')
    expect(g.says('王五', ads[2]).join()).toMatch(/这是警告（3\/3）[^]*#2 的申诉还没定，先不请离/)
    expect(g.admin('/ok 2')[0]).toContain('要请离就发 /kick 3')
  })

  it('are heard as people write them', () => {
    for (const words of ['我要申诉', '申诉一', '申述 1', '申诉1', '申诉一下']) {
      const g = orderChat()
      g.says('王五', ads[0])
      g.after('2m')
      expect(g.says('王五', words)[0], words).toContain('#1 的申诉已交给管理员')
    }
  })

  it('an undo says what else rests on it, and stops a removal that is not done', () => {
    const g = orderChat()
    g.kicks = 'fail'
    advertises(g, '王五', 3)
    g.after('2m')
    expect(g.admin('/undo 1')[0]).toMatch(/#2 的警告（2\/3）也算了这一次[^]*#3 的请离也算了这一次，现在改成警告/)
    expect(g.after('30h').filter((line) => line.includes('没能把'))).toEqual([])
  })
})

describe('kinds', () => {
  it('a decision about a report does not make an advertiser of who greets', () => {
    const g = orderChat()
    const words = '早上好，大家今天天气真不错呀'
    g.says('王五', words)
    g.says('小明', '举报', { quote: { name: '王五', text: words } })
    g.admin('/ok 1')
    g.after('2m')
    expect(g.says('阿花', words).join()).not.toContain('像是广告')
  })

  it('/kick 41 不学 teaches nothing, /ok takes a kind', () => {
    const g = orderChat()
    g.says('王五', '楼下新开的店今天全场半价')
    g.says('小明', '举报', { quote: { name: '王五', text: '楼下新开的店今天全场半价' } })
    expect(g.admin('/ok 1 辱骂')[0]).toContain('（辱骂）')
    g.admin('/kick 1 不学')
    expect(g.admin('/yes')[0]).not.toContain('记住了')
  })

  it('an insult is reminded of and put to a human, never removed for', () => {
    const g = orderChat()
    for (const words of ['你就是个傻逼', '你全家死光', '你这个废物去死吧', '你真是脑残']) {
      g.after('15m')
      const said = g.says('王五', words).join()
      expect(said, words).not.toContain('[kick')
      expect(said, words).not.toContain('像是广告')
    }
    expect(g.admin('/warns 王五')[0]).toContain('没有记录')
  })
})

describe('the shop’s own', () => {
  const post = '今日特价车厘子 29.9 一斤，满 50 包邮，加店长微信 xianlin2026 付款'

  it('may be passed on, also in the sister group, and from the phone', () => {
    const g = orderChat({ groups: ['一群', '二群'] })
    g.says('老板', post)
    g.after('5m')
    expect(g.says('王五', `转发：${post}`, { group: '二群' })).toEqual([])
    g.phone(`#接龙\n${post}\n1. 店长`)
    g.after('5m')
    expect(g.says('阿花', `#接龙\n${post}\n1. 店长\n2. 阿花 两斤`)).toEqual([])
  })

  it('is not what an admin shows as a warning', () => {
    const g = orderChat()
    g.says('老板', ads[1])
    g.after('5m')
    expect(g.says('王五', ads[1])[0]).toContain('像是广告')
  })
})

describe('pictures, cards and names', () => {
  it('a picture is reported by quoting it, and shown to the admins once', () => {
    const g = orderChat()
    g.says('王五', '', { kind: 'picture', id: 'pic1' })
    const said = g.says('小明', '举报', { quote: { name: '王五', text: '', kind: 'picture' } })
    expect(said).toContain('→管理群 [picture pic1]')
    expect(g.admin('/case 1').join()).not.toContain('[picture')
  })

  it('what stands below the title of a card is read', () => {
    const g = orderChat()
    const said = g.says('王五', '好消息', { kind: 'link', link: 'https://a.example.net', description: ads[1] })
    expect(said.join()).toContain('像')
  })

  it('a rename into an advertisement is asked about', () => {
    const g = orderChat()
    expect(g.renames('王五', '兼职日结加V zjz8899').join()).toContain('新改的名字')
  })
})

describe('mentions', () => {
  it.each(['照片真好看', '我会员卡丢了', '谢谢', '会员卡借我', '明天几点到货'])(
    '%s: a name in front weighs nothing',
    (text) => {
      const g = orderChat()
      for (const name of ['小明', '所有人']) expect(g.says('王五', `@${name} ${text}`), name).toEqual([])
      expect(g.says('阿花', `@小明\u2005${text}`)).toEqual([])
    },
  )

  it('an advertisement behind one is still seen', () => {
    const g = orderChat()
    expect(g.says('王五', `@小明 ${ads[0]}`).join()).toContain('像是广告')
  })

  it('what a member passes on for his own family is asked about at most', () => {
    const g = orderChat()
    for (const text of ['我弟在招暑期工 服务员 4000包吃住 有兴趣的私我', '我朋友的房子出租，两室，拎包入住，要的私我'])
      expect(g.says('王五', text).join()).not.toContain('像是广告')
  })
})

describe('admins', () => {
  it('try a text, and nothing is noted', () => {
    const g = orderChat()
    expect(g.admin(`/ad test ${ads[0]}`)[0]).toMatch(/肯定是广告[^]*老群友发：提醒（1\/3）[^]*新人发：提醒（1\/3）/)
    expect(g.admin('/cases')).toEqual(['没有没定的案件。'])
  })

  it('decide by range only about what they were shown', () => {
    const g = orderChat()
    g.says('王五', ads[0])
    g.says('小明', ads[1])
    expect(g.admin('/ok 1-2')[0]).toMatch(/^#1 已确认[^]*2 还没给你看过/)
  })

  it('take back by range only what they were shown', () => {
    const g = orderChat()
    g.says('王五', ads[0])
    g.says('小明', ads[1])
    const [done = '', told = ''] = g.admin('/undo 1-3')
    expect(done).toMatch(/^已撤销 #1（王五）：去掉一次记录[^]*\n#2 还没给你看过，没有动。先发 \/cases 看。$/)
    expect(told).toContain('@王五 前面提醒你的 #1 是我弄错了')
    g.admin('/cases')
    expect(g.admin('/undo 1-2')[0]).toMatch(/^#1 已经撤销过了。\n已撤销 #2（小明）/)
    expect(g.admin('/undo 1-2')).toEqual(['#1 已经撤销过了。\n#2 已经撤销过了。'])
    expect(g.admin('/undo 7-9')).toEqual(['这一段里没有案件，发 /cases 看全部。'])
    expect(g.admin('/undo 1-99')[0]).toContain('一次最多 60 个')
  })

  it('take back several, as they type them', () => {
    const g = orderChat()
    for (const name of ['王五', '小明', '阿花']) {
      g.says(name, ads[0])
      g.after('2m')
    }
    expect(g.admin('/undo 1，3')[0]).toMatch(/^已撤销 #1（王五）[^]*\n已撤销 #3（阿花）/)
    expect(g.admin('/cases')[0]).toContain('没定的案件 1 个')
  })

  it('warn and remove somebody without a case', () => {
    const g = orderChat({ groups: ['一群', '二群'] })
    g.says('王五', '大家好', { group: '二群' })
    expect(g.admin('/warn @王五 请不要吵架').join()).toContain('@王五 管理员提醒：请不要吵架')
    expect(g.admin('/kick @王五 屡次吵架')[0]).toContain('一群、二群')
    expect(g.admin('/yes').filter((line) => line.includes('[kick'))).toHaveLength(2)
  })

  it('hear once a day what waits, and once what has settled', () => {
    const g = orderChat()
    g.says('王五', ads[0])
    g.after('2m')
    g.says('小明', '举报', { quote: { name: '王五', text: ads[0] } })
    const lines = g.after('4d').filter((line) => line.includes('算定了'))
    expect(lines).toHaveLength(1)
    expect(g.admin('/cases')).toEqual(['没有没定的案件。'])
  })

  it('one text in many groups is one flood', () => {
    const groups = ['一群', '二群', '三群', '四群']
    const g = orderChat({ groups })
    const said = groups.flatMap((group) => g.says('王五', '大家快来看看我家的猫咪', { group }))
    expect(said.filter((line) => line.includes('消息有点密'))).toHaveLength(1)
  })

  it('the form of nicknames is asked for once', () => {
    const g = orderChat({ config: { order: { nickname: { form: '楼栋-昵称' } } } })
    grant(g, '小李', 'helper')
    g.says('王五', '大家好')
    expect(g.after('2m').join()).toContain('@王五')
    g.says('王五', '又来了')
    expect(g.after('20m')).toEqual([])
  })
})
