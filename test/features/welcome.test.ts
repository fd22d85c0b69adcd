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
})
