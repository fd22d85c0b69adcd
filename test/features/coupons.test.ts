// Coupons: issued by kind, shown to their owner, redeemed once by staff, reminded of, counted, and everything can be taken back.
import { describe, expect, it } from 'vitest'
import { features } from '../../src/features/index.ts'
import { Chat, settingsFrom } from '../support/chat.ts'

const kinds = {
  大券: { value: '满30减10', size: 'large', valid: { days: 7 }, terms: '每单一张' },
  小券: { value: '满15减3', valid: { days: 7 }, perMember: 1 },
  码券: { value: '免费一份', valid: { until: '2026-11-30' }, codes: 'codes/free.csv' },
}
const options = {
  config: {
    coupons: { kinds, welcome: { large: '大券', small: '小券' }, alarmAt: 1, transfer: true },
    groups: { groups: [{ name: '福利群' }, { name: '店员群', tags: ['员工群'] }] },
    welcome: { enabled: false },
    points: { message: { points: 0 } },
  },
  groups: ['福利群', '店员群'],
  members: ['小明', '阿花'],
  files: { 'codes/free.csv': '序号,券码\n1,FREE-0001\n2,FREE-0002\n3,FREE-0003\n' },
}

/** A coupon's code, as its owner sees it. */
function codeOf(g: Chat, name: string, kind: string): string {
  const line = g
    .tells(name, '我的券')[0]
    ?.split('\n')
    .find((one) => one.startsWith(kind))
  return /）(\S+)/.exec(line ?? '')?.[1] ?? 'no code'
}

describe('coupons', () => {
  it('welcomes a newcomer with a large and a small one, once ever', () => {
    const g = new Chat(options)
    g.joins('小红')
    g.leaves('小红')
    g.joins('小红')
    g.joins('小红', '店员群')
    const [whole = ''] = g.tells('小红', '我的券')
    expect(whole).toMatch(
      /^🎫 小红 的券（2 张）\n大券（满30减10）[3-9A-Y]{8}　有效到 11-28\n　每单一张\n小券（满15减3）[3-9A-Y]{8}　有效到 11-28$/,
    )
    expect(g.says('小红', '我的券')[0]).toMatch(/大券（满30减10）\S{2}••••\S{2}　有效到 11-28/)
    expect(g.says('小明', '我的券')).toEqual(['小明 现在没有能用的券。'])
  })

  it('is redeemed once, by staff only, and says by whom when it is tried again', () => {
    const g = new Chat(options)
    g.admin('/coupons give @小明 大券 晒单')
    const code = codeOf(g, '小明', '大券')
    expect(g.says('小明', `核销 ${code}`)).toEqual([])
    expect(g.tells('小明', `核销 ${code}`)).toEqual([])
    expect(g.says('路人', `核销 ${code}`, { group: '管理群' })).toEqual([])
    const id = g.id('小明')
    expect(g.says('阿花', `核销 ${code.toLowerCase().slice(0, 4)} ${code.slice(4)}`, { group: '店员群' })).toEqual([
      `✅ 已核销：大券（满30减10）\n持券人 小明（${id}），有效到 2026-11-28。\n核错了？请在管理群撤销：/log 找到这一条，再 /undo。`,
    ])
    expect(g.admin('/log 2')[0]).toContain('小明 的「大券」核销了')
    expect(g.admin(`核销 ${code}`)).toEqual([
      `❌ 这张券用过了：大券，11-21 10:00 由 阿花 核销。\n持券人 小明（${id}）。`,
    ])
    expect(g.admin('核销 ABCD')).toEqual(['没有「ABCD」这张券，请核对一下券码。'])
    expect(g.admin(`/undo L${g.last('ledger.coupons').seq}`)[0]).toContain('1 条记录恢复原样')
    expect(g.admin(`核销 ${code}`)[0]).toContain('✅ 已核销')
    expect(g.says('小明', '我的券')).toEqual(['小明 现在没有能用的券。'])
    expect(g.errors).toEqual([])
  })

  it('expires after its last day', () => {
    const g = new Chat(options)
    g.admin('/coupons give @小明 大券 晒单')
    const code = codeOf(g, '小明', '大券')
    g.after('7d')
    expect(g.says('小明', '我的券')[0]).toContain('1 张')
    g.after('1d')
    expect(g.says('小明', '我的券')).toEqual(['小明 现在没有能用的券。'])
    expect(g.admin(`核销 ${code}`)[0]).toContain('❌ 这张券过期了：大券，2026-11-28 是最后一天。')
    expect(g.admin('/coupons')).toEqual(['🎫 券的情况\n大券：发 1，用 0，过期 1，未用 0，不限量'])
  })

  it('hands out listed codes in order, alarms when they run out, and takes one back', () => {
    const g = new Chat(options)
    g.admin('/coupons give @小明 码券 晒单')
    const second = g.admin('/coupons give @阿花 码券 晒单')
    expect(second).toEqual([
      `已发给 阿花（${g.id('阿花')}）：「码券」一张。原因：晒单`,
      '🎫 「码券」只剩 1 张了，要加的话请改 config/coupons.yaml 或券码文件。',
    ])
    expect(g.admin('/coupons give @阿花 码券 晒单')[1]).toContain('「码券」发完了')
    expect(g.admin('/coupons give @小明 码券 晒单')).toEqual(['「码券」发完了。'])
    expect(codeOf(g, '小明', '码券')).toBe('FREE-0001')
    const first = g.entries.find(({ changes }) => changes.some(({ table }) => table === 'ledger.coupons'))
    expect(g.admin(`/undo L${first?.seq}`)[0]).toContain('已撤销')
    expect(g.says('小明', '我的券')).toEqual(['小明 现在没有能用的券。'])
    g.admin('/coupons give @小明 码券 晒单')
    expect(codeOf(g, '小明', '码券')).toBe('FREE-0001')
    expect(g.admin('/coupons')[0]).toContain('码券：发 3，用 0，过期 0，未用 3，还能发 0')
  })

  it('keeps to the limit of each person, and knows what there is', () => {
    const g = new Chat(options)
    g.admin('/coupons give @小明 小券 晒单')
    expect(g.admin('/coupons give @小明 小券 晒单')).toEqual(['这样 小明 的「小券」就超过每人上限了，没有发。'])
    expect(g.admin('/coupons give @小明 中券 晒单')[0]).toContain('没有「中券」这种券，是不是 大券、小券、码券？')
    expect(g.admin('/coupons give @小明')[0]).toContain('例子：/coupons give @小明 10元券 上次送错补一张')
  })

  it('is redeemed as staff type it: with a full stop, with thanks, several at once', () => {
    const g = new Chat(options)
    const codes = ['小明', '阿花'].map((name) => {
      g.admin(`/coupons give @${name} 大券 晒单`)
      return codeOf(g, name, '大券')
    })
    const [first = '', second = ''] = codes
    const told = g.admin(`核销 ${first} ${second} 谢谢`).join()
    expect(told.match(/已核销/g)).toHaveLength(2)
    expect(g.admin(`核销码${first}。`)[0]).toContain('这张券用过了')
    expect(g.admin('核销 AB12CD 谢谢')[0]).toContain('「AB12CD」')
  })

  it('is passed on to a friend where that is allowed', () => {
    const g = new Chat(options)
    g.admin('/coupons give @小明 大券 晒单')
    expect(g.says('小明', '转赠 @阿花 大券')).toEqual(['🎁 小明 把一张「大券」转赠给了 阿花，有效到 11-28。'])
    expect(g.says('小明', '转赠 @阿花 大券')).toEqual(['小明 没有这种可以转赠的券，发「我的券」看有什么。'])
    expect(g.says('小明', '转赠 @路人 大券')[0]).toContain('写法：')
    expect(g.says('阿花', '我的券')[0]).toContain('1 张')
    g.configure({ coupons: { kinds, transfer: false } })
    expect(g.says('阿花', '转赠 @小明 大券')).toEqual(['这里的券只能自己用，不能转赠。'])
    g.admin(`/undo L${g.last('ledger.coupons').seq}`)
    expect(g.says('小明', '我的券')[0]).toContain('1 张')
  })

  it('reminds before the end: directly whom it knows, the others together', () => {
    const g = new Chat({ ...options, members: ['小明', '阿花', '大刘'] })
    g.tells('小明', '我的券')
    for (const name of ['小明', '阿花', '大刘']) {
      g.admin(`/coupons give @${name} 大券 晒单`)
      g.after('1s')
    }
    const code = codeOf(g, '小明', '大券')
    g.after('4d')
    expect(g.after('1d')).toEqual([
      `→小明 ⏰ 你有 1 张券快到期：\n大券（满30减10）${code}　有效到 11-28`,
      '⏰ 有券快到期：@阿花 1 张、@大刘 1 张\n私聊我发「我的券」看是哪张、到哪天。',
    ])
    expect(g.after('3d')).toEqual([])
  })

  it('reminds in the group whom it cannot reach directly', () => {
    const g = new Chat(options)
    g.tells('小明', '我的券')
    g.admin('/coupons give @小明 大券 晒单')
    g.after('5d')
    const effect = {
      type: 'say',
      to: { member: g.id('小明') },
      text: '⏰',
      merge: 'reminder',
      priority: 'post',
      freshFor: 1,
    }
    g.tables.table('outbox.effects').set('1.0', { feature: 'coupons', effect, plannedAt: g.now })
    g.handle({ type: 'resulted', at: g.now, effect: '1.0', feature: 'coupons', outcome: 'refused', detail: '' })
    expect(g.after('1s')).toEqual(['⏰ 有券快到期：@小明 1 张\n私聊我发「我的券」看是哪张、到哪天。'])
    expect(g.errors).toEqual([])
  })

  it('shows nothing of a person of whom it is not sure', () => {
    const g = new Chat(options)
    g.admin('/coupons give @小明 大券 晒单')
    g.doubt('小明')
    expect(g.tells('小明', '我的券')).toEqual([
      '小明 的券都还在，身份核对好之后就能看，一般再聊几天就好。急用请找管理员。',
    ])
  })

  it('refuses broken files whole, with place and reason', () => {
    const broken = (coupons: unknown, csv = options.files['codes/free.csv'], more: Record<string, unknown> = {}) => {
      const config = { bot: { botName: '圈子' }, groups: options.config.groups, coupons, ...more }
      return () => settingsFrom(features, config, { 'codes/free.csv': csv })
    }
    expect(broken({ kinds })).not.toThrow()
    expect(broken({ kinds }, '券码\nA1\n\nA1\n')).toThrow('free.csv 第 4 行：券码「A1」和 codes/free.csv 2 重复')
    expect(broken({ kinds }, '券码\n1.2E+15')).toThrow('科学计数')
    expect(broken({ kinds }, '')).toThrow('里没有券码')
    const again = { ...kinds.码券, valid: { days: 3 } }
    expect(broken({ kinds: { ...kinds, 又一种: again } })).toThrow('重复')
    expect(broken({ kinds, welcome: { large: '小券' } })).toThrow('这里要一张大券')
    expect(broken({ kinds, welcome: { small: '小卷' } })).toThrow('没有「小卷」这种券，是不是想写「小券」')
    expect(broken({ kinds: { 坏: { value: 'x', valid: { days: 7, until: '2026-11-30' } } } })).toThrow(/days|until/)
  })
})
