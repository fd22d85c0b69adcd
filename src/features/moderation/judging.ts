// What the filter thinks of a message, a name or a code, as this group's settings and lessons would have it.
import type { GroupId, MemberId } from '../../core/types/ids.ts'
import type { Said } from '../../core/types/event.ts'
import { signals, type Message } from '../../adfilter/signals.ts'
import { judge, type Judgement, type Signal, type Zone } from '../../adfilter/judgement.ts'
import { recalled, taught } from './lessons.ts'
import { ownPosts } from './posts.ts'
import type { Before } from './recent.ts'
import type { Cx, Offence } from './records.ts'

/** What can be judged of a message. Without a sender, nobody's name takes part. */
export interface Content extends Pick<Said, 'text' | 'kind' | 'link' | 'description'> {
  from: MemberId | null
  group: GroupId | null
}

export interface Opinion extends Omit<Judgement, 'kind'> {
  offence: Offence
  /** Whether only rules on trial make it what it is. */
  dryRun: boolean
}

/** For words that are judged by themselves. */
export const noCircumstances = { repeats: 0, newcomer: false }

/** What ends a file's name: letters that nobody wrote, and that advertisements are full of. */
const extension = /\.[a-z0-9]{1,5}$/i
/** Kinds whose words are others': an article, a post, a talk that is shown to the group. */
const passedOn: ReadonlySet<Said['kind']> = new Set(['link', 'miniProgram', 'video', 'record'])
/** Reasons for which even a shared card is the sharer's own advertisement: a way to reach him, or words that are known to be none. */
const ownWish = /^(?:wechat|qq|phone|telegram|contact|number|lesson|pattern:|code)/

const clean = { zone: 'clean', offence: 'ad', score: 0, probability: 0, signals: [], dryRun: false } as const
const likeAttack: Signal = {
  name: 'lesson',
  weight: 4,
  zh: '像以前确认过的骂人话',
  en: 'like an insult confirmed before',
}
const likeOther: Signal = {
  name: 'lesson',
  weight: 4,
  zh: '像以前确认过不合适的话',
  en: 'like words found unfit before',
}

/** All that a message says: its words, the title and what stands below it. */
export function wordsIn({ text, description }: Pick<Said, 'text' | 'description'>): string {
  return [text, description ?? ''].filter((part) => part !== '').join('\n')
}

/** Mentions that are looked up in one text. */
const MOST_MENTIONS = 5
const mention = /[@＠](?:([^@＠\u2005\n]{1,40})\u2005|([^\s@＠\u2005]{1,24})(?=\s|$))/g

/** A text without the names of members that it mentions, which are not its words. */
function withoutMentions(text: string, group: GroupId | null, { members }: Cx): string {
  if (group === null || !/[@＠]/.test(text)) return text
  let left = MOST_MENTIONS
  const isMember = (name: string) =>
    /^(?:所有人|all)$/i.test(name) || (left-- > 0 && members.find(name, group).length > 0)
  return text
    .replace(mention, (typed, marked?: string, plain?: string) => (isMember(marked ?? plain ?? '') ? ' ' : typed))
    .trim()
}

/** What the filter thinks of it. Names that are mentioned are looked up only where it matters. */
export function judgement(
  content: Content,
  before: Pick<Before, 'newcomer' | 'repeats'>,
  cx: Cx,
  quoting: 'flagged' | 'always' = 'flagged',
): Opinion {
  const opinion = judgeWords(content, before, cx, quoting)
  if (opinion.zone === 'clean' || content.kind !== 'text') return opinion
  const text = withoutMentions(content.text, content.group, cx)
  return text === content.text ? opinion : judgeWords({ ...content, text }, before, cx, quoting)
}

function judgeWords(
  content: Content,
  before: Pick<Before, 'newcomer' | 'repeats'>,
  cx: Cx,
  quoting: 'flagged' | 'always',
): Opinion {
  const { prepared, config, members } = cx
  const { text, kind, from, group, link, description } = content
  if (wordsIn(content) === '' && link === undefined) return clean
  const isText = kind === 'text'
  const title = kind === 'file' ? text.replace(extension, '') : text
  const message: Message = {
    text: isText ? text : '',
    titles: isText ? [] : [title, ...(description === undefined ? [] : [description])],
    links: link === undefined ? [] : [link],
    nickname: from === null ? '' : members.name(from),
    groupNickname: from === null || group === null ? '' : members.name(from, group),
    ...before,
  }
  const lessons = taught(cx)
  let found = signals(prepared.watch, message, lessons, quoting)
  let judged = judge(found)
  // The shop's posts are looked for only where it matters.
  const posts = judged.zone === 'clean' ? [] : ownPosts(cx)
  if (posts.length > 0) {
    found = signals(prepared.watch, { ...message, posts }, lessons, quoting)
    judged = judge(found)
  }
  const proven = judge(found.filter(({ name }) => !prepared.onTrial.has(name))).zone
  const dryRun = config.dryRun.includes('ads') || (judged.zone === 'sure' && proven !== 'sure')
  const { kind: offence, ...rest } = judged
  const isOthers = passedOn.has(kind) && !found.some(({ name, weight }) => weight > 0 && isOwnWish(name, config.lists))
  const zone: Zone = isOthers && rest.zone === 'sure' ? 'unsure' : rest.zone
  return byLessons({ ...rest, zone, offence, dryRun }, wordsIn(content), cx)
}

function isOwnWish(name: string, lists: Cx['config']['lists']): boolean {
  return ownWish.test(name) || lists.some((list) => name === `words:${list.name}`)
}

/** Lessons about insults and other offences; those about advertisements are in the score. */
function byLessons(opinion: Opinion, words: string, cx: Cx): Opinion {
  if (opinion.zone !== 'clean' && opinion.offence === 'ad') return opinion
  const isAttack = recalled('attack', words, cx)
  if (isAttack === true)
    return { ...opinion, zone: 'sure', offence: 'attack', signals: [likeAttack, ...opinion.signals] }
  if (isAttack === false && opinion.offence === 'attack') return { ...opinion, zone: 'clean' }
  if (opinion.zone === 'clean' && recalled('other', words, cx) === true)
    return { ...opinion, zone: 'unsure', offence: 'other', signals: [likeOther, ...opinion.signals] }
  return opinion
}
