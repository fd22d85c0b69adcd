// A chat for the tests of order, and what people say in it.
import { admin } from '../../../src/features/admin/admin.ts'
import { menu } from '../../../src/features/menu.ts'
import { order } from '../../../src/features/moderation/moderation.ts'
import { Config, prepare } from '../../../src/features/moderation/settings.ts'
import { signals } from '../../../src/adfilter/signals.ts'
import { zones } from '../../../src/adfilter/weights.ts'
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
/** Perhaps one, by its words alone. */
export const doubtful = firstBetween(zones.unsure, zones.sure, [
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
const nearlySure = (zones.unsure + zones.sure) / 2
/** Long enough that saying it again counts; hardly suspicious, and nearly sure. */
export const longDoubtful = {
  hardly: firstBetween(zones.unsure, nearlySure, [
    '出一台九成新的闲置手机，喜欢的私聊我',
    '有没有人需要二手冰箱，两百块自提，私聊我',
    '周六亲子手工课，名额10个，98元一位，报名找店长',
    '有兴趣一起做副业的朋友私信我聊聊',
    '老板，我的微信和手机同号 13812345678',
    '本人有两张演唱会门票转让，价格私聊',
  ]),
  nearly: firstBetween(nearlySure, zones.sure, [
    '新到一批童装，款式很多，需要的私聊',
    '今天特价车厘子有需要的可以私聊我付款',
    '店里新到草莓，三十元一盒，加我下单',
    '我们店招收银员一名，有意向的私聊我',
    '想赚点零花钱的朋友可以私聊我了解一下',
    '有兴趣一起做副业的朋友私信我聊聊',
  ]),
}

/** The first of these whose score, as the filter is taught now, lies between the two. */
function firstBetween(from: number, to: number, texts: readonly string[]): string {
  const { watch } = prepare(Config.parse({}))
  const found = texts.find((text) => {
    const total = signals(watch, { text }).reduce((sum, { weight }) => sum + weight, 0)
    return total >= from && total < to
  })
  if (found === undefined) throw new Error(`the filter is taught otherwise: no text between ${from} and ${to}`)
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
