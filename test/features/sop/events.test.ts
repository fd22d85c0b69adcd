// Posts around events: a date, or an hour of every week, with posts days and hours before, at and after.
import { describe, expect, it } from 'vitest'
import { settingsFrom, Chat } from '../../support/chat.ts'
import { features } from '../../../src/features/index.ts'

const bot = { botName: '圈子', sending: { quiet: false } }

function chat(sop: object, files: Record<string, string> = {}) {
  const groups = { groups: [{ name: '知识群' }] }
  return new Chat({ at: '2026-11-21T07:00:00+08:00', groups: ['知识群'], config: { bot, groups, sop }, files })
}

describe('events', () => {
  it('make a week of teaching in ten lines', () => {
    const g = chat(
      {
        events: { 上课: '每周二 20:00' },
        posts: [
          { id: '预告', at: { event: '上课', daysBefore: [1], time: '20:00' }, content: '明晚 {{starts}} {{event}}' },
          { id: '倒计时', at: { event: '上课', hoursBefore: [2, 0.5] }, content: '离{{event}}还有 {{left}}' },
          { id: '开课', at: { event: '上课', hoursBefore: [0] }, content: '开始啦' },
          {
            id: '回放',
            at: { event: '上课', hoursBefore: [-14.5] },
            content: [{ video: 'files/回放.mp4' }, '回放在上面'],
          },
          { id: '作业', at: { event: '上课', daysBefore: [-2], time: '9:00' }, content: '交作业' },
        ],
      },
      { 'files/回放.mp4': 'mp4' },
    )
    expect(g.after('7d')).toEqual([
      '明晚 20:00 上课',
      '离上课还有 2 小时',
      '离上课还有 30 分钟',
      '开始啦',
      '[files/回放.mp4]',
      '回放在上面',
      '交作业',
    ])
    const week = g.admin('/sop week')[0] ?? ''
    expect(week).toContain('· 倒计时　18:00、19:30 周二')
    expect(week).toContain('· 回放　10:30 周三')
    expect(g.after('7d')).toHaveLength(7)
  })

  it('count hours over midnight, and to a date', () => {
    const g = chat({
      events: { 快闪: '2026-11-25 00:30', 每日: '每天 23:00' },
      posts: [
        { id: '前', at: { event: '快闪', hoursBefore: [1, 36] }, content: '{{left}} {{time}}' },
        { id: '后', at: { event: '每日', hoursBefore: [-2] }, content: '{{date}}' },
      ],
    })
    expect(g.after('5d')).toEqual([
      '11月22日',
      '11月23日',
      '1 天 12 小时 12:30',
      '11月24日',
      '1 小时 23:30',
      '11月25日',
      '11月26日',
    ])
  })

  it.each([
    [{ 周年庆: '2026-13-40' }, [], '「2026-13-40」不是一个时间'],
    [{ 周年庆: '下班后' }, [], "「下班后」不是一个时间，写成 '2026-12-12'"],
    [{ 课: '每周二' }, [{ event: '课', hoursBefore: [2] }], '「课」只有日期，没有几点'],
    [{ 课: '周二 20:00' }, [{ event: '可', hoursBefore: [2] }], 'events 里没有「可」，有：课'],
  ])('refuse %j', (events, at, expected) => {
    const posts = at.length > 0 ? [{ id: '早', at, content: '早' }] : []
    const config = { bot, groups: { groups: [{ name: '群' }] }, sop: { events, posts } }
    expect(() => settingsFrom(features, config)).toThrow(expected)
  })

  it('take a weekday without an hour for days before it', () => {
    const posts = [{ id: '早', at: { event: '课', daysBefore: [1], time: '9:00' }, content: '还有 {{days}} 天' }]
    expect(chat({ events: { 课: '每周二' }, posts }).after('7d')).toEqual(['还有 1 天'])
  })

  it('send nothing but mp4 as a video', () => {
    const posts = [{ id: '早', at: '9:00', content: { video: 'a.mov' } }]
    const config = { bot, groups: { groups: [{ name: '群' }] }, sop: { posts } }
    expect(() => settingsFrom(features, config, { 'a.mov': 'x' })).toThrow(/回放\.mp4/)
  })
})
