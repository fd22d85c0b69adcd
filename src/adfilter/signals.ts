// What speaks for and against an advertisement: a message becomes a list of named signals, their weights a score with
// three zones. Pure: no clock, no tables; what the feature knows about the sender comes in as plain data.
import { AhoCorasick } from '@monyone/aho-corasick/fast'
import { RE2JS } from 're2js'
import { canonical, cleanName, squeezeCanonical, squeezed } from '../core/lib/text.ts'
import { contacts, hostOf, isWellKnown, linksIn, withoutLinks } from './contacts.ts'
import { insultIn, type Insult } from './insults.ts'
import { directInsult, judge, looseInsult, totalOf, type Signal } from './judgement.ts'
import type { Taught } from './lessons.ts'
import { logit, piecesOf, unpackModel, type Model } from './model.ts'
import { isOwnLink, ownContactsIn, prepareOwn, without, withoutPosts, type Own } from './own.ts'
import { quoter, shortened } from './quote.ts'
import { call, knownWords } from './wording.ts'
import { packedModel, textWeights, zones } from './weights.ts'

/** Words of one trade, found in the squeezed text. */
export interface KeywordGroup {
  readonly name: string
  readonly zh: string
  readonly en: string
  /** Logit that the group adds once, however many of its words occur. */
  readonly weight: number
  readonly words: readonly string[]
}

/** A pattern of the operator's, in RE2 syntax, tried on the canonical text. */
export interface Pattern {
  readonly name: string
  readonly pattern: string
  readonly weight: number
}

/** What an operator sets. */
export interface Rules {
  readonly keywords: readonly KeywordGroup[]
  readonly patterns: readonly Pattern[]
  /** Domains whose links are welcome; a domain includes what lies below it. */
  readonly domains: readonly string[]
  /** Own contacts, links and phrases: taken out of a text before it is judged. */
  readonly own: readonly string[]
}

/** A message as the filter sees it. Quoted text is not part of it: a quoted advertisement is not the quoter's. */
export interface Message {
  readonly text: string
  readonly nickname?: string
  readonly groupNickname?: string
  /** Addresses from shared cards, mini programs and decoded QR codes. */
  readonly links?: readonly string[]
  /** Titles of cards and mini programs, names of files. */
  readonly titles?: readonly string[]
  /** One of the first messages of a newcomer. */
  readonly newcomer?: boolean
  /** How often the same text came lately, from anybody, before this one. */
  readonly repeats?: number
  /** Posts of the shop's that anybody may pass on, as `ownPost` gave them. */
  readonly posts?: readonly string[]
}

/** Rules made ready for use. */
export interface Watch {
  readonly model: Model
  readonly words: AhoCorasick
  readonly groupsOf: ReadonlyMap<string, readonly KeywordGroup[]>
  readonly patterns: readonly { readonly rule: Pattern; readonly compiled: RE2JS }[]
  readonly domains: readonly string[]
  readonly own: Own
}

const shippedModel = unpackModel(packedModel)

/** Instead of the model's opinion where a message is only emoji, signs, a card or a few letters: nothing is said, so little is suspected. */
const wordless = -3
const isWordless = (meant: string): boolean => /^[a-z]{0,6}$/.test(meant)

/** Together, what is known about sender and circumstances may add at most this much. */
const mostFromCircumstances = 2.5
/**
 * Makes rules ready; about a millisecond for a thousand words.
 * @param model the learned weights, other than those that ship only in measurements
 * @throws RE2JSSyntaxException for a pattern that is none
 */
export function prepare(rules: Rules, model: Model = shippedModel): Watch {
  const groupsOf = new Map<string, KeywordGroup[]>()
  for (const group of rules.keywords) {
    for (const word of group.words.map(squeezed)) {
      if (word !== '') groupsOf.set(word, [...(groupsOf.get(word) ?? []), group])
    }
  }
  return {
    model,
    words: new AhoCorasick([...groupsOf.keys()]),
    groupsOf,
    patterns: rules.patterns.map((rule) => ({ rule, compiled: RE2JS.compile(rule.pattern) })),
    domains: rules.domains.map((domain) => domain.toLowerCase().replace(/^\*?\./, '')),
    own: prepareOwn(rules.own),
  }
}

/**
 * Lists the reasons, strongest first.
 * @param taught what the admins' decisions have taught, if anything
 * @param quoting `flagged`: words are quoted only when the message is not clean, as that takes time
 */
export function signals(
  watch: Watch,
  message: Message,
  taught?: Taught,
  quoting: 'flagged' | 'always' = 'flagged',
): Signal[] {
  const whole = [message.text, ...(message.titles ?? [])].join('\n')
  const typed = message.posts === undefined || message.posts.length === 0 ? whole : withoutPosts(whole, message.posts)
  const { read, meant, text, foreign, isOwnNamed } = readings(watch, typed, message.links ?? [])
  const contactsFound = ofContacts(meant)
  const insult = insultIn(meant)
  const isCall = call.test(meant)
  const found: Found[] = [
    ofModel(isWordless(meant) ? wordless : logit(watch.model, piecesOf(read, meant))),
    ...contactsFound,
    ...ofLinks(foreign),
    ...ofKeywords(watch, meant),
    ...ofPatterns(watch, text),
    ...(insult === undefined ? [] : [ofInsult(insult)]),
    ...(isOwnNamed && foreign.length + contactsFound.length === 0 ? [ownNamed] : []),
    ...(kin.test(meant) ? [ofKin] : []),
    ...(isCall && foreign.length + contactsFound.length === 0 ? [asksForContact] : []),
    ...(isWarning(meant, foreign.length > 0, contactsFound) ? [warning] : []),
    ...ofLessons(taught?.shift(meant) ?? 0),
    ...limited(ofCircumstances(message, meant, isCall || foreign.length > 0 || contactsFound.length > 0)),
  ]
  const isFlagged = judge(found).zone !== 'clean' || totalOf(found) >= zones.unsure
  const explained = isFlagged ? withWording(found, watch.model, meant) : found
  const sorted = explained.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
  if (!isFlagged && quoting === 'flagged') return sorted.map(({ words: _words, ...signal }) => signal)
  const typedWords = quoter(typed)
  let left = quoting === 'always' ? Infinity : mostQuotes
  return sorted.map(({ words, ...signal }) => {
    if (words === undefined || signal.weight <= 0 || left === 0) return signal
    left -= 1
    const quote = signal.name === 'link' ? shortened(words) : typedWords.words(words)
    return quote === '' ? signal : { ...signal, quote }
  })
}

/** So many reasons are quoted; more are not told to anybody. */
const mostQuotes = 3

/** Who names the shop's own contact, and no other, tells others how to order. */
const ownNamed: Signal = {
  name: 'own',
  weight: -3,
  zh: '提到本店自己的联系方式',
  en: 'names a contact of the shop itself',
}

/** Who speaks of his own people, house and firm: what a neighbour passes on may be asked about, and is not reproached. */
const kin =
  /我(?:弟|哥|姐|妹|爸|妈|老公|老婆|爱人|媳妇|儿子|女儿|婆婆|同事|朋友|表|侄|家|孩子|们?(?:公司|单位|店|学校))|朋友(?:家|的|公司|在)|自家|(?<!各位|亲爱的)邻居|[0-9](?:栋|号楼|单元)/
const ofKin: Signal = {
  name: 'kin',
  weight: -0.3,
  zh: '说的是自己家人、邻里的事',
  en: 'speaks of family or neighbours',
}

/** Who asks to be contacted and names no way to do it: neighbours arrange dinners and give kittens away like that. */
const asksForContact: Signal = {
  name: 'call',
  weight: 0,
  zh: '请人来找，没有留联系方式',
  en: 'asks to be contacted and names no way',
}

/** What those say who warn of fraud, or tell how they were cheated. */
const warned =
  /骗局|诈骗|谨防|警惕|反诈|防骗|上当|被骗|骗子|骗人|切勿|别信|不要信|不要相信|千万别|别再信|96110|套路|举报|报警/
const warning: Signal = { name: 'warning', weight: -2, zh: '提醒别人防骗', en: 'warns of fraud' }

/** A warning asks nobody to get in touch; a police station has a telephone. */
function isWarning(meant: string, hasLinks: boolean, contactsFound: readonly Signal[]): boolean {
  return warned.test(meant) && !hasLinks && contactsFound.every(({ name }) => name === 'phone') && !call.test(meant)
}

/** A signal with the words that it was found by, in squeezed form. */
interface Found extends Signal {
  readonly words?: string
}

/** The forms in which a text is judged: without what is the shop's own. */
function readings({ own, domains }: Watch, typed: string, shared: readonly string[]) {
  const whole = canonical(typed)
  const text = without(own.phrases, whole)
  const links = linksIn(text)
  const foreign = [...links, ...shared].filter((link) => !isWelcome(domains, link) && !isOwnLink(own, link))
  // The name of a welcome site is no reason for suspicion.
  let read = links.length > 0 && foreign.length === 0 ? withoutLinks(text) : text
  const squeezedText = squeezeCanonical(read)
  let meant = without(own.meant, squeezedText)
  for (const contact of ownContactsIn(own, meant)) {
    read = read.replace(contact.typed, '')
    meant = meant.replace(contact.meant, '')
  }
  return { text, read, meant, foreign, isOwnNamed: text !== whole || meant !== squeezedText }
}

/** The part of the model's weight that a few words alone have, when they are words that advertisements are known by. */
function withWording(found: readonly Found[], model: Model, meant: string): Found[] {
  return found.flatMap((signal) => {
    if (signal.name !== 'model' || signal.weight <= 0) return [signal]
    const known = knownWords(model, meant)
    if (known === undefined) return [signal]
    const weight = Math.min(signal.weight, known.weight)
    return [
      { ...signal, weight: signal.weight - weight },
      {
        name: 'wording',
        weight,
        zh: '广告常用的说法',
        en: 'words that advertisements use',
        words: known.words,
      },
    ]
  })
}

function ofModel(weight: number): Found {
  return weight >= zones.unsure
    ? { name: 'model', weight, zh: '整体措辞像广告', en: 'wording like advertisements' }
    : { name: 'model', weight, zh: '整体措辞正常', en: 'ordinary wording' }
}

function ofContacts(text: string): Found[] {
  return contacts.flatMap(({ name, pattern, zh, en }) => {
    const [words] = pattern.exec(text) ?? []
    return words === undefined ? [] : [{ name, weight: textWeights[name], zh, en, words }]
  })
}

function ofInsult({ kind, words }: Insult): Found {
  const weight = kind === 'direct' ? directInsult : looseInsult
  return { name: 'attack', weight, zh: '骂人的话', en: 'insulting words', words }
}

function ofLinks(foreign: readonly string[]): Found[] {
  const [first] = foreign
  if (first === undefined) return []
  const host = cleanName(hostOf(first), '?')
  return [{ name: 'link', weight: textWeights.link, zh: `外部链接 ${host}`, en: `link to ${host}`, words: first }]
}

function ofKeywords(watch: Watch, text: string): Found[] {
  const hits = new Map<KeywordGroup, string>()
  for (const { keyword } of watch.words.matchInText(text)) {
    for (const group of watch.groupsOf.get(keyword) ?? []) if (!hits.has(group)) hits.set(group, keyword)
  }
  return [...hits].map(([group, word]) => ({
    name: `words:${group.name}`,
    weight: group.weight,
    zh: `${group.zh}「${word}」`,
    en: `${group.en} (${word})`,
    words: word,
  }))
}

function ofPatterns(watch: Watch, text: string): Signal[] {
  return watch.patterns
    .filter(({ compiled }) => compiled.test(text))
    .map(({ rule }) => ({
      name: `pattern:${rule.name}`,
      weight: rule.weight,
      zh: `符合规则「${rule.name}」`,
      en: `matches the pattern ${rule.name}`,
    }))
}

function ofLessons(weight: number): Signal[] {
  if (weight === 0) return []
  return weight > 0
    ? [{ name: 'lesson', weight, zh: '像以前确认过的广告', en: 'like an advertisement confirmed before' }]
    : [{ name: 'lesson', weight, zh: '像以前放行过的消息', en: 'like a message cleared before' }]
}

/** No data tells these weights: they are set so that each can turn an even case, and none decides alone. */
function ofCircumstances(message: Message, text: string, reachable: boolean): Signal[] {
  const found: Signal[] = []
  const names = squeezed([message.nickname ?? '', message.groupNickname ?? ''].join(' '))
  if (names !== '' && contacts.some(({ pattern }) => pattern.test(names)))
    found.push({ name: 'nickname', weight: 1, zh: '昵称里有联系方式', en: 'contact in the nickname' })
  if (message.newcomer === true && reachable)
    found.push({ name: 'newcomer', weight: 1, zh: '新人开口就让人联系', en: 'a newcomer asks to be contacted' })
  const repeats = message.repeats ?? 0
  // People say 收到 or 恭喜 together; only longer texts are copies.
  if (repeats > 0 && text.length >= 12)
    found.push({
      name: 'repeat',
      weight: Math.min(2, 0.7 * repeats),
      zh: `同样的话已出现 ${repeats} 次`,
      en: `the same text came ${repeats} times before`,
    })
  return found
}

function limited(circumstances: readonly Signal[]): Signal[] {
  const total = circumstances.reduce((sum, one) => sum + one.weight, 0)
  const factor = total > mostFromCircumstances ? mostFromCircumstances / total : 1
  return circumstances.map((one) => ({ ...one, weight: one.weight * factor }))
}

function isWelcome(domains: readonly string[], link: string): boolean {
  const host = hostOf(link)
  return isWellKnown(host) || domains.some((domain) => host === domain || host.endsWith(`.${domain}`))
}
