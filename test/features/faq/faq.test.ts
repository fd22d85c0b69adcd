// Questions and answers as a conversation: what is answered, what is passed over, choosing.
import { describe, expect, it } from 'vitest'
import { asked, faqChat as chat } from './faq-chat.ts'

describe('answers', () => {
  it('answers a question in ordinary chat, with its variables', () => {
    expect(chat().says('小明', '请问几点开门呀')).toEqual(['每天早 8 点到晚 9 点，福利群的邻居随时来。'])
  })

  it('sends text, picture and file in their order', () => {
    expect(chat().says('小明', '今天有什么菜')).toEqual(['今天的菜单：', '[menu.jpg]', '[menu.pdf]'])
  })

  it.each(['今晚吃什么', '哈哈哈哈', '我家地址变了', '收到', '你好', '在的', '5栋-阿花 车厘子x1', ''])(
    'stays silent at %j in ordinary chat',
    (text) => {
      expect(chat().says('小明', text)).toEqual([])
    },
  )

  it('takes a keyword sent alone, and inside a question to the bot', () => {
    expect(chat().says('小明', '求地址！')).toEqual(['小区南门。'])
    expect(chat().says('小明', '把地址再说一遍', asked)).toEqual(['小区南门。'])
  })

  it('takes words that occur together, unless an excluded one does', () => {
    expect(chat().says('小明', '我上周买的要补一张发票')).toEqual(['可以。'])
    expect(chat().says('小明', '这发票真好看')).toEqual([])
    expect(chat().says('小明', '开发票报销的流程')).toEqual([])
  })

  it('takes a pattern', () => {
    expect(chat().says('小明', '昨天的草莓全坏了')).toEqual(['坏几个赔几个。'])
  })

  it('keeps an entry to its groups', () => {
    expect(chat().says('小明', '佣金几号结算')).toEqual([])
    expect(chat().says('小明', '佣金几号结算', { group: '团长群' })).toEqual(['每月 5 日。'])
  })

  it('counts all of somebody’s groups in a direct message', () => {
    expect(chat().tells('小明', '佣金几号结算')).toEqual(['每月 5 日。'])
  })

  it('keeps an entry to its days', () => {
    const g = chat()
    expect(g.says('小明', '中秋营业吗')).toEqual([])
    g.tomorrow()
    expect(g.says('小明', '中秋营业吗')).toEqual(['休息两天。'])
    g.after('2d')
    expect(g.says('小明', '中秋营业吗')).toEqual([])
  })

  it.each([
    ['Asia/Shanghai', '+08:00'],
    ['America/New_York', '-05:00'],
    ['Pacific/Auckland', '+13:00'],
  ])('begins and ends its days at midnight in %s', (timezone, offset) => {
    const g = chat(
      { entries: [{ id: '活动', question: '今天有活动吗', from: '2026-11-22', until: '2026-11-22', answer: '有' }] },
      { at: `2026-11-21T23:59:59${offset}`, config: { bot: { botName: '圈子', timezone } } },
    )
    const answers = () => [g.says('小明', '今天有活动吗').length, g.tells('小明', '今天有活动吗')[0] === '有']
    const seen = [answers()]
    for (const wait of ['1s', '86399s', '1s'] as const) {
      g.after(wait)
      seen.push(answers())
    }
    expect(seen).toEqual([
      [0, false],
      [1, true],
      [1, true],
      [0, false],
    ])
  })

  it('does not repeat an answer to the group within the cooldown', () => {
    const g = chat({ cooldownMinutes: 5 })
    expect(g.says('小明', '今天有什么菜')).toHaveLength(3)
    expect(g.says('阿花', '今天有什么菜')).toEqual([])
    expect(g.says('阿花', '今天有什么菜呀', asked)).toEqual(['这个刚刚在群里答过，往上翻一翻就有。'])
    expect(g.says('阿花', '今天有什么菜呢', asked)).toEqual([])
    expect(g.says('阿花', '今天有什么菜', { group: '团长群' })).toHaveLength(3)
    expect(g.tells('阿花', '今天有什么菜')).toHaveLength(3)
    g.after('5m')
    expect(g.says('阿花', '今天有什么菜')).toHaveLength(3)
  })

  it('greets only when it is greeted', () => {
    expect(chat().says('小明', '你好', asked)).toEqual(['在的。'])
  })

  it('fills in a name as it stands, whatever it is', () => {
    const g = chat(
      { entries: [{ id: 'a', question: '叫什么名字', answer: '你叫 {{name}}' }] },
      { members: ['{{group}}@所有人'] },
    )
    expect(g.says('{{group}}@所有人', '叫什么名字')).toEqual(['你叫 {{group}}＠所有人'])
  })
})

describe('did you mean', () => {
  const twins = [
    { id: '取货', question: '什么时候可以取货', answer: '17 点后。' },
    { id: '截单', question: '什么时候截单', answer: '16 点。' },
  ]
  const choices = [
    '@小明 你是想问哪一个？回复数字就行：',
    '1. 什么时候截单',
    '2. 什么时候可以取货',
    '都不是就回复 0，我转给店长小李。',
  ]

  it('offers the nearest and takes a number from who asked', () => {
    const g = chat({ entries: twins })
    const [offer = ''] = g.says('小明', '什么时候', asked)
    expect(offer.split('\n')).toEqual(choices)
    expect(g.says('阿花', '1')).toEqual([])
    expect(g.says('小明', '１')).toEqual(['16 点。'])
    expect(g.says('小明', '1')).toEqual([])
  })

  it.each(['①', '1️⃣', '1.', '1、', '选1', '第1个', '我选第一个！'])('understands %s', (typed) => {
    const g = chat({ entries: twins })
    g.says('小明', '什么时候', asked)
    for (const order of ['1个', '一', '2 斤', '12']) expect(g.says('小明', order)).toEqual([])
    expect(g.says('小明', typed)).toEqual(['16 点。'])
  })

  it('keeps offers apart by person and group; of two to the same person there the last counts', () => {
    const g = chat({ entries: twins, cooldownMinutes: 0 })
    g.says('小明', '什么时候', asked)
    g.says('阿花', '什么时候', asked)
    g.says('小明', '什么时候', { ...asked, group: '团长群' })
    g.says('小明', '什么时候呢', asked)
    expect(g.says('小明', '3')).toEqual([])
    expect([g.says('小明', '2'), g.says('小明', '2')]).toEqual([['17 点后。'], []])
    expect(g.says('小明', '1', { group: '团长群' })).toEqual(['16 点。'])
    expect(g.says('阿花', '1')).toEqual(['16 点。'])
  })

  it('hands over at 0', () => {
    const g = chat({ entries: twins })
    g.says('小明', '什么时候', asked)
    expect(g.says('小明', '0').join('\n')).toContain('🙋 #1 福利群 · 小明 问：\n「什么时候」')
  })

  it('forgets the offer after three minutes', () => {
    const g = chat({ entries: twins })
    g.says('小明', '什么时候', asked)
    g.after('4m')
    expect(g.says('小明', '1')).toEqual([])
  })

  it('never offers a greeting', () => {
    expect(chat().says('小明', '好的', asked)).toEqual([])
    expect(chat().says('小明', '老板你在店里吗', asked).join()).not.toContain('1. 你好')
  })

  it('does not offer anything in ordinary chat', () => {
    expect(chat({ entries: twins }).says('小明', '什么时候')).toEqual([])
  })
})
