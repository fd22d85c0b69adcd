// What people read: reproaches that quote the reason, quarrels, English, pages and daily lines for the admins.
import { describe, expect, it } from 'vitest'
import { ads, advertises, doubtful, orderChat } from './order-chat.ts'

describe('a reproach', () => {
  it('quotes the words that were the reason, not a harmless beginning', () => {
    const g = orderChat()
    const text = `各位邻居晚上好，${ads[0]}`
    const [told = ''] = g.says('王五', text)
    expect(told).toContain('像是广告')
    expect(told).not.toContain('原话「各位邻居')
    const quote = /原话「…?(.*?)…?」/.exec(told)?.[1] ?? ''
    expect(quote.length).toBeGreaterThan(1)
    expect(text).toContain(quote)
  })

  it('never repeats the contact or the address', () => {
    for (const ad of ads) {
      const said = orderChat().says('王五', ad)[0] ?? ''
      expect(said, ad).not.toMatch(/abc12345|zxcv6789|daikuan888|12345678|paofen999/)
    }
  })

  it('tells a newcomer what comes next as it will be', () => {
    const g = orderChat()
    g.joins('大刘')
    expect(g.says('大刘', ads[0])[0]).toContain('再有会请离')
    g.after('2m')
    expect(g.says('大刘', ads[1])).toContain(`[kick ${g.id('大刘')}]`)
  })
})

describe('a quarrel', () => {
  it.each([
    ['你个傻逼', '你才是傻逼'],
    ['你这个人真是脑残', '你才脑残，全家都脑残'],
    ['你妈的', '去你妈的'],
    ['你算什么东西', '你才是个废物'],
    ['狗东西滚出去', '你才是狗东西'],
    ['傻逼玩意儿', '你这个贱人'],
  ])('who answers %j is not the only one told off', (first, second) => {
    const g = orderChat()
    const isTold = (said: string[]) => said.join().includes('有点伤人')
    const began = isTold(g.says('王五', first))
    g.after('1m')
    const answered = isTold(g.says('阿花', second))
    expect(answered && !began).toBe(false)
    expect(g.admin('/cases')[0]).toContain('骂人')
  })
})

describe('in English', () => {
  it('the words to reply are English, and do what they say', () => {
    const g = orderChat({ config: { bot: { botName: 'Quanzi', language: 'en' } } })
    const [told = ''] = g.says('王五', ads[0])
    expect(told).toMatch(/This is a reminder \(1\/3\); the next is a warning\. A mistake\? Reply “appeal 1”\.$/)
    g.after('2m')
    expect(g.says('王五', 'appeal 1 that is my own shop')[0]).toBe('Your appeal about #1 is with the admins.')
    expect(g.says('王五', 'my record')[0]).toMatch(/has 1 on record:[^]*Reply “appeal number”/)
    expect(g.says('小明', 'report')[0]).toContain('reply to it with “report”')
    expect(g.admin('/undo 1').join()).toMatch(/Undone #1[^]*your appeal about #1 was right/)
  })
})

describe('the admins', () => {
  it('leaf through open cases, with ten words of each', () => {
    const members = Array.from({ length: 15 }, (_, i) => `邻居${i}`)
    const g = orderChat({ members })
    for (const [i, name] of members.entries()) g.says(name, `${doubtful}${'好'.repeat(i)}`)
    g.after('2m')
    const [first = ''] = g.admin('/cases')
    expect(first.split('\n').filter((line) => line.startsWith('#'))).toHaveLength(12)
    expect(first).toContain('第 1 页，共 2 页。下一页：/cases 2')
    expect(first).toContain(`「${[...doubtful].slice(0, 6).join('')}`)
    const [second = ''] = g.admin('/cases 2')
    expect(second.split('\n').filter((line) => line.startsWith('#'))).toHaveLength(3)
    expect(g.admin('/cases 3')).toEqual(['没有这一页，一共 2 页。'])
  })

  it('are reminded in one line a day of what waits, until it is decided', () => {
    const g = orderChat()
    g.says('王五', doubtful)
    const reminded = () => g.tomorrow().filter((line) => line.includes('还有 1 个案件等你：1。'))
    expect([reminded(), reminded()].map((lines) => lines.length)).toEqual([1, 1])
    g.admin('/undo 1')
    expect(reminded()).toEqual([])
  })

  it('read that an appeal no longer holds back what waited for it', () => {
    const g = orderChat()
    advertises(g, '王五', 2)
    g.after('2m')
    g.says('王五', '申诉 1 搞错了')
    g.after('2m')
    const held = g.says('王五', ads[2])
    expect(held.join()).not.toContain('[kick')
    expect(held.join()).toContain('#1 的申诉还没定，先不请离，等你点头')
    expect(g.admin('/ok 1')[0]).toMatch(/^#1 已确认[^]*#1 的申诉不再挡着了，要请离就发 \/kick 3|要请离就发 \/kick 3/)
    g.admin('/kick 3')
    expect(g.admin('/yes')).toContain(`→福利群 [kick ${g.id('王五')}]`)
  })

  it('quote a message to try it, and nothing is noted or taught', () => {
    const g = orderChat()
    g.says('王五', '早上好')
    const said = g.says('老板', '/ad test', { quote: { name: '王五', text: ads[1] } })
    expect(said).toEqual([expect.stringMatching(/^→管理群 肯定是广告[^]*老群友发：提醒（1\/3）/) as string])
    expect(g.admin('/ad test 早上好')[0]).toMatch(
      /^不是广告，-?\d+\.\d\d 分[^]*老群友发：什么也不做\n新人发：什么也不做$/,
    )
    expect(g.admin('/ad test')).toEqual(['写法：/ad test <一段话>，或者引用一条消息回复 /ad test'])
    expect(g.admin('/cases')).toEqual(['没有没定的案件。'])
  })
})

describe('one text over ten groups in half a minute', () => {
  it('is one flood, told once', () => {
    const groups = Array.from({ length: 10 }, (_, i) => `${i + 1} 群`)
    const g = orderChat({ groups })
    const said = groups.flatMap((group) => {
      g.after('3s')
      return g.says('王五', '大家快来看看我家小孙子的画', { group })
    })
    expect(said.filter((line) => line.includes('消息有点密'))).toHaveLength(1)
    expect(g.admin('/warns 王五')[0]).toContain('有 1 次记录')
  })
})
