// The library that ships: forty answers of a neighbourhood shop, given when asked and silent in the neighbours' chat.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { faq } from '../../../src/features/faq/faq.ts'
import { Chat } from '../../support/chat.ts'

const shipped = parse(readFileSync('config/faq.yaml', 'utf8')) as { entries: object[] }
const open = () => {
  const groups = [
    { name: '福利1群', tags: ['福利群'] },
    { name: '团长群', tags: ['内部群'] },
  ]
  return new Chat({ features: [faq], groups: ['福利1群', '团长群'], config: { faq: shipped, groups: { groups } } })
}

it('has forty entries', () => {
  expect(shipped.entries).toHaveLength(40)
})

it('answers questions in ordinary chat', () => {
  const g = open()
  for (const [question, answer] of [
    ['你们几点开门', '每天早 8 点到晚 9 点'],
    ['自提点在哪里呀', '小区南门「鲜邻」小店'],
    ['怎么下单', '三步就好'],
    ['买的水果都烂了', '24 小时内把坏的拍张照'],
    ['能开发票吗', '3 天内发电子发票'],
    ['优惠券怎么用', '一单用一张'],
    ['截单', '16 点截单'],
  ] as const)
    expect(g.says('小明', question).join('\n'), question).toContain(answer)
})

it('answers the group leaders’ questions among them only', () => {
  expect(open().says('小明', '佣金什么时候结算', { group: '团长群' })[0]).toContain('每月 5 日')
  expect(open().says('小明', '佣金什么时候结算')).toEqual([])
})

it('stays silent in ordinary chat', () => {
  const g = open()
  const chat = [
    '早上好呀',
    '今天好冷',
    '收到',
    '谢谢老板',
    '我到了',
    '哈哈哈哈',
    '上次的车厘子真甜',
    '有人一起拼吗',
    '5栋-阿花 车厘子x1',
    '车厘子x1',
    '加一份',
    '谁看到我的快递了',
    '电梯又坏了',
    '手机坏了',
    '今晚吃什么',
    '周末去哪玩',
    '几点了',
    '多少钱',
    '我也要',
    '老板辛苦了',
    '已经取了',
    '在吗',
    '你好',
  ]
  for (const text of chat) expect(g.says('小明', text), text).toEqual([])
})

it('says who it is when it is asked', () => {
  expect(open().says('小明', '你是真人吗？', { addressed: true })[0]).toContain('我是群助手机器人')
})
