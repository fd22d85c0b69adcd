// A chat for the tests of order, and what people say in it.
import { admin } from '../../../src/features/admin/admin.ts'
import { menu } from '../../../src/features/menu.ts'
import { order } from '../../../src/features/moderation/moderation.ts'
import { Config, prepare } from '../../../src/features/moderation/settings.ts'
import { signals } from '../../../src/adfilter/signals.ts'
import { judge, type Zone } from '../../../src/adfilter/judgement.ts'
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
const { watch } = prepare(Config.parse({}))
const zoneOf = (text: string, repeats = 0): Zone => judge(signals(watch, { text, repeats })).zone

/** Perhaps one, by its words alone. */
export const doubtful = first('asked about', (text) => zoneOf(text) === 'unsure', [
  '有需要代购的吗，私聊我',
  '代购香港奶粉，有需要找我',
  '加我微信聊',
  '全新手机低价出，要的联系',
  '有需要的联系我，价格优惠',
  '新店开业全场八折，欢迎大家来捧场',
])
const longTexts = [
  '代购香港奶粉，有需要的可以找我',
  '想做代购的姐妹可以找我，一起赚点零花钱',
  '家里有多余的加油卡，低价出，要的来',
  '想一起做副业的朋友，下班来找我聊',
  '低价出一批游戏账号，喜欢的来看看',
  '我们店招收银员一名，有意向的私聊我',
  '有兴趣一起做副业的朋友私信我聊聊',
  '全新手机低价出，要的联系我，先到先得',
  '想赚点零花钱的朋友可以私聊我了解一下',
  '新店开业全场八折，欢迎大家都来捧场',
  '有需要的朋友联系我，价格都有优惠',
  '我表姐做护肤品的，效果挺好，想试的找我',
  '需要办信用卡的朋友可以找我了解',
  '新到一批女装，便宜又好看，欢迎来店里',
  '出售二手手机，成色很新，价格便宜',
]
/** Long enough that saying it again counts; hardly suspicious, and nearly sure. */
export const longDoubtful = {
  hardly: first('asked about, always', (text) => zoneOf(text) === 'unsure' && zoneOf(text, 9) === 'unsure', longTexts),
  nearly: first('sure when repeated', (text) => zoneOf(text) === 'unsure' && zoneOf(text, 3) === 'sure', longTexts),
}

/** Two short messages that say nothing apart, and are an advertisement together. */
export const inPieces = first(
  'clean in pieces and sure together',
  (text) => text.split('\n').every((piece) => zoneOf(piece) === 'clean') && zoneOf(text) === 'sure',
  ['日入三百\n稳赚', '日入过千\n做代理', '棋牌上分\n做代理', '想做代理的来\n手机就能做'],
).split('\n')

/** The first of these texts that the filter, as it is taught now, takes for what is wanted. */
function first(wanted: string, is: (text: string) => boolean, texts: readonly string[]): string {
  const found = texts.find(is)
  if (found === undefined) throw new Error(`the filter is taught otherwise: no text that is ${wanted}`)
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
