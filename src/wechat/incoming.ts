// Raw messages made into `WxMessage`: whole text, quote apart, kind, and whether the bot was meant. Pure.
import { messageId } from '../core/types/ids.ts'
import type { Kind } from '../core/types/event.ts'
import type { WxId, WxMessage } from './account.ts'
import { isPerson, isRoom } from './contacts.ts'
import { appType, msgType, type RawMessage } from './inside.ts'
import { quoting, typed, withoutMention } from './wiretext.ts'

/** What a raw message is, before anything is looked up. */
export type Sorted =
  | { what: 'said'; room: WxId | null; from: WxId; content: string }
  | { what: 'system'; room: WxId; line: string }
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
  const { kind, text, quote, link } = contentOf(raw, said.content)
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
    ...(link === undefined ? {} : { link }),
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
  [appType.audio]: 'link',
  [appType.video]: 'link',
  [appType.url]: 'link',
  [appType.file]: 'file',
  [appType.emoji]: 'sticker',
  [appType.mini]: 'miniProgram',
  [appType.miniApp]: 'miniProgram',
}

function contentOf(raw: RawMessage, content: string): Pick<WxMessage, 'kind' | 'text' | 'quote' | 'link'> {
  const { MsgType: type, AppMsgType: app, SubMsgType } = raw
  if (type === msgType.text && SubMsgType !== msgType.location) {
    const { quote, reply } = quoting(typed(content))
    return { kind: 'text', text: reply, quote }
  }
  if (type === msgType.card) return { kind: 'card', text: raw.RecommendInfo.NickName, quote: null }
  if (type !== msgType.app) return { kind: kinds[type] ?? 'other', text: '', quote: null }
  const xml = typed(content)
  const title = typed(between(xml, 'title')) || typed(raw.FileName)
  if (app !== appType.quote) {
    const link = typed(between(xml, 'url'))
    return { kind: appKinds[app] ?? 'other', text: title, quote: null, ...(link === '' ? {} : { link }) }
  }
  const refer = between(xml, 'refermsg')
  const quoted = between(refer, 'type') === '1' ? typed(between(refer, 'content')) : ''
  return { kind: 'text', text: title, quote: { name: typed(between(refer, 'displayname')), text: quoted } }
}

/** The inside of the first element of that name; '' without one. */
function between(xml: string, name: string): string {
  const start = xml.indexOf(`<${name}>`)
  const end = start === -1 ? -1 : xml.indexOf(`</${name}>`, start)
  if (end === -1) return ''
  const inside = xml.slice(start + name.length + 2, end)
  return inside.startsWith('<![CDATA[') && inside.endsWith(']]>') ? inside.slice(9, -3) : inside
}
