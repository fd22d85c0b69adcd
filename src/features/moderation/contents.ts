// What cannot be read, or only by its codes: pictures, contact cards, videos, records. The first of a newcomer's can be asked about.
import type { Effect } from '../../core/types/effect.ts'
import type { Found, Said } from '../../core/types/event.ts'
import { isPictureName, type GroupId } from '../../core/types/ids.ts'
import type { Signal } from '../../adfilter/judgement.ts'
import { latestOf } from './cases.ts'
import { judgement, wordsIn, type Opinion } from './judging.ts'
import { isNewcomer, type Before } from './recent.ts'
import type { Cx } from './records.ts'
import { ask, hit, whoOf } from './filing.ts'
import type { contents } from './settings.ts'

type Content = (typeof contents)[number]

const firsts: Readonly<Record<Content, Signal>> = {
  picture: { name: 'first', weight: 1, zh: '新人第一次发图片', en: 'the first picture of a newcomer' },
  video: { name: 'first', weight: 1, zh: '新人第一次发视频', en: 'the first video of a newcomer' },
  record: { name: 'first', weight: 1, zh: '新人第一次发聊天记录', en: 'the first chat record of a newcomer' },
  card: { name: 'card', weight: 1, zh: '新人发名片或小程序', en: 'a newcomer shares a card or mini program' },
  miniProgram: { name: 'card', weight: 1, zh: '新人发名片或小程序', en: 'a newcomer shares a card or mini program' },
  link: { name: 'first', weight: 1, zh: '新人第一次发链接', en: 'the first link of a newcomer' },
  file: { name: 'first', weight: 1, zh: '新人第一次发文件', en: 'the first file of a newcomer' },
  code: { name: 'first', weight: 1, zh: '新人第一次发二维码', en: 'the first code of a newcomer' },
}
const anyCard: Signal = { name: 'card', weight: 1, zh: '发了别人的名片', en: 'a contact card' }
const inPicture: Signal = { name: 'code', weight: 0.5, zh: '图片里的二维码', en: 'a QR code in a picture' }
const invitation: Signal = {
  name: 'code',
  weight: 1,
  zh: '加人或进群的二维码',
  en: 'a code that adds a contact or opens a group',
}
/** Codes of people, companies and groups in WeChat, QQ and Telegram. */
const invites =
  /^(?:https?:\/\/)?(?:weixin\.qq\.com\/g\/|u\.wechat\.com\/|work\.weixin\.qq\.com\/(?:u|gm|ca)\/|qm\.qq\.com\/|qun\.qq\.com\/|t\.me\/|wxp:\/\/|weixin:\/\/contacts)/i

/** Asks about what cannot be read, where the settings want that. @returns whether it was asked about */
export function askAboutContent(said: Said, group: GroupId, { newcomer }: Before, cx: Cx): boolean {
  const content = contentOf(said)
  if (content === undefined) return false
  if (!cx.config.askAbout.includes(content) || (!newcomer && content !== 'card')) return false
  const reason = newcomer ? firsts[content] : anyCard
  return askFirst(said, group, content, [reason], said.id, cx)
}

function askFirst(
  said: Pick<Said, 'from' | 'text' | 'description'>,
  group: GroupId,
  content: Content,
  reasons: Signal[],
  message: string,
  cx: Cx,
): boolean {
  const isKnown = (name: string) =>
    latestOf(said.from, cx, ({ kind, signals }) => kind === 'content' && signals[0]?.name === name) !== undefined
  if (reasons[0] && isKnown(reasons[0].name) && content !== 'code') return false
  const opinion: Opinion = {
    zone: 'unsure',
    offence: 'ad',
    score: 0,
    probability: 0,
    signals: reasons,
    dryRun: false,
  }
  const isShown = content === 'picture' || content === 'code'
  const what = { kind: 'content' as const, probability: null, picture: isShown ? message : null }
  ask({ ...whoOf(said, group, cx), ...what }, wordsIn(said), opinion, cx)
  return true
}

function contentOf({ kind, text }: Said): Content | undefined {
  switch (kind) {
    case 'file':
      return isPictureName(text) ? 'picture' : 'file'
    case 'picture':
    case 'video':
    case 'record':
    case 'card':
    case 'miniProgram':
    case 'link':
      return kind
    case 'text':
    case 'sticker':
    case 'voice':
    case 'other':
      return undefined
  }
}

/** Every picture of somebody without a role is looked into, after it has gone its way. */
export function lookInto({ kind, text, id, from, group }: Said, { roleOf, lookup }: Cx): Effect | undefined {
  const isPicture = kind === 'picture' || (kind === 'file' && isPictureName(text))
  if (!isPicture || group === null || roleOf(from) !== 'member') return undefined
  return lookup({ what: 'qr', query: { message: id, group, from } })
}

/** What QR codes say is judged as if it were written; addresses elsewhere are asked about when they are a newcomer's, or invite. */
export function pictureRead({ what, query, answer: codes }: Found, community: Cx): readonly Effect[] | undefined {
  if (what !== 'qr' || codes.length === 0) return undefined
  const { from, group, message } = query
  const cx = community.inGroup(group)
  if (!cx.members.group(group) || cx.tables.quarantine.get(from)) return undefined
  const newcomer = isNewcomer(from, group, cx)
  for (const code of codes) {
    const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(code)
    const said = { text: code, kind: 'text' as const, from, group, ...(isAddress ? { link: code } : {}) }
    const opinion = judgement(said, { newcomer, repeats: 0 }, cx)
    const isInvitation = invites.test(code.trim())
    const signals = [isInvitation ? invitation : inPicture, ...opinion.signals]
    if (opinion.zone === 'sure' && opinion.offence === 'ad')
      return hit('ad', said, group, { ...opinion, signals }, cx, message)
    const isElsewhere = opinion.signals.some(({ name }) => name === 'link')
    const isFirst = newcomer && cx.config.askAbout.includes('code')
    if (opinion.zone === 'unsure' || (isElsewhere && (isFirst || isInvitation))) {
      ask({ kind: 'ad', ...whoOf(said, group, cx), picture: message }, code, { ...opinion, signals }, cx)
      return undefined
    }
  }
  return undefined
}
