// Content by the calendar: posts that go out by themselves at their times, each at most once and none missed in silence.
import { arg } from '../../core/feature/arguments.ts'
import { GroupId } from '../../core/types/ids.ts'
import { feature } from '../../core/feature/feature.ts'
import { add, drop, exportText, typedPost } from './added.ts'
import { nextSlot } from './calendar.ts'
import { check } from './checks.ts'
import { speaks } from './content.ts'
import { placesOf, preview, slotNow, todayText, type Place } from './lists.ts'
import { pause, resume } from './pauses.ts'
import { onResulted, tell } from './reports.ts'
import { factsOf, isCrowded, sentOn } from './holding.ts'
import { claim, look } from './sending.ts'
import { withLimitsByPurpose } from './share.ts'
import {
  keyByHand,
  note,
  postsOf,
  slotKey,
  parts,
  whenOf,
  whereOf,
  type Cx,
  type SlotRecord,
  type State,
} from './state.ts'
import { done, feedbackTable, noteStaff, openTaskLine, openTasks, remind } from './tasks.ts'
import { weekText } from './week.ts'

const DAY = 86_400_000
/** How long (ms) what a command sends may wait in the queue. */
const QUEUE = 30 * 60_000

const postId = arg.text({ zh: '编号', en: 'id' }, { zh: '早安', en: 'morning' })
const scope = arg.rest({ zh: '编号或群名', en: 'id or group' }, { zh: '早安 福利群', en: 'morning Welfare' })
const feedback = arg.rest(
  { zh: '反馈', en: 'feedback' },
  { zh: '卖了30份，草莓最快', en: '30 sold, strawberries first' },
)
const unresolved: readonly State[] = ['missed', 'asked', 'uncertain', 'refused', 'paused']

export const sop = feature({
  name: 'sop',
  summary: { zh: '按日历自动发内容', en: 'Posts by the calendar' },
  ...parts,
  check,
  retired: { texts: ['tooActive', 'nowActive', 'heldActive'], settings: withLimitsByPurpose },
  counted: [{ label: { zh: '定时', en: 'posts' }, of: ({ posts }) => posts.length }],

  counts: {
    // What had messages that arrived: a task for a person alone is no post.
    noteSlots: (key, after, before) =>
      after?.state === 'sent' && before?.state === 'sending'
        ? [{ what: 'post', group: GroupId.parse(key.slice(0, key.indexOf('/'))), title: after.post, key }]
        : [],
    feedback: (_key, after, before) =>
      after && !before && after.feedback !== '' ? [{ what: 'feedback', title: after.post, key: after.feedback }] : [],
  },

  waiting: openTaskLine,

  onLoaded: (_event, cx) => look(cx),
  onResulted,
  observe(said, cx) {
    if (cx.group && cx.roleOf(said.from) !== 'member') noteStaff(cx.group.id, cx)
  },
  // Texts may be posts of the calendar itself; what shows is a picture from the owner's phone.
  onPosted({ kind, group }, cx) {
    if (kind !== 'text') noteStaff(group, cx)
  },
  onJob: {
    look: (_key, cx) => look(cx),
    tell: (_key, cx) => tell(cx),
    remind,
  },

  commands: {
    'sop today': {
      summary: { zh: '今天发什么，发了没有', en: 'What is posted today, and whether it was' },
      role: 'helper',
      args: {},
      run: (_, cx) => cx.replyText(todayText(cx)),
    },
    'sop week': {
      summary: {
        zh: '接下来七天各群发什么，哪些跳过、哪些发不出去',
        en: 'The next seven days by group, with what is skipped or held back',
      },
      role: 'helper',
      args: { group: arg.optional(arg.group()) },
      run: ({ group }, cx) => cx.replyText(weekText(cx, group?.id)),
    },
    'sop preview': {
      summary: { zh: '先看一条内容的样子，只发在这里', en: 'Show a post here before members see it' },
      role: 'helper',
      args: { id: postId },
      run: ({ id }, cx) => withPost(id, cx, (places) => preview(places, cx)),
    },
    'sop pause': {
      summary: {
        zh: '暂停定时内容：全部，或一条、一个群、一条在一个群里',
        en: 'Pause posts: all, one, a group, or one in a group',
      },
      role: 'admin',
      args: { what: arg.optional(scope) },
      run: ({ what = '' }, cx) => pause(what, cx),
    },
    'sop resume': {
      summary: { zh: '恢复暂停的定时内容', en: 'Go on with posts after a pause' },
      role: 'admin',
      args: { what: arg.optional(scope) },
      run: ({ what = '' }, cx) => resume(what, cx),
    },
    'sop add': {
      summary: { zh: '在聊天里加一条定时内容', en: 'Put in a post from chat' },
      role: 'admin',
      args: { id: postId, post: typedPost },
      run({ id, post }, cx) {
        const told = add(id, post, cx)
        return cx.tables.added.get(id) ? [told, ...look(cx)] : told
      },
    },
    'sop drop': {
      summary: { zh: '删掉在聊天里加的一条', en: 'Delete a post that was put in from chat' },
      role: 'admin',
      args: { id: postId },
      run: ({ id }, cx) => drop(id, cx),
    },
    'sop export': {
      summary: { zh: '把在聊天里加的列成 sop.yaml 的写法', en: 'List what was put in from chat as sop.yaml takes it' },
      role: 'helper',
      args: {},
      run: (_, cx) => cx.replyText(exportText(cx)),
    },
    'sop skip': {
      summary: { zh: '跳过一条内容的下一次', en: 'Leave out the next time of a post' },
      role: 'admin',
      args: { id: postId, group: arg.optional(arg.group()) },
      run: ({ id, group }, cx) => withPost(id, cx, (places) => cx.replyText(skip(id, places, cx)), group?.id),
    },
    'sop unskip': {
      summary: { zh: '收回跳过，照常发', en: 'Take a skip back' },
      role: 'admin',
      args: { id: postId, group: arg.optional(arg.group()) },
      run: ({ id, group }, cx) => withPost(id, cx, (places) => cx.replyText(unskip(id, places, cx)), group?.id),
    },
    'sop now': {
      summary: {
        zh: '马上发一条内容；没写群就发没发成的群，都发成了就发所有群',
        en: 'Send a post now: where it failed, else everywhere',
      },
      role: 'admin',
      args: { id: postId, group: arg.optional(arg.group()) },
      run: ({ id, group }, cx) => withPost(id, cx, (places) => sendNow(id, places, cx, group !== undefined), group?.id),
    },
    'sop done': {
      summary: {
        zh: '要人做的事做完了，后面可以写反馈；不做了就写「不做了」',
        en: 'What a person had to do is done; feedback may follow, or “cancelled”',
      },
      role: 'helper',
      args: { id: postId, feedback: arg.optional(feedback) },
      run: ({ id, feedback = '' }, cx) => done(id, feedback.trim(), cx),
    },
    'sop feedback': {
      summary: { zh: '反馈表：时间、内容、负责人、反馈', en: 'The table of feedback: time, content, owner, feedback' },
      role: 'helper',
      args: {},
      run: (_, cx) => feedbackTable(cx),
    },
  },
})

function withPost<R>(id: string, cx: Cx, use: (places: readonly [Place, ...Place[]]) => R, only?: GroupId) {
  const [first, ...others] = placesOf(id, cx, only)
  if (first) return use([first, ...others])
  const known = cx.members.groups().flatMap((group) => postsOf(cx.inGroup(group.id)).map(({ post }) => post.id))
  const list = [...new Set(known)].join(cx.text('and'))
  return cx.reply(known.includes(id) ? 'notInGroup' : 'noPost', { post: id, known: list })
}

/** What waits for a word is let go; else the next slots are claimed so that nothing sends them. */
function skip(id: string, places: readonly Place[], cx: Cx): string {
  const { tables, text, now } = cx
  const asked = slotsOf(id, places, cx).filter(([, { state }]) => state === 'asked')
  for (const [key, slot] of asked) tables.noteSlots.set(key, { ...slot, state: 'skipped', at: now })
  if (asked.length > 0) return text('skippedAsked', { post: id, count: asked.length })
  const whens = places.flatMap(({ ready, here, group }) => {
    let slot = nextSlot([ready], now, whereOf(here))
    while (slot && tables.noteSlots.get(slotKey(group, slot))) slot = nextSlot([ready], slot.due, whereOf(here))
    if (!slot) return []
    note(slot, group, here, 'skipped')
    return [whenOf(slot)]
  })
  if (whens.length === 0) return text('noNextToSkip', { post: id })
  return text('skippedNext', { post: id, when: [...new Set(whens)].join(text('and')), count: whens.length })
}

/** Skips that are still to come are taken back; of one that was let go after it was missed, `/sop now` is the way. */
function unskip(id: string, places: readonly Place[], cx: Cx): string {
  const { tables, text, now } = cx
  const skipped = slotsOf(id, places, cx).filter(([, { state, due }]) => state === 'skipped' && due > now)
  for (const [key] of skipped) tables.noteSlots.delete(key)
  if (skipped.length === 0) return text('noSkip', { post: id })
  const whens = [...new Set(skipped.map(([, { when }]) => when))].sort().join(text('and'))
  const count = new Set(skipped.map(([key]) => key.slice(0, key.indexOf('/')))).size
  return text('unskipped', { post: id, when: whens, count })
}

function slotsOf(id: string, places: readonly Place[], { tables }: Cx): [string, SlotRecord][] {
  return places.flatMap(({ group }) => [...tables.noteSlots.entries(group)].filter(([, { post }]) => post === id))
}

function sendNow(id: string, all: readonly [Place, ...Place[]], cx: Cx, isOneGroup: boolean) {
  const { tables, text, now } = cx
  const failed = slotsOf(id, all, cx).filter(
    ([, { state, due }]) => state === 'asked' || (unresolved.includes(state) && due > now - DAY),
  )
  const groups = new Set(failed.map(([key]) => key.slice(0, key.indexOf('/'))))
  const places = isOneGroup || failed.length === 0 ? all : all.filter(({ group }) => groups.has(group))
  const seen = places.map(({ here, group }) => factsOf(here, group))
  const doubts = [
    ...(places.some(({ here }) => here.isQuiet(now)) ? [text('nowQuiet')] : []),
    ...(seen.some((facts) => sentOn(facts, facts.here.today) >= facts.here.config.limits.perDay)
      ? [text('nowMany')]
      : []),
    ...(seen.some(isCrowded) ? [text('nowCrowded')] : []),
  ]
  for (const [key, slot] of failed) tables.noteSlots.set(key, { ...slot, state: 'resent', at: now })
  const messages = places.flatMap((place) =>
    claim(slotNow(place), place.here, place.group, keyByHand(place.group, id, now), QUEUE, true),
  )
  const names = places.map(({ here, group }) => here.group?.name ?? group)
  const { post } = all[0].ready
  const told = speaks(post)
    ? [cx.replyText([text('sendingNow', { post: id, groups: names.join(text('and')) }), ...doubts].join('\n'))]
    : []
  if (post.human === undefined) return [...messages, ...told]
  // A task that is open already is not opened twice.
  const task = tables.noteTasks.get(id)
    ? remind(id, cx)
    : openTasks(new Map([[id, { slot: slotNow(all[0]), groups: names }]]), cx)
  return [...messages, ...told, ...[task ?? []].flat()]
}
