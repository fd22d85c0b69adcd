// Text as WeChat's web service writes it, turned into what people typed: once, in one linear pass.
import { canonical } from '../core/lib/text.ts'
import type { Kind, Quote } from '../core/types/event.ts'

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' }
/** Line breaks, emoji, and HTML entities; what an entity stands for is never read a second time. */
const token =
  /<br\s?\/?>|<span class="emoji emoji([0-9a-f]{4,12})"><\/span>|&(?:(lt|gt|amp|quot|apos|nbsp)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi

/** `&lt;`, `<br/>` and emoji spans undone. */
export function typed(wire: string): string {
  return wire.replace(token, (whole, emoji?: string, name?: string, decimal?: string, hex?: string) => {
    if (emoji !== undefined) return fromHex(emoji)
    if (name !== undefined) return named[name.toLowerCase()] ?? whole
    if (decimal !== undefined) return fromCode(Number(decimal))
    return hex === undefined ? '\n' : fromCode(Number.parseInt(hex, 16))
  })
}

/** One or two code points run together: `1f431` is 🐱, `1f1e81f1f3` is 🇨🇳. */
function fromHex(hex: string): string {
  const parts = hex.length <= 5 ? [hex] : [hex.slice(0, hex.length / 2), hex.slice(hex.length / 2)]
  return parts.map((part) => fromCode(Number.parseInt(part, 16))).join('')
}

function fromCode(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

const dashes = /^」\n(?:- ){3,30}-? *\n/
/** What stands in a quote in place of what is no text. */
const stoodFor: Readonly<Record<string, Kind>> = {
  ...({
    '[图片]': 'picture',
    '[photo]': 'picture',
    '[image]': 'picture',
    '[视频]': 'video',
    '[video]': 'video',
  } as const),
  ...({ '[语音]': 'voice', '[voice]': 'voice', '[动画表情]': 'sticker', '[sticker]': 'sticker' } as const),
  ...({ '[聊天记录]': 'record', '[chat history]': 'record', '[个人名片]': 'card', '[contact card]': 'card' } as const),
}
/** More than one quote in another are read from the outside only. */
export interface Quoting {
  quote: Quote | null
  reply: string
}

/** Takes `「name：quoted」\n- - - -\nreply` apart; a text without that form is all reply. */
export function quoting(text: string): Quoting {
  if (!text.startsWith('「')) return { quote: null, reply: text }
  const ends: number[] = []
  let depth = 0
  let outermost: number | undefined
  for (let at = 0; at < text.length && outermost === undefined; at += 1) {
    if (text[at] === '「') depth += 1
    else if (text[at] === '」') {
      depth -= 1
      if (!dashes.test(text.slice(at, at + 70))) continue
      ends.push(at)
      // A quote inside the quote ends with dashes as well; the outer one is where all brackets are closed.
      if (depth <= 0) outermost = at
    }
  }
  const end = outermost ?? ends[0]
  if (end === undefined) return { quote: null, reply: text }
  const inside = text.slice(1, end)
  const colon = inside.indexOf('：')
  const [line = ''] = dashes.exec(text.slice(end, end + 70)) ?? []
  const [name, said] = colon === -1 ? ['', inside] : [inside.slice(0, colon), inside.slice(colon + 1)]
  const kind = stoodFor[said.trim().toLowerCase()]
  return {
    quote: kind === undefined ? { name, text: said } : { name, text: '', kind },
    reply: text.slice(end + line.length),
  }
}

/** The space that WeChat's clients put after a mention. */
const mentionEnd = '\u2005'
const longestName = 64
/** Most mentions that are read in one message; a real one has a handful. */
const mostMentions = 50

/**
 * Cuts mentions of the bot out of a text, in one pass.
 * @param names what the bot is called here, as typed
 */
export function withoutMention(text: string, names: readonly string[]): { text: string; addressed: boolean } {
  const called = names.filter((name) => name !== '').sort((a, b) => b.length - a.length)
  const canonicalNames = new Set(called.map(canonical))
  let rest = ''
  let from = 0
  let at = text.indexOf('@')
  for (let looked = 0; at !== -1 && looked < mostMentions; looked += 1) {
    const end = mentioned(text, at + 1, called, canonicalNames)
    if (end !== undefined) {
      rest += text.slice(from, at)
      from = end
    }
    at = text.indexOf('@', end ?? at + 1)
  }
  if (from === 0) return { text, addressed: false }
  return { text: (rest + text.slice(from)).trim(), addressed: true }
}

/** @returns where the text goes on after the name and the space behind it */
function mentioned(text: string, at: number, names: string[], canonicalNames: Set<string>): number | undefined {
  for (const name of names) {
    const end = at + name.length
    if (text.startsWith(name, at) && (end === text.length || /[\s\u2005]/.test(text.charAt(end)))) return end + 1
  }
  // The same name may be written with another width or another form of an emoji.
  const length = text.slice(at, at + longestName).indexOf(mentionEnd)
  return length > 0 && canonicalNames.has(canonical(text.slice(at, at + length))) ? at + length + 1 : undefined
}

/** The inside of the first element of that name; '' without one. */
export function between(xml: string, name: string): string {
  return nextElement(xml, name, 0)?.inside ?? ''
}

/** The insides of all elements of that name, at most `most`. */
export function allBetween(xml: string, name: string, most: number): string[] {
  const all: string[] = []
  for (let found = nextElement(xml, name, 0); found && all.length < most; found = nextElement(xml, name, found.end))
    all.push(found.inside)
  return all
}

function nextElement(xml: string, name: string, from: number): { inside: string; end: number } | undefined {
  const start = xml.indexOf(`<${name}>`, from)
  const end = start === -1 ? -1 : xml.indexOf(`</${name}>`, start)
  if (end === -1) return undefined
  const inside = xml.slice(start + name.length + 2, end)
  const isWrapped = inside.startsWith('<![CDATA[') && inside.endsWith(']]>')
  return { inside: isWrapped ? inside.slice(9, -3) : inside, end }
}
