// The menu names what is switched on in that group, in the operator's words.
import { expect, it } from 'vitest'
import { Chat } from '../support/chat.ts'

it('is shown to a group that pats the bot, once a while', () => {
  const g = new Chat()
  expect(g.pats()[0]).toContain('可以这样叫我')
  expect(g.pats()).toEqual([])
  g.after('11m')
  expect(g.pats()).toHaveLength(1)
})

it('lists what is on here, by the words that the operator chose', () => {
  const g = new Chat({
    groups: ['玩的群', '静的群'],
    config: {
      dice: { words: { roll: ['掷一把'] } },
      groups: { groups: [{ name: '玩的群' }, { name: '静的群', features: { dice: false } }] },
    },
  })
  expect(g.says('小明', '菜单')[0]).toContain('「掷一把」和我掷骰子')
  expect(g.says('小明', '菜单', { group: '静的群' })[0]).not.toContain('骰子')
  expect(g.says('小明', '掷一把', { group: '静的群' })).toEqual([])
})
