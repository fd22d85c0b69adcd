// Raw messages made into `WxMessage`: whole text, quote apart, kind, and whether the bot was meant. Pure.
import { isPictureName, messageId } from '../core/types/ids.ts'
import { gameStickers, type Kind, type Quote } from '../core/types/event.ts'
import type { WxId, WxMessage } from './account.ts'
import { isPerson, isRoom } from './contacts.ts'
import { appType, msgType, type RawMessage } from './internals.ts'
import { allBetween, between, quoting, typed, withoutMention } from './raw-text.ts'

/** What a raw message is, before anything is looked up. */
export type Sorted =
  | { what: 'said'; room: WxId | null; from: WxId; content: string }
  | { what: 'system'; room: WxId; line: string }
  /** Typed on the phone by the account's owner. */
  | { what: 'own'; room: WxId; content: string }
  | { what: 'friendAsked' }
  /** WeChat tells which chats are recent; among them are groups that no contact list has. */
  | { what: 'recent'; rooms: WxId[] }
  /** The bot's own words, a service's, or nothing that anybody said. */
  | { what: 'nothing' }

const nothing: Sorted = { what: 'nothing' }
const speaker = /^(@[^@:\s<]+):<br\/>/
const unsaid = new Set([50, 52, 53, 9999, 40])

/** @param self the account's own id */
export function sortMessage(raw: RawMessage, self: WxId): Sorted {
  const { MsgType: type, FromUserName: from, Content } = raw
  if (type === msgType.statusNotify) {
    return { what: 'recent', rooms: raw.StatusNotifyUserName.split(',').filter(isRoom) }
  }
  const isOwn = from === self && isRoom(raw.ToUserName) && type !== msgType.system && type !== msgType.recalled
  if (isOwn && !unsaid.has(type)) return { what: 'own', room: raw.ToUserName, content: Content }
  if (from === self || from === '' || unsaid.has(type)) return nothing
  if (type === msgType.verify) return raw.RecommendInfo.UserName === '' ? nothing : { what: 'friendAsked' }
  if (!isRoom(from)) {
    const direct = isPerson(from) && type !== msgType.system && type !== msgType.recalled
    return direct ? { what: 'said', room: null, from, content: Content } : nothing
  }
  if (type === msgType.system || type === msgType.recalled) return { what: 'system', room: from, line: typed(Content) }
  const [prefix, talker] = speaker.exec(Content) ?? []
  if (prefix === undefined || talker === undefined || talker === self) return nothing
  return { what: 'said', room: from, from: talker, content: Content.slice(prefix.length) }
}

/** When a message was said by the server's clock, milliseconds. */
export function sentAt(raw: RawMessage): number {
  return raw.CreateTime * 1000
}

/** The same for every delivery of a message, and no other message's. */
export function idOf(raw: RawMessage): string {
  return messageId(raw.MsgId, sentAt(raw))
}

/**
 * @param said from `sortMessage`
 * @param fromName the speaker's name, '' when unknown
 * @param called what the bot is called where this was said
 */
export function readMessage(
  raw: RawMessage,
  said: Extract<Sorted, { what: 'said' }>,
  fromName: string,
  called: readonly string[],
): WxMessage {
  const { kind, text, quote, description, link } = contentOf(raw, said.content)
  const at = sentAt(raw)
  const own = kind === 'text' ? withoutMention(text, called) : { text, addressed: false }
  return {
    type: 'message',
    id: idOf(raw),
    at,
    room: said.room,
    from: said.from,
    fromName,
    kind,
    text: own.text,
    quote,
    ...(description === undefined || description === '' ? {} : { description }),
    ...(link === undefined || link === '' ? {} : { link }),
    addressed: own.addressed || said.room === null,
  }
}

const kinds: Partial<Record<number, Kind>> = {
  [msgType.picture]: 'picture',
  [msgType.voice]: 'voice',
  [msgType.card]: 'card',
  [msgType.video]: 'video',
  [msgType.microVideo]: 'video',
  [msgType.sticker]: 'sticker',
}
const appKinds: Partial<Record<number, Kind>> = {
  [appType.record]: 'record',
  [appType.note]: 'record',
  [appType.channel]: 'video',
  [appType.channelLive]: 'video',
  [appType.audio]: 'link',
  [appType.video]: 'link',
  [appType.url]: 'link',
  [appType.file]: 'file',
  [appType.emoji]: 'sticker',
  [appType.mini]: 'miniProgram',
  [appType.miniApp]: 'miniProgram',
}

/** What was said, without who said it. */
export function contentOf(
  raw: RawMessage,
  content: string,
): Pick<WxMessage, 'kind' | 'text' | 'quote' | 'description' | 'link'> {
  const { MsgType: type, AppMsgType: app, SubMsgType } = raw
  if (type === msgType.text && SubMsgType !== msgType.location) {
    const { quote, reply } = quoting(typed(content))
    return { kind: 'text', text: reply, quote }
  }
  if (type === msgType.card) return { kind: 'card', text: raw.RecommendInfo.NickName, quote: null }
  const [, game = ''] =
    type === msgType.sticker ? (/<gameext\s+type="(\d)"/.exec(typed(content.slice(0, 4096))) ?? []) : []
  if (gameStickers[game] !== undefined) return { kind: 'sticker', text: gameStickers[game], quote: null }
  if (type !== msgType.app) return { kind: kinds[type] ?? 'other', text: '', quote: null }
  const xml = typed(content)
  const title = typed(between(xml, 'title')) || typed(raw.FileName)
  if (app === appType.quote) return { kind: 'text', text: title, quote: quoteOf(between(xml, 'refermsg')) }
  if (app === appType.signUpList) return { kind: 'text', text: title, quote: null }
  const kind = appKinds[app] ?? 'other'
  if (app === appType.channel || app === appType.channelLive) {
    // The title says only that this client cannot show it.
    const post = between(xml, 'finderFeed') || between(xml, 'finderLive')
    return { kind, text: plain(between(post, 'desc')), quote: null, description: plain(between(post, 'nickname')) }
  }
  const description = kind === 'record' ? linesOf(xml) : plain(between(xml, 'des'))
  return { kind, text: title, quote: null, description, link: typed(between(xml, 'url')) }
}

/** Whether a message is a file whose name says that it is a picture. */
export function isPictureFile({ MsgType: type, AppMsgType: app, FileName }: RawMessage): boolean {
  return type === msgType.app && app === appType.file && isPictureName(typed(FileName))
}

/** A piece of a record or post may be wrapped and escaped once more. */
function plain(inside: string): string {
  return typed(inside).trim()
}

/** Lines of a record that are read at most: the whole is judged as one text. */
const mostLines = 100

/** What a merged record says, a line an item; without the items, the preview that the card shows. */
function linesOf(xml: string): string {
  const items = typed(between(xml, 'recorditem')) || xml
  const lines = ['datatitle', 'datadesc'].flatMap((name) => allBetween(items, name, mostLines)).map(plain)
  const said = lines.filter((line) => line !== '').slice(0, mostLines)
  return (said.length > 0 ? said : [plain(between(xml, 'des'))]).join('\n')
}

/** Text, title or nothing of what is quoted, and its kind when it is no text. */
function quoteOf(refer: string): Quote {
  const [name, content] = [typed(between(refer, 'displayname')), typed(between(refer, 'content'))]
  const type = Number(between(refer, 'type'))
  if (type === msgType.text) return { name, text: content }
  if (type !== msgType.app) return { name, text: '', kind: kinds[type] ?? 'other' }
  const app = Number(between(content, 'type'))
  const text = plain(between(content, 'title'))
  if (app === appType.quote || app === appType.signUpList) return { name, text }
  return { name, text, kind: appKinds[app] ?? 'other' }
}
