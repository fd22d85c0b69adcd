// The member menu: what the bot can do here, made from what is switched on.
import { z } from 'zod'
import { feature } from '../core/feature/feature.ts'

export const menu = feature({
  name: 'menu',
  summary: { zh: '成员菜单', en: 'Member menu' },
  config: z.strictObject({}),
  words: {
    menu: {
      say: [
        '菜单',
        '帮助',
        '怎么玩',
        '功能',
        '功能菜单',
        '有什么功能',
        '你会什么',
        '你会干什么',
        '你能做什么',
        '你能干什么',
      ],
      en: ['menu', 'help'],
      look: true,
    },
  },
  texts: {
    zh: { title: '我是群助手机器人，可以这样叫我：', empty: '我是群助手机器人，这里暂时没有开放的功能。' },
    en: {
      title: 'I am the group’s helper bot. You can send:',
      empty: 'I am the group’s helper bot. Nothing is switched on here for now.',
    },
  },
  onWord: {
    menu({ group }, { house, text, reply, replyText }) {
      const lines = house.menu(group)
      return lines.length > 0 ? replyText([text('title'), ...lines].join('\n')) : reply('empty')
    },
  },
})
