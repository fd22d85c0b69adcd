// How words are heard: in frames of particles and verbs, several at once, with objects behind, and not where they are only talked about.
import { describe, expect, it } from 'vitest'
import { Chat } from '../../support/chat.ts'

const quiet = { points: { message: { points: 0 } } }

describe('a word', () => {
  it.each(['我要签到', '签到啦', '签个到', '今天签到', '帮我签到', '签到签到！', '大家早 签到'])('%s', (said) => {
    expect(new Chat().says('小明', said)[0]).toContain('小明 签到成功')
  })

  it.each(['查积分', '我有多少积分', '积分还有多少呀', '看看我的积分'])('%s', (said) => {
    expect(new Chat({ config: quiet }).says('小明', said)).toEqual(['小明 现在有 0 分，今天得了 0 分。'])
  })

  it.each(['昨天忘了签到', '签到页面打不开', '骰子坏了', '骰子 坏了', '兑换不了啊', '换了新衣服', '你签到了吗'])(
    '%s is talk',
    (said) => {
      expect(new Chat({ config: { shop: { items: [] } } }).says('小明', said)).toEqual([])
    },
  )

  it('comes with an object close behind, and with Chinese numerals', () => {
    const g = new Chat({ config: quiet })
    g.admin('/draw new 周末福利 20分x1 截止 23:00')
    expect(g.says('小明', '抽奖1号')[0]).toContain('参加了抽奖 #1')
    expect(g.says('阿花', '我要抽奖#一')[0]).toContain('参加了抽奖 #1')
    g.says('小明', '猜点数')
    expect(g.says('阿花', '猜十')[0]).toContain('10')
    g.admin('/points add 小明 50 试试')
    expect(g.says('小明', '我想补签一下昨天的')[0]).toContain('补签了 11-20')
  })

  it('that is mistyped is asked about once, and only where it is surely one', () => {
    const g = new Chat({ config: quiet })
    expect(g.says('小明', '签道')).toEqual(['是想「签到」吗？'])
    expect(g.says('小明', '签道')).toEqual([])
    expect(g.says('阿花', '几分')).toEqual([])
    expect(g.says('阿花', '千岛')).toEqual([])
  })

  it('of the operator’s is added to the usual ones, unless he wants his only', () => {
    const g = new Chat({ config: { ...quiet, checkin: { words: { checkin: ['报到啦'] } } } })
    expect(g.says('小明', '报到啦')[0]).toContain('签到成功')
    expect(g.says('阿花', '签到')[0]).toContain('签到成功')
    expect(g.says('小明', '菜单')[0]).toContain('「报到啦」每天领积分')
    g.configure({ checkin: { words: { checkin: { only: ['报到啦'] } } } })
    g.tomorrow()
    expect(g.says('阿花', '签到')).toEqual([])
  })

  it('that one feature has usually is another’s where the operator says so', () => {
    const words = { checkin: { words: { checkin: ['打卡'] } }, vote: { words: { vote: ['签到'] } } }
    const g = new Chat({ config: { ...quiet, ...words } })
    expect(g.says('小明', '签到')[0]).toContain('投票')
  })

  it('may stand beside another one', () => {
    const said = new Chat().says('小明', '签到 积分').join('\n')
    expect(said).toContain('签到成功')
    expect(said).toContain('小明 现在有 5 分')
  })

  it('is explained to who asks the bot how, and no human is called', () => {
    const g = new Chat({ config: quiet })
    expect(g.says('小明', '怎么签到')).toEqual([])
    expect(g.says('小明', '怎么签到', { addressed: true })).toEqual([
      '「签到」每天领积分 · 「我的签到」看日历 · 「补签」补一天',
    ])
    expect(g.tells('小明', '可以查积分吗')[0]).toContain('小明 现在有')
  })

  it('is no talk: it earns nothing and is no flood', () => {
    const g = new Chat({ config: { order: { flood: { messages: 4 } } } })
    for (let i = 0; i < 8; i++) expect(g.says('小明', '我的积分明细').join()).not.toContain('刷屏')
    expect(g.says('小明', '积分')[0]).toContain('现在有 0 分')
    expect(g.says('阿花', '今天的菜都很新鲜')).toEqual([])
    expect(g.says('阿花', '积分')[0]).toContain('现在有 1 分')
  })

  it('is English in an English community', () => {
    const g = new Chat({ config: { ...quiet, bot: { botName: 'Q', language: 'en' } } })
    expect(g.says('小明', 'I want to check in please')[0]).toContain('checked in, +5')
    expect(g.says('小明', 'how many points do i have')[0]).toContain('5')
    expect(g.says('小明', 'roll the dice')[0]).toContain('小明')
    expect(g.says('小明', 'I forgot to check in yesterday')).toEqual([])
  })
})
