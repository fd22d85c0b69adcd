// What is the shop's own: contacts, links and phrases that an operator has listed, and posts that go round again.
import { AhoCorasick } from '@monyone/aho-corasick/fast'
import { canonical, squeezed } from '../core/lib/text.ts'
import { linksIn, pageOf } from './contacts.ts'
import { quoter } from './quote.ts'

/** Own things made ready for use. */
export interface Own {
  /** Phrases as they are written, canonical. */
  readonly phrases: AhoCorasick
  /** The same as far as they are long enough to be meant, however they are written: squeezed. */
  readonly meant: AhoCorasick
  /** WeChat ids and numbers, squeezed; in a text they count only whole. */
  readonly contacts: readonly { readonly id: string; readonly meant: RegExp; readonly typed: RegExp }[]
  /** Host and path of own links. */
  readonly pages: readonly string[]
}

/** Shorter phrases count only as they are written: undisguised they may be the middle of anything (`vx` is 微信). */
const shortestPhrase = 6
/** Shorter posts (squeezed) are said by anybody. */
const shortestPost = 8
/** What people write in front of something that they pass on. */
const forwarded = /^[\s【[(（「《]*(?:转发|转载|转|代发|代转|帮转|群主转|fwd?|forward(?:ed)?)[^\p{L}\p{N}]*/iu

/** A WeChat id (behind its label, or with a digit in it) or a number of six digits and more. */
const contactPattern =
  /(?<=微信号?)[a-z][a-z0-9]{4,19}(?![a-z0-9])|(?<![a-z0-9])(?=[a-z]+\d)[a-z][a-z0-9]{5,19}(?![a-z0-9])|(?<![a-z0-9])\d{6,12}(?![a-z0-9])/g
const label = '(?:客服|官方|本店|我的)?(?:微信号?|qq号?|电话|手机号?|热线|同号)*'

/** Makes own things ready; a line may hold a phrase, a contact, a link or several of these. */
export function prepareOwn(lines: readonly string[]): Own {
  const links = lines.flatMap((line) => linksIn(canonical(line)))
  // What is a link is no contact, and the words around a contact no phrase of their own.
  const ids = lines.flatMap((line) => idsIn(line))
  return {
    phrases: new AhoCorasick(lines.map(canonical).filter((phrase) => phrase !== '')),
    meant: new AhoCorasick(lines.map(squeezed).filter((phrase) => phrase.length >= shortestPhrase)),
    contacts: [...new Set(ids)].map((id) => ({
      id,
      meant: new RegExp(`${label}(?<![a-z0-9])${[...id].join(' ?')}(?![a-z0-9])`, 'g'),
      typed: new RegExp(`(?<![a-z0-9])${[...id].join('[\\s._-]{0,3}')}(?![a-z0-9])`, 'g'),
    })),
    pages: links.map(pageOf).filter((page) => page.includes('.')),
  }
}

function idsIn(line: string): string[] {
  const typed = canonical(line)
  const text = linksIn(typed).reduce((rest, link) => rest.replace(link, ' '), typed)
  return squeezed(text).match(contactPattern) ?? []
}

/** Whether a link leads to an own page or below it. */
export function isOwnLink(own: Own, link: string): boolean {
  if (own.pages.length === 0) return false
  const page = pageOf(link)
  return own.pages.some((one) => page === one || page.startsWith(`${one}/`))
}

/** The own contacts that a squeezed text names. */
export function ownContactsIn(own: Own, meant: string): Own['contacts'] {
  if (own.contacts.length === 0) return []
  const close = meant.replaceAll(' ', '')
  return own.contacts.filter(({ id, meant: pattern }) => close.includes(id) && meant.search(pattern) >= 0)
}

/** A post of the shop's as it is remembered: its squeezed form, or undefined when anybody may say it. */
export function ownPost(text: string): string | undefined {
  const meant = squeezed(text.replace(forwarded, ''))
  return meant.length < shortestPost ? undefined : meant
}

/**
 * What a text adds to own posts that it passes on: 「转发：」 in front, quotation marks around, more lines of a sign-up list behind.
 * @param meant the text's squeezed form, when it is at hand
 * @param posts as `ownPost` gave them
 */
export function withoutPosts(text: string, posts: readonly string[], meant = squeezed(text)): string {
  let rest = text
  let restMeant = meant
  // The longest first: an earlier version of a sign-up list is the beginning of the later one.
  for (const post of [...posts].sort((a, b) => b.length - a.length)) {
    if (post.length > restMeant.length || !restMeant.includes(post)) continue
    const range = rangeOf(rest, post)
    if (range === undefined) continue
    rest = `${rest.slice(0, range.from).replace(forwarded, '')}\n${rest.slice(range.to)}`
    restMeant = squeezed(rest)
  }
  return rest === text ? text : restMeant === '' ? '' : rest
}

/** Where a post stands in a text: found by its beginning and its end, since it may be longer than what is searched at once. */
function rangeOf(text: string, post: string): { from: number; to: number } | undefined {
  if (post.length <= 64) return quoter(text).range(post)
  const head = quoter(text).range(post.slice(0, 32))
  if (head === undefined) return undefined
  const tail = quoter(text.slice(head.to)).range(post.slice(-32))
  return tail === undefined ? undefined : { from: head.from, to: head.to + tail.to }
}

const isLetterOrDigit = /[a-z0-9]/

/** A text without what the automaton finds in it; not in the middle of an id, a number or a link. */
export function without(own: AhoCorasick, text: string): string {
  const isInside = (at: number): boolean =>
    isLetterOrDigit.test(text[at - 1] ?? '') && isLetterOrDigit.test(text[at] ?? '')
  const found = own.matchInText(text).filter(({ begin, end }) => !isInside(begin) && !isInside(end))
  if (found.length === 0) return text
  let rest = ''
  let from = 0
  for (const { begin, end } of found.sort((a, b) => a.begin - b.begin)) {
    if (begin > from) rest += text.slice(from, begin)
    from = Math.max(from, end)
  }
  return rest + text.slice(from)
}
