// The quiz in conversations: rounds, first right or all in time, prizes, files, and a restart in the middle.
import { describe, expect, it } from 'vitest'
import { Engine, tablesOf } from '../../../src/core/engine/engine.ts'
import type { Event } from '../../../src/core/types/event.ts'
import { Tables } from '../../../src/core/feature/tables.ts'
import { features } from '../../../src/features/index.ts'
import { Chat, settingsFrom, type ChatOptions } from '../../support/chat.ts'

const banana = { question: '香蕉怎么放？', options: ['冷藏', '常温'], answer: 'B', explain: '香蕉怕冷。' }
const terms = { question: '一年有几个节气？', answer: 24, unit: '个' }
const tomato = { question: '番茄又叫什么？', answer: ['西红柿'] }
const eggs = { question: '蛋壳越深越有营养。', answer: false }

/** A quiz with the questions of one file. */
function chat(questions: readonly object[], quiz: object = {}, options: ChatOptions = {}): Chat {
  const { config, ...rest } = options
  return new Chat({
    members: ['小明', '阿花', '大刘'],
    files: { 'q.yaml': JSON.stringify(questions) },
    config: {
      quiz: { files: ['q.yaml'], ...quiz },
      points: { message: { points: 0 } },
      // No time passes between answers here, which would look like a flood.
      order: { enabled: false },
      ...config,
    },
    ...rest,
  })
}

/** What makes the question on the table be answered right. */
function rightTo(shown: string): string {
  if (shown.includes('香蕉')) return 'Ｂ'
  if (shown.includes('节气')) return '二十四'
  return shown.includes('番茄') ? '西紅柿' : '错'
}

describe('a round for the first right answer', () => {
  it('is started by word, goes on from question to question, and ends with the board', () => {
    const g = chat([banana], { questions: 1 })
    expect(g.says('小明', '答题')).toEqual([
      '🎉 小明 开始答题：1 题，每题最先答对的得 5 分。\n\n📝 第 1/1 题 · 30 秒 · 回复字母，只算第一次\n香蕉怎么放？\nA 冷藏　B 常温',
    ])
    expect(g.says('阿花', '选A')).toEqual([])
    expect(g.says('大刘', '我觉得香蕉要常温')).toEqual([])
    expect(g.says('大刘', 'B。')).toEqual(['✅ 大刘 答对：B 常温，+5 分\n香蕉怕冷。\n\n🏁 答题结束\n🥇 @大刘 对 1 题'])
    expect(g.says('小明', 'B')).toEqual([])
    expect(g.says('大刘', '积分')[0]).toContain('有 5 分')
    expect(g.after('1h')).toEqual([])
    expect(g.errors).toEqual([])
  })

  it('counts the first answer of each person, and says so at most once a minute', () => {
    const g = chat([banana])
    g.says('小明', '答题')
    expect(g.says('阿花', 'A')).toEqual([])
    expect(g.says('阿花', 'B')).toEqual(['阿花 这题已经答过，只算第一次，等下一题吧。'])
    expect(g.says('阿花', 'B')).toEqual([])
    expect(g.says('小明', 'E')).toEqual(['这题的选项是 A 到 B。'])
    expect(g.says('小明', '答题')).toEqual([])
    expect(g.says('大刘', '答题')).toEqual(['答题进行中，现在是第 1/1 题，直接回复答案就好。'])
    expect(g.after('30s')[0]).toContain('⏰ 时间到，没人答对。答案：B 常温\n香蕉怕冷。\n\n🏁 答题结束，这轮没有人答对')
  })

  it('takes every kind of question, and answers only to answers', () => {
    const g = chat([banana, terms, tomato, eggs], { best: { points: 3 } })
    let [shown = ''] = g.says('小明', '答题')
    for (let no = 1; no <= 4; no++) {
      expect(shown).toContain(`第 ${no}/4 题`)
      expect(g.says('阿花', '今天几点关门')).toEqual([])
      ;[shown = ''] = g.says(no === 1 ? '阿花' : '小明', rightTo(shown.slice(shown.indexOf('📝'))))
    }
    expect(shown).toContain('🏁 答题结束\n🥇 @小明 对 3 题\n🥈 阿花 对 1 题\n🎁 小明 答对最多，另得 3 分')
    expect(g.says('小明', '积分')[0]).toContain('有 18 分')
  })

  it('asks no question twice before all were asked', () => {
    const g = chat([banana, terms, tomato, eggs], { questions: 3, membersRounds: 50 })
    const asked: string[] = []
    for (let round = 0; round < 8; round++) {
      let [shown = ''] = g.says('小明', '答题')
      const inRound: string[] = []
      while (shown.includes('📝')) {
        const question = shown.slice(shown.indexOf('📝')).split('\n')[1] ?? ''
        inRound.push(question)
        ;[shown = ''] = g.says('小明', rightTo(question))
      }
      expect(new Set(inRound).size).toBe(3)
      asked.push(...inRound)
    }
    expect(new Set(asked.slice(0, 4)).size).toBe(4)
    expect(asked).toHaveLength(24)
  })

  it('ends when nobody takes part', () => {
    const g = chat([banana, terms, tomato, eggs])
    g.says('小明', '答题')
    const said = g.after('10m')
    expect(said).toHaveLength(3)
    expect(said[2]).toContain('🏁 大家在忙，答题先到这里。想玩再回复「答题」。')
  })
})

describe('a round for all in time', () => {
  it('says nothing before the time is over, and rewards everybody once', () => {
    const g = chat([banana], { winners: 'all' })
    expect(g.says('小明', '答题')[0]).toContain('1 题，每题时间内答对的都得 5 分。')
    for (const name of ['小明', '阿花']) expect(g.says(name, 'b')).toEqual([])
    expect(g.says('大刘', 'A')).toEqual([])
    g.says('大刘', 'B')
    const [result] = g.after('30s').filter((said) => said.includes('✅'))
    expect(result).toContain('✅ 小明、阿花 答对：B 常温，每人 +5 分')
    expect(result).toContain('🥇 @小明 对 1 题\n🥈 阿花 对 1 题')
    expect(g.says('大刘', '积分')[0]).toContain('有 0 分')
  })

  it('or for the first few, and then it does not wait', () => {
    const g = chat(
      [banana],
      { winners: 2, prize: { coupon: '小券', count: 1 } },
      {
        config: { coupons: { kinds: { 小券: { value: '减3', valid: { days: 7 }, perMember: 1 } } } },
      },
    )
    expect(g.says('小明', '答题')[0]).toContain('每题最先答对的 2 人得 「小券」一张')
    g.says('阿花', 'B')
    expect(g.says('小明', 'B')[0]).toContain('✅ 阿花、小明 答对：B 常温，每人 +「小券」一张')
    expect(g.says('小明', '我的券')[0]).toContain('小券')
    g.says('大刘', '答题')
    g.says('阿花', 'B')
    expect(g.says('大刘', 'B')[0]).toContain('，大刘 +「小券」一张（其他人这种券已经拿满）')
    g.says('大刘', '答题')
    g.says('阿花', 'B')
    expect(g.says('小明', 'B')[0]).toContain('答对：B 常温，不过这种券已经拿满了')
  })
})

describe('a round is an activity', () => {
  const coupons = { kinds: { 小券: { value: '减3', valid: { days: 7 }, stock: 3 } } }
  const prize = { coupon: '小券', count: 1 }

  it('is opened by a line, shown, listed, exported and closed by its number', () => {
    const g = chat([banana, terms, tomato, eggs])
    const [shown = '', told] = g.admin('/quiz new 周五答题 题数 3 群 福利群')
    expect(shown).toContain('→福利群 🎉 周五答题开始：3 题，每题最先答对的得 5 分。\n\n📝 第 1/3 题')
    expect(told).toBe('答题「周五答题」 #1 已在「福利群」开始。/show 1 · /prolong 1 时间 · /close 1 · /cancel 1 原因')
    expect(g.says('小明', '活动')).toEqual(['现在可以参加：\n#1 答题「周五答题」：直接回复答案'])
    g.says('小明', rightTo(shown))
    expect(g.admin('/list 1')[0]).toContain('1. 小明 1')
    expect(g.admin('/show 1')[0]).toContain('· 小明 对 1 题')
    expect(g.admin('/export 1').join('\n')).toContain('小明,m1,1')
    expect(g.says('小明', '退出 1')[0]).toContain('当场就算数')
    expect(g.admin('/close 1')).toEqual([
      '→福利群 🏁 答题提前结束\n🥇 @小明 对 1 题',
      '答题「周五答题」 #1 结束了，结果会发到群里。',
    ])
    g.after('1h')
    expect(g.says('小明', '24').concat(g.says('阿花', 'B'))).toEqual([])
    expect(g.errors).toEqual([])
  })

  it('is the only one in its group, and a planned one says when it begins', () => {
    const g = chat([terms])
    g.says('小明', '答题')
    expect(g.admin('/quiz new 再来一轮')[0]).toContain('「福利群」的答题还没结束，现在是第 1/1 题。要结束就发 /close 1')
    g.admin('/quiz new 晚场 开始 21:00')
    expect(g.admin('/activities')[0]).toContain('#2 答题「晚场」（福利群）还没开始，0 人参加，11-21 21:00 开始')
    expect(g.admin('/show 第2号')[0]).toContain('#2 答题「晚场」')
    expect(g.admin('/cancel 99 写错了')).toEqual(['没有编号是 99 的活动。/activities 看全部。'])
  })

  it('is cancelled in public, and what was won stays', () => {
    const g = chat([terms, tomato])
    const [shown = ''] = g.admin('/quiz new 周五答题')
    g.says('小明', rightTo(shown))
    expect(g.admin('/cancel 1 题目错了')[0]).toContain('取消 #1')
    expect(g.admin('/yes')[0]).toContain('答题「周五答题」 #1 取消：题目错了。已经答对的奖算数')
    expect(g.says('小明', '积分')[0]).toContain('有 5 分')
    expect(g.says('阿花', '24').concat(g.says('阿花', '西红柿'))).toEqual([])
  })

  it('asks several groups the same, with one board', () => {
    const g = chat(
      [terms],
      {},
      {
        groups: ['一群', '二群'],
        config: {
          groups: {
            groups: [
              { name: '一群', tags: ['粉丝'] },
              { name: '二群', tags: ['粉丝'] },
            ],
          },
        },
      },
    )
    expect(
      g
        .admin('/quiz new 大家来答 群 粉丝')
        .slice(0, 2)
        .map((said) => said.slice(0, 12)),
    ).toEqual(['→一群 🎉 大家来答开', '→二群 🎉 大家来答开'])
    const said = g.says('小明', '24', { group: '二群' })
    expect(said).toHaveLength(2)
    expect(said[0]).toContain('🥇 @小明 对 1 题')
    expect(g.says('阿花', '24', { group: '一群' })).toEqual([])
  })

  it('sets its coupons aside, gives them whole, and is refused when they are not there', () => {
    const g = chat([banana, terms], { prize }, { config: { coupons } })
    const [shown = ''] = g.says('小明', '答题')
    expect(g.admin('/draw new 周末 小券x2 群 福利群')[0]).toContain('只剩 1 张，不够 2 张。答题 #1 占了 2 张')
    const [next = ''] = g.says('小明', rightTo(shown))
    expect(next).toContain('+「小券」一张')
    g.says('阿花', rightTo(next.slice(next.indexOf('📝'))))
    expect(g.admin('/quiz start')[0]).toBe('「小券」只剩 1 张，不够 2 张。')
    expect(g.admin('/quiz new 再来 题数 1')[0]).toContain('+「小券」'.slice(1, 5))
  })

  it('where every right answer wins, is not opened on coupons that may run out', () => {
    const g = chat([banana], { prize, winners: 'all' }, { config: { coupons } })
    expect(g.says('小明', '答题')[0]).toContain('只剩 3 张')
  })

  it('promises no points where there are none', () => {
    const g = chat([terms], {}, { config: { groups: { groups: [{ name: '福利群', features: { points: false } }] } } })
    expect(g.says('小明', '答题')[0]).toContain('每题最先答对的上榜')
    expect(g.says('小明', '24')[0]).toContain('✅ 小明 答对：24 个\n')
  })

  it('keeps conditions, and waits for the end of quiet hours', () => {
    const g = chat([terms, tomato], {}, { at: '2026-11-21T23:00:00+08:00' })
    expect(g.admin('/quiz new 早场 满 1')[0]).toContain('答题不按人数截止')
    expect(g.admin('/quiz new 早场 排除 @阿花')[0]).toContain('现在是安静时间')
    const [shown = ''] = g.until(Date.parse('2026-11-22T07:30:00+08:00'))
    expect(shown).toContain('📝 第 1/2 题')
    expect(g.says('阿花', rightTo(shown))[0]).toContain('不在 #1 的参加名单里')
    expect(g.says('小明', rightTo(shown))[0]).toContain('📝 第 2/2 题')
  })

  it('opens at the hour of the settings, and step by step', () => {
    const g = chat([terms], { scheduled: [{ line: '午间答题 题数 1', at: '12:00' }] })
    expect(g.until(Date.parse('2026-11-21T12:00:01+08:00'))[0]).toContain('🎉 午间答题开始：1 题')
    g.says('小明', '24')
    expect(g.admin('/quiz new')[0]).toContain('新答题，一步一步来')
    expect(g.admin('晚场')[0]).toContain('什么时候截止')
    g.admin('无')
    expect(g.admin('无')[0]).toContain('这样发可以吗')
    expect(g.admin('好')[0]).toContain('🎉 晚场开始')
  })
})

describe('who may start', () => {
  it('members so often a day, admins always, everywhere one round at a time', () => {
    const g = chat([terms], { membersRounds: 1 })
    expect(g.admin('/quiz start')).toEqual([
      '→福利群 🎉 答题开始：1 题，每题最先答对的得 5 分。\n\n📝 第 1/1 题 · 30 秒 · 回复几个，只算第一次\n一年有几个节气？',
      '答题「答题」 #1 已在「福利群」开始。/show 1 · /prolong 1 时间 · /close 1 · /cancel 1 原因',
    ])
    expect(g.admin('/quiz start')[0]).toContain('答题还没结束，现在是第 1/1 题')
    expect(g.admin('/quiz')).toEqual(['📝 答题\n福利群：1 题，没出过的 0 题，#1 正在第 1/1 题'])
    expect(g.admin('/quiz stop')).toEqual(['→福利群 🏁 答题提前结束', '答题「答题」 #1 结束了，结果会发到群里。'])
    expect(g.admin('/quiz stop')).toEqual(['「福利群」现在没有答题。'])
    expect(g.says('小明', '24')).toEqual([])
    g.says('小明', '抢答')
    g.says('小明', '24个')
    expect(g.says('小明', '答题')).toEqual(['今天群里的 1 轮答题玩完了，明天再来。'])
    expect(g.tells('阿花', '答题')).toEqual(['答题要在群里玩。'])
    g.tomorrow()
    expect(g.says('小明', '答题')[0]).toContain('📝')
  })

  it('group by group', () => {
    const g = chat(
      [terms],
      {},
      {
        groups: ['一群', '二群', '静群'],
        config: {
          groups: { groups: [{ name: '一群' }, { name: '二群' }, { name: '静群', features: { quiz: false } }] },
        },
      },
    )
    expect(g.admin('/quiz start')[0]).toMatch(/^在哪个群？一群（g1）、二群（g2）。/)
    expect(g.admin('/quiz start 静群')[0]).toMatch(/^「静群」没有打开答题，打开了的有：一群（g1）、二群（g2）/)
    g.admin('/quiz start 一群')
    expect(g.says('小明', '24', { group: '二群' })).toEqual([])
    expect(g.says('小明', '答题', { group: '静群' })).toEqual([])
    expect(g.says('小明', '24', { group: '一群' })[0]).toContain('✅ 小明')
  })

  it('with nothing to ask, says so', () => {
    const g = new Chat()
    expect(g.says('小明', '答题')).toEqual(['这里还没有题目。'])
    expect(g.admin('/quiz start')[0]).toContain('files 里还没写题库文件')
    expect(g.says('小明', '菜单')[0]).not.toContain('答题')
  })

  it('in the operator’s words', () => {
    const g = chat([terms], {
      words: { start: { only: ['知识问答'] } },
      texts: { question: '第 {{no}} 问：{{question}}' },
    })
    expect(g.says('小明', '答题')).toEqual([])
    expect(g.says('小明', '知识问答')[0]).toContain('\n\n第 1 问：一年有几个节气？')
  })
})

describe('a running round', () => {
  /** The bot as it is after a restart: all it knows is what was saved. */
  function restarted(g: Chat) {
    const specs = tablesOf(features)
    const tables = new Tables(specs)
    for (const [name, { schema }] of specs)
      for (const [key, record] of g.tables.table<object>(name).entries())
        tables.load(name, key, schema.parse(JSON.parse(JSON.stringify(record))))
    const engine = new Engine(features, tables, g.engine.settings)
    let seq = 1000
    const handle = (event: Event) => {
      const { effects, errors } = engine.decide(event, { now: g.now, seed: `after ${++seq}`, seq })
      expect(errors).toEqual([])
      tables.take()
      return effects.flatMap(({ planned }) => (planned.effect.type === 'say' ? [planned.effect.text] : []))
    }
    return {
      /** Time goes by, timers ring (late, when they were due before). */
      until(time: number) {
        const said: string[] = []
        for (let timer = engine.nextTimer(); timer && timer.due <= time; timer = engine.nextTimer()) {
          g.now = Math.max(g.now, timer.due)
          said.push(...handle({ type: 'woke', at: g.now, ...timer }))
        }
        g.now = time
        return said
      },
      says: (name: string, text: string) =>
        handle({
          type: 'said',
          id: `after${seq}`,
          at: g.now,
          group: g.group('福利群'),
          from: g.id(name),
          kind: 'text',
          text,
          quote: null,
          addressed: false,
        }),
    }
  }

  it('survives a restart: its question stays open for as long as the bot was away', () => {
    const g = chat([banana, terms], { winners: 'all' })
    const [shown = ''] = g.says('小明', '答题')
    g.after('12s')
    g.says('小明', rightTo(shown))
    g.now += 20 * 60_000
    const bot = restarted(g)
    expect(bot.until(g.now)).toEqual([])
    bot.says('阿花', rightTo(shown))
    expect(bot.until(g.now + 14_000)).toEqual([])
    expect(bot.until(g.now + 5_000)[0]).toContain('✅ 小明、阿花 答对')
  })

  it('knows after a restart who has answered and what was asked', () => {
    const g = chat([banana, terms], { questions: 2 })
    const [shown = ''] = g.says('小明', '答题')
    const bot = restarted(g)
    const [next = ''] = bot.says('阿花', rightTo(shown))
    expect(next).toContain('✅ 阿花 答对')
    expect(next).toContain('📝 第 2/2 题')
    expect(next.includes('香蕉怎么放')).toBe(!shown.includes('香蕉怎么放'))
    expect(bot.says('小明', rightTo(next.slice(next.indexOf('📝'))))[0]).toContain(
      '🏁 答题结束\n🥇 @阿花 对 1 题\n🥈 小明 对 1 题',
    )
  })

  it('is over when its question cannot be posted', () => {
    const g = chat([terms])
    g.says('小明', '答题')
    const round = g.tables.table<{ shown: string }>('quiz.noteRounds').get('1')
    const effect = {
      type: 'say',
      to: { group: g.group('福利群') },
      text: round?.shown ?? '',
      priority: 'reply',
      freshFor: 1,
    }
    g.tables.table('outbox.effects').set('x.0', { feature: 'quiz', effect, plannedAt: g.now })
    g.handle({ type: 'resulted', at: g.now, effect: 'x.0', feature: 'quiz', outcome: 'expired', detail: '' })
    g.after('1m')
    expect(g.says('小明', '24')).toEqual([])
    expect(g.errors).toEqual([])
  })

  it('goes on with its own question when the files change', () => {
    const g = chat(
      [terms],
      {},
      { files: { 'q.yaml': JSON.stringify([terms]), 'r.yaml': JSON.stringify([tomato, eggs]) } },
    )
    g.says('小明', '答题')
    g.configure({ quiz: { files: ['r.yaml'] } })
    expect(g.says('阿花', '24')[0]).toContain('✅ 阿花 答对：24 个')
    g.configure({ quiz: { files: ['r.yaml'], enabled: false } })
    expect(g.says('小明', '答题')).toEqual([])
    expect(g.errors).toEqual([])
  })

  it('pays once; an undo takes the points back and leaves the round alone', () => {
    const g = chat([terms, tomato], { questions: 2 })
    const [shown = ''] = g.says('小明', '答题')
    g.says('小明', rightTo(shown))
    g.admin(`/undo L${g.last('ledger.balances').seq}`)
    expect(g.says('小明', '积分')[0]).toContain('有 0 分')
    expect(g.says('阿花', '24').concat(g.says('阿花', '西红柿'))[0]).toContain('✅ 阿花 答对')
  })
})

describe('side by side', () => {
  it('quiz, dice and points in one group', () => {
    const g = chat([terms, banana], { questions: 2 })
    let [shown = ''] = g.says('小明', '答题')
    g.says('小明', '猜点数')
    expect(g.says('阿花', '猜 10')).toEqual(['阿花 猜 10'])
    expect(g.says('大刘', '猜 11')).toEqual(['大刘 猜 11'])
    expect(g.says('阿花', '积分')[0]).toContain('阿花 现在有 0 分')
    ;[shown = ''] = g.says('阿花', rightTo(shown.slice(shown.indexOf('📝'))))
    expect(shown).toContain('✅ 阿花 答对')
    ;[shown = ''] = g.says('大刘', rightTo(shown.slice(shown.indexOf('📝'))))
    expect(shown).toContain('🏁 答题结束')
    expect(g.after('1m').filter((said) => said.startsWith('🎲'))).toHaveLength(1)
    const points = ['小明', '阿花', '大刘'].map((name) =>
      Number(/有 (\d+) 分/.exec(g.says(name, '积分')[0] ?? '')?.[1]),
    )
    expect(points.reduce((sum, one) => sum + one, 0)).toBe(15)
    expect(g.errors).toEqual([])
  })
})

describe('a question file', () => {
  const required = { bot: { botName: '圈子' }, groups: { groups: [{ name: '群' }] } }
  const load = (name: string, text: string) => () =>
    settingsFrom(features, { ...required, quiz: { files: [name] } }, { [name]: text })

  it('of both kinds is read', () => {
    const csv =
      '题目,A,B,C,答案,误差,单位,解析\n"菠菜\n焯水？",好,不好,,A,,,\n几度？,,,,4,1,度,\n又叫？,,,,西红柿;洋柿子,,,\n对吗,,,,错,,,说明\n'
    const settings = load('题.csv', csv)()
    const { questions } = settings.feature('quiz', null).prepared as { questions: Map<string, object> }
    expect([...questions.values()]).toEqual([
      { kind: 'choice', text: '菠菜\n焯水？', explain: null, options: ['好', '不好'], right: 0 },
      { kind: 'number', text: '几度？', explain: null, right: 4, within: 1, unit: '度' },
      { kind: 'wording', text: '又叫？', explain: null, answers: ['西红柿', '洋柿子'] },
      { kind: 'truth', text: '对吗', explain: '说明', right: false },
    ])
  })

  it.each([
    [
      '- question: 好吗？\n  options: [好, 坏]\n  answer: C\n',
      /q\.yaml.*"line": 3.*单选题的答案要写一个选项的字母（A 到 B）或原文/,
    ],
    ['- question: 好吗？\n  anser: 对\n', /q\.yaml.*"line": [12].*anser.*answer/],
    ['- question: 好吗？\n  options: [好, 好]\n  answer: A\n', /"line": 2.*选项「好」写了两次/],
    ['- question: 好吗？\n  options: [B, A]\n  answer: A\n', /"line": 2.*会和选项字母弄混/],
    ['- question: 好吗？\n  answer: 对\n  within: 3\n', /"line": 3.*只有答案是数字/],
    ['- question: 好吗？\n  answer: 。。\n', /"line": 2.*没有字/],
    ['- question: 好吗？\n  answer: "对\n', /q\.yaml.*引号/],
    ['question: 好吗？\n', /q\.yaml/],
    ['[]\n', /q\.yaml/],
    [
      '- question: 好吗？\n  answer: 对\n- question: 好吗？\n  answer: 错\n',
      /q\.yaml 第 2 题：「好吗？」和 q\.yaml 第 1 题 是同一题/,
    ],
  ])('is refused whole with line and reason: %j', (text, why) => {
    expect(message(load('q.yaml', text))).toMatch(why)
  })

  it.each([
    ['题目,A\n好吗,好\n', /q\.csv 第 1 行：第一行要写列名，缺少「答案」/],
    ['题目,A,B,答案\n好吗,好,坏,A\n坏吗,好,坏,C\n', /q\.csv 第 3 行：单选题的答案要写一个选项的字母（A 到 B）或原文/],
    ['题目,A,B,C,答案\n好吗,好,,坏,A\n', /q\.csv 第 2 行：「选项」空着或写得不对/],
    ['题目,答案\n好吗,对\n好吗,错\n', /q\.csv 第 3 行：「好吗」和 q\.csv 第 2 行 是同一题/],
    ['题目,答案,误差\n几度,4,一点\n', /q\.csv 第 2 行：「误差」要写一个数字/],
    ['题目,答案\n,对\n', /q\.csv 第 2 行：「题目」空着或写得不对/],
    ['题目,答案\n', /q\.csv 第 1 行：表里没有题目/],
    ['', /q\.csv 第 1 行：第一行要写列名/],
  ])('with rows is refused with the row: %j', (text, why) => {
    expect(message(load('q.csv', text))).toMatch(why)
  })

  it.each([
    '题干；选项A；选项B；正确选项；讲解\n好吗；好；坏；A；因为\n',
    '序号\t试题（必填）\tA项\tB项\t标准答案\n1\t好吗\t好\t坏\t好\n',
    '\ufeff"1. 题目","A.","B.","答案"\r\n好吗,好,坏,a\r\n',
  ])('is read with titles and separators as people use them: %j', (text) => {
    const { questions } = load('q.csv', text)().feature('quiz', null).prepared as { questions: Map<string, object> }
    expect([...questions.values()]).toEqual([expect.objectContaining({ options: ['好', '坏'], right: 0 })])
  })

  it('has to be there, as YAML or CSV', () => {
    expect(message(() => settingsFrom(features, { ...required, quiz: { files: ['q.yaml'] } }))).toContain('找不到文件')
    expect(message(load('q.txt', 'x'))).toContain('files')
  })

  function message(run: () => unknown): string {
    try {
      run()
    } catch (error) {
      return error instanceof Error ? error.message.replaceAll('\n', ' ') : ''
    }
    return 'accepted'
  }
})
