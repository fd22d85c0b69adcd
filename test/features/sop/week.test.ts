// The week as admins read it, what is more important than what, and pauses of one post or one group.
import { describe, expect, it } from 'vitest'
import { Chat } from '../../support/chat.ts'

const post = (id: string, at: unknown, more: object = {}) => ({ id, at, content: `${id}！`, ...more })

function chat(posts: object[], more: { sop?: object; groups?: object[] } = {}) {
  const groups = more.groups ?? [{ name: '福利群' }]
  return new Chat({
    at: '2026-11-21T07:00:00+08:00',
    groups: groups.map((group) => (group as { name: string }).name),
    config: { bot: { botName: '圈子', sending: { quiet: false } }, groups: { groups }, sop: { posts, ...more.sop } },
  })
}

describe('/sop week', () => {
  it('has a line for each post, by group, and takes groups with the same week together', () => {
    const g = chat(
      [post('早安', '8:00'), post('菜单', ['11:00', '周二 17:00']), post('快闪', '周六日 20:00', { groups: ['丙'] })],
      {
        groups: [{ name: '甲' }, { name: '乙' }, { name: '丙' }],
      },
    )
    expect(g.admin('/sop week')).toEqual([
      '📅 11月21日 周六 到 11月27日 周五\n\n【甲、乙】\n· 早安　08:00 每天\n· 菜单　11:00 每天，17:00 周二\n\n【丙】\n· 早安　08:00 每天\n· 菜单　11:00 每天，17:00 周二\n· 快闪　20:00 周六、周日',
    ])
    expect(g.admin('/sop week 丙')[0]).not.toContain('甲')
  })

  it('says what is skipped and paused, what cap, distance and quiet hours will hold back, and the share of activities', () => {
    const posts = [
      post('早安', '8:00', { priority: 'low' }),
      post('太近', '周一 8:05'),
      post('九', '9:00'),
      post('秒杀', '周三 18:00', { category: '活动', priority: 'high' }),
      post('问', '周三 17:00'),
    ]
    const g = chat(posts, { sop: { limits: { perDay: 3, activityShare: { atLeast: 50 } } } })
    g.admin('/sop skip 九')
    g.admin('/sop pause 问')
    expect(g.admin('/sop week')[0]).toBe(
      '📅 11月21日 周六 到 11月27日 周五\n⏸ 暂停着：「问」\n\n【福利群】\n· 早安　08:00 每天（周一发不出去：10 分钟内有更要紧的）\n· 太近　08:05 周一\n· 九　09:00 每天（周六跳过）\n· 问　17:00 周三（周三暂停着）\n· 秒杀　18:00 周三\n活动 1/14 条，占 7%（至少 50%），偏少',
    )
  })

  it('foresees what then happens', () => {
    const posts = [
      post('早安', '8:00', { priority: 'low' }),
      post('菜单', '11:00'),
      post('贴士', '周一三 15:00'),
      post('秒杀', '18:00', { priority: 'high' }),
      post('又秒杀', '周三 18:05', { priority: 'high' }),
    ]
    const g = chat(posts, { sop: { limits: { perDay: 3 } } })
    expect(g.admin('/sop week')[0]).toBe(
      '📅 11月21日 周六 到 11月27日 周五\n\n【福利群】\n· 早安　08:00 每天（周一、周三发不出去：条数留给更要紧的）\n· 菜单　11:00 每天\n· 贴士　15:00 周一、周三\n· 秒杀　18:00 每天\n· 又秒杀　18:05 周三（周三发不出去：和前一条不到 10 分钟）',
    )
    const told = g.after('7d').filter((line) => line.includes('📮'))
    expect(told.map((line) => /· (\S+ \S+ \S+?)（/.exec(line)?.[1])).toEqual([
      '早安 11-23 08:00',
      '早安 11-25 08:00',
      '又秒杀 11-25 18:05',
    ])
    expect(told[0]).toContain('今天的条数留给后面更要紧的内容。要补发：/sop now 早安 g1')
  })
})

describe('priority', () => {
  it('decides by how important posts are which of those that were missed is made up for', () => {
    const g = chat([post('秒杀', '8:00', { late: 120, priority: 'high' }), post('问候', '8:30', { late: 120 })])
    g.now = Date.parse('2026-11-21T09:00:00+08:00')
    expect(g.after('0s')[0]).toBe('秒杀！')
  })

  it('keeps no place for what is skipped or paused', () => {
    const g = chat([post('早安', '8:00', { priority: 'low' }), post('秒杀', '18:00')], {
      sop: { limits: { perDay: 1 } },
    })
    g.admin('/sop pause 秒杀')
    expect(g.after('12h')).toEqual(['早安！'])
    g.admin('/sop resume 秒杀')
    g.admin('/sop skip 秒杀')
    expect(g.after('1d').filter((line) => !line.startsWith('→'))).toEqual(['早安！'])
    expect(g.after('1d').filter((line) => !line.startsWith('→'))).toEqual(['秒杀！'])
  })
})

describe('pauses', () => {
  const groups = [{ name: '甲' }, { name: '乙' }]

  it('of one post, of one group, and of one post in one group, and says what was left out', () => {
    const g = chat([post('早', '8:00'), post('晚', '20:00')], { groups })
    expect(g.admin('/sop pause 早')).toEqual(['⏸ 「早」暂停了，到点的不发也不补。恢复就发 /sop resume 早'])
    expect(g.admin('/sop pause 乙')).toEqual(['⏸ 乙暂停了，到点的不发也不补。恢复就发 /sop resume 乙'])
    expect(g.after('1d')).toEqual(['晚！'])
    expect(g.admin('/sop today')[0]).toContain('⏸ 暂停着：乙、「早」')
    expect(g.admin('/sop resume')).toEqual(['恢复哪一个？暂停着：「早」、乙。写在 /sop resume 后面。'])
    expect(g.admin('/sop resume 乙')).toEqual([
      '▶️ 乙\n▶️ 恢复了。暂停期间有 2 次没发：早、晚。要补发就用 /sop now <编号>。\n⏸ 暂停着：「早」',
    ])
    expect(g.admin('/sop resume')[0]).toContain('▶️ 「早」')
    expect(g.admin('/sop pause 晚 甲')).toEqual(['⏸ 「晚」（甲）暂停了，到点的不发也不补。恢复就发 /sop resume 晚 甲'])
    expect(g.after('1d')).toEqual(['早！', '→乙 早！', '→乙 晚！'])
    expect(g.admin('/sop resume')[0]).toContain('▶️ 「晚」（甲）')
    expect(g.admin('/sop resume')).toEqual(['没有暂停，一切照常。'])
  })

  it('say what there is when nothing is called so, and can be taken back', () => {
    const g = chat([post('早', '8:00')], { groups })
    expect(g.admin('/sop pause 早早')).toEqual(['「早早」不是内容的编号，也不是群名。现有内容：早'])
    expect(g.admin('/sop pause 早 丁')[0]).toContain('丁')
    g.admin('/sop pause 早')
    expect(g.admin('/sop pause 早')).toEqual(['「早」已经是暂停的，恢复就发 /sop resume 早'])
    g.admin(`/undo L${g.last('sop.paused').seq}`)
    expect(g.after('2h')).toEqual(['早！', '→乙 早！'])
  })
})

describe('/sop unskip', () => {
  it('takes skips back that are still to come', () => {
    const g = chat([post('早', '8:00')], { groups: [{ name: '甲' }, { name: '乙' }] })
    g.admin('/sop skip 早')
    g.admin('/sop skip 早')
    expect(g.admin('/sop unskip 早 甲')).toEqual(['好，「早」11-21 08:00、11-22 08:00 照常发（1 个群）。'])
    expect(g.after('1d')).toEqual(['早！'])
    expect(g.admin('/sop unskip 早')).toEqual(['好，「早」11-22 08:00 照常发（1 个群）。'])
    expect(g.after('1d')).toEqual(['早！', '→乙 早！'])
    expect(g.admin('/sop unskip 早')[0]).toContain('没有还没到的跳过')
  })
})
