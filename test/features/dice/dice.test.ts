// Dice: against the bot, a duel, a round of all, and guessing a sum.
import { describe, expect, it } from 'vitest'
import { Chat } from '../../support/chat.ts'

// Playing this fast would look like a flood.
const quiet = { points: { message: { points: 0 } }, order: { enabled: false } }
const three = ['小明', '阿花', '大刘']

function pointsOf(g: Chat, name: string): number {
  return Number(/有 (\d+) 分/.exec(g.says(name, '积分')[0] ?? '')?.[1])
}

describe('dice', () => {
  it('roll against the bot and give the prize to who wins', () => {
    const dice = { roundsADay: 40, prizesADay: 40 }
    const g = new Chat({ config: { ...quiet, points: { message: { points: 0 }, caps: {} }, dice } })
    const answers = Array.from({ length: 40 }, () => g.says('小明', '骰子')[0] ?? '')
    const wins = answers.filter((answer) => answer.includes('你赢啦 +2 分')).length
    expect(wins).toBeGreaterThan(5)
    expect(pointsOf(g, '小明')).toBe(wins * 2)
    expect(g.says('小明', '骰子')).toEqual(['小明 今天的 40 局玩完了，明天再来。'])
    expect(g.says('小明', '骰子')).toEqual([])
    g.tomorrow()
    expect(g.says('小明', '骰子')[0]).toMatch(/^小明 [⚀-⚅][1-6] /)
  })

  it('give no more prizes a day than settled', () => {
    const g = new Chat({ config: { ...quiet, dice: { prizesADay: 1, roundsADay: 40 } } })
    const answers = Array.from({ length: 40 }, () => g.says('小明', '骰子')[0] ?? '')
    expect(answers.filter((answer) => answer.includes('+2 分'))).toHaveLength(1)
    // From then on it says so before anything is rolled.
    expect(answers.filter((answer) => answer === '小明 今天的骰子奖拿满了，明天再来。')).toHaveLength(1)
    expect(answers.filter((answer) => answer.includes('你赢啦'))).toHaveLength(1)
    expect(pointsOf(g, '小明')).toBe(2)
  })

  it('may give coupons, or nothing', () => {
    const coupons = { kinds: { 小券: { value: '减3', valid: { days: 7 } } } }
    const dice = { prize: { coupon: '小券', count: 1 }, duelPrize: false, roundsADay: 40 }
    const g = new Chat({ config: { ...quiet, coupons, dice } })
    const answers = Array.from({ length: 30 }, () => g.says('小明', '骰子')[0] ?? '')
    expect(answers.some((answer) => answer.endsWith('你赢啦 +「小券」一张'))).toBe(true)
    expect(g.says('小明', '我的券')[0]).toContain('小券')
    let duel = ''
    for (let i = 0; i < 20 && !duel.includes('赢了'); i++) {
      g.says('阿花', '骰子 @小明')
      duel = g.says('小明', '应战')[0] ?? ''
    }
    expect(duel).toMatch(/赢了！$/)
  })
})

describe('prizes among members', () => {
  it('come from a pot a day, and that it is empty is said before', () => {
    const g = new Chat({ config: { ...quiet, dice: { potADay: 5, roundsADay: 40 } }, members: three })
    let duel = ''
    for (let i = 0; i < 20 && !duel.includes('赢了 +5 分'); i++) {
      expect(g.says('小明', '骰子 @阿花')[0]).toContain('赢的得 5 分')
      duel = g.says('阿花', '应战')[0] ?? ''
    }
    expect(g.says('小明', '骰子 @阿花')[0]).toContain('今天的奖池送完了')
    duel = g.says('阿花', '应战')[0] ?? ''
    expect(duel).not.toContain('+5')
    expect(pointsOf(g, '小明') + pointsOf(g, '阿花')).toBe(5)
    g.tomorrow()
    expect(g.says('小明', '骰子 @阿花')[0]).toContain('赢的得 5 分')
  })

  it('are set aside when they are coupons', () => {
    const coupons = { kinds: { 小券: { value: '减3', valid: { days: 7 }, stock: 1 } }, alarmAt: 0 }
    const g = new Chat({ config: { ...quiet, coupons, dice: { roundPrize: { coupon: '小券' } } }, members: three })
    expect(g.says('小明', '比大小')[0]).toContain('「小券」一张')
    expect(g.admin('/coupons give 大刘 小券 谢谢')[0]).not.toContain('已发')
    g.says('阿花', '掷')
    expect(g.after('2m').join()).toContain('「小券」一张')
    expect(g.says('小明', '比大小')[0]).toContain('奖池送完了')
  })

  it('are capped by a day’s points, which is said when somebody joins in', () => {
    const config = { ...quiet, points: { message: { points: 0 }, caps: { dice: 4 } } }
    const g = new Chat({ config, members: three })
    expect(g.says('小明', '比大小')[0]).toContain('今天的奖已拿满，只图热闹')
  })

  it('WeChat’s own dice are a throw', () => {
    const g = new Chat({ config: quiet, members: three })
    expect(g.says('阿花', '[骰子]', { kind: 'sticker' })).toEqual([])
    g.says('小明', '比大小')
    expect(g.says('阿花', '[骰子]', { kind: 'sticker' })[0]).toContain('阿花 掷出')
    expect(g.says('大刘', '[猜拳]', { kind: 'sticker' })[0]).toContain('大刘 掷出')
  })
})

describe('a duel', () => {
  it('is played between two members, and only the challenged one can accept', () => {
    const g = new Chat({ members: three })
    expect(g.says('小明', '骰子 @阿花')).toEqual(['🎲 小明 向 @阿花 挑战！180 秒内回复「应战」开掷，赢的得 5 分。'])
    expect(g.says('大刘', '骰子 @阿花')).toEqual(['这里有一场挑战在等人应战，稍等一下。'])
    expect(g.says('大刘', '应战')).toEqual([])
    expect(g.says('阿花', '应战')[0]).toMatch(/^🎲 小明 [⚀-⚅][1-6] 对 阿花 [⚀-⚅][1-6]/)
    expect(g.says('阿花', '应战')).toEqual([])
    expect(g.after('5m')).toEqual([])
  })

  it('is withdrawn when nobody takes it up', () => {
    const g = new Chat()
    g.says('小明', '骰子 @阿花')
    expect(g.after('3m')).toEqual(['阿花 没有应战，小明 的挑战先收回啦。'])
  })

  it('knows neither strangers nor oneself, and hints at it once a minute', () => {
    const g = new Chat()
    expect(g.says('小明', '骰子 @路人')).toEqual(['没找到要挑战的人。写「骰子 @昵称」试试。'])
    expect(g.says('小明', '骰子 @小明')).toEqual([])
    g.after('1m')
    expect(g.says('小明', '骰子 @小明')).toEqual(['和自己掷不算数，换个人挑战吧。'])
  })
})

describe('a round of all', () => {
  it('is won by the highest when its time is over', () => {
    const g = new Chat({ members: three, config: quiet })
    expect(g.says('小明', '比大小')[0]).toMatch(
      /^🎲 小明 开了一局比大小，先掷出 [⚀-⚅]{3} \d+。\n60 秒内回复「掷」加入，点数最大的赢，得 5 分。$/u,
    )
    expect(g.says('阿花', '掷！')[0]).toMatch(/^阿花 掷出 [⚀-⚅]{3} \d+$/u)
    expect(g.says('阿花', '掷')).toEqual(['阿花 这局已经掷过了，等开奖吧。'])
    g.says('大刘', '我掷')
    expect(g.says('大刘', '猜点数')).toEqual(['这里正在比大小，回复「掷」就能加入。'])
    const [result = '', ...more] = g.after('1m')
    expect(more).toEqual([])
    const lines = result.split('\n')
    const sums = lines.slice(1, 4).map((line) => Number(/(\d+)$/.exec(line)?.[1]))
    expect(sums).toEqual([...sums].sort((a, b) => b - a))
    expect(lines[0]).toBe('🎲 时间到，3 人掷了：')
    const winner = /^🥇 @(\S+) 赢了 \+5 分$/.exec(lines.at(-1) ?? '')?.[1] ?? ''
    if (!result.includes('同点加掷')) expect(lines[1]).toContain(winner)
    expect(three.map((name) => pointsOf(g, name))).toEqual(three.map((name) => (name === winner ? 5 : 0)))
    expect(g.says('阿花', '掷')).toEqual([])
  })

  it('settles every tie, and somebody always wins', () => {
    let ties = 0
    for (let i = 0; i < 40; i++) {
      const g = new Chat({ members: three, config: quiet, seed: `tie ${i}` })
      g.says('小明', '比大小')
      g.says('阿花', '掷')
      const [result = ''] = g.after('1m')
      expect(result).toMatch(/🥇 @(小明|阿花) 赢了 \+5 分$/)
      if (result.includes('同点加掷：')) ties++
    }
    expect(ties).toBeGreaterThan(0)
  })

  it('does not count for one alone', () => {
    const g = new Chat({ config: quiet })
    g.says('小明', '比大小')
    expect(g.after('1m')).toEqual(['🎲 时间到，只有 小明 一个人掷，这局不算，下次叫上邻居。'])
    expect(pointsOf(g, '小明')).toBe(0)
  })
})

describe('guessing a sum', () => {
  it('is won by the nearest, and each number is taken once', () => {
    const g = new Chat({ members: three, config: quiet })
    expect(g.says('小明', '猜 10')).toEqual([])
    expect(g.says('小明', '猜点数')).toEqual([
      '🎲 小明 开了一局猜点数：我掷三个骰子，猜加起来是几（3 到 18）。\n60 秒内回复「猜 10」，最接近的赢，得 5 分。',
    ])
    expect(g.says('阿花', '猜猜今天有什么菜')).toEqual([])
    expect(g.says('小明', '猜10')).toEqual(['小明 猜 10'])
    expect(g.says('阿花', '猜 １０')).toEqual(['10 已经有人猜了，换一个数。'])
    expect(g.says('阿花', '我猜 14')).toEqual(['阿花 猜 14'])
    expect(g.says('大刘', '猜 19')).toEqual(['写法：「猜 10」，3 到 18 的一个数。'])
    expect(g.says('小明', '猜 11')).toEqual(['小明 这局已经猜了 10。'])
    const [result = ''] = g.after('1m')
    const sum = Number(/^🎲 开：[⚀-⚅]{3} (\d+)\n/u.exec(result)?.[1])
    const winner = Math.abs(sum - 10) <= Math.abs(sum - 14) ? '小明' : '阿花'
    expect(result).toContain(`🥇 @${winner} 猜 ${winner === '小明' ? 10 : 14}，`)
    expect(result).toContain(sum === 10 || sum === 14 ? '一点不差，赢了 +5 分' : '最接近，赢了 +5 分')
    expect(pointsOf(g, winner)).toBe(5)
  })

  it('tells the sum also when nobody or only one guessed', () => {
    const g = new Chat({ config: quiet })
    g.says('小明', '猜点数')
    expect(g.after('1m')[0]).toMatch(/^🎲 时间到，没有人猜，我掷的是 [⚀-⚅]{3} \d+。$/u)
    g.says('小明', '猜点数')
    g.says('小明', '猜 3')
    expect(g.after('1m')[0]).toContain('只有 小明 一个人猜，这局不算')
    expect(pointsOf(g, '小明')).toBe(0)
  })

  it('is for groups only, and one may open so many games a day', () => {
    const g = new Chat({ config: { ...quiet, dice: { roundsADay: 2 } } })
    expect(g.tells('小明', '比大小')).toEqual(['这个要在群里玩。'])
    for (const word of ['比大小', '猜点数']) {
      g.says('小明', word)
      g.after('1m')
    }
    expect(g.says('小明', '比大小')).toEqual(['小明 今天的 2 局玩完了，明天再来。'])
    expect(g.says('阿花', '比大小')[0]).toContain('阿花 开了一局')
  })
})
