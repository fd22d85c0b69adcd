// Lucky packets: parts that sum exactly, one for each, the rest back to who sent it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../src/core/lib/random.ts'
import { Chat } from '../support/chat.ts'

const quiet = { points: { message: { points: 0 } } }

describe('a lucky packet', () => {
  it('is drawn by the quick ones, one part each, and names the luckiest', () => {
    const g = new Chat({ members: ['小明', '阿花', '大刘'], config: quiet })
    expect(g.admin('/packet 10 2')).toEqual([
      '→福利群 🧧 管理员 发了积分红包：10 分，2 份，手快有。\n回复「抢」抢一份，24 小时内有效。',
      '红包「10 分」 #1 已在「福利群」开始。/show 1 · /prolong 1 时间 · /close 1 · /cancel 1 原因',
    ])
    const [first = ''] = g.says('小明', '抢！')
    const points = Number(/抢到 (\d+) 分$/.exec(first)?.[1])
    expect(g.says('小明', '抢红包')).toEqual(['小明 已经抢过这个红包了，每人一份。'])
    g.after('5s')
    const lucky = points >= 5 ? '小明' : '阿花'
    expect(g.says('阿花', '抢')).toEqual([
      `🧧 阿花 抢到 ${10 - points} 分`,
      `🧧 2 份抢完了，用了 5 秒。手气最佳：@${lucky}，${Math.max(points, 10 - points)} 分。`,
    ])
    expect(g.says('大刘', '抢')).toEqual([])
    expect(g.after('2d')).toEqual([])
  })

  it('that is unusually large is asked about once', () => {
    const g = new Chat({ config: quiet })
    expect(g.admin('/packet 10000 10')[0]).toContain('发一个 10000 分的红包到「福利群」')
    expect(g.says('小明', '抢')).toEqual([])
    expect(g.admin('/yes')[0]).toContain('10000 分，10 份')
  })

  it('is withdrawn when its time is over', () => {
    const g = new Chat({ config: quiet })
    g.admin('/packet 50 2')
    expect(g.admin('/packet 50 2')).toEqual(['「福利群」里还有一个红包没抢完，等它抢完或到时间再发。'])
    const got = Number(/抢到 (\d+) 分$/.exec(g.says('小明', '抢')[0] ?? '')?.[1])
    expect(g.after('1d')).toEqual([`🧧 红包结束了，2 份抢了 1 份。剩下的 ${50 - got} 分收回。`])
    expect(g.says('阿花', '抢')).toEqual([])
  })

  it('comes from members only where that is allowed, and the rest goes back', () => {
    const g = new Chat({ config: { ...quiet, packet: { members: true, hours: 1, membersMost: 60 } } })
    g.admin('/points add @小明 50 晒单')
    expect(g.says('小明', '发红包 50 0')).toEqual(['写法：「发红包 100 10」，100 分分成 10 份，最多 60 分、200 份。'])
    expect(g.says('小明', '发红包 61 2')).toEqual([])
    g.after('1m')
    expect(g.says('小明', '发红包 55 2')).toEqual(['小明 现在有 50 分，发不了这么大的红包。'])
    expect(g.says('小明', '发红包 40 2')[0]).toContain('🧧 小明 发了积分红包：40 分，2 份')
    const got = Number(/抢到 (\d+) 分$/.exec(g.says('阿花', '抢')[0] ?? '')?.[1])
    expect(g.after('1h')).toEqual([`🧧 红包结束了，2 份抢了 1 份。剩下的 ${40 - got} 分退回给 小明。`])
    expect(g.says('小明', '积分')[0]).toContain(`有 ${50 - got} 分`)
    g.configure({ packet: { members: false } })
    expect(g.says('小明', '发红包 10 2')).toEqual(['这里不能发积分红包。'])
  })

  it('is taken back step by step', () => {
    const g = new Chat({ config: { ...quiet, packet: { members: true } } })
    g.admin('/points add @小明 50 晒单')
    g.says('小明', '发红包 40 2')
    const sent = g.last('packet.activities').seq
    g.says('阿花', '抢')
    const grabbed = g.last('packet.activities').seq
    expect(g.admin(`/undo L${sent}`)[0]).toMatch(new RegExp(`会同时收回：\\nL${grabbed} .*阿花`))
    expect(g.admin(`/undo L${sent} 一起`)[0]).toContain(`一起收回的：L${grabbed}`)
    expect(g.says('小明', '积分')[0]).toContain('有 50 分')
    expect(g.says('阿花', '积分')[0]).toContain('有 0 分')
    expect(g.after('2d')).toEqual([])
  })

  it('says which group it needs', () => {
    const groups = { groups: [{ name: '一群' }, { name: '二群' }, { name: '静群', features: { packet: false } }] }
    const g = new Chat({ groups: ['一群', '二群', '静群'], config: { ...quiet, groups } })
    expect(g.admin('/packet 10 2 静群')).toEqual([
      '「静群」没有打开积分红包，打开了的有：一群（g1）、二群（g2）\n打开：在 config/groups.yaml 里「静群」的 features 下写 packet: true',
    ])
    expect(g.admin('/packet 10 2')).toEqual([
      '在哪个群？一群（g1）、二群（g2）。请写上群名或编号\n写法：/packet <总分> <份数> [群]\n例子：/packet 100 10 g1',
    ])
    expect(g.admin('/packet 10 2 二群')[0]).toContain('→二群')
    expect(g.admin('/packet 2 10 一群')).toEqual(['2 分不够分成 10 份，每份至少 1 分。'])
  })

  it('is cut into parts of at least 1 that sum exactly', () => {
    const packets = fc
      .integer({ min: 1, max: 200 })
      .chain((count) => fc.tuple(fc.integer({ min: count, max: 5000 }), fc.constant(count)))
    fc.assert(
      fc.property(packets, fc.string(), ([total, count], seed) => {
        const parts = new Random(seed).parts(total, count)
        expect(parts).toHaveLength(count)
        expect(Math.min(...parts)).toBeGreaterThanOrEqual(1)
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total)
      }),
      { numRuns: 300 },
    )
  })
})
