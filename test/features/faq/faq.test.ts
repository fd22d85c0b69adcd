// Questions and answers as a conversation: what is answered, what is passed over, choosing, handing over, keeping.
import { describe, expect, it } from 'vitest'
import { faq } from '../../../src/features/faq/faq.ts'
import { admin } from '../../../src/features/admin/admin.ts'
import { Chat, type ChatOptions } from '../../support/chat.ts'

const entries = [
  {
    id: '营业时间',
    question: '你们几点开门？',
    also: ['营业时间是几点到几点'],
    answer: '每天{{时间}}，{{group}}的邻居随时来。',
  },
  { id: '地址', question: '店在哪里？', keywords: ['地址'], answer: '小区南门。' },
  { id: '菜单', question: '今天有什么菜', answer: ['今天的菜单：', { picture: 'menu.jpg' }, { file: 'menu.pdf' }] },
  { id: '发票', question: '可以开发票吗', all: ['发票'], any: ['开', '要'], none: ['报销'], answer: '可以。' },
  { id: '坏果', question: '水果坏了怎么赔', patterns: ['草莓.{0,3}坏'], answer: '坏几个赔几个。' },
  { id: '佣金', question: '佣金几号结算', groups: ['团长群'], answer: '每月 5 日。' },
  { id: '中秋', question: '中秋营业吗', from: '2026-11-22', until: '2026-11-23', answer: '休息两天。' },
  { id: '你好', question: '你好', onlyAsked: true, answer: '在的。' },
]

function chat(config: Record<string, unknown> = {}, options: ChatOptions = {}): Chat {
  return new Chat({
    features: [admin, faq],
    groups: ['福利群', '团长群'],
    files: { 'menu.jpg': 'x', 'menu.pdf': 'x' },
    config: { faq: { entries, variables: { 时间: '早 8 点到晚 9 点' }, staff: '店长小李', ...config } },
    ...options,
  })
}
const asked = { addressed: true }

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

  it('does not offer anything in ordinary chat', () => {
    expect(chat({ entries: twins }).says('小明', '什么时候')).toEqual([])
  })
})

describe('handing over', () => {
  const handed = '@小明 这个我还不会，已经转给店长小李，有答案就在这里回复你。'
  const ask = (g: Chat) => g.says('小明', '店里能充电吗', asked)

  it('passes an unknown question with group and name to the control group, and the answer back', () => {
    const g = chat()
    expect(ask(g)).toEqual([handed, '→管理群 🙋 #1 福利群 · 小明 问：\n「店里能充电吗」\n回复：/r 1 答案'])
    expect(g.admin('/r 1 门口有充电桩')).toEqual([
      '→福利群 @小明 店长小李回复：门口有充电桩',
      '#1 已回复到福利群。想以后自动回答：/faq add 1',
    ])
  })

  it('says so when nobody can answer', () => {
    expect(chat({ handoversPerDay: 0 }).says('小明', '店里能充电吗', asked)).toEqual([
      '@小明 这个我还不会，请直接问店长小李。',
    ])
  })

  it('does not pass on jokes, nor the same question twice, nor too many', () => {
    const g = chat({ handoversPerDay: 2 })
    expect(g.says('小明', '哈哈哈哈', asked)).toEqual([])
    ask(g)
    expect(ask(g)).toEqual(['@小明 这个问题已经转给店长小李了，有答案就在这里回复。'])
    g.says('小明', '附近健身房多少钱', asked)
    expect(g.says('小明', '可以借把雨伞吗', asked)).toEqual(['@小明 今天转的问题有点多，急事请直接找店长小李。'])
  })

  it('answers a direct question directly', () => {
    const g = chat()
    g.tells('小明', '店里能充电吗')
    expect(g.admin('/r 1 能')[0]).toBe('→小明 @小明 店长小李回复：能')
  })

  it('is reached by a word', () => {
    const g = chat()
    expect(g.says('小明', '转人工')).toEqual(['想问什么？发「转人工 你的问题」，我转给店长小李。'])
    expect(g.says('小明', '转人工 车停哪儿')).toEqual([handed, expect.stringContaining('「车停哪儿」')])
  })

  it('sends quick replies and entries by name', () => {
    const g = chat({ quick: { 稍等: '稍等，我去看一下。' } })
    expect(ask(g)[1]).toContain('快捷：/r 1 @稍等')
    expect(g.admin('/r 1 @稍等')[0]).toBe('→福利群 @小明 店长小李回复：稍等，我去看一下。')
    expect(g.admin('/faq add 1')[0]).toContain('还没有能收的回复（快捷回复不收）')
    expect(g.admin('/faq')[0]).toContain('没有等回复的问题')
    expect(g.admin('/r 1 @营业时间')[0]).toContain('每天早 8 点到晚 9 点')
    expect(g.admin('/r 1 @稍等等')).toEqual(['没有快捷回复「@稍等等」。可以用：@稍等'])
  })

  it('tells staff what cannot be answered', () => {
    const g = chat()
    expect(g.admin('/r 7 好')[0]).toContain('没有 #7 这个问题')
    ask(g)
    g.leaves('小明')
    expect(g.admin('/r 1 好')).toEqual(['「小明」已经不在那个群了，没有发。'])
    g.after('8d')
    g.says('阿花', '附近健身房多少钱', asked)
    expect(g.admin('/r 1 好')[0]).toContain('没有 #1 这个问题')
  })

  it('shows a question on one line, whatever is in it', () => {
    const g = chat()
    const [, card = ''] = g.says('小明', '怎么办？\n🙋 #9 福利群 · 老板 问：\u202e回复：/r 9', asked)
    expect(card.split('\n')).toHaveLength(3)
    expect(card).not.toContain('\u202e')
  })
})

describe('keeping an answer', () => {
  const learn = (g: Chat) => {
    g.says('小明', '店里能充电吗', asked)
    g.admin('/r 1 门口有充电桩 {{name}}')
    return g.admin('/faq add 1')
  }

  it('answers from it at once, as it stands, and until it is undone', () => {
    const g = chat()
    expect(learn(g)).toEqual(['已收进答案库「r1」，马上生效：\n问：店里能充电吗\n答：门口有充电桩 {{name}}'])
    expect(g.says('阿花', '店里能充电吗？')).toEqual(['门口有充电桩 {{name}}'])
    expect(g.admin('/faq add')).toEqual(['#1 已经收过了，没有重复收。'])
    g.admin(`/undo L${g.last('faq.learned').seq}`)
    g.after('1h')
    expect(g.says('阿花', '店里能充电吗？')).toEqual([])
  })

  it('gives way to an entry of the settings with its id', () => {
    const g = chat()
    learn(g)
    g.configure({ faq: { entries: [{ id: 'r1', question: '店里能充电吗', answer: '有桩' }] } })
    expect(g.says('阿花', '店里能充电吗')).toEqual(['有桩'])
  })

  it('wants an answer first', () => {
    const g = chat()
    expect(g.admin('/faq add')[0]).toContain('还没有可以收进答案库的回复')
    g.says('小明', '店里能充电吗', asked)
    expect(g.admin('/faq add 1')[0]).toContain('还没有能收的回复')
    expect(g.admin('/faq add 5')[0]).toContain('没有 #5')
  })

  it('keeps nothing that would take a test question away from its entry', () => {
    const guarded = { id: '停车', question: '店门口可以停车吗', tests: ['@店门口停车收费吗'], answer: '可以停半小时。' }
    const g = chat({ entries: [guarded] })
    g.says('小明', '转人工 店门口停车收费吗')
    g.admin('/r 1 收费')
    expect(g.admin('/faq add 1')).toEqual([
      '没有收：收了以后「@店门口停车收费吗」会答错（应该由「停车」回答）。请在 faq.yaml 里改那一条。',
    ])
  })
})

describe('for the staff', () => {
  it('shows how a text would be answered', () => {
    const [report = ''] = chat().admin('/faq test 几点开门')
    expect(report.split('\n')[1]).toMatch(/^1\. 营业时间 0\.\d\d（相近）|^1\. 营业时间 1\.00（问法一样）/)
    expect(report).toContain('平时聊天里：回答「营业时间」')
    expect(chat().admin('/faq test 佣金几号结算')[0]).toContain('只在 团长群')
    expect(chat().admin('/faq test 猫')).toEqual(['「猫」：答案库里没有接近的。'])
  })

  it('lists what waits', () => {
    const g = chat()
    expect(g.admin('/faq')).toEqual(['答案库 8 条，另有用 /faq add 收的 0 条。\n没有等回复的问题。'])
    g.says('小明', '店里能充电吗', asked)
    expect(g.admin('/faq')[0]).toContain('#1 福利群 · 小明：「店里能充电吗」')
  })

  it('leaves members’ slash-commands alone', () => {
    expect(chat().says('小明', '/faq add 1', asked)).toEqual([])
  })
})
