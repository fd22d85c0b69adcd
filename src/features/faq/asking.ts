// What is done with something that was said: is it a question to the library, which entries answer it, and what to say to thanks and sighs.
import { canonical, withoutEnd } from '../../core/lib/text.ts'
import type { Effect } from '../../core/types/effect.ts'
import type { Found, Said } from '../../core/types/event.ts'
import { read } from '../../search/reading.ts'
import { utteranceOf, type Utterance } from '../../search/utterance.ts'
import { give } from './answers.ts'
import type { Entry } from './entry.ts'
import { handOver } from './handover.ts'
import { fullLibrary, levelsOf } from './learned.ts'
import { find, wordingKey, type Finding } from './library.ts'
import { askMeaning, meaningsIn } from './meaning.ts'
import { askModel } from './model.ts'
import { noteMiss } from './misses.ts'
import { otherwise, placeOf, whereOf } from './offers.ts'
import { kept, type FaqContext } from './state.ts'

/** Ordinary chat that is longer is not looked at: a question is short. */
const longestQuestion = 300
/** So long after a question `转人工` alone is about it. */
const meantWithin = 60 * 60_000
/** Fewer different words are a greeting or a joke, which no human needs to see, unless they ask something. */
const fewestWords = 4
/** Parts of a message that are looked at one by one, and answers that are given to one message. */
const mostParts = 4
const mostAnswers = 2

/** Said to another member: @小红 你们几点开门. */
const toAnother = /^\s*[@＠]\s*[^\s@＠]/
/** Asking the same as the message that is quoted. */
const asksTheSame =
  /^(?:同问|同求|同样的?问题|一样的问题|我也(?:想)?(?:问|想?知道)|我也是这个问题|\+1|加1|蹲|same question|same here)[^\p{L}\p{N}]*$/u
/** Wanting a human and nothing else: 人工客服在吗, 转一下人工. */
const wantsHuman =
  /^(?:我?(?:要|想找|找|转|叫|接|有没有|有)|请?帮我(?:转|找)|麻烦)?(?:一下|个)?(?:(?:人工|真人)(?:客服|服务|回复)?|客服)(?:在吗|在不在|在么|呢|有吗|有没有|来一下|出来|谢谢|吧)?$/
const sentences = /[?？!！。；;\n]+|(?:^|[,，\s])(?:还有|另外|顺便|再问|以及)(?:一?下|问)?[,，]?|[,，]+/

/** Something was said. */
export function answer(said: Said, cx: FaqContext): Effect[] | Effect | undefined {
  if (said.kind !== 'text') return undefined
  if (!said.addressed && toAnother.test(said.text)) return undefined
  const meant = withQuote(said)
  // Called by name and nothing else.
  if (meant.text.trim() === '')
    return said.addressed && said.group !== null && !said.quote ? toFeeling(meant, 'greeting', cx) : undefined
  const bare = withoutEnd(canonical(meant.text.slice(0, 40)))
  if (meant.text.length <= 40 && wantsHuman.test(bare) && (meant.addressed || !bare.startsWith('客服')))
    return wantHuman(said, '', cx)
  if (!meant.addressed && meant.text.length > longestQuestion) return undefined
  if (cx.tables.dismissed.size() > 0 && !meant.addressed && cx.tables.dismissed.get(wordingKey(meant.text)))
    return undefined
  const parts = questionsIn(meant.text)
  const look: Look = { ...found(meant.text, meant, cx), parts: parts.map((part) => found(part, meant, cx).finding) }
  const given = answersIn(look)
  if (given.length > 0) return given.flatMap((entry) => give(entry, meant, cx))
  const how = meant.addressed ? cx.howTo(meant.text) : undefined
  if (how !== undefined) return cx.replyText(how)
  const asked = askMeaning(meant, parts, look, cx)
  if (asked && meant.addressed) cx.tables.noteAsked.set(placeOf(said), { question: kept(meant.text), at: cx.now })
  return asked ?? unanswered(meant, look, cx)
}

/** What was said, as far as the answer depends on it. */
type Meant = Pick<Said, 'group' | 'from' | 'text' | 'addressed'>
/** What the library has to say to a message, and to its questions one by one. */
type Look = ReturnType<typeof find> & { parts: readonly Finding[] }

/** The meaning of a question was found, or could not be. */
export function meaningFound(event: Found & { what: 'meaning' }, cx: FaqContext): Effect[] {
  const { group, member: from, addressed, texts } = event.query
  const here = group === null ? cx : cx.inGroup(group)
  const { told, meanings } = meaningsIn(event, here)
  // The group may be gone meanwhile.
  if (group !== null && !here.members.group(group)) return told
  const [text = '', ...parts] = texts
  const meant = { group, from, text, addressed }
  const levels = event.answer.outcome === 'done' ? event.answer.levels : levelsOf(here)
  const looked = (part: string, i: number) => find(fullLibrary(here), levels, part, whereOf(meant, here), meanings?.[i])
  const look: Look = { ...looked(text, 0), parts: parts.map((part, i) => looked(part, i + 1).finding) }
  const given = answersIn(look)
  const answered = given.length > 0 ? given.flatMap((entry) => give(entry, meant, here)) : unanswered(meant, look, here)
  return [...told, ...[answered ?? []].flat()]
}

/** The entries that are given: of several questions each its own, else what answers the whole. */
function answersIn({ finding, parts }: Look): Entry[] {
  const entries = new Set(parts.flatMap((part) => (part.kind === 'answer' ? part.entry : [])))
  if (entries.size > 1) return [...entries].slice(0, mostAnswers)
  return finding.kind === 'answer' ? [finding.entry] : [...entries]
}

/** Nothing is sure: to who asked the bot the model, entries to choose from or a human; or a short kind line. */
function unanswered(meant: Meant, look: Look, cx: FaqContext) {
  const { finding, candidates, utterance } = look
  if (utterance === 'question' || utterance === 'request') noteMiss(meant.text, candidates, meant.addressed, cx)
  if (!meant.addressed) return undefined
  if (!asksSomething(utterance)) return toFeeling(meant, utterance, cx)
  const asked = { group: meant.group, from: meant.from, question: kept(meant.text) }
  cx.tables.noteAsked.set(placeOf(meant), { question: asked.question, at: cx.now })
  if (finding.kind === 'nothing' && !isWorthwhile(meant.text)) return undefined
  // Without a model, or when it fails, its answer leads to the offer.
  return askModel(asked, look, cx) ?? otherwise(asked, finding, cx)
}

/** 同问 under a quoted question asks it; so does naming the bot under it without a word. */
function withQuote(said: Said): Said {
  if (!said.quote || said.quote.text.trim() === '') return said
  const isSame = asksTheSame.test(canonical(said.text))
  const isBare = said.addressed && said.text.trim() === ''
  return isSame || isBare ? { ...said, text: said.quote.text.slice(0, longestQuestion), addressed: true } : said
}

function found(text: string, said: Meant, cx: FaqContext) {
  return find(fullLibrary(cx), levelsOf(cx), text, whereOf(said, cx))
}

/** The questions of a message, when it has several sentences. */
function questionsIn(text: string): string[] {
  const parts = text
    .slice(0, longestQuestion)
    .split(sentences)
    .map((part) => part?.trim() ?? '')
    .filter((part) => part.length > 1)
  if (parts.length < 2 || parts.length > mostParts) return []
  return parts.filter((part) => utteranceOf(part) === 'question')
}

function asksSomething(utterance: Utterance): boolean {
  return utterance === 'question' || utterance === 'request' || utterance === 'bare' || utterance === 'report'
}

/** At most one short kind line to what asks for nothing; a human is offered, not called. */
function toFeeling(said: Meant, utterance: Utterance, cx: FaqContext): Effect[] | undefined {
  const { config, hint, members, word } = cx
  const line = (key: 'toThanks' | 'toPraise' | 'toGreeting' | 'toStatement') =>
    [hint(key, { name: members.name(said.from, said.group), staff: config.staff, word: word('human') }) ?? []].flat()
  if (utterance === 'thanks') return line('toThanks')
  if (utterance === 'praise') return line('toPraise')
  if (utterance === 'greeting') return line('toGreeting')
  if (utterance === 'abuse' || read(said.text).words.size < fewestWords) return undefined
  cx.tables.noteAsked.set(placeOf(said), { question: kept(said.text), at: cx.now })
  return line('toStatement')
}

/** Whether a text that nobody understood is worth a human's time. */
function isWorthwhile(text: string): boolean {
  const { asks, words } = read(text)
  return words.size > 0 && (asks !== 0 || /[?？]/.test(text) || words.size >= fewestWords)
}

/** Somebody wants a human, for what he says with it or for what he asked last. */
export function wantHuman(said: Said, typed: string, cx: FaqContext): Effect | Effect[] | undefined {
  const { group, from } = said
  const before = cx.tables.noteAsked.get(placeOf(said))
  const last = before && cx.now - before.at < meantWithin ? before.question : undefined
  const question = typed === '' ? last : typed
  if (question === undefined) return cx.hint('humanHow', { word: cx.word('human'), staff: cx.config.staff })
  cx.tables.noteAsked.delete(placeOf(said))
  return handOver({ group, from, question }, cx)
}
