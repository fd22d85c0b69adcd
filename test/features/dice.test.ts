// Dice against the bot and against each other: fair, seeded, and nobody can play for somebody else.
import { describe, expect, it } from 'vitest'
import { Chat } from '../support/chat.ts'

describe('dice', () => {
  it('rolls against the bot and gives the prize to who wins', () => {
    const g = new Chat({ config: { dice: { prize: 2, roundsADay: 40 }, points: { message: { points: 0 } } } })
    const answers = Array.from({ length: 40 }, () => g.says('小明', '骰子')[0] ?? '')
    const wins = answers.filter((answer) => answer.includes('你赢啦 +2 分')).length
    expect(wins).toBeGreaterThan(5)
    expect(g.says('小明', '积分')).toEqual([`小明 现在有 ${wins * 2} 分，今天得了 ${wins * 2} 分。`])
    expect(g.says('小明', '骰子')).toEqual(['小明 今天的 40 次玩完了，明天再来。'])
    g.tomorrow()
    expect(g.says('小明', '骰子')[0]).toMatch(/^小明 [⚀-⚅][1-6] /)
  })

  it('is played between two members, and only the challenged one can accept', () => {
    const g = new Chat({ members: ['小明', '阿花', '大刘'] })
    expect(g.says('小明', '骰子 @阿花')).toEqual(['🎲 小明 向 @阿花 挑战！180 秒内回复「应战」开掷。'])
    expect(g.says('大刘', '骰子 @阿花')).toEqual(['这里已经有一场挑战在等人应战，稍等一下。'])
    expect(g.says('大刘', '应战')).toEqual([])
    expect(g.says('阿花', '应战')[0]).toMatch(/^🎲 小明 [⚀-⚅][1-6] 对 阿花 [⚀-⚅][1-6]/)
    expect(g.says('阿花', '应战')).toEqual([])
    expect(g.after('5m')).toEqual([])
  })

  it('withdraws a challenge that nobody takes up', () => {
    const g = new Chat()
    g.says('小明', '骰子 @阿花')
    expect(g.after('3m')).toEqual(['阿花 没有应战，小明 的挑战先收回啦。'])
  })

  it('knows neither strangers nor oneself', () => {
    const g = new Chat()
    expect(g.says('小明', '骰子 @路人')).toEqual(['没找到要挑战的人。写「骰子 @昵称」试试。'])
    expect(g.says('小明', '骰子 @小明')).toEqual(['和自己掷不算数，换个人挑战吧。'])
  })
})
