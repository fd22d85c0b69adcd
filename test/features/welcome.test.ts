// Newcomers are greeted together, once, with rules that fit one screen.
import { describe, expect, it } from 'vitest'
import { Chat, settingsFrom } from '../support/chat.ts'
import { features } from '../../src/features/index.ts'

const config = {
  welcome: {
    greeting: '欢迎 {{names}} 来到「{{group}}」',
    blocks: { offer: '这里每天 11 点报菜单', mayNot: '🚫 不发广告' },
    liveRules: false,
  },
}

const base = { bot: { botName: '圈子' }, groups: { groups: [{ name: '群' }] } }

describe('welcome', () => {
  it('greets newcomers who come within seconds together', () => {
    const g = new Chat({ config })
    expect(g.joins('小红')).toEqual([])
    g.after('3s')
    g.joins(['大刘', '可可'])
    expect(g.after('5s')).toEqual(['欢迎 @小红 @大刘 @可可 来到「福利群」\n\n这里每天 11 点报菜单\n\n🚫 不发广告'])
    expect(g.after('1h')).toEqual([])
  })

  it('greets nobody twice, and nobody who was there before', () => {
    const g = new Chat({ config, members: ['小明'] })
    expect(g.after('1m')).toEqual([])
    g.joins('小红')
    g.after('10s')
    g.leaves('小红')
    g.joins('小红')
    expect(g.after('1m')).toEqual([])
  })

  it('does not greet who has left again before the greeting', () => {
    const g = new Chat({ config })
    g.joins('小红')
    g.leaves('小红')
    expect(g.after('1m')).toEqual([])
  })

  it('counts the rest when many come at once, and survives odd names', () => {
    const g = new Chat({ config: { welcome: { greeting: '欢迎 {{names}}', liveRules: false } } })
    g.joins(['{{group}}', '@所有人', '\u202e倒\n行', '四', '五', '六', '七'])
    expect(g.after('8s')).toEqual(['欢迎 @{{group}}、@＠所有人、@倒 行、@四、@五 等 7 位新朋友'])
  })

  it('shows the greeting in the control group first', () => {
    const g = new Chat({ config })
    expect(g.admin('/preview welcome')).toEqual(['欢迎 @小明 来到「福利群」\n\n这里每天 11 点报菜单\n\n🚫 不发广告'])
  })

  it('takes rewards from the live rules', () => {
    const g = new Chat({
      config: { welcome: { greeting: '欢迎 {{names}}' }, dice: { prize: { points: 3 }, duelPrize: { points: 7 } } },
    })
    expect(g.admin('/preview welcome')[0]).toContain('\n🏆 奖：')
    expect(g.admin('/preview welcome')[0]).toContain('赢机器人 +3 分，赢群友 +7 分')
  })

  it('refuses a greeting of more than one screen', () => {
    const long = {
      welcome: { blocks: { offer: '很长'.repeat(200) } },
      bot: { botName: '圈子' },
      groups: { groups: [{ name: '群' }] },
    }
    expect(() => settingsFrom(features, long)).toThrow(/超过一屏/)
    const unknown = {
      welcome: { greeting: '欢迎 {{name}}' },
      bot: { botName: '圈子' },
      groups: { groups: [{ name: '群' }] },
    }
    expect(() => settingsFrom(features, unknown)).toThrow(/\{\{names\}\}/)
  })

  it('takes five blocks with all penalties and rewards in two lines, blank lines aside', () => {
    const blocks = { offer: '一', rename: '二', questions: '三', may: '四', mayNot: '五' }
    const g = new Chat({ config: { welcome: { greeting: '欢迎 {{names}}', blocks } } })
    const [greeting = ''] = g.admin('/preview welcome')
    expect(greeting.split('\n\n').slice(0, 6)).toEqual(['欢迎 @小明', '一', '二', '三', '四', '五'])
    const [penalties, rewards, ...more] = greeting.split('\n\n')[6]?.split('\n') ?? []
    expect(penalties).toBe(
      '🚫 罚：发广告 提醒 → 警告 → 请离（新人第 2 次就到这一步）；刷屏 提醒 → 警告；骂人先提醒，再由管理员处理；记录 30 天清零',
    )
    expect(rewards).toMatch(/^🏆 奖：签到 \+5 分；.*答疑被谢 \+3 分$/)
    expect(more).toEqual([])
    const offer = '一行\n'.repeat(8)
    expect(() => settingsFrom(features, { ...base, welcome: { blocks: { ...blocks, offer } } })).not.toThrow()
    expect(() => settingsFrom(features, { ...base, welcome: { blocks: { ...blocks, offer: `${offer}又` } } })).toThrow(
      /16 行（空行不算）/,
    )
  })

  it('promises no points where they are off, and threatens with nothing that is only tried out', () => {
    const off = [{ name: '福利群', features: { points: false } }]
    const order = { steps: [{ do: 'remind', points: 10 }, { do: 'remove' }], dryRun: ['flood'] }
    const g = new Chat({ config: { ...config, welcome: {}, groups: { groups: off }, order } })
    const [greeting = ''] = g.admin('/preview welcome')
    expect(greeting).not.toContain('分')
    expect(greeting).toContain('🚫 罚：发广告 提醒 → 请离；骂人先提醒，再由管理员处理；记录 30 天清零')
    const on = new Chat({ config: { welcome: {}, order } })
    expect(on.admin('/preview welcome')[0]).toContain('发广告 提醒并扣 10 分 → 请离；骂人')
  })

  it('names what is on now, at most two, with the word that takes part', () => {
    const g = new Chat({ config })
    g.admin('/vote new 旧的 甲 乙')
    g.admin('/vote new 周末吃什么 火锅 烧烤')
    g.admin('/draw new 周末福利 10元券x1 截止 周日20:00')
    g.joins('小红')
    const [greeting = ''] = g.after('1m').filter((line) => line.includes('欢迎'))
    const lines = greeting.split('\n').filter((line) => line.startsWith('🎉'))
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(/^🎉 正在进行 .*「周末福利」.*：回复「.+」/)
    expect(lines[1]).toContain('周末吃什么')
    g.configure({ welcome: { ...config.welcome, liveActivities: false } })
    expect(g.admin('/preview welcome')[0]).not.toContain('🎉')
  })

  it('says the rules again to who asks, to old members by command, and by the calendar', () => {
    const posts = [{ id: '群规', at: '20:00', content: { do: '/rules' } }]
    const groups = { groups: [{ name: '福利群' }, { name: '二群' }] }
    const g = new Chat({ config: { ...config, groups, sop: { posts } }, groups: ['福利群', '二群'] })
    const rules = '📋 「福利群」群规\n\n这里每天 11 点报菜单\n\n🚫 不发广告'
    expect(g.says('小明', '群规')).toEqual([rules])
    expect(g.says('小明', '看看群规')).toEqual([rules])
    expect(g.tells('小明', '群规')[0]).toContain('请到群里发')
    expect(g.admin('/rules g1')).toEqual([`→福利群 ${rules}`, '群规发到「福利群」了。'])
    expect(g.admin('/rules')[0]).toContain('在哪个群')
    expect(g.after('11h')).toEqual([rules, `→二群 ${rules.replace('福利群', '二群')}`])
  })

  it.each([
    '发广告会怎么罚',
    '刷屏会被踢吗？',
    '在群里发广告有什么后果',
    '骂人怎么处理',
    '违反群规会怎样',
    '发广告几次请离',
  ])('answers %s from the live penalties', (question) => {
    const g = new Chat({ config: { order: { steps: [{ do: 'warn' }, { do: 'remove' }] } } })
    expect(g.says('小明', question)[0]).toContain('🚫 罚：发广告 警告 → 请离；')
  })

  it.each(['又有人发广告怎么没人处理', '这个广告拍得真好', '他刷屏了', '发广告的怎么不踢', '今天菜怎么样'])(
    'says nothing of penalties to %s',
    (text) => {
      const g = new Chat({ config: {} })
      expect(g.says('小明', text).join()).not.toContain('🚫 罚')
    },
  )
})
