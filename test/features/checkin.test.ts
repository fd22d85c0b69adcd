// Check-in: once a day in the group's time zone, streaks, make-up cards and the month at a glance.
import { describe, expect, it } from 'vitest'
import { Chat } from '../support/chat.ts'

const config = { checkin: { points: 5, streakBonus: { 3: 10 }, makeUp: { cost: 4, perMonth: 1 } } }

describe('check-in', () => {
  it('gives points once a day, more after days in a row', () => {
    const g = new Chat({ config })
    expect(g.says('小明', '签到')).toEqual(['✅ 小明 签到成功，+5 分，连续 1 天，再签 2 天额外 +10 分'])
    expect(g.says('小明', '签到！')).toEqual(['小明 今天签过啦，连续 1 天，明天见。'])
    g.tomorrow()
    g.says('小明', '签到')
    g.tomorrow()
    expect(g.says('小明', '签到')).toEqual(['🎉 小明 连续签到 3 天，今天一共 +15 分'])
    expect(g.says('小明', '积分')[0]).toContain('有 25 分')
    g.tomorrow()
    g.tomorrow()
    expect(g.says('小明', '签到')[0]).toContain('连续 1 天')
  })

  it('begins a day when it begins in the group', () => {
    const groups = { groups: [{ name: '福利群' }, { name: '伦敦群', timezone: 'Europe/London' }] }
    const g = new Chat({ config: { ...config, groups }, groups: ['福利群', '伦敦群'], at: '2026-11-21T23:30:00+08:00' })
    g.says('小明', '签到')
    g.after('1h')
    expect(g.says('小明', '签到', { group: '伦敦群' })[0]).toContain('今天签过啦')
    expect(g.says('小明', '签到')[0]).toContain('连续 2 天')
  })

  it('gives no second one when the zone is changed', () => {
    const zone = (timezone: string) => ({ bot: { botName: '圈子', timezone } })
    const g = new Chat({ config: { ...config, ...zone('Asia/Shanghai') } })
    g.says('小明', '签到')
    g.configure(zone('America/New_York'))
    expect(g.says('小明', '签到')[0]).toContain('今天签过啦')
  })

  it('is made up for with points, which joins the days', () => {
    const g = new Chat({ config })
    g.says('小明', '签到')
    g.tomorrow()
    g.tomorrow()
    g.says('小明', '签到')
    expect(g.says('小明', '补签 19')).toEqual(['📌 小明 补签了 11-19，花了 4 分，现在连续 1 天。'])
    expect(g.says('小明', '补签')).toEqual(['小明 这个月已经补了 1 次，下个月再补。'])
    g.admin(`/undo L${g.last('checkin.months').seq}`)
    expect(g.says('小明', '积分')[0]).toContain('有 10 分')
    expect(g.says('小明', '补签 11-31')).toEqual([
      '写法：「补签」补最近漏的一天，或「补签 20」补 20 号，最多补 7 天前的。',
    ])
    expect(g.says('小明', '补签 99')).toEqual([])
    expect(g.says('小明', '补签')).toEqual([
      '📌 小明 补签了 11-22，花了 4 分，现在连续 3 天。补到连续 3 天，额外 +10 分！',
    ])
    expect(g.says('阿花', '补签')).toEqual(['补签一次要 4 分，阿花 现在有 0 分，还不够。'])
    g.doubt('小明')
    g.configure({ checkin: { makeUp: { perMonth: 2 } } })
    expect(g.says('小明', '补签')[0]).toContain('再聊几天就能花')
    g.configure({ checkin: { makeUp: { perMonth: 0 } } })
    g.after('1m')
    expect(g.says('小明', '补签')).toEqual(['这里不能补签。'])
  })

  it('shows the month so far', () => {
    const g = new Chat({ config, at: '2026-11-09T10:00:00+08:00' })
    g.says('小明', '签到')
    g.tomorrow()
    g.tomorrow()
    g.says('小明', '签到')
    g.says('小明', '补签')
    expect(g.says('小明', '我的签到')).toEqual([
      '📅 小明 11 月签到 3 天，连续 3 天\n一二三四五六日\n　　　　　　⬜\n⬜⬜⬜⬜⬜⬜⬜\n✅📌✅\n✅ 签到　📌 补签　⬜ 没签',
    ])
  })

  it('is taken back with its points, and can be done again', () => {
    const g = new Chat({ config })
    g.says('小明', '签到')
    g.admin(`/undo L${g.last('checkin.months').seq}`)
    expect(g.says('小明', '积分')).toEqual(['小明 现在有 0 分，今天得了 0 分。'])
    expect(g.says('小明', '签到')[0]).toContain('+5 分，连续 1 天')
  })
})

describe('a promised bonus', () => {
  it('is paid whole whatever the cap of the day, and also when a made-up day completes the streak', () => {
    const g = new Chat({
      config: {
        points: { dailyCap: 10, message: { points: 0 } },
        checkin: { points: 5, streakBonus: { 4: 100 }, makeUp: { cost: 1 } },
      },
    })
    for (let day = 0; day < 4; day++) {
      if (day !== 1) g.says('小明', '签到')
      if (day < 3) g.tomorrow()
    }
    expect(g.says('小明', '补签')[0]).toContain('现在连续 4 天。补到连续 4 天，额外 +100 分！')
    expect(g.says('小明', '积分')[0]).toContain('有 114 分')
    g.tomorrow()
    expect(g.says('小明', '签到')[0]).not.toContain('100')
  })

  it('a group without points does not take the day', () => {
    const groups = { groups: [{ name: '一群', features: { points: false } }, { name: '二群' }] }
    const g = new Chat({ groups: ['一群', '二群'], config: { groups } })
    expect(g.says('小明', '签到', { group: '一群' })).toEqual(['这个群没有开积分，签到请到别的群。'])
    expect(g.says('小明', '签到', { group: '二群' })[0]).toContain('+5 分')
  })
})
