// What the bot tells of itself: once, in one place, with what to do, and never instead of an answer.
import { describe, expect, it } from 'vitest'
import { BotRig } from './support/bot-rig.ts'

const control = (rig: BotRig) => rig.sent.filter((line) => line.startsWith('管理群'))

describe('news of the bot itself', () => {
  it('makes one notice of restarts in a row', async () => {
    const rig = new BotRig()
    await rig.start()
    await rig.advance(3 * 60_000)
    rig.sent.length = 0
    for (let n = 0; n < 6; n++) {
      rig.kill()
      await rig.start({ keepSent: true })
      rig.tell({ type: 'gap', from: rig.now - 30_000, until: rig.now })
    }
    await rig.advance(10 * 60_000)
    const told = control(rig).filter((line) => !line.includes('认领码'))
    expect(told.filter((line) => line.includes('重新上线'))).toHaveLength(1)
    expect(told.join('\n')).toMatch(/10:0\d 以来我重新上线了 6 次/)
    expect(told.join('\n')).not.toContain('我上线了')
    expect(told.filter((line) => line.includes('找到 1 个群')).length).toBeLessThanOrEqual(1)
  })

  it('names who asks to be its friend, as only a person can accept', async () => {
    const rig = new BotRig()
    await rig.start()
    await rig.advance(3 * 60_000)
    rig.sent.length = 0
    rig.tell({ type: 'friendAsked', at: rig.now, from: '@新朋友', fromName: '新朋友', hello: '我是\n3栋的' })
    await rig.advance(60_000)
    expect(control(rig).join('\n')).toContain('🙋 新朋友 想加机器人好友：「我是 3栋的」')
  })

  it('answers nothing that was asked too long ago, and judges it all the same', async () => {
    const rig = new BotRig()
    await rig.start()
    const old = {
      room: '@@福利群',
      from: '@小明',
      fromName: '小明',
      kind: 'text',
      quote: null,
      addressed: false,
    } as const
    rig.tell({ type: 'message', id: 'old', at: rig.now - 11 * 60_000, text: '积分', ...old })
    await rig.advance(20_000)
    expect(rig.sent).toEqual([])
    rig.says('小明', '积分')
    await rig.advance(20_000)
    expect(rig.sent).toEqual(['福利群: 小明 现在有 0 分，今天得了 0 分。'])
  })

  it('names a state once, shows it in /groups and /status, says when it is over, and alarms', async () => {
    const rig = new BotRig()
    await rig.start()
    const unread = { type: 'state', state: 'roomUnread', room: '@@福利群', detail: '' } as const
    const lists = { type: 'state', state: 'lists', room: null, detail: 'webwxbatchgetcontact: ret 1205' } as const
    for (let n = 0; n < 3; n++) {
      rig.tell({ ...unread, at: rig.now, on: true })
      rig.tell({ ...lists, at: rig.now, on: true })
    }
    rig.tell({ ...unread, at: rig.now, on: true, room: '@@别的群' })
    await rig.advance(20_000)
    expect(control(rig)).toHaveLength(2)
    expect(control(rig).join('\n')).toContain('群成员名单暂时读不到（微信说太频繁）')
    expect(rig.told.filter((line) => line.includes('「福利群」的成员名单读不到'))).toHaveLength(1)
    rig.says('老板', '/groups', '管理群')
    rig.says('老板', '/status', '管理群')
    rig.says('老板', '/sending', '管理群')
    await rig.advance(20_000)
    expect(rig.sent.join('\n')).toMatch(/福利群　\d 人 · ⚠️ 成员名单读不到/)
    expect(rig.sent.join('\n')).toContain('⚠️ 成员名单暂时读不到（微信说太频繁），在自动重试')
    expect(rig.sent.join('\n')).toMatch(
      /已发：这一分钟 \d\/20，.*\n.*\n给管理群的 \d 条在等，最早的等了 0 分钟：轮到了就发/,
    )
    rig.sent.length = 0
    rig.tell({ ...unread, at: rig.now, on: false })
    rig.tell({ ...lists, at: rig.now, on: false })
    rig.says('老板', '/groups', '管理群')
    await rig.advance(20_000)
    expect(rig.sent.join('\n')).toContain('✅ 「福利群」的成员名单读到了')
    expect(rig.sent.at(-1)).not.toContain('⚠️')
    expect(rig.alarms.map((line) => line.slice(0, 8))).toEqual([
      '圈子：出状况了 ',
      '圈子：出状况了 ',
      '圈子：恢复了 ✅',
      '圈子：恢复了 ✅',
    ])
  })

  it('tells the clock’s difference in minutes with the way out, and who waits for the owner', async () => {
    const rig = new BotRig()
    await rig.start()
    rig.tell({ type: 'state', at: rig.now, state: 'clock', on: true, room: null, detail: '-11' })
    const waits = { type: 'roomNews', room: '@@福利群', name: '小明', count: 1, about: 'inviteWaits' } as const
    rig.tell({ ...waits, at: rig.now })
    rig.tell({ ...waits, at: rig.now })
    await rig.advance(20_000)
    expect(control(rig)).toHaveLength(2)
    expect(control(rig).join('\n')).toContain('比微信慢 11 分钟')
    expect(control(rig).join('\n')).toContain('「福利群」：小明 想邀请 1 位朋友进群，要群主在手机上点「去确认」')
  })

  it('alarms again after hours while a trouble lasts, and when it is over', async () => {
    const rig = new BotRig()
    await rig.start()
    rig.tell({ type: 'offline', at: rig.now, ended: false, why: 'synccheck: unreached' })
    await rig.advance(4 * 60_000)
    expect(rig.alarms).toEqual([])
    await rig.advance(6.5 * 3_600_000)
    rig.tell({ type: 'online', at: rig.now, self: '@bot', selfName: '圈子' })
    await rig.advance(1_000)
    expect(rig.alarms.map((line) => line.split(' ')[0])).toEqual(['圈子：出状况了', '圈子：还没好', '圈子：恢复了'])
  })
})
