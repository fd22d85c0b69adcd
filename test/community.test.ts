// Decide, save, act: what a crash leaves is taken up or reported, and what cannot be saved is never acted upon.
import { describe, expect, it } from 'vitest'
import { features } from '../src/features/index.ts'
import { BotRig } from './support/bot-rig.ts'
import { settingsFrom } from './support/chat.ts'

describe('a community', () => {
  it('answers once to a message that comes twice, also after a restart', async () => {
    const rig = new BotRig()
    await rig.start()
    rig.says('小明', '积分', undefined, 'same')
    rig.says('小明', '积分', undefined, 'same')
    await rig.advance(10_000)
    expect(rig.sent).toEqual(['福利群: 小明 现在有 0 分，今天得了 0 分。'])
    rig.kill()
    await rig.start()
    rig.says('小明', '积分', undefined, 'same')
    await rig.advance(10_000)
    expect(rig.sent).toEqual([])
  })

  it('keeps points over a kill', async () => {
    const rig = new BotRig()
    await rig.start()
    rig.says('老板', '/points add @小明 10 晒单', '管理群')
    await rig.advance(0)
    rig.kill()
    await rig.start()
    rig.says('小明', '积分')
    await rig.advance(10_000)
    expect(rig.sent).toContain('福利群: 小明 现在有 10 分，今天得了 0 分。')
  })

  it('reports what was on its way when it died, and never repeats it', async () => {
    const rig = new BotRig()
    await rig.start()
    rig.answer = () => new Promise(() => {})
    rig.says('小明', '积分')
    await rig.advance(10_000)
    expect(rig.sent).toEqual(['福利群: 小明 现在有 0 分，今天得了 0 分。'])
    rig.kill()
    rig.answer = () => ({ ok: true })
    const before = rig.sent.length
    await rig.start()
    expect(before).toBe(1)
    rig.says('老板', '/log', '管理群')
    await rig.advance(10_000)
    expect(rig.sent.join('\n')).toContain('不确定有没有发出')
    expect(rig.sent.some((line) => line.startsWith('福利群'))).toBe(false)
  })

  it('counts nothing and says so when the disk is full, and goes on when it is not', async () => {
    const rig = new BotRig()
    await rig.start()
    rig.disk.before = (operation) => {
      if (operation === 'write') throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
    }
    rig.says('小明', '骰子')
    rig.says('阿花', '骰子')
    rig.says('阿花', '今天天气真不错')
    rig.says('老板', '/points add @小明 10 晒单', '管理群')
    await rig.advance(30_000)
    expect(rig.sent).toEqual([
      '管理群: ⚠️ 数据存不下来：磁盘满了，请清出空间（10:01 起）。机器人还在，但不记账、不执行命令，也不回答。处理好磁盘，十几秒内自己恢复，不用重启。',
      '福利群: 我这边暂时记不了账，刚才的没有算上，过几分钟再发一次就好。',
      '管理群: 这条没有执行：磁盘满了，请清出空间，从 10:01 起什么都没记下。处理好磁盘，我十几秒内自己恢复，不用重启。',
    ])
    rig.disk.before = () => {}
    await rig.advance(15_000)
    expect(rig.sent.at(-1)).toBe('管理群: ✅ 数据又能存了。10:01 到 10:01 之间没有记账，有 4 条消息没算上。')
    rig.says('小明', '积分')
    await rig.advance(30_000)
    expect(rig.sent.at(-1)).toBe('福利群: 小明 现在有 0 分，今天得了 0 分。')
  })

  it('rings in time when what had stopped the alarm could not be saved', async () => {
    const rig = new BotRig()
    await rig.start()
    rig.says('小明', '骰子 阿花')
    await rig.advance(10_000)
    rig.disk.before = (operation) => {
      if (operation === 'write') throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
    }
    rig.says('阿花', '应战')
    await rig.advance(10_000)
    rig.disk.before = () => {}
    await rig.advance(180_000)
    expect(rig.sent.at(-1)).toBe('福利群: 阿花 没有应战，小明 的挑战先收回啦。')
  })

  it('plans by new settings also when the disk was full as they were loaded', async () => {
    const rig = new BotRig()
    await rig.start()
    const post = { id: '早安', at: '0 11 * * *', content: '早安！' }
    const more = { bot: { botName: '圈子' }, groups: { groups: [{ name: '福利群' }] }, sop: { posts: [post] } }
    rig.disk.before = (operation) => {
      if (operation === 'write') throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
    }
    rig.bot.reload(settingsFrom(features, more))
    await rig.advance(5_000)
    rig.disk.before = () => {}
    await rig.advance(2 * 3_600_000)
    expect(rig.sent.filter((line) => line.startsWith('福利群'))).toEqual(['福利群: 早安！'])
  })

  it('says after a kill what was decided but not yet said, and does what fell due meanwhile', async () => {
    const rig = new BotRig()
    await rig.start()
    rig.list('福利群', ['小明', '阿花', '大刘'])
    rig.says('小明', '积分')
    rig.says('阿花', '积分')
    await rig.advance(0)
    expect(rig.sent).toEqual(['福利群: 小明 现在有 0 分，今天得了 0 分。'])
    rig.kill()
    rig.now += 60_000
    await rig.start({ keepSent: true })
    expect(rig.sent.slice(1)).toContain('福利群: 阿花 现在有 0 分，今天得了 0 分。')
    expect(rig.sent.filter((line) => line.includes('欢迎 @大刘'))).toHaveLength(1)
  })

  it('keeps a group’s minute over a kill', async () => {
    const rig = new BotRig()
    await rig.start()
    const sentAt: number[] = []
    rig.answer = () => {
      if (rig.sent.at(-1)?.startsWith('福利群')) sentAt.push(rig.now)
      return sentAt.length % 2 === 0 ? { ok: true } : { ok: false, why: 'unknown', detail: 'no answer' }
    }
    for (let n = 0; n < 12; n++) rig.says('小明', '积分')
    await rig.advance(20_000)
    expect(sentAt).toHaveLength(8)
    rig.kill()
    await rig.start()
    expect(sentAt).toHaveLength(12)
    for (const [n, at] of sentAt.slice(8).entries()) expect(at - (sentAt[n] ?? at)).toBeGreaterThanOrEqual(60_000)
  })

  it('tells the admins when WeChat refuses a message', async () => {
    const rig = new BotRig()
    await rig.start()
    rig.answer = () => (rig.sent.length === 1 ? { ok: false, why: 'refused', detail: 'Ret 1' } : { ok: true })
    rig.says('小明', '积分')
    await rig.advance(20_000)
    expect(rig.sent).toEqual([
      '福利群: 小明 现在有 0 分，今天得了 0 分。',
      '管理群: 有一条消息（发往「福利群」）没发成：Ret 1\n小明 现在有 0 分，今天得了 0 分。',
    ])
  })
})
