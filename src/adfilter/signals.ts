// What speaks for and against an advertisement: a message becomes a list of named signals, their weights a score with
// three zones. Pure: no clock, no tables; what the feature knows about the sender comes in as plain data.
import { AhoCorasick } from '@monyone/aho-corasick/fast'
import { RE2JS } from 're2js'
import { canonical, cleanName, squeezeCanonical, squeezed } from '../core/lib/text.ts'
import type { Taught } from './lessons.ts'
import { logit, piecesOf, unpackModel } from './model.ts'
import { calibration, packedModel, textWeights, zones } from './weights.ts'

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
  /** Own contacts and phrases: taken out of a text before it is judged. */
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
}

/** One reason. Weights are logits: 0.7 doubles the odds, 2.3 makes them ten times as high. */
export interface Signal {
  readonly name: string
  readonly weight: number
  readonly zh: string
  readonly en: string
}

/** `clean`: do nothing; `unsure`: ask a human, never punish; `sure`: act. */
export type Zone = 'clean' | 'unsure' | 'sure'

export interface Judgement {
  readonly zone: Zone
  /** 0 to 1: the share of advertisements among messages of this score, in the chats the model was measured on. */
  readonly probability: number
  readonly signals: readonly Signal[]
}

/** Rules made ready for use. */
export interface Watch {
  readonly words: AhoCorasick
  readonly groupsOf: ReadonlyMap<string, readonly KeywordGroup[]>
  readonly patterns: readonly { readonly rule: Pattern; readonly compiled: RE2JS }[]
  readonly domains: readonly string[]
  readonly own: AhoCorasick
  /** The same as far as they are long enough to be meant, however they are written. */
  readonly ownMeant: AhoCorasick
}

const model = unpackModel(packedModel)

/** Instead of the model's opinion where a message is only emoji, signs or a card: nothing is said, so little is suspected. */
const wordless = -3

/** Shorter own phrases count only as they are written: undisguised they may be the middle of anything (`vx` is 微信). */
const shortestOwn = 6

/** Together, what is known about sender and circumstances may add at most this much. */
const mostFromCircumstances = 2.5
/** They make sure only what is nearly so by its words: whoever asks an unlucky question again is not punished for asking. */
const nearlySure = (zones.unsure + zones.sure) / 2

/**
 * Makes rules ready; about a millisecond for a thousand words.
 * @throws RE2JSSyntaxException for a pattern that is none
 */
export function prepare(rules: Rules): Watch {
  const groupsOf = new Map<string, KeywordGroup[]>()
  for (const group of rules.keywords) {
    for (const word of group.words.map(squeezed)) {
      if (word !== '') groupsOf.set(word, [...(groupsOf.get(word) ?? []), group])
    }
  }
  return {
    words: new AhoCorasick([...groupsOf.keys()]),
    groupsOf,
    patterns: rules.patterns.map((rule) => ({ rule, compiled: RE2JS.compile(rule.pattern) })),
    domains: rules.domains.map((domain) => domain.toLowerCase().replace(/^\*?\./, '')),
    own: new AhoCorasick(rules.own.map(canonical).filter((phrase) => phrase !== '')),
    ownMeant: new AhoCorasick(rules.own.map(squeezed).filter((phrase) => phrase.length >= shortestOwn)),
  }
}

/**
 * Lists the reasons, strongest first.
 * @param taught what the admins' decisions have taught, if anything
 */
export function signals(watch: Watch, message: Message, taught?: Taught): Signal[] {
  const whole = [message.text, ...(message.titles ?? [])].join('\n')
  const text = without(watch.own, canonical(whole))
  const links = text.includes('.') || text.includes('://') ? (text.match(linkPattern) ?? []) : []
  const foreign = [...links, ...(message.links ?? [])].filter((link) => !isWelcome(watch, link))
  // The name of a welcome site is no reason for suspicion.
  const read = links.length > 0 && foreign.length === 0 ? text.replace(linkPattern, ' ') : text
  const meant = without(watch.ownMeant, squeezeCanonical(read))
  const contactsFound = ofContacts(meant)
  const found: Signal[] = [
    ofModel(meant === '' ? wordless : logit(model, piecesOf(read, meant))),
    ...contactsFound,
    ...ofLinks(foreign),
    ...ofKeywords(watch, meant),
    ...ofPatterns(watch, text),
    ...ofLessons(taught?.shift(meant) ?? 0),
  ]
  const circumstances = ofCircumstances(message, meant, foreign.length > 0 || contactsFound.length > 0)
  return [...found, ...limited(circumstances)].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
}

/** Adds the reasons up. Circumstances alone never make a message sure. */
export function judge(found: readonly Signal[]): Judgement {
  const sum = (list: readonly Signal[]): number => list.reduce((total, one) => total + one.weight, 0)
  const total = sum(found)
  const said = sum(found.filter((one) => !circumstanceNames.has(one.name)))
  const zone = total < zones.unsure ? 'clean' : total >= zones.sure && said >= nearlySure ? 'sure' : 'unsure'
  const probability = 1 / (1 + Math.exp(-(calibration.slope * total + calibration.offset)))
  return { zone, probability, signals: found }
}

/** Links as people type them. Without a scheme they begin only where a run of host characters begins: so it is linear. */
const linkPattern =
  /(?:https?:\/\/|www\.)[^\s\u2e80-\uffff]+|(?<![a-z0-9.-])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|me|top|xyz|vip|cc|info|club|io|shop|site|link|live|app|tv)\b(?:\/[^\s\u2e80-\uffff]*)?/g

const contacts = [
  {
    name: 'wechat',
    // An id needs a letter in front, or is a telephone or QQ number.
    pattern: /微信号?(?:同号)?(?:[a-z][a-z0-9_]{4,19}|\d{5,11})/,
    zh: '微信号',
    en: 'WeChat id',
  },
  { name: 'qq', pattern: /qq(?:群|号|群号)?\d{5,11}/, zh: 'QQ 号', en: 'QQ number' },
  { name: 'phone', pattern: /(?<!\d)1[3-9]\d{9}(?!\d)/, zh: '手机号', en: 'mobile number' },
] as const

function ofModel(weight: number): Signal {
  return weight >= zones.unsure
    ? { name: 'model', weight, zh: '整体措辞像广告', en: 'wording like advertisements' }
    : { name: 'model', weight, zh: '整体措辞正常', en: 'ordinary wording' }
}

function ofContacts(text: string): Signal[] {
  return contacts
    .filter(({ pattern }) => pattern.test(text))
    .map(({ name, zh, en }) => ({ name, weight: textWeights[name], zh, en }))
}

function ofLinks(foreign: readonly string[]): Signal[] {
  const [first] = foreign
  if (first === undefined) return []
  const host = cleanName(hostOf(first), '?')
  return [{ name: 'link', weight: textWeights.link, zh: `外部链接 ${host}`, en: `link to ${host}` }]
}

function ofKeywords(watch: Watch, text: string): Signal[] {
  const hits = new Map<KeywordGroup, string>()
  for (const { keyword } of watch.words.matchInText(text)) {
    for (const group of watch.groupsOf.get(keyword) ?? []) if (!hits.has(group)) hits.set(group, keyword)
  }
  return [...hits].map(([group, word]) => ({
    name: `words:${group.name}`,
    weight: group.weight,
    zh: `${group.zh}「${word}」`,
    en: `${group.en} (${word})`,
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

const circumstanceNames: ReadonlySet<string> = new Set(['nickname', 'newcomer', 'repeat'])

/** No data tells these weights: they are set so that each can turn an even case, and none decides alone. */
function ofCircumstances(message: Message, text: string, reachable: boolean): Signal[] {
  const found: Signal[] = []
  const names = [message.nickname ?? '', message.groupNickname ?? ''].join(' ').trim()
  if (names !== '' && contacts.some(({ pattern }) => pattern.test(squeezed(names))))
    found.push({ name: 'nickname', weight: 1, zh: '昵称里有联系方式', en: 'contact in the nickname' })
  if (message.newcomer === true && reachable)
    found.push({ name: 'newcomer', weight: 1, zh: '新人开口就留联系方式', en: 'a newcomer begins with a contact' })
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

function without(own: AhoCorasick, text: string): string {
  let rest = ''
  let from = 0
  const found = own.matchInText(text)
  if (found.length === 0) return text
  for (const { begin, end } of found.sort((a, b) => a.begin - b.begin)) {
    if (begin > from) rest += text.slice(from, begin)
    from = Math.max(from, end)
  }
  return rest + text.slice(from)
}

function hostOf(link: string): string {
  return (
    canonical(link)
      .replace(/^[a-z]+:\/\//, '')
      .replace(/^[^/]*@/, '')
      .split(/[/?#:]/, 1)[0] ?? ''
  )
}

function isWelcome(watch: Watch, link: string): boolean {
  const host = hostOf(link)
  return watch.domains.some((domain) => host === domain || host.endsWith(`.${domain}`))
}
