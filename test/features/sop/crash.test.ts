// What was on its way when the bot died is told with the command that sends it again, and is never sent again by itself.
import { expect, it } from 'vitest'
import { features } from '../../../src/features/index.ts'
import { BotRig } from '../../support/bot-rig.ts'
import { settingsFrom } from '../../support/chat.ts'

const settings = settingsFrom(features, {
  bot: { botName: '圈子' },
  groups: { groups: [{ name: '福利群' }] },
  sop: { posts: [{ id: '中午', at: '0 11 * * *', content: ['一', '二'] }] },
})

it('tells an uncertain post once, with the command, and goes on with its other messages', async () => {
  const rig = new BotRig({ settings, groups: ['福利群'] })
  await rig.start()
  rig.answer = () => new Promise(() => {})
  await rig.advance(60 * 60_000)
  expect(rig.sent).toEqual(['福利群: 一'])
  rig.kill()
  rig.answer = () => ({ ok: true })
  await rig.start({ keepSent: true })
  const told = rig.sent.filter((line) => line.includes('不确定'))
  expect(told).toEqual([
    '管理群: 📮 有内容没有按时发：\n· 中午 11-21 11:00（福利群）：发送时停机或断线，不确定有没有发出，没有重发。先到群里看一眼，没有就发 /sop now 中午 g1',
  ])
  expect(rig.sent.filter((line) => line.startsWith('福利群'))).toEqual(['福利群: 一', '福利群: 二'])
  rig.says('老板', '/sop now 中午 g1', '管理群')
  await rig.advance(60_000)
  expect(rig.sent.filter((line) => line.startsWith('福利群'))).toHaveLength(4)
  rig.says('老板', '/sop today', '管理群')
  await rig.advance(10_000)
  expect(rig.sent.at(-1)).toContain('11:00 中午　已补发')
})

it('tells a miss again until it has reached the control group', async () => {
  const rig = new BotRig({ settings, groups: ['福利群'] })
  await rig.start()
  rig.kill()
  rig.now += 3 * 3_600_000
  rig.answer = () => (rig.sent.at(-1)?.includes('📮') ? { ok: false, why: 'refused', detail: 'Ret 1' } : { ok: true })
  await rig.start({ keepSent: true })
  rig.answer = () => ({ ok: true })
  await rig.advance(11 * 60_000)
  await rig.advance(11 * 60_000)
  expect(rig.sent.filter((line) => line.includes('中午 11-21 11:00'))).toHaveLength(2)
  expect(rig.sent.some((line) => line.startsWith('福利群'))).toBe(false)
})

it('notices that the clock was set back, and sends nothing twice', async () => {
  const rig = new BotRig({ settings, groups: ['福利群'] })
  await rig.start()
  await rig.advance(2 * 3_600_000)
  expect(rig.sent).toEqual(['福利群: 一', '福利群: 二'])
  rig.now -= 4 * 3_600_000
  rig.says('小明', '大家好')
  await rig.advance(3_600_000)
  expect(rig.sent.filter((line) => line.includes('时间往回调过'))).toHaveLength(1)
  await rig.advance(4 * 3_600_000)
  expect(rig.sent.filter((line) => line.startsWith('福利群'))).toEqual(['福利群: 一', '福利群: 二'])
  await rig.advance(24 * 3_600_000)
  expect(rig.sent.filter((line) => line.startsWith('福利群'))).toHaveLength(4)
})

it('tells when a file is not there any more', async () => {
  const files = { '菜单.txt': '白菜' }
  const posts = [{ id: '菜单', at: '0 11 * * *', content: { file: '菜单.txt' } }]
  const config = { bot: { botName: '圈子' }, groups: { groups: [{ name: '福利群' }] }, sop: { posts } }
  // The settings were read in a folder that is gone by now.
  const rig = new BotRig({ settings: settingsFrom(features, config, files), groups: ['福利群'] })
  await rig.start()
  await rig.advance(2 * 3_600_000)
  expect(rig.sent).toEqual([
    '管理群: 📮 有内容没有按时发：\n· 菜单 11-21 11:00（福利群）：要发的文件不在了，放回去再发。要补发：/sop now 菜单 g1',
  ])
  rig.says('老板', '/sop preview 菜单', '管理群')
  await rig.advance(10_000)
  expect(rig.sent.at(-1)).toBe('管理群: 要发的文件不在了，放回去再发')
})

it('tells in one line what an outage kept from many groups', async () => {
  const groups = ['甲', '乙', '丙'] as const
  const posts = [{ id: '中午', at: '0 11 * * *', content: ['一', '二'] }]
  const config = { bot: { botName: '圈子' }, groups: { groups: groups.map((name) => ({ name })) }, sop: { posts } }
  const rig = new BotRig({ settings: settingsFrom(features, config), groups: [...groups] })
  await rig.start()
  rig.tell({ type: 'offline', at: rig.now, ended: false, why: 'no line' })
  await rig.advance(3 * 3_600_000)
  rig.tell({ type: 'online', at: rig.now, self: '@bot', selfName: '圈子' })
  for (const group of groups) rig.list(group, ['小明', '阿花'])
  rig.list('管理群', ['老板'])
  await rig.advance(5 * 60_000)
  expect(rig.sent.filter((line) => line.includes('中午'))).toEqual([
    '管理群: 📮 有内容没有按时发：\n· 中午 11-21 11:00（甲、乙、丙）：排队太久，过了时间。要补发：/sop now 中午',
  ])
})

it('neither sends again nor forgets a post that an edit removes while it is on its way', async () => {
  const rig = new BotRig({ settings, groups: ['福利群'] })
  await rig.start()
  rig.answer = () => new Promise(() => {})
  await rig.advance(60 * 60_000)
  rig.bot.reload(settingsFrom(features, { bot: { botName: '圈子' }, groups: { groups: [{ name: '福利群' }] } }))
  rig.bot.reload(settings)
  await rig.advance(10_000)
  expect(rig.sent).toEqual(['福利群: 一'])
  rig.kill()
  rig.answer = () => ({ ok: true })
  await rig.start({ keepSent: true })
  expect(rig.sent.filter((line) => line === '福利群: 一')).toHaveLength(1)
  expect(rig.sent.filter((line) => line.includes('不确定'))).toHaveLength(1)
})
