// Ways to reach somebody outside the group: contacts and links, how they are found in a text and when two are the same.
import { canonical } from '../core/lib/text.ts'

/** Contacts, found in the squeezed text. */
export const contacts = [
  {
    name: 'wechat',
    // An id needs a letter in front, or is a telephone or QQ number.
    pattern: /微信号?(?:同号)?(?:是|为)?(?:[a-z](?: ?[a-z0-9]){4,19}|\d{5,11})/,
    zh: '微信号',
    en: 'WeChat id',
  },
  { name: 'qq', pattern: /qq(?:群|号|群号)?\d{5,11}/, zh: 'QQ 号', en: 'QQ number' },
  {
    name: 'phone',
    // Behind a label also those of landlines and of other places.
    pattern: /(?<!\d)1[3-9]\d{9}(?!\d)|(?:电话|手机|热线|座机|致电|tel|phone|whatsapp)号?码?[是在为 ]?0?\d{5,11}(?!\d)/,
    zh: '电话号码',
    en: 'telephone number',
  },
  {
    name: 'telegram',
    pattern: /(?:电报|飞机|(?<![a-z])(?:tg|telegram))(?:号|联系|搜|找)? ?[a-z](?: ?[a-z0-9]){4,}/,
    zh: '电报号',
    en: 'Telegram name',
  },
  // Behind no label or in two halves, as advertisers write theirs; a date is none.
  {
    name: 'number',
    pattern:
      /(?<![a-z0-9]|(?:电话|手机|热线|座机|致电|tel|phone|whatsapp)号?码?[是在为 ]?)(?!20[0-3]\d[01]\d)[2-9]\d{6,10}(?!\d)/,
    zh: '一串号码',
    en: 'a long number',
  },
] as const

/** A contact with the words that ask for it: 加我的微信 abc12345. */
const withAsking = contacts
  .filter(({ name }) => name !== 'number' && name !== 'telegram')
  .map(({ pattern }) => new RegExp(`(?:[加添联系找打]|我|的|是|一下|好友|要){0,8}${pattern.source}`, 'g'))

/** A squeezed text with a space instead of each contact of a person. */
export function withoutContacts(meant: string): string {
  return withAsking.reduce((rest, pattern) => rest.replace(pattern, ' '), meant).trim()
}

/** Links as people type them. Without a scheme they begin only where a run of host characters begins: so it is linear. */
const linkPattern =
  /(?:https?:\/\/|www\.)[^\s\u2e80-\uffff]+|(?<![a-z0-9.-])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|me|top|xyz|vip|cc|info|club|io|shop|site|link|live|app|tv)\b(?:\/[^\s\u2e80-\uffff]*)?/g

/** Sites where everybody shops, meets, reads and fills in forms: a link to one says nothing about who shares it. */
const wellKnown =
  'tb.cn taobao.com tmall.com jd.com 3.cn yangkeduo.com pinduoduo.com meituan.com dianping.com ele.me mp.weixin.qq.com docs.qq.com wj.qq.com y.qq.com news.qq.com meeting.tencent.com feishu.cn dingtalk.com kdocs.cn xiaohongshu.com xhslink.com douyin.com kuaishou.com bilibili.com b23.tv zhihu.com weibo.com weibo.cn douban.com baidu.com sina.cn sina.com.cn sohu.com 163.com ifeng.com thepaper.cn toutiao.com people.com.cn peopleapp.com xinhuanet.com cctv.com gov.cn edu.cn 12306.cn amap.com ximalaya.com wjx.cn wjx.top goofish.com'.split(
    ' ',
  )

/** Whether a host is one of these, or lies below one. */
export function isWellKnown(host: string): boolean {
  return wellKnown.some((site) => host === site || host.endsWith(`.${site}`))
}

/** The links in a canonical text. */
export function linksIn(text: string): readonly string[] {
  return text.includes('.') || text.includes('://') ? (text.match(linkPattern) ?? []) : []
}

/** A canonical text with a space instead of each link. */
export function withoutLinks(text: string): string {
  return text.replace(linkPattern, ' ')
}

/** The host of a link, without user, port and path. */
export function hostOf(link: string): string {
  return addressOf(link).split(/[/?#:]/, 1)[0] ?? ''
}

/** A link without its scheme and user, in the form for comparing. */
function addressOf(link: string): string {
  return canonical(link)
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^[^/]*@/, '')
}

/** Host and path of a link: what tells whether two links lead to the same page, whatever stands behind `?`. */
export function pageOf(link: string): string {
  const [page = ''] = addressOf(link).split(/[?#]/, 1)
  return page.replace(/^www\./, '').replace(/\/+$/, '')
}
