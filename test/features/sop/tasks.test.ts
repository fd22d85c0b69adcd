// What people have to do: told, reminded of at most three times and together, ended with a word, and kept in a table.
import { describe, expect, it } from 'vitest'
import { Chat } from '../../support/chat.ts'

const bot = { botName: '圈子', sending: { quiet: false } }
const menu = { id: '今日菜单', at: '11:00', content: '报菜单', human: '发菜单', owner: '小李' }
const picture = { id: '馋一口', at: '11:10', human: '发张图' }

function chat(posts: object[], groups = ['福利群']) {
  const named = { groups: groups.map((name) => ({ name })) }
  return new Chat({ at: '2026-11-21T10:59:00+08:00', groups, config: { bot, groups: named, sop: { posts } } })
}

describe('a task', () => {
  it('is reminded of three times, together with others, and then no more', () => {
    const g = chat([menu, picture])
    const said = g.after('23h').filter((line) => line.includes('还没标记') || line.includes('没标记完成'))
    expect(said).toHaveLength(3)
    expect(said[0]).toBe(
      '→管理群 📋 还有 2 件没标记完成：\n· 「今日菜单」（11-21 11:00，小李）：发菜单\n· 「馋一口」（11-21 11:10，群主）：发张图\n做完发 /sop done 编号，不做了发 /sop done 编号 不做了',
    )
  })

  it('is done with feedback, which is kept as a table', () => {
    const g = chat([menu, picture])
    g.after('20m')
    expect(g.admin('/sop feedback')[0]).toContain('还没有反馈')
    g.says('老板', '今天的菜单：草莓 12 元', { group: '福利群' })
    expect(g.admin('/sop done 今日菜单 卖了30份，草莓最快')).toEqual([
      '✅「今日菜单」做完了，反馈记下了，/sop feedback 看全部。',
    ])
    g.admin('/sop done 馋一口 =1+1, 好')
    expect(g.admin('/sop done 今日菜单 后来又补了10份')[0]).toContain('的反馈记下了')
    expect(g.admin('/sop feedback')).toEqual([
      '时间,内容,负责人,反馈\n11-21 11:00,今日菜单：发菜单,小李,卖了30份，草莓最快\n11-21 11:10,馋一口：发张图,群主,"\'=1+1, 好"\n11-21 11:00,今日菜单：发菜单,小李,后来又补了10份',
    ])
    expect(g.admin('/sop done 没有')[0]).toContain('没有等着完成的事')
  })

  it('that is done names the groups in which nobody of the shop has posted', () => {
    const g = chat([menu], ['一群', '二群', '三群'])
    g.after('10m')
    g.says('老板', '今天的菜单', { group: '一群' })
    g.handle({ type: 'posted', at: g.now, group: g.group('三群'), kind: 'picture', text: '' })
    expect(g.admin('/sop done 今日菜单')).toEqual([
      '✅「今日菜单」做完了，辛苦。\n这些群里还没见到店里人发东西：二群。漏了就补一下，不用的话不用管。',
    ])
  })

  it.each(['不做了', '今天不发了', '取消'])('is ended by %s', (word) => {
    const g = chat([menu])
    g.after('10m')
    expect(g.admin(`/sop done 今日菜单 ${word}`)).toEqual(['好，「今日菜单」（11-21 11:00）这次不做了，不再提醒。'])
    expect(g.after('20h')).toEqual([])
    expect(g.admin('/sop feedback')[0]).toContain(word)
  })
})
