// Ordinary life in busy groups: 10,000 messages, quoted advertisements and name twins lead to no strike.
import { expect, it } from 'vitest'
import type { Effect } from '../../../src/core/types/effect.ts'
import { ads, orderChat } from './order-chat.ts'

const goods = ['草莓', '芒果', '车厘子', '土鸡蛋', '牛奶', '纸巾', '三文鱼', '酸奶', '大米', '拖鞋', '雨伞', '洗衣液']
const places = ['3 栋', '自提点', '小区门口', '快递柜', '二楼前台', '东门', '物业']
const times = ['今天', '明天上午', '周六', '下午三点', '晚上', '下周一']
const people = ['群主', '店长', '楼上的', '大家', '小李', '客服']
const sentences: readonly ((a: string, b: string, c: string, d: string) => string)[] = [
  (good, _place, time) => `${time}的${good}还有吗？`,
  (good, place, time) => `${good}${time}能送到${place}吗`,
  (good, _place, _time, who) => `${who}，${good}多少钱一斤`,
  (good, place) => `我的${good}放在${place}了，谢谢`,
  (good) => `收到${good}了，很新鲜 👍`,
  (good, place, time, who) => `${who}，${time}我去${place}拿${good}可以吗？`,
  (good) => `+1，${good}两份`,
  (good, _place, time) => `${time}接龙：1. 小明 ${good} 2 份`,
  (_good, place, time) => `${time}${place}停电吗？谁知道`,
  (good) => `${good}坏了一个，能退吗`,
  (_good, _place, time, who) => `${who}${time}在不在，孩子发烧了想请个假`,
  (_good, place) => `有人在${place}捡到一把钥匙，谁丢的`,
  (good, _place, time) => `上次的${good}太甜了，${time}还想买`,
  (_good, _place, time) => `${time}天气怎么样，要带伞吗`,
  (_good, place, _time, who) => `${who}帮忙看看${place}的快递到了没有，单号 7738290012`,
  (good, _place, time) => `${time} 20:00 之前付款的，${good}都按 12.5 元算对吧`,
  () => '哈哈哈哈哈哈',
  (_good, _place, _time, who) => `谢谢${who}，辛苦了`,
  (good) => `请问${good}怎么保存，放冰箱还是常温`,
  (good, place) => `${place}那家的${good}我也买过，一般般`,
]

const pick = <T>(list: readonly T[], n: number): T => {
  const found = list[n % list.length]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}

it('punishes nobody in 10,000 clean messages, quoted advertisements and messages of name twins', () => {
  const members = [...Array.from({ length: 30 }, (_, i) => `邻居${i}`), '王五', '王五#2']
  const groups = ['一群', '二群', '三群']
  const g = orderChat({ groups, members })
  g.says('王五#2', ads[0])
  const strikes = () => [...g.tables.table('order.strikes').entries()].map(([key]) => key.split('/')[0])
  expect(strikes()).toEqual([g.id('王五#2')])
  const told = (effect: Effect) => effect.type === 'kick' || (effect.type === 'say' && effect.priority === 'moderation')
  for (let n = 0; n < 10_000; n++) {
    const who = pick(['王五', ...members.slice(0, 30)], n * 7 + Math.floor(n / 31))
    const say = pick(sentences, n)
    const text = say(pick(goods, n * 5), pick(places, n * 3), pick(times, n * 11), pick(people, n * 13))
    const quote = n % 50 === 0 ? { quote: { name: '王五', text: pick(ads, n / 50) } } : {}
    g.says(who, text, { group: pick(groups, n), ...quote })
    if (n % 5 === 0) g.after('20s')
  }
  expect(strikes()).toEqual([g.id('王五#2')])
  const planned = g.entries.flatMap(({ changes }) =>
    changes.flatMap(({ table, after }) =>
      table === 'outbox.effects' && after !== null ? [(after as unknown as { effect: Effect }).effect] : [],
    ),
  )
  expect(planned.filter(told)).toHaveLength(1)
  // At most one in a thousand may even be asked about.
  expect(g.tables.table('order.cases').size()).toBeLessThanOrEqual(10)
  expect(g.errors).toEqual([])
})
