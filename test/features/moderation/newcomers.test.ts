// Who comes and comes back: greetings without advertising names, cards and codes of newcomers, the black list, raids.
import { describe, expect, it } from 'vitest'
import { admin } from '../../../src/features/admin/admin.ts'
import { order } from '../../../src/features/moderation/moderation.ts'
import { welcome } from '../../../src/features/welcome/welcome.ts'
import { points } from '../../../src/features/points/points.ts'
import { Chat } from '../../support/chat.ts'
import { ads, advertises, orderChat } from './order-chat.ts'

const withWelcome = () =>
  new Chat({
    features: [order, welcome, admin, points],
    members: ['小明', '阿花', '王五'],
  })

describe('a greeting', () => {
  it('leaves out what advertises, and a case asks about the name', () => {
    const g = withWelcome()
    const said = [...g.joins('兼职日结加V zjz8899'), ...g.after('2m')].join('\n')
    expect(said).toContain('欢迎 @兼职… 来到')
    expect(said).not.toMatch(/欢迎[^\n]*zjz8899/)
    expect(said).toMatch(/#1 福利群 · 兼职日结加V zjz8899（m\d+[^）]*） · 名字像广告/)
  })

  it('is not for who was removed before', () => {
    const g = withWelcome()
    advertises(g, '王五', 3)
    g.after('1d')
    const said = [...g.joins('王五'), ...g.after('2m')].join('\n')
    expect(said).toContain('请离过的 王五')
    expect(said).not.toContain('欢迎')
    expect(g.admin('/black')[0]).toMatch(/^请离过的人 1 位：\n#3 王五（m\d+）又在 福利群\n/)
    expect(g.admin(`/pardon ${g.id('王五')}`)[0]).toContain('不再算请离过的人')
    expect(g.admin('/black')).toEqual(['没有请离过的人。'])
  })
})

describe('the black list', () => {
  it('removes who returns, where the operator wants it, and can be undone', () => {
    const g = orderChat({ config: { order: { returning: 'remove' } } })
    advertises(g, '王五', 3)
    g.after('1d')
    const said = g.joins('王五')
    expect(said.join()).toMatch(/回到了「福利群」，正在请离（#3）。误会了就发 \/undo 3/)
    expect(said).toContain(`[kick ${g.id('王五')}]`)
    g.after('1m')
    g.admin('/undo 3')
    expect(g.joins('王五').join()).not.toContain('[kick')
  })
})

describe('what cannot be read', () => {
  it.each([
    ['picture', '新人第一次发图片'],
    ['video', '新人第一次发视频'],
    ['record', '新人第一次发聊天记录'],
    ['card', '新人发名片或小程序'],
  ] as const)('the first %s of a newcomer is asked about when that is set, once', (kind, reason) => {
    const g = orderChat({ config: { order: { askAbout: [kind] } } })
    g.joins('大刘')
    expect(g.says('大刘', '', { kind }).join()).toContain(reason)
    g.after('15m')
    expect(g.says('大刘', '', { kind })).toEqual([])
    if (kind !== 'card') expect(g.says('阿花', '', { kind })).toEqual([])
    const unset = orderChat({ config: { order: { askAbout: [] } } })
    unset.joins('大刘')
    expect(unset.says('大刘', '', { kind })).toEqual([])
  })

  it.each(['https://u.wechat.com/EAbc123', 'https://weixin.qq.com/g/AbCdEf', 'https://qm.qq.com/q/abc'])(
    'a code that adds a contact or opens a group is put to the admins with the picture: %s',
    (code) => {
      const g = orderChat()
      g.qr = ['https://example.cn/menu', code]
      const said = g.says('王五', '群码.jpg', { kind: 'file', id: 'code1' })
      expect(said.join()).toContain('加人或进群的二维码')
      expect(said).toContain('→管理群 [picture code1]')
      expect(said.join()).not.toContain('本群不发广告')
    },
  )

  it('an advertisement inside a passed on chat record is asked about, and told off with a contact in it', () => {
    const g = orderChat()
    const soft = '群聊的聊天记录'
    const said = g.says('王五', soft, { kind: 'record', description: `小美: ${ads[1]}\n小美: 名额不多` })
    expect(said.join()).toContain('像')
    g.after('1m')
    expect(g.says('阿花', soft, { kind: 'record', description: '小明: 明天几点集合\n阿花: 八点东门' })).toEqual([])
  })

  it('a warning or a parcel notice as a card is nobody’s advertisement', () => {
    const g = orderChat()
    const cards = [
      ['反诈提醒', '兼职刷单、日结返佣都是骗局，不要垫付，接到96110一定要接'],
      ['菜鸟驿站', '您的包裹已到，取件码 7-3-2081，请凭码领取'],
      ['野餐清单', '周六野餐：带垫子、水果、饮料，接龙报名'],
      ['腾讯会议', '张老师邀请您参加会议：家长会，会议号 123-456-789'],
    ] as const
    for (const [text, description] of cards)
      expect(g.says('王五', text, { kind: 'link', description }).join(), text).not.toContain('本群不发广告')
  })
})

describe('a raid', () => {
  it('holds back the first advertisements of those who came with it, and asks once', () => {
    const g = orderChat()
    const wave = Array.from({ length: 12 }, (_, i) => `客服${i}`)
    g.joins(wave)
    const said = ['客服1', '客服2', '客服3'].flatMap((name, i) => g.says(name, ads[i] ?? ''))
    expect(said).toEqual([])
    const told = g.after('2m')
    expect(told).toHaveLength(1)
    expect(told[0]).toMatch(
      /^→管理群 刚才一大批人进群，里面发广告的我先拦下了，没有在群里说。新案件 3 个，3 个等你点头：/,
    )
    expect(told[0]).toContain('/kick 1-3')
    expect(g.says('王五', ads[0])[0]).toContain('本群不发广告')
    g.admin('/undo 1')
    expect(g.says('客服1', '积分').join()).toContain('分')
  })
})
