// The control group: claimed by a code, steered by people with a role, every decision visible and taken back in one line.
import { describe, expect, it } from 'vitest'
import { Chat } from '../support/chat.ts'
import { features } from '../../src/features/index.ts'
import { feature } from '../../src/core/feature/feature.ts'
import { z } from 'zod'

describe('admin', () => {
  it('is steered from the control group only, by people with a role only', () => {
    const g = new Chat()
    expect(g.says('小明', '/points add @小明 100 我要')).toEqual([])
    expect(g.tells('小明', '/points add @小明 100 我要')).toEqual([])
    expect(g.says('路人', '/points add @小明 100 我要', { group: '管理群' })).toEqual([
      '「/points add」要管理员才能用，请群主用 /role 授权。',
    ])
    expect(g.says('老板', '/points add @小明 100 我要')).toEqual([])
    expect(g.says('小明', '积分')[0]).toContain('有 1 分')
    expect(g.admin('/status')[0]).toContain('别处有 4 次无效的命令，最近一次：')
  })

  it('is claimed once, and a code that members have seen is void', () => {
    const g = new Chat()
    expect(g.says('路人', '/claim CHATCODE00', { group: '路人的群' })).toEqual(['这个认领码不对。'])
    expect(g.admin('/groups')).not.toEqual([])
  })

  it('gives roles after a confirmation by the same person within a minute', () => {
    const g = new Chat()
    g.says('小李', '在', { group: '管理群' })
    g.joins('小李', '管理群')
    expect(g.admin('/role @小李 helper')).toEqual([
      `要把 小李（${g.id('小李')}，在 管理群）设为助手。\n一分钟内回复 /yes 执行，不做就回复 /no。`,
    ])
    expect(g.says('小李', '/yes', { group: '管理群' })).toEqual([])
    g.after('61s')
    expect(g.admin('/yes')).toEqual(['没有等你确认的命令，或者已经过了一分钟。'])
    g.admin('/role @小李 helper')
    expect(g.admin('/yes')).toEqual([`小李（${g.id('小李')}）现在是助手。`])
    expect(g.says('小李', '/groups', { group: '管理群' })).toEqual([`${g.group('福利群')} 福利群　2 人`])
    expect(g.says('小李', '/undo 1', { group: '管理群' })[0]).toContain('要管理员才能用')
  })

  it('leaves what is answered with /no', () => {
    const g = new Chat()
    g.admin('/role @小明 管理员')
    expect(g.admin('/no')).toEqual(['好，不做了。'])
    expect(g.admin('/yes')).toEqual(['没有等你确认的命令，或者已经过了一分钟。'])
    expect(g.admin('/roles')[0]).not.toContain('小明')
  })

  it('asks again when a name has come to mean somebody else before the /yes', () => {
    const g = new Chat()
    for (const name of ['小李', '路人']) {
      g.says(name, '在', { group: '管理群' })
      g.joins(name, '管理群')
    }
    g.admin('/role @小李 helper')
    g.renames('小李', '李某', '管理群')
    g.renames('路人', '小李', '管理群')
    const [asked] = g.admin('/yes')
    expect(asked).toContain(`要把 小李（${g.id('路人')}，`)
    g.after('61s')
    expect(g.admin('/yes')).toEqual(['没有等你确认的命令，或者已经过了一分钟。'])
    expect(g.engine.rights.roleOf(g.id('路人'))).toBe('member')
  })

  it('loses every right with a fresh login, whoever bears which name', () => {
    const g = new Chat()
    const before = g.group('管理群')
    g.relogin()
    expect(g.engine.rights.holders().map(({ member }) => g.engine.members.name(member))).toEqual(['老板'])
    expect(g.group('管理群')).toBeDefined()
    expect(before).toBeDefined()
  })

  it('shows what was done, why, and takes it back', () => {
    const g = new Chat()
    g.admin('/points add @小明 10 晒单')
    const [log] = g.admin('/log')
    const line = log?.split('\n').find((entryLine) => entryLine.includes('晒单')) ?? ''
    const number = /^L(\d+)/.exec(line)?.[1] ?? ''
    expect(line).toContain('小明 +10 分（晒单）')
    expect(g.admin(`/why L${number}`)[0]).toContain('· 小明 +10 分（晒单）')
    expect(g.admin(`/undo L${number}`)).toEqual([`已撤销 L${number}：小明 -10 分`])
    expect(g.says('小明', '积分')[0]).toContain('有 0 分')
    expect(g.admin(`/undo L${number}`)).toEqual([`L${number} 已经撤销过了。`])
    expect(g.admin('/why l99999')).toEqual(['找不到 L99999。记录保留 7 天左右，/log 看最近的。'])
  })

  it('logs what answers from elsewhere led to: of the language model, and an undo', () => {
    const g = new Chat({ config: { faq: { entries: [{ id: 'a', question: '几点开门', answer: '8 点' }] } } })
    g.model = () => ({ outcome: 'answered', text: '可以的。' })
    g.says('小明', '店里开门前能先取菜吗', { addressed: true })
    g.admin('/points add @小明 10 晒单')
    const { seq } = g.last('ledger.bookings')
    g.admin(`/undo L${seq}`)
    for (const command of ['/status', '/log', `/why L${seq}`]) g.admin(command)
    const [model = '', grant = '', undo = '', ...more] = (g.admin('/log 3')[0] ?? '').split('\n')
    expect(model).toMatch(/^L\d+ .* 小明 m\d+（福利群）：店里开门前能先取菜吗 → 回「@小明 可以的。/)
    expect(grant).toContain('/points add')
    expect(undo).toMatch(new RegExp(`^L\\d+ .* 撤销 L${seq} → 小明 -10 分`))
    expect(more).toEqual([])
  })

  it('takes back an undo as well, and says what cannot be taken back', () => {
    const g = new Chat()
    g.admin('/points add @小明 10 晒单')
    g.admin(`/undo L${g.last('ledger.bookings').seq}`)
    g.admin(`/undo L${g.last('admin.undone').seq}`)
    expect(g.says('小明', '积分')[0]).toContain('有 10 分')
    const grant = g.entries.find(({ changes }) => changes.some(({ table }) => table === 'ledger.bookings'))
    g.admin('/points add @小明 -7 换蛋糕')
    expect(g.admin(`/undo L${grant?.seq}`)[0]).toContain('小明 已经花掉 7 分，扣不回来')
    expect(g.says('小明', '积分')[0]).toContain('有 0 分')
  })

  it('explains commands, and guesses what was meant', () => {
    const g = new Chat()
    expect(g.admin('/help')[0]).toMatch(/\/points [^·]+ · .*\/points add [^·]+/)
    expect(g.admin('/help 抽奖')[0]).toContain('/draw new')
    expect(g.admin('/help 核销')[0]).not.toContain('没有「核销」')
    expect(g.admin('/help 暂停')[0]).toContain('/sop pause')
    expect(g.admin('/help /points')[0]).toContain('/points <@成员>\n')
    expect(g.admin('/help points')[0]).toContain('/points add <@成员> <分数> <原因>\n')
    expect(g.admin('/help nothing')).toEqual(['没有「nothing」这个命令，发 /help 看全部。'])
    expect(g.admin('/help points add')[0]).toContain('例子：/points add @小明 10 晒单')
    expect(g.admin('/statsu')).toEqual(['没有「/statsu」这个命令。是不是想用 /status？\n发 /help 看全部命令。'])
    expect(g.admin('大家早')).toEqual([])
    expect(g.admin('／status')[0]).toContain('在线')
  })

  it('tells admins once when a feature fails, and lets the others go on', () => {
    const broken = feature({
      name: 'broken',
      summary: { zh: '坏的', en: 'broken' },
      config: z.strictObject({}),
      texts: { zh: {}, en: {} },
      observe() {
        throw new Error('no')
      },
    })
    const g = new Chat({ features: [broken, ...features] })
    g.mayThrow('broken').says('小明', '大家早上好呀')
    expect(g.errors).toMatchObject([{ feature: 'broken' }])
    expect(g.says('小明', '积分')[0]).toContain('有 1 分')
  })
})
