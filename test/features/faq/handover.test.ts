// What the library does not know: handed to a human, answered from the control group, kept for the next who asks.
import { describe, expect, it } from 'vitest'
import type { Chat } from '../../support/chat.ts'
import { asked, faqChat as chat } from './faq-chat.ts'

describe('handing over', () => {
  const handed = '@小明 这个我还不会，已经转给店长小李，有答案就在这里回复你。'
  const ask = (g: Chat) => g.says('小明', '手机能充电吗', asked)

  it('passes an unknown question with group and name to the control group, and the answer back', () => {
    const g = chat()
    expect(ask(g)).toEqual([handed, '→管理群 🙋 #1 福利群 · 小明 问：\n「手机能充电吗」\n回复：/r 1 答案'])
    expect(g.admin('/r 1 门口有充电桩')).toEqual([
      '→福利群 @小明 店长小李回复：门口有充电桩',
      '#1 已回复到福利群。想以后自动回答：/faq add 1',
    ])
  })

  it('says so when nobody can answer', () => {
    expect(chat({ handoversPerDay: 0 }).says('小明', '手机能充电吗', asked)).toEqual([
      '@小明 这个我还不会，请直接问店长小李。',
    ])
  })

  it('does not pass on jokes, nor the same question twice, nor too many', () => {
    const g = chat({ handoversPerDay: 2 })
    expect(g.says('小明', '哈哈哈哈', asked)).toEqual([])
    ask(g)
    expect(ask(g)).toEqual(['@小明 这个问题已经转给店长小李了，有答案就在这里回复。'])
    g.says('小明', '附近健身房多少钱', asked)
    expect(g.says('小明', '可以借把雨伞吗', asked)).toEqual([])
    g.after('1m')
    expect(g.says('小明', '可以借把雨伞吗', asked)).toEqual(['@小明 今天转的问题有点多，急事请直接找店长小李。'])
    for (const n of [1, 2, 3]) expect(g.says('小明', `转人工 第 ${n} 件事`)).toEqual([])
  })

  it('answers a direct question directly', () => {
    const g = chat()
    g.tells('小明', '手机能充电吗')
    expect(g.admin('/r 1 能')[0]).toBe('→小明 @小明 店长小李回复：能')
  })

  it('is reached by a word', () => {
    const g = chat()
    expect(g.says('小明', '转人工')).toEqual(['想问什么？发「转人工 你的问题」，我转给店长小李。'])
    expect(g.says('小明', '转人工 车停哪儿')).toEqual([handed, expect.stringContaining('「车停哪儿」')])
  })

  it('shows a question as it was typed', () => {
    const g = chat()
    expect(g.says('小明', '轉人工：iPhone 的殼 有嗎？')[1]).toContain('「iPhone 的殼 有嗎？」')
    g.admin('/r 1 有')
    expect(g.admin('/faq add 1')[0]).toContain('问：iPhone 的殼 有嗎？\n')
  })

  it('by the word alone takes what was asked lately in the same place, never what was asked in private', () => {
    const how = ['想问什么？发「转人工 你的问题」，我转给店长小李。']
    const g = chat()
    g.model = () => ({ outcome: 'answered', text: '能。' })
    g.tells('小明', '我的退款怎么还没到')
    expect(g.says('小明', '转人工')).toEqual(how)
    expect(g.tells('小明', '转人工')[1]).toContain('#1 私聊 · 小明 问：\n「我的退款怎么还没到」')
    ask(g)
    g.after('61m')
    expect(g.says('小明', '转人工')).toEqual(how)
    ask(g)
    g.after('59m')
    expect(g.says('小明', '转人工')[1]).toContain('「手机能充电吗」')
  })

  it('can be answered in several lines, more than once, and by a helper, who may not keep it', () => {
    const g = chat()
    ask(g)
    g.says('小李', '在', { group: '管理群' })
    g.joins('小李', '管理群')
    g.admin(`/role ${g.id('小李')} helper`)
    g.admin('/yes')
    expect(g.says('小李', '/r 1 能：\n门口 "有"  桩\n\n@小明 扫码', { group: '管理群' })[0]).toBe(
      '→福利群 @小明 店长小李回复：能：\n门口 "有"  桩\n\n@小明 扫码',
    )
    expect(g.admin('/r 1 也可以回家充')[0]).toBe('→福利群 @小明 店长小李回复：也可以回家充')
    expect(g.says('小李', '/faq add 1', { group: '管理群' })[0]).toContain('要管理员才能用')
    expect(g.admin('/faq add 1')[0]).toContain('答：也可以回家充')
  })

  it('counts somebody’s questions of a day once, also when two groups take turns over midnight', () => {
    const groups = [{ name: '福利群' }, { name: '团长群', timezone: 'Pacific/Auckland' }]
    const g = chat({ handoversPerDay: 2 }, { config: { groups: { groups } }, at: '2026-11-21T20:00:00+08:00' })
    const outcomes = ['院子里可以养鸡吗', 'B 栋可以养鸭吗', 'C 区水费怎么交', 'D 口岗亭几个人'].map(
      (text, i) => g.says('小明', text, { ...asked, ...(i % 2 > 0 && { group: '团长群' }) }).length,
    )
    // Tomorrow has begun in one of them, and counts for both from then on.
    expect(outcomes).toEqual([2, 2, 2, 1])
  })

  it('sends quick replies and entries by name', () => {
    const g = chat({ quick: { 稍等: '稍等，我去看一下。' } })
    expect(ask(g)[1]).toContain('快捷：/r 1 @稍等')
    expect(g.admin('/r 1 @稍等')[0]).toBe('→福利群 @小明 店长小李回复：稍等，我去看一下。')
    expect(g.admin('/faq add 1')[0]).toContain('还没有能收的回复（快捷回复不收）')
    expect(g.admin('/faq')[0]).toContain('没有等回复的问题')
    expect(g.admin('/r 1 @营业时间')[0]).toContain('每天早 8 点到晚 9 点')
    expect(g.admin('/r 1 @菜单').slice(0, 3)).toEqual([
      '→福利群 @小明 店长小李回复：今天的菜单：',
      '→福利群 [menu.jpg]',
      '→福利群 [menu.pdf]',
    ])
    expect(g.admin('/r 1 @稍等等')).toEqual(['没有快捷回复「@稍等等」。可以用：@稍等'])
  })

  it('fills in quick replies, and refuses one that cannot be', () => {
    const g = chat({ quick: { 稍等: '{{name}} 稍等，{{时间}}都在。' } })
    ask(g)
    expect(g.admin('/r 1 @稍等')[0]).toBe('→福利群 @小明 店长小李回复：小明 稍等，早 8 点到晚 9 点都在。')
    expect(() => chat({ quick: { 稍等: '{{谁}}稍等' } })).toThrow(/没有变量 \{\{谁\}\}/)
  })

  it('tells staff what cannot be answered', () => {
    const g = chat()
    expect(g.admin('/r 7 好')[0]).toContain('没有 #7 这个问题')
    ask(g)
    g.leaves('小明')
    expect(g.admin('/r 1 好')).toEqual(['「小明」不在那个群了，或者那个群我已经不管了，没有发。'])
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
    g.says('小明', '手机能充电吗', asked)
    g.admin('/r 1 门口有充电桩 {{name}}')
    return g.admin('/faq add 1')
  }

  it('answers from it at once, as it stands, and until it is undone', () => {
    const g = chat()
    expect(learn(g)).toEqual(['已收进答案库「r1」，马上生效：\n问：手机能充电吗\n答：门口有充电桩 {{name}}'])
    expect(g.says('阿花', '手机能充电吗？')).toEqual(['门口有充电桩 {{name}}'])
    expect(g.admin('/faq add')).toEqual(['#1 已经收过了，没有重复收。'])
    g.admin(`/undo L${g.last('faq.learned').seq}`)
    g.after('1h')
    expect(g.says('阿花', '手机能充电吗？')).toEqual([])
  })

  it('gives way to an entry of the settings with its id', () => {
    const g = chat()
    learn(g)
    g.configure({ faq: { entries: [{ id: 'r1', question: '手机能充电吗', answer: '有桩' }] } })
    expect(g.says('阿花', '手机能充电吗')).toEqual(['有桩'])
  })

  it('keeps nothing that would never be said, as the library has the question', () => {
    const g = chat()
    g.says('小明', '转人工 你们几点开门')
    g.admin('/r 1 9 点')
    expect(g.admin('/faq add 1')).toEqual([
      '没有收：「你们几点开门」现在由「营业时间」回答，收了也轮不到。请在 faq.yaml 里改那一条。',
    ])
  })

  it('takes the newer of two answers to the same question', () => {
    const g = chat()
    learn(g)
    g.says('小明', '转人工 手机能充电吗')
    g.admin('/r 2 充电桩拆了')
    expect(g.admin('/faq add 2')[0]).toContain('已收进答案库「r2」')
    expect(g.says('阿花', '手机能充电吗？')).toEqual(['充电桩拆了'])
    g.admin(`/undo L${g.last('faq.learned').seq}`)
    g.after('1h')
    expect(g.says('阿花', '手机能充电吗？')).toEqual(['门口有充电桩 {{name}}'])
  })

  it('wants an answer first', () => {
    const g = chat()
    expect(g.admin('/faq add')[0]).toContain('还没有可以收进答案库的回复')
    g.says('小明', '手机能充电吗', asked)
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
    expect(report.split('\n')[1]).toMatch(/^1\. 营业时间 \d+ 分（相近）/)
    expect(report).toContain('平时聊天里：回答「营业时间」')
    expect(chat().admin('/faq test 佣金几号结算')[0]).toContain('只在 团长群')
    expect(chat().admin('/faq test 中秋营业吗')[0]).toMatch(
      /^1\. 中秋 100 分（问法一样） 今天不在有效期$[^]*^平时聊天里：不说话$/m,
    )
    expect(chat().admin('/faq test 猫')).toEqual(['「猫」：答案库里没有接近的。'])
  })

  it('lists what waits', () => {
    const g = chat()
    expect(g.admin('/faq')).toEqual([
      expect.stringMatching(
        /^答案库 8 条，另收了 0 条答案、0 种问法。\n换个说法来问，2 句里大约答得上 \d 句；平时聊天.*\n没有等回复的问题。$/,
      ),
    ])
    g.says('小明', '手机能充电吗', asked)
    expect(g.admin('/faq')[0]).toContain('#1 福利群 · 小明：「手机能充电吗」')
  })

  it('leaves members’ slash-commands alone', () => {
    expect(chat().says('小明', '/faq add 1', asked)).toEqual([])
  })
})
