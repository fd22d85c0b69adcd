// How people try to get past the filter, and what looks like a trick but is none.
import { describe, expect, it } from 'vitest'
import { ads, orderChat, inPieces } from './order-chat.ts'

const [ad] = ads
const told = '本群不发广告'
const asked = (reason: string) => expect.stringMatching(new RegExp(`${reason}[^]*没有处罚，等你看一眼`, 'u')) as string

describe('tricks', () => {
  it.each([
    ['invisible characters', [...ad].join('\u200b')],
    ['emoji between letters', [...ad].join('🔥')],
    ['dots', [...ad].join('.')],
    ['letters of other alphabets', ad.replace('V', 'ѵ').replace('abc', 'аЬс')],
    ['traditional characters', '誠招代理，一手貨源日入過千，加V信 abc12345'],
    ['full width', '诚招代理，一手货源日入过千，加Ｖ信 ａｂｃ１２３４５'],
  ])('%s do not hide an advertisement', (_trick, text) => {
    expect(orderChat().says('王五', text)[0]).toContain(told)
  })

  it('an advertisement in pieces is asked about, an apology after it is not', () => {
    const g = orderChat()
    expect(g.says('王五', inPieces[0] ?? '')).toEqual([])
    g.after('10s')
    expect(g.says('王五', inPieces[1] ?? '')).toEqual([asked('一句话拆成几条发')])
    const other = orderChat()
    other.says('王五', ad)
    other.after('40s')
    expect(other.says('王五', '对不起')).toEqual([])
    other.after('10s')
    expect(other.says('王五', '不知道不能发')).toEqual([])
  })

  it('files are judged by their names, not by what the names end in', () => {
    const g = orderChat()
    const names = ['价目表.pdf', '报价单.PDF', '课程表.png', '孩子照片.rar', 'IMG_2034.jpg', '作业.zip']
    for (const name of names) expect(g.says('小明', name, { kind: 'file' }), name).toEqual([])
    expect(g.says('王五', `${ad}.pdf`, { kind: 'file' })[0]).toContain(told)
  })

  it('many short words in a row are none', () => {
    const g = orderChat()
    const words = ['早', '今天有草莓吗', '多少钱一斤', '好的', '两盒', '放门口', '谢谢', '+1', '[强]']
    expect(words.flatMap((text) => g.says('小明', text))).toEqual([])
  })

  it('an advertisement typed as a quote is asked about; a quote of what was said is not', () => {
    const g = orderChat()
    const quote = { name: '小明', text: ad }
    expect(g.says('王五', '👍', { quote })).toEqual([
      expect.stringMatching(/^→管理群 #1 福利群 · 王五 引用的话 · [^]*最近没见有人说过[^]*没有处罚/u) as string,
    ])
    expect(g.says('阿花', '这也行？', { quote })).toEqual([])
    // Who quotes in earnest is not punished by a word about the quote.
    expect(g.admin('/ok 1')).toEqual(['#1 已确认，过滤器记住了'])
    expect(g.says('阿花', '真有意思', { quote })).toEqual([])
    const other = orderChat()
    other.says('阿花', ad)
    expect(other.says('王五', '这是广告吧', { quote: { name: '阿花', text: ad } })).toEqual([])
    other.says('老板', '车厘子特价，先到先得，加店长微信 xianlin2026 下单')
    other.after('2h')
    const shop = { name: '老板', text: '车厘子特价，先到先得，加店长微信 xianlin2026 下单' }
    expect(other.says('王五', '我要两斤', { quote: shop })).toEqual([])
  })

  it('an advertising name of a newcomer is asked about once', () => {
    const g = orderChat()
    const name = '日结兼职加微信abc123'
    expect(g.joins(name)).toEqual([asked('新人的昵称')])
    expect(g.says(name, '大家好')).toEqual([])
    g.admin('/undo 1')
    g.after('1h')
    expect(g.says(name, '今天天气不错')).toEqual([])
    g.joins('3栋501李姐')
    expect(g.says('3栋501李姐', '大家好，新邻居')).toEqual([])
  })
})

describe('no tricks', () => {
  const promotion = '#接龙\n今日特价车厘子 29.9 一斤，满 50 包邮，加店长微信 xianlin2026 付款\n\n1. 老板 1 斤'

  it('a sign-up list of an admin’s goes round with more names below', () => {
    const g = orderChat()
    expect(g.says('老板', promotion)).toEqual([])
    g.after('5h')
    expect(g.says('王五', `${promotion}\n2. 王五 2 斤`)).toEqual([])
    expect(g.says('阿花', `${promotion}\n2. 王五 2 斤\n3. 阿花 1 斤`)).toEqual([])
    expect(g.says('小明', promotion)).toEqual([])
    g.after('2m')
    expect(g.says('小明', `${promotion}\n${ads[1]}`)[0]).toContain(told)
    expect(orderChat().says('王五', promotion)).not.toEqual([])
  })

  it('newcomers ask how to buy, pay and reach the shop', () => {
    const g = orderChat()
    g.joins('大刘')
    const questions = [
      '大家好，刚进群，请问怎么下单？',
      '草莓多少钱一斤？',
      '草莓多少钱一斤？',
      '草莓多少钱一斤？',
      '可以微信转账吗',
      '店长微信是多少',
      '我电话13812345678，送到3栋501',
      '满100减20的券怎么用',
    ]
    expect(questions.flatMap((text) => g.says('大刘', text))).toEqual([])
  })

  it.each([
    '家里小床免费送，要的私聊我',
    '私聊我',
    '有需要的私聊我',
    '出二手吉他，三百，要的私聊我',
    '丢了一只鹦鹉，看到的联系我13812345678，重谢',
    '周六亲子陶艺课，名额10个，98元一位，报名私聊我',
    '车位出租，联系电话13812345678',
    '找个钟点工，有介绍的私聊我',
    '老板，我的微信和手机同号 13812345678',
  ])('a neighbour who writes %j is asked about at most', (text) => {
    expect(
      orderChat()
        .says('阿花', text)
        .filter((line) => !line.startsWith('→管理群')),
    ).toEqual([])
  })

  it('the shop’s own contact is known however it is written', () => {
    const own = { own: ['微信 xianlin2026'], domains: ['shop.example.com'] }
    const g = orderChat({ config: { order: own } })
    for (const text of [
      '客服微信：xianlin2026，下单 https://shop.example.com/a',
      '加店长微信xianlin2026下单，今天车厘子特价',
    ])
      expect(g.says('王五', text)).toEqual([])
    expect(g.says('王五', '加微信 abc12345 下单，日入过千，客服微信：xianlin2026')[0]).toContain(told)
  })
})
