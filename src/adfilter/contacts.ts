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
  { name: 'phone', pattern: /(?<!\d)1[3-9]\d{9}(?!\d)/, zh: '手机号', en: 'mobile number' },
  // Written in two halves or behind no label, as advertisers of old write theirs.
  { name: 'number', pattern: /(?<![a-z0-9])[2-9]\d{6,10}(?!\d)/, zh: '一串号码', en: 'a long number' },
] as const

/** Fewer units (squeezed) beside a contact say nothing. */
const fewUnits = 4

/** Whether a squeezed text is hardly more than somebody's contact. */
export function isBareContact(meant: string): boolean {
  return contacts.some(({ name, pattern }) => {
    const [found] = name === 'number' ? [] : (pattern.exec(meant) ?? [])
    return found !== undefined && meant.length - found.length < fewUnits
  })
}

/** Links as people type them. Without a scheme they begin only where a run of host characters begins: so it is linear. */
const linkPattern =
  /(?:https?:\/\/|www\.)[^\s\u2e80-\uffff]+|(?<![a-z0-9.-])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|me|top|xyz|vip|cc|info|club|io|shop|site|link|live|app|tv)\b(?:\/[^\s\u2e80-\uffff]*)?/g

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
