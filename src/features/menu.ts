// What members may say to the bot: the menu, put together from the features that are switched on, and a question to who mistyped a word.
import { z } from 'zod'
import { soundKey } from '../adfilter/model.ts'
import { feature } from '../core/feature/feature.ts'
import { houseOf } from '../core/feature/house.ts'
import { canonical, withoutEnd } from '../core/lib/text.ts'
import { table } from '../core/feature/tables.ts'

/** A slip is the whole message, and short. */
const han = /^\p{Script=Han}{2,8}$/u
/** 几分 is a question, though it sounds like 积分. */
const asks = /[几多少什么谁哪吗]/u

/** The menu is shown so often at most to a group that pats the bot (ms). */
const PATTED_EVERY = 10 * 60_000

export const menu = feature({
  name: 'menu',
  summary: { zh: '成员菜单', en: 'Member menu' },
  config: z.strictObject({}),
  tables: {
    /** When a group was last shown the menu for a pat (拍一拍); the key is the group. */
    notePats: table(z.strictObject({ at: z.int() }), { kind: 'note' }),
  },
  words: {
    menu: {
      say: [
        ...[
          '菜单',
          '帮助',
          '帮助菜单',
          '菜单帮助',
          'help',
          'menu',
          '怎么玩',
          '功能',
          '功能菜单',
          '有什么功能',
          '你会什么',
          '你会干什么',
          '你会做什么',
        ],
        ...[
          '你能做什么',
          '你能干什么',
          '你有什么功能',
          '你有哪些功能',
          '有哪些功能',
          '有啥功能',
          '你会啥',
          '你能干啥',
          '你能做啥',
        ],
      ],
      en: ['menu', 'help'],
      look: true,
    },
  },
  texts: {
    zh: {
      title: '我是群助手机器人，可以这样叫我：',
      empty: '我是群助手机器人，这里暂时没有开放的功能。',
      meant: '是想「{{word}}」吗？',
    },
    en: {
      title: 'I am the group’s helper bot. You can send:',
      empty: 'I am the group’s helper bot. Nothing is switched on here for now.',
      meant: 'Did you mean “{{word}}”?',
    },
  },
  onWord: {
    menu({ group }, cx) {
      const { text, reply, replyText } = cx
      const lines = houseOf(cx).menu(group)
      return lines.length > 0 ? replyText([text('title'), ...lines].join('\n')) : reply('empty')
    },
  },
  onPatted({ group }, cx) {
    const { now, tables, text, replyText } = cx
    if (now - (tables.notePats.get(group)?.at ?? -Infinity) < PATTED_EVERY) return
    tables.notePats.set(group, { at: now })
    const lines = houseOf(cx).menu(group)
    return lines.length > 0 ? replyText([text('title'), ...lines].join('\n')) : undefined
  },
  answer({ kind, text, group }, cx) {
    const typed = kind === 'text' && text.length <= 20 ? withoutEnd(canonical(text)) : ''
    if (!han.test(typed) || asks.test(typed)) return
    const word = bySound(houseOf(cx).spellings(group)).get(soundKey(typed))
    // One character at least is right, or it is another word that only sounds so.
    return word !== undefined && [...word].some((char) => typed.includes(char)) ? cx.hint('meant', { word }) : undefined
  },
})

const known = new WeakMap<readonly string[], ReadonlyMap<string, string>>()

/** Words by how they sound. */
function bySound(words: readonly string[]): ReadonlyMap<string, string> {
  const sounds =
    known.get(words) ?? new Map(words.filter((word) => han.test(word)).map((word) => [soundKey(word), word]))
  known.set(words, sounds)
  return sounds
}
