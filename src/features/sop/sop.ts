// Content by the calendar: posts that go out by themselves at their times, each at most once and none missed in silence.
import { arg } from '../../core/feature/arguments.ts'
import type { GroupId } from '../../core/types/ids.ts'
import { feature } from '../../core/feature/feature.ts'
import { nextSlot } from './calendar.ts'
import { check } from './checks.ts'
import { speaks } from './content.ts'
import { placesOf, preview, slotNow, todayText, weekText, type Place } from './lists.ts'
import { onResulted, tell } from './reports.ts'
import { claim, isCrowded, isTooActive, look, sentOn } from './sending.ts'
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
import { markDone, openTasks, remind } from './tasks.ts'

const DAY = 86_400_000
/** So long what a command sends may wait in the queue. */
const QUEUE = 30 * 60_000

const postId = arg.text({ zh: '编号', en: 'id' }, { zh: '早安', en: 'morning' })
const unresolved: readonly State[] = ['missed', 'asked', 'uncertain', 'refused', 'paused']

export const sop = feature({
  name: 'sop',
  summary: { zh: '按日历自动发内容', en: 'Posts by the calendar' },
  ...parts,
  check,
  counted: { label: { zh: '定时', en: 'posts' }, of: ({ posts }) => posts.length },

  onLoaded: (_event, cx) => look(cx),
  onResulted,
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
      summary: { zh: '接下来七天发什么', en: 'What is posted in the next seven days' },
      role: 'helper',
      args: {},
      run: (_, cx) => cx.replyText(weekText(cx)),
    },
    'sop preview': {
      summary: { zh: '先看一条内容的样子，只发在这里', en: 'Show a post here before members see it' },
      role: 'helper',
      args: { id: postId },
      run: ({ id }, cx) => withPost(id, cx, (places) => preview(places, cx)),
    },
    'sop pause': {
      summary: { zh: '暂停所有定时内容', en: 'Pause all posts' },
      role: 'admin',
      args: {},
      run(_, { tables, now, reply }) {
        if (tables.paused.get('all')) return reply('pausedAlready')
        tables.paused.set('all', { since: now })
        return reply('pausedDone')
      },
    },
    'sop resume': {
      summary: { zh: '恢复定时内容', en: 'Go on with posts after a pause' },
      role: 'admin',
      args: {},
      run(_, { tables, text, reply }) {
        const paused = tables.paused.get('all')
        if (!paused) return reply('notPaused')
        tables.paused.delete('all')
        const missed = [...tables.noteSlots.entries()].filter(
          ([, { state, due }]) => state === 'paused' && due >= paused.since,
        )
        const posts = [...new Set(missed.map(([, { post }]) => post))].join(text('and'))
        return missed.length === 0 ? reply('resumed') : reply('resumedMissed', { count: missed.length, posts })
      },
    },
    'sop skip': {
      summary: { zh: '跳过一条内容的下一次', en: 'Leave out the next time of a post' },
      role: 'admin',
      args: { id: postId, group: arg.optional(arg.group()) },
      run: ({ id, group }, cx) => withPost(id, cx, (places) => cx.replyText(skip(id, places, cx)), group?.id),
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
      summary: { zh: '标记要人做的事已做完', en: 'Mark what a person had to do as done' },
      role: 'helper',
      args: { id: postId },
      run({ id }, cx) {
        const open = [...cx.tables.noteTasks.entries()].map(([key]) => key).sort()
        const isDone = markDone(id, cx)
        return cx.reply(isDone ? 'taskDone' : 'noTask', {
          post: id,
          open: open.join(cx.text('and')) || cx.text('none'),
        })
      },
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

function slotsOf(id: string, places: readonly Place[], { tables }: Cx): [string, SlotRecord][] {
  return places.flatMap(({ group }) => [...tables.noteSlots.entries(group)].filter(([, { post }]) => post === id))
}

function sendNow(id: string, all: readonly [Place, ...Place[]], cx: Cx, isOneGroup: boolean) {
  const { tables, text, now, house } = cx
  const failed = slotsOf(id, all, cx).filter(
    ([, { state, due }]) => state === 'asked' || (unresolved.includes(state) && due > now - DAY),
  )
  const groups = new Set(failed.map(([key]) => key.slice(0, key.indexOf('/'))))
  const places = isOneGroup || failed.length === 0 ? all : all.filter(({ group }) => groups.has(group))
  const doubts = [
    ...(places.some(({ here }) => house.isQuiet(now, here.timezone)) ? [text('nowQuiet')] : []),
    ...(places.some(({ here, group }) => sentOn(here, group) >= here.config.limits.perDay) ? [text('nowMany')] : []),
    ...(places.some(({ here, group }) => isCrowded(here, group)) ? [text('nowCrowded')] : []),
    ...(places.some((place) => isTooActive(slotNow(place), place.here, place.group, 1)) ? [text('nowActive')] : []),
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
