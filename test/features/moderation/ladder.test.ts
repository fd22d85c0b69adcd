// The ladder in conversation: who is reminded, warned and removed, and who never is.
import { describe, expect, it } from 'vitest'
import { ads, advertises, doubtful, grant, longDoubtful, orderChat } from './order-chat.ts'

describe('the ladder', () => {
  it('reminds, warns with a number, removes, and shows a card each time', () => {
    const g = orderChat()
    expect(g.says('王五', ads[0])).toEqual([
      expect.stringMatching(
        /^@王五 刚才那条像是广告（.*微信号.*），本群不发广告哦。\n这是提醒（1\/3），再有会警告。误会了就回复「申诉 1」。$/u,
      ) as string,
      expect.stringMatching(
        /^→管理群 #1 福利群 · 王五（m\d+） · 像广告 1\.00\n「诚招代理，一手货源日入过千，加V信 abc12345」\n依据：广告常用的说法 \+[\d.]+，.*微信号 \+[\d.]+.*\n已做：提醒（1\/3）\n下一步：\/ok 1 · \/undo 1 · \/trust 1 · \/kick 1$/u,
      ) as string,
    ])
    g.after('2m')
    expect(g.says('王五', ads[1])[0]).toContain('⚠️ 这是警告（2/3），再有会请离。误会了就回复「申诉 2」。')
    g.after('2m')
    expect(g.says('王五', ads[2])).toEqual([
      `[kick ${g.id('王五')}]`,
      expect.stringContaining('已做：正在请离（3/3）') as string,
    ])
    expect(g.after('1m')).toEqual([`→管理群 王五（${g.id('王五')}）已不在「福利群」（案件 #3）。`])
    expect(g.admin('/case 3')[0]).toContain('已做：已请离（3/3）')
    expect(g.errors).toEqual([])
  })

  it('gives an advertisement no points and no answer', () => {
    const g = orderChat()
    g.says('王五', ads[0])
    expect(g.admin('/points 王五')[0]).toContain(' 0 分')
    g.says('王五', '今天的草莓很新鲜')
    expect(g.admin('/points 王五')[0]).toContain(' 1 分')
  })

  it('forgets a strike after its days', () => {
    const g = orderChat({ config: { order: { fadeDays: 10 } } })
    advertises(g, '王五', 2)
    g.after('10d')
    expect(g.says('王五', ads[2])[0]).toContain('这是提醒（1/3）')
  })

  it('begins with newcomers where the greeting says, and counts their second twice', () => {
    const g = orderChat()
    g.joins('大刘')
    expect(g.says('大刘', ads[0])[0]).toContain('这是提醒（1/3），再有会请离')
    g.joins('可可')
    g.after('4d')
    for (let i = 0; i < 5; i++) g.says('可可', `第 ${i} 次说话，大家好`)
    g.after('1h')
    expect(g.says('可可', ads[1])[0]).toContain('这是提醒（1/3），再有会警告')
    expect(g.says('大刘', ads[2])).toContain(`[kick ${g.id('大刘')}]`)
  })

  it('takes points when the step says so, and follows the settings of each group', () => {
    const steps = [{ do: 'warn', points: 5 }, { do: 'remove' }]
    const groups = { groups: [{ name: '一群' }, { name: '二群', features: { order: { steps } } }] }
    const g = orderChat({ groups: ['一群', '二群'], config: { groups } })
    g.admin('/points add 王五 20 晒单')
    expect(g.says('王五', ads[0], { group: '二群' })[0]).toContain('这是警告（1/2），再有会请离，扣 5 分')
    expect(g.admin('/points 王五')[0]).toContain(' 15 分')
    expect(g.says('小明', ads[1], { group: '一群' })[0]).toContain('这是提醒（1/3）')
  })

  it('makes one case of a burst, also across groups', () => {
    const g = orderChat({ groups: ['一群', '二群'] })
    expect(g.says('王五', ads[0])).toHaveLength(2)
    g.after('5s')
    expect(g.says('王五', ads[1], { group: '二群' })).toEqual([])
    g.after('20s')
    expect(g.says('王五', ads[2])).toEqual([])
    expect(g.admin('/case 1')[0]).toContain('共 3 条')
    expect(g.admin('/warns 王五')[0]).toContain('有 1 次记录')
  })

  it('asks about what is doubtful, once, and lets it pass without a penalty', () => {
    const g = orderChat()
    expect(g.says('王五', doubtful)).toEqual([expect.stringContaining('已做：没有处罚，等你看一眼') as string])
    expect(g.admin('/points 王五')[0]).toContain(' 1 分')
    g.after('5m')
    expect(g.says('王五', doubtful)).toEqual([])
    expect(g.admin('/warns 王五')).toEqual([`王五（${g.id('王五')}）没有记录。`])
  })

  it('acts when a doubt becomes sure within seconds', () => {
    const g = orderChat()
    g.says('王五', doubtful)
    g.after('5s')
    expect(g.says('王五', ads[0])[0]).toContain('这是提醒（1/3）')
    expect(g.admin('/cases')[0]).toContain('没定的案件 1 个')
  })

  it('does not punish who says something hardly suspicious again and again', () => {
    const g = orderChat({ members: ['小明', '阿花', '王五'] })
    for (const name of ['王五', '王五', '王五', '小明', '阿花']) {
      g.after('6m')
      expect(g.says(name, longDoubtful.hardly).filter((line) => line.includes('本群不发广告'))).toEqual([])
    }
    expect(g.admin('/cases')[0]).toContain('没定的案件 1 个，1 个在等你')
  })

  it('takes repetition into account where the words are nearly enough', () => {
    const g = orderChat()
    expect(g.says('王五', longDoubtful.nearly)).toEqual([expect.stringContaining('等你看一眼') as string])
    g.after('6m')
    g.says('王五', longDoubtful.nearly)
    g.after('6m')
    expect(g.says('王五', longDoubtful.nearly)[0]).toContain('（同样的话已出现 2 次')
  })

  it('does not take a quoted advertisement for the quoter’s', () => {
    const g = orderChat()
    g.says('王五', ads[0])
    expect(g.says('小明', '这是什么呀', { quote: { name: '王五', text: ads[0] } })).toEqual([])
  })

  it('never counts a strike for somebody of unsure identity, nor removes him', () => {
    const g = orderChat()
    advertises(g, '王五', 2)
    g.after('2m')
    g.doubt('王五')
    expect(g.says('王五', ads[2])).toEqual([
      expect.stringContaining('只是提醒一下，不计次数') as string,
      expect.stringContaining('已做：身份还不确定，只提醒，不计次数') as string,
    ])
    expect(g.admin('/warns 王五')[0]).toContain('有 2 次记录')
    g.after('2m')
    expect(g.says('王五', ads[3])).toEqual([])
  })

  it('lets name twins pay for themselves only', () => {
    const g = orderChat({ members: ['小明', '王五', '王五#2'] })
    g.says('王五', ads[0])
    expect(g.says('王五#2', '我的记录')).toEqual(['王五 没有任何记录 👍'])
    expect(g.admin('/warns 王五')[0]).toContain('有 2 个成员叫')
  })

  it('leaves people with a role alone, and asks about trusted ones', () => {
    const g = orderChat()
    grant(g, '小李', 'helper')
    g.joins('小李')
    expect(g.says('小李', ads[0])).toEqual([])
    g.says('阿花', ads[1])
    expect(g.admin('/trust 1')[0]).toContain('没有人点头就不处罚 阿花')
    g.after('2m')
    expect(g.says('阿花', ads[2])).toEqual([expect.stringContaining('他是信任的人，没有处罚') as string])
    expect(g.says('阿花', `${ads[2]}哈`)).toEqual([])
    expect(g.admin('/points 阿花')[0]).toContain(' 2 分')
    expect(g.admin('/untrust 阿花')[0]).toContain('以后和大家一样')
    g.after('11m')
    expect(g.says('阿花', ads[3])[0]).toContain('这是提醒（1/3）')
  })

  it('climbs the ladder on trial as it would in earnest, and does nothing', () => {
    const g = orderChat({ config: { order: { dryRun: ['ads'] } } })
    const would = [1, 2, 3].map(() => /本来会：(.*?）)/u.exec(advertises(g, '王五', 1).join())?.[1])
    expect(would).toEqual(['提醒（1/3）', '警告（2/3）', '请离（3/3）'])
    expect(g.admin('/warns 王五')).toEqual([`王五（${g.id('王五')}）没有记录。`])
  })

  it('tries one list or pattern alone', () => {
    const lists = [{ name: '暗号', weight: 8, words: ['天王盖地虎'] }]
    const patterns = [{ name: '群号', weight: 8, pattern: '进群\\d{6}' }]
    const strict = orderChat({ config: { order: { lists, patterns } } })
    expect(strict.says('王五', '天王盖地虎，宝塔镇河妖')[0]).toContain('暗号「天王盖地虎」')
    expect(strict.says('小明', '快来进群123456')[0]).toContain('符合规则「群号」')
    const trial = orderChat({ config: { order: { lists, patterns, dryRun: ['暗号'] } } })
    expect(trial.says('王五', '天王盖地虎，宝塔镇河妖')).toEqual([expect.stringContaining('试运行') as string])
    expect(trial.says('小明', '快来进群123456')[0]).toContain('本群不发广告')
  })

  it('knows welcome domains and own contacts', () => {
    const text = '加微信 xianlin2026 领券 https://shop.example.com/a'
    expect(orderChat().says('王五', text)).not.toEqual([])
    const own = { own: ['微信 xianlin2026'], domains: ['example.com'] }
    expect(orderChat({ config: { order: own } }).says('王五', text)).toEqual([])
  })

  it('is not escaped with a slash in front', () => {
    const g = orderChat()
    expect(g.says('王五', `/ad ${ads[0]}`)[0]).toContain('本群不发广告')
    expect(g.says('阿花', `/claim ${ads[1]}`)[0]).toContain('本群不发广告')
  })

  it('asks about cards and mini programs of newcomers, and judges titles and file names', () => {
    const g = orderChat()
    g.joins('大刘')
    expect(g.says('大刘', '小美', { kind: 'card' })[0]).toContain('新人发名片或小程序')
    expect(g.says('阿花', '小美', { kind: 'card' })).toEqual([])
    expect(g.says('王五', `${ads[0]}.docx`, { kind: 'file' })[0]).toContain('本群不发广告')
  })
})

describe('what is in cards and pictures', () => {
  it('takes the address behind a shared card into account', () => {
    const g = orderChat({ config: { order: { domains: ['shop.example.com'] } } })
    const reasons = (link: string) => {
      g.joins(link)
      g.says(link, `兼职日结加我${link.length}`, { kind: 'link', link })
      g.after('2m')
      return g.admin(`/case ${g.tables.table('order.cases').size()}`)[0] ?? ''
    }
    expect(
      g.says('阿花', '兼职日结加我微信 abc12345', { kind: 'link', link: 'https://bad.example.net' })[0],
    ).not.toContain('example')
    expect(reasons('https://bad.example.net/x')).toContain('外部链接 bad.example.net')
    expect(reasons('https://shop.example.com/x')).not.toContain('外部链接')
  })

  it('asks about a QR code of a newcomer that leads elsewhere, and knows it when it was taught', () => {
    const g = orderChat()
    g.joins('大刘')
    g.qr = 'https://u.example.net/AbCdEf123'
    expect(g.says('大刘', '', { kind: 'picture' })).toEqual([
      expect.stringMatching(/「https:\/\/u\.example\.net\/AbCdEf123」\n依据：.*图片里的二维码/u) as string,
      expect.stringMatching(/^→管理群 \[picture msg\d+\]$/) as string,
    ])
    g.admin('/ok 1')
    g.after('2m')
    expect(g.says('阿花', '', { kind: 'picture' })[0]).toContain('@阿花 刚才那条像是广告')
    g.qr = null
    expect(g.says('小明', '', { kind: 'picture' })).toEqual([])
  })
})

describe('floods', () => {
  it('reminds and never removes', () => {
    const g = orderChat()
    const flood = () => Array.from({ length: 15 }, (_, i) => g.says('王五', `第 ${i} 句`)).flat()
    expect(flood()[0]).toContain('@王五 消息有点密，歇一会儿再发哦。\n这是提醒（1/3）')
    for (const step of ['警告（2/3）', '警告（3/3）', '警告（3/3）']) {
      g.after('5m')
      expect(flood()[0]).toContain(step)
    }
    expect(g.engine.members.isIn(g.id('王五'), g.group('福利群'))).toBe(true)
  })

  it('are told apart from a doubt about the same person', () => {
    const g = orderChat()
    g.says('王五', doubtful)
    const flood = Array.from({ length: 15 }, (_, i) => g.says('王五', `第 ${i} 句`)).flat()
    expect(flood.filter((line) => line.includes('消息有点密'))).toHaveLength(1)
  })

  it('notices the same words again and again, but not the words of games', () => {
    const g = orderChat()
    const says = (text: string) => Array.from({ length: 5 }, () => g.says('王五', text)).flat()
    expect(says('骰子').filter((line) => line.includes('有点密'))).toEqual([])
    expect(says('大家快来看看我家的猫').filter((line) => line.includes('有点密'))).toHaveLength(1)
  })

  it('tells the admins of a wave of newcomers, once', () => {
    const g = orderChat()
    const wave = Array.from({ length: 12 }, (_, i) => `新人${i}`)
    expect(g.joins(wave)).toContain('→管理群 「福利群」一分钟内进来了 12 人，请留意一下。')
    expect(g.joins('又一个')).toEqual([])
  })
})
