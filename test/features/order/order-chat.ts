// A chat for the tests of order, and what people say in it.
import { admin } from '../../../src/features/admin/admin.ts'
import { menu } from '../../../src/features/menu.ts'
import { order } from '../../../src/features/order/order.ts'
import { judge, prepare, signals } from '../../../src/features/order/signals.ts'
import { points } from '../../../src/features/points/points.ts'
import { Chat, type ChatOptions } from '../../support/chat.ts'

/** Surely an advertisement; another one each time. */
export const ads = [
  '诚招代理，一手货源日入过千，加V信 abc12345',
  '兼职刷单，日结三百，加微信 zxcv6789 详谈',
  '小额贷款当天放款，黑户可做，微信 daikuan888',
  '需要棋牌首充返水的加扣扣 12345678',
  '高价收卡，跑分车队招人，加微信 paofen999',
] as const
/** Perhaps one: the first of these that the filter, as it is taught now, is in doubt about. */
export const doubtful = firstDoubtful([
  '有需要代购的吗，私聊我',
  '有人要代购吗',
  '想赚点零花钱的可以私聊',
  '有兼职可以介绍',
  '加我微信聊',
  '出闲置手机，私聊我',
  '有需要的可以找我介绍',
  '谁要拼单，加我',
  '便宜转一张卡，要的找我',
])

function firstDoubtful(texts: readonly string[]): string {
  const watch = prepare({ keywords: [], patterns: [], domains: [], own: [] })
  const found = texts.find((text) => judge(signals(watch, { text })).zone === 'unsure')
  if (found === undefined) throw new Error('the filter is sure about everything')
  return found
}

export function orderChat(options: ChatOptions = {}): Chat {
  return new Chat({ features: [order, admin, menu, points], members: ['小明', '阿花', '王五'], ...options })
}

/** Somebody with a role beside the owner. */
export function grant(g: Chat, name: string, role: 'helper' | 'admin'): void {
  g.says(name, '在', { group: '管理群' })
  g.joins(name, '管理群')
  g.admin(`/role ${g.id(name)} ${role}`)
  g.admin('/yes')
}

/** Advertises until he is due for the `n`-th step; a minute apart, so that each is a case of its own. */
export function advertises(g: Chat, name: string, times: number, group?: string): string[] {
  let said: string[] = []
  for (let i = 0; i < times; i++) {
    g.after('2m')
    said = g.says(name, ads[i % ads.length] ?? '', group === undefined ? {} : { group })
  }
  return said
}
