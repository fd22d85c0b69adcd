// Posts that admins put in from chat: times as people type them, groups, what is refused, and their way into the file.
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { Chat } from '../../support/chat.ts'

function chat(groups: object[] = [{ name: '福利群', tags: ['生鲜'] }], posts: object[] = []) {
  return new Chat({
    at: '2026-11-21T07:00:00+08:00',
    groups: groups.map((group) => (group as { name: string }).name),
    config: { bot: { botName: '圈子', sending: { quiet: false } }, groups: { groups }, sop: { posts } },
  })
}

describe('/sop add', () => {
  it.each([
    ['每天8:00 大家早', '11-21 08:00，一周 7 次'],
    ['每天 8点半 大家早', '11-21 08:30，一周 7 次'],
    ['工作日 9:00 大家早', '11-23 09:00，一周 5 次'],
    ['每周五 18:30 大家早', '11-27 18:30，一周 1 次'],
    ['周一三五 18:30 大家早', '11-23 18:30，一周 3 次'],
    ['周一到周五 18:30 大家早', '11-23 18:30，一周 5 次'],
    ['0 8 * * 1,4 大家早', '11-23 08:00，一周 2 次'],
    ['20:00 大家早', '11-21 20:00，只发这一次'],
    ['今晚8点 大家早', '11-21 20:00，只发这一次'],
    ['周日20:00 大家早', '11-22 20:00，只发这一次'],
    ['11-30 20:00 大家早', '11-30 20:00，只发这一次'],
    ['2026-12-24 18:00 大家早', '12-24 18:00，只发这一次'],
  ])('%s', (typed, expected) => {
    const g = chat()
    expect(g.admin(`/sop add 通知 ${typed}`)[0]).toContain(`好，「通知」加上了，发到：福利群\n下一次 ${expected}`)
    expect(g.after('34d')[0]).toBe('大家早')
    expect(g.errors).toEqual([])
  })

  it('takes the text as it was typed, with its lines and variables', () => {
    const g = chat()
    g.admin('/sop add 早安 每天8:00 早，{{group}}！\n今天是{{weekday}}，  8 点开门')
    expect(g.after('2h')).toEqual(['早，福利群！\n今天是周六，  8 点开门'])
    expect(g.admin('/sop week')[0]).toContain('· 早安　08:00 每天')
    expect(g.admin('/sop preview 早安')[1]).toContain('早，福利群')
  })

  it('asks for the group where there are several, and takes names, tags and all', () => {
    const g = chat([{ name: '甲 群', tags: ['生鲜'] }, { name: '乙' }, { name: '丙', tags: ['生鲜'] }])
    expect(g.admin('/sop add 早 每天8:00 早')).toEqual([
      '发到哪个群？在时间后面写上，例如「每天8:00 群 福利群 …」；所有群写「群 所有」。',
    ])
    expect(g.admin('/sop add 一 每天8:00 群 甲 群 早')[0]).toContain('发到：甲 群\n')
    expect(g.admin('/sop add 二 每天9:00 群 生鲜 早')[0]).toContain('发到：甲 群、丙\n')
    expect(g.admin('/sop add 三 每天10:00 群 乙、丙 早')[0]).toContain('发到：乙、丙\n')
    expect(g.admin('/sop add 四 每天11:00 群 所有 早')[0]).toContain('发到：甲 群、乙、丙\n')
    expect(g.admin('/sop add 五 每天12:00 群 丁 早')[0]).toContain('没有群或标签叫「丁」')
    expect(g.admin('/sop add 五 每天12:00 群g2 早')[0]).toContain('发到：乙\n')
  })

  it.each([
    ['早 下班后 早', '没看懂什么时候发'],
    ['早 每天8:00', '还没写要发的内容'],
    ['早 每天8:00 {{店长}}早', '这里没有变量 {{店长}}'],
    ['早 每天8:00 {{group早', '没有配对'],
    ['早 0 25 * * * 早', '「25」不对'],
    ['早 2020-01-01 8:00 早', '没有要发的时候'],
    ['早/安 每天8:00 早', '编号「早/安」要短'],
    ['旧 每天8:00 早', 'sop.yaml 里已经有「旧」'],
    [`早 每天8:00 ${'长'.repeat(1001)}`, '最多 1000 字'],
  ])('refuses %s', (typed, expected) => {
    const g = chat(undefined, [{ id: '旧', at: '12:00', content: '旧' }])
    expect(g.admin(`/sop add ${typed}`)[0]).toContain(expected)
    expect(g.after('2h')).toEqual([])
  })

  it('can be dropped, undone, and listed for the file, where it then counts', () => {
    const g = chat()
    g.admin('/sop add 早安 每天8:00 群 福利群 早："好"\n第二行 #1')
    g.admin('/sop add 晚安 每天21:00 晚安')
    g.admin('/sop add 午 每天12:00 午')
    expect(g.admin('/sop drop 午')).toEqual(['好，「午」删掉了，不再发。'])
    expect(g.admin('/sop drop 午')).toEqual(['聊天里没有加过「午」。加过的：早安、晚安'])
    g.admin('/sop add 夜 每天22:00 夜')
    g.admin(`/undo L${g.last('sop.added').seq}`)
    const [listed = ''] = g.admin('/sop export')
    const { posts } = parse(`posts:\n${listed.slice(listed.indexOf('\n') + 1)}`) as { posts: object[] }
    expect(posts).toEqual([
      { id: '早安', groups: ['福利群'], at: '每天8:00', content: '早："好"\n第二行 #1' },
      { id: '晚安', groups: ['福利群'], at: '每天21:00', content: '晚安' },
    ])
    g.configure({ sop: { posts } })
    expect(g.admin('/sop export')[0]).toContain('聊天里还没有加过内容')
    expect(g.after('1d')).toEqual(['早："好"\n第二行 #1', '晚安'])
    expect(g.admin('/sop drop 早安')[0]).toContain('写在 sop.yaml 里')
  })

  it('is for admins only', () => {
    const g = chat()
    expect(g.says('小明', '/sop add 早安 每天8:00 早')).toEqual([])
    expect(g.after('2h')).toEqual([])
  })
})
