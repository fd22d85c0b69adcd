// The calendar in conversation: posts go out at their times, late ones as told, and admins read, skip, send and mark by command.
import { describe, expect, it } from 'vitest'
import { Chat } from '../../support/chat.ts'

const quiet = { botName: '圈子', sending: { quiet: false } }
const post = (id: string, at: unknown, more: object = {}) => ({ id, at, content: `${id}！`, ...more })
const morning = post('早安', '0 8 * * *')

function chat(posts: object[], more: { sop?: object; groups?: object[]; at?: string } = {}) {
  const groups = more.groups ?? [{ name: '福利群' }]
  return new Chat({
    at: more.at ?? '2026-11-21T07:00:00+08:00',
    groups: groups.map((group) => (group as { name: string }).name),
    config: { bot: quiet, groups: { groups }, sop: { posts, ...more.sop } },
  })
}

/** The program is down until then: timers ring only afterwards. */
function downUntil(g: Chat, at: string): string[] {
  g.now = Date.parse(at)
  return g.after('0s')
}

describe('times', () => {
  it('posts by cron, at dates, before events and after a group opened, each with its own variables', () => {
    const g = chat(
      [
        post('早安', '0 8 * * 6', { content: '{{date}}{{weekday}}早，{{group}}，找{{店长}}' }),
        post('节目', '2026-11-21 09:00'),
        post(
          '倒计时',
          { event: '周年庆', daysBefore: [2, 0], time: '10:00' },
          { content: '离{{event}}还有 {{days}} 天' },
        ),
        post('第几天', { opened: [1, 2], time: '11:00' }, { content: '开群第 {{day}} 天' }),
      ],
      { sop: { events: { 周年庆: '2026-11-23' }, variables: { 店长: '小李' } } },
    )
    expect(g.after('1d')).toEqual(['11月21日周六早，福利群，找小李', '节目！', '离周年庆还有 2 天', '开群第 1 天'])
    expect(g.after('1d')).toEqual(['开群第 2 天'])
    expect(g.after('5d')).toEqual(['离周年庆还有 0 天'])
    expect(g.errors).toEqual([])
  })

  it('posts only to the groups that are meant, by name or tag, where it is on, at their own time', () => {
    const groups = [
      { name: '甲', tags: ['福利'] },
      { name: '乙', tags: ['福利'], timezone: 'Europe/London' },
      { name: '丙', features: { sop: false } },
    ]
    const g = chat([post('早安', '0 8 * * *', { groups: ['福利'] }), post('通知', '0 9 * * *', { groups: ['丙'] })], {
      groups,
    })
    expect(g.after('8h')).toEqual(['早安！'])
    expect(g.after('2h')).toEqual(['→乙 早安！'])
  })

  it('counts the days of a group that is added later from its own first day', () => {
    const sop = { posts: [post('新', { opened: [1, 3], time: '18:00' }, { content: '第 {{day}} 天' })] }
    const config = { bot: quiet, groups: { groups: [{ name: '甲' }] }, sop }
    const g = new Chat({ at: '2026-11-21T07:00:00+08:00', groups: ['甲', '乙'], config })
    expect(g.after('4d')).toEqual(['第 1 天', '第 3 天'])
    g.configure({ groups: { groups: [{ name: '甲' }, { name: '乙' }] } })
    g.login()
    expect(g.after('4d')).toEqual(['→乙 第 1 天', '→乙 第 3 天'])
  })

  it('knows 29 February, the last day of a month, and a countdown over both and over a change of clocks', () => {
    const groups = [{ name: '甲', timezone: 'America/New_York' }]
    const posts = [
      post('闰', '0 8 29 2 *'),
      post('月底', '0 12 L * *', { content: '{{date}}' }),
      post('数', { event: '节', daysBefore: [14, 0, -1], time: '09:00' }, { content: '{{days}} {{date}} {{time}}' }),
    ]
    const g = chat(posts, { groups, at: '2028-02-27T07:00:00-05:00', sop: { events: { 节: '2028-03-14' } } })
    expect(g.after('18d')).toEqual(['闰！', '14 2月29日 09:00', '2月29日', '0 3月14日 09:00', '-1 3月15日 09:00'])
    expect(
      g.entries.filter(({ event }) => event.type === 'woke').map(({ at }) => new Date(at).toISOString()),
    ).toContain('2028-03-14T13:00:00.000Z')
  })

  it('keeps to weekdays and holidays', () => {
    const g = chat(
      [
        post('工作日', '0 8 * * *', { weekdays: ['周一', '周日'], holidays: 'skip' }),
        post('节日', '0 9 * * *', { holidays: 'only' }),
      ],
      { sop: { holidays: [{ from: '2026-11-22', until: '2026-11-22' }] } },
    )
    expect(g.after('1d')).toEqual([])
    expect(g.after('1d')).toEqual(['节日！'])
    expect(g.after('1d')).toEqual(['工作日！'])
  })

  it('repeats nothing of a rotation until all is used up, also when the list is edited', () => {
    const rotate = ['一', '二', '三', '四']
    const g = chat([{ id: '早安', at: '0 8 * * *', rotate }])
    const heard = Array.from({ length: 9 }, () => g.after('1d')).flat()
    expect(heard.slice(0, 4).sort()).toEqual([...rotate].sort())
    expect(heard.slice(4, 8).sort()).toEqual([...rotate].sort())
    expect(heard[4]).not.toBe(heard[3])
    const last = heard[8] ?? ''
    g.configure({ sop: { posts: [{ id: '早安', at: '0 8 * * *', rotate: ['零', ...rotate] }] } })
    const rest = Array.from({ length: 4 }, () => g.after('1d')).flat()
    expect([last, ...rest].sort()).toEqual(['零', ...rotate].sort())
  })

  it('comes once when clocks change: of a time that is left out later, of one that is there twice the first', () => {
    const groups = [{ name: '甲', timezone: 'America/New_York' }]
    const spring = chat([post('夜', '30 2 * * *')], { groups, at: '2027-03-14T00:00:00-05:00' })
    expect(spring.after('1d')).toEqual(['夜！'])
    const autumn = chat([post('夜', '30 1 * * *')], { groups, at: '2026-11-01T00:00:00-04:00' })
    expect(autumn.after('1d')).toEqual(['夜！'])
  })
})

describe('what came at the wrong time', () => {
  it('is made up for, left out or asked about, as each post says, and always told', () => {
    const g = chat([
      post('补', '0 8 * * *', { late: 90 }),
      post('不补', '0 8 * * *', { late: 'skip' }),
      post('太晚', '0 8 * * *', { late: 30 }),
      post('问', '0 8 * * *', { late: 'ask' }),
    ])
    const [report, ...said] = downUntil(g, '2026-11-21T09:00:00+08:00').reverse()
    expect(said).toEqual(['补！'])
    expect(report).toContain('· 不补 11-21 08:00（福利群）：到点时我没在运行，或没找到群。要补发：/sop now 不补 g1')
    expect(report).toContain('· 太晚 11-21 08:00')
    expect(report).toContain('补发：/sop now 问 g1，不补：/sop skip 问')
    expect(g.admin('/sop now 问')).toEqual([
      '→福利群 问！',
      '好，「问」发到：福利群\n提醒：有的群前后 10 分钟里还有别的内容。',
    ])
    expect(g.admin('/sop skip 问')[0]).toContain('11-22 08:00 这一次不发')
    expect(downUntil(g, '2026-11-21T09:30:00+08:00')).toEqual([])
    expect(g.admin('/sop today')[0]).toContain('08:00 补　已发\n08:00 问　已补发\n09:00 问　已发（手动，福利群）')
  })

  it('does not cram together what was missed', () => {
    const g = chat([post('早', '0 8 * * *', { late: 120 }), post('晚', '30 8 * * *', { late: 120 })])
    const said = downUntil(g, '2026-11-21T09:00:00+08:00')
    expect(said[0]).toBe('晚！')
    expect(said[1]).toContain('· 早 11-21 08:00（福利群）：错过后已经有更新的内容')
  })

  it('is sent by a short block all the same', () => {
    const g = chat([post('早', '0 8 * * *', { late: 'skip' })])
    expect(downUntil(g, '2026-11-21T08:00:30+08:00')).toEqual(['早！'])
  })

  it('does not fire again after an edit, nor what an edit has put into the past', () => {
    const g = chat([morning])
    expect(g.after('3h')).toEqual(['早安！'])
    const edited = [morning, post('九点', '0 9 * * *'), post('十一点', '0 11 * * *')]
    g.configure({ sop: { posts: edited } })
    expect(g.after('30m')).toEqual([
      '→管理群 📮 有内容没有按时发：\n· 九点 11-21 09:00（福利群）：改好的时候，这个时间已经过了。要补发：/sop now 九点 g1',
    ])
    expect(g.after('1h')).toEqual(['十一点！'])
  })

  it('sends nothing twice when the clock is set back, and goes on by the new time', () => {
    const g = chat([morning])
    g.after('26h')
    g.now -= 48 * 3_600_000
    g.handle({ type: 'loaded', at: g.now })
    const said = g.after('1d')
    expect(said[0]).toContain('时间往回调过')
    expect(g.after('1d')).toEqual([])
    expect(g.after('1d')).toEqual(['早安！'])
  })

  it('waits for a group that is lost and then tells what it missed', () => {
    const g = chat([post('早', '0 8 * * *', { late: 'skip' })])
    g.tables.table<{ epoch: number }>('directory.groups').set('g1', {
      ...(g.tables.table<{ epoch: number }>('directory.groups').get('g1') as object),
      epoch: 0,
    })
    expect(g.after('2h')).toEqual([])
    g.login()
    expect(g.admin('/sop today')).toEqual(['📅 11月21日 周六\n08:00 早　没发'])
    expect(g.after('0s')[0]).toContain('· 早 11-21 08:00（福利群）')
  })

  it('holds back what is too much for the day', () => {
    const g = chat([morning, post('九', '0 9 * * *')], { sop: { limits: { perDay: 1 } } })
    const [first, second] = g.after('3h')
    expect(first).toBe('早安！')
    expect(second).toContain('· 九 11-21 09:00（福利群）：这个群今天已经够多了')
  })

  it('counts for the day on which it was sent what was late over midnight, or sent by hand', () => {
    const posts = [post('夜', '50 23 * * *', { late: 60 }), post('早', '0 8 * * *'), post('午', '0 12 * * *')]
    const g = chat(posts, { sop: { limits: { perDay: 2 } }, at: '2026-11-21T23:00:00+08:00' })
    expect(downUntil(g, '2026-11-22T00:10:00+08:00')).toEqual(['夜！'])
    expect(g.admin('/sop now 早 g1')).toHaveLength(2)
    expect(g.after('9h')[0]).toContain('· 早 11-22 08:00（福利群）：这个群今天已经够多了')
  })

  it('holds back what comes within ten minutes of something else, as planned or by hand', () => {
    const g = chat([morning, post('太近', '9 8 * * *'), post('够远', '10 8 * * *'), post('十', '0 10 * * *')])
    const said = g.after('2h')
    expect(said.filter((line) => !line.startsWith('→'))).toEqual(['早安！', '够远！'])
    expect(said[1]).toContain('· 太近 11-21 08:09（福利群）：前 10 分钟里刚发过别的。要补发：/sop now 太近 g1')
    g.after('55m')
    g.admin('/sop now 早安')
    expect(g.after('10m')[0]).toContain('· 十 11-21 10:00（福利群）：前 10 分钟里刚发过别的')
  })

  it('keeps the planned distance, not the one that a block of the program made', () => {
    const g = chat([morning, post('十分', '10 8 * * *')])
    expect(downUntil(g, '2026-11-21T08:04:00+08:00')).toEqual(['早安！'])
    expect(g.after('10m')).toEqual(['十分！'])
  })

  it('keeps quiet by the clocks of each group', () => {
    const night = { from: '22:30', until: '07:30' }
    const g = new Chat({
      at: '2026-11-21T07:00:00+08:00',
      groups: ['上海', '纽约'],
      config: {
        bot: { botName: '圈子', sending: { quiet: night } },
        groups: { groups: [{ name: '上海' }, { name: '纽约', timezone: 'America/New_York' }] },
        sop: { posts: [post('午', '0 12 * * *'), post('夜', '0 23 * * *')] },
      },
    })
    const said = g.after('1d')
    expect(said.filter((line) => !line.includes('📮'))).toEqual(['午！', '→纽约 午！'])
    expect(said.filter((line) => line.includes('· 夜'))).toHaveLength(2)
    expect(said.every((line) => !line.includes('· 午'))).toBe(true)
    g.until(Date.parse('2026-11-22T14:00:00+08:00'))
    expect(g.admin('/sop now 午 g1').at(-1)).not.toContain('安静')
    expect(g.admin('/sop now 午 g2').at(-1)).toContain('安静')
  })

  it('is not crowded out by what is only for a person to do', () => {
    const g = chat([post('早', '0 8 * * *', { late: 90 }), { id: '人', at: '5 9 * * *', human: '排班' }])
    expect(downUntil(g, '2026-11-21T09:00:00+08:00')).toEqual(['早！'])
    expect(g.after('10m')[0]).toContain('轮到「人」了')
  })

  it('sends an activity however little else came in the week', () => {
    const posts = [post('问候', '0 8 * * 1,3'), post('秒杀', '0 18 * * 2,4', { category: '活动' })]
    const sop = { limits: { activityShare: { atMost: 10 } } }
    const g = chat(posts, { sop, at: '2026-11-23T07:00:00+08:00' })
    g.admin('/sop skip 问候')
    expect(g.after('6d')).toEqual(['秒杀！', '问候！', '秒杀！'])
    expect(g.admin('/sop week')[0]).toContain('活动 2/4 条，占 50%（最多 10%），偏多')
    expect(g.admin('/sop now 秒杀')).toEqual(['→福利群 秒杀！', '好，「秒杀」发到：福利群'])
  })

  it('tells admins what a person has to do even when the bot was down, by the command of the report', () => {
    const g = chat([{ id: '排班', at: '0 8 * * *', human: '排好下周的班' }])
    const [report] = downUntil(g, '2026-11-21T09:00:00+08:00')
    expect(report).toContain('· 排班 11-21 08:00（福利群）：到点时我没在运行，或没找到群。要补发：/sop now 排班 g1')
    expect(g.admin('/sop now 排班 g1')).toEqual([
      '📋 群主，轮到「排班」了（11-21 09:00，福利群）：排好下周的班\n做完发 /sop done 排班',
    ])
    expect(g.admin('/sop now 排班')[0]).toContain('「排班」（11-21 09:00）还没标记完成')
    expect(g.admin('/sop done 排斑')).toEqual(['「排斑」没有等着完成的事。还没完成的：排班'])
    expect(g.admin('/sop done 排班')).toHaveLength(1)
    expect(g.after('8h')).toEqual([])
  })

  it('tells one line for many groups, and the command that it names works for one', () => {
    const groups = ['甲', '乙', '丙', '丁', '戊', '己'].map((name) => ({ name }))
    const g = chat([post('问', '0 8 * * *', { late: 'ask' })], { groups })
    expect(downUntil(g, '2026-11-21T09:00:00+08:00')).toEqual([
      '→管理群 📮 有内容没有按时发：\n· 问 11-21 08:00（6 个群）：到点时我没在运行，等你决定补不补。补发：/sop now 问，不补：/sop skip 问',
    ])
    expect(g.admin('/sop skip 问 g1')).toEqual(['好，「问」错过的 1 次不补了。'])
    g.now += 30 * 3_600_000
    expect(g.admin('/sop now 问')).toHaveLength(6)
    expect(g.admin('/sop skip 问')[0]).toContain('11-23 08:00 这一次不发（6 个群）')
  })

  it('plans by the new time after the clock ran ahead and was set right, and asks or sends nothing twice', () => {
    const g = chat([morning, post('问', '0 9 * * *', { late: 'ask' }), post('补', '0 10 * * *', { late: 720 })])
    const ahead = downUntil(g, '2026-11-22T07:00:00+08:00')
    expect(ahead[0]).toContain('早安 11-21 08:00')
    g.now = Date.parse('2026-11-21T07:00:00+08:00')
    g.handle({ type: 'loaded', at: g.now })
    const said = g.after('1d')
    expect(said.slice(1)).toEqual(['早安！', '补！'])
  })
})

describe('commands', () => {
  it('shows today with what became of each post', () => {
    const g = chat([morning, post('午', '0 12 * * *')])
    g.after('2h')
    expect(g.admin('/sop today')).toEqual(['📅 11月21日 周六\n08:00 早安　已发\n12:00 午　未到'])
  })

  it('previews a post in the control group only', () => {
    const content = ['{{group}}早', { do: '/points m1' }]
    const g = chat([{ id: '早安', at: '0 8 * * *', content, note: '别催', category: '问候' }])
    expect(g.admin('/sop preview 早安')).toEqual([
      '「早安」下一次：11-21 08:00\n群：福利群\n负责人：群主　类别：问候\n备注：别催',
      '福利群早',
      '到时候会执行：/points m1',
    ])
    expect(g.admin('/sop preview 没有')).toEqual(['没有「没有」这条内容。现有：早安'])
  })

  it('pauses, also over midnight, and tells what was left out', () => {
    const g = chat([morning, post('夜', '30 23 * * *')], { groups: [{ name: '甲' }, { name: '乙' }] })
    g.admin('/sop pause')
    expect(g.after('1d')).toEqual([])
    expect(g.admin('/sop now 夜 g1')).toEqual(['→甲 夜！', '好，「夜」发到：甲'])
    expect(g.admin('/sop resume')).toEqual(['▶️ 恢复了。暂停期间有 3 次没发：早安、夜。要补发就用 /sop now <编号>。'])
    expect(g.admin('/sop now 夜')).toEqual(['→乙 夜！', '好，「夜」发到：乙'])
    expect(g.after('2h')).toEqual(['早安！', '→乙 早安！'])
  })

  it('skips the next time only, and twice the one after it too', () => {
    const g = chat([morning])
    expect(g.admin('/sop skip 早安')).toEqual(['好，「早安」11-21 08:00 这一次不发（1 个群），之后照常。'])
    expect(g.admin('/sop skip 早安')).toEqual(['好，「早安」11-22 08:00 这一次不发（1 个群），之后照常。'])
    expect(g.after('2d')).toEqual([])
    expect(g.after('1d')).toEqual(['早安！'])
  })

  it('previews of a rotation what has not come yet', () => {
    const g = chat([{ id: '早安', at: '0 8 * * *', rotate: ['一', '二'] }])
    const [first] = g.after('1d')
    const [head, next] = g.admin('/sop preview 早安')
    expect(head).toContain('轮换 2 条，这一轮用过 1 条')
    expect(next).not.toBe(first)
    expect(g.after('1d')).toEqual([next])
  })

  it('reminds three times a day, never at night, and of the last time when the next one comes', () => {
    const posts = [
      { id: '菜单', at: '0 11 * * *', human: '拍菜单' },
      { id: '夜班', at: '0 23 * * 6', human: '锁门' },
    ]
    const g = new Chat({ at: '2026-11-21T07:00:00+08:00', config: { bot: { botName: '圈子' }, sop: { posts } } })
    const times: string[] = []
    const until = Date.parse('2026-11-22T11:30:00+08:00')
    for (let timer = g.engine.nextTimer(); timer && timer.due < until; timer = g.engine.nextTimer())
      for (const line of g.until(timer.due)) {
        const clock = new Date(g.now + 8 * 3_600_000).toISOString().slice(11, 16)
        times.push(`${clock} ${/「(.+?)」/.exec(line)?.[1] ?? ''} ${line.includes('还没') ? '还没' : '轮到'}`)
      }
    expect(times).toEqual([
      '11:00 菜单 轮到',
      '11:30 菜单 还没',
      '13:00 菜单 还没',
      '19:00 菜单 还没',
      '23:00 夜班 轮到',
      '08:00 夜班 还没',
      '11:00 菜单 轮到',
    ])
    expect(g.errors).toEqual([])
  })

  it('reminds in the few minutes that are not quiet', () => {
    const g = new Chat({
      at: '2026-11-21T07:00:00+08:00',
      groups: ['甲'],
      config: {
        bot: { botName: '圈子', sending: { quiet: { from: '00:05', until: '00:00' } } },
        groups: { groups: [{ name: '甲' }] },
        sop: { posts: [{ id: '人', at: '2026-11-21 09:03', human: '排班' }] },
      },
    })
    expect(g.until(Date.parse('2026-11-22T08:00:00+08:00'))).toHaveLength(1)
    expect(g.until(Date.parse('2026-11-23T00:04:00+08:00'))[0]).toContain('还没标记完成')
  })

  it('reminds who has to do something until it is marked done', () => {
    const g = chat([post('菜单', '0 11 * * *', { human: '拍菜单', owner: '小李' })])
    const said = g.after('5h')
    expect(said[0]).toBe('菜单！')
    expect(said[1]).toBe('→管理群 📋 小李，轮到「菜单」了（11-21 11:00，福利群）：拍菜单\n做完发 /sop done 菜单')
    expect(said[2]).toContain('→管理群 📋 小李，「菜单」（11-21 11:00）还没标记完成')
    expect(said).toHaveLength(3)
    expect(g.admin('/sop today')[0]).toContain('11:00 菜单　已发　📋 等小李完成（11-21 11:00）')
    g.says('老板', '今天的菜单', { group: '福利群' })
    expect(g.admin('/sop done 菜单')).toEqual(['✅「菜单」做完了，辛苦。'])
    expect(g.after('5h').filter((line) => line.includes('菜单'))).toEqual([])
    expect(g.admin('/sop done 菜单')).toEqual(['「菜单」没有等着完成的事。还没完成的：无'])
  })

  it('gives a command at its place among the messages, with the bot’s own rights', () => {
    const content = ['看看榜', { do: '/points {{小明}}' }, '完了']
    const g = chat([{ id: '榜', at: '0 8 * * *', content }], { sop: { variables: { 小明: 'm1' } } })
    const said = g.after('2h')
    expect(said[0]).toBe('看看榜')
    expect(said[1]).toContain('→管理群 「榜」（福利群）：小明（m1）现在 0 分')
    expect(said[2]).toBe('完了')
    expect(g.admin('/sop today')[0]).toContain('08:00 榜　已发')
  })
})

it('starts a draw in its group, once, however often it is looked at', () => {
  const content = ['今晚抽奖', { do: '/draw new 周末福利 纪念品x1 群 {{groupId}} 截止 2小时' }]
  const g = chat([{ id: '抽奖', at: '0 8 * * *', content }])
  const said = g.after('90m')
  expect(said[0]).toBe('今晚抽奖')
  expect(said.filter((line) => !line.startsWith('→') && line.includes('周末福利'))).toHaveLength(1)
  g.handle({ type: 'loaded', at: g.now })
  expect(g.after('1m')).toEqual([])
  expect(g.errors).toEqual([])
})

it('tells which post it was when its quiz finds another one running', () => {
  const g = new Chat({
    at: '2026-11-21T07:00:00+08:00',
    config: {
      bot: quiet,
      quiz: { files: ['quiz/题.csv'] },
      sop: { posts: [{ id: '抢答', at: '0 8 * * *', content: { do: '/quiz start {{groupId}}' } }] },
    },
    files: { 'quiz/题.csv': '题目,答案\n一年有几个季节？,4\n一周有几天？,7\n一天有几小时？,24\n' },
  })
  g.until(Date.parse('2026-11-21T07:59:55+08:00'))
  g.admin('/quiz start 福利群')
  const said = g.after('10s')
  expect(said).toEqual([expect.stringContaining('→管理群 「抢答」（福利群）：「福利群」的答题还没结束')])
})

it('gives no commands before the control group is claimed, and says so later', () => {
  const g = chat([{ id: '榜', at: '0 8 * * *', content: ['看榜', { do: '/points m1' }] }])
  g.tables.table('rights.control').delete('control')
  const said = g.after('2h')
  expect(said).toHaveLength(1)
  expect(said[0]).toContain('要先认领管理群')
})
